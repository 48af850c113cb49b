package dev.spanda.core.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs delayed work when its clock is moved. */
final class ClockExecutor extends AbstractExecutorService implements ScheduledExecutorService {

  private final SettableClock.Hand hand;
  private final PriorityQueue<Entry<?>> waiting = new PriorityQueue<>();
  private long arrivals;
  private boolean closed;

  ClockExecutor(SettableClock.Hand hand) {
    this.hand = hand;
  }

  void runDue() {
    for (Entry<?> due = takeDue(); due != null; due = takeDue()) {
      due.execute();
    }
  }

  private synchronized @Nullable Entry<?> takeDue() {
    Entry<?> first = waiting.peek();
    return first != null && !first.due.isAfter(hand.instant()) ? waiting.poll() : null;
  }

  private synchronized void enter(Entry<?> entry) {
    if (closed) {
      throw new RejectedExecutionException("The executor is shut down");
    }
    entry.arrival = arrivals++;
    waiting.add(entry);
  }

  private synchronized void reenter(Entry<?> entry) {
    if (!closed) {
      enter(entry);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Two entries are never equal, only the same.
  private synchronized void leave(Entry<?> entry) {
    waiting.removeIf(other -> other == entry);
  }

  private <T> Entry<T> start(Entry<T> entry) {
    enter(entry);
    runDue();
    return entry;
  }

  private Instant in(long delay, TimeUnit unit) {
    return hand.instant().plusNanos(Math.max(0, unit.toNanos(delay)));
  }

  @Override
  public void execute(Runnable command) {
    Future<?> unused = start(new Entry<>(command, in(0, TimeUnit.NANOSECONDS), 0, false));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return start(new Entry<>(command, in(delay, unit), 0, false));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return start(new Entry<>(callable, in(delay, unit)));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return start(new Entry<>(command, in(initialDelay, unit), unit.toNanos(period), false));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return start(new Entry<>(command, in(initialDelay, unit), unit.toNanos(delay), true));
  }

  @Override
  public synchronized void shutdown() {
    closed = true;
    waiting.clear();
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    List<Runnable> dropped = new ArrayList<>(waiting);
    shutdown();
    return dropped;
  }

  @Override
  public synchronized boolean isShutdown() {
    return closed;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown();
  }

  private final class Entry<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private Instant due;
    private final long periodNanos;
    private final boolean afterEnd;
    private long arrival;

    @SuppressWarnings("NullAway") // A runnable has no result; FutureTask passes the null through.
    Entry(Runnable command, Instant due, long periodNanos, boolean afterEnd) {
      super(command, null);
      this.due = due;
      this.periodNanos = periodNanos;
      this.afterEnd = afterEnd;
    }

    Entry(Callable<V> command, Instant due) {
      super(command);
      this.due = due;
      this.periodNanos = 0;
      this.afterEnd = false;
    }

    void execute() {
      if (periodNanos == 0) {
        run();
      } else if (runAndReset()) {
        due = (afterEnd ? hand.instant() : due).plusNanos(periodNanos);
        reenter(this);
      }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      leave(this);
      return super.cancel(mayInterrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(java.time.Duration.between(hand.instant(), due));
    }

    @Override
    public int compareTo(Delayed other) {
      Entry<?> entry = (Entry<?>) other;
      int byTime = due.compareTo(entry.due);
      return byTime != 0 ? byTime : Long.compare(arrival, entry.arrival);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}

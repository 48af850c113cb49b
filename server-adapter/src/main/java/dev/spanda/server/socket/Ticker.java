package dev.spanda.server.socket;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something at a steady pace that does not drift: each instant is reckoned from the first one,
 * never from the one before. Instants that pass while the work still runs are left out.
 */
public final class Ticker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private final ScheduledExecutorService executor;
  private final long periodNanos;
  private final Runnable work;
  private final long originNanos;
  private @Nullable ScheduledFuture<?> next;
  private boolean closed;

  private Ticker(ScheduledExecutorService executor, Duration period, Runnable work) {
    this.executor = executor;
    this.periodNanos = period.toNanos();
    this.work = work;
    this.originNanos = System.nanoTime();
  }

  /**
   * Begins now.
   *
   * @param executor not shut down by {@link #close}
   * @param period more than zero
   * @param work an exception from it is logged and the pace goes on
   */
  public static Ticker start(ScheduledExecutorService executor, Duration period, Runnable work) {
    if (period.isZero() || period.isNegative()) {
      throw new IllegalArgumentException("period " + period);
    }
    Ticker ticker = new Ticker(executor, period, work);
    ticker.schedule();
    return ticker;
  }

  private synchronized void schedule() {
    if (!closed) {
      long passed = System.nanoTime() - originNanos;
      long wait = periodNanos - passed % periodNanos;
      try {
        next = executor.schedule(this::run, wait, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        closed = true;
      }
    }
  }

  private void run() {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("the paced work failed", e);
    } finally {
      schedule();
    }
  }

  /** Ends the pace; work that runs now is not interrupted. */
  @Override
  public synchronized void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
  }
}

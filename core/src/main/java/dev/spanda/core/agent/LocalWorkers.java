package dev.spanda.core.agent;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of the agents that live in this process, and of the built-in one, on a few threads;
 * takes work back from agents that have fallen silent. When the process dies its work goes on after
 * the next start, on PostgreSQL in any process once the leases have run out. Thread-safe.
 */
public final class LocalWorkers implements AutoCloseable {

  /** Does one attempt. */
  @FunctionalInterface
  public interface Worker {
    /**
     * Does the work, which may have been done before in part or whole.
     *
     * @return the result, at most 100 000 characters
     * @throws Exception when it could not be done; a {@link Failure} for a reason that others would
     *     meet again is not tried again
     */
    String work(Work work, Attempt attempt) throws Exception;
  }

  /** What a worker knows of its attempt. Thread-safe. */
  public interface Attempt {
    /**
     * Tells how far the work is; recorded within a second.
     *
     * @param fraction 0 to 1
     * @param message for people
     */
    void progress(double fraction, String message);

    /** Returns unless the attempt should end; a worker that waits is interrupted. */
    void throwIfCancelled();
  }

  private static final Logger LOG = LoggerFactory.getLogger(LocalWorkers.class);
  private static final long PULSE_MILLIS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WorkQueue queue;
  private final Worker worker;
  private final int threads;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final ExecutorService pool;
  private final ScheduledExecutorService pump;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean closing;

  /**
   * Workers that begin at {@link #start}.
   *
   * @param threads how much work is done at once, 1 to 256
   */
  public LocalWorkers(WorkQueue queue, Worker worker, int threads) {
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("threads must be 1 to 256; was " + threads);
    }
    this.queue = queue;
    this.worker = worker;
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads, daemons("spanda-agent"));
    this.pump = Executors.newSingleThreadScheduledExecutor(daemons("spanda-agent-pump"));
  }

  private static java.util.concurrent.ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Begins, with what an earlier process has left. Called once. */
  public void start() {
    queue.recoverLocal();
    queue.openLocal(threads, this::ask);
    Future<?> unused =
        pump.scheduleWithFixedDelay(this::pulse, 0, PULSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Looks for work soon; many calls make one look. */
  private void ask() {
    if (!closing && asked.compareAndSet(false, true)) {
      try {
        pump.execute(this::look);
      } catch (RejectedExecutionException e) {
        LOG.debug("Closing: no more work is looked for");
      }
    }
  }

  private void pulse() {
    try {
      renew();
      int unused = queue.sweep();
    } catch (RuntimeException e) {
      LOG.warn("Leases could not be kept", e);
    }
    look();
  }

  private void renew() {
    Map<String, List<WorkQueue.Sign>> signs = new HashMap<>();
    for (Running run : running.values()) {
      signs.computeIfAbsent(run.agentId(), agent -> new ArrayList<>()).add(run.sign());
    }
    signs.forEach(
        (agent, list) -> {
          List<String> held = queue.renewLocal(agent, list);
          for (WorkQueue.Sign sign : list) {
            Running run = running.get(sign.workId());
            if (run != null && run.token() == sign.token() && !held.contains(sign.workId())) {
              run.stop();
            }
          }
        });
  }

  private void look() {
    asked.set(false);
    try {
      int free = threads - running.size();
      if (closing || free <= 0) {
        return;
      }
      for (Work work : queue.leaseLocal(free)) {
        Running run = new Running(work);
        running.put(work.id(), run);
        pool.execute(() -> attempt(run));
      }
    } catch (RuntimeException e) {
      if (!closing) {
        LOG.warn("Work could not be taken", e);
      }
    }
  }

  private void attempt(Running run) {
    Work work = run.work;
    run.begin();
    try {
      String output = worker.work(work, run);
      run.end();
      Work unused = queue.complete(work.owner(), run.agentId(), work.id(), work.token(), output);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      run.end();
      report(run, e);
    } finally {
      running.remove(work.id(), run);
      ask();
    }
  }

  private void report(Running run, Throwable thrown) {
    Work work = run.work;
    if (run.stopped) {
      // Cancelled, timed out or given to another: the queue has recorded what follows.
      LOG.debug("Work {} was let go", work.id());
      return;
    }
    Failure.Reason reason = Failure.Reason.FAILED;
    String message = "The attempt ended with " + thrown.getClass().getSimpleName();
    if (thrown instanceof Failure failure) {
      reason = failure.reason();
      message = Objects.requireNonNullElse(failure.getMessage(), "");
      if (failure.subject().equals("token")) {
        LOG.debug("Work {} was done elsewhere", work.id());
        return;
      }
    } else {
      LOG.warn("Work {} failed", work.id(), thrown);
    }
    try {
      Work unused =
          queue.fail(work.owner(), run.agentId(), work.id(), work.token(), reason, message);
    } catch (RuntimeException e) {
      LOG.debug("The failure of work {} could not be recorded; its lease will end", work.id(), e);
    }
  }

  /**
   * Ends what runs and waits up to ten seconds for it. Its work goes on after the next start; a
   * second close does nothing.
   */
  @Override
  public void close() {
    closing = true;
    pump.shutdownNow();
    running.values().forEach(Running::stop);
    pool.shutdown();
    try {
      boolean unused = pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One attempt on one thread. */
  private static final class Running implements Attempt {
    private final Work work;
    private volatile double fraction;
    private volatile String message = "";
    private volatile boolean stopped;
    private volatile @org.jspecify.annotations.Nullable Thread thread;

    Running(Work work) {
      this.work = work;
    }

    String agentId() {
      return work.agentId().orElse(Work.LOCAL);
    }

    long token() {
      return work.token();
    }

    WorkQueue.Sign sign() {
      return new WorkQueue.Sign(work.id(), work.token(), fraction, message);
    }

    synchronized void begin() {
      thread = Thread.currentThread();
      if (stopped) {
        Thread.currentThread().interrupt();
      }
    }

    synchronized void stop() {
      stopped = true;
      Thread on = thread;
      if (on != null) {
        on.interrupt();
      }
    }

    synchronized void end() {
      thread = null;
      // An interrupt meant for this attempt must not hit the next.
      boolean unused = Thread.interrupted();
    }

    @Override
    public void progress(double fraction, String message) {
      if (!(fraction >= 0 && fraction <= 1)) {
        throw new IllegalArgumentException("fraction must be between 0 and 1; was " + fraction);
      }
      this.fraction = fraction;
      this.message = message;
    }

    @Override
    public void throwIfCancelled() {
      if (stopped) {
        throw new CancellationException("The attempt is asked to end");
      }
    }
  }
}

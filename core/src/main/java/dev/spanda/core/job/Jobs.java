package dev.spanda.core.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps durable jobs and runs them on a few threads.
 *
 * <p>A job that {@link #submit} has returned is on disk. It is run at least once, by one process at
 * a time; its end is recorded once. When the process dies, its unfinished jobs run again: on SQLite
 * as soon as the next process calls {@link #start}, on PostgreSQL in any process after four
 * heartbeats were missed. Called inside {@link Store#write}, {@code submit} and {@code cancel} join
 * that transaction.
 *
 * <p>Handlers are registered before the start. Thread-safe.
 */
public final class Jobs implements AutoCloseable {

  /**
   * How jobs are run.
   *
   * @param threads how many run at once, 1 to 256
   * @param heartbeat how often a running job shows that its process lives; 100 ms or longer
   * @param poll how often the queue is looked at for work that another process has left or whose
   *     time has come; 10 ms or longer
   */
  public record Settings(int threads, Duration heartbeat, Duration poll) {

    /** Four threads, a heartbeat every five seconds, a look every second. */
    public static final Settings DEFAULT =
        new Settings(4, Duration.ofSeconds(5), Duration.ofSeconds(1));

    /** Checks the ranges. */
    public Settings {
      if (threads < 1 || threads > 256 || heartbeat.toMillis() < 100 || poll.toMillis() < 10) {
        throw new IllegalArgumentException(
            threads + " threads, heartbeat " + heartbeat + ", poll " + poll);
      }
    }

    /** The same with another number of threads. */
    public Settings withThreads(int other) {
      return new Settings(other, heartbeat, poll);
    }
  }

  /**
   * What may be said when submitting.
   *
   * @param runAt the earliest instant of the first run; empty for now
   * @param idempotencyKey submitting the same again with the same owner and key gives the first job
   *     back; at most 200 characters
   */
  public record Options(Optional<Instant> runAt, Optional<String> idempotencyKey) {

    /** As soon as possible, without a key. */
    public static final Options NONE = new Options(Optional.empty(), Optional.empty());

    /** Checks the length of the key. */
    public Options {
      if (idempotencyKey.isPresent()
          && (idempotencyKey.get().isEmpty() || idempotencyKey.get().length() > 200)) {
        throw Failure.invalid(
            "idempotency_key",
            idempotencyKey.get().length(),
            "Idempotency key must have 1 to 200 characters");
      }
    }

    /** The same with an earliest instant. */
    public Options at(Instant instant) {
      return new Options(Optional.of(instant), idempotencyKey);
    }

    /** The same with a key. */
    public Options withKey(String key) {
      return new Options(runAt, Optional.of(key));
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final int LARGEST_PAGE = 100;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration WAKE_AHEAD = Duration.ofMinutes(1);
  private static final long CANCEL_POLL_MILLIS = 500;

  /** A job that took its process down this often is the reason for it. */
  private static final int MOST_INTERRUPTIONS = 100;

  private static final Set<Failure.Reason> WORTH_ANOTHER_RUN =
      EnumSet.of(
          Failure.Reason.FAILED,
          Failure.Reason.UNAVAILABLE,
          Failure.Reason.TIMED_OUT,
          Failure.Reason.RATE_LIMITED);

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Settings settings;
  private final SchedulerClient queue;
  private final Map<String, Registered<?, ?>> handlers = new ConcurrentHashMap<>();
  private final Map<String, Run> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService keeper;
  private final Object ends = new Object();
  private long endCount;
  private volatile boolean closing;
  private volatile @Nullable Scheduler scheduler;

  /** Jobs in this store, run as {@link Settings#DEFAULT} says. */
  public Jobs(Store store, InstantSource clock, EventBus bus, Ids ids) {
    this(store, clock, bus, ids, Settings.DEFAULT);
  }

  /**
   * Jobs in this store.
   *
   * @param store stays open as long as the jobs
   * @param clock decides what is due
   * @param bus gets {@link Job.Event}s
   * @param ids makes the names
   */
  public Jobs(Store store, InstantSource clock, EventBus bus, Ids ids, Settings settings) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.settings = settings;
    this.queue =
        SchedulerClient.Builder.create(store.dataSource())
            .jdbcCustomization(customization())
            .build();
    this.keeper = Executors.newSingleThreadScheduledExecutor(daemons("spanda-jobs-keeper"));
  }

  private JdbcCustomization customization() {
    return store.dialect() == Store.Dialect.SQLITE
        ? new SqliteJdbcCustomization()
        : new PostgreSqlJdbcCustomization(false, true);
  }

  /**
   * Says who does the work of a kind.
   *
   * @throws IllegalStateException after the start, or when the name is taken
   */
  public <I, O> void register(JobKind<I, O> kind, JobHandler<I, O> handler) {
    if (scheduler != null) {
      throw new IllegalStateException("Handlers are registered before the start");
    }
    if (handlers.putIfAbsent(kind.name(), new Registered<>(kind, handler)) != null) {
      throw new IllegalStateException("The kind " + kind.name() + " has a handler");
    }
  }

  /**
   * Begins to run jobs, those first that an earlier process has left unfinished.
   *
   * @throws IllegalStateException when called twice or after the close
   */
  public synchronized void start() {
    if (scheduler != null || closing) {
      throw new IllegalStateException("Jobs are started once");
    }
    if (store.dialect() == Store.Dialect.SQLITE) {
      // This process alone has the store: whatever was running when it opened is not running now.
      store.change(
          handle -> {
            handle.execute(
                "UPDATE scheduled_tasks SET picked = 0, picked_by = NULL, last_heartbeat = NULL,"
                    + " version = version + 1 WHERE picked = 1");
            handle.execute("UPDATE job SET status = 'queued' WHERE status = 'running'");
          });
    }
    List<Task<?>> tasks = new ArrayList<>();
    handlers.values().forEach(registered -> tasks.add(task(registered)));
    ExecutorService workers =
        Executors.newFixedThreadPool(settings.threads(), daemons("spanda-job"));
    SchedulerBuilder builder =
        new SchedulerBuilder(store.dataSource(), tasks) {
          @Override
          protected Waiter buildWaiter() {
            // Looks at the queue in real time, even when the clock that says what is due stands.
            return new Waiter(settings.poll());
          }
        }.jdbcCustomization(customization())
            .schedulerName(new SchedulerName.Fixed(ids.next("node")))
            .clock(clock::instant)
            .threads(settings.threads())
            .executorService(workers)
            .dueExecutor(Executors.newSingleThreadExecutor(daemons("spanda-jobs-due")))
            .housekeeperExecutor(
                Executors.newScheduledThreadPool(2, daemons("spanda-jobs-heartbeat")))
            .pollingInterval(settings.poll())
            .heartbeatInterval(settings.heartbeat())
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(STOP_PATIENCE)
            .failureLogging(LogLevel.WARN, true)
            // A kind that this process does not know may be known to another one, or to the next.
            .deleteUnresolvedAfter(Duration.ofDays(36500));
    if (store.dialect() == Store.Dialect.POSTGRESQL) {
      builder.pollUsingLockAndFetch(0.5, 1.0);
    }
    Scheduler started = builder.build();
    started.start();
    scheduler = started;
    if (store.dialect() == Store.Dialect.POSTGRESQL) {
      Future<?> unused =
          keeper.scheduleWithFixedDelay(
              this::lookForCancellations,
              CANCEL_POLL_MILLIS,
              CANCEL_POLL_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }

  /** Submits a job to be run as soon as possible. */
  public <I> Job submit(JobKind<I, ?> kind, I input, String owner) {
    return submit(kind, input, owner, Options.NONE);
  }

  /**
   * Submits a job; once this returns it is durable.
   *
   * @param kind needs no handler in this process
   * @param owner who may see it, 1 to 200 characters
   * @return the new job, or the earlier one that was submitted with the same owner and key
   * @throws Failure CONFLICT, subject {@code idempotency_key}, when the owner has used the key for
   *     another kind or input
   */
  public <I> Job submit(JobKind<I, ?> kind, I input, String owner, Options options) {
    if (owner.isEmpty() || owner.length() > 200) {
      throw new IllegalArgumentException("owner must have 1 to 200 characters");
    }
    String text = Json.write(kind.input().cast(input));
    return store.write(
        handle -> {
          String id = ids.next("job");
          Instant now = now();
          Instant runAt = options.runAt().map(Jobs::toMillis).orElse(now);
          int inserted =
              handle
                  .createUpdate(
                      "INSERT INTO job (id, kind, owner, idempotency_key, input, status,"
                          + " created_at, run_at) VALUES (:id, :kind, :owner, :key, :input,"
                          + " 'queued', :now, :runAt)"
                          + " ON CONFLICT (owner, idempotency_key) DO NOTHING")
                  .bind("id", id)
                  .bind("kind", kind.name())
                  .bind("owner", owner)
                  .bind("key", options.idempotencyKey().orElse(null))
                  .bind("input", text)
                  .bind("now", now.toEpochMilli())
                  .bind("runAt", runAt.toEpochMilli())
                  .execute();
          if (inserted == 0) {
            return earlier(handle, kind, text, owner, options.idempotencyKey().orElseThrow());
          }
          if (!queue.schedule(
              new TaskInstance<>(kind.name(), id),
              runAt,
              SchedulerClient.ScheduleOptions.WHEN_EXISTS_DO_NOTHING)) {
            throw Failure.of(
                Failure.Reason.FAILED, "store", "The job " + id + " is queued already");
          }
          store.afterCommit(() -> wake(runAt));
          return require(handle, id);
        });
  }

  private static Job earlier(
      Handle handle, JobKind<?, ?> kind, String text, String owner, String key) {
    Job job =
        handle
            .createQuery("SELECT * FROM job WHERE owner = :owner AND idempotency_key = :key")
            .bind("owner", owner)
            .bind("key", key)
            .map((rows, context) -> read(rows))
            .one();
    if (!job.kind().equals(kind.name()) || !job.input().equals(text)) {
      throw Failure.of(
              Failure.Reason.CONFLICT,
              "idempotency_key",
              "The idempotency key was used for another job")
          .with(Failure.PROVIDED_VALUE, key);
    }
    return job;
  }

  /** The job of that id. */
  public Optional<Job> find(String id) {
    return store.read(handle -> select(handle, id));
  }

  /**
   * The jobs of an owner, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Job> list(String owner, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle -> {
          List<Job> jobs =
              handle
                  .createQuery(
                      "SELECT * FROM job WHERE owner = :owner ORDER BY created_at DESC, id DESC"
                          + " LIMIT :limit OFFSET :offset")
                  .bind("owner", owner)
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((rows, context) -> read(rows))
                  .list();
          long total =
              handle
                  .createQuery("SELECT COUNT(*) FROM job WHERE owner = :owner")
                  .bind("owner", owner)
                  .mapTo(Long.class)
                  .one();
          return new Page<>(jobs, total, limit, offset);
        });
  }

  /**
   * Asks for the end of a job. One that waits is cancelled when this returns; one that runs is told
   * and interrupted, and is cancelled when its handler gives way, or ends as it would have. A job
   * that is over stays as it is.
   *
   * @return the job after the request
   * @throws Failure NOT_FOUND, subject {@code job}
   */
  public Job cancel(String id) {
    return store.write(
        handle -> {
          Job job = select(handle, id).orElseThrow(() -> Failure.notFound("job", id));
          if (job.state().isFinal()) {
            return job;
          }
          Registered<?, ?> registered = handlers.get(job.kind());
          int waiting =
              registered == null
                  ? 0
                  : handle
                      .createUpdate(
                          "UPDATE job SET status = 'cancelled', cancel_requested = 1,"
                              + " finished_at = :now WHERE id = :id AND status = 'queued'")
                      .bind("id", id)
                      .bind("now", now().toEpochMilli())
                      .execute();
          if (waiting == 1) {
            takeFromQueue(job);
            Job cancelled = require(handle, id);
            Objects.requireNonNull(registered).handler.settle(cancelled);
            store.afterCommit(() -> announceEnd(cancelled));
            return cancelled;
          }
          handle
              .createUpdate("UPDATE job SET cancel_requested = 1 WHERE id = :id")
              .bind("id", id)
              .execute();
          store.afterCommit(
              () -> {
                Run run = running.get(id);
                if (run != null) {
                  run.ask(Run.End.CANCELLED);
                }
              });
          return require(handle, id);
        });
  }

  private void takeFromQueue(Job job) {
    try {
      queue.cancel(new TaskInstance<>(job.kind(), job.id()));
    } catch (TaskInstanceException e) {
      // A worker has just taken it; it will find the job cancelled and let go.
      LOG.debug("Job {} was taken while it was cancelled", job.id());
    }
  }

  /**
   * Waits until a job is over. For tests and commands; servers listen to {@link Job.Finished}.
   *
   * @param patience measured in real time, whatever the clock shows
   * @throws Failure NOT_FOUND, subject {@code job}; TIMED_OUT, subject {@code job}, when it is not
   *     over by then
   */
  public Job await(String id, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long seen;
      synchronized (ends) {
        seen = endCount;
      }
      Job job = find(id).orElseThrow(() -> Failure.notFound("job", id));
      if (job.state().isFinal()) {
        return job;
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw Failure.of(
            Failure.Reason.TIMED_OUT, "job", "Job " + id + " was not over after " + patience);
      }
      synchronized (ends) {
        // Another process may end it too, so this looks now and then.
        if (endCount == seen) {
          ends.wait(Math.min(left, 100));
        }
      }
    }
  }

  /** What a job works on. */
  public static <I> I input(Job job, JobKind<I, ?> kind) {
    return Json.read(job.input(), kind.input());
  }

  /** The result of a completed job; empty when it is not completed. */
  public static <O> Optional<O> output(Job job, JobKind<?, O> kind) {
    return job.state() instanceof JobState.Completed completed
        ? Optional.of(Json.read(completed.output(), kind.output()))
        : Optional.empty();
  }

  /**
   * Forgets jobs that were over before the given instant.
   *
   * @return how many
   */
  public int forget(Instant before) {
    return store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM job WHERE finished_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }

  /**
   * Stops running jobs: those that run are asked to end, are waited for up to ten seconds and run
   * again after the next start. A second close does nothing.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    running.values().forEach(run -> run.ask(Run.End.CLOSING));
    Scheduler started = scheduler;
    if (started != null) {
      started.stop();
    }
    keeper.shutdownNow();
  }

  private <I, O> Task<Void> task(Registered<I, O> registered) {
    return Tasks.custom(registered.kind.name(), Void.class)
        .onDeadExecution(this::revive)
        .execute((instance, context) -> run(registered, instance.getId()));
  }

  /** Puts back a job whose process has shown no sign of life. */
  private void revive(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    store.change(
        handle -> {
          handle
              .createUpdate(
                  "UPDATE job SET status = 'queued' WHERE id = :id AND status = 'running'")
              .bind("id", complete.getExecution().getId())
              .execute();
          // The scheduler's own way takes the system's time, which is not what is due by our clock.
          operations.reschedule(complete, now());
          store.afterCommit(() -> wake(now()));
        });
  }

  /** Does one run and returns what records its outcome. */
  private <I, O> CompletionHandler<Void> run(Registered<I, O> registered, String id) {
    if (closing) {
      // What was put back may be due again before the queue stands still.
      return (complete, operations) -> operations.reschedule(complete, now());
    }
    Job job = begin(registered, id);
    if (job == null) {
      return (complete, operations) -> operations.remove();
    }
    Run run = new Run(id, job.owner(), job.attempts(), new Writer());
    running.put(id, run);
    if (closing) {
      run.ask(Run.End.CLOSING);
    }
    if (job.cancelRequested()) {
      run.ask(Run.End.CANCELLED);
    }
    Future<?> alarm =
        registered
            .kind
            .timeout()
            .<Future<?>>map(
                timeout ->
                    keeper.schedule(
                        () -> run.ask(Run.End.TIMED_OUT),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS))
            .orElse(null);
    String output = null;
    Throwable thrown = null;
    try {
      run.throwIfCancelled();
      output = Json.write(registered.handler.run(input(job, registered.kind), run));
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      thrown = e;
    }
    Run.End end = run.finish();
    running.remove(id, run);
    if (alarm != null) {
      alarm.cancel(false);
    }
    Outcome outcome = judge(output, thrown, end);
    return (complete, operations) -> record(registered, job, outcome, complete, operations);
  }

  /** Marks the job as running; null when there is nothing left to do. */
  private @Nullable Job begin(Registered<?, ?> registered, String id) {
    return store
        .write(
            handle -> {
              int changed =
                  handle
                      .createUpdate(
                          "UPDATE job SET status = 'running', attempts = attempts + 1, started_at ="
                              + " COALESCE(started_at, :now) WHERE id = :id AND status IN"
                              + " ('queued', 'running')")
                      .bind("id", id)
                      .bind("now", now().toEpochMilli())
                      .execute();
              if (changed == 0) {
                return Optional.<Job>empty();
              }
              Job job = require(handle, id);
              if (job.attempts() - failures(handle, id) > MOST_INTERRUPTIONS) {
                end(
                    handle,
                    registered,
                    job,
                    new JobState.Failed(
                        Failure.Reason.FAILED,
                        "The process ended during the run " + MOST_INTERRUPTIONS + " times",
                        job.attempts()));
                return Optional.<Job>empty();
              }
              return Optional.of(job);
            })
        .orElse(null);
  }

  /** What a run has come to. */
  private sealed interface Outcome {
    record Done(String output) implements Outcome {}

    record Broken(Failure.Reason reason, String message) implements Outcome {}

    record Cancelled() implements Outcome {}

    record PutBack() implements Outcome {}

    record Ignored() implements Outcome {}
  }

  private static Outcome judge(
      @Nullable String output, @Nullable Throwable thrown, Run.@Nullable End end) {
    if (end == Run.End.LOST) {
      return new Outcome.Ignored();
    }
    if (output != null) {
      return new Outcome.Done(output);
    }
    if (end == Run.End.CANCELLED) {
      return new Outcome.Cancelled();
    }
    if (end == Run.End.CLOSING) {
      return new Outcome.PutBack();
    }
    if (end == Run.End.TIMED_OUT) {
      return new Outcome.Broken(
          Failure.Reason.TIMED_OUT, "The run took longer than its kind allows");
    }
    if (thrown instanceof Failure failure) {
      return new Outcome.Broken(
          failure.reason(), Objects.requireNonNullElse(failure.getMessage(), ""));
    }
    LOG.warn("A job's handler failed", thrown);
    return new Outcome.Broken(
        Failure.Reason.FAILED,
        "The job ended with " + (thrown == null ? "nothing" : thrown.getClass().getSimpleName()));
  }

  private void record(
      Registered<?, ?> registered,
      Job job,
      Outcome outcome,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    if (outcome instanceof Outcome.Ignored) {
      return;
    }
    store.change(
        handle -> {
          if (outcome instanceof Outcome.Done done) {
            if (end(handle, registered, job, new JobState.Completed(done.output()))) {
              operations.remove();
            }
          } else if (outcome instanceof Outcome.Cancelled) {
            if (end(handle, registered, job, new JobState.Cancelled())) {
              operations.remove();
            }
          } else if (outcome instanceof Outcome.Broken broken) {
            broken(handle, registered, job, broken, complete, operations);
          } else if (requeue(handle, job, now(), 0)) {
            operations.reschedule(complete, now());
          }
        });
  }

  private void broken(
      Handle handle,
      Registered<?, ?> registered,
      Job job,
      Outcome.Broken broken,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    int failures = failures(handle, job.id()) + 1;
    JobKind.Retry retry = registered.kind.retry();
    if (failures < retry.attempts() && WORTH_ANOTHER_RUN.contains(broken.reason())) {
      Instant next = toMillis(now().plus(retry.delayAfter(failures)));
      if (requeue(handle, job, next, 1)) {
        operations.reschedule(complete, next);
        store.afterCommit(() -> wake(next));
      }
    } else if (end(
        handle,
        registered,
        job,
        new JobState.Failed(broken.reason(), broken.message(), job.attempts()))) {
      operations.remove();
    }
  }

  private static boolean requeue(Handle handle, Job job, Instant next, int failed) {
    return handle
            .createUpdate(
                "UPDATE job SET status = 'queued', run_at = :next, failures = failures + :failed"
                    + " WHERE id = :id AND attempts = :attempt AND status = 'running'")
            .bind("next", next.toEpochMilli())
            .bind("failed", failed)
            .bind("id", job.id())
            .bind("attempt", job.attempts())
            .execute()
        == 1;
  }

  /** Records a final state, unless the job has gone on without this run. */
  private boolean end(Handle handle, Registered<?, ?> registered, Job job, JobState state) {
    String status = "cancelled";
    String output = null;
    String reason = null;
    String message = null;
    if (state instanceof JobState.Completed completed) {
      status = "completed";
      output = completed.output();
    } else if (state instanceof JobState.Failed failed) {
      status = "failed";
      reason = failed.reason().name();
      message = failed.message();
    }
    int changed =
        handle
            .createUpdate(
                "UPDATE job SET status = :status, output = :output, failure_reason = :reason,"
                    + " message = COALESCE(:message, message), finished_at = :now"
                    + " WHERE id = :id AND attempts = :attempt AND status = 'running'")
            .bind("status", status)
            .bind("output", output)
            .bind("reason", reason)
            .bind("message", message)
            .bind("now", now().toEpochMilli())
            .bind("id", job.id())
            .bind("attempt", job.attempts())
            .execute();
    if (changed == 0) {
      return false;
    }
    Job ended = require(handle, job.id());
    registered.handler.settle(ended);
    store.afterCommit(() -> announceEnd(ended));
    return true;
  }

  private void announceEnd(Job job) {
    bus.publish(new Job.Finished(job));
    synchronized (ends) {
      endCount++;
      ends.notifyAll();
    }
  }

  /** Looks at the queue when something falls due that is not far away. */
  private void wake(Instant at) {
    Scheduler started = scheduler;
    if (started == null || closing) {
      return;
    }
    Duration delay = Duration.between(clock.instant(), at);
    if (delay.isNegative() || delay.isZero()) {
      started.triggerCheckForDueExecutions();
    } else if (delay.compareTo(WAKE_AHEAD) < 0) {
      Future<?> unused =
          keeper.schedule(
              started::triggerCheckForDueExecutions, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
  }

  /** Other processes may have asked for the end of what runs here. */
  private void lookForCancellations() {
    try {
      for (Run run : running.values()) {
        Optional<Job> job = find(run.jobId());
        if (job.isEmpty() || job.get().attempts() != run.attempt()) {
          run.ask(Run.End.LOST);
        } else if (job.get().cancelRequested()) {
          run.ask(Run.End.CANCELLED);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Cancellations could not be looked for", e);
    }
  }

  private static int failures(Handle handle, String id) {
    return handle
        .createQuery("SELECT failures FROM job WHERE id = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  private static Job require(Handle handle, String id) {
    return select(handle, id).orElseThrow(() -> Failure.notFound("job", id));
  }

  private static Optional<Job> select(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM job WHERE id = :id")
        .bind("id", id)
        .map((rows, context) -> read(rows))
        .findOne();
  }

  private static Job read(ResultSet row) throws SQLException {
    int attempts = row.getInt("attempts");
    return new Job(
        row.getString("id"),
        row.getString("kind"),
        row.getString("owner"),
        row.getString("input"),
        state(row, attempts),
        attempts,
        row.getInt("cancel_requested") != 0,
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("run_at")),
        instant(row, "started_at"),
        instant(row, "finished_at"));
  }

  private static JobState state(ResultSet row, int attempts) throws SQLException {
    String status = row.getString("status");
    return switch (status) {
      case "queued" -> new JobState.Queued();
      case "running" -> new JobState.Running(row.getDouble("progress"), row.getString("message"));
      case "completed" -> new JobState.Completed(row.getString("output"));
      case "failed" ->
          new JobState.Failed(
              Failure.Reason.valueOf(row.getString("failure_reason")),
              row.getString("message"),
              attempts);
      case "cancelled" -> new JobState.Cancelled();
      default -> throw new IllegalStateException("status " + status);
    };
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private Instant now() {
    return toMillis(clock.instant());
  }

  private static Instant toMillis(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private record Registered<I, O>(JobKind<I, O> kind, JobHandler<I, O> handler) {}

  /** Records progress and tells it. */
  private final class Writer implements Run.Scribe {
    @Override
    public void write(Run run, double fraction, String message) {
      Optional<Job> job =
          store.write(
              handle -> {
                int changed =
                    handle
                        .createUpdate(
                            "UPDATE job SET progress = :progress, message = :message"
                                + " WHERE id = :id AND attempts = :attempt AND status = 'running'")
                        .bind("progress", fraction)
                        .bind("message", message)
                        .bind("id", run.jobId())
                        .bind("attempt", run.attempt())
                        .execute();
                return changed == 0 ? Optional.<Job>empty() : select(handle, run.jobId());
              });
      if (job.isEmpty()) {
        run.ask(Run.End.LOST);
      } else {
        Job now = job.get();
        store.afterCommit(() -> bus.publish(new Job.Progressed(now)));
      }
    }

    @Override
    public void later(Run run) {
      if (closing) {
        return;
      }
      Future<?> unused =
          keeper.schedule(
              () -> {
                try {
                  run.flush();
                } catch (RuntimeException e) {
                  LOG.warn("Progress of job {} could not be recorded", run.jobId(), e);
                }
              },
              200,
              TimeUnit.MILLISECONDS);
    }
  }
}

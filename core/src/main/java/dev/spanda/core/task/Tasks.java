package dev.spanda.core.task;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.agent.LocalWorkers;
import dev.spanda.core.agent.Work;
import dev.spanda.core.agent.WorkQueue;
import dev.spanda.core.data.DataFlow;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps tasks and has their runs done by agents.
 *
 * <p>A task without a schedule runs once, as soon as an agent has room. A scheduled one has a run
 * whenever it is due and the run before is over; due times that fall into a run, or into a time
 * when no process was there, are made up for by one run afterwards. Runs wait in the order of their
 * priority. What a run came to is counted in the transaction that records its end, once. Of every
 * task the newest {@value #KEPT_RUNS} ended runs are kept; its statistics cover all.
 *
 * <p>Changes made inside {@link Store#write} join that transaction; events follow its commit.
 * Thread-safe.
 */
public final class Tasks implements AutoCloseable {

  /** How many tasks an owner may have. */
  public static final int MOST_TASKS = 20_000;

  /** How many ended runs of each task are kept. */
  public static final int KEPT_RUNS = 100;

  /** What happened, once it is durable and in the process that did it. */
  public sealed interface Event {
    /** The task after the change. */
    Task task();
  }

  /** A run has begun, or told its progress to the agent's next sign of life. */
  public record Progressed(Task task) implements Event {}

  /**
   * A run is over.
   *
   * @param run what it came to
   */
  public record Ended(Task task, Task.Run run) implements Event {}

  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);
  private static final int LARGEST_PAGE = 100;
  private static final int BATCH = 100;

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final WorkQueue queue;
  private final Map<String, Processor> processors = new ConcurrentHashMap<>();
  private final Future<?> ticks;

  /**
   * The tasks of a store.
   *
   * @param queue of the same store; this listens to it
   * @param timer wakes this object every second; not shut down by {@link #close}
   */
  public Tasks(
      Store store,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      WorkQueue queue,
      ScheduledExecutorService timer) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.queue = queue;
    queue.listen(new Bookkeeper());
    this.ticks = timer.scheduleAtFixedRate(this::onTick, 1, 1, TimeUnit.SECONDS);
  }

  /** A processor of type {@code data_processing} on that engine. */
  public static Processor dataProcessing(DataFlow flow) {
    return new DataProcessing(flow);
  }

  /**
   * Makes a type of task known.
   *
   * @throws IllegalStateException when it is known already
   */
  public void register(Processor processor) {
    if (processors.putIfAbsent(processor.type(), processor) != null) {
      throw new IllegalStateException("The type " + processor.type() + " is known already");
    }
  }

  /** All types, in alphabetical order. */
  public List<String> types() {
    return processors.keySet().stream().sorted().toList();
  }

  /**
   * Does one run: what {@link LocalWorkers} are to do.
   *
   * @return what the processor made, as JSON
   */
  public String work(Work work, LocalWorkers.Attempt attempt) throws Exception {
    Processor processor = processor(work.request().kind());
    Map<String, Object> result =
        processor.run(
            parameters(work.request().input()),
            new Processor.Context() {
              @Override
              public String owner() {
                return work.owner();
              }

              @Override
              public String key() {
                return work.id();
              }

              @Override
              public void progress(double fraction, String message) {
                attempt.progress(fraction, message);
                announceProgress(work, fraction);
              }

              @Override
              public void throwIfCancelled() {
                attempt.throwIfCancelled();
              }
            });
    return Json.write(result);
  }

  private void announceProgress(Work work, double fraction) {
    store
        .read(handle -> select(handle, work.owner(), work.request().label()))
        .ifPresent(
            task ->
                bus.publish(
                    new Progressed(
                        new Task(
                            task.id(),
                            task.owner(),
                            task.plan(),
                            task.status(),
                            percent(fraction),
                            task.agentId(),
                            task.statistics(),
                            task.createdAt(),
                            task.updatedAt(),
                            task.lastRun(),
                            task.nextRun()))));
  }

  private Processor processor(String type) {
    Processor processor = processors.get(type);
    if (processor == null) {
      throw Failure.notAllowed("type", type, types());
    }
    return processor;
  }

  /**
   * Creates a task, which is active at once.
   *
   * @throws Failure INVALID, subject {@code type}, with the list of types; what {@link
   *     Processor#check} throws; INVALID, subject {@code schedule.value}, when it is never due;
   *     CONFLICT, subject {@code task}, when the owner has {@value #MOST_TASKS}
   */
  public Task create(String owner, TaskPlan plan) {
    processor(plan.type()).check(plan.parameters());
    Instant now = now();
    Optional<Instant> next = plan.schedule().map(schedule -> next(schedule, now, now));
    return store.write(
        handle -> {
          store.lock("tasks:" + owner);
          long present =
              handle
                  .createQuery("SELECT COUNT(*) FROM task WHERE owner = :owner")
                  .bind("owner", owner)
                  .mapTo(Long.class)
                  .one();
          if (present >= MOST_TASKS) {
            throw Failure.of(
                    Failure.Reason.CONFLICT, "task", "At most " + MOST_TASKS + " tasks can be kept")
                .with(Failure.MAX_VALUE, MOST_TASKS);
          }
          String id = ids.next("task");
          handle
              .createUpdate(
                  "INSERT INTO task (id, owner, name, description, type, priority, parameters,"
                      + " schedule_type, schedule_value, status, created_at, updated_at, next_run)"
                      + " VALUES (:id, :owner, :name, :description, :type, :priority, :parameters,"
                      + " :scheduleType, :scheduleValue, 'created', :now, :now, :next)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("name", plan.name())
              .bind("description", plan.description())
              .bind("type", plan.type())
              .bind("priority", plan.priority().word())
              .bind("parameters", Json.write(plan.parameters()))
              .bind("scheduleType", plan.schedule().map(TaskSchedule::type).orElse(null))
              .bind("scheduleValue", plan.schedule().map(TaskSchedule::value).orElse(null))
              .bind("now", now.toEpochMilli())
              .bind("next", next.map(Instant::toEpochMilli).orElse(null))
              .execute();
          Task task = require(handle, owner, id);
          if (plan.schedule().isEmpty()) {
            begin(handle, task);
          }
          return require(handle, owner, id);
        });
  }

  private static Instant next(TaskSchedule schedule, Instant after, Instant anchor) {
    return schedule
        .nextAfter(after, anchor)
        .orElseThrow(
            () ->
                Failure.invalid(
                    "schedule.value", schedule.value(), "The schedule is never due after now"));
  }

  /**
   * The task of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code task}
   */
  public Task find(String owner, String id) {
    return store.read(handle -> require(handle, owner, id));
  }

  /**
   * Which tasks are listed.
   *
   * @param statuses one of these; all when empty
   * @param type all when empty
   * @param priority all when empty
   */
  public record Query(
      Set<Task.Status> statuses, Optional<String> type, Optional<TaskPlan.Priority> priority) {

    /** All tasks. */
    public static final Query ALL = new Query(Set.of(), Optional.empty(), Optional.empty());

    /** Copies the statuses. */
    public Query {
      statuses = Set.copyOf(statuses);
    }
  }

  /**
   * The tasks of an owner, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Task> list(String owner, Query query, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    List<String> statuses =
        (query.statuses().isEmpty() ? Set.of(Task.Status.values()) : query.statuses())
            .stream().map(Task.Status::word).toList();
    String condition =
        " FROM task t LEFT JOIN work w ON w.id = t.open_run WHERE t.owner = :owner AND t.status IN"
            + " (<statuses>) AND (:type = '' OR t.type = :type) AND (:priority = '' OR t.priority ="
            + " :priority)";
    return store.read(
        handle -> {
          List<Task> tasks =
              handle
                  .createQuery(
                      COLUMNS
                          + condition
                          + " ORDER BY t.created_at DESC, t.id DESC LIMIT :limit OFFSET :offset")
                  .bind("owner", owner)
                  .bindList("statuses", statuses)
                  .bind("type", query.type().orElse(""))
                  .bind("priority", query.priority().map(TaskPlan.Priority::word).orElse(""))
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> read(row))
                  .list();
          long total =
              handle
                  .createQuery("SELECT COUNT(*)" + condition)
                  .bind("owner", owner)
                  .bindList("statuses", statuses)
                  .bind("type", query.type().orElse(""))
                  .bind("priority", query.priority().map(TaskPlan.Priority::word).orElse(""))
                  .mapTo(Long.class)
                  .one();
          return new Page<>(tasks, total, limit, offset);
        });
  }

  /**
   * Changes what a task does; a run that has begun goes on as it was. Another schedule counts from
   * now; a task that had ended becomes active again by it.
   *
   * @throws Failure NOT_FOUND, subject {@code task}; INVALID, subject {@code type}, when the change
   *     gives another type; what {@link #create} and the change throw
   */
  public Task update(String owner, String id, UnaryOperator<TaskPlan> change) {
    return store.write(
        handle -> {
          queue.lock(owner);
          Task task = require(handle, owner, id);
          TaskPlan plan = change.apply(task.plan());
          if (!plan.type().equals(task.plan().type())) {
            throw Failure.notAllowed("type", plan.type(), List.of(task.plan().type()));
          }
          processor(plan.type()).check(plan.parameters());
          Instant now = now();
          boolean other = !plan.schedule().equals(task.plan().schedule());
          Optional<Instant> next =
              other ? plan.schedule().map(when -> next(when, now, now)) : task.nextRun();
          boolean again =
              other
                  && next.isPresent()
                  && (task.status() == Task.Status.COMPLETED
                      || task.status() == Task.Status.FAILED);
          handle
              .createUpdate(
                  "UPDATE task SET name = :name, description = :description, priority = :priority,"
                      + " parameters = :parameters, schedule_type = :scheduleType, schedule_value ="
                      + " :scheduleValue, next_run = :next, status = :status, updated_at = :now"
                      + " WHERE id = :id")
              .bind("id", id)
              .bind("name", plan.name())
              .bind("description", plan.description())
              .bind("priority", plan.priority().word())
              .bind("parameters", Json.write(plan.parameters()))
              .bind("scheduleType", plan.schedule().map(TaskSchedule::type).orElse(null))
              .bind("scheduleValue", plan.schedule().map(TaskSchedule::value).orElse(null))
              .bind("next", next.map(Instant::toEpochMilli).orElse(null))
              .bind("status", again ? "scheduled" : task.status().word())
              .bind("now", now.toEpochMilli())
              .execute();
          queue.reprioritise(owner, id, plan.priority().rank());
          return require(handle, owner, id);
        });
  }

  /**
   * Forgets a task and its runs; a run that is not over is taken back.
   *
   * @return the task as it was
   * @throws Failure NOT_FOUND, subject {@code task}
   */
  public Task delete(String owner, String id) {
    return store.write(
        handle -> {
          queue.lock(owner);
          Task task = require(handle, owner, id);
          handle.createUpdate("DELETE FROM task WHERE id = :id").bind("id", id).execute();
          queue.cancel(owner, id);
          queue.prune(id, 0);
          return task;
        });
  }

  /**
   * Begins a run now, whatever the schedule says.
   *
   * @throws Failure NOT_FOUND, subject {@code task}; CONFLICT, subject {@code task}, when a run is
   *     not over
   */
  public Task runNow(String owner, String id) {
    return store.write(
        handle -> {
          Task task = require(handle, owner, id);
          if (!begin(handle, task)) {
            throw Failure.of(Failure.Reason.CONFLICT, "task", "A run of the task is not over")
                .with(Failure.PROVIDED_VALUE, id);
          }
          return require(handle, owner, id);
        });
  }

  /**
   * The runs of a task, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure NOT_FOUND, subject {@code task}; INVALID, subjects {@code limit} and {@code
   *     offset}
   */
  public Page<Task.Run> runs(String owner, String id, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Task unused = find(owner, id);
    return queue.list(owner, id, limit, offset).map(Tasks::run);
  }

  /** Queues a run unless one is not over. */
  private boolean begin(Handle handle, Task task) {
    TaskPlan plan = task.plan();
    int free =
        handle
            .createUpdate("UPDATE task SET open_run = '' WHERE id = :id AND open_run IS NULL")
            .bind("id", task.id())
            .execute();
    if (free == 0) {
      return false;
    }
    Work work =
        queue.submit(
            task.owner(),
            new Work.Request(
                plan.type(),
                task.id(),
                plan.name(),
                processor(plan.type()).needs(plan.parameters()),
                plan.priority().rank(),
                Json.write(plan.parameters())));
    handle
        .createUpdate("UPDATE task SET open_run = :run WHERE id = :id")
        .bind("run", work.id())
        .bind("id", task.id())
        .execute();
    return true;
  }

  private void onTick() {
    try {
      int begun;
      do {
        begun = store.write(this::beginDue);
      } while (begun == BATCH);
    } catch (RuntimeException e) {
      LOG.warn("Due tasks could not be begun", e);
    }
  }

  private int beginDue(Handle handle) {
    Instant now = now();
    List<Task> due =
        handle
            .createQuery(
                COLUMNS
                    + " FROM task t LEFT JOIN work w ON w.id = t.open_run WHERE t.next_run <= :now"
                    + " AND t.open_run IS NULL ORDER BY t.next_run LIMIT :most"
                    + (store.dialect() == Store.Dialect.POSTGRESQL
                        ? " FOR UPDATE OF t SKIP LOCKED"
                        : ""))
            .bind("now", now.toEpochMilli())
            .bind("most", BATCH)
            .map((row, context) -> read(row))
            .list();
    for (Task task : due) {
      Optional<Instant> next =
          task.plan().schedule().flatMap(when -> when.nextAfter(now, task.createdAt()));
      handle
          .createUpdate("UPDATE task SET next_run = :next WHERE id = :id")
          .bind("next", next.map(Instant::toEpochMilli).orElse(null))
          .bind("id", task.id())
          .execute();
      if (processors.containsKey(task.plan().type())) {
        boolean unused = begin(handle, task);
      }
    }
    return due.size();
  }

  /** Stops looking for due tasks. */
  @Override
  public void close() {
    ticks.cancel(false);
  }

  /** Counts runs in the transaction that records their end. */
  private final class Bookkeeper implements WorkQueue.Listener {
    @Override
    public void begun(Work work) {
      store.change(
          handle -> {
            int changed =
                handle
                    .createUpdate(
                        "UPDATE task SET status = 'running', last_run = :now WHERE id = :id AND"
                            + " open_run = :run")
                    .bind("now", now().toEpochMilli())
                    .bind("id", work.request().label())
                    .bind("run", work.id())
                    .execute();
            if (changed == 1) {
              store.afterCommit(() -> announceProgress(work, 0));
            }
          });
    }

    @Override
    public void ended(Work work) {
      boolean well = work.status() == Work.Status.COMPLETED;
      boolean counts = work.status() != Work.Status.CANCELLED;
      store.change(
          handle -> {
            int changed =
                handle
                    .createUpdate(
                        "UPDATE task SET open_run = NULL, runs = runs + :counts, succeeded ="
                            + " succeeded + :well, failed = failed + :badly, duration_ms ="
                            + " duration_ms + :took, status = CASE WHEN next_run IS NOT NULL THEN"
                            + " 'scheduled' ELSE :status END WHERE id = :id AND open_run = :run")
                    .bind("counts", counts ? 1 : 0)
                    .bind("well", well ? 1 : 0)
                    .bind("badly", counts && !well ? 1 : 0)
                    .bind("took", counts ? work.duration().toMillis() : 0)
                    .bind("status", well ? "completed" : "failed")
                    .bind("id", work.request().label())
                    .bind("run", work.id())
                    .execute();
            Optional<Task> task = select(handle, work.owner(), work.request().label());
            if (changed == 1 && task.isPresent()) {
              Task now = task.get();
              if (now.statistics().total() % KEPT_RUNS == 0) {
                queue.prune(now.id(), KEPT_RUNS);
              }
              store.afterCommit(() -> bus.publish(new Ended(now, run(work))));
            }
          });
    }
  }

  private static final String COLUMNS =
      "SELECT t.*, w.progress AS run_progress, w.agent_id AS run_agent";

  private static Task require(Handle handle, String owner, String id) {
    return select(handle, owner, id).orElseThrow(() -> Failure.notFound("task", id));
  }

  /**
   * Those of these tasks that are the owner's, by one question.
   *
   * @param ids at most 1 000
   * @return in no order
   */
  public List<Task> findAll(String owner, Collection<String> ids) {
    Failure.requireInRange("ids", "Number of ids", ids.size(), 0, 1_000, "");
    if (ids.isEmpty()) {
      return List.of();
    }
    return store.read(
        handle ->
            handle
                .createQuery(
                    COLUMNS
                        + " FROM task t LEFT JOIN work w ON w.id = t.open_run"
                        + " WHERE t.owner = :owner AND t.id IN (<ids>)")
                .bind("owner", owner)
                .bindList("ids", List.copyOf(ids))
                .map((row, context) -> read(row))
                .list());
  }

  private static Optional<Task> select(Handle handle, String owner, String id) {
    return handle
        .createQuery(
            COLUMNS
                + " FROM task t LEFT JOIN work w ON w.id = t.open_run"
                + " WHERE t.id = :id AND t.owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Task read(ResultSet row) throws SQLException {
    Task.Status status = Task.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
    long runs = row.getLong("runs");
    int progress = 0;
    if (row.getString("open_run") != null) {
      progress = percent(row.getDouble("run_progress"));
    } else if (runs > 0) {
      progress = 100;
    }
    String scheduleType = row.getString("schedule_type");
    return new Task(
        row.getString("id"),
        row.getString("owner"),
        new TaskPlan(
            row.getString("name"),
            row.getString("description"),
            row.getString("type"),
            TaskPlan.Priority.parse(row.getString("priority")),
            parameters(row.getString("parameters")),
            scheduleType == null
                ? Optional.empty()
                : Optional.of(new TaskSchedule(scheduleType, row.getString("schedule_value")))),
        status,
        progress,
        Optional.ofNullable(row.getString("run_agent")),
        new Task.Statistics(
            row.getLong("succeeded"),
            row.getLong("failed"),
            runs == 0 ? Duration.ZERO : Duration.ofMillis(row.getLong("duration_ms") / runs)),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")),
        instant(row, "last_run"),
        instant(row, "next_run"));
  }

  private static Task.Run run(Work work) {
    return new Task.Run(
        work.id(),
        work.status().name().toLowerCase(Locale.ROOT),
        work.agentId(),
        percent(work.progress()),
        work.message(),
        work.output(),
        work.failures() + work.interruptions(),
        work.createdAt(),
        work.startedAt(),
        work.endedAt());
  }

  @SuppressWarnings("unchecked") // written from such a map
  private static Map<String, Object> parameters(String text) {
    return (Map<String, Object>) Json.read(text, Map.class);
  }

  private static int percent(double fraction) {
    return (int) Math.floor(fraction * 100 + 1e-9);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

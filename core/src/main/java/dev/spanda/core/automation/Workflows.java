package dev.spanda.core.automation;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.JobContext;
import dev.spanda.core.job.JobHandler;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps workflows and begins their runs.
 *
 * <p>Every second each process looks for workflows that are due. A due time has one run, whichever
 * process finds it first, and a workflow has one run at a time: a due time that falls into a run
 * waits for its end. One that has waited longer than {@link #LATEST}, for this reason or because no
 * process was there, is missed, and the workflow's {@link WorkflowPlan.MissedRuns} says what
 * follows. A run is a durable job: when its process dies it goes on in another, or after the next
 * start, with the first action whose outcome is not recorded. An action is therefore done at least
 * once; {@link Action.Context#key} lets it be once.
 *
 * <p>An action that fails is recorded and the next is done, unless the plan says otherwise. The
 * newest {@value #KEPT_RUNS} runs of each workflow are kept; the counts of {@link Workflow} cover
 * all. Changes made inside {@link Store#write} join that transaction; events follow its commit.
 * Thread-safe.
 */
public final class Workflows implements AutoCloseable {

  /** How late a run may begin and still be on time: one minute. */
  public static final Duration LATEST = Duration.ofMinutes(1);

  /** The owner of workflows that belong to the house and not to an account: the empty text. */
  public static final String HOUSE = "";

  /** How many workflows an owner other than the house can have. */
  public static final int MOST_OF_AN_OWNER = 50;

  /** How many workflows there can be. */
  public static final int MOST_WORKFLOWS = 1_000;

  /** How many runs of each workflow are kept. */
  public static final int KEPT_RUNS = 1_000;

  /** What happened, after it is durable and in the process that did it. */
  public sealed interface Event {}

  /** What became of a workflow. */
  public enum Change {
    /** It is new. */
    CREATED,
    /** Its plan was changed. */
    UPDATED,
    /** No more runs begin. */
    PAUSED,
    /** Runs begin again. */
    RESUMED,
    /** It is gone, with its runs. */
    DELETED
  }

  /** A workflow after a change, or as it was when it was deleted. */
  public record Changed(Change change, Workflow workflow) implements Event {}

  /** A run that will be done by the next free worker. */
  public record RunBegun(Run run) implements Event {}

  /** A run that is over. */
  public record RunEnded(Run run) implements Event {}

  record RunInput(String runId) {}

  record RunOutput(String status) {}

  /** A list of its own type: that of a plain list would not tell the cases of triggers apart. */
  private record Starts(List<WorkflowPlan.Trigger> all) {}

  private record Due(Workflow workflow, Optional<Instant> eventAt) {}

  private record Loaded(
      Run run, List<WorkflowPlan.Step> steps, boolean stopOnFailure, String owner) {}

  private static final Logger LOG = LoggerFactory.getLogger(Workflows.class);
  private static final JobKind<RunInput, RunOutput> KIND =
      JobKind.of("automation.run", RunInput.class, RunOutput.class);
  private static final String OWNER = "automation";
  private static final int LARGEST_PAGE = 100;
  private static final int BATCH = 50;
  private static final int LONGEST_PARAMS = 10_000;

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Jobs jobs;
  private final Map<String, Action> actions = new ConcurrentHashMap<>();
  private final Future<?> ticks;

  /**
   * The workflows of a store.
   *
   * @param jobs does the runs; not started yet, because this registers its kind of job there
   * @param timer wakes this object every second; not shut down by {@link #close}
   * @throws IllegalStateException when the jobs were started
   */
  public Workflows(
      Store store,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      Jobs jobs,
      ScheduledExecutorService timer) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.jobs = jobs;
    jobs.register(KIND, new Runner());
    this.ticks = timer.scheduleAtFixedRate(this::onTick, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Makes an action known. Called before the jobs are started, so that runs which an earlier
   * process has left find it.
   *
   * @throws IllegalStateException when its type is known already
   */
  public void register(Action action) {
    if (actions.putIfAbsent(action.type(), action) != null) {
      throw new IllegalStateException("The action " + action.type() + " is known already");
    }
  }

  /** The types of all actions that are known here, in alphabetical order. */
  public List<String> actionTypes() {
    return actions.keySet().stream().sorted().toList();
  }

  /**
   * Creates a workflow, which is active at once.
   *
   * @throws Failure INVALID, subject {@code type}, when an action is not known, or what its {@link
   *     Action#check} throws, both with the detail {@code action}, the index of the step; INVALID,
   *     subject {@code schedule}, when it is never due; TOO_LARGE, subject {@code params}, when
   *     those of a step have more than 10 000 characters as JSON; CONFLICT, subject {@code
   *     workflow}, when there are 1 000
   */
  public Workflow create(WorkflowPlan plan) {
    return create(HOUSE, plan);
  }

  /**
   * Creates a workflow of an owner, which is active at once. Its id begins with {@code auto_}, the
   * house's with {@code wf_}.
   *
   * @throws Failure as {@link #create(WorkflowPlan)}; CONFLICT too when the owner has {@value
   *     #MOST_OF_AN_OWNER}
   */
  public Workflow create(String owner, WorkflowPlan plan) {
    List<WorkflowPlan.Step> steps = checked(plan.steps());
    Instant now = now();
    @Nullable Instant next = next(plan, now);
    String id = ids.next(owner.equals(HOUSE) ? "wf" : "auto");
    return store.write(
        handle -> {
          long present =
              handle.createQuery("SELECT COUNT(*) FROM workflow").mapTo(Long.class).one();
          if (present >= MOST_WORKFLOWS) {
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "workflow",
                    "At most " + MOST_WORKFLOWS + " workflows can be kept")
                .with(Failure.MAX_VALUE, MOST_WORKFLOWS);
          }
          requireRoom(handle, owner);
          handle
              .createUpdate(
                  "INSERT INTO workflow (id, owner, description, triggers, name, starts_on, steps,"
                      + " stop_on_failure, missed_runs, status, created_at, updated_at, next_run)"
                      + " VALUES (:id, :owner, :description, :triggers, :name, :trigger, :steps,"
                      + " :stop, :missed, 'active', :now, :now, :next)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("description", plan.description())
              .bind("triggers", Json.write(new Starts(plan.triggers())))
              .bind("name", plan.name())
              .bind("trigger", Json.write(plan.trigger()))
              .bind("steps", Json.write(steps))
              .bind("stop", plan.stopOnFailure() ? 1 : 0)
              .bind("missed", word(plan.missedRuns()))
              .bind("now", now.toEpochMilli())
              .bind("next", next == null ? null : next.toEpochMilli())
              .execute();
          keepEvents(handle, id, plan);
          return announce(Change.CREATED, require(handle, owner, id));
        });
  }

  private static void requireRoom(Handle handle, String owner) {
    long own =
        handle
            .createQuery("SELECT COUNT(*) FROM workflow WHERE owner = :owner")
            .bind("owner", owner)
            .mapTo(Long.class)
            .one();
    if (!owner.equals(HOUSE) && own >= MOST_OF_AN_OWNER) {
      throw Failure.of(
              Failure.Reason.CONFLICT,
              "workflow",
              "At most " + MOST_OF_AN_OWNER + " automations can be kept")
          .with(Failure.MAX_VALUE, MOST_OF_AN_OWNER);
    }
  }

  private static void keepEvents(Handle handle, String id, WorkflowPlan plan) {
    handle
        .createUpdate("DELETE FROM workflow_event WHERE workflow_id = :id")
        .bind("id", id)
        .execute();
    for (String event : plan.events()) {
      handle
          .createUpdate("INSERT INTO workflow_event (event, workflow_id) VALUES (:event, :id)")
          .bind("event", event)
          .bind("id", id)
          .execute();
    }
  }

  /**
   * Tells that something has happened: every active workflow of the owner that waits for it begins
   * a run within a second or two. What happens while a run is not over, however often, begins one
   * more after it.
   *
   * @param event its name, as in {@link WorkflowPlan.OnEvent}
   * @return how many workflows wait for it
   * @throws Failure INVALID, subject {@code event}
   */
  public int signal(String owner, String event) {
    WorkflowPlan.OnEvent checked = new WorkflowPlan.OnEvent(event);
    return store.write(
        handle ->
            handle
                .createUpdate(
                    "UPDATE workflow SET event_at = COALESCE(event_at, :now)"
                        + " WHERE owner = :owner AND status = 'active' AND id IN"
                        + " (SELECT workflow_id FROM workflow_event WHERE event = :event)")
                .bind("now", now().toEpochMilli())
                .bind("owner", owner)
                .bind("event", checked.event())
                .execute());
  }

  /**
   * The workflow of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code workflow}
   */
  public Workflow find(String id) {
    return find(HOUSE, id);
  }

  /**
   * The workflow of an owner.
   *
   * @throws Failure NOT_FOUND, subject {@code workflow}, also when it is another's
   */
  public Workflow find(String owner, String id) {
    return store.read(handle -> require(handle, owner, id));
  }

  /** All workflows of the house, the newest first. */
  public List<Workflow> list() {
    return list(HOUSE);
  }

  private List<Workflow> list(String owner) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM workflow WHERE owner = :owner"
                        + " ORDER BY created_at DESC, id DESC")
                .bind("owner", owner)
                .map((row, context) -> read(row))
                .list());
  }

  /**
   * Workflows of an owner, the newest first.
   *
   * @param status only these; all when empty
   * @param kind only those whose {@link WorkflowPlan#kind} this is; all when empty
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Workflow> list(
      String owner,
      Optional<Workflow.Status> status,
      Optional<String> kind,
      int limit,
      long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    List<Workflow> all =
        list(owner).stream()
            .filter(each -> status.isEmpty() || each.status() == status.get())
            .filter(each -> kind.isEmpty() || each.plan().kind().equals(kind.get()))
            .toList();
    return new Page<>(all.stream().skip(offset).limit(limit).toList(), all.size(), limit, offset);
  }

  /**
   * Changes a workflow. A run that is not over keeps the actions it was begun with.
   *
   * @param change makes the new plan of the old one; called inside the transaction
   * @throws Failure NOT_FOUND, subject {@code workflow}; and as in {@link #create}
   */
  public Workflow update(String id, UnaryOperator<WorkflowPlan> change) {
    return update(HOUSE, id, change);
  }

  /** As {@link #update(String, UnaryOperator)}, of an owner. */
  public Workflow update(String owner, String id, UnaryOperator<WorkflowPlan> change) {
    return store.write(
        handle -> {
          Workflow before = require(handle, owner, id);
          WorkflowPlan plan = change.apply(before.plan());
          List<WorkflowPlan.Step> steps = checked(plan.steps());
          Instant now = now();
          @Nullable Instant next = next(plan, now);
          boolean sameTimes = plan.triggers().equals(before.plan().triggers());
          handle
              .createUpdate(
                  "UPDATE workflow SET name = :name, description = :description,"
                      + " triggers = :triggers, starts_on = :trigger, steps = :steps,"
                      + " stop_on_failure = :stop, missed_runs = :missed, updated_at = :now,"
                      + " next_run = CASE WHEN status = 'active' AND :same = 0 THEN :next"
                      + " ELSE next_run END WHERE id = :id")
              .bind("id", id)
              .bind("name", plan.name())
              .bind("description", plan.description())
              .bind("triggers", Json.write(new Starts(plan.triggers())))
              .bind("trigger", Json.write(plan.trigger()))
              .bind("steps", Json.write(steps))
              .bind("stop", plan.stopOnFailure() ? 1 : 0)
              .bind("missed", word(plan.missedRuns()))
              .bind("now", now.toEpochMilli())
              .bind("same", sameTimes ? 1 : 0)
              .bind("next", next == null ? null : next.toEpochMilli())
              .execute();
          keepEvents(handle, id, plan);
          return announce(Change.UPDATED, require(handle, owner, id));
        });
  }

  /**
   * Lets no more runs begin by themselves; one that is not over goes on. A paused workflow stays
   * so.
   *
   * @throws Failure NOT_FOUND, subject {@code workflow}
   */
  public Workflow pause(String id) {
    return pause(HOUSE, id);
  }

  /** As {@link #pause(String)}, of an owner. Events that no run has begun for are forgotten. */
  public Workflow pause(String owner, String id) {
    return store.write(
        handle -> {
          Workflow before = require(handle, owner, id);
          int changed =
              handle
                  .createUpdate(
                      "UPDATE workflow SET status = 'paused', next_run = NULL, event_at = NULL"
                          + " WHERE id = :id AND status = 'active'")
                  .bind("id", before.id())
                  .execute();
          Workflow workflow = require(handle, owner, id);
          return changed == 0 ? workflow : announce(Change.PAUSED, workflow);
        });
  }

  /**
   * Lets runs begin again at the next due time; what was due in the pause is not made up for. An
   * active workflow stays so.
   *
   * @throws Failure NOT_FOUND, subject {@code workflow}
   */
  public Workflow resume(String id) {
    return resume(HOUSE, id);
  }

  /** As {@link #resume(String)}, of an owner. */
  public Workflow resume(String owner, String id) {
    return store.write(
        handle -> {
          Workflow before = require(handle, owner, id);
          @Nullable Instant next = next(before.plan(), now());
          int changed =
              handle
                  .createUpdate(
                      "UPDATE workflow SET status = 'active', next_run = :next"
                          + " WHERE id = :id AND status = 'paused'")
                  .bind("id", id)
                  .bind("next", next == null ? null : next.toEpochMilli())
                  .execute();
          Workflow workflow = require(handle, owner, id);
          return changed == 0 ? workflow : announce(Change.RESUMED, workflow);
        });
  }

  /**
   * Begins a run now, beside the timetable and also while the workflow is paused.
   *
   * @throws Failure NOT_FOUND, subject {@code workflow}; CONFLICT, subject {@code workflow}, when
   *     it has a run that is not over
   */
  public Run runNow(String id) {
    return runNow(HOUSE, id);
  }

  /** As {@link #runNow(String)}, of an owner. */
  public Run runNow(String owner, String id) {
    return store.write(
        handle -> {
          Workflow workflow = require(handle, owner, id);
          Instant due = distinct(handle, id, Run.Cause.MANUAL, now());
          Run run = begin(handle, workflow, Run.Cause.MANUAL, due);
          if (run == null) {
            throw Failure.of(
                Failure.Reason.CONFLICT,
                "workflow",
                "Workflow " + id + " has a run that is not over");
          }
          return run;
        });
  }

  /**
   * Deletes a workflow with its runs; one that is not over is cancelled, and ends after the action
   * it is at.
   *
   * @return it as it was
   * @throws Failure NOT_FOUND, subject {@code workflow}
   */
  public Workflow delete(String id) {
    return delete(HOUSE, id);
  }

  /** As {@link #delete(String)}, of an owner. */
  public Workflow delete(String owner, String id) {
    return store.write(
        handle -> {
          Workflow workflow = require(handle, owner, id);
          List<String> active =
              handle
                  .createQuery(
                      "SELECT job_id FROM workflow_run"
                          + " WHERE workflow_id = :id AND status = 'running'")
                  .bind("id", id)
                  .mapTo(String.class)
                  .list();
          handle
              .createUpdate("DELETE FROM workflow_run WHERE workflow_id = :id")
              .bind("id", id)
              .execute();
          handle
              .createUpdate("DELETE FROM workflow_event WHERE workflow_id = :id")
              .bind("id", id)
              .execute();
          handle.createUpdate("DELETE FROM workflow WHERE id = :id").bind("id", id).execute();
          for (String job : active) {
            Job unused = jobs.cancel(job);
          }
          return announce(Change.DELETED, workflow);
        });
  }

  /**
   * The runs of a workflow, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure NOT_FOUND, subject {@code workflow}; INVALID, subjects {@code limit} and {@code
   *     offset}
   */
  public Page<Run> runs(String id, int limit, long offset) {
    return runs(HOUSE, id, limit, offset);
  }

  /** As {@link #runs(String, int, long)}, of an owner. */
  public Page<Run> runs(String owner, String id, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle -> {
          Workflow unused = require(handle, owner, id);
          return new Page<>(
              handle
                  .createQuery(
                      "SELECT r.*, w.owner FROM workflow_run r"
                          + " JOIN workflow w ON w.id = r.workflow_id WHERE r.workflow_id = :id"
                          + " ORDER BY r.due_at DESC, r.id DESC LIMIT :limit OFFSET :offset")
                  .bind("id", id)
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> readRun(row).run())
                  .list(),
              handle
                  .createQuery("SELECT COUNT(*) FROM workflow_run WHERE workflow_id = :id")
                  .bind("id", id)
                  .mapTo(Long.class)
                  .one(),
              limit,
              offset);
        });
  }

  /**
   * The run of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code run}
   */
  public Run findRun(String id) {
    return findRun(HOUSE, id);
  }

  /** As {@link #findRun(String)}, of an owner. */
  public Run findRun(String owner, String id) {
    return store.read(
        handle ->
            loaded(handle, id)
                .filter(loaded -> loaded.owner().equals(owner))
                .orElseThrow(() -> Failure.notFound("run", id))
                .run());
  }

  /** Begins no more runs; what is due begins in another process or after the next start. */
  @Override
  public void close() {
    ticks.cancel(false);
  }

  private void onTick() {
    try {
      beginDue();
    } catch (RuntimeException e) {
      LOG.error("Workflows that are due could not be begun", e);
    }
  }

  /** Begins what is due, in transactions of a few workflows each. */
  void beginDue() {
    int taken = BATCH;
    while (taken == BATCH) {
      taken = store.write(this::beginSome);
    }
  }

  private int beginSome(Handle handle) {
    Instant now = now();
    List<Due> due =
        handle
            .createQuery(
                "SELECT * FROM workflow WHERE status = 'active'"
                    + " AND (next_run <= :now OR event_at <= :now)"
                    + " AND NOT EXISTS (SELECT 1 FROM workflow_run r"
                    + " WHERE r.workflow_id = workflow.id AND r.status = 'running')"
                    + " ORDER BY COALESCE(event_at, next_run), id LIMIT "
                    + BATCH
                    // What another process is at is none of ours; SQLite has one process.
                    + (store.dialect() == Store.Dialect.POSTGRESQL
                        ? " FOR UPDATE SKIP LOCKED"
                        : ""))
            .bind("now", now.toEpochMilli())
            .map((row, context) -> new Due(read(row), instant(row, "event_at")))
            .list();
    for (Due each : due) {
      Workflow workflow = each.workflow;
      if (each.eventAt.isPresent()) {
        Run unused =
            begin(
                handle,
                workflow,
                Run.Cause.EVENT,
                distinct(handle, workflow.id(), Run.Cause.EVENT, each.eventAt.get()));
        handle
            .createUpdate("UPDATE workflow SET event_at = NULL WHERE id = :id")
            .bind("id", workflow.id())
            .execute();
        // A due time waits for the end of this run.
        continue;
      }
      Instant planned = workflow.nextRun().orElseThrow();
      WorkflowPlan plan = workflow.plan();
      Optional<Instant> run = Optional.of(planned);
      Instant after = planned;
      if (Duration.between(planned, now).compareTo(LATEST) > 0) {
        after = now;
        if (plan.missedRuns() == WorkflowPlan.MissedRuns.SKIP) {
          // The latest of the missed times may still be recent enough.
          run = plan.nextAfter(now.minus(LATEST).minusMillis(1));
          run = run.filter(time -> !time.isAfter(now));
          after = run.orElse(now);
        }
      }
      boolean begun =
          run.isEmpty() || begin(handle, workflow, Run.Cause.SCHEDULE, run.get()) != null;
      if (begun) {
        handle
            .createUpdate(
                "UPDATE workflow SET next_run = :next WHERE id = :id AND status = 'active'"
                    + " AND next_run = :planned")
            .bind("id", workflow.id())
            .bind("planned", planned.toEpochMilli())
            .bind("next", plan.nextAfter(after).map(Instant::toEpochMilli).orElse(null))
            .execute();
      }
    }
    return due.size();
  }

  /** The instant or one after it: two that are asked for within a millisecond are still two. */
  private static Instant distinct(Handle handle, String id, Run.Cause cause, Instant wanted) {
    long latest =
        handle
            .createQuery(
                "SELECT COALESCE(MAX(due_at), 0) FROM workflow_run"
                    + " WHERE workflow_id = :id AND cause = :cause")
            .bind("id", id)
            .bind("cause", word(cause))
            .mapTo(Long.class)
            .one();
    return Instant.ofEpochMilli(Math.max(wanted.toEpochMilli(), latest + 1));
  }

  /** Records a run with its job; null when the due time has one or another is not over. */
  private @Nullable Run begin(Handle handle, Workflow workflow, Run.Cause cause, Instant due) {
    String id = ids.next("run");
    int inserted =
        handle
            .createUpdate(
                "INSERT INTO workflow_run (id, workflow_id, cause, due_at, status, job_id, steps,"
                    + " stop_on_failure, outcomes) VALUES (:id, :workflow, :cause, :due,"
                    + " 'running', '', :steps, :stop, '[]') ON CONFLICT DO NOTHING")
            .bind("id", id)
            .bind("workflow", workflow.id())
            .bind("cause", word(cause))
            .bind("due", due.toEpochMilli())
            .bind("steps", Json.write(workflow.plan().steps()))
            .bind("stop", workflow.plan().stopOnFailure() ? 1 : 0)
            .execute();
    if (inserted == 0) {
      return null;
    }
    Job job = jobs.submit(KIND, new RunInput(id), OWNER);
    handle
        .createUpdate("UPDATE workflow_run SET job_id = :job WHERE id = :id")
        .bind("job", job.id())
        .bind("id", id)
        .execute();
    handle
        .createUpdate("UPDATE workflow SET last_run = :now WHERE id = :id")
        .bind("now", now().toEpochMilli())
        .bind("id", workflow.id())
        .execute();
    Run run = loaded(handle, id).orElseThrow().run();
    store.afterCommit(() -> bus.publish(new RunBegun(run)));
    return run;
  }

  /** Does the runs. */
  private final class Runner implements JobHandler<RunInput, RunOutput> {

    @Override
    public RunOutput run(RunInput input, JobContext context) {
      Loaded loaded = start(input.runId());
      if (loaded == null) {
        return new RunOutput("gone");
      }
      List<Run.Outcome> outcomes = new ArrayList<>(loaded.run().outcomes());
      for (int i = outcomes.size(); i < loaded.steps().size(); i++) {
        context.throwIfCancelled();
        WorkflowPlan.Step step = loaded.steps().get(i);
        context.progress(i / (double) loaded.steps().size(), step.type());
        if (loaded.stopOnFailure() && failed(outcomes)) {
          outcomes.add(
              new Run.Outcome(
                  step.type(),
                  Run.Outcome.Status.SKIPPED,
                  "Left out because an action before it failed",
                  Map.of()));
        } else {
          outcomes.add(attempt(loaded, i, context));
        }
        note(loaded.run().id(), outcomes);
      }
      Run.Status status = failed(outcomes) ? Run.Status.FAILED : Run.Status.COMPLETED;
      store.change(handle -> end(handle, loaded.run().id(), status));
      return new RunOutput(word(status));
    }

    @Override
    public void settle(Job job) {
      if (!(job.state() instanceof JobState.Completed)) {
        // The run itself could not be recorded, or was cancelled: it must not stand in the way.
        store.change(handle -> end(handle, Jobs.input(job, KIND).runId(), Run.Status.FAILED));
      }
    }
  }

  private @Nullable Loaded start(String runId) {
    return store
        .write(
            handle -> {
              handle
                  .createUpdate(
                      "UPDATE workflow_run SET started_at = COALESCE(started_at, :now)"
                          + " WHERE id = :id AND status = 'running'")
                  .bind("now", now().toEpochMilli())
                  .bind("id", runId)
                  .execute();
              return loaded(handle, runId);
            })
        .filter(loaded -> loaded.run().status() == Run.Status.RUNNING)
        .orElse(null);
  }

  private Run.Outcome attempt(Loaded loaded, int index, JobContext context) {
    WorkflowPlan.Step step = loaded.steps().get(index);
    Run run = loaded.run();
    Action action = actions.get(step.type());
    if (action == null) {
      return failure(step, "This server knows no action " + step.type());
    }
    try {
      Action.Result result =
          action.run(
              step.params(),
              new Action.Context(
                  run.workflowId(), loaded.owner(), run.id(), index, run.dueAt(), loaded.steps()));
      return new Run.Outcome(
          step.type(), Run.Outcome.Status.COMPLETED, result.message(), result.values());
    } catch (Exception e) {
      // What an interrupt has broken is no failure of the action: it is done again.
      context.throwIfCancelled();
      if (e instanceof Failure failed) {
        return failure(step, Objects.requireNonNullElse(failed.getMessage(), ""));
      }
      LOG.warn("Action {} of run {} failed", step.type(), run.id(), e);
      return failure(step, "The action ended with " + e.getClass().getSimpleName());
    }
  }

  private static Run.Outcome failure(WorkflowPlan.Step step, String message) {
    return new Run.Outcome(step.type(), Run.Outcome.Status.FAILED, message, Map.of());
  }

  private static boolean failed(List<Run.Outcome> outcomes) {
    return outcomes.stream().anyMatch(outcome -> outcome.status() == Run.Outcome.Status.FAILED);
  }

  private void note(String runId, List<Run.Outcome> outcomes) {
    String text = Json.write(outcomes);
    store.change(
        handle ->
            handle
                .createUpdate("UPDATE workflow_run SET outcomes = :outcomes WHERE id = :id")
                .bind("outcomes", text)
                .bind("id", runId)
                .execute());
  }

  private void end(Handle handle, String runId, Run.Status status) {
    int changed =
        handle
            .createUpdate(
                "UPDATE workflow_run SET status = :status, ended_at = :now"
                    + " WHERE id = :id AND status = 'running'")
            .bind("status", word(status))
            .bind("now", now().toEpochMilli())
            .bind("id", runId)
            .execute();
    if (changed == 0) {
      return;
    }
    Run run = loaded(handle, runId).orElseThrow().run();
    handle
        .createUpdate(
            "UPDATE workflow SET ended_runs = ended_runs + 1,"
                + " completed_runs = completed_runs + :completed WHERE id = :id")
        .bind("completed", status == Run.Status.COMPLETED ? 1 : 0)
        .bind("id", run.workflowId())
        .execute();
    handle
        .createUpdate(
            "DELETE FROM workflow_run WHERE workflow_id = :id AND status <> 'running'"
                + " AND due_at < (SELECT due_at FROM workflow_run WHERE workflow_id = :id"
                + " ORDER BY due_at DESC LIMIT 1 OFFSET "
                + (KEPT_RUNS - 1)
                + ")")
        .bind("id", run.workflowId())
        .execute();
    store.afterCommit(() -> bus.publish(new RunEnded(run)));
  }

  /** The steps with their parameters as they come back from the store. */
  private List<WorkflowPlan.Step> checked(List<WorkflowPlan.Step> steps) {
    List<WorkflowPlan.Step> plain = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      WorkflowPlan.Step step = steps.get(i);
      try {
        Action action = actions.get(step.type());
        if (action == null) {
          throw Failure.notAllowed("type", step.type(), actionTypes());
        }
        String text = Json.write(step);
        if (text.length() > LONGEST_PARAMS) {
          throw Failure.of(
                  Failure.Reason.TOO_LARGE,
                  "params",
                  "Parameters of an action have at most " + LONGEST_PARAMS + " characters")
              .with(Failure.PROVIDED_VALUE, text.length())
              .with(Failure.MAX_VALUE, LONGEST_PARAMS);
        }
        plain.add(Json.read(text, WorkflowPlan.Step.class));
        action.check(List.copyOf(plain), i);
      } catch (Failure e) {
        throw e.with("action", i);
      }
    }
    return plain;
  }

  /** The next due time; null when only events begin runs. */
  private static @Nullable Instant next(WorkflowPlan plan, Instant after) {
    for (WorkflowPlan.Trigger trigger : plan.triggers()) {
      if (trigger instanceof WorkflowPlan.Timetable && trigger.nextAfter(after).isEmpty()) {
        throw Failure.of(Failure.Reason.INVALID, "schedule", "The schedule is never due");
      }
    }
    return plan.nextAfter(after).orElse(null);
  }

  private Workflow announce(Change change, Workflow workflow) {
    store.afterCommit(() -> bus.publish(new Changed(change, workflow)));
    return workflow;
  }

  private static Workflow require(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM workflow WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((row, context) -> read(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("workflow", id));
  }

  private static Workflow read(ResultSet row) throws SQLException {
    return new Workflow(
        row.getString("id"),
        row.getString("owner"),
        new WorkflowPlan(
            row.getString("name"),
            row.getString("description"),
            triggers(row),
            Json.readList(row.getString("steps"), WorkflowPlan.Step.class),
            row.getInt("stop_on_failure") != 0,
            WorkflowPlan.MissedRuns.valueOf(upper(row.getString("missed_runs")))),
        Workflow.Status.valueOf(upper(row.getString("status"))),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")),
        instant(row, "last_run"),
        instant(row, "next_run"),
        row.getLong("ended_runs"),
        row.getLong("completed_runs"));
  }

  private static List<WorkflowPlan.Trigger> triggers(ResultSet row) throws SQLException {
    String several = row.getString("triggers");
    return several == null
        ? List.of(Json.read(row.getString("starts_on"), WorkflowPlan.Trigger.class))
        : Json.read(several, Starts.class).all();
  }

  private static Optional<Loaded> loaded(Handle handle, String runId) {
    return handle
        .createQuery(
            "SELECT r.*, w.owner FROM workflow_run r JOIN workflow w ON w.id = r.workflow_id"
                + " WHERE r.id = :id")
        .bind("id", runId)
        .map((row, context) -> readRun(row))
        .findOne();
  }

  private static Loaded readRun(ResultSet row) throws SQLException {
    return new Loaded(
        new Run(
            row.getString("id"),
            row.getString("workflow_id"),
            row.getString("job_id"),
            Run.Cause.valueOf(upper(row.getString("cause"))),
            Run.Status.valueOf(upper(row.getString("status"))),
            Instant.ofEpochMilli(row.getLong("due_at")),
            instant(row, "started_at"),
            instant(row, "ended_at"),
            Json.readList(row.getString("outcomes"), Run.Outcome.class)),
        Json.readList(row.getString("steps"), WorkflowPlan.Step.class),
        row.getInt("stop_on_failure") != 0,
        row.getString("owner"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

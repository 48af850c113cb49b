package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.contract.vajra.AutomationApi;
import dev.spanda.core.Page;
import dev.spanda.core.automation.WorkflowPlan;
import dev.spanda.core.automation.WorkflowPlan.MissedRuns;
import dev.spanda.core.automation.WorkflowPlan.Timetable;
import dev.spanda.core.automation.Workflows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Automation. */
final class AutomationEndpoints implements AutomationApi {

  private static final int USUAL_LIMIT = 50;
  private static final String USUAL_ZONE = "UTC";

  private final Workflows workflows;

  AutomationEndpoints(Workflows workflows) {
    this.workflows = workflows;
  }

  @Override
  public Created create(Plan plan) {
    dev.spanda.core.automation.Workflow workflow =
        workflows.create(
            new WorkflowPlan(
                plan.name(),
                new Timetable(plan.schedule(), Wire.or(plan.timeZone(), USUAL_ZONE)),
                steps(plan.actions()),
                Wire.or(plan.stopOnFailure(), false),
                plan.missedRuns() == null
                    ? MissedRuns.SKIP
                    : Wire.word("missed_runs", plan.missedRuns(), MissedRuns.class)));
    return new Created(
        SUCCESS,
        workflow.id(),
        workflow.plan().name(),
        timetable(workflow.plan()).schedule(),
        workflow.nextRun().orElseThrow());
  }

  @Override
  public Listing list() {
    return new Listing(
        SUCCESS,
        workflows.list().stream()
            .map(
                each ->
                    new Row(
                        each.id(),
                        each.plan().name(),
                        word(each.status()),
                        seconds(each.lastRun()),
                        seconds(each.nextRun())))
            .toList());
  }

  @Override
  public Answer get(String workflowId) {
    return answer(workflows.find(workflowId));
  }

  @Override
  public Answer update(String workflowId, Changes changes) {
    return answer(workflows.update(workflowId, before -> changed(before, changes)));
  }

  @Override
  public Answer pause(String workflowId) {
    return answer(workflows.pause(workflowId));
  }

  @Override
  public Answer resume(String workflowId) {
    return answer(workflows.resume(workflowId));
  }

  @Override
  public RunStarted run(String workflowId) {
    return new RunStarted(SUCCESS, workflowId, workflows.runNow(workflowId).id());
  }

  @Override
  public Deleted delete(String workflowId) {
    return new Deleted(SUCCESS, workflows.delete(workflowId).id());
  }

  @Override
  public Runs runs(String workflowId, @Nullable Integer limit, @Nullable Integer offset) {
    Page<dev.spanda.core.automation.Run> page =
        workflows.runs(workflowId, Wire.or(limit, USUAL_LIMIT), Wire.or(offset, 0));
    return new Runs(
        SUCCESS,
        page.items().stream().map(AutomationEndpoints::row).toList(),
        page.total(),
        page.limit(),
        page.offset());
  }

  private static WorkflowPlan changed(WorkflowPlan before, Changes changes) {
    Timetable timetable = timetable(before);
    return new WorkflowPlan(
        Wire.or(changes.name(), before.name()),
        new Timetable(
            Wire.or(changes.schedule(), timetable.schedule()),
            Wire.or(changes.timeZone(), timetable.timeZone())),
        changes.actions() == null ? before.steps() : steps(changes.actions()),
        Wire.or(changes.stopOnFailure(), before.stopOnFailure()),
        changes.missedRuns() == null
            ? before.missedRuns()
            : Wire.word("missed_runs", changes.missedRuns(), MissedRuns.class));
  }

  private static List<WorkflowPlan.Step> steps(List<Action> actions) {
    return Wire.list("actions", actions).stream()
        .map(action -> new WorkflowPlan.Step(action.type(), Wire.or(action.params(), Map.of())))
        .toList();
  }

  private static Timetable timetable(WorkflowPlan plan) {
    if (plan.trigger() instanceof Timetable timetable) {
      return timetable;
    }
    throw new IllegalStateException("A workflow of this chapter runs by a timetable");
  }

  private static Answer answer(dev.spanda.core.automation.Workflow workflow) {
    WorkflowPlan plan = workflow.plan();
    return new Answer(
        SUCCESS,
        new Workflow(
            workflow.id(),
            plan.name(),
            word(workflow.status()),
            timetable(plan).schedule(),
            timetable(plan).timeZone(),
            plan.steps().stream().map(step -> new Action(step.type(), step.params())).toList(),
            plan.stopOnFailure(),
            word(plan.missedRuns()),
            seconds(workflow.lastRun()),
            seconds(workflow.nextRun()),
            workflow.createdAt().truncatedTo(ChronoUnit.SECONDS)));
  }

  private static Run row(dev.spanda.core.automation.Run run) {
    return new Run(
        run.id(),
        word(run.status()),
        word(run.cause()),
        run.dueAt(),
        run.startedAt().orElse(null),
        run.endedAt().orElse(null),
        run.outcomes().stream()
            .map(
                each ->
                    new ActionOutcome(
                        each.type(),
                        word(each.status()),
                        each.message(),
                        each.result().isEmpty() ? null : each.result()))
            .toList());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Instant seconds(Optional<Instant> instant) {
    return instant.map(at -> at.truncatedTo(ChronoUnit.SECONDS)).orElse(null);
  }
}

package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.AutomationsApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.automation.Workflow;
import dev.spanda.core.automation.WorkflowPlan;
import dev.spanda.core.automation.Workflows;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The chapter Automation Management, for one account. */
final class AutomationsEndpoints implements AutomationsApi {

  private static final int USUAL_LIMIT = 10;
  private static final String SCHEDULE = "schedule";
  private static final String EVENT = "event";
  private static final String TRIGGERS = "triggers";

  /** What the engine calls otherwise. */
  private static final Map<String, String> SPELLINGS =
      Map.of("actions", "steps", SCHEDULE, TRIGGERS, "params", "parameters");

  private final Workflows workflows;
  private final InstantSource clock;
  private final String account;

  AutomationsEndpoints(Workflows workflows, InstantSource clock, String account) {
    this.workflows = workflows;
    this.clock = clock;
    this.account = account;
  }

  @Override
  public Automation create(Plan plan) {
    return named(
        () ->
            answer(
                workflows.create(
                    account,
                    new WorkflowPlan(
                        plan.name(),
                        Objects.requireNonNullElse(plan.description(), ""),
                        triggers(plan.triggers()),
                        steps(plan.steps()),
                        !Boolean.FALSE.equals(plan.stopOnFailure()),
                        WorkflowPlan.MissedRuns.SKIP))));
  }

  @Override
  public Listing list(
      @Nullable String status,
      @Nullable String type,
      @Nullable Integer limit,
      @Nullable Integer offset) {
    Page<Workflow> page =
        workflows.list(
            account,
            Optional.ofNullable(status).map(AutomationsEndpoints::status),
            Optional.ofNullable(type),
            limit == null ? USUAL_LIMIT : limit,
            offset == null ? 0 : offset);
    return new Listing(
        page.items().stream()
            .map(
                each ->
                    new Row(
                        each.id(),
                        each.plan().name(),
                        each.plan().kind(),
                        word(each.status()),
                        seconds(each.lastRun()),
                        seconds(each.nextRun()),
                        rate(each)))
            .toList(),
        pagination(page));
  }

  @Override
  public EventAnswer signal(Event event) {
    return new EventAnswer(event.event(), workflows.signal(account, event.event()));
  }

  @Override
  public Automation get(String automationId) {
    return named(() -> answer(workflows.find(account, automationId)));
  }

  @Override
  public Automation update(String automationId, Changes changes) {
    return named(
        () ->
            answer(
                workflows.update(
                    account,
                    automationId,
                    before ->
                        new WorkflowPlan(
                            Objects.requireNonNullElse(changes.name(), before.name()),
                            Objects.requireNonNullElse(changes.description(), before.description()),
                            changes.triggers() == null
                                ? before.triggers()
                                : triggers(changes.triggers()),
                            changes.steps() == null ? before.steps() : steps(changes.steps()),
                            Objects.requireNonNullElse(
                                changes.stopOnFailure(), before.stopOnFailure()),
                            before.missedRuns()))));
  }

  @Override
  public Deleted delete(String automationId) {
    return named(() -> new Deleted(workflows.delete(account, automationId).id()));
  }

  @Override
  public Automation pause(String automationId) {
    return named(() -> answer(workflows.pause(account, automationId)));
  }

  @Override
  public Automation resume(String automationId) {
    return named(() -> answer(workflows.resume(account, automationId)));
  }

  @Override
  public Run run(String automationId) {
    return named(() -> row(workflows.runNow(account, automationId)));
  }

  @Override
  public Runs runs(String automationId, @Nullable Integer limit, @Nullable Integer offset) {
    return named(
        () -> {
          Page<dev.spanda.core.automation.Run> page =
              workflows.runs(
                  account,
                  automationId,
                  limit == null ? USUAL_LIMIT : limit,
                  offset == null ? 0 : offset);
          return new Runs(
              page.items().stream().map(AutomationsEndpoints::row).toList(), pagination(page));
        });
  }

  private static List<WorkflowPlan.Trigger> triggers(List<Trigger> triggers) {
    List<WorkflowPlan.Trigger> read = new ArrayList<>();
    for (Trigger trigger : notNull(TRIGGERS, triggers)) {
      try {
        read.add(
            switch (trigger.type()) {
              case SCHEDULE -> WorkflowPlan.Trigger.cron(trigger.value(), zone(trigger.timeZone()));
              case EVENT -> WorkflowPlan.Trigger.event(trigger.value());
              default ->
                  throw Failure.notAllowed(TRIGGERS, trigger.type(), List.of(SCHEDULE, EVENT));
            });
      } catch (Failure failure) {
        throw failure.with("trigger", read.size());
      }
    }
    return read;
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return ZoneId.of(name == null ? "UTC" : name);
    } catch (DateTimeException e) {
      throw Failure.invalid(
          "time_zone",
          name,
          "Time zone must be a name of the tz database such as Europe/Berlin, or UTC");
    }
  }

  private static List<WorkflowPlan.Step> steps(List<Step> steps) {
    return notNull("steps", steps).stream()
        .map(
            step ->
                new WorkflowPlan.Step(
                    step.type(),
                    Objects.requireNonNullElse(step.parameters(), Map.of()),
                    Objects.requireNonNullElse(step.name(), "")))
        .toList();
  }

  private static <T> List<T> notNull(String field, List<T> list) {
    if (list.stream().anyMatch(Objects::isNull)) {
      throw Failure.invalid(field, null, field + " must not hold null");
    }
    return list;
  }

  private Automation answer(Workflow workflow) {
    return wire(workflow, clock.instant());
  }

  /** A workflow as it goes on the wire, with the times at which its triggers are due next. */
  static Automation wire(Workflow workflow, Instant now) {
    WorkflowPlan plan = workflow.plan();
    boolean active = workflow.status() == Workflow.Status.ACTIVE;
    List<Trigger> triggers = new ArrayList<>();
    for (WorkflowPlan.Trigger trigger : plan.triggers()) {
      if (trigger instanceof WorkflowPlan.Timetable timetable) {
        triggers.add(
            new Trigger(
                SCHEDULE,
                timetable.schedule(),
                timetable.timeZone().equals("UTC") ? null : timetable.timeZone(),
                active ? seconds(timetable.nextAfter(now)) : null));
      } else if (trigger instanceof WorkflowPlan.OnEvent on) {
        triggers.add(new Trigger(EVENT, on.event(), null, null));
      }
    }
    return new Automation(
        workflow.id(),
        plan.name(),
        word(workflow.status()),
        triggers,
        seconds(workflow.createdAt()),
        plan.description().isEmpty() ? null : plan.description(),
        plan.kind(),
        plan.steps().stream()
            .map(
                step ->
                    new Step(
                        step.name().isEmpty() ? null : step.name(), step.type(), step.params()))
            .toList(),
        plan.stopOnFailure(),
        seconds(workflow.updatedAt()),
        seconds(workflow.lastRun()),
        seconds(workflow.nextRun()),
        rate(workflow),
        workflow.endedRuns());
  }

  private static Run row(dev.spanda.core.automation.Run run) {
    return new Run(
        run.id(),
        run.workflowId(),
        word(run.status()),
        word(run.cause()),
        seconds(run.dueAt()),
        seconds(run.startedAt()),
        seconds(run.endedAt()),
        run.outcomes().stream()
            .map(
                outcome ->
                    new StepOutcome(
                        outcome.type(),
                        word(outcome.status()),
                        outcome.message(),
                        outcome.result()))
            .toList());
  }

  private static @Nullable Double rate(Workflow workflow) {
    return workflow.successRate().isPresent()
        ? Math.round(workflow.successRate().getAsDouble() * 1e4) / 1e4
        : null;
  }

  private static Workflow.Status status(String word) {
    for (Workflow.Status status : Workflow.Status.values()) {
      if (word(status).equals(word)) {
        return status;
      }
    }
    throw Failure.notAllowed("status", word, List.of("active", "paused"));
  }

  private static Pagination pagination(Page<?> page) {
    return new Pagination(page.total(), page.limit(), page.offset(), page.hasMore());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private static @Nullable Instant seconds(Optional<Instant> instant) {
    return instant.map(AutomationsEndpoints::seconds).orElse(null);
  }

  /** A failure names fields as this API spells them, and what is missing an automation. */
  private static <T> T named(Supplier<T> call) {
    try {
      return call.get();
    } catch (Failure failure) {
      if (failure.subject().equals("workflow")) {
        Object id = failure.details().get(Failure.PROVIDED_VALUE);
        throw failure.reason() == Failure.Reason.NOT_FOUND
            ? Failure.notFound("automation", String.valueOf(id))
            : copy(
                failure,
                "automation",
                Objects.requireNonNullElse(failure.getMessage(), "")
                    .replace("Workflow", "Automation"));
      }
      String field = SPELLINGS.get(failure.subject());
      throw field == null
          ? failure
          : copy(failure, field, Objects.requireNonNullElse(failure.getMessage(), field));
    }
  }

  private static Failure copy(Failure failure, String subject, String message) {
    Failure copy = Failure.of(failure.reason(), subject, message);
    for (Map.Entry<String, Object> detail : failure.details().entrySet()) {
      copy = copy.with(detail.getKey(), detail.getValue());
    }
    return copy;
  }
}

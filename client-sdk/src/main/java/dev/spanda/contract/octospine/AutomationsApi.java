package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chapter Automation Management, and what it leaves out: reading, changing, pausing, running
 * and deleting an automation, its runs, and telling that something has happened.
 */
@Route.Group("Automations")
public interface AutomationsApi {

  /** Creates an automation, which is active at once. */
  @Route(
      value = "POST /api/automations",
      status = 201,
      summary = "Creates an automation, active at once.")
  Automation create(Plan plan);

  /** The account's automations, the newest first. */
  @Route(value = "GET /api/automations", summary = "The account's automations, the newest first.")
  Listing list(
      @Param.Query("status") @Nullable String status,
      @Param.Query("type") @Nullable String type,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /** Tells that something has happened, as a trigger of the type event waits for. */
  @Route(
      value = "POST /api/automations/events",
      summary = "Tells that something has happened, which triggers may wait for.")
  EventAnswer signal(Event event);

  /** An automation with everything that is known of it. */
  @Route(value = "GET /api/automations/{automation_id}", summary = "An automation.")
  Automation get(@Param.Path("automation_id") String automationId);

  /** Changes an automation; what is absent stays. */
  @Route(value = "PUT /api/automations/{automation_id}", summary = "Changes an automation.")
  Automation update(@Param.Path("automation_id") String automationId, Changes changes);

  /** Deletes an automation with its runs. */
  @Route(value = "DELETE /api/automations/{automation_id}", summary = "Deletes an automation.")
  Deleted delete(@Param.Path("automation_id") String automationId);

  /** Lets no more runs begin by themselves. */
  @Route(value = "POST /api/automations/{automation_id}/pause", summary = "Begins no more runs.")
  Automation pause(@Param.Path("automation_id") String automationId);

  /** Lets runs begin again. */
  @Route(value = "POST /api/automations/{automation_id}/resume", summary = "Begins runs again.")
  Automation resume(@Param.Path("automation_id") String automationId);

  /** Begins a run now. */
  @Route(value = "POST /api/automations/{automation_id}/run", summary = "Begins a run now.")
  Run run(@Param.Path("automation_id") String automationId);

  /** The runs of an automation, the newest first. */
  @Route(
      value = "GET /api/automations/{automation_id}/runs",
      summary = "The runs of an automation, the newest first.")
  Runs runs(
      @Param.Path("automation_id") String automationId,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /**
   * What begins runs.
   *
   * @param type {@code schedule} or {@code event}
   * @param value a cron line of five fields, or the name of an event: {@code data_source.updated},
   *     which comes when a file of the account is stored, or any that is told by {@link #signal}
   * @param timeZone in which the cron line is read; UTC when absent; beyond the document
   * @param nextTrigger when it is due next; in answers, absent for events and while paused
   */
  record Trigger(
      @JsonProperty(value = "type", required = true) String type,
      @JsonProperty(value = "value", required = true) String value,
      @JsonProperty("time_zone") @Nullable String timeZone,
      @JsonProperty("next_trigger") @Nullable Instant nextTrigger) {}

  /**
   * One thing to do.
   *
   * @param name up to 100 characters
   * @param type {@code extract}, {@code transform}, {@code store}, or another action that the
   *     server knows
   * @param parameters of the action: of extract a source of rows, of transform its {@code
   *     operations}, of store a destination, as the task type {@code data_processing} has them
   */
  record Step(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty(value = "type", required = true) String type,
      @JsonProperty("parameters") @Nullable Map<String, Object> parameters) {}

  /**
   * A new automation.
   *
   * @param name 1 to 200 characters
   * @param description up to 2 000 characters
   * @param triggers 1 to 10
   * @param steps 1 to 20
   * @param stopOnFailure whether the steps after one that fails are left out; true when absent;
   *     beyond the document
   */
  record Plan(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty(value = "triggers", required = true) List<Trigger> triggers,
      @JsonProperty(value = "steps", required = true) List<Step> steps,
      @JsonProperty("stop_on_failure") @Nullable Boolean stopOnFailure) {}

  /** What shall be otherwise, as in {@link Plan}. */
  record Changes(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("triggers") @Nullable List<Trigger> triggers,
      @JsonProperty("steps") @Nullable List<Step> steps,
      @JsonProperty("stop_on_failure") @Nullable Boolean stopOnFailure) {}

  /**
   * An automation. From {@code description} on, everything is beyond the document.
   *
   * @param status {@code active} or {@code paused}
   * @param type {@code data_processing} when a step extracts, transforms or stores, else the type
   *     of the first step
   * @param lastRun when its last run was begun, absent before the first
   * @param nextRun when the next is due by a schedule
   * @param successRate the share of ended runs in which no step failed, 0 to 1; absent before the
   *     first has ended
   * @param runs how many have ended
   */
  record Automation(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("status") String status,
      @JsonProperty("triggers") List<Trigger> triggers,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("type") @Nullable String type,
      @JsonProperty("steps") @Nullable List<Step> steps,
      @JsonProperty("stop_on_failure") @Nullable Boolean stopOnFailure,
      @JsonProperty("updated_at") @Nullable Instant updatedAt,
      @JsonProperty("last_run") @Nullable Instant lastRun,
      @JsonProperty("next_run") @Nullable Instant nextRun,
      @JsonProperty("success_rate") @Nullable Double successRate,
      @JsonProperty("runs") @Nullable Long runs) {}

  /** A line of the list; components as in {@link Automation}. */
  record Row(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("type") String type,
      @JsonProperty("status") String status,
      @JsonProperty("last_run") @Nullable Instant lastRun,
      @JsonProperty("next_run") @Nullable Instant nextRun,
      @JsonProperty("success_rate") @Nullable Double successRate) {}

  /** Which part of a list this is. */
  record Pagination(
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset,
      @JsonProperty("has_more") boolean hasMore) {}

  /** A part of the list. */
  record Listing(
      @JsonProperty("automations") List<Row> automations,
      @JsonProperty("pagination") Pagination pagination) {}

  /** What is gone. */
  record Deleted(@JsonProperty("id") String id) {}

  /**
   * What became of a step.
   *
   * @param status {@code completed}, {@code failed} or {@code skipped}
   * @param message what it did or why it failed
   * @param result what it made, such as the number of rows
   */
  record StepOutcome(
      @JsonProperty("type") String type,
      @JsonProperty("status") String status,
      @JsonProperty("message") String message,
      @JsonProperty("result") Map<String, Object> result) {}

  /**
   * A run.
   *
   * @param status {@code running}, {@code completed} or {@code failed}
   * @param trigger {@code schedule}, {@code event} or {@code manual}
   * @param steps those that are over
   */
  record Run(
      @JsonProperty("id") String id,
      @JsonProperty("automation_id") String automationId,
      @JsonProperty("status") String status,
      @JsonProperty("trigger") String trigger,
      @JsonProperty("due_at") Instant dueAt,
      @JsonProperty("started_at") @Nullable Instant startedAt,
      @JsonProperty("ended_at") @Nullable Instant endedAt,
      @JsonProperty("steps") List<StepOutcome> steps) {}

  /** A part of the runs. */
  record Runs(
      @JsonProperty("runs") List<Run> runs, @JsonProperty("pagination") Pagination pagination) {}

  /**
   * What has happened.
   *
   * @param event 1 to 100 letters, digits, and {@code . _ : -}
   */
  record Event(@JsonProperty(value = "event", required = true) String event) {}

  /**
   * Who heard of it.
   *
   * @param automations how many active automations wait for it and begin a run
   */
  record EventAnswer(
      @JsonProperty("event") String event, @JsonProperty("automations") int automations) {}
}

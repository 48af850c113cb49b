package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workflows: actions that are done one after the other when a schedule says so. */
@Route.Group("Automation")
public interface AutomationApi {

  /** Creates a workflow, which is active at once. */
  @Route(value = "POST /api/v1/automation/create", summary = "Creates a workflow.")
  Created create(Plan plan);

  /** The workflows, newest first. */
  @Route(value = "GET /api/v1/automation/workflows", summary = "The workflows, newest first.")
  Listing list();

  /** A workflow with its actions; beyond the document. */
  @Route(value = "GET /api/v1/automation/workflows/{workflow_id}", summary = "A workflow.")
  Answer get(@Param.Path("workflow_id") String workflowId);

  /** Changes what is given; beyond the document. */
  @Route(
      value = "PUT /api/v1/automation/workflows/{workflow_id}",
      summary = "Changes the given fields of a workflow.")
  Answer update(@Param.Path("workflow_id") String workflowId, Changes changes);

  /** Lets no more runs begin; beyond the document. */
  @Route(
      value = "POST /api/v1/automation/workflows/{workflow_id}/pause",
      summary = "Lets no more runs begin.")
  Answer pause(@Param.Path("workflow_id") String workflowId);

  /** Lets runs begin again, from the next time on; beyond the document. */
  @Route(
      value = "POST /api/v1/automation/workflows/{workflow_id}/resume",
      summary = "Lets runs begin again.")
  Answer resume(@Param.Path("workflow_id") String workflowId);

  /** Begins a run now, beside the schedule; beyond the document. */
  @Route(
      value = "POST /api/v1/automation/workflows/{workflow_id}/run",
      status = 202,
      summary = "Begins a run now.")
  RunStarted run(@Param.Path("workflow_id") String workflowId);

  /** Deletes a workflow with its history; beyond the document. */
  @Route(
      value = "DELETE /api/v1/automation/workflows/{workflow_id}",
      summary = "Deletes a workflow.")
  Deleted delete(@Param.Path("workflow_id") String workflowId);

  /** The runs of a workflow, newest first; beyond the document. */
  @Route(
      value = "GET /api/v1/automation/workflows/{workflow_id}/runs",
      summary = "The runs of a workflow, newest first.")
  Runs runs(
      @Param.Path("workflow_id") String workflowId,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /**
   * A workflow to be created.
   *
   * @param name 1 to 200 characters
   * @param schedule cron with five fields: minute, hour, day of month, month, day of week
   * @param actions 1 to 20
   * @param timeZone such as {@code Europe/Berlin}; UTC when absent; beyond the document
   * @param stopOnFailure whether the actions after one that fails are left out; false when absent;
   *     beyond the document
   * @param missedRuns what to do about times at which no server ran: {@code skip} or {@code once};
   *     skip when absent; beyond the document
   */
  record Plan(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty(value = "schedule", required = true) String schedule,
      @JsonProperty(value = "actions", required = true) List<Action> actions,
      @JsonProperty("time_zone") @Nullable String timeZone,
      @JsonProperty("stop_on_failure") @Nullable Boolean stopOnFailure,
      @JsonProperty("missed_runs") @Nullable String missedRuns) {}

  /** What to change; absent fields stay. */
  record Changes(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("schedule") @Nullable String schedule,
      @JsonProperty("actions") @Nullable List<Action> actions,
      @JsonProperty("time_zone") @Nullable String timeZone,
      @JsonProperty("stop_on_failure") @Nullable Boolean stopOnFailure,
      @JsonProperty("missed_runs") @Nullable String missedRuns) {}

  /**
   * One thing to do.
   *
   * @param type {@code generate_audio}, {@code start_session}, {@code broadcast_blessing} or
   *     another that the server knows
   * @param params what it needs, checked when the workflow is created
   */
  record Action(
      @JsonProperty(value = "type", required = true) String type,
      @JsonProperty("params") @Nullable Map<String, Object> params) {}

  /** A workflow that was created. */
  record Created(
      @JsonProperty("status") String status,
      @JsonProperty("workflow_id") String workflowId,
      @JsonProperty("name") String name,
      @JsonProperty("schedule") String schedule,
      @JsonProperty("next_run") Instant nextRun) {}

  /** The workflows. */
  record Listing(
      @JsonProperty("status") String status, @JsonProperty("workflows") List<Row> workflows) {

    /** Copies the rows. */
    public Listing {
      workflows = List.copyOf(workflows);
    }
  }

  /**
   * A workflow in the list.
   *
   * @param status {@code active} or {@code paused}
   * @param lastRun absent before the first
   * @param nextRun absent while it is paused
   */
  record Row(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("status") String status,
      @JsonProperty("last_run") @Nullable Instant lastRun,
      @JsonProperty("next_run") @Nullable Instant nextRun) {}

  /** A workflow with its status. */
  record Answer(
      @JsonProperty("status") String status, @JsonProperty("workflow") Workflow workflow) {}

  /** A workflow. */
  record Workflow(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("status") String status,
      @JsonProperty("schedule") String schedule,
      @JsonProperty("time_zone") String timeZone,
      @JsonProperty("actions") List<Action> actions,
      @JsonProperty("stop_on_failure") boolean stopOnFailure,
      @JsonProperty("missed_runs") String missedRuns,
      @JsonProperty("last_run") @Nullable Instant lastRun,
      @JsonProperty("next_run") @Nullable Instant nextRun,
      @JsonProperty("created_at") Instant createdAt) {}

  /** A run that will begin. */
  record RunStarted(
      @JsonProperty("status") String status,
      @JsonProperty("workflow_id") String workflowId,
      @JsonProperty("run_id") String runId) {}

  /** A workflow that is gone. */
  record Deleted(
      @JsonProperty("status") String status, @JsonProperty("workflow_id") String workflowId) {}

  /** A page of runs. */
  record Runs(
      @JsonProperty("status") String status,
      @JsonProperty("runs") List<Run> runs,
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset) {

    /** Copies the rows. */
    public Runs {
      runs = List.copyOf(runs);
    }
  }

  /**
   * A run.
   *
   * @param status {@code running}, {@code completed} or {@code failed}: failed when an action was
   * @param trigger {@code schedule} or {@code manual}
   * @param dueAt when it was to begin
   */
  record Run(
      @JsonProperty("id") String id,
      @JsonProperty("status") String status,
      @JsonProperty("trigger") String trigger,
      @JsonProperty("due_at") Instant dueAt,
      @JsonProperty("started_at") @Nullable Instant startedAt,
      @JsonProperty("ended_at") @Nullable Instant endedAt,
      @JsonProperty("actions") List<ActionOutcome> actions) {}

  /**
   * What became of an action.
   *
   * @param status {@code completed}, {@code failed} or {@code skipped}
   * @param message what it did, or why it failed
   */
  record ActionOutcome(
      @JsonProperty("type") String type,
      @JsonProperty("status") String status,
      @JsonProperty("message") @Nullable String message,
      @JsonProperty("result") @Nullable Map<String, Object> result) {}
}

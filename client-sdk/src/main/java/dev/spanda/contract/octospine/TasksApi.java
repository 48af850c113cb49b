package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chapter Task Management. A task is done once, at a time, or again and again; its runs are
 * done by the account's agents or by the server itself.
 */
@Route.Group("Tasks")
public interface TasksApi {

  /** Creates a task. */
  @Route(value = "POST /api/tasks", status = 201, summary = "Creates a task.")
  Created create(NewTask task);

  /**
   * The tasks, the newest first.
   *
   * @param status {@code created}, {@code scheduled}, {@code running}, {@code completed}, {@code
   *     failed}, or {@code active} for the first three; all when absent
   * @param type all when absent
   * @param priority {@code critical}, {@code high}, {@code medium} or {@code low}; all when absent
   * @param limit 1 to 100; 10 when absent
   * @param offset 0 or more; 0 when absent
   */
  @Route(value = "GET /api/tasks", summary = "The tasks, the newest first.")
  Listing list(
      @Param.Query("status") @Nullable String status,
      @Param.Query("type") @Nullable String type,
      @Param.Query("priority") @Nullable String priority,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Long offset);

  /** A task with its statistics. */
  @Route(value = "GET /api/tasks/{task_id}", summary = "A task with its statistics.")
  Task get(@Param.Path("task_id") String taskId);

  /** Changes a task; what is absent stays as it is. */
  @Route(
      value = "PUT /api/tasks/{task_id}",
      summary = "Changes a task; what is absent stays as it is.")
  Task update(@Param.Path("task_id") String taskId, Change change);

  /** Forgets a task and its runs; a run that is not over is taken back. */
  @Route(value = "DELETE /api/tasks/{task_id}", summary = "Forgets a task and its runs.")
  Deleted delete(@Param.Path("task_id") String taskId);

  /** Begins a run now; beyond the document. */
  @Route(value = "POST /api/tasks/{task_id}/run", summary = "Begins a run now.")
  Task run(@Param.Path("task_id") String taskId);

  /**
   * The runs of a task, the newest first; beyond the document.
   *
   * @param limit 1 to 100; 10 when absent
   * @param offset 0 or more; 0 when absent
   */
  @Route(value = "GET /api/tasks/{task_id}/runs", summary = "The runs of a task, newest first.")
  Runs runs(
      @Param.Path("task_id") String taskId,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Long offset);

  /**
   * When a task runs.
   *
   * @param type {@code interval}, {@code cron} or {@code once}
   * @param value seconds of an interval; a cron line, in UTC; the instant of a single run
   */
  record Schedule(
      @JsonProperty(value = "type", required = true) String type,
      @JsonProperty(value = "value", required = true) Object value) {}

  /**
   * A task to be made.
   *
   * @param name 1 to 200 characters
   * @param description at most 2 000 characters; empty when absent
   * @param type what does it, such as {@code data_processing}
   * @param priority {@code critical}, {@code high}, {@code medium} or {@code low}; {@code medium}
   *     when absent
   * @param parameters as the type says; none when absent
   * @param schedule once and at once when absent
   */
  record NewTask(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty(value = "type", required = true) String type,
      @JsonProperty("priority") @Nullable String priority,
      @JsonProperty("parameters") @Nullable Map<String, Object> parameters,
      @JsonProperty("schedule") @Nullable Schedule schedule) {

    /** Copies the parameters, keeping their order. */
    public NewTask {
      parameters = copy(parameters);
    }

    /** A task as the document's programs make it: of a name, a type and a priority. */
    public static NewTask of(String name, String type, String priority) {
      return new NewTask(name, null, type, priority, null, null);
    }
  }

  /** What is to be changed of a task. */
  record Change(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("type") @Nullable String type,
      @JsonProperty("priority") @Nullable String priority,
      @JsonProperty("parameters") @Nullable Map<String, Object> parameters,
      @JsonProperty("schedule") @Nullable Schedule schedule) {

    /** Copies the parameters, keeping their order. */
    public Change {
      parameters = copy(parameters);
    }
  }

  private static @Nullable Map<String, Object> copy(@Nullable Map<String, Object> parameters) {
    return parameters == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * A task that was made.
   *
   * @param nextRun when it is due; absent for one that runs at once
   */
  record Created(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("status") String status,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("next_run") @Nullable Instant nextRun,
      @JsonProperty("type") String type) {}

  /**
   * A task in a list.
   *
   * @param progress per cent of the run that is done now or was done last, 0 to 100
   * @param lastRun when its last run began; absent before the first
   * @param nextRun when it is due next; absent when no run follows
   */
  record Summary(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("type") String type,
      @JsonProperty("status") String status,
      @JsonProperty("progress") int progress,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("last_run") @Nullable Instant lastRun,
      @JsonProperty("next_run") @Nullable Instant nextRun,
      @JsonProperty("priority") String priority) {}

  /** A part of the tasks. */
  record Listing(
      @JsonProperty("tasks") List<Summary> tasks,
      @JsonProperty("pagination") Pagination pagination) {

    /** Copies the list. */
    public Listing {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * What a task's runs came to; a run that was tried several times counts once.
   *
   * @param averageDuration seconds from the beginning to the end of a run's last attempt, the mean
   *     over all that ended; 0 when none did
   */
  record Statistics(
      @JsonProperty("total_runs") long totalRuns,
      @JsonProperty("successful_runs") long successfulRuns,
      @JsonProperty("failed_runs") long failedRuns,
      @JsonProperty("average_duration") double averageDuration) {}

  /** A task. */
  record Task(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("description") String description,
      @JsonProperty("type") String type,
      @JsonProperty("status") String status,
      @JsonProperty("priority") String priority,
      @JsonProperty("progress") int progress,
      @JsonProperty("parameters") Map<String, Object> parameters,
      @JsonProperty("schedule") @Nullable Schedule schedule,
      @JsonProperty("statistics") Statistics statistics,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("updated_at") Instant updatedAt,
      @JsonProperty("last_run") @Nullable Instant lastRun,
      @JsonProperty("next_run") @Nullable Instant nextRun) {

    /** Copies the parameters, keeping their order. */
    public Task {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /** What was forgotten. */
  record Deleted(@JsonProperty("deleted") boolean deleted, @JsonProperty("id") String id) {}

  /**
   * A run.
   *
   * @param status {@code queued}, {@code placed} (an agent is chosen), {@code running}, {@code
   *     completed}, {@code failed} or {@code cancelled}
   * @param agentId who does it or did it last; {@code agent_local} for the server itself
   * @param message what was last told, or why it failed
   * @param result what it made
   * @param failedAttempts attempts that failed or were cut short
   */
  record Run(
      @JsonProperty("id") String id,
      @JsonProperty("status") String status,
      @JsonProperty("agent_id") @Nullable String agentId,
      @JsonProperty("progress") int progress,
      @JsonProperty("message") String message,
      @JsonProperty("result") @Nullable Map<String, Object> result,
      @JsonProperty("failed_attempts") int failedAttempts,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("started_at") @Nullable Instant startedAt,
      @JsonProperty("ended_at") @Nullable Instant endedAt) {

    /** Copies the result, keeping its order. */
    public Run {
      result = copy(result);
    }
  }

  /** A part of the runs. */
  record Runs(
      @JsonProperty("runs") List<Run> runs, @JsonProperty("pagination") Pagination pagination) {

    /** Copies the list. */
    public Runs {
      runs = List.copyOf(runs);
    }
  }
}

package dev.spanda.core.automation;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A run of a workflow as it stood when it was read.
 *
 * @param id begins with {@code run_}
 * @param jobId the {@link dev.spanda.core.job.Job} that does it
 * @param dueAt when it was to begin
 * @param startedAt when its first action was begun
 * @param endedAt when it was over
 * @param outcomes what became of its actions, in their order, those that are not yet over missing
 */
public record Run(
    String id,
    String workflowId,
    String jobId,
    Cause cause,
    Status status,
    Instant dueAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    List<Outcome> outcomes) {

  /** What began a run. */
  public enum Cause {
    /** The workflow's timetable. */
    SCHEDULE,
    /** Somebody who asked for it. */
    MANUAL,
    /** Something that happened, see {@link WorkflowPlan.OnEvent}. */
    EVENT
  }

  /** How far a run is. */
  public enum Status {
    /** Waits for a free worker, or is being done. */
    RUNNING,
    /** Over, every action done. */
    COMPLETED,
    /** Over, with an action that failed. */
    FAILED
  }

  /**
   * What became of an action.
   *
   * @param message what it did, why it failed or why it was left out
   * @param result what it made; empty unless it is completed
   */
  public record Outcome(String type, Status status, String message, Map<String, Object> result) {

    /** How an action ended. */
    public enum Status {
      /** It was done. */
      COMPLETED,
      /** It was tried and could not be done. */
      FAILED,
      /** It was not tried. */
      SKIPPED
    }

    /** Copies the result. */
    public Outcome {
      Objects.requireNonNull(type);
      Objects.requireNonNull(status);
      Objects.requireNonNull(message);
      result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }
  }

  /** Copies the outcomes. */
  public Run {
    Objects.requireNonNull(id);
    outcomes = List.copyOf(outcomes);
  }
}

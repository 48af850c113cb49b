package dev.spanda.core.automation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A workflow as it stood when it was read.
 *
 * @param id begins with {@code wf_} when it is the house's, and with {@code auto_} when it is an
 *     account's; one that an earlier release made for an account begins with {@code wf_} too
 * @param owner whose it is; empty for the house's own
 * @param updatedAt when its plan was last changed
 * @param lastRun when its last run was begun; empty before the first
 * @param nextRun when its next run is due; empty while it is paused and where only events begin
 *     runs
 * @param endedRuns how many runs are over, ≥ 0
 * @param completedRuns how many of them had no action that failed
 */
public record Workflow(
    String id,
    String owner,
    WorkflowPlan plan,
    Status status,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> lastRun,
    Optional<Instant> nextRun,
    long endedRuns,
    long completedRuns) {

  /** Whether runs begin. */
  public enum Status {
    /** They do when they are due. */
    ACTIVE,
    /** They do not, unless somebody begins one. */
    PAUSED
  }

  /** Checks the counts. */
  public Workflow {
    Objects.requireNonNull(id);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(plan);
    if (completedRuns < 0 || endedRuns < completedRuns) {
      throw new IllegalArgumentException(completedRuns + " of " + endedRuns + " completed");
    }
  }

  /** The part of ended runs without a failed action, 0 to 1; empty before the first has ended. */
  public OptionalDouble successRate() {
    return endedRuns == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(completedRuns / (double) endedRuns);
  }
}

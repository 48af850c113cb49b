package dev.spanda.core.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as it stood when it was read.
 *
 * @param id begins with {@code job_}
 * @param kind the name of its {@link JobKind}
 * @param owner who submitted it
 * @param input what it works on, as JSON; {@link Jobs#input} reads it
 * @param state how far it is
 * @param attempts how many runs were begun, ≥ 0
 * @param cancelRequested whether a cancellation was asked for
 * @param createdAt when it was submitted
 * @param runAt the earliest instant of its first or next run
 * @param startedAt when its first run began
 * @param finishedAt when it ended
 */
public record Job(
    String id,
    String kind,
    String owner,
    String input,
    JobState state,
    int attempts,
    boolean cancelRequested,
    Instant createdAt,
    Instant runAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt) {

  /** Checks that nothing is absent. */
  public Job {
    Objects.requireNonNull(id);
    Objects.requireNonNull(state);
  }

  /**
   * What {@link Jobs} publishes on its event bus, in the process that runs the job and after the
   * change is durable.
   */
  public sealed interface Event {
    /** The job after the change. */
    Job job();
  }

  /** The handler has told its progress; at most about five times a second for one job. */
  public record Progressed(Job job) implements Event {}

  /** The job is over; its state is final. */
  public record Finished(Job job) implements Event {}
}

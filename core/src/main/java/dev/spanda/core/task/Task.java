package dev.spanda.core.task;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A task as it stood when it was read.
 *
 * @param id begins with {@code task_}
 * @param owner for whom alone it exists
 * @param plan what it does
 * @param status how far it is
 * @param progress of the run that is done now or was done last, 0 to 100 per cent; 0 before the
 *     first
 * @param agentId who does the run that is done now
 * @param statistics of all its runs
 * @param lastRun when its last run began
 * @param nextRun when its next run is due
 */
public record Task(
    String id,
    String owner,
    TaskPlan plan,
    Status status,
    int progress,
    Optional<String> agentId,
    Statistics statistics,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> lastRun,
    Optional<Instant> nextRun) {

  /** How far a task is. */
  public enum Status {
    /** No run has begun. */
    CREATED,
    /** Between two runs. */
    SCHEDULED,
    /** An agent does a run. */
    RUNNING,
    /** The last run ended well, and none follows. */
    COMPLETED,
    /** The last run failed, and none follows. */
    FAILED;

    private static final Set<Status> ACTIVE = EnumSet.of(CREATED, SCHEDULED, RUNNING);

    /** Its name on the wire. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The statuses that a word names: its own, or for {@code active} all that have a run before
     * them: created, scheduled and running.
     *
     * @throws Failure INVALID, subject {@code status}
     */
    public static Set<Status> parse(String word) {
      if (word.equals("active")) {
        return EnumSet.copyOf(ACTIVE);
      }
      for (Status status : values()) {
        if (status.word().equals(word)) {
          return EnumSet.of(status);
        }
      }
      List<String> words =
          Stream.concat(Stream.of("active"), Arrays.stream(values()).map(Status::word)).toList();
      throw Failure.notAllowed("status", word, words);
    }
  }

  /**
   * What a task's runs came to. A run that was tried several times counts once; one that was taken
   * back because its task was deleted does not count.
   *
   * @param succeeded runs that ended well
   * @param failed runs that ended badly after all attempts
   * @param averageDuration of their last attempts, the mean; zero when none has ended
   */
  public record Statistics(long succeeded, long failed, Duration averageDuration) {

    /** All runs that ended. */
    public long total() {
      return succeeded + failed;
    }
  }

  /**
   * A run.
   *
   * @param id begins with {@code work_}
   * @param status queued, placed, running, completed, failed or cancelled
   * @param agentId who does it or did it last
   * @param progress 0 to 100 per cent
   * @param message what was last told, or why it failed
   * @param result what the processor made, as JSON
   * @param attempts that failed or were cut short
   */
  public record Run(
      String id,
      String status,
      Optional<String> agentId,
      int progress,
      String message,
      Optional<String> result,
      int attempts,
      Instant createdAt,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt) {}
}

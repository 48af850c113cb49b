package dev.spanda.core.job;

import dev.spanda.core.Failure;

/** How far a {@link Job} is. */
public sealed interface JobState {

  /** Waits for its time or for a free worker, before the first run or between two. */
  record Queued() implements JobState {}

  /**
   * Is being run.
   *
   * @param progress what its handler last told, 0 to 1
   * @param message what its handler last told, or the empty string
   */
  record Running(double progress, String message) implements JobState {}

  /**
   * Has ended well.
   *
   * @param output the result as JSON; {@link Jobs#output} reads it
   */
  record Completed(String output) implements JobState {}

  /**
   * Has ended badly and will not be tried again.
   *
   * @param attempts how many runs were begun, ≥ 1
   */
  record Failed(Failure.Reason reason, String message, int attempts) implements JobState {}

  /** Was cancelled before it ended. */
  record Cancelled() implements JobState {}

  /** Whether the job is over: completed, failed or cancelled. */
  default boolean isFinal() {
    return !(this instanceof Queued || this instanceof Running);
  }
}

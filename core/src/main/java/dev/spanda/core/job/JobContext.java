package dev.spanda.core.job;

/** What a handler knows of the run it is in. Thread-safe. */
public interface JobContext {

  /** The job's id. */
  String jobId();

  /** Who submitted the job. */
  String owner();

  /** Which run this is, 1 for the first; runs that were cut short count. */
  int attempt();

  /**
   * Tells how far the work is. May be called often: it is recorded and published about five times a
   * second, the last word always.
   *
   * @param fraction 0 to 1; outside, and NaN, is an {@link IllegalArgumentException}
   * @param message for people; at most 500 characters are kept
   */
  void progress(double fraction, String message);

  /**
   * Returns unless the run should end: because the job was cancelled, its time is up or the process
   * is about to stop. Handlers call it between steps and let the exception pass; a handler that
   * waits is interrupted.
   */
  void throwIfCancelled();
}

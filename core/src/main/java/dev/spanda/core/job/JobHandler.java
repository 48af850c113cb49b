package dev.spanda.core.job;

/** Does the work of one {@link JobKind}. Called from several threads at once. */
@FunctionalInterface
public interface JobHandler<I, O> {

  /**
   * Does the work, from the beginning or from where an earlier run has left it: a run that the
   * death of its process cut short is followed by another, so what it does outside of the store may
   * happen twice.
   *
   * <p>A failure of reason FAILED, UNAVAILABLE, TIMED_OUT or RATE_LIMITED and every other exception
   * is followed by another run as the kind's {@link JobKind.Retry} says; a failure of any other
   * reason would meet the same input again and ends the job.
   *
   * @param input as it was submitted
   * @param context tells progress and asks for cancellation
   * @return the result
   * @throws Exception when the work could not be done
   */
  O run(I input, JobContext context) throws Exception;

  /**
   * Records what follows from the job's end, in the same transaction that records the end: a charge
   * posted here is posted exactly once. Does nothing by default.
   *
   * @param job in its final state
   */
  default void settle(Job job) {}
}

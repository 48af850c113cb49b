package dev.spanda.client;

import dev.spanda.contract.http.Content;
import dev.spanda.contract.wavestack.ClipperApi;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Calls the Clipper, and waits for what it makes. Thread-safe. */
public final class ClipperClient implements ClipperApi {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** The documented limit is ten calls a minute. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private final ClipperApi calls;
  private final Pace pace;

  ClipperClient(ClipperApi calls, Pace pace) {
    this.calls = calls;
    this.pace = pace;
  }

  @Override
  public Created create(Order order) {
    return calls.create(order);
  }

  @Override
  public Job status(String jobId) {
    return calls.status(jobId);
  }

  @Override
  public Jobs list(@Nullable Integer limit, @Nullable Integer offset) {
    return calls.list(limit, offset);
  }

  @Override
  public Job cancel(String jobId) {
    return calls.cancel(jobId);
  }

  @Override
  public Content file(String name) {
    return calls.file(name);
  }

  /** The bytes of a clip whose job is complete. */
  public Content file(Result result) {
    return calls.file(result.url().substring(result.url().lastIndexOf('/') + 1));
  }

  /**
   * Waits until a job is over, asking after half a second and then less and less often, so that the
   * documented limit is kept; a call that is told to come later comes later.
   *
   * @param progress hears 0 to 100 after each question
   * @return the job, which is complete, failed or cancelled
   * @throws InterruptedException when the thread is interrupted; the job goes on
   */
  public Job wait(String jobId, IntConsumer progress) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      pace.pause(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      try {
        Job job = calls.status(jobId);
        Integer reached = job.progress();
        progress.accept(
            job.status().equals("complete") ? 100 : reached == null ? 0 : reached.intValue());
        if (job.isOver()) {
          return job;
        }
      } catch (RateLimitedException e) {
        pause = LONGEST_PAUSE;
      }
    }
  }
}

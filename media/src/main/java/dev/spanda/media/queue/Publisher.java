package dev.spanda.media.queue;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Shows an item to an audience on one platform. Called on a thread of the queue's jobs, from
 * several at once.
 *
 * <p>A run that the death of its process cut short is followed by another, and a passing failure by
 * another try: a publisher is then called again with the same {@link Work#idempotencyKey}, and
 * shows the item once however often it is called with that key.
 */
public interface Publisher {

  /**
   * Publishes an item on a platform, or looks how far that is.
   *
   * @return what came of it
   * @throws Failure UNAVAILABLE, TIMED_OUT, RATE_LIMITED or FAILED when another try may succeed;
   *     any other reason when the platform will not take the item, which then has failed there
   * @throws IOException when another try may succeed
   * @throws InterruptedException when the run is asked to end
   */
  Outcome publish(Work work) throws IOException, InterruptedException;

  /**
   * What to do.
   *
   * @param item as it stands, in the state processing
   * @param platform where to show it; one of the item's
   * @param idempotencyKey the same at every call for this item and platform, and another for every
   *     other; 1 to 120 ASCII letters, digits, underscores and colons
   * @param asset what to show
   * @param content its bytes
   * @param progress told how far the work is
   */
  record Work(
      QueueItem item,
      QueueItem.Platform platform,
      String idempotencyKey,
      Assets.Asset asset,
      Content content,
      Progress progress) {

    /** Checks that nothing is absent. */
    public Work {
      Objects.requireNonNull(item);
      Objects.requireNonNull(platform);
      Objects.requireNonNull(idempotencyKey);
      Objects.requireNonNull(asset);
      Objects.requireNonNull(content);
      Objects.requireNonNull(progress);
    }
  }

  /** The bytes of an asset. */
  @FunctionalInterface
  interface Content {

    /**
     * Opens a part; the caller closes the stream.
     *
     * @param offset how many bytes to skip, ≥ 0
     * @param length at most how many bytes follow, ≥ 0
     */
    InputStream open(long offset, long length);

    /** Opens all of it; the caller closes the stream. */
    default InputStream open() {
      return open(0, Long.MAX_VALUE);
    }
  }

  /** Hears how far the work is. */
  @FunctionalInterface
  interface Progress {

    /**
     * Tells how far the work on this platform is; may be called often. Returns unless the run
     * should end, in which case a publisher lets what it throws pass.
     *
     * @param fraction 0 to 1
     */
    void tell(double fraction);
  }

  /** What came of a call. */
  sealed interface Outcome {}

  /**
   * The audience can see it.
   *
   * @param via what has shown it: the platform's name, or {@code outbox}
   * @param reference what it is called there, 1 to 500 characters
   * @param url where it can be seen, if there is such a place
   */
  record Published(String via, String reference, Optional<URI> url) implements Outcome {

    /** Checks the lengths. */
    public Published {
      Objects.requireNonNull(url);
      if (via.isEmpty() || reference.isEmpty() || reference.length() > 500) {
        throw new IllegalArgumentException("via " + via + ", reference " + reference.length());
      }
    }
  }

  /**
   * The platform has taken it and does not show it yet. The queue calls again, on whatever machine
   * then runs its jobs.
   *
   * @param pause after how long, 0 or more
   */
  record Pending(Duration pause) implements Outcome {

    /** Checks the range. */
    public Pending {
      if (pause.isNegative()) {
        throw new IllegalArgumentException("pause " + pause);
      }
    }
  }
}

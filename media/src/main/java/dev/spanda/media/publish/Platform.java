package dev.spanda.media.publish;

import dev.spanda.core.Failure;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A place where things appear. It publishes in steps, each at most one request that changes
 * anything there, and keeps nothing between them but the notes it returns, which are durable before
 * the next step begins. Any step may be taken twice, when the first time ended without a record.
 *
 * <p>How exactly-once comes about: before a step that {@link #commits} the engine records that it
 * will be taken. When the record says so and no answer is known, the engine takes no step but asks
 * {@link #find} until that knows. A platform therefore needs, before it commits, a name for what it
 * is about to show that it can look for later: an upload session, a container, the id of a video, a
 * marker among its tags. Thread-safe.
 */
public interface Platform {

  /** Bytes that may be read from anywhere, again and again. */
  interface Content {
    /** Its media type, such as {@code video/mp4}. */
    String type();

    /** Its size in bytes, ≥ 0. */
    long size();

    /**
     * Opens a part; the caller closes it.
     *
     * @param offset how many bytes to skip, ≥ 0
     * @param length at most how many bytes follow, ≥ 0
     */
    InputStream open(long offset, long length);
  }

  /**
   * A picture that stands for the media.
   *
   * @param frame where in the media the frame is that it shows, for platforms that take a frame and
   *     no picture; empty when it shows none
   */
  record Cover(Content picture, Optional<Duration> frame) {}

  /**
   * What there is to be done.
   *
   * @param marker a name that no other publication has: letters, digits and underscores
   * @param account whose it is and the tokens to prove it
   * @param notes what the last step returned; empty before the first
   * @param cover what stands for the media, when one was made
   * @param resumed whether this is the first look in a while: the last step may have been taken
   *     without a record, so that the platform may have more of the media than the notes know
   * @param attemptedAt in {@link #find}, when the step was begun whose outcome is asked for
   */
  record Work(
      String marker,
      Publication.Plan plan,
      Connections.Account account,
      Map<String, String> notes,
      Content media,
      Optional<Cover> cover,
      boolean resumed,
      Optional<Instant> attemptedAt) {

    /** Copies the notes. */
    public Work {
      notes = Map.copyOf(notes);
    }

    /** The note of that name, or the empty string. */
    public String note(String name) {
      return notes.getOrDefault(name, "");
    }

    /** Whether there is a note of that name. */
    public boolean has(String name) {
      return notes.containsKey(name);
    }

    /** The notes with one more. */
    public Map<String, String> with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(notes);
      more.put(name, value);
      return more;
    }
  }

  /** What a step has come to. */
  sealed interface Step {

    /**
     * The next step may follow at once.
     *
     * @param notes for the next step
     * @param sentBytes how much of the media the platform has, ≥ 0
     */
    record Taken(Map<String, String> notes, long sentBytes) implements Step {}

    /** The platform is at work; the next step, with these notes, follows after a while. */
    record Waits(Map<String, String> notes, Duration pause) implements Step {}

    /**
     * It has appeared.
     *
     * @param remoteId what the platform calls it
     * @param url where it is to be seen, or the empty string
     * @param note what went less well, such as a cover that was refused, or the empty string
     * @param publishedAt when it appears, if that is not now
     */
    record Appeared(String remoteId, String url, String note, Optional<Instant> publishedAt)
        implements Step {}
  }

  /** What has become of a step whose answer was lost. */
  sealed interface Finding {

    /** It was taken: this is what it has come to. */
    record There(Step step) implements Finding {}

    /**
     * It was not taken, as far as can be seen; if that is still so when {@link #settling} has
     * passed since it was begun, the work goes on with these notes.
     */
    record Absent(Map<String, String> notes) implements Finding {}

    /** The platform cannot say yet. */
    record Unclear(Duration pause) implements Finding {}
  }

  /** What it is called: lower-case letters. */
  String name();

  /** Whether it publishes only for an account that was connected; true unless said otherwise. */
  default boolean needsAccount() {
    return true;
  }

  /** How long a text here may be, in characters. */
  int longestText();

  /** How many tags there may be. */
  int mostTags();

  /**
   * Says whether such a thing can be published here at all.
   *
   * @throws Failure INVALID or UNSUPPORTED, its subject a component of the plan
   */
  void check(Publication.Plan plan);

  /**
   * Says whether this media can be published here.
   *
   * @throws Failure UNSUPPORTED or TOO_LARGE, subject {@code source}
   */
  void check(Publication.Plan plan, Content media);

  /** How long after a request its effect may still become visible. */
  Duration settling();

  /** Whether the next step may make it appear. Asks nobody. */
  boolean commits(Work work);

  /**
   * Takes the next step.
   *
   * @throws Failure UNAVAILABLE, TIMED_OUT or FAILED when it is not known whether the step was
   *     taken; RATE_LIMITED, with the detail {@code retry_after} in seconds when the platform has
   *     told, when it was not and may be later; any other reason when it was refused for good
   */
  Step next(Work work);

  /**
   * Looks for the outcome of a step that {@linkplain #commits commits}. Changes nothing.
   *
   * @throws Failure as {@link #next}; of a passing reason when it cannot be known now
   */
  Finding find(Work work);
}

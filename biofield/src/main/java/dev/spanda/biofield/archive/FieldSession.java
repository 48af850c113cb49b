package dev.spanda.biofield.archive;

import dev.spanda.biofield.Metrics;
import dev.spanda.biofield.Scores;
import dev.spanda.biofield.baseline.Trend;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A live session as far as it is stored.
 *
 * @param id begins with {@code session_}
 * @param owner whose it is
 * @param lastFrameAt when its last stored frame came; empty before the first
 * @param endedAt when it ended; empty while it is open
 * @param ending how it ended; empty while it is open
 * @param frameCount how many measured frames are stored, ≥ 0
 * @param dropped how many frames were not measured, ≥ 0
 */
public record FieldSession(
    String id,
    String owner,
    Settings settings,
    Instant startedAt,
    Optional<Instant> lastFrameAt,
    Optional<Instant> endedAt,
    Optional<Ending> ending,
    long frameCount,
    long dropped) {

  /** How a session ended. */
  public enum Ending {
    /** Somebody ended it. */
    ENDED,
    /** Its connection or its server was gone; it counts as ended with its last frame. */
    ABANDONED
  }

  /**
   * What a session is started with.
   *
   * @param fps frames a second that the client means to send, 1 to 60
   * @param baselineId the baseline to compare with, if any
   */
  public record Settings(
      Selection.Mode mode,
      Selection.Region region,
      int fps,
      Optional<String> baselineId,
      PipSettings pip) {

    /**
     * Checks the frame rate.
     *
     * @throws Failure INVALID, subject {@code fps}
     */
    public Settings {
      Failure.requireInRange("fps", "Frame rate", fps, 1, 60, "frames a second");
    }
  }

  /**
   * One measured frame.
   *
   * @param number its place in the session, from 0
   * @param sequence the number its sender gave it
   * @param capturedAt the time its sender gave it
   * @param receivedAt when it came
   */
  public record Moment(
      long number,
      long sequence,
      Instant capturedAt,
      Instant receivedAt,
      Metrics metrics,
      Scores scores) {

    /** Its name within the session, such as {@code frame_42}. */
    public String frameId() {
      return "frame_" + sequence;
    }
  }

  /**
   * What one score did in a session.
   *
   * @param mean of the frames that have it
   * @param sd standard deviation of the sample (divisor n − 1); 0 for a single frame
   * @param min the smallest
   * @param max the largest
   * @param trend over the means of each second of the session
   */
  public record Course(double mean, double sd, double min, double max, Trend trend) {}

  /**
   * What a session came to.
   *
   * @param duration from its start to its end, or to its last frame while it is open
   * @param frameCount measured frames
   * @param dropped frames that were not measured
   * @param scores the course of each score by its name, in their order; scores that were never
   *     defined are left out
   */
  public record Summary(
      Duration duration, long frameCount, long dropped, Map<String, Course> scores) {

    /** Copies the map. */
    public Summary {
      scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }
  }

  /** From its start to its end, or to its last frame while it is open. */
  public Duration duration() {
    Duration since = Duration.between(startedAt, endedAt.or(() -> lastFrameAt).orElse(startedAt));
    return since.isNegative() ? Duration.ZERO : since;
  }
}

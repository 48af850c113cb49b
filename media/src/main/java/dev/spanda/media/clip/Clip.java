package dev.spanda.media.clip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * A clip that was made and looked at again.
 *
 * @param file where it is
 * @param format of the file
 * @param way how it was made
 * @param why the reason for the way, for people
 * @param duration how long it shows or plays, as its own tables say
 * @param sizeBytes of the file, ≥ 1
 * @param frames how many pictures it shows; 0 for sound alone
 * @param encodedFrames how many of them were encoded again; the others are the source's bits
 */
public record Clip(
    Path file,
    ClipPlan.Format format,
    Way way,
    String why,
    Duration duration,
    long sizeBytes,
    int frames,
    int encodedFrames) {

  /** How a clip was made. */
  public enum Way {
    /** No frame was encoded again. */
    COPY,
    /** The frames at the edges were encoded again and the others copied. */
    SMART,
    /** Every frame was encoded again. */
    FULL
  }

  /** Checks the counts. */
  public Clip {
    Objects.requireNonNull(file);
    if (sizeBytes < 1 || frames < 0 || encodedFrames < 0 || encodedFrames > frames) {
      throw new IllegalArgumentException(sizeBytes + ", " + frames + ", " + encodedFrames);
    }
  }
}

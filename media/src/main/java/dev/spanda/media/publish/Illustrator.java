package dev.spanda.media.publish;

import java.time.Duration;
import java.util.Optional;

/** Draws the cover of a publication. Thread-safe. */
@FunctionalInterface
public interface Illustrator {

  /**
   * A picture.
   *
   * @param type its media type, {@code image/jpeg} or {@code image/png}
   * @param bytes handed over, not copied
   * @param frame where in the video the frame is that it shows; empty when it shows none
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
  record Picture(String type, byte[] bytes, Optional<Duration> frame) {}

  /**
   * Draws a cover.
   *
   * @param plan what is published, its words already written
   * @param media what it is made of: a video, whose frames may be looked at, or a picture
   * @return at most two mebibytes, the limit of the strictest platform
   */
  Picture cover(Publication.Plan plan, Platform.Content media);
}

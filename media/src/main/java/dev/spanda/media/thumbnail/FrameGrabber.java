package dev.spanda.media.thumbnail;

import java.awt.image.BufferedImage;
import java.time.Duration;

/** Takes single frames out of videos. Implementations are thread-safe. */
public interface FrameGrabber {

  /**
   * The frame that is shown at a time.
   *
   * @param source a web address of a video
   * @param at from its beginning, at least zero
   * @return an upright image
   * @throws dev.spanda.core.Failure INVALID, its subject {@code timestamp}, beyond the end; INVALID
   *     or NOT_FOUND, its subject {@code source}, for an address that gives no video; UNAVAILABLE
   *     where there is nothing that can decode one
   */
  BufferedImage grab(String source, Duration at);
}

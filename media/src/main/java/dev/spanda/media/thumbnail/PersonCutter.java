package dev.spanda.media.thumbnail;

import java.awt.image.BufferedImage;
import java.util.Optional;

/** Cuts people out of pictures. Implementations are thread-safe. */
public interface PersonCutter {

  /**
   * The people of a picture, everything around them transparent.
   *
   * @param picture not modified
   * @return a new image of {@link BufferedImage#TYPE_INT_ARGB} of the same size; empty when nobody
   *     is seen
   * @throws dev.spanda.core.Failure UNAVAILABLE, its message what is missing, where there is no
   *     model that sees people
   */
  Optional<BufferedImage> cut(BufferedImage picture);
}

package dev.spanda.biofield.segment;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import java.util.Optional;

/** Finds people in pictures. Implementations are thread-safe. */
public interface Segmenter {

  /**
   * A rectangle in a frame; it lies within the frame and is not empty.
   *
   * @param x first column
   * @param y first row
   * @param width columns, 1 or more
   * @param height rows, 1 or more
   * @param score how sure the finder is, 0 to 1
   */
  record Box(int x, int y, int width, int height, double score) {
    /** Checks the sides and the score. */
    public Box {
      if (x < 0 || y < 0 || width < 1 || height < 1 || !(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException(
            width + "×" + height + " at (" + x + ", " + y + "), score " + score);
      }
    }
  }

  /** The face that is surest, from the brow to the chin and from cheek to cheek; empty for none. */
  Optional<Box> face(Frame frame);

  /** The pixels that belong to people; an empty mask when there are none. */
  Mask body(Frame frame);
}

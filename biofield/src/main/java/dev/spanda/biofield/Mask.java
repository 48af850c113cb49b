package dev.spanda.biofield;

import dev.spanda.core.Failure;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The pixels of a frame that are measured. Immutable and thread-safe.
 *
 * <p>A mask may be empty: then everything about it is undefined, and every metric is NaN or a count
 * of 0.
 */
public final class Mask {

  private final int width;
  private final int height;
  private final int left;
  private final int top;
  private final int right;
  private final int bottom;
  private final int count;

  /** Row by row; null when every pixel between the bounds belongs. */
  private final @Nullable BitSet bits;

  private Mask(int width, int height, int[] bounds, int count, @Nullable BitSet bits) {
    this.width = width;
    this.height = height;
    left = bounds[0];
    top = bounds[1];
    right = bounds[2];
    bottom = bounds[3];
    this.count = count;
    this.bits = bits;
  }

  /**
   * Every pixel of a frame.
   *
   * @param width of the frame, 1 to 65 535
   * @param height of the frame, 1 to 65 535
   * @throws Failure INVALID when a side is out of range; TOO_LARGE above 67 108 864 pixels
   */
  public static Mask full(int width, int height) {
    requireSize(width, height);
    return new Mask(width, height, new int[] {0, 0, width, height}, width * height, null);
  }

  /** Every pixel of this frame. */
  public static Mask full(Frame frame) {
    return full(frame.width(), frame.height());
  }

  /**
   * The pixels whose bit is set.
   *
   * @param width of the frame, 1 to 65 535
   * @param height of the frame, 1 to 65 535
   * @param pixels bit {@code y·width + x} for the pixel (x, y); not modified
   * @throws Failure INVALID when a side is out of range or a bit beyond the frame is set; TOO_LARGE
   *     above 67 108 864 pixels
   */
  public static Mask of(int width, int height, BitSet pixels) {
    requireSize(width, height);
    if (pixels.length() > width * height) {
      throw Failure.invalid(
          "mask",
          pixels.length() - 1,
          "A mask of "
              + width * height
              + " pixels has no pixel with the number "
              + (pixels.length() - 1));
    }
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < height; y++) {
      int first = pixels.nextSetBit(y * width);
      if (first < 0) {
        break;
      }
      if (first >= (y + 1) * width) {
        y = first / width - 1;
        continue;
      }
      top = Math.min(top, y);
      bottom = y + 1;
      left = Math.min(left, first - y * width);
      right = Math.max(right, pixels.previousSetBit((y + 1) * width - 1) - y * width + 1);
    }
    int count = pixels.cardinality();
    if (count == 0) {
      return new Mask(width, height, new int[4], 0, null);
    }
    boolean solid = count == (right - left) * (bottom - top);
    return new Mask(
        width,
        height,
        new int[] {left, top, right, bottom},
        count,
        solid ? null : (BitSet) pixels.clone());
  }

  /**
   * The pixels that are true.
   *
   * @param pixels row by row, {@code width·height} long; not modified
   * @throws Failure INVALID when a side is out of range or the length is another; TOO_LARGE above
   *     67 108 864 pixels
   */
  public static Mask of(int width, int height, boolean[] pixels) {
    requireSize(width, height);
    if (pixels.length != width * height) {
      throw Failure.invalid(
          "mask",
          pixels.length,
          "A mask of " + width * height + " pixels was given " + pixels.length + " values");
    }
    BitSet bits = new BitSet(pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i]) {
        bits.set(i);
      }
    }
    return of(width, height, bits);
  }

  /**
   * The part of a rectangle that lies within this mask; the result may be empty.
   *
   * @param x first column; may lie outside of the frame, as may every corner
   * @param y first row
   * @param columns width of the rectangle, ≥ 0
   * @param rows height of the rectangle, ≥ 0
   */
  public Mask rectangle(int x, int y, int columns, int rows) {
    if (columns < 0 || rows < 0) {
      throw Failure.invalid(
          "rectangle", columns + "×" + rows, "A rectangle's sides must not be below 0");
    }
    int fromX = Math.max(left, x);
    int fromY = Math.max(top, y);
    int toX = (int) Math.min(right, (long) x + columns);
    int toY = (int) Math.min(bottom, (long) y + rows);
    if (fromX >= toX || fromY >= toY) {
      return new Mask(width, height, new int[4], 0, null);
    }
    BitSet own = bits;
    if (own == null) {
      return new Mask(
          width, height, new int[] {fromX, fromY, toX, toY}, (toX - fromX) * (toY - fromY), null);
    }
    BitSet cut = new BitSet(width * height);
    for (int row = fromY; row < toY; row++) {
      for (int i = own.nextSetBit(row * width + fromX);
          i >= 0 && i < row * width + toX;
          i = own.nextSetBit(i + 1)) {
        cut.set(i);
      }
    }
    return of(width, height, cut);
  }

  private static void requireSize(int width, int height) {
    if (width < 1 || width > Frame.LONGEST_SIDE) {
      throw Failure.outOfRange("width", "Width", width, 1, Frame.LONGEST_SIDE, "pixels");
    }
    if (height < 1 || height > Frame.LONGEST_SIDE) {
      throw Failure.outOfRange("height", "Height", height, 1, Frame.LONGEST_SIDE, "pixels");
    }
    if ((long) width * height > Frame.LARGEST_AREA) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "mask",
              "Mask has "
                  + (long) width * height
                  + " pixels; at most "
                  + Frame.LARGEST_AREA
                  + " are allowed")
          .with(Failure.MAX_VALUE, Frame.LARGEST_AREA);
    }
  }

  /** Pixels in a row of the frame. */
  public int width() {
    return width;
  }

  /** Rows of the frame. */
  public int height() {
    return height;
  }

  /** How many pixels are measured. */
  public int count() {
    return count;
  }

  /** Whether the whole frame is measured. */
  public boolean isFull() {
    return count == width * height;
  }

  /** Whether the measured pixels are one upright rectangle; true for an empty mask. */
  public boolean isRectangle() {
    return bits == null;
  }

  /** First column with a measured pixel; 0 when there is none. */
  public int left() {
    return left;
  }

  /** First row with a measured pixel; 0 when there is none. */
  public int top() {
    return top;
  }

  /** The column behind the last with a measured pixel; 0 when there is none. */
  public int right() {
    return right;
  }

  /** The row behind the last with a measured pixel; 0 when there is none. */
  public int bottom() {
    return bottom;
  }

  /** Whether a pixel is measured; false outside of the frame. */
  public boolean contains(int x, int y) {
    if (x < left || x >= right || y < top || y >= bottom) {
      return false;
    }
    return bits == null || bits.get(y * width + x);
  }
}

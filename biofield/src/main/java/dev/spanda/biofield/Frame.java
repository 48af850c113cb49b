package dev.spanda.biofield;

import dev.spanda.core.Failure;

/**
 * A picture of 8-bit red, green and blue, row by row from the top left. Immutable as long as nobody
 * writes into an array that {@link #wrap} was given or {@link #pixels} handed out; then also
 * thread-safe.
 */
public final class Frame {

  /** Most pixels of a frame: 64 Mi. */
  public static final int LARGEST_AREA = 1 << 26;

  /** Longest side in pixels, that of a JPEG file. */
  public static final int LONGEST_SIDE = 65_535;

  private final int width;
  private final int height;
  private final int[] pixels;

  private Frame(int width, int height, int[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /**
   * A frame of a copy of the pixels.
   *
   * @param width 1 to 65 535
   * @param height 1 to 65 535
   * @param pixels row by row, {@code width·height} long, red in bits 16 to 23, green in 8 to 15,
   *     blue in 0 to 7; the highest eight bits are ignored; not modified
   * @throws Failure INVALID when a side is out of range or the length is another; TOO_LARGE above
   *     67 108 864 pixels
   */
  public static Frame of(int width, int height, int[] pixels) {
    require(width, height, pixels.length);
    int[] copy = new int[pixels.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = pixels[i] & 0xffffff;
    }
    return new Frame(width, height, copy);
  }

  /**
   * A frame around the array itself, without a copy: for decoders that have just filled it.
   *
   * @param pixels as in {@link #of}, but the highest eight bits must be 0, which is not checked;
   *     nobody may write into it afterwards
   * @throws Failure as {@link #of} does
   */
  public static Frame wrap(int width, int height, int[] pixels) {
    require(width, height, pixels.length);
    return new Frame(width, height, pixels);
  }

  private static void require(int width, int height, int length) {
    requireSide("width", "Width", width);
    requireSide("height", "Height", height);
    long area = (long) width * height;
    if (area > LARGEST_AREA) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "frame",
              "Frame has " + area + " pixels; at most " + LARGEST_AREA + " are allowed")
          .with(Failure.PROVIDED_VALUE, area)
          .with(Failure.MAX_VALUE, LARGEST_AREA);
    }
    if (length != area) {
      throw Failure.invalid(
          "pixels", length, "A frame of " + area + " pixels was given " + length + " values");
    }
  }

  private static void requireSide(String subject, String label, int side) {
    if (side < 1 || side > LONGEST_SIDE) {
      throw Failure.outOfRange(subject, label, side, 1, LONGEST_SIDE, "pixels");
    }
  }

  /** Pixels in a row, 1 to 65 535. */
  public int width() {
    return width;
  }

  /** Rows, 1 to 65 535. */
  public int height() {
    return height;
  }

  /** {@code width·height}. */
  public int area() {
    return pixels.length;
  }

  /**
   * One pixel as 0x00RRGGBB.
   *
   * @param x column from the left, 0 to width − 1
   * @param y row from the top, 0 to height − 1
   * @throws IndexOutOfBoundsException outside of the frame
   */
  public int rgb(int x, int y) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IndexOutOfBoundsException(
          "(" + x + ", " + y + ") in a frame of " + width + "×" + height);
    }
    return pixels[y * width + x];
  }

  /**
   * All pixels as 0x00RRGGBB, row by row: the frame's own array, which must not be changed. It is
   * handed out for loops that read every pixel.
   */
  public int[] pixels() {
    return pixels;
  }
}

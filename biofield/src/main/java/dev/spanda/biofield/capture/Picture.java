package dev.spanda.biofield.capture;

import dev.spanda.biofield.Frame;
import java.util.Objects;

/**
 * A decoded picture and how it was stored.
 *
 * @param frame the pixels, upright
 * @param format how the bytes were written
 * @param storedWidth pixels in a stored row, before it was turned or reduced
 * @param storedHeight stored rows, before it was turned or reduced
 * @param orientation the EXIF orientation that was applied, 1 (none) to 8
 */
public record Picture(
    Frame frame, Format format, int storedWidth, int storedHeight, int orientation) {

  /** The formats that are read. */
  public enum Format {
    /** Baseline and progressive, 8 bits, Huffman coded. */
    JPEG("image/jpeg"),
    /** All colour types and depths, interlaced or not. */
    PNG("image/png"),
    /** 1 to 32 bits a pixel, plain, with bit fields or run-length coded. */
    BMP("image/bmp");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /** The media type, such as {@code image/png}. */
    public String mediaType() {
      return mediaType;
    }
  }

  /** Checks the components. */
  public Picture {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(format);
    if (storedWidth < 1 || storedHeight < 1 || orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException(
          storedWidth + "×" + storedHeight + ", orientation " + orientation);
    }
  }
}

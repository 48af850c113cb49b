package dev.spanda.biofield.capture;

/** One picture whose header has been read and whose pixels have not. */
interface Decoder {

  /** Pixels in a stored row. */
  int width();

  /** Stored rows. */
  int height();

  /** EXIF orientation, 1 to 8. */
  int orientation();

  /** The most bytes that decoding takes for each pixel, the result's four counted. */
  int bytesPerPixel();

  /**
   * The pixels, upright, 0x00RRGGBB.
   *
   * @param factor each pixel of the result is the mean of so many columns and rows; columns and
   *     rows at the end that do not fill one are left out; no larger than either side
   */
  int[] decode(int factor);
}

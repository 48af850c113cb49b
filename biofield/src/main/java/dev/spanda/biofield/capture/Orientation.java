package dev.spanda.biofield.capture;

/** The orientation in an EXIF block (EXIF 2.3, section 4.6.4, tag 0x0112). */
final class Orientation {

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int MOST_ENTRIES = 512;

  private Orientation() {}

  /**
   * The orientation in the TIFF block at {@code from}, 1 when it has none or is not well formed: a
   * damaged note beside a picture does not make the picture unreadable.
   */
  static int read(byte[] bytes, int from, int to) {
    if (to - from < 8 || to > bytes.length) {
      return 1;
    }
    boolean little = bytes[from] == 'I';
    if (bytes[from] != bytes[from + 1]
        || !little && bytes[from] != 'M'
        || number(bytes, from + 2, 2, little) != 42) {
      return 1;
    }
    long directory = from + number(bytes, from + 4, 4, little);
    if (directory + 2 > to) {
      return 1;
    }
    long count = Math.min(number(bytes, (int) directory, 2, little), MOST_ENTRIES);
    for (long i = 0, at = directory + 2; i < count && at + 12 <= to; i++, at += 12) {
      int entry = (int) at;
      if (number(bytes, entry, 2, little) == TAG && number(bytes, entry + 2, 2, little) == SHORT) {
        int value = (int) number(bytes, entry + 8, 2, little);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }

  private static long number(byte[] bytes, int at, int length, boolean little) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | bytes[little ? at + length - 1 - i : at + i] & 0xFF;
    }
    return value;
  }
}

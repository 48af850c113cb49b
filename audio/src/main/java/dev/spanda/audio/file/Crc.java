package dev.spanda.audio.file;

/** The two checksums of a FLAC frame (RFC 9639, sections 9.1.8 and 9.3). */
final class Crc {

  private static final int[] EIGHT = new int[256];

  /** Row r holds the effect of a byte that r more bytes follow. */
  private static final int[][] SIXTEEN = new int[8][256];

  static {
    for (int i = 0; i < 256; i++) {
      int eight = i;
      int sixteen = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        eight = (eight << 1) ^ ((eight & 0x80) != 0 ? 0x107 : 0);
        sixteen = (sixteen << 1) ^ ((sixteen & 0x8000) != 0 ? 0x18005 : 0);
      }
      EIGHT[i] = eight;
      SIXTEEN[0][i] = sixteen;
    }
    for (int row = 1; row < 8; row++) {
      for (int i = 0; i < 256; i++) {
        int before = SIXTEEN[row - 1][i];
        SIXTEEN[row][i] = (before << 8 & 0xffff) ^ SIXTEEN[0][before >>> 8];
      }
    }
  }

  private Crc() {}

  /** x⁸ + x² + x + 1, starting at 0. */
  static int eight(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = EIGHT[crc ^ (bytes[i] & 0xff)];
    }
    return crc;
  }

  /** x¹⁶ + x¹⁵ + x² + 1, starting at 0; eight bytes at a time. */
  static int sixteen(byte[] bytes, int from, int to) {
    int crc = 0;
    int i = from;
    int[][] t = SIXTEEN;
    for (; i + 8 <= to; i += 8) {
      crc =
          t[7][(crc >>> 8) ^ (bytes[i] & 0xff)]
              ^ t[6][(crc & 0xff) ^ (bytes[i + 1] & 0xff)]
              ^ t[5][bytes[i + 2] & 0xff]
              ^ t[4][bytes[i + 3] & 0xff]
              ^ t[3][bytes[i + 4] & 0xff]
              ^ t[2][bytes[i + 5] & 0xff]
              ^ t[1][bytes[i + 6] & 0xff]
              ^ t[0][bytes[i + 7] & 0xff];
    }
    for (; i < to; i++) {
      crc = (crc << 8 & 0xffff) ^ t[0][(crc >>> 8) ^ (bytes[i] & 0xff)];
    }
    return crc;
  }
}

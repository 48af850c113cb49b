package dev.spanda.biofield.metric;

import java.util.Arrays;

/**
 * A picture of bits with two empty rows above, one below and at least one empty bit at the end of
 * each row, so that every pixel has eight neighbours at fixed distances of its bit address.
 */
final class BitGrid {

  /** Empty rows above: the first pixel's neighbour up left ends the row before the one above it. */
  private static final int ABOVE = 2;

  long[] words = new long[0];
  int width;
  int height;

  /** Words in a row. */
  int stride;

  /** Makes this an empty picture. */
  void clear(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
    stride = (newWidth >>> 6) + 1;
    int length = length();
    if (words.length < length) {
      words = new long[length];
    } else {
      Arrays.fill(words, 0, length, 0);
    }
  }

  /** Rows, the empty ones included. */
  int rows() {
    return height + ABOVE + 1;
  }

  /** Words in use, the empty rows included. */
  int length() {
    return stride * rows();
  }

  /** Bit address of a pixel; the row after it is {@code 64·stride} further. */
  int address(int x, int y) {
    return ((y + ABOVE) * stride << 6) + x;
  }

  boolean get(int address) {
    return (words[address >>> 6] >>> address & 1) != 0;
  }

  void set(int address) {
    words[address >>> 6] |= 1L << address;
  }

  /** Sets the pixels of a gray picture above a threshold. */
  void fill(int[] gray, int threshold, int newWidth, int newHeight) {
    clear(newWidth, newHeight);
    for (int y = 0; y < newHeight; y++) {
      fillRow(gray, y * newWidth, newWidth, threshold, words, (y + ABOVE) * stride);
    }
  }

  private static void fillRow(
      int[] gray, int from, int count, int threshold, long[] words, int to) {
    int full = count & ~63;
    for (int x = 0; x < full; x += 64) {
      long word = 0;
      for (int k = 0; k < 64; k += 4) {
        int at = from + x + k;
        long four =
            ((threshold - gray[at]) >>> 31)
                | ((threshold - gray[at + 1]) >>> 31) << 1
                | ((threshold - gray[at + 2]) >>> 31) << 2
                | ((threshold - gray[at + 3]) >>> 31) << 3;
        word |= four << k;
      }
      words[to + (x >>> 6)] = word;
    }
    long word = 0;
    for (int x = full; x < count; x++) {
      word |= (long) ((threshold - gray[from + x]) >>> 31) << x;
    }
    words[to + (full >>> 6)] = word;
  }

  /** Set pixels in the columns from {@code from}, inclusive, to {@code to}, exclusive. */
  long count(int from, int to) {
    long count = 0;
    for (int y = ABOVE; y < ABOVE + height; y++) {
      for (int w = from >>> 6; w << 6 < to; w++) {
        long word = words[y * stride + w];
        if (w == from >>> 6) {
          word &= -1L << from;
        }
        if (w == to >>> 6) {
          word &= ~(-1L << to);
        }
        count += Long.bitCount(word);
      }
    }
    return count;
  }
}

package dev.spanda.biofield.metric;

/**
 * Loops over one row. Each does little over arrays that begin at 0, so that the compiler turns it
 * into vector instructions; sums are kept for each column and added up at the end, because a sum
 * across a row would not be.
 */
final class Rows {

  private Rows() {}

  /** Gray of each pixel. */
  static void gray(int[] rgb, int[] gray, int count) {
    for (int i = 0; i < count; i++) {
      int p = rgb[i];
      gray[i] =
          ((p & 255) * 3735 + ((p >> 8) & 255) * 19_235 + ((p >> 16) & 255) * 9798 + 16_384) >> 15;
    }
  }

  /** Adds each channel and gray to its column's sum. */
  static void addChannels(int[] rgb, int[] reds, int[] greens, int[] blues, int count) {
    for (int i = 0; i < count; i++) {
      int p = rgb[i];
      reds[i] += (p >> 16) & 255;
      greens[i] += (p >> 8) & 255;
      blues[i] += p & 255;
    }
  }

  /**
   * Largest channel and its distance from the smallest. A sign bit chooses: {@code Math.max} became
   * no vector instruction here and took five times as long.
   */
  static void values(int[] rgb, int[] value, int[] spread, int count) {
    for (int i = 0; i < count; i++) {
      int p = rgb[i];
      int red = (p >> 16) & 255;
      int green = (p >> 8) & 255;
      int blue = p & 255;
      int step = (red - green) & ((red - green) >> 31);
      int high = red - step;
      int low = green + step;
      int v = high - ((high - blue) & ((high - blue) >> 31));
      value[i] = v;
      spread[i] = v - (low + ((blue - low) & ((blue - low) >> 31)));
    }
  }

  /** The hue's angle in units of the spread where red is not the largest channel. */
  static void anglesBeyondRed(int[] rgb, int[] value, int[] spread, int[] angle, int count) {
    for (int i = 0; i < count; i++) {
      int p = rgb[i];
      int green = (p >> 8) & 255;
      int ofBlue = ((p >> 16) & 255) - green + 4 * spread[i];
      int ofGreen = (p & 255) - ((p >> 16) & 255) + 2 * spread[i];
      angle[i] = ofBlue + ((ofGreen - ofBlue) & ((value[i] - green - 1) >> 31));
    }
  }

  /**
   * Puts in the angle where red is the largest channel. With the loop above this is the choice of
   * {@link Colors#hsv} without branches; in one loop it was too long to be unrolled into vectors.
   */
  static void anglesAtRed(int[] rgb, int[] value, int[] angle, int count) {
    for (int i = 0; i < count; i++) {
      int p = rgb[i];
      int ofRed = ((p >> 8) & 255) - (p & 255);
      angle[i] += (ofRed - angle[i]) & ((value[i] - ((p >> 16) & 255) - 1) >> 31);
    }
  }

  static void add(int[] row, int[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += row[i];
    }
  }

  static void addScaled(int[] row, int factor, int[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += row[i] * factor;
    }
  }

  static void multiply(int[] row, int[] factors, int count) {
    for (int i = 0; i < count; i++) {
      row[i] *= factors[i];
    }
  }

  /** Second difference across three rows. */
  static void secondDifference(int[] above, int[] here, int[] below, int[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = above[i] - 2 * here[i] + below[i];
    }
  }

  static void addMagnitude(int[] row, int[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += Math.abs(row[i]);
    }
  }

  static void addDistance(int[] a, int[] b, int[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += Math.abs(a[i] - b[i]);
    }
  }

  static void addSquare(int[] a, int[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += a[i] * a[i];
    }
  }

  static void addProduct(int[] a, int[] b, int[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += a[i] * b[i];
    }
  }

  static void reverse(int[] from, int start, int[] to, int count) {
    int last = start + count - 1;
    for (int i = 0; i < count; i++) {
      to[i] = from[last - i];
    }
  }

  static long sum(int[] values, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }
}

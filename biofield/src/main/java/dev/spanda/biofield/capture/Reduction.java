package dev.spanda.biofield.capture;

/** Smaller pictures by whole factors: each pixel is the rounded mean of a square block. */
final class Reduction {

  private Reduction() {}

  /** The reduced pixels, {@code width / factor} a row; {@code pixels} themselves for factor 1. */
  static int[] of(int[] pixels, int width, int height, int factor) {
    if (factor == 1) {
      return pixels;
    }
    int columns = width / factor;
    int rows = height / factor;
    int[] reduced = new int[columns * rows];
    int area = factor * factor;
    int half = area / 2;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int red = half;
        int green = half;
        int blue = half;
        for (int dy = 0; dy < factor; dy++) {
          int at = (y * factor + dy) * width + x * factor;
          for (int end = at + factor; at < end; at++) {
            int rgb = pixels[at];
            red += rgb >> 16 & 0xFF;
            green += rgb >> 8 & 0xFF;
            blue += rgb & 0xFF;
          }
        }
        reduced[y * columns + x] = red / area << 16 | green / area << 8 | blue / area;
      }
    }
    return reduced;
  }

  /** The means of the bytes of {@code bands} interleaved bands, by the same rule. */
  static byte[] ofBands(byte[] samples, int bands, int width, int height, int factor) {
    int columns = width / factor;
    int rows = height / factor;
    byte[] reduced = new byte[columns * rows * bands];
    if (factor == 2 && bands == 3) {
      halve(samples, 3 * width, columns, rows, reduced);
      return reduced;
    }
    int area = factor * factor;
    int stride = width * bands;
    for (int y = 0, out = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        for (int band = 0; band < bands; band++) {
          int sum = area / 2;
          for (int dy = 0; dy < factor; dy++) {
            int at = (y * factor + dy) * stride + x * factor * bands + band;
            for (int dx = 0; dx < factor; dx++, at += bands) {
              sum += samples[at] & 0xFF;
            }
          }
          reduced[out++] = (byte) (sum / area);
        }
      }
    }
    return reduced;
  }

  /** The usual case, written out: a loop over three bands costs three times as much. */
  private static void halve(byte[] samples, int stride, int columns, int rows, byte[] reduced) {
    for (int y = 0, out = 0; y < rows; y++) {
      int a = 2 * y * stride;
      int b = a + stride;
      for (int x = 0; x < columns; x++, a += 6, b += 6, out += 3) {
        reduced[out] = mean(samples[a], samples[a + 3], samples[b], samples[b + 3]);
        reduced[out + 1] = mean(samples[a + 1], samples[a + 4], samples[b + 1], samples[b + 4]);
        reduced[out + 2] = mean(samples[a + 2], samples[a + 5], samples[b + 2], samples[b + 5]);
      }
    }
  }

  private static byte mean(byte a, byte b, byte c, byte d) {
    return (byte) ((a & 0xFF) + (b & 0xFF) + (c & 0xFF) + (d & 0xFF) + 2 >> 2);
  }

  /** Bilinear between pixel centres, in 1/256 of a pixel. */
  static int[] bilinear(int[] pixels, int width, int height, int columns, int rows) {
    if (columns == width && rows == height) {
      return pixels;
    }
    int[] scaled = new int[columns * rows];
    for (int y = 0; y < rows; y++) {
      int v = place(y, rows, height);
      int top = (v >> 8) * width;
      int bottom = Math.min((v >> 8) + 1, height - 1) * width;
      for (int x = 0; x < columns; x++) {
        int u = place(x, columns, width);
        int left = u >> 8;
        int right = Math.min(left + 1, width - 1);
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int upper = mix(pixels[top + left], pixels[top + right], shift, u & 255);
          int lower = mix(pixels[bottom + left], pixels[bottom + right], shift, u & 255);
          int level = upper * (256 - (v & 255)) + lower * (v & 255) + (1 << 15) >> 16;
          mixed |= level << shift;
        }
        scaled[y * columns + x] = mixed;
      }
    }
    return scaled;
  }

  private static int place(int i, int count, int size) {
    long centre = ((2L * i + 1) * size * 256 / count - 256) / 2;
    return (int) Math.max(0, Math.min(centre, (size - 1) * 256L));
  }

  private static int mix(int a, int b, int shift, int part) {
    return (a >> shift & 0xFF) * (256 - part) + (b >> shift & 0xFF) * part;
  }
}

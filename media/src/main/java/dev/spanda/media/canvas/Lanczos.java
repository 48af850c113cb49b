package dev.spanda.media.canvas;

import java.util.Arrays;
import java.util.function.DoubleConsumer;

/** Separable resampling, one row of sums after the other. */
final class Lanczos {

  private static final double LOBES = 3;

  /**
   * For each new pixel of a line the old ones it is made of.
   *
   * @param first the first old pixel of each
   * @param weights of the old pixels from the first on, {@code count} for each new one; their sum
   *     is 1
   */
  record Taps(int[] first, float[] weights, int count) {
    int length() {
      return first.length;
    }
  }

  private Lanczos() {}

  /**
   * @param from pixels of the old line
   * @param start where the part that is shown begins
   * @param length of the part that is shown
   * @param to pixels of the new line
   */
  static Taps taps(int from, double start, double length, int to) {
    double step = length / to;
    double stretch = Math.max(1, step);
    double reach = LOBES * stretch;
    int count = Math.min(from, (int) Math.ceil(2 * reach) + 1);
    int[] first = new int[to];
    float[] weights = new float[to * count];
    double[] exact = new double[count];
    for (int at = 0; at < to; at++) {
      double centre = start + (at + 0.5) * step - 0.5;
      int low = (int) Math.ceil(centre - reach);
      int high = (int) Math.floor(centre + reach);
      int held = Math.max(0, Math.min(from - count, low));
      first[at] = held;
      Arrays.fill(exact, 0);
      double sum = 0;
      for (int old = low; old <= high; old++) {
        double weight = kernel((old - centre) / stretch);
        // Beyond the border the last pixel goes on.
        int inside = Math.max(0, Math.min(from - 1, old));
        exact[inside - held] += weight;
        sum += weight;
      }
      for (int tap = 0; tap < count; tap++) {
        weights[at * count + tap] = (float) (exact[tap] / sum);
      }
    }
    return new Taps(first, weights, count);
  }

  static double kernel(double x) {
    double distance = Math.abs(x);
    if (distance < 1e-9) {
      return 1;
    }
    if (distance >= LOBES) {
      return 0;
    }
    double angle = Math.PI * distance;
    return LOBES * StrictMath.sin(angle) * StrictMath.sin(angle / LOBES) / (angle * angle);
  }

  static int[] scale(
      int[] pixels,
      int fromWidth,
      Taps columns,
      Taps rows,
      boolean linearLight,
      DoubleConsumer progress) {
    int and = -1;
    for (int pixel : pixels) {
      and &= pixel;
    }
    boolean opaque = and >>> 24 == 255;
    int channels = opaque ? 3 : 4;
    float[] light = linearLight ? Light.LINEAR : plain();
    int width = columns.length();
    int height = rows.length();
    int[] scaled = new int[width * height];
    // Only the rows that the next sums need are held, each already in its new width.
    float[][] ring = new float[rows.count()][width * channels];
    float[] line = new float[fromWidth * channels];
    float[] sums = new float[width * channels];
    int ready = rows.first()[0];
    int told = 0;
    for (int y = 0; y < height; y++) {
      int from = rows.first()[y];
      ready = Math.max(ready, from);
      for (; ready < from + rows.count(); ready++) {
        unpack(pixels, ready * fromWidth, fromWidth, opaque, light, line);
        across(line, columns, channels, ring[ready % ring.length]);
      }
      Arrays.fill(sums, 0);
      for (int tap = 0; tap < rows.count(); tap++) {
        float weight = rows.weights()[y * rows.count() + tap];
        if (weight != 0) {
          add(ring[(from + tap) % ring.length], weight, sums);
        }
      }
      pack(sums, opaque, linearLight, scaled, y * width, width);
      int hundredths = 100 * (y + 1) / height;
      if (hundredths > told) {
        told = hundredths;
        progress.accept(hundredths / 100.0);
      }
    }
    return scaled;
  }

  private static float[] plain() {
    float[] plain = new float[256];
    for (int value = 0; value < 256; value++) {
      plain[value] = value / 255f;
    }
    return plain;
  }

  private static void unpack(
      int[] pixels, int start, int count, boolean opaque, float[] light, float[] line) {
    if (opaque) {
      for (int x = 0; x < count; x++) {
        int argb = pixels[start + x];
        line[3 * x] = light[argb >> 16 & 0xFF];
        line[3 * x + 1] = light[argb >> 8 & 0xFF];
        line[3 * x + 2] = light[argb & 0xFF];
      }
    } else {
      for (int x = 0; x < count; x++) {
        int argb = pixels[start + x];
        float alpha = (argb >>> 24) / 255f;
        line[4 * x] = light[argb >> 16 & 0xFF] * alpha;
        line[4 * x + 1] = light[argb >> 8 & 0xFF] * alpha;
        line[4 * x + 2] = light[argb & 0xFF] * alpha;
        line[4 * x + 3] = alpha;
      }
    }
  }

  private static void across(float[] line, Taps columns, int channels, float[] into) {
    int count = columns.count();
    float[] weights = columns.weights();
    if (channels == 3) {
      for (int x = 0; x < columns.length(); x++) {
        int at = 3 * columns.first()[x];
        int weight = x * count;
        float red = 0;
        float green = 0;
        float blue = 0;
        for (int tap = 0; tap < count; tap++) {
          float share = weights[weight + tap];
          red += share * line[at];
          green += share * line[at + 1];
          blue += share * line[at + 2];
          at += 3;
        }
        into[3 * x] = red;
        into[3 * x + 1] = green;
        into[3 * x + 2] = blue;
      }
    } else {
      for (int x = 0; x < columns.length(); x++) {
        int at = 4 * columns.first()[x];
        int weight = x * count;
        float red = 0;
        float green = 0;
        float blue = 0;
        float alpha = 0;
        for (int tap = 0; tap < count; tap++) {
          float share = weights[weight + tap];
          red += share * line[at];
          green += share * line[at + 1];
          blue += share * line[at + 2];
          alpha += share * line[at + 3];
          at += 4;
        }
        into[4 * x] = red;
        into[4 * x + 1] = green;
        into[4 * x + 2] = blue;
        into[4 * x + 3] = alpha;
      }
    }
  }

  private static void add(float[] row, float weight, float[] sums) {
    for (int at = 0; at < sums.length; at++) {
      sums[at] += weight * row[at];
    }
  }

  private static void pack(
      float[] sums, boolean opaque, boolean linearLight, int[] into, int start, int count) {
    for (int x = 0; x < count; x++) {
      if (opaque) {
        into[start + x] =
            0xFF000000
                | encode(sums[3 * x], linearLight) << 16
                | encode(sums[3 * x + 1], linearLight) << 8
                | encode(sums[3 * x + 2], linearLight);
      } else {
        float alpha = Math.min(1, sums[4 * x + 3]);
        int byteAlpha = Math.round(255 * alpha);
        if (byteAlpha > 0) {
          into[start + x] =
              byteAlpha << 24
                  | encode(sums[4 * x] / alpha, linearLight) << 16
                  | encode(sums[4 * x + 1] / alpha, linearLight) << 8
                  | encode(sums[4 * x + 2] / alpha, linearLight);
        }
      }
    }
  }

  private static int encode(float light, boolean linearLight) {
    return linearLight
        ? Light.encode(light)
        : light <= 0 ? 0 : light >= 1 ? 255 : (int) (light * 255 + 0.5f);
  }
}

package dev.spanda.biofield.fractal;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Box-counting dimension of a set of pixels: how the number of boxes that hold a pixel of the set
 * grows as the boxes shrink.
 *
 * <p>The set is cropped to its bounding box, whose first corner is the origin of the grid. N(s) is
 * counted for box sides s = 1, b, b², … that are at most a quarter of the longer side (half of it
 * when that leaves fewer than three), for b = 2 and b = 3. The dimension is the least-squares slope
 * of ln N over ln(1/s) for the base whose slope has the smaller standard error. It is 0 for a
 * point, 1 for a line, 2 for a filled area, and lies between 0 and 2. A grid of base 3 is exact on
 * figures that are built by thirds, base 2 on those built by halves.
 *
 * <p>Source: Mandelbrot, The Fractal Geometry of Nature (1982); Falconer, Fractal Geometry (2003),
 * section 3.1. All methods are thread-safe.
 */
public final class BoxCount {

  /** Largest number of pixels that is taken. */
  public static final int LARGEST_AREA = 1 << 28;

  private BoxCount() {}

  /**
   * One grid.
   *
   * @param side of a box in pixels
   * @param boxes that hold a pixel of the set
   */
  public record Level(int side, long boxes) {}

  /**
   * A dimension and what it was fitted to.
   *
   * @param dimension 0 to 2; empty when the set is empty
   * @param base 2 or 3
   * @param standardError of the slope; 0 for an exact fit and for two grids
   * @param levels the grids, from the finest to the coarsest
   */
  public record Result(
      OptionalDouble dimension, int base, double standardError, List<Level> levels) {
    /** Copies the levels. */
    public Result {
      levels = List.copyOf(levels);
    }
  }

  /**
   * The dimension of a set of pixels.
   *
   * @param set row by row, {@code width·height} long, true where a pixel belongs; not modified
   * @param width of a row, above 0
   * @throws Failure INVALID when the length is no multiple of the width or is 0; TOO_LARGE above
   *     268 435 456 pixels
   */
  public static Result measure(boolean[] set, int width) {
    if (width < 1 || set.length == 0 || set.length % width != 0) {
      throw Failure.invalid(
          "width",
          width,
          "Width must be above 0 and divide the number of pixels, "
              + set.length
              + "; was "
              + width);
    }
    if (set.length > LARGEST_AREA) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "set",
              "Set has " + set.length + " pixels; at most " + LARGEST_AREA + " are allowed")
          .with(Failure.PROVIDED_VALUE, set.length)
          .with(Failure.MAX_VALUE, LARGEST_AREA);
    }
    Bits bits = Bits.cropped(set, width);
    if (bits == null) {
      return new Result(OptionalDouble.empty(), 2, 0, List.of());
    }
    Result halves = fit(bits, 2);
    Result thirds = fit(bits, 3);
    boolean threeIsBetter =
        thirds.levels().size() > 2
            && (halves.levels().size() <= 2 || thirds.standardError() < halves.standardError());
    return threeIsBetter ? thirds : halves;
  }

  private static Result fit(Bits bits, int base) {
    int longest = Math.max(bits.width, bits.height);
    List<Level> levels = new ArrayList<>();
    Bits grid = bits;
    int side = 1;
    levels.add(new Level(side, grid.count()));
    while ((long) side * base * 4 <= longest
        || (levels.size() < 3 && (long) side * base * 2 <= longest)) {
      side *= base;
      grid = grid.merged(base);
      levels.add(new Level(side, grid.count()));
    }
    if (levels.size() == 1) {
      return new Result(OptionalDouble.of(0), base, 0, levels);
    }
    int count = levels.size();
    double meanX = 0;
    double meanY = 0;
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = -StrictMath.log(levels.get(i).side());
      y[i] = StrictMath.log((double) levels.get(i).boxes());
      meanX += x[i] / count;
      meanY += y[i] / count;
    }
    double products = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    double slope = products / squares;
    double rests = 0;
    for (int i = 0; i < count; i++) {
      double rest = y[i] - meanY - slope * (x[i] - meanX);
      rests += rest * rest;
    }
    double error = count > 2 ? Math.sqrt(rests / (count - 2) / squares) : 0;
    // Rounding may leave a hair outside of what is possible.
    double dimension = Math.min(2, Math.max(0, slope));
    return new Result(OptionalDouble.of(dimension), base, error, levels);
  }

  /** A picture of bits, one row of words after the other. */
  private static final class Bits {

    final int width;
    final int height;
    private final int words;
    private final long[] rows;

    private Bits(int width, int height) {
      this.width = width;
      this.height = height;
      words = (width + 63) >>> 6;
      rows = new long[words * height];
    }

    /** The set without its empty margins, or null when it is empty. */
    static @org.jspecify.annotations.Nullable Bits cropped(boolean[] set, int width) {
      int height = set.length / width;
      int top = height;
      int bottom = -1;
      int left = width;
      int right = -1;
      for (int y = 0; y < height; y++) {
        int row = y * width;
        int from = 0;
        while (from < width && !set[row + from]) {
          from++;
        }
        if (from == width) {
          continue;
        }
        int to = width - 1;
        while (!set[row + to]) {
          to--;
        }
        top = Math.min(top, y);
        bottom = y;
        left = Math.min(left, from);
        right = Math.max(right, to);
      }
      if (bottom < 0) {
        return null;
      }
      Bits bits = new Bits(right - left + 1, bottom - top + 1);
      for (int y = 0; y < bits.height; y++) {
        int from = (y + top) * width + left;
        for (int x = 0; x < bits.width; x++) {
          if (set[from + x]) {
            bits.rows[y * bits.words + (x >>> 6)] |= 1L << x;
          }
        }
      }
      return bits;
    }

    long count() {
      long count = 0;
      for (long word : rows) {
        count += Long.bitCount(word);
      }
      return count;
    }

    /** Each {@code base}×{@code base} block as one bit, set when one of its bits is. */
    Bits merged(int base) {
      Bits merged = new Bits((width + base - 1) / base, (height + base - 1) / base);
      long[] band = new long[words + 1];
      for (int y = 0; y < merged.height; y++) {
        java.util.Arrays.fill(band, 0);
        for (int k = y * base; k < Math.min(height, (y + 1) * base); k++) {
          for (int w = 0; w < words; w++) {
            band[w] |= rows[k * words + w];
          }
        }
        int to = y * merged.words;
        if (base == 2) {
          for (int w = 0; w < words; w++) {
            merged.rows[to + (w >>> 1)] |= evenBits(band[w] | band[w] >>> 1) << ((w & 1) * 32);
          }
        } else {
          mergeThirds(band, merged, to);
        }
      }
      return merged;
    }

    private static void mergeThirds(long[] band, Bits merged, int to) {
      for (int x = 0; x < merged.width; x++) {
        int from = 3 * x;
        int shift = from & 63;
        long bits = band[from >>> 6] >>> shift;
        if (shift > 61) {
          bits |= band[(from >>> 6) + 1] << (64 - shift);
        }
        if ((bits & 7) != 0) {
          merged.rows[to + (x >>> 6)] |= 1L << x;
        }
      }
    }

    /** The bits at even places, moved together. */
    private static long evenBits(long word) {
      long bits = word & 0x5555555555555555L;
      bits = (bits | bits >>> 1) & 0x3333333333333333L;
      bits = (bits | bits >>> 2) & 0x0f0f0f0f0f0f0f0fL;
      bits = (bits | bits >>> 4) & 0x00ff00ff00ff00ffL;
      bits = (bits | bits >>> 8) & 0x0000ffff0000ffffL;
      return (bits | bits >>> 16) & 0x00000000ffffffffL;
    }
  }
}

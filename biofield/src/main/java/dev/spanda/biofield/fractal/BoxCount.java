package dev.spanda.biofield.fractal;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Box-counting dimension of a set of pixels: how the number of boxes that hold a pixel of the set
 * grows as the boxes shrink.
 *
 * <p>The set is cropped to its bounding box, whose first corner is the origin of the grid. N(s) is
 * counted for box sides s = 1, b, b², … that are at most a quarter of the longer side (half of it
 * when that leaves fewer than three), for b = 2 and b = 3. The dimension is the least-squares slope
 * of ln N over ln(1/s) for the base whose slope has the smaller standard error. It is 0 for a
 * point, 1 for a line, 2 for a filled area, and lies between 0 and 2. A grid of base 3 is exact on
 * figures that are built by thirds, base 2 on those built by halves. An area whose edge is rough
 * comes out low as long as few pixels draw it: the dragon curve, which fills the plane, has 1.82
 * with 2¹⁶ steps of one pixel, its edge 1.50 with steps of two (in truth 1.52).
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
    return measure(Bits.cropped(Bits.packed(set, width)));
  }

  /**
   * The dimension of a set of pixels that is given as bits, 64 to a word: about twenty times as
   * fast as from single values.
   *
   * @param rows row by row, {@code wordsPerRow} words each, the lowest bit of a word leftmost; may
   *     be longer than {@code wordsPerRow·height}; not modified
   * @param wordsPerRow above 0; bits behind the last column must be 0
   * @param height number of rows, above 0
   * @throws Failure INVALID when the array is too short or a number is not above 0; TOO_LARGE above
   *     268 435 456 pixels
   */
  public static Result measure(long[] rows, int wordsPerRow, int height) {
    if (wordsPerRow < 1 || height < 1 || (long) wordsPerRow * height > rows.length) {
      throw Failure.invalid(
          "rows",
          rows.length,
          height
              + " rows of "
              + wordsPerRow
              + " words were given "
              + rows.length
              + " words; both numbers must be above 0");
    }
    if (64L * wordsPerRow * height > LARGEST_AREA) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "rows",
              "Set has "
                  + 64L * wordsPerRow * height
                  + " pixels; at most "
                  + LARGEST_AREA
                  + " are allowed")
          .with(Failure.MAX_VALUE, LARGEST_AREA);
    }
    return measure(Bits.cropped(new Bits(wordsPerRow << 6, height, rows)));
  }

  private static Result measure(@Nullable Bits bits) {
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
      this(width, height, new long[((width + 63) >>> 6) * height]);
    }

    private Bits(int width, int height, long[] rows) {
      this.width = width;
      this.height = height;
      words = (width + 63) >>> 6;
      this.rows = rows;
    }

    static Bits packed(boolean[] set, int width) {
      Bits bits = new Bits(width, set.length / width);
      for (int y = 0; y < bits.height; y++) {
        for (int x = 0; x < width; x++) {
          if (set[y * width + x]) {
            bits.rows[y * bits.words + (x >>> 6)] |= 1L << x;
          }
        }
      }
      return bits;
    }

    /** The set without its empty margins, or null when it is empty. */
    static @Nullable Bits cropped(Bits all) {
      int top = all.height;
      int bottom = -1;
      long[] columns = new long[all.words];
      for (int y = 0; y < all.height; y++) {
        long any = 0;
        for (int w = 0; w < all.words; w++) {
          long word = all.rows[y * all.words + w];
          columns[w] |= word;
          any |= word;
        }
        if (any != 0) {
          top = Math.min(top, y);
          bottom = y;
        }
      }
      if (bottom < 0) {
        return null;
      }
      int first = 0;
      while (columns[first] == 0) {
        first++;
      }
      int last = all.words - 1;
      while (columns[last] == 0) {
        last--;
      }
      int left = (first << 6) + Long.numberOfTrailingZeros(columns[first]);
      int right = (last << 6) + 63 - Long.numberOfLeadingZeros(columns[last]);
      Bits bits = new Bits(right - left + 1, bottom - top + 1);
      int shift = left & 63;
      for (int y = 0; y < bits.height; y++) {
        int from = (y + top) * all.words + first;
        int end = (y + top + 1) * all.words;
        for (int w = 0; w < bits.words; w++) {
          long word = all.rows[from + w] >>> shift;
          if (shift > 0 && from + w + 1 < end) {
            word |= all.rows[from + w + 1] << (64 - shift);
          }
          bits.rows[y * bits.words + w] = word;
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

    /** 21 boxes at a time, from 63 bits. */
    private static void mergeThirds(long[] band, Bits merged, int to) {
      for (int x = 0; x < merged.width; x += 21) {
        int from = 3 * x;
        int shift = from & 63;
        long bits = band[from >>> 6] >>> shift;
        if (shift > 1) {
          bits |= band[(from >>> 6) + 1] << (64 - shift);
        }
        long boxes = everyThirdBit(bits | bits >>> 1 | bits >>> 2);
        int place = x & 63;
        merged.rows[to + (x >>> 6)] |= boxes << place;
        if (place > 43 && (x >>> 6) + 1 < merged.words) {
          merged.rows[to + (x >>> 6) + 1] |= boxes >>> (64 - place);
        }
      }
    }

    /** The bits at places 0, 3, … 60, moved together. */
    private static long everyThirdBit(long word) {
      long bits = word & 0x1249249249249249L;
      bits = (bits | bits >>> 2) & 0x10c30c30c30c30c3L;
      bits = (bits | bits >>> 4) & 0x100f00f00f00f00fL;
      bits = (bits | bits >>> 8) & 0x001f0000ff0000ffL;
      bits = (bits | bits >>> 16) & 0x001f00000000ffffL;
      return (bits | bits >>> 32) & 0x00000000001fffffL;
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

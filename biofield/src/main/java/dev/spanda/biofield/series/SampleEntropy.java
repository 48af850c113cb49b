package dev.spanda.biofield.series;

import dev.spanda.core.Failure;
import java.util.OptionalDouble;

/**
 * Sample entropy: how often runs that agree for {@code length} values still agree at the next one.
 *
 * <p>With the templates {@code u_i = (x_i … x_{i+m−1})}, {@code i = 0 … N−m−1}, B is the number of
 * pairs {@code i < j} whose largest coordinate difference is below the tolerance, and A the number
 * of those pairs that also agree in the next value. The entropy is {@code −ln(A/B)} nats: 0 when
 * every agreement goes on, large when none does, undefined when A or B is 0. Long white Gaussian
 * noise has {@code −ln erf(0.1)} = 2.185 nats at the default parameters. The counts are exact
 * integers.
 *
 * <p>Source: Richman and Moorman, Am. J. Physiol. 278 (2000) H2039,
 * doi:10.1152/ajpheart.2000.278.6.H2039. Immutable and thread-safe.
 *
 * @param length template length m, 1 to 16, default 2
 * @param tolerance how far apart two values may be, default 0.2 population standard deviations
 * @param comparison whether a difference equal to the tolerance agrees, default {@link
 *     Comparison#BELOW}
 */
public record SampleEntropy(int length, Tolerance tolerance, Comparison comparison) {

  /**
   * Longest series that is taken. A quarter of it takes about two seconds; time grows with the
   * square.
   */
  public static final int LONGEST_SERIES = 1 << 20;

  /** Whether a difference equal to the tolerance counts as agreement. */
  public enum Comparison {
    /** The difference must be below the tolerance. */
    BELOW,
    /** The difference may reach the tolerance. */
    UP_TO
  }

  /** How far apart two values may be. */
  public sealed interface Tolerance {

    /**
     * The same for every series.
     *
     * @param value in the unit of the series, ≥ 0 and finite
     */
    record Absolute(double value) implements Tolerance {
      /** Checks the value. */
      public Absolute {
        Failure.requireInRange("tolerance", "Tolerance", value, 0, Double.MAX_VALUE, "");
      }
    }

    /**
     * A multiple of the standard deviation of the series.
     *
     * @param factor above 0 up to 100
     * @param sample whether the deviation divides by N − 1 instead of N
     */
    record OfDeviation(double factor, boolean sample) implements Tolerance {
      /** Checks the factor. */
      public OfDeviation {
        if (!(factor > 0)) {
          throw Failure.outOfRange(
              "tolerance", "Tolerance factor", factor, Double.MIN_VALUE, 100, "");
        }
        Failure.requireInRange("tolerance", "Tolerance factor", factor, 0, 100, "");
      }
    }
  }

  /**
   * What was counted.
   *
   * @param matches B, pairs of templates of the given length that agree
   * @param longerMatches A, those that also agree in the next value
   * @param tolerance the tolerance that was applied, in the unit of the series
   * @param nats {@code ln(B/A)}, ≥ 0; empty when A or B is 0, or when a tolerance by deviation was
   *     asked of a constant series
   */
  public record Result(long matches, long longerMatches, double tolerance, OptionalDouble nats) {

    /** The same entropy in bits: nats divided by ln 2. */
    public OptionalDouble bits() {
      return nats.isPresent()
          ? OptionalDouble.of(nats.getAsDouble() / StrictMath.log(2))
          : OptionalDouble.empty();
    }
  }

  /** Length 2, tolerance 0.2 population standard deviations, strictly below. */
  public static final SampleEntropy DEFAULT =
      new SampleEntropy(2, new Tolerance.OfDeviation(0.2, false), Comparison.BELOW);

  /** Checks the length. */
  public SampleEntropy {
    SeriesInput.requireInRange("length", "Template length", length, 1, 16);
  }

  /**
   * What {@code nolds.sampen} counts when it is given a tolerance of 0.2 population standard
   * deviations: strictly below. Its own default tolerance has changed between its versions.
   */
  public static SampleEntropy nolds() {
    return DEFAULT;
  }

  /**
   * What {@code antropy.sample_entropy} counts for series of fewer than 5000 values: 0.2 population
   * standard deviations, strictly below.
   */
  public static SampleEntropy antropy() {
    return DEFAULT;
  }

  /**
   * What {@code neurokit2.entropy_sample} counts: 0.2 sample standard deviations (N − 1), a
   * difference equal to the tolerance agrees.
   */
  public static SampleEntropy neurokit() {
    return new SampleEntropy(2, new Tolerance.OfDeviation(0.2, true), Comparison.UP_TO);
  }

  /** A copy with another template length, 1 to 16. */
  public SampleEntropy withLength(int newLength) {
    return new SampleEntropy(newLength, tolerance, comparison);
  }

  /** A copy with another tolerance. */
  public SampleEntropy withTolerance(Tolerance newTolerance) {
    return new SampleEntropy(length, newTolerance, comparison);
  }

  /** A copy with another comparison. */
  public SampleEntropy withComparison(Comparison newComparison) {
    return new SampleEntropy(length, tolerance, newComparison);
  }

  /**
   * Counts the matches of a series. Time grows as N²/64, memory as N²/512 bytes up to 32 MiB.
   *
   * @param series {@code length + 2} to 1 048 576 finite values; not modified
   * @throws Failure INVALID when the series is too short or holds a value that is not finite;
   *     TOO_LARGE when it is too long
   */
  public Result measure(double[] series) {
    SeriesInput.require(series, length + 2, LONGEST_SERIES);
    double radius;
    if (tolerance instanceof Tolerance.OfDeviation relative) {
      radius = relative.factor() * SeriesInput.standardDeviation(series, relative.sample() ? 1 : 0);
      if (radius == 0) {
        return new Result(0, 0, 0, OptionalDouble.empty());
      }
    } else {
      radius = ((Tolerance.Absolute) tolerance).value();
    }
    NeighbourBitmaps near = new NeighbourBitmaps(series, radius, comparison == Comparison.UP_TO);
    long[] counts =
        length == 2 ? countPairs(near, series.length) : countRuns(near, series.length, length);
    OptionalDouble nats =
        counts[0] == 0 || counts[1] == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(StrictMath.log((double) counts[0] / counts[1]));
    return new Result(counts[0], counts[1], radius, nats);
  }

  /** Counts for templates of two values, by far the commonest length, with the rows in locals. */
  private static long[] countPairs(NeighbourBitmaps near, int n) {
    int templates = n - 2;
    int lastWord = (templates - 1) >>> 6;
    long lastMask = -1L >>> (63 - ((templates - 1) & 63));
    long[] first = new long[near.words() + 1];
    long[] second = new long[near.words() + 1];
    long[] third = new long[near.words() + 1];
    near.row(0, first, 0);
    near.row(1, second, 0);
    long matches = 0;
    long longer = 0;
    for (int i = 0; i + 1 < templates; i++) {
      near.row(i + 2, third, i >>> 6);
      int from = (i + 1) >>> 6;
      long packed = countRow(first, second, third, from, lastWord, -1L << (i + 1), lastMask);
      matches += packed >>> 32;
      longer += packed & 0xffffffffL;
      long[] free = first;
      first = second;
      second = third;
      third = free;
    }
    return new long[] {matches, longer};
  }

  /** Both counts of one row: B in the upper half, A in the lower. */
  private static long countRow(
      long[] first, long[] second, long[] third, int from, int last, long head, long tail) {
    int matches = 0;
    int longer = 0;
    long mask = head;
    for (int w = from; w <= last; w++) {
      if (w == last) {
        mask &= tail;
      }
      long both = first[w] & ((second[w] >>> 1) | (second[w + 1] << 63)) & mask;
      mask = -1L;
      matches += Long.bitCount(both);
      longer += Long.bitCount(both & ((third[w] >>> 2) | (third[w + 1] << 62)));
    }
    return ((long) matches << 32) | longer;
  }

  /** Counts for templates of any length up to 16. */
  static long[] countRuns(NeighbourBitmaps near, int n, int length) {
    int templates = n - length;
    int lastWord = (templates - 1) >>> 6;
    long lastMask = -1L >>> (63 - ((templates - 1) & 63));
    int rows = length + 1;
    long[][] ring = new long[rows][near.words() + 1];
    for (int k = 0; k < length; k++) {
      near.row(k, ring[k], 0);
    }
    long matches = 0;
    long longer = 0;
    for (int i = 0; i + 1 < templates; i++) {
      near.row(i + length, ring[(i + length) % rows], i >>> 6);
      long[] next = ring[(i + length) % rows];
      int from = (i + 1) >>> 6;
      for (int w = from; w <= lastWord; w++) {
        long run = ring[i % rows][w];
        for (int k = 1; k < length; k++) {
          long[] row = ring[(i + k) % rows];
          run &= (row[w] >>> k) | (row[w + 1] << (64 - k));
        }
        if (w == from) {
          run &= -1L << (i + 1);
        }
        if (w == lastWord) {
          run &= lastMask;
        }
        matches += Long.bitCount(run);
        longer += Long.bitCount(run & ((next[w] >>> length) | (next[w + 1] << (64 - length))));
      }
    }
    return new long[] {matches, longer};
  }
}

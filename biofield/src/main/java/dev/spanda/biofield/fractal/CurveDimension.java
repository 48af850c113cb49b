package dev.spanda.biofield.fractal;

import dev.spanda.core.Failure;
import java.util.OptionalDouble;

/**
 * Fractal dimension of the graph of a series, in three ways: 1 for a smooth curve, up to 2 for one
 * that fills the plane.
 *
 * <p>Higuchi's is a dimension: 2 for independent values, 1.5 for a random walk. Katz's depends on
 * the unit of the series and Petrosian's only counts turns; both are here because other packages
 * have them, and all three repeat antropy within 1e-9. Thread-safe.
 *
 * <p>Sources: T. Higuchi, Physica D 31 (1988) 277; M. J. Katz, Comput. Biol. Med. 18 (1988) 145; A.
 * Petrosian, Proc. IEEE CBMS (1995) 212.
 */
public final class CurveDimension {

  /** Longest series that is taken. */
  public static final int LONGEST_SERIES = 1 << 22;

  private static final double LARGEST = 1e140;

  private CurveDimension() {}

  /**
   * Higuchi's dimension: the slope of the curve's mean length over the step, both as logarithms.
   *
   * @param series 20 to 4 194 304 finite values, at least twice the longest step; not modified
   * @param longestStep steps 1 to this one are fitted; 2 to 1000, usually 10
   * @return 1 to 2 but for the scatter of the fit; empty when the curve has no length at some step,
   *     as a constant one
   * @throws Failure INVALID when the series is too short, holds a value that is not finite, or the
   *     step is out of its range; TOO_LARGE when the series is too long
   */
  public static OptionalDouble higuchi(double[] series, int longestStep) {
    return higuchi(series, longestStep, 0);
  }

  /**
   * What {@code antropy.higuchi_fd} computes: as {@link #higuchi}, but the last increment of every
   * length is left out while the length is scaled as if it were there, which makes the value larger
   * by a few thousandths at 1000 values.
   */
  public static OptionalDouble higuchiAsAntropy(double[] series, int longestStep) {
    return higuchi(series, longestStep, 1);
  }

  private static OptionalDouble higuchi(double[] series, int longestStep, int leftOut) {
    Failure.requireInRange("longest_step", "Longest step", longestStep, 2, 1000, "");
    require(series, Math.max(20, 2 * longestStep));
    int n = series.length;
    double sumX = 0;
    double sumY = 0;
    double sumXy = 0;
    double sumXx = 0;
    for (int step = 1; step <= longestStep; step++) {
      double mean = 0;
      for (int first = 0; first < step; first++) {
        int increments = (n - first - 1) / step;
        double length = 0;
        int last = first + (increments - leftOut) * step;
        for (int i = first + step; i <= last; i += step) {
          length += Math.abs(series[i] - series[i - step]);
        }
        mean += length / step * (n - 1) / ((double) step * increments) / step;
      }
      if (!(mean > 0)) {
        return OptionalDouble.empty();
      }
      double x = -StrictMath.log(step);
      double y = StrictMath.log(mean);
      sumX += x;
      sumY += y;
      sumXy += x * y;
      sumXx += x * x;
    }
    return OptionalDouble.of(
        (longestStep * sumXy - sumX * sumY) / (longestStep * sumXx - sumX * sumX));
  }

  /**
   * Katz's dimension, {@code ln n / (ln n + ln(d/L))}, with L the sum of the n increments and d the
   * largest distance from the first value, in the unit of the series: what {@code antropy.katz_fd}
   * computes.
   *
   * @param series 20 to 4 194 304 finite values; not modified
   * @return empty for a constant series and when the quotient has no meaning
   * @throws Failure INVALID when the series is too short or holds a value that is not finite;
   *     TOO_LARGE when it is too long
   */
  public static OptionalDouble katz(double[] series) {
    require(series, 20);
    double length = 0;
    double distance = 0;
    for (int i = 1; i < series.length; i++) {
      length += Math.abs(series[i] - series[i - 1]);
      distance = Math.max(distance, Math.abs(series[i] - series[0]));
    }
    if (!(length > 0)) {
      return OptionalDouble.empty();
    }
    double steps = StrictMath.log(series.length - 1);
    double value = steps / (steps + StrictMath.log(distance / length));
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /**
   * Petrosian's dimension, {@code ln N / (ln N + ln(N/(N + 0.4·T)))}, with T the number of turns:
   * what {@code antropy.petrosian_fd} computes.
   *
   * @param series 20 to 4 194 304 finite values; not modified
   * @return 1 for a series without turns
   * @throws Failure INVALID when the series is too short or holds a value that is not finite;
   *     TOO_LARGE when it is too long
   */
  public static double petrosian(double[] series) {
    require(series, 20);
    int turns = 0;
    for (int i = 2; i < series.length; i++) {
      turns += falls(series, i) != falls(series, i - 1) ? 1 : 0;
    }
    double n = series.length;
    return StrictMath.log(n) / (StrictMath.log(n) + StrictMath.log(n / (n + 0.4 * turns)));
  }

  private static boolean falls(double[] series, int i) {
    return series[i] - series[i - 1] < 0;
  }

  private static void require(double[] series, int shortest) {
    if (series.length < shortest) {
      throw Failure.invalid(
              "series",
              series.length,
              "Series has " + series.length + " values; at least " + shortest + " are needed")
          .with(Failure.MIN_VALUE, shortest);
    }
    if (series.length > LONGEST_SERIES) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "series",
              "Series has " + series.length + " values; at most " + LONGEST_SERIES + " are allowed")
          .with(Failure.MAX_VALUE, LONGEST_SERIES);
    }
    for (int i = 0; i < series.length; i++) {
      if (!(Math.abs(series[i]) <= LARGEST)) {
        throw Failure.invalid(
            "series",
            Double.toString(series[i]),
            "Value " + i + " of the series must be a number between -1e140 and 1e140");
      }
    }
  }
}

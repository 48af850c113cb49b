package dev.spanda.biofield.baseline;

import dev.spanda.core.Failure;
import java.util.Arrays;

/**
 * How the values of one metric or score lie.
 *
 * <p>Values farther than three standard deviations from the mean of all are taken for outliers and
 * left out once; the numbers here describe what remains. Among ten values or fewer none can lie
 * that far, so nothing is left out of them.
 *
 * @param mean the arithmetic mean
 * @param sd the standard deviation of the sample (divisor n − 1), ≥ 0; zero for a single value
 * @param min the smallest value kept
 * @param max the largest value kept
 * @param count how many values were kept, ≥ 1
 * @param outliers how many were left out, ≥ 0
 */
public record Spread(double mean, double sd, double min, double max, int count, int outliers) {

  private static final double OUTLIER_SDS = 3;

  /** Checks that the numbers belong together. */
  public Spread {
    if (!(sd >= 0) || !(min <= max) || count < 1 || outliers < 0) {
      throw new IllegalArgumentException(
          "sd " + sd + ", " + min + " to " + max + ", " + count + " values");
    }
  }

  /**
   * The spread of some values.
   *
   * @param values finite, at least one; not modified
   * @throws Failure INVALID, subject {@code samples}, when there is none or one is not finite
   */
  public static Spread of(double... values) {
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw Failure.of(
          Failure.Reason.INVALID, "samples", "Samples must be finite numbers, at least one");
    }
    double mean = mean(values);
    double reach = OUTLIER_SDS * sd(values, mean);
    double[] kept = Arrays.stream(values).filter(v -> Math.abs(v - mean) <= reach).toArray();
    if (kept.length == 0) {
      // Equal values whose mean was rounded away from them.
      kept = values;
    }
    double keptMean = kept.length == values.length ? mean : mean(kept);
    double min = Arrays.stream(kept).min().orElseThrow();
    double max = Arrays.stream(kept).max().orElseThrow();
    // Equal values have no spread, whatever the rounding of their sum says.
    return min == max
        ? new Spread(min, 0, min, max, kept.length, values.length - kept.length)
        : new Spread(
            keptMean, sd(kept, keptMean), min, max, kept.length, values.length - kept.length);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double sd(double[] values, double mean) {
    if (values.length < 2) {
      return 0;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}

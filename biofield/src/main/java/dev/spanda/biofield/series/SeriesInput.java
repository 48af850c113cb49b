package dev.spanda.biofield.series;

import dev.spanda.core.Failure;

/** Checks on what comes in, and the moments that several measures share. */
final class SeriesInput {

  /** Values beyond this could overflow when they are squared and summed. */
  static final double LARGEST_MAGNITUDE = 1e140;

  private SeriesInput() {}

  /**
   * Refuses a series that is too short, too long or holds a value that is no finite number.
   *
   * @throws Failure INVALID with subject {@code series}; TOO_LARGE when it is too long
   */
  static void require(double[] series, int shortest, int longest) {
    if (series.length < shortest) {
      throw Failure.invalid(
              "series",
              series.length,
              "Series has " + series.length + " values; at least " + shortest + " are needed")
          .with(Failure.MIN_VALUE, shortest)
          .with(Failure.MAX_VALUE, longest);
    }
    if (series.length > longest) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "series",
              "Series has " + series.length + " values; at most " + longest + " are allowed")
          .with(Failure.PROVIDED_VALUE, series.length)
          .with(Failure.MIN_VALUE, shortest)
          .with(Failure.MAX_VALUE, longest);
    }
    for (int i = 0; i < series.length; i++) {
      if (!(Math.abs(series[i]) <= LARGEST_MAGNITUDE)) {
        throw Failure.invalid(
                "series",
                Double.toString(series[i]),
                "Value "
                    + i
                    + " of the series is "
                    + series[i]
                    + "; every value must be a number between -1e140 and 1e140")
            .with("index", i)
            .with(Failure.MIN_VALUE, -LARGEST_MAGNITUDE)
            .with(Failure.MAX_VALUE, LARGEST_MAGNITUDE);
      }
    }
  }

  /** Returns the value when it lies in the closed range. */
  static int requireInRange(String subject, String label, int value, int min, int max) {
    if (value < min || value > max) {
      throw Failure.outOfRange(subject, label, value, min, max, "");
    }
    return value;
  }

  /** Whether all values are the same; rounding would hide it from a computed deviation. */
  static boolean isConstant(double[] series) {
    for (double value : series) {
      if (value != series[0]) {
        return false;
      }
    }
    return true;
  }

  static double mean(double[] series) {
    double sum = 0;
    for (double value : series) {
      sum += value;
    }
    return sum / series.length;
  }

  /** Sum of squared deviations over {@code n − lost}, under the root; 0 for a constant series. */
  static double standardDeviation(double[] series, int lost) {
    if (isConstant(series)) {
      return 0;
    }
    double mean = mean(series);
    double squares = 0;
    double rest = 0;
    for (double value : series) {
      double deviation = value - mean;
      squares += deviation * deviation;
      rest += deviation;
    }
    // The second term takes back what rounding left in the mean.
    return Math.sqrt(Math.max(0, squares - rest * rest / series.length) / (series.length - lost));
  }

  /** Ordinary least-squares slope of the first {@code count} points. */
  static double slope(double[] x, double[] y, int count) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < count; i++) {
      meanX += x[i];
      meanY += y[i];
    }
    meanX /= count;
    meanY /= count;
    double products = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    return products / squares;
  }
}

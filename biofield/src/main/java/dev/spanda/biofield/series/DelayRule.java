package dev.spanda.biofield.series;

/** How a lag and a time window are chosen when the caller names none. */
final class DelayRule {

  private static final int LONGEST_LAG = 500;
  private static final double DROP = 1 - 1 / StrictMath.E;

  private DelayRule() {}

  /**
   * The first lag at which the autocorrelation is below 1 − 1/e, as Rosenstein, Collins and De Luca
   * use it; at most 500 and a twentieth of the series, at least 1.
   */
  static int lag(double[] x) {
    int longest = Math.max(1, Math.min(LONGEST_LAG, x.length / 20));
    double mean = SeriesInput.mean(x);
    double variance = 0;
    for (double value : x) {
      variance += (value - mean) * (value - mean);
    }
    for (int lag = 1; lag < longest; lag++) {
      double sum = 0;
      for (int i = 0; i + lag < x.length; i++) {
        sum += (x[i] - mean) * (x[i + lag] - mean);
      }
      if (sum < DROP * variance) {
        return lag;
      }
    }
    return longest;
  }

  /**
   * The mean period in steps, the reciprocal of the power-weighted mean frequency, rounded up; at
   * most a tenth of the series.
   */
  static int meanPeriod(double[] x) {
    double[] power = Fourier.periodogram(x);
    double total = 0;
    double weighted = 0;
    for (int j = 0; j < power.length; j++) {
      total += power[j];
      weighted += power[j] * (j + 1);
    }
    if (!(weighted > 0)) {
      return 1;
    }
    double period = x.length * total / weighted;
    int longest = x.length / 10;
    return (int) Math.max(1, Math.min(Math.ceil(period), (double) longest));
  }
}

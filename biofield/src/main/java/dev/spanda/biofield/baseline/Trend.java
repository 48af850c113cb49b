package dev.spanda.biofield.baseline;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether a series rises or falls: the slope of Theil and Sen with the test of Mann and Kendall.
 *
 * <p>The slope is the median of the slopes of all pairs of points at different times, which single
 * wild values do not move. The direction is told only when Mann–Kendall's S is unlikely at the 5 %
 * level (two-sided) to come from a series in random order and the slope is not zero; otherwise the
 * series is stable. For up to thirty values without ties the probability is exact, by counting
 * permutations; otherwise it is the normal approximation with correction for continuity and
 * variance corrected for ties. Four values or fewer can never be told from chance, so they are
 * stable.
 *
 * <p>The test takes the values for independent. More than {@value #MOST_POINTS} points are first
 * averaged in that many blocks of neighbours, which also takes away most of what neighbouring
 * frames owe to each other.
 *
 * <p>The words are increasing, decreasing and stable. One sample of the API document says {@code
 * improving}; its own type definition allows these three alone, and a number does not know what is
 * better, so that word is never used.
 *
 * <p>Sources: H. B. Mann (1945), Econometrica 13, 245–259; M. G. Kendall, Rank Correlation Methods
 * (1975), chapters 3 and 4; P. K. Sen (1968), J. Am. Stat. Assoc. 63, 1379–1389.
 *
 * @param direction what the test says
 * @param slopePerMinute the slope in units of the value a minute; NaN for fewer than two times
 * @param probability the two-sided probability of so much order by chance, 0 to 1
 * @param s how many pairs rise less how many fall
 * @param points how many points were tested, after averaging
 */
public record Trend(
    Direction direction, double slopePerMinute, double probability, long s, int points) {

  /** Where a series goes. */
  public enum Direction {
    /** It rises, and not by chance. */
    INCREASING,
    /** It falls, and not by chance. */
    DECREASING,
    /** Neither can be told from chance. */
    STABLE
  }

  private static final int MOST_POINTS = 400;
  private static final int MOST_EXACT = 30;
  private static final double LEVEL = 0.05;

  /**
   * The trend of a series.
   *
   * @param seconds when each value was measured, in seconds from anywhere, not falling; not
   *     modified
   * @param values as many values; points whose value is not finite are left out; not modified
   * @throws IllegalArgumentException when the lengths differ
   */
  public static Trend of(double[] seconds, double[] values) {
    if (seconds.length != values.length) {
      throw new IllegalArgumentException(seconds.length + " times, " + values.length + " values");
    }
    double[] times = new double[values.length];
    double[] points = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        times[count] = seconds[i];
        points[count++] = values[i];
      }
    }
    times = blocks(times, count);
    points = blocks(points, count);
    long s = 0;
    for (int i = 0; i < points.length; i++) {
      for (int k = i + 1; k < points.length; k++) {
        s += Double.compare(points[k] - points[i], 0.0);
      }
    }
    double probability = probability(s, points);
    double slope = slope(times, points);
    // With a median slope of zero or none most pairs stand still, whatever the others do.
    boolean moves = Math.abs(slope) > 0;
    Direction direction =
        probability >= LEVEL || !moves
            ? Direction.STABLE
            : s > 0 ? Direction.INCREASING : Direction.DECREASING;
    return new Trend(direction, 60 * slope, probability, s, points.length);
  }

  private static double[] blocks(double[] values, int count) {
    if (count <= MOST_POINTS) {
      return Arrays.copyOf(values, count);
    }
    double[] means = new double[MOST_POINTS];
    for (int i = 0; i < MOST_POINTS; i++) {
      int from = (int) ((long) i * count / MOST_POINTS);
      int to = (int) ((i + 1L) * count / MOST_POINTS);
      double sum = 0;
      for (int k = from; k < to; k++) {
        sum += values[k];
      }
      means[i] = sum / (to - from);
    }
    return means;
  }

  private static double slope(double[] times, double[] values) {
    int n = values.length;
    double[] slopes = new double[n * (n - 1) / 2];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int k = i + 1; k < n; k++) {
        double apart = times[k] - times[i];
        if (apart > 0) {
          slopes[count++] = (values[k] - values[i]) / apart;
        }
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(slopes, 0, count);
    return count % 2 == 1 ? slopes[count / 2] : 0.5 * (slopes[count / 2 - 1] + slopes[count / 2]);
  }

  private static double probability(long s, double[] values) {
    int n = values.length;
    if (n < 2) {
      return 1;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double ties = 0;
    for (int from = 0, to = 0; from < n; from = to) {
      while (to < n && sorted[to] == sorted[from]) {
        to++;
      }
      double t = to - from;
      ties += t * (t - 1) * (2 * t + 5);
    }
    if (ties == 0 && n <= MOST_EXACT) {
      return exact(Math.abs(s), n);
    }
    double variance = ((double) n * (n - 1) * (2.0 * n + 5) - ties) / 18;
    if (variance <= 0 || s == 0) {
      return 1;
    }
    double z = (Math.abs(s) - 1) / Math.sqrt(variance);
    return Math.min(1, 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-z));
  }

  /** The share of permutations of n values whose S is at least so far from zero. */
  private static double exact(long s, int n) {
    // share[k]: how often k pairs fall, among permutations of the first values.
    double[] share = {1};
    for (int i = 2; i <= n; i++) {
      double[] next = new double[share.length + i - 1];
      for (int k = 0; k < share.length; k++) {
        for (int falls = 0; falls < i; falls++) {
          next[k + falls] += share[k] / i;
        }
      }
      share = next;
    }
    int pairs = n * (n - 1) / 2;
    double sum = 0;
    for (int falls = 0; falls <= pairs; falls++) {
      if (Math.abs(pairs - 2L * falls) >= s) {
        sum += share[falls];
      }
    }
    return Math.min(1, sum);
  }
}

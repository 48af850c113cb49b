package dev.spanda.biofield.series;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Correlation dimension: how the number of close pairs of delay vectors grows with the radius.
 *
 * <p>The vectors are {@code u_i = (x_i, x_{i+lag}, …, x_{i+(m−1)lag})}. {@code C(r)} is the share
 * of pairs {@code i < j} with {@code j − i} above the window whose Euclidean distance is at most r.
 * The dimension is the slope of ln C over ln r in the scaling region, which runs from the radius
 * that holds 50 pairs to the one that holds 2 % of all; in the least-squares fit each point weighs
 * the inverse of its variance, 0.003 + lag/pairs. It is 1 on a closed curve, 2.05 on the Lorenz
 * attractor, and m on noise; it is never above m but for noise of the estimate, and 0 for a few
 * repeated values.
 *
 * <p>No vector is paired with itself, and pairs close in time are left out: counting either bends
 * the curve at small radii and halves the answer on noise. Within 5 % of m on Gaussian noise up to
 * m = 5, and within 10 % on the Lorenz and Hénon attractors, at 10 000 values.
 *
 * <p>Sources: Grassberger and Procaccia, Physica D 9 (1983) 189; window: Theiler, Phys. Rev. A 34
 * (1986) 2427; lag and mean period: Rosenstein, Collins and De Luca, Physica D 65 (1993) 117.
 * Immutable and thread-safe.
 *
 * @param embedding number of coordinates m, 1 to 10, default 5
 * @param lag steps between coordinates, 1 to 10 000, or {@link #AUTOMATIC}: the first at which the
 *     autocorrelation is below 1 − 1/e
 * @param window pairs up to this many steps apart are left out, 0 to 100 000, or {@link
 *     #AUTOMATIC}: the larger of the mean period and (m − 1)·lag, but no more than a quarter of the
 *     vectors
 */
public record CorrelationDimension(int embedding, int lag, int window) {

  /** For lag and window: chosen from the series. */
  public static final int AUTOMATIC = -1;

  /** Longest series that is taken. */
  public static final int LONGEST_SERIES = 1 << 17;

  private static final int SHORTEST_SERIES = 100;
  private static final int FEWEST_PAIRS = 50;
  private static final double LARGEST_SHARE = 0.02;

  /** Bins to a factor of two in squared distance are 2 to this power. */
  private static final int BIN_BITS = 4;

  private static final int OCTAVES = 80;

  /** Five coordinates, lag and window chosen from the series. */
  public static final CorrelationDimension DEFAULT =
      new CorrelationDimension(5, AUTOMATIC, AUTOMATIC);

  /**
   * One point of the correlation sum.
   *
   * @param radius in the unit of the series
   * @param pairs pairs at most that far apart
   */
  public record Point(double radius, long pairs) {}

  /**
   * A dimension and what it was fitted to.
   *
   * @param value the slope; empty for a constant series and when the scaling region holds fewer
   *     than five radii
   * @param deviation weighted root mean square of the points about the fitted line, in ln C; NaN
   *     without a value. Above about 0.1 the sum does not scale and the value is a mean slope only
   * @param lag the lag that was used
   * @param window the window that was used
   * @param pairs all pairs that were looked at
   * @param region the points of the scaling region, ascending
   */
  public record Result(
      OptionalDouble value, double deviation, int lag, int window, long pairs, List<Point> region) {
    /** Copies the region. */
    public Result {
      region = List.copyOf(region);
    }
  }

  /**
   * Pair counts on the radii of {@code nolds.corr_dim}, and both slopes that can be fitted to them.
   *
   * @param vectors number of delay vectors
   * @param points from 0.1 to 0.5 sample standard deviations by factors of 1.03; pairs {@code i <
   *     j}, no window
   * @param withSelfMatches the package's value, in which every vector is its own neighbour; empty
   *     for a constant series
   * @param withoutSelfMatches the slope over radii with a pair; empty when fewer than two have one
   */
  public record NoldsResult(
      int vectors,
      List<Point> points,
      OptionalDouble withSelfMatches,
      OptionalDouble withoutSelfMatches) {
    /** Copies the points. */
    public NoldsResult {
      points = List.copyOf(points);
    }
  }

  /** Checks the parameters. */
  public CorrelationDimension {
    SeriesInput.requireInRange("embedding", "Embedding", embedding, 1, 10);
    if (lag != AUTOMATIC) {
      SeriesInput.requireInRange("lag", "Lag", lag, 1, 10_000);
    }
    if (window != AUTOMATIC) {
      SeriesInput.requireInRange("window", "Window", window, 0, 100_000);
    }
  }

  /** A copy with another number of coordinates, 1 to 10. */
  public CorrelationDimension withEmbedding(int newEmbedding) {
    return new CorrelationDimension(newEmbedding, lag, window);
  }

  /** A copy with another lag, 1 to 10 000 or {@link #AUTOMATIC}. */
  public CorrelationDimension withLag(int newLag) {
    return new CorrelationDimension(embedding, newLag, window);
  }

  /** A copy with another window, 0 to 100 000 or {@link #AUTOMATIC}. */
  public CorrelationDimension withWindow(int newWindow) {
    return new CorrelationDimension(embedding, lag, newWindow);
  }

  /**
   * The dimension of a series.
   *
   * @param series 100 to 131 072 finite values, longer than (m − 1)·lag + window by at least 20;
   *     not modified
   * @throws Failure INVALID when the series is too short or holds a value that is not finite;
   *     TOO_LARGE when it is too long
   */
  public Result measure(double[] series) {
    SeriesInput.require(series, SHORTEST_SERIES, LONGEST_SERIES);
    if (SeriesInput.standardDeviation(series, 0) == 0) {
      return new Result(
          OptionalDouble.empty(), Double.NaN, Math.max(1, lag), Math.max(0, window), 0, List.of());
    }
    int usedLag = lag == AUTOMATIC ? DelayRule.lag(series) : lag;
    int span = (embedding - 1) * usedLag;
    int vectors = vectors(series.length, span, Math.max(0, window));
    int usedWindow =
        window == AUTOMATIC
            ? Math.min(Math.max(DelayRule.meanPeriod(series), span), vectors / 4)
            : window;
    long pairs = (long) (vectors - usedWindow) * (vectors - usedWindow - 1) / 2;
    double largest = guessRadius(series, usedLag, vectors, usedWindow);
    Bins bins = new Bins(largest * largest);
    while (true) {
      count(series, usedLag, usedWindow, bins);
      if (bins.total() >= LARGEST_SHARE * pairs || largest > 1e150) {
        break;
      }
      largest *= 1.5;
      bins = new Bins(largest * largest);
    }
    List<Point> region = bins.region(FEWEST_PAIRS, (long) Math.floor(LARGEST_SHARE * pairs));
    int count = region.size();
    if (count < 5) {
      return new Result(OptionalDouble.empty(), Double.NaN, usedLag, usedWindow, pairs, region);
    }
    Fit fit = Fit.of(region, usedLag);
    return new Result(
        OptionalDouble.of(fit.slope), fit.deviation, usedLag, usedWindow, pairs, region);
  }

  private int vectors(int length, int span, int usedWindow) {
    int vectors = length - span;
    if (vectors - usedWindow < 20) {
      throw Failure.invalid(
              "series",
              length,
              "Series has "
                  + length
                  + " values; this embedding, lag and window need at least "
                  + (span + usedWindow + 20))
          .with(Failure.MIN_VALUE, span + usedWindow + 20);
    }
    return vectors;
  }

  /**
   * The counts and values of {@code nolds.corr_dim} with its default radii and a least-squares fit:
   * Euclidean distance, {@code ≤}, no window, self-matches counted. On white noise at five
   * coordinates it answers 0.1 instead of 5; {@link #measure} does not.
   *
   * @param series 100 to 131 072 finite values, longer than {@code (embedding − 1)·lag} by at least
   *     20; not modified
   * @param embedding number of coordinates, 1 to 10
   * @param lag steps between coordinates, 1 to 10 000
   * @throws Failure INVALID when the series is too short, holds a value that is not finite, or a
   *     parameter is out of range; TOO_LARGE when it is too long
   */
  public static NoldsResult nolds(double[] series, int embedding, int lag) {
    SeriesInput.require(series, SHORTEST_SERIES, LONGEST_SERIES);
    SeriesInput.requireInRange("lag", "Lag", lag, 1, 10_000);
    CorrelationDimension measure = new CorrelationDimension(embedding, lag, 0);
    int vectors = measure.vectors(series.length, (embedding - 1) * lag, 0);
    double deviation = SeriesInput.standardDeviation(series, 1);
    if (deviation == 0) {
      return new NoldsResult(vectors, List.of(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    double smallest = 0.1 * deviation;
    double largest = 0.5 * deviation;
    int steps = (int) Math.floor(StrictMath.log(largest / smallest) / StrictMath.log(1.03));
    double[] radii = new double[steps + 1];
    for (int i = 0; i <= steps; i++) {
      radii[i] = smallest * StrictMath.pow(1.03, i);
    }
    long[] pairs = measure.pairs(series, radii);
    List<Point> points = new ArrayList<>(radii.length);
    for (int i = 0; i < radii.length; i++) {
      points.add(new Point(radii[i], pairs[i]));
    }
    return new NoldsResult(vectors, points, slope(points, vectors), slope(points, 0));
  }

  private static OptionalDouble slope(List<Point> points, int selfMatches) {
    double[] x = new double[points.size()];
    double[] y = new double[points.size()];
    int count = 0;
    for (Point point : points) {
      double matches = 2.0 * point.pairs() + selfMatches;
      if (matches > 0) {
        x[count] = StrictMath.log(point.radius());
        y[count++] = StrictMath.log(matches);
      }
    }
    return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(SeriesInput.slope(x, y, count));
  }

  /**
   * Exact numbers of pairs within each of the given radii, distance {@code ≤} radius, for the lag
   * and window of this record.
   *
   * @param series 100 to 131 072 finite values; not modified
   * @param radii ascending, above 0; not modified
   * @return one count a radius
   * @throws Failure INVALID when the series is too short, holds a value that is not finite, or the
   *     radii do not ascend from above 0; TOO_LARGE when it is too long
   */
  public long[] pairs(double[] series, double[] radii) {
    SeriesInput.require(series, SHORTEST_SERIES, LONGEST_SERIES);
    for (int i = 0; i < radii.length; i++) {
      if (!(radii[i] > (i == 0 ? 0 : radii[i - 1])) || radii[i] > SeriesInput.LARGEST_MAGNITUDE) {
        throw Failure.invalid(
            "radii", Double.toString(radii[i]), "Radii must ascend from above 0; see radius " + i);
      }
    }
    if (radii.length == 0) {
      return new long[0];
    }
    int usedLag = lag == AUTOMATIC ? DelayRule.lag(series) : lag;
    int span = (embedding - 1) * usedLag;
    int usedWindow = window == AUTOMATIC ? Math.max(DelayRule.meanPeriod(series), span) : window;
    vectors(series.length, span, usedWindow);
    Bins bins = new Bins(radii);
    count(series, usedLag, usedWindow, bins);
    return bins.cumulated();
  }

  /** The distance that a little more than the largest share of a sample of pairs stay below. */
  private double guessRadius(double[] x, int usedLag, int vectors, int usedWindow) {
    int sample = Math.min(20_000, 8 * vectors);
    double[] squares = new double[sample];
    int count = 0;
    long state = 0x9E3779B97F4A7C15L;
    for (int k = 0; k < 4 * sample && count < sample; k++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      int i = (int) ((state >>> 33) % vectors);
      state = state * 6364136223846793005L + 1442695040888963407L;
      int j = (int) ((state >>> 33) % vectors);
      if (Math.abs(i - j) > usedWindow) {
        squares[count++] = squaredDistance(x, i, j, embedding, usedLag);
      }
    }
    Arrays.sort(squares, 0, count);
    double guess = Math.sqrt(squares[(int) Math.min(count - 1, 0.0235 * count)]);
    return guess > 0 ? guess : SeriesInput.standardDeviation(x, 0) * 1e-3;
  }

  static double squaredDistance(double[] x, int i, int j, int embedding, int lag) {
    double sum = 0;
    for (int q = 0, at = 0; q < embedding; q++, at += lag) {
      double difference = x[i + at] - x[j + at];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * Bins the squared distances of all pairs up to the largest radius. Bitmaps of near values, one
   * coordinate each, leave only pairs whose every coordinate is near enough.
   */
  private void count(double[] x, int usedLag, int usedWindow, Bins bins) {
    NeighbourBitmaps near = new NeighbourBitmaps(x, bins.largestRadius(), true);
    int span = (embedding - 1) * usedLag;
    int vectors = x.length - span;
    int words = near.words();
    long[][] ring = new long[span + 1][words + 2];
    for (int k = 0; k < span; k++) {
      near.row(k, ring[k], 0);
    }
    long[][] rows = new long[embedding][];
    int lastWord = (vectors - 1) >>> 6;
    long lastMask = -1L >>> (63 - ((vectors - 1) & 63));
    for (int i = 0; i + usedWindow + 1 < vectors; i++) {
      near.row(i + span, ring[(i + span) % (span + 1)], i >>> 6);
      for (int q = 0; q < embedding; q++) {
        rows[q] = ring[(i + q * usedLag) % (span + 1)];
      }
      int first = i + usedWindow + 1;
      for (int w = first >>> 6; w <= lastWord; w++) {
        long candidates = candidates(rows, w, usedLag);
        if (w == first >>> 6) {
          candidates &= -1L << first;
        }
        if (w == lastWord) {
          candidates &= lastMask;
        }
        while (candidates != 0) {
          int j = (w << 6) + Long.numberOfTrailingZeros(candidates);
          candidates &= candidates - 1;
          bins.add(squaredDistance(x, i, j, embedding, usedLag));
        }
      }
    }
  }

  private static long candidates(long[][] rows, int w, int lag) {
    long bits = rows[0][w];
    for (int q = 1; q < rows.length && bits != 0; q++) {
      int offset = q * lag;
      int at = w + (offset >>> 6);
      int shift = offset & 63;
      long[] row = rows[q];
      long low = at < row.length ? row[at] >>> shift : 0;
      // A shift by 64 would be one by 0, hence two shifts.
      long high = at + 1 < row.length ? row[at + 1] << 1 << (63 - shift) : 0;
      bits &= low | high;
    }
    return bits;
  }

  /** A straight line through the scaling region. */
  private record Fit(double slope, double deviation) {

    /** What the curve may depart from a line in ln C beside counting, squared. */
    private static final double CURVATURE = 0.003;

    /**
     * Weighs each point with the inverse of its variance. A close return of the orbit gives a run
     * of about {@code lag} close pairs, so that n pairs count as n/lag.
     */
    static Fit of(List<Point> region, int lag) {
      double total = 0;
      double meanX = 0;
      double meanY = 0;
      int count = region.size();
      double[] x = new double[count];
      double[] y = new double[count];
      double[] weights = new double[count];
      for (int i = 0; i < count; i++) {
        Point point = region.get(i);
        x[i] = StrictMath.log(point.radius());
        y[i] = StrictMath.log((double) point.pairs());
        weights[i] = 1 / (CURVATURE + (double) lag / point.pairs());
        total += weights[i];
        meanX += weights[i] * x[i];
        meanY += weights[i] * y[i];
      }
      meanX /= total;
      meanY /= total;
      double products = 0;
      double squares = 0;
      for (int i = 0; i < count; i++) {
        products += weights[i] * (x[i] - meanX) * (y[i] - meanY);
        squares += weights[i] * (x[i] - meanX) * (x[i] - meanX);
      }
      double slope = products / squares;
      double rests = 0;
      for (int i = 0; i < count; i++) {
        double rest = y[i] - meanY - slope * (x[i] - meanX);
        rests += weights[i] * rest * rest;
      }
      return new Fit(slope, Math.sqrt(rests / total));
    }
  }

  /** Counts of squared distances between thresholds, found by the leading bits of the number. */
  private static final class Bins {

    /**
     * Eight leading bits of the fraction: most keys then hold no threshold, and none is compared.
     */
    private static final int SHIFT = 44;

    private final double[] thresholds;
    private final long[] counts;
    private final int[] firstThreshold;
    private final long lowestKey;
    private final double largestRadius;
    private final double[] radii;

    /** Sixteen thresholds an octave of squared distance, down from the largest. */
    Bins(double largestSquare) {
      this(octaveRadii(largestSquare));
    }

    Bins(double[] radii) {
      this.radii = radii.clone();
      thresholds = new double[radii.length];
      for (int i = 0; i < radii.length; i++) {
        thresholds[i] = largestSquareWithin(radii[i]);
      }
      largestRadius = Math.nextUp(radii[radii.length - 1]);
      counts = new long[radii.length + 1];
      lowestKey = Double.doubleToRawLongBits(thresholds[0]) >>> SHIFT;
      long highestKey = Double.doubleToRawLongBits(thresholds[radii.length - 1]) >>> SHIFT;
      firstThreshold = new int[(int) (highestKey - lowestKey) + 1];
      int next = 0;
      for (int k = 0; k < firstThreshold.length; k++) {
        double low = Double.longBitsToDouble((lowestKey + k) << SHIFT);
        while (next < thresholds.length && thresholds[next] < low) {
          next++;
        }
        firstThreshold[k] = next;
      }
    }

    private static double[] octaveRadii(double largestSquare) {
      int steps = OCTAVES << BIN_BITS;
      double[] radii = new double[steps + 1];
      for (int i = 0; i <= steps; i++) {
        radii[i] =
            Math.sqrt(largestSquare) * StrictMath.pow(2, -0.5 * (steps - i) / (1 << BIN_BITS));
      }
      return radii;
    }

    /** The largest number whose square root is not above the radius. */
    private static double largestSquareWithin(double radius) {
      double square = radius * radius;
      while (Math.sqrt(square) > radius) {
        square = Math.nextDown(square);
      }
      while (Math.sqrt(Math.nextUp(square)) <= radius) {
        square = Math.nextUp(square);
      }
      return square;
    }

    double largestRadius() {
      return largestRadius;
    }

    void add(double square) {
      long key = (Double.doubleToRawLongBits(square) >>> SHIFT) - lowestKey;
      int at =
          key < 0
              ? 0
              : key >= firstThreshold.length ? thresholds.length : firstThreshold[(int) key];
      while (at < thresholds.length && square > thresholds[at]) {
        at++;
      }
      counts[at]++;
    }

    long total() {
      long total = 0;
      for (int i = 0; i < thresholds.length; i++) {
        total += counts[i];
      }
      return total;
    }

    long[] cumulated() {
      long[] cumulated = new long[thresholds.length];
      long sum = 0;
      for (int i = 0; i < cumulated.length; i++) {
        sum += counts[i];
        cumulated[i] = sum;
      }
      return cumulated;
    }

    List<Point> region(long fewest, long most) {
      List<Point> region = new ArrayList<>();
      long[] cumulated = cumulated();
      for (int i = 0; i < cumulated.length; i++) {
        if (cumulated[i] >= fewest && cumulated[i] <= most) {
          region.add(new Point(radii[i], cumulated[i]));
        }
      }
      return region;
    }
  }
}

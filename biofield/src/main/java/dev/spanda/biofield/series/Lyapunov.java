package dev.spanda.biofield.series;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Largest Lyapunov exponent: the rate at which neighbouring courses of a series part.
 *
 * <p>Each delay vector {@code u_i = (x_i, x_{i+lag}, …)} is paired with the nearest one that is
 * further away in time than the window, and both are followed. S(k) is the mean over the middle
 * half of all pairs of the logarithm of their distance k steps later. The exponent is the
 * least-squares slope of S over k in the scaling region, in nats a step: positive for chaos, 0 for
 * a periodic series, without meaning for noise, which has no small distances to follow.
 *
 * <p><b>The region.</b> It begins at {@code (m − 1)·lag} steps, when nothing that made the pair
 * nearest is left in the vectors. It ends where S is within 1.2 nats of what unrelated pairs have;
 * in a flow (lag 3 or more) already where S has grown by 1.5 nats, because the courses of a flow
 * fold back long before they are unrelated. In a flow the slope of S also swings with every return
 * of the course, by a third on the Lorenz system; so the fit ends after the last whole return of
 * the region, if it holds one. A return is the mean time between maxima of the series. The result
 * is marked unreliable when the region holds fewer than four points or less than one nat, when the
 * fit leaves more than a fifth of a nat, or when the slope is not positive.
 *
 * <p><b>Two departures</b> from the published method. When the lag is 3 or more the series is taken
 * for a sampled flow: the part of the distance along the course itself, which does not grow, is
 * taken off, and the partner is moved on or back a step when that brings it nearer. And the middle
 * half of the pairs is averaged instead of all, so that the pairs that have parted already do not
 * bend the curve.
 *
 * <p>The rule's constants were set on the logistic map, the Hénon map and the Lorenz system. At
 * 4000 values the mean error over twenty starts is then −0.4 %, −0.8 % and +4 % (step 0.012; +1 %
 * at 0.02 and 0.03, −4 % at 0.05), and on systems that it was not set on +0.3 % (Ikeda map), −2 %
 * (Rössler, step 0.1) and −2 % (Mackey–Glass, delay 17). One series of 4000 values scatters about
 * these means by 0.4, 1.8, 8, 2, 13 and 16 %, because a flow of that length holds few returns; 10
 * 000 values of the Rössler system scatter by 1 %.
 *
 * <p>Sources: Rosenstein, Collins and De Luca, Physica D 65 (1993) 117; window: Theiler, Phys. Rev.
 * A 34 (1986) 2427. Immutable and thread-safe.
 *
 * @param embedding number of coordinates m, 1 to 10, default 4
 * @param lag steps between coordinates, 1 to 10 000, or {@link #AUTOMATIC}: the first at which the
 *     autocorrelation is below 1 − 1/e
 * @param window pairs up to this many steps apart are left out, 0 to 100 000, or {@link
 *     #AUTOMATIC}: the larger of the mean period and (m − 1)·lag, but no more than a quarter of the
 *     vectors
 */
public record Lyapunov(int embedding, int lag, int window) {

  /** For lag and window: chosen from the series. */
  public static final int AUTOMATIC = -1;

  /** Longest series that is taken. */
  public static final int LONGEST_SERIES = 1 << 18;

  /** Four coordinates, lag and window chosen from the series. */
  public static final Lyapunov DEFAULT = new Lyapunov(4, AUTOMATIC, AUTOMATIC);

  private static final int SHORTEST_SERIES = 100;
  private static final int FEWEST_PAIRS = 20;
  private static final int MOST_POINTS = 1000;
  private static final int SMALLEST_FLOW_LAG = 3;
  private static final double GROWTH = 1.5;
  private static final double BELOW_UNRELATED = 1.2;

  /**
   * One point of the divergence curve.
   *
   * @param steps since the pairs were nearest
   * @param logDistance mean natural logarithm of the distance, in the unit of the series
   */
  public record Point(int steps, double logDistance) {}

  /**
   * An exponent and what it was fitted to.
   *
   * @param value nats a step; empty for a constant series and when fewer than 20 pairs, or fewer
   *     than two points, could be followed
   * @param reliable whether the region passes every test named above
   * @param lag the lag that was used
   * @param window the window that was used
   * @param unrelated the logarithmic distance of unrelated pairs; NaN without a value
   * @param regionStart first step of the fit
   * @param regionEnd last step of the fit
   * @param curve the divergence curve up to the end of the region, ascending in steps
   */
  public record Result(
      OptionalDouble value,
      boolean reliable,
      int lag,
      int window,
      double unrelated,
      int regionStart,
      int regionEnd,
      List<Point> curve) {
    /** Copies the curve. */
    public Result {
      curve = List.copyOf(curve);
    }

    /**
     * The exponent in nats a unit of time.
     *
     * @param step time between two values of the series, above 0
     */
    public OptionalDouble perUnit(double step) {
      if (!(step > 0)) {
        throw Failure.outOfRange("step", "Step", step, Double.MIN_VALUE, Double.MAX_VALUE, "");
      }
      return value.isPresent()
          ? OptionalDouble.of(value.getAsDouble() / step)
          : OptionalDouble.empty();
    }
  }

  /**
   * The slope of the whole curve over a fixed number of steps, as {@code nolds.lyap_r} fits it by
   * least squares: all pairs, plain distances, no region. Numbers repeat the package's within 1e-9.
   *
   * @param embedding number of coordinates, 1 to 20, default 5
   * @param lag steps between coordinates, 1 to 10 000, default 1
   * @param separation pairs up to this many steps apart are left out, 0 to 100 000, default 10
   * @param steps points of the curve, 2 to 10 000, default 20
   */
  public record WholeCurve(int embedding, int lag, int separation, int steps) {

    /** Five coordinates, lag 1, separation 10, twenty points. */
    public static final WholeCurve DEFAULT = new WholeCurve(5, 1, 10, 20);

    /** Checks the parameters. */
    public WholeCurve {
      SeriesInput.requireInRange("embedding", "Embedding", embedding, 1, 20);
      SeriesInput.requireInRange("lag", "Lag", lag, 1, 10_000);
      SeriesInput.requireInRange("separation", "Separation", separation, 0, 100_000);
      SeriesInput.requireInRange("steps", "Steps", steps, 2, 10_000);
    }

    /** A copy with another lag. */
    public WholeCurve withLag(int newLag) {
      return new WholeCurve(embedding, newLag, separation, steps);
    }

    /**
     * The slope of a series; never marked reliable, because nothing is tested.
     *
     * @param series at least 100 finite values, and enough for {@code (embedding − 1)·lag + steps +
     *     2·separation + 2}; at most 262 144; not modified
     * @throws Failure INVALID when the series is too short or holds a value that is not finite;
     *     TOO_LARGE when it is too long
     */
    public Result measure(double[] series) {
      int shortest = (embedding - 1) * lag + steps + 2 * separation + 2;
      SeriesInput.require(series, Math.max(SHORTEST_SERIES, shortest), LONGEST_SERIES);
      int count = series.length - (embedding - 1) * lag - steps + 1;
      int[] neighbours = Divergence.neighbours(series, embedding, lag, separation, count);
      LogSum logs = Divergence.follow(series, embedding, lag, neighbours, steps);
      List<Point> curve = new ArrayList<>(steps);
      for (int k = 0; k < steps; k++) {
        if (logs.count(k) > 0) {
          curve.add(new Point(k, 0.5 * logs.sum(k) / logs.count(k)));
        }
      }
      OptionalDouble value =
          curve.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(slope(curve));
      return new Result(value, false, lag, separation, Double.NaN, 0, steps - 1, curve);
    }
  }

  /** Checks the parameters. */
  public Lyapunov {
    SeriesInput.requireInRange("embedding", "Embedding", embedding, 1, 10);
    if (lag != AUTOMATIC) {
      SeriesInput.requireInRange("lag", "Lag", lag, 1, 10_000);
    }
    if (window != AUTOMATIC) {
      SeriesInput.requireInRange("window", "Window", window, 0, 100_000);
    }
  }

  /** What {@code nolds.lyap_r} gives with a least-squares fit, at {@link WholeCurve#DEFAULT}. */
  public static WholeCurve nolds() {
    return WholeCurve.DEFAULT;
  }

  /** A copy with another number of coordinates, 1 to 10. */
  public Lyapunov withEmbedding(int newEmbedding) {
    return new Lyapunov(newEmbedding, lag, window);
  }

  /** A copy with another lag, 1 to 10 000 or {@link #AUTOMATIC}. */
  public Lyapunov withLag(int newLag) {
    return new Lyapunov(embedding, newLag, window);
  }

  /** A copy with another window, 0 to 100 000 or {@link #AUTOMATIC}. */
  public Lyapunov withWindow(int newWindow) {
    return new Lyapunov(embedding, lag, newWindow);
  }

  /**
   * The exponent of a series.
   *
   * @param series 100 to 262 144 finite values, longer than (m − 1)·lag + window by at least 20;
   *     not modified
   * @throws Failure INVALID when the series is too short or holds a value that is not finite;
   *     TOO_LARGE when it is too long
   */
  public Result measure(double[] series) {
    SeriesInput.require(series, SHORTEST_SERIES, LONGEST_SERIES);
    if (SeriesInput.standardDeviation(series, 0) == 0) {
      return empty(Math.max(1, lag), Math.max(0, window));
    }
    int usedLag = lag == AUTOMATIC ? DelayRule.lag(series) : lag;
    int span = (embedding - 1) * usedLag;
    // A flow is looked at a step before and after each vector.
    int vectors = series.length - span - 2;
    int usedWindow =
        window == AUTOMATIC
            ? Math.min(Math.max(DelayRule.meanPeriod(series), span), Math.max(0, vectors / 4))
            : window;
    if (vectors - usedWindow < FEWEST_PAIRS) {
      int shortest = span + 2 + (window == AUTOMATIC ? 0 : usedWindow) + FEWEST_PAIRS;
      throw Failure.invalid(
              "series",
              series.length,
              "Series has "
                  + series.length
                  + " values; this embedding, lag and window need at least "
                  + shortest)
          .with(Failure.MIN_VALUE, shortest);
    }
    return new Course(series, embedding, usedLag, usedWindow, vectors).measure();
  }

  private static Result empty(int lag, int window) {
    return new Result(OptionalDouble.empty(), false, lag, window, Double.NaN, 0, 0, List.of());
  }

  private static double slope(List<Point> curve) {
    double[] x = new double[curve.size()];
    double[] y = new double[curve.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = curve.get(i).steps();
      y[i] = curve.get(i).logDistance();
    }
    return SeriesInput.slope(x, y, x.length);
  }

  /** All pairs of one series, a step at a time. */
  private static final class Course {

    private final double[] x;
    private final int embedding;
    private final int lag;
    private final int window;
    private final boolean flow;

    /** Vectors begin at 1 and end before this. */
    private final int end;

    private final int[] partners;
    private final double[] squares;

    Course(double[] x, int embedding, int lag, int window, int vectors) {
      this.x = x;
      this.embedding = embedding;
      this.lag = lag;
      this.window = window;
      flow = lag >= SMALLEST_FLOW_LAG;
      end = vectors + 1;
      // The search begins at the second value; the index in the tree is one less.
      double[] shifted = Arrays.copyOfRange(x, 1, x.length);
      // A tenth is kept back, so that a partner near the end does not drop out at once.
      int followed = Math.max(vectors - Math.min(vectors / 10, 400), Math.min(vectors, window + 2));
      partners = Divergence.neighbours(shifted, embedding, lag, window, followed);
      squares = new double[followed];
    }

    Result measure() {
      int begin = (embedding - 1) * lag;
      int stride = flow ? Math.max(1, lag / 4) : 1;
      int longest = Math.max(begin + 8 * stride, Math.min(x.length / 4, MOST_POINTS * stride));
      double unrelated = unrelated();
      List<Point> curve = new ArrayList<>();
      double limit = unrelated - BELOW_UNRELATED;
      boolean begun = false;
      for (int k = 0; k <= longest; k += stride) {
        int count = advance(k);
        if (count < FEWEST_PAIRS) {
          break;
        }
        Point point = new Point(k, midmean(squares, count));
        if (k >= begin && !begun) {
          begun = true;
          if (flow) {
            limit = Math.min(limit, point.logDistance() + GROWTH);
          }
        }
        curve.add(point);
        // A point before the region that is far out already will not come back.
        if (point.logDistance() > limit && (begun || point.logDistance() > unrelated - 0.3)) {
          break;
        }
      }
      if (curve.size() < 2) {
        return empty(lag, window);
      }
      return fit(curve, begin, limit, unrelated);
    }

    private Result fit(List<Point> curve, int begin, double limit, double unrelated) {
      List<Point> region = new ArrayList<>();
      for (Point point : curve) {
        if (point.steps() >= begin && point.logDistance() <= limit) {
          region.add(point);
        }
      }
      boolean tooFew = region.size() < 4;
      List<Point> fitted = tooFew ? curve : flow ? wholeReturns(region) : region;
      double value = slope(fitted);
      Point first = fitted.get(0);
      Point last = fitted.get(fitted.size() - 1);
      boolean reliable =
          !tooFew
              && value > 0
              && region.get(region.size() - 1).logDistance() - first.logDistance() >= 1
              && deviation(fitted, value) <= 0.2;
      return new Result(
          OptionalDouble.of(value),
          reliable,
          lag,
          window,
          unrelated,
          first.steps(),
          last.steps(),
          curve);
    }

    /** The region up to its last whole return; all of it when it holds none. */
    private List<Point> wholeReturns(List<Point> region) {
      int maxima = 0;
      for (int i = 1; i < x.length - 1; i++) {
        if (x[i] > x[i - 1] && x[i] >= x[i + 1]) {
          maxima++;
        }
      }
      int first = region.get(0).steps();
      double period = (double) x.length / Math.max(1, maxima);
      double whole = Math.floor((region.get(region.size() - 1).steps() - first) / period) * period;
      List<Point> cut = new ArrayList<>();
      for (Point point : region) {
        if (point.steps() - first <= whole) {
          cut.add(point);
        }
      }
      return cut.size() < 4 ? region : cut;
    }

    private static double deviation(List<Point> points, double slope) {
      double meanX = 0;
      double meanY = 0;
      for (Point point : points) {
        meanX += (double) point.steps() / points.size();
        meanY += point.logDistance() / points.size();
      }
      double sum = 0;
      for (Point point : points) {
        double rest = point.logDistance() - meanY - slope * (point.steps() - meanX);
        sum += rest * rest;
      }
      return Math.sqrt(sum / points.size());
    }

    /** Fills the squared distances after {@code k} steps, zeros left out; returns how many. */
    private int advance(int k) {
      int count = 0;
      for (int i = 0; i < partners.length; i++) {
        if (partners[i] < 0) {
          continue;
        }
        int a = i + 1 + k;
        int b = partners[i] + 1 + k;
        if (a >= end || b >= end || b < 1) {
          continue;
        }
        double square;
        if (flow) {
          int better = nearer(a, b);
          partners[i] += better - b;
          square = across(a, better);
        } else {
          square = CorrelationDimension.squaredDistance(x, a, b, embedding, lag);
        }
        if (square > 0) {
          squares[count++] = square;
        }
      }
      return count;
    }

    /** The step of the partner's course that is level with {@code a}, up to three steps away. */
    private int nearer(int a, int b) {
      int at = b;
      for (int tries = 0; tries < 3; tries++) {
        double along = 0;
        double speed = 0;
        for (int q = 0, o = 0; q < embedding; q++, o += lag) {
          double velocity = 0.5 * (x[at + o + 1] - x[at + o - 1]);
          along += (x[a + o] - x[at + o]) * velocity;
          speed += velocity * velocity;
        }
        int move = along > 0.5 * speed ? 1 : along < -0.5 * speed ? -1 : 0;
        int next = at + move;
        if (move == 0 || next < 1 || next >= end || Math.abs(next - a) <= window) {
          return at;
        }
        at = next;
      }
      return at;
    }

    /** Squared distance without the part along the course at {@code b}. */
    private double across(int a, int b) {
      double square = 0;
      double along = 0;
      double speed = 0;
      for (int q = 0, o = 0; q < embedding; q++, o += lag) {
        double difference = x[a + o] - x[b + o];
        double velocity = x[b + o + 1] - x[b + o - 1];
        square += difference * difference;
        along += difference * velocity;
        speed += velocity * velocity;
      }
      // What is left of the subtraction is no better than its rounding.
      return speed > 0 ? Math.max(square - along * along / speed, 1e-13 * square) : square;
    }

    /** Mean logarithm of the distances of 4096 pairs drawn evenly, by the same rule. */
    private double unrelated() {
      int sample = 4096;
      double[] drawn = new double[sample];
      int count = 0;
      long state = 0x9E3779B97F4A7C15L;
      for (int k = 0; k < 4 * sample && count < sample; k++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        int a = 1 + (int) ((state >>> 33) % (end - 1));
        state = state * 6364136223846793005L + 1442695040888963407L;
        int b = 1 + (int) ((state >>> 33) % (end - 1));
        if (Math.abs(a - b) > window) {
          double square =
              flow ? across(a, b) : CorrelationDimension.squaredDistance(x, a, b, embedding, lag);
          if (square > 0) {
            drawn[count++] = square;
          }
        }
      }
      return count == 0 ? Double.NaN : midmean(drawn, count);
    }

    /** Half the mean logarithm of the middle half; the numbers are put in another order. */
    private static double midmean(double[] squares, int count) {
      int from = count / 4;
      int to = count - count / 4;
      select(squares, 0, count - 1, from);
      if (to < count) {
        select(squares, from, count - 1, to);
      }
      LogSum logs = new LogSum(1);
      for (int i = from; i < to; i++) {
        logs.add(0, squares[i]);
      }
      return 0.5 * logs.sum(0) / (to - from);
    }

    private static void select(double[] values, int from, int to, int rank) {
      int low = from;
      int high = to;
      while (low < high) {
        double pivot = values[(low + high) >>> 1];
        int i = low;
        int j = high;
        while (i <= j) {
          while (values[i] < pivot) {
            i++;
          }
          while (values[j] > pivot) {
            j--;
          }
          if (i <= j) {
            double swap = values[i];
            values[i++] = values[j];
            values[j--] = swap;
          }
        }
        if (rank <= j) {
          high = j;
        } else if (rank >= i) {
          low = i;
        } else {
          return;
        }
      }
    }
  }
}

package dev.spanda.biofield.series;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Detrended fluctuation analysis: how the residue around a local trend grows with the window.
 *
 * <p>The series is summed to a profile {@code y_k = Σ_{i≤k} (x_i − mean)}; for each window length s
 * the profile is cut into windows, a polynomial is taken off in each, and {@code F(s)} is the root
 * of the mean of their mean squared residues. The exponent α is the slope of ln F over ln s: 0.5
 * for a series without memory, H for fractional Gaussian noise, 1.5 for a random walk. It is ≥ 0
 * for any series but not bounded above in general; with order 1 it does not exceed 2.
 *
 * <p>By default F is first divided by what white noise gives, {@code E[F²] = (s² − 4)/(15 s)} for
 * order 1 and unit variance, which takes away the bend at short windows.
 *
 * <p>Sources: Peng et al., Phys. Rev. E 49 (1994) 1685; windows from both ends: Kantelhardt et al.,
 * Physica A 295 (2001) 441. The white-noise expectation follows from the residue of a random walk
 * about its least-squares line. Immutable and thread-safe.
 *
 * @param order degree of the local trend, 1 to 3, default 1
 * @param cut how windows are laid, default {@link Cut#BOTH_ENDS}
 * @param corrected whether F is divided by its expectation on white noise, default true; order 1
 *     only
 */
public record Dfa(int order, Cut cut, boolean corrected) {

  /** Longest series that is taken. */
  public static final int LONGEST_SERIES = 1 << 22;

  private static final int SHORTEST_SERIES = 100;

  /** How windows are laid over the profile. */
  public enum Cut {
    /** Side by side, once from the beginning and once from the end. */
    BOTH_ENDS,
    /** Side by side from the beginning. */
    FROM_START,
    /** Each begins half a window after the one before. */
    HALF_OVERLAP
  }

  /**
   * The fluctuation at one window length.
   *
   * @param length values in a window
   * @param count windows of this length
   * @param fluctuation F, in the unit of the series, before any correction
   */
  public record Window(int length, int count, double fluctuation) {}

  /**
   * An exponent and what it was fitted to.
   *
   * @param alpha the slope; empty when fewer than two window lengths have a fluctuation above 0, as
   *     with a constant series
   * @param windows the window lengths with a fluctuation above 0, ascending
   */
  public record Result(OptionalDouble alpha, List<Window> windows) {
    /** Copies the windows. */
    public Result {
      windows = List.copyOf(windows);
    }
  }

  /** Order 1, windows from both ends, divided by the expectation on white noise. */
  public static final Dfa DEFAULT = new Dfa(1, Cut.BOTH_ENDS, true);

  /** Checks the order. */
  public Dfa {
    SeriesInput.requireInRange("order", "Order", order, 1, 3);
    if (corrected && order != 1) {
      throw Failure.invalid(
          "corrected", order, "The white-noise correction is known for order 1; was " + order);
    }
  }

  /**
   * What {@code nolds.dfa} computes by default with a least-squares fit: half-overlapping windows,
   * no correction, lengths from 4 to a tenth of the series growing by 1.2.
   */
  public static Dfa nolds() {
    return new Dfa(1, Cut.HALF_OVERLAP, false);
  }

  /** What {@code antropy.detrended_fluctuation} computes: windows side by side, no correction. */
  public static Dfa antropy() {
    return new Dfa(1, Cut.FROM_START, false);
  }

  /** A copy with another degree of the local trend; the correction goes off for other than 1. */
  public Dfa withOrder(int newOrder) {
    return new Dfa(newOrder, cut, corrected && newOrder == 1);
  }

  /**
   * Fits the exponent of a series by ordinary least squares over window lengths that grow by about
   * 1.2 from 4 (8 at order 2, 12 at order 3) to a tenth of the series. Root mean square error of
   * the default on fractional Gaussian noise with H from 0.1 to 0.9: at most 0.042 at 1000 values
   * and 0.025 at 4000.
   *
   * @param series 100 to 4 194 304 finite values; not modified
   * @throws Failure INVALID when the series is too short or holds a value that is not finite;
   *     TOO_LARGE when it is too long
   */
  public Result measure(double[] series) {
    SeriesInput.require(series, SHORTEST_SERIES, LONGEST_SERIES);
    if (SeriesInput.isConstant(series)) {
      return new Result(OptionalDouble.empty(), List.of());
    }
    double[] profile = profile(series);
    int[] lengths = lengths(4, 0.1 * series.length);
    List<Window> windows = new ArrayList<>(lengths.length);
    for (int length : lengths) {
      if (length < 4 * order) {
        continue;
      }
      Window window = window(profile, length);
      if (window.fluctuation() > 0) {
        windows.add(window);
      }
    }
    return new Result(alpha(windows), windows);
  }

  private OptionalDouble alpha(List<Window> windows) {
    int count = windows.size();
    if (count < 2) {
      return OptionalDouble.empty();
    }
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      double length = windows.get(i).length();
      x[i] = StrictMath.log(length);
      y[i] = StrictMath.log(windows.get(i).fluctuation());
      if (corrected) {
        y[i] -= 0.5 * StrictMath.log((length * length - 4) / (15 * length));
      }
    }
    return OptionalDouble.of((corrected ? 0.5 : 0) + SeriesInput.slope(x, y, count));
  }

  private static double[] profile(double[] series) {
    double mean = SeriesInput.mean(series);
    double[] profile = new double[series.length];
    double sum = 0;
    for (int i = 0; i < series.length; i++) {
      sum += series[i] - mean;
      profile[i] = sum;
    }
    return profile;
  }

  /** Lengths from the shortest to the longest, each about 1.2 times the one before. */
  private static int[] lengths(int shortest, double longest) {
    List<Integer> lengths = new ArrayList<>();
    lengths.add(shortest);
    int steps = (int) Math.floor(StrictMath.log(longest / shortest) / StrictMath.log(1.2));
    for (int i = 0; i <= steps; i++) {
      int length = (int) Math.floor(shortest * StrictMath.pow(1.2, i));
      if (length > lengths.get(lengths.size() - 1)) {
        lengths.add(length);
      }
    }
    return lengths.stream().mapToInt(Integer::intValue).toArray();
  }

  private Window window(double[] profile, int length) {
    int n = profile.length;
    int step = cut == Cut.HALF_OVERLAP ? length / 2 : length;
    // Half-overlapping windows end before the last full one, as the package they repeat does.
    int last = cut == Cut.HALF_OVERLAP ? n - length - 1 : n - length;
    double sum = 0;
    int count = 0;
    double[][] basis = order == 1 ? new double[0][] : basis(length, order);
    for (int start = 0; start <= last; start += step) {
      sum += residue(profile, start, length, basis);
      count++;
    }
    if (cut == Cut.BOTH_ENDS) {
      for (int start = n - length; start >= 0; start -= length) {
        sum += residue(profile, start, length, basis);
        count++;
      }
    }
    return new Window(length, count, Math.sqrt(sum / length / count));
  }

  private static double residue(double[] y, int start, int length, double[][] basis) {
    return basis.length == 0
        ? lineResidue(y, start, length)
        : polynomialResidue(y, start, length, basis);
  }

  /**
   * Sum of squared residues about the least-squares line, in one pass over four lanes: with fewer
   * the additions wait for each other, and the pass takes nearly twice as long.
   */
  private static double lineResidue(double[] y, int start, int length) {
    double first = y[start];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double t0 = 0;
    double t1 = 0;
    double t2 = 0;
    double t3 = 0;
    double q0 = 0;
    double q1 = 0;
    double q2 = 0;
    double q3 = 0;
    int t = 0;
    double place = 0;
    for (int at = start; t + 3 < length; t += 4, at += 4, place += 4) {
      double a = y[at] - first;
      double b = y[at + 1] - first;
      double c = y[at + 2] - first;
      double d = y[at + 3] - first;
      s0 += a;
      s1 += b;
      s2 += c;
      s3 += d;
      t0 += place * a;
      t1 += place * b;
      t2 += place * c;
      t3 += place * d;
      q0 += a * a;
      q1 += b * b;
      q2 += c * c;
      q3 += d * d;
    }
    // Lanes 1 to 3 stand one to three steps behind the place that they were multiplied by.
    double products = t0 + t1 + (t2 + t3) + (s1 + 2 * s2 + 3 * s3);
    for (; t < length; t++) {
      double a = y[start + t] - first;
      s0 += a;
      products += t * a;
      q0 += a * a;
    }
    double sum = s0 + s1 + (s2 + s3);
    double squares = q0 + q1 + (q2 + q3);
    double middle = (length - 1) * 0.5;
    double spread = length * ((double) length * length - 1) / 12;
    double slope = (products - middle * sum) / spread;
    double residue = squares - sum * sum / length - slope * slope * spread;
    // What the subtraction above has cancelled is taken anew, residue by residue.
    return residue > 1e-5 * squares
        ? residue
        : secondPass(y, start, length, first + sum / length, slope);
  }

  private static double secondPass(double[] y, int start, int length, double level, double slope) {
    double middle = (length - 1) * 0.5;
    double sum = 0;
    for (int t = 0; t < length; t++) {
      double residue = y[start + t] - level - slope * (t - middle);
      sum += residue * residue;
    }
    return sum;
  }

  private static double polynomialResidue(double[] y, int start, int length, double[][] basis) {
    double[] rest = new double[length];
    for (int t = 0; t < length; t++) {
      rest[t] = y[start + t] - y[start];
    }
    for (double[] function : basis) {
      double product = 0;
      for (int t = 0; t < length; t++) {
        product += rest[t] * function[t];
      }
      for (int t = 0; t < length; t++) {
        rest[t] -= product * function[t];
      }
    }
    double sum = 0;
    for (double value : rest) {
      sum += value * value;
    }
    return sum;
  }

  /** Orthonormal polynomials of degree 0 to {@code order} on {@code length} equal steps. */
  private static double[][] basis(int length, int order) {
    double[][] basis = new double[order + 1][length];
    for (int degree = 0; degree <= order; degree++) {
      double[] function = basis[degree];
      for (int t = 0; t < length; t++) {
        double place = (2.0 * t - (length - 1)) / (length - 1);
        double power = 1;
        for (int k = 0; k < degree; k++) {
          power *= place;
        }
        function[t] = power;
      }
      // Twice, so that rounding leaves nothing of the lower degrees.
      for (int pass = 0; pass < 2; pass++) {
        for (int lower = 0; lower < degree; lower++) {
          double product = 0;
          for (int t = 0; t < length; t++) {
            product += function[t] * basis[lower][t];
          }
          for (int t = 0; t < length; t++) {
            function[t] -= product * basis[lower][t];
          }
        }
        double squares = 0;
        for (double value : function) {
          squares += value * value;
        }
        double norm = Math.sqrt(squares);
        for (int t = 0; t < length; t++) {
          function[t] /= norm;
        }
      }
    }
    return basis;
  }
}

package dev.spanda.biofield.series;

import dev.spanda.core.Failure;
import java.util.OptionalDouble;

/**
 * Recurrence rate: the share of pairs of moments at which a series does nearly the same.
 *
 * <p>With the templates {@code u_i = (x_i … x_{i+m−1})}, the rate is the number of pairs {@code i <
 * j} whose largest coordinate difference is at most {@code factor} population standard deviations,
 * divided by the number of all pairs; 0 to 1. A moment is never paired with itself. Independent
 * Gaussian values have {@code erf(factor/2)^m}.
 *
 * <p>Source: Eckmann, Kamphorst and Ruelle, Europhys. Lett. 4 (1987) 973; rate as in Marwan et al.,
 * Phys. Rep. 438 (2007) 237, eq. 40 without the main diagonal. Immutable and thread-safe.
 *
 * @param length template length m, 1 to 16, default 2
 * @param factor tolerance in population standard deviations, above 0 up to 100, default 0.2
 */
public record Recurrence(int length, double factor) {

  /** Length 2, tolerance 0.2 standard deviations. */
  public static final Recurrence DEFAULT = new Recurrence(2, 0.2);

  /**
   * What was counted.
   *
   * @param matches pairs that recur
   * @param pairs all pairs
   * @param rate matches over pairs, 0 to 1; empty for a constant series, whose deviation is 0
   */
  public record Result(long matches, long pairs, OptionalDouble rate) {}

  /** Checks the parameters. */
  public Recurrence {
    SeriesInput.requireInRange("length", "Template length", length, 1, 16);
    if (!(factor > 0)) {
      throw Failure.outOfRange("factor", "Factor", factor, Double.MIN_VALUE, 100, "");
    }
    Failure.requireInRange("factor", "Factor", factor, 0, 100, "");
  }

  /**
   * Counts the recurrences of a series.
   *
   * @param series {@code length + 2} to 1 048 576 finite values; not modified
   * @throws Failure INVALID when the series is too short or holds a value that is not finite;
   *     TOO_LARGE when it is too long
   */
  public Result measure(double[] series) {
    SeriesInput.require(series, length + 2, SampleEntropy.LONGEST_SERIES);
    long templates = (long) series.length - length;
    long pairs = templates * (templates - 1) / 2;
    double radius = factor * SeriesInput.standardDeviation(series, 0);
    if (radius == 0) {
      return new Result(0, pairs, OptionalDouble.empty());
    }
    NeighbourBitmaps near = new NeighbourBitmaps(series, radius, true);
    long matches = SampleEntropy.countRuns(near, series.length, length)[0];
    return new Result(matches, pairs, OptionalDouble.of((double) matches / pairs));
  }
}

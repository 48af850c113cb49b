package dev.spanda.core.attunement;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;

/** The tests behind a {@link Reading}, worked out from what was counted. */
final class Tests {

  private static final long FEWEST_BITS_FOR_RUNS = 100;
  private static final long FEWEST_BYTES_FOR_CHI_SQUARE = 5 * 256;
  private static final long FEWEST_BYTES_FOR_SERIAL = 100;
  private static final double EPSILON = 1e-14;

  /** Continued fractions of the beta function converge within about the root of the bits. */
  private static final int MOST_STEPS = 1_000_000;

  private Tests() {}

  static Reading read(BitStatistics.State state) {
    long bits = 8 * state.bytes();
    long ones = state.ones();
    if (bits == 0) {
      OptionalDouble none = OptionalDouble.empty();
      return new Reading(
          0, 0, 1, none, none, none, none, none, none, Reading.Trend.NEUTRAL, List.of(), 8);
    }
    OptionalDouble chiSquare = chiSquare(state);
    OptionalDouble serial = serialCorrelation(state);
    return new Reading(
        bits,
        (2.0 * ones - bits) / (2.0 * bits),
        binomial(ones, bits),
        OptionalDouble.of((2.0 * ones - bits) / Math.sqrt(bits)),
        runs(state.runs(), ones, bits),
        chiSquare,
        chiSquare.isEmpty()
            ? chiSquare
            : OptionalDouble.of(
                Gamma.regularizedGammaQ(
                    255 / 2.0, chiSquare.getAsDouble() / 2, EPSILON, MOST_STEPS)),
        serial,
        serialPValue(serial, state.bytes()),
        trend(state),
        state.path(),
        8 * state.stride());
  }

  /** Two-sided: the smaller tail twice, as the distribution is symmetric. */
  static double binomial(long ones, long bits) {
    long tail = Math.min(ones, bits - ones);
    if (2 * tail == bits) {
      return 1;
    }
    // P(X ≤ k) = I_{1/2}(n − k, k + 1)
    return Math.min(1, 2 * Beta.regularizedBeta(0.5, bits - tail, tail + 1.0, EPSILON, MOST_STEPS));
  }

  private static OptionalDouble runs(long runs, long ones, long bits) {
    double share = (double) ones / bits;
    if (bits < FEWEST_BITS_FOR_RUNS || Math.abs(share - 0.5) >= 2 / Math.sqrt(bits)) {
      return OptionalDouble.empty();
    }
    double expected = 2 * bits * share * (1 - share);
    double scale = 2 * Math.sqrt(2.0 * bits) * share * (1 - share);
    return OptionalDouble.of(Erf.erfc(Math.abs(runs - expected) / scale));
  }

  private static OptionalDouble chiSquare(BitStatistics.State state) {
    if (state.bytes() < FEWEST_BYTES_FOR_CHI_SQUARE) {
      return OptionalDouble.empty();
    }
    double expected = state.bytes() / 256.0;
    double sum = 0;
    for (long count : state.histogram()) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return OptionalDouble.of(sum);
  }

  private static OptionalDouble serialCorrelation(BitStatistics.State state) {
    if (state.bytes() < FEWEST_BYTES_FOR_SERIAL) {
      return OptionalDouble.empty();
    }
    double count = state.bytes();
    double sum = 0;
    double squares = 0;
    for (int value = 0; value < 256; value++) {
      double times = state.histogram().get(value);
      sum += times * value;
      squares += times * value * value;
    }
    double products = state.byteProducts() + (double) state.lastByte() * state.firstByte();
    double spread = count * squares - sum * sum;
    return spread == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((count * products - sum * sum) / spread);
  }

  private static OptionalDouble serialPValue(OptionalDouble correlation, long bytes) {
    if (correlation.isEmpty()) {
      return correlation;
    }
    double count = bytes;
    double mean = -1 / (count - 1);
    double deviation = Math.sqrt(count * count / ((count - 1) * (count - 1) * (count - 2)));
    double z = (correlation.getAsDouble() - mean) / deviation;
    return OptionalDouble.of(Erf.erfc(Math.abs(z) / Math.sqrt(2)));
  }

  private static Reading.Trend trend(BitStatistics.State state) {
    List<Long> path = state.path();
    int quarter = path.size() / 4;
    if (quarter == 0) {
      return Reading.Trend.NEUTRAL;
    }
    long change = path.get(path.size() - 1) - path.get(path.size() - 1 - quarter);
    double deviation = Math.sqrt(8.0 * state.stride() * quarter);
    if (change > deviation) {
      return Reading.Trend.POSITIVE;
    }
    return change < -deviation ? Reading.Trend.NEGATIVE : Reading.Trend.NEUTRAL;
  }
}

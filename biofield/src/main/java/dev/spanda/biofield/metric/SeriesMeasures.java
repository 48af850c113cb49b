package dev.spanda.biofield.metric;

import dev.spanda.biofield.series.CorrelationDimension;
import dev.spanda.biofield.series.Dfa;
import dev.spanda.biofield.series.Hurst;
import dev.spanda.biofield.series.Lyapunov;
import dev.spanda.biofield.series.SampleEntropy;
import java.util.OptionalDouble;

/**
 * The five nonlinear measures of a series at their defaults; NaN where the series does not define
 * one.
 *
 * @param hurst {@link Hurst#measure}
 * @param lyapunov {@link Lyapunov#DEFAULT}, nats a step
 * @param dfa {@link Dfa#DEFAULT}
 * @param sampleEntropyBits {@link SampleEntropy#DEFAULT}, bits
 * @param correlationDimension {@link CorrelationDimension#DEFAULT}
 */
public record SeriesMeasures(
    double hurst,
    double lyapunov,
    double dfa,
    double sampleEntropyBits,
    double correlationDimension) {

  /** Shorter series define nothing. */
  public static final int SHORTEST = 128;

  /** Nothing is defined. */
  public static final SeriesMeasures NONE =
      new SeriesMeasures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * Measures one series.
   *
   * @param series any number of finite values, at most 131 072; not modified
   * @return {@link #NONE} for fewer than 128 values
   */
  public static SeriesMeasures of(double[] series) {
    return mean(scaling(series), neighbours(series));
  }

  /** Hurst, DFA and sample entropy; the others are NaN. */
  static SeriesMeasures scaling(double[] series) {
    if (series.length < SHORTEST) {
      return NONE;
    }
    return new SeriesMeasures(
        value(Hurst.measure(series).value()),
        Double.NaN,
        value(Dfa.DEFAULT.measure(series).alpha()),
        value(SampleEntropy.DEFAULT.measure(series).bits()),
        Double.NaN);
  }

  /** The two that look for neighbours in space, whose time grows fastest; the others are NaN. */
  static SeriesMeasures neighbours(double[] series) {
    if (series.length < SHORTEST) {
      return NONE;
    }
    return new SeriesMeasures(
        Double.NaN,
        value(Lyapunov.DEFAULT.measure(series).value()),
        Double.NaN,
        Double.NaN,
        value(CorrelationDimension.DEFAULT.measure(series).value()));
  }

  private static double value(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }

  /** Mean of each measure over those that define it. */
  static SeriesMeasures mean(SeriesMeasures... all) {
    double[] sums = new double[5];
    int[] counts = new int[5];
    for (SeriesMeasures one : all) {
      double[] values = {
        one.hurst, one.lyapunov, one.dfa, one.sampleEntropyBits, one.correlationDimension
      };
      for (int i = 0; i < 5; i++) {
        if (!Double.isNaN(values[i])) {
          sums[i] += values[i];
          counts[i]++;
        }
      }
    }
    for (int i = 0; i < 5; i++) {
      sums[i] = counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
    }
    return new SeriesMeasures(sums[0], sums[1], sums[2], sums[3], sums[4]);
  }
}

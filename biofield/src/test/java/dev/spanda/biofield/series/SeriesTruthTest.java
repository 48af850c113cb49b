package dev.spanda.biofield.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.fractal.CurveDimension;
import dev.spanda.core.Failure;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The defaults on series whose measures are known. All seeds are fixed. */
class SeriesTruthTest {

  private static double error(
      int runs, double truth, LongFunction<double[]> source, ToDoubleFunction<double[]> measure) {
    double sum = 0;
    for (int run = 0; run < runs; run++) {
      double rest = measure.applyAsDouble(source.apply(7919L * run + 17)) - truth;
      sum += rest * rest;
    }
    return Math.sqrt(sum / runs);
  }

  private static double meanErrorOverHurst(int n, int runs, ToDoubleFunction<double[]> measure) {
    double sum = 0;
    for (int tenth = 1; tenth <= 9; tenth++) {
      double h = tenth / 10.0;
      sum += error(runs, h, seed -> KnownSeries.fractionalNoise(n, h, seed), measure);
    }
    return sum / 9;
  }

  private static double hurst(double[] series) {
    return Hurst.measure(series).value().orElseThrow();
  }

  private static double alpha(double[] series) {
    return Dfa.DEFAULT.measure(series).alpha().orElseThrow();
  }

  @Test
  void hurstIsWithin22ThousandthsAt1000Values() {
    assertThat(meanErrorOverHurst(1000, 40, SeriesTruthTest::hurst)).isLessThan(0.022);
  }

  @Test
  void hurstIsWithin13ThousandthsAt4000Values() {
    assertThat(meanErrorOverHurst(4000, 15, SeriesTruthTest::hurst)).isLessThan(0.013);
  }

  @Test
  void hurstStatesItsOwnErrorAndFitsFractionalNoise() {
    Hurst.Estimate estimate = Hurst.measure(KnownSeries.fractionalNoise(4000, 0.7, 3));
    assertThat(estimate.standardError()).isBetween(0.009, 0.012);
    assertThat(estimate.misfit()).isFalse();
  }

  @Test
  void hurstSaysThatASineIsNoFractionalNoise() {
    assertThat(Hurst.measure(ReferenceSeries.read("sine_4000")).misfit()).isTrue();
    assertThat(Hurst.measure(ReferenceSeries.read("lorenz_x_4000")).misfit()).isTrue();
  }

  @Test
  void fluctuationExponentIsWithin42ThousandthsAt1000Values() {
    assertThat(meanErrorOverHurst(1000, 40, SeriesTruthTest::alpha)).isLessThan(0.042);
  }

  @Test
  void whiteNoiseHasSampleEntropyOfMinusLogErfOneTenth() {
    // Two Gaussian values are within 0.2 of each other with probability erf(0.1) = 0.112463; the
    // estimate scatters by about 0.005 at 16 000 values.
    SampleEntropy.Result result = SampleEntropy.DEFAULT.measure(KnownSeries.white(16_000, 5));
    assertThat(result.nats().orElseThrow()).isCloseTo(2.18513, within(0.02));
    assertThat(result.bits().orElseThrow()).isCloseTo(2.18513 / Math.log(2), within(0.03));
  }

  @Test
  void noiseFillsEveryEmbeddingUpToFive() {
    double[] series = KnownSeries.white(10_000, 11);
    for (int embedding = 1; embedding <= 5; embedding++) {
      assertThat(
              CorrelationDimension.DEFAULT
                  .withEmbedding(embedding)
                  .measure(series)
                  .value()
                  .orElseThrow())
          .isCloseTo(embedding, Percentage.withPercentage(5));
    }
    for (int embedding = 1; embedding <= 5; embedding++) {
      assertThat(
              CorrelationDimension.DEFAULT
                  .withEmbedding(embedding)
                  .measure(ReferenceSeries.read("white_4000"))
                  .value()
                  .orElseThrow())
          .isCloseTo(embedding, Percentage.withPercentage(5));
    }
  }

  @Test
  void lorenzAttractorHasDimension2Point05() {
    for (double start : new double[] {1.37, 4.37, 6.37}) {
      assertThat(
              CorrelationDimension.DEFAULT
                  .measure(KnownSeries.lorenz(10_000, 0.012, start))
                  .value()
                  .orElseThrow())
          .isCloseTo(2.05, Percentage.withPercentage(10));
    }
  }

  @Test
  void henonAttractorHasDimension1Point22() {
    assertThat(
            CorrelationDimension.DEFAULT
                .measure(KnownSeries.henon(10_000, 0.1))
                .value()
                .orElseThrow())
        .isCloseTo(1.22, Percentage.withPercentage(10));
  }

  @Test
  void lyapunovExponentIsWithinFivePercentOnItsThreeSystems() {
    assertExponent(ReferenceSeries.read("logistic4_4000"), Math.log(2), 5);
    assertExponent(ReferenceSeries.read("lorenz_x_4000"), 0.9056 * 0.012, 5);
    assertExponent(KnownSeries.henon(4000, 0.1), 0.4192, 5);
  }

  /** Mean relative error over twenty starts, in percent. */
  private static double meanError(double truth, LongFunction<double[]> source) {
    double sum = 0;
    for (int start = 0; start < 20; start++) {
      sum += Lyapunov.DEFAULT.measure(source.apply(start)).value().orElseThrow() / truth - 1;
    }
    return 100 * sum / 20;
  }

  @Test
  void lyapunovExponentIsWithinFivePercentInTheMeanOfTwentyStarts() {
    assertThat(meanError(Math.log(2), i -> KnownSeries.logistic(4000, 0.101 + 0.037 * i)))
        .isBetween(-5.0, 5.0);
    assertThat(meanError(0.4192, i -> KnownSeries.henon(4000, 0.1 + 0.02 * i)))
        .isBetween(-5.0, 5.0);
    for (double step : new double[] {0.012, 0.02, 0.03}) {
      assertThat(meanError(0.9056 * step, i -> KnownSeries.lorenz(4000, step, 1.37 + 0.71 * i)))
          .isBetween(-5.0, 5.0);
    }
    assertThat(meanError(0.5076, i -> KnownSeries.ikeda(4000, 0.1 + 0.02 * i)))
        .isBetween(-5.0, 5.0);
    assertThat(meanError(0.00714, i -> KnownSeries.rossler(4000, 0.1, 1.37 + 0.31 * i)))
        .isBetween(-5.0, 5.0);
    assertThat(meanError(0.00512, i -> KnownSeries.mackeyGlass(4000, 17, 1, 1.1 + 0.01 * i)))
        .isBetween(-5.0, 5.0);
  }

  @Test
  void lyapunovExponentHoldsOnSystemsItWasNotSetOn() {
    // One orbit of a flow scatters; the means over ten starts are in the Javadoc.
    assertExponent(KnownSeries.ikeda(4000, 0.1), 0.5076, 6);
    assertExponent(KnownSeries.rossler(10_000, 0.1, 1.37), 0.00714, 15);
    assertExponent(KnownSeries.mackeyGlass(4000, 17, 1, 1.1), 0.00512, 20);
  }

  private static void assertExponent(double[] series, double truth, double percent) {
    Lyapunov.Result result = Lyapunov.DEFAULT.measure(series);
    assertThat(result.value().orElseThrow()).isCloseTo(truth, Percentage.withPercentage(percent));
    assertThat(result.reliable()).isTrue();
  }

  @Test
  void lyapunovExponentOfNoiseAndOfASineIsMarkedUnreliable() {
    assertThat(Lyapunov.DEFAULT.measure(ReferenceSeries.read("white_4000")).reliable()).isFalse();
    Lyapunov.Result sine = Lyapunov.DEFAULT.measure(ReferenceSeries.read("sine_4000"));
    assertThat(sine.reliable()).isFalse();
    assertThat(sine.value().orElseThrow()).isCloseTo(0, within(0.002));
  }

  @Test
  void higuchisDimensionIsTwoForNoiseAndOneAndAHalfForAWalk() {
    double[] noise = KnownSeries.white(10_000, 3);
    double[] walk = noise.clone();
    for (int i = 1; i < walk.length; i++) {
      walk[i] += walk[i - 1];
    }
    assertThat(CurveDimension.higuchi(noise, 10).orElseThrow()).isCloseTo(2, within(0.01));
    assertThat(CurveDimension.higuchi(walk, 10).orElseThrow()).isCloseTo(1.5, within(0.02));
    assertThat(CurveDimension.higuchi(new double[100], 10)).isEmpty();
    assertThat(CurveDimension.katz(new double[100])).isEmpty();
    assertThat(CurveDimension.petrosian(new double[100])).isEqualTo(1);
    assertThatThrownBy(() -> CurveDimension.higuchi(new double[100], 1))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> CurveDimension.katz(new double[19])).isInstanceOf(Failure.class);
    walk[5] = Double.NaN;
    assertThatThrownBy(() -> CurveDimension.petrosian(walk)).isInstanceOf(Failure.class);
  }

  @Test
  void independentValuesRecurAsTheErrorFunctionSays() {
    double expected = Math.pow(2 * 0.5 * 0.1124629160182849, 2);
    assertThat(Recurrence.DEFAULT.measure(KnownSeries.white(8000, 2)).rate().orElseThrow())
        .isCloseTo(expected, Percentage.withPercentage(4));
  }
}

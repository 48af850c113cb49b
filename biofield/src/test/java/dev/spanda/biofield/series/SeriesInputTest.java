package dev.spanda.biofield.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SeriesInputTest {

  private static final List<Consumer<double[]>> MEASURES =
      List.of(
          SampleEntropy.DEFAULT::measure,
          Recurrence.DEFAULT::measure,
          Hurst::measure,
          Hurst::rescaledRange,
          Dfa.DEFAULT::measure,
          CorrelationDimension.DEFAULT::measure,
          series -> CorrelationDimension.nolds(series, 3, 1),
          Lyapunov.DEFAULT::measure,
          Lyapunov.WholeCurve.DEFAULT::measure);

  private static Failure failure(Runnable call) {
    return catchThrowableOfType(Failure.class, call::run);
  }

  @Test
  void valuesThatAreNoFiniteNumberAreRefused() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e150}) {
      double[] series = KnownSeries.white(500, 1);
      series[321] = bad;
      for (Consumer<double[]> measure : MEASURES) {
        Failure failure = failure(() -> measure.accept(series));
        assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
        assertThat(failure.subject()).isEqualTo("series");
        assertThat(failure.details())
            .containsEntry("index", 321)
            .containsEntry(Failure.PROVIDED_VALUE, Double.toString(bad));
      }
    }
  }

  @Test
  void seriesThatAreTooShortAreRefusedWithTheirLength() {
    for (Consumer<double[]> measure : MEASURES) {
      Failure failure = failure(() -> measure.accept(new double[3]));
      assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
      assertThat(failure.details())
          .containsEntry(Failure.PROVIDED_VALUE, 3)
          .containsKey(Failure.MIN_VALUE);
    }
  }

  @Test
  void seriesThatAreTooLongAreRefusedBeforeAnythingIsAllocated() {
    double[] series = new double[(1 << 22) + 1];
    for (Consumer<double[]> measure : MEASURES) {
      assertThat(failure(() -> measure.accept(series)).reason())
          .isEqualTo(Failure.Reason.TOO_LARGE);
    }
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    for (Runnable call :
        List.<Runnable>of(
            () -> SampleEntropy.DEFAULT.withLength(0),
            () -> SampleEntropy.DEFAULT.withLength(17),
            () -> new SampleEntropy.Tolerance.Absolute(-1),
            () -> new SampleEntropy.Tolerance.Absolute(Double.NaN),
            () -> new SampleEntropy.Tolerance.OfDeviation(0, false),
            () -> new Recurrence(2, Double.NaN),
            () -> Dfa.nolds().withOrder(4),
            () -> new Dfa(2, Dfa.Cut.BOTH_ENDS, true),
            () -> CorrelationDimension.DEFAULT.withEmbedding(11),
            () -> CorrelationDimension.DEFAULT.withLag(0),
            () -> CorrelationDimension.DEFAULT.withWindow(-2),
            () -> CorrelationDimension.DEFAULT.withLag(200).measure(KnownSeries.white(500, 1)),
            () ->
                CorrelationDimension.DEFAULT.pairs(
                    KnownSeries.white(500, 1), new double[] {0.2, 0.1}),
            () -> Lyapunov.DEFAULT.withEmbedding(0),
            () -> Lyapunov.DEFAULT.withWindow(490).measure(KnownSeries.white(500, 1)),
            () -> new Lyapunov.WholeCurve(5, 1, 10, 1))) {
      assertThat(failure(call).reason()).isEqualTo(Failure.Reason.INVALID);
    }
  }

  @Test
  void aConstantSeriesHasNoMeasures() {
    // The mean of 500 times 0.1 is not 0.1 in binary.
    double[] series = new double[500];
    Arrays.fill(series, 0.1);
    assertThat(SampleEntropy.DEFAULT.measure(series).nats()).isEmpty();
    assertThat(Recurrence.DEFAULT.measure(series).rate()).isEmpty();
    assertThat(Hurst.measure(series).value()).isEmpty();
    assertThat(Hurst.measure(series).misfit()).isFalse();
    assertThat(Hurst.rescaledRange(series).corrected()).isEmpty();
    assertThat(Dfa.DEFAULT.measure(series).alpha()).isEmpty();
    assertThat(CorrelationDimension.DEFAULT.measure(series).value()).isEmpty();
    assertThat(CorrelationDimension.nolds(series, 3, 1).withSelfMatches()).isEmpty();
    assertThat(Lyapunov.DEFAULT.measure(series).value()).isEmpty();
    assertThat(Lyapunov.WholeCurve.DEFAULT.measure(series).value()).isEmpty();
  }

  @Test
  void aSeriesOfTwoValuesHasFiniteMeasuresOrNone() {
    double[] series = new double[500];
    for (int i = 0; i < series.length; i++) {
      series[i] = i % 7 == 0 ? 1 : 0;
    }
    for (Consumer<double[]> measure : MEASURES) {
      measure.accept(series);
    }
    CorrelationDimension.Result dimension = CorrelationDimension.DEFAULT.measure(series);
    dimension.value().ifPresent(value -> assertThat(value).isFinite());
    Lyapunov.DEFAULT.measure(series).value().ifPresent(value -> assertThat(value).isFinite());
  }

  @Test
  void theMeasuresDoNotDependOnTheScale() {
    double[] series = ReferenceSeries.read("lorenz_x_1000");
    double[] scaled = new double[series.length];
    double factor = 0x1p-40;
    for (int i = 0; i < series.length; i++) {
      scaled[i] = series[i] * factor;
    }
    assertThat(SampleEntropy.DEFAULT.measure(scaled).matches())
        .isEqualTo(SampleEntropy.DEFAULT.measure(series).matches());
    assertThat(Lyapunov.DEFAULT.measure(scaled).value().orElseThrow())
        .isCloseTo(
            Lyapunov.DEFAULT.measure(series).value().orElseThrow(),
            org.assertj.core.data.Offset.offset(1e-9));
    assertThat(CorrelationDimension.DEFAULT.measure(scaled).value().orElseThrow())
        .isCloseTo(
            CorrelationDimension.DEFAULT.measure(series).value().orElseThrow(),
            org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void noMeasureChangesTheSeries() {
    double[] series = KnownSeries.white(600, 9);
    double[] copy = series.clone();
    for (Consumer<double[]> measure : MEASURES) {
      measure.accept(series);
    }
    assertThat(series).containsExactly(copy);
  }
}

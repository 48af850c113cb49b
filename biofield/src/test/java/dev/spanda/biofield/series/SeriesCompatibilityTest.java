package dev.spanda.biofield.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.fractal.CurveDimension;
import dev.spanda.biofield.series.SampleEntropy.Comparison;
import dev.spanda.biofield.series.SampleEntropy.Tolerance;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What nolds, antropy and NeuroKit2 answer. Counts are integers and must be equal; values are fits
 * of the same numbers and may differ by rounding only, for which 1e-9 is ample.
 */
class SeriesCompatibilityTest {

  private static final Offset<Double> ROUNDING = within(1e-9);

  static List<String> names() {
    return ReferenceSeries.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void sampleEntropyCountsAreEqual(String name) {
    double[] series = ReferenceSeries.read(name);
    for (String entry :
        List.of(
            "sampen_m2_r02sd0_strict",
            "sampen_m2_r02sd1_closed",
            "sampen_m1_r02sd0_strict",
            "sampen_m3_r02sd0_strict",
            "sampen_m2_r015sd0_strict")) {
      String key = name + "/" + entry + "/";
      boolean closed = Boolean.parseBoolean(ReferenceSeries.text(key + "closed"));
      Tolerance byDeviation =
          new Tolerance.OfDeviation(entry.contains("r015") ? 0.15 : 0.2, entry.contains("sd1"));
      Tolerance absolute = new Tolerance.Absolute(ReferenceSeries.number(key + "r"));
      for (Tolerance tolerance : List.of(byDeviation, absolute)) {
        SampleEntropy.Result result =
            new SampleEntropy(
                    (int) ReferenceSeries.number(key + "m"),
                    tolerance,
                    closed ? Comparison.UP_TO : Comparison.BELOW)
                .measure(series);
        assertThat(result.matches()).as(key).isEqualTo(ReferenceSeries.integers(key + "B")[0]);
        assertThat(result.longerMatches())
            .as(key)
            .isEqualTo(ReferenceSeries.integers(key + "A")[0]);
        assertThat(result.nats().orElseThrow())
            .isCloseTo(ReferenceSeries.number(key + "value"), ROUNDING);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void sampleEntropyOfEachPackageIsRepeated(String name) {
    double[] series = ReferenceSeries.read(name);
    assertThat(SampleEntropy.neurokit().measure(series).nats().orElseThrow())
        .isCloseTo(ReferenceSeries.number(name + "/sampen_m2_r02sd1_closed/value"), ROUNDING);
    if (ReferenceSeries.has(name + "/nolds_sampen_check")) {
      assertThat(SampleEntropy.nolds().measure(series).nats().orElseThrow())
          .isCloseTo(ReferenceSeries.number(name + "/nolds_sampen_check"), ROUNDING);
      assertThat(SampleEntropy.antropy().measure(series).nats().orElseThrow())
          .isCloseTo(ReferenceSeries.number(name + "/antropy_sampen_check"), ROUNDING);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void rescaledRangeIsRepeated(String name) {
    Hurst.RescaledRange result = Hurst.rescaledRange(ReferenceSeries.read(name));
    String key = name + "/hurst_rs/";
    assertThat(result.windows())
        .extracting(window -> (long) window.length())
        .containsExactly(boxed(ReferenceSeries.integers(key + "nvals")));
    double[] ranges = ReferenceSeries.numbers(key + "rs");
    double[] expected = ReferenceSeries.numbers(key + "expected_rs");
    for (int i = 0; i < ranges.length; i++) {
      assertThat(result.windows().get(i).range()).isCloseTo(ranges[i], ROUNDING);
      assertThat(result.windows().get(i).expected()).isCloseTo(expected[i], ROUNDING);
    }
    assertThat(result.corrected().orElseThrow())
        .isCloseTo(ReferenceSeries.number(key + "corrected"), ROUNDING);
    assertThat(result.uncorrected().orElseThrow())
        .isCloseTo(ReferenceSeries.number(key + "uncorrected"), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("names")
  void detrendedFluctuationIsRepeated(String name) {
    double[] series = ReferenceSeries.read(name);
    String key = name + "/dfa/";
    Dfa.Result nolds = Dfa.nolds().measure(series);
    assertThat(nolds.windows())
        .extracting(window -> (long) window.length())
        .containsExactly(boxed(ReferenceSeries.integers(key + "nvals")));
    double[] fluctuations = ReferenceSeries.numbers(key + "F");
    for (int i = 0; i < fluctuations.length; i++) {
      assertThat(nolds.windows().get(i).fluctuation()).isCloseTo(fluctuations[i], ROUNDING);
    }
    assertThat(nolds.alpha().orElseThrow())
        .isCloseTo(ReferenceSeries.number(key + "alpha"), ROUNDING);
    assertThat(Dfa.nolds().withOrder(2).measure(series).alpha().orElseThrow())
        .isCloseTo(ReferenceSeries.number(key + "alpha_order2"), ROUNDING);
    assertThat(Dfa.antropy().measure(series).alpha().orElseThrow())
        .isCloseTo(ReferenceSeries.number(key + "alpha_nonoverlap"), ROUNDING)
        .isCloseTo(ReferenceSeries.number(key + "antropy"), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("names")
  void correlationSumsAreEqual(String name) {
    double[] series = ReferenceSeries.read(name);
    for (int embedding = 3; embedding <= 5; embedding++) {
      String key = name + "/corr_dim_emb" + embedding + "/";
      CorrelationDimension.NoldsResult result = CorrelationDimension.nolds(series, embedding, 1);
      assertThat(result.vectors()).isEqualTo((int) ReferenceSeries.number(key + "vectors"));
      assertThat(result.points())
          .extracting(CorrelationDimension.Point::pairs)
          .containsExactly(boxed(ReferenceSeries.integers(key + "pairs")));
      assertThat(result.withSelfMatches().orElseThrow())
          .isCloseTo(ReferenceSeries.number(key + "nolds_with_self_matches"), ROUNDING);
      assertThat(result.withoutSelfMatches().orElseThrow())
          .isCloseTo(ReferenceSeries.number(key + "D2_true_no_self"), ROUNDING);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void divergenceIsRepeated(String name) {
    String key = name + "/lyap_r/";
    Lyapunov.Result result =
        new Lyapunov.WholeCurve(
                (int) ReferenceSeries.number(key + "emb"),
                (int) ReferenceSeries.number(key + "lag"),
                (int) ReferenceSeries.number(key + "min_tsep"),
                (int) ReferenceSeries.number(key + "trajectory_len"))
            .measure(ReferenceSeries.read(name));
    double[] divergence = ReferenceSeries.numbers(key + "divergence");
    assertThat(result.curve()).hasSize(divergence.length);
    for (int k = 0; k < divergence.length; k++) {
      assertThat(result.curve().get(k).logDistance()).isCloseTo(divergence[k], ROUNDING);
    }
    assertThat(result.perUnit(ReferenceSeries.number(key + "tau")).orElseThrow())
        .isCloseTo(ReferenceSeries.number(key + "value"), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("names")
  void dimensionsOfTheGraphAreRepeated(String name) {
    // Recorded for 1000 values only.
    if (ReferenceSeries.has(name + "/antropy_higuchi_fd")) {
      double[] series = ReferenceSeries.read(name);
      assertThat(CurveDimension.higuchiAsAntropy(series, 10).orElseThrow())
          .isCloseTo(ReferenceSeries.number(name + "/antropy_higuchi_fd"), ROUNDING);
      assertThat(CurveDimension.katz(series).orElseThrow())
          .isCloseTo(ReferenceSeries.number(name + "/antropy_katz_fd"), ROUNDING);
      assertThat(CurveDimension.petrosian(series))
          .isCloseTo(ReferenceSeries.number(name + "/antropy_petrosian_fd"), ROUNDING);
    }
  }

  private static Long[] boxed(long[] values) {
    Long[] boxed = new Long[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }
}

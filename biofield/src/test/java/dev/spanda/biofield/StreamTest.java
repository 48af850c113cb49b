package dev.spanda.biofield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.metric.SeriesMeasures;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTest {

  private static final Analyzer LIVE = new Analyzer(Analyzer.Profile.REALTIME);

  /** A small frame whose brightness is the given gray. */
  private static Frame frame(int gray) {
    int[] pixels = new int[32 * 24];
    for (int i = 0; i < pixels.length; i++) {
      int shade = Math.min(255, gray + (i % 32 > 15 ? 20 : 0) + i / 32 % 3);
      pixels[i] = shade << 16 | shade / 2 << 8 | shade / 3;
    }
    return Frame.of(32, 24, pixels);
  }

  private static List<String> inputs(Analysis analysis, String score) {
    return analysis.contributions().get(score).stream().map(Analysis.Contribution::input).toList();
  }

  @Test
  void theFirstFrameIsMeasuredLikeASinglePicture() {
    assertThat(LIVE.stream().next(frame(90))).isEqualTo(LIVE.analyze(frame(90)));
  }

  @Test
  void fromTheSecondFrameOnTimeCounts() {
    Analyzer.Stream stream = LIVE.stream();
    stream.next(frame(90));
    Analysis second = stream.next(frame(100));
    assertThat(inputs(second, "coherence")).contains("temporalStability");
    assertThat(inputs(second, "regulation"))
        .contains("intensityVariation", "areaVariation")
        .doesNotContain("recurrence");
  }

  @Test
  void aSteadyPictureIsStableAndAJumpingOneIsNot() {
    Frame one = ProbePictures.all().get("figure");
    Frame other = ProbePictures.all().get("stripes");
    Analyzer.Stream steady = LIVE.stream();
    Analyzer.Stream jumping = LIVE.stream();
    Analysis calm = steady.next(one);
    Analysis wild = jumping.next(one);
    for (int i = 0; i < 5; i++) {
      calm = steady.next(one);
      wild = jumping.next(i % 2 == 0 ? other : one);
    }
    assertThat(value(calm, "coherence", "temporalStability")).isCloseTo(1, within(1e-12));
    assertThat(value(calm, "regulation", "intensityVariation")).isEqualTo(1);
    assertThat(value(wild, "coherence", "temporalStability")).isLessThan(0.5);
    assertThat(value(wild, "regulation", "intensityVariation")).isLessThan(1);
  }

  private static double value(Analysis analysis, String score, String input) {
    return analysis.contributions().get(score).stream()
        .filter(part -> part.input().equals(input))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void after128FramesTheSeriesIsTheSessionsOwn() {
    Analyzer.Stream stream = LIVE.stream();
    double[] series = new double[SeriesMeasures.SHORTEST];
    Analysis last = LIVE.analyze(frame(90));
    long state = 7;
    for (int i = 0; i < series.length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      last = stream.next(frame(60 + (int) (state >>> 58)));
      series[i] = last.metrics().basic().avgIntensity();
      if (i == series.length - 2) {
        assertThat(inputs(last, "regulation")).doesNotContain("recurrence");
      }
    }
    SeriesMeasures expected = SeriesMeasures.of(series);
    assertThat(last.metrics().nonlinear().hurstExponent()).isEqualTo(expected.hurst());
    assertThat(last.metrics().nonlinear().dfaAlpha()).isEqualTo(expected.dfa());
    assertThat(last.metrics().nonlinear().sampleEntropy()).isEqualTo(expected.sampleEntropyBits());
    assertThat(last.metrics().nonlinear().lyapunovExponent()).isEqualTo(expected.lyapunov());
    assertThat(inputs(last, "regulation")).contains("recurrence", "dfaAlpha");
  }

  @Test
  void aSessionInWhichNothingChangesDefinesNoSeries() {
    Analyzer.Stream stream = LIVE.stream();
    Analysis last = stream.next(frame(90));
    for (int i = 1; i < 200; i++) {
      last = stream.next(frame(90));
    }
    assertThat(last.metrics().nonlinear().hurstExponent()).isNaN();
    assertThat(inputs(last, "coherence")).doesNotContain("hurstExponent");
    assertThat(last.scores().coherence()).isBetween(0.0, 100.0);
    assertThat(stream.frames()).isEqualTo(200);
  }

  @Test
  void anEmptyMaskLeavesNoTraceInTime() {
    Analyzer.Stream with = LIVE.stream();
    Analyzer.Stream without = LIVE.stream();
    with.next(frame(90));
    without.next(frame(90));
    Frame lost = frame(0);
    with.next(lost, Mask.full(lost).rectangle(0, 0, 0, 0));
    assertThat(with.next(frame(120))).isEqualTo(without.next(frame(120)));
    assertThat(with.frames()).isEqualTo(3);
  }
}

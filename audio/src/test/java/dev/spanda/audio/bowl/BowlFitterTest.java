package dev.spanda.audio.bowl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.synth.Precision;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BowlFitterTest {

  static Stream<Bowl> bowls() {
    return Stream.concat(Bowl.measured().stream(), Stream.of(RingLaw.of(136.1).bowl()));
  }

  @ParameterizedTest
  @MethodSource("bowls")
  void everyModeOfOurOutputIsFoundAgain(Bowl bowl) {
    requireSame(bowl, new BowlFitter().fit(struck(bowl), "again"), 0.1, 0.01, 0.01);
  }

  @ParameterizedTest
  @MethodSource("bowls")
  void noiseAtMinus60DbUnderAHardBlowLeavesHalfACentAndFivePercent(Bowl bowl) {
    // A hard mallet, so that the weakest member of every doublet stands above the noise.
    float[] samples =
        BowlSynth.of(bowl)
            .length(Duration.ofSeconds(12))
            .stroke(new Stroke.Strike(Duration.ZERO, 1, Math.PI / 9, 0.9))
            .build()
            .render()
            .channel(0);
    Random random = new Random(60);
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (float) (0.001 * random.nextGaussian());
    }
    requireSame(
        bowl, new BowlFitter().fit(Pcm.of(SampleRate.CD, samples), "again"), 0.5, 0.05, 0.05);
  }

  private static Pcm struck(Bowl bowl) {
    return BowlSynth.of(bowl)
        .length(Duration.ofSeconds(12))
        .precision(Precision.PRECISE)
        .build()
        .render();
  }

  private static void requireSame(
      Bowl bowl, Bowl found, double cents, double t60Part, double beatHz) {
    assertThat(found.modes()).as("%s%n%s", bowl.modes(), found.modes()).hasSameSizeAs(bowl.modes());
    for (int i = 0; i < found.modes().size(); i++) {
      Bowl.Mode expected = bowl.modes().get(i);
      Bowl.Mode mode = found.modes().get(i);
      String which = bowl.name() + " mode " + i + " " + expected + " " + mode;
      assertThat(1200 * Math.log(mode.lowerHz() / expected.lowerHz()) / Math.log(2))
          .as("cents, " + which)
          .isCloseTo(0, Offset.offset(cents));
      assertThat(1200 * Math.log(mode.upperHz() / expected.upperHz()) / Math.log(2))
          .as("cents, " + which)
          .isCloseTo(0, Offset.offset(cents));
      assertThat(mode.splitHz())
          .as("beat, " + which)
          .isCloseTo(expected.splitHz(), Offset.offset(beatHz));
      assertThat(mode.t60Seconds() / expected.t60Seconds())
          .as("T60, " + which)
          .isCloseTo(1, Offset.offset(t60Part));
    }
  }

  @Test
  void aFittedBowlSoundsAsLoudInEachModeAsTheRecording() {
    Bowl bowl = RingLaw.of(300).withSplit(0).withOctaveLine(false).bowl();
    for (Bowl.Mode mode : new BowlFitter().fit(struck(bowl), "again").modes()) {
      assertThat(mode.amplitude()).isCloseTo(1, Offset.offset(0.02));
    }
  }

  @Test
  void silenceIsRefused() {
    assertThatThrownBy(
            () -> new BowlFitter().fit(Pcm.of(SampleRate.CD, new float[100_000]), "nothing"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("silent");
  }

  @Test
  void aRecordingThatIsTooShortIsRefused() {
    Pcm second = BowlSynth.of(Bowl.PRAYER).length(Duration.ofSeconds(1)).build().render();
    assertThatThrownBy(() -> new BowlFitter().fit(second, "short"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("1.5 s");
  }

  @Test
  void noiseAloneIsRefused() {
    Random random = new Random(1);
    float[] noise = new float[200_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    assertThatThrownBy(() -> new BowlFitter().fit(Pcm.of(SampleRate.CD, noise), "noise"))
        .isInstanceOf(Failure.class);
  }
}

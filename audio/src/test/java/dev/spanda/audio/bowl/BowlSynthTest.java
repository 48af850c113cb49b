package dev.spanda.audio.bowl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.audio.synth.Carrier;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BowlSynthTest {

  private static final Duration TWO = Duration.ofSeconds(2);

  private static float[] samples(Sound sound) {
    return sound.render().channel(0);
  }

  private static float[] samples(ToneSettings settings) {
    return samples(BowlSynth.from(settings, SampleRate.CD));
  }

  private static double amplitudeAt(float[] samples, double hz) {
    double re = 0;
    double im = 0;
    double sum = 0;
    for (int i = 0; i < samples.length; i++) {
      double window = 1 - Math.cos(2 * Math.PI * (i + 0.5) / samples.length);
      sum += window;
      re += window * samples[i] * Math.cos(2 * Math.PI * hz * i / 44_100);
      im += window * samples[i] * Math.sin(2 * Math.PI * hz * i / 44_100);
    }
    return 2 * Math.hypot(re, im) / sum;
  }

  @Test
  void thirtySecondsAtCdRateIs1323000Samples() {
    assertThat(
            BowlSynth.from(ToneSettings.of(136.1, Duration.ofSeconds(30)), SampleRate.CD).frames())
        .isEqualTo(1_323_000);
  }

  @Test
  void noSampleExceedsTheVolume() {
    for (Bowl bowl : Bowl.measured()) {
      Sound sound =
          BowlSynth.of(bowl)
              .volume(1)
              .length(TWO)
              .strokes(Stroke.every(Duration.ofMillis(100), TWO))
              .stroke(Stroke.rubAt(Duration.ofMillis(500), Duration.ofSeconds(1)))
              .build();
      for (float sample : samples(sound)) {
        assertThat(Math.abs(sample)).isLessThanOrEqualTo(1f);
      }
    }
  }

  @Test
  void theBeginningAndTheEndAreWithoutAStep() {
    float[] samples = samples(ToneSettings.of(136.1, TWO));
    assertThat(Math.abs(samples[0])).isLessThan(1e-4f);
    assertThat(Math.abs(samples[samples.length - 1])).isLessThan(1e-4f);
  }

  @Test
  void volumeIsALinearGain() {
    float[] full = samples(ToneSettings.of(200, TWO).withVolume(1));
    float[] half = samples(ToneSettings.of(200, TWO).withVolume(0.5));
    assertThat(half[20_000] * 2).isCloseTo(full[20_000], Offset.offset(1e-6f));
  }

  @Test
  void withoutHarmonicStrengthTheFundamentalRingsAlone() {
    double second = Bowl.PRAYER.tunedTo(200).modes().get(1).lowerHz();
    ToneSettings settings = ToneSettings.of(200, TWO).withModulationDepth(0);
    assertThat(amplitudeAt(samples(settings.withHarmonicStrength(0)), second)).isLessThan(1e-5);
    assertThat(amplitudeAt(samples(settings.withHarmonicStrength(1)), second)).isGreaterThan(0.02);
  }

  @Test
  void modulationDepthMakesSidebandsOfAQuarterOfTheDepth() {
    ToneSettings settings = ToneSettings.of(1000, TWO).withPrayerBowlMode(false).withVolume(0.5);
    assertThat(amplitudeAt(samples(settings.withModulationDepth(0.4)), 1004))
        .isCloseTo(0.5 * 0.1, Offset.offset(0.001));
    assertThat(amplitudeAt(samples(settings.withModulationDepth(0)), 1004)).isLessThan(1e-4);
  }

  @Test
  void schumannsFrequencyIsInaudibleUnlessItIsCarried() {
    ToneSettings plain = ToneSettings.of(7.83, TWO);
    assertThat(BowlSynth.from(plain, SampleRate.CD).isAudible()).isFalse();
    for (Carrier carrier :
        List.of(
            new Carrier.AmplitudeModulated(200),
            new Carrier.Isochronic(200),
            new Carrier.Binaural(200))) {
      BowlSynth carried = BowlSynth.from(plain.withCarrier(carrier), SampleRate.CD);
      assertThat(carried.isAudible()).isTrue();
      assertThat(carried.channels()).isEqualTo(carrier instanceof Carrier.Binaural ? 2 : 1);
    }
  }

  @Test
  void anEarlierStrikeRingsOnBeneathALaterOne() {
    BowlSynth.Builder once = BowlSynth.of(Bowl.SMALL_140_MM).length(TWO).volume(0.1);
    float[] alone = samples(once.stroke(Stroke.strikeAt(Duration.ZERO)).build());
    float[] twice = samples(once.stroke(Stroke.strikeAt(Duration.ofSeconds(1))).build());
    // Only the common gain differs before the second blow.
    assertThat(twice[30_000] / alone[30_000])
        .isCloseTo(twice[40_000] / alone[40_000], Offset.offset(1e-3f));
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> ToneSettings.of(0.05, TWO)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> ToneSettings.of(200, Duration.ZERO)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> ToneSettings.of(200, TWO).withVolume(1.1)).isInstanceOf(Failure.class);
  }

  @Test
  void theRingLawGivesTheKnownRatios() {
    Bowl bowl = RingLaw.of(100).withGamma(1).withOctaveLine(false).bowl();
    double[] ratios = {1, 2.828, 5.423, 8.771, 12.866, 17.709, 23.30};
    for (int i = 0; i < ratios.length; i++) {
      assertThat(bowl.modes().get(i).frequencyHz() / 100)
          .isCloseTo(ratios[i], Offset.offset(0.005));
    }
  }
}

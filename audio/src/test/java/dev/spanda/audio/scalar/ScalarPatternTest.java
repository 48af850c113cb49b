package dev.spanda.audio.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarPatternTest {

  private static ScalarPattern.Wave wave(double hz, double amplitude, int seconds) {
    return new ScalarPattern.Wave(hz, amplitude, Duration.ofSeconds(seconds), SampleRate.CD, 9);
  }

  @ParameterizedTest
  @EnumSource(ScalarPattern.class)
  void noSampleExceedsTheAmplitudeAndTheSoundIsNotSilent(ScalarPattern pattern) {
    float[] samples = pattern.sound(wave(97.3, 0.8, 5)).render().channel(0);
    assertThat(samples).hasSize(220_500);
    float largest = 0;
    for (float sample : samples) {
      largest = Math.max(largest, Math.abs(sample));
    }
    assertThat(largest).isBetween(0.1f, 0.800001f);
  }

  @ParameterizedTest
  @EnumSource(ScalarPattern.class)
  void anyPartIsThatPartOfTheWhole(ScalarPattern pattern) {
    Sound sound = pattern.sound(wave(7.83, 0.8, 3));
    float[] whole = Pcm.of(sound).channel(0);
    float[][] part = new float[1][1003];
    sound.read(100_001, part, 3, 1000);
    for (int i = 0; i < 1000; i++) {
      // A phase is exact at every frame, so not even the last bit differs.
      assertThat(part[0][3 + i]).isEqualTo(whole[100_001 + i]);
    }
    assertThat(part[0][0]).isZero();
  }

  @Test
  void aSineIsASine() {
    float[] samples = ScalarPattern.SINE.sound(wave(440, 0.8, 60)).render().channel(0);
    for (int i = 0; i < samples.length; i += 7) {
      double exact = 0.8 * Math.sin(2 * Math.PI * (440.0 * i / 44_100 % 1));
      assertThat((double) samples[i]).isCloseTo(exact, within(3e-7));
    }
  }

  @Test
  void schumannAt783HzHasTheFiveResonances() {
    float[] samples = ScalarPattern.SCHUMANN.sound(wave(7.83, 1, 100)).render().channel(0);
    double total = 1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 1 / 5.0;
    double[] resonances = {7.83, 14.3, 20.8, 27.3, 33.8};
    for (int k = 0; k < 5; k++) {
      double x = 0;
      double y = 0;
      for (int i = 0; i < samples.length; i++) {
        x += samples[i] * Math.cos(2 * Math.PI * resonances[k] * i / 44_100);
        y += samples[i] * Math.sin(2 * Math.PI * resonances[k] * i / 44_100);
      }
      double amplitude = 2 * Math.hypot(x, y) / samples.length;
      assertThat(amplitude).isCloseTo(1 / (k + 1.0) / total, within(1e-4));
    }
  }

  @Test
  void aMethodPatternPassesThroughTheNumbersOfItsMethod() {
    ScalarPattern.Wave wave =
        new ScalarPattern.Wave(441, 1, Duration.ofSeconds(2), SampleRate.CD, 9);
    float[] samples = ScalarPattern.LORENZ.sound(wave).render().channel(0);
    double[] values = ScalarGenerator.of(ScalarMethod.LORENZ, 9).values(800);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) samples[100 * i]).isCloseTo(2 * values[i] - 1, within(1e-5));
    }
  }

  @Test
  void partialsAboveHalfTheRateAreLeftOut() {
    float[] samples = ScalarPattern.SQUARE.sound(wave(9000, 1, 1)).render().channel(0);
    double weight = 0;
    for (int n = 1; n <= 15; n += 2) {
      weight += 1.0 / n;
    }
    float largest = 0;
    for (float sample : samples) {
      largest = Math.max(largest, sample);
    }
    assertThat((double) largest).isCloseTo(1 / weight, within(0.001));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> wave(0, 0.5, 1)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> wave(10, 1.5, 1)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> wave(10, 0.5, -1)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> ScalarPattern.parse("nothing")).isInstanceOf(Failure.class);
    assertThat(ScalarPattern.parse("Schumann")).isEqualTo(ScalarPattern.SCHUMANN);
  }

  @Test
  void fourSevenEightTenTimesLasts190Seconds() {
    BreathingCycle breathing = breathing(4, 7, 8, 10);
    assertThat(breathing.totalDuration()).hasSeconds(190);
    assertThat(breathing.timeline()).hasSize(30);
    assertThat(breathing.timeline().get(4))
        .isEqualTo(
            new BreathingCycle.Step(
                2, BreathingCycle.Phase.HOLD, Duration.ofSeconds(23), Duration.ofSeconds(7)));
    assertThat(breathing.at(Duration.ofSeconds(23))).contains(breathing.timeline().get(4));
    assertThat(breathing.at(Duration.ofSeconds(190))).isEmpty();
    assertThat(breathing.at(Duration.ofSeconds(-1))).isEmpty();
  }

  @Test
  void theBreathRisesHoldsAndFalls() {
    BreathingCycle breathing = breathing(4, 7, 8, 2);
    assertThat(breathing.level(Duration.ZERO)).isZero();
    assertThat(breathing.level(Duration.ofSeconds(2))).isCloseTo(0.5, within(1e-12));
    assertThat(breathing.level(Duration.ofSeconds(9))).isEqualTo(1);
    assertThat(breathing.level(Duration.ofSeconds(15))).isCloseTo(0.5, within(1e-12));
    assertThat(breathing.level(Duration.ofSeconds(21))).isCloseTo(0.5, within(1e-12));
    assertThat(breathing.level(Duration.ofSeconds(38))).isZero();
  }

  @Test
  void phasesOfNoLengthAreLeftOut() {
    BreathingCycle breathing = breathing(5, 0, 5, 3);
    assertThat(breathing.timeline()).hasSize(6);
    assertThat(breathing.level(Duration.ofSeconds(5))).isCloseTo(1, within(1e-12));
    assertThat(breathing(0, 3, 0, 1).level(Duration.ofSeconds(1))).isEqualTo(1);
  }

  @Test
  void aShapedSoundFollowsTheBreathAndLastsAsLong() {
    BreathingCycle breathing = breathing(1, 1, 1, 2);
    Sound shaped = breathing.shape(ScalarPattern.SINE.sound(wave(1000, 1, 60)));
    assertThat(shaped.duration()).hasSeconds(6);
    float[] samples = shaped.render().channel(0);
    float[] plain = ScalarPattern.SINE.sound(wave(1000, 1, 60)).render().channel(0);
    assertThat(samples[44_100 + 22_061]).isEqualTo(plain[44_100 + 22_061]);
    assertThat(samples[22_061]).isCloseTo(plain[22_061] * 0.5f, within(0.001f));
  }

  @Test
  void impossibleBreathsAreRefused() {
    assertThatThrownBy(() -> breathing(0, 0, 0, 1)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> breathing(4, 7, 8, 0)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> breathing(-1, 7, 8, 1)).isInstanceOf(Failure.class);
  }

  private static BreathingCycle breathing(int inhale, int hold, int exhale, int cycles) {
    return new BreathingCycle(
        Duration.ofSeconds(inhale), Duration.ofSeconds(hold), Duration.ofSeconds(exhale), cycles);
  }
}

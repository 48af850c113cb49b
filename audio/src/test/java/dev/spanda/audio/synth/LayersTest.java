package dev.spanda.audio.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static Pcm constant(float value, int frames) {
    float[] samples = new float[frames];
    Arrays.fill(samples, value);
    return Pcm.of(SampleRate.CD, samples);
  }

  private static void requireSameInAnyBlocks(Sound sound) {
    float[][] whole = new float[sound.channels()][(int) sound.frames()];
    sound.read(0, whole, 0, whole[0].length);
    Sound fork = sound.fork();
    int[] counts = {1, 777, 4096, 5000};
    for (int first = 0, turn = 0; first < whole[0].length; turn++) {
      int count = Math.min(counts[turn % counts.length], whole[0].length - first);
      float[][] part = new float[sound.channels()][count];
      (turn % 2 == 0 ? sound : fork).read(first, part, 0, count);
      for (int channel = 0; channel < part.length; channel++) {
        assertThat(part[channel])
            .isEqualTo(Arrays.copyOfRange(whole[channel], first, first + count));
      }
      first += count;
    }
  }

  @Test
  void layersAddUpFromTheirBeginnings() {
    Layers mix =
        Layers.of(
            List.of(
                Layers.Layer.of(constant(0.25f, 44_100)),
                new Layers.Layer(constant(0.5f, 44_100), 0.5, 0, Duration.ofMillis(500))));
    float[] samples = mix.render().channel(0);
    assertThat(samples).hasSize(66_150);
    assertThat(samples[22_049]).isEqualTo(0.25f);
    assertThat(samples[22_050]).isEqualTo(0.5f);
    assertThat(samples[50_000]).isEqualTo(0.25f);
  }

  @Test
  void aMixIsTheSameInBlocksOfAnySize() {
    Duration second = Duration.ofSeconds(1);
    Sound binaural = new Carrier.Binaural(200).tone(7.83, 0.4, second, SampleRate.CD);
    Sound pulses = new Carrier.Isochronic(300).tone(10, 0.4, second, SampleRate.CD);
    requireSameInAnyBlocks(
        Layers.of(
            List.of(
                Layers.Layer.of(binaural),
                new Layers.Layer(pulses, 0.5, -0.7, Duration.ofMillis(123)))));
  }

  @Test
  void aCrossingOfEqualSoundsCannotBeHeard() {
    Sequence sequence =
        Sequence.of(
            List.of(constant(0.5f, 10_000), constant(0.5f, 10_000), constant(0.5f, 10_000)),
            Duration.ofMillis(50));
    assertThat(sequence.frames()).isEqualTo(30_000 - 2 * 2205);
    for (float sample : sequence.render().channel(0)) {
      assertThat(sample).isCloseTo(0.5f, Offset.offset(1e-6f));
    }
    requireSameInAnyBlocks(sequence);
  }

  @Test
  void mixedSampleRatesAreRefused() {
    Pcm other = Pcm.of(SampleRate.STUDIO, new float[10]);
    assertThatThrownBy(() -> Layers.of(constant(0, 10), other)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Sequence.of(List.of(constant(0, 10), other), Duration.ZERO))
        .isInstanceOf(Failure.class);
  }
}

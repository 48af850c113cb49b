package dev.spanda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PcmTest {

  private final Pcm three = Pcm.of(SampleRate.CD, new float[] {1, 2, 3});

  @Test
  void framesAfterTheEndAreSilence() {
    float[][] into = {{9, 9, 9, 9}};
    three.read(2, into, 1, 3);
    assertThat(into[0]).containsExactly(9, 3, 0, 0);
  }

  @Test
  void samplesAreCopiedInAndOut() {
    float[] mine = {1, 2, 3};
    Pcm pcm = Pcm.of(SampleRate.CD, mine);
    mine[0] = 7;
    pcm.channel(0)[1] = 7;
    assertThat(pcm.channel(0)).containsExactly(1, 2, 3);
  }

  @Test
  void renderingASoundOfManyBlocksKeepsEverySample() {
    float[] ramp = new float[10_001];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i;
    }
    assertThat(Pcm.of((Sound) Pcm.of(SampleRate.CD, ramp)).channel(0)).isEqualTo(ramp);
  }

  @Test
  void channelsOfUnequalLengthAreRefused() {
    assertThatThrownBy(() -> Pcm.of(SampleRate.CD, new float[1], new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thirtySecondsAtCdRateIs1323000Frames() {
    assertThat(SampleRate.CD.framesIn(Duration.ofSeconds(30))).isEqualTo(1_323_000);
    assertThat(SampleRate.CD.durationOf(1_323_000)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aRateOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new SampleRate(7999)).isInstanceOf(Failure.class);
  }
}

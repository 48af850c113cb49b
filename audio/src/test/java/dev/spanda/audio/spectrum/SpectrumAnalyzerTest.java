package dev.spanda.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrumAnalyzerTest {

  private static float[] sine(int hz, double frequency, double amplitude, double phase, int n) {
    float[] samples = new float[n];
    for (int i = 0; i < n; i++) {
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * frequency * i / hz + phase));
    }
    return samples;
  }

  private static int band(double hz) {
    int band = 0;
    while (band < 63 && SpectrumAnalyzer.edgeHz(band + 1) <= hz) {
      band++;
    }
    return band;
  }

  private static double decibels(double ratio) {
    return 20 * Math.log10(ratio);
  }

  @Test
  void theBandsReachFrom20HzTo20kHz() {
    assertThat(SpectrumAnalyzer.edgeHz(0)).isEqualTo(20);
    assertThat(SpectrumAnalyzer.edgeHz(64)).isEqualTo(20_000);
    assertThat(SpectrumAnalyzer.edgeHz(1)).isBetween(22.27, 22.29);
  }

  @ParameterizedTest
  @ValueSource(ints = {44_100, 48_000, 96_000, 192_000})
  void aSineReadsItsAmplitudeToATenthOfADecibelWhereverItLies(int hz) {
    SpectrumAnalyzer analyzer = SpectrumAnalyzer.of(new SampleRate(hz));
    int n = analyzer.windowFrames();
    double amplitude = 0.37;
    double binHz = (double) hz / n;
    Random random = new Random(5);
    double worst = 0;
    for (int i = 0; i < 3000; i++) {
      // Evenly over the logarithmic axis, edges of bands included.
      double frequency = 20 * Math.pow(1000, (i + 0.5) / 3000);
      Pcm sound =
          Pcm.of(
              new SampleRate(hz),
              sine(hz, frequency, amplitude, random.nextDouble() * 2 * Math.PI, n));
      float[] bands = analyzer.at(sound, n / 2);
      int band = band(frequency);
      double read = bands[band];
      // The documented doubt at an edge: a thirtieth of a bin.
      if (frequency - SpectrumAnalyzer.edgeHz(band) < binHz / 30 && band > 0) {
        read = Math.max(read, bands[band - 1]);
      }
      if (SpectrumAnalyzer.edgeHz(band + 1) - frequency < binHz / 30 && band < 63) {
        read = Math.max(read, bands[band + 1]);
      }
      worst = Math.max(worst, Math.abs(decibels(read / amplitude)));
    }
    assertThat(worst).isLessThan(0.1);
  }

  @Test
  void otherBandsOfASineStayThirtyDecibelsBelow() {
    SpectrumAnalyzer analyzer = SpectrumAnalyzer.of(SampleRate.CD);
    for (double frequency : new double[] {25, 136.1, 528, 7777}) {
      float[] bands = analyzer.at(Pcm.of(SampleRate.CD, sine(44_100, frequency, 1, 1, 8192)), 4096);
      for (int band = 0; band < 64; band++) {
        if (band != band(frequency)) {
          assertThat(bands[band]).isLessThan(0.0316f);
        }
      }
    }
  }

  @Test
  void powersOfTwoTonesInOneBandAdd() {
    float[] first = sine(44_100, 9_700, 0.3, 0, 8192);
    float[] second = sine(44_100, 10_000, 0.4, 0, 8192);
    for (int i = 0; i < first.length; i++) {
      first[i] += second[i];
    }
    float[] bands = SpectrumAnalyzer.of(SampleRate.CD).at(Pcm.of(SampleRate.CD, first), 4096);
    assertThat(band(9_700)).isEqualTo(band(10_000));
    assertThat(Math.abs(decibels(bands[band(9_700)] / 0.5))).isLessThan(0.1);
  }

  @Test
  void theBandsOfWhiteNoiseHoldItsPower() {
    Random random = new Random(2);
    int n = 1 << 19;
    float[] noise = new float[n];
    for (int i = 0; i < n; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    SpectrumAnalyzer analyzer = SpectrumAnalyzer.of(SampleRate.CD);
    double power = 0;
    int looks = n / 4096 - 1;
    for (int i = 0; i < looks; i++) {
      for (float band : analyzer.at(Pcm.of(SampleRate.CD, noise), 2048 + 4096L * i)) {
        power += band * band / looks;
      }
    }
    double expected = 2 * 0.01 * (20_000 - 20) / 22_050;
    assertThat(Math.abs(decibels(power / expected)) / 2).isLessThan(0.1);
  }

  @Test
  void twoChannelsReadTheirRootMeanSquare() {
    float[] tone = sine(44_100, 1000, 0.5, 0, 8192);
    SpectrumAnalyzer analyzer = SpectrumAnalyzer.of(SampleRate.CD);
    float both = analyzer.at(Pcm.of(SampleRate.CD, tone, tone), 4096)[band(1000)];
    float one = analyzer.at(Pcm.of(SampleRate.CD, tone, new float[8192]), 4096)[band(1000)];
    assertThat(Math.abs(decibels(both / 0.5))).isLessThan(0.1);
    assertThat(Math.abs(decibels(one / (0.5 * Math.sqrt(0.5))))).isLessThan(0.1);
  }

  @Test
  void theSpectrumFollowsThePlayhead() {
    float[] samples = new float[44_100];
    System.arraycopy(sine(44_100, 440, 0.5, 0, 22_050), 0, samples, 0, 22_050);
    System.arraycopy(sine(44_100, 3520, 0.5, 0, 22_050), 0, samples, 22_050, 22_050);
    Pcm sound = Pcm.of(SampleRate.CD, samples);
    SpectrumAnalyzer analyzer = SpectrumAnalyzer.of(SampleRate.CD);
    assertThat(analyzer.at(sound, 10_000)[band(440)]).isGreaterThan(0.49f);
    assertThat(analyzer.at(sound, 10_000)[band(3520)]).isLessThan(0.001f);
    assertThat(analyzer.at(sound, 30_000)[band(440)]).isLessThan(0.001f);
    assertThat(analyzer.at(sound, 30_000)[band(3520)]).isGreaterThan(0.49f);
  }

  @Test
  void beforeTheBeginningAndAfterTheEndIsSilence() {
    Pcm sound = Pcm.of(SampleRate.CD, sine(44_100, 440, 0.5, 0, 44_100));
    SpectrumAnalyzer analyzer = SpectrumAnalyzer.of(SampleRate.CD);
    assertThat(analyzer.at(sound, -5000)).containsOnly(0);
    assertThat(analyzer.at(sound, 50_000)).containsOnly(0);
    assertThat(analyzer.at(sound, 0)[band(440)]).isBetween(0.1f, 0.5f);
  }

  @Test
  void bandsAboveHalfTheRateReadNothing() {
    SampleRate low = new SampleRate(8000);
    float[] bands = SpectrumAnalyzer.of(low).at(Pcm.of(low, sine(8000, 3000, 1, 0, 8192)), 4096);
    for (int band = band(4000) + 1; band < 64; band++) {
      assertThat(bands[band]).isZero();
    }
  }

  @Test
  void aSoundOfAnotherRateIsAMistake() {
    assertThatThrownBy(
            () ->
                SpectrumAnalyzer.of(SampleRate.STUDIO).at(Pcm.of(SampleRate.CD, new float[100]), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noThreadIsStarted() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    SampleRate high = new SampleRate(192_000);
    SpectrumAnalyzer.of(high).at(Pcm.of(high, new float[50_000]), 20_000);
    Spectrogram.of(Pcm.of(SampleRate.CD, new float[50_000])).withSize(320, 240).png();
    Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
    after.removeAll(before);
    // The platform may start daemons of its own (cleaners); transforms would start pool threads.
    assertThat(after).allMatch(Thread::isDaemon).noneMatch(t -> t.getName().contains("pool"));
  }
}

package dev.spanda.audio.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PartialBankTest {

  private static final double[] FREQUENCIES = {
    220.138, 221.862, 612.557, 615.443, 1143.855, 1146.145, 1802.196, 1805.804
  };

  @Test
  void fastIs140DbExactAfterThirtyMinutes() {
    assertThat(signalToErrorDb(Precision.FAST, 0)).isGreaterThanOrEqualTo(140);
  }

  @Test
  void preciseIs151DbExactAfterThirtyMinutes() {
    assertThat(signalToErrorDb(Precision.PRECISE, 0)).isGreaterThanOrEqualTo(151);
  }

  @Test
  void tremoloCostsFastLessThanOneDb() {
    assertThat(signalToErrorDb(Precision.FAST, 0.05)).isGreaterThanOrEqualTo(139);
  }

  @Test
  void tremoloCostsPreciseNothing() {
    assertThat(signalToErrorDb(Precision.PRECISE, 0.05)).isGreaterThanOrEqualTo(151);
  }

  /** Against phases that are reduced in decimal arithmetic of 60 digits. */
  private static double signalToErrorDb(Precision precision, double tremolo) {
    PartialBank.Builder builder =
        PartialBank.lasting(Duration.ofMinutes(31), SampleRate.CD)
            .precision(precision)
            .tremolo(0.15, tremolo);
    for (int i = 0; i < FREQUENCIES.length; i++) {
      builder.add(
          Partial.of(FREQUENCIES[i], 0.5 / (2 + i)).withPhaseRad(0.1 * i).withT60Seconds(6000 + i));
    }
    Sound bank = builder.build();
    int count = 40_000;
    long first = 30L * 60 * 44_100;
    float[][] samples = new float[1][count];
    bank.read(first, samples, 0, count);
    double signal = 0;
    double error = 0;
    for (int i = 0; i < count; i += 7) {
      long frame = first + i;
      double seconds = frame / 44_100.0;
      double exact = 0;
      for (int k = 0; k < FREQUENCIES.length; k++) {
        exact +=
            0.5
                / (2 + k)
                * Math.exp(-Math.log(1000) / (6000 + k) * seconds)
                * Math.sin(exactPhase(FREQUENCIES[k], frame) + 0.1 * k);
      }
      exact *= 1 - tremolo / 2 * (1 - Math.cos(exactPhase(0.15, frame)));
      signal += exact * exact;
      error += (samples[0][i] - exact) * (samples[0][i] - exact);
    }
    return 10 * Math.log10(signal / error);
  }

  private static double exactPhase(double frequencyHz, long frame) {
    BigDecimal turns =
        new BigDecimal(frequencyHz)
            .multiply(BigDecimal.valueOf(frame))
            .divide(BigDecimal.valueOf(44_100), new MathContext(60));
    return 2 * Math.PI * turns.subtract(turns.setScale(0, RoundingMode.FLOOR)).doubleValue();
  }

  @Test
  void samplesDoNotDependOnTheReadersBlocks() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    PartialBank.Builder builder =
        PartialBank.lasting(Duration.ofSeconds(3), SampleRate.CD)
            .stereo()
            .onset(Duration.ofMillis(40))
            .fade(Duration.ofMillis(300))
            .tremolo(5, 0.4)
            .pulses(3);
    for (int i = 0; i < 40; i++) {
      long start = random.nextInt(120_000);
      builder.add(
          new Partial(
              200 + 100 * random.nextInt(7),
              0.02,
              random.nextDouble(),
              random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : 0.3,
              random.nextInt(3) - 1,
              start,
              random.nextBoolean() ? Long.MAX_VALUE : start + 1 + random.nextInt(30_000)));
    }
    PartialBank bank = builder.build();
    float[][] whole = new float[2][(int) bank.frames()];
    bank.read(0, whole, 0, whole[0].length);
    for (int round = 0; round < 300; round++) {
      int first = random.nextInt(whole[0].length);
      int count = Math.min(whole[0].length - first, 1 + random.nextInt(9000));
      float[][] part = new float[2][count];
      (round % 2 == 0 ? bank : bank.fork()).read(first, part, 0, count);
      for (int channel = 0; channel < 2; channel++) {
        for (int i = 0; i < count; i++) {
          if (part[channel][i] != whole[channel][first + i]) {
            throw new AssertionError("seed " + seed + ", frame " + (first + i));
          }
        }
      }
    }
  }

  @Test
  void partialsAddUpAsThePlainFormSays() {
    long seed = 7;
    Random random = new Random(seed);
    PartialBank.Builder builder =
        PartialBank.lasting(Duration.ofSeconds(1), SampleRate.CD)
            .precision(Precision.PRECISE)
            .onset(Duration.ofMillis(5));
    int onset = 221;
    double[] expected = new double[44_100];
    for (int n = 0; n < 9; n++) {
      int start = random.nextInt(30_000);
      int end = start + 1 + random.nextInt(30_000);
      double hz = 100 + 900 * random.nextDouble();
      builder.add(new Partial(hz, 0.1, n, 0.2 + n * 0.1, 0, start, end));
      for (int i = start; i < expected.length; i++) {
        double t = (i - start) / 44_100.0;
        expected[i] +=
            0.1
                * (weight(i - start, onset) - weight(i - end, onset))
                * Math.exp(-Math.log(1000) * t / (0.2 + n * 0.1))
                * Math.sin(2 * Math.PI * hz * t + n);
      }
    }
    float[] found = builder.build().render().channel(0);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i])
          .as("frame " + i)
          .isBetween(expected[i] - 1e-7, expected[i] + 1e-7);
    }
  }

  private static double weight(int frame, int length) {
    if (frame < 0) {
      return 0;
    }
    return frame >= length ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * (frame + 0.5) / length);
  }

  @Test
  void aPartialThatHasEndedLeavesExactSilence() {
    Sound bank =
        PartialBank.lasting(Duration.ofSeconds(2), SampleRate.CD)
            .onset(Duration.ofMillis(5))
            .add(Partial.of(440, 1).withFrames(100, 5000))
            .build();
    float[][] late = new float[1][1000];
    bank.read(44_100, late, 0, 1000);
    assertThat(late[0]).containsOnly(0f);
  }

  @Test
  void partialsFromHalfTheSampleRateOnAreDropped() {
    Sound bank =
        PartialBank.lasting(Duration.ofSeconds(1), SampleRate.CD)
            .add(Partial.of(22_050, 1).withPhaseRad(1))
            .add(Partial.of(30_000, 1))
            .build();
    assertThat(bank.render().channel(0)).containsOnly(0f);
  }

  @Test
  void nothingIsDenormalWhenARingDiesAway() {
    float[] samples =
        PartialBank.lasting(Duration.ofSeconds(20), new SampleRate(8000))
            .add(Partial.of(400, 1).withT60Seconds(0.05))
            .add(Partial.of(900, 1).withT60Seconds(1))
            .build()
            .render()
            .channel(0);
    for (float sample : samples) {
      assertThat(sample == 0 || Math.abs(sample) >= Float.MIN_NORMAL).isTrue();
    }
    assertThat(samples[samples.length - 1]).isZero();
  }

  @Test
  void exactTurnsHaveTheSineOfTheMathLibrary() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      long turn = random.nextLong();
      // Quarter turns are taken off first, so that the reference's angle is exact enough.
      long quarter = (turn + (1L << 61)) >>> 62;
      double angle = (turn - (quarter << 62)) * (2 * Math.PI * 0x1p-64);
      double[] sines = {Math.sin(angle), Math.cos(angle), -Math.sin(angle), -Math.cos(angle)};
      assertThat(Turn.sine(turn)).isCloseTo(sines[(int) quarter], Offset.offset(3e-16));
      assertThat(Turn.cosine(turn)).isCloseTo(sines[(int) quarter + 1 & 3], Offset.offset(3e-16));
    }
  }

  @Test
  void aPartialOutOfRangeIsRefused() {
    assertThatThrownBy(() -> Partial.of(0, 1)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Partial.of(440, Double.NaN)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Partial.of(440, 1).withFrames(5, 5)).isInstanceOf(Failure.class);
  }
}

package dev.spanda.audio.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarGeneratorTest {

  private static final Map<ScalarMethod, String> GOLDEN =
      Map.of(
          ScalarMethod.HYBRID, "0b45b6ee8ea9ab0a",
          ScalarMethod.CELLULAR_AUTOMATON, "8485464465ee83ae",
          ScalarMethod.KURAMOTO, "0c87c07faaa4952e",
          ScalarMethod.LORENZ, "588963ff69420ab0",
          ScalarMethod.ROSSLER, "a58a1836ba18f999",
          ScalarMethod.SHA3_CHAIN, "62b236935e983d4d",
          ScalarMethod.SECURE_RANDOM, "8da5ea3aa6bfa890");

  @ParameterizedTest
  @EnumSource(ScalarMethod.class)
  void everyMethodStaysInItsRange(ScalarMethod method) {
    for (double value : ScalarGenerator.of(method, 1).values(1_000_000)) {
      assertThat(value >= 0 && value < 1).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(ScalarMethod.class)
  void aSeedGivesTheSameNumbersOnEveryMachine(ScalarMethod method) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(80_000);
    for (double value : ScalarGenerator.of(method, 108).values(10_000)) {
      bytes.putDouble(value);
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
    assertThat(HexFormat.of().formatHex(digest, 0, 8)).isEqualTo(GOLDEN.get(method));
  }

  @ParameterizedTest
  @EnumSource(ScalarMethod.class)
  void howTheStreamIsReadDoesNotChangeIt(ScalarMethod method) {
    double[] whole = ScalarGenerator.of(method, 5).values(5000);
    ScalarGenerator generator = ScalarGenerator.of(method, 5);
    double[] parts = new double[5000];
    Random random = new Random(1);
    for (int at = 0; at < parts.length; ) {
      int count = Math.min(random.nextInt(40), parts.length - at);
      generator.into(parts, at, count);
      at += count;
    }
    assertThat(parts).isEqualTo(whole);
  }

  @ParameterizedTest
  @EnumSource(ScalarMethod.class)
  void seedsDiffer(ScalarMethod method) {
    assertThat(ScalarGenerator.of(method, 1).values(100))
        .isNotEqualTo(ScalarGenerator.of(method, 2).values(100));
  }

  @ParameterizedTest
  @EnumSource(ScalarMethod.class)
  void theSecureSourceFeedsEveryMethod(ScalarMethod method) {
    ScalarStatistics statistics =
        ScalarStatistics.of(ScalarGenerator.of(method, new SecureRandom()).values(10_000));
    assertThat(statistics.smallest()).isNotNegative();
    assertThat(statistics.largest()).isLessThan(1);
    assertThat(statistics.variance()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarMethod.class,
      names = {"HYBRID", "SHA3_CHAIN", "SECURE_RANDOM"})
  void theUniformMethodsLookUniform(ScalarMethod method) {
    int n = 1_000_000;
    ScalarStatistics statistics = ScalarStatistics.of(ScalarGenerator.of(method, 3).values(n));
    // Five standard errors each.
    assertThat(statistics.mean()).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / n)));
    assertThat(statistics.variance()).isCloseTo(1 / 12.0, within(5 * Math.sqrt(1 / 180.0 / n)));
    assertThat(statistics.serialCorrelation()).isCloseTo(0, within(5 / Math.sqrt(n)));
    assertThat(statistics.entropyBits()).isBetween(7.9995, 8.0);
  }

  @Test
  void ruleOneHundredAndTenIsAppliedCellByCell() {
    // The plain form: one cell at a time, the lowest index the highest bit.
    SplitMix seed = new SplitMix(17);
    // The first number seeds the twin of the secure source.
    seed.next();
    boolean[] cells = new boolean[256];
    for (int word = 0; word < 4; word++) {
      long bits = seed.next() | (word == 3 ? 1 : 0);
      for (int i = 0; i < 64; i++) {
        cells[64 * word + i] = (bits >>> (63 - i) & 1) == 1;
      }
    }
    double[] values = ScalarGenerator.of(ScalarMethod.CELLULAR_AUTOMATON, 17).values(4 * 300);
    for (int generation = 0; generation < 300; generation++) {
      boolean[] next = new boolean[256];
      for (int i = 0; i < 256; i++) {
        int pattern =
            (cells[(i + 255) % 256] ? 4 : 0) + (cells[i] ? 2 : 0) + (cells[(i + 1) % 256] ? 1 : 0);
        next[i] = (110 >> pattern & 1) == 1;
      }
      cells = next;
      for (int word = 0; word < 4; word++) {
        long bits = 0;
        for (int i = 0; i < 64; i++) {
          bits = bits << 1 | (cells[64 * word + i] ? 1 : 0);
        }
        assertThat(values[4 * generation + word]).isEqualTo((bits >>> 11) * 0x1p-53);
      }
    }
  }

  @Test
  void theMeanFieldGivesTheOrderParameterOfTheSumOverPairs() {
    // The plain form with angles, sines and a sum over all pairs, in steps a hundred times finer.
    SplitMix seed = new SplitMix(4);
    seed.next();
    double[] angle = new double[16];
    for (int i = 0; i < 16; i++) {
      angle[i] = seed.between(0, 2 * Math.PI);
    }
    double[] values = ScalarGenerator.of(ScalarMethod.KURAMOTO, 4).values(33);
    for (int step = 0; step < 33; step++) {
      double x = 0;
      double y = 0;
      for (double a : angle) {
        x += Math.cos(a) / 16;
        y += Math.sin(a) / 16;
      }
      // Euler's error over two units of time.
      assertThat(values[step]).isCloseTo(Math.hypot(x, y), within(0.03));
      for (int fine = 0; fine < 100; fine++) {
        double[] speed = new double[16];
        for (int i = 0; i < 16; i++) {
          speed[i] = 2.0 * i / 15 - 1;
          for (int j = 0; j < 16; j++) {
            speed[i] += 1.2 / 16 * Math.sin(angle[j] - angle[i]);
          }
        }
        for (int i = 0; i < 16; i++) {
          angle[i] += speed[i] / 1600;
        }
      }
    }
  }

  @Test
  void theLorenzAttractorHasItsKnownMeans() {
    double[] values = ScalarGenerator.of(ScalarMethod.LORENZ, 8).values(3_000_000);
    double x = 0;
    double z = 0;
    for (int i = 0; i < values.length; i += 3) {
      x += (values[i] - 0.5) * 64 / 1_000_000;
      z += values[i + 2] * 64 / 1_000_000;
    }
    // By symmetry x has mean 0; z has mean 23.55 (Sparrow, 1982).
    assertThat(x).isCloseTo(0, within(0.7));
    assertThat(z).isCloseTo(23.55, within(0.1));
  }

  @Test
  void namesAreReadInAnyCase() {
    assertThat(ScalarMethod.parse("SHA3-chain")).isEqualTo(ScalarMethod.SHA3_CHAIN);
    assertThatThrownBy(() -> ScalarMethod.parse("tachyon"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("rossler");
  }

  @Test
  void statisticsOfFourNumbersAreThoseByHand() {
    ScalarStatistics statistics = ScalarStatistics.of(new double[] {0, 0.5, 0, 0.5});
    assertThat(statistics.mean()).isEqualTo(0.25);
    assertThat(statistics.variance()).isEqualTo(0.0625);
    assertThat(statistics.entropyBits()).isCloseTo(1, within(1e-12));
    assertThat(statistics.serialCorrelation()).isCloseTo(-1, within(1e-12));
    assertThat(statistics.smallest()).isZero();
    assertThat(statistics.largest()).isEqualTo(0.5);
  }

  @Test
  void statisticsOfNothingAreNotNumbers() {
    assertThat(ScalarStatistics.of(new double[0]).mean()).isNaN();
    assertThat(ScalarStatistics.of(new double[] {0.3, 0.3}).serialCorrelation()).isNaN();
  }

  @Test
  void theBenchmarkReportsWhatTheClocksSay() {
    long[] wall = {0};
    long[] processor = {0};
    ScalarBenchmark benchmark =
        new ScalarBenchmark(() -> wall[0] += 2_000_000, () -> processor[0] += 1_500_000);
    ScalarBenchmark.Result result =
        benchmark.run(ScalarGenerator.of(ScalarMethod.LORENZ, 1), 10_000);
    assertThat(result.generationTime()).hasMillis(2);
    assertThat(result.samplesPerSecond()).isEqualTo(5_000_000);
    assertThat(result.efficiency()).isEqualTo(0.75);
  }

  @Test
  void theBenchmarkOfThisMachineIsInItsRanges() {
    ScalarBenchmark.Result result =
        ScalarBenchmark.ofThisMachine().run(ScalarGenerator.of(ScalarMethod.HYBRID, 1), 100_000);
    assertThat(result.samplesPerSecond()).isPositive();
    assertThat(result.efficiency()).isBetween(0.0, 1.0);
    assertThat(result.generationTime()).isPositive();
  }
}

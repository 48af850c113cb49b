package dev.spanda.core.attunement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitStatisticsTest {

  private static final int RUNS = 10_000;

  private static BitStatistics of(byte[] bytes) {
    BitStatistics statistics = new BitStatistics();
    statistics.add(bytes);
    return statistics;
  }

  @Test
  void countsRunsAndOnesOfASmallPatternByHand() {
    // 11001001 00001111 11011010
    BitStatistics.State state = of(new byte[] {(byte) 0xC9, 0x0F, (byte) 0xDA}).state();
    assertThat(state.ones()).isEqualTo(4 + 4 + 5);
    // 11 00 1 00 1|0000 1111|11 0 11 0 1 0 → 11,00,1,00,1,0000,111111,0,11,0,1,0
    assertThat(state.runs()).isEqualTo(12);
    assertThat(state.byteProducts()).isEqualTo(0xC9 * 0x0F + 0x0F * 0xDA);
  }

  @Test
  void theBinomialProbabilityIsThatOfExactFractions() {
    for (int bits : new int[] {8, 64, 200, 1000}) {
      for (int ones = 0; ones <= bits; ones += Math.max(1, bits / 37)) {
        assertThat(Tests.binomial(ones, bits))
            .as(ones + " of " + bits)
            .isCloseTo(exact(ones, bits), within(1e-12));
      }
    }
  }

  private static double exact(int ones, int bits) {
    int far = Math.abs(2 * ones - bits);
    BigInteger sum = BigInteger.ZERO;
    BigInteger choose = BigInteger.ONE;
    for (int k = 0; k <= bits; k++) {
      if (Math.abs(2 * k - bits) >= far) {
        sum = sum.add(choose);
      }
      choose = choose.multiply(BigInteger.valueOf(bits - k)).divide(BigInteger.valueOf(k + 1));
    }
    return new BigDecimal(sum)
        .divide(new BigDecimal(BigInteger.TWO.pow(bits)), MathContext.DECIMAL64)
        .doubleValue();
  }

  @Test
  void pValuesAreUniformForFairBits() {
    double[] share = new double[RUNS];
    double[] runs = new double[RUNS];
    double[] chiSquare = new double[RUNS];
    double[] serial = new double[RUNS];
    SplittableRandom seeds = new SplittableRandom(20240115);
    byte[] bytes = new byte[2048];
    int withRuns = 0;
    for (int i = 0; i < RUNS; i++) {
      BitSource.seeded(seeds.nextLong()).fill(bytes);
      Reading reading = of(bytes).reading();
      share[i] = reading.pValue();
      if (reading.runsPValue().isPresent()) {
        runs[withRuns++] = reading.runsPValue().getAsDouble();
      }
      chiSquare[i] = reading.chiSquarePValue().orElseThrow();
      serial[i] = reading.serialCorrelationPValue().orElseThrow();
    }
    // 1.95 / √n is passed by one uniform sample in a thousand; p-values of counts have steps, the
    // widest of which, at even counts, is 0.0063 here.
    double bound = 1.95 / Math.sqrt(RUNS);
    assertThat(distance(share)).isLessThan(bound + 0.0063);
    // Conditioned on a share near one half, as the test asks for.
    assertThat(withRuns).isGreaterThan(9_900);
    assertThat(distance(Arrays.copyOf(runs, withRuns))).isLessThan(bound + 0.0063);
    assertThat(distance(chiSquare)).isLessThan(bound + 0.003);
    assertThat(distance(serial)).isLessThan(bound);
  }

  /** Kolmogorov and Smirnov's distance from the uniform distribution. */
  private static double distance(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      largest = Math.max(largest, sorted[i] - (double) i / sorted.length);
      largest = Math.max(largest, (i + 1.0) / sorted.length - sorted[i]);
    }
    return largest;
  }

  @Test
  void aPlantedBiasIsFoundAsOftenAsTheoryForetells() {
    // 10 000 bits with 51 % ones: z is normal with mean 2 and deviation 1, so that p < 0.05 comes
    // with probability Φ(2 − 1.96) + Φ(−2 − 1.96) = 0.516.
    SplittableRandom random = new SplittableRandom(7);
    int found = 0;
    int rounds = 2_000;
    byte[] bytes = new byte[1_250];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < bytes.length; i++) {
        int value = 0;
        for (int bit = 0; bit < 8; bit++) {
          value = value << 1 | (random.nextDouble() < 0.51 ? 1 : 0);
        }
        bytes[i] = (byte) value;
      }
      if (of(bytes).reading().pValue() < 0.05) {
        found++;
      }
    }
    // Three standard deviations of the count are 0.034; the steps of the exact test cost 0.01.
    assertThat((double) found / rounds).isCloseTo(0.511, within(0.04));
  }

  @Test
  void dependentBitsAreFoundThoughTheirShareIsFair() {
    byte[] alternating = new byte[2_000];
    Arrays.fill(alternating, (byte) 0x55);
    Reading reading = of(alternating).reading();
    assertThat(reading.pValue()).isEqualTo(1);
    assertThat(reading.runsPValue().orElseThrow()).isLessThan(1e-100);
    assertThat(reading.chiSquarePValue().orElseThrow()).isLessThan(1e-100);
    assertThat(reading.serialCorrelation()).isEmpty();
  }

  @Test
  void countingGoesOnWhereItStopped() {
    byte[] bytes = new byte[50_000];
    BitSource.seeded(3).fill(bytes);
    BitStatistics whole = of(bytes);
    BitStatistics parts = new BitStatistics();
    for (int from = 0; from < bytes.length; from += 125) {
      parts.add(Arrays.copyOfRange(bytes, from, from + 125));
      parts = new BitStatistics(parts.state());
    }
    assertThat(parts.state()).isEqualTo(whole.state());
    assertThat(whole.reading().cumulativeDeviation()).hasSizeBetween(128, 256);
    int last = whole.state().path().size();
    assertThat(last * whole.state().stride()).isLessThanOrEqualTo(50_000);
  }

  @Test
  void nothingGatheredIsNoEvidence() {
    Reading reading = new BitStatistics().reading();
    assertThat(reading.pValue()).isEqualTo(1);
    assertThat(reading.monobitZ()).isEmpty();
    assertThat(reading.significance()).isEqualTo(Reading.Significance.NOT_SIGNIFICANT);
    assertThat(reading.interpretation(1)).isEqualTo("No bits have been gathered yet.");
  }

  @Test
  void theWordsFollowTheProbability() {
    byte[] ones = new byte[2];
    assertThat(of(ones).reading().significance())
        .isEqualTo(Reading.Significance.HIGHLY_SIGNIFICANT);
    assertThat(of(ones).reading().interpretation(1)).contains("about one of 32,768 sessions");
    byte[] even = {0x0F};
    assertThat(of(even).reading().interpretation(1)).contains("That is chance");
    assertThat(of(even).reading().interpretation(3)).contains("3 times").contains("0.14");
  }

  @Test
  void everySourceFillsAndTheDeviceSaysWhenItCannot(@TempDir Path folder) throws Exception {
    byte[] bytes = new byte[4_000];
    BitSource.system().fill(bytes);
    assertThat(of(bytes).reading().pValue()).isGreaterThan(1e-9);
    BitSource.jitter(System::nanoTime).fill(bytes);
    assertThat(of(bytes).state().ones()).isBetween(12_000L, 20_000L);
    assertThatThrownBy(() -> BitSource.jitter(() -> 5).fill(new byte[1]))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("too coarse");
    Path device = folder.resolve("device");
    Files.write(device, new byte[] {1, 2, 3});
    byte[] three = new byte[3];
    BitSource.device(device).fill(three);
    assertThat(three).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> BitSource.device(device).fill(new byte[4]))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no more bits");
    assertThatThrownBy(() -> BitSource.device(folder.resolve("none")).fill(new byte[1]))
        .isInstanceOf(Failure.class);
  }
}

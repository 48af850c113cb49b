package dev.spanda.biofield.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.baseline.Trend.Direction;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

  private static Trend of(int n, IntToDoubleFunction value) {
    return Trend.of(
        IntStream.range(0, n).asDoubleStream().toArray(),
        IntStream.range(0, n).mapToDouble(value).toArray());
  }

  @Test
  void aRisingLineIsIncreasingWithItsOwnSlope() {
    Trend trend = of(20, i -> 3 + 0.5 * i);
    assertThat(trend.direction()).isEqualTo(Direction.INCREASING);
    assertThat(trend.slopePerMinute()).isCloseTo(30, within(1e-9));
    assertThat(trend.s()).isEqualTo(190);
    assertThat(of(20, i -> -i).direction()).isEqualTo(Direction.DECREASING);
  }

  @Test
  void fourValuesCannotBeToldFromChanceAndFiveCan() {
    assertThat(of(4, i -> i).direction()).isEqualTo(Direction.STABLE);
    assertThat(of(4, i -> i).probability()).isCloseTo(2.0 / 24, within(1e-15));
    assertThat(of(5, i -> i).direction()).isEqualTo(Direction.INCREASING);
    assertThat(of(5, i -> i).probability()).isCloseTo(2.0 / 120, within(1e-15));
  }

  @Test
  void exactProbabilityIsThatOfAllPermutations() {
    double[] values = {3, 1, 4, 2, 6, 5, 7};
    double[] seconds = {0, 1, 2, 3, 4, 5, 6};
    Trend trend = Trend.of(seconds, values);
    int[] counts = new int[2];
    permute(values.clone(), 0, trend.s(), counts);
    assertThat(trend.probability()).isCloseTo((double) counts[0] / counts[1], within(1e-12));
  }

  private static void permute(double[] values, int from, long s, int[] counts) {
    if (from == values.length) {
      long own = 0;
      for (int i = 0; i < values.length; i++) {
        for (int k = i + 1; k < values.length; k++) {
          own += Double.compare(values[k], values[i]);
        }
      }
      counts[0] += Math.abs(own) >= Math.abs(s) ? 1 : 0;
      counts[1]++;
      return;
    }
    for (int i = from; i < values.length; i++) {
      swap(values, from, i);
      permute(values, from + 1, s, counts);
      swap(values, from, i);
    }
  }

  private static void swap(double[] values, int i, int k) {
    double kept = values[i];
    values[i] = values[k];
    values[k] = kept;
  }

  @Test
  void tiesMakeTheVarianceSmaller() {
    // n = 6 with ties of 2 and 3: (6·5·17 − 2·1·9 − 3·2·11)/18 = 23 2/3, S = 11.
    Trend trend = Trend.of(new double[] {0, 1, 2, 3, 4, 5}, new double[] {1, 1, 2, 3, 3, 3});
    assertThat(trend.s()).isEqualTo(11);
    double z = 10 / Math.sqrt((510 - 18 - 66) / 18.0);
    assertThat(z).isCloseTo(2.0556, within(1e-4));
    assertThat(trend.probability()).isCloseTo(0.03982, within(1e-4));
  }

  @Test
  void equalValuesAreStable() {
    Trend trend = of(50, i -> 7);
    assertThat(trend.direction()).isEqualTo(Direction.STABLE);
    assertThat(trend.probability()).isEqualTo(1);
    assertThat(trend.slopePerMinute()).isZero();
  }

  @Test
  void aFewRisingValuesAmongEqualOnesAreNoTrend() {
    Trend trend = of(20, i -> i < 16 ? 54.5 : 54 + 0.2 * i);
    assertThat(trend.probability()).isLessThan(0.05);
    assertThat(trend.slopePerMinute()).isZero();
    assertThat(trend.direction()).isEqualTo(Direction.STABLE);
  }

  @Test
  void oneWildValueDoesNotMoveTheSlope() {
    Trend trend = of(101, i -> i == 50 ? 1e9 : 0.1 * i);
    assertThat(trend.slopePerMinute()).isCloseTo(6, within(1e-6));
  }

  @Test
  void noiseIsCalledATrendAboutOnceInTwenty() {
    Random random = new Random(7);
    int called = 0;
    for (int run = 0; run < 2000; run++) {
      called += of(40, i -> random.nextGaussian()).direction() == Direction.STABLE ? 0 : 1;
    }
    // 100 expected, standard deviation 9.7; five of those to either side.
    assertThat(called).isBetween(52, 148);
  }

  @Test
  void longSeriesAreTakenInBlocksAndKeepTheirSlope() {
    Random random = new Random(3);
    Trend trend = of(36_000, i -> 0.001 * i + random.nextGaussian());
    assertThat(trend.points()).isEqualTo(400);
    assertThat(trend.direction()).isEqualTo(Direction.INCREASING);
    assertThat(trend.slopePerMinute()).isCloseTo(0.06, within(0.001));
  }

  @Test
  void undefinedValuesAreLeftOutAndNothingIsStable() {
    assertThat(of(12, i -> i % 2 == 0 ? Double.NaN : i).points()).isEqualTo(6);
    Trend nothing = of(3, i -> Double.NaN);
    assertThat(nothing.direction()).isEqualTo(Direction.STABLE);
    assertThat(nothing.slopePerMinute()).isNaN();
    assertThat(of(0, i -> i).probability()).isEqualTo(1);
  }
}

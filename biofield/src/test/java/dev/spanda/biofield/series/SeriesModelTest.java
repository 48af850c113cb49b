package dev.spanda.biofield.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.biofield.series.SampleEntropy.Comparison;
import dev.spanda.biofield.series.SampleEntropy.Tolerance;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded random series, measured once as the library does and once by plain loops. */
class SeriesModelTest {

  private static final long SEED = 20_260_101;

  /** Values on a coarse grid at times, so that ties and distances equal to the radius occur. */
  private static double[] draw(Random random) {
    double[] series = new double[100 + random.nextInt(300)];
    boolean coarse = random.nextBoolean();
    for (int i = 0; i < series.length; i++) {
      double value = random.nextGaussian();
      series[i] = coarse ? Math.rint(value * 4) / 4 : value;
    }
    return series;
  }

  @Test
  void sampleEntropyCountsWhatThePlainLoopCounts() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      double[] series = draw(random);
      int length = 1 + random.nextInt(5);
      double radius = random.nextInt(6) / 4.0;
      boolean closed = random.nextBoolean();
      SampleEntropy.Result result =
          new SampleEntropy(
                  length,
                  new Tolerance.Absolute(radius),
                  closed ? Comparison.UP_TO : Comparison.BELOW)
              .measure(series);
      long[] plain = plainEntropy(series, length, radius, closed);
      assertThat(new long[] {result.matches(), result.longerMatches()})
          .as("seed %d round %d", SEED, round)
          .containsExactly(plain);
      assertThat(result.nats().isPresent()).isEqualTo(plain[0] > 0 && plain[1] > 0);
    }
  }

  static long[] plainEntropy(double[] x, int length, double radius, boolean closed) {
    long matches = 0;
    long longer = 0;
    int templates = x.length - length;
    for (int i = 0; i < templates; i++) {
      for (int j = i + 1; j < templates; j++) {
        int k = 0;
        while (k <= length && near(x[i + k], x[j + k], radius, closed)) {
          k++;
        }
        if (k >= length) {
          matches++;
        }
        if (k > length) {
          longer++;
        }
      }
    }
    return new long[] {matches, longer};
  }

  private static boolean near(double a, double b, double radius, boolean closed) {
    double distance = Math.abs(a - b);
    return closed ? distance <= radius : distance < radius;
  }

  @Test
  void correlationSumCountsWhatThePlainLoopCounts() {
    Random random = new Random(SEED);
    for (int round = 0; round < 60; round++) {
      double[] series = draw(random);
      int embedding = 1 + random.nextInt(5);
      int lag = 1 + random.nextInt(round % 2 == 0 ? 3 : 17);
      int window = random.nextInt(10);
      double[] radii = {0.25, 0.5, 0.75, 1, 1.3, 2.9};
      if (series.length - (embedding - 1) * lag - window < 20) {
        continue;
      }
      assertThat(new CorrelationDimension(embedding, lag, window).pairs(series, radii))
          .as("seed %d round %d", SEED, round)
          .containsExactly(plainSums(series, embedding, lag, window, radii));
    }
  }

  private static long[] plainSums(double[] x, int embedding, int lag, int window, double[] radii) {
    long[] pairs = new long[radii.length];
    int vectors = x.length - (embedding - 1) * lag;
    for (int i = 0; i < vectors; i++) {
      for (int j = i + window + 1; j < vectors; j++) {
        double sum = 0;
        for (int q = 0; q < embedding; q++) {
          double difference = x[i + q * lag] - x[j + q * lag];
          sum += difference * difference;
        }
        for (int r = 0; r < radii.length; r++) {
          if (Math.sqrt(sum) <= radii[r]) {
            pairs[r]++;
          }
        }
      }
    }
    return pairs;
  }

  @Test
  void nearestNeighboursAreThoseOfThePlainLoop() {
    Random random = new Random(SEED);
    for (int round = 0; round < 60; round++) {
      double[] series = draw(random);
      int embedding = 1 + random.nextInt(5);
      int lag = 1 + random.nextInt(4);
      int window = random.nextInt(20);
      int count = series.length - (embedding - 1) * lag - 5;
      assertThat(Divergence.neighbours(series, embedding, lag, window, count))
          .as("seed %d round %d", SEED, round)
          .containsExactly(plainNeighbours(series, embedding, lag, window, count));
    }
  }

  private static int[] plainNeighbours(double[] x, int embedding, int lag, int window, int count) {
    int[] neighbours = new int[count];
    for (int i = 0; i < count; i++) {
      double best = Double.POSITIVE_INFINITY;
      neighbours[i] = -1;
      for (int j = 0; j < count; j++) {
        double sum = 0;
        for (int q = 0; q < embedding; q++) {
          double difference = x[i + q * lag] - x[j + q * lag];
          sum += difference * difference;
        }
        if (Math.abs(i - j) > window && sum < best) {
          best = sum;
          neighbours[i] = j;
        }
      }
    }
    return neighbours;
  }

  @Test
  void periodogramIsThatOfThePlainSum() {
    Random random = new Random(SEED);
    for (int n : new int[] {32, 33, 60, 64, 97, 100, 127, 128, 1000}) {
      double[] series = new double[n];
      for (int i = 0; i < n; i++) {
        series[i] = random.nextGaussian() + 3;
      }
      double mean = SeriesInput.mean(series);
      double[] power = Fourier.periodogram(series);
      assertThat(power).hasSize((n - 1) / 2);
      for (int j = 1; j <= power.length; j++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < n; i++) {
          re += (series[i] - mean) * Math.cos(2 * Math.PI * j * i / n);
          im += (series[i] - mean) * Math.sin(2 * Math.PI * j * i / n);
        }
        assertThat(power[j - 1])
            .isCloseTo(re * re + im * im, org.assertj.core.data.Offset.offset(1e-8 * n));
      }
    }
  }

  @Test
  void longSeriesAreCountedWithWiderStrides() {
    // 33 000 values need more than the memory of the usual stride.
    double[] series = KnownSeries.logistic(33_000, 0.3);
    SampleEntropy.Result result = SampleEntropy.DEFAULT.measure(series);
    assertThat(new long[] {result.matches(), result.longerMatches()})
        .containsExactly(plainEntropy(series, 2, result.tolerance(), false));
  }
}

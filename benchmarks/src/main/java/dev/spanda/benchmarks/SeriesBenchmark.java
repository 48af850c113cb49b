package dev.spanda.benchmarks;

import dev.spanda.biofield.series.CorrelationDimension;
import dev.spanda.biofield.series.Dfa;
import dev.spanda.biofield.series.Hurst;
import dev.spanda.biofield.series.Lyapunov;
import dev.spanda.biofield.series.SampleEntropy;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a nonlinear measure of 4000 values takes, beside the plain loops that its definition
 * reads like. Both give the same numbers: integer counts are equal and values agree within 1e-9.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SeriesBenchmark {

  private static final int LENGTH = 4000;
  private static final int EMBEDDING = 3;
  private static final int[] WINDOWS = windows();

  /** What is measured. */
  public enum Measure {
    /** m = 2, r = 0.2 population standard deviations. */
    SAMPLE_ENTROPY,
    /** Fifteen window lengths, corrected. */
    RESCALED_RANGE,
    /** Half-overlapping windows, order 1. */
    DFA,
    /** Three coordinates, 55 radii. */
    CORRELATION_SUM,
    /** Five coordinates, twenty steps. */
    DIVERGENCE
  }

  /** What is measured on. */
  public enum Input {
    /** Gaussian white noise. */
    NOISE,
    /** The x coordinate of the Lorenz system, step 0.012. */
    LORENZ
  }

  /** One way to compute all measures. */
  public interface Peer {
    /** The value of a measure of a series. */
    double value(Measure measure, double[] series);
  }

  /** The ways that are compared. */
  public enum Contender implements Peer {
    /** The library. */
    SPANDA {
      @Override
      public double value(Measure measure, double[] series) {
        return switch (measure) {
          case SAMPLE_ENTROPY -> SampleEntropy.DEFAULT.measure(series).nats().orElseThrow();
          case RESCALED_RANGE -> Hurst.rescaledRange(series).uncorrected().orElseThrow();
          case DFA -> Dfa.nolds().measure(series).alpha().orElseThrow();
          case CORRELATION_SUM ->
              CorrelationDimension.nolds(series, EMBEDDING, 1).withoutSelfMatches().orElseThrow();
          case DIVERGENCE -> Lyapunov.nolds().measure(series).value().orElseThrow();
        };
      }
    },
    /** Plain loops. */
    PLAIN {
      @Override
      public double value(Measure measure, double[] series) {
        return switch (measure) {
          case SAMPLE_ENTROPY -> plainEntropy(series);
          case RESCALED_RANGE -> plainRange(series);
          case DFA -> plainFluctuation(series);
          case CORRELATION_SUM -> plainSum(series);
          case DIVERGENCE -> plainDivergence(series);
        };
      }
    }
  }

  /** Set by the runner. */
  @Param public Measure measure = Measure.SAMPLE_ENTROPY;

  /** Set by the runner. */
  @Param public Input input = Input.NOISE;

  /** Set by the runner. */
  @Param public Contender contender = Contender.SPANDA;

  private double[] series = new double[0];

  /** Makes the series and proves that both contenders agree on it. */
  @Setup
  public void prepare() {
    series = input == Input.NOISE ? noise() : lorenz();
    double ours = Contender.SPANDA.value(measure, series);
    double plain = Contender.PLAIN.value(measure, series);
    if (!(Math.abs(ours - plain) <= 1e-9)) {
      throw new IllegalStateException(measure + " on " + input + ": " + ours + " and " + plain);
    }
  }

  /** The value of the measure. */
  @Benchmark
  public double measure() {
    return contender.value(measure, series);
  }

  private static double[] noise() {
    Random random = new Random(1);
    double[] x = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      x[i] = random.nextGaussian();
    }
    return x;
  }

  private static double[] lorenz() {
    double[] series = new double[LENGTH];
    double x = 1;
    double y = 1;
    double z = 20;
    int inner = 100;
    double h = 0.012 / inner;
    for (int i = -1000; i < LENGTH; i++) {
      for (int s = 0; s < inner; s++) {
        double nextX = x + h * 10 * (y - x);
        double nextY = y + h * (x * (28 - z) - y);
        z += h * (x * y - 8.0 / 3 * z);
        x = nextX;
        y = nextY;
      }
      if (i >= 0) {
        series[i] = x;
      }
    }
    return series;
  }

  private static double deviation(double[] x, int lost) {
    double mean = 0;
    for (double value : x) {
      mean += value;
    }
    mean /= x.length;
    double squares = 0;
    for (double value : x) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (x.length - lost));
  }

  private static double plainEntropy(double[] x) {
    double r = 0.2 * deviation(x, 0);
    long matches = 0;
    long longer = 0;
    for (int i = 0; i < x.length - 2; i++) {
      for (int j = i + 1; j < x.length - 2; j++) {
        if (Math.abs(x[i] - x[j]) < r && Math.abs(x[i + 1] - x[j + 1]) < r) {
          matches++;
          if (Math.abs(x[i + 2] - x[j + 2]) < r) {
            longer++;
          }
        }
      }
    }
    return Math.log((double) matches / longer);
  }

  private static double plainRange(double[] x) {
    double whole = Math.log(x.length);
    double[] logLengths = new double[15];
    double[] logRanges = new double[15];
    for (int k = 0; k < 15; k++) {
      int length = (int) Math.rint(Math.exp(whole * 0.375 + whole * 0.25 * k / 15));
      double sum = 0;
      int count = 0;
      for (int start = 0; start + length <= x.length; start += length) {
        double mean = 0;
        for (int t = start; t < start + length; t++) {
          mean += x[t] / length;
        }
        double level = 0;
        double squares = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int t = start; t < start + length; t++) {
          level += x[t] - mean;
          squares += (x[t] - mean) * (x[t] - mean);
          low = Math.min(low, level);
          high = Math.max(high, level);
        }
        sum += (high - low) / Math.sqrt(squares / (length - 1));
        count++;
      }
      logLengths[k] = Math.log(length);
      logRanges[k] = Math.log(sum / count);
    }
    return slope(logLengths, logRanges);
  }

  private static int[] windows() {
    return java.util.stream.IntStream.rangeClosed(0, 25)
        .map(i -> (int) Math.floor(4 * Math.pow(1.2, i)))
        .filter(length -> length <= LENGTH / 10)
        .distinct()
        .toArray();
  }

  private static double plainFluctuation(double[] x) {
    double mean = 0;
    for (double value : x) {
      mean += value / x.length;
    }
    double[] profile = new double[x.length];
    double level = 0;
    for (int i = 0; i < x.length; i++) {
      level += x[i] - mean;
      profile[i] = level;
    }
    double[] logLengths = new double[WINDOWS.length];
    double[] logs = new double[WINDOWS.length];
    for (int k = 0; k < WINDOWS.length; k++) {
      int length = WINDOWS[k];
      double sum = 0;
      int count = 0;
      for (int start = 0; start < x.length - length; start += length / 2) {
        double[] steps = new double[length];
        double[] part = new double[length];
        double meanY = 0;
        for (int t = 0; t < length; t++) {
          steps[t] = t;
          part[t] = profile[start + t];
          meanY += part[t] / length;
        }
        double slope = slope(steps, part);
        for (int t = 0; t < length; t++) {
          double rest = part[t] - meanY - slope * (t - (length - 1) * 0.5);
          sum += rest * rest / length;
        }
        count++;
      }
      logLengths[k] = Math.log(length);
      logs[k] = 0.5 * Math.log(sum / count);
    }
    return slope(logLengths, logs);
  }

  private static double plainSum(double[] x) {
    double deviation = deviation(x, 1);
    double[] radii = new double[55];
    long[] pairs = new long[55];
    for (int k = 0; k < 55; k++) {
      radii[k] = 0.1 * deviation * Math.pow(1.03, k);
    }
    for (int i = 0; i < x.length - 2; i++) {
      for (int j = i + 1; j < x.length - 2; j++) {
        double a = x[i] - x[j];
        double b = x[i + 1] - x[j + 1];
        double c = x[i + 2] - x[j + 2];
        double distance = Math.sqrt(a * a + b * b + c * c);
        for (int k = 54; k >= 0 && distance <= radii[k]; k--) {
          pairs[k]++;
        }
      }
    }
    double[] logRadii = new double[55];
    double[] logPairs = new double[55];
    for (int k = 0; k < 55; k++) {
      logRadii[k] = Math.log(radii[k]);
      logPairs[k] = Math.log((double) pairs[k]);
    }
    return slope(logRadii, logPairs);
  }

  private static double plainDivergence(double[] x) {
    int embedding = 5;
    int steps = 20;
    int count = x.length - embedding + 1 - steps + 1;
    double[] sums = new double[steps];
    int[] counts = new int[steps];
    for (int i = 0; i < count; i++) {
      int nearest = -1;
      double best = Double.POSITIVE_INFINITY;
      for (int j = 0; j < count; j++) {
        double square = square(x, i, j, embedding);
        if (square < best && Math.abs(i - j) > 10) {
          best = square;
          nearest = j;
        }
      }
      for (int k = 0; k < steps; k++) {
        double square = square(x, i + k, nearest + k, embedding);
        if (square > 0) {
          sums[k] += 0.5 * Math.log(square);
          counts[k]++;
        }
      }
    }
    double[] times = new double[steps];
    double[] means = new double[steps];
    for (int k = 0; k < steps; k++) {
      times[k] = k;
      means[k] = sums[k] / counts[k];
    }
    return slope(times, means);
  }

  private static double square(double[] x, int i, int j, int embedding) {
    double sum = 0;
    for (int q = 0; q < embedding; q++) {
      double difference = x[i + q] - x[j + q];
      sum += difference * difference;
    }
    return sum;
  }

  private static double slope(double[] x, double[] y) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += x[i] / x.length;
      meanY += y[i] / x.length;
    }
    double products = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    return products / squares;
  }
}

package dev.spanda.benchmarks;

import dev.spanda.audio.scalar.ScalarGenerator;
import dev.spanda.audio.scalar.ScalarMethod;
import dev.spanda.audio.scalar.ScalarStatistics;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many million numbers a second each of the seven methods makes, the secure source included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScalarWavesBenchmark {

  private static final int COUNT = 12_288;

  /** The method. */
  @Param public ScalarMethod method;

  private ScalarGenerator generator;
  private final double[] values = new double[COUNT];

  /** Checks that a seed repeats itself and that numbers stay in their range. */
  @Setup
  public void prove() {
    double[] first = ScalarGenerator.of(method, 1).values(COUNT);
    if (!Arrays.equals(first, ScalarGenerator.of(method, 1).values(COUNT))) {
      throw new IllegalStateException("a seed does not repeat itself");
    }
    ScalarStatistics statistics = ScalarStatistics.of(first);
    if (statistics.smallest() < 0 || statistics.largest() >= 1) {
      throw new IllegalStateException("out of range: " + statistics);
    }
    generator = ScalarGenerator.of(method, new SecureRandom());
  }

  /** Fills an array of 12 288. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public double[] numbers() {
    generator.into(values, 0, COUNT);
    return values;
  }
}

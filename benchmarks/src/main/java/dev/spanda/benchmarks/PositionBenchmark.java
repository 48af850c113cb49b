package dev.spanda.benchmarks;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.ephemeris.Ephemeris;
import java.util.Random;
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
 * How long does one apparent position with its speed take? Sun, Moon and Mercury to Pluto are asked
 * at each instant; the time is that of one of the ten. {@link PositionComparison} sets it beside
 * the Swiss Ephemeris library.
 *
 * <p>Run with {@code -prof gc} to see that nothing is allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PositionBenchmark {

  static final int INSTANTS = 20_000;

  /** How the instants follow one another. */
  public enum Order {
    /** Nine hours apart, from the year 2000 on. */
    SEQUENTIAL,
    /** Anywhere between 1950 and 2050. */
    RANDOM
  }

  @Param public Order order = Order.SEQUENTIAL;

  private final Ephemeris ephemeris = Ephemeris.standard();
  private final Body[] bodies = Body.planets().toArray(Body[]::new);
  private final double[] six = new double[6];
  private double[] days = {};
  private int next;

  /** Lays out the instants and holds one position against a number of the reference table. */
  @Setup
  public void prepare() {
    days = instants(order);
    ephemeris.into(Body.MOON, 2536720.784504112, six);
    if (Math.abs(six[0] - 45.880037252) * 3600 > 0.001) {
      throw new IllegalStateException("the Moon is not where the reference has it: " + six[0]);
    }
  }

  static double[] instants(Order order) {
    Random random = new Random(1);
    double[] days = new double[INSTANTS];
    for (int i = 0; i < days.length; i++) {
      days[i] =
          order == Order.SEQUENTIAL ? 2451545 + i * 0.37 : 2433282.5 + 36525 * random.nextDouble();
    }
    return days;
  }

  /** Ten positions at one instant. */
  @Benchmark
  @OperationsPerInvocation(10)
  public double position() {
    double day = days[next];
    next = next + 1 == INSTANTS ? 0 : next + 1;
    double sum = 0;
    for (Body body : bodies) {
      ephemeris.into(body, day, six);
      sum += six[0] + six[3];
    }
    return sum;
  }
}

package dev.spanda.audio.scalar;

import dev.spanda.core.Failure;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Measures how fast this machine makes scalar values now. Nothing in the result is assumed: a first
 * tenth of the run warms the code up and is not counted. Thread-safe.
 */
public final class ScalarBenchmark {

  private static final int BLOCK = 4096;

  private final LongSupplier wallNanos;
  private final LongSupplier processorNanos;

  /**
   * A benchmark on the given clocks.
   *
   * @param wallNanos nanoseconds of a clock that never goes back
   * @param processorNanos nanoseconds of processor time that the calling thread has used
   */
  public ScalarBenchmark(LongSupplier wallNanos, LongSupplier processorNanos) {
    this.wallNanos = Objects.requireNonNull(wallNanos);
    this.processorNanos = Objects.requireNonNull(processorNanos);
  }

  /** A benchmark on the clocks of this machine. */
  public static ScalarBenchmark ofThisMachine() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new ScalarBenchmark(
        System::nanoTime,
        threads.isCurrentThreadCpuTimeSupported()
            ? threads::getCurrentThreadCpuTime
            : System::nanoTime);
  }

  /**
   * Draws numbers and measures it.
   *
   * @param generator what to draw from; it is advanced
   * @param count how many numbers to measure, from 1 to 1 000 000 000
   * @throws Failure INVALID when the count is out of its range
   */
  public Result run(ScalarGenerator generator, int count) {
    Failure.requireInRange("count", "Count", count, 1, 1e9, "");
    double[] block = new double[BLOCK];
    draw(generator, block, count / 10);
    long wall = wallNanos.getAsLong();
    long processor = processorNanos.getAsLong();
    draw(generator, block, count);
    processor = processorNanos.getAsLong() - processor;
    wall = Math.max(1, wallNanos.getAsLong() - wall);
    return new Result(
        generator.method(),
        count,
        Duration.ofNanos(wall),
        count * 1e9 / wall,
        Math.max(0, Math.min(1, (double) processor / wall)));
  }

  private static void draw(ScalarGenerator generator, double[] block, int count) {
    for (int done = 0; done < count; done += BLOCK) {
      generator.into(block, 0, Math.min(BLOCK, count - done));
    }
  }

  /**
   * What was measured.
   *
   * @param method what made the numbers
   * @param count how many were made
   * @param generationTime how long it took by the clock on the wall
   * @param samplesPerSecond numbers a second of that time
   * @param efficiency the share of that time in which a processor worked for this run, 0 to 1: what
   *     is missing to 1 was spent waiting for a processor that others used
   */
  public record Result(
      ScalarMethod method,
      int count,
      Duration generationTime,
      double samplesPerSecond,
      double efficiency) {}
}

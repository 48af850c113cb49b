package dev.spanda.benchmarks;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.core.store.trial.ScratchFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One apparent position with speed, here and in the Swiss Ephemeris library, in turns within one
 * run.
 *
 * <p>It needs Debian's libswe-dev, swe-standard-data and a C compiler; it compiles {@code
 * swe_positions.c} into a temporary folder. Usage, from the root of the repository: {@code java -cp
 * … dev.spanda.benchmarks.PositionComparison benchmarks/src/main/c/swe_positions.c}
 */
public final class PositionComparison {

  private static final int ROUNDS = 5;

  /** Who computes. */
  private enum Peer {
    SPANDA {
      @Override
      double microseconds(PositionBenchmark.Order order, Path program) {
        return ours(order);
      }
    },
    SWISS_EPHEMERIS_C {
      @Override
      double microseconds(PositionBenchmark.Order order, Path program)
          throws IOException, InterruptedException {
        String word = order.name().toLowerCase(Locale.ROOT);
        return Double.parseDouble(run(List.of(program.toString(), word, "3")));
      }
    };

    abstract double microseconds(PositionBenchmark.Order order, Path program)
        throws IOException, InterruptedException;
  }

  private PositionComparison() {}

  /** Compiles the C side and prints the median of both sides for both orders. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (ScratchFolder folder = ScratchFolder.named("swe")) {
      Path program = folder.path().resolve("swe_positions");
      run(List.of("cc", "-O2", "-o", program.toString(), arguments[0], "-lswe", "-lm"));
      compare(program);
    }
  }

  private static void compare(Path program) throws IOException, InterruptedException {
    for (PositionBenchmark.Order order : PositionBenchmark.Order.values()) {
      double[][] times = new double[Peer.values().length][ROUNDS];
      ours(order);
      for (int round = 0; round < ROUNDS; round++) {
        for (Peer peer : Peer.values()) {
          times[peer.ordinal()][round] = peer.microseconds(order, program);
        }
      }
      double[] medians = new double[times.length];
      for (int i = 0; i < times.length; i++) {
        Arrays.sort(times[i]);
        medians[i] = times[i][ROUNDS / 2];
      }
      System.out.printf(
          Locale.ROOT,
          "%s: Spanda %.3f µs, Swiss Ephemeris (C) %.3f µs, %.1f times%n",
          order,
          medians[0],
          medians[1],
          medians[1] / medians[0]);
    }
  }

  /** Processor time of this thread for one position, the median of seven passes. */
  private static double ours(PositionBenchmark.Order order) {
    Ephemeris ephemeris = Ephemeris.standard();
    double[] days = PositionBenchmark.instants(order);
    Body[] bodies = Body.planets().toArray(Body[]::new);
    double[] six = new double[6];
    double[] passes = new double[7];
    double sum = 0;
    for (int pass = 0; pass < passes.length; pass++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (double day : days) {
        for (Body body : bodies) {
          ephemeris.into(body, day, six);
          sum += six[0] + six[3];
        }
      }
      long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      passes[pass] = spent / 1e3 / days.length / bodies.length;
    }
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("a position is not a number");
    }
    Arrays.sort(passes);
    return passes[passes.length / 2];
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("failed: " + command);
    }
    return text.trim();
  }
}

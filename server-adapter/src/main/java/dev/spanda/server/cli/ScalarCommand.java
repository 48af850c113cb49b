package dev.spanda.server.cli;

import dev.spanda.audio.scalar.ScalarBenchmark;
import dev.spanda.audio.scalar.ScalarGenerator;
import dev.spanda.audio.scalar.ScalarMethod;
import dev.spanda.audio.scalar.ScalarStatistics;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws numbers from the scalar generators. */
@Command(
    name = "scalar",
    description = "Draw numbers from a scalar generator and describe them, or time all seven.",
    mixinStandardHelpOptions = true)
final class ScalarCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--method",
      description =
          "hybrid, cellular_automaton, kuramoto, lorenz, rossler, sha3_chain or secure_random;"
              + " ${DEFAULT-VALUE} by default.",
      defaultValue = "hybrid")
  private String method = "hybrid";

  @Option(
      names = "--count",
      description = "How many numbers, 1 to 10000000; ${DEFAULT-VALUE} by default.",
      defaultValue = "100000")
  private int count = 100_000;

  @Option(
      names = "--seed",
      description = "The same seed gives the same numbers; ${DEFAULT-VALUE} by default.",
      defaultValue = "0")
  private long seed;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the numbers, one a line.")
  private @Nullable Path out;

  @Option(names = "--bench", description = "Time all seven generators on this machine.")
  private boolean bench;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ScalarCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter screen = spec.commandLine().getOut();
    Failure.requireInRange("count", "Count", count, 1, 10_000_000, "");
    if (bench) {
      bench(screen);
      return 0;
    }
    ScalarMethod chosen = ScalarMethod.parse(method);
    double[] values = ScalarGenerator.of(chosen, seed).values(count);
    if (out != null) {
      try (Writer writer = Files.newBufferedWriter(out)) {
        for (double value : values) {
          writer.write(value + "\n");
        }
      }
    }
    ScalarStatistics statistics = ScalarStatistics.of(values);
    new Report()
        .add("method", chosen.id())
        .add("count", statistics.count())
        .add("mean", statistics.mean())
        .add("variance", statistics.variance())
        .add("entropy_bits", statistics.entropyBits())
        .add("serial_correlation", statistics.serialCorrelation())
        .add("smallest", statistics.smallest())
        .add("largest", statistics.largest())
        .print(screen, json);
    return 0;
  }

  private void bench(PrintWriter screen) {
    Map<String, Object> rates = new LinkedHashMap<>();
    for (ScalarMethod each : ScalarMethod.values()) {
      ScalarBenchmark.Result result =
          ScalarBenchmark.ofThisMachine().run(ScalarGenerator.of(each, seed), count);
      rates.put(each.id(), result.samplesPerSecond());
      if (!json) {
        screen.printf(
            Locale.ROOT,
            "%-20s %10.2f million a second%n",
            each.id(),
            result.samplesPerSecond() / 1e6);
      }
    }
    if (json) {
      screen.println(Report.json(Map.of("values_per_second", rates)));
    }
    screen.flush();
  }
}

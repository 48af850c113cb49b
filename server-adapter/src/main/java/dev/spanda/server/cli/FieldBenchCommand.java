package dev.spanda.server.cli;

import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times the measuring of one picture on this machine. */
@Command(
    name = "bench",
    description =
        "Time the decoding and measuring of a picture on one thread, after as long a warm-up. For"
            + " figures to publish use the benchmarks module.",
    mixinStandardHelpOptions = true)
final class FieldBenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "IMAGE", description = "The picture to measure.")
  private Path image = Path.of("picture.jpg");

  @Option(
      names = "--seconds",
      description = "How long each part is timed, 0.1 to 60; ${DEFAULT-VALUE} by default.",
      defaultValue = "3")
  private double seconds = 3;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  FieldBenchCommand() {}

  @Override
  public Integer call() throws IOException {
    Failure.requireInRange("seconds", "Seconds", seconds, 0.1, 60, "");
    byte[] bytes = Files.readAllBytes(image);
    Frame frame = Pictures.decode(bytes).frame();
    Analyzer full = new Analyzer(Analyzer.Profile.FULL);
    Analyzer realtime = new Analyzer(Analyzer.Profile.REALTIME);
    double decode = medianMs(() -> Pictures.decode(bytes));
    double measureFull = medianMs(() -> full.analyze(frame));
    double measureRealtime = medianMs(() -> realtime.analyze(frame));
    double wholeFull = medianMs(() -> full.analyze(Pictures.decode(bytes).frame()));
    double wholeRealtime = medianMs(() -> realtime.analyze(Pictures.decode(bytes).frame()));
    new Report()
        .add("width", frame.width())
        .add("height", frame.height())
        .add("decode_ms", decode)
        .add("measure_full_ms", measureFull)
        .add("measure_realtime_ms", measureRealtime)
        .add("frame_full_ms", wholeFull)
        .add("frame_realtime_ms", wholeRealtime)
        .add("frames_per_second_realtime", 1000 / wholeRealtime)
        .print(spec.commandLine().getOut(), json);
    return 0;
  }

  private interface Work {
    Object run();
  }

  /** The newest result stays here, so that no work can be found needless. */
  private @Nullable Object newest;

  private double medianMs(Work work) {
    run(work);
    double[] times = run(work);
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private double[] run(Work work) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    double[] times = new double[16];
    int count = 0;
    do {
      long began = System.nanoTime();
      newest = work.run();
      double time = (System.nanoTime() - began) / 1e6;
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = time;
    } while (System.nanoTime() < end);
    if (newest == null) {
      throw new IllegalStateException("nothing was measured");
    }
    return Arrays.copyOf(times, count);
  }
}

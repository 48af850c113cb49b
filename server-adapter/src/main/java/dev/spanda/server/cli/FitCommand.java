package dev.spanda.server.cli;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.bowl.Bowl;
import dev.spanda.audio.bowl.BowlFitter;
import dev.spanda.audio.bowl.BowlSynth;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavReader;
import dev.spanda.audio.file.WavWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the modes of a bowl in a recording. */
@Command(
    name = "fit",
    description = "Find the modes of a struck bowl in a WAV file of one blow.",
    mixinStandardHelpOptions = true)
final class FitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE.wav", description = "A recording of one blow that rings out.")
  private Path file = Path.of("bowl.wav");

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE.wav",
      description = "Strike the bowl that was found and write 30 s of it.")
  private @Nullable Path out;

  FitCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter screen = spec.commandLine().getOut();
    Bowl bowl;
    try (WavReader recording = WavReader.open(file)) {
      bowl = new BowlFitter().fit(recording, file.getFileName().toString());
    }
    if (json) {
      screen.println(
          Report.json(
              Map.of(
                  "name",
                  bowl.name(),
                  "modes",
                  bowl.modes().stream().map(FitCommand::fields).toList())));
    } else {
      screen.println("frequency Hz   relative   T60 s    beat Hz         Q");
      for (Bowl.Mode mode : bowl.modes()) {
        screen.printf(
            Locale.ROOT,
            "%12.3f %10.4f %7.2f %10.3f %9.0f%n",
            mode.frequencyHz(),
            mode.amplitude(),
            mode.t60Seconds(),
            mode.splitHz(),
            mode.q());
      }
    }
    if (out != null) {
      BowlSynth sound =
          BowlSynth.of(bowl).sampleRate(SampleRate.CD).length(Duration.ofSeconds(30)).build();
      WavWriter.of(WavFormat.PCM16).write(sound, out);
    }
    screen.flush();
    return 0;
  }

  private static Map<String, Object> fields(Bowl.Mode mode) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("frequency_hz", mode.frequencyHz());
    fields.put("amplitude", mode.amplitude());
    fields.put("t60_seconds", mode.t60Seconds());
    fields.put("split_hz", mode.splitHz());
    fields.put("order", mode.order());
    return fields;
  }
}

package dev.spanda.server.cli;

import dev.spanda.audio.Sound;
import dev.spanda.audio.file.WavReader;
import dev.spanda.audio.spectrum.Spectrogram;
import dev.spanda.audio.spectrum.SpectrumAnalyzer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a WAV file consists of. */
@Command(
    name = "spectrum",
    description = "Print the 64 bands of a WAV file at a time, or draw its spectrogram.",
    mixinStandardHelpOptions = true)
final class SpectrumCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE.wav", description = "The file to read.")
  private Path file = Path.of("bowl.wav");

  @Option(
      names = "--at",
      paramLabel = "SECONDS",
      description = "Where to read the bands; ${DEFAULT-VALUE} by default.",
      defaultValue = "1")
  private double atSeconds = 1;

  @Option(names = "--out", paramLabel = "FILE.png", description = "Draw the spectrogram instead.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  SpectrumCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter screen = spec.commandLine().getOut();
    try (WavReader sound = WavReader.open(file)) {
      if (out != null) {
        Files.write(out, Spectrogram.of(sound).withTitle(file.getFileName().toString()).png());
        screen.println("Wrote " + out);
      } else {
        print(sound, screen);
      }
    }
    screen.flush();
    return 0;
  }

  private void print(Sound sound, PrintWriter screen) {
    long frame = sound.sampleRate().framesIn(ToneOptions.duration(atSeconds));
    float[] bands = SpectrumAnalyzer.of(sound.sampleRate()).at(sound, frame);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int band = 0; band < bands.length; band++) {
      double low = SpectrumAnalyzer.edgeHz(band);
      double high = SpectrumAnalyzer.edgeHz(band + 1);
      double db = 20 * Math.log10(Math.max(bands[band], 1e-9));
      if (json) {
        rows.add(Map.of("low_hz", low, "high_hz", high, "amplitude", bands[band]));
      } else {
        int length = (int) Math.max(0, Math.round((db + 90) / 90 * 40));
        screen.printf(
            Locale.ROOT, "%8.1f Hz %7.1f dB %s%n", Math.sqrt(low * high), db, "#".repeat(length));
      }
    }
    if (json) {
      screen.println(Report.json(Map.of("at_seconds", atSeconds, "bands", rows)));
    }
  }
}

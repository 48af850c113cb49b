package dev.spanda.server.cli;

import dev.spanda.audio.bowl.Bowl;
import dev.spanda.audio.bowl.BowlSynth;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Renders a bowl or a tone to a file. */
@Command(
    name = "render",
    description = "Render a bowl or a tone to a WAV or FLAC file.",
    mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ToneOptions tone = new ToneOptions();

  @Mixin private FileOptions file = new FileOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write; bowl.wav by default.",
      defaultValue = "bowl.wav")
  private Path out = Path.of("bowl.wav");

  @Option(names = "--bowls", description = "List the measured bowls and end.")
  private boolean bowls;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  RenderCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter screen = spec.commandLine().getOut();
    if (bowls) {
      for (Bowl bowl : Bowl.measured()) {
        screen.printf(
            Locale.ROOT, "%-18s %7.1f Hz  %s%n", bowl.name(), bowl.fundamentalHz(), bowl.source());
      }
      screen.flush();
      return 0;
    }
    BowlSynth sound = tone.sound();
    long began = System.nanoTime();
    try (ProgressBar bar = new ProgressBar("rendering")) {
      file.write(new WatchedSound(sound, bar::at), out);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    new Report()
        .add("file", out.toString())
        .add("bytes", Files.size(out))
        .add("frames", sound.frames())
        .add("channels", sound.channels())
        .add("audible", sound.isAudible())
        .add("took_seconds", seconds)
        .print(screen, json);
    if (!sound.isAudible() && !json) {
      screen.println(
          "The fundamental lies outside hearing (20 to 20000 Hz); --carrier am=200 pulses a tone at"
              + " its rate.");
      screen.flush();
    }
    return 0;
  }

  /** How a sound is written. */
  static final class FileOptions {

    @Option(
        names = "--format",
        paramLabel = "wav|flac",
        description = "By default what the file's name ends in.")
    private @Nullable String format;

    @Option(
        names = "--bits",
        paramLabel = "16|24|32|float",
        description = "Bits a sample; ${DEFAULT-VALUE} by default; FLAC has 16 and 24.",
        defaultValue = "16")
    private String bits = "16";

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Dither with noise from this seed; without it samples are rounded.")
    private @Nullable Long seed;

    FileOptions() {}

    void write(dev.spanda.audio.Sound sound, Path out) throws IOException {
      Path folder = out.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        throw Failure.invalid("out", out, "There is no folder " + folder);
      }
      SoundFile.of(kind(out), bits, seed).write(sound, out);
    }

    private String kind(Path out) {
      if (format != null) {
        return format;
      }
      return out.toString().toLowerCase(Locale.ROOT).endsWith(".flac") ? "flac" : "wav";
    }
  }
}

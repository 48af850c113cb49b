package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import dev.spanda.core.store.trial.ScratchFolder;
import dev.spanda.media.clip.Clip;
import dev.spanda.media.clip.ClipPlan;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Cutter;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.FilmFetcher;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cuts one clip. */
@Command(
    name = "cut",
    description = "Cut a clip out of a film in a file or at a web address.",
    mixinStandardHelpOptions = true)
final class ClipCutCommand implements Callable<Integer> {

  private static final Duration FETCH_TIME = Duration.ofMinutes(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SOURCE", description = "A path, or an http or https address.")
  private String source = "";

  @Option(
      names = "--start",
      required = true,
      description = "Where the clip begins, in seconds, 0 or more.")
  private BigDecimal start = BigDecimal.ZERO;

  @Option(
      names = "--duration",
      required = true,
      description = "How long it is, in seconds, 1 to 3600.")
  private BigDecimal duration = BigDecimal.ONE;

  @Option(
      names = "--out",
      required = true,
      description = "The file that is made: .mp4, .mov, .webm, .mkv, .gif or .webp.")
  private Path out = Path.of("clip.mp4");

  @Option(
      names = "--mode",
      defaultValue = "exact",
      description = "exact, or instant, which encodes nothing; ${DEFAULT-VALUE} by default.")
  private String mode = "exact";

  @Option(
      names = "--size",
      paramLabel = "WIDTHxHEIGHT",
      description = "Scale the pictures; encodes all of them.")
  private @Nullable String size;

  @Option(
      names = "--sound",
      defaultValue = "keep",
      description = "keep, drop or only; ${DEFAULT-VALUE} by default.")
  private String sound = "keep";

  @Option(names = "--ffmpeg", description = "The program; that on the PATH by default.")
  private @Nullable Path ffmpeg;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ClipCutCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClipPlan plan =
        new ClipPlan(
            time("start_sec", start),
            time("duration_sec", duration),
            ClipPlan.Format.parse(extension(out)),
            ClipPlan.Mode.parse(mode),
            Optional.ofNullable(size).map(ClipPlan.Size::parse),
            sound(sound));
    Cutter cutter = new Cutter(Optional.ofNullable(ffmpeg), Cutter.Limits.DEFAULT);
    long began = System.nanoTime();
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw Failure.invalid("out", out, "There is no folder for the clip");
    }
    Clip clip;
    try (ScratchFolder scratch = ScratchFolder.within(folder, ".spanda-clip");
        Fetcher fetcher = new Fetcher(Set.of(), null);
        ProgressBar bar = new ProgressBar("cutting")) {
      ClipSource.Opener opener =
          new FilmFetcher(
              fetcher,
              (name, unused) -> local(Path.of(name)),
              Cutter.Limits.DEFAULT.mostSourceBytes(),
              FETCH_TIME);
      Path work = scratch.path();
      try (ClipSource film = opener.open(source, work)) {
        clip = cutter.cut(film, plan, out.toAbsolutePath(), work, bar::at);
      }
    }
    new Report()
        .add("file", out.toString())
        .add("way", clip.way().name().toLowerCase(Locale.ROOT))
        .add("why", clip.why())
        .add("duration_sec", clip.duration().toNanos() / 1e9)
        .add("frames", clip.frames())
        .add("encoded_frames", clip.encodedFrames())
        .add("size_bytes", clip.sizeBytes())
        .add("took_ms", (System.nanoTime() - began) / 1e6)
        .print(spec.commandLine().getOut(), json);
    return 0;
  }

  static Duration time(String field, BigDecimal seconds) {
    if (seconds.abs().compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
      throw Failure.invalid(field, seconds, field + " must be at most 1000000 seconds");
    }
    return Duration.ofNanos(
        seconds.movePointRight(9).setScale(0, java.math.RoundingMode.HALF_UP).longValueExact());
  }

  private static ClipPlan.Sound sound(String word) {
    return switch (word) {
      case "keep" -> ClipPlan.Sound.KEEP;
      case "drop" -> ClipPlan.Sound.DROP;
      case "only" -> ClipPlan.Sound.ONLY;
      default -> throw Failure.notAllowed("sound", word, List.of("keep", "drop", "only"));
    };
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static ClipSource local(Path film) throws IOException {
    if (!Files.isRegularFile(film)) {
      throw new NoSuchFileException(film.toString());
    }
    return ClipSource.of(film);
  }
}

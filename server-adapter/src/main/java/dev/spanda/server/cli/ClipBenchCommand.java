package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import dev.spanda.core.store.trial.ScratchFolder;
import dev.spanda.media.clip.Clip;
import dev.spanda.media.clip.ClipPlan;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Cutter;
import dev.spanda.media.clip.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times clips against what ffmpeg alone does, in turns. */
@Command(
    name = "bench",
    description =
        "Time exact and instant clips of two films of two minutes in 1920x1080 at 30 frames a"
            + " second, one with a key frame every 2 s and one every 8 s, against ffmpeg's own"
            + " exact cut with default settings and with x264's veryfast. Each round does each"
            + " once, after five clips of ours that are not counted.",
    mixinStandardHelpOptions = true)
final class ClipBenchCommand implements Callable<Integer> {

  private static final int FILM_SECONDS = 120;
  private static final double START = 30.5;
  private static final int WARM_UP = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--films",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the films are kept; they are made when they are not there.")
  private Path films = Path.of("films");

  @Option(
      names = "--ffmpeg",
      description = "The program that encodes our edges; that on the PATH by default.")
  private @Nullable Path ffmpeg;

  @Option(
      names = "--peer",
      description = "The program that is compared with; that on the PATH by default.")
  private @Nullable Path peer;

  @Option(
      names = "--rounds",
      description = "How often each is done, 1 to 50; ${DEFAULT-VALUE} by default.",
      defaultValue = "5")
  private int rounds = 5;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private final Map<String, String> ways = new LinkedHashMap<>();

  ClipBenchCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Failure.requireInRange("rounds", "Rounds", rounds, 1, 50, "");
    Ffmpeg other = Ffmpeg.find(Optional.ofNullable(peer));
    Cutter cutter = new Cutter(Optional.ofNullable(ffmpeg), Cutter.Limits.DEFAULT);
    Ffmpeg own = cutter.ffmpeg();
    Files.createDirectories(films);
    Path two = film(other, 60);
    Path eight = film(other, 240);
    // As in a server that has been up for a while: the compiler has seen the code. Not counted.
    for (int warm = 0; warm < WARM_UP; warm++) {
      ours("warm_up", cutter, two, 15, ClipPlan.Mode.EXACT);
    }
    seconds.clear();
    ways.clear();
    for (int round = 0; round < rounds; round++) {
      ours("exact_15s_gop_2s", cutter, two, 15, ClipPlan.Mode.EXACT);
      peers("ffmpeg_default_15s_gop_2s", other, two, 15, List.of());
      ours("exact_15s_gop_8s", cutter, eight, 15, ClipPlan.Mode.EXACT);
      peers("ffmpeg_default_15s_gop_8s", other, eight, 15, List.of());
      ours("exact_60s_gop_2s", cutter, two, 60, ClipPlan.Mode.EXACT);
      peers(
          "ffmpeg_veryfast_60s_gop_2s",
          other,
          two,
          60,
          List.of("-c:v", "libx264", "-preset", "veryfast"));
      if (own.encoders().contains("libopenh264")) {
        peers(
            "ffmpeg_openh264_15s_gop_2s",
            own,
            two,
            15,
            List.of("-c:v", "libopenh264", "-b:v", "7M"));
      }
      ours("instant_15s_gop_2s", cutter, two, 15, ClipPlan.Mode.INSTANT);
      ours("instant_15s_gop_8s", cutter, eight, 15, ClipPlan.Mode.INSTANT);
    }
    Report report =
        new Report()
            .add("ffmpeg", own.version())
            .add(
                "edges",
                own.encoders().contains("libopenh264") ? "libopenh264 (LGPL build)" : "libx264")
            .add("peer", other.version())
            .add("rounds", rounds);
    seconds.forEach((name, times) -> report.add(name + "_seconds", median(times)));
    ways.forEach((name, way) -> report.add(name + "_way", way));
    ratio(report, "times_15s_gop_2s", "ffmpeg_default_15s_gop_2s", "exact_15s_gop_2s");
    ratio(report, "times_15s_gop_8s", "ffmpeg_default_15s_gop_8s", "exact_15s_gop_8s");
    ratio(report, "times_60s_veryfast", "ffmpeg_veryfast_60s_gop_2s", "exact_60s_gop_2s");
    report.print(spec.commandLine().getOut(), json);
    return 0;
  }

  private void ratio(Report report, String name, String slow, String quick) {
    report.add(
        name,
        median(seconds.getOrDefault(slow, List.of()))
            / median(seconds.getOrDefault(quick, List.of())));
  }

  private static double median(List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private void ours(String name, Cutter cutter, Path film, int length, ClipPlan.Mode mode)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (ScratchFolder work = ScratchFolder.within(films, "work");
        ClipSource source = ClipSource.of(film)) {
      Clip clip =
          cutter.cut(
              source,
              ClipPlan.of(Duration.ofNanos((long) (START * 1e9)), Duration.ofSeconds(length))
                  .withMode(mode),
              films.resolve("ours.mp4"),
              work.path(),
              fraction -> {});
      took(name, began);
      ways.put(
          name,
          clip.way()
              + ", "
              + clip.frames()
              + " frames, "
              + clip.encodedFrames()
              + " of them encoded, "
              + clip.duration());
    }
  }

  private void peers(String name, Ffmpeg program, Path film, int length, List<String> encoder)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-ss",
                Double.toString(START),
                "-i",
                film.toString(),
                "-t",
                Integer.toString(length)));
    arguments.addAll(encoder);
    arguments.add(films.resolve("theirs.mp4").toString());
    long began = System.nanoTime();
    run(program, arguments);
    took(name, began);
  }

  private void took(String name, long began) {
    seconds
        .computeIfAbsent(name, unused -> new ArrayList<>())
        .add((System.nanoTime() - began) / 1e9);
  }

  private static void run(Ffmpeg program, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.program().toString());
    command.addAll(Arrays.asList("-nostdin", "-hide_banner", "-loglevel", "error", "-y"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw Failure.of(Failure.Reason.FAILED, "ffmpeg", "ffmpeg ended with " + process.exitValue());
    }
  }

  private Path film(Ffmpeg program, int step) throws IOException, InterruptedException {
    Path file = films.resolve("g" + step + ".mp4");
    if (!Files.exists(file)) {
      Path part = films.resolve("part.mp4");
      run(
          program,
          List.of(
              "-f",
              "lavfi",
              "-i",
              "testsrc2=size=1920x1080:rate=30:duration=" + FILM_SECONDS,
              "-f",
              "lavfi",
              "-i",
              "sine=frequency=440:sample_rate=48000:duration=" + FILM_SECONDS,
              "-c:v",
              "libx264",
              "-preset",
              "veryfast",
              "-b:v",
              "7M",
              "-pix_fmt",
              "yuv420p",
              "-g",
              Integer.toString(step),
              "-keyint_min",
              Integer.toString(step),
              "-sc_threshold",
              "0",
              "-bf",
              "3",
              "-c:a",
              "aac",
              "-b:a",
              "128k",
              part.toString()));
      Files.move(part, file);
    }
    return file;
  }
}

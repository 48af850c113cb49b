package dev.spanda.server.octospine;

import dev.spanda.core.Failure;
import dev.spanda.core.file.Files;
import dev.spanda.core.file.StoredFile;
import dev.spanda.core.task.Processor;
import dev.spanda.media.clip.Clip;
import dev.spanda.media.clip.ClipPlan;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Cutter;
import dev.spanda.server.outbound.Encoder;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.FilmFetcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A clip of a film as a file of the account. Parameters: {@code source}, the id of a file of the
 * account or an http or https address; {@code start_sec}, 0 s (the default) to 30 days; {@code
 * duration_sec}, 1 to 3 600 s, of a preview (gif, webp) 1 to 60 s, by default 10; {@code out_ext},
 * {@code mp4} (the default), {@code mov}, {@code webm}, {@code mkv}, {@code gif} or {@code webp};
 * {@code mode}, {@code exact} (the default) or {@code instant}. Of a film only the parts that are
 * needed are read. Where there is no ffmpeg a run that needs it fails and says what to install.
 */
final class ClipProcessor implements Processor {

  private static final String FFMPEG = "ffmpeg";
  private static final int LONGEST_SOURCE = 2_000;
  private static final double LATEST_START_SECONDS = 30 * 86_400.0;
  private static final double SHORTEST_SECONDS = ClipPlan.SHORTEST.toMillis() / 1e3;
  private static final double LONGEST_SECONDS = ClipPlan.LONGEST.toMillis() / 1e3;
  private static final double USUAL_SECONDS = 10;
  private static final Duration FETCH_TIME = Duration.ofMinutes(10);
  private static final double CUT = 0.95;

  private final Files files;
  private final Cutter cutter;
  private final ClipSource.Opener web;

  ClipProcessor(Files files, Fetcher fetcher) {
    this.files = files;
    Cutter.Limits usual = Cutter.Limits.DEFAULT;
    this.cutter =
        Encoder.cutter(
            new Cutter.Limits(
                usual.mostPixels(),
                usual.mostSourceBytes(),
                files.limits().largestFile(),
                usual.patience()));
    this.web =
        new FilmFetcher(fetcher, ClipSource.local(List.of()), usual.mostSourceBytes(), FETCH_TIME);
  }

  private record Order(String source, ClipPlan plan) {

    static Order of(Map<String, Object> parameters) {
      Given given = new Given(parameters, "source", "start_sec", "duration_sec", "out_ext", "mode");
      String source =
          Failure.requireText("source", "source", given.required("source"), 1, LONGEST_SOURCE);
      double start = given.number("start_sec", 0, 0, LATEST_START_SECONDS, "seconds");
      double seconds =
          given.number("duration_sec", USUAL_SECONDS, SHORTEST_SECONDS, LONGEST_SECONDS, "seconds");
      ClipPlan plan = ClipPlan.of(duration(start), duration(seconds));
      plan = plan.withFormat(ClipPlan.Format.parse(given.text("out_ext").orElse("mp4")));
      return new Order(
          source, plan.withMode(ClipPlan.Mode.parse(given.text("mode").orElse("exact"))));
    }

    private static Duration duration(double seconds) {
      return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    boolean isFile() {
      return source.startsWith("file_");
    }
  }

  @Override
  public String type() {
    return "cut_clip";
  }

  @Override
  public String description() {
    return "Cuts a clip out of a film, exact to the frame.";
  }

  @Override
  public List<String> needs(Map<String, Object> parameters) {
    return List.of("video_cutting");
  }

  @Override
  public void check(Map<String, Object> parameters) {
    Order order = Order.of(parameters);
    if (!order.isFile()) {
      web.check(order.source());
    }
  }

  @Override
  public Map<String, Object> run(Map<String, Object> parameters, Context context)
      throws IOException, InterruptedException {
    Order order = Order.of(parameters);
    Path folder = java.nio.file.Files.createTempDirectory("spanda-clip");
    try (ClipSource source =
        order.isFile() ? kept(context.owner(), order.source()) : web.open(order.source(), folder)) {
      String extension = order.plan().format().extension();
      Clip clip =
          cutter.cut(
              source,
              order.plan(),
              folder.resolve("made." + extension),
              java.nio.file.Files.createDirectory(folder.resolve("work")),
              fraction -> {
                context.throwIfCancelled();
                context.progress(CUT * fraction, "Cutting the clip");
              });
      context.progress(CUT, "Keeping the file");
      try (InputStream in = java.nio.file.Files.newInputStream(clip.file())) {
        return result(
            clip,
            files.save(
                context.owner(),
                StoredFile.Plan.of("clip." + extension)
                    .withId(AudioProcessor.fileId(context.key())),
                in));
      }
    } catch (Failure failure) {
      // A program that is missing does not come by trying again.
      throw failure.subject().equals(FFMPEG) && failure.reason() == Failure.Reason.UNAVAILABLE
          ? Failure.of(
              Failure.Reason.UNSUPPORTED,
              FFMPEG,
              Objects.requireNonNullElse(failure.getMessage(), FFMPEG))
          : failure;
    } finally {
      remove(folder);
    }
  }

  private ClipSource kept(String owner, String id) {
    return ClipSource.of(
        files.find(owner, id).size(), (offset, count) -> files.open(owner, id, offset, count));
  }

  private static Map<String, Object> result(Clip clip, StoredFile file) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file_id", file.id());
    result.put("name", file.name());
    result.put("bytes", file.size());
    result.put("duration", clip.duration().toNanos() / 1e9);
    result.put("frames", clip.frames());
    result.put("encoded_frames", clip.encodedFrames());
    result.put("way", clip.way().name().toLowerCase(Locale.ROOT));
    result.put("why", clip.why());
    return result;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = java.nio.file.Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        java.nio.file.Files.deleteIfExists(each);
      }
    }
  }
}

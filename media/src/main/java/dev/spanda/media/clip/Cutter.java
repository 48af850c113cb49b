package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts clips out of films.
 *
 * <p>Of an MP4 or MOV file only the tables and the samples that are needed are read. Where its
 * pictures are plain H.264, an exact clip encodes the frames from its start to the next closed key
 * frame and the few at its end again and copies the others bit for bit; otherwise it encodes all of
 * them. Sound in AAC or Opus is copied packet by packet and trimmed by the edit list. Other
 * sources, sizes and formats go through the encoder as a whole. What was made is read again, its
 * frames are counted and their times compared with what was asked for, before it has its name.
 *
 * <p>A source is never handed to the encoder as it came unless it is a file that begins as an MP4,
 * MOV, Matroska or WebM file does; the encoder is told to read that format alone, from files alone.
 *
 * <p>Thread-safe; each clip has threads of its own for its edges.
 */
public final class Cutter {

  /**
   * What a clip may cost.
   *
   * @param mostPixels of a frame of the source, width times height
   * @param mostSourceBytes that are fetched of a source that is not a file here
   * @param mostClipBytes of a clip
   * @param patience how long one run of the encoder may take
   */
  public record Limits(
      long mostPixels, long mostSourceBytes, long mostClipBytes, Duration patience) {

    /** 8192 × 4320 px, 4 GiB of source, 8 GiB of clip, one hour. */
    public static final Limits DEFAULT =
        new Limits(8192L * 4320, 4L << 30, 8L << 30, Duration.ofHours(1));

    /** Checks that they are positive. */
    public Limits {
      if (mostPixels < 1 || mostSourceBytes < 1 || mostClipBytes < 1 || patience.isNegative()) {
        throw new IllegalArgumentException(mostPixels + ", " + mostSourceBytes + ", " + patience);
      }
    }
  }

  /** Hears how far a clip is. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Hears a fraction.
     *
     * @param fraction 0 to 1, never less than before; counts fetched bytes and encoded frames
     * @throws RuntimeException to break off
     */
    void at(double fraction);
  }

  private static final double FETCHED = 0.3;
  private static final double ENCODED = 0.95;
  private static final long MOST_DIFFERENCE_MICROS = 1_000;

  private final Supplier<Ffmpeg> ffmpeg;
  private final Limits limits;

  /** A cutter that looks for ffmpeg when it first needs it. */
  public Cutter() {
    this(Optional.empty(), Limits.DEFAULT);
  }

  /**
   * A cutter.
   *
   * @param ffmpeg where the program is; empty to look for it, again until it is found
   */
  public Cutter(Optional<Path> ffmpeg, Limits limits) {
    this.limits = limits;
    this.ffmpeg =
        new Supplier<>() {
          private @Nullable Ffmpeg found;

          @Override
          public synchronized Ffmpeg get() {
            Ffmpeg known = found;
            if (known == null) {
              known = Ffmpeg.find(ffmpeg);
              found = known;
            }
            return known;
          }
        };
  }

  /**
   * The program that encodes.
   *
   * @throws Failure UNAVAILABLE, subject {@code ffmpeg}, when there is none
   */
  public Ffmpeg ffmpeg() {
    return ffmpeg.get();
  }

  /**
   * Cuts one clip.
   *
   * @param out the file that is made; it appears when it is whole, in place of one of that name
   * @param workFolder an existing, empty folder on the same disk, in which files are made and left
   * @throws Failure INVALID, subjects {@code start_sec} and {@code duration_sec}, beyond the end of
   *     the source; UNSUPPORTED, subject {@code source}, when it is no film; TOO_LARGE; FAILED,
   *     subject {@code clip}, when what was made is not what was asked for; UNAVAILABLE, subject
   *     {@code ffmpeg}; TIMED_OUT
   */
  public Clip cut(ClipSource source, ClipPlan plan, Path out, Path workFolder, Progress progress)
      throws IOException, InterruptedException {
    Format kind = sniff(source);
    double[] reached = {0};
    Progress rising =
        fraction -> {
          synchronized (reached) {
            reached[0] = Math.max(reached[0], Math.min(1, fraction));
            progress.at(reached[0]);
          }
        };
    Path folder = workFolder.toAbsolutePath();
    long size = source.sizeBytes();
    try (Pieces pieces =
        new Pieces(
            source,
            folder,
            limits.mostSourceBytes(),
            bytes -> rising.at(FETCHED * Math.min(1, (double) bytes / Math.max(1, size))))) {
      Work work = new Work(plan, pieces, folder, rising);
      Path made = folder.resolve("clip." + plan.format().extension());
      Made result;
      if (kind == Format.MATROSKA) {
        result = work.whole(kind, made, "the source is Matroska or WebM");
      } else {
        Movie movie = Movie.read(source);
        movie.video().ifPresent(this::requireSize);
        result =
            movie.obstacle().isPresent()
                ? work.whole(kind, made, movie.obstacle().get())
                : work.movie(movie, made);
      }
      long bytes = Files.size(made);
      Files.move(made, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      rising.at(1);
      return new Clip(
          out,
          plan.format(),
          result.way,
          result.why,
          Duration.ofNanos(result.lengthMicros * 1000),
          bytes,
          result.frames,
          result.encoded);
    } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // A table that no rule of the reader has refused and that yet makes no sense.
      throw Failure.of(Failure.Reason.UNSUPPORTED, "source", "The tables of the file make no sense")
          .causedBy(e);
    }
  }

  /**
   * The first frame that is shown at a time or after it, upright, as a PNG file. Of an MP4 or MOV
   * file only the tables and the samples from the key frame before it on are read.
   *
   * @param at from the beginning, at least zero
   * @param workFolder an existing folder in which files are made and left
   * @return the file, in {@code workFolder}
   * @throws Failure INVALID, subject {@code timestamp}, where nothing is shown any more;
   *     UNSUPPORTED, subject {@code source}, when it is no film; TOO_LARGE; FAILED; UNAVAILABLE,
   *     subject {@code ffmpeg}; TIMED_OUT
   */
  public Path frame(ClipSource source, Duration at, Path workFolder)
      throws IOException, InterruptedException {
    Format kind = sniff(source);
    Path folder = workFolder.toAbsolutePath();
    Path frame = folder.resolve("frame.png");
    try (Pieces pieces = new Pieces(source, folder, limits.mostSourceBytes(), bytes -> {})) {
      Optional<Path> excerpt = Optional.empty();
      if (kind == Format.MOVIE) {
        Movie movie = Movie.read(source);
        movie.video().ifPresent(this::requireSize);
        if (movie.video().isPresent() && movie.obstacle().isEmpty()) {
          Track video = movie.video().get();
          Path few = folder.resolve("frame-source.mp4");
          MovieWriter.write(
              few,
              ClipPlan.Format.MP4,
              List.of(Assembly.instant(video, Selection.ofFrame(movie, video, at), pieces)));
          excerpt = Optional.of(few);
        }
      }
      List<String> arguments = new ArrayList<>();
      if (excerpt.isEmpty()) {
        arguments.addAll(List.of("-ss", seconds(at.toNanos() / 1000)));
      }
      arguments.addAll(
          List.of("-threads", "2", "-protocol_whitelist", "file", "-format_whitelist", kind.all));
      arguments.addAll(List.of("-f", kind.name, "-max_pixels", Long.toString(limits.mostPixels())));
      arguments.addAll(
          List.of(
              "-i",
              (excerpt.isPresent() ? excerpt.get() : pieces.whole()).toString(),
              "-map",
              "0:v:0",
              "-frames:v",
              "1"));
      arguments.addAll(List.of("-c:v", "png", "-f", "image2", "-update", "1", frame.toString()));
      ffmpeg().run(folder, limits.patience(), count -> {}, arguments);
    } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw Failure.of(Failure.Reason.UNSUPPORTED, "source", "The tables of the file make no sense")
          .causedBy(e);
    }
    if (!Files.isRegularFile(frame) || Files.size(frame) == 0) {
      throw Failure.invalid(
          "timestamp", at.toNanos() / 1e9, "Nothing is shown any more at this time of the film");
    }
    return frame;
  }

  /** What a file's first bytes say that it is, and what the encoder is told to read it as. */
  private enum Format {
    MOVIE("mov", "mov,mp4,m4a,3gp,3g2,mj2"),
    MATROSKA("matroska", "matroska,webm");

    private final String name;
    private final String all;

    Format(String name, String all) {
      this.name = name;
      this.all = all;
    }
  }

  private static Format sniff(ClipSource source) throws IOException {
    long size = source.sizeBytes();
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    source.read(0, Math.min(64, size), Channels.newChannel(start));
    String head = start.toString(StandardCharsets.ISO_8859_1);
    if (head.startsWith("\u001A\u0045\u00DF\u00A3")
        && (head.contains("matroska") || head.contains("webm"))) {
      return Format.MATROSKA;
    }
    if (head.length() >= 16
        && List.of("ftyp", "moov", "mdat", "wide", "free", "skip").contains(head.substring(4, 8))) {
      return Format.MOVIE;
    }
    throw Failure.of(
            Failure.Reason.UNSUPPORTED,
            "source",
            "The source is none of the films that are read: mp4, mov, mkv, webm")
        .with(Failure.ALLOWED_VALUES, List.of("mp4", "mov", "mkv", "webm"));
  }

  private void requireSize(Track video) {
    long width = Boxes.unsignedShort(video.entry, 32);
    long height = Boxes.unsignedShort(video.entry, 34);
    if (width * height > limits.mostPixels()) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "source",
              "The pictures have " + width + " × " + height + " px, which is too many")
          .with(Failure.MAX_VALUE, limits.mostPixels());
    }
  }

  private record Made(Clip.Way way, String why, long lengthMicros, int frames, int encoded) {}

  /** One clip in the making. */
  private final class Work {

    private final ClipPlan plan;
    private final Pieces pieces;
    private final Path folder;
    private final Progress progress;

    Work(ClipPlan plan, Pieces pieces, Path folder, Progress progress) {
      this.plan = plan;
      this.pieces = pieces;
      this.folder = folder;
      this.progress = progress;
    }

    Made movie(Movie movie, Path made) throws IOException, InterruptedException {
      Optional<Track> pictures =
          plan.sound() == ClipPlan.Sound.ONLY ? Optional.empty() : movie.video();
      if (pictures.isEmpty()) {
        return soundAlone(movie, made);
      }
      Track video = pictures.get();
      Selection selection = Selection.of(movie, video, plan);
      if (!ClipPlan.isMovie(plan.format()) || plan.size().isPresent()) {
        return transcoded(movie, video, selection, made);
      }
      if (plan.mode() == ClipPlan.Mode.INSTANT) {
        List<MovieWriter.Part> parts = new ArrayList<>();
        parts.add(Assembly.instant(video, selection, pieces));
        Optional<Track> sound = keptSound(movie);
        if (sound.isPresent()) {
          SoundEntry entry =
              SoundEntry.of(sound.get())
                  .orElseThrow(
                      () ->
                          Failure.of(
                              Failure.Reason.UNSUPPORTED,
                              "mode",
                              "The sound of this source cannot be copied; mode must be exact"));
          Assembly.sound(sound.get(), entry, selection, pieces).ifPresent(parts::add);
        }
        MovieWriter.write(made, plan.format(), parts);
        verify(made, selection, video);
        return new Made(
            Clip.Way.COPY,
            "instant was asked for: an edit list hides what lies before the start",
            selection.lengthMicros(),
            selection.wanted().length,
            0);
      }
      return exact(movie, video, selection, made);
    }

    private Optional<Track> keptSound(Movie movie) {
      return plan.sound() == ClipPlan.Sound.DROP || plan.format().isPreview()
          ? Optional.empty()
          : movie.sound();
    }

    private Made exact(Movie movie, Track video, Selection selection, Path made)
        throws IOException, InterruptedException {
      Seams seams = Seams.find(video, selection, pieces);
      if (seams.copies()) {
        pieces.need(video, seams.bodyFrom(), seams.bodyTo());
      }
      int head = seams.head();
      int tail = seams.tail();
      long[] wanted = selection.wanted();
      boolean sideBySide = false;
      List<AutoCloseable> open = new ArrayList<>();
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        Assembly.@Nullable Edge first = null;
        Assembly.@Nullable Edge last = null;
        if (head + tail > 0) {
          Encoding encoding = Encoding.of(ffmpeg(), video, seams);
          sideBySide = encoding.hasOwnIds();
          AtomicInteger encoded = new AtomicInteger();
          Supplier<Runnable> step =
              () ->
                  () ->
                      progress.at(
                          FETCHED + (ENCODED - FETCHED) * encoded.get() / (double) (head + tail));
          Future<Path> headFile =
              head == 0
                  ? null
                  : threads.submit(
                      edge(
                          "head",
                          video,
                          wanted[0],
                          wanted[head - 1],
                          head,
                          encoding,
                          0,
                          encoded,
                          step.get()));
          Future<Path> tailFile =
              tail == 0
                  ? null
                  : threads.submit(
                      edge(
                          "tail",
                          video,
                          wanted[wanted.length - tail],
                          selection.last(),
                          tail,
                          encoding,
                          1,
                          encoded,
                          step.get()));
          first = opened(headFile, head, open);
          last = opened(tailFile, tail, open);
        }
        List<MovieWriter.Part> parts = new ArrayList<>();
        parts.add(Assembly.exact(video, selection, seams, first, last, sideBySide, pieces));
        sound(movie, selection, open).ifPresent(parts::add);
        MovieWriter.write(made, plan.format(), parts);
      } finally {
        stop(threads);
        closeAll(open);
      }
      verify(made, selection, video);
      Clip.Way way =
          !seams.copies() ? Clip.Way.FULL : seams.encoded() == 0 ? Clip.Way.COPY : Clip.Way.SMART;
      return new Made(way, seams.why(), selection.lengthMicros(), wanted.length, seams.encoded());
    }

    private Callable<Path> edge(
        String name,
        Track video,
        long first,
        long last,
        int frames,
        Encoding encoding,
        int which,
        AtomicInteger encoded,
        Runnable step)
        throws IOException {
      Path excerpt = folder.resolve(name + "-source.mp4");
      Path edge = folder.resolve(name + ".mp4");
      long[] trim =
          Assembly.excerpt(video, first, last, encoding.framesPerKilosecond(), pieces, excerpt);
      List<String> arguments = new ArrayList<>(input(Format.MOVIE, excerpt));
      arguments.addAll(
          List.of(
              "-map",
              "0:v:0",
              "-an",
              "-sn",
              "-dn",
              "-map_metadata",
              "-1",
              "-vf",
              "trim=start_pts=" + trim[0] + ":end_pts=" + trim[1] + ",setpts=PTS-STARTPTS",
              "-frames:v",
              Integer.toString(frames)));
      arguments.addAll(passthrough());
      arguments.addAll(encoding.arguments(which));
      arguments.addAll(output("mp4", edge));
      int[] before = {0};
      return () -> {
        ffmpeg()
            .run(
                folder,
                limits.patience(),
                count -> {
                  encoded.addAndGet(Math.max(0, count - before[0]));
                  before[0] = Math.max(before[0], count);
                  step.run();
                },
                arguments);
        return edge;
      };
    }

    private Assembly.@Nullable Edge opened(
        @Nullable Future<Path> file, int frames, List<AutoCloseable> open)
        throws IOException, InterruptedException {
      if (file == null) {
        return null;
      }
      Assembly.Edge edge = Assembly.edge(result(file));
      open.add(edge.file());
      if (edge.track().count() != frames) {
        throw Failure.of(
            Failure.Reason.FAILED,
            "clip",
            "Of " + frames + " frames " + edge.track().count() + " were encoded");
      }
      return edge;
    }

    private Optional<MovieWriter.Part> sound(
        Movie movie, Selection selection, List<AutoCloseable> open)
        throws IOException, InterruptedException {
      Optional<Track> sound = keptSound(movie);
      if (sound.isEmpty()) {
        return Optional.empty();
      }
      Optional<SoundEntry> entry = SoundEntry.of(sound.get());
      if (entry.isPresent()) {
        return Assembly.sound(sound.get(), entry.get(), selection, pieces);
      }
      Path file = folder.resolve("sound.mp4");
      long start = Math.max(0, selection.soundFromMicros() - movie.startMicros());
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("-ss", seconds(start)));
      arguments.addAll(input(Format.MOVIE, pieces.whole()));
      arguments.addAll(List.of("-t", seconds(selection.lengthMicros())));
      arguments.addAll(List.of("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1"));
      arguments.addAll(List.of("-c:a", "aac", "-b:a", "192k"));
      arguments.addAll(output("mp4", file));
      ffmpeg().run(folder, limits.patience(), count -> progress.at(0), arguments);
      Assembly.Edge edge = Assembly.edge(file);
      open.add(edge.file());
      return Optional.of(Assembly.encodedSound(edge, selection.lengthMicros()));
    }

    private Made soundAlone(Movie movie, Path made) throws IOException, InterruptedException {
      Track sound =
          movie
              .sound()
              .orElseThrow(
                  () ->
                      Failure.of(
                          Failure.Reason.UNSUPPORTED,
                          "source",
                          "The source has no "
                              + (plan.sound() == ClipPlan.Sound.ONLY
                                  ? "sound"
                                  : "pictures and no sound")));
      if (plan.format().isPreview() || plan.size().isPresent()) {
        throw Failure.of(Failure.Reason.UNSUPPORTED, "source", "The source has no pictures");
      }
      Selection selection = Selection.ofSound(movie, sound, plan);
      List<AutoCloseable> open = new ArrayList<>();
      try {
        Optional<MovieWriter.Part> part = sound(movie, selection, open);
        if (part.isEmpty()) {
          throw Failure.of(
              Failure.Reason.UNSUPPORTED, "source", "The source plays nothing in this time");
        }
        Path copied = ClipPlan.isMovie(plan.format()) ? made : folder.resolve("sound-source.mp4");
        MovieWriter.write(copied, ClipPlan.Format.MP4, List.of(part.get()));
        long length = Track.toMicros(part.get().shownTicks(), part.get().timescale());
        if (ClipPlan.isMovie(plan.format())) {
          return new Made(Clip.Way.COPY, "packets of sound are copied", length, 0, 0);
        }
        List<String> arguments = new ArrayList<>(input(Format.MOVIE, copied));
        arguments.addAll(List.of("-map", "0:a:0", "-vn"));
        arguments.addAll(Encoding.sound(ffmpeg(), plan.format()));
        arguments.addAll(output(muxer(), made));
        ffmpeg().run(folder, limits.patience(), count -> progress.at(0), arguments);
        return new Made(
            Clip.Way.FULL, plan.format().extension() + " is encoded anew", length, 0, 0);
      } finally {
        closeAll(open);
      }
    }

    /** First copied with an edit list, then encoded as a whole. */
    private Made transcoded(Movie movie, Track video, Selection selection, Path made)
        throws IOException, InterruptedException {
      List<MovieWriter.Part> parts = new ArrayList<>();
      parts.add(Assembly.instant(video, selection, pieces));
      List<AutoCloseable> open = new ArrayList<>();
      Path copied = folder.resolve("copied.mp4");
      try {
        sound(movie, selection, open).ifPresent(parts::add);
        MovieWriter.write(copied, ClipPlan.Format.MP4, parts);
      } finally {
        closeAll(open);
      }
      int frames = selection.wanted().length;
      List<String> arguments = new ArrayList<>(input(Format.MOVIE, copied));
      if (!plan.format().isPreview()) {
        arguments.addAll(List.of("-frames:v", Integer.toString(frames)));
      }
      int[] told = {0};
      encode(arguments, parts.size() > 1, made, frames, told);
      String why =
          plan.size().isPresent()
              ? "another size was asked for"
              : plan.format().extension() + " is encoded anew";
      return checked(made, selection.lengthMicros(), frames, told[0], why);
    }

    /** The whole file goes through the encoder. */
    Made whole(Format kind, Path made, String why) throws IOException, InterruptedException {
      if (plan.mode() == ClipPlan.Mode.INSTANT) {
        throw Failure.of(
            Failure.Reason.UNSUPPORTED, "mode", "mode must be exact for this source: " + why);
      }
      long start = plan.start().toNanos() / 1000;
      long length = plan.duration().toNanos() / 1000;
      List<String> arguments = new ArrayList<>(List.of("-ss", seconds(start)));
      arguments.addAll(input(kind, pieces.whole()));
      arguments.addAll(List.of("-t", seconds(length)));
      int[] told = {0};
      if (plan.sound() == ClipPlan.Sound.ONLY) {
        arguments.addAll(List.of("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1"));
        arguments.addAll(Encoding.sound(ffmpeg(), plan.format()));
        arguments.addAll(output(muxer(), made));
        ffmpeg().run(folder, limits.patience(), count -> progress.at(0), arguments);
        return new Made(Clip.Way.FULL, why, length, 0, 0);
      }
      // How many frames there will be is not known; 30 a second is a fair guess for the progress.
      encode(arguments, true, made, (int) Math.max(1, length * 30 / 1_000_000), told);
      return checked(made, length, -1, told[0], why);
    }

    private void encode(List<String> before, boolean sound, Path made, int frames, int[] told)
        throws IOException, InterruptedException {
      List<String> arguments = new ArrayList<>(before);
      ClipPlan.Format format = plan.format();
      arguments.addAll(List.of("-map", "0:v:0", "-sn", "-dn", "-map_metadata", "-1"));
      boolean withSound = sound && !format.isPreview() && plan.sound() != ClipPlan.Sound.DROP;
      if (withSound) {
        arguments.addAll(List.of("-map", "0:a:0?"));
        arguments.addAll(Encoding.sound(ffmpeg(), format));
      } else {
        arguments.add("-an");
      }
      if (!format.isPreview()) {
        arguments.addAll(passthrough());
        // In steps of the frame rate, a first frame between two steps would move.
        arguments.addAll(List.of("-enc_time_base", "1/90000"));
      }
      arguments.addAll(Encoding.pictures(ffmpeg(), format, plan.size()));
      arguments.addAll(output(muxer(), made));
      ffmpeg()
          .run(
              folder,
              limits.patience(),
              count -> {
                told[0] = count;
                progress.at(FETCHED + (ENCODED - FETCHED) * Math.min(1, count / (double) frames));
              },
              arguments);
    }

    /** Reads what was made and compares. */
    private Made checked(Path made, long lengthMicros, int expected, int told, String why)
        throws IOException {
      Look.Seen seen = Look.at(made, plan.format());
      if (expected < 0 && seen.frames() == 0) {
        throw Failure.invalid(
            "start_sec",
            ClipPlan.seconds(plan.start()),
            "start_sec must lie before the end of the source");
      }
      if (plan.format().isPreview()) {
        return new Made(Clip.Way.FULL, why, seen.lengthMicros(), seen.frames(), seen.frames());
      }
      if (seen.frames() != (expected < 0 ? told : expected)) {
        throw Failure.of(
            Failure.Reason.FAILED,
            "clip",
            "Of " + (expected < 0 ? told : expected) + " frames the clip holds " + seen.frames());
      }
      long step = seen.lengthMicros() / Math.max(1, seen.frames());
      if (expected < 0 && seen.lengthMicros() + 100_000 + 2 * step < lengthMicros) {
        throw Failure.invalid(
                "duration_sec",
                ClipPlan.seconds(plan.duration()),
                "The source ends "
                    + seconds(seen.lengthMicros())
                    + " s behind start_sec; duration_sec must not be longer")
            .with(Failure.MAX_VALUE, Double.parseDouble(seconds(seen.lengthMicros())));
      }
      return new Made(Clip.Way.FULL, why, seen.lengthMicros(), seen.frames(), seen.frames());
    }

    private void verify(Path made, Selection selection, Track video) throws IOException {
      try (ClipSource source = ClipSource.of(made)) {
        Movie movie = Movie.read(source);
        Track track = movie.video().orElseThrow();
        long[] shown = track.shownInOrder();
        long[] wanted = selection.wanted();
        boolean same = shown.length == wanted.length && track.timescale == video.timescale;
        for (int i = 0; same && i < shown.length; i++) {
          same = shown[i] - shown[0] == wanted[i] - wanted[0];
        }
        long length = Track.toMicros(track.shownEnd() - track.mediaStartTicks, track.timescale);
        if (!same || Math.abs(length - selection.lengthMicros()) > MOST_DIFFERENCE_MICROS) {
          throw Failure.of(
              Failure.Reason.FAILED,
              "clip",
              "The clip has "
                  + shown.length
                  + " frames in "
                  + length
                  + " µs instead of "
                  + wanted.length
                  + " in "
                  + selection.lengthMicros()
                  + " µs");
        }
      }
    }

    private List<String> input(Format format, Path file) {
      return List.of(
          "-threads",
          "2",
          "-protocol_whitelist",
          "file",
          "-format_whitelist",
          format.all,
          "-f",
          format.name,
          "-max_pixels",
          Long.toString(limits.mostPixels()),
          "-noautorotate",
          "-i",
          file.toString());
    }

    private List<String> output(String muxer, Path file) {
      return List.of(
          "-threads",
          "2",
          "-fs",
          Long.toString(limits.mostClipBytes()),
          "-f",
          muxer,
          file.toString());
    }

    private String muxer() {
      return switch (plan.format()) {
        case MKV -> "matroska";
        default -> plan.format().extension();
      };
    }

    private List<String> passthrough() {
      return ffmpeg().isAtLeast(5, 1)
          ? List.of("-fps_mode", "passthrough")
          : List.of("-vsync", "passthrough");
    }
  }

  /** Breaks off what still runs and waits until its programs are gone. */
  private static void stop(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T result(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (cause instanceof IOException trouble) {
        throw trouble;
      }
      throw new IOException(cause);
    }
  }

  private static void closeAll(List<AutoCloseable> open) throws IOException {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  static String seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).toPlainString().toLowerCase(Locale.ROOT);
  }
}

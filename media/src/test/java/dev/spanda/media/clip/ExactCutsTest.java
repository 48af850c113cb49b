package dev.spanda.media.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random cuts, looked at frame by frame with ffmpeg. A few by default; {@code
 * -Dspanda.clip.cuts=240} makes the long trial.
 */
class ExactCutsTest {

  private static final int CUTS = Integer.getInteger("spanda.clip.cuts", 12);
  private static final long SEED = Long.getLong("spanda.clip.seed", 20260301);
  private static final double LOWEST_PSNR_DB = 42;

  /** The source's times are rounded to µs, and so are those of the clip. */
  private static final double MOST_DURATION_ERROR_SECONDS = 0.001;

  private record Source(Path file, long[] times, byte[][] frames, short[] sound) {}

  @TempDir Path folder;

  private final Map<String, Source> sources = new HashMap<>();

  private Source source(String name) throws Exception {
    Source known = sources.get(name);
    if (known == null) {
      Path file = Films.film(name);
      short[] sound = Films.hasSound(name) ? Films.sound(file) : new short[0];
      known = new Source(file, Films.told(file).times(), Films.frames(file), sound);
      assertThat(known.times).hasSameSizeAs(known.frames);
      sources.put(name, known);
    }
    return known;
  }

  @Test
  void randomCutsHoldEveryFrameAndNoOther() throws Exception {
    Films.requireFfmpeg();
    // Another program for the edges, such as one without libx264.
    String program = System.getProperty("spanda.clip.ffmpeg");
    Cutter cutter = new Cutter(Optional.ofNullable(program).map(Path::of), Cutter.Limits.DEFAULT);
    Random random = new Random(SEED);
    List<String> names = Films.names();
    List<String> wrong = new ArrayList<>();
    Map<Clip.Way, Integer> ways = new HashMap<>();
    double lowest = Double.POSITIVE_INFINITY;
    int copied = 0;
    int encoded = 0;
    for (int i = 0; i < CUTS; i++) {
      String name = names.get(i % names.size());
      Source source = source(name);
      long length = 1_000_000 + random.nextInt(3_500_000);
      long start = random.nextInt((int) (Films.SECONDS * 1_000_000L - length));
      if (i % 3 == 0) {
        start = start / 100_000 * 100_000;
        length = length / 500_000 * 500_000;
      }
      ClipPlan.Format format = i % 4 == 3 ? ClipPlan.Format.MOV : ClipPlan.Format.MP4;
      ClipPlan plan =
          ClipPlan.of(Duration.ofNanos(start * 1000), Duration.ofNanos(length * 1000))
              .withFormat(format);
      Path out = folder.resolve("cut-" + i + "." + format.extension());
      Path work = Files.createDirectory(folder.resolve("work-" + i));
      Clip clip;
      try (ClipSource film = ClipSource.of(source.file)) {
        clip = cutter.cut(film, plan, out, work, fraction -> {});
      }
      ways.merge(clip.way(), 1, Integer::sum);
      String label = name + " from " + start + " for " + length + " µs, " + clip;
      double psnr = check(source, start, length, clip, label, wrong);
      lowest = Math.min(lowest, psnr);
      copied += clip.frames() - clip.encodedFrames();
      encoded += clip.encodedFrames();
      try (var files = Files.list(work)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(out);
    }
    System.out.printf(
        "%d cuts, seed %d: %d wrong, %s, %d frames copied and equal bit for bit, %d encoded, the"
            + " worst at %.1f dB%n",
        CUTS, SEED, wrong.size(), ways, copied, encoded, lowest);
    assertThat(wrong).as("seed %d", SEED).isEmpty();
    assertThat(ways).containsKeys(Clip.Way.SMART, Clip.Way.FULL);
  }

  /** Compares a clip with its source; gives the worst of the encoded frames. */
  private static double check(
      Source source, long start, long length, Clip clip, String label, List<String> wrong)
      throws Exception {
    int from = 0;
    while (source.times[from] < start) {
      from++;
    }
    int to = from;
    while (to < source.times.length && source.times[to] < start + length) {
      to++;
    }
    byte[][] frames = Films.frames(clip.file());
    Films.Told told = Films.told(clip.file());
    long[] times = told.times();
    double seconds = told.seconds();
    if (frames.length != to - from || clip.frames() != to - from) {
      wrong.add(frames.length + " frames instead of " + (to - from) + ": " + label);
      return Double.POSITIVE_INFINITY;
    }
    if (Math.abs(seconds - length / 1e6) > MOST_DURATION_ERROR_SECONDS) {
      wrong.add(seconds + " s: " + label);
    }
    double lowest = Double.POSITIVE_INFINITY;
    int equal = 0;
    for (int k = 0; k < frames.length; k++) {
      long expected = source.times[from + k] - source.times[from];
      if (Math.abs(times[k] - times[0] - expected) > 2) {
        wrong.add("frame " + k + " at " + times[k] + " instead of " + expected + ": " + label);
        break;
      }
      double psnr = Films.psnr(frames[k], source.frames[from + k]);
      equal += psnr == Double.POSITIVE_INFINITY ? 1 : 0;
      lowest = Math.min(lowest, psnr);
    }
    if (lowest < LOWEST_PSNR_DB) {
      wrong.add(lowest + " dB: " + label);
    }
    if (equal < clip.frames() - clip.encodedFrames()) {
      wrong.add("only " + equal + " frames are equal: " + label);
    }
    if (source.sound.length > 0) {
      checkSound(source, source.times[from], length, clip, label, wrong);
    }
    return lowest;
  }

  /** Copied packets decode to the same samples, at the same place to the sample. */
  private static void checkSound(
      Source source, long start, long length, Clip clip, String label, List<String> wrong)
      throws Exception {
    short[] sound = Films.sound(clip.file());
    int at = (int) Math.round(start * 48e-3);
    int count = (int) Math.min(Math.round(length * 48e-3), source.sound.length - at);
    if (sound.length < count - 1) {
      wrong.add(sound.length + " samples instead of " + count + ": " + label);
      return;
    }
    // A decoder's state settles in a packet or two.
    int best = Integer.MAX_VALUE;
    int bestShift = 0;
    for (int shift = -3; shift <= 3; shift++) {
      int worst = 0;
      for (int i = 4_000; i < count - 4_000; i++) {
        worst = Math.max(worst, Math.abs(sound[i] - source.sound[Math.max(0, at + i + shift)]));
      }
      if (worst < best) {
        best = worst;
        bestShift = shift;
      }
    }
    if (best > 40 || Math.abs(bestShift) > 1) {
      wrong.add("sound is off by " + best + " at a shift of " + bestShift + ": " + label);
    }
  }
}

package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;

/**
 * Which frames a clip shows.
 *
 * <p>The source's time begins with the first thing that it shows or plays. Shown are the frames
 * that begin at or behind the clip's start and before its end, times compared in whole microseconds
 * as ffmpeg compares them; when none begins in that time, the one that stands all the while. The
 * clip's own time begins with its first frame and the clip lasts exactly as long as was asked for:
 * the last frame stands a part of a frame longer or shorter where the time asked for is no multiple
 * of the frames' steps.
 *
 * @param wanted when the frames are shown, in ticks of the track, in rising order
 * @param lengthTicks how long the clip lasts
 * @param soundFromMicros when its sound begins on the movie's own time line, in µs
 * @param lengthMicros how long the clip lasts, in µs
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
record Selection(long[] wanted, long lengthTicks, long soundFromMicros, long lengthMicros) {

  /** A clip may ask for so much more than there is; it then ends with the source. */
  private static final long TOLERANCE_MICROS = 100_000;

  /** How long a single frame stands. */
  private static final long FRAME_MICROS = 40_000;

  long first() {
    return wanted[0];
  }

  long last() {
    return wanted[wanted.length - 1];
  }

  /** The track's time at which the clip ends. */
  long end() {
    return first() + lengthTicks;
  }

  /**
   * The frames of a track that a plan asks for.
   *
   * @throws Failure INVALID, subject {@code start_sec} or {@code duration_sec}, beyond the end
   */
  static Selection of(Movie movie, Track video, ClipPlan plan) {
    long origin = movie.startMicros();
    long start = plan.start().toNanos() / 1000;
    long length = plan.duration().toNanos() / 1000;
    long[] shown = video.shownInOrder();
    long end = video.micros(video.shownEnd()) - origin;
    long kept = within(start, length, end);
    int from = firstAtOrBehind(video, shown, origin + start);
    int to = firstAtOrBehind(video, shown, origin + start + kept);
    long soundFrom;
    long[] wanted;
    if (from == to) {
      wanted = new long[] {shown[Math.max(0, from - 1)]};
      soundFrom = origin + start;
    } else {
      wanted = Arrays.copyOfRange(shown, from, to);
      soundFrom = video.micros(wanted[0]);
    }
    if (kept < length) {
      kept = Math.max(1, origin + end - Math.max(soundFrom, origin + start));
    }
    return new Selection(
        wanted, Math.max(1, Track.toTicks(kept, video.timescale)), soundFrom, kept);
  }

  /**
   * The first frame that is shown at a time or after it, alone.
   *
   * @throws Failure INVALID, subject {@code timestamp}, when there is none
   */
  static Selection ofFrame(Movie movie, Track video, Duration at) {
    long[] shown = video.shownInOrder();
    int index = firstAtOrBehind(video, shown, movie.startMicros() + at.toNanos() / 1000);
    if (index == shown.length) {
      throw Failure.invalid(
          "timestamp", at.toNanos() / 1e9, "Nothing is shown any more at this time of the film");
    }
    return new Selection(
        new long[] {shown[index]},
        Math.max(1, Track.toTicks(FRAME_MICROS, video.timescale)),
        video.micros(shown[index]),
        FRAME_MICROS);
  }

  /** The time of a clip that has no frames. */
  static Selection ofSound(Movie movie, Track sound, ClipPlan plan) {
    long origin = movie.startMicros();
    long start = plan.start().toNanos() / 1000;
    long kept =
        within(start, plan.duration().toNanos() / 1000, sound.micros(sound.shownEnd()) - origin);
    return new Selection(new long[0], Track.toTicks(kept, sound.timescale), origin + start, kept);
  }

  /** How much of the length there is. */
  private static long within(long start, long length, long end) {
    if (start >= end) {
      throw Failure.invalid(
              "start_sec",
              seconds(start),
              "start_sec must lie before the end of the source at " + seconds(end) + " s")
          .with(Failure.MAX_VALUE, seconds(end));
    }
    if (start + length > end + TOLERANCE_MICROS) {
      throw Failure.invalid(
              "duration_sec",
              seconds(length),
              "The source ends "
                  + seconds(end - start)
                  + " s behind start_sec; duration_sec must not be longer")
          .with(Failure.MAX_VALUE, seconds(end - start));
    }
    return Math.min(length, end - start);
  }

  private static double seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).doubleValue();
  }

  private static int firstAtOrBehind(Track video, long[] shown, long micros) {
    int low = 0;
    int high = shown.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (video.micros(shown[middle]) >= micros) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

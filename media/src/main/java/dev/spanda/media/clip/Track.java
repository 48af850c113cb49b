package dev.spanda.media.clip;

import java.util.Arrays;

/**
 * The tables of one track of a movie: where each sample lies and when it is shown.
 *
 * <p>Samples are counted in decoding order. Times are in ticks of {@code timescale}. The arrays are
 * not copied and not modified.
 */
final class Track {

  /** What a track holds. */
  enum Kind {
    VIDEO,
    SOUND
  }

  final Kind kind;
  final int timescale;

  /** The sample entry with its header: what the decoder must know. */
  final byte[] entry;

  final long[] offsets;
  final int[] sizes;
  final long[] decodeTicks;
  final long[] shownTicks;
  final boolean[] sync;

  /** Decoding time behind the last sample. */
  final long endTicks;

  /** The edit list's place in the media: what is shown before it is hidden. */
  final long mediaStartTicks;

  /** How long the edit list shows the media; the greatest value for to the end. */
  final long mediaLengthTicks;

  /** How long nothing is shown before the media, in µs. */
  final long delayMicros;

  /** The matrix of the track header, nine numbers of four bytes. */
  final byte[] matrix;

  /** Width and height in the track header, 16.16 each. */
  final int[] shownSize;

  Track(
      Kind kind,
      int timescale,
      byte[] entry,
      Samples samples,
      Edit edit,
      byte[] matrix,
      int[] shownSize) {
    this.kind = kind;
    this.timescale = timescale;
    this.entry = entry;
    this.offsets = samples.offsets;
    this.sizes = samples.sizes;
    this.decodeTicks = samples.decodeTicks;
    this.shownTicks = samples.shownTicks;
    this.sync = samples.sync;
    this.endTicks = samples.endTicks;
    this.mediaStartTicks = edit.mediaStartTicks();
    this.mediaLengthTicks = edit.mediaLengthTicks();
    this.delayMicros = edit.delayMicros();
    this.matrix = matrix;
    this.shownSize = shownSize;
  }

  /** The samples' tables, one entry a sample. */
  record Samples(
      long[] offsets,
      int[] sizes,
      long[] decodeTicks,
      long[] shownTicks,
      boolean[] sync,
      long endTicks) {}

  /** The one edit of the track. */
  record Edit(long mediaStartTicks, long mediaLengthTicks, long delayMicros) {

    static final Edit NONE = new Edit(0, Long.MAX_VALUE, 0);
  }

  int count() {
    return sizes.length;
  }

  /** Four letters that name the codec. */
  String codec() {
    return Boxes.name(java.nio.ByteBuffer.wrap(entry).getInt(4));
  }

  /** When a sample is shown on the movie's own time line, in µs. */
  long micros(long ticks) {
    return delayMicros + toMicros(ticks - mediaStartTicks, timescale);
  }

  /** Whether the edit list shows a sample of that time. */
  boolean isShown(long ticks) {
    return ticks >= mediaStartTicks
        && (mediaLengthTicks == Long.MAX_VALUE || ticks - mediaStartTicks < mediaLengthTicks);
  }

  /** The times at which something is shown, in rising order; hidden samples are left out. */
  long[] shownInOrder() {
    return Arrays.stream(shownTicks).filter(this::isShown).sorted().toArray();
  }

  /**
   * When the last thing that is shown ends, in ticks: when the next one begins, though it be
   * hidden, or, when there is none, after the last step of the table.
   */
  long shownEnd() {
    long last = Long.MIN_VALUE;
    for (long shown : shownTicks) {
      if (isShown(shown)) {
        last = Math.max(last, shown);
      }
    }
    if (last == Long.MIN_VALUE) {
      return mediaStartTicks;
    }
    long next = Long.MAX_VALUE;
    for (long shown : shownTicks) {
      if (shown > last) {
        next = Math.min(next, shown);
      }
    }
    // The last step in decoding order: pictures come in another order, the steps are the same.
    long end =
        next == Long.MAX_VALUE ? last + Math.max(1, endTicks - decodeTicks[count() - 1]) : next;
    return mediaLengthTicks == Long.MAX_VALUE
        ? end
        : Math.min(end, mediaStartTicks + mediaLengthTicks);
  }

  /** Ticks in µs, rounded to the nearest. */
  static long toMicros(long ticks, long timescale) {
    long whole = Math.floorDiv(ticks, timescale);
    long rest = Math.floorMod(ticks, timescale);
    return whole * 1_000_000 + (rest * 1_000_000 + timescale / 2) / timescale;
  }

  /** Micros in ticks, rounded to the nearest. */
  static long toTicks(long micros, long timescale) {
    long whole = Math.floorDiv(micros, 1_000_000L);
    long rest = Math.floorMod(micros, 1_000_000L);
    return whole * timescale + (rest * timescale + 500_000) / 1_000_000;
  }
}

package dev.spanda.media.clip;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a clip's frames are copied and where they are encoded again.
 *
 * @param head how many frames before the copied ones are encoded
 * @param bodyFrom the first copied sample in decoding order
 * @param bodyTo the last one; before {@code bodyFrom} when none is copied
 * @param tail how many frames behind the copied ones are encoded
 * @param why for people
 */
record Seams(int head, int bodyFrom, int bodyTo, int tail, String why) {

  /** How many frames are encoded at most to look for a better place to begin with copying. */
  private static final int MOST_KEYS_LOOKED_AT = 200;

  boolean copies() {
    return bodyTo >= bodyFrom;
  }

  int encoded() {
    return head + tail;
  }

  private static Seams none(Selection selection, String why) {
    return new Seams(selection.wanted().length, 0, -1, 0, why);
  }

  /**
   * Looks for the longest run of samples that can be copied: it begins with a frame before which
   * nothing is referred to from behind, and ends where the frames decoded so far are the frames
   * shown so far and all of them are wanted.
   */
  static Seams find(Track video, Selection selection, Pieces pieces) throws IOException {
    if (!video.codec().equals("avc1")) {
      return none(selection, "frames of " + video.codec().strip() + " are not cut smartly");
    }
    Optional<AvcConfig> found = AvcConfig.in(video.entry);
    if (found.isEmpty()) {
      return none(selection, "the stream has no parameter sets");
    }
    AvcConfig config = found.get();
    Optional<String> obstacle = config.obstacle();
    if (obstacle.isPresent()) {
      return none(selection, obstacle.get());
    }
    int n = video.count();
    long[] earliestFrom = new long[n + 1];
    earliestFrom[n] = Long.MAX_VALUE;
    for (int i = n - 1; i >= 0; i--) {
      earliestFrom[i] = Math.min(earliestFrom[i + 1], video.shownTicks[i]);
    }
    long latest = Long.MIN_VALUE;
    int looked = 0;
    boolean open = false;
    for (int i = 0; i < n && looked < MOST_KEYS_LOOKED_AT; i++) {
      long shown = video.shownTicks[i];
      if (video.sync[i] && shown >= selection.first()) {
        if (shown > selection.last()) {
          break;
        }
        looked++;
        byte[] sample = pieces.sample(video, i);
        if (latest < shown
            && earliestFrom[i + 1] > shown
            && config.isRefresh(sample)
            && !config.bringsOtherSets(sample)) {
          @Nullable Seams seams = from(video, selection, i, earliestFrom);
          if (seams != null) {
            return seams;
          }
        } else {
          open = true;
        }
      }
      latest = Math.max(latest, shown);
    }
    return none(
        selection,
        open
            ? "the key frames in the clip are not closed: frames behind them need frames before"
            : "no key frame lies in the clip");
  }

  private static @Nullable Seams from(
      Track video, Selection selection, int from, long[] earliestFrom) {
    long latest = Long.MIN_VALUE;
    int to = -1;
    for (int i = from; i < video.count(); i++) {
      latest = Math.max(latest, video.shownTicks[i]);
      if (latest > selection.last()) {
        break;
      }
      if (earliestFrom[i + 1] > latest) {
        to = i;
      }
    }
    if (to < 0) {
      return null;
    }
    long key = video.shownTicks[from];
    long last = Long.MIN_VALUE;
    for (int i = from; i <= to; i++) {
      last = Math.max(last, video.shownTicks[i]);
    }
    int head = 0;
    int tail = 0;
    for (long frame : selection.wanted()) {
      head += frame < key ? 1 : 0;
      tail += frame > last ? 1 : 0;
    }
    String why =
        head + tail == 0
            ? "the clip begins with a closed key frame and ends with a whole group"
            : "frames are copied from the first closed key frame on";
    return new Seams(head, from, to, tail, why);
  }

  /**
   * With which sample decoding must begin for a frame to be right: the key frame before it, or,
   * when it is not known that this one is closed, the key frame before that.
   */
  static int decodeFrom(Track video, long shownTicks, Pieces pieces) throws IOException {
    int key = -1;
    int before = -1;
    for (int i = 0; i < video.count(); i++) {
      if (video.sync[i] && video.shownTicks[i] <= shownTicks) {
        before = key;
        key = i;
      }
    }
    if (key <= 0 || before < 0) {
      return 0;
    }
    Optional<AvcConfig> config = AvcConfig.in(video.entry);
    boolean closed = config.isPresent() && config.get().isRefresh(pieces.sample(video, key));
    return closed ? key : before;
  }

  /** The last sample in decoding order that one of those frames needs. */
  static int decodeTo(Track video, long lastShown, int from) {
    int to = from;
    for (int i = from; i < video.count(); i++) {
      if (video.shownTicks[i] <= lastShown) {
        to = i;
      }
    }
    return to;
  }
}

package dev.spanda.biofield.metric;

/**
 * Outer borders of a set of pixels, eight-connected, that no other border encloses: the border
 * following of Suzuki and Abe, CVGIP 30 (1985) 32, restricted to outermost borders as in its
 * appendix II. The points are those of OpenCV's {@code RETR_EXTERNAL} with {@code
 * CHAIN_APPROX_SIMPLE}: only where the direction changes.
 */
final class Contours {

  /** Directions from east against the clock, as seen with y down. */
  private static final int[] STEP_X = {1, 1, 0, -1, -1, -1, 0, 1};

  private static final int[] STEP_Y = {0, -1, -1, -1, 0, 1, 1, 1};

  private Contours() {}

  /**
   * Follows all outermost borders.
   *
   * @param scratch its set is read, its marks are overwritten; its largest outline becomes the one
   *     with the largest area, the first of equals, and stays empty when the set is
   * @return how many there are
   */
  static int follow(Scratch scratch) {
    BitGrid set = scratch.set;
    BitGrid opening = scratch.leftMarks;
    BitGrid closing = scratch.rightMarks;
    opening.clear(set.width, set.height);
    closing.clear(set.width, set.height);
    scratch.largest.clear();
    int[] steps = steps(set.stride << 6);
    double largestArea = -1;
    int contours = 0;
    for (int y = 0; y < set.height; y++) {
      int first = set.address(0, y);
      int end = first + set.width;
      boolean within = false;
      int start = nextSet(set.words, first, end);
      while (start >= 0) {
        int after = nextClear(set.words, start);
        if (!within && !opening.get(start) && !closing.get(start)) {
          Outline outline = scratch.current;
          outline.clear();
          trace(set, opening, closing, start, steps, start - first, y, outline);
          contours++;
          double area = outline.area();
          if (area > largestArea) {
            largestArea = area;
            scratch.current = scratch.largest;
            scratch.largest = outline;
          }
        }
        within = isWithin(opening.words, closing.words, start, after, within);
        start = nextSet(set.words, after, end);
      }
    }
    return contours;
  }

  /** Distances of bit addresses in the eight directions, twice. */
  private static int[] steps(int row) {
    int[] steps = new int[16];
    for (int k = 0; k < 16; k++) {
      steps[k] = STEP_Y[k & 7] * row + STEP_X[k & 7];
    }
    return steps;
  }

  private static int nextSet(long[] words, int from, int end) {
    if (from >= end) {
      return -1;
    }
    int at = from >>> 6;
    int last = (end - 1) >>> 6;
    long word = words[at] & (-1L << from);
    while (word == 0) {
      if (++at > last) {
        return -1;
      }
      word = words[at];
    }
    int found = (at << 6) + Long.numberOfTrailingZeros(word);
    return found < end ? found : -1;
  }

  /** There is one in every row. */
  private static int nextClear(long[] words, int from) {
    int at = from >>> 6;
    long word = ~words[at] & (-1L << from);
    while (word == 0) {
      word = ~words[++at];
    }
    return (at << 6) + Long.numberOfTrailingZeros(word);
  }

  /**
   * Whether a place behind a run is enclosed: the last marked pixel of the run decides, or what was
   * before when none is marked.
   */
  private static boolean isWithin(
      long[] opening, long[] closing, int start, int after, boolean before) {
    int last = after - 1;
    int at = last >>> 6;
    long mask = -1L >>> (63 - (last & 63));
    while (true) {
      if (at == start >>> 6) {
        mask &= -1L << start;
      }
      long marked = (opening[at] | closing[at]) & mask;
      if (marked != 0) {
        return (closing[at] & Long.highestOneBit(marked)) == 0;
      }
      if (at == start >>> 6) {
        return before;
      }
      mask = -1L;
      at--;
    }
  }

  private static void trace(
      BitGrid set,
      BitGrid opening,
      BitGrid closing,
      int start,
      int[] steps,
      int startX,
      int startY,
      Outline outline) {
    int direction = 4;
    do {
      direction = (direction - 1) & 7;
    } while (direction != 4 && !set.get(start + steps[direction]));
    if (direction == 4) {
      closing.set(start);
      outline.add(startX, startY);
      return;
    }
    int second = start + steps[direction];
    int here = start;
    int x = startX;
    int y = startY;
    int previous = direction ^ 4;
    while (true) {
      int from = direction;
      do {
        direction++;
      } while (!set.get(here + steps[direction]));
      direction &= 7;
      int next = here + steps[direction];
      // Passing over the pixel to the east means that the border closes here.
      if (Integer.compareUnsigned(direction - 1, from) < 0) {
        closing.set(here);
      } else {
        opening.set(here);
      }
      if (direction != previous) {
        outline.add(x, y);
        previous = direction;
      }
      x += STEP_X[direction];
      y += STEP_Y[direction];
      if (next == start && here == second) {
        return;
      }
      here = next;
      direction = (direction + 4) & 7;
    }
  }
}

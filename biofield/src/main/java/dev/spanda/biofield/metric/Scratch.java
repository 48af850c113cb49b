package dev.spanda.biofield.metric;

import java.util.Arrays;

/** Memory of one thread that is used again for every picture. */
final class Scratch {

  /** Pictures with more pixels than this leave nothing behind: 4 Mi, about 20 MB of scratch. */
  private static final int LARGEST_KEPT = 1 << 22;

  private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

  /** Gray of the measured rectangle, row by row, 0 where a pixel is not selected. */
  int[] gray = new int[0];

  /** 1 where a pixel is selected; used only when some are not. */
  int[] inside = new int[0];

  /** Rows; each as long as the longest row so far. */
  private int[][] rows = new int[0][];

  final int[][] grayHistograms = new int[3][256];
  final int[][] colorHistograms = new int[3][30 * 32 * 32];
  final long[] hueWeights = new long[Colors.HUES];

  final BitGrid set = new BitGrid();
  final BitGrid leftMarks = new BitGrid();
  final BitGrid rightMarks = new BitGrid();
  Outline largest = new Outline();
  Outline current = new Outline();

  private Scratch() {}

  static Scratch forPixels(long count) {
    return count > LARGEST_KEPT ? new Scratch() : OWN.get();
  }

  /** At least so many rows of at least this length; their content is whatever was there. */
  int[][] rows(int count, int length) {
    if (rows.length < count || rows[0].length < length) {
      rows = new int[Math.max(count, rows.length)][length];
    }
    return rows;
  }

  int[] gray(int length) {
    if (gray.length < length) {
      gray = new int[length];
    }
    return gray;
  }

  int[] inside(int length) {
    if (inside.length < length) {
      inside = new int[length];
    }
    return inside;
  }

  void clearHistograms() {
    for (int[] histogram : grayHistograms) {
      Arrays.fill(histogram, 0);
    }
    for (int[] histogram : colorHistograms) {
      Arrays.fill(histogram, 0);
    }
    Arrays.fill(hueWeights, 0);
  }
}

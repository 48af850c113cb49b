package dev.spanda.media.moderation;

import java.util.Arrays;

/** How well scores tell two kinds of messages apart. */
final class Quality {

  private Quality() {}

  /**
   * The chance that a message with the label scores above one without, ties counted half: the area
   * under the receiver's curve by ranks. Source: J. Hanley, B. McNeil, Radiology 143, 1982, pages
   * 29–36. NaN when one kind is missing.
   */
  static double auc(double[] scores, boolean[] labels) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    double ranks = 0;
    long with = 0;
    for (int i = 0; i < order.length; ) {
      int end = i;
      while (end < order.length && scores[order[end]] == scores[order[i]]) {
        end++;
      }
      for (int k = i; k < end; k++) {
        if (labels[order[k]]) {
          ranks += (i + 1 + end) / 2.0;
          with++;
        }
      }
      i = end;
    }
    return (ranks - with * (with + 1) / 2.0) / ((double) with * (order.length - with));
  }

  /** What share of those with the label scores above all but a given share of those without. */
  static double recallAt(double[] scores, boolean[] labels, double falsePositives) {
    double[] without = new double[scores.length];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (!labels[i]) {
        without[count++] = scores[i];
      }
    }
    double[] sorted = Arrays.copyOf(without, count);
    Arrays.sort(sorted);
    int allowed = (int) Math.floor(falsePositives * count);
    double threshold = allowed >= count ? Double.NEGATIVE_INFINITY : sorted[count - 1 - allowed];
    long found = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] && scores[i] > threshold) {
        found++;
      }
    }
    return found / (double) (scores.length - count);
  }
}

package dev.spanda.biofield.segment;

import java.util.Optional;

/**
 * The 896 anchors of the short-range face network, and what its outputs say about them.
 *
 * <p>Over 128×128 pixels lie a grid of 16×16 cells with two anchors each and a grid of 8×8 cells
 * with six each, all in the cells' middles. Each anchor has a score before the logistic function
 * and sixteen numbers, of which the first four are the box's centre, as a distance from the anchor,
 * and its sides, in pixels.
 */
final class Anchors {

  private static final int SIDE = 128;
  private static final int NUMBERS = 16;
  private static final int FINE = 16;
  private static final int FINE_DEPTH = 2;
  private static final int COARSE = 8;
  private static final int COARSE_DEPTH = 6;

  private Anchors() {}

  /** How many there are. */
  static int count() {
    return FINE * FINE * FINE_DEPTH + COARSE * COARSE * COARSE_DEPTH;
  }

  /** A box in shares of the square, its corners possibly outside of it. */
  record Found(double left, double top, double right, double bottom, double score) {

    double overlap(Found other) {
      double width = Math.min(right, other.right) - Math.max(left, other.left);
      double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
      if (width <= 0 || height <= 0) {
        return 0;
      }
      double common = width * height;
      return common / (area() + other.area() - common);
    }

    private double area() {
      return (right - left) * (bottom - top);
    }
  }

  static Optional<Found> surest(float[] scores, float[] boxes, double least, double same) {
    int best = 0;
    for (int i = 1; i < count(); i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    if (logistic(scores[best]) < least) {
      return Optional.empty();
    }
    Found first = found(best, scores, boxes);
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    double sum = 0;
    for (int i = 0; i < count(); i++) {
      if (logistic(scores[i]) < least) {
        continue;
      }
      Found other = found(i, scores, boxes);
      if (i == best || first.overlap(other) > same) {
        left += other.score() * other.left();
        top += other.score() * other.top();
        right += other.score() * other.right();
        bottom += other.score() * other.bottom();
        sum += other.score();
      }
    }
    return Optional.of(new Found(left / sum, top / sum, right / sum, bottom / sum, first.score()));
  }

  private static Found found(int anchor, float[] scores, float[] boxes) {
    int at = anchor * NUMBERS;
    double x = centre(anchor, true) + boxes[at] / SIDE;
    double y = centre(anchor, false) + boxes[at + 1] / SIDE;
    double halfWidth = boxes[at + 2] / SIDE / 2;
    double halfHeight = boxes[at + 3] / SIDE / 2;
    return new Found(
        x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, logistic(scores[anchor]));
  }

  /** Centre of an anchor as a share of the square. */
  static double centre(int anchor, boolean across) {
    int fine = FINE * FINE * FINE_DEPTH;
    int grid = anchor < fine ? FINE : COARSE;
    int cell = anchor < fine ? anchor / FINE_DEPTH : (anchor - fine) / COARSE_DEPTH;
    return ((across ? cell % grid : cell / grid) + 0.5) / grid;
  }

  private static double logistic(double score) {
    return 1 / (1 + Math.exp(-score));
  }
}

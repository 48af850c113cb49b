package dev.spanda.media.canvas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns curves into short lines that stray from them by no more than a given distance. */
final class Flattener implements Outline.Pen {

  /** One contour: x and y by turns. */
  record Contour(double[] points, int count, boolean closed) {}

  private final double tolerance;
  private final List<Contour> contours = new ArrayList<>();
  private double[] points = new double[64];
  private int count;

  private Flattener(double tolerance) {
    this.tolerance = tolerance;
  }

  static List<Contour> flatten(Outline outline, double tolerance) {
    Flattener flattener = new Flattener(tolerance);
    outline.trace(flattener);
    flattener.end(false);
    return flattener.contours;
  }

  private void end(boolean closed) {
    if (count >= 2) {
      contours.add(new Contour(Arrays.copyOf(points, 2 * count), count, closed));
    }
    count = 0;
  }

  private void add(double x, double y) {
    if (2 * count == points.length) {
      points = Arrays.copyOf(points, 4 * count);
    }
    points[2 * count] = x;
    points[2 * count + 1] = y;
    count++;
  }

  @Override
  public void moveTo(double x, double y) {
    end(false);
    add(x, y);
  }

  @Override
  public void lineTo(double x, double y) {
    add(x, y);
  }

  @Override
  public void quadTo(double controlX, double controlY, double x, double y) {
    double fromX = points[2 * count - 2];
    double fromY = points[2 * count - 1];
    double bend = StrictMath.hypot(fromX - 2 * controlX + x, fromY - 2 * controlY + y);
    // A quadratic strays from its n chords by at most its second difference over 4 n².
    int pieces = Math.max(1, (int) Math.ceil(Math.sqrt(bend / (4 * tolerance))));
    for (int piece = 1; piece < pieces; piece++) {
      double t = (double) piece / pieces;
      double s = 1 - t;
      add(
          s * s * fromX + 2 * s * t * controlX + t * t * x,
          s * s * fromY + 2 * s * t * controlY + t * t * y);
    }
    add(x, y);
  }

  @Override
  public void curveTo(
      double firstX, double firstY, double secondX, double secondY, double x, double y) {
    double fromX = points[2 * count - 2];
    double fromY = points[2 * count - 1];
    double bend =
        Math.max(
            StrictMath.hypot(fromX - 2 * firstX + secondX, fromY - 2 * firstY + secondY),
            StrictMath.hypot(firstX - 2 * secondX + x, firstY - 2 * secondY + y));
    // The second derivative is at most 6 bends; chords stray by an eighth of it over n².
    int pieces = Math.max(1, (int) Math.ceil(Math.sqrt(0.75 * bend / tolerance)));
    for (int piece = 1; piece < pieces; piece++) {
      double t = (double) piece / pieces;
      double s = 1 - t;
      double a = s * s * s;
      double b = 3 * s * s * t;
      double c = 3 * s * t * t;
      double d = t * t * t;
      add(
          a * fromX + b * firstX + c * secondX + d * x,
          a * fromY + b * firstY + c * secondY + d * y);
    }
    add(x, y);
  }

  @Override
  public void close() {
    double startX = points[0];
    double startY = points[1];
    end(true);
    // What follows without a new beginning goes on from where this contour began.
    add(startX, startY);
  }
}

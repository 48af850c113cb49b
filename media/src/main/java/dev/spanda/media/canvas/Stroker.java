package dev.spanda.media.canvas;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes areas of lines: a quadrilateral for each piece and a wedge for each bend, all turning the
 * same way, so that they join without seam or hole under the non-zero rule.
 */
final class Stroker {

  /** A mitre longer than this many half widths is cut off, as SVG does by default. */
  private static final double LONGEST_MITRE = 4;

  private final double half;
  private final boolean round;
  private final double tolerance;
  private final List<Flattener.Contour> pieces = new ArrayList<>();

  private Stroker(double half, boolean round, double tolerance) {
    this.half = half;
    this.round = round;
    this.tolerance = tolerance;
  }

  static List<Flattener.Contour> stroke(
      List<Flattener.Contour> contours, double width, boolean round, double tolerance) {
    Stroker stroker = new Stroker(width / 2, round, tolerance);
    contours.forEach(stroker::contour);
    return stroker.pieces;
  }

  private void contour(Flattener.Contour contour) {
    // Points that fall together have no direction between them.
    double[] points = new double[2 * contour.count()];
    int count = 0;
    for (int at = 0; at < contour.count(); at++) {
      double x = contour.points()[2 * at];
      double y = contour.points()[2 * at + 1];
      if (count == 0 || far(points, count - 1, x, y)) {
        points[2 * count] = x;
        points[2 * count + 1] = y;
        count++;
      }
    }
    boolean closed = contour.closed();
    if (closed && count > 1 && !far(points, count - 1, points[0], points[1])) {
      count--;
    }
    if (count < 2) {
      return;
    }
    int segments = closed ? count : count - 1;
    double[] normals = new double[2 * segments];
    for (int at = 0; at < segments; at++) {
      int to = (at + 1) % count;
      double dx = points[2 * to] - points[2 * at];
      double dy = points[2 * to + 1] - points[2 * at + 1];
      double length = Math.sqrt(dx * dx + dy * dy);
      normals[2 * at] = -dy / length * half;
      normals[2 * at + 1] = dx / length * half;
      double nx = normals[2 * at];
      double ny = normals[2 * at + 1];
      add(
          points[2 * at] + nx,
          points[2 * at + 1] + ny,
          points[2 * at] - nx,
          points[2 * at + 1] - ny,
          points[2 * to] - nx,
          points[2 * to + 1] - ny,
          points[2 * to] + nx,
          points[2 * to + 1] + ny);
    }
    for (int at = closed ? 0 : 1; at < segments; at++) {
      int before = (at + segments - 1) % segments;
      join(points[2 * at], points[2 * at + 1], normals, before, at);
    }
    if (!closed && round) {
      cap(points[0], points[1], normals[0], normals[1]);
      int last = segments - 1;
      cap(points[2 * count - 2], points[2 * count - 1], -normals[2 * last], -normals[2 * last + 1]);
    }
  }

  private static boolean far(double[] points, int index, double x, double y) {
    return Math.abs(points[2 * index] - x) + Math.abs(points[2 * index + 1] - y) > 1e-9;
  }

  private void join(double x, double y, double[] normals, int before, int after) {
    double ax = normals[2 * before];
    double ay = normals[2 * before + 1];
    double bx = normals[2 * after];
    double by = normals[2 * after + 1];
    double cross = ax * by - ay * bx;
    double dot = ax * bx + ay * by;
    if (Math.abs(cross) < 1e-12 * half * half && dot > 0) {
      return;
    }
    // The wedge opens on the outer side of the bend.
    double side = cross > 0 ? -1 : 1;
    ax *= side;
    ay *= side;
    bx *= side;
    by *= side;
    if (round) {
      fan(x, y, ax, ay, bx, by);
      return;
    }
    double cosHalf = Math.sqrt(Math.max(0, (1 + dot / (half * half)) / 2));
    if (cosHalf > 1 / LONGEST_MITRE) {
      double mx = ax + bx;
      double my = ay + by;
      double scale = half / cosHalf / Math.sqrt(mx * mx + my * my);
      add(x, y, x + ax, y + ay, x + mx * scale, y + my * scale, x + bx, y + by);
    } else {
      add(x, y, x + ax, y + ay, x + bx, y + by);
    }
  }

  private void cap(double x, double y, double nx, double ny) {
    // A half circle behind the beginning, in two quarters.
    fan(x, y, nx, ny, -ny, nx);
    fan(x, y, -ny, nx, -nx, -ny);
  }

  /** A slice of the disc between two radii, the shorter way. */
  private void fan(double x, double y, double ax, double ay, double bx, double by) {
    double from = StrictMath.atan2(ay, ax);
    double turn = StrictMath.atan2(ax * by - ay * bx, ax * bx + ay * by);
    double step = 2 * StrictMath.acos(Math.max(0, 1 - tolerance / Math.max(half, tolerance)));
    int parts = Math.max(1, (int) Math.ceil(Math.abs(turn) / step));
    double[] slice = new double[2 * (parts + 2)];
    slice[0] = x;
    slice[1] = y;
    slice[2] = x + ax;
    slice[3] = y + ay;
    for (int part = 1; part < parts; part++) {
      double at = from + turn * part / parts;
      slice[2 + 2 * part] = x + half * StrictMath.cos(at);
      slice[3 + 2 * part] = y + half * StrictMath.sin(at);
    }
    slice[2 + 2 * parts] = x + bx;
    slice[3 + 2 * parts] = y + by;
    add(slice);
  }

  private void add(double... points) {
    int count = points.length / 2;
    double twice = 0;
    for (int at = 0; at < count; at++) {
      int next = (at + 1) % count;
      twice += points[2 * at] * points[2 * next + 1] - points[2 * next] * points[2 * at + 1];
    }
    if (twice < 0) {
      for (int at = 0; at < count / 2; at++) {
        int other = count - 1 - at;
        for (int axis = 0; axis < 2; axis++) {
          double keep = points[2 * at + axis];
          points[2 * at + axis] = points[2 * other + axis];
          points[2 * other + axis] = keep;
        }
      }
    }
    pieces.add(new Flattener.Contour(points, count, true));
  }
}

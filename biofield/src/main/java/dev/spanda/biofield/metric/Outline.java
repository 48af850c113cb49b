package dev.spanda.biofield.metric;

import java.util.Arrays;

/**
 * A closed polygon through the centres of pixels, in the order it was followed, and its geometry as
 * OpenCV computes it.
 */
final class Outline {

  private static final int DEEP = 256;

  private int[] xs = new int[256];
  private int[] ys = new int[256];
  private int count;

  private int[] hull = new int[256];
  private int hullCount;
  private int[] lowest = new int[0];
  private int[] highest = new int[0];

  void clear() {
    count = 0;
  }

  void add(int x, int y) {
    if (count == xs.length) {
      xs = Arrays.copyOf(xs, 2 * count);
      ys = Arrays.copyOf(ys, 2 * count);
    }
    xs[count] = x;
    ys[count] = y;
    count++;
  }

  int count() {
    return count;
  }

  int x(int index) {
    return xs[index];
  }

  int y(int index) {
    return ys[index];
  }

  /** Enclosed area, by the shoelace formula, exact. */
  double area() {
    long twice = 0;
    int previous = count - 1;
    for (int i = 0; i < count; i++) {
      twice += (long) xs[previous] * ys[i] - (long) ys[previous] * xs[i];
      previous = i;
    }
    return Math.abs(twice) * 0.5;
  }

  /** Length of the closed line; each side's root is rounded to a float first, as in OpenCV. */
  double perimeter() {
    double sum = 0;
    int previous = count - 1;
    for (int i = 0; i < count; i++) {
      float dx = xs[i] - xs[previous];
      float dy = ys[i] - ys[previous];
      sum += (float) Math.sqrt(dx * dx + dy * dy);
      previous = i;
    }
    return sum;
  }

  /** Area of the convex hull; the hull is kept for {@link #deepDefects}. */
  double hullArea() {
    int left = Integer.MAX_VALUE;
    int right = 0;
    for (int i = 0; i < count; i++) {
      left = Math.min(left, xs[i]);
      right = Math.max(right, xs[i]);
    }
    // Only the first and the last point of each column can be a corner of the hull.
    int columns = right - left + 1;
    if (lowest.length < columns) {
      lowest = new int[columns];
      highest = new int[columns];
    }
    Arrays.fill(lowest, 0, columns, -1);
    Arrays.fill(highest, 0, columns, -1);
    for (int i = 0; i < count; i++) {
      int column = xs[i] - left;
      if (lowest[column] < 0 || ys[i] < ys[lowest[column]]) {
        lowest[column] = i;
      }
      if (highest[column] < 0 || ys[i] > ys[highest[column]]) {
        highest[column] = i;
      }
    }
    hullCount = 0;
    for (int column = 0; column < columns; column++) {
      if (lowest[column] >= 0) {
        push(lowest[column], 1);
      }
    }
    int bend = hullCount;
    for (int column = columns - 1; column >= 0; column--) {
      if (highest[column] >= 0) {
        push(highest[column], bend);
      }
    }
    // The way back ends in the first column; there the first point may follow itself.
    push(hull[0], bend);
    hullCount--;
    long twice = 0;
    int previous = hull[Math.max(0, hullCount - 1)];
    for (int i = 0; i < hullCount; i++) {
      int point = hull[i];
      twice += (long) xs[previous] * ys[point] - (long) ys[previous] * xs[point];
      previous = point;
    }
    return Math.abs(twice) * 0.5;
  }

  /** Adds a corner and takes away those before it that no longer turn; keeps the first ones. */
  private void push(int point, int keep) {
    while (hullCount > keep && turn(hull[hullCount - 2], hull[hullCount - 1], point) <= 0) {
      hullCount--;
    }
    if (hullCount > 0
        && xs[hull[hullCount - 1]] == xs[point]
        && ys[hull[hullCount - 1]] == ys[point]
        && hullCount > keep) {
      return;
    }
    if (hullCount == hull.length) {
      hull = Arrays.copyOf(hull, 2 * hullCount);
    }
    hull[hullCount++] = point;
  }

  private long turn(int a, int b, int c) {
    return (long) (xs[b] - xs[a]) * (ys[c] - ys[a]) - (long) (ys[b] - ys[a]) * (xs[c] - xs[a]);
  }

  /**
   * Stretches between neighbouring corners of the hull whose deepest point lies more than 1 pixel
   * below the hull, in 256ths of a pixel as OpenCV rounds them; after {@link #hullArea}.
   */
  int deepDefects() {
    if (hullCount < 3) {
      return 0;
    }
    Arrays.sort(hull, 0, hullCount);
    int defects = 0;
    int from = hull[hullCount - 1];
    for (int i = 0; i < hullCount; i++) {
      int to = hull[i];
      if (Math.rint(depth(from, to) * DEEP) > DEEP) {
        defects++;
      }
      from = to;
    }
    return defects;
  }

  private double depth(int from, int to) {
    double dx = xs[to] - xs[from];
    double dy = ys[to] - ys[from];
    if (dx == 0 && dy == 0) {
      return 0;
    }
    double scale = 1 / Math.sqrt(dx * dx + dy * dy);
    double deepest = 0;
    int j = from;
    while (true) {
      j = j + 1 == count ? 0 : j + 1;
      if (j == to) {
        return deepest;
      }
      double distance = Math.abs(-dy * (xs[j] - xs[from]) + dx * (ys[j] - ys[from])) * scale;
      deepest = Math.max(deepest, distance);
    }
  }

  /** Sets every pixel that the polygon passes; its sides run in the eight directions. */
  void drawInto(BitGrid grid) {
    int previous = count - 1;
    for (int i = 0; i < count; i++) {
      int x = xs[previous];
      int y = ys[previous];
      int stepX = Integer.signum(xs[i] - x);
      int stepY = Integer.signum(ys[i] - y);
      int steps = Math.max(Math.abs(xs[i] - x), Math.abs(ys[i] - y));
      for (int k = 0; k <= steps; k++) {
        grid.set(grid.address(x + k * stepX, y + k * stepY));
      }
      previous = i;
    }
  }
}

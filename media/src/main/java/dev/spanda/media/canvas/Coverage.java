package dev.spanda.media.canvas;

import java.util.List;

/**
 * How much of each pixel a shape covers, by exact areas: each edge adds what it takes from the
 * pixels of its rows, and the sum along a row is the winding number averaged over the pixel. The
 * Java platform's own rasteriser changes its last bits between releases; this one is only sums of
 * products, so that the same shapes give the same pixels everywhere. The method is that of
 * signed-area accumulation buffers (R. Levien, "font-rs", 2016).
 */
final class Coverage {

  /** The strip of pixels that is held: its left upper corner and its size. */
  private final int left;

  private final int top;
  private final int width;
  private final int height;
  private final float[] area;

  private Coverage(int left, int top, int width, int height) {
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    // Two cells more a row, where edges at the right border put what lies beyond.
    this.area = new float[(width + 2) * height];
  }

  /** The coverage of contours, each closed, inside a picture of the given size. */
  static Coverage of(List<Flattener.Contour> contours, int pictureWidth, int pictureHeight) {
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (Flattener.Contour contour : contours) {
      double[] points = contour.points();
      for (int at = 0; at < 2 * contour.count(); at += 2) {
        minX = Math.min(minX, points[at]);
        maxX = Math.max(maxX, points[at]);
        minY = Math.min(minY, points[at + 1]);
        maxY = Math.max(maxY, points[at + 1]);
      }
    }
    int left = (int) Math.max(0, Math.floor(Math.min(minX, pictureWidth)));
    int top = (int) Math.max(0, Math.floor(Math.min(minY, pictureHeight)));
    int right = (int) Math.min(pictureWidth, Math.ceil(Math.max(maxX, 0)));
    int bottom = (int) Math.min(pictureHeight, Math.ceil(Math.max(maxY, 0)));
    Coverage coverage =
        new Coverage(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    if (coverage.area.length > 0 && coverage.width > 0) {
      for (Flattener.Contour contour : contours) {
        double[] points = contour.points();
        int last = contour.count() - 1;
        double x = points[2 * last] - left;
        double y = points[2 * last + 1] - top;
        for (int at = 0; at <= last; at++) {
          double nextX = points[2 * at] - left;
          double nextY = points[2 * at + 1] - top;
          coverage.edge(x, y, nextX, nextY);
          x = nextX;
          y = nextY;
        }
      }
    }
    return coverage;
  }

  private void edge(double x0, double y0, double x1, double y1) {
    if (y0 == y1) {
      return;
    }
    if (y0 < y1) {
      clipped(x0, y0, x1, y1, 1);
    } else {
      clipped(x1, y1, x0, y0, -1);
    }
  }

  /** Cuts an edge that runs down at the borders; what lies left or right runs along the border. */
  private void clipped(double x0, double y0, double x1, double y1, int direction) {
    if (y1 <= 0 || y0 >= height) {
      return;
    }
    double slope = (x1 - x0) / (y1 - y0);
    double fromX = x0;
    double fromY = y0;
    double toX = x1;
    double toY = y1;
    if (fromY < 0) {
      fromX -= fromY * slope;
      fromY = 0;
    }
    if (toY > height) {
      toX -= (toY - height) * slope;
      toY = height;
    }
    if (Math.min(fromX, toX) >= 0 && Math.max(fromX, toX) <= width) {
      inside(fromX, fromY, toX, toY, direction);
      return;
    }
    double[] cuts = {fromY, toY, toY, toY};
    int count = 1;
    double first = fromX < toX ? 0 : width;
    for (double border : new double[] {first, width - first}) {
      double at = slope == 0 ? toY : fromY + (border - fromX) / slope;
      if (at > cuts[count - 1] && at < toY) {
        cuts[count++] = at;
      }
    }
    cuts[count] = toY;
    for (int piece = 0; piece < count; piece++) {
      double upper = cuts[piece];
      double lower = cuts[piece + 1];
      inside(
          clamp(fromX + (upper - fromY) * slope),
          upper,
          clamp(fromX + (lower - fromY) * slope),
          lower,
          direction);
    }
  }

  private double clamp(double x) {
    return Math.max(0, Math.min(width, x));
  }

  private void inside(double x0, double y0, double x1, double y1, int direction) {
    double slope = (x1 - x0) / (y1 - y0);
    double x = x0;
    int lastRow = Math.min(height, (int) Math.ceil(y1));
    for (int row = (int) y0; row < lastRow; row++) {
      double dy = Math.min(row + 1, y1) - Math.max(row, y0);
      if (dy <= 0) {
        continue;
      }
      double next = clamp(x + slope * dy);
      double d = dy * direction;
      double low = Math.min(x, next);
      double high = Math.max(x, next);
      int lowCell = (int) low;
      int highCell = (int) Math.ceil(high);
      int at = row * (width + 2) + lowCell;
      if (highCell <= lowCell + 1) {
        double share = 0.5 * (x + next) - lowCell;
        area[at] += (float) (d - d * share);
        area[at + 1] += (float) (d * share);
      } else {
        double s = 1 / (high - low);
        double lowPart = low - lowCell;
        double first = 0.5 * s * (1 - lowPart) * (1 - lowPart);
        double highPart = high - highCell + 1;
        double last = 0.5 * s * highPart * highPart;
        int cells = highCell - lowCell;
        area[at] += (float) (d * first);
        if (cells == 2) {
          area[at + 1] += (float) (d * (1 - first - last));
        } else {
          double second = s * (1.5 - lowPart);
          area[at + 1] += (float) (d * (second - first));
          for (int cell = 2; cell < cells - 1; cell++) {
            area[at + cell] += (float) (d * s);
          }
          area[at + cells - 1] += (float) (d * (1 - second - (cells - 3) * s - last));
        }
        area[at + cells] += (float) (d * last);
      }
      x = next;
    }
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Writes one row, from 0 (outside) to 1 (inside), into {@code into}. */
  void row(int row, float[] into) {
    int at = row * (width + 2);
    float sum = 0;
    for (int x = 0; x < width; x++) {
      sum += area[at + x];
      float covered = Math.abs(sum);
      // Below a thousandth of a grey level lies only the rounding of the sum.
      into[x] = covered > 1 ? 1 : covered < 4e-6f ? 0 : covered;
    }
  }
}

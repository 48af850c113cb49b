package dev.spanda.media.canvas;

import java.util.Arrays;
import java.util.List;

/** Puts paint on pixels, each an int of straight (not premultiplied) alpha, red, green, blue. */
final class Brush {

  private Brush() {}

  static void paint(
      int[] pixels,
      int width,
      int height,
      List<Flattener.Contour> contours,
      Paint paint,
      double scaleX,
      double scaleY) {
    Coverage coverage = Coverage.of(contours, width, height);
    float[] covered = new float[coverage.width()];
    int[] colours = new int[coverage.width()];
    boolean solid = paint instanceof Paint.Solid;
    if (paint instanceof Paint.Solid one) {
      Arrays.fill(colours, one.argb());
    }
    for (int row = 0; row < coverage.height(); row++) {
      coverage.row(row, covered);
      int y = coverage.top() + row;
      if (!solid) {
        colours(paint, coverage.left(), y, scaleX, scaleY, colours);
      }
      int at = y * width + coverage.left();
      for (int x = 0; x < covered.length; x++) {
        if (covered[x] > 0) {
          pixels[at + x] = over(pixels[at + x], colours[x], covered[x]);
        }
      }
    }
  }

  /** Paints every pixel. */
  static void cover(
      int[] pixels, int width, int height, Paint paint, double scaleX, double scaleY) {
    int[] colours = new int[width];
    if (paint instanceof Paint.Solid one) {
      Arrays.fill(colours, one.argb());
    }
    for (int y = 0; y < height; y++) {
      if (!(paint instanceof Paint.Solid)) {
        colours(paint, 0, y, scaleX, scaleY, colours);
      }
      int at = y * width;
      for (int x = 0; x < width; x++) {
        int colour = colours[x];
        pixels[at + x] = colour >>> 24 == 255 ? colour : over(pixels[at + x], colour, 1);
      }
    }
  }

  private static void colours(
      Paint paint, int left, int y, double scaleX, double scaleY, int[] into) {
    double unitY = (y + 0.5) / scaleY;
    if (paint instanceof Paint.Linear linear) {
      double dx = linear.toX() - linear.fromX();
      double dy = linear.toY() - linear.fromY();
      double square = Math.max(dx * dx + dy * dy, 1e-12);
      for (int x = 0; x < into.length; x++) {
        double unitX = (left + x + 0.5) / scaleX;
        double share = ((unitX - linear.fromX()) * dx + (unitY - linear.fromY()) * dy) / square;
        into[x] = between(linear.from(), linear.to(), share);
      }
    } else if (paint instanceof Paint.Radial radial) {
      for (int x = 0; x < into.length; x++) {
        double dx = (left + x + 0.5) / scaleX - radial.x();
        double dy = unitY - radial.y();
        into[x] =
            between(radial.from(), radial.to(), Math.sqrt(dx * dx + dy * dy) / radial.radius());
      }
    }
  }

  private static int between(int from, int to, double share) {
    return share <= 0 ? from : share >= 1 ? to : mixed(from, to, share);
  }

  /** As {@link Paint#mix}, for every pixel: parts are not negative, so that a cast rounds them. */
  private static int mixed(int from, int to, double share) {
    int mixed = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int a = from >>> shift & 0xFF;
      int b = to >>> shift & 0xFF;
      mixed |= (int) (a + share * (b - a) + 0.5) << shift;
    }
    return mixed;
  }

  /** A colour with a share of its alpha over another: Porter and Duff's "over" (1984). */
  static int over(int below, int above, float share) {
    float alpha = (above >>> 24) * (1f / 255f) * share;
    int belowAlpha = below >>> 24;
    if (alpha >= 0.9999f || belowAlpha == 0 && alpha > 0) {
      return Math.round(alpha * 255f) << 24 | above & 0xFFFFFF;
    }
    float rest = belowAlpha * (1f / 255f) * (1f - alpha);
    float total = alpha + rest;
    if (total <= 0) {
      return below;
    }
    float part = alpha / total;
    int red = mix(below >> 16 & 0xFF, above >> 16 & 0xFF, part);
    int green = mix(below >> 8 & 0xFF, above >> 8 & 0xFF, part);
    int blue = mix(below & 0xFF, above & 0xFF, part);
    return (int) (total * 255f + 0.5f) << 24 | red << 16 | green << 8 | blue;
  }

  private static int mix(int from, int to, float part) {
    return (int) (from + part * (to - from) + 0.5f);
  }

  static void shadow(
      int[] pixels,
      int width,
      int height,
      List<Flattener.Contour> contours,
      double sigma,
      int argb) {
    Coverage coverage = Coverage.of(contours, width, height);
    int reach = (int) Math.ceil(3 * sigma) + 1;
    int left = Math.max(0, coverage.left() - reach);
    int top = Math.max(0, coverage.top() - reach);
    int right = Math.min(width, coverage.left() + coverage.width() + reach);
    int bottom = Math.min(height, coverage.top() + coverage.height() + reach);
    int wide = right - left;
    int high = bottom - top;
    if (wide <= 0 || high <= 0 || coverage.width() == 0) {
      return;
    }
    float[] mask = new float[wide * high];
    float[] covered = new float[coverage.width()];
    for (int row = 0; row < coverage.height(); row++) {
      coverage.row(row, covered);
      System.arraycopy(
          covered,
          0,
          mask,
          (coverage.top() - top + row) * wide + coverage.left() - left,
          covered.length);
    }
    blur(mask, wide, high, sigma);
    for (int y = 0; y < high; y++) {
      int at = (top + y) * width + left;
      for (int x = 0; x < wide; x++) {
        float share = mask[y * wide + x];
        if (share > 1e-4f) {
          pixels[at + x] = over(pixels[at + x], argb, Math.min(1, share));
        }
      }
    }
  }

  /**
   * Three running means each way, whose widths sum up to the variance asked for; zero beyond the
   * borders. W. M. Wells, "Efficient synthesis of Gaussian filters by cascaded uniform filters",
   * IEEE PAMI 8 (1986).
   */
  static void blur(float[] mask, int width, int height, double sigma) {
    if (sigma < 0.3) {
      return;
    }
    double ideal = Math.sqrt(12 * sigma * sigma / 3 + 1);
    int lower = (int) Math.floor(ideal);
    if (lower % 2 == 0) {
      lower--;
    }
    long wider =
        Math.round(
            (3.0 * lower * lower + 12.0 * lower + 9 - 12 * sigma * sigma) / (4.0 * lower + 4));
    float[] other = new float[mask.length];
    float[] line = new float[width];
    double[] sums = new double[width];
    for (int pass = 0; pass < 3; pass++) {
      int radius = ((pass < wider ? lower : lower + 2) - 1) / 2;
      for (int y = 0; y < height; y++) {
        mean(mask, y * width, width, radius, line);
      }
      means(mask, width, height, radius, sums, other);
    }
  }

  /** Running means down all columns at once, row by row, as memory lies. */
  private static void means(
      float[] mask, int width, int height, int radius, double[] sums, float[] other) {
    Arrays.fill(sums, 0);
    double share = 1.0 / (2 * radius + 1);
    for (int y = -radius; y < height; y++) {
      int enters = (y + radius) * width;
      if (y + radius < height) {
        for (int x = 0; x < width; x++) {
          sums[x] += mask[enters + x];
        }
      }
      if (y >= 0) {
        int leaves = (y - radius) * width;
        for (int x = 0; x < width; x++) {
          other[y * width + x] = (float) (sums[x] * share);
        }
        if (leaves >= 0) {
          for (int x = 0; x < width; x++) {
            sums[x] -= mask[leaves + x];
          }
        }
      }
    }
    System.arraycopy(other, 0, mask, 0, mask.length);
  }

  private static void mean(float[] mask, int start, int count, int radius, float[] line) {
    System.arraycopy(mask, start, line, 0, count);
    double sum = 0;
    for (int at = 0; at < Math.min(radius, count); at++) {
      sum += line[at];
    }
    double share = 1.0 / (2 * radius + 1);
    for (int at = 0; at < count; at++) {
      if (at + radius < count) {
        sum += line[at + radius];
      }
      mask[start + at] = (float) (sum * share);
      if (at >= radius) {
        sum -= line[at - radius];
      }
    }
  }
}

package dev.spanda.media.thumbnail;

import dev.spanda.media.canvas.Resizer;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/** Puts somebody who was cut out before a picture, with a line around and a glow behind. */
final class Cutout {

  /** Where people stand, in px. */
  private static final int WIDEST = 600;

  private static final int HIGHEST = 660;
  private static final int LINE = 9;
  private static final int GLOW = 26;
  private static final int FAINT = 24;

  private Cutout() {}

  /**
   * Draws the person at the right lower corner.
   *
   * @param image of {@link BufferedImage#TYPE_INT_ARGB}; modified
   * @return the left edge of what was drawn in px; the width of the image when nothing is seen
   */
  static int draw(BufferedImage image, BufferedImage person, int accent) {
    int[] box = seen(person);
    if (box[2] <= 0 || box[3] <= 0) {
      return image.getWidth();
    }
    double factor = Math.min((double) WIDEST / box[2], (double) HIGHEST / box[3]);
    int width = Math.max(1, (int) Math.round(box[2] * factor));
    int height = Math.max(1, (int) Math.round(box[3] * factor));
    BufferedImage scaled =
        Resizer.scale(
            person.getSubimage(box[0], box[1], box[2], box[3]),
            Resizer.Plan.of(width, height).withMode(Resizer.Mode.STRETCH));
    int left = image.getWidth() - width - Math.max(24, (WIDEST - width) / 3);
    int top = image.getHeight() - height;
    int margin = LINE + 3 * GLOW;
    int wide = width + 2 * margin;
    int high = height + 2 * margin;
    int[] pixels = pixels(scaled);
    float[] line = line(pixels, width, height, margin, wide, high);
    float[] glow = line.clone();
    soften(glow, wide, high);
    int[] into = pixels(image);
    for (int y = 0; y < high; y++) {
      int imageY = top - margin + y;
      if (imageY < 0 || imageY >= image.getHeight()) {
        continue;
      }
      for (int x = 0; x < wide; x++) {
        int imageX = left - margin + x;
        if (imageX < 0 || imageX >= image.getWidth()) {
          continue;
        }
        int at = imageY * image.getWidth() + imageX;
        int mixed = over(into[at], accent, glow[y * wide + x] * 0.9f);
        mixed = over(mixed, 0xFFFFFFFF, line[y * wide + x]);
        int ownX = x - margin;
        int ownY = y - margin;
        if (ownX >= 0 && ownX < width && ownY >= 0 && ownY < height) {
          int pixel = pixels[ownY * width + ownX];
          mixed = over(mixed, pixel, (pixel >>> 24) / 255f);
        }
        into[at] = mixed;
      }
    }
    return left - LINE;
  }

  /** Left, top, width and height of what can be seen. */
  private static int[] seen(BufferedImage person) {
    int left = person.getWidth();
    int top = person.getHeight();
    int right = -1;
    int bottom = -1;
    int[] row = new int[person.getWidth()];
    for (int y = 0; y < person.getHeight(); y++) {
      person.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int x = 0; x < row.length; x++) {
        if (row[x] >>> 24 >= FAINT) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return new int[] {left, top, right - left + 1, bottom - top + 1};
  }

  /** How much of each pixel is within the line's width of the person. */
  private static float[] line(int[] pixels, int width, int height, int margin, int wide, int high) {
    float[] line = new float[wide * high];
    int steps = 32;
    for (int step = 0; step <= steps; step++) {
      double angle = 2 * Math.PI * step / steps;
      int byX = step == steps ? 0 : (int) Math.round(LINE * StrictMath.cos(angle));
      int byY = step == steps ? 0 : (int) Math.round(LINE * StrictMath.sin(angle));
      for (int y = 0; y < height; y++) {
        int at = (y + margin + byY) * wide + margin + byX;
        for (int x = 0; x < width; x++) {
          float alpha = (pixels[y * width + x] >>> 24) / 255f;
          if (alpha > line[at + x]) {
            line[at + x] = alpha;
          }
        }
      }
    }
    return line;
  }

  /** Three running means each way; zero beyond the borders. */
  private static void soften(float[] mask, int wide, int high) {
    float[] other = new float[mask.length];
    for (int round = 0; round < 3; round++) {
      mean(mask, other, wide, high, 1, wide);
      mean(other, mask, high, wide, wide, 1);
    }
  }

  private static void mean(
      float[] from, float[] into, int length, int lines, int step, int lineStep) {
    float share = 1f / (2 * GLOW + 1);
    Arrays.fill(into, 0);
    for (int line = 0; line < lines; line++) {
      int start = line * lineStep;
      float sum = 0;
      for (int at = 0; at < Math.min(GLOW, length); at++) {
        sum += from[start + at * step];
      }
      for (int at = 0; at < length; at++) {
        if (at + GLOW < length) {
          sum += from[start + (at + GLOW) * step];
        }
        if (at - GLOW - 1 >= 0) {
          sum -= from[start + (at - GLOW - 1) * step];
        }
        into[start + at * step] = Math.max(0, sum * share);
      }
    }
  }

  private static int over(int below, int above, float share) {
    int result = 0xFF000000;
    for (int shift = 0; shift < 24; shift += 8) {
      int from = below >> shift & 0xFF;
      int to = above >> shift & 0xFF;
      result |= (int) (from + Math.min(1, share) * (to - from) + 0.5f) << shift;
    }
    return result;
  }

  private static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }
}

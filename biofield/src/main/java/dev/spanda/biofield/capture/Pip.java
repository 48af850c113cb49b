package dev.spanda.biofield.capture;

import dev.spanda.biofield.Frame;
import java.util.Arrays;

/**
 * The PIP picture of a frame: brightness made visible as colour and line.
 *
 * <ol>
 *   <li>Smoothing by a Gaussian of k pixels, σ = 0.3·((k − 1)/2 − 1) + 0.8, mirrored at the borders
 *       without repeating the border pixel.
 *   <li>Grey: luma of ITU-R BT.601, (9798·R + 19235·G + 3735·B + 2¹⁴) / 2¹⁵.
 *   <li>Pixels whose grey is above threshold·255 are lit: their hue is turned by the hue shift and
 *       their saturation multiplied, at most to full. The others show their grey at half strength.
 *   <li>Edges, drawn white: where the Scharr gradient of the grey, √(gx² + gy²), is above
 *       sensitivity times the largest of the picture.
 * </ol>
 *
 * <p>All sums are of integers and all else is exact to the last bit by the language's rules, so
 * that a frame and its settings give the same pixels on every machine. σ is that of OpenCV's {@code
 * getGaussianKernel}; the gradient is Scharr's (3, 10, 3) operator (H. Scharr, Optimale Operatoren
 * in der Digitalen Bildverarbeitung, Heidelberg 2000). A picture to look at, without medical
 * meaning. Thread-safe.
 */
public final class Pip {

  private static final int ONE = 1 << 14;

  private Pip() {}

  /** The PIP picture, of the frame's size. */
  public static Frame process(Frame frame, PipSettings settings) {
    int width = frame.width();
    int height = frame.height();
    int[] blurred = blur(frame.pixels(), width, height, settings.blurKernel());
    int[] gray = gray(blurred);
    int[] out = new int[blurred.length];
    double level = settings.threshold() * 255;
    for (int i = 0; i < out.length; i++) {
      out[i] =
          gray[i] > level
              ? turn(blurred[i], settings.hueShift(), settings.saturationBoost())
              : (gray[i] >> 1) * 0x010101;
    }
    drawEdges(gray, width, height, settings.edgeSensitivity(), out);
    return Frame.wrap(width, height, out);
  }

  private static int[] gray(int[] pixels) {
    int[] gray = new int[pixels.length];
    for (int i = 0; i < gray.length; i++) {
      int rgb = pixels[i];
      gray[i] =
          9798 * (rgb >> 16 & 0xFF) + 19235 * (rgb >> 8 & 0xFF) + 3735 * (rgb & 0xFF) + 16384 >> 15;
    }
    return gray;
  }

  /** Weights in 1/16384 that sum to exactly one; the rounding's rest goes to the middle. */
  private static int[] kernel(int side) {
    double sigma = 0.3 * ((side - 1) * 0.5 - 1) + 0.8;
    double[] exact = new double[side];
    double sum = 0;
    for (int i = 0; i < side; i++) {
      double d = i - (side - 1) / 2;
      exact[i] = StrictMath.exp(-d * d / (2 * sigma * sigma));
      sum += exact[i];
    }
    int[] weights = new int[side];
    int rest = ONE;
    for (int i = 0; i < side; i++) {
      weights[i] = (int) Math.floor(exact[i] / sum * ONE + 0.5);
      rest -= weights[i];
    }
    weights[side / 2] += rest;
    return weights;
  }

  /** Along rows into three planes of 1/64 levels, then along columns, a row at a time. */
  private static int[] blur(int[] pixels, int width, int height, int side) {
    if (side == 1) {
      return pixels;
    }
    int[] weights = kernel(side);
    int reach = side / 2;
    int[] columns = new int[width + 2 * reach];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = mirror(i - reach, width);
    }
    char[][] planes = new char[3][pixels.length];
    for (int y = 0; y < height; y++) {
      int row = y * width;
      for (int x = 0; x < width; x++) {
        int red = 128;
        int green = 128;
        int blue = 128;
        for (int i = 0; i < side; i++) {
          int rgb = pixels[row + columns[x + i]];
          int weight = weights[i];
          red += weight * (rgb >> 16 & 0xFF);
          green += weight * (rgb >> 8 & 0xFF);
          blue += weight * (rgb & 0xFF);
        }
        planes[0][row + x] = (char) (red >> 8);
        planes[1][row + x] = (char) (green >> 8);
        planes[2][row + x] = (char) (blue >> 8);
      }
    }
    int[] out = new int[pixels.length];
    int[] sums = new int[width];
    for (int y = 0; y < height; y++) {
      for (int plane = 0; plane < 3; plane++) {
        Arrays.fill(sums, 1 << 19);
        for (int i = 0; i < side; i++) {
          int weight = weights[i];
          int row = mirror(y + i - reach, height) * width;
          char[] levels = planes[plane];
          for (int x = 0; x < width; x++) {
            sums[x] += weight * levels[row + x];
          }
        }
        int shift = 16 - 8 * plane;
        for (int x = 0; x < width; x++) {
          out[y * width + x] |= (sums[x] >> 20) << shift;
        }
      }
    }
    return out;
  }

  /**
   * The place of {@code i} in a row of {@code size} that is mirrored at its ends again and again.
   */
  private static int mirror(int i, int size) {
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int place = Math.floorMod(i, period);
    return place < size ? place : period - place;
  }

  /** The colour with its hue turned and its saturation multiplied, by the hexagon of HSV. */
  private static int turn(int rgb, double turns, double boost) {
    int red = rgb >> 16 & 0xFF;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    int most = Math.max(red, Math.max(green, blue));
    int least = Math.min(red, Math.min(green, blue));
    int range = most - least;
    if (range == 0) {
      return rgb;
    }
    double sixth;
    if (most == red) {
      sixth = (double) (green - blue) / range;
    } else if (most == green) {
      sixth = 2 + (double) (blue - red) / range;
    } else {
      sixth = 4 + (double) (red - green) / range;
    }
    double hue = sixth + 6 * turns;
    hue -= 6 * Math.floor(hue / 6);
    double saturation = Math.min(1, boost * range / most);
    return channel(hue, 5, most, saturation) << 16
        | channel(hue, 3, most, saturation) << 8
        | channel(hue, 1, most, saturation);
  }

  private static int channel(double hue, int offset, int value, double saturation) {
    double k = offset + hue;
    k = k >= 6 ? k - 6 : k;
    double share = Math.max(0, Math.min(1, Math.min(k, 4 - k)));
    return (int) Math.floor(value * (1 - saturation * share) + 0.5);
  }

  private static void drawEdges(int[] gray, int width, int height, double sensitivity, int[] out) {
    int[] squares = new int[gray.length];
    int largest = 0;
    for (int y = 0; y < height; y++) {
      int above = mirror(y - 1, height) * width;
      int row = y * width;
      int below = mirror(y + 1, height) * width;
      for (int x = 0; x < width; x++) {
        int left = mirror(x - 1, width);
        int right = mirror(x + 1, width);
        int gx =
            3
                    * (gray[above + right]
                        - gray[above + left]
                        + gray[below + right]
                        - gray[below + left])
                + 10 * (gray[row + right] - gray[row + left]);
        int gy =
            3
                    * (gray[below + left]
                        - gray[above + left]
                        + gray[below + right]
                        - gray[above + right])
                + 10 * (gray[below + x] - gray[above + x]);
        int square = gx * gx + gy * gy;
        squares[row + x] = square;
        largest = Math.max(largest, square);
      }
    }
    double limit = sensitivity * sensitivity * largest;
    for (int i = 0; i < out.length; i++) {
      if (squares[i] > limit) {
        out[i] = 0xFFFFFF;
      }
    }
  }
}

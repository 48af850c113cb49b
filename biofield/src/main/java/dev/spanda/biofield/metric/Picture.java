package dev.spanda.biofield.metric;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import java.util.Arrays;

/**
 * The first look at the pixels: gray of the smallest rectangle that holds the mask, and every sum
 * and histogram that one pass can collect. Each row goes through short vector loops; one last
 * scalar loop counts.
 */
final class Picture {

  /** Rows whose column sums weighted by the row still fit into an int. */
  private static final int BLOCK = 256;

  private static final int[] HUE_BIN = new int[Colors.HUES];

  static {
    for (int hue = 0; hue < Colors.HUES; hue++) {
      HUE_BIN[hue] = hue / 6 << 10;
    }
  }

  final Scratch scratch;
  final int left;
  final int top;
  final int width;
  final int height;
  final int count;

  /** Whether every pixel of the rectangle is selected. */
  final boolean solid;

  final int[] gray;
  final int[] inside;

  final long[] rowSums;
  final int[] rowCounts;
  final long[] columnSums;
  final int[] columnCounts;

  /** For each column the sum of gray times row. */
  final long[] columnMoments;

  final int[] grayHistogram = new int[256];
  long reds;
  long greens;
  long blues;
  long values;
  long saturations;
  long saturationSquares;

  /** Sum of the magnitudes of Immerkær's kernel, and the number of pixels it was applied to. */
  long noise;

  long noisePixels;

  Picture(Frame frame, Mask mask, Scratch scratch) {
    this.scratch = scratch;
    left = mask.left();
    top = mask.top();
    width = mask.right() - left;
    height = mask.bottom() - top;
    count = mask.count();
    solid = mask.isRectangle();
    gray = scratch.gray(width * height);
    inside = solid ? scratch.inside : scratch.inside(width * height);
    rowSums = new long[height];
    rowCounts = new int[height];
    columnSums = new long[width];
    columnCounts = new int[width];
    columnMoments = new long[width];
    scratch.clearHistograms();
    if (solid) {
      Arrays.fill(rowCounts, width);
      Arrays.fill(columnCounts, height);
    } else {
      select(mask);
    }
    look(frame);
    for (int[] histogram : scratch.grayHistograms) {
      Rows.add(histogram, grayHistogram, 256);
    }
    for (long weight : scratch.hueWeights) {
      saturations += weight;
    }
  }

  private void select(Mask mask) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int selected = mask.contains(left + x, top + y) ? 1 : 0;
        inside[y * width + x] = selected;
        rowCounts[y] += selected;
        columnCounts[x] += selected;
      }
    }
  }

  private void look(Frame frame) {
    int[][] rows = scratch.rows(20, width);
    int[] rgb = rows[0];
    int[] value = rows[1];
    int[] spread = rows[2];
    int[] angle = rows[3];
    int[] redSums = rows[4];
    int[] greenSums = rows[5];
    int[] blueSums = rows[6];
    int[] valueSums = rows[7];
    int[] sums = rows[8];
    int[] moments = rows[9];
    int[] noiseSums = rows[10];
    int[] difference = rows[11];
    int[] next = rows[15];
    int[] second = rows[16];
    for (int k = 4; k <= 10; k++) {
      Arrays.fill(rows[k], 0, width, 0);
    }
    // Three rows of gray, so that the second difference needs no look at the whole plane.
    int[] above = rows[12];
    int[] middle = rows[13];
    int[] here = rows[14];
    int[] pixels = frame.pixels();
    int half = width / 2;
    for (int y = 0; y < height; y++) {
      int from = (top + y) * frame.width() + left;
      int[] free = above;
      above = middle;
      middle = here;
      here = free;
      int length = width;
      System.arraycopy(pixels, from, rgb, 0, width);
      Rows.gray(rgb, here, width);
      int leftEnd = half;
      int rightStart = width - half;
      if (!solid) {
        // Colour does not care for places: the selected pixels move together, half by half.
        int row = y * width;
        for (int x = 0; x < width; x++) {
          here[x] *= inside[row + x];
        }
        length = compact(rgb, row, 0, half, 0);
        leftEnd = length;
        length = compact(rgb, row, half, width - half, length);
        rightStart = length;
        length = compact(rgb, row, width - half, width, length);
      }
      System.arraycopy(here, 0, gray, y * width, width);
      Rows.add(here, sums, width);
      Rows.addScaled(here, y % BLOCK, moments, width);
      if (y >= 2) {
        if (solid) {
          Rows.secondDifference(above, middle, here, difference, width);
          if (width > 2) {
            System.arraycopy(difference, 1, next, 0, width - 2);
            System.arraycopy(difference, 2, second, 0, width - 2);
            Rows.secondDifference(difference, next, second, difference, width - 2);
            Rows.addMagnitude(difference, noiseSums, width - 2);
          }
        } else {
          addNoise(above, middle, here, y);
        }
      }
      Rows.addChannels(rgb, redSums, greenSums, blueSums, length);
      Rows.values(rgb, value, spread, length);
      Rows.add(value, valueSums, length);
      Rows.anglesBeyondRed(rgb, value, spread, angle, length);
      Rows.anglesAtRed(rgb, value, angle, length);
      countColors(value, spread, angle, 0, leftEnd, 0);
      countColors(value, spread, angle, leftEnd, rightStart, 2);
      countColors(value, spread, angle, rightStart, length, 1);
      rowSums[y] = countGrays(here, y, half);
      if (y % BLOCK == BLOCK - 1 || y == height - 1) {
        int first = y - y % BLOCK;
        for (int x = 0; x < width; x++) {
          columnSums[x] += sums[x];
          columnMoments[x] += moments[x] + (long) first * sums[x];
        }
        Arrays.fill(sums, 0, width, 0);
        Arrays.fill(moments, 0, width, 0);
      }
    }
    reds = Rows.sum(redSums, width);
    greens = Rows.sum(greenSums, width);
    blues = Rows.sum(blueSums, width);
    values = Rows.sum(valueSums, width);
    if (solid && width > 2 && height > 2) {
      noise = Rows.sum(noiseSums, width - 2);
      noisePixels = (long) (width - 2) * (height - 2);
    }
  }

  private int compact(int[] rgb, int row, int from, int to, int at) {
    int next = at;
    for (int x = from; x < to; x++) {
      rgb[next] = rgb[x];
      next += inside[row + x];
    }
    return next;
  }

  private void addNoise(int[] above, int[] middle, int[] here, int y) {
    int row = y * width;
    for (int x = 0; x + 2 < width; x++) {
      int neighbours = 0;
      for (int k = x; k < x + 3; k++) {
        neighbours += inside[row - 2 * width + k] + inside[row - width + k] + inside[row + k];
      }
      if (neighbours == 9) {
        noise +=
            Math.abs(
                above[x]
                    - 2 * above[x + 1]
                    + above[x + 2]
                    - 2 * (middle[x] - 2 * middle[x + 1] + middle[x + 2])
                    + here[x]
                    - 2 * here[x + 1]
                    + here[x + 2]);
        noisePixels++;
      }
    }
  }

  private void countColors(int[] value, int[] spread, int[] angle, int from, int to, int part) {
    saturationSquares +=
        countColors(
            value, spread, angle, from, to, scratch.hueWeights, scratch.colorHistograms[part]);
  }

  /** Counts pixels in the bins of hue, saturation and value; returns the sum of saturation². */
  private static long countColors(
      int[] value, int[] spread, int[] angle, int from, int to, long[] hueWeights, int[] bins) {
    long squares = 0;
    for (int i = from; i < to; i++) {
      int v = value[i];
      int d = spread[i];
      int s = Colors.saturation(d, v);
      int h = Colors.hue(angle[i], d);
      hueWeights[h] += s;
      squares += s * s;
      bins[HUE_BIN[h] + (s >> 3 << 5) + (v >> 3)]++;
    }
    return squares;
  }

  private long countGrays(int[] row, int y, int half) {
    if (solid) {
      return countGrays(row, 0, half, scratch.grayHistograms[0])
          + countGrays(row, half, width - half, scratch.grayHistograms[2])
          + countGrays(row, width - half, width, scratch.grayHistograms[1]);
    }
    long sum = 0;
    for (int x = 0; x < width; x++) {
      int part = x < half ? 0 : x < width - half ? 2 : 1;
      scratch.grayHistograms[part][row[x]] += inside[y * width + x];
      sum += row[x];
    }
    return sum;
  }

  private static int countGrays(int[] row, int from, int to, int[] histogram) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      int g = row[i];
      histogram[g & 255]++;
      sum += g;
    }
    return sum;
  }

  /**
   * Mean gray of each row, or column, that has a selected pixel; of the smallest groups of
   * neighbours, all equally many but the last, that are no more than the given number.
   */
  static double[] means(long[] sums, int[] counts, int most) {
    int size = (sums.length + most - 1) / most;
    double[] means = new double[(sums.length + size - 1) / size];
    int used = 0;
    for (int i = 0; i < sums.length; i += size) {
      long sum = 0;
      long count = 0;
      for (int k = i; k < Math.min(sums.length, i + size); k++) {
        sum += sums[k];
        count += counts[k];
      }
      if (count > 0) {
        means[used++] = (double) sum / count;
      }
    }
    return Arrays.copyOf(means, used);
  }

  /** Gray in the middle of each cell along the Hilbert curve; −1 where it is not selected. */
  int[] sample(int largestOrder) {
    int order = Math.min(largestOrder, Hilbert.orderFor(width, height));
    int[] cells = Hilbert.cells(order);
    int[] sample = new int[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int x = (int) ((2L * (cells[i] & 0xffff) + 1) * width >> (order + 1));
      int y = (int) ((2L * (cells[i] >>> 16) + 1) * height >> (order + 1));
      int at = y * width + x;
      sample[i] = solid || inside[at] == 1 ? gray[at] : -1;
    }
    return sample;
  }
}

package dev.spanda.biofield.metric;

import dev.spanda.biofield.Metrics;
import java.util.Arrays;

/** The picture against its mirror images. */
final class Mirror {

  private static final int BLOCK = 8;

  /** (0.01·255)² and (0.03·255)², the constants of Wang et al. (2004). */
  private static final double FIRST = 6.5025;

  private static final double SECOND = 58.5225;

  private final Picture picture;
  private final int[][] rows;
  private final int width;
  private final int height;
  private final int half;

  private double similarity;
  private long blocks;
  private long pairs;
  private long lefts;
  private long rights;
  private long leftSquares;
  private long rightSquares;
  private long products;
  private long distance;

  Mirror(Picture picture) {
    this.picture = picture;
    width = picture.width;
    height = picture.height;
    half = width / 2;
    rows = picture.scratch.rows(20, width);
  }

  Metrics.Symmetry measure() {
    compareHalves();
    double vertical = sideBySide();
    double[] turned = upsideDown();
    return new Metrics.Symmetry(vertical, turned[0], turned[1], bilateral());
  }

  /** Sums over the left half and the mirrored right half, block by block. */
  private void compareHalves() {
    int[] left = rows[0];
    int[] right = rows[1];
    int[] both = rows[2];
    int[] other = rows[3];
    for (int k = 4; k <= 10; k++) {
      Arrays.fill(rows[k], 0, half, 0);
    }
    for (int y = 0; y < height; y++) {
      int row = y * width;
      System.arraycopy(picture.gray, row, left, 0, half);
      Rows.reverse(picture.gray, row + width - half, right, half);
      if (!picture.solid) {
        System.arraycopy(picture.inside, row, both, 0, half);
        Rows.reverse(picture.inside, row + width - half, other, half);
        Rows.multiply(both, other, half);
        Rows.multiply(left, both, half);
        Rows.multiply(right, both, half);
        Rows.add(both, rows[10], half);
      }
      Rows.add(left, rows[4], half);
      Rows.add(right, rows[5], half);
      Rows.addSquare(left, rows[6], half);
      Rows.addSquare(right, rows[7], half);
      Rows.addProduct(left, right, rows[8], half);
      Rows.addDistance(left, right, rows[9], half);
      if (y % BLOCK == BLOCK - 1 || y == height - 1) {
        addBlocks(y % BLOCK + 1);
        for (int k = 4; k <= 10; k++) {
          Arrays.fill(rows[k], 0, half, 0);
        }
      }
    }
  }

  private void addBlocks(int rowCount) {
    for (int x = 0; x < half; x += BLOCK) {
      int end = Math.min(half, x + BLOCK);
      int n = picture.solid ? rowCount * (end - x) : 0;
      long l = 0;
      long r = 0;
      long ll = 0;
      long rr = 0;
      long lr = 0;
      for (int i = x; i < end; i++) {
        l += rows[4][i];
        r += rows[5][i];
        ll += rows[6][i];
        rr += rows[7][i];
        lr += rows[8][i];
        distance += rows[9][i];
        if (!picture.solid) {
          n += rows[10][i];
        }
      }
      if (n == 0) {
        continue;
      }
      pairs += n;
      lefts += l;
      rights += r;
      leftSquares += ll;
      rightSquares += rr;
      products += lr;
      double meanLeft = (double) l / n;
      double meanRight = (double) r / n;
      double inSquare = (double) n * n;
      double varianceLeft = (n * ll - l * l) / inSquare;
      double varianceRight = (n * rr - r * r) / inSquare;
      double covariance = (n * lr - l * r) / inSquare;
      similarity +=
          (2 * (meanLeft * meanRight) + FIRST)
              * (2 * covariance + SECOND)
              / ((meanLeft * meanLeft + meanRight * meanRight + FIRST)
                  * (varianceLeft + varianceRight + SECOND));
      blocks++;
    }
  }

  private double sideBySide() {
    // Each pair counts twice, once from either side; the middle column is its own mirror image.
    long middle = 0;
    if (width % 2 == 1) {
      middle = picture.columnCounts[half];
    }
    long n = 2 * pairs + middle;
    return n == 0 ? Double.NaN : 1 - 2.0 * distance / (255.0 * n);
  }

  /** Against the top-bottom mirror image, and against the picture turned by 180°. */
  private double[] upsideDown() {
    int[] upper = rows[0];
    int[] lower = rows[1];
    int[] turned = rows[2];
    int[] mask = rows[3];
    int[] lowerMask = rows[4];
    int[] masked = rows[5];
    long flipDistance = 0;
    long turnDistance = 0;
    long flipPixels = 0;
    long turnPixels = 0;
    int[] flips = rows[6];
    int[] turns = rows[7];
    Arrays.fill(flips, 0, width, 0);
    Arrays.fill(turns, 0, width, 0);
    for (int y = 0; y < (height + 1) / 2; y++) {
      int above = y * width;
      int below = (height - 1 - y) * width;
      // A middle row meets itself once; all others meet from above and from below.
      int times = above == below ? 1 : 2;
      System.arraycopy(picture.gray, above, upper, 0, width);
      System.arraycopy(picture.gray, below, lower, 0, width);
      Rows.reverse(picture.gray, below, turned, width);
      if (picture.solid) {
        flipPixels += (long) times * width;
        turnPixels += (long) times * width;
      } else {
        System.arraycopy(picture.inside, below, mask, 0, width);
        Rows.reverse(picture.inside, below, lowerMask, width);
        for (int x = 0; x < width; x++) {
          int own = picture.inside[above + x];
          mask[x] &= own;
          lowerMask[x] &= own;
          masked[x] = upper[x] * lowerMask[x];
          upper[x] *= mask[x];
          flipPixels += (long) times * mask[x];
          turnPixels += (long) times * lowerMask[x];
        }
        Rows.multiply(lower, mask, width);
        Rows.multiply(turned, lowerMask, width);
      }
      Rows.addDistance(upper, lower, flips, width);
      Rows.addDistance(picture.solid ? upper : masked, turned, turns, width);
      if (times == 1 || y == height / 2 - 1) {
        flipDistance += times * Rows.sum(flips, width);
        turnDistance += times * Rows.sum(turns, width);
        Arrays.fill(flips, 0, width, 0);
        Arrays.fill(turns, 0, width, 0);
      }
    }
    return new double[] {
      flipPixels == 0 ? Double.NaN : 1 - flipDistance / (255.0 * flipPixels),
      turnPixels == 0 ? Double.NaN : 1 - turnDistance / (255.0 * turnPixels)
    };
  }

  private double bilateral() {
    if (pairs == 0) {
      return Double.NaN;
    }
    double n = pairs;
    double weights = 0.35 + 0.20 + 0.20;
    double sum =
        0.35 * Math.max(0, similarity / blocks)
            + 0.20
                * Histograms.commonShare(
                    picture.scratch.grayHistograms[0], picture.scratch.grayHistograms[1])
            + 0.20 * (1 - (leftSquares + rightSquares - 2.0 * products) / (n * 255.0 * 255.0));
    double varianceLeft = n * leftSquares - (double) lefts * lefts;
    double varianceRight = n * rightSquares - (double) rights * rights;
    if (varianceLeft > 0 && varianceRight > 0) {
      double covariance = n * products - (double) lefts * rights;
      // One root of the product, not two roots: then equal halves have exactly 1.
      double correlation = covariance / Math.sqrt(varianceLeft * varianceRight);
      weights += 0.25;
      sum += 0.25 * Math.min(1, Math.max(0, correlation));
    }
    return Math.min(1, sum / weights);
  }
}

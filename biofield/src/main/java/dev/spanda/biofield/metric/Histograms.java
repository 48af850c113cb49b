package dev.spanda.biofield.metric;

/** What counts in bins say. */
final class Histograms {

  /** A hue bin with a smaller share of all saturation than this is not covered. */
  private static final double LEAST_SHARE = 1.0 / 200;

  private static final int HUE_BINS = 30;

  private static final double[] COSINES = new double[Colors.HUES];
  private static final double[] SINES = new double[Colors.HUES];

  static {
    for (int hue = 0; hue < Colors.HUES; hue++) {
      double angle = StrictMath.PI * 2 * hue / Colors.HUES;
      COSINES[hue] = StrictMath.cos(angle);
      SINES[hue] = StrictMath.sin(angle);
    }
  }

  private Histograms() {}

  static long total(int[] bins) {
    long total = 0;
    for (int bin : bins) {
      total += bin;
    }
    return total;
  }

  /** Common share of two histograms of counts, 0 to 1, exactly 1 for equal ones; NaN for none. */
  static double commonShare(int[] a, int[] b) {
    long totalA = total(a);
    long totalB = total(b);
    if (totalA == 0 || totalB == 0) {
      return Double.NaN;
    }
    long common = 0;
    for (int i = 0; i < a.length; i++) {
      common += Math.min(a[i] * totalB, b[i] * totalA);
    }
    return (double) common / (totalA * totalB);
  }

  /** The same over bins of eight times fewer saturations and values. */
  static double commonColors(int[] a, int[] b) {
    return commonShare(coarse(a), coarse(b));
  }

  private static int[] coarse(int[] bins) {
    int[] coarse = new int[HUE_BINS * 16];
    for (int i = 0; i < bins.length; i++) {
      coarse[(i >> 10) * 16 + (i >> 8 & 3) * 4 + (i >> 3 & 3)] += bins[i];
    }
    return coarse;
  }

  /** Shannon entropy in bits of counts given in parts; NaN without any. */
  static double entropy(int[][] parts, long count) {
    if (count == 0) {
      return Double.NaN;
    }
    // −Σ c/n·log2(c/n) = log2 n − Σ c·log2 c / n: bins of one pixel cost nothing.
    double sum = 0;
    int[] first = parts[0];
    for (int i = 0; i < first.length; i++) {
      int c = first[i] + parts[1][i] + parts[2][i];
      if (c > 1) {
        sum += c < PRODUCTS.length ? PRODUCTS[c] : c * StrictMath.log(c);
      }
    }
    double nats = StrictMath.log((double) count) - sum / count;
    return Math.max(0, nats / LN2);
  }

  private static final double LN2 = StrictMath.log(2);

  /** c·ln c of the counts that most bins have. */
  private static final double[] PRODUCTS = new double[1024];

  static {
    for (int c = 2; c < PRODUCTS.length; c++) {
      PRODUCTS[c] = c * StrictMath.log(c);
    }
  }

  /** The heaviest hue, 0 to 179, the lowest of equals; −1 without any weight. */
  static int dominantHue(long[] weights) {
    int best = -1;
    long most = 0;
    for (int hue = 0; hue < weights.length; hue++) {
      if (weights[hue] > most) {
        most = weights[hue];
        best = hue;
      }
    }
    return best;
  }

  /** Length of the weighted mean of unit vectors, 0 to 1; NaN without any weight. */
  static double coherence(long[] weights) {
    double x = 0;
    double y = 0;
    double total = 0;
    for (int hue = 0; hue < weights.length; hue++) {
      x += weights[hue] * COSINES[hue];
      y += weights[hue] * SINES[hue];
      total += weights[hue];
    }
    return total == 0 ? Double.NaN : Math.min(1, Math.sqrt(x * x + y * y) / total);
  }

  /** Share of 30 bins of hue that hold at least a 200th of the weight; NaN without any weight. */
  static double coverage(long[] weights) {
    long total = 0;
    for (long weight : weights) {
      total += weight;
    }
    if (total == 0) {
      return Double.NaN;
    }
    int covered = 0;
    for (int bin = 0; bin < HUE_BINS; bin++) {
      long weight = 0;
      for (int k = 0; k < Colors.HUES / HUE_BINS; k++) {
        weight += weights[bin * (Colors.HUES / HUE_BINS) + k];
      }
      if (weight > 0 && weight >= LEAST_SHARE * total) {
        covered++;
      }
    }
    return (double) covered / HUE_BINS;
  }
}

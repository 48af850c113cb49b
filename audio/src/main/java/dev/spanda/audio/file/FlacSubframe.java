package dev.spanda.audio.file;

import java.util.Arrays;

/**
 * Finds a short description of one channel of one block and writes it as a FLAC subframe (RFC 9639,
 * section 9.2). It is used again for block after block and allocates nothing.
 *
 * <p>The order of the linear predictor is chosen from the errors that the Levinson-Durbin recursion
 * predicts, not by trying all of them, and the same prediction lets the encoder choose between
 * channels and their differences before any residual is made; the parameters of the Rice code are
 * chosen from the sums of the residual. Departures from the reference encoder are of no consequence
 * to a decoder.
 */
final class FlacSubframe {

  static final int HIGHEST_ORDER = 8;
  private static final int HIGHEST_PARTITION_ORDER = 6;
  private static final int PRECISION = 15;
  private static final int SHORTEST_LPC = 4 * HIGHEST_ORDER;
  private static final int STRETCH = 512;
  private static final int CONSTANT = 0;
  private static final int VERBATIM = 1;
  private static final int FIXED = 8;
  private static final int LPC = 32;

  /** Row p: the autocorrelation of the coefficients of (1 − z)^p, both sides of it. */
  private static final double[][] FIXED_ENERGY = {
    {1}, {2, -2}, {6, -8, 2}, {20, -30, 12, -2}, {70, -112, 56, -16, 2}
  };

  /** The square of the mean magnitude of a normal distribution of variance 1: 2 / π. */
  private static final double MAGNITUDE = 2 / Math.PI;

  private final int[] shifted;
  private final int[][] lags = new int[HIGHEST_ORDER + 1][STRETCH];
  private final int[] predicted = new int[STRETCH];
  private int[] residual;
  private int[] rival;
  private final double[] windowed;
  private final double[] autocorrelation = new double[HIGHEST_ORDER + 1];
  private final double[] scaled = new double[HIGHEST_ORDER + 1];
  private final double[][] predictors = new double[HIGHEST_ORDER + 1][HIGHEST_ORDER];
  private final double[] errors = new double[HIGHEST_ORDER + 1];
  private final int[] coefficients = new int[HIGHEST_ORDER];
  private final long[] partitionSums = new long[2 << HIGHEST_PARTITION_ORDER];

  private int[] samples;
  private int count;
  private int width;
  private int wasted;
  private int kind;
  private int order;
  private int precision;
  private int shift;
  private boolean correlated;
  private int lpcOrder;
  private int fixedOrder;
  private double lpcEstimate;
  private double fixedEstimate;
  private double estimate;
  private long bits;
  private final RicePlan rice = new RicePlan();
  private final RicePlan rivalRice = new RicePlan();
  private boolean riceIsRival;

  FlacSubframe(int capacity) {
    shifted = new int[capacity];
    residual = new int[capacity];
    rival = new int[capacity];
    windowed = new double[capacity + HIGHEST_ORDER];
    samples = shifted;
  }

  /** How many bits the subframe will take, as {@link #analyse} predicts it; nothing is tried. */
  double estimate() {
    return estimate;
  }

  /**
   * Looks at a block and predicts what it takes.
   *
   * @param block the samples, {@code length} of them; not modified, and read again by {@link #plan}
   *     and {@link #write}
   * @param sampleBits the width of a sample, 25 at most
   * @param window the window for blocks of this length
   */
  void analyse(int[] block, int length, int sampleBits, double[] window) {
    look(block, length, sampleBits);
    if (kind == VERBATIM && length >= SHORTEST_LPC) {
      correlate(window);
    }
    predict();
  }

  /**
   * As {@link #analyse} for the mean of two channels that are analysed already, as is their
   * difference: |l + r|² + |l − r|² = 2 |l|² + 2 |r|² spares an autocorrelation.
   */
  void analyseMean(
      int[] block,
      int length,
      int sampleBits,
      double[] window,
      FlacSubframe left,
      FlacSubframe right,
      FlacSubframe side) {
    look(block, length, sampleBits);
    if (kind == VERBATIM && length >= SHORTEST_LPC) {
      if (left.correlated && right.correlated && side.correlated) {
        correlated = true;
        for (int lag = 0; lag <= HIGHEST_ORDER; lag++) {
          autocorrelation[lag] =
              0.5 * (left.autocorrelation[lag] + right.autocorrelation[lag])
                  - 0.25 * side.autocorrelation[lag];
        }
        // Halving drops the lowest bit: a noise of 1/16.
        autocorrelation[0] += length / 16.0;
      }
      double both = left.autocorrelation[0] + right.autocorrelation[0];
      if (!correlated || !(autocorrelation[0] > 1e-4 * both)) {
        correlate(window);
      }
    }
    predict();
  }

  private void look(int[] block, int length, int sampleBits) {
    count = length;
    samples = block;
    wasted = 0;
    width = sampleBits;
    order = 0;
    correlated = false;
    lpcOrder = 0;
    fixedOrder = 0;
    int first = block[0];
    int same = 1;
    while (same < length && block[same] == first) {
      same++;
    }
    if (same == length) {
      kind = CONSTANT;
      return;
    }
    kind = VERBATIM;
    int all = 0;
    for (int i = 0; i < length && (all & 1) == 0; i++) {
      all |= block[i];
    }
    wasted = Integer.numberOfTrailingZeros(all);
    width -= wasted;
  }

  private void correlate(double[] window) {
    double[] w = windowed;
    int[] x = samples;
    for (int i = 0; i < count; i++) {
      w[HIGHEST_ORDER + i] = x[i] * window[i];
    }
    autocorrelate(w, count, autocorrelation);
    correlated = true;
  }

  /** Sets the orders and the estimate of a block that has been looked at. */
  private void predict() {
    if (kind == CONSTANT) {
      estimate = 8.0 + width;
      return;
    }
    if (correlated) {
      // The samples are still as the block has them; those of the subframe are shifted.
      double scale = 1.0 / (1L << (2 * wasted));
      for (int lag = 0; lag <= HIGHEST_ORDER; lag++) {
        scaled[lag] = autocorrelation[lag] * scale;
      }
      lpcOrder = bestLpcOrder();
      fixedOrder = likelyFixedOrder();
    } else {
      fixedOrder = exactFixedOrder();
      lpcEstimate = Double.MAX_VALUE;
    }
    estimate = Math.min(8 + wasted + (double) width * count, Math.min(lpcEstimate, fixedEstimate));
  }

  /** Plans the subframe of the block that was analysed. */
  void plan() {
    if (kind == CONSTANT) {
      bits = 8L + width;
      return;
    }
    if (wasted > 0) {
      for (int i = 0; i < count; i++) {
        shifted[i] = samples[i] >> wasted;
      }
      samples = shifted;
    }
    bits = 8L + wasted + (long) width * count;
    if (lpcOrder > 0) {
      tryLpc(lpcOrder);
    }
    // Both are estimates of the same kind, so the clear loser need not be tried.
    if (kind != LPC || fixedEstimate < lpcEstimate * 1.02) {
      tryFixed(fixedOrder);
    }
  }

  /** Writes the planned subframe. */
  void write(BitWriter out) {
    out.reserve(bits + 4L * count + 1024);
    int code = kind == FIXED ? FIXED + order : kind == LPC ? LPC + order - 1 : kind;
    out.put(code << 1 | (wasted > 0 ? 1 : 0), 8);
    if (wasted > 0) {
      out.put(1, wasted);
    }
    if (kind == CONSTANT) {
      out.putSigned(samples[0], width);
      return;
    }
    if (kind == VERBATIM) {
      for (int i = 0; i < count; i++) {
        out.putSigned(samples[i], width);
      }
      return;
    }
    for (int i = 0; i < order; i++) {
      out.putSigned(samples[i], width);
    }
    if (kind == LPC) {
      out.put(precision - 1, 4);
      out.putSigned(shift, 5);
      for (int i = 0; i < order; i++) {
        out.putSigned(coefficients[i], precision);
      }
    }
    (riceIsRival ? rivalRice : rice).write(out, riceIsRival ? rival : residual, count, order);
  }

  /** Tries the five fixed predictors on a block too short for statistics. */
  private int exactFixedOrder() {
    int best = 0;
    fixedEstimate = Double.MAX_VALUE;
    for (int candidate = 0; candidate < 5 && candidate < count; candidate++) {
      fixedResidual(samples, count, candidate, rival);
      long sum = 0;
      for (int i = candidate; i < count; i++) {
        sum += rival[i] & 0xffffffffL;
      }
      double mean = (sum >> wasted) * 0.5 / (count - candidate);
      double needed = needed(candidate, candidate * width, mean);
      if (needed < fixedEstimate) {
        fixedEstimate = needed;
        best = candidate;
      }
    }
    return best;
  }

  /** The energies of the fixed predictors' residuals follow from the autocorrelation. */
  private int likelyFixedOrder() {
    int best = 0;
    fixedEstimate = Double.MAX_VALUE;
    for (int candidate = 0; candidate < 5; candidate++) {
      double energy = 0;
      for (int lag = 0; lag <= candidate; lag++) {
        energy += FIXED_ENERGY[candidate][lag] * scaled[lag];
      }
      double needed = needed(candidate, candidate * width, magnitude(energy));
      if (needed < fixedEstimate) {
        fixedEstimate = needed;
        best = candidate;
      }
    }
    return best;
  }

  /** The mean magnitude of a normal distribution of that energy. */
  private double magnitude(double energy) {
    return Math.sqrt(MAGNITUDE * Math.max(0, energy) / count);
  }

  /**
   * What a subframe needs whose residuals have this mean magnitude: the cost of the best Rice
   * parameter, as {@link RicePlan} counts it. A smooth formula with a logarithm chose the wrong
   * stereo mode for noise, where modes differ only in how near they come to a power of two.
   */
  private double needed(int warmUp, int header, double magnitude) {
    double folded = 2 * magnitude;
    double each = 1 + folded;
    int middle = folded < 1 ? 0 : Math.min(28, Math.getExponent(folded));
    for (int k = Math.max(1, middle - 1); k <= middle + 1; k++) {
      double step = 1 << k;
      each = Math.min(each, k + 1 + (folded - 0.5 * (step - 1)) / step);
    }
    return header + (count - warmUp) * each;
  }

  private int bestLpcOrder() {
    lpcEstimate = Double.MAX_VALUE;
    if (!(scaled[0] > 0)) {
      return 0;
    }
    int reached = levinson();
    int best = 0;
    for (int candidate = 1; candidate <= reached; candidate++) {
      double needed =
          needed(candidate, candidate * (width + PRECISION) + 9, magnitude(errors[candidate]));
      if (needed < lpcEstimate) {
        lpcEstimate = needed;
        best = candidate;
      }
    }
    return best;
  }

  /**
   * Lags 0 to 8 of a signal that begins at index 8 after eight zeros. Nine sums run side by side,
   * each added in the order of time, so that the result does not depend on the machine.
   */
  private static void autocorrelate(double[] w, int count, double[] into) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    double s8 = 0;
    double x1 = 0;
    double x2 = 0;
    double x3 = 0;
    double x4 = 0;
    double x5 = 0;
    double x6 = 0;
    double x7 = 0;
    double x8 = 0;
    for (int i = HIGHEST_ORDER; i < count + HIGHEST_ORDER; i++) {
      double x0 = w[i];
      s0 += x0 * x0;
      s1 += x0 * x1;
      s2 += x0 * x2;
      s3 += x0 * x3;
      s4 += x0 * x4;
      s5 += x0 * x5;
      s6 += x0 * x6;
      s7 += x0 * x7;
      s8 += x0 * x8;
      x8 = x7;
      x7 = x6;
      x6 = x5;
      x5 = x4;
      x4 = x3;
      x3 = x2;
      x2 = x1;
      x1 = x0;
    }
    into[0] = s0;
    into[1] = s1;
    into[2] = s2;
    into[3] = s3;
    into[4] = s4;
    into[5] = s5;
    into[6] = s6;
    into[7] = s7;
    into[8] = s8;
  }

  /** Levinson (1946), Durbin (1960): the predictors of all orders and their errors. */
  private int levinson() {
    double error = scaled[0];
    errors[0] = error;
    for (int m = 1; m <= HIGHEST_ORDER; m++) {
      double[] before = predictors[m - 1];
      double[] now = predictors[m];
      double sum = scaled[m];
      for (int j = 0; j < m - 1; j++) {
        sum -= before[j] * scaled[m - 1 - j];
      }
      double reflection = sum / error;
      now[m - 1] = reflection;
      for (int j = 0; j < m - 1; j++) {
        now[j] = before[j] - reflection * before[m - 2 - j];
      }
      error *= 1 - reflection * reflection;
      errors[m] = error;
      if (!(error > 0)) {
        return m;
      }
    }
    return HIGHEST_ORDER;
  }

  /** Rounds the predictor to integers, carrying each rounding error to the next coefficient. */
  private boolean quantise(int candidate) {
    double[] exact = predictors[candidate];
    double largest = 0;
    for (int i = 0; i < candidate; i++) {
      largest = Math.max(largest, Math.abs(exact[i]));
    }
    if (!(largest > 0) || largest == Double.POSITIVE_INFINITY) {
      return false;
    }
    precision = PRECISION;
    shift = Math.min(15, precision - 2 - Math.getExponent(largest));
    if (shift < 0) {
      return false;
    }
    int most = (1 << (precision - 1)) - 1;
    double carried = 0;
    for (int i = 0; i < candidate; i++) {
      carried += exact[i] * (1 << shift);
      int rounded = (int) Math.max(-most - 1, Math.min(most, Math.rint(carried)));
      carried -= rounded;
      coefficients[i] = rounded;
    }
    return true;
  }

  private void tryLpc(int candidate) {
    if (!quantise(candidate)) {
      return;
    }
    for (int i = candidate; i < HIGHEST_ORDER; i++) {
      coefficients[i] = 0;
    }
    long weight = 0;
    for (int i = 0; i < candidate; i++) {
      weight += Math.abs(coefficients[i]);
    }
    boolean fits = weight << (width - 1) < Integer.MAX_VALUE;
    int[] into = free();
    if (fits) {
      narrow(samples, coefficients, candidate, into);
    } else if (!wide(samples, count, coefficients, candidate, shift, into)) {
      return;
    }
    RicePlan plan = freePlan();
    long needed =
        8L
            + wasted
            + (long) candidate * (width + precision)
            + 9
            + plan.plan(into, count, candidate, partitionSums);
    accept(needed, LPC, candidate);
  }

  private void tryFixed(int candidate) {
    int[] into = free();
    fixedResidual(samples, count, candidate, into);
    RicePlan plan = freePlan();
    long needed =
        8L + wasted + (long) candidate * width + plan.plan(into, count, candidate, partitionSums);
    accept(needed, FIXED, candidate);
  }

  /** The arrays that the accepted plan does not use. */
  private int[] free() {
    return riceIsRival ? residual : rival;
  }

  private RicePlan freePlan() {
    return riceIsRival ? rice : rivalRice;
  }

  private void accept(long needed, int newKind, int newOrder) {
    if (needed < bits) {
      bits = needed;
      kind = newKind;
      order = newOrder;
      riceIsRival = !riceIsRival;
    }
  }

  private static void fixedResidual(int[] x, int count, int order, int[] into) {
    switch (order) {
      case 0 -> {
        for (int i = 0; i < count; i++) {
          into[i] = fold(x[i]);
        }
      }
      case 1 -> {
        for (int i = 1; i < count; i++) {
          into[i] = fold(x[i] - x[i - 1]);
        }
      }
      case 2 -> {
        for (int i = 2; i < count; i++) {
          into[i] = fold(x[i] - 2 * x[i - 1] + x[i - 2]);
        }
      }
      case 3 -> {
        for (int i = 3; i < count; i++) {
          into[i] = fold(x[i] - 3 * (x[i - 1] - x[i - 2]) - x[i - 3]);
        }
      }
      default -> {
        for (int i = 4; i < count; i++) {
          into[i] = fold(x[i] - 4 * (x[i - 1] + x[i - 3]) + 6 * x[i - 2] + x[i - 4]);
        }
      }
    }
  }

  /** Signed numbers as 0, −1, 1, −2, 2, … (RFC 9639, section 9.2.7.2). */
  private static int fold(int residual) {
    return residual << 1 ^ residual >> 31;
  }

  /**
   * The residual in 32-bit arithmetic; the caller has made sure that the sums fit. The compiler of
   * JDK 17 vectorises a loop only when all its arrays, five at most, are read at one place, so each
   * lag gets a copy of its own.
   */
  private void narrow(int[] x, int[] c, int order, int[] into) {
    int[][] l = lags;
    for (int lag = order + 1; lag <= HIGHEST_ORDER; lag++) {
      Arrays.fill(l[lag], 0);
    }
    for (int start = order; start < count; start += STRETCH) {
      int n = Math.min(STRETCH, count - start);
      for (int lag = 0; lag <= order; lag++) {
        System.arraycopy(x, start - lag, l[lag], 0, n);
      }
      weigh(l[1], l[2], l[3], l[4], c[0], c[1], c[2], c[3], n, predicted);
      if (order > 4) {
        weighMore(l[5], l[6], l[7], l[8], c[4], c[5], c[6], c[7], n, predicted);
      }
      subtract(l[0], predicted, shift, n);
      System.arraycopy(predicted, 0, into, start, n);
    }
  }

  private static void weigh(
      int[] a, int[] b, int[] c, int[] d, int p, int q, int r, int s, int n, int[] into) {
    for (int i = 0; i < n; i++) {
      into[i] = p * a[i] + q * b[i] + r * c[i] + s * d[i];
    }
  }

  private static void weighMore(
      int[] a, int[] b, int[] c, int[] d, int p, int q, int r, int s, int n, int[] into) {
    for (int i = 0; i < n; i++) {
      into[i] = into[i] + (p * a[i] + q * b[i] + r * c[i] + s * d[i]);
    }
  }

  private static void subtract(int[] x, int[] into, int shift, int n) {
    for (int i = 0; i < n; i++) {
      int residual = x[i] - (into[i] >> shift);
      into[i] = residual << 1 ^ residual >> 31;
    }
  }

  /** The residual in 64-bit arithmetic, or false when it does not fit in 31 bits. */
  private static boolean wide(int[] x, int count, int[] c, int order, int shift, int[] into) {
    long spill = 0;
    for (int i = order; i < count; i++) {
      long sum = 0;
      for (int j = 0; j < order; j++) {
        sum += (long) c[j] * x[i - 1 - j];
      }
      long residual = x[i] - (sum >> shift);
      spill |= residual ^ residual >> 63;
      into[i] = fold((int) residual);
    }
    return spill >>> 30 == 0;
  }

  /** A partition of the residual with one Rice parameter a part (RFC 9639, section 9.2.7). */
  private static final class RicePlan {

    private final int[] parameters = new int[1 << HIGHEST_PARTITION_ORDER];
    private final int[] attempt = new int[1 << HIGHEST_PARTITION_ORDER];
    private int partitionOrder;
    private int parameterBits;

    /** Plans for folded residuals from {@code order} on and returns how many bits they take. */
    long plan(int[] folded, int count, int order, long[] sums) {
      int finest = Math.min(HIGHEST_PARTITION_ORDER, Integer.numberOfTrailingZeros(count));
      while (finest > 0 && count >> finest <= order) {
        finest--;
      }
      int parts = 1 << finest;
      int length = count >> finest;
      for (int part = 0; part < parts; part++) {
        sums[part] = sum(folded, Math.max(order, part * length), (part + 1) * length);
      }
      long fewest = Long.MAX_VALUE;
      for (int level = finest; level >= 0; level--) {
        parts = 1 << level;
        length = count >> level;
        long needed = 0;
        int largest = 0;
        for (int part = 0; part < parts; part++) {
          int n = part == 0 ? length - order : length;
          long sum = sums[part];
          int k = parameter(sum, n);
          long best = cost(sum, n, k);
          long next = cost(sum, n, k + 1);
          if (next < best && k < 30) {
            best = next;
            k++;
          }
          attempt[part] = k;
          largest = Math.max(largest, k);
          needed += best;
        }
        int wide = largest > 14 ? 5 : 4;
        needed += 6L + (long) parts * wide;
        if (needed < fewest) {
          fewest = needed;
          partitionOrder = level;
          parameterBits = wide;
          System.arraycopy(attempt, 0, parameters, 0, parts);
        }
        for (int part = 0; part < parts / 2; part++) {
          sums[part] = sums[2 * part] + sums[2 * part + 1];
        }
      }
      return fewest;
    }

    void write(BitWriter out, int[] folded, int count, int order) {
      out.put(parameterBits - 4, 2);
      out.put(partitionOrder, 4);
      int length = count >> partitionOrder;
      for (int part = 0; part < 1 << partitionOrder; part++) {
        out.put(parameters[part], parameterBits);
        out.putRice(folded, Math.max(order, part * length), (part + 1) * length, parameters[part]);
      }
    }

    private static long sum(int[] folded, int from, int to) {
      long sum = 0;
      for (int i = from; i < to; i++) {
        sum += folded[i] & 0xffffffffL;
      }
      return sum;
    }

    /** The largest k, at most 30, for which 2^k does not exceed the mean. */
    private static int parameter(long sum, int n) {
      if (n <= 0 || sum < n) {
        return 0;
      }
      return Math.min(29, 63 - Long.numberOfLeadingZeros(sum / n));
    }

    private static long cost(long sum, int n, int k) {
      long lost = ((long) n * ((1L << k) - 1)) >> 1;
      return (long) n * (k + 1) + (Math.max(0, sum - lost) >> k);
    }
  }
}

package dev.spanda.biofield.series;

/**
 * The periodogram of a real series of any length. Lengths that are no power of two go through
 * Bluestein's chirp (IEEE Trans. AU-18 (1970) 451). Sines come from {@link StrictMath}, so that the
 * bits do not depend on the machine.
 */
final class Fourier {

  private Fourier() {}

  /**
   * Squared magnitudes of the transform of {@code x − mean(x)} at the frequencies j/n, {@code j = 1
   * … ⌊(n−1)/2⌋}; element 0 belongs to j = 1.
   */
  static double[] periodogram(double[] series) {
    int n = series.length;
    double mean = SeriesInput.mean(series);
    double[] re;
    double[] im;
    if (Integer.bitCount(n) == 1) {
      re = new double[n];
      im = new double[n];
      for (int i = 0; i < n; i++) {
        re[i] = series[i] - mean;
      }
      transform(re, im);
    } else {
      int size = Integer.highestOneBit(2 * n - 2) << 1;
      re = new double[size];
      im = new double[size];
      double[] cos = new double[n];
      double[] sin = new double[n];
      double[] chirpRe = new double[size];
      double[] chirpIm = new double[size];
      for (int k = 0; k < n; k++) {
        double angle = StrictMath.PI * ((long) k * k % (2L * n)) / n;
        cos[k] = StrictMath.cos(angle);
        sin[k] = StrictMath.sin(angle);
        re[k] = (series[k] - mean) * cos[k];
        im[k] = -(series[k] - mean) * sin[k];
        chirpRe[k] = cos[k];
        chirpIm[k] = sin[k];
        if (k > 0) {
          chirpRe[size - k] = cos[k];
          chirpIm[size - k] = sin[k];
        }
      }
      transform(re, im);
      transform(chirpRe, chirpIm);
      for (int k = 0; k < size; k++) {
        double real = re[k] * chirpRe[k] - im[k] * chirpIm[k];
        double imaginary = re[k] * chirpIm[k] + im[k] * chirpRe[k];
        re[k] = real / size;
        // Conjugated, because the inverse is taken by a forward transform.
        im[k] = -imaginary / size;
      }
      transform(re, im);
    }
    double[] power = new double[(n - 1) / 2];
    for (int j = 1; j <= power.length; j++) {
      // The last factor of the chirp has magnitude 1 and does not change a power.
      power[j - 1] = re[j] * re[j] + im[j] * im[j];
    }
    return power;
  }

  /** Forward transform in place; the length is a power of two. */
  private static void transform(double[] re, double[] im) {
    int n = re.length;
    for (int i = 1, j = 0; i < n; i++) {
      int bit = n >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        double swap = re[i];
        re[i] = re[j];
        re[j] = swap;
        swap = im[i];
        im[i] = im[j];
        im[j] = swap;
      }
    }
    double[] cos = new double[Math.max(1, n / 2)];
    double[] sin = new double[Math.max(1, n / 2)];
    for (int k = 0; k < n / 2; k++) {
      cos[k] = StrictMath.cos(2 * StrictMath.PI * k / n);
      sin[k] = -StrictMath.sin(2 * StrictMath.PI * k / n);
    }
    for (int half = 1; half < n; half *= 2) {
      int step = n / (2 * half);
      for (int start = 0; start < n; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = start + k;
          int b = a + half;
          double c = cos[k * step];
          double s = sin[k * step];
          double real = re[b] * c - im[b] * s;
          double imaginary = re[b] * s + im[b] * c;
          re[b] = re[a] - real;
          im[b] = im[a] - imaginary;
          re[a] += real;
          im[a] += imaginary;
        }
      }
    }
  }
}

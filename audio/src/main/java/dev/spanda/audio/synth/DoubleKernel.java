package dev.spanda.audio.synth;

/**
 * The inner loops of {@link FloatKernel} in double, with a last one that rounds to float. Held
 * apart because a loop over two kinds of array is not vectorised.
 */
final class DoubleKernel {

  private DoubleKernel() {}

  /** {@code out = p·a + q·b + r·c + s·d}; every array has the length of {@code out}. */
  static void setTwo(
      double[] out,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double p,
      double q,
      double r,
      double s) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (p * a[i] + q * b[i]) + (r * c[i] + s * d[i]);
    }
  }

  /** {@code out += p·a + q·b + r·c + s·d}. */
  static void addTwo(
      double[] out,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double p,
      double q,
      double r,
      double s) {
    for (int i = 0; i < out.length; i++) {
      out[i] += (p * a[i] + q * b[i]) + (r * c[i] + s * d[i]);
    }
  }

  /** {@code out = p·a + q·b}. */
  static void setOne(double[] out, double[] a, double[] b, double p, double q) {
    for (int i = 0; i < out.length; i++) {
      out[i] = p * a[i] + q * b[i];
    }
  }

  /** {@code out += p·a + q·b}. */
  static void addOne(double[] out, double[] a, double[] b, double p, double q) {
    for (int i = 0; i < out.length; i++) {
      out[i] += p * a[i] + q * b[i];
    }
  }

  /** {@code out *= base + p·a + q·b}. */
  static void modulate(double[] out, double[] a, double[] b, double base, double p, double q) {
    for (int i = 0; i < out.length; i++) {
      out[i] *= base + (p * a[i] + q * b[i]);
    }
  }

  /** {@code out += x·weight}. */
  static void addWeighted(double[] out, double[] x, double[] weight) {
    for (int i = 0; i < out.length; i++) {
      out[i] += x[i] * weight[i];
    }
  }

  /** {@code out *= weight}. */
  static void scale(double[] out, double[] weight) {
    for (int i = 0; i < out.length; i++) {
      out[i] *= weight[i];
    }
  }

  /** {@code out = (float) x}. */
  static void round(float[] out, double[] x) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) x[i];
    }
  }
}

package dev.spanda.audio.synth;

/**
 * The inner loops in float. The plain form, one loop over samples with the partials inside, ran at
 * a fortieth of the speed: C2 of JDK 17 turns a loop into vector code only when it writes one array
 * and reads few, all at the same index and none at an offset. Plain multiply and add, no fused
 * multiply-add: the result is rounded alike on every processor.
 */
final class FloatKernel {

  private FloatKernel() {}

  /** {@code out = p·a + q·b + r·c + s·d}; every array has the length of {@code out}. */
  static void setTwo(
      float[] out, float[] a, float[] b, float[] c, float[] d, float p, float q, float r, float s) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (p * a[i] + q * b[i]) + (r * c[i] + s * d[i]);
    }
  }

  /** {@code out += p·a + q·b + r·c + s·d}. */
  static void addTwo(
      float[] out, float[] a, float[] b, float[] c, float[] d, float p, float q, float r, float s) {
    for (int i = 0; i < out.length; i++) {
      out[i] += (p * a[i] + q * b[i]) + (r * c[i] + s * d[i]);
    }
  }

  /** {@code out = p·a + q·b}. */
  static void setOne(float[] out, float[] a, float[] b, float p, float q) {
    for (int i = 0; i < out.length; i++) {
      out[i] = p * a[i] + q * b[i];
    }
  }

  /** {@code out += p·a + q·b}. */
  static void addOne(float[] out, float[] a, float[] b, float p, float q) {
    for (int i = 0; i < out.length; i++) {
      out[i] += p * a[i] + q * b[i];
    }
  }

  /** {@code out *= base + p·a + q·b}. */
  static void modulate(float[] out, float[] a, float[] b, float base, float p, float q) {
    for (int i = 0; i < out.length; i++) {
      out[i] *= base + (p * a[i] + q * b[i]);
    }
  }

  /** {@code out += x·weight}. */
  static void addWeighted(float[] out, float[] x, float[] weight) {
    for (int i = 0; i < out.length; i++) {
      out[i] += x[i] * weight[i];
    }
  }

  /** {@code out *= weight}. */
  static void scale(float[] out, float[] weight) {
    for (int i = 0; i < out.length; i++) {
      out[i] *= weight[i];
    }
  }
}

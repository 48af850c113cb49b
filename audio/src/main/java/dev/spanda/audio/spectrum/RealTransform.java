package dev.spanda.audio.spectrum;

import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * The power of every bin of a real signal of 4096 · 2^n samples under a Hann window. JTransforms
 * hands transforms of 8192 points and more to a pool of threads that it never ends, and the switch
 * for that is global to the process; so it is asked for 4096 points only, and longer transforms are
 * put together from interleaved ones (the decimation in time of Cooley and Tukey, 1965). For one
 * thread.
 */
final class RealTransform {

  static final int PART = 4096;

  private final int size;
  private final int parts;
  private final FloatFFT_1D plan = new FloatFFT_1D(PART);
  private final float[] window;
  private final float[][] buffers;
  private final float[] turnReal;
  private final float[] turnImaginary;

  RealTransform(int size) {
    this.size = size;
    parts = size / PART;
    buffers = new float[parts][PART];
    window = new float[size];
    for (int i = 0; i < size; i++) {
      window[i] = (float) (0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / size));
    }
    turnReal = new float[parts == 1 ? 0 : size];
    turnImaginary = new float[turnReal.length];
    for (int i = 0; i < turnReal.length; i++) {
      turnReal[i] = (float) StrictMath.cos(2 * Math.PI * i / size);
      turnImaginary[i] = (float) -StrictMath.sin(2 * Math.PI * i / size);
    }
  }

  int size() {
    return size;
  }

  /**
   * Writes |X|² of bins 0 to {@code bins} − 1.
   *
   * @param samples {@link #size()} of them; not modified
   * @param bins size / 2 + 1 at most
   */
  void power(float[] samples, float[] power, int bins) {
    if (parts == 1) {
      float[] buffer = buffers[0];
      for (int i = 0; i < PART; i++) {
        buffer[i] = samples[i] * window[i];
      }
      plan.realForward(buffer);
      power[0] = buffer[0] * buffer[0];
      int last = Math.min(bins, PART / 2);
      for (int k = 1; k < last; k++) {
        float real = buffer[2 * k];
        float imaginary = buffer[2 * k + 1];
        power[k] = real * real + imaginary * imaginary;
      }
      if (bins > PART / 2) {
        power[PART / 2] = buffer[1] * buffer[1];
      }
      return;
    }
    for (int part = 0; part < parts; part++) {
      float[] buffer = buffers[part];
      for (int i = 0; i < PART; i++) {
        int at = i * parts + part;
        buffer[i] = samples[at] * window[at];
      }
      plan.realForward(buffer);
    }
    Arrays.fill(power, 0, bins, 0f);
    for (int k = 0; k < bins; k++) {
      float real = 0;
      float imaginary = 0;
      int bin = k % PART;
      boolean mirrored = bin > PART / 2;
      int at = mirrored ? PART - bin : bin;
      for (int part = 0; part < parts; part++) {
        float[] buffer = buffers[part];
        float partReal = at == PART / 2 ? buffer[1] : buffer[2 * at];
        float partImaginary = at == 0 || at == PART / 2 ? 0 : buffer[2 * at + 1];
        partImaginary = mirrored ? -partImaginary : partImaginary;
        int turn = part * k & size - 1;
        real += partReal * turnReal[turn] - partImaginary * turnImaginary[turn];
        imaginary += partReal * turnImaginary[turn] + partImaginary * turnReal[turn];
      }
      power[k] = real * real + imaginary * imaginary;
    }
  }
}

package dev.spanda.audio.file;

import java.util.Objects;

/**
 * How a sample is written in a WAV file, always little-endian.
 *
 * <p>A sample of full scale ±1 is multiplied by 2^(bits − 1), rounded to the nearest integer (a tie
 * goes to the even one) and clipped to the range of the integer, so that +1 becomes the largest
 * integer and what was read from a file of the same format is written back unchanged. NaN becomes
 * zero. {@link #FLOAT32} keeps every float as it is.
 */
public enum WavFormat {
  /** 16-bit signed integers, 96 dB: what every player reads. */
  PCM16(16),
  /** 24-bit signed integers, 144 dB. */
  PCM24(24),
  /** 32-bit signed integers. */
  PCM32(32),
  /** 32-bit IEEE 754 floats, not clipped. */
  FLOAT32(32);

  private final int bits;

  WavFormat(int bits) {
    this.bits = bits;
  }

  /** 16, 24 or 32. */
  public int bitsPerSample() {
    return bits;
  }

  /** 2, 3 or 4. */
  public int bytesPerSample() {
    return bits / 8;
  }

  /**
   * Writes a block of samples as interleaved little-endian bytes, without dither.
   *
   * @param samples one array a channel; not modified
   * @param offset the first sample of each array to write
   * @param count how many samples of each array to write
   * @param into the caller's bytes; modified from {@code at} for count · channels · {@link
   *     #bytesPerSample()} bytes
   * @throws IndexOutOfBoundsException when an array is shorter than that
   */
  public void encode(float[][] samples, int offset, int count, byte[] into, int at) {
    int size = bytesPerSample();
    Objects.checkFromIndexSize(at, count * samples.length * size, into.length);
    for (int channel = 0; channel < samples.length; channel++) {
      Objects.checkFromIndexSize(offset, count, samples[channel].length);
      int first = at + channel * size;
      int stride = samples.length * size;
      switch (this) {
        case PCM16 -> Quantizer.pcm16(samples[channel], offset, count, into, first, stride);
        case PCM24 -> Quantizer.pcm24(samples[channel], offset, count, into, first, stride);
        case PCM32 -> Quantizer.pcm32(samples[channel], offset, count, into, first, stride);
        case FLOAT32 -> Quantizer.float32(samples[channel], offset, count, into, first, stride);
      }
    }
  }
}

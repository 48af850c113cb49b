package dev.spanda.audio.scalar;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import java.util.Arrays;
import java.util.Objects;

/**
 * Tables read at phases. A phase is a 64-bit fraction of the whole table, so that any frame is
 * reached by one multiplication and nothing drifts. A sine of 8192 points, joined by straight
 * lines, is off by 7 · 10⁻⁸ at most, which is −143 dB.
 *
 * <p>Immutable, hence for any number of threads.
 */
final class PatternSound implements Sound {

  private static final int SINE_BITS = 13;
  private static final int VALUE_BITS = 16;
  private static final float[] SINE = sine();

  private final ScalarPattern.Wave wave;
  private final float[] table;
  private final int bits;
  private final long[] steps;
  private final float[] gains;

  private PatternSound(
      ScalarPattern.Wave wave, float[] table, int bits, long[] steps, float[] gains) {
    this.wave = wave;
    this.table = table;
    this.bits = bits;
    this.steps = steps;
    this.gains = gains;
  }

  static PatternSound ofPartials(ScalarPattern.Wave wave, double[] ratios, double[] weights) {
    double total = Arrays.stream(weights).sum();
    int heard = 0;
    long[] steps = new long[ratios.length];
    float[] gains = new float[ratios.length];
    for (int i = 0; i < ratios.length; i++) {
      double turns = wave.frequencyHz() * ratios[i] / wave.sampleRate().hz();
      if (turns < 0.5) {
        steps[heard] = step(turns);
        gains[heard] = (float) (wave.amplitude() * weights[i] / total);
        heard++;
      }
    }
    return new PatternSound(
        wave, SINE, SINE_BITS, Arrays.copyOf(steps, heard), Arrays.copyOf(gains, heard));
  }

  static PatternSound ofMethod(ScalarPattern.Wave wave, ScalarMethod method) {
    int count = 1 << VALUE_BITS;
    ScalarGenerator generator = ScalarGenerator.of(method, wave.seed());
    double[] values = generator.values(count);
    float[] table = new float[count + 1];
    for (int i = 0; i < count; i++) {
      table[i] = (float) (2 * values[i] - 1);
    }
    table[count] = table[0];
    double turns = wave.frequencyHz() / wave.sampleRate().hz() / count;
    return new PatternSound(
        wave, table, VALUE_BITS, new long[] {step(turns)}, new float[] {(float) wave.amplitude()});
  }

  /** Turns a frame, below a half, as a fraction of 2^64. */
  private static long step(double turns) {
    return Math.round(turns * 0x1p62) << 2;
  }

  private static float[] sine() {
    int count = 1 << SINE_BITS;
    float[] table = new float[count + 1];
    for (int i = 0; i <= count; i++) {
      table[i] = (float) StrictMath.sin(2 * Math.PI * i / count);
    }
    return table;
  }

  @Override
  public SampleRate sampleRate() {
    return wave.sampleRate();
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public long frames() {
    return sampleRate().framesIn(wave.duration());
  }

  @Override
  public void read(long firstFrame, float[][] into, int offset, int count) {
    float[] out = into[0];
    Objects.checkFromIndexSize(offset, count, out.length);
    Arrays.fill(out, offset, offset + count, 0f);
    int here = (int) Math.max(0, Math.min(count, frames() - firstFrame));
    for (int partial = 0; partial < steps.length; partial++) {
      add(
          table,
          bits,
          steps[partial] * firstFrame,
          steps[partial],
          gains[partial],
          out,
          offset,
          here);
    }
  }

  private static void add(
      float[] table, int bits, long start, long step, float gain, float[] out, int offset, int n) {
    int shift = 64 - bits;
    long phase = start;
    for (int i = 0; i < n; i++) {
      int index = (int) (phase >>> shift);
      float fraction = (int) (phase << bits >>> 40) * 0x1p-24f;
      float low = table[index];
      out[offset + i] += gain * (low + fraction * (table[index + 1] - low));
      phase += step;
    }
  }

  @Override
  public Sound fork() {
    return this;
  }
}

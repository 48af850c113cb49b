package dev.spanda.audio.spectrum;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads how strong a sound is in 64 bands at a playhead.
 *
 * <p><b>Bands.</b> Band b, 0 to 63, reaches from 20 · 1000^(b/64) Hz up to, but without, 20 ·
 * 1000^((b+1)/64) Hz: 20 Hz to 20 kHz in steps of 11.4 %. Bands above half the sample rate read 0.
 *
 * <p><b>Value.</b> The amplitude of the sine that has the power of the band, in full scale: a sine
 * of amplitude a reads a in the band in which its frequency lies, to 0.1 dB, wherever in the band
 * it lies; two sines a and b far enough apart in one band read √(a² + b²); white noise of deviation
 * σ reads √2 σ over the root sum of squares of all bands of a rate of 40 kHz. With several channels
 * it is the root mean square over the channels.
 *
 * <p><b>Method.</b> The 4096 samples around the playhead (at rates above 48 kHz 8192, 16 384 and so
 * on, so that the window stays between 43 and 86 ms or longer) are multiplied by a Hann window and
 * transformed. The power between two minima of the spectrum belongs to the maximum between them as
 * a whole; by Parseval's theorem that is the power of the tone whatever its place between two bins,
 * with no loss at the edge of a band. The frequency of a maximum is interpolated from the ratio α
 * of its larger neighbour to itself, δ = (2α − 1) / (1 + α) bins (Grandke, IEEE Trans. Instrum.
 * Meas. 32 (1983), 350), which is what lets bands narrower than a bin be told apart. Limits: two
 * tones closer than four bins (43 Hz at 44.1 kHz) are read as one, in the band of the stronger; a
 * tone within a thirtieth of a bin (0.4 Hz) of an edge may be read in the band beyond it; a maximum
 * up to a quarter of a bin outside 20 Hz to 20 kHz counts in the outermost band.
 *
 * <p>For one thread at a time; {@link #fork()} gives another thread its own. No thread is started.
 */
public final class SpectrumAnalyzer {

  /** How many bands there are. */
  public static final int BANDS = 64;

  private static final double LOWEST_HZ = 20;
  private static final double HIGHEST_HZ = 20_000;
  private static final double OUTER_BINS = 0.25;

  private final SampleRate rate;
  private final RealTransform transform;
  private final float[] power;
  private final double[] sums = new double[BANDS];
  private final double[] walls = new double[BANDS + 1];
  private final double scale;
  private float[][] block = {};

  private SpectrumAnalyzer(SampleRate rate) {
    this.rate = rate;
    int size = RealTransform.PART;
    while (rate.hz() > 48_000L * (size / RealTransform.PART)) {
      size *= 2;
    }
    transform = new RealTransform(size);
    power = new float[size / 2 + 1];
    for (int i = 0; i <= BANDS; i++) {
      walls[i] = edgeHz(i) * size / rate.hz();
    }
    // The outermost bands take a little of what lies beyond.
    walls[0] -= OUTER_BINS;
    walls[BANDS] = Math.nextUp(walls[BANDS] + OUTER_BINS);
    // One side of the spectrum of a sine holds N · a² · Σw² / 4, and Σw² = 3 N / 8.
    scale = 32.0 / (3.0 * size * size);
  }

  /** An analyzer for sounds of that rate. */
  public static SpectrumAnalyzer of(SampleRate rate) {
    return new SpectrumAnalyzer(Objects.requireNonNull(rate));
  }

  /** The rate of the sounds that it reads. */
  public SampleRate sampleRate() {
    return rate;
  }

  /** How many frames around the playhead it looks at: 4096, or more at rates above 48 kHz. */
  public int windowFrames() {
    return transform.size();
  }

  /**
   * The edge between band {@code index} − 1 and band {@code index}.
   *
   * @param index 0 (20 Hz) to 64 (20 kHz)
   */
  public static double edgeHz(int index) {
    Objects.checkIndex(index, BANDS + 1);
    return LOWEST_HZ * StrictMath.pow(HIGHEST_HZ / LOWEST_HZ, (double) index / BANDS);
  }

  /**
   * The 64 bands around a frame.
   *
   * @param frame the playhead, the middle of the window; before 0 and after the end is silence
   * @throws IllegalArgumentException when the sound has another rate
   */
  public float[] at(Sound sound, long frame) {
    float[] bands = new float[BANDS];
    into(sound, frame, bands);
    return bands;
  }

  /**
   * The 64 bands around a frame; allocates nothing unless the number of channels grows.
   *
   * @param bands modified from 0 to 63
   * @throws IllegalArgumentException when the sound has another rate
   */
  public void into(Sound sound, long frame, float[] bands) {
    if (!sound.sampleRate().equals(rate)) {
      throw new IllegalArgumentException(
          "a sound of " + sound.sampleRate().hz() + " Hz and an analyzer of " + rate.hz() + " Hz");
    }
    Objects.checkFromIndexSize(0, BANDS, bands.length);
    int size = transform.size();
    int channels = sound.channels();
    if (block.length < channels) {
      block = new float[channels][size];
    }
    long first = frame - size / 2;
    int before = (int) Math.min(size, Math.max(0, -first));
    for (int channel = 0; channel < channels; channel++) {
      Arrays.fill(block[channel], 0, before, 0f);
    }
    sound.read(Math.max(0, first), block, before, size - before);
    Arrays.fill(sums, 0);
    for (int channel = 0; channel < channels; channel++) {
      transform.power(block[channel], power, size / 2 + 1);
      collect(size / 2);
    }
    for (int band = 0; band < BANDS; band++) {
      bands[band] = (float) Math.sqrt(sums[band] * scale / channels);
    }
  }

  /** An analyzer like this one for another thread. */
  public SpectrumAnalyzer fork() {
    return new SpectrumAnalyzer(rate);
  }

  /**
   * Adds the power of each maximum to its band. Maxima follow one another as their bins do, so the
   * bins of a band lie between the minima before two maxima; only the maxima next to an edge are
   * looked for. Interpolating each maximum of a noise, some 680 of them, took longer than half of
   * the transform.
   */
  private void collect(int last) {
    float[] p = power;
    int start = 0;
    int peak = climb(0, last);
    int end = descend(peak, last);
    double at = peak + offset(peak, last);
    int begin = 0;
    for (int edge = 0; edge <= BANDS; edge++) {
      double wall = walls[edge];
      while (at < wall && end <= last) {
        start = end;
        // Maxima below this bin lie below the edge, even when interpolated.
        int bin = Math.min(last, (int) wall - 1);
        if (bin > end) {
          int rising = bin;
          while (rising > end && p[rising] <= p[rising - 1]) {
            rising--;
          }
          start = rising;
          while (start > end && p[start - 1] > p[start - 2]) {
            start--;
          }
          peak = climb(rising, last);
        } else {
          peak = climb(end, last);
        }
        end = descend(peak, last);
        at = peak + offset(peak, last);
      }
      int next = at < wall ? last + 1 : start;
      if (edge > 0) {
        sums[edge - 1] += sum(p, begin, next, last);
      }
      begin = next;
    }
  }

  /** The maximum of which a bin is on the rising side. */
  private int climb(int bin, int last) {
    int peak = bin;
    while (peak < last && power[peak + 1] > power[peak]) {
      peak++;
    }
    return peak;
  }

  /** The first bin on the rising side of the maximum that follows. */
  private int descend(int peak, int last) {
    int bin = peak + 1;
    while (bin <= last && power[bin] <= power[bin - 1]) {
      bin++;
    }
    return bin;
  }

  /** Four sums side by side, since one alone waits for each addition. */
  private static double sum(float[] p, int from, int to, int last) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int k = from;
    for (; k + 4 <= to; k += 4) {
      sum0 += p[k];
      sum1 += p[k + 1];
      sum2 += p[k + 2];
      sum3 += p[k + 3];
    }
    for (; k < to; k++) {
      sum0 += p[k];
    }
    // Both ends have no twin on the other side of the spectrum, so they count half.
    if (from == 0 && to > 0) {
      sum1 -= p[0] * 0.5;
    }
    if (to > last && from <= last) {
      sum2 -= p[last] * 0.5;
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private double offset(int peak, int last) {
    if (peak == 0 || peak == last) {
      return 0;
    }
    float[] p = power;
    boolean up = p[peak + 1] > p[peak - 1];
    double ratio = Math.sqrt((up ? p[peak + 1] : p[peak - 1]) / (double) p[peak]);
    double distance = Math.max(0, (2 * ratio - 1) / (1 + ratio));
    return up ? distance : -distance;
  }
}

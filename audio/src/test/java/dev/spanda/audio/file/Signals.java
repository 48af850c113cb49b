package dev.spanda.audio.file;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import java.util.Random;

/** Sounds for the tests of files, the same in every run. */
final class Signals {

  private Signals() {}

  /** Decaying partials with a little noise, slightly different on each channel. */
  static Pcm bowl(int frames, int channels) {
    Random random = new Random(7);
    double[] partials = {136.1, 385, 738, 1194, 1750, 2410};
    float[][] samples = new float[channels][frames];
    for (int i = 0; i < frames; i++) {
      double t = i / 44_100.0;
      for (int channel = 0; channel < channels; channel++) {
        double sum = random.nextGaussian() * 0.0003;
        for (int k = 0; k < partials.length; k++) {
          double phase = 2 * Math.PI * (partials[k] + 0.5 * channel) * t;
          sum += 0.3 / (k + 1) * Math.exp(-t * (0.1 + 0.15 * k)) * Math.sin(phase);
        }
        samples[channel][i] = (float) sum;
      }
    }
    return Pcm.of(SampleRate.CD, samples);
  }

  static Pcm noise(int frames, int channels) {
    Random random = new Random(11);
    float[][] samples = new float[channels][frames];
    for (float[] channel : samples) {
      for (int i = 0; i < frames; i++) {
        channel[i] = random.nextFloat() * 2 - 1;
      }
    }
    return Pcm.of(SampleRate.CD, samples);
  }

  /** Noise of one pole, most of it below 140 Hz, with nothing in common between channels. */
  static Pcm lowNoise(int frames, int channels) {
    Random random = new Random(12);
    float[][] samples = new float[channels][frames];
    for (float[] channel : samples) {
      double value = 0;
      for (int i = 0; i < frames; i++) {
        value = 0.98 * value + 0.02 * random.nextGaussian();
        channel[i] = (float) value;
      }
    }
    return Pcm.of(SampleRate.CD, samples);
  }

  /**
   * Pulses of 90 to 130 Hz through three gliding resonances, in syllables with near silence between
   * them; the second channel hears it nine samples later and fainter.
   */
  static Pcm speech(int frames, int channels) {
    Random random = new Random(3);
    double[] spoken = new double[frames];
    double[][] memory = new double[3][2];
    double phase = 0;
    for (int i = 0; i < frames; i++) {
      double t = i / 44_100.0;
      phase += (110 + 20 * Math.sin(2.1 * t)) / 44_100;
      boolean pulse = phase >= 1;
      phase -= pulse ? 1 : 0;
      double loudness = Math.max(0, Math.sin(14.5 * t)) * Math.max(0, Math.sin(0.9 * t) + 0.6);
      double source = (pulse ? loudness : 0) + 0.01 * loudness * random.nextGaussian();
      double[] formants = {
        500 + 250 * Math.sin(3.3 * t), 1400 + 500 * Math.sin(2.7 * t), 2500 + 200 * Math.sin(t)
      };
      double[] widths = {60, 90, 150};
      for (int k = 0; k < 3; k++) {
        double radius = Math.exp(-Math.PI * widths[k] / 44_100);
        double turn = 2 * radius * Math.cos(2 * Math.PI * formants[k] / 44_100);
        double value = source + turn * memory[k][0] - radius * radius * memory[k][1];
        memory[k][1] = memory[k][0];
        memory[k][0] = value;
        spoken[i] += 0.018 / (k + 1) * value;
      }
      spoken[i] += 0.00008 * random.nextGaussian();
    }
    float[][] samples = new float[channels][frames];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < frames; i++) {
        double value = spoken[Math.max(0, i - 9 * channel)] * (1 - 0.2 * channel);
        samples[channel][i] = (float) (value + 0.0001 * channel * random.nextGaussian());
      }
    }
    return Pcm.of(SampleRate.CD, samples);
  }

  static Pcm constant(int frames, float value) {
    float[] samples = new float[frames];
    java.util.Arrays.fill(samples, value);
    return Pcm.of(SampleRate.CD, samples);
  }

  /** Only every 64th step of 16 bits occurs, so that the low bits are wasted. */
  static Pcm coarse(int frames) {
    Random random = new Random(3);
    float[] samples = new float[frames];
    for (int i = 0; i < frames; i++) {
      samples[i] = (random.nextInt(200) - 100) * 64 / 32768f;
    }
    return Pcm.of(SampleRate.CD, samples);
  }

  /** A sound of any length that costs nothing: frame n is n modulo 251 steps of 16 bits. */
  record Endless(int channels, long frames) implements Sound {
    @Override
    public SampleRate sampleRate() {
      return SampleRate.CD;
    }

    @Override
    public void read(long firstFrame, float[][] into, int offset, int count) {
      for (int channel = 0; channel < channels; channel++) {
        for (int i = 0; i < count; i++) {
          long frame = firstFrame + i;
          into[channel][offset + i] = frame < frames ? (frame % 251) / 32768f : 0;
        }
      }
    }

    @Override
    public Sound fork() {
      return this;
    }
  }
}

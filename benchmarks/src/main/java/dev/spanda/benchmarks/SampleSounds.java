package dev.spanda.benchmarks;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import java.util.Random;

/** Sounds to be encoded and analysed, held in memory so that their making is not measured. */
final class SampleSounds {

  private static final double[] PARTIALS = {136.1, 385, 738, 1194, 1750, 2410};

  private SampleSounds() {}

  /** A struck bowl with a noise of −70 dB, the same in every run. */
  static Pcm bowl(int frames, int channels) {
    Random random = new Random(1);
    float[][] samples = new float[channels][frames];
    for (int i = 0; i < frames; i++) {
      double t = i / 44_100.0;
      for (float[] channel : samples) {
        double sum = random.nextGaussian() * 0.0003;
        for (int k = 0; k < PARTIALS.length; k++) {
          sum +=
              0.3
                  / (k + 1)
                  * Math.exp(-t * (0.1 + 0.15 * k))
                  * Math.sin(2 * Math.PI * PARTIALS[k] * t);
        }
        channel[i] = (float) sum;
      }
    }
    return Pcm.of(SampleRate.CD, samples);
  }
}

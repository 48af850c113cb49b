package dev.spanda.benchmarks;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.spectrum.SpectrumAnalyzer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one frame of 64 calibrated bands takes, with few maxima (a bowl), with many (noise), and
 * with two channels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpectrumBenchmark {

  private static final int FRAMES = 10 * 44_100;

  /** What is analysed. */
  @Param({"bowl", "noise", "stereo"})
  public String sound;

  private Pcm pcm;
  private SpectrumAnalyzer analyzer;
  private final float[] bands = new float[SpectrumAnalyzer.BANDS];
  private long frame;

  /** Checks that a sine reads its amplitude. */
  @Setup
  public void prove() {
    analyzer = SpectrumAnalyzer.of(SampleRate.CD);
    float[] tone = new float[8192];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / 44_100));
    }
    float most = 0;
    for (float band : analyzer.at(Pcm.of(SampleRate.CD, tone), 4096)) {
      most = Math.max(most, band);
    }
    if (Math.abs(most - 0.5) > 0.005) {
      throw new IllegalStateException("a sine of 0.5 reads " + most);
    }
    pcm = SampleSounds.bowl(FRAMES, sound.equals("stereo") ? 2 : 1);
    if (sound.equals("noise")) {
      Random random = new Random(1);
      float[] noise = new float[FRAMES];
      for (int i = 0; i < FRAMES; i++) {
        noise[i] = (float) (0.1 * random.nextGaussian());
      }
      pcm = Pcm.of(SampleRate.CD, noise);
    }
  }

  /** One frame at a playhead that moves by a tenth of a second. */
  @Benchmark
  public float[] frame() {
    frame = frame + 4410 < FRAMES ? frame + 4410 : 4096;
    analyzer.into(pcm, frame, bands);
    return bands;
  }
}

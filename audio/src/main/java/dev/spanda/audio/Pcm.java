package dev.spanda.audio;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.Objects;

/**
 * A sound held in memory. Immutable and thread-safe: arrays are copied on the way in and on the way
 * out, save where a method says that they are not.
 */
public final class Pcm implements Sound {

  private static final int LONGEST = Integer.MAX_VALUE - 8;
  private static final int BLOCK = 4096;

  private final SampleRate sampleRate;
  private final float[][] samples;
  private final int frames;

  private Pcm(SampleRate sampleRate, float[][] samples) {
    this.sampleRate = Objects.requireNonNull(sampleRate);
    this.samples = samples;
    this.frames = samples[0].length;
  }

  /**
   * A sound made of the given samples.
   *
   * @param samples one array a channel, at least one, all of the same length; copied
   */
  public static Pcm of(SampleRate sampleRate, float[]... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("a sound has at least one channel");
    }
    float[][] copy = new float[samples.length][];
    for (int channel = 0; channel < samples.length; channel++) {
      copy[channel] = samples[channel].clone();
      if (copy[channel].length != copy[0].length) {
        throw new IllegalArgumentException("channels differ in length");
      }
    }
    return new Pcm(sampleRate, copy);
  }

  /**
   * Reads a sound to its end.
   *
   * @throws Failure TOO_LARGE when it has more than 2³¹ − 9 frames
   */
  public static Pcm of(Sound sound) {
    if (sound.frames() > LONGEST) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "duration",
              "A sound of " + sound.frames() + " frames does not fit in memory; read it in blocks")
          .with(Failure.MAX_VALUE, LONGEST);
    }
    int frames = (int) sound.frames();
    float[][] samples = new float[sound.channels()][frames];
    for (int first = 0; first < frames; first += BLOCK) {
      sound.read(first, samples, first, Math.min(BLOCK, frames - first));
    }
    return new Pcm(sound.sampleRate(), samples);
  }

  @Override
  public SampleRate sampleRate() {
    return sampleRate;
  }

  @Override
  public int channels() {
    return samples.length;
  }

  @Override
  public long frames() {
    return frames;
  }

  /** A copy of one channel, {@link #frames()} samples long. */
  public float[] channel(int index) {
    return samples[index].clone();
  }

  @Override
  public void read(long firstFrame, float[][] into, int offset, int count) {
    int available = (int) Math.max(0, Math.min(count, frames - firstFrame));
    for (int channel = 0; channel < samples.length; channel++) {
      Objects.checkFromIndexSize(offset, count, into[channel].length);
      if (available > 0) {
        System.arraycopy(samples[channel], (int) firstFrame, into[channel], offset, available);
      }
      Arrays.fill(into[channel], offset + available, offset + count, 0f);
    }
  }

  /** This sound itself: it can be read by any number of threads. */
  @Override
  public Pcm fork() {
    return this;
  }
}

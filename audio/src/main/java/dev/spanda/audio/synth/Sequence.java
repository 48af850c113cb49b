package dev.spanda.audio.synth;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Sounds one after another, each crossing into the next: the old one falls and the new one rises
 * over a raised cosine, and the two weights add up to 1. The first begins and the last ends as it
 * is. Computed while it is read; only the sounds of the moment are read.
 *
 * <p>For one thread at a time; {@link #fork()} gives another thread its own.
 */
public final class Sequence implements Sound {

  private static final int BLOCK = Score.GROUP;

  private final List<Sound> sounds;
  private final long[] starts;
  private final int crossFrames;
  private final int channels;
  private final long frames;
  private final float[][] scratch = new float[2][BLOCK];

  private Sequence(List<Sound> sounds, int crossFrames) {
    this.sounds = sounds;
    this.crossFrames = crossFrames;
    this.starts = new long[sounds.size()];
    long next = 0;
    int most = 1;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = next;
      next += sounds.get(i).frames() - crossFrames;
      most = Math.max(most, sounds.get(i).channels());
    }
    this.frames = next + crossFrames;
    this.channels = most;
  }

  /**
   * The sounds in their order.
   *
   * @param sounds at least one, of one or two channels and one sample rate, each at least twice as
   *     long as the crossing; copied; read by the sequence alone from now on
   * @param crossing how long one crosses into the next, from 0 to 10 min; the sequence is shorter
   *     than the sum of its sounds by the crossings
   * @throws Failure INVALID when one of these does not hold
   */
  public static Sequence of(List<? extends Sound> sounds, Duration crossing) {
    List<Sound> copy = List.copyOf(sounds);
    if (copy.isEmpty()) {
      throw Failure.invalid("sounds", 0, "A sequence has at least one sound; had none");
    }
    Failure.requireInRange("crossing", "Crossing", crossing.toMillis() / 1e3, 0, 600, "s");
    SampleRate rate = copy.get(0).sampleRate();
    long cross = rate.framesIn(crossing);
    for (Sound sound : copy) {
      Failure.requireInRange("channels", "Channels of a sound", sound.channels(), 1, 2, "");
      if (!sound.sampleRate().equals(rate)) {
        throw Failure.invalid(
            "sample_rate",
            sound.sampleRate().hz(),
            "All sounds have the sample rate of the first, " + rate.hz() + " Hz");
      }
      if (sound.frames() < 2 * cross) {
        throw Failure.invalid(
            "crossing",
            crossing.toMillis() / 1e3,
            "Each sound is at least twice as long as the crossing; one has "
                + sound.frames()
                + " frames and the crossing "
                + cross);
      }
    }
    return new Sequence(copy, (int) cross);
  }

  @Override
  public SampleRate sampleRate() {
    return sounds.get(0).sampleRate();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public void read(long firstFrame, float[][] into, int offset, int count) {
    for (int channel = 0; channel < channels; channel++) {
      Objects.checkFromIndexSize(offset, count, into[channel].length);
      Arrays.fill(into[channel], offset, offset + count, 0f);
    }
    int found = Arrays.binarySearch(starts, firstFrame);
    // The sound before the one that has begun may still be crossing out.
    int index = Math.max(0, (found >= 0 ? found : -found - 2) - 1);
    for (; index < starts.length && starts[index] < firstFrame + count; index++) {
      Sound sound = sounds.get(index);
      long from = Math.max(firstFrame, starts[index]);
      long end = Math.min(firstFrame + count, starts[index] + sound.frames());
      while (from < end) {
        long within = from - starts[index];
        int length = (int) Math.min(BLOCK - within % BLOCK, end - from);
        sound.read(within, scratch, 0, length);
        int target = offset + (int) (from - firstFrame);
        for (int channel = 0; channel < channels; channel++) {
          float[] source = scratch[Math.min(channel, sound.channels() - 1)];
          for (int i = 0; i < length; i++) {
            into[channel][target + i] += source[i] * weight(index, within + i);
          }
        }
        from += length;
      }
    }
  }

  private float weight(int index, long frame) {
    boolean rising = index > 0 && frame < crossFrames;
    if (rising) {
      return (float) Score.rise(frame, crossFrames);
    }
    long left = sounds.get(index).frames() - 1 - frame;
    boolean falling = index < starts.length - 1 && left < crossFrames;
    return falling ? (float) Score.rise(left, crossFrames) : 1f;
  }

  @Override
  public Sequence fork() {
    return new Sequence(sounds.stream().map(Sound::fork).toList(), crossFrames);
  }
}

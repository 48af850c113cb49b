package dev.spanda.audio.play;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.util.List;
import java.util.Objects;

/**
 * What is connected to the sound card, as a gain and an assignment of channels. A profile changes
 * nothing else: no filter, no limiter.
 *
 * @param level the number by which callers name it: 2 or 3
 * @param name what is connected
 * @param gainDb what every sample is multiplied by, as decibels, −60 to 0
 * @param channels how the channels of the sound become the two channels of the output
 */
public record HardwareProfile(int level, String name, double gainDb, Channels channels) {

  /** How the channels of a sound become two. */
  public enum Channels {
    /** The mean of all channels goes to both sides. */
    SAME_ON_BOTH,
    /**
     * The first two channels go to left and right; a single channel goes to both; further channels
     * are not heard.
     */
    LEFT_AND_RIGHT
  }

  /**
   * Level 2: a passive crystal or another single transducer that hangs on the headphone or line
   * output itself. Nothing behind the card amplifies, so the level is full (0 dB), and since there
   * is one transducer both sides carry the same mean of the channels, whichever it is wired to.
   */
  public static final HardwareProfile PASSIVE_CRYSTAL =
      new HardwareProfile(2, "passive crystal", 0, Channels.SAME_ON_BOTH);

  /**
   * Level 3: an amplifier with two loudspeakers or shakers. The channels stay left and right, and
   * the level is 12 dB lower (a quarter of the amplitude), since the amplifier has gain of its own
   * and a bowl at full scale would overdrive its input.
   */
  public static final HardwareProfile AMPLIFIED =
      new HardwareProfile(3, "amplified", -12, Channels.LEFT_AND_RIGHT);

  /**
   * Checks the ranges.
   *
   * @throws Failure INVALID when the gain is out of its range
   */
  public HardwareProfile {
    Objects.requireNonNull(name);
    Objects.requireNonNull(channels);
    Failure.requireInRange("gain", "Gain", gainDb, -60, 0, "dB");
  }

  /**
   * The profile of a level.
   *
   * @throws Failure INVALID when the level is neither 2 nor 3
   */
  public static HardwareProfile ofLevel(int level) {
    return switch (level) {
      case 2 -> PASSIVE_CRYSTAL;
      case 3 -> AMPLIFIED;
      default ->
          throw Failure.notAllowed(
              "hardware_level", level, List.of("2 (passive crystal)", "3 (amplified)"));
    };
  }

  /** The sound as this profile sends it, in two channels; for one thread at a time. */
  public Sound apply(Sound sound) {
    return new Applied(this, sound, new float[sound.channels()][0]);
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Applied(HardwareProfile profile, Sound sound, float[][] block) implements Sound {

    @Override
    public SampleRate sampleRate() {
      return sound.sampleRate();
    }

    @Override
    public int channels() {
      return 2;
    }

    @Override
    public long frames() {
      return sound.frames();
    }

    @Override
    public void read(long firstFrame, float[][] into, int offset, int count) {
      Objects.checkFromIndexSize(offset, count, Math.min(into[0].length, into[1].length));
      for (int channel = 0; channel < block.length; channel++) {
        if (block[channel].length < count) {
          block[channel] = new float[count];
        }
      }
      sound.read(firstFrame, block, 0, count);
      // Exactly 1 at 0 dB, so that full level changes no bit.
      float gain = (float) StrictMath.pow(10, profile.gainDb() / 20);
      boolean same = profile.channels() == Channels.SAME_ON_BOTH;
      int right = block.length > 1 ? 1 : 0;
      for (int i = 0; i < count; i++) {
        float first = block[0][i];
        float second = block[right][i];
        if (same && block.length > 1) {
          first = mean(i);
          second = first;
        }
        into[0][offset + i] = first * gain;
        into[1][offset + i] = second * gain;
      }
    }

    private float mean(int frame) {
      float sum = 0;
      for (float[] channel : block) {
        sum += channel[frame];
      }
      return sum / block.length;
    }

    @Override
    public Sound fork() {
      return profile.apply(sound.fork());
    }
  }
}

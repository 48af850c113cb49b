package dev.spanda.audio.synth;

import dev.spanda.audio.SampleRate;
import dev.spanda.core.Failure;
import java.time.Duration;

/**
 * How a frequency reaches the ear. The ear hears about 20 to 20 000 Hz (ISO 226 tabulates its
 * thresholds from 20 Hz on), so a tone of 7.83 Hz is inaudible by itself; an audible tone can be
 * pulsed at that rate, or two audible tones, one an ear, can differ by it.
 */
public sealed interface Carrier {

  /** The lowest frequency that counts as audible, 20 Hz. */
  double LOWEST_AUDIBLE_HZ = 20;

  /** The highest frequency that counts as audible, 20 000 Hz. */
  double HIGHEST_AUDIBLE_HZ = 20_000;

  /** The frequency itself: one channel, a sine. */
  record Direct() implements Carrier {}

  /**
   * A tone whose amplitude swells and falls once a period of the frequency, down to silence: one
   * channel.
   *
   * @param carrierHz the tone that is heard, from 20 to 20 000 Hz
   */
  record AmplitudeModulated(double carrierHz) implements Carrier {
    /**
     * Checks the range.
     *
     * @throws Failure INVALID when the carrier is not audible
     */
    public AmplitudeModulated {
      requireAudible(carrierHz);
    }
  }

  /**
   * A tone in pulses with short silences, one a period of the frequency: one channel. See {@link
   * PartialBank.Builder#pulses}.
   *
   * @param carrierHz the tone that is heard, from 20 to 20 000 Hz
   */
  record Isochronic(double carrierHz) implements Carrier {
    /**
     * Checks the range.
     *
     * @throws Failure INVALID when the carrier is not audible
     */
    public Isochronic {
      requireAudible(carrierHz);
    }
  }

  /**
   * Two tones, one an ear: the left is lower than the carrier by half the frequency, the right
   * higher by half. Two channels; heard through headphones.
   *
   * @param carrierHz the mean of the two tones, from 20 to 20 000 Hz
   */
  record Binaural(double carrierHz) implements Carrier {
    /**
     * Checks the range.
     *
     * @throws Failure INVALID when the carrier is not audible
     */
    public Binaural {
      requireAudible(carrierHz);
    }
  }

  /** Whether a person hears the frequency when it is carried like this. */
  default boolean isAudible(double frequencyHz) {
    return !(this instanceof Direct)
        || (frequencyHz >= LOWEST_AUDIBLE_HZ && frequencyHz <= HIGHEST_AUDIBLE_HZ);
  }

  /**
   * A steady sine carried like this, without clicks: it rises and falls over 10 ms.
   *
   * @param frequencyHz from 0.1 to 20 000 Hz; at most 1 000 Hz for pulsed carriers, and less than
   *     twice the carrier for {@link Binaural}
   * @param amplitude the peak, from 0 to 1
   * @throws Failure INVALID when one of them is out of its range
   */
  default PartialBank tone(
      double frequencyHz, double amplitude, Duration length, SampleRate sampleRate) {
    Failure.requireInRange("frequency", "Frequency", frequencyHz, 0.1, HIGHEST_AUDIBLE_HZ, "Hz");
    Failure.requireInRange("volume", "Volume", amplitude, 0, 1, "");
    Duration edge = Duration.ofMillis(10);
    PartialBank.Builder bank = PartialBank.lasting(length, sampleRate).onset(edge).fade(edge);
    if (this instanceof AmplitudeModulated pulsed) {
      bank.add(Partial.of(pulsed.carrierHz, amplitude)).tremolo(frequencyHz, 1);
    } else if (this instanceof Isochronic pulsed) {
      bank.add(Partial.of(pulsed.carrierHz, amplitude)).pulses(frequencyHz);
    } else if (this instanceof Binaural pair) {
      double half = frequencyHz / 2;
      Failure.requireInRange(
          "frequency", "Binaural frequency", half, 0, pair.carrierHz - 0.1, "Hz half");
      bank.stereo()
          .add(Partial.of(pair.carrierHz - half, amplitude).withPan(-1))
          .add(Partial.of(pair.carrierHz + half, amplitude).withPan(1));
    } else {
      bank.add(Partial.of(frequencyHz, amplitude));
    }
    return bank.build();
  }

  private static void requireAudible(double carrierHz) {
    Failure.requireInRange(
        "carrier", "Carrier", carrierHz, LOWEST_AUDIBLE_HZ, HIGHEST_AUDIBLE_HZ, "Hz");
  }
}

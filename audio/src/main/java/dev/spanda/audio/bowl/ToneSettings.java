package dev.spanda.audio.bowl;

import dev.spanda.audio.synth.Carrier;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.Objects;

/**
 * The few settings by which a tone or a bowl is asked for. Each can be heard. Immutable.
 *
 * @param frequencyHz of the tone, or of the bowl's fundamental, from 0.1 to 20 000 Hz. Below 20 Hz
 *     nobody hears the frequency itself: see {@link #isAudible()} and {@code carrier}
 * @param duration longer than 0, at most 24 h
 * @param volume a linear gain from 0 to 1, default 0.8: no sample exceeds it, see {@link BowlSynth}
 * @param prayerBowlMode true, the default, for {@link Bowl#PRAYER} tuned to the frequency and
 *     struck every {@link #STRIKE_INTERVAL} from the beginning on; false for a plain sine, which
 *     rises and falls over 10 ms
 * @param harmonicStrength from 0 to 1, default 0.3: what the amplitudes of all modes above the
 *     fundamental are multiplied by; at 0 the fundamental rings alone. A plain sine has no such
 *     modes, so it changes nothing there
 * @param modulationDepth from 0 to 1, default 0.05: the depth of a tremolo of {@link
 *     #MODULATION_HZ}; the amplitude moves between 1 − depth and 1
 * @param carrier how the frequency is made audible; default {@link Carrier.Direct}. The pulsed
 *     carriers ring the bowl, or sound the sine, at the carrier's frequency and pulse it at this
 *     one, at most 1 000 Hz; {@link Carrier.Binaural} puts two of them half this frequency below
 *     and above
 */
public record ToneSettings(
    double frequencyHz,
    Duration duration,
    double volume,
    boolean prayerBowlMode,
    double harmonicStrength,
    double modulationDepth,
    Carrier carrier) {

  /** The time from one blow to the next, 15 s. */
  public static final Duration STRIKE_INTERVAL = Duration.ofSeconds(15);

  /**
   * The rate of the tremolo, 4 Hz, near which the ear notices a change of amplitude best (Fastl and
   * Zwicker, Psychoacoustics, ch. 10, fluctuation strength).
   */
  public static final double MODULATION_HZ = 4;

  /** The longest sound, 24 h. */
  public static final Duration LONGEST = Duration.ofHours(24);

  /**
   * Checks the ranges.
   *
   * @throws Failure INVALID when a component is out of its range
   */
  public ToneSettings {
    Failure.requireInRange("frequency", "Frequency", frequencyHz, 0.1, 20_000, "Hz");
    requireLength(duration);
    Failure.requireInRange("volume", "Volume", volume, 0, 1, "");
    Failure.requireInRange("harmonic_strength", "Harmonic strength", harmonicStrength, 0, 1, "");
    Failure.requireInRange("modulation_depth", "Modulation depth", modulationDepth, 0, 1, "");
    Objects.requireNonNull(carrier);
    if (carrier instanceof Carrier.AmplitudeModulated || carrier instanceof Carrier.Isochronic) {
      Failure.requireInRange("frequency", "Pulse frequency", frequencyHz, 0.1, 1000, "Hz");
    }
    if (carrier instanceof Carrier.Binaural pair) {
      Failure.requireInRange(
          "frequency",
          "Binaural frequency",
          frequencyHz,
          0.1,
          2 * Math.min(pair.carrierHz() - 0.1, 20_000 - pair.carrierHz()),
          "Hz");
    }
  }

  /** A bowl of that frequency and duration with all defaults. */
  public static ToneSettings of(double frequencyHz, Duration duration) {
    return new ToneSettings(frequencyHz, duration, 0.8, true, 0.3, 0.05, new Carrier.Direct());
  }

  /** The same at another volume. */
  public ToneSettings withVolume(double linear) {
    return new ToneSettings(
        frequencyHz, duration, linear, prayerBowlMode, harmonicStrength, modulationDepth, carrier);
  }

  /** The same as a bowl, or as a plain sine. */
  public ToneSettings withPrayerBowlMode(boolean bowl) {
    return new ToneSettings(
        frequencyHz, duration, volume, bowl, harmonicStrength, modulationDepth, carrier);
  }

  /** The same with other modes above the fundamental. */
  public ToneSettings withHarmonicStrength(double strength) {
    return new ToneSettings(
        frequencyHz, duration, volume, prayerBowlMode, strength, modulationDepth, carrier);
  }

  /** The same with another depth of tremolo. */
  public ToneSettings withModulationDepth(double depth) {
    return new ToneSettings(
        frequencyHz, duration, volume, prayerBowlMode, harmonicStrength, depth, carrier);
  }

  /** The same carried otherwise. */
  public ToneSettings withCarrier(Carrier other) {
    return new ToneSettings(
        frequencyHz, duration, volume, prayerBowlMode, harmonicStrength, modulationDepth, other);
  }

  /**
   * Whether the frequency itself reaches an ear: it lies between 20 and 20 000 Hz, or a carrier
   * brings it. The higher modes of a bowl may be heard even when its fundamental is not.
   */
  public boolean isAudible() {
    return carrier.isAudible(frequencyHz);
  }

  static void requireLength(Duration duration) {
    Failure.requireInRange(
        "duration",
        "Duration",
        duration.getSeconds() + duration.getNano() * 1e-9,
        1e-9,
        (double) LONGEST.toSeconds(),
        "s");
  }
}

package dev.spanda.audio.synth;

import dev.spanda.core.Failure;

/**
 * One sinusoid that begins at a frame and rings down: {@code amplitude · 10^(−3t/t60) · sin(2π ·
 * frequency · t + phase)}, where t is the time since its first frame. Immutable.
 *
 * @param frequencyHz greater than 0, at most 200 000 Hz; a bank drops partials at and above half
 *     its sample rate
 * @param amplitude of the first frame in full scale, from −1 000 to 1 000; negative turns the phase
 *     by half a turn
 * @param phaseRad the phase at the first frame in radians, finite; default 0
 * @param t60Seconds the time in which the partial falls by 60 dB, from 0.05 s; infinite, the
 *     default, means that it does not fall
 * @param pan −1 is left, 0, the default, is the middle, 1 is right; a bank of one channel ignores
 *     it
 * @param startFrame the first frame, ≥ 0; default 0
 * @param endFrame the frame at which the partial is taken away, over the onset time of its bank;
 *     greater than {@code startFrame}; {@link Long#MAX_VALUE}, the default, means never
 */
public record Partial(
    double frequencyHz,
    double amplitude,
    double phaseRad,
    double t60Seconds,
    double pan,
    long startFrame,
    long endFrame) {

  /**
   * Checks the ranges.
   *
   * @throws Failure INVALID when a component is out of its range
   */
  public Partial {
    Failure.requireInRange("frequency", "Frequency", frequencyHz, Double.MIN_NORMAL, 200_000, "Hz");
    Failure.requireInRange("amplitude", "Amplitude", amplitude, -1000, 1000, "");
    Failure.requireInRange("phase", "Phase", phaseRad, -1e9, 1e9, "rad");
    Failure.requireInRange("t60", "Decay time", t60Seconds, 0.05, Double.POSITIVE_INFINITY, "s");
    Failure.requireInRange("pan", "Pan", pan, -1, 1, "");
    if (startFrame < 0 || endFrame <= startFrame) {
      throw Failure.invalid(
          "start_frame",
          startFrame,
          "A partial begins at frame 0 or later and ends after it begins; was "
              + startFrame
              + " to "
              + endFrame);
    }
  }

  /** A sinusoid of phase 0 in the middle that begins at frame 0 and never falls. */
  public static Partial of(double frequencyHz, double amplitude) {
    return new Partial(frequencyHz, amplitude, 0, Double.POSITIVE_INFINITY, 0, 0, Long.MAX_VALUE);
  }

  /** The same with another phase at its first frame. */
  public Partial withPhaseRad(double rad) {
    return new Partial(frequencyHz, amplitude, rad, t60Seconds, pan, startFrame, endFrame);
  }

  /** The same with another decay time. */
  public Partial withT60Seconds(double seconds) {
    return new Partial(frequencyHz, amplitude, phaseRad, seconds, pan, startFrame, endFrame);
  }

  /** The same in another place between left and right. */
  public Partial withPan(double position) {
    return new Partial(
        frequencyHz, amplitude, phaseRad, t60Seconds, position, startFrame, endFrame);
  }

  /** The same between other frames. */
  public Partial withFrames(long first, long end) {
    return new Partial(frequencyHz, amplitude, phaseRad, t60Seconds, pan, first, end);
  }
}

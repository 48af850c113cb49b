package dev.spanda.audio.bowl;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A bowl by formula: the modes of a thin ring, R(n) = n(n² − 1)/√(n² + 1) for n = 2, 3, …, taken
 * relative to n = 2 (1, 2.828, 5.423, 8.771, 12.866, 17.709, 23.30) and raised to γ. The law of the
 * ring is that of Rayleigh, The Theory of Sound, § 233; the exponent, which stands for the growing
 * share of the bottom in the higher modes, was fitted to the measured {@link Bowl bowls}, which lie
 * between 0.93 and 1.0.
 *
 * @param fundamentalHz the lowest mode, from 0.1 to 20 000 Hz
 * @param modes how many modes of the ring, from 1 to 32; default 7
 * @param gamma the exponent γ, from 0.5 to 1.5; default 0.97
 * @param q the quality of all modes, from 10 to 100 000; measured bowls have 4 000 to 15 000;
 *     default 6 000; a mode's T60 is 2.2·Q/f
 * @param split how far the members of a doublet lie apart, relative to their frequency, from 0 to
 *     0.1; measured bowls have 0.0005 to 0.008; default 0.0025
 * @param octaveLine whether there is a line at twice the fundamental, 30 dB below it and with half
 *     its T60, as the square of the motion of the wall makes it; default true
 */
public record RingLaw(
    double fundamentalHz, int modes, double gamma, double q, double split, boolean octaveLine) {

  /** 30 dB down. */
  private static final double OCTAVE_AMPLITUDE = 0.03162277660168379;

  /**
   * Checks the ranges.
   *
   * @throws Failure INVALID when a component is out of its range
   */
  public RingLaw {
    Failure.requireInRange("frequency", "Frequency", fundamentalHz, 0.1, 20_000, "Hz");
    Failure.requireInRange("modes", "Number of modes", modes, 1, 32, "");
    Failure.requireInRange("gamma", "Ring exponent", gamma, 0.5, 1.5, "");
    Failure.requireInRange("q", "Q", q, 10, 100_000, "");
    Failure.requireInRange("split", "Relative split", split, 0, 0.1, "");
  }

  /** A bowl of that fundamental with all defaults. */
  public static RingLaw of(double fundamentalHz) {
    return new RingLaw(fundamentalHz, 7, 0.97, 6000, 0.0025, true);
  }

  /** The same with another number of modes. */
  public RingLaw withModes(int count) {
    return new RingLaw(fundamentalHz, count, gamma, q, split, octaveLine);
  }

  /** The same with another exponent. */
  public RingLaw withGamma(double exponent) {
    return new RingLaw(fundamentalHz, modes, exponent, q, split, octaveLine);
  }

  /** The same with another quality. */
  public RingLaw withQ(double quality) {
    return new RingLaw(fundamentalHz, modes, gamma, quality, split, octaveLine);
  }

  /** The same with another relative split. */
  public RingLaw withSplit(double relative) {
    return new RingLaw(fundamentalHz, modes, gamma, q, relative, octaveLine);
  }

  /** The same with or without the line at twice the fundamental. */
  public RingLaw withOctaveLine(boolean present) {
    return new RingLaw(fundamentalHz, modes, gamma, q, split, present);
  }

  /** The bowl; modes above 100 000 Hz are left out. */
  public Bowl bowl() {
    List<Bowl.Mode> list = new ArrayList<>();
    for (int n = 2; n < modes + 2; n++) {
      double hz = fundamentalHz * StrictMath.pow(ring(n) / ring(2), gamma);
      if (hz <= 100_000) {
        list.add(new Bowl.Mode(hz, 1, t60(hz), hz * split, n));
      }
    }
    if (octaveLine) {
      double t60 = Math.max(0.05, t60(fundamentalHz) / 2);
      list.add(new Bowl.Mode(2 * fundamentalHz, OCTAVE_AMPLITUDE, t60, 0, 0));
    }
    list.sort(Comparator.comparingDouble(Bowl.Mode::frequencyHz));
    return new Bowl(
        "ring-law",
        list,
        "Ring law with exponent "
            + gamma
            + ", Q "
            + q
            + " and relative split "
            + split
            + "; Rayleigh, The Theory of Sound, section 233");
  }

  /** R(n), not yet relative to n = 2. */
  static double ring(int n) {
    double square = (double) n * n;
    return n * (square - 1) / Math.sqrt(square + 1);
  }

  private double t60(double hz) {
    return Math.min(10_000, Math.max(0.05, Bowl.T60_PER_Q * q / hz));
  }
}

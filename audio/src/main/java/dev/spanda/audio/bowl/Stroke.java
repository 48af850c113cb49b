package dev.spanda.audio.bowl;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is done to a bowl: it is struck, or rubbed. Immutable. */
public sealed interface Stroke {

  /** When it begins, from the beginning of the sound. */
  Duration at();

  /**
   * A blow with a mallet.
   *
   * <p>The angle decides between the members of each doublet: at angle θ from their common axis a
   * mode of order n begins with cos nθ on the lower and sin nθ on the upper member (one of them
   * silent means no beating). A single mode is always met at its crest.
   *
   * <p>Hardness and velocity decide how bright the blow is. The force of a mallet is nearly half a
   * period of a sine, as long as the contact lasts (Goldsmith, Impact, 1960, ch. 4; Fletcher and
   * Rossing, The Physics of Musical Instruments, ch. 19); its spectrum is flat up to about half the
   * inverse of the contact time τ and falls by 12 dB an octave above. We take its envelope, {@code
   * 1/√(1 + (2fτ)⁴)}, and not its zeros, which no real mallet has. τ goes from 4 ms for a soft
   * felt, hardness 0, to 0.2 ms for bare wood, hardness 1, geometrically in between, and as the
   * velocity to the power −1/5 (Hertz's law of contact).
   *
   * @param at when, ≥ 0
   * @param velocity of the mallet, greater than 0, at most 1; amplitudes are proportional to it;
   *     default 1
   * @param angleRad θ in radians, finite; default 20°, at which both members of every order to 8
   *     ring
   * @param hardness of the mallet, from 0 to 1; default 0.5
   */
  record Strike(Duration at, double velocity, double angleRad, double hardness) implements Stroke {

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID when a component is out of its range
     */
    public Strike {
      requireNotNegative(at);
      Failure.requireInRange("velocity", "Velocity", velocity, Double.MIN_NORMAL, 1, "");
      Failure.requireInRange("angle", "Strike angle", angleRad, -1e6, 1e6, "rad");
      Failure.requireInRange("hardness", "Mallet hardness", hardness, 0, 1, "");
    }

    /** How long mallet and bowl touch, in seconds. */
    public double contactSeconds() {
      return 0.004 * StrictMath.pow(0.05, hardness) * StrictMath.pow(velocity, -0.2);
    }

    /** The part of a mode's amplitude that the mallet excites, from 0 to 1. */
    double response(double frequencyHz) {
      double x = 2 * frequencyHz * contactSeconds();
      return velocity / Math.sqrt(1 + x * x * x * x);
    }
  }

  /**
   * Rubbing along the rim (puja). The stick drives the modes of lowest order, and their pattern
   * turns with it: both members of a doublet ring alike, and the listener always hears them beat.
   * Mode m, counted from 0, gets the amplitude 4<sup>−m</sup> (rubbing feeds the lowest mode most;
   * the ratio is our choice); the sound rises as 1 − e<sup>−t/τ</sup> and rings out by the bowl's
   * own decay when the stick leaves.
   *
   * @param at when, ≥ 0
   * @param length how long the stick rubs, greater than 0
   * @param level from 0, exclusive, to 1; amplitudes are proportional to it; default 1
   * @param riseSeconds the time τ in which it comes within 1/e of its level, from 0.05 to 60 s;
   *     default 2 s
   */
  record Rub(Duration at, Duration length, double level, double riseSeconds) implements Stroke {

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID when a component is out of its range
     */
    public Rub {
      requireNotNegative(at);
      if (length.isNegative() || length.isZero()) {
        throw Failure.invalid("length", length, "Rubbing takes a time; was " + length);
      }
      Failure.requireInRange("level", "Level", level, Double.MIN_NORMAL, 1, "");
      Failure.requireInRange("rise", "Rise time", riseSeconds, 0.05, 60, "s");
    }
  }

  /** A blow with all defaults. */
  static Strike strikeAt(Duration at) {
    return new Strike(at, 1, Math.PI / 9, 0.5);
  }

  /** Rubbing with all defaults. */
  static Rub rubAt(Duration at, Duration length) {
    return new Rub(at, length, 1, 2);
  }

  /**
   * Blows at an interval: the first at 0, the last before the length.
   *
   * @param interval at least 10 ms
   * @throws Failure INVALID when the interval is shorter
   */
  static List<Stroke> every(Duration interval, Duration length) {
    Failure.requireInRange(
        "interval", "Strike interval", (double) interval.toMillis(), 10, Integer.MAX_VALUE, "ms");
    List<Stroke> strokes = new ArrayList<>();
    for (Duration at = Duration.ZERO; at.compareTo(length) < 0; at = at.plus(interval)) {
      strokes.add(strikeAt(at));
    }
    return strokes;
  }

  /**
   * The bells of a sitting: a double bell at the beginning, one bell at each interval between, and
   * a double bell that begins 20 s before the end, so that it rings out. An intermediate bell that
   * would come within 20 s of the last is left out.
   *
   * @param length at least 30 s
   * @param interval between the intermediate bells, at least 1 s; longer than the sitting for none
   * @param gap between the two blows of a double bell, from 0.1 to 10 s
   * @throws Failure INVALID when one of them is out of its range
   */
  static List<Stroke> sitting(Duration length, Duration interval, Duration gap) {
    Failure.requireInRange("length", "Sitting", length.toMillis() / 1e3, 30, 86_400, "s");
    Failure.requireInRange("interval", "Interval", interval.toMillis() / 1e3, 1, 1e9, "s");
    Failure.requireInRange("gap", "Gap", gap.toMillis() / 1e3, 0.1, 10, "s");
    Duration last = length.minusSeconds(20);
    List<Stroke> strokes = new ArrayList<>();
    strokes.add(strikeAt(Duration.ZERO));
    strokes.add(strikeAt(gap));
    for (Duration at = interval; at.compareTo(last.minusSeconds(20)) <= 0; at = at.plus(interval)) {
      strokes.add(strikeAt(at));
    }
    strokes.add(strikeAt(last));
    strokes.add(strikeAt(last.plus(gap)));
    return strokes;
  }

  private static void requireNotNegative(Duration at) {
    if (at.isNegative()) {
      throw Failure.invalid("at", at, "A stroke begins at 0 or later; was " + at);
    }
  }
}

package dev.spanda.astrology.aspect;

import dev.spanda.astrology.Body;
import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far from exact an aspect may be: an orb for each aspect, in degrees, times the mean of the
 * factors of its two bodies. {@link #standard()} has every factor at 1. Immutable and thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // Constants index arrays of the hot path.
public final class Orbs {

  private static final AspectKind[] KINDS = AspectKind.values();
  private static final Orbs STANDARD = new Orbs(standardDegrees(), standardFactors());

  private final double[] degrees;
  private final double[] factors;

  /** Steps of a degree in {@link #candidates}. */
  private static final int STEPS = 4;

  /** For each quarter of a degree of separation, the kinds that could hold somewhere inside it. */
  private final int[] candidates;

  private Orbs(double[] degrees, double[] factors) {
    this.degrees = degrees;
    this.factors = factors;
    double largest = 0;
    for (double factor : factors) {
      largest = Math.max(largest, factor);
    }
    candidates = new int[180 * STEPS + 1];
    for (int step = 0; step < candidates.length; step++) {
      double low = (double) step / STEPS;
      double high = (step + 1.0) / STEPS;
      for (AspectKind kind : KINDS) {
        double reach = degrees[kind.ordinal()] * largest;
        if (reach > 0 && high >= kind.exactDeg() - reach && low <= kind.exactDeg() + reach) {
          candidates[step] |= 1 << kind.ordinal();
        }
      }
    }
  }

  /** 8, 2, 2, 6, 2, 8, 8, 2, 2, 3, 8 degrees from conjunction to opposition, for every body. */
  public static Orbs standard() {
    return STANDARD;
  }

  /** The five Ptolemaic aspects at their standard orbs and nothing else. */
  public static Orbs major() {
    Map<AspectKind, Double> degrees = new EnumMap<>(AspectKind.class);
    for (AspectKind kind : KINDS) {
      degrees.put(kind, kind.major() ? kind.standardOrbDeg() : 0.0);
    }
    return STANDARD.withOrbs(degrees);
  }

  /**
   * A copy with another orb for one aspect.
   *
   * @param orbDeg degrees, from 0 to 15; 0 leaves the aspect out
   * @throws Failure INVALID when it is outside that range
   */
  public Orbs withOrb(AspectKind kind, double orbDeg) {
    return withOrbs(Map.of(kind, orbDeg));
  }

  /**
   * A copy with other orbs for some aspects.
   *
   * @throws Failure INVALID when an orb is not from 0 to 15 degrees
   */
  public Orbs withOrbs(Map<AspectKind, Double> orbsDeg) {
    double[] changed = degrees.clone();
    orbsDeg.forEach(
        (kind, orb) ->
            changed[kind.ordinal()] =
                Failure.requireInRange("orb", "Orb of " + kind.label(), orb, 0, 15, "degrees"));
    return new Orbs(changed, factors);
  }

  /**
   * A copy in which a body widens or narrows the orbs of its aspects.
   *
   * @param factor from 0 to 3; the orb of an aspect is multiplied with the mean of the factors of
   *     its two bodies
   * @throws Failure INVALID when it is outside that range
   */
  public Orbs withFactor(Body body, double factor) {
    double[] changed = factors.clone();
    changed[body.ordinal()] = Failure.requireInRange("orb_factor", "Orb factor", factor, 0, 3, "");
    return new Orbs(degrees, changed);
  }

  /** The largest distance from exact, in degrees; 0 means that the aspect is left out. */
  public double orbDeg(AspectKind kind, Body first, Body second) {
    return degrees[kind.ordinal()] * 0.5 * (factors[first.ordinal()] + factors[second.ordinal()]);
  }

  /** Bits, by ordinal, of the kinds that may hold at a separation from 0 to 180 degrees. */
  int candidates(double separationDeg) {
    return candidates[(int) (separationDeg * STEPS)];
  }

  private static double[] standardDegrees() {
    double[] degrees = new double[KINDS.length];
    for (AspectKind kind : KINDS) {
      degrees[kind.ordinal()] = kind.standardOrbDeg();
    }
    return degrees;
  }

  private static double[] standardFactors() {
    double[] factors = new double[Body.values().length];
    Arrays.fill(factors, 1);
    return factors;
  }
}

package dev.spanda.astrology.aspect;

import dev.spanda.astrology.Body;
import java.util.Objects;

/**
 * Two bodies at a named angle.
 *
 * @param separationDeg shortest angle between their ecliptic longitudes, degrees, 0 to 180
 * @param orbDeg distance of the separation from the exact angle, degrees, not negative
 * @param largestOrbDeg the orb that was allowed, degrees, positive
 * @param applying whether the orb is shrinking, from the signed speeds of both
 */
public record Aspect(
    Body first,
    Body second,
    AspectKind kind,
    double separationDeg,
    double orbDeg,
    double largestOrbDeg,
    boolean applying) {

  /** Checks that the aspect holds. */
  public Aspect {
    Objects.requireNonNull(first);
    Objects.requireNonNull(second);
    Objects.requireNonNull(kind);
    if (!(separationDeg >= 0 && separationDeg <= 180 && orbDeg >= 0 && orbDeg <= largestOrbDeg)) {
      throw new IllegalArgumentException(
          "No aspect: separation " + separationDeg + ", orb " + orbDeg + " of " + largestOrbDeg);
    }
  }

  /** 1 when exact, 0 at the edge of the orb, straight in between. */
  public double strength() {
    return largestOrbDeg == 0 ? 1 : 1 - orbDeg / largestOrbDeg;
  }

  /** For people: {@code Sun trine Moon}. */
  public String describe() {
    return first.label() + " " + kind.label() + " " + second.label();
  }
}

package dev.spanda.astrology.map;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import java.util.Objects;

/**
 * Two bodies on angles at the same sidereal moment: the latitude where that happens, and the place
 * on it where it happened at the moment of the map.
 *
 * @param latitudeDeg geographic latitude, degrees, −90 to 90
 * @param longitudeDeg geographic longitude at the moment of the map, degrees east, [−180, 180)
 * @param siderealTimeDeg local sidereal time of the meeting, degrees, [0, 360)
 */
public record Paran(
    Body first,
    Angle firstAngle,
    Body second,
    Angle secondAngle,
    double latitudeDeg,
    double longitudeDeg,
    double siderealTimeDeg) {

  private static final double HALF_DISTANCE_DEG = 2.5;

  /** Checks that the place is one. */
  public Paran {
    Objects.requireNonNull(first);
    Objects.requireNonNull(firstAngle);
    Objects.requireNonNull(second);
    Objects.requireNonNull(secondAngle);
    if (!(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180)) {
      throw new IllegalArgumentException("No place: " + latitudeDeg + ", " + longitudeDeg);
    }
  }

  /** The place of the meeting at the moment of the map. */
  public Place place() {
    return Place.of(latitudeDeg, longitudeDeg);
  }

  /**
   * How strongly the paran is felt at a place, above 0 and at most 1. A paran belongs to its whole
   * parallel, so only the difference of latitude Δ counts: √(planet × planet) × √(angle × angle) ×
   * 1 / (1 + (Δ / 2.5°)²), with the weights of {@link MapLine#strengthAt}.
   */
  public double strengthAt(Place place) {
    double far = (place.latitudeDeg() - latitudeDeg) / HALF_DISTANCE_DEG;
    double planets = MapLine.weight(first) * MapLine.weight(second);
    double angles = firstAngle.weight() * secondAngle.weight();
    return Math.sqrt(planets * angles) / (1 + far * far);
  }
}

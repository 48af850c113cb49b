package dev.spanda.astrology.house;

import dev.spanda.core.Failure;

/**
 * The four points that place and moment give the ecliptic, all in degrees of ecliptic longitude
 * from 0 (inclusive) to 360.
 *
 * <p>With θ = ARMC, ε = true obliquity and φ = latitude (all spherical astronomy, W. M. Smart,
 * <i>Textbook on Spherical Astronomy</i>, 6th edition, chapter II):
 *
 * <ul>
 *   <li>midheaven = atan2(sin θ, cos θ cos ε);
 *   <li>ascendant = atan2(cos θ, −(sin θ cos ε + tan φ sin ε)). Inside the polar circles, while the
 *       midheaven stands below the horizon, the ecliptic crosses the eastern horizon on the other
 *       side of it; then the opposite point is taken, so that the ascendant always follows the
 *       midheaven by less than 180°;
 *   <li>vertex, the western crossing of the prime vertical = atan2(−cos θ, sin θ cos ε − cot φ sin
 *       ε), turned by 180° within the tropics where that point would lie in the east;
 *   <li>equatorial ascendant = the ascendant for φ = 0.
 * </ul>
 *
 * @param armcDeg right ascension of the midheaven: local apparent sidereal time in degrees
 * @param ascendantDeg the rising degree
 * @param midheavenDeg the culminating degree
 * @param vertexDeg where the ecliptic crosses the prime vertical in the west
 * @param equatorialAscendantDeg the degree that rises on the equator at that moment ("east point")
 */
public record Angles(
    double armcDeg,
    double ascendantDeg,
    double midheavenDeg,
    double vertexDeg,
    double equatorialAscendantDeg) {

  /** Checks that every angle is finite. */
  public Angles {
    if (!Double.isFinite(
        armcDeg + ascendantDeg + midheavenDeg + vertexDeg + equatorialAscendantDeg)) {
      throw new IllegalArgumentException("Angles must be finite");
    }
  }

  /**
   * The angles for a sidereal moment and a latitude.
   *
   * @param armcDeg local apparent sidereal time, degrees, any finite value
   * @param obliquityDeg true obliquity of the ecliptic, degrees, from 0 (exclusive) to 90
   *     (exclusive)
   * @param latitudeDeg geographic latitude, degrees, from −90 to 90
   * @throws Failure INVALID when a value is outside its range
   */
  public static Angles of(double armcDeg, double obliquityDeg, double latitudeDeg) {
    return Sphere.of(armcDeg, obliquityDeg, latitudeDeg).angles();
  }
}

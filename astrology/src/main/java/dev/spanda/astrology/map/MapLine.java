package dev.spanda.astrology.map;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The places where a body stood on one angle at one moment.
 *
 * <p>With α, δ its right ascension and declination and Θ the apparent sidereal time at Greenwich:
 * longitude of the MC line = α − Θ, of the IC line 180° more; at latitude φ, of the ASC line = α −
 * arccos(−tan φ tan δ) − Θ and of the DSC line = α + arccos(−tan φ tan δ) − Θ. Where {@code |tan φ
 * tan δ| > 1} the body neither rises nor sets.
 *
 * @param rightAscensionDeg right ascension of the body, degrees
 * @param declinationDeg declination, degrees, −90 to 90
 * @param siderealTimeDeg apparent sidereal time at Greenwich, degrees
 */
public record MapLine(
    Body body,
    Angle angle,
    double rightAscensionDeg,
    double declinationDeg,
    double siderealTimeDeg) {

  /** Half of {@link #strengthAt} is left at this distance, degrees of a great circle. */
  static final double HALF_DISTANCE_DEG = 10;

  private static final double DEG = Math.PI / 180;

  /** How the meeting of a planet and an angle is judged. */
  public enum Quality {
    /** Helpful. */
    BENEFIC,
    /** Neither. */
    NEUTRAL,
    /** Hard. */
    MALEFIC
  }

  /** Checks that the numbers are finite and the declination in its range. */
  public MapLine {
    Objects.requireNonNull(body);
    Objects.requireNonNull(angle);
    if (!Double.isFinite(rightAscensionDeg + siderealTimeDeg)
        || !(Math.abs(declinationDeg) <= 90)) {
      throw new IllegalArgumentException(
          "right ascension "
              + rightAscensionDeg
              + ", declination "
              + declinationDeg
              + ", sidereal time "
              + siderealTimeDeg);
    }
  }

  /**
   * The geographic longitude of the line, degrees east, [−180, 180); for ASC and DSC empty where
   * the body neither rises nor sets.
   *
   * @param latitudeDeg geographic latitude in degrees, −90 to 90
   */
  public OptionalDouble longitudeAt(double latitudeDeg) {
    double east = rightAscensionDeg - siderealTimeDeg;
    switch (angle) {
      case MC -> {
        return OptionalDouble.of(signed(east));
      }
      case IC -> {
        return OptionalDouble.of(signed(east + 180));
      }
      default -> {
        double cos = -Math.tan(latitudeDeg * DEG) * Math.tan(declinationDeg * DEG);
        if (!(Math.abs(cos) <= 1)) {
          return OptionalDouble.empty();
        }
        double arc = Math.acos(cos) / DEG;
        return OptionalDouble.of(signed(angle == Angle.ASC ? east - arc : east + arc));
      }
    }
  }

  /**
   * The latitude, in degrees, beyond which this line does not reach, north and south: 90° − |δ| for
   * ASC and DSC, 90 for MC and IC.
   */
  public double latitudeLimitDeg() {
    return angle.meridian() ? 90 : 90 - Math.abs(declinationDeg);
  }

  /**
   * The distance of a place from the line, in degrees of a great circle on a sphere, 0 to 90: to
   * the nearest point of the half circle that the line is.
   */
  public double distanceDeg(Place place) {
    double zenith = signed(rightAscensionDeg - siderealTimeDeg);
    double hour = (place.longitudeDeg() - zenith) * DEG;
    double lat = place.latitudeDeg() * DEG;
    double sinLat = Math.sin(lat);
    double cosLat = Math.cos(lat);
    if (angle.meridian()) {
      double toward = cosLat * Math.cos(hour) * (angle == Angle.MC ? 1 : -1);
      return toward >= 0
          ? Math.asin(Math.min(1, Math.abs(cosLat * Math.sin(hour)))) / DEG
          : 90 - Math.abs(place.latitudeDeg());
    }
    double dec = declinationDeg * DEG;
    double sinAltitude = sinLat * Math.sin(dec) + cosLat * Math.cos(dec) * Math.cos(hour);
    // West of the body's zenith the body is in the east: that half of its horizon is the ASC line.
    double toward = -cosLat * Math.sin(hour) * (angle == Angle.ASC ? 1 : -1);
    if (toward >= 0) {
      return Math.abs(Math.asin(Math.max(-1, Math.min(1, sinAltitude)))) / DEG;
    }
    // The ends of the half circle: on the body's meridian and its opposite, at latitude ±(90° − δ).
    double end = cosLat * Math.cos(hour) * Math.sin(dec) - sinLat * Math.cos(dec);
    return Math.acos(Math.min(1, Math.abs(end))) / DEG;
  }

  /**
   * How strongly the line is felt at a place, above 0 and at most 1: planet × angle × 1 / (1 + (d /
   * 10°)²) with d the {@linkplain #distanceDeg distance} in degrees of a great circle (10° are
   * 1,113 km). Planet: Sun and Moon 1; Mercury, Venus, Mars 0.95; Jupiter, Saturn 0.9; Uranus,
   * Neptune, Pluto 0.85; others 0.75. Angle: {@link Angle#weight()}. The weights are our own
   * choice.
   */
  public double strengthAt(Place place) {
    double far = distanceDeg(place) / HALF_DISTANCE_DEG;
    return weight(body) * angle.weight() / (1 + far * far);
  }

  /**
   * Benefic from +1, malefic from −1, neutral between, for the sum of the planet's nature and its
   * affinity with the angle. Nature: Jupiter, Venus +2; Sun, Moon +½; Uranus, Neptune, Pluto −½;
   * Mars, Saturn −2; others 0. Affinity: Sun on MC and ASC, Moon on IC and ASC, Mercury on ASC +½;
   * Uranus, Neptune and Pluto on IC and DSC −½. The signs follow Ptolemy, <i>Tetrabiblos</i> I.5;
   * the sizes are our own choice.
   */
  public Quality quality() {
    double sum = nature(body) + affinity();
    return sum >= 1 ? Quality.BENEFIC : sum <= -1 ? Quality.MALEFIC : Quality.NEUTRAL;
  }

  /**
   * Places along the line from south to north, evenly spaced on its great circle; longitudes jump
   * where the line crosses the 180th meridian.
   *
   * @param count how many, at least 2
   */
  public List<Place> path(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("A path has at least 2 places; asked for " + count);
    }
    double zenith = rightAscensionDeg - siderealTimeDeg;
    List<Place> places = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double along = -90 + 180.0 * i / (count - 1);
      if (angle.meridian()) {
        places.add(Place.of(along, signed(angle == Angle.MC ? zenith : zenith + 180)));
        continue;
      }
      // One end on the body's own meridian, the middle on the equator, the other end opposite.
      double sin = Math.sin(along * DEG);
      double cos = Math.cos(along * DEG);
      double up = declinationDeg >= 0 ? 1 : -1;
      double northward = sin * Math.cos(declinationDeg * DEG);
      double inward = -sin * up * Math.abs(Math.sin(declinationDeg * DEG));
      double outward = angle == Angle.ASC ? -cos : cos;
      double latitude = Math.asin(Math.max(-1, Math.min(1, northward))) / DEG;
      places.add(Place.of(latitude, signed(zenith + Math.atan2(outward, inward) / DEG)));
    }
    return places;
  }

  static double weight(Body body) {
    return switch (body) {
      case SUN, MOON -> 1;
      case MERCURY, VENUS, MARS -> 0.95;
      case JUPITER, SATURN -> 0.9;
      case URANUS, NEPTUNE, PLUTO -> 0.85;
      default -> 0.75;
    };
  }

  private static double nature(Body body) {
    return switch (body) {
      case JUPITER, VENUS -> 2;
      case SUN, MOON -> 0.5;
      case URANUS, NEPTUNE, PLUTO -> -0.5;
      case MARS, SATURN -> -2;
      default -> 0;
    };
  }

  private double affinity() {
    return switch (body) {
      case SUN -> angle == Angle.MC || angle == Angle.ASC ? 0.5 : 0;
      case MOON -> angle == Angle.IC || angle == Angle.ASC ? 0.5 : 0;
      case MERCURY -> angle == Angle.ASC ? 0.5 : 0;
      case URANUS, NEPTUNE, PLUTO -> angle == Angle.IC || angle == Angle.DSC ? -0.5 : 0;
      default -> 0;
    };
  }

  /** The angle in [−180, 180). */
  static double signed(double degrees) {
    double turned = degrees - 360 * Math.floor((degrees + 180) / 360);
    return turned >= 180 ? -180 : turned;
  }
}

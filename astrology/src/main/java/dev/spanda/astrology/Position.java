package dev.spanda.astrology;

import java.util.Objects;

/**
 * Where a body stands at one instant, how fast it moves, and who says so.
 *
 * <p>The two angles are those of the frame that was asked for: ecliptic longitude and latitude, or
 * right ascension and declination.
 *
 * @param body whose position it is
 * @param longitudeDeg longitude or right ascension, 0 (closed) to 360 (open) degrees
 * @param latitudeDeg latitude or declination, −90 to 90 degrees
 * @param distanceAu distance from the observer, astronomical units
 * @param longitudeSpeedDegPerDay its rate in degrees a day; negative when the body is retrograde
 * @param latitudeSpeedDegPerDay its rate in degrees a day
 * @param distanceSpeedAuPerDay its rate in astronomical units a day; positive when the body recedes
 * @param model which model gave the position
 * @param errorBoundArcsec how far longitude and latitude may lie from JPL DE431, in seconds of arc
 */
public record Position(
    Body body,
    double longitudeDeg,
    double latitudeDeg,
    double distanceAu,
    double longitudeSpeedDegPerDay,
    double latitudeSpeedDegPerDay,
    double distanceSpeedAuPerDay,
    Model model,
    double errorBoundArcsec) {

  /** The model behind a position. */
  public enum Model {
    /** The packed form of JPL DE431 in this library, years 1600 to 2400. */
    DE431_PACK,
    /** The analytical theories VSOP87 (planets) and ELP/MPP02 (Moon), outside the pack. */
    VSOP87_MPP02,
    /** A polynomial of the Moon's mean elements, at any date. */
    MEAN_ELEMENTS
  }

  /** Checks that the references are there and that the numbers are finite. */
  public Position {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(model, "model");
    if (!Double.isFinite(longitudeDeg + latitudeDeg + distanceAu)
        || !Double.isFinite(
            longitudeSpeedDegPerDay + latitudeSpeedDegPerDay + distanceSpeedAuPerDay)) {
      throw new IllegalArgumentException("a position must be finite: " + body);
    }
  }

  /** Whether the body moves backwards in longitude. */
  public boolean retrograde() {
    return longitudeSpeedDegPerDay < 0;
  }

  /** The sign of the zodiac that holds the longitude. */
  public Sign sign() {
    return Sign.of(longitudeDeg);
  }
}

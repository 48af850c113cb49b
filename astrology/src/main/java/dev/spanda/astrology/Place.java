package dev.spanda.astrology;

import dev.spanda.core.Failure;

/**
 * A place on the Earth, in geodetic coordinates of the WGS 84 ellipsoid.
 *
 * @param latitudeDeg −90 to 90 degrees, north positive
 * @param longitudeDeg −180 to 180 degrees, east positive
 * @param elevationM height above the ellipsoid, −12 000 to 100 000 metres
 */
public record Place(double latitudeDeg, double longitudeDeg, double elevationM) {

  /**
   * Checks every component.
   *
   * @throws Failure INVALID, subject latitude, longitude or elevation, when one is out of its range
   *     or not a number
   */
  public Place {
    Failure.requireInRange("latitude", "Latitude", latitudeDeg, -90, 90, "degrees");
    Failure.requireInRange("longitude", "Longitude", longitudeDeg, -180, 180, "degrees");
    Failure.requireInRange("elevation", "Elevation", elevationM, -12_000, 100_000, "metres");
  }

  /**
   * A place at elevation 0.
   *
   * @throws Failure INVALID as the constructor does
   */
  public static Place of(double latitudeDeg, double longitudeDeg) {
    return new Place(latitudeDeg, longitudeDeg, 0);
  }
}

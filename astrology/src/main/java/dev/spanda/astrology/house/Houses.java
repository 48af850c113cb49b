package dev.spanda.astrology.house;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.Objects;

/**
 * Twelve houses in one system, or the fact that the system has none there.
 *
 * <p>Against Swiss Ephemeris 2.10.03 (14 systems, latitudes to 89°, the same ARMC and obliquity)
 * the cusps agree to 1e-10°, those of Placidus to 1e-6°; the tests hold them to 0.005″.
 *
 * <p>Inside the polar circles ({@code |latitude| >= 90° − obliquity}) Placidus and Koch are {@link
 * Undefined}: some degrees of the ecliptic neither rise nor set, so they have no semi-arcs. No
 * other system is put in their place. Regiomontanus, Campanus and Polich-Page keep their tenth cusp
 * above the horizon: while the midheaven is below it, all cusps and the midheaven of {@link
 * #angles()} are the opposite points, and the houses then run against the order of the signs.
 */
public sealed interface Houses {

  /** The system that was asked for; never another one. */
  HouseSystem system();

  /** Ascendant, midheaven, vertex: defined at every latitude. */
  Angles angles();

  /** Houses that exist. Immutable. */
  final class Cusps implements Houses {

    private final HouseSystem system;
    private final Angles angles;
    private final double[] cuspsDeg;

    /**
     * Houses with the given cusps.
     *
     * @param system the system that was asked for
     * @param angles the angles the cusps start from
     * @param cuspsDeg twelve ecliptic longitudes in degrees, [0, 360), cusp 1 first; copied
     */
    public Cusps(HouseSystem system, Angles angles, double[] cuspsDeg) {
      this.system = Objects.requireNonNull(system);
      this.angles = Objects.requireNonNull(angles);
      this.cuspsDeg = cuspsDeg.clone();
      if (cuspsDeg.length != 12) {
        throw new IllegalArgumentException("There are 12 cusps; given " + cuspsDeg.length);
      }
    }

    @Override
    public HouseSystem system() {
      return system;
    }

    @Override
    public Angles angles() {
      return angles;
    }

    /** A copy of the twelve cusps, cusp 1 at index 0. */
    public double[] cuspsDeg() {
      return cuspsDeg.clone();
    }

    /**
     * Longitude of one cusp in degrees.
     *
     * @param house from 1 to 12
     */
    public double cuspDeg(int house) {
      return cuspsDeg[Objects.checkIndex(house - 1, 12)];
    }

    /**
     * The house, from 1 to 12, that holds an ecliptic longitude; a longitude on a cusp belongs to
     * the house that begins there.
     *
     * @param longitudeDeg degrees, any finite value
     */
    public int houseOf(double longitudeDeg) {
      return (int) positionOf(longitudeDeg);
    }

    /**
     * The house with the part of it that lies behind, from 1 (inclusive) to 13: 4.5 is the middle
     * of the fourth house along the ecliptic. A house is the shorter arc between its cusps. Near
     * the poles the cusps of Campanus, Regiomontanus and Polich-Page can stand out of order; there
     * the first house that holds the longitude is taken, or the one with the nearest cusp.
     *
     * @param longitudeDeg degrees, any finite value
     */
    public double positionOf(double longitudeDeg) {
      for (int i = 0; i < 12; i++) {
        double width = signed(cuspsDeg[(i + 1) % 12] - cuspsDeg[i]);
        double behind = signed(longitudeDeg - cuspsDeg[i]);
        double part = behind / width;
        if (part >= 0 && part < 1) {
          return i + 1 + part;
        }
      }
      // Only near the poles, where the cusps of a few systems leave a part of the ecliptic out.
      return nearest(longitudeDeg);
    }

    private double nearest(double longitudeDeg) {
      int best = 0;
      for (int i = 1; i < 12; i++) {
        if (Math.abs(signed(longitudeDeg - cuspsDeg[i]))
            < Math.abs(signed(longitudeDeg - cuspsDeg[best]))) {
          best = i;
        }
      }
      return best + 1;
    }

    private static double signed(double degrees) {
      double turned = Sphere.turn(degrees);
      return turned > 180 ? turned - 360 : turned;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Cusps that
          && system == that.system
          && angles.equals(that.angles)
          && Arrays.equals(cuspsDeg, that.cuspsDeg);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(system, angles) + Arrays.hashCode(cuspsDeg);
    }

    @Override
    public String toString() {
      return "Cusps[" + system + ", " + angles + ", " + Arrays.toString(cuspsDeg) + "]";
    }
  }

  /**
   * The system has no houses at this latitude; the angles are still there.
   *
   * @param reason a sentence that says why, with the latitude
   */
  record Undefined(HouseSystem system, Angles angles, String reason) implements Houses {

    /** Checks that nothing is missing. */
    public Undefined {
      Objects.requireNonNull(system);
      Objects.requireNonNull(angles);
      Objects.requireNonNull(reason);
    }
  }

  /**
   * The houses of a system for a sidereal moment and a latitude.
   *
   * @param armcDeg local apparent sidereal time (right ascension of the midheaven), degrees
   * @param obliquityDeg true obliquity of the ecliptic, degrees, from 0 to 90, both exclusive
   * @param latitudeDeg geographic latitude, degrees, from −90 to 90
   * @return {@link Cusps}, or {@link Undefined} for Placidus and Koch inside the polar circles
   * @throws Failure INVALID when a number is outside its range
   */
  static Houses of(HouseSystem system, double armcDeg, double obliquityDeg, double latitudeDeg) {
    Objects.requireNonNull(system);
    Sphere sphere = Sphere.of(armcDeg, obliquityDeg, latitudeDeg);
    if (sphere.polar && (system == HouseSystem.PLACIDUS || system == HouseSystem.KOCH)) {
      return new Undefined(
          system,
          sphere.angles(),
          system.label()
              + " houses do not exist inside the polar circles (latitude "
              + latitudeDeg
              + " degrees)");
    }
    double[] cusps = new double[12];
    boolean opposite = Division.into(system, sphere, cusps);
    Angles angles = sphere.angles();
    if (opposite) {
      angles =
          new Angles(
              angles.armcDeg(),
              angles.ascendantDeg(),
              Sphere.turn(angles.midheavenDeg() + 180),
              angles.vertexDeg(),
              angles.equatorialAscendantDeg());
    }
    return new Cusps(system, angles, cusps);
  }
}

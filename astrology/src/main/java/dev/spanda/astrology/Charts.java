package dev.spanda.astrology;

import dev.spanda.astrology.aspect.AspectFinder;
import dev.spanda.astrology.aspect.Orbs;
import dev.spanda.astrology.ephemeris.Orientation;
import dev.spanda.astrology.event.Almanac;
import dev.spanda.astrology.house.HouseSystem;
import dev.spanda.astrology.house.Houses;
import dev.spanda.astrology.house.Sect;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Casts {@link Chart}s: positions of chosen bodies, houses and aspects for a moment and a place.
 *
 * <p>{@link #standard()} takes Sun to Pluto, Chiron and the true node, Placidus houses and the
 * standard orbs. Immutable and thread-safe.
 */
public final class Charts {

  private static final double DEG = Math.PI / 180;

  private final Almanac almanac;
  private final List<Body> bodies;
  private final HouseSystem system;
  private final AspectFinder finder;

  private Charts(Almanac almanac, List<Body> bodies, HouseSystem system, AspectFinder finder) {
    this.almanac = Objects.requireNonNull(almanac);
    this.bodies = List.copyOf(bodies);
    this.system = Objects.requireNonNull(system);
    this.finder = finder;
  }

  /** Twelve bodies, Placidus, standard orbs. */
  public static Charts standard() {
    return new Charts(
        Almanac.standard(),
        List.of(
            Body.SUN,
            Body.MOON,
            Body.MERCURY,
            Body.VENUS,
            Body.MARS,
            Body.JUPITER,
            Body.SATURN,
            Body.URANUS,
            Body.NEPTUNE,
            Body.PLUTO,
            Body.CHIRON,
            Body.TRUE_NODE),
        HouseSystem.PLACIDUS,
        new AspectFinder(Orbs.standard()));
  }

  /** A copy on another almanac. */
  public Charts with(Almanac other) {
    return new Charts(other, bodies, system, finder);
  }

  /** A copy with other bodies, each once. */
  public Charts withBodies(List<Body> other) {
    if (other.stream().distinct().count() != other.size()) {
      throw new IllegalArgumentException("a body is given twice: " + other);
    }
    return new Charts(almanac, other, system, finder);
  }

  /** A copy with another house system. */
  public Charts withHouses(HouseSystem other) {
    return new Charts(almanac, bodies, other, finder);
  }

  /** A copy with other orbs. */
  public Charts withOrbs(Orbs orbs) {
    return new Charts(almanac, bodies, system, new AspectFinder(orbs));
  }

  /** The chart of a moment at a place. */
  public Chart at(Instant moment, Place place) {
    return of(almanac.jdUt1(moment), almanac.jdTt(moment), place);
  }

  /**
   * The chart of a moment given in Julian days of UT1 and TT, which are not checked against each
   * other.
   */
  public Chart of(double jdUt1, double jdTt, Place place) {
    List<Position> positions = almanac.positions(bodies, jdTt);
    Orientation earth = almanac.orientation(jdUt1);
    double obliquity = earth.trueObliquityDeg();
    double armc = earth.siderealTimeDeg() + place.longitudeDeg();
    Houses houses = Houses.of(system, armc, obliquity, place.latitudeDeg());
    Sect sect = sect(positions, jdTt, armc, obliquity, houses, place);
    return new Chart(place, positions, houses, sect, finder.find(positions));
  }

  private Sect sect(
      List<Position> positions,
      double jdTt,
      double armc,
      double obliquity,
      Houses houses,
      Place place) {
    double longitude = sunLongitude(positions, jdTt);
    if (Math.abs(place.latitudeDeg()) < 90 - obliquity) {
      // The half of the ecliptic that ends with the ascendant is the one above the horizon.
      double past = longitude - houses.angles().ascendantDeg();
      return past - 360 * Math.floor(past / 360) >= 180 ? Sect.DAY : Sect.NIGHT;
    }
    double sin = Math.sin(longitude * DEG);
    double x = Math.cos(longitude * DEG);
    double y = sin * Math.cos(obliquity * DEG);
    double z = sin * Math.sin(obliquity * DEG);
    double lat = place.latitudeDeg() * DEG;
    double sinAltitude =
        Math.sin(lat) * z + Math.cos(lat) * (x * Math.cos(armc * DEG) + y * Math.sin(armc * DEG));
    return Sect.of(Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, sinAltitude)))));
  }

  private double sunLongitude(List<Position> positions, double jdTt) {
    for (Position position : positions) {
      if (position.body() == Body.SUN) {
        return position.longitudeDeg();
      }
    }
    double[] sun = new double[6];
    almanac.ecliptic(Body.SUN, jdTt, sun);
    return sun[0];
  }
}

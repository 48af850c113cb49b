package dev.spanda.astrology.event;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.ephemeris.Axes;
import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.astrology.ephemeris.Orientation;
import dev.spanda.astrology.time.DeltaT;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.astrology.time.TimeScale;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The sky as searches ask for it: apparent geocentric places and the scales of time together.
 *
 * <p>Longitudes belong to the tropical zodiac (true ecliptic and equinox of date); times are {@link
 * Instant}s (UTC) for people and Julian days of TT or UT1 for arithmetic. Immutable and
 * thread-safe.
 */
public final class Almanac {

  private static final Almanac STANDARD = new Almanac();
  private static final double DEG = Math.PI / 180;
  private static final double DAY = 86_400;

  private final Ephemeris ecliptic = Ephemeris.standard();
  private final Ephemeris equator = Ephemeris.standard().withAxes(Axes.EQUATOR_OF_DATE);

  private Almanac() {}

  /** The one almanac there is, on {@link Ephemeris#standard()}. */
  public static Almanac standard() {
    return STANDARD;
  }

  /**
   * Apparent place on the ecliptic of date.
   *
   * @param jdTt Julian day, TT
   * @param out receives longitude and latitude in degrees, distance in au, and their three rates a
   *     day; length at least 6
   */
  public void ecliptic(Body body, double jdTt, double[] out) {
    ecliptic.into(body, jdTt, out);
  }

  /**
   * Apparent place on the true equator of date, as a vector.
   *
   * @param jdTt Julian day, TT
   * @param out receives x toward the true equinox, y, and z toward the north pole, au; length at
   *     least 6, the rest is used for scratch
   */
  public void equatorial(Body body, double jdTt, double[] out) {
    equator.into(body, jdTt, out);
    double ra = out[0] * DEG;
    double dec = out[1] * DEG;
    double flat = out[2] * Math.cos(dec);
    double z = out[2] * Math.sin(dec);
    out[0] = flat * Math.cos(ra);
    out[1] = flat * Math.sin(ra);
    out[2] = z;
  }

  /** Apparent positions of several bodies at one moment, in the order given. */
  public List<Position> positions(List<Body> bodies, Instant at) {
    return positions(bodies, jdTt(at));
  }

  /** The same for a Julian day of TT. */
  public List<Position> positions(List<Body> bodies, double jdTt) {
    JulianDate date = JulianDate.tt(jdTt);
    List<Position> positions = new ArrayList<>(bodies.size());
    for (Body body : bodies) {
      positions.add(ecliptic.position(body, date));
    }
    return positions;
  }

  /** Obliquity, nutation and sidereal time at a Julian day of UT1. */
  public Orientation orientation(double jdUt1) {
    return Ephemeris.orientation(JulianDate.ut1(jdUt1));
  }

  /** Apparent sidereal time at Greenwich, degrees from 0 (inclusive) to 360. */
  public double siderealDeg(double jdUt1) {
    return orientation(jdUt1).siderealTimeDeg();
  }

  /** True obliquity of the ecliptic of date, degrees. */
  public double obliquityDeg(double jdTt) {
    return Ephemeris.orientation(JulianDate.tt(jdTt)).trueObliquityDeg();
  }

  /** Julian day of TT for one of UT1. */
  public double ttFromUt(double jdUt1) {
    return jdUt1 + DeltaT.seconds(jdUt1) / DAY;
  }

  /** Julian day of UT1 for one of TT. */
  public double utFromTt(double jdTt) {
    double near = jdTt - DeltaT.seconds(jdTt) / DAY;
    return jdTt - DeltaT.seconds(near) / DAY;
  }

  /** Julian day of TT of a moment. */
  public double jdTt(Instant at) {
    return JulianDate.of(at).to(TimeScale.TT).day();
  }

  /** Julian day of UT1 of a moment. */
  public double jdUt1(Instant at) {
    return JulianDate.of(at).to(TimeScale.UT1).day();
  }

  /** The moment of a Julian day of TT. */
  public Instant fromTt(double jdTt) {
    return JulianDate.tt(jdTt).toInstant();
  }

  /** The moment of a Julian day of UT1. */
  public Instant fromUt1(double jdUt1) {
    return JulianDate.ut1(jdUt1).toInstant();
  }
}

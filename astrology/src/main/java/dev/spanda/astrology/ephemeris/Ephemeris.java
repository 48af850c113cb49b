package dev.spanda.astrology.ephemeris;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.time.DeltaT;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.astrology.time.TimeScale;
import dev.spanda.core.Failure;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Positions of bodies: between the years 1600 and 2400 by JPL DE431, from −2999 to 4999 by the
 * analytical theories VSOP87 and ELP/MPP02. Every position says which of the two gave it and how
 * far it may be off.
 *
 * <p>An ephemeris is a fixed choice of observer, light and axes; {@code with…} gives another. The
 * defaults are: seen from the centre of the Earth, apparent, ecliptic and true equinox of date,
 * tropical.
 *
 * <pre>{@code
 * Position moon = Ephemeris.standard().position(Body.MOON, JulianDate.of(Instant.EPOCH));
 * }</pre>
 *
 * <p>Accuracy, against the Swiss Ephemeris run on the DE431 files: 0.0005″ and 1e-8 au for the Sun,
 * the Moon and the planets, 0.001″ for minor planets, 0.01″ for the true node, 0.05″ for the
 * osculating apogee. A planet behind the disc of the Sun is given with the deflection of a point
 * mass, which no eye will check. DE431 itself lies 0.003″ (Sun), 0.3″ (Neptune) from its successor
 * DE441. The speeds are the derivatives of the angles as they are given, precession and nutation
 * included.
 *
 * <p>Outside the pack Pluto and the minor planets are refused; the others are as good as the
 * theories are: near the pack 0.4″ for the Sun, 1.2″ for the Moon, 22″ for Uranus, and worse with
 * the millennia ({@link #errorBoundArcsec(Body, JulianDate)}). At the two edges a position jumps by
 * that difference, 0.2″ for the Sun, 0.27″ for the Moon, 6.5″ for Neptune at most. Such an answer
 * takes about 0.6 ms for the first body of an instant and little for the others. The uncertainty of
 * ΔT, which civil time so far away suffers from, comes on top.
 *
 * <p>Seen from a place, the observer is turned with the true equator and apparent sidereal time.
 * The Swiss Ephemeris turns him with the mean equator and mean sidereal time; left without
 * nutation, he stands up to 0.5 km elsewhere, which moves the Moon by up to 0.25″. With that choice
 * made here too, the two agree to 0.0005″ given the same ΔT; as it is, the place agrees with the
 * IAU's SOFA routines to 0.1 m. From the Sun's centre, light-time is counted from the body to the
 * Sun; the Swiss Ephemeris counts it to the barycentre, which moves Mars by up to 0.1″ and Mercury
 * by up to 1″; geometric heliocentric positions agree to 1e-8 degrees.
 *
 * <p>The method: light-time, deflection by the Sun and relativistic aberration in the ICRS (after
 * S. Klioner, AJ 125 (2003), 1580, to the order that 0.0001″ asks for), precession of Vondrák,
 * Capitaine and Wallace (2011), nutation IAU 2000B. TT stands for TDB: the difference of 0.0017 s
 * moves the Moon by 0.0009″.
 *
 * <p>Immutable and safe for use by many threads at once. Each thread keeps about two kilobytes of
 * scratch. The pack, 2.9 MB, the tables of the theories, 0.7 MB, and a table of nutation are
 * shared; they grow as their pieces are first asked for, to about 25 MB when every week of the
 * eight centuries has been asked. No result depends on an earlier question.
 */
public final class Ephemeris {

  /** The first Julian date, TT: 1 January 1600. */
  public static final double FIRST_DAY = Pack.FIRST_DAY;

  /** The last Julian date, TT: 1 January 2400. */
  public static final double LAST_DAY = Pack.LAST_DAY;

  /** The first Julian date, TT, of the theories before the pack: 1 January of the year −2999. */
  public static final double EARLIEST_DAY = Theory.FIRST_DAY;

  /** The last Julian date, TT, of the theories after the pack: 1 January 5000. */
  public static final double LATEST_DAY = Theory.LAST_DAY;

  private static final Precession PRECESSION = new Precession();
  private static final Nutation NUTATION = new Nutation();
  private static final ThreadLocal<Sky> SKIES =
      ThreadLocal.withInitial(() -> new Sky(PRECESSION, NUTATION));
  private static final Ephemeris STANDARD =
      new Ephemeris(Centre.GEOCENTRE, Light.APPARENT, Axes.ECLIPTIC_OF_DATE, null, null);

  private final Centre centre;
  private final Light light;
  private final Axes axes;
  private final @Nullable Place place;
  private final @Nullable Ayanamsa ayanamsa;

  private Ephemeris(
      Centre centre, Light light, Axes axes, @Nullable Place place, @Nullable Ayanamsa ayanamsa) {
    this.centre = centre;
    this.light = light;
    this.axes = axes;
    this.place = place;
    this.ayanamsa = ayanamsa;
  }

  /** Geocentric, apparent, ecliptic of date, tropical. */
  public static Ephemeris standard() {
    return STANDARD;
  }

  /**
   * A copy seen from elsewhere.
   *
   * @throws IllegalArgumentException for {@link Centre#TOPOCENTRE}: that needs {@link #withPlace}
   */
  public Ephemeris withCentre(Centre other) {
    if (other == Centre.TOPOCENTRE) {
      throw new IllegalArgumentException("a topocentric ephemeris needs a place");
    }
    return new Ephemeris(Objects.requireNonNull(other, "centre"), light, axes, null, ayanamsa);
  }

  /** A copy seen from a place on the Earth, with its parallax and diurnal aberration. */
  public Ephemeris withPlace(Place where) {
    Objects.requireNonNull(where, "place");
    return new Ephemeris(Centre.TOPOCENTRE, light, axes, where, ayanamsa);
  }

  /** A copy with another treatment of light. */
  public Ephemeris withLight(Light other) {
    return new Ephemeris(centre, Objects.requireNonNull(other, "light"), axes, place, ayanamsa);
  }

  /** A copy in other axes, tropical. */
  public Ephemeris withAxes(Axes other) {
    return new Ephemeris(centre, light, Objects.requireNonNull(other, "axes"), place, null);
  }

  /** A copy in the sidereal zodiac, on the ecliptic of date. */
  public Ephemeris withAyanamsa(Ayanamsa other) {
    Objects.requireNonNull(other, "ayanamsa");
    return new Ephemeris(centre, light, Axes.ECLIPTIC_OF_DATE, place, other);
  }

  /** Where the observer stands. */
  public Centre centre() {
    return centre;
  }

  /** What is made of the light's way. */
  public Light light() {
    return light;
  }

  /** Plane and zero point of the angles. */
  public Axes axes() {
    return axes;
  }

  /** The place of a topocentric ephemeris. */
  public Optional<Place> place() {
    return Optional.ofNullable(place);
  }

  /** The zero point of a sidereal ephemeris; empty when it is tropical. */
  public Optional<Ayanamsa> ayanamsa() {
    return Optional.ofNullable(ayanamsa);
  }

  @Nullable Place placeOrNull() {
    return place;
  }

  @Nullable Ayanamsa ayanamsaOrNull() {
    return ayanamsa;
  }

  /**
   * The position of a body.
   *
   * @throws Failure INVALID, subject {@code date}, outside the years −2999 to 4999, and for Pluto
   *     and the minor planets outside 1600 to 2400; INVALID, subject {@code body}, for a body that
   *     this observer cannot see: the Earth from itself, the Sun from itself, a lunar point from
   *     anywhere but the centre of the Earth or in axes other than those of date
   */
  public Position position(Body body, JulianDate date) {
    double dayTt = date.to(TimeScale.TT).day();
    double[] six = SKIES.get().six;
    into(body, dayTt, six);
    boolean packed = Pack.covers(dayTt);
    Position.Model model =
        body == Body.MEAN_NODE || body == Body.MEAN_LILITH
            ? Position.Model.MEAN_ELEMENTS
            : packed ? Position.Model.DE431_PACK : Position.Model.VSOP87_MPP02;
    double bound = packed ? errorBoundArcsec(body) : TheoryBounds.arcsec(body, dayTt);
    if (!packed && centre == Centre.BARYCENTRE) {
      bound += TheoryBounds.barycentreArcsec(dayTt, six[2]);
    }
    if (!packed && ayanamsa != null) {
      bound += TheoryBounds.AYANAMSA_ARCSEC;
    }
    return new Position(body, six[0], six[1], six[2], six[3], six[4], six[5], model, bound);
  }

  /**
   * The same without allocation.
   *
   * @param dayTt Julian date in TT, 625673.5 to 3547272.5
   * @param six receives longitude and latitude in degrees, distance in au and their rates a day
   * @throws Failure as {@link #position}
   */
  public void into(Body body, double dayTt, double[] six) {
    check(body, dayTt);
    SKIES.get().position(body, this, dayTt, six);
  }

  /** How far longitude and latitude may lie from DE431 between 1600 and 2400, in seconds of arc. */
  public static double errorBoundArcsec(Body body) {
    return switch (body.kind()) {
      case LUMINARY, PLANET -> 0.001;
      case MINOR_PLANET -> 0.002;
      case LUNAR_POINT ->
          body == Body.TRUE_NODE ? 0.01 : body == Body.OSCULATING_LILITH ? 0.05 : 0.001;
    };
  }

  /**
   * How far longitude and latitude, from the Earth or the Sun, may lie from DE431 at a date, in
   * seconds of arc; for the mean node and apogee, from the reference tables.
   *
   * <p>Outside the pack: the largest difference found on a grid of 30 000 instants against the
   * Swiss Ephemeris run on the DE431 files, millennium by millennium, and a tenth more. A sidereal
   * zodiac adds 5″ to what {@link #position} reports, the barycentre the error of its own place.
   *
   * @throws Failure as {@link #position}
   */
  public static double errorBoundArcsec(Body body, JulianDate date) {
    double dayTt = date.to(TimeScale.TT).day();
    check(body, dayTt);
    return Pack.covers(dayTt) ? errorBoundArcsec(body) : TheoryBounds.arcsec(body, dayTt);
  }

  /**
   * The arc from the true equinox of date to the zero point of a sidereal zodiac, in degrees: what
   * is taken from a tropical longitude. Against the reference tables 0.006″ between the years 1600
   * and 2400, 5″ outside.
   *
   * @throws Failure INVALID, subject {@code date}, outside the years −2999 to 4999
   */
  public static double ayanamsaDeg(Ayanamsa which, JulianDate date) {
    double dayTt = date.to(TimeScale.TT).day();
    check(Body.SUN, dayTt);
    Sky sky = SKIES.get();
    double[] pair = new double[2];
    sky.ayanamsa(which, dayTt, pair);
    double[] nutation = new double[4];
    NUTATION.into(dayTt, nutation);
    return pair[0] + Math.toDegrees(nutation[0]);
  }

  private static void check(Body body, double dayTt) {
    if (Pack.covers(dayTt)) {
      return;
    }
    if (!(dayTt >= EARLIEST_DAY && dayTt <= LATEST_DAY)) {
      throw outside(
          "No model gives "
              + body.label()
              + " at Julian date "
              + dayTt
              + " TT; allowed are 625673.5 to 3547272.5 (years -2999 to 4999)",
          dayTt,
          EARLIEST_DAY,
          LATEST_DAY);
    }
    if (body == Body.PLUTO || body.kind() == Body.Kind.MINOR_PLANET) {
      throw outside(
          "Only the ephemeris pack gives "
              + body.label()
              + ": Julian date "
              + dayTt
              + " TT is outside its range of 2305447.5 to 2597641.5 (years 1600 to 2399)",
          dayTt,
          FIRST_DAY,
          LAST_DAY);
    }
  }

  private static Failure outside(String message, double dayTt, double first, double last) {
    return Failure.of(Failure.Reason.INVALID, "date", message)
        .with(Failure.PROVIDED_VALUE, Double.isFinite(dayTt) ? dayTt : Double.toString(dayTt))
        .with(Failure.MIN_VALUE, first)
        .with(Failure.MAX_VALUE, last);
  }

  /**
   * Obliquity, nutation and sidereal time. Accuracy against the reference tables: 0.00003″ for the
   * obliquity and nutation, 0.002″ for sidereal time given in UT1.
   */
  public static Orientation orientation(JulianDate date) {
    return orientation(date.to(TimeScale.UT1).day(), date.to(TimeScale.TT).day());
  }

  private static Orientation orientation(double dayUt1, double dayTt) {
    double[] nutation = new double[4];
    NUTATION.into(dayTt, nutation);
    double[] turn = new double[Precession.LENGTH];
    PRECESSION.into(dayTt, turn);
    double trueObliquity = turn[18] + nutation[1];
    double sidereal =
        Math.toDegrees(SiderealTime.apparent(dayUt1, dayTt, nutation[0], trueObliquity, turn))
            % 360;
    return new Orientation(
        Math.toDegrees(turn[18]),
        Math.toDegrees(trueObliquity),
        Math.toDegrees(nutation[0]),
        Math.toDegrees(nutation[1]),
        sidereal < 0 ? sidereal + 360 : sidereal);
  }

  static double ut1(double dayTt) {
    double first = dayTt - DeltaT.seconds(dayTt) / 86400;
    return dayTt - DeltaT.seconds(first) / 86400;
  }
}

package dev.spanda.astrology.event;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Sign;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds what bodies do along the ecliptic: enter signs, stand still, come to a degree.
 *
 * <p>Apparent geocentric longitudes in the tropical zodiac. Against Swiss Ephemeris 2.10.03:
 * ingresses within 0.5 s (Uranus, Neptune and Pluto 5 s), stations within a minute (Neptune two,
 * Pluto five) and 0.002″: where a body stands still its longitude tells the time only weakly, and
 * 1e-6°/day of speed are five minutes for Pluto. Immutable and thread-safe.
 */
public final class ZodiacEvents {

  /** The longest stretch searched at once. */
  public static final Duration LONGEST = Duration.ofDays(366 * 200);

  private final Almanac almanac;

  /** A finder on the standard almanac. */
  public ZodiacEvents() {
    this(Almanac.standard());
  }

  /** A finder on an almanac. */
  public ZodiacEvents(Almanac almanac) {
    this.almanac = Objects.requireNonNull(almanac);
  }

  /**
   * Every entry of a body into a sign, in order of time; a retrograde body that goes back over a
   * boundary enters the sign before it.
   *
   * @throws Failure INVALID when the stretch is negative or longer than {@link #LONGEST}
   */
  public List<SkyEvent.Ingress> ingresses(Body body, Instant from, Instant to) {
    requireStretch(from, to);
    return entries(body, from, to, false);
  }

  /**
   * The next entry of a body into a sign; empty when it enters none within 20 years, longer than
   * Uranus, Neptune and Pluto need for most signs.
   */
  public Optional<SkyEvent.Ingress> nextIngress(Body body, Instant after) {
    return entries(body, after, after.plus(Duration.ofDays(7305)), true).stream().findFirst();
  }

  private List<SkyEvent.Ingress> entries(Body body, Instant from, Instant to, boolean firstOnly) {
    List<SkyEvent.Ingress> found = new ArrayList<>();
    walk(
        body,
        from,
        to,
        30,
        0,
        new Longitudes.Visitor() {
          @Override
          public boolean crossing(double time, double gridDeg, boolean direct) {
            found.add(ingress(body, time, gridDeg, direct));
            return !firstOnly;
          }

          @Override
          public boolean station(double time, boolean retrogradeFollows) {
            return true;
          }
        });
    return found;
  }

  /**
   * Every moment at which a body stands still in longitude, in order of time. Sun and Moon have
   * none.
   *
   * @throws Failure INVALID when the stretch is negative or longer than {@link #LONGEST}
   */
  public List<SkyEvent.Station> stations(Body body, Instant from, Instant to) {
    requireStretch(from, to);
    List<SkyEvent.Station> found = new ArrayList<>();
    double[] place = new double[6];
    walk(
        body,
        from,
        to,
        360,
        0,
        new Longitudes.Visitor() {
          @Override
          public boolean crossing(double time, double gridDeg, boolean direct) {
            return true;
          }

          @Override
          public boolean station(double time, boolean retrogradeFollows) {
            almanac.ecliptic(body, time, place);
            found.add(
                new SkyEvent.Station(almanac.fromTt(time), body, place[0], retrogradeFollows));
            return true;
          }
        });
    return found;
  }

  /**
   * Every moment at which a body comes to a degree of the ecliptic, such as that of its return.
   *
   * @param longitudeDeg degrees, finite
   * @throws Failure INVALID when the stretch is negative or longer than {@link #LONGEST}
   */
  public List<Instant> passages(Body body, double longitudeDeg, Instant from, Instant to) {
    requireStretch(from, to);
    if (!Double.isFinite(longitudeDeg)) {
      throw Failure.invalid(
          "longitude", Double.toString(longitudeDeg), "Longitude must be finite, in degrees");
    }
    List<Instant> found = new ArrayList<>();
    walk(
        body,
        from,
        to,
        360,
        Longitudes.turn(longitudeDeg),
        new Longitudes.Visitor() {
          @Override
          public boolean crossing(double time, double gridDeg, boolean direct) {
            found.add(almanac.fromTt(time));
            return true;
          }

          @Override
          public boolean station(double time, boolean retrogradeFollows) {
            return true;
          }
        });
    return found;
  }

  private SkyEvent.Ingress ingress(Body body, double time, double gridDeg, boolean direct) {
    Sign sign = Sign.of(direct ? gridDeg + 15 : gridDeg - 15);
    return new SkyEvent.Ingress(almanac.fromTt(time), body, sign, direct);
  }

  private void walk(
      Body body, Instant from, Instant to, double grid, double offset, Longitudes.Visitor visitor) {
    Longitudes.walk(almanac, body, almanac.jdTt(from), almanac.jdTt(to), grid, offset, visitor);
  }

  private static void requireStretch(Instant from, Instant to) {
    if (to.isBefore(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw Failure.invalid(
          "to",
          to.toString(),
          "The end must be within " + LONGEST.toDays() + " days after the start");
    }
  }
}

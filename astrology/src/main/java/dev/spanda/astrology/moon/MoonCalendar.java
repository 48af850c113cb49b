package dev.spanda.astrology.moon;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Sign;
import dev.spanda.astrology.aspect.AspectKind;
import dev.spanda.astrology.event.Almanac;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds phases of the Moon and the hours it is void of course.
 *
 * <p>All from apparent geocentric longitudes. Against Swiss Ephemeris 2.10.03: phases and the
 * starts and ends of void of course within 0.5 s, the lit part within 2e-6, the elongation within
 * 2e-6°, the distance within 0.02 km. Immutable and thread-safe.
 */
public final class MoonCalendar {

  private static final double AU_KM = 149_597_870.7;

  /** Mean motion of the elongation, degrees a day (J. Meeus, ch. 47). */
  private static final double ELONGATION_SPEED = 12.190749;

  /** Mean motion of the Moon, degrees a day (the same). */
  private static final double MOON_SPEED = 13.176358;

  private static final double[] ASPECTS = {0, 60, 90, 120, 180, 240, 270, 300};
  private static final AspectKind[] KINDS = {
    AspectKind.CONJUNCTION,
    AspectKind.SEXTILE,
    AspectKind.SQUARE,
    AspectKind.TRINE,
    AspectKind.OPPOSITION,
    AspectKind.TRINE,
    AspectKind.SQUARE,
    AspectKind.SEXTILE
  };

  private final Almanac almanac;

  /** A calendar on the standard almanac. */
  public MoonCalendar() {
    this(Almanac.standard());
  }

  /** A calendar on an almanac. */
  public MoonCalendar(Almanac almanac) {
    this.almanac = Objects.requireNonNull(almanac);
  }

  /**
   * Phase, illumination, age and the next new and full Moon.
   *
   * <p>The lit part is (1 + cos i) / 2 with the phase angle i from tan i = R sin ψ / (Δ − R cos ψ),
   * ψ the elongation on the sphere, R and Δ the distances of Sun and Moon (J. Meeus,
   * <i>Astronomical Algorithms</i>, 2nd ed., ch. 48).
   */
  public MoonState state(Instant at) {
    double time = almanac.jdTt(at);
    double[] sun = new double[6];
    double[] moon = new double[6];
    almanac.ecliptic(Body.SUN, time, sun);
    almanac.ecliptic(Body.MOON, time, moon);
    double apart = Math.toRadians(moon[0] - sun[0]);
    double latSun = Math.toRadians(sun[1]);
    double latMoon = Math.toRadians(moon[1]);
    double cosElongation =
        Math.sin(latSun) * Math.sin(latMoon)
            + Math.cos(latSun) * Math.cos(latMoon) * Math.cos(apart);
    double sinElongation = Math.sqrt(Math.max(0, 1 - cosElongation * cosElongation));
    double angle = Math.atan2(sun[2] * sinElongation, moon[2] - sun[2] * cosElongation);
    double previous = nextTt(time - 31, 0);
    double following = nextTt(previous + 25, 0);
    // A month is between 29.2 and 29.9 days: at most one more step.
    while (following <= time) {
      previous = following;
      following = nextTt(previous + 25, 0);
    }
    return new MoonState(
        at,
        turn(moon[0] - sun[0]),
        (1 + Math.cos(angle)) / 2,
        moon[2] * AU_KM,
        almanac.fromTt(previous),
        almanac.fromTt(following),
        almanac.fromTt(nextTt(time, 180)));
  }

  /**
   * The first moment after another at which the elongation has the angle of a phase: {@code
   * NEW_MOON} 0°, {@code FIRST_QUARTER} 90°, and so on.
   */
  public Instant next(MoonPhase phase, Instant after) {
    return almanac.fromTt(nextTt(almanac.jdTt(after), phase.elongationDeg()));
  }

  /**
   * The same on Julian days of TT, for any elongation in degrees.
   *
   * @return jd TT, later than {@code jdTt}
   */
  public double nextTt(double jdTt, double elongationDeg) {
    double[] sun = new double[6];
    double[] moon = new double[6];
    almanac.ecliptic(Body.SUN, jdTt, sun);
    almanac.ecliptic(Body.MOON, jdTt, moon);
    double ahead = turn(elongationDeg - (moon[0] - sun[0]));
    double time = jdTt + (ahead == 0 ? 360 : ahead) / ELONGATION_SPEED;
    for (int i = 0; i < 20; i++) {
      almanac.ecliptic(Body.SUN, time, sun);
      almanac.ecliptic(Body.MOON, time, moon);
      double error = signed(moon[0] - sun[0] - elongationDeg);
      double change = error / (moon[3] - sun[3]);
      time -= change;
      if (Math.abs(change) < 1e-6) {
        // Newton squares it: the step after this one would be below a microsecond.
        break;
      }
    }
    return time;
  }

  /**
   * The void of course in which a moment lies, or the next one after it: of the sign the Moon is
   * in. Aspects counted are 0°, 60°, 90°, 120° and 180° to Sun, Mercury, Venus, Mars, Jupiter,
   * Saturn, Uranus, Neptune and Pluto.
   */
  public VoidOfCourse voidOfCourse(Instant at) {
    return voidOfCourse(almanac.jdTt(at));
  }

  /**
   * Every void of course that ends after one moment and starts before another, in order.
   *
   * @throws Failure INVALID when the stretch is negative or longer than 20 years
   */
  public List<VoidOfCourse> voidsOfCourse(Instant from, Instant to) {
    if (to.isBefore(from) || Duration.between(from, to).toDays() > 7305) {
      throw Failure.invalid(
          "to", to.toString(), "The end must be within 7305 days after the start");
    }
    List<VoidOfCourse> found = new ArrayList<>();
    VoidOfCourse next = voidOfCourse(from);
    while (next.start().isBefore(to)) {
      found.add(next);
      next = voidOfCourse(almanac.jdTt(next.end()) + 0.5);
    }
    return found;
  }

  private VoidOfCourse voidOfCourse(double time) {
    double[] moon = new double[6];
    double[] other = new double[6];
    almanac.ecliptic(Body.MOON, time, moon);
    Sign sign = Sign.of(moon[0]);
    double into = Sign.degreesInto(moon[0]);
    double entry = reach(null, sign.startDeg(), time - into / MOON_SPEED);
    double leaving = reach(null, sign.startDeg() + 30, time + (30 - into) / MOON_SPEED);
    almanac.ecliptic(Body.MOON, leaving, moon);
    double last = entry;
    Body lastBody = null;
    AspectKind lastKind = null;
    for (Body body : Body.planets()) {
      if (body == Body.MOON) {
        continue;
      }
      almanac.ecliptic(body, leaving, other);
      double apart = turn(moon[0] - other[0]);
      int i = ASPECTS.length - 1;
      while (ASPECTS[i] > apart) {
        i--;
      }
      double speed = moon[3] - other[3];
      double guess = leaving - (apart - ASPECTS[i]) / speed;
      if (guess < entry - 1) {
        continue;
      }
      double exact = reach(body, ASPECTS[i], guess);
      if (exact > last && exact < leaving) {
        last = exact;
        lastBody = body;
        lastKind = KINDS[i];
      }
    }
    return new VoidOfCourse(
        almanac.fromTt(last),
        almanac.fromTt(leaving),
        sign,
        Optional.ofNullable(lastBody),
        Optional.ofNullable(lastKind));
  }

  /** When the Moon is at an angle from a body, or at a longitude when there is none. */
  private double reach(@Nullable Body body, double wanted, double near) {
    double[] moon = new double[6];
    double[] other = new double[6];
    double time = near;
    for (int i = 0; i < 20; i++) {
      almanac.ecliptic(Body.MOON, time, moon);
      if (body != null) {
        almanac.ecliptic(body, time, other);
      }
      double change = signed(moon[0] - other[0] - wanted) / (moon[3] - other[3]);
      time -= change;
      if (Math.abs(change) < 1e-6) {
        break;
      }
    }
    return time;
  }

  private static double turn(double degrees) {
    double rest = degrees - 360 * Math.floor(degrees / 360);
    return rest >= 360 ? 0 : rest;
  }

  private static double signed(double degrees) {
    return degrees - 360 * Math.floor((degrees + 180) / 360);
  }
}

package dev.spanda.astrology.event;

import dev.spanda.astrology.Body;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the eclipses of Sun and Moon anywhere on Earth: kind and middle.
 *
 * <p>Against Swiss Ephemeris 2.10.03 for 1900–2100 (913 eclipses): all found, none besides, all
 * kinds agree, middles within 5 s. Radii: Sun 696,000 km, Moon 0.272488 equatorial radii of the
 * Earth; the Earth's shadow enlarged by a hundredth of the Earth's radius (Danjon). Immutable and
 * thread-safe.
 */
public final class EclipseFinder {

  /** Mean synodic month, days (J. Meeus, <i>Astronomical Algorithms</i>, 2nd ed., ch. 49). */
  private static final double MONTH = 29.530588861;

  private static final double DAILY = 360 / MONTH;

  /** The longest stretch searched at once. */
  public static final Duration LONGEST = Duration.ofDays(366 * 250);

  private final Almanac almanac;

  /** A finder on the standard almanac. */
  public EclipseFinder() {
    this(Almanac.standard());
  }

  /** A finder on an almanac. */
  public EclipseFinder(Almanac almanac) {
    this.almanac = Objects.requireNonNull(almanac);
  }

  /**
   * All eclipses of a body whose middle lies after one moment and not after another, in order.
   *
   * @param body Sun or Moon
   * @throws Failure INVALID for another body, and when the stretch is negative or longer than
   *     {@link #LONGEST}
   */
  public List<SkyEvent.Eclipse> eclipses(Body body, Instant from, Instant to) {
    if (body != Body.SUN && body != Body.MOON) {
      throw Failure.notAllowed("body", body.label(), List.of(Body.SUN.label(), Body.MOON.label()));
    }
    if (to.isBefore(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw Failure.invalid(
          "to",
          to.toString(),
          "The end must be within " + LONGEST.toDays() + " days after the start");
    }
    double wanted = body == Body.SUN ? 0 : 180;
    double end = almanac.jdTt(to);
    double start = almanac.jdTt(from);
    List<SkyEvent.Eclipse> found = new ArrayList<>();
    Shadows shadows = new Shadows(almanac);
    double[] sun = new double[6];
    double[] moon = new double[6];
    double time = start - 2;
    while (true) {
      time =
          Longitudes.next(
              (t, speed) -> {
                almanac.ecliptic(Body.SUN, t, sun);
                almanac.ecliptic(Body.MOON, t, moon);
                speed[0] = moon[3] - sun[3];
                return moon[0] - sun[0];
              },
              time,
              wanted,
              DAILY);
      if (time > end + 2) {
        return found;
      }
      almanac.ecliptic(Body.MOON, time, moon);
      // Beyond 1.6° of latitude neither shadow reaches.
      if (Math.abs(moon[1]) < 1.65) {
        double middle = middle(shadows, body, time);
        SkyEvent.@Nullable EclipseKind kind =
            body == Body.SUN ? shadows.solar(middle) : shadows.lunar(middle);
        if (kind != null && middle > start && middle <= end) {
          found.add(new SkyEvent.Eclipse(almanac.fromTt(middle), body, kind));
        }
      }
      time += 25;
    }
  }

  private static double middle(Shadows shadows, Body body, double near) {
    return Search.minimum(
        body == Body.SUN ? shadows::separation : shadows::fromAxis, near - 0.1, near + 0.1, 1e-6);
  }
}

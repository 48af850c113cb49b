package dev.spanda.astrology.event;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Finds when a body rises, sets or passes the meridian of a place, and the twilights.
 *
 * <p>The body is seen from the place itself (parallax on the ellipsoid of the IERS Conventions
 * 2010, elevation included; the horizon is that of a plain at the place's own height, without dip).
 * Against Swiss Ephemeris 2.10.03: within 1 s for Sun and Moon at latitudes up to 64°. The search
 * samples the ephemeris four times (the Moon six) in each 28 hours and works on the interpolation,
 * see {@link Limit} for what counts as the horizon. Immutable and thread-safe.
 */
public final class RiseSet {

  /** The longest search: 40 days, more than any body needs to come round. */
  public static final Duration LONGEST = Duration.ofDays(40);

  /** How long {@link #next(Event, Body, Place, Instant)} waits: a day and four hours. */
  public static final Duration DAY = Duration.ofHours(28);

  private static final double BLOCK = 28.0 / 24;

  /** What to wait for. */
  public enum Event {
    /** Passing the limit upward; with the twilights, dawn. */
    RISE,
    /** Passing the limit downward; with the twilights, dusk. */
    SET,
    /** Upper passing of the meridian. */
    TRANSIT,
    /** Lower passing of the meridian. */
    LOWER_TRANSIT
  }

  /** What counts as the horizon: a true (airless) altitude of the limb or of the centre. */
  public enum Limit {
    /**
     * The upper limb of Sun or Moon, the centre of other bodies, at −0.559889°: refraction on the
     * horizon for 1013.25 hPa and 15 °C, 34.46′ · (933.25 / 930) / (1 + 8e-5 · 73.46 · 5), by A. T.
     * Sinclair, <i>NAO Technical Note</i> 59 (1982). Radii: Sun 696,000 km, Moon 1737.5 km.
     */
    UPPER_LIMB(-0.559889),
    /** The centre of the disc on the true horizon, without refraction. */
    CENTRE(0),
    /** Centre at −6°: civil twilight. */
    CIVIL(-6),
    /** Centre at −12°: nautical twilight. */
    NAUTICAL(-12),
    /** Centre at −18°: astronomical twilight. */
    ASTRONOMICAL(-18);

    private final double altitudeDeg;

    Limit(double altitudeDeg) {
      this.altitudeDeg = altitudeDeg;
    }

    /** The true altitude in degrees. */
    public double altitudeDeg() {
      return altitudeDeg;
    }

    double radiusKm(Body body) {
      if (this != UPPER_LIMB) {
        return 0;
      }
      return switch (body) {
        case SUN -> 696_000;
        case MOON -> 1737.5;
        default -> 0;
      };
    }
  }

  private final Almanac almanac;

  /** A finder on the standard almanac. */
  public RiseSet() {
    this(Almanac.standard());
  }

  /** A finder on an almanac. */
  public RiseSet(Almanac almanac) {
    this.almanac = Objects.requireNonNull(almanac);
  }

  /** The first passing of the {@link Limit#UPPER_LIMB} after a moment, within 28 hours. */
  public Passing next(Event event, Body body, Place place, Instant after) {
    return next(event, body, place, after, Limit.UPPER_LIMB, DAY);
  }

  /** The first passing of a limit after a moment, within 28 hours. */
  public Passing next(Event event, Body body, Place place, Instant after, Limit limit) {
    return next(event, body, place, after, limit, DAY);
  }

  /**
   * The first passing after a moment.
   *
   * @param limit the horizon; the meridian does not depend on it
   * @param within how long to search, from 1 minute to {@link #LONGEST}
   * @throws Failure INVALID when {@code within} is outside its range
   */
  public Passing next(
      Event event, Body body, Place place, Instant after, Limit limit, Duration within) {
    if (within.compareTo(Duration.ofMinutes(1)) < 0 || within.compareTo(LONGEST) > 0) {
      throw Failure.invalid(
          "within", within.toString(), "The search must last between PT1M and " + LONGEST);
    }
    double found =
        nextUt1(event, body, place, almanac.jdUt1(after), limit, within.toMillis() / 86_400_000.0);
    if (Double.isFinite(found)) {
      return new Passing.At(almanac.fromUt1(found));
    }
    return new Passing.Never(
        Double.isNaN(found)
            ? Passing.Why.OTHER_DIRECTION_ONLY
            : found > 0 ? Passing.Why.ALWAYS_ABOVE : Passing.Why.ALWAYS_BELOW);
  }

  /**
   * The same on Julian days of UT1, for long tables.
   *
   * @param jdUt1 the moment after which to search
   * @param days how long to search, positive
   * @return jd UT1; −∞ when the body stays below the limit, +∞ when above, NaN when it passes only
   *     in the other direction
   */
  public double nextUt1(
      Event event, Body body, Place place, double jdUt1, Limit limit, double days) {
    if (event == Event.TRANSIT || event == Event.LOWER_TRANSIT) {
      Diurnal way = new Diurnal(almanac, body, place, jdUt1, BLOCK, 0, 0);
      double found = Passages.meridian(way, jdUt1, event == Event.TRANSIT ? 0 : 180);
      return found <= jdUt1 + days ? found : Double.NaN;
    }
    double state = 0;
    for (double done = 0; done < days; done += BLOCK) {
      double span = Math.min(BLOCK, days - done);
      Diurnal way =
          new Diurnal(
              almanac, body, place, jdUt1 + done, span, limit.altitudeDeg(), limit.radiusKm(body));
      double found = Passages.crossing(way, jdUt1 + done, span, event == Event.RISE);
      if (Double.isFinite(found)) {
        return found;
      }
      state = done == 0 || state == found ? found : Double.NaN;
    }
    return state;
  }
}

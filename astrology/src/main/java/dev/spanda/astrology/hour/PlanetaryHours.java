package dev.spanda.astrology.hour;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.event.Almanac;
import dev.spanda.astrology.event.RiseSet;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the planetary day and hour of a moment at a place.
 *
 * <p>The day begins at sunrise (upper limb with refraction, {@link RiseSet.Limit#UPPER_LIMB}); its
 * weekday is that of local mean time at sunrise; its ruler, from Sunday, is Sun, Moon, Mars,
 * Mercury, Jupiter, Venus, Saturn; hours follow in Chaldean order Saturn, Jupiter, Mars, Sun,
 * Venus, Mercury, Moon. Against tables made with Swiss Ephemeris 2.10.03: within 1 s up to 60° of
 * latitude. Immutable and thread-safe.
 */
public final class PlanetaryHours {

  private static final Body[] WEEK = {
    Body.SUN, Body.MOON, Body.MARS, Body.MERCURY, Body.JUPITER, Body.VENUS, Body.SATURN
  };

  private static final double SEARCH_DAYS = 28.0 / 24;

  private final Almanac almanac;
  private final RiseSet riseSet;

  /** Hours on the standard almanac. */
  public PlanetaryHours() {
    this(Almanac.standard());
  }

  /** Hours on an almanac. */
  public PlanetaryHours(Almanac almanac) {
    this.almanac = Objects.requireNonNull(almanac);
    this.riseSet = new RiseSet(almanac);
  }

  /**
   * The planetary day that holds a moment; empty where the Sun does not both rise and set around
   * it, in polar day and night: there are no such hours there.
   */
  public Optional<PlanetaryDay> dayAt(Instant moment, Place place) {
    double now = almanac.jdUt1(moment);
    double sunrise = passing(RiseSet.Event.RISE, place, now - SEARCH_DAYS);
    double next = passing(RiseSet.Event.RISE, place, sunrise + 0.1);
    while (next <= now) {
      sunrise = next;
      next = passing(RiseSet.Event.RISE, place, sunrise + 0.1);
    }
    double sunset = passing(RiseSet.Event.SET, place, sunrise);
    if (!(sunrise <= now && sunrise < sunset && sunset < next && next > now)
        || Double.isInfinite(next)
        || Double.isInfinite(sunrise)) {
      return Optional.empty();
    }
    // Julian days begin at noon, and day 0 was a Monday.
    long weekday =
        Math.floorMod((long) Math.floor(sunrise + place.longitudeDeg() / 360 + 0.5) + 1, 7L);
    return Optional.of(
        new PlanetaryDay(
            WEEK[(int) weekday],
            almanac.fromUt1(sunrise),
            almanac.fromUt1(sunset),
            almanac.fromUt1(next)));
  }

  /** The planetary hour that holds a moment; empty in polar day and night. */
  public Optional<PlanetaryHour> hourAt(Instant moment, Place place) {
    return dayAt(moment, place).map(day -> day.hourAt(moment));
  }

  private double passing(RiseSet.Event event, Place place, double after) {
    if (!Double.isFinite(after)) {
      return Double.NaN;
    }
    return riseSet.nextUt1(event, Body.SUN, place, after, RiseSet.Limit.UPPER_LIMB, SEARCH_DAYS);
  }
}

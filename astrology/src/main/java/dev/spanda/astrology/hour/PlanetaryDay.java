package dev.spanda.astrology.hour;

import dev.spanda.astrology.Body;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * From one sunrise to the next.
 *
 * @param ruler ruler of the weekday, which also rules the first hour
 */
public record PlanetaryDay(Body ruler, Instant sunrise, Instant sunset, Instant nextSunrise) {

  private static final Body[] CHALDEAN = {
    Body.SATURN, Body.JUPITER, Body.MARS, Body.SUN, Body.VENUS, Body.MERCURY, Body.MOON
  };

  /** Checks the ruler and the order of time. */
  public PlanetaryDay {
    Objects.requireNonNull(ruler);
    if (!sunrise.isBefore(sunset) || !sunset.isBefore(nextSunrise)) {
      throw new IllegalArgumentException(sunrise + ", " + sunset + ", " + nextSunrise);
    }
    position(ruler);
  }

  /** The 24 hours in order. */
  public List<PlanetaryHour> hours() {
    List<PlanetaryHour> hours = new ArrayList<>(24);
    int first = position(ruler);
    for (int i = 0; i < 24; i++) {
      hours.add(new PlanetaryHour(i + 1, CHALDEAN[(first + i) % 7], edge(i), edge(i + 1)));
    }
    return hours;
  }

  /**
   * The hour that holds a moment.
   *
   * @throws IllegalArgumentException when the moment is not in this day
   */
  public PlanetaryHour hourAt(Instant moment) {
    for (PlanetaryHour hour : hours()) {
      if (hour.contains(moment)) {
        return hour;
      }
    }
    throw new IllegalArgumentException(
        moment + " is not between " + sunrise + " and " + nextSunrise);
  }

  private Instant edge(int i) {
    return i <= 12 ? part(sunrise, sunset, i) : part(sunset, nextSunrise, i - 12);
  }

  private static Instant part(Instant from, Instant to, int twelfths) {
    if (twelfths == 12) {
      return to;
    }
    long nanos = Duration.between(from, to).toNanos();
    return from.plusNanos(Math.multiplyExact(nanos, (long) twelfths) / 12);
  }

  private static int position(Body ruler) {
    for (int i = 0; i < CHALDEAN.length; i++) {
      if (CHALDEAN[i] == ruler) {
        return i;
      }
    }
    throw new IllegalArgumentException("No day is ruled by " + ruler);
  }
}

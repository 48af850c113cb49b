package dev.spanda.astrology.hour;

import dev.spanda.astrology.Body;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One of the 24 parts of a planetary day.
 *
 * @param number 1 to 12 from sunrise to sunset, 13 to 24 from sunset to the next sunrise
 * @param ruler one of Saturn, Jupiter, Mars, Sun, Venus, Mercury, Moon
 * @param start inclusive
 * @param end exclusive
 */
public record PlanetaryHour(int number, Body ruler, Instant start, Instant end) {

  /** What a planet's hour is said to be. */
  public enum Quality {
    /** Jupiter and Venus. */
    BENEFIC,
    /** Sun, Moon and Mercury. */
    NEUTRAL,
    /** Saturn and Mars. */
    MALEFIC
  }

  /** Checks number and order of time. */
  public PlanetaryHour {
    Objects.requireNonNull(ruler);
    if (number < 1 || number > 24 || !start.isBefore(end)) {
      throw new IllegalArgumentException("hour " + number + " from " + start + " to " + end);
    }
  }

  /** Whether it lies between sunrise and sunset. */
  public boolean day() {
    return number <= 12;
  }

  /** Benefic, neutral or malefic, by the ruler (Ptolemy, <i>Tetrabiblos</i> I.5). */
  public Quality quality() {
    return switch (ruler) {
      case JUPITER, VENUS -> Quality.BENEFIC;
      case SATURN, MARS -> Quality.MALEFIC;
      default -> Quality.NEUTRAL;
    };
  }

  /** Three words that tradition gives the ruler (two for Mars), such as expansion, wisdom. */
  public List<String> attributes() {
    return switch (ruler) {
      case SUN -> List.of("vitality", "identity", "leadership");
      case MOON -> List.of("emotion", "intuition", "nurture");
      case MERCURY -> List.of("communication", "learning", "trade");
      case VENUS -> List.of("love", "art", "harmony");
      case MARS -> List.of("action", "courage");
      case JUPITER -> List.of("expansion", "wisdom", "prosperity");
      case SATURN -> List.of("discipline", "structure", "karma");
      default -> List.of();
    };
  }

  /** Whether a moment lies in it. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(start) && moment.isBefore(end);
  }
}

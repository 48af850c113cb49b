package dev.spanda.astrology.house;

import dev.spanda.astrology.Body;
import java.util.Optional;

/**
 * Whether a chart is of the day or of the night, and which planets belong to which: Sun, Jupiter
 * and Saturn to the day, Moon, Venus and Mars to the night, Mercury to neither by itself (Ptolemy,
 * <i>Tetrabiblos</i> I.7).
 */
public enum Sect {
  /** The Sun's centre stands on or above the true horizon. */
  DAY,
  /** The Sun's centre stands below the true horizon. */
  NIGHT;

  /**
   * The sect for an altitude of the Sun's centre.
   *
   * @param sunAltitudeDeg geometric altitude in degrees, refraction left out
   */
  public static Sect of(double sunAltitudeDeg) {
    return sunAltitudeDeg >= 0 ? DAY : NIGHT;
  }

  /** The sect a planet belongs to; empty for Mercury and for bodies the tradition did not know. */
  public static Optional<Sect> of(Body body) {
    return switch (body) {
      case SUN, JUPITER, SATURN -> Optional.of(DAY);
      case MOON, VENUS, MARS -> Optional.of(NIGHT);
      default -> Optional.empty();
    };
  }
}

package dev.spanda.astrology.house;

import dev.spanda.astrology.Body;
import java.util.function.ToDoubleFunction;

/**
 * Seven lots ("Arabic parts"): the ascendant moved by the distance of two bodies along the
 * ecliptic.
 *
 * <p>The formulas below are those of the day; by night Sun and Moon change places in each of them.
 * The set and the names are those of Paulus Alexandrinus, <i>Eisagogika</i> 23, with the distances
 * reckoned from the luminary of the sect.
 */
public enum Lot {
  /** Ascendant + Moon − Sun. */
  FORTUNE(Body.MOON),
  /** Ascendant + Sun − Moon. */
  SPIRIT(Body.SUN),
  /** Lot of Spirit + Venus − Sun. */
  EROS(Body.VENUS),
  /** Ascendant + Mercury − Sun. */
  NECESSITY(Body.MERCURY),
  /** Ascendant + Mars − Sun. */
  COURAGE(Body.MARS),
  /** Ascendant + Jupiter − Sun. */
  VICTORY(Body.JUPITER),
  /** Ascendant + Saturn − Sun. */
  NEMESIS(Body.SATURN);

  private final Body to;

  Lot(Body to) {
    this.to = to;
  }

  /**
   * The ecliptic longitude of the lot, in degrees from 0 (inclusive) to 360.
   *
   * @param ascendantDeg longitude of the ascendant in degrees
   * @param longitudeDeg gives the longitude of a body in degrees; asked for Sun, Moon and the lot's
   *     own planet
   */
  public double longitudeDeg(double ascendantDeg, ToDoubleFunction<Body> longitudeDeg, Sect sect) {
    Body light = sect == Sect.DAY ? Body.SUN : Body.MOON;
    Body other = sect == Sect.DAY ? Body.MOON : Body.SUN;
    double from = longitudeDeg.applyAsDouble(light);
    double toOther = longitudeDeg.applyAsDouble(other) - from;
    return Sphere.turn(
        switch (this) {
          case FORTUNE -> ascendantDeg + toOther;
          case SPIRIT -> ascendantDeg - toOther;
          case EROS -> ascendantDeg - toOther + longitudeDeg.applyAsDouble(to) - from;
          default -> ascendantDeg + longitudeDeg.applyAsDouble(to) - from;
        });
  }
}

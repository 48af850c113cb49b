package dev.spanda.astrology.moon;

/**
 * The eight phases by the Moon's elongation in longitude from the Sun, each 45° wide and centred on
 * its angle: a new Moon lasts from 22.5° before the conjunction to 22.5° after it.
 */
public enum MoonPhase {
  /** Centred on 0°. */
  NEW_MOON("New Moon", 0),
  /** Centred on 45°. */
  WAXING_CRESCENT("Waxing Crescent", 45),
  /** Centred on 90°. */
  FIRST_QUARTER("First Quarter", 90),
  /** Centred on 135°. */
  WAXING_GIBBOUS("Waxing Gibbous", 135),
  /** Centred on 180°. */
  FULL_MOON("Full Moon", 180),
  /** Centred on 225°. */
  WANING_GIBBOUS("Waning Gibbous", 225),
  /** Centred on 270°. */
  LAST_QUARTER("Last Quarter", 270),
  /** Centred on 315°. */
  WANING_CRESCENT("Waning Crescent", 315);

  private static final MoonPhase[] ALL = values();

  private final String label;
  private final double middleDeg;

  MoonPhase(String label, double middleDeg) {
    this.label = label;
    this.middleDeg = middleDeg;
  }

  /** The name for people, such as {@code Waxing Gibbous}. */
  public String label() {
    return label;
  }

  /** The elongation in the middle of the phase, degrees. */
  public double elongationDeg() {
    return middleDeg;
  }

  /** Whether the light is growing: from 0° (inclusive) to 180° of elongation. */
  static boolean waxing(double elongationDeg) {
    return elongationDeg < 180;
  }

  /**
   * The phase of an elongation.
   *
   * @param elongationDeg longitude of the Moon less that of the Sun, degrees, any finite value
   */
  public static MoonPhase of(double elongationDeg) {
    double turned = elongationDeg - 360 * Math.floor(elongationDeg / 360);
    return ALL[(int) ((turned + 22.5) / 45) % 8];
  }
}

package dev.spanda.astrology;

/** One of the twelve equal parts of a zodiac, 30 degrees each, from Aries on. */
public enum Sign {
  ARIES("Aries", 0),
  TAURUS("Taurus", 30),
  GEMINI("Gemini", 60),
  CANCER("Cancer", 90),
  LEO("Leo", 120),
  VIRGO("Virgo", 150),
  LIBRA("Libra", 180),
  SCORPIO("Scorpio", 210),
  SAGITTARIUS("Sagittarius", 240),
  CAPRICORN("Capricorn", 270),
  AQUARIUS("Aquarius", 300),
  PISCES("Pisces", 330);

  private static final Sign[] ALL = values();

  private final String label;
  private final double startDeg;

  Sign(String label, double startDeg) {
    this.label = label;
    this.startDeg = startDeg;
  }

  /** The name to show, such as {@code Aries}. */
  public String label() {
    return label;
  }

  /** The longitude where the sign begins: 0, 30, … 330 degrees. */
  public double startDeg() {
    return startDeg;
  }

  /**
   * The sign that holds a longitude.
   *
   * @param longitudeDeg any finite number of degrees; it is reduced to 0 (closed) to 360 (open)
   * @throws IllegalArgumentException when the longitude is not finite
   */
  public static Sign of(double longitudeDeg) {
    return ALL[(int) (reduced(longitudeDeg) / 30)];
  }

  /**
   * How far a longitude lies inside its sign: 0 (closed) to 30 (open) degrees.
   *
   * @param longitudeDeg any finite number of degrees
   * @throws IllegalArgumentException when the longitude is not finite
   */
  public static double degreesInto(double longitudeDeg) {
    double reduced = reduced(longitudeDeg);
    return reduced - 30.0 * (int) (reduced / 30);
  }

  private static double reduced(double longitudeDeg) {
    if (!Double.isFinite(longitudeDeg)) {
      throw new IllegalArgumentException("longitude must be finite, was " + longitudeDeg);
    }
    double turn = longitudeDeg % 360;
    if (turn < 0) {
      turn += 360;
    }
    // A tiny negative angle rounds up to a whole turn.
    return turn >= 360 ? 0 : turn;
  }
}

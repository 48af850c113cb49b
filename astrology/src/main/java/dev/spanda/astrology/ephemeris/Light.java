package dev.spanda.astrology.ephemeris;

/** What the light does to a position on its way. */
public enum Light {
  /**
   * As it is seen: with light-time, deflection by the Sun and aberration. From the Sun's centre and
   * from the barycentre of the solar system it is the same as {@link #ASTROMETRIC}.
   */
  APPARENT,
  /** With light-time alone, as star catalogues are compared. */
  ASTROMETRIC,
  /** Where the body is at the instant itself, as if light took no time. */
  TRUE
}

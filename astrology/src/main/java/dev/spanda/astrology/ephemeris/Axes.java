package dev.spanda.astrology.ephemeris;

/** The plane and the zero point in which two angles are counted. */
public enum Axes {
  /** Ecliptic of date and true equinox of date: the tropical zodiac. */
  ECLIPTIC_OF_DATE,
  /** True equator and equinox of date: right ascension and declination of today. */
  EQUATOR_OF_DATE,
  /** Mean ecliptic and equinox of J2000. */
  ECLIPTIC_J2000,
  /**
   * The International Celestial Reference System: right ascension and declination of catalogues.
   */
  EQUATOR_ICRS
}

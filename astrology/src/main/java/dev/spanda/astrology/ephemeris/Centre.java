package dev.spanda.astrology.ephemeris;

/** Where the observer stands. */
public enum Centre {
  /** The centre of the Earth. */
  GEOCENTRE,
  /** A place on the Earth; it needs a place and the Earth's rotation. */
  TOPOCENTRE,
  /** The centre of the Sun. */
  HELIOCENTRE,
  /** The barycentre of the solar system. */
  BARYCENTRE
}

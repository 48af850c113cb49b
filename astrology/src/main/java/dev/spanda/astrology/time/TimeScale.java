package dev.spanda.astrology.time;

/** The clock by which a Julian date is counted. */
public enum TimeScale {
  /**
   * Civil time. It has leap seconds from 1972 on; before that it is taken to be UT1, and again in a
   * future where the leap seconds of today would leave it more than one second from UT1.
   */
  UTC,
  /** The turning of the Earth. Houses, rise and set belong to it. */
  UT1,
  /** Terrestrial time, the argument of positions: TAI + 32.184 s. */
  TT,
  /** Barycentric dynamical time, the argument of JPL ephemerides; within 0.0017 s of TT. */
  TDB
}

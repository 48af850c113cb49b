package dev.spanda.astrology.ephemeris;

import dev.spanda.astrology.Body;

/**
 * How far the theories and the polynomials of the mean points may lie from DE431, by millennium:
 * differences found on a grid of 30 000 instants, geocentric apparent and heliocentric geometric,
 * and at least a tenth more.
 */
final class TheoryBounds {

  /** The ayanamsas' polynomials, fitted to eight centuries, lie 4.6″ off in the year −2999. */
  static final double AYANAMSA_ARCSEC = 5;

  /** Julian dates at which the next column begins: years −2000, −1000, 0, 1000; the pack; 3000. */
  private static final double[] STARTS = {
    990545, 1355795, 1721045, 2086295, Pack.FIRST_DAY, Pack.LAST_DAY, 2816795, 3182045
  };

  private TheoryBounds() {}

  /** Seconds of arc, seen from the Earth or the Sun. */
  static double arcsec(Body body, double dayTt) {
    return of(
        switch (body) {
          case SUN, EARTH -> SUN;
          case MOON -> MOON;
          case MERCURY -> MERCURY;
          case VENUS -> VENUS;
          case MARS -> MARS;
          case JUPITER -> JUPITER;
          case SATURN -> SATURN;
          case URANUS -> URANUS;
          case NEPTUNE -> NEPTUNE;
          case MEAN_NODE -> MEAN_NODE;
          case MEAN_LILITH -> MEAN_LILITH;
          case TRUE_NODE -> TRUE_NODE;
          case OSCULATING_LILITH -> OSCULATING_LILITH;
          case PLUTO, CHIRON, PHOLUS, CERES, PALLAS, JUNO, VESTA ->
              throw new IllegalArgumentException("no theory of " + body);
        },
        dayTt);
  }

  /** What the barycentre's own error adds for a body at a distance, in seconds of arc. */
  static double barycentreArcsec(double dayTt, double distanceAu) {
    return Math.toDegrees(Math.atan2(of(BARYCENTRE_AU, dayTt), distanceAu)) * 3600;
  }

  private static double of(double[] columns, double dayTt) {
    int column = 0;
    while (column < STARTS.length && dayTt >= STARTS[column]) {
      column++;
    }
    return columns[column];
  }

  // The sixth column is that of the years of the pack, where the theories are only compared; the
  // seventh ends in the year 3000. Venus and Mars, whose error peaks for days around a
  // conjunction or an opposition, have a quarter more.
  private static final double[] SUN = {3.1, 1.5, 0.9, 0.4, 0.4, 0.2, 0.25, 0.8, 1.3};
  private static final double[] MOON = {13.5, 6.2, 2.1, 1.5, 1.2, 0.27, 0.6, 4.4, 16.5};
  private static final double[] MERCURY = {6.3, 4.8, 3.2, 2, 0.9, 0.4, 0.45, 0.9, 2.2};
  private static final double[] VENUS = {18, 9, 3.3, 2, 0.75, 0.45, 1.1, 1.2, 1.7};
  private static final double[] MARS = {25, 25, 16, 15, 6.5, 4.5, 20, 23, 50};
  private static final double[] JUPITER = {205, 70, 15.5, 3.7, 1.5, 1, 1, 3, 10.5};
  private static final double[] SATURN = {400, 130, 36, 8.2, 3.5, 0.9, 3.4, 16, 56};
  private static final double[] URANUS = {75, 61, 63, 55, 22, 5.2, 19, 28, 25};
  private static final double[] NEPTUNE = {89, 66, 52, 37, 16, 6.5, 11, 20, 35};
  private static final double[] MEAN_NODE = {16, 6.8, 7.5, 0.01, 0.01, 0.001, 1.5, 17.6, 52};
  private static final double[] MEAN_LILITH = {103, 17, 6.5, 0.01, 0.01, 0.001, 2.2, 50, 172};
  private static final double[] TRUE_NODE = {15.5, 10, 6.2, 3.5, 1.8, 1.8, 2.4, 7, 15};
  private static final double[] OSCULATING_LILITH = {33, 17, 14.5, 6.5, 4.3, 4.3, 4.6, 9, 17};

  /** The Sun from the barycentre, au. */
  private static final double[] BARYCENTRE_AU = {
    8e-6, 3e-6, 1.6e-6, 9e-7, 6e-7, 5e-7, 6e-7, 8e-7, 1.4e-6
  };
}

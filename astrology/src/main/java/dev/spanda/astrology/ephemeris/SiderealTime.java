package dev.spanda.astrology.ephemeris;

/**
 * Greenwich apparent sidereal time.
 *
 * <p>From 1850 to 2050: the Earth rotation angle and the polynomial of N. Capitaine, P. Wallace and
 * J. Chapront, A&amp;A 432 (2005), 355, equation 41 (IAU 2006), with the five largest complementary
 * terms of the equation of the equinoxes (IERS Conventions 2010, table 5.2e). Before and after,
 * where that polynomial fails, the mean longitude of the Sun (J.-L. Simon and others, A&amp;A 282
 * (1994), 663, section 5.8.3), brought to the equinox of date by the long precession, plus the
 * universal time of the day; a constant joins the pieces to within 0.001″ at 1850 and 2050, as in
 * the reference tables.
 */
final class SiderealTime {

  private static final double ARCSEC = Math.PI / 648000;
  private static final double TURN = 2 * Math.PI;
  private static final double EARLY_END = 2396758.5;
  private static final double LATE_START = 2469807.5;

  private SiderealTime() {}

  /**
   * The angle in radians, not reduced to one turn.
   *
   * @param nutationLongitude radians
   * @param trueObliquity radians
   */
  static double apparent(
      double dayUt1,
      double dayTt,
      double nutationLongitude,
      double trueObliquity,
      double[] eclipticOfDate) {
    double t = (dayTt - 2451545.0) / 36525;
    double equinoxes = nutationLongitude * Math.cos(trueObliquity);
    if (dayUt1 < EARLY_END || dayUt1 > LATE_START) {
      double longitude =
          Math.toRadians(100.46645683)
              + (129597742.283429 * t - 0.0204411 * t * t - 0.00000523 * t * t * t)
                  % 1296000
                  * ARCSEC;
      // The reference direction lies in the ecliptic of J2000, here without the frame bias.
      double[] m = Vectors.times(eclipticOfDate, EQUATOR_FROM_ECLIPTIC);
      double x = Math.cos(longitude);
      double y = Math.sin(longitude);
      double ofDate = Math.atan2(m[3] * x + m[4] * y, m[0] * x + m[1] * y);
      double midnight = dayUt1 - 0.5;
      double joint = dayUt1 < EARLY_END ? -21.85486 : -25.48175;
      return ofDate + TURN * (midnight - Math.floor(midnight)) + joint * ARCSEC + equinoxes;
    }
    double days = dayUt1 - 2451545.0;
    double fraction = dayUt1 - Math.floor(dayUt1);
    double rotation = TURN * (0.7790572732640 + 0.00273781191135448 * days + fraction);
    double precession =
        0.014506
            + t
                * (4612.156534
                    + t * (1.3915817 + t * (-0.00000044 + t * (-0.000029956 - 3.68e-8 * t))));
    double node = Math.toRadians(125.04455501 - 1934.1361849 * t);
    double f = Math.toRadians((93.27209062 + 483202.0174577 * t) % 360);
    double d = Math.toRadians((297.85019547 + 445267.1114469 * t) % 360);
    double complement =
        0.00264096 * Math.sin(node)
            + 0.00006352 * Math.sin(2 * node)
            + 0.00001175 * Math.sin(2 * f - 2 * d + 3 * node)
            + 0.00001121 * Math.sin(2 * f - 2 * d + node)
            - 0.00000455 * Math.sin(2 * f - 2 * d + 2 * node);
    return rotation + (precession + complement) * ARCSEC + equinoxes;
  }

  private static final double[] EQUATOR_FROM_ECLIPTIC =
      Vectors.times(transposed(Precession.bias()), Vectors.aboutX(-Precession.OBLIQUITY_J2000));

  private static double[] transposed(double[] m) {
    return new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
  }
}

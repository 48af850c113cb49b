package dev.spanda.astrology.ephemeris;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Precession of the equator and the ecliptic, and the obliquity of the ecliptic.
 *
 * <p>Source: J. Vondrák, N. Capitaine and P. Wallace, "New precession expressions, valid for long
 * time intervals", A&amp;A 534, A22 (2011) with the corrigendum A&amp;A 541, C1 (2012): table 1 and
 * equations 8–10 (ecliptic pole and obliquity), table 2 and equation 9 (equator pole). The frame
 * bias is that of the IERS Conventions (2010), section 5.4.4.
 */
final class Precession {

  private static final double FROM_ARCSEC = Math.PI / 648000;

  private static final double[] X_POLYNOMIAL = {5453.282155, 0.4252841, -0.00037173, -0.000000152};
  private static final double[] Y_POLYNOMIAL = {
    -73750.930350, -0.7675452, -0.00018725, 0.000000231
  };

  /** Period in centuries; cosines of X and Y; sines of X and Y, in arcseconds. */
  private static final double[][] EQUATOR = {
    {256.75, -819.940624, 75004.344875, 81491.287984, 1558.515853},
    {708.15, -8444.676815, 624.033993, 787.163481, 7774.939698},
    {274.20, 2600.009459, 1251.136893, 1251.296102, -2219.534038},
    {241.45, 2755.175630, -1102.212834, -1257.950837, -2523.969396},
    {2309.00, -167.659835, -2660.664980, -2966.799730, 247.850422},
    {492.20, 871.855056, 699.291817, 639.744522, -846.485643},
    {396.10, 44.769698, 153.167220, 131.600209, -1393.124055},
    {288.90, -512.313065, -950.865637, -445.040117, 368.526116},
    {231.10, -819.415595, 499.754645, 584.522874, 749.045012},
    {1610.00, -538.071099, -145.188210, -89.756563, 444.704518},
    {620.00, -189.793622, 558.116553, 524.429630, 235.934465},
    {157.87, -402.922932, -23.923029, -13.549067, 374.049623},
    {220.30, 179.516345, -165.405086, -210.157124, -171.330180},
    {1200.00, -9.814756, 9.344131, -44.919798, -22.899655},
  };

  private static final double[] P_POLYNOMIAL = {5851.607687, -0.1189000, -0.00028913, 0.000000101};
  private static final double[] Q_POLYNOMIAL = {-1600.886300, 1.1689818, -0.00000020, -0.000000437};

  /** Period in centuries; cosines of P and Q; sines of P and Q, in arcseconds. */
  private static final double[][] ECLIPTIC = {
    {708.15, -5486.751211, -684.661560, 667.666730, -5523.863691},
    {2309.00, -17.127623, 2446.283880, -2354.886252, -549.747450},
    {1620.00, -617.517403, 399.671049, -428.152441, -310.998056},
    {492.20, 413.442940, -356.652376, 376.202861, 421.535876},
    {1183.00, 78.614193, -186.387003, 184.778874, -36.776172},
    {622.00, -180.732815, -316.800070, 335.321713, -145.278396},
    {882.00, -87.676083, 198.296701, -185.138669, -34.744450},
    {547.00, 46.140315, 101.135679, -120.972830, 22.885731},
  };

  private static final double[] OBLIQUITY_POLYNOMIAL = {
    84028.206305, 0.3624445, -0.00004039, -0.000000110
  };

  /** Period in centuries; cosine and sine of the obliquity, in arcseconds. */
  private static final double[][] OBLIQUITY = {
    {409.90, 753.872780, -1704.720302},
    {396.15, -247.805823, -862.308358},
    {537.22, 379.471484, 447.832178},
    {402.90, -53.880558, -889.571909},
    {417.15, -90.109153, 190.402846},
    {288.92, -353.600190, -56.564991},
    {4043.00, -63.115353, -296.222622},
    {306.00, -28.248187, -75.859952},
    {277.00, 17.703387, 67.473503},
    {203.00, 38.911307, 3.014055},
  };

  static final double OBLIQUITY_J2000 = 84381.406 * FROM_ARCSEC;

  /** Days between two nodes of the table; the cubic through four is good to 1e-13. */
  private static final double STEP = 1024;

  private static final double FIRST_DAY = 2451545.0 - 1784 * STEP;
  private static final int CELLS = 2856;

  /** Length of what {@link #into} writes: a matrix, its rate, the obliquity and its rate. */
  static final int LENGTH = 20;

  private final AtomicReferenceArray<double[]> cells = new AtomicReferenceArray<>(CELLS);

  /**
   * The rotation from the ICRS to the mean ecliptic and equinox of date.
   *
   * @param out receives nine elements by row, their nine rates a day, the mean obliquity in radians
   *     and its rate a day
   */
  void into(double dayTt, double[] out) {
    double place = (dayTt - FIRST_DAY) / STEP;
    int index = (int) Math.floor(place);
    if (index < 0 || index >= CELLS) {
      cubic(power(index), place - index, out);
      return;
    }
    double[] cell = cells.getAcquire(index);
    if (cell == null) {
      cell = power(index);
      cells.setRelease(index, cell);
    }
    cubic(cell, place - index, out);
  }

  private static void cubic(double[] cell, double p, double[] out) {
    double rate = 1 / STEP;
    for (int i = 0; i < 9; i++) {
      double c1 = cell[i + 10];
      double c2 = cell[i + 20];
      double c3 = cell[i + 30];
      out[i] = cell[i] + p * (c1 + p * (c2 + p * c3));
      out[i + 9] = (c1 + p * (2 * c2 + 3 * p * c3)) * rate;
    }
    double c1 = cell[19];
    double c2 = cell[29];
    double c3 = cell[39];
    out[18] = cell[9] + p * (c1 + p * (c2 + p * c3));
    out[19] = (c1 + p * (2 * c2 + 3 * p * c3)) * rate;
  }

  /** The cubic through the four nodes around a cell, in powers of the place inside it. */
  private static double[] power(int index) {
    double[][] nodes = new double[4][10];
    for (int i = 0; i < 4; i++) {
      double day = FIRST_DAY + (index + i - 1) * STEP;
      double[] matrix = eclipticOfDate(day);
      System.arraycopy(matrix, 0, nodes[i], 0, 9);
      nodes[i][9] = meanObliquity(day);
    }
    double[] cell = new double[40];
    for (int i = 0; i < 10; i++) {
      double a = nodes[0][i];
      double b = nodes[1][i];
      double c = nodes[2][i];
      double d = nodes[3][i];
      cell[i] = b;
      cell[i + 10] = -a / 3 - b / 2 + c - d / 6;
      cell[i + 20] = a / 2 - b + c / 2;
      cell[i + 30] = -a / 6 + b / 2 - c / 2 + d / 6;
    }
    return cell;
  }

  /** Mean obliquity of date in radians. */
  static double meanObliquity(double dayTt) {
    double t = (dayTt - 2451545.0) / 36525;
    double sum = polynomial(OBLIQUITY_POLYNOMIAL, t);
    for (double[] term : OBLIQUITY) {
      double argument = 2 * Math.PI * t / term[0];
      sum += Math.cos(argument) * term[1] + Math.sin(argument) * term[2];
    }
    return sum * FROM_ARCSEC;
  }

  /** Rotation from the ICRS to the mean equator and equinox of date, by row. */
  static double[] equatorOfDate(double dayTt) {
    double t = (dayTt - 2451545.0) / 36525;
    double x = polynomial(X_POLYNOMIAL, t);
    double y = polynomial(Y_POLYNOMIAL, t);
    for (double[] term : EQUATOR) {
      double argument = 2 * Math.PI * t / term[0];
      double c = Math.cos(argument);
      double s = Math.sin(argument);
      x += c * term[1] + s * term[3];
      y += c * term[2] + s * term[4];
    }
    x *= FROM_ARCSEC;
    y *= FROM_ARCSEC;
    double[] equator = {x, y, Math.sqrt(1 - x * x - y * y)};
    double p = polynomial(P_POLYNOMIAL, t);
    double q = polynomial(Q_POLYNOMIAL, t);
    for (double[] term : ECLIPTIC) {
      double argument = 2 * Math.PI * t / term[0];
      double c = Math.cos(argument);
      double s = Math.sin(argument);
      p += c * term[1] + s * term[3];
      q += c * term[2] + s * term[4];
    }
    p *= FROM_ARCSEC;
    q *= FROM_ARCSEC;
    double w = Math.sqrt(1 - p * p - q * q);
    double se = Math.sin(OBLIQUITY_J2000);
    double ce = Math.cos(OBLIQUITY_J2000);
    double[] ecliptic = {p, -q * ce - w * se, -q * se + w * ce};
    double[] equinox = cross(equator, ecliptic);
    double length = Math.sqrt(dot(equinox, equinox));
    for (int i = 0; i < 3; i++) {
      equinox[i] /= length;
    }
    double[] third = cross(equator, equinox);
    double[] precession = {
      equinox[0],
      equinox[1],
      equinox[2],
      third[0],
      third[1],
      third[2],
      equator[0],
      equator[1],
      equator[2]
    };
    return Vectors.times(precession, bias());
  }

  /** Rotation from the ICRS to the mean ecliptic and equinox of date, by row. */
  static double[] eclipticOfDate(double dayTt) {
    return Vectors.times(Vectors.aboutX(meanObliquity(dayTt)), equatorOfDate(dayTt));
  }

  /** Rotation from the ICRS to the mean equator and equinox of J2000. */
  static double[] bias() {
    double alpha = -0.0146 * FROM_ARCSEC;
    double xi = -0.016617 * FROM_ARCSEC;
    double eta = -0.0068192 * FROM_ARCSEC;
    return Vectors.times(
        Vectors.aboutX(-eta), Vectors.times(Vectors.aboutY(xi), Vectors.aboutZ(alpha)));
  }

  private static double polynomial(double[] c, double t) {
    return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}

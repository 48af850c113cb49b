package dev.spanda.astrology.ephemeris;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Nutation in longitude and obliquity: the 77 terms of IAU 2000B with Delaunay arguments carried to
 * the fourth power of time.
 *
 * <p>Sources: D. D. McCarthy and B. J. Luzum, "An abridged model of the precession-nutation of the
 * celestial pole", Celest. Mech. Dyn. Astron. 85 (2003), 37–49, with the constant offsets of B.
 * Luzum (2001); arguments from the IERS Conventions (2010), equation 5.43. The published model has
 * arguments linear in time; over eight centuries that costs up to 0.01″, which is why the full
 * polynomials stand here.
 *
 * <p>The series is evaluated every half day, in blocks filled when first asked for, and read off by
 * the cubic through four neighbours. The shortest terms have periods of five days, so the cubic is
 * within 0.00005″ of the series.
 */
final class Nutation {

  private static final double TURN = 1296000;
  private static final double FROM_ARCSEC = Math.PI / 648000;

  /** Multiples of l, l′, F, D, Ω; then the amplitudes, in units of 0.1 microarcsecond. */
  private static final int[][] TERMS = {
    {0, 0, 0, 0, 1, -172064161, -174666, 33386, 92052331, 9086, 15377},
    {0, 0, 2, -2, 2, -13170906, -1675, -13696, 5730336, -3015, -4587},
    {0, 0, 2, 0, 2, -2276413, -234, 2796, 978459, -485, 1374},
    {0, 0, 0, 0, 2, 2074554, 207, -698, -897492, 470, -291},
    {0, 1, 0, 0, 0, 1475877, -3633, 11817, 73871, -184, -1924},
    {0, 1, 2, -2, 2, -516821, 1226, -524, 224386, -677, -174},
    {1, 0, 0, 0, 0, 711159, 73, -872, -6750, 0, 358},
    {0, 0, 2, 0, 1, -387298, -367, 380, 200728, 18, 318},
    {1, 0, 2, 0, 2, -301461, -36, 816, 129025, -63, 367},
    {0, -1, 2, -2, 2, 215829, -494, 111, -95929, 299, 132},
    {0, 0, 2, -2, 1, 128227, 137, 181, -68982, -9, 39},
    {-1, 0, 2, 0, 2, 123457, 11, 19, -53311, 32, -4},
    {-1, 0, 0, 2, 0, 156994, 10, -168, -1235, 0, 82},
    {1, 0, 0, 0, 1, 63110, 63, 27, -33228, 0, -9},
    {-1, 0, 0, 0, 1, -57976, -63, -189, 31429, 0, -75},
    {-1, 0, 2, 2, 2, -59641, -11, 149, 25543, -11, 66},
    {1, 0, 2, 0, 1, -51613, -42, 129, 26366, 0, 78},
    {-2, 0, 2, 0, 1, 45893, 50, 31, -24236, -10, 20},
    {0, 0, 0, 2, 0, 63384, 11, -150, -1220, 0, 29},
    {0, 0, 2, 2, 2, -38571, -1, 158, 16452, -11, 68},
    {0, -2, 2, -2, 2, 32481, 0, 0, -13870, 0, 0},
    {-2, 0, 0, 2, 0, -47722, 0, -18, 477, 0, -25},
    {2, 0, 2, 0, 2, -31046, -1, 131, 13238, -11, 59},
    {1, 0, 2, -2, 2, 28593, 0, -1, -12338, 10, -3},
    {-1, 0, 2, 0, 1, 20441, 21, 10, -10758, 0, -3},
    {2, 0, 0, 0, 0, 29243, 0, -74, -609, 0, 13},
    {0, 0, 2, 0, 0, 25887, 0, -66, -550, 0, 11},
    {0, 1, 0, 0, 1, -14053, -25, 79, 8551, -2, -45},
    {-1, 0, 0, 2, 1, 15164, 10, 11, -8001, 0, -1},
    {0, 2, 2, -2, 2, -15794, 72, -16, 6850, -42, -5},
    {0, 0, -2, 2, 0, 21783, 0, 13, -167, 0, 13},
    {1, 0, 0, -2, 1, -12873, -10, -37, 6953, 0, -14},
    {0, -1, 0, 0, 1, -12654, 11, 63, 6415, 0, 26},
    {-1, 0, 2, 2, 1, -10204, 0, 25, 5222, 0, 15},
    {0, 2, 0, 0, 0, 16707, -85, -10, 168, -1, 10},
    {1, 0, 2, 2, 2, -7691, 0, 44, 3268, 0, 19},
    {-2, 0, 2, 0, 0, -11024, 0, -14, 104, 0, 2},
    {0, 1, 2, 0, 2, 7566, -21, -11, -3250, 0, -5},
    {0, 0, 2, 2, 1, -6637, -11, 25, 3353, 0, 14},
    {0, -1, 2, 0, 2, -7141, 21, 8, 3070, 0, 4},
    {0, 0, 0, 2, 1, -6302, -11, 2, 3272, 0, 4},
    {1, 0, 2, -2, 1, 5800, 10, 2, -3045, 0, -1},
    {2, 0, 2, -2, 2, 6443, 0, -7, -2768, 0, -4},
    {-2, 0, 0, 2, 1, -5774, -11, -15, 3041, 0, -5},
    {2, 0, 2, 0, 1, -5350, 0, 21, 2695, 0, 12},
    {0, -1, 2, -2, 1, -4752, -11, -3, 2719, 0, -3},
    {0, 0, 0, -2, 1, -4940, -11, -21, 2720, 0, -9},
    {-1, -1, 0, 2, 0, 7350, 0, -8, -51, 0, 4},
    {2, 0, 0, -2, 1, 4065, 0, 6, -2206, 0, 1},
    {1, 0, 0, 2, 0, 6579, 0, -24, -199, 0, 2},
    {0, 1, 2, -2, 1, 3579, 0, 5, -1900, 0, 1},
    {1, -1, 0, 0, 0, 4725, 0, -6, -41, 0, 3},
    {-2, 0, 2, 0, 2, -3075, 0, -2, 1313, 0, -1},
    {3, 0, 2, 0, 2, -2904, 0, 15, 1233, 0, 7},
    {0, -1, 0, 2, 0, 4348, 0, -10, -81, 0, 2},
    {1, -1, 2, 0, 2, -2878, 0, 8, 1232, 0, 4},
    {0, 0, 0, 1, 0, -4230, 0, 5, -20, 0, -2},
    {-1, -1, 2, 2, 2, -2819, 0, 7, 1207, 0, 3},
    {-1, 0, 2, 0, 0, -4056, 0, 5, 40, 0, -2},
    {0, -1, 2, 2, 2, -2647, 0, 11, 1129, 0, 5},
    {-2, 0, 0, 0, 1, -2294, 0, -10, 1266, 0, -4},
    {1, 1, 2, 0, 2, 2481, 0, -7, -1062, 0, -3},
    {2, 0, 0, 0, 1, 2179, 0, -2, -1129, 0, -2},
    {-1, 1, 0, 1, 0, 3276, 0, 1, -9, 0, 0},
    {1, 1, 0, 0, 0, -3389, 0, 5, 35, 0, -2},
    {1, 0, 2, 0, 0, 3339, 0, -13, -107, 0, 1},
    {-1, 0, 2, -2, 1, -1987, 0, -6, 1073, 0, -2},
    {1, 0, 0, 0, 2, -1981, 0, 0, 854, 0, 0},
    {-1, 0, 0, 1, 0, 4026, 0, -353, -553, 0, -139},
    {0, 0, 2, 1, 2, 1660, 0, -5, -710, 0, -2},
    {-1, 0, 2, 4, 2, -1521, 0, 9, 647, 0, 4},
    {-1, 1, 0, 1, 1, 1314, 0, 0, -700, 0, 0},
    {0, -2, 2, -2, 1, -1283, 0, 0, 672, 0, 0},
    {1, 0, 2, 2, 1, -1331, 0, 8, 663, 0, 4},
    {-2, 0, 2, 2, 2, 1383, 0, -2, -594, 0, -2},
    {-1, 0, 0, 0, 2, 1405, 0, 4, -610, 0, 2},
    {1, 1, 2, -2, 2, 1290, 0, 0, -556, 0, 0},
  };

  /** Half days in a block, without the three that it shares with its neighbours. */
  private static final int BLOCK = 64;

  private static final double FIRST_DAY = 2305424.5;
  private static final int BLOCKS = (int) ((2597664.5 - FIRST_DAY) * 2 / BLOCK) + 1;

  private final AtomicReferenceArray<double[]> blocks = new AtomicReferenceArray<>(BLOCKS);

  /**
   * Nutation in longitude, in obliquity, and their rates, in radians and radians a day.
   *
   * @param out receives Δψ, Δε, dΔψ/dt, dΔε/dt
   */
  void into(double dayTt, double[] out) {
    double place = (dayTt - FIRST_DAY) * 2;
    int index = (int) Math.floor(place);
    int number = index / BLOCK;
    if (index < 0 || number >= BLOCKS) {
      // Straight from the series; the rate by a central difference, good to 1e-12 radians a day.
      series(dayTt - 0.01, out);
      double before = out[0];
      double beforeObliquity = out[1];
      series(dayTt + 0.01, out);
      out[2] = (out[0] - before) / 0.02;
      out[3] = (out[1] - beforeObliquity) / 0.02;
      series(dayTt, out);
      return;
    }
    double[] block = blocks.getAcquire(number);
    if (block == null) {
      block = fill(number);
      blocks.setRelease(number, block);
    }
    double p = place - index;
    int at = 2 * (index - number * BLOCK);
    double below = p - 1;
    double above = p + 1;
    double far = p - 2;
    double w0 = -p * below * far / 6;
    double w1 = above * below * far / 2;
    double w2 = -above * p * far / 2;
    double w3 = above * p * below / 6;
    double square = p * p;
    double d0 = (-3 * square + 6 * p - 2) / 3;
    double d1 = 3 * square - 4 * p - 1;
    double d2 = -3 * square + 2 * p + 2;
    double d3 = (3 * square - 1) / 3;
    double a = block[at];
    double b = block[at + 2];
    double c = block[at + 4];
    double d = block[at + 6];
    out[0] = w0 * a + w1 * b + w2 * c + w3 * d;
    out[2] = d0 * a + d1 * b + d2 * c + d3 * d;
    a = block[at + 1];
    b = block[at + 3];
    c = block[at + 5];
    d = block[at + 7];
    out[1] = w0 * a + w1 * b + w2 * c + w3 * d;
    out[3] = d0 * a + d1 * b + d2 * c + d3 * d;
  }

  private static double[] fill(int number) {
    double[] block = new double[2 * (BLOCK + 3)];
    double[] pair = new double[2];
    for (int i = 0; i < BLOCK + 3; i++) {
      series(FIRST_DAY + (number * BLOCK + i - 1) * 0.5, pair);
      block[2 * i] = pair[0];
      block[2 * i + 1] = pair[1];
    }
    return block;
  }

  /** The series itself: Δψ and Δε in radians. */
  static void series(double dayTt, double[] out) {
    double t = (dayTt - 2451545.0) / 36525;
    double l = argument(485868.249036, 1717915923.2178, 31.8792, 0.051635, -0.00024470, t);
    double sun = argument(1287104.793048, 129596581.0481, -0.5532, 0.000136, -0.00001149, t);
    double f = argument(335779.526232, 1739527262.8478, -12.7512, -0.001037, 0.00000417, t);
    double d = argument(1072260.703692, 1602961601.2090, -6.3706, 0.006593, -0.00003169, t);
    double node = argument(450160.398036, -6962890.5431, 7.4722, 0.007702, -0.00005939, t);
    double longitude = 0;
    double obliquity = 0;
    for (int i = TERMS.length - 1; i >= 0; i--) {
      int[] x = TERMS[i];
      double argument = x[0] * l + x[1] * sun + x[2] * f + x[3] * d + x[4] * node;
      double sine = Math.sin(argument);
      double cosine = Math.cos(argument);
      longitude += (x[5] + x[6] * t) * sine + x[7] * cosine;
      obliquity += (x[8] + x[9] * t) * cosine + x[10] * sine;
    }
    // The constants stand for the planetary terms.
    out[0] = (longitude * 1e-7) * FROM_ARCSEC;
    out[1] = (obliquity * 1e-7) * FROM_ARCSEC;
  }

  private static double argument(
      double constant, double rate, double second, double third, double fourth, double t) {
    double arcsec = constant + (rate + (second + (third + fourth * t) * t) * t) * t;
    return arcsec % TURN * FROM_ARCSEC;
  }
}

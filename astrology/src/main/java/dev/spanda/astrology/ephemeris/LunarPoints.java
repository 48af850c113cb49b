package dev.spanda.astrology.ephemeris;

import dev.spanda.astrology.Body;

/**
 * Nodes and apogees of the Moon's orbit, seen from the centre of the Earth.
 *
 * <p>The mean points are polynomials of the Moon's mean elements of date, the argument being Julian
 * centuries from J2000: the node and the perigee of DE431 as the reference tables have them,
 * written as fourth powers that meet the tables to 0.001″ between the years 1600 and 2400. The mean
 * orbit has the inclination 5.1453964°, the eccentricity 0.054879905 and the half axis 384 400 km
 * (0.0025695553 au).
 *
 * <p>The osculating points belong to the ellipse that the Moon would follow if the Earth and the
 * Moon were alone from this instant on: from the Moon's place and velocity, by the angular momentum
 * and the Laplace vector.
 */
final class LunarPoints {

  private static final double[] NODE = {
    125.044555044458, -1934.1363156137315, 0.0020714696121836, 1.9058541122936e-6, -2.08382665e-8
  };

  private static final double[] APOGEE = {
    263.3532429860825,
    4069.0135791508737,
    -0.010314028808509788,
    -1.1655753834023965e-05,
    7.152871177817621e-08
  };

  private static final double INCLINATION = Math.toRadians(5.1453964);
  private static final double MEAN_DISTANCE = 0.0025695552898;
  private static final double APOGEE_DISTANCE = 0.00271062513172;

  /**
   * GM of the Earth and the Moon in au³ a day². The first factor is the geocentric constant behind
   * the reference tables, 3.986 004 48e14 m³ s⁻²; that of DE431 is smaller by 3e-8, which would
   * turn the apogee by up to 0.2″.
   */
  private static final double MASS =
      3.98600448e14
          * (1 + 1 / 81.3005690741906)
          * 86400
          * 86400
          / (149597870700.0 * 149597870700.0 * 149597870700.0);

  /** Half the step of the differences that give the rates of the osculating points, in days. */
  private static final double STEP = 0.002;

  private final double[] state = new double[6];
  private final double[] here = new double[4];
  private final double[] before = new double[4];
  private final double[] after = new double[4];

  /**
   * A point in the ecliptic and the true equinox of date.
   *
   * @param moon the Moon from the Earth at this instant, from the same states; not modified
   * @param turn precession at this instant; not modified
   * @param wobble nutation at this instant; not modified
   * @param out receives longitude and latitude in radians, distance in au, and their rates a day
   */
  void into(
      Body which,
      double dayTt,
      States states,
      double[] moon,
      double[] turn,
      double[] wobble,
      double[] out) {
    switch (which) {
      case MEAN_NODE, MEAN_LILITH -> mean(which == Body.MEAN_NODE, dayTt, wobble, out);
      default -> {
        boolean node = which == Body.TRUE_NODE;
        // The Moon that is seen is the Moon of one light-time ago. Over one step the light-time is
        // a straight line to 2e-12 days, and precession to the last bit.
        double far = Math.sqrt(moon[0] * moon[0] + moon[1] * moon[1] + moon[2] * moon[2]);
        double recession = (moon[0] * moon[3] + moon[1] * moon[4] + moon[2] * moon[5]) / far;
        double late = far / Sky.LIGHT;
        double drift = recession * STEP / Sky.LIGHT;
        osculating(states, node, dayTt - STEP - (late - drift), turn, -STEP, before);
        osculating(states, node, dayTt + STEP - (late + drift), turn, STEP, after);
        osculating(states, node, dayTt - late, turn, 0, here);
        double twice = 2 * STEP;
        out[0] = Math.atan2(here[1], here[0]) + wobble[0];
        out[1] = here[2];
        out[2] = here[3];
        out[3] = between(before, after) / twice + wobble[2];
        out[4] = (after[2] - before[2]) / twice;
        out[5] = (after[3] - before[3]) / twice;
      }
    }
  }

  /** The small angle between two directions: the arc tangent by two terms, good to 1e-15 here. */
  private static double between(double[] from, double[] to) {
    double cross = from[0] * to[1] - from[1] * to[0];
    double tangent = cross / (from[0] * to[0] + from[1] * to[1]);
    return tangent - tangent * tangent * tangent / 3;
  }

  private static void mean(boolean isNode, double dayTt, double[] wobble, double[] out) {
    double t = (dayTt - 2451545.0) / 36525;
    double node = Math.toRadians(polynomial(NODE, t) % 360);
    double nodeRate = Math.toRadians(rate(NODE, t)) / 36525;
    if (isNode) {
      out[0] = node + wobble[0];
      out[1] = 0;
      out[2] = MEAN_DISTANCE;
      out[3] = nodeRate + wobble[2];
      out[4] = 0;
      out[5] = 0;
      return;
    }
    double argument = Math.toRadians(polynomial(APOGEE, t) % 360) - node;
    double argumentRate = Math.toRadians(rate(APOGEE, t)) / 36525 - nodeRate;
    double c = Math.cos(argument);
    double s = Math.sin(argument);
    double ci = Math.cos(INCLINATION);
    double si = Math.sin(INCLINATION);
    double flat = c * c + s * s * ci * ci;
    out[0] = node + Math.atan2(s * ci, c) + wobble[0];
    out[1] = Math.asin(s * si);
    out[2] = APOGEE_DISTANCE;
    out[3] = nodeRate + argumentRate * ci / flat + wobble[2];
    out[4] = argumentRate * c * si / Math.sqrt(flat);
    out[5] = 0;
  }

  /**
   * The point without nutation.
   *
   * @param seen when the light of the Moon left it
   * @param ahead days from the instant of {@code turn}
   * @param out receives x and y of its direction along the ecliptic, of any length, latitude and
   *     distance
   */
  private void osculating(
      States states, boolean node, double seen, double[] turn, double ahead, double[] out) {
    states.state(Pack.MOON, seen, state, 0);
    double[] m = turn;
    double m0 = m[0] + ahead * m[9];
    double m1 = m[1] + ahead * m[10];
    double m2 = m[2] + ahead * m[11];
    double m3 = m[3] + ahead * m[12];
    double m4 = m[4] + ahead * m[13];
    double m5 = m[5] + ahead * m[14];
    double m6 = m[6] + ahead * m[15];
    double m7 = m[7] + ahead * m[16];
    double m8 = m[8] + ahead * m[17];
    double x = m0 * state[0] + m1 * state[1] + m2 * state[2];
    double y = m3 * state[0] + m4 * state[1] + m5 * state[2];
    double z = m6 * state[0] + m7 * state[1] + m8 * state[2];
    double vx = m0 * state[3] + m1 * state[4] + m2 * state[5];
    double vy = m3 * state[3] + m4 * state[4] + m5 * state[5];
    double vz = m6 * state[3] + m7 * state[4] + m8 * state[5];
    double hx = y * vz - z * vy;
    double hy = z * vx - x * vz;
    double hz = x * vy - y * vx;
    double mu = MASS;
    double r = Math.sqrt(x * x + y * y + z * z);
    double ex = (vy * hz - vz * hy) / mu - x / r;
    double ey = (vz * hx - vx * hz) / mu - y / r;
    double ez = (vx * hy - vy * hx) / mu - z / r;
    double parameter = (hx * hx + hy * hy + hz * hz) / mu;
    if (node) {
      double flat = Math.sqrt(hx * hx + hy * hy);
      out[0] = -hy;
      out[1] = hx;
      out[2] = 0;
      out[3] = parameter / (1 + (-hy * ex + hx * ey) / flat);
    } else {
      double e = Math.sqrt(ex * ex + ey * ey + ez * ez);
      out[0] = -ex;
      out[1] = -ey;
      out[2] = Math.asin(-ez / e);
      out[3] = parameter / (1 - e);
    }
  }

  private static double polynomial(double[] c, double t) {
    return c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * c[4])));
  }

  private static double rate(double[] c, double t) {
    return c[1] + t * (2 * c[2] + t * (3 * c[3] + t * 4 * c[4]));
  }
}

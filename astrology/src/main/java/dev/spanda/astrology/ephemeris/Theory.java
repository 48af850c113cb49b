package dev.spanda.astrology.ephemeris;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The analytical theories that stand in for the pack outside its years: VSOP87B for Mercury to
 * Neptune and ELP/MPP02 for the Moon, both cut off where a term is worth less than 0.0005″.
 *
 * <p>Sources: P. Bretagnon and G. Francou, "Planetary theories in rectangular and spherical
 * variables. VSOP87 solutions", A&amp;A 202 (1988), 309–315; J. Chapront and G. Francou, "The lunar
 * theory ELP revisited. Introduction of new planetary perturbations", A&amp;A 404 (2003), 735–742,
 * with the constants fitted to JPL DE405 and the secular terms to DE406.
 *
 * <p>A series is a sum of A sin(p₀ + p₁t + … ), with t in Julian centuries of TDB from J2000. The
 * tables are immutable and shared; an object of this class is the scratch of one thread, and what
 * it keeps is a function of the instant alone.
 */
final class Theory implements States {

  /** The first instant, TT, of 1 January −2999 of the proleptic Gregorian calendar (3000 BC). */
  static final double FIRST_DAY = 625673.5;

  /** The first instant, TT, of 1 January 5000. */
  static final double LAST_DAY = 3547272.5;

  private static final int MAGIC = 0x53505431;
  private static final String RESOURCE = "vsop87-mpp02.pack";
  private static final int PLANETS = 8;
  private static final double CENTURY = 36525;
  private static final double FROM_ARCSEC = Math.PI / 648000;

  /** Kilometres in an au, IAU 2012. */
  private static final double AU = 149597870.700;

  /** What each planet is called in {@link Pack}: Mercury, Venus, Earth and Moon, Mars and on. */
  private static final int[] PLACE = {
    -1, 0, 1, 2, -1, 3, 4, 5, 6, 7,
  };

  /** Mass of each planet, its moons included, in Suns: IAU 2009 system of constants. */
  private static final double[] MASS = {
    1 / 6023600.0,
    1 / 408523.719,
    1 / 328900.56,
    1 / 3098703.59,
    1 / 1047.348644,
    1 / 3497.9018,
    1 / 22902.98,
    1 / 19412.26
  };

  /** The Moon's part of the mass of Earth and Moon, DE431. */
  private static final double MOON_SHARE = 1 / (1 + 81.3005690741906);

  private static final double WHOLE;

  static {
    double sum = 1;
    for (double mass : MASS) {
      sum += mass;
    }
    WHOLE = sum;
  }

  /**
   * From the dynamical ecliptic and equinox J2000 of VSOP87 to the equator of FK5: the matrix that
   * the authors give with their tables.
   */
  private static final double[] PLANETARY = {
    1,
    0.000000440360,
    -0.000000190919,
    -0.000000479966,
    0.917482137087,
    -0.397776982902,
    0,
    0.397776982902,
    0.917482137087
  };

  /**
   * From the inertial mean ecliptic and the equinox J2000 of ELP to the ICRS: the ecliptic leans by
   * 84381.40928″ and its zero point lies 0.05028″ from that of the equator (Chapront and Francou
   * 2003, table of the DE405 fit).
   */
  private static final double[] LUNAR =
      Vectors.times(
          Vectors.aboutZ(0.05028 * FROM_ARCSEC), Vectors.aboutX(-84381.40928 * FROM_ARCSEC));

  /** Laskar's ecliptic of date against that of J2000, in centuries (as ELP uses it). */
  private static final double[] P = {
    0, 0.10180391e-4, 0.47020439e-6, -0.5417367e-9, -0.2507948e-11, 0.463486e-14
  };

  private static final double[] Q = {
    0, -0.113469002e-3, 0.12372674e-6, 0.12654170e-8, -0.1371808e-11, -0.320334e-14
  };

  /** The mean longitude of the Moon, radians, and its powers of time. */
  private static final double[] MEAN_LONGITUDE = {
    3.8103440908308803,
    8399.68473007193,
    -0.00003318952042550094,
    3.1102494491060616e-8,
    -2.0328237648922845e-10
  };

  private final Table[] tables = Shared.TABLES;
  private final double[] planets = new double[6 * PLANETS];
  private final double[] sun = new double[6];
  private final double[] polar = new double[6];
  private final double[] moon = new double[6];
  private double day = Double.NaN;
  private double moonDay = Double.NaN;

  private static final class Shared {
    static final Table[] TABLES = read();
  }

  private static Table[] read() {
    try (InputStream in = Theory.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw missing();
      }
      ByteBuffer buffer = ByteBuffer.wrap(in.readAllBytes());
      if (buffer.getInt() != MAGIC) {
        throw missing();
      }
      Table[] tables = new Table[3 * (PLANETS + 1)];
      for (int i = 0; i < tables.length; i++) {
        tables[i] = new Table(buffer);
      }
      return tables;
    } catch (IOException e) {
      throw missing().causedBy(e);
    }
  }

  private static Failure missing() {
    return Failure.of(
        Failure.Reason.UNAVAILABLE, "ephemeris", "The tables of the theories are missing");
  }

  @Override
  public void state(int body, double dayTdb, double[] out, int at) {
    if (body == Pack.MOON || body == Pack.EARTH_MOON) {
      if (dayTdb != moonDay) {
        moonDay = Double.NaN;
        moon(dayTdb, moon);
        moonDay = dayTdb;
      }
      System.arraycopy(moon, 0, out, at, 6);
      if (body == Pack.MOON) {
        return;
      }
    }
    bring(dayTdb);
    if (body == Pack.EARTH_MOON) {
      // The tables of the Earth are those of the planet itself, not of its barycentre.
      for (int i = 0; i < 6; i++) {
        out[at + i] = planets[12 + i] + out[at + i] * MOON_SHARE;
      }
      return;
    }
    if (body == Pack.SUN) {
      System.arraycopy(sun, 0, out, at, 6);
      return;
    }
    System.arraycopy(planets, 6 * PLACE[body], out, at, 6);
    if (body >= Pack.MARS) {
      for (int i = 0; i < 6; i++) {
        out[at + i] += sun[i];
      }
    }
  }

  private void bring(double dayTdb) {
    if (dayTdb == day) {
      return;
    }
    day = Double.NaN;
    double t = (dayTdb - 2451545.0) / CENTURY;
    Arrays.fill(sun, 0);
    for (int planet = 0; planet < PLANETS; planet++) {
      for (int k = 0; k < 3; k++) {
        tables[3 * planet + k].sum(t, polar, k);
      }
      rectangular(planets, 6 * planet);
      turn(PLANETARY, planets, 6 * planet);
      double share = MASS[planet] / WHOLE;
      for (int i = 0; i < 6; i++) {
        sun[i] -= share * planets[6 * planet + i];
      }
    }
    day = dayTdb;
  }

  private void moon(double dayTdb, double[] out) {
    double t = (dayTdb - 2451545.0) / CENTURY;
    for (int k = 0; k < 3; k++) {
      tables[3 * PLANETS + k].sum(t, polar, k);
    }
    polar[0] = polar[0] * FROM_ARCSEC + polynomial(MEAN_LONGITUDE, t);
    polar[3] = polar[3] * FROM_ARCSEC + rate(MEAN_LONGITUDE, t);
    polar[1] *= FROM_ARCSEC;
    polar[4] *= FROM_ARCSEC;
    polar[2] /= AU;
    polar[5] /= AU;
    rectangular(out, 0);
    // From the ecliptic of date, its zero point departing from the node, to the ecliptic of J2000.
    double p = polynomial(P, t);
    double q = polynomial(Q, t);
    double pRate = rate(P, t) / CENTURY;
    double qRate = rate(Q, t) / CENTURY;
    double root = Math.sqrt(1 - p * p - q * q);
    double rootRate = -(p * pRate + q * qRate) / root;
    double x = out[0];
    double y = out[1];
    double z = out[2];
    double vx = out[3];
    double vy = out[4];
    double vz = out[5];
    // A reflection through the pole: r + 2 (p, −q, s) × …, written with the height w and the lean
    // u.
    double u = p * x - q * y;
    double uRate = pRate * x - qRate * y + p * vx - q * vy;
    double w = z * root - u;
    double wRate = vz * root + z * rootRate - uRate;
    out[0] = x + 2 * p * w;
    out[1] = y - 2 * q * w;
    out[2] = z - 2 * root * u - 2 * (p * p + q * q) * z;
    out[3] = vx + 2 * (pRate * w + p * wRate);
    out[4] = vy - 2 * (qRate * w + q * wRate);
    out[5] =
        vz
            - 2 * (rootRate * u + root * uRate)
            - 4 * (p * pRate + q * qRate) * z
            - 2 * (p * p + q * q) * vz;
    turn(LUNAR, out, 0);
  }

  /** From longitude, latitude and distance, rates a century, to coordinates, rates a day. */
  private void rectangular(double[] out, int at) {
    double cl = Math.cos(polar[0]);
    double sl = Math.sin(polar[0]);
    double cb = Math.cos(polar[1]);
    double sb = Math.sin(polar[1]);
    double r = polar[2];
    double vl = polar[3] / CENTURY;
    double vb = polar[4] / CENTURY;
    double vr = polar[5] / CENTURY;
    double flat = r * cb;
    double flatRate = vr * cb - r * sb * vb;
    out[at] = flat * cl;
    out[at + 1] = flat * sl;
    out[at + 2] = r * sb;
    out[at + 3] = flatRate * cl - flat * sl * vl;
    out[at + 4] = flatRate * sl + flat * cl * vl;
    out[at + 5] = vr * sb + flat * vb;
  }

  private static void turn(double[] m, double[] v, int at) {
    for (int i = at; i < at + 6; i += 3) {
      double x = v[i];
      double y = v[i + 1];
      double z = v[i + 2];
      v[i] = m[0] * x + m[1] * y + m[2] * z;
      v[i + 1] = m[3] * x + m[4] * y + m[5] * z;
      v[i + 2] = m[6] * x + m[7] * y + m[8] * z;
    }
  }

  private static double polynomial(double[] c, double t) {
    double sum = 0;
    for (int i = c.length - 1; i >= 0; i--) {
      sum = sum * t + c[i];
    }
    return sum;
  }

  private static double rate(double[] c, double t) {
    double sum = 0;
    for (int i = c.length - 1; i > 0; i--) {
      sum = sum * t + i * c[i];
    }
    return sum;
  }

  /**
   * One coordinate: a series for each power of time. A term is its amplitude and the coefficients
   * of its phase.
   */
  static final class Table {
    private final int degree;
    private final int[] ends;
    private final double[] terms;

    /**
     * Reads: the degree of the phases, the number of powers, and for each power the number of
     * terms; then the terms in groups of {@value #GROUP}, each with a quantum and a width in bits
     * for each column, and the columns as signed whole numbers.
     */
    Table(ByteBuffer in) {
      degree = in.get();
      int powers = in.get();
      ends = new int[powers];
      int columns = degree + 2;
      int count = 0;
      for (int k = 0; k < powers; k++) {
        count += in.getInt();
        ends[k] = count;
      }
      terms = new double[count * columns];
      double[] quantum = new double[columns];
      int[] width = new int[columns];
      int term = 0;
      for (int k = 0; k < powers; k++) {
        while (term < ends[k]) {
          int last = Math.min(term + GROUP, ends[k]);
          for (int c = 0; c < columns; c++) {
            quantum[c] = Math.scalb(1.0, in.get());
            width[c] = in.get();
          }
          long held = 0;
          int bits = 0;
          for (; term < last; term++) {
            for (int c = 0; c < columns; c++) {
              long value = 0;
              for (int need = width[c]; need > 0; ) {
                if (bits == 0) {
                  held = in.get() & 0xff;
                  bits = 8;
                }
                int take = Math.min(need, bits);
                bits -= take;
                value = value << take | held >> bits & (1 << take) - 1;
                need -= take;
              }
              int spare = 64 - width[c];
              terms[term * columns + c] =
                  width[c] == 0 ? 0 : (value << spare >> spare) * quantum[c];
            }
          }
        }
      }
    }

    static final int GROUP = 16;

    /** Writes the sum to {@code out[at]} and its rate to {@code out[at + 3]}. */
    void sum(double t, double[] out, int at) {
      double value = 0;
      double rate = 0;
      int columns = degree + 2;
      int start;
      for (int k = ends.length - 1; k >= 0; k--) {
        start = k == 0 ? 0 : ends[k - 1];
        double s = 0;
        double v = 0;
        for (int i = ends[k] - 1; i >= start; i--) {
          int first = i * columns;
          double phase = 0;
          double turning = 0;
          for (int c = columns - 1; c > 0; c--) {
            turning = turning * t + phase;
            phase = phase * t + terms[first + c];
          }
          double amplitude = terms[first];
          s += amplitude * Math.sin(phase);
          v += amplitude * turning * Math.cos(phase);
        }
        // Horner's rule over the powers of time, and its derivative.
        rate = rate * t + value + v;
        value = value * t + s;
      }
      out[at] = value;
      out[at + 3] = rate;
    }
  }
}

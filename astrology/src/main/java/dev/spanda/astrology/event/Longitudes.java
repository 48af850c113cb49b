package dev.spanda.astrology.event;

import dev.spanda.astrology.Body;
import java.util.function.ToDoubleBiFunction;

/** Searches along apparent ecliptic longitude; all times are jd TT, all angles degrees. */
final class Longitudes {

  /** Steps that no retrograde loop fits into unseen. */
  static double step(Body body) {
    return switch (body) {
      case MOON, TRUE_NODE, OSCULATING_LILITH -> 1;
      case MERCURY -> 4;
      case SUN, VENUS, MARS, CERES, PALLAS, JUNO, VESTA -> 8;
      default -> 16;
    };
  }

  private Longitudes() {}

  /** What a walk meets. */
  interface Visitor {
    /** The body passes a multiple of the grid; returns whether to walk on. */
    boolean crossing(double time, double gridDeg, boolean direct);

    /** The body stands still; returns whether to walk on. */
    boolean station(double time, boolean retrogradeFollows);
  }

  /**
   * Walks from one time to another and reports, in order of time, each passing of a multiple of the
   * grid (offset allowed) and each station.
   */
  static void walk(
      Almanac sky,
      Body body,
      double from,
      double to,
      double gridDeg,
      double offsetDeg,
      Visitor seen) {
    double step = step(body);
    double[] a = new double[6];
    double[] b = new double[6];
    double[] s = new double[6];
    sky.ecliptic(body, from, a);
    double ta = from;
    while (ta < to) {
      double tb = Math.min(ta + step, to);
      sky.ecliptic(body, tb, b);
      if (a[3] < 0 == b[3] < 0 || a[3] == 0) {
        if (!piece(sky, body, ta, a, tb, b, gridDeg, offsetDeg, seen)) {
          return;
        }
      } else {
        double ts = station(sky, body, ta, a[3], tb, b[3]);
        sky.ecliptic(body, ts, s);
        s[3] = a[3];
        if (!piece(sky, body, ta, a, ts, s, gridDeg, offsetDeg, seen)
            || !seen.station(ts, b[3] < 0)) {
          return;
        }
        s[3] = b[3];
        if (!piece(sky, body, ts, s, tb, b, gridDeg, offsetDeg, seen)) {
          return;
        }
      }
      double[] swap = a;
      a = b;
      b = swap;
      ta = tb;
    }
  }

  /** The moment between two of different direction at which the longitude's speed is nought. */
  static double station(Almanac sky, Body body, double ta, double va, double tb, double vb) {
    double[] p = new double[6];
    return Search.root(
        t -> {
          sky.ecliptic(body, t, p);
          return p[3];
        },
        ta,
        va,
        tb,
        vb,
        1e-7);
  }

  /** Grid passings while the body moves one way. */
  private static boolean piece(
      Almanac sky,
      Body body,
      double ta,
      double[] a,
      double tb,
      double[] b,
      double grid,
      double offset,
      Visitor seen) {
    boolean direct = a[3] >= 0 && b[3] >= 0;
    double start = a[0] - offset;
    double moved = signed(b[0] - a[0]);
    double end = start + moved;
    if (direct) {
      for (double line = Math.floor(start / grid) + 1; line * grid <= end; line++) {
        double t = passing(sky, body, ta, start, tb, end, line * grid, offset);
        if (!seen.crossing(t, turn(line * grid + offset), true)) {
          return false;
        }
      }
    } else {
      for (double line = Math.ceil(start / grid) - 1; line * grid >= end; line--) {
        double t = passing(sky, body, ta, start, tb, end, line * grid, offset);
        if (!seen.crossing(t, turn(line * grid + offset), false)) {
          return false;
        }
      }
    }
    return true;
  }

  private static double passing(
      Almanac sky,
      Body body,
      double ta,
      double start,
      double tb,
      double end,
      double line,
      double offset) {
    double[] p = new double[6];
    return Search.root(
        t -> {
          sky.ecliptic(body, t, p);
          return signed(p[0] - offset - line);
        },
        ta,
        start - line,
        tb,
        end - line,
        1e-8);
  }

  /**
   * The first moment after {@code from} at which a growing angle of known mean speed has a value.
   *
   * @param angle the angle and its speed a day at a time: first call gives degrees
   * @param meanSpeed degrees a day; the true angle must stay within 180° of the mean motion
   */
  static double next(
      ToDoubleBiFunction<Double, double[]> angle, double from, double wanted, double meanSpeed) {
    double[] speed = {meanSpeed};
    double ahead = turn(wanted - angle.applyAsDouble(from, speed));
    if (ahead == 0) {
      ahead = 360;
    }
    double t = from + ahead / meanSpeed;
    for (int i = 0; i < 20; i++) {
      double error = signed(angle.applyAsDouble(t, speed) - wanted);
      double change = error / speed[0];
      t -= change;
      if (Math.abs(change) < 1e-7) {
        break;
      }
    }
    return t;
  }

  /** The angle in [0, 360). */
  static double turn(double degrees) {
    double rest = degrees - 360 * Math.floor(degrees / 360);
    return rest >= 360 ? 0 : rest;
  }

  /** The angle in [−180, 180). */
  static double signed(double degrees) {
    return degrees - 360 * Math.floor((degrees + 180) / 360);
  }
}

package dev.spanda.astrology.event;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.event.SkyEvent.EclipseKind;
import org.jspecify.annotations.Nullable;

/**
 * The geometry of the two shadows, in equatorial radii of the Earth (W. Chauvenet, <i>A Manual of
 * Spherical and Practical Astronomy</i>, 1863, I, chapter X; J. Meeus, <i>Elements of Solar
 * Eclipses</i>, 1989). All times are jd TT.
 */
final class Shadows {

  private static final double AU_KM = 149_597_870.7;
  private static final double EARTH_KM = 6378.1366;
  private static final double UNIT = AU_KM / EARTH_KM;
  private static final double POLE = 1 - 1 / 298.25642;
  private static final double SUN = 696_000 / EARTH_KM;

  /** Mean radius of the Moon's disc, IAU 1982. */
  private static final double MOON = 0.2724880;

  /**
   * The Earth's shadow is cast by the atmosphere too: its radius enlarged by a hundredth (A.
   * Danjon, L'Astronomie 65, 1951).
   */
  private static final double EARTH = 1.01;

  private final Almanac sky;
  private final double[] sun = new double[6];
  private final double[] moon = new double[6];

  Shadows(Almanac sky) {
    this.sky = sky;
  }

  private void at(double time) {
    sky.equatorial(Body.SUN, time, sun);
    sky.equatorial(Body.MOON, time, moon);
    for (int i = 0; i < 3; i++) {
      sun[i] *= UNIT;
      moon[i] *= UNIT;
    }
  }

  /** Square of the angle between the centres of Sun and Moon, seen from the Earth's centre. */
  double separation(double time) {
    at(time);
    double dot = dot(sun, moon) / Math.sqrt(dot(sun, sun) * dot(moon, moon));
    return 2 * (1 - dot);
  }

  /** Square of the Moon's distance from the axis of the Earth's shadow. */
  double fromAxis(double time) {
    at(time);
    double along = dot(sun, moon) / Math.sqrt(dot(sun, sun));
    return dot(moon, moon) - along * along;
  }

  /** The kind of lunar eclipse at its middle; null when there is none. */
  @Nullable EclipseKind lunar(double time) {
    double fromAxis = Math.sqrt(fromAxis(time));
    double distance = Math.sqrt(dot(sun, sun));
    double behind = -dot(sun, moon) / distance;
    double umbra = EARTH - (SUN - 1) / distance * behind;
    double penumbra = EARTH + (SUN + 1) / distance * behind;
    if (fromAxis + MOON < umbra) {
      return EclipseKind.TOTAL;
    }
    if (fromAxis - MOON < umbra) {
      return EclipseKind.PARTIAL;
    }
    return fromAxis - MOON < penumbra ? EclipseKind.PENUMBRAL : null;
  }

  /** The kind of solar eclipse at its middle; null when there is none. */
  @Nullable EclipseKind solar(double time) {
    double[] axis = new double[5];
    axis(time, axis);
    double plane = axis[PLANE];
    double umbra = umbra(plane, axis);
    if (axis[HIT] <= 0) {
      double penumbra = MOON + (SUN + MOON) / axis[LENGTH] * plane;
      // Where the axis passes beside the Earth, both lengths are stretched like the Earth.
      double beside = axis[BESIDE];
      if (beside > penumbra * axis[STRETCH]) {
        return null;
      }
      if (beside > Math.abs(umbra) * axis[STRETCH]) {
        return EclipseKind.PARTIAL;
      }
      return umbra > 0 ? EclipseKind.TOTAL : EclipseKind.ANNULAR;
    }
    double nearest = umbra(axis[HIT], axis);
    if (nearest < 0) {
      return EclipseKind.ANNULAR;
    }
    // Total at its middle; hybrid when the shadow's tip does not reach an end of the path.
    return end(time, -1) < 0 || end(time, 1) < 0 ? EclipseKind.HYBRID : EclipseKind.TOTAL;
  }

  /** Radius of the umbra where the axis leaves or meets the Earth's rim; negative when annular. */
  private double end(double middle, int sense) {
    double[] axis = new double[5];
    double inside = middle;
    double outside = middle + sense * 0.25;
    for (int i = 0; i < 40; i++) {
      double t = (inside + outside) / 2;
      axis(t, axis);
      if (axis[HIT] > 0) {
        inside = t;
      } else {
        outside = t;
      }
    }
    axis(inside, axis);
    return umbra(axis[HIT], axis);
  }

  private static final int LENGTH = 0;
  private static final int PLANE = 1;
  private static final int HIT = 2;
  private static final int BESIDE = 3;
  private static final int STRETCH = 4;

  /**
   * The shadow axis: its length from Sun to Moon, the way from the Moon to the plane through the
   * Earth's centre, the way from the Moon to the Earth's surface (0 when it misses), how far it
   * passes outside the surface, and how much the polar axis had to be stretched in that direction.
   */
  private void axis(double time, double[] out) {
    at(time);
    double x = moon[0] - sun[0];
    double y = moon[1] - sun[1];
    double z = moon[2] - sun[2];
    double length = Math.sqrt(x * x + y * y + z * z);
    x /= length;
    y /= length;
    z /= length;
    double plane = -(moon[0] * x + moon[1] * y + moon[2] * z);
    // Stretching the axis of rotation makes the Earth a sphere.
    double sz = z / POLE;
    double mz = moon[2] / POLE;
    double a = x * x + y * y + sz * sz;
    double b = moon[0] * x + moon[1] * y + mz * sz;
    double c = moon[0] * moon[0] + moon[1] * moon[1] + mz * mz - 1;
    double discriminant = b * b - a * c;
    out[LENGTH] = length;
    out[PLANE] = plane;
    out[HIT] = discriminant > 0 ? (-b - Math.sqrt(discriminant)) / a : 0;
    double nearest = Math.sqrt(Math.max(0, c + 1 - b * b / a));
    out[BESIDE] = nearest - 1;
    out[STRETCH] = nearest / Math.sqrt(Math.max(1e-12, dot(moon, moon) - plane * plane));
  }

  private static double umbra(double fromMoon, double[] axis) {
    return MOON - (SUN - MOON) / axis[LENGTH] * fromMoon;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}

package dev.spanda.astrology.event;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;

/**
 * A body's way over one place during one span of time.
 *
 * <p>Its geocentric direction is sampled at a few Chebyshev nodes and interpolated (four nodes, six
 * for the Moon, over 28 hours: below 0.01″, which is below a millisecond of rising), so that each
 * height costs a sine and a cosine instead of an ephemeris.
 */
final class Diurnal {

  private static final double DEG = Math.PI / 180;
  private static final double AU_KM = 149_597_870.7;

  /** IERS Conventions (2010), table 1.1: equatorial radius and flattening. */
  private static final double EARTH_KM = 6378.1366;

  private static final double FLATTENING = 1 / 298.25642;

  /** Turn of the Earth against the equinox, degrees a day of UT1 (Aoki and others, 1982). */
  private static final double TURN_DEG = 360.98564736629;

  private static final double[] NODES_4 = nodes(4);
  private static final double[] NODES_6 = nodes(6);
  private static final double[] COSINES_4 = cosines(4);
  private static final double[] COSINES_6 = cosines(6);

  private final int count;
  private final double[] coefficients;
  private final double middle;
  private final double half;
  private final double sidereal;
  private final double cosLat;
  private final double sinLat;
  private final double axial;
  private final double polar;
  private final double zenith;
  private final double observer;
  private final double radius;
  private final double sinLimit;
  private final double cosLimit;

  /**
   * @param from first moment, jd UT1
   * @param span days
   * @param limitDeg true altitude, degrees, that counts as the horizon
   * @param radiusKm radius of the disc whose upper limb is watched; 0 for the centre
   */
  Diurnal(
      Almanac sky,
      Body body,
      Place place,
      double from,
      double span,
      double limitDeg,
      double radiusKm) {
    count = body == Body.MOON ? 6 : 4;
    half = span / 2;
    middle = from + half;
    coefficients = fit(sky, body);
    sidereal = (sky.siderealDeg(middle) + place.longitudeDeg()) * DEG;
    double lat = place.latitudeDeg() * DEG;
    cosLat = Math.cos(lat);
    sinLat = Math.sin(lat);
    double squash = (1 - FLATTENING) * (1 - FLATTENING);
    double c = EARTH_KM / Math.sqrt(cosLat * cosLat + squash * sinLat * sinLat);
    double elevation = place.elevationM() / 1000;
    axial = (c + elevation) / AU_KM * cosLat;
    polar = (c * squash + elevation) / AU_KM * sinLat;
    zenith = axial * cosLat + polar * sinLat;
    observer = axial * axial + polar * polar;
    radius = radiusKm / AU_KM;
    sinLimit = Math.sin(limitDeg * DEG);
    cosLimit = Math.cos(limitDeg * DEG);
  }

  private double[] fit(Almanac sky, Body body) {
    double[] nodes = count == 6 ? NODES_6 : NODES_4;
    double[] cosines = count == 6 ? COSINES_6 : COSINES_4;
    double[] fitted = new double[3 * count];
    double[] xyz = new double[6];
    double toTt = sky.ttFromUt(middle) - middle;
    for (int k = 0; k < count; k++) {
      sky.equatorial(body, middle + half * nodes[k] + toTt, xyz);
      for (int j = 0; j < count; j++) {
        double weight = cosines[j * count + k];
        fitted[j] += weight * xyz[0];
        fitted[count + j] += weight * xyz[1];
        fitted[2 * count + j] += weight * xyz[2];
      }
    }
    return fitted;
  }

  /**
   * How far the watched point stands above the limit: the sine of its true topocentric altitude
   * less that of the limit, close to radians near 0.
   */
  double height(double jdUt) {
    double tau = (jdUt - middle) / half;
    double x = clenshaw(0, tau);
    double y = clenshaw(count, tau);
    double z = clenshaw(2 * count, tau);
    double angle = sidereal + (jdUt - middle) * TURN_DEG * DEG;
    double toward = x * Math.cos(angle) + y * Math.sin(angle);
    double distance =
        Math.sqrt(x * x + y * y + z * z - 2 * (axial * toward + polar * z) + observer);
    double sinAltitude = (cosLat * toward + sinLat * z - zenith) / distance;
    double disc = radius / distance;
    // sin(limit − asin(disc)); the cosine of a quarter of a degree is 1 − disc²/2 to 1e-10.
    return sinAltitude - (sinLimit * (1 - disc * disc / 2) - cosLimit * disc);
  }

  /** Local hour angle in degrees, [−180, 180). */
  double hourAngleDeg(double jdUt) {
    double tau = (jdUt - middle) / half;
    double ra = Math.atan2(clenshaw(count, tau), clenshaw(0, tau));
    double angle = (sidereal + (jdUt - middle) * TURN_DEG * DEG - ra) / DEG;
    return angle - 360 * Math.floor((angle + 180) / 360);
  }

  private double clenshaw(int at, double tau) {
    double[] c = coefficients;
    double b1 = 0;
    double b2 = 0;
    double twice = 2 * tau;
    for (int j = count - 1; j > 0; j--) {
      double b = c[at + j] + twice * b1 - b2;
      b2 = b1;
      b1 = b;
    }
    return c[at] + tau * b1 - b2;
  }

  private static double[] nodes(int n) {
    double[] nodes = new double[n];
    for (int k = 0; k < n; k++) {
      nodes[k] = Math.cos(Math.PI * (k + 0.5) / n);
    }
    return nodes;
  }

  private static double[] cosines(int n) {
    double[] cosines = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        cosines[j * n + k] = (j == 0 ? 1.0 : 2.0) / n * Math.cos(Math.PI * j * (k + 0.5) / n);
      }
    }
    return cosines;
  }
}

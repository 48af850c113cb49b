package dev.spanda.biofield.metric;

import dev.spanda.biofield.Metrics;

/**
 * Moments of gray up to the second order, from the sums of rows and columns. Central moments are
 * summed about the centre itself, so that nothing cancels.
 */
final class Moments {

  /** Two axes whose squared lengths differ by less than this share are equally long. */
  private static final double ROUND = 1e-12;

  final double m00;
  final double m10;
  final double m01;
  final double m20;
  final double m11;
  final double m02;
  final double mu20;
  final double mu11;
  final double mu02;

  private Moments(Picture picture) {
    double sum = 0;
    double sumX = 0;
    double sumXx = 0;
    for (int i = 0; i < picture.width; i++) {
      double x = picture.left + i;
      sum += picture.columnSums[i];
      sumX += x * picture.columnSums[i];
      sumXx += x * x * picture.columnSums[i];
    }
    double sumY = 0;
    double sumYy = 0;
    for (int i = 0; i < picture.height; i++) {
      double y = picture.top + i;
      sumY += y * picture.rowSums[i];
      sumYy += y * y * picture.rowSums[i];
    }
    m00 = sum;
    m10 = sumX;
    m01 = sumY;
    m20 = sumXx;
    m02 = sumYy;
    double meanX = sumX / sum;
    double meanY = sumY / sum;
    double aboutX = 0;
    double aboutBoth = 0;
    double raw = 0;
    for (int i = 0; i < picture.width; i++) {
      double x = picture.left + i;
      double rowed = picture.columnMoments[i] + (double) picture.top * picture.columnSums[i];
      aboutX += (x - meanX) * (x - meanX) * picture.columnSums[i];
      aboutBoth += (x - meanX) * (rowed - meanY * picture.columnSums[i]);
      raw += x * rowed;
    }
    double aboutY = 0;
    for (int i = 0; i < picture.height; i++) {
      double y = picture.top + i;
      aboutY += (y - meanY) * (y - meanY) * picture.rowSums[i];
    }
    m11 = raw;
    mu20 = aboutX;
    mu11 = aboutBoth;
    mu02 = aboutY;
  }

  static Moments from(Picture picture) {
    return new Moments(picture);
  }

  static Metrics.Geometric of(Picture picture) {
    Moments m = from(picture);
    double none = Double.NaN;
    if (m.m00 == 0) {
      return new Metrics.Geometric(picture.count, new Metrics.Point(none, none), none, none, none);
    }
    Metrics.Point center = new Metrics.Point(m.m10 / m.m00, m.m01 / m.m00);
    double both = m.mu20 + m.mu02;
    double across = m.mu20 - m.mu02;
    double twist = 2 * m.mu11;
    double apart = Math.sqrt(across * across + twist * twist);
    if (both == 0) {
      return new Metrics.Geometric(picture.count, center, 0, none, 0);
    }
    if (apart <= ROUND * both) {
      return new Metrics.Geometric(picture.count, center, both, 0, 0);
    }
    // 1 − λ2/λ1 with λ = (both ± apart)/2.
    double eccentricity = Math.sqrt(Math.min(1, 2 * apart / (both + apart)));
    double orientation = StrictMath.toDegrees(0.5 * StrictMath.atan2(twist, across));
    return new Metrics.Geometric(picture.count, center, both, eccentricity, orientation);
  }
}

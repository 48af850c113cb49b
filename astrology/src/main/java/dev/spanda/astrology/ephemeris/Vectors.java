package dev.spanda.astrology.ephemeris;

/**
 * Rotation matrices of three rows in one array of nine. A positive angle turns the axes, as in the
 * usual R1, R2, R3 of astronomy.
 */
final class Vectors {

  private Vectors() {}

  static double[] aboutX(double angle) {
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    return new double[] {1, 0, 0, 0, c, s, 0, -s, c};
  }

  static double[] aboutY(double angle) {
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    return new double[] {c, 0, -s, 0, 1, 0, s, 0, c};
  }

  static double[] aboutZ(double angle) {
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    return new double[] {c, s, 0, -s, c, 0, 0, 0, 1};
  }

  /** The product of two matrices: first {@code b} turns, then {@code a}. */
  static double[] times(double[] a, double[] b) {
    double[] out = new double[9];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        out[3 * row + column] =
            a[3 * row] * b[column]
                + a[3 * row + 1] * b[3 + column]
                + a[3 * row + 2] * b[6 + column];
      }
    }
    return out;
  }
}

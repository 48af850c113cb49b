package dev.spanda.astrology.ephemeris;

/**
 * The frames in which the coefficients of the pack are written: chosen so that they are small, or
 * nearly alike from piece to piece. The formulas need not be accurate, only the same in the maker
 * of the pack and its reader.
 */
final class Frame {

  static final int PLAIN = 0;
  static final int LUNAR = 1;
  static final int ECLIPTIC = 2;

  private Frame() {}

  /** The rotation from the ICRS, by row; its third axis is the pole of the orbit, roughly. */
  static double[] of(int kind, double day) {
    if (kind == PLAIN) {
      return new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
    }
    double[] ecliptic = Vectors.aboutX(StrictMath.toRadians(23.439279444444445));
    if (kind == ECLIPTIC) {
      return ecliptic;
    }
    // Mean node and perigee of the Moon against the equinox of J2000.
    double t = (day - 2451545.0) / 36525;
    double node = StrictMath.toRadians((125.0445 - 1935.5332 * t) % 360);
    double perigee = StrictMath.toRadians((83.3532 + 4067.6166 * t) % 360);
    double inclination = StrictMath.toRadians(5.1454);
    return Vectors.times(
        Vectors.aboutZ(perigee - node),
        Vectors.times(Vectors.aboutX(inclination), Vectors.times(Vectors.aboutZ(node), ecliptic)));
  }
}

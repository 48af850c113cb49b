package dev.spanda.astrology.house;

import dev.spanda.core.Failure;

/** The local sphere: sines and cosines once, then every crossing the house systems ask for. */
final class Sphere {

  private static final double DEG = Math.PI / 180;

  final double armc;
  final double latitude;
  final double sinArmc;
  final double cosArmc;
  final double sinEps;
  final double cosEps;
  final double tanLat;
  final boolean polar;

  /** Ecliptic longitudes in degrees; the ascendant already on the midheaven's side. */
  final double ascendant;

  final double midheaven;
  final double vertex;
  final double eastPoint;

  /** Whether the ascendant had to be turned round because the midheaven is below the horizon. */
  final boolean turned;

  private Sphere(double armcDeg, double obliquityDeg, double latitudeDeg) {
    armc = turn(armcDeg);
    latitude = latitudeDeg;
    double eps = obliquityDeg * DEG;
    sinEps = Math.sin(eps);
    cosEps = Math.cos(eps);
    tanLat = Math.tan(latitudeDeg * DEG);
    polar = Math.abs(latitudeDeg) >= 90 - obliquityDeg;
    double sin = Math.sin(armc * DEG);
    double cos = Math.cos(armc * DEG);
    sinArmc = sin;
    cosArmc = cos;
    midheaven = degrees(Math.atan2(sin, cos * cosEps));
    double rising = degrees(Math.atan2(cos, -(sin * cosEps + tanLat * sinEps)));
    turned = turn(rising - midheaven) > 180;
    ascendant = turned ? turn(rising + 180) : rising;
    eastPoint = degrees(Math.atan2(cos, -(sin * cosEps)));
    double west = degrees(Math.atan2(-cos, sin * cosEps - sinEps / tanLat));
    // Within the tropics the ecliptic can pass the prime vertical on either side of the zenith.
    boolean eastern = Math.abs(latitudeDeg) <= obliquityDeg && turn(west - midheaven) < 180;
    vertex = eastern ? turn(west + 180) : west;
  }

  static Sphere of(double armcDeg, double obliquityDeg, double latitudeDeg) {
    if (!Double.isFinite(armcDeg)) {
      throw Failure.invalid("armc", Double.toString(armcDeg), "ARMC must be finite, in degrees");
    }
    Failure.requireInRange("latitude", "Latitude", latitudeDeg, -90, 90, "degrees");
    if (!(obliquityDeg > 0 && obliquityDeg < 90)) {
      throw Failure.outOfRange("obliquity", "Obliquity", obliquityDeg, 0, 90, "degrees");
    }
    return new Sphere(armcDeg, obliquityDeg, latitudeDeg);
  }

  Angles angles() {
    return new Angles(armc, ascendant, midheaven, vertex, eastPoint);
  }

  /** The degree E(x − 90°, f) that rises with the equator point of right ascension x. */
  double rising(double raDeg, double tanPole) {
    double sin = Math.sin(raDeg * DEG);
    double cos = Math.cos(raDeg * DEG);
    // E at θ = x − 90°: cos θ = sin x, sin θ = −cos x.
    return degrees(Math.atan2(sin, cos * cosEps - tanPole * sinEps));
  }

  /** The degree of the ecliptic on the hour circle of a right ascension. */
  double onHourCircle(double raDeg) {
    return onHourCircle(Math.sin(raDeg * DEG), Math.cos(raDeg * DEG));
  }

  /** The same from sine and cosine of the right ascension. */
  double onHourCircle(double sinRa, double cosRa) {
    return degrees(Math.atan2(sinRa, cosRa * cosEps));
  }

  /** The degree of the ecliptic on the latitude circle of an equator point. */
  double onLatitudeCircle(double raDeg) {
    return degrees(Math.atan2(Math.sin(raDeg * DEG) * cosEps, Math.cos(raDeg * DEG)));
  }

  /** Ascensional difference asin(tan φ tan δ) of an ecliptic degree, in degrees. */
  double ascensionalDifference(double longitudeDeg) {
    double sinDec = Math.sin(longitudeDeg * DEG) * sinEps;
    double tanDec = sinDec / Math.sqrt(1 - sinDec * sinDec);
    return Math.asin(Math.max(-1, Math.min(1, tanLat * tanDec))) / DEG;
  }

  private static double degrees(double radians) {
    double degrees = radians / DEG;
    return degrees < 0 ? turn(degrees) : degrees;
  }

  /** The angle in [0, 360). */
  static double turn(double degrees) {
    if (degrees >= 0 && degrees < 360) {
      return degrees;
    }
    double rest = degrees - 360 * Math.floor(degrees / 360);
    return rest >= 360 ? 0 : rest;
  }
}

package dev.spanda.astrology.map;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.ephemeris.Axes;
import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.astrology.ephemeris.Orientation;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The lines and parans of one moment (astrocartography).
 *
 * <p>In mundo the bodies stand where they are in the sky; a zodiacal map takes the degree of the
 * ecliptic they are at ({@link Point#zodiacal}). Immutable and thread-safe.
 */
public final class AstroMap {

  private static final double DEG = Math.PI / 180;

  /**
   * Where a body stands on the sphere.
   *
   * @param rightAscensionDeg apparent right ascension of date, degrees
   * @param declinationDeg apparent declination of date, degrees, −90 to 90
   */
  public record Point(Body body, double rightAscensionDeg, double declinationDeg) {

    /** Checks the numbers. */
    public Point {
      Objects.requireNonNull(body);
      if (!Double.isFinite(rightAscensionDeg) || !(Math.abs(declinationDeg) <= 90)) {
        throw new IllegalArgumentException(
            "No point: right ascension " + rightAscensionDeg + ", declination " + declinationDeg);
      }
    }

    /**
     * The degree of the ecliptic of a body, its ecliptic latitude left out.
     *
     * @param longitudeDeg ecliptic longitude of date, degrees
     * @param obliquityDeg true obliquity of date, degrees
     */
    public static Point zodiacal(Body body, double longitudeDeg, double obliquityDeg) {
      double sin = Math.sin(longitudeDeg * DEG);
      double ra =
          Math.atan2(sin * Math.cos(obliquityDeg * DEG), Math.cos(longitudeDeg * DEG)) / DEG;
      double dec = Math.asin(sin * Math.sin(obliquityDeg * DEG)) / DEG;
      return new Point(body, ra < 0 ? ra + 360 : ra, dec);
    }
  }

  private final double siderealTimeDeg;
  private final List<Point> points;

  private AstroMap(double siderealTimeDeg, List<Point> points) {
    this.siderealTimeDeg = siderealTimeDeg;
    this.points = points;
  }

  /**
   * The map of a moment.
   *
   * @param siderealTimeDeg apparent sidereal time at Greenwich, degrees, finite
   * @param points the bodies, each once
   */
  public static AstroMap of(double siderealTimeDeg, List<Point> points) {
    if (!Double.isFinite(siderealTimeDeg)) {
      throw new IllegalArgumentException("sidereal time must be finite, was " + siderealTimeDeg);
    }
    Set<Body> seen = EnumSet.noneOf(Body.class);
    for (Point point : points) {
      if (!seen.add(point.body())) {
        throw new IllegalArgumentException("given twice: " + point.body());
      }
    }
    return new AstroMap(siderealTimeDeg, List.copyOf(points));
  }

  /**
   * The map of a moment in mundo: of the bodies themselves, as they are seen from the Earth.
   *
   * @param bodies each once; not the Earth
   * @throws Failure INVALID, subject {@code date}, outside the years 1600 to 2400
   */
  public static AstroMap at(Instant moment, List<Body> bodies) {
    JulianDate date = JulianDate.of(moment);
    Ephemeris equator = Ephemeris.standard().withAxes(Axes.EQUATOR_OF_DATE);
    List<Point> points = new ArrayList<>(bodies.size());
    for (Body body : bodies) {
      Position seen = equator.position(body, date);
      points.add(new Point(body, seen.longitudeDeg(), seen.latitudeDeg()));
    }
    return of(Ephemeris.orientation(date).siderealTimeDeg(), points);
  }

  /**
   * The zodiacal map of a moment: of the degrees of the ecliptic that the bodies are at.
   *
   * @param bodies each once; not the Earth
   * @throws Failure INVALID, subject {@code date}, outside the years 1600 to 2400
   */
  public static AstroMap zodiacalAt(Instant moment, List<Body> bodies) {
    JulianDate date = JulianDate.of(moment);
    Orientation earth = Ephemeris.orientation(date);
    List<Point> points = new ArrayList<>(bodies.size());
    for (Body body : bodies) {
      double longitude = Ephemeris.standard().position(body, date).longitudeDeg();
      points.add(Point.zodiacal(body, longitude, earth.trueObliquityDeg()));
    }
    return of(earth.siderealTimeDeg(), points);
  }

  /** Apparent sidereal time at Greenwich, degrees. */
  public double siderealTimeDeg() {
    return siderealTimeDeg;
  }

  /** The bodies of this map. */
  public List<Point> points() {
    return points;
  }

  /** Four lines a body: MC, IC, ASC, DSC, in the order of the points. */
  public List<MapLine> lines() {
    List<MapLine> lines = new ArrayList<>(points.size() * 4);
    for (Point point : points) {
      for (Angle angle : Angle.values()) {
        lines.add(
            new MapLine(
                point.body(),
                angle,
                point.rightAscensionDeg(),
                point.declinationDeg(),
                siderealTimeDeg));
      }
    }
    return lines;
  }

  /**
   * All parans of all pairs of bodies: one on the meridian while the other is on the horizon (four
   * meetings a pair and order), and both on the horizon (two a pair), 6 a pair in all. Both on the
   * meridian happens at every latitude or at none and is no paran.
   *
   * <p>Meridian of A and horizon of B: at local sidereal time L = α_A (MC) or α_A + 180° (IC), tan
   * φ = −cos(L − α_B) / tan δ_B, and B rises when sin(L − α_B) is negative. Both on the horizon:
   * cos(L − α_A) tan δ_B = cos(L − α_B) tan δ_A, which has two solutions L that differ by 180°, of
   * opposite latitudes. A body with δ = 0 is on the horizon at the same moment everywhere, so that
   * a paran with its horizon exists at no latitude, and none is reported.
   */
  public List<Paran> parans() {
    int n = points.size();
    double[] ra = new double[n];
    double[] sin = new double[n];
    double[] cos = new double[n];
    double[] tanDec = new double[n];
    for (int i = 0; i < n; i++) {
      ra[i] = points.get(i).rightAscensionDeg();
      sin[i] = Math.sin(ra[i] * DEG);
      cos[i] = Math.cos(ra[i] * DEG);
      tanDec[i] = Math.tan(points.get(i).declinationDeg() * DEG);
    }
    List<Paran> parans = new ArrayList<>(n * (n - 1) * 3);
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        // cos and sin of α_A − α_B serve both meridians of both bodies.
        double cosApart = cos[a] * cos[b] + sin[a] * sin[b];
        double sinApart = sin[a] * cos[b] - cos[a] * sin[b];
        meridian(a, b, ra[a], cosApart, sinApart, tanDec[b], parans);
        meridian(b, a, ra[b], cosApart, -sinApart, tanDec[a], parans);
        double across = cos[a] * tanDec[b] - cos[b] * tanDec[a];
        double along = sin[a] * tanDec[b] - sin[b] * tanDec[a];
        if ((across != 0 || along != 0) && (tanDec[a] != 0 && tanDec[b] != 0)) {
          double time = Math.atan2(-across, along);
          horizon(a, b, time, ra, tanDec, parans);
          horizon(a, b, time + Math.PI, ra, tanDec, parans);
        }
      }
    }
    return parans;
  }

  private void meridian(
      int a, int b, double raA, double cosHour, double sinHour, double tanDecB, List<Paran> out) {
    if (tanDecB == 0) {
      return;
    }
    double latitude = Math.atan(-cosHour / tanDecB) / DEG;
    Angle atMc = sinHour < 0 ? Angle.ASC : Angle.DSC;
    Angle atIc = sinHour < 0 ? Angle.DSC : Angle.ASC;
    out.add(paran(a, Angle.MC, b, atMc, latitude, raA));
    out.add(paran(a, Angle.IC, b, atIc, -latitude, raA + 180));
  }

  private void horizon(int a, int b, double time, double[] ra, double[] tanDec, List<Paran> out) {
    double hourA = time - ra[a] * DEG;
    double hourB = time - ra[b] * DEG;
    // The larger declination gives the better conditioned quotient.
    double tan =
        Math.abs(tanDec[a]) > Math.abs(tanDec[b])
            ? -Math.cos(hourA) / tanDec[a]
            : -Math.cos(hourB) / tanDec[b];
    Angle angleA = Math.sin(hourA) < 0 ? Angle.ASC : Angle.DSC;
    Angle angleB = Math.sin(hourB) < 0 ? Angle.ASC : Angle.DSC;
    out.add(paran(a, angleA, b, angleB, Math.atan(tan) / DEG, time / DEG));
  }

  private Paran paran(int a, Angle angleA, int b, Angle angleB, double latitude, double time) {
    double turned = time - 360 * Math.floor(time / 360);
    return new Paran(
        points.get(a).body(),
        angleA,
        points.get(b).body(),
        angleB,
        latitude,
        MapLine.signed(time - siderealTimeDeg),
        turned >= 360 ? 0 : turned);
  }
}

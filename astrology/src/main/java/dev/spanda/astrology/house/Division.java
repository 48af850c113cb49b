package dev.spanda.astrology.house;

/** The cusp formulas, one method a family; cusps 5 to 9 stand opposite 11 to 3 unless said. */
final class Division {

  private static final double DEG = Math.PI / 180;
  private static final double SIN60 = Math.sqrt(0.75);

  private Division() {}

  /**
   * Fills the twelve cusps.
   *
   * @return whether all cusps were turned to their opposites because the midheaven is below the
   *     horizon
   */
  static boolean into(HouseSystem system, Sphere sphere, double[] cusps) {
    switch (system) {
      case EQUAL -> equal(sphere.ascendant, cusps);
      case VEHLOW -> equal(Sphere.turn(sphere.ascendant - 15), cusps);
      case WHOLE_SIGN -> equal(30 * Math.floor(sphere.ascendant / 30), cusps);
      case PORPHYRY -> porphyry(sphere, cusps);
      case PLACIDUS -> placidus(sphere, cusps);
      case KOCH -> koch(sphere, cusps);
      case ALCABITIUS -> alcabitius(sphere, cusps);
      case MORINUS -> {
        for (int i = 0; i < 12; i++) {
          cusps[i] = sphere.onLatitudeCircle(sphere.armc + 90 + 30 * i);
        }
      }
      case MERIDIAN -> {
        for (int i = 0; i < 12; i++) {
          cusps[i] = sphere.onHourCircle(sphere.armc + 90 + 30 * i);
        }
      }
      case HORIZONTAL -> horizontal(sphere, cusps);
      case KRUSINSKI -> krusinski(sphere, cusps);
      case REGIOMONTANUS -> {
        poles(sphere, sphere.tanLat * 0.5, sphere.tanLat * SIN60, cusps);
        return aboveHorizon(sphere, cusps);
      }
      case POLICH_PAGE -> {
        poles(sphere, sphere.tanLat / 3, sphere.tanLat * 2 / 3, cusps);
        return aboveHorizon(sphere, cusps);
      }
      case CAMPANUS -> {
        campanus(sphere, cusps);
        return aboveHorizon(sphere, cusps);
      }
    }
    return false;
  }

  private static void equal(double first, double[] cusps) {
    for (int i = 0; i < 12; i++) {
      cusps[i] = Sphere.turn(first + 30 * i);
    }
  }

  private static void porphyry(Sphere s, double[] cusps) {
    double east = Sphere.turn(s.ascendant - s.midheaven);
    quadrants(
        s,
        Sphere.turn(s.midheaven + east / 3),
        Sphere.turn(s.midheaven + east * 2 / 3),
        Sphere.turn(s.ascendant + (180 - east) / 3),
        Sphere.turn(s.ascendant + (180 - east) * 2 / 3),
        cusps);
  }

  /** Cusps 1 and 10 from the angles, 11, 12, 2 and 3 as given, the rest opposite. */
  private static void quadrants(
      Sphere s, double c11, double c12, double c2, double c3, double[] cusps) {
    cusps[0] = s.ascendant;
    cusps[1] = c2;
    cusps[2] = c3;
    cusps[9] = s.midheaven;
    cusps[10] = c11;
    cusps[11] = c12;
    opposites(cusps);
  }

  private static void opposites(double[] cusps) {
    for (int i = 0; i < 3; i++) {
      cusps[6 + i] = Sphere.turn(cusps[i] + 180);
      cusps[3 + i] = Sphere.turn(cusps[9 + i] + 180);
    }
  }

  private static void placidus(Sphere s, double[] cusps) {
    double t = s.tanLat * s.sinEps / s.cosEps;
    // Sines and cosines of the four right ascensions, from those of the midheaven.
    double half = 0.5 * s.sinArmc;
    double more = SIN60 * s.sinArmc;
    double halfCos = 0.5 * s.cosArmc;
    double moreCos = SIN60 * s.cosArmc;
    quadrants(
        s,
        semiArc(s, 30, more + halfCos, moreCos - half, 1, t),
        semiArc(s, 60, half + moreCos, halfCos - more, 2, t),
        semiArc(s, 120, moreCos - half, -halfCos - more, 2, t),
        semiArc(s, 150, halfCos - more, -moreCos - half, 1, t),
        cusps);
  }

  /**
   * The degree of the ecliptic whose right ascension is R = base + part · a, where sin a = t sin R
   * and t = tan φ tan ε: a is the ascensional difference of that degree, so this is the Placidus
   * condition itself.
   *
   * <p>Halley's method on sin a − t sin(base + part · a) needs sines and cosines alone, which cost
   * a quarter of an arc sine; and as part is one or two thirds, those of a third of a give all the
   * others. Close to the polar circles the slope can vanish, and the slower form takes over.
   *
   * @param offsetDeg base less the right ascension of the midheaven
   * @param thirds part in thirds: 1 or 2
   */
  private static double semiArc(
      Sphere s, double offsetDeg, double sinBase, double cosBase, int thirds, double t) {
    double part = thirds / 3.0;
    if (Math.abs(t) > 0.9) {
      return s.onHourCircle(guardedSemiArc((s.armc + offsetDeg) * DEG, part, t) / DEG);
    }
    double difference = t * sinBase / (1 - part * t * cosBase);
    for (int i = 0; i < 12; i++) {
      double sinThird = Math.sin(difference / 3);
      double cosThird = Math.cos(difference / 3);
      double sinPart = thirds == 1 ? sinThird : 2 * sinThird * cosThird;
      double cosPart = thirds == 1 ? cosThird : 1 - 2 * sinThird * sinThird;
      double sinDifference = sinThird * (3 - 4 * sinThird * sinThird);
      double cosDifference = cosThird * (1 - 4 * sinThird * sinThird);
      double sin = sinBase * cosPart + cosBase * sinPart;
      double cos = cosBase * cosPart - sinBase * sinPart;
      double error = sinDifference - t * sin;
      double slope = cosDifference - part * t * cos;
      double bend = part * part * t * sin - sinDifference;
      double step = error / slope;
      double change = step / (1 - 0.5 * step * bend / slope);
      difference -= change;
      if (Math.abs(change) < 1e-4) {
        // Halley cubes the error; the last turn of R is small enough for its second order.
        double turn = -part * change;
        double half = turn * turn / 2;
        return s.onHourCircle(sin + cos * turn - sin * half, cos - sin * turn - cos * half);
      }
    }
    return s.onHourCircle(guardedSemiArc((s.armc + offsetDeg) * DEG, part, t) / DEG);
  }

  /**
   * The right ascension R = base + part · asin(t sin R) in radians. The slope of the difference
   * lies between 1 − part and 1 + part, hence one root, always inside base ± 90° · part: Newton
   * steps that would leave the shrinking bracket are bisected.
   */
  private static double guardedSemiArc(double base, double part, double t) {
    double low = base - part * Math.PI / 2;
    double high = base + part * Math.PI / 2;
    double ra = base;
    for (int i = 0; i < 60; i++) {
      double u = t * Math.sin(ra);
      double error = ra - base - part * Math.asin(u);
      if (error > 0) {
        high = ra;
      } else {
        low = ra;
      }
      double slope = 1 - part * t * Math.cos(ra) / Math.sqrt(1 - u * u);
      double next = ra - error / slope;
      if (!(next >= low && next <= high)) {
        next = (low + high) / 2;
      }
      boolean done = Math.abs(next - ra) < 1e-9;
      ra = next;
      if (done) {
        break;
      }
    }
    return ra;
  }

  private static void koch(Sphere s, double[] cusps) {
    double third = s.ascensionalDifference(s.midheaven) / 3;
    quadrants(
        s,
        s.rising(s.armc + 30 - 2 * third, s.tanLat),
        s.rising(s.armc + 60 - third, s.tanLat),
        s.rising(s.armc + 120 + third, s.tanLat),
        s.rising(s.armc + 150 + 2 * third, s.tanLat),
        cusps);
  }

  private static void alcabitius(Sphere s, double[] cusps) {
    double day = 90 + s.ascensionalDifference(s.ascendant);
    double night = 180 - day;
    quadrants(
        s,
        s.onHourCircle(s.armc + day / 3),
        s.onHourCircle(s.armc + day * 2 / 3),
        s.onHourCircle(s.armc + 180 - night * 2 / 3),
        s.onHourCircle(s.armc + 180 - night / 3),
        cusps);
  }

  /** Systems whose cusps rise under poles of their own: tangents for cusps 11 and 3, 12 and 2. */
  private static void poles(Sphere s, double outer, double inner, double[] cusps) {
    cusps[9] = s.midheaven;
    cusps[10] = s.rising(s.armc + 30, outer);
    cusps[11] = s.rising(s.armc + 60, inner);
    cusps[0] = s.rising(s.armc + 90, s.tanLat);
    cusps[1] = s.rising(s.armc + 120, inner);
    cusps[2] = s.rising(s.armc + 150, outer);
    opposites(cusps);
  }

  private static void campanus(Sphere s, double[] cusps) {
    vertical(s, s.armc, s.latitude, cusps);
    cusps[9] = s.midheaven;
    opposites(cusps);
  }

  /** Campanus cusps 11, 12, 1, 2, 3 for any zenith on the meridian of a right ascension. */
  private static void vertical(Sphere s, double armc, double latitude, double[] cusps) {
    double sin = Math.sin(latitude * DEG);
    double cos = Math.cos(latitude * DEG);
    double outer = Math.tan(Math.asin(sin * 0.5));
    double inner = Math.tan(Math.asin(sin * SIN60));
    double outerX = Math.atan2(SIN60, 0.5 * cos) / DEG;
    double innerX = Math.atan2(0.5, SIN60 * cos) / DEG;
    cusps[10] = s.rising(armc + 90 - outerX, outer);
    cusps[11] = s.rising(armc + 90 - innerX, inner);
    cusps[0] = s.rising(armc + 90, sin / cos);
    cusps[1] = s.rising(armc + 90 + innerX, inner);
    cusps[2] = s.rising(armc + 90 + outerX, outer);
  }

  private static boolean aboveHorizon(Sphere s, double[] cusps) {
    if (!s.turned) {
      return false;
    }
    for (int i = 0; i < 12; i++) {
      cusps[i] = Sphere.turn(cusps[i] + 180);
    }
    return true;
  }

  /**
   * The horizon is the prime vertical of a zenith 90° away on the meridian, so the horizontal cusps
   * are the opposites of the Campanus cusps there.
   */
  private static void horizontal(Sphere s, double[] cusps) {
    double latitude = s.latitude >= 0 ? 90 - s.latitude : -90 - s.latitude;
    vertical(s, s.armc + 180, latitude, cusps);
    for (int i : new int[] {0, 1, 2, 10, 11}) {
      cusps[i] = Sphere.turn(cusps[i] + 180);
    }
    cusps[9] = s.midheaven;
    opposites(cusps);
  }

  private static void krusinski(Sphere s, double[] cusps) {
    double lon = s.ascendant * DEG;
    double ax = Math.cos(lon);
    double ay = Math.sin(lon) * s.cosEps;
    double zx = Math.cos(s.latitude * DEG) * Math.cos(s.armc * DEG);
    double zy = Math.cos(s.latitude * DEG) * Math.sin(s.armc * DEG);
    for (int i = 0; i < 12; i++) {
      double along = Math.cos(30 * i * DEG);
      double down = -Math.sin(30 * i * DEG);
      double ra = Math.atan2(along * ay + down * zy, along * ax + down * zx) / DEG;
      cusps[i] = s.onHourCircle(ra);
    }
    cusps[0] = s.ascendant;
    cusps[9] = s.midheaven;
    opposites(cusps);
  }
}

package dev.spanda.astrology.ephemeris;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.core.Failure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The kernel: what one thread needs to compute positions. It keeps what all bodies share at one
 * instant (the Earth, the Moon, the Sun, precession, nutation) until another instant is asked for;
 * what it keeps is a function of the instant alone.
 *
 * <p>Lengths are in au, times in days, directions along the ICRS axes unless said otherwise.
 */
final class Sky {

  /** Light in au a day: 299 792.458 km/s, 149 597 870.700 km (IAU 2012). */
  static final double LIGHT = 173.1446326742403;

  /** Earth to Moon mass ratio of DE431. */
  private static final double EARTH_MOON_RATIO = 81.3005690741906;

  /** GM of the Sun in au³ a day²: the square of the Gaussian constant, as DE431 has it. */
  private static final double SUN_MASS = 2.959122082855911e-4;

  /** Sun to Earth-and-Moon mass ratio of DE431. */
  private static final double SUN_TO_EARTH_MOON = 328900.55970856483;

  static final double EARTH_MOON_MASS = SUN_MASS / SUN_TO_EARTH_MOON;
  private static final double MOON_MASS = EARTH_MOON_MASS / (1 + EARTH_MOON_RATIO);

  /** Twice GM over c², in au. */
  private static final double BENDING = 2 * SUN_MASS / (LIGHT * LIGHT);

  private static final double METRES = 149597870700.0;

  /** The turning of the Earth against the equinox of date, radians a day. */
  private static final double SPIN = 2 * Math.PI * 1.00273790935;

  private static final double TURN = 2 * Math.PI;

  private final Pack pack = Pack.shared();
  private final Theory theory = new Theory();

  /** The model of the instant at hand. */
  private States states = pack;

  private final Precession precession;
  private final Nutation nutation;

  private double day = Double.NaN;

  /** Moon from the Earth. */
  final double[] moon = new double[6];

  /** Sun from the barycentre. */
  private final double[] sun = new double[6];

  /** Earth from the Sun. */
  private final double[] earth = new double[6];

  /** For a caller that keeps none of its own. */
  final double[] six = new double[6];

  private final double[] pull = new double[3];
  final double[] turn = new double[Precession.LENGTH];
  final double[] wobble = new double[4];

  private final double[] body = new double[6];
  private final double[] observer = new double[9];
  private final double[] arc = new double[2];
  private final LunarPoints points = new LunarPoints();

  Sky(Precession precession, Nutation nutation) {
    this.precession = precession;
    this.nutation = nutation;
  }

  /** Brings what all bodies share to an instant. */
  void at(double dayTt) {
    if (dayTt == day) {
      return;
    }
    day = Double.NaN;
    states = Pack.covers(dayTt) ? pack : theory;
    states.state(Pack.EARTH_MOON, dayTt, earth, 0);
    states.state(Pack.MOON, dayTt, moon, 0);
    states.state(Pack.SUN, dayTt, sun, 0);
    double share = 1 / (1 + EARTH_MOON_RATIO);
    for (int i = 0; i < 6; i++) {
      earth[i] -= moon[i] * share;
    }
    double fromSun = length(earth[0], earth[1], earth[2]);
    double fromMoon = length(moon[0], moon[1], moon[2]);
    double sunPull = -SUN_MASS / (fromSun * fromSun * fromSun);
    double moonPull = MOON_MASS / (fromMoon * fromMoon * fromMoon);
    for (int i = 0; i < 3; i++) {
      pull[i] = sunPull * earth[i] + moonPull * moon[i];
    }
    precession.into(dayTt, turn);
    nutation.into(dayTt, wobble);
    day = dayTt;
  }

  /**
   * One position: two angles in degrees, the distance in au and their three rates a day.
   *
   * @param out receives six numbers
   */
  void position(Body which, Ephemeris ephemeris, double dayTt, double[] out) {
    at(dayTt);
    Centre centre = ephemeris.centre();
    Light light = ephemeris.light();
    if (which.kind() == Body.Kind.LUNAR_POINT) {
      lunarPoint(which, ephemeris, out);
      return;
    }
    boolean onEarth = centre == Centre.GEOCENTRE || centre == Centre.TOPOCENTRE;
    double ox;
    double oy;
    double oz;
    double ovx;
    double ovy;
    double ovz;
    double oax = 0;
    double oay = 0;
    double oaz = 0;
    if (onEarth) {
      ox = earth[0] + sun[0];
      oy = earth[1] + sun[1];
      oz = earth[2] + sun[2];
      ovx = earth[3] + sun[3];
      ovy = earth[4] + sun[4];
      ovz = earth[5] + sun[5];
      oax = pull[0];
      oay = pull[1];
      oaz = pull[2];
      if (centre == Centre.TOPOCENTRE) {
        topos(ephemeris.placeOrNull());
        ox += observer[0];
        oy += observer[1];
        oz += observer[2];
        ovx += observer[3];
        ovy += observer[4];
        ovz += observer[5];
        oax += observer[6];
        oay += observer[7];
        oaz += observer[8];
      }
    } else if (centre == Centre.HELIOCENTRE) {
      ox = sun[0];
      oy = sun[1];
      oz = sun[2];
      ovx = sun[3];
      ovy = sun[4];
      ovz = sun[5];
    } else {
      ox = oy = oz = ovx = ovy = ovz = 0;
    }

    // The body from the barycentre, and its acceleration.
    double px;
    double py;
    double pz;
    double pvx;
    double pvy;
    double pvz;
    double pax = 0;
    double pay = 0;
    double paz = 0;
    switch (which) {
      case SUN -> {
        px = sun[0];
        py = sun[1];
        pz = sun[2];
        pvx = sun[3];
        pvy = sun[4];
        pvz = sun[5];
      }
      case MOON, EARTH -> {
        double part = which == Body.MOON ? 1 : 0;
        px = earth[0] + sun[0] + part * moon[0];
        py = earth[1] + sun[1] + part * moon[1];
        pz = earth[2] + sun[2] + part * moon[2];
        pvx = earth[3] + sun[3] + part * moon[3];
        pvy = earth[4] + sun[4] + part * moon[4];
        pvz = earth[5] + sun[5] + part * moon[5];
        pax = pull[0];
        pay = pull[1];
        paz = pull[2];
        if (part == 1) {
          double far = length(moon[0], moon[1], moon[2]);
          double k = -EARTH_MOON_MASS / (far * far * far);
          pax += k * moon[0];
          pay += k * moon[1];
          paz += k * moon[2];
        }
      }
      default -> {
        int number = packed(which);
        states.state(number, day, body, 0);
        boolean fromSun = number <= Pack.VENUS || number >= Pack.CHIRON;
        double add = fromSun ? 1 : 0;
        double take = fromSun ? 0 : 1;
        double hx = body[0] - take * sun[0];
        double hy = body[1] - take * sun[1];
        double hz = body[2] - take * sun[2];
        double far = length(hx, hy, hz);
        double k = -SUN_MASS / (far * far * far);
        px = body[0] + add * sun[0];
        py = body[1] + add * sun[1];
        pz = body[2] + add * sun[2];
        pvx = body[3] + add * sun[3];
        pvy = body[4] + add * sun[4];
        pvz = body[5] + add * sun[5];
        pax = k * hx;
        pay = k * hy;
        paz = k * hz;
      }
    }

    // Light-time: the motion of the body over it is a parabola to 1e-11 au.
    double gx = px - ox;
    double gy = py - oy;
    double gz = pz - oz;
    double distance = length(gx, gy, gz);
    double tau = 0;
    if (light != Light.TRUE) {
      // The light-time of the Moon is that of its geometric distance, as in the source of the
      // reference tables; a second step would move the Moon by 0.001″ at most, which is the size of
      // what the theory leaves out at this order.
      int steps = which == Body.MOON ? 1 : 2;
      for (int i = 0; i < steps; i++) {
        tau = distance / LIGHT;
        double half = tau * tau / 2;
        gx = px - tau * pvx + half * pax - ox;
        gy = py - tau * pvy + half * pay - oy;
        gz = pz - tau * pvz + half * paz - oz;
        distance = length(gx, gy, gz);
      }
      pvx -= tau * pax;
      pvy -= tau * pay;
      pvz -= tau * paz;
    }
    if (distance == 0) {
      throw Failure.invalid(
          "body", which.label(), which.label() + " cannot be seen from its own centre");
    }
    double over = 1 / distance;
    double x = gx * over;
    double y = gy * over;
    double z = gz * over;
    // Rates: the instant of emission moves with the distance.
    double vx = pvx - ovx;
    double vy = pvy - ovy;
    double vz = pvz - ovz;
    double recession = x * vx + y * vy + z * vz;
    if (light != Light.TRUE) {
      recession /= 1 + (x * pvx + y * pvy + z * pvz) / LIGHT;
      double late = recession / LIGHT;
      vx -= pvx * late;
      vy -= pvy * late;
      vz -= pvz * late;
    }
    vx = (vx - x * recession) * over;
    vy = (vy - y * recession) * over;
    vz = (vz - z * recession) * over;

    if (light == Light.APPARENT && onEarth) {
      if (which != Body.SUN && which != Body.MOON) {
        // Deflection: observer from the Sun e, body from the Sun q, both at unit length.
        double ex = ox - sun[0];
        double ey = oy - sun[1];
        double ez = oz - sun[2];
        double evx = ovx - sun[3];
        double evy = ovy - sun[4];
        double evz = ovz - sun[5];
        double qx = gx + ex + tau * sun[3];
        double qy = gy + ey + tau * sun[4];
        double qz = gz + ez + tau * sun[5];
        double qvx = pvx - sun[3];
        double qvy = pvy - sun[4];
        double qvz = pvz - sun[5];
        double overE = 1 / length(ex, ey, ez);
        double overQ = 1 / length(qx, qy, qz);
        ex *= overE;
        ey *= overE;
        ez *= overE;
        qx *= overQ;
        qy *= overQ;
        qz *= overQ;
        double er = ex * evx + ey * evy + ez * evz;
        evx = (evx - ex * er) * overE;
        evy = (evy - ey * er) * overE;
        evz = (evz - ez * er) * overE;
        double qr = qx * qvx + qy * qvy + qz * qvz;
        qvx = (qvx - qx * qr) * overQ;
        qvy = (qvy - qy * qr) * overQ;
        qvz = (qvz - qz * qr) * overQ;
        double pq = x * qx + y * qy + z * qz;
        double ep = x * ex + y * ey + z * ez;
        double pqRate = vx * qx + vy * qy + vz * qz + x * qvx + y * qvy + z * qvz;
        double epRate = vx * ex + vy * ey + vz * ez + x * evx + y * evy + z * evz;
        double qeRate = qvx * ex + qvy * ey + qvz * ez + qx * evx + qy * evy + qz * evz;
        double down = Math.max(1 + qx * ex + qy * ey + qz * ez, 1e-5);
        double k = BENDING * overE / down;
        double kRate = -k * (er * overE + qeRate / down);
        double nx = pq * ex - ep * qx;
        double ny = pq * ey - ep * qy;
        double nz = pq * ez - ep * qz;
        vx += kRate * nx + k * (pqRate * ex + pq * evx - epRate * qx - ep * qvx);
        vy += kRate * ny + k * (pqRate * ey + pq * evy - epRate * qy - ep * qvy);
        vz += kRate * nz + k * (pqRate * ez + pq * evz - epRate * qz - ep * qvz);
        x += k * nx;
        y += k * ny;
        z += k * nz;
      }
      // Aberration, with the observer's velocity and acceleration from the barycentre.
      double bx = ovx / LIGHT;
      double by = ovy / LIGHT;
      double bz = ovz / LIGHT;
      double cx = oax / LIGHT;
      double cy = oay / LIGHT;
      double cz = oaz / LIGHT;
      double inverse = Math.sqrt(1 - (bx * bx + by * by + bz * bz));
      double along = x * bx + y * by + z * bz;
      double alongRate = vx * bx + vy * by + vz * bz + x * cx + y * cy + z * cz;
      double share = 1 / (1 + inverse);
      double w = 1 + along * share;
      double wRate = alongRate * share;
      double scale = 1 / (1 + along);
      x = (x * inverse + w * bx) * scale;
      y = (y * inverse + w * by) * scale;
      z = (z * inverse + w * bz) * scale;
      vx = (vx * inverse + wRate * bx + w * cx - alongRate * x) * scale;
      vy = (vy * inverse + wRate * by + w * cy - alongRate * y) * scale;
      vz = (vz * inverse + wRate * bz + w * cz - alongRate * z) * scale;
    }
    out[2] = distance;
    out[5] = recession;
    angles(ephemeris.axes(), x, y, z, vx, vy, vz, out);
    sidereal(ephemeris.ayanamsaOrNull(), out);
  }

  private void sidereal(@Nullable Ayanamsa ayanamsa, double[] out) {
    if (ayanamsa == null) {
      return;
    }
    double here = day;
    double longitude = out[0];
    double rate = out[3];
    double nutationDeg = Math.toDegrees(wobble[0]);
    double nutationRate = Math.toDegrees(wobble[2]);
    ayanamsa(ayanamsa, here, arc);
    out[0] = turned(longitude - arc[0] - nutationDeg);
    out[3] = rate - arc[1] - nutationRate;
  }

  private void lunarPoint(Body which, Ephemeris ephemeris, double[] out) {
    Axes axes = ephemeris.axes();
    boolean ofDate = axes == Axes.ECLIPTIC_OF_DATE || axes == Axes.EQUATOR_OF_DATE;
    if (ephemeris.centre() != Centre.GEOCENTRE || !ofDate) {
      throw Failure.invalid(
          "body",
          which.label(),
          which.label() + " is defined from the centre of the Earth and in axes of date only");
    }
    points.into(which, day, states, moon, turn, wobble, out);
    if (axes == Axes.EQUATOR_OF_DATE) {
      double c = Math.cos(out[0]);
      double s = Math.sin(out[0]);
      double cb = Math.cos(out[1]);
      double sb = Math.sin(out[1]);
      double vl = out[3] * cb;
      double vb = out[4];
      double obliquity = turn[18] + wobble[1];
      double rate = turn[19] + wobble[3];
      double co = Math.cos(obliquity);
      double so = Math.sin(obliquity);
      double x = c * cb;
      double y = s * cb;
      double vx = -s * vl - c * sb * vb;
      double vy = c * vl - s * sb * vb;
      double vz = cb * vb;
      double ey = y * co - sb * so;
      double ez = y * so + sb * co;
      spherical(
          x, ey, ez, vx, vy * co - vz * so - rate * ez, vy * so + vz * co + rate * ey, 0, 0, out);
      return;
    }
    out[0] = turned(Math.toDegrees(out[0]));
    out[1] = Math.toDegrees(out[1]);
    out[3] = Math.toDegrees(out[3]);
    out[4] = Math.toDegrees(out[4]);
    sidereal(ephemeris.ayanamsaOrNull(), out);
  }

  private static double turned(double degrees) {
    double reduced = degrees % 360;
    if (reduced < 0) {
      reduced += 360;
    }
    return reduced >= 360 ? 0 : reduced;
  }

  /**
   * The observer from the centre of the Earth, with velocity and acceleration: a place on the WGS
   * 84 ellipsoid, turned by sidereal time, nutation and precession. Polar motion (0.3″) is left
   * out.
   */
  private void topos(@Nullable Place place) {
    Place where = Objects.requireNonNull(place, "place");
    double latitude = Math.toRadians(where.latitudeDeg());
    double flattening = 1 / 298.257223563;
    double squeeze = (1 - flattening) * (1 - flattening);
    double cl = Math.cos(latitude);
    double sl = Math.sin(latitude);
    double n = 6378137.0 / Math.sqrt(cl * cl + squeeze * sl * sl);
    double rho = (n + where.elevationM()) * cl / METRES;
    double z = (squeeze * n + where.elevationM()) * sl / METRES;
    double obliquity = turn[18] + wobble[1];
    double angle =
        SiderealTime.apparent(Ephemeris.ut1(day), day, wobble[0], obliquity, turn)
            + Math.toRadians(where.longitudeDeg());
    double x = rho * Math.cos(angle);
    double y = rho * Math.sin(angle);
    turnBack(x, y, z, obliquity, 0);
    turnBack(-SPIN * y, SPIN * x, 0, obliquity, 3);
    turnBack(-SPIN * SPIN * x, -SPIN * SPIN * y, 0, obliquity, 6);
  }

  /** From the true equator of date to the ICRS. */
  private void turnBack(double x, double y, double z, double obliquity, int at) {
    double co = Math.cos(obliquity);
    double so = Math.sin(obliquity);
    double ey = y * co + z * so;
    double ez = -y * so + z * co;
    double cn = Math.cos(wobble[0]);
    double sn = Math.sin(wobble[0]);
    double mx = x * cn + ey * sn;
    double my = -x * sn + ey * cn;
    for (int i = 0; i < 3; i++) {
      observer[at + i] = turn[i] * mx + turn[3 + i] * my + turn[6 + i] * ez;
    }
  }

  /**
   * The arc from the mean equinox of date to the zero point of a sidereal zodiac, in degrees, and
   * its rate a day.
   */
  void ayanamsa(Ayanamsa which, double dayTt, double[] out) {
    double t = (dayTt - 2451545.0) / 36525;
    Ayanamsa.Star star = which.star();
    if (star == null) {
      out[0] = which.meanDeg(t);
      out[1] = which.meanRate(t) / 36525;
      return;
    }
    out[1] = starArc(which, star, dayTt + 0.05);
    double before = starArc(which, star, dayTt - 0.05);
    out[0] = starArc(which, star, dayTt);
    out[1] = Math.IEEEremainder(out[1] - before, 360) / 0.1;
  }

  private double starArc(Ayanamsa which, Ayanamsa.Star star, double dayTt) {
    at(dayTt);
    double years = (dayTt - 2451545.0) / 365.25;
    double[] from = star.place;
    double[] motion = star.motionPerYear;
    double near = star.parallax;
    double x = from[0] + years * motion[0] - near * (earth[0] + sun[0]);
    double y = from[1] + years * motion[1] - near * (earth[1] + sun[1]);
    double z = from[2] + years * motion[2] - near * (earth[2] + sun[2]);
    double size = length(x, y, z);
    x /= size;
    y /= size;
    z /= size;
    // Deflection by the Sun of light from far away.
    double far = length(earth[0], earth[1], earth[2]);
    double ex = earth[0] / far;
    double ey = earth[1] / far;
    double ez = earth[2] / far;
    double towards = x * ex + y * ey + z * ez;
    double k = BENDING / far / Math.max(1 + towards, 1e-5);
    x += k * (ex - towards * x);
    y += k * (ey - towards * y);
    z += k * (ez - towards * z);
    double bx = (earth[3] + sun[3]) / LIGHT;
    double by = (earth[4] + sun[4]) / LIGHT;
    double bz = (earth[5] + sun[5]) / LIGHT;
    double inverse = Math.sqrt(1 - (bx * bx + by * by + bz * bz));
    double along = x * bx + y * by + z * bz;
    double w = 1 + along / (1 + inverse);
    x = x * inverse + w * bx;
    y = y * inverse + w * by;
    z = z * inverse + w * bz;
    double[] m = turn;
    double ux = m[0] * x + m[1] * y + m[2] * z;
    double uy = m[3] * x + m[4] * y + m[5] * z;
    double uz = m[6] * x + m[7] * y + m[8] * z;
    double longitude;
    if (which == Ayanamsa.DHRUVA_GALACTIC_CENTER_MULA) {
      // Projected along the hour circle: the point of the ecliptic with the same right ascension.
      double c = Math.cos(turn[18]);
      double s = Math.sin(turn[18]);
      double ra = Math.atan2(uy * c - uz * s, ux);
      longitude = Math.atan2(Math.sin(ra), Math.cos(ra) * c);
    } else {
      longitude = Math.atan2(uy, ux);
    }
    double arc = Math.toDegrees(longitude) - which.starLongitudeDeg();
    return arc < 0 ? arc + 360 : arc;
  }

  /** Turns a direction and its rate into the axes asked for, and writes angles and their rates. */
  void angles(
      Axes axes, double x, double y, double z, double vx, double vy, double vz, double[] out) {
    double add = 0;
    double addRate = 0;
    if (axes == Axes.ECLIPTIC_OF_DATE || axes == Axes.EQUATOR_OF_DATE) {
      double[] m = turn;
      double ux = m[0] * x + m[1] * y + m[2] * z;
      double uy = m[3] * x + m[4] * y + m[5] * z;
      double uz = m[6] * x + m[7] * y + m[8] * z;
      double wx = m[0] * vx + m[1] * vy + m[2] * vz + m[9] * x + m[10] * y + m[11] * z;
      double wy = m[3] * vx + m[4] * vy + m[5] * vz + m[12] * x + m[13] * y + m[14] * z;
      double wz = m[6] * vx + m[7] * vy + m[8] * vz + m[15] * x + m[16] * y + m[17] * z;
      x = ux;
      y = uy;
      z = uz;
      vx = wx;
      vy = wy;
      vz = wz;
      add = wobble[0];
      addRate = wobble[2];
      if (axes == Axes.EQUATOR_OF_DATE) {
        double c = Math.cos(add);
        double s = Math.sin(add);
        ux = x * c - y * s;
        uy = x * s + y * c;
        wx = vx * c - vy * s - addRate * uy;
        wy = vx * s + vy * c + addRate * ux;
        double obliquity = turn[18] + wobble[1];
        double rate = turn[19] + wobble[3];
        c = Math.cos(obliquity);
        s = Math.sin(obliquity);
        x = ux;
        y = uy * c - z * s;
        double newZ = uy * s + z * c;
        vx = wx;
        double newVz = wy * s + vz * c + rate * y;
        vy = wy * c - vz * s - rate * newZ;
        z = newZ;
        vz = newVz;
        add = 0;
        addRate = 0;
      }
    } else if (axes == Axes.ECLIPTIC_J2000) {
      double[] m = J2000;
      double ux = m[0] * x + m[1] * y + m[2] * z;
      double uy = m[3] * x + m[4] * y + m[5] * z;
      double uz = m[6] * x + m[7] * y + m[8] * z;
      double wx = m[0] * vx + m[1] * vy + m[2] * vz;
      double wy = m[3] * vx + m[4] * vy + m[5] * vz;
      double wz = m[6] * vx + m[7] * vy + m[8] * vz;
      x = ux;
      y = uy;
      z = uz;
      vx = wx;
      vy = wy;
      vz = wz;
    }
    spherical(x, y, z, vx, vy, vz, add, addRate, out);
  }

  private static void spherical(
      double x,
      double y,
      double z,
      double vx,
      double vy,
      double vz,
      double add,
      double addRate,
      double[] out) {
    double flat = x * x + y * y;
    double radius = Math.sqrt(flat);
    double longitude = Arcs.tangent(y, x) + add;
    if (longitude < 0) {
      longitude += TURN;
    } else if (longitude >= TURN) {
      longitude -= TURN;
    }
    out[0] = Math.toDegrees(longitude);
    out[1] = Math.toDegrees(Arcs.tangent(z, radius));
    if (flat == 0) {
      out[3] = 0;
      out[4] = 0;
      return;
    }
    out[3] = Math.toDegrees((x * vy - y * vx) / flat + addRate);
    out[4] = Math.toDegrees((vz * flat - z * (x * vx + y * vy)) / (radius * (flat + z * z)));
  }

  /** Rotation from the ICRS to the mean ecliptic and equinox of J2000. */
  static final double[] J2000 =
      Vectors.times(Vectors.aboutX(Precession.OBLIQUITY_J2000), Precession.bias());

  private static int packed(Body which) {
    return switch (which) {
      case MERCURY -> Pack.MERCURY;
      case VENUS -> Pack.VENUS;
      case MARS -> Pack.MARS;
      case JUPITER -> Pack.JUPITER;
      case SATURN -> Pack.SATURN;
      case URANUS -> Pack.URANUS;
      case NEPTUNE -> Pack.NEPTUNE;
      case PLUTO -> Pack.PLUTO;
      case CHIRON -> Pack.CHIRON;
      case PHOLUS -> Pack.PHOLUS;
      case CERES -> Pack.CERES;
      case PALLAS -> Pack.PALLAS;
      case JUNO -> Pack.JUNO;
      case VESTA -> Pack.VESTA;
      default -> throw new IllegalArgumentException("not in the pack: " + which);
    };
  }

  private static double length(double x, double y, double z) {
    return Math.sqrt(x * x + y * y + z * z);
  }
}

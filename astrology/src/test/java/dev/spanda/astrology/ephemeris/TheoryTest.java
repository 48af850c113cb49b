package dev.spanda.astrology.ephemeris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.time.JulianDate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the theories outside the pack against the pack and against DE431. */
class TheoryTest {

  private static final Map<Body, Integer> NUMBERS =
      Map.of(
          Body.MERCURY, Pack.MERCURY,
          Body.VENUS, Pack.VENUS,
          Body.MARS, Pack.MARS,
          Body.JUPITER, Pack.JUPITER,
          Body.SATURN, Pack.SATURN,
          Body.URANUS, Pack.URANUS,
          Body.NEPTUNE, Pack.NEPTUNE);

  /** The direction of a body from the Earth by one model, at unit length. */
  private static double[] geometric(States states, Body body, double day) {
    double[] moon = new double[6];
    double[] earth = new double[6];
    double[] sun = new double[6];
    double[] six = new double[6];
    states.state(Pack.MOON, day, moon, 0);
    states.state(Pack.EARTH_MOON, day, earth, 0);
    states.state(Pack.SUN, day, sun, 0);
    double[] seen = new double[3];
    double length = 0;
    for (int i = 0; i < 3; i++) {
      double here = earth[i] - moon[i] / (1 + 81.3005690741906);
      if (body == Body.MOON) {
        seen[i] = moon[i];
      } else if (body == Body.SUN) {
        seen[i] = -here;
      } else {
        int number = NUMBERS.get(body);
        states.state(number, day, six, 0);
        seen[i] = six[i] - (number >= Pack.MARS ? sun[i] : 0) - here;
      }
      length += seen[i] * seen[i];
    }
    for (int i = 0; i < 3; i++) {
      seen[i] /= Math.sqrt(length);
    }
    return seen;
  }

  @ParameterizedTest
  @EnumSource(
      value = Body.class,
      names = {"SUN", "MOON", "MERCURY", "VENUS", "MARS", "JUPITER", "SATURN", "URANUS", "NEPTUNE"})
  void theTheoryLiesWithinItsBoundOfThePackFrom1600To2400(Body body) {
    Theory theory = new Theory();
    double most = 0;
    int count = 1500;
    for (int i = 0; i < count; i++) {
      double day = Pack.FIRST_DAY + (Pack.LAST_DAY - Pack.FIRST_DAY) * (i + 0.37) / count;
      double[] a = geometric(theory, body, day);
      double[] b = geometric(Pack.shared(), body, day);
      double apart = Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
      most = Math.max(most, Math.toDegrees(apart) * 3600);
    }
    // Seconds of arc; not a quarter of it either, or the bound would say too little.
    double bound = TheoryBounds.arcsec(body, 2451545.0);
    assertThat(most).isLessThan(bound).isGreaterThan(bound / 4);
  }

  private static List<String[]> rows(String name) {
    String path = "/reference/swiss-ephemeris-de431/" + name;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                TheoryTest.class.getResourceAsStream(path), StandardCharsets.UTF_8))) {
      return in.lines().skip(1).map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void farPositionsMeetDe431WithinTheStatedBound() {
    for (String[] row : rows("positions_far.csv")) {
      Body body = Body.parse(row[1]);
      Position position =
          Ephemeris.standard().position(body, JulianDate.tt(Double.parseDouble(row[0])));
      double bound = position.errorBoundArcsec();
      String what = row[0] + " " + row[1];
      assertThat(Math.IEEEremainder(position.longitudeDeg() - Double.parseDouble(row[2]), 360))
          .as(what)
          .isCloseTo(0, within(bound / 3600));
      assertThat(position.latitudeDeg())
          .as(what)
          .isCloseTo(Double.parseDouble(row[3]), within(bound / 3600));
      // A relative error of the distance is of the order of the angle, 360″ = 1.7e-3.
      assertThat(position.distanceAu() / Double.parseDouble(row[4]))
          .as(what)
          .isCloseTo(1, within(8e-6 + bound / 206265));
    }
  }

  @Test
  void aFarPositionNamesItsModelAndBound() {
    JulianDate date = JulianDate.tt(1721058.5);
    Position mars = Ephemeris.standard().position(Body.MARS, date);
    assertThat(mars.model()).isEqualTo(Position.Model.VSOP87_MPP02);
    assertThat(mars.errorBoundArcsec())
        .isEqualTo(Ephemeris.errorBoundArcsec(Body.MARS, date))
        .isBetween(5.0, 20.0);
    assertThat(
            Ephemeris.standard()
                .withAyanamsa(Ayanamsa.LAHIRI)
                .position(Body.MARS, date)
                .errorBoundArcsec())
        .isEqualTo(mars.errorBoundArcsec() + 5);
    assertThat(Ephemeris.standard().position(Body.MEAN_NODE, date).model())
        .isEqualTo(Position.Model.MEAN_ELEMENTS);
    assertThat(Ephemeris.standard().position(Body.MARS, JulianDate.tt(Ephemeris.FIRST_DAY)).model())
        .isEqualTo(Position.Model.DE431_PACK);
  }

  @Test
  void theBoundGrowsAwayFromThePack() {
    for (Body body : NUMBERS.keySet()) {
      assertThat(TheoryBounds.arcsec(body, Ephemeris.EARLIEST_DAY))
          .isGreaterThan(TheoryBounds.arcsec(body, Ephemeris.FIRST_DAY - 1));
    }
  }

  @Test
  void atTheEdgesThePositionJumpsByNoMoreThanTheBound() {
    double[] packed = new double[6];
    double[] theory = new double[6];
    for (Body body : Body.values()) {
      if (body == Body.EARTH || body == Body.PLUTO || body.kind() == Body.Kind.MINOR_PLANET) {
        continue;
      }
      for (double edge : new double[] {Ephemeris.FIRST_DAY, Ephemeris.LAST_DAY}) {
        double step = edge == Ephemeris.FIRST_DAY ? -1e-7 : 1e-7;
        Ephemeris.standard().into(body, edge, packed);
        Ephemeris.standard().into(body, edge + step, theory);
        double jump = Math.IEEEremainder(packed[0] - theory[0], 360) * 3600;
        // The motion in the step is worth 0.01″ of the Moon.
        assertThat(Math.abs(jump))
            .as("%s at %s", body, edge)
            .isLessThan(TheoryBounds.arcsec(body, 2451545.0) + 0.01);
      }
    }
  }

  @Test
  void farSpeedsAreTheDerivativesOfTheAngles() {
    double[] here = new double[6];
    double[] next = new double[6];
    double[] back = new double[6];
    Random random = new Random(17);
    double step = 0.01;
    for (Body body : NUMBERS.keySet()) {
      for (int i = 0; i < 10; i++) {
        double day = Ephemeris.EARLIEST_DAY + 1 + random.nextDouble() * 1.6e6;
        Ephemeris.standard().into(body, day, here);
        Ephemeris.standard().into(body, day + step, next);
        Ephemeris.standard().into(body, day - step, back);
        double slope = Math.IEEEremainder(next[0] - back[0], 360) / (2 * step);
        // Degrees a day: the curve of Mercury's path over the step is worth 1e-6.
        assertThat(here[3]).as("%s %s", body, day).isCloseTo(slope, within(5e-6));
        assertThat(here[5])
            .as("%s %s", body, day)
            .isCloseTo((next[2] - back[2]) / (2 * step), within(1e-7));
      }
    }
  }

  @Test
  void theMoonSeenFromAPlaceDiffersFromTheReferenceByTheNutationOfTheObserver() {
    double[] six = new double[6];
    for (String[] row : rows("positions_topocentric.csv")) {
      double day = Double.parseDouble(row[0]);
      Place place = Place.of(Double.parseDouble(row[1]), Double.parseDouble(row[2]));
      Ephemeris.standard().withLight(Light.TRUE).withPlace(place).into(Body.MOON, day, six);
      double[] shift = nutationOfTheObserver(day, place);
      double lambda = Math.toRadians(six[0]);
      double beta = Math.toRadians(six[1]);
      double far = six[2];
      double alongLongitude = -Math.sin(lambda) * shift[0] + Math.cos(lambda) * shift[1];
      double alongLatitude =
          -Math.sin(beta) * (Math.cos(lambda) * shift[0] + Math.sin(lambda) * shift[1])
              + Math.cos(beta) * shift[2];
      double longitude =
          Math.IEEEremainder(six[0] - Double.parseDouble(row[3]), 360) * 3600
              + Math.toDegrees(alongLongitude / far / Math.cos(beta)) * 3600;
      double latitude =
          (six[1] - Double.parseDouble(row[4])) * 3600 + Math.toDegrees(alongLatitude / far) * 3600;
      // Seconds of arc: ΔT between its yearly values is within 0.03 s, in which a place moves 14 m,
      // 0.0075″ from the Moon. Without the correction the differences reach 0.15″.
      assertThat(longitude).as(row[0]).isCloseTo(0, within(0.0075));
      assertThat(latitude).as(row[0]).isCloseTo(0, within(0.0075));
    }
  }

  @Test
  void anObserverStandsWhereSofaPutsHim() {
    // TT and the observer along the ICRS axes in metres: 36° north, 95° west, height 0, by the
    // routines c2t06a and gd2gc of SOFA (pyerfa 2.0), with the UT1 of our ΔT and no polar motion.
    double[][] rows = {
      {2451545.0, -5144887.560, -467767.809, 3728039.943},
      {2456155.390625, -5084932.481, -885092.636, 3734572.162},
      {2447100.34375, -1917047.033, -4798732.073, 3726131.734},
      {2459953.28125, 2086945.938, -4729239.191, 3723695.727}
    };
    Ephemeris geometric = Ephemeris.standard().withLight(Light.TRUE).withAxes(Axes.EQUATOR_ICRS);
    double[] six = new double[6];
    for (double[] row : rows) {
      geometric.into(Body.MOON, row[0], six);
      double[] centre = metres(six);
      geometric.withPlace(Place.of(36, -95)).into(Body.MOON, row[0], six);
      double[] seen = metres(six);
      for (int i = 0; i < 3; i++) {
        // Metres: IAU 2000B lies 0.001″ from the full nutation, 3 cm on the ground.
        assertThat(centre[i] - seen[i]).isCloseTo(row[1 + i], within(0.1));
      }
    }
  }

  private static double[] metres(double[] six) {
    double longitude = Math.toRadians(six[0]);
    double latitude = Math.toRadians(six[1]);
    double flat = six[2] * 149597870700.0 * Math.cos(latitude);
    return new double[] {
      flat * Math.cos(longitude),
      flat * Math.sin(longitude),
      six[2] * 149597870700.0 * Math.sin(latitude)
    };
  }

  /** Where nutation puts the observer, less where he stands without it: au, ecliptic of date. */
  private static double[] nutationOfTheObserver(double day, Place place) {
    Orientation at = Ephemeris.orientation(JulianDate.tt(day));
    double mean = Math.toRadians(at.meanObliquityDeg());
    double whole = Math.toRadians(at.trueObliquityDeg());
    double nutation = Math.toRadians(at.nutationLongitudeDeg());
    double apparent = Math.toRadians(at.siderealTimeDeg() + place.longitudeDeg());
    double[] with = onEarth(place, apparent, whole);
    double[] without = onEarth(place, apparent - nutation * Math.cos(whole), mean);
    // The longitude that the tables print counts from the true equinox, both for the place with
    // nutation, which already does, and for that without, which is moved there.
    double x = without[0] - nutation * without[1];
    double y = without[1] + nutation * without[0];
    return new double[] {with[0] - x, with[1] - y, with[2] - without[2]};
  }

  private static double[] onEarth(Place place, double sidereal, double obliquity) {
    double latitude = Math.toRadians(place.latitudeDeg());
    double squeeze = Math.pow(1 - 1 / 298.257223563, 2);
    double n =
        6378137
            / Math.sqrt(Math.pow(Math.cos(latitude), 2) + squeeze * Math.pow(Math.sin(latitude), 2))
            / 149597870700.0;
    double x = n * Math.cos(latitude) * Math.cos(sidereal);
    double y = n * Math.cos(latitude) * Math.sin(sidereal);
    double z = squeeze * n * Math.sin(latitude);
    double c = Math.cos(obliquity);
    double s = Math.sin(obliquity);
    return new double[] {x, y * c + z * s, -y * s + z * c};
  }
}

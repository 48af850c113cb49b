package dev.spanda.astrology.ephemeris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EphemerisTest {

  private record Question(Ephemeris ephemeris, Body body, double dayTt) {
    double[] ask() {
      double[] six = new double[6];
      ephemeris.into(body, dayTt, six);
      return six;
    }
  }

  private static List<Question> questions(long seed, int count) {
    Random random = new Random(seed);
    Ephemeris standard = Ephemeris.standard();
    List<Ephemeris> kinds =
        List.of(
            standard,
            standard.withAyanamsa(Ayanamsa.LAHIRI),
            standard.withAyanamsa(Ayanamsa.TRUE_CITRA),
            standard.withPlace(new Place(-33.9, 18.4, 20)),
            standard.withAxes(Axes.EQUATOR_OF_DATE));
    List<Question> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Ephemeris kind = kinds.get(random.nextInt(kinds.size()));
      // Nobody sees the Earth from the Earth; lunar points are seen from its centre alone.
      List<Body> seen =
          Arrays.stream(Body.values())
              .filter(body -> body != Body.EARTH)
              .filter(
                  body ->
                      kind.centre() != Centre.TOPOCENTRE || body.kind() != Body.Kind.LUNAR_POINT)
              .toList();
      Body body = seen.get(random.nextInt(seen.size()));
      double day = 2451545 + (random.nextDouble() - 0.5) * 200000;
      if (random.nextInt(10) == 0 && body != Body.PLUTO && body.kind() != Body.Kind.MINOR_PLANET) {
        // Outside the pack, by the theories.
        day = Ephemeris.EARLIEST_DAY + random.nextDouble() * 1.6e6;
      }
      all.add(new Question(kind, body, day));
    }
    return all;
  }

  @Test
  void manyThreadsGiveWhatOneGives() throws Exception {
    List<Question> questions = questions(4242, 3000);
    List<double[]> alone = questions.stream().map(Question::ask).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int seed = thread;
        results.add(
            threads.submit(
                () -> {
                  Random random = new Random(seed);
                  for (int i = 0; i < 6000; i++) {
                    int which = random.nextInt(questions.size());
                    assertThat(questions.get(which).ask())
                        .as("seed %d, question %s", seed, questions.get(which))
                        .isEqualTo(alone.get(which));
                  }
                  return true;
                }));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aResultDoesNotDependOnWhatWasAskedBefore() {
    List<Question> questions = questions(7, 500);
    List<double[]> forwards = questions.stream().map(Question::ask).toList();
    for (int i = questions.size() - 1; i >= 0; i--) {
      assertThat(questions.get(i).ask()).as("question %d", i).isEqualTo(forwards.get(i));
    }
  }

  @Test
  void speedsAreTheDerivativesOfTheAngles() {
    double step = 0.02;
    double[] far = new double[6];
    double[] near = new double[6];
    double[] back = new double[6];
    double[] farBack = new double[6];
    double[] here = new double[6];
    Random random = new Random(11);
    for (Axes axes : Axes.values()) {
      Ephemeris ephemeris = Ephemeris.standard().withAxes(axes);
      for (Body body : Body.planets()) {
        for (int i = 0; i < 40; i++) {
          double day = 2451545 + (random.nextDouble() - 0.5) * 280000;
          ephemeris.into(body, day, here);
          ephemeris.into(Body.SUN, day, far);
          if (body != Body.SUN && Math.abs(Math.IEEEremainder(here[0] - far[0], 360)) < 3) {
            // Beside the Sun the deflection changes too fast for differences over a step.
            continue;
          }
          ephemeris.into(body, day + 2 * step, far);
          ephemeris.into(body, day + step, near);
          ephemeris.into(body, day - step, back);
          ephemeris.into(body, day - 2 * step, farBack);
          for (int k = 0; k < 3; k++) {
            double one = k == 0 ? Math.IEEEremainder(near[0] - back[0], 360) : near[k] - back[k];
            double two =
                k == 0 ? Math.IEEEremainder(far[0] - farBack[0], 360) : far[k] - farBack[k];
            double slope = (8 * one - two) / (12 * step);
            // Degrees (au) a day: the step of a double Julian date is worth 4e-7 of the Moon's.
            assertThat(here[3 + k])
                .as("%s %s %s", body, axes, day)
                .isCloseTo(slope, within(k == 2 ? 1e-8 : 1e-6));
          }
        }
      }
    }
  }

  @Test
  void theMoonSeenFromAPlaceIsShiftedByItsParallax() {
    JulianDate date = JulianDate.tt(2451545.0);
    Place place = Place.of(0, 0);
    Position moon = Ephemeris.standard().withPlace(place).position(Body.MOON, date);
    Position centre = Ephemeris.standard().position(Body.MOON, date);
    double shift =
        Math.hypot(
            moon.longitudeDeg() - centre.longitudeDeg(), moon.latitudeDeg() - centre.latitudeDeg());
    // At most the horizontal parallax of the Moon, a degree.
    assertThat(shift).isBetween(0.05, 1.03);
    assertThat(Math.abs(moon.distanceAu() - centre.distanceAu())).isLessThan(4.3e-5);
  }

  @Test
  void heliocentricEarthIsOppositeTheGeocentricSun() {
    JulianDate date = JulianDate.tt(2460000.5);
    Ephemeris sunCentred =
        Ephemeris.standard().withLight(Light.TRUE).withCentre(Centre.HELIOCENTRE);
    Position earth = sunCentred.position(Body.EARTH, date);
    Position sun = Ephemeris.standard().withLight(Light.TRUE).position(Body.SUN, date);
    assertThat(Math.IEEEremainder(earth.longitudeDeg() - sun.longitudeDeg(), 360))
        .satisfies(turn -> assertThat(Math.abs(turn)).isCloseTo(180, within(1e-9)));
    assertThat(earth.distanceAu()).isCloseTo(sun.distanceAu(), within(1e-14));
  }

  @Test
  void plutoOutsideThePackIsRefusedWithBodyDateAndRange() {
    assertThatThrownBy(() -> Ephemeris.standard().position(Body.PLUTO, JulianDate.tt(2300000)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo("date");
              assertThat(failure).hasMessageContaining("Pluto").hasMessageContaining("2300000.0");
              assertThat(failure.details())
                  .containsEntry(Failure.MIN_VALUE, 2305447.5)
                  .containsEntry(Failure.MAX_VALUE, 2597641.5);
            });
  }

  @Test
  void beyondTheTheoriesEveryBodyIsRefused() {
    for (double day : new double[] {625673.0, 3547273.0, Double.NaN}) {
      assertThatThrownBy(() -> Ephemeris.standard().into(Body.SUN, day, new double[6]))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.subject()).isEqualTo("date");
                assertThat(failure.details())
                    .containsEntry(Failure.MIN_VALUE, 625673.5)
                    .containsEntry(Failure.MAX_VALUE, 3547272.5);
              });
    }
  }

  @Test
  void theEarthCannotBeSeenFromItsCentre() {
    assertThatThrownBy(() -> Ephemeris.standard().position(Body.EARTH, JulianDate.tt(2451545)))
        .isInstanceOf(Failure.class);
  }
}

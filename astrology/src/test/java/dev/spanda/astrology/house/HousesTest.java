package dev.spanda.astrology.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.core.Failure;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HousesTest {

  private static final double OBLIQUITY = 23.44;

  @Test
  void insideThePolarCircleOnlyPlacidusAndKochAreUndefined() {
    for (HouseSystem system : HouseSystem.values()) {
      Houses houses = Houses.of(system, 111, OBLIQUITY, -75);
      boolean semiArcs = system == HouseSystem.PLACIDUS || system == HouseSystem.KOCH;
      assertThat(houses instanceof Houses.Undefined).as(system.label()).isEqualTo(semiArcs);
      assertThat(houses.system()).isEqualTo(system);
    }
  }

  @Test
  void anUndefinedSystemStillHasItsAnglesAndSaysWhy() {
    Houses houses = Houses.of(HouseSystem.PLACIDUS, 111, OBLIQUITY, -75);
    assertThat(((Houses.Undefined) houses).reason()).contains("Placidus").contains("-75.0");
    assertThat(houses.angles()).isEqualTo(Angles.of(111, OBLIQUITY, -75));
  }

  @Test
  void placidusCuspsSatisfyTheSemiArcConditionTheyAreDefinedBy() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 500; i++) {
      double armc = random.nextDouble() * 360;
      double latitude = random.nextDouble() * 132 - 66;
      Houses.Cusps cusps =
          (Houses.Cusps) Houses.of(HouseSystem.PLACIDUS, armc, OBLIQUITY, latitude);
      // Cusp 12 is two thirds of its semi-diurnal arc before the meridian.
      double lon = Math.toRadians(cusps.cuspDeg(12));
      double eps = Math.toRadians(OBLIQUITY);
      double ra = Math.toDegrees(Math.atan2(Math.sin(lon) * Math.cos(eps), Math.cos(lon)));
      double dec = Math.asin(Math.sin(lon) * Math.sin(eps));
      double arc = Math.toDegrees(Math.acos(-Math.tan(Math.toRadians(latitude)) * Math.tan(dec)));
      double fromMeridian = Sphere.turn(ra - armc);
      assertThat(fromMeridian).as("seed 11, round " + i).isCloseTo(arc * 2 / 3, within(1e-8));
    }
  }

  @Test
  void everyLongitudeLiesInTheHouseBetweenItsCusps() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2000; i++) {
      HouseSystem system = List.of(HouseSystem.values()).get(random.nextInt(14));
      Houses houses =
          Houses.of(system, random.nextDouble() * 360, OBLIQUITY, random.nextDouble() * 178 - 89);
      if (houses instanceof Houses.Cusps cusps && inOrder(cusps)) {
        for (int house = 1; house <= 12; house++) {
          double cusp = cusps.cuspDeg(house);
          assertThat(cusps.houseOf(cusp + width(cusps, house) / 2))
              .as("seed 7, round %d, %s", i, cusps)
              .isEqualTo(house);
        }
      }
    }
  }

  private static boolean inOrder(Houses.Cusps cusps) {
    int forward = 0;
    for (int house = 1; house <= 12; house++) {
      double width = width(cusps, house);
      forward += width > 1e-6 ? 1 : width < -1e-6 ? -1 : 0;
    }
    return Math.abs(forward) == 12;
  }

  private static double width(Houses.Cusps cusps, int house) {
    double width = cusps.cuspDeg(house % 12 + 1) - cusps.cuspDeg(house);
    return width - 360 * Math.rint(width / 360);
  }

  @Test
  void aLongitudeOnACuspBelongsToTheHouseThatBeginsThere() {
    Houses.Cusps cusps = (Houses.Cusps) Houses.of(HouseSystem.EQUAL, 10, OBLIQUITY, 50);
    assertThat(cusps.houseOf(cusps.cuspDeg(4))).isEqualTo(4);
    assertThat(cusps.positionOf(cusps.cuspDeg(4) + 15)).isCloseTo(4.5, within(1e-12));
  }

  @Test
  void cuspsAreCopiedInAndOut() {
    Houses.Cusps cusps = (Houses.Cusps) Houses.of(HouseSystem.EQUAL, 10, OBLIQUITY, 50);
    double first = cusps.cuspDeg(1);
    cusps.cuspsDeg()[0] = -1;
    assertThat(cusps.cuspDeg(1)).isEqualTo(first);
  }

  @Test
  void aLatitudeBeyondThePoleIsRefused() {
    assertThatThrownBy(() -> Houses.of(HouseSystem.EQUAL, 10, OBLIQUITY, 90.1))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID));
    assertThatThrownBy(() -> Houses.of(HouseSystem.EQUAL, Double.NaN, OBLIQUITY, 0))
        .isInstanceOf(Failure.class);
  }

  @Test
  void systemsAreFoundByLabelAndByConstant() {
    assertThat(HouseSystem.parse("polich-page")).isEqualTo(HouseSystem.POLICH_PAGE);
    assertThat(HouseSystem.parse("EqualAsc")).isEqualTo(HouseSystem.EQUAL);
    assertThatThrownBy(() -> HouseSystem.parse("Nobody")).isInstanceOf(Failure.class);
  }

  @Test
  void fortuneAndSpiritChangePlacesByNight() {
    Map<Body, Double> longitudes = Map.of(Body.SUN, 100.0, Body.MOON, 130.0);
    assertThat(Lot.FORTUNE.longitudeDeg(10, longitudes::get, Sect.DAY)).isEqualTo(40);
    assertThat(Lot.SPIRIT.longitudeDeg(10, longitudes::get, Sect.DAY)).isEqualTo(340);
    assertThat(Lot.FORTUNE.longitudeDeg(10, longitudes::get, Sect.NIGHT)).isEqualTo(340);
    assertThat(Lot.SPIRIT.longitudeDeg(10, longitudes::get, Sect.NIGHT)).isEqualTo(40);
  }

  @Test
  void theOtherLotsCountFromTheLuminaryOfTheSect() {
    Map<Body, Double> longitudes =
        Map.of(Body.SUN, 100.0, Body.MOON, 130.0, Body.VENUS, 90.0, Body.SATURN, 300.0);
    assertThat(Lot.NEMESIS.longitudeDeg(10, longitudes::get, Sect.DAY)).isEqualTo(210);
    assertThat(Lot.NEMESIS.longitudeDeg(10, longitudes::get, Sect.NIGHT)).isEqualTo(180);
    // Spirit by day 340, Venus 10 before the Sun.
    assertThat(Lot.EROS.longitudeDeg(10, longitudes::get, Sect.DAY)).isEqualTo(330);
  }

  @Test
  void aChartIsOfTheDayWhileTheSunIsUp() {
    assertThat(Sect.of(0.1)).isEqualTo(Sect.DAY);
    assertThat(Sect.of(-0.1)).isEqualTo(Sect.NIGHT);
    assertThat(Sect.of(Body.MERCURY)).isEmpty();
    assertThat(Sect.of(Body.VENUS)).contains(Sect.NIGHT);
  }
}

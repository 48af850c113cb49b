package dev.spanda.astrology.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Rows;
import dev.spanda.astrology.event.Almanac;
import org.junit.jupiter.api.Test;

class HousesReferenceTest {

  /**
   * 0.005 arcseconds: what the tables' nine decimals and both ephemerides allow many times over.
   */
  private static final double TOLERANCE_DEG = 0.005 / 3600;

  @Test
  void everyCuspAndAngleOfTheTableAgreesWithinFiveThousandthsOfAnArcsecond() {
    Almanac almanac = Almanac.standard();
    int rows = 0;
    for (Rows.Row row : Rows.of("houses.csv")) {
      double armc = almanac.siderealDeg(row.number("jd_ut1")) + row.number("lon_deg");
      double obliquity = almanac.obliquityDeg(row.number("jd_tt"));
      Houses houses =
          Houses.of(HouseSystem.parse(row.text("system")), armc, obliquity, row.number("lat_deg"));
      String name = row.text("system") + " row " + row.text("idx");
      Angles angles = houses.angles();
      near(name, angles.armcDeg(), row.number("armc_deg"));
      near(name, angles.ascendantDeg(), row.number("asc_deg"));
      near(name, angles.midheavenDeg(), row.number("mc_deg"));
      near(name, angles.vertexDeg(), row.number("vertex_deg"));
      near(name, angles.equatorialAscendantDeg(), row.number("equatorial_asc_deg"));
      if (row.text("ret").equals("-1")) {
        assertThat(houses).as(name).isInstanceOf(Houses.Undefined.class);
      } else {
        for (int house = 1; house <= 12; house++) {
          near(
              name + " cusp " + house,
              ((Houses.Cusps) houses).cuspDeg(house),
              row.number("c" + house));
        }
      }
      rows++;
    }
    assertThat(rows).isEqualTo(700);
  }

  private static void near(String name, double actual, double expected) {
    assertThat(Rows.apart(actual, expected)).as(name).isCloseTo(0, within(TOLERANCE_DEG));
  }
}

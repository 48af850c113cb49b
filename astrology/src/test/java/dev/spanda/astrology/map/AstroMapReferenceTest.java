package dev.spanda.astrology.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AstroMapReferenceTest {

  /** The tables are in closed form from the nine decimals in their own rows. */
  private static final double TOLERANCE_DEG = 1e-6;

  @Test
  void linesInMundoAgreeAtEveryLatitudeOfTheTable() {
    int rows = 0;
    for (Rows.Row row : Rows.of("acg_lines.csv")) {
      MapLine line =
          new MapLine(
              row.body("body"),
              Angle.parse(row.text("angle")),
              row.number("ra_deg"),
              row.number("dec_deg"),
              row.number("gast_deg"));
      String latitude = row.text("lat_deg");
      OptionalDouble longitude =
          line.longitudeAt(latitude.isEmpty() ? 0 : Double.parseDouble(latitude));
      if (row.text("geo_lon_deg").isEmpty()) {
        assertThat(longitude).as(row.toString()).isEmpty();
      } else {
        near(row, longitude.orElseThrow(), row.number("geo_lon_deg"));
      }
      rows++;
    }
    assertThat(rows).isEqualTo(2400);
  }

  @Test
  void zodiacalLinesAgreeAtEveryLatitudeOfTheTable() {
    int rows = 0;
    for (Rows.Row row : Rows.of("acg_lines_zodiacal.csv")) {
      AstroMap.Point point =
          AstroMap.Point.zodiacal(
              row.body("body"), row.number("ecl_lon_deg"), row.number("true_obliquity_deg"));
      near(row, point.rightAscensionDeg(), row.number("ra_at_lat0_deg"));
      MapLine line =
          AstroMap.of(row.number("gast_deg"), List.of(point)).lines().stream()
              .filter(l -> l.angle() == Angle.parse(row.text("angle")))
              .findFirst()
              .orElseThrow();
      near(row, line.longitudeAt(row.number("lat_deg")).orElseThrow(), row.number("geo_lon_deg"));
      rows++;
    }
    assertThat(rows).isEqualTo(1600);
  }

  @Test
  void allParansOfTheTableAreFoundAndNoOthers() {
    Map<String, List<AstroMap.Point>> births = new LinkedHashMap<>();
    for (Rows.Row row : Rows.of("acg_lines.csv")) {
      if (row.text("angle").equals("MC")) {
        births
            .computeIfAbsent(row.text("birth"), key -> new ArrayList<>())
            .add(new AstroMap.Point(row.body("body"), row.number("ra_deg"), row.number("dec_deg")));
      }
    }
    Map<String, Paran> found = new LinkedHashMap<>();
    births.forEach(
        (birth, points) -> {
          for (Paran paran : AstroMap.of(0, points).parans()) {
            found.put(
                key(
                    birth,
                    paran.first(),
                    paran.firstAngle().name(),
                    paran.second(),
                    paran.secondAngle().name()),
                paran);
          }
        });
    List<Rows.Row> rows = Rows.of("acg_parans.csv");
    assertThat(rows).hasSize(2700);
    assertThat(found).hasSize(2700);
    for (Rows.Row row : rows) {
      Paran paran =
          found.get(
              key(
                  row.text("birth"),
                  row.body("body1"),
                  row.text("angle1"),
                  row.body("body2"),
                  row.text("angle2")));
      assertThat(paran).as(row.toString()).isNotNull();
      near(row, paran.latitudeDeg(), row.number("paran_lat_deg"));
      near(row, paran.siderealTimeDeg(), row.number("lst_deg"));
    }
  }

  private static String key(String birth, Body first, String angle1, Body second, String angle2) {
    return birth + first + angle1 + second + angle2;
  }

  private static void near(Rows.Row row, double actual, double expected) {
    assertThat(Rows.apart(actual, expected)).as(row.toString()).isCloseTo(0, within(TOLERANCE_DEG));
  }
}

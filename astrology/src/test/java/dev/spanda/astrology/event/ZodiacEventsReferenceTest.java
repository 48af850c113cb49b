package dev.spanda.astrology.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Rows;
import dev.spanda.astrology.Sign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZodiacEventsReferenceTest {

  private final Almanac almanac = Almanac.standard();
  private final ZodiacEvents events = new ZodiacEvents(almanac);

  @Test
  void everyIngressOfTheTableIsFoundWithinHalfASecond() {
    Map<Body, List<Rows.Row>> bodies = new EnumMap<>(Body.class);
    for (Rows.Row row : Rows.of("ingresses.csv")) {
      bodies.computeIfAbsent(row.body("body"), key -> new ArrayList<>()).add(row);
    }
    int rows = 0;
    for (Map.Entry<Body, List<Rows.Row>> entry : bodies.entrySet()) {
      List<Rows.Row> of = entry.getValue();
      Instant first = almanac.fromTt(of.get(0).number("jd_tt") - 1);
      Instant last = almanac.fromTt(of.get(of.size() - 1).number("jd_tt") + 1);
      List<SkyEvent.Ingress> found = events.ingresses(entry.getKey(), first, last);
      for (Rows.Row row : of) {
        Sign sign = Sign.of(30 * row.number("into_sign(0=Aries)"));
        boolean direct = row.text("direction").equals("direct");
        double nearest =
            found.stream()
                .filter(i -> i.sign() == sign && i.direct() == direct)
                .mapToDouble(i -> (almanac.jdTt(i.at()) - row.number("jd_tt")) * 86_400)
                .boxed()
                .min((a, b) -> Double.compare(Math.abs(a), Math.abs(b)))
                .orElseThrow();
        assertThat(nearest).as(row.toString()).isCloseTo(0, within(tolerance(entry.getKey())));
        rows++;
      }
    }
    assertThat(rows).isEqualTo(896);
  }

  /** Half a second; what 0.001 arcseconds are for the slow planets where that is more. */
  private static double tolerance(Body body) {
    return switch (body) {
      case URANUS, NEPTUNE, PLUTO -> 5;
      default -> 0.5;
    };
  }

  @Test
  void everyStationOfTheTableIsFound() {
    for (Rows.Row row : Rows.of("stations.csv")) {
      double expected = row.number("jd_tt");
      List<SkyEvent.Station> found =
          events.stations(
              row.body("body"), almanac.fromTt(expected - 9), almanac.fromTt(expected + 9));
      assertThat(found).as(row.toString()).hasSize(1);
      SkyEvent.Station station = found.get(0);
      assertThat(station.retrograde()).isEqualTo(row.text("kind").endsWith("retrograde"));
      // An error of speed of 1e-6°/day moves the moment of Pluto, which gains 0.0003°/day in a day,
      // by five minutes, that of Neptune by two, of the others by less than one.
      double seconds =
          switch (row.body("body")) {
            case PLUTO -> 300;
            case NEPTUNE -> 120;
            default -> 60;
          };
      assertThat((almanac.jdTt(station.at()) - expected) * 86_400)
          .as(row.toString())
          .isCloseTo(0, within(seconds));
      assertThat(Rows.apart(station.longitudeDeg(), row.number("lon_deg")))
          .isLessThan(0.002 / 3600);
    }
  }

  @Test
  void everyEclipseOfTheTableIsFoundWithItsKindAndMiddle() {
    Map<Body, List<SkyEvent.Eclipse>> found = new EnumMap<>(Body.class);
    EclipseFinder finder = new EclipseFinder(almanac);
    for (Body body : List.of(Body.SUN, Body.MOON)) {
      found.put(
          body,
          finder.eclipses(
              body, Instant.parse("1900-01-01T00:00:00Z"), Instant.parse("2101-01-01T00:00:00Z")));
    }
    // The table is every second eclipse of the two centuries; as many as there are and no more.
    assertThat(found.get(Body.SUN)).hasSize(454);
    assertThat(found.get(Body.MOON)).hasSize(459);
    List<Rows.Row> rows = Rows.of("eclipses.csv");
    assertThat(rows).hasSize(456);
    for (Rows.Row row : rows) {
      Body body = row.text("kind").equals("solar") ? Body.SUN : Body.MOON;
      Optional<SkyEvent.Eclipse> eclipse =
          found.get(body).stream()
              .filter(e -> Math.abs(almanac.jdUt1(e.at()) - row.number("jd_ut1_max")) < 0.1)
              .findFirst();
      assertThat(eclipse).as(row.toString()).isPresent();
      assertThat(eclipse.get().kind().label()).as(row.toString()).isEqualTo(row.text("type"));
      assertThat((almanac.jdUt1(eclipse.get().at()) - row.number("jd_ut1_max")) * 86_400)
          .as(row.toString())
          .isCloseTo(0, within(5.0));
    }
  }

  @Test
  void aReturnComesBackToTheDegree() {
    Instant birth = Instant.parse("1990-01-15T14:30:00Z");
    double[] sun = new double[6];
    almanac.ecliptic(Body.SUN, almanac.jdTt(birth), sun);
    List<Instant> returns =
        events.passages(
            Body.SUN,
            sun[0],
            Instant.parse("2023-06-01T00:00:00Z"),
            Instant.parse("2024-06-01T00:00:00Z"));
    assertThat(returns).hasSize(1);
    double[] then = new double[6];
    almanac.ecliptic(Body.SUN, almanac.jdTt(returns.get(0)), then);
    assertThat(Rows.apart(then[0], sun[0])).isLessThan(1e-7);
  }

  @Test
  void aRetrogradePlanetCanPassADegreeThreeTimes() {
    assertThat(
            events.passages(
                Body.MERCURY,
                20,
                Instant.parse("2024-03-01T00:00:00Z"),
                Instant.parse("2024-06-01T00:00:00Z")))
        .hasSize(3);
    assertThat(events.nextIngress(Body.SUN, Instant.parse("2024-03-01T00:00:00Z")).orElseThrow())
        .satisfies(
            ingress -> {
              assertThat(ingress.sign()).isEqualTo(Sign.ARIES);
              // The equinox of 2024: 20 March, 03:06 UTC.
              assertThat(ingress.at())
                  .isBetween(
                      Instant.parse("2024-03-20T03:06:00Z"), Instant.parse("2024-03-20T03:07:00Z"));
            });
  }
}

package dev.spanda.server.vajra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.client.ApiException;
import dev.spanda.contract.vajra.AstrologyApi;
import dev.spanda.contract.vajra.AstrologyApi.Birth;
import dev.spanda.contract.vajra.AstrologyApi.Location;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The chapter on astrology through server and client, with the sky of known moments. */
class AstrologyTest {

  private static final Location SAN_FRANCISCO = new Location(37.7749, -122.4194, "San Francisco");

  @TempDir private static Path folder;
  private static VajraServer server;
  private static AstrologyApi sky;

  @BeforeAll
  static void start() {
    server = VajraServer.in(folder);
    sky = server.client().astrology();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theSkyOfNowHasTenPlanetsInOrder() {
    AstrologyApi.Current current = sky.current();
    assertThat(current.planets().keySet())
        .containsExactly(
            "Sun", "Moon", "Mercury", "Venus", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune",
            "Pluto");
    assertThat(current.timestamp()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    current.planets().values().forEach(planet -> assertThat(planet.degree()).isBetween(0.0, 30.0));
    assertThat(current.aspects())
        .allSatisfy(aspect -> assertThat(aspect.orb()).isBetween(0.0, 8.0));
  }

  /** The document's example has the right Sun; its Moon is invented. */
  @Test
  void theSunOfTheDocumentsExampleIsInCapricornAndTheMoonInPisces() {
    AstrologyApi.Positions answer =
        sky.planetaryPositions("2024-01-15T10:30:00Z", null, "Sun,Moon");
    AstrologyApi.Position sun = answer.positions().get(0);
    // The equinox of date; half a unit of the last digit that the example prints, and its rounding.
    assertThat(sun.longitude()).isCloseTo(294.755, within(0.001));
    assertThat(sun.sign()).isEqualTo("Capricorn");
    assertThat(sun.speed()).isCloseTo(1.019, within(0.001));
    assertThat(sun.distance()).isCloseTo(0.983, within(0.001));
    assertThat(answer.positions().get(1).sign()).isEqualTo("Pisces");
    assertThat(answer.houses()).isNull();
  }

  @Test
  void aDateMayLackTimeAndOffset() {
    for (String date :
        new String[] {
          "2024-01-15T00:00:00Z",
          "2024-01-15",
          "2024-01-15T00:00:00",
          "2024-01-15T00:00",
          "2024-01-15 00:00:00",
          "2024-01-15T01:00:00+01:00"
        }) {
      assertThat(sky.planetaryPositions(date, null, null).date())
          .as(date)
          .isEqualTo("2024-01-15T00:00:00Z");
    }
  }

  @Test
  void aLocationAddsHousesAndLeavesPositionsGeocentric() {
    AstrologyApi.Positions plain = sky.planetaryPositions("1990-01-15T14:30:00Z", null, null);
    AstrologyApi.Positions placed =
        sky.planetaryPositions("1990-01-15T14:30:00Z", "37.7749,-122.4194", null);
    assertThat(placed.positions().get(1).longitude())
        .isEqualTo(plain.positions().get(1).longitude());
    // The Moon's parallax is at most 61.5′.
    assertThat(placed.positions().get(1).topocentricLongitude())
        .isCloseTo(plain.positions().get(1).longitude(), within(1.03))
        .isNotEqualTo(plain.positions().get(1).longitude());
    assertThat(placed.houses()).isNotNull();
    assertThat(placed.houses().cusps()).hasSize(12);
    assertThat(placed.positions()).allSatisfy(row -> assertThat(row.house()).isBetween(1, 12));
    AstrologyApi.Positions polar =
        sky.planetaryPositions("1990-01-15T14:30:00Z", "80,0", "MeanNode");
    assertThat(polar.houses().cusps()).isNull();
    assertThat(polar.houses().reason()).contains("80");
    assertThat(polar.positions().get(0).topocentricLongitude()).isNull();
  }

  /** US Naval Observatory, Phases of the Moon 2024: full on 25 January at 17:54 UT. */
  @Test
  void theMoonAfterThe15thOfJanuary2024IsFullOnThe25th() {
    AstrologyApi.MoonPhase moon = sky.moonPhase("2024-01-15T10:30:00Z");
    assertThat(moon.nextFullMoon()).isBetween("2024-01-25T17:53:00Z", "2024-01-25T17:55:00Z");
    assertThat(moon.nextNewMoon()).isBetween("2024-02-09T22:58:00Z", "2024-02-09T23:00:00Z");
    assertThat(moon.phase()).isEqualTo("Waxing Crescent");
    assertThat(moon.ageDays())
        .isCloseTo(
            Duration.between(moon.previousNewMoon(), moon.date()).toMillis() / 86_400_000.0,
            within(1e-6));
  }

  @Test
  void aBirthHasFourLinesAPlanetAndSixParansAPair() {
    AstrologyApi.Lines lines =
        sky.astrocartography(
            new Birth(
                "1990-01-15T14:30:00Z",
                SAN_FRANCISCO,
                List.of("Sun", "Moon", "Venus", "Jupiter", "Saturn"),
                null,
                null));
    assertThat(lines.lines()).hasSize(20);
    assertThat(lines.parans()).hasSize(60);
    assertThat(lines.lines())
        .allSatisfy(
            line -> {
              assertThat(line.longitude()).isBetween(-180.0, 180.0);
              assertThat(line.strength()).isBetween(0.0, 1.0).isPositive();
              assertThat(line.quality()).isIn("benefic", "neutral", "malefic");
              assertThat(line.path()).hasSize(37);
            });
    assertThat(lines.lines().get(0).angle()).isEqualTo("MC");
    // The IC line lies opposite the MC line.
    assertThat(Math.abs(lines.lines().get(0).longitude() - lines.lines().get(1).longitude()))
        .isCloseTo(180, within(1e-9));
    assertThat(lines.parans().get(0).strength())
        .isGreaterThanOrEqualTo(lines.parans().get(59).strength());
    AstrologyApi.Lines zodiacal =
        sky.astrocartography(
            new Birth("1990-01-15T14:30:00Z", SAN_FRANCISCO, List.of("Pluto"), "zodiacal", 0));
    assertThat(zodiacal.lines()).hasSize(4).allSatisfy(line -> assertThat(line.path()).isNull());
  }

  @Test
  void windowsOfADayLieInsideItAndSayWhy() {
    AstrologyApi.AuspiciousTimes times =
        sky.auspiciousTimes("healing", "2024-01-15T12:00:00-08:00", "37.7749,-122.4194");
    assertThat(times.date()).isEqualTo("2024-01-15");
    assertThat(times.times())
        .isNotEmpty()
        .allSatisfy(
            window -> {
              assertThat(window.start()).isBefore(window.end());
              assertThat(window.start()).isAfterOrEqualTo("2024-01-15T08:00:00Z");
              assertThat(window.end()).isBeforeOrEqualTo("2024-01-16T08:00:00Z");
              assertThat(window.reasons()).isNotEmpty();
              assertThat(window.planetaryHour()).isNotNull();
            });
    assertThat(sky.auspiciousTimes("meditation", null, null).location().name())
        .isEqualTo("Greenwich");
    assertThat(sky.auspiciousTimes("blessing", "2024-06-21", "70,20").times())
        .isNotEmpty()
        .allSatisfy(window -> assertThat(window.planetaryHour()).isNull());
  }

  @Test
  void planetaryHoursFollowOneAnother() {
    AstrologyApi.PlanetaryHours hours =
        sky.planetaryHours("51.5074,-0.1278", "2024-01-15T20:30:00Z");
    // A Monday is the Moon's.
    assertThat(hours.dayRuler()).isEqualTo("Moon");
    assertThat(hours.nextHours()).hasSize(12);
    Instant edge = hours.currentHour().end();
    for (AstrologyApi.NextHour next : hours.nextHours()) {
      assertThat(next.start()).isEqualTo(edge);
      edge = next.end();
    }
  }

  @Test
  void whatIsNotADateNamesTheValueAndTheRange() {
    for (String date :
        new String[] {
          "yesterday",
          "2024-13-01",
          "2024-02-30",
          "15/01/2024",
          "1599-12-31",
          "2400-01-02",
          "+999999999-01-01",
          "-2000-01-01"
        }) {
      refused(() -> sky.planetaryPositions(date, null, null), date, "1600-01-01", "2399-12-31");
      refused(() -> sky.moonPhase(date), date, "2399-12-31");
      refused(() -> sky.planetaryHours("0,0", date), date, "2399-12-31");
      refused(() -> sky.auspiciousTimes("healing", date, null), date, "2399-12-31");
      refused(
          () -> sky.astrocartography(new Birth(date, SAN_FRANCISCO, null, null, null)),
          date,
          "birth_date");
    }
    // The next new moon lies beyond the pack, where the second model answers.
    assertThat(sky.moonPhase("2399-12-30").nextNewMoon().toString()).startsWith("2400-01");
  }

  @Test
  void whatIsNotAPlaceNamesTheValueAndTheRange() {
    for (String location :
        new String[] {"London", "51.5", "1,2,3,4", "91,0", "0,181", "NaN,0", ","}) {
      refused(() -> sky.planetaryHours(location, null), location);
      refused(() -> sky.planetaryPositions(null, location, null), location, "degrees");
    }
    refused(
        () ->
            sky.astrocartography(
                new Birth("1990-01-15", new Location(95, 0, null), null, null, null)),
        "95",
        "90");
  }

  @Test
  void anUnknownBodyOrActivityListsTheKnownOnes() {
    refused(
        () ->
            sky.astrocartography(
                new Birth("1990-01-15", SAN_FRANCISCO, List.of("Sun", "Vulcan"), null, null)),
        "Vulcan",
        "Mercury");
    refused(() -> sky.planetaryPositions(null, null, "Sun,Earth"), "Earth", "Pluto");
    refused(
        () -> sky.astrocartography(new Birth("1990-01-15", SAN_FRANCISCO, List.of(), null, null)),
        "Sun");
    refused(() -> sky.auspiciousTimes("war", null, null), "war", "manifestation");
    refused(
        () -> sky.astrocartography(new Birth("1990-01-15", SAN_FRANCISCO, null, "flat", null)),
        "flat",
        "zodiacal");
    refused(
        () -> sky.astrocartography(new Birth("1990-01-15", SAN_FRANCISCO, null, null, 1)),
        "1",
        "361");
  }

  @Test
  void whereTheSunDoesNotSetThereAreNoPlanetaryHours() {
    refused(() -> sky.planetaryHours("70,20", "2024-06-21"), "70,20", "no planetary hours");
    refused(() -> sky.planetaryHours("-78,0", "2024-06-21T12:00:00Z"), "-78,0", "rises");
  }

  /** Refused with 400, where message and details tell all of that. */
  private static void refused(Executable call, String... told) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call::execute)
        .satisfies(
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.code()).isEqualTo("INVALID_PARAMETER");
              Map<String, Object> details = refusal.details();
              assertThat(refusal.getMessage() + details).contains(told);
            });
  }
}

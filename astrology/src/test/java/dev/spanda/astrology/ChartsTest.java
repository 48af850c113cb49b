package dev.spanda.astrology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.astrology.house.HouseSystem;
import dev.spanda.astrology.house.Houses;
import dev.spanda.astrology.house.Lot;
import dev.spanda.astrology.house.Sect;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartsTest {

  private static final Place SAN_FRANCISCO = Place.of(37.7749, -122.4194);
  private static final Instant MOMENT = Instant.parse("1990-01-15T14:30:00Z");

  @Test
  void aChartHoldsTwelveBodiesHousesAndAspects() {
    Chart chart = Charts.standard().at(MOMENT, SAN_FRANCISCO);
    assertThat(chart.positions()).hasSize(12);
    assertThat(chart.aspects()).isNotEmpty();
    assertThat(chart.houses()).isInstanceOf(Houses.Cusps.class);
    for (Position position : chart.positions()) {
      assertThat(chart.houseOf(position.body()).orElseThrow()).isBetween(1, 12);
    }
    assertThat(chart.position(Body.SUN).orElseThrow().sign()).isEqualTo(Sign.CAPRICORN);
  }

  @Test
  void beforeSunriseTheChartIsOfTheNight() {
    // 06:30 local time, the Sun rises at 07:24.
    assertThat(Charts.standard().at(MOMENT, SAN_FRANCISCO).sect()).isEqualTo(Sect.NIGHT);
    assertThat(Charts.standard().at(MOMENT.plusSeconds(7200), SAN_FRANCISCO).sect())
        .isEqualTo(Sect.DAY);
  }

  @Test
  void inPolarLatitudesTheSectFollowsTheSunAndNotTheTurnedAscendant() {
    Instant june = Instant.parse("2024-06-21T00:00:00Z");
    for (int hour = 0; hour < 24; hour++) {
      assertThat(Charts.standard().at(june.plusSeconds(3600L * hour), Place.of(80, 0)).sect())
          .isEqualTo(Sect.DAY);
    }
  }

  @Test
  void whereTheSystemHasNoHousesNobodyStandsInOne() {
    Chart chart = Charts.standard().at(MOMENT, Place.of(75, 0));
    assertThat(chart.houses()).isInstanceOf(Houses.Undefined.class);
    assertThat(chart.houseOf(Body.SUN)).isEmpty();
    assertThat(
            Charts.standard()
                .withHouses(HouseSystem.PORPHYRY)
                .at(MOMENT, Place.of(75, 0))
                .houseOf(Body.SUN))
        .isPresent();
  }

  @Test
  void lotsNeedTheirPlanets() {
    Charts two = Charts.standard().withBodies(List.of(Body.SUN, Body.MOON));
    Chart chart = two.at(MOMENT, SAN_FRANCISCO);
    assertThat(chart.lotDeg(Lot.FORTUNE)).isBetween(0.0, 360.0);
    assertThatThrownBy(() -> chart.lotDeg(Lot.EROS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Venus");
    assertThatThrownBy(() -> two.withBodies(List.of(Body.SUN, Body.SUN)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

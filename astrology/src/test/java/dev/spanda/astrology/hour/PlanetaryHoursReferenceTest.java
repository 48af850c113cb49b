package dev.spanda.astrology.hour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Rows;
import dev.spanda.astrology.event.Almanac;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanetaryHoursReferenceTest {

  private static final double SECOND = 1 / 86_400.0;

  private final Almanac almanac = Almanac.standard();
  private final PlanetaryHours hours = new PlanetaryHours(almanac);

  @Test
  void everyHourOfTheTableAgreesWithinASecond() {
    List<Rows.Row> rows = Rows.of("planetary_hours.csv");
    assertThat(rows).hasSize(25);
    for (Rows.Row row : rows) {
      Instant moment = almanac.fromUt1(row.number("jd_ut1"));
      PlanetaryDay day = hours.dayAt(moment, row.place()).orElseThrow();
      PlanetaryHour hour = day.hourAt(moment);
      assertThat(day.ruler()).isEqualTo(row.body("day_ruler"));
      assertThat(hour.number()).isEqualTo((int) row.number("hour_index_1_24"));
      assertThat(hour.ruler()).isEqualTo(row.body("hour_ruler"));
      assertThat(hour.day()).isEqualTo(row.text("is_day").equals("1"));
      near(day.sunrise(), row.number("sunrise_jd"));
      near(day.sunset(), row.number("sunset_jd"));
      near(day.nextSunrise(), row.number("next_sunrise_jd"));
      near(hour.start(), row.number("hour_start_jd"));
      near(hour.end(), row.number("hour_end_jd"));
    }
  }

  @Test
  void theTwentyFourHoursFollowWithoutGapsAndEndWithTheDay() {
    PlanetaryDay day =
        hours.dayAt(Instant.parse("2024-01-15T10:30:00Z"), Place.of(40.7, -74)).orElseThrow();
    List<PlanetaryHour> all = day.hours();
    assertThat(all).hasSize(24);
    assertThat(all.get(0).start()).isEqualTo(day.sunrise());
    assertThat(all.get(12).start()).isEqualTo(day.sunset());
    assertThat(all.get(23).end()).isEqualTo(day.nextSunrise());
    for (int i = 1; i < 24; i++) {
      assertThat(all.get(i).start()).isEqualTo(all.get(i - 1).end());
      assertThat(all.get(i).quality()).isNotNull();
      assertThat(all.get(i).attributes()).isNotEmpty();
    }
  }

  @Test
  void theFirstHourOfEachDayIsRuledByItsWeekday() {
    // 2024-01-14 was a Sunday.
    Body[] week = {
      Body.SUN, Body.MOON, Body.MARS, Body.MERCURY, Body.JUPITER, Body.VENUS, Body.SATURN
    };
    for (int i = 0; i < 7; i++) {
      PlanetaryDay day =
          hours
              .dayAt(
                  Instant.parse("2024-01-14T12:00:00Z").plus(Duration.ofDays(i)), Place.of(50, 0))
              .orElseThrow();
      assertThat(day.ruler()).isEqualTo(week[i]);
      // The hour after the twenty-fourth has the ruler of the next day.
      assertThat(day.hours().get(0).ruler()).isEqualTo(week[i]);
    }
  }

  @Test
  void thereAreNoHoursInThePolarNight() {
    assertThat(hours.dayAt(Instant.parse("2024-12-21T12:00:00Z"), Place.of(75, 20))).isEmpty();
    assertThat(hours.dayAt(Instant.parse("2024-06-21T12:00:00Z"), Place.of(75, 20))).isEmpty();
  }

  private void near(Instant actual, double expected) {
    assertThat(almanac.jdUt1(actual)).isCloseTo(expected, within(SECOND));
  }
}

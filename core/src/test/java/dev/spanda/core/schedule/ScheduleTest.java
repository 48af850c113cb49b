package dev.spanda.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  private static List<Instant> next(Schedule schedule, String from, int count) {
    List<Instant> due = new ArrayList<>();
    Instant instant = at(from);
    for (int i = 0; i < count; i++) {
      instant = schedule.nextAfter(instant).orElseThrow();
      due.add(instant);
    }
    return due;
  }

  @Test
  void anIntervalIsDueOnItsGrid() {
    Schedule schedule = Schedule.every(Duration.ofMinutes(15));
    assertThat(next(schedule, "2026-01-01T00:07:00Z", 2))
        .containsExactly(at("2026-01-01T00:15:00Z"), at("2026-01-01T00:30:00Z"));
    assertThat(schedule.nextAfter(at("2026-01-01T00:15:00Z"))).contains(at("2026-01-01T00:30:00Z"));
  }

  @Test
  void anAnchorMovesTheGridInBothDirections() {
    Schedule schedule = new Schedule.Every(Duration.ofHours(1), at("2026-01-01T00:20:00Z"));
    assertThat(schedule.nextAfter(at("2025-12-31T20:00:00Z"))).contains(at("2025-12-31T20:20:00Z"));
    assertThat(schedule.nextAfter(at("2026-01-01T05:20:00Z"))).contains(at("2026-01-01T06:20:00Z"));
  }

  @Test
  void anIntervalOutsideItsRangeIsRefused() {
    for (Duration interval :
        List.of(
            Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(1), Duration.ofDays(3651))) {
      assertThatThrownBy(() -> Schedule.every(interval)).isInstanceOf(Failure.class);
    }
  }

  @Test
  void onceIsDueOnce() {
    Schedule schedule = Schedule.once(at("2026-01-01T00:00:00Z"));
    assertThat(schedule.nextAfter(at("2025-12-31T23:59:59Z"))).contains(at("2026-01-01T00:00:00Z"));
    assertThat(schedule.nextAfter(at("2026-01-01T00:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0 6 * * *,        2026-03-01T06:00:00Z, 2026-03-02T06:00:00Z",
    "*/15 * * * *,     2026-03-01T06:01:00Z, 2026-03-01T06:15:00Z",
    "5/20 * * * *,     2026-03-01T06:26:00Z, 2026-03-01T06:45:00Z",
    "0 8-18/5 * * *,   2026-03-01T13:00:00Z, 2026-03-01T18:00:00Z",
    "0 0 * * SUN,      2026-03-02T00:00:00Z, 2026-03-08T00:00:00Z",
    "0 0 * * 0,        2026-03-02T00:00:00Z, 2026-03-08T00:00:00Z",
    "0 0 * * 7,        2026-03-02T00:00:00Z, 2026-03-08T00:00:00Z",
    "0 0 * * fri-sun,  2026-03-08T00:00:00Z, 2026-03-13T00:00:00Z",
    "0 0 1 JAN *,      2026-03-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "0 0 29 2 *,       2026-03-01T00:00:00Z, 2028-02-29T00:00:00Z",
    "0 0 29 2 *,       2096-03-01T00:00:00Z, 2104-02-29T00:00:00Z",
    "0 0 31 4-6 *,     2026-03-01T00:00:00Z, 2026-05-31T00:00:00Z",
    "0 0 13 * FRI,     2026-03-01T00:00:00Z, 2026-03-06T00:00:00Z",
    "0 0 13 * FRI,     2026-04-10T00:00:00Z, 2026-04-13T00:00:00Z",
    "59 23 31 12 *,    2026-12-31T23:59:00Z, 2027-12-31T23:59:00Z",
    "0-10/5 12 * * 1-5, 2026-03-06T12:10:00Z, 2026-03-09T12:00:00Z"
  })
  void aCronLineIsDueAsItReads(String text, String from, String expected) {
    assertThat(Schedule.cron(text, ZoneOffset.UTC).nextAfter(at(from))).contains(at(expected));
  }

  @Test
  void secondsAreNeverDue() {
    assertThat(Schedule.cron("* * * * *", ZoneOffset.UTC).nextAfter(at("2026-03-01T06:00:30.5Z")))
        .contains(at("2026-03-01T06:01:00Z"));
  }

  @Test
  void aTimeInTheGapIsDueAtTheFirstInstantAfterIt() {
    // Berlin goes from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
    assertThat(next(Schedule.cron("30 2 * * *", BERLIN), "2026-03-27T12:00:00Z", 3))
        .containsExactly(
            at("2026-03-28T01:30:00Z"), at("2026-03-29T01:00:00Z"), at("2026-03-30T00:30:00Z"));
  }

  @Test
  void severalTimesInTheGapAreDueOnce() {
    assertThat(next(Schedule.cron("*/20 * * * *", BERLIN), "2026-03-29T00:30:00Z", 3))
        .containsExactly(
            at("2026-03-29T00:40:00Z"), at("2026-03-29T01:00:00Z"), at("2026-03-29T01:20:00Z"));
  }

  @Test
  void aTimeThatOccursTwiceIsDueOnce() {
    // New York lives 01:00 to 02:00 twice on 1 November 2026: from 05:00 UTC and from 06:00 UTC.
    assertThat(next(Schedule.cron("30 1 * * *", NEW_YORK), "2026-10-31T12:00:00Z", 2))
        .containsExactly(at("2026-11-01T05:30:00Z"), at("2026-11-02T06:30:00Z"));
    assertThat(next(Schedule.cron("*/30 * * * *", NEW_YORK), "2026-11-01T05:00:00Z", 2))
        .containsExactly(at("2026-11-01T05:30:00Z"), at("2026-11-01T07:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "* * * * MOO",
        "* * * JANUARY *",
        "5-1 * * * *",
        "*/0 * * * *",
        "*/60 * * * *",
        "1,,2 * * * *",
        "1, * * * *",
        "- * * * *",
        "1- * * * *",
        "-1 * * * *",
        "a * * * *",
        "1/2/3 * * * *",
        "٣ * * * *",
        "@daily",
        "0 0 30 2 *",
        "0 0 31 4,6,9,11 *"
      })
  void otherTextIsRefusedWithWhatIsAllowed(String text) {
    assertThatThrownBy(() -> Schedule.cron(text, ZoneOffset.UTC))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo("schedule");
              assertThat(failure).hasMessageContaining("minute 0-59");
            });
  }

  @Test
  void longTextIsRefused() {
    assertThatThrownBy(() -> Schedule.cron("0,".repeat(400) + "0 * * * *", ZoneOffset.UTC))
        .isInstanceOf(Failure.class);
  }

  @Test
  void linesWithTheSameFieldsAndZoneAreEqual() {
    assertThat(Cron.parse(" 0  6 * * * ", BERLIN))
        .isEqualTo(Cron.parse("0 6 * * *", BERLIN))
        .isNotEqualTo(Cron.parse("0 6 * * *", NEW_YORK))
        .hasSameHashCodeAs(Cron.parse("0 6 * * *", BERLIN));
  }
}

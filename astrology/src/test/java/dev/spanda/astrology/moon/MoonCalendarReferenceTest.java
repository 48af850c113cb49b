package dev.spanda.astrology.moon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Rows;
import dev.spanda.astrology.event.Almanac;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoonCalendarReferenceTest {

  /** Half a second of time. */
  private static final double HALF_SECOND = 0.5 / 86_400;

  private final Almanac almanac = Almanac.standard();
  private final MoonCalendar calendar = new MoonCalendar(almanac);

  @Test
  void everyPhaseOfTheTableAgreesWithinHalfASecond() {
    List<Rows.Row> rows = Rows.of("moon_phases.csv");
    assertThat(rows).hasSize(200);
    for (Rows.Row row : rows) {
      double elongation =
          switch (row.text("phase")) {
            case "new" -> 0;
            case "first_quarter" -> 90;
            case "full" -> 180;
            default -> 270;
          };
      double expected = row.number("jd_tt");
      for (double before : new double[] {0.01, 5, 29.1}) {
        assertThat(calendar.nextTt(expected - before, elongation))
            .as(row.toString())
            .isCloseTo(expected, within(HALF_SECOND));
      }
    }
  }

  @Test
  void illuminationAgeAndTheNextPhasesAgreeWithTheTable() {
    List<Rows.Row> rows = Rows.of("moon_illumination.csv");
    assertThat(rows).hasSize(50);
    for (Rows.Row row : rows) {
      MoonState state = calendar.state(almanac.fromTt(row.number("jd_tt")));
      // The table's fraction is that of a slightly different disc; 2e-6 are a fiftieth of a pixel.
      assertThat(state.illumination()).isCloseTo(row.number("illuminated_fraction"), within(2e-6));
      assertThat(Rows.apart(state.elongationDeg(), row.number("lon_elongation_deg")))
          .isLessThan(2e-6);
      assertThat(state.distanceKm()).isCloseTo(row.number("dist_km"), within(0.02));
      assertThat(state.ageDays())
          .isCloseTo(row.number("age_days_since_true_new_moon"), within(HALF_SECOND));
      assertThat(almanac.jdTt(state.previousNew()))
          .isCloseTo(row.number("jd_tt_prev_new"), within(HALF_SECOND));
      assertThat(almanac.jdTt(state.nextNew()))
          .isCloseTo(row.number("jd_tt_next_new"), within(HALF_SECOND));
      assertThat(almanac.jdTt(state.nextFull()))
          .isCloseTo(row.number("jd_tt_next_full"), within(HALF_SECOND));
    }
  }

  @Test
  void everyVoidOfCourseOfTheTableAgreesWithinHalfASecond() {
    List<Rows.Row> rows = Rows.of("void_of_course.csv");
    assertThat(rows).hasSize(30);
    for (Rows.Row row : rows) {
      VoidOfCourse found =
          calendar.voidOfCourse(almanac.fromTt(row.number("jd_tt_sign_entry") + 0.01));
      assertThat(found.sign().startDeg()).isEqualTo(30 * row.number("moon_sign(0=Aries)"));
      assertThat(found.lastBody()).contains(row.body("last_aspect_body"));
      assertThat(found.lastAspect().orElseThrow().exactDeg())
          .isEqualTo(row.number("last_aspect_deg"));
      assertThat(almanac.jdTt(found.start()))
          .as(row.toString())
          .isCloseTo(
              row.number(
                  "jd_tt_voc_start(last exact 0/60/90/120/180 aspect to Sun Mercury..Pluto)"),
              within(HALF_SECOND));
      assertThat(almanac.jdTt(found.end()))
          .isCloseTo(row.number("jd_tt_voc_end(next ingress)"), within(HALF_SECOND));
    }
  }

  @Test
  void phasesAreCentredOnTheirAngles() {
    assertThat(MoonPhase.of(22.4)).isEqualTo(MoonPhase.NEW_MOON);
    assertThat(MoonPhase.of(337.6)).isEqualTo(MoonPhase.NEW_MOON);
    assertThat(MoonPhase.of(22.6)).isEqualTo(MoonPhase.WAXING_CRESCENT);
    assertThat(MoonPhase.of(-90)).isEqualTo(MoonPhase.LAST_QUARTER);
    assertThat(MoonPhase.of(180).label()).isEqualTo("Full Moon");
  }

  @Test
  void aMonthHoldsAVoidOfCourseForEachSignOrSo() {
    List<VoidOfCourse> voids =
        calendar.voidsOfCourse(
            Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-28T00:00:00Z"));
    assertThat(voids).hasSizeBetween(11, 13);
    for (int i = 1; i < voids.size(); i++) {
      assertThat(voids.get(i).start()).isAfterOrEqualTo(voids.get(i - 1).end());
    }
  }

  @Test
  void oneFullMoonFollowsAnotherAfterAMonth() {
    Instant first = calendar.next(MoonPhase.FULL_MOON, Instant.parse("2024-01-01T00:00:00Z"));
    Instant second = calendar.next(MoonPhase.FULL_MOON, first.plusSeconds(1));
    // 25 January 17:54 and 24 February 12:30 UTC.
    assertThat(first).isBetween(at("2024-01-25T17:53:30Z"), at("2024-01-25T17:54:30Z"));
    assertThat(second).isBetween(at("2024-02-24T12:30:00Z"), at("2024-02-24T12:31:00Z"));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}

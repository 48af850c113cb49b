package dev.spanda.astrology.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiseSetReferenceTest {

  @Test
  void everyRisingSettingAndTransitOfTheTableAgreesWithinASecond() {
    Almanac almanac = Almanac.standard();
    RiseSet riseSet = new RiseSet(almanac);
    List<Rows.Row> rows = Rows.of("sun_moon_rise_set.csv");
    assertThat(rows).hasSize(1200);
    for (Rows.Row row : rows) {
      RiseSet.Event event =
          switch (row.text("event")) {
            case "rise" -> RiseSet.Event.RISE;
            case "set" -> RiseSet.Event.SET;
            case "transit" -> RiseSet.Event.TRANSIT;
            default -> RiseSet.Event.LOWER_TRANSIT;
          };
      RiseSet.Limit limit =
          row.text("convention").startsWith("upper")
              ? RiseSet.Limit.UPPER_LIMB
              : RiseSet.Limit.CENTRE;
      double found =
          riseSet.nextUt1(
              event, row.body("body"), row.place(), row.number("jd_ut_start"), limit, 28 / 24.0);
      // A second of time. Largest is the Moon's lower transit, 0.76 s, where the table comes too
      // early by an amount that grows with the wait from the start of its search.
      assertThat((found - row.number("jd_ut")) * 86_400)
          .as(row.toString())
          .isCloseTo(0, within(1.0));
    }
  }
}

package dev.spanda.astrology.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.ephemeris.Ephemeris;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JulianDateTest {

  /** A double holds a Julian date to 40 microseconds; a sum of two rounds twice. */
  private static final double STEP_S = 1e-4;

  private static double secondsFromUtcToTt(String instant) {
    JulianDate utc = JulianDate.of(Instant.parse(instant));
    return (utc.to(TimeScale.TT).day() - utc.day()) * 86400;
  }

  @ParameterizedTest
  @CsvSource({
    // J. Meeus, Astronomical Algorithms, chapter 7, in the Gregorian calendar throughout.
    "1957-10-04T19:26:24Z, 2436116.31",
    "0333-01-28T12:00:00Z, 1842713.0",
    "-4713-11-24T12:00:00Z, 0.0",
    "1858-11-17T00:00:00Z, 2400000.5",
    "1970-01-01T00:00:00Z, 2440587.5",
    "2000-01-01T12:00:00Z, 2451545.0",
    "1582-10-15T00:00:00Z, 2299160.5",
  })
  void knownInstantsHaveTheirJulianDates(String instant, double day) {
    JulianDate date = JulianDate.of(Instant.parse(instant));
    assertThat(date.day()).isCloseTo(day, within(1e-9));
    assertThat(date.scale()).isEqualTo(TimeScale.UTC);
  }

  @Test
  void terrestrialTimeIs69Point184SecondsAheadIn2020() {
    assertThat(secondsFromUtcToTt("2020-06-01T00:00:00Z")).isCloseTo(69.184, within(STEP_S));
  }

  @ParameterizedTest
  @CsvSource({
    "1972-01-01T00:00:00Z, 42.184",
    "1972-06-30T23:59:59Z, 42.184",
    "1972-07-01T00:00:00Z, 43.184",
    "1998-12-31T23:59:59Z, 63.184",
    "1999-01-01T00:00:00Z, 64.184",
    "2016-12-31T23:59:59Z, 68.184",
    "2017-01-01T00:00:00Z, 69.184",
  })
  void leapSecondsStepOnTheirDays(String instant, double seconds) {
    assertThat(secondsFromUtcToTt(instant)).isCloseTo(seconds, within(STEP_S));
  }

  @Test
  void theEpochJ2000FallsBeforeNoonUtc() {
    // TT noon is 64.184 s before the same reading of UTC.
    Duration off =
        Duration.between(
            Instant.parse("2000-01-01T11:58:55.816Z"), JulianDate.tt(2451545.0).toInstant());
    assertThat(off.abs()).isLessThan(Duration.ofNanos(100_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1969-07-20T20:17:40Z", "1066-10-14T09:00:00Z", "-0584-05-22T15:00:00Z"})
  void before1972UtcIsUt1(String instant) {
    JulianDate utc = JulianDate.of(Instant.parse(instant));
    assertThat((utc.to(TimeScale.UT1).day() - utc.day()) * 86400).isCloseTo(0, within(STEP_S));
    assertThat((utc.to(TimeScale.TT).day() - utc.day()) * 86400)
        .isCloseTo(DeltaT.seconds(utc.day()), within(STEP_S));
  }

  @Test
  void since1972UtcStaysWithinASecondOfUt1() {
    for (int year = 1973; year < 2026; year++) {
      JulianDate utc = JulianDate.of(Instant.parse(year + "-03-21T00:00:00Z"));
      assertThat((utc.to(TimeScale.UT1).day() - utc.day()) * 86400)
          .as("%d", year)
          .isBetween(-0.9, 0.9);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-2500-01-01T00:00:00Z",
        "1000-06-15T12:34:56Z",
        "1850-02-28T23:59:59Z",
        "1971-12-31T23:59:59Z",
        "1990-07-15T06:30:00.250Z",
        "2016-12-31T23:59:58Z",
        "2026-11-22T21:00:00Z",
        "2300-01-01T00:00:00Z",
        "4500-01-01T00:00:00Z"
      })
  void everyScaleRoundTrips(String text) {
    Instant instant = Instant.parse(text);
    JulianDate utc = JulianDate.of(instant);
    for (TimeScale scale : TimeScale.values()) {
      JulianDate there = utc.to(scale);
      assertThat(there.scale()).isEqualTo(scale);
      for (TimeScale back : TimeScale.values()) {
        assertThat((there.to(back).to(TimeScale.UTC).day() - utc.day()) * 86400)
            .as("%s by %s and %s", text, scale, back)
            .isCloseTo(0, within(5e-4));
      }
      assertThat(Duration.between(instant, there.toInstant()).abs())
          .isLessThan(Duration.ofMillis(1));
    }
  }

  @Test
  void dynamicalTimeKeepsWithinTwoMillisecondsOfTerrestrialTime() {
    double most = 0;
    for (int day = 0; day < 366; day++) {
      JulianDate tt = JulianDate.tt(2451545.0 + day);
      double difference = (tt.to(TimeScale.TDB).day() - tt.day()) * 86400;
      most = Math.max(most, Math.abs(difference));
    }
    // Seconds: the yearly term is 0.001657 s; doubles round to 0.00004.
    assertThat(most).isBetween(0.0016, 0.00175);
  }

  @Test
  void theSameScaleGivesTheSameDate() {
    JulianDate date = JulianDate.ut1(2451545.25);
    assertThat(date.to(TimeScale.UT1)).isSameAs(date);
  }

  @Test
  void aDateIsFinite() {
    assertThatIllegalArgumentException().isThrownBy(() -> JulianDate.tt(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> JulianDate.ut1(1 / 0.0));
  }

  @ParameterizedTest
  @CsvSource({
    // Meeus, example 12.a: 1987 April 10, 0h UT, 13h 10m 46.1351s by the model of 1982, which lies
    // within 0.1″ of that of 2006.
    "2446895.5, 197.69222958, 0.1",
    // The test value of SOFA's routine gst06a, 1.754166137675019 rad, at MJD 53736.0; IAU 2000B is
    // within 0.001″ of the full nutation there.
    "2453736.5, 100.50631639, 0.003",
  })
  void apparentSiderealTimeHasItsKnownValues(
      double dayUt1, double degrees, double toleranceArcsec) {
    double sidereal = Ephemeris.orientation(JulianDate.ut1(dayUt1)).siderealTimeDeg();
    assertThat((sidereal - degrees) * 3600).isCloseTo(0, within(toleranceArcsec));
  }
}

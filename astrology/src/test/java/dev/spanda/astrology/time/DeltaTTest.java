package dev.spanda.astrology.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaTTest {

  @ParameterizedTest
  @CsvSource({
    // Julian date in UT1 and what swetest 2.10.03 prints as ΔT in its header.
    "2305447.5, 88.806582",
    "2415020.5, -1.990764",
    "2451544.5, 63.828500",
  })
  void valuesAtTheYearsOfTheTableAreThose(double day, double seconds) {
    assertThat(DeltaT.seconds(day)).isCloseTo(seconds, within(0.001));
  }

  @ParameterizedTest
  @CsvSource({
    "807920.00, 60205.837565",
    "1173170.00, 35378.285114",
    "1458065.00, 20518.962039",
    "1465370.00, 20143.518128",
    "1574945.00, 15311.860061",
    "1671371.00, 12022.915134",
    "1721045.00, 10557.322766",
    "1903670.00, 5590.409734",
    "2051596.25, 2012.182533",
    "2086295.00, 1463.604820",
    "2213036.75, 553.766713",
    "2301792.50, 103.343291",
    "2305262.38, 89.484857",
    "2597827.62, 520.979978",
    "2634170.00, 855.004449",
    "2816795.00, 3292.508898",
    "3299290.25, 17550.403902",
    "3543642.50, 29097.851605",
  })
  void farFromThePresentTheReferenceIsMetToThreeTenthsOfASecond(double day, double seconds) {
    assertThat(DeltaT.seconds(day)).isCloseTo(seconds, within(0.3));
  }

  @Test
  void theThreeTablesMeetWithoutAStep() {
    for (double edge : new double[] {2305447.5, 2597641.5}) {
      // Seconds: a hundredth of a day changes ΔT by 0.0001 s here.
      assertThat(DeltaT.seconds(edge - 0.01)).isCloseTo(DeltaT.seconds(edge + 0.01), within(0.001));
    }
  }

  @Test
  void beyondTheTablesTheLastValueHolds() {
    assertThat(DeltaT.seconds(0)).isEqualTo(DeltaT.seconds(500000)).isGreaterThan(60000);
    assertThat(DeltaT.seconds(5e6)).isEqualTo(DeltaT.seconds(4e6)).isGreaterThan(20000);
    assertThat(DeltaT.seconds(Double.NaN)).isFinite();
  }
}

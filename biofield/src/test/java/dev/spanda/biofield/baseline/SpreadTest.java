package dev.spanda.biofield.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void meanAndDeviationAreThoseOfTheSample() {
    Spread spread = Spread.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(spread.mean()).isEqualTo(5);
    assertThat(spread.sd()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-15));
    assertThat(spread.min()).isEqualTo(2);
    assertThat(spread.max()).isEqualTo(9);
    assertThat(spread.outliers()).isZero();
  }

  @Test
  void aValueBeyondThreeDeviationsIsLeftOut() {
    double[] values = new double[60];
    for (int i = 0; i < 60; i++) {
      values[i] = 50 + i % 3;
    }
    values[17] = 500;
    Spread spread = Spread.of(values);
    assertThat(spread.outliers()).isEqualTo(1);
    assertThat(spread.count()).isEqualTo(59);
    assertThat(spread.max()).isEqualTo(52);
    assertThat(spread.mean()).isBetween(50.9, 51.1);
  }

  @Test
  void amongTenValuesNoneIsAnOutlier() {
    double[] values = new double[10];
    values[3] = 1e6;
    assertThat(Spread.of(values).outliers()).isZero();
  }

  @Test
  void equalValuesHaveExactlyNoSpread() {
    double[] values = new double[1000];
    Arrays.fill(values, 0.1);
    assertThat(Spread.of(values)).isEqualTo(new Spread(0.1, 0, 0.1, 0.1, 1000, 0));
    assertThat(Spread.of(3.0).sd()).isZero();
  }

  @Test
  void nothingAndInfinityAreRefused() {
    assertThatThrownBy(() -> Spread.of()).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Spread.of(1, Double.POSITIVE_INFINITY)).isInstanceOf(Failure.class);
  }
}

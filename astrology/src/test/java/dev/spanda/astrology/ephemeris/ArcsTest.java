package dev.spanda.astrology.ephemeris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArcsTest {

  @Test
  void anArcTangentIsThatOfTheLibraryToTheLastBits() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 200_000; i++) {
      double angle = random.nextDouble() * 2 * Math.PI;
      double size = Math.exp(random.nextDouble() * 40 - 20);
      double flat = i % 3 == 0 ? 1e-6 : 1;
      double x = size * Math.cos(angle) * (i % 2 == 0 ? flat : 1);
      double y = size * Math.sin(angle) * (i % 2 == 0 ? 1 : flat);
      // Four units in the last place of π.
      assertThat(Arcs.tangent(y, x))
          .as("seed 11, round %d", i)
          .isCloseTo(Math.atan2(y, x), within(1.8e-15));
    }
  }

  @Test
  void axesZeroAndExtremesAgreeWithTheLibraryInValueAndSign() {
    double[] values = {0.0, -0.0, 1, -1, 1e-300, -1e-300, 1e300, -1e300, Double.NaN};
    for (double x : values) {
      for (double y : values) {
        double library = Math.atan2(y, x);
        double ours = Arcs.tangent(y, x);
        assertThat(Double.isNaN(ours)).isEqualTo(Double.isNaN(library));
        if (!Double.isNaN(library)) {
          assertThat(ours).as(y + ", " + x).isCloseTo(library, within(1e-15));
          assertThat(Math.copySign(1, ours)).isEqualTo(Math.copySign(1, library));
        }
      }
    }
  }
}

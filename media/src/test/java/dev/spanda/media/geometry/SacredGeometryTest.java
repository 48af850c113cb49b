package dev.spanda.media.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import dev.spanda.media.geometry.GeometryPlan.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SacredGeometryTest {

  @ParameterizedTest
  @EnumSource(Pattern.class)
  void everyConditionHoldsToABillionth(Pattern pattern) {
    for (int complexity = 1; complexity <= 6; complexity++) {
      SacredGeometry geometry =
          SacredGeometry.draw(GeometryPlan.of(pattern).withComplexity(complexity));
      assertThat(geometry.residual()).isLessThan(1e-9);
      assertThat(geometry.svg()).contains("<svg").contains("<path");
    }
    assertThat(SacredGeometry.draw(GeometryPlan.of(pattern)).png(64)).isNotEmpty();
  }

  @Test
  void patternsHaveTheCirclesTheyAreKnownFor() {
    assertThat(count(Pattern.SEED_OF_LIFE, 1)).isEqualTo(7);
    assertThat(count(Pattern.EGG_OF_LIFE, 1)).isEqualTo(7);
    assertThat(count(Pattern.FRUIT_OF_LIFE, 1)).isEqualTo(13);
    assertThat(count(Pattern.METATRONS_CUBE, 1)).isEqualTo(13);
    assertThat(count(Pattern.VESICA_PISCIS, 1)).isEqualTo(2);
    assertThat(count(Pattern.FLOWER_OF_LIFE, 2)).isEqualTo(19);
    assertThat(count(Pattern.FLOWER_OF_LIFE, 6)).isEqualTo(127);
  }

  private static int count(Pattern pattern, int complexity) {
    return SacredGeometry.draw(GeometryPlan.of(pattern).withComplexity(complexity))
        .circles()
        .size();
  }

  @Test
  void metatronsCubeHasAll78Lines() {
    String svg = SacredGeometry.draw(GeometryPlan.of(Pattern.METATRONS_CUBE)).svg();
    assertThat(svg.split("stroke-linecap", -1)).hasSize(79);
  }

  @Test
  void everyCircleOfTheSeedPassesThroughTheMiddleOne() {
    var circles = SacredGeometry.draw(GeometryPlan.of(Pattern.SEED_OF_LIFE)).circles();
    assertThat(circles.stream().filter(one -> Math.hypot(one.x() - 500, one.y() - 500) > 1))
        .hasSize(6)
        .allSatisfy(
            one ->
                assertThat(Math.hypot(one.x() - 500, one.y() - 500))
                    .isCloseTo(one.radius(), within(1e-9)));
  }

  @Test
  void unknownPatternsAreRefused() {
    assertThat(Pattern.parse("flower-of-life")).isEqualTo(Pattern.FLOWER_OF_LIFE);
    assertThatThrownBy(() -> Pattern.parse("blob")).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> GeometryPlan.of(Pattern.TORUS).withComplexity(7))
        .isInstanceOf(Failure.class);
  }
}

package dev.spanda.media.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import dev.spanda.media.geometry.GeometryPlan.Pattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
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
  void schemesRunFromTheMiddleToTheRim() {
    String svg =
        SacredGeometry.draw(
                GeometryPlan.of(Pattern.FLOWER_OF_LIFE).withScheme(GeometryPlan.Scheme.CHAKRA))
            .svg(1024);
    assertThat(svg).contains("width=\"1024\"").contains("viewBox=\"0 0 1000 1000\"");
    // The middle circle is red as the root is; the frame violet as the crown.
    assertThat(svg.toUpperCase(Locale.ROOT)).contains("#F0453A").contains("#B565E8");
    assertThat(GeometryPlan.Scheme.CHAKRA.at(0.5)).isEqualTo(0xFF4CC46A);
    assertThatThrownBy(() -> GeometryPlan.Scheme.parse("mud")).hasMessageContaining("chakra");
  }

  @Test
  void complexityIsAWordOrANumber() {
    assertThat(GeometryPlan.complexity("High")).isEqualTo(5);
    assertThat(GeometryPlan.complexity("low")).isEqualTo(2);
    assertThat(GeometryPlan.complexity("6")).isEqualTo(6);
    for (String wrong : new String[] {"7", "0", "huge", ""}) {
      assertThatThrownBy(() -> GeometryPlan.complexity(wrong))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("medium");
    }
  }

  @Test
  void theSriYantraGrowsWithItsComplexity() {
    int[] paths = new int[4];
    for (int complexity = 1; complexity <= 3; complexity++) {
      paths[complexity] =
          SacredGeometry.draw(GeometryPlan.of(Pattern.SRI_YANTRA).withComplexity(complexity))
              .svg()
              .split("<path", -1)
              .length;
    }
    // 24 petals, filled and drawn, with four circles; then three squares and their floor.
    assertThat(paths[2] - paths[1]).isEqualTo(2 * 24 + 4);
    assertThat(paths[3] - paths[2]).isEqualTo(4);
  }

  /** The same on JDK 17 and 25. */
  @Test
  void theDrawingsAreTheSameEverywhere() throws Exception {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (Pattern pattern : Pattern.values()) {
      all.update(
          SacredGeometry.draw(GeometryPlan.of(pattern).withScheme(GeometryPlan.Scheme.CHAKRA))
              .svg()
              .getBytes(StandardCharsets.UTF_8));
    }
    assertThat(HexFormat.of().formatHex(all.digest()))
        .isEqualTo("f87188e92bf93d5e2d209bf0037c4a1253c9ef6db017ff1e4c8611ee3883f524");
  }

  @Test
  void unknownPatternsAreRefused() {
    assertThat(Pattern.parse("flower-of-life")).isEqualTo(Pattern.FLOWER_OF_LIFE);
    assertThatThrownBy(() -> Pattern.parse("blob")).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> GeometryPlan.of(Pattern.TORUS).withComplexity(7))
        .isInstanceOf(Failure.class);
  }
}

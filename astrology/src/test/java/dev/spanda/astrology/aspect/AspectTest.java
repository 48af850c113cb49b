package dev.spanda.astrology.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.Rows;
import dev.spanda.astrology.Sign;
import dev.spanda.astrology.event.Almanac;
import dev.spanda.astrology.house.Sect;
import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AspectTest {

  @Test
  void theTablesAspectsAreFoundWithOrbAndDirectionAndNoOthers() {
    Map<String, List<Rows.Row>> moments = new TreeMap<>();
    for (Rows.Row row : Rows.of("aspects.csv")) {
      moments.computeIfAbsent(row.text("jd_tt"), key -> new ArrayList<>()).add(row);
    }
    AspectFinder finder = new AspectFinder(Orbs.standard());
    int rows = 0;
    for (Map.Entry<String, List<Rows.Row>> moment : moments.entrySet()) {
      List<Position> positions =
          Almanac.standard().positions(Body.planets(), Double.parseDouble(moment.getKey()));
      List<Aspect> found = finder.find(positions);
      assertThat(found).as(moment.getKey()).hasSize(moment.getValue().size());
      for (Rows.Row row : moment.getValue()) {
        Aspect aspect =
            found.stream()
                .filter(a -> a.first() == row.body("body1") && a.second() == row.body("body2"))
                .findFirst()
                .orElseThrow();
        assertThat(aspect.kind().label()).isEqualTo(row.text("aspect"));
        // Twice the 0.002 arcseconds that each longitude may be off.
        assertThat(aspect.orbDeg()).isCloseTo(row.number("orb_deg"), within(0.004 / 3600));
        assertThat(aspect.applying())
            .as(row.toString())
            .isEqualTo(row.text("applying").equals("1"));
        rows++;
      }
    }
    assertThat(rows).isEqualTo(524);
  }

  @Test
  void anAspectAcrossTheBeginningOfTheZodiacIsFound() {
    Aspect aspect = between(Orbs.standard(), 358, 1, 4, 0.5).orElseThrow();
    assertThat(aspect.kind()).isEqualTo(AspectKind.CONJUNCTION);
    assertThat(aspect.orbDeg()).isCloseTo(6, within(1e-9));
    assertThat(aspect.applying()).isTrue();
    assertThat(aspect.strength()).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void aRetrogradeBodyThatComesBackApplies() {
    assertThat(between(Orbs.standard(), 10, 0.1, 102, -0.5).orElseThrow().applying()).isTrue();
    assertThat(between(Orbs.standard(), 10, 0.1, 98, -0.5).orElseThrow().applying()).isFalse();
  }

  @Test
  void bodiesWidenTheirOrbs() {
    Orbs orbs = Orbs.standard().withFactor(Body.SUN, 1.5);
    assertThat(between(Orbs.standard(), 0, 1, 9, 1)).isEmpty();
    assertThat(between(orbs, 0, 1, 9, 1)).isPresent();
    assertThat(orbs.orbDeg(AspectKind.TRINE, Body.SUN, Body.MOON)).isEqualTo(10);
  }

  @Test
  void whereOrbsOverlapTheCloserAspectWins() {
    Orbs wide = Orbs.standard().withOrb(AspectKind.SEXTILE, 15).withOrb(AspectKind.QUINTILE, 15);
    assertThat(between(wide, 0, 1, 65, 0).orElseThrow().kind()).isEqualTo(AspectKind.SEXTILE);
    assertThat(between(wide, 0, 1, 67, 0).orElseThrow().kind()).isEqualTo(AspectKind.QUINTILE);
    Orbs narrow = wide.withOrb(AspectKind.QUINTILE, 1);
    assertThat(between(narrow, 0, 1, 69, 0).orElseThrow().kind()).isEqualTo(AspectKind.SEXTILE);
  }

  @Test
  void anOrbOfNoughtLeavesTheAspectOut() {
    assertThat(between(Orbs.standard().withOrb(AspectKind.TRINE, 0), 0, 1, 120, 0)).isEmpty();
    assertThatThrownBy(() -> Orbs.standard().withOrb(AspectKind.TRINE, 16))
        .isInstanceOf(Failure.class);
  }

  @Test
  void midpointsLieOnTheShorterSide() {
    assertThat(Midpoint.of(350, 30)).isCloseTo(10, within(1e-12));
    assertThat(Midpoint.of(30, 350)).isCloseTo(10, within(1e-12));
    assertThat(Midpoint.of(10, 200)).isCloseTo(285, within(1e-12));
    assertThat(Midpoint.of(0, 180)).isCloseTo(90, within(1e-12));
  }

  @Test
  void egyptianTermsAddUpToThePlanetsYears() {
    Map<Body, Integer> degrees = new EnumMap<>(Body.class);
    for (int degree = 0; degree < 360; degree++) {
      degrees.merge(Dignities.term(degree + 0.5), 1, Integer::sum);
    }
    // The sums are the planets' greatest years of tradition, an ancient check of the table.
    assertThat(degrees)
        .containsEntry(Body.SATURN, 57)
        .containsEntry(Body.JUPITER, 79)
        .containsEntry(Body.MARS, 66)
        .containsEntry(Body.VENUS, 82)
        .containsEntry(Body.MERCURY, 76);
  }

  @Test
  void theSunIsExaltedInAriesAndFallsInLibra() {
    Dignities aries = Dignities.of(Body.SUN, 19, Sect.DAY).orElseThrow();
    assertThat(aries.held())
        .containsExactlyInAnyOrder(
            Dignities.Kind.EXALTATION, Dignities.Kind.TRIPLICITY, Dignities.Kind.FACE);
    assertThat(aries.points()).isEqualTo(8);
    Dignities libra = Dignities.of(Body.SUN, 199, Sect.DAY).orElseThrow();
    assertThat(libra.held()).contains(Dignities.Kind.FALL, Dignities.Kind.PEREGRINE);
  }

  @Test
  void everyPlanetRulesAndHasItsDetrimentOpposite() {
    for (Sign sign : Sign.values()) {
      Body ruler = Dignities.ruler(sign);
      assertThat(Dignities.of(ruler, sign.startDeg() + 1, Sect.DAY).orElseThrow().held())
          .contains(Dignities.Kind.RULERSHIP);
      assertThat(Dignities.of(ruler, sign.startDeg() + 181, Sect.DAY).orElseThrow().held())
          .contains(Dignities.Kind.DETRIMENT);
    }
  }

  @Test
  void facesFollowTheChaldeanOrderFromMars() {
    assertThat(Dignities.face(5)).isEqualTo(Body.MARS);
    assertThat(Dignities.face(15)).isEqualTo(Body.SUN);
    assertThat(Dignities.face(35)).isEqualTo(Body.MERCURY);
    assertThat(Dignities.face(355)).isEqualTo(Body.MARS);
  }

  @Test
  void modernPlanetsHaveNoDignities() {
    assertThat(Dignities.of(Body.NEPTUNE, 0, Sect.DAY)).isEmpty();
  }

  private static Optional<Aspect> between(
      Orbs orbs, double first, double firstSpeed, double second, double secondSpeed) {
    return new AspectFinder(orbs)
        .between(at(Body.SUN, first, firstSpeed), at(Body.MOON, second, secondSpeed));
  }

  private static Position at(Body body, double longitude, double speed) {
    return new Position(body, longitude, 0, 1, speed, 0, 0, Position.Model.MEAN_ELEMENTS, 1);
  }
}

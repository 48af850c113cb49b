package dev.spanda.astrology.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AstroMapTest {

  @Test
  void placesOnAPathLieOnTheirLine() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 200; i++) {
      MapLine line = line(random);
      for (Place place : line.path(37)) {
        assertThat(line.distanceDeg(place)).as("seed 3, round " + i).isCloseTo(0, within(1e-6));
      }
    }
  }

  @Test
  void theDistanceIsThatOfTheNearestPlaceOnTheLine() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      MapLine line = line(random);
      Place place = Place.of(random.nextDouble() * 180 - 90, random.nextDouble() * 360 - 180);
      double nearest = 180;
      for (Place on : line.path(2001)) {
        nearest = Math.min(nearest, apart(place, on));
      }
      // Steps of 0.09° on the line leave at most 0.045° sideways.
      assertThat(line.distanceDeg(place)).as("seed 5, round " + i).isCloseTo(nearest, within(0.05));
    }
  }

  @Test
  void horizonLinesEndWhereTheBodyNoLongerRises() {
    MapLine line = new MapLine(Body.MARS, Angle.ASC, 30, 20, 0);
    assertThat(line.latitudeLimitDeg()).isEqualTo(70);
    assertThat(line.longitudeAt(69.9)).isPresent();
    assertThat(line.longitudeAt(70.1)).isEmpty();
    assertThat(line.longitudeAt(-70.1)).isEmpty();
  }

  @Test
  void strengthFallsToHalfTenDegreesFromTheLine() {
    MapLine line = new MapLine(Body.SUN, Angle.MC, 0, 10, 0);
    assertThat(line.strengthAt(Place.of(0, 0))).isCloseTo(1, within(1e-12));
    assertThat(line.strengthAt(Place.of(0, 10))).isCloseTo(0.5, within(1e-9));
    assertThat(line.strengthAt(Place.of(0, 90))).isBetween(0.0, 0.05);
    assertThat(new MapLine(Body.PLUTO, Angle.IC, 180, 10, 0).strengthAt(Place.of(0, 0)))
        .isCloseTo(0.85 * 0.85, within(1e-12));
  }

  @Test
  void qualityComesFromPlanetAndAngle() {
    assertThat(quality(Body.VENUS, Angle.DSC)).isEqualTo(MapLine.Quality.BENEFIC);
    assertThat(quality(Body.SATURN, Angle.MC)).isEqualTo(MapLine.Quality.MALEFIC);
    assertThat(quality(Body.SUN, Angle.MC)).isEqualTo(MapLine.Quality.BENEFIC);
    assertThat(quality(Body.SUN, Angle.DSC)).isEqualTo(MapLine.Quality.NEUTRAL);
    assertThat(quality(Body.PLUTO, Angle.IC)).isEqualTo(MapLine.Quality.MALEFIC);
    assertThat(quality(Body.MERCURY, Angle.ASC)).isEqualTo(MapLine.Quality.NEUTRAL);
  }

  @Test
  void atTheParanBothLinesCross() {
    AstroMap map =
        AstroMap.of(
            77,
            List.of(
                new AstroMap.Point(Body.SUN, 120, 20), new AstroMap.Point(Body.JUPITER, 200, -8)));
    List<MapLine> lines = map.lines();
    List<Paran> parans = map.parans();
    assertThat(parans).hasSize(6);
    for (Paran paran : parans) {
      for (MapLine line : lines) {
        boolean first = line.body() == paran.first() && line.angle() == paran.firstAngle();
        boolean second = line.body() == paran.second() && line.angle() == paran.secondAngle();
        if (first || second) {
          assertThat(line.distanceDeg(paran.place())).isCloseTo(0, within(1e-6));
        }
      }
      assertThat(paran.strengthAt(paran.place())).isGreaterThan(0.8);
    }
  }

  @Test
  void aBodyOnTheEquatorHasNoParansWithItsHorizon() {
    AstroMap map =
        AstroMap.of(
            0, List.of(new AstroMap.Point(Body.SUN, 0, 0), new AstroMap.Point(Body.MOON, 70, 10)));
    assertThat(map.parans())
        .allSatisfy(
            paran -> {
              assertThat(paran.first()).isEqualTo(Body.SUN);
              assertThat(paran.firstAngle().meridian()).isTrue();
            });
  }

  @Test
  void theSameBodyTwiceIsRefused() {
    AstroMap.Point sun = new AstroMap.Point(Body.SUN, 0, 0);
    assertThatThrownBy(() -> AstroMap.of(0, List.of(sun, sun)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MapLine.Quality quality(Body body, Angle angle) {
    return new MapLine(body, angle, 0, 0, 0).quality();
  }

  private static MapLine line(SplittableRandom random) {
    return new MapLine(
        Body.MOON,
        List.of(Angle.values()).get(random.nextInt(4)),
        random.nextDouble() * 360,
        random.nextDouble() * 56 - 28,
        random.nextDouble() * 360);
  }

  private static double apart(Place a, Place b) {
    double first = Math.toRadians(a.latitudeDeg());
    double second = Math.toRadians(b.latitudeDeg());
    double cos =
        Math.sin(first) * Math.sin(second)
            + Math.cos(first)
                * Math.cos(second)
                * Math.cos(Math.toRadians(a.longitudeDeg() - b.longitudeDeg()));
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cos))));
  }
}

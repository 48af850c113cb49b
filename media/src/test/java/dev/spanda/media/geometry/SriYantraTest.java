package dev.spanda.media.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.media.geometry.SriYantra.Point;
import dev.spanda.media.geometry.SriYantra.Small;
import dev.spanda.media.geometry.SriYantra.Triangle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SriYantraTest {

  private final SriYantra yantra = SriYantra.solved();

  @Test
  void everyConditionHoldsToATrillionth() {
    assertThat(yantra.residual()).isLessThan(1e-12);
  }

  /** Knows nothing of the conditions: crosses all 27 sides and looks how near crossings are. */
  @Test
  void crossingsMeetExactlyOrAreFarApart() {
    List<Point[]> sides = new ArrayList<>();
    for (Triangle triangle : yantra.triangles()) {
      List<Point> corners = triangle.corners();
      for (int at = 0; at < 3; at++) {
        sides.add(new Point[] {corners.get(at), corners.get((at + 1) % 3)});
      }
    }
    List<Point> crossings = new ArrayList<>();
    for (int one = 0; one < sides.size(); one++) {
      for (int other = 0; other < one; other++) {
        cross(sides.get(one), sides.get(other), crossings);
      }
    }
    List<Point> distinct = new ArrayList<>();
    for (Point crossing : crossings) {
      double nearest =
          distinct.stream()
              .mapToDouble(known -> Math.hypot(known.x() - crossing.x(), known.y() - crossing.y()))
              .min()
              .orElse(1);
      assertThat(nearest < 1e-12 || nearest > 0.01).as("nearest %s", nearest).isTrue();
      if (nearest > 0.01) {
        distinct.add(crossing);
      }
    }
    assertThat(distinct).hasSize(67);
    int threefold = 0;
    for (Point point : distinct) {
      long through = sides.stream().filter(side -> distance(side, point) < 1e-12).count();
      assertThat(through).isBetween(2L, 4L);
      threefold += through >= 3 ? 1 : 0;
    }
    // Seven on the axis and twelve on each side of it.
    assertThat(threefold).isEqualTo(31);
  }

  private static void cross(Point[] one, Point[] other, List<Point> into) {
    double x = one[1].x() - one[0].x();
    double y = one[1].y() - one[0].y();
    double otherX = other[1].x() - other[0].x();
    double otherY = other[1].y() - other[0].y();
    double cross = x * otherY - y * otherX;
    if (Math.abs(cross) < 1e-9) {
      return;
    }
    double toX = other[0].x() - one[0].x();
    double toY = other[0].y() - one[0].y();
    double here = (toX * otherY - toY * otherX) / cross;
    double there = (toX * y - toY * x) / cross;
    // Ends that fall short of a line they should reach would be seen as crossings that are lost.
    if (here > -1e-12 && here < 1 + 1e-12 && there > -1e-12 && there < 1 + 1e-12) {
      into.add(new Point(one[0].x() + here * x, one[0].y() + here * y));
    }
  }

  private static double distance(Point[] side, Point point) {
    double x = side[1].x() - side[0].x();
    double y = side[1].y() - side[0].y();
    double share =
        ((point.x() - side[0].x()) * x + (point.y() - side[0].y()) * y) / (x * x + y * y);
    double held = Math.max(0, Math.min(1, share));
    return Math.hypot(side[0].x() + held * x - point.x(), side[0].y() + held * y - point.y());
  }

  @Test
  void thereAre43SmallTrianglesInFiveRings() {
    assertThat(yantra.small()).hasSize(43);
    int[] expected = {1, 8, 10, 10, 14};
    for (int ring = 0; ring < 5; ring++) {
      int wanted = ring;
      assertThat(yantra.small().stream().filter(small -> small.ring() == wanted))
          .hasSize(expected[ring])
          .allSatisfy(small -> assertThat(area(small)).isGreaterThan(1e-3));
    }
  }

  @Test
  void smallTrianglesAreMirroredAtTheAxis() {
    for (Small small : yantra.small()) {
      assertThat(yantra.small())
          .anyMatch(
              other ->
                  small.corners().stream()
                      .allMatch(
                          corner ->
                              other.corners().stream()
                                  .anyMatch(
                                      twin ->
                                          Math.hypot(twin.x() + corner.x(), twin.y() - corner.y())
                                              < 1e-12)));
    }
  }

  private static double area(Small small) {
    Point a = small.corners().get(0);
    Point b = small.corners().get(1);
    Point c = small.corners().get(2);
    return Math.abs((b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x())) / 2;
  }

  @Test
  void theTwoLargestReachTheCircleAndTheInnermostIsInItsMiddle() {
    for (int at : new int[] {2, 6}) {
      for (Point corner : yantra.triangles().get(at).corners()) {
        assertThat(Math.hypot(corner.x(), corner.y())).isCloseTo(1, within(1e-15));
      }
    }
    List<Point> corners = yantra.small().get(0).corners();
    double[] sides = new double[3];
    for (int at = 0; at < 3; at++) {
      Point from = corners.get((at + 1) % 3);
      Point to = corners.get((at + 2) % 3);
      sides[at] = Math.hypot(from.x() - to.x(), from.y() - to.y());
    }
    double around = sides[0] + sides[1] + sides[2];
    double x = 0;
    double y = 0;
    for (int at = 0; at < 3; at++) {
      x += sides[at] * corners.get(at).x() / around;
      y += sides[at] * corners.get(at).y() / around;
    }
    assertThat(Math.hypot(x, y)).isLessThan(1e-14);
  }

  @Test
  void theFigureStaysNearTheTraditionalParts() {
    double[] parts = {6, 12, 17, 20, 23, 27, 30, 36, 42};
    for (int at = 0; at < 9; at++) {
      Triangle triangle = yantra.triangles().get(at);
      assertThat(24 * (1 + triangle.base())).isCloseTo(parts[at], within(0.9));
      assertThat(triangle.pointsDown()).isEqualTo(at < 5);
    }
  }
}

package dev.spanda.astrology.aspect;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * The middle of the shorter arc between two bodies.
 *
 * @param longitudeDeg ecliptic longitude, degrees, from 0 (inclusive) to 360
 */
public record Midpoint(Body first, Body second, double longitudeDeg) {

  /**
   * The middle of the shorter arc between two longitudes, in degrees from 0 (inclusive) to 360; for
   * exact opposites the one 90° after the first.
   */
  public static double of(double firstDeg, double secondDeg) {
    double difference = secondDeg - firstDeg;
    difference -= 360 * Math.floor(difference / 360);
    if (difference > 180) {
      difference -= 360;
    }
    double middle = firstDeg + difference / 2;
    middle -= 360 * Math.floor(middle / 360);
    return middle >= 360 ? 0 : middle;
  }

  /** The midpoints of every pair, in the order of the list. */
  public static List<Midpoint> all(List<Position> positions) {
    List<Midpoint> midpoints = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      for (int j = i + 1; j < positions.size(); j++) {
        Position first = positions.get(i);
        Position second = positions.get(j);
        midpoints.add(
            new Midpoint(
                first.body(), second.body(), of(first.longitudeDeg(), second.longitudeDeg())));
      }
    }
    return midpoints;
  }
}

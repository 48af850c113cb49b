package dev.spanda.astrology;

import dev.spanda.astrology.aspect.Aspect;
import dev.spanda.astrology.house.Houses;
import dev.spanda.astrology.house.Lot;
import dev.spanda.astrology.house.Sect;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A chart: where the bodies stood at one moment, the houses of one place, and the aspects between
 * the bodies. Immutable.
 *
 * @param place where the houses belong to
 * @param positions apparent geocentric positions, in the order asked for; each body once
 * @param houses the houses, or the fact that the system has none there
 * @param sect whether the Sun's centre was above the horizon
 * @param aspects every aspect inside its orb
 */
public record Chart(
    Place place, List<Position> positions, Houses houses, Sect sect, List<Aspect> aspects) {

  /** Copies the lists. */
  public Chart {
    Objects.requireNonNull(place);
    Objects.requireNonNull(houses);
    Objects.requireNonNull(sect);
    positions = List.copyOf(positions);
    aspects = List.copyOf(aspects);
  }

  /** The position of a body, when the chart has it. */
  public Optional<Position> position(Body body) {
    for (Position position : positions) {
      if (position.body() == body) {
        return Optional.of(position);
      }
    }
    return Optional.empty();
  }

  /** The house a body stands in, 1 to 12; empty when the chart has no such body or no houses. */
  public Optional<Integer> houseOf(Body body) {
    if (!(houses instanceof Houses.Cusps cusps)) {
      return Optional.empty();
    }
    return position(body).map(position -> cusps.houseOf(position.longitudeDeg()));
  }

  /**
   * The longitude of a lot, degrees from 0 (inclusive) to 360.
   *
   * @throws IllegalArgumentException when the chart lacks the Sun, the Moon or the lot's planet
   */
  public double lotDeg(Lot lot) {
    return lot.longitudeDeg(
        houses.angles().ascendantDeg(),
        body ->
            position(body)
                .orElseThrow(() -> new IllegalArgumentException("The chart has no " + body.label()))
                .longitudeDeg(),
        sect);
  }
}

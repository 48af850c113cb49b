package dev.spanda.core.population;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A population as it stands at one instant.
 *
 * @param id begins with {@code pop_}
 * @param createdAt when it was created
 * @param updatedAt when its plan was last changed
 * @param activeBlessings how many sessions and broadcasts for it run at that instant, ≥ 0
 * @param blessed how long sessions and broadcasts for it have run up to that instant, all added up;
 *     two that run at the same time count twice
 */
public record Population(
    String id,
    PopulationPlan plan,
    Instant createdAt,
    Instant updatedAt,
    int activeBlessings,
    Duration blessed) {

  /** Checks that nothing is absent or negative. */
  public Population {
    Objects.requireNonNull(id);
    Objects.requireNonNull(plan);
    if (activeBlessings < 0 || blessed.isNegative()) {
      throw new IllegalArgumentException(activeBlessings + " active, " + blessed);
    }
  }

  /** {@link #blessed} in hours. */
  public double totalHours() {
    return blessed.toMillis() / 3_600_000.0;
  }
}

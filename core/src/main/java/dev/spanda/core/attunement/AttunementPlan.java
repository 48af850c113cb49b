package dev.spanda.core.attunement;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What bits to gather.
 *
 * @param intention 0 to 2 000 characters; written down, and no part of any number
 * @param duration 1 s to 24 h, whole seconds
 * @param source the source that is wanted
 * @param targetDeviation the deviation that is hoped for, −0.5 to 0.5; only kept beside the reading
 * @param seed for {@link BitSource.Kind#SEEDED}, where its absence means 0; no other kind takes one
 */
public record AttunementPlan(
    String intention,
    Duration duration,
    BitSource.Kind source,
    OptionalDouble targetDeviation,
    OptionalLong seed) {

  private static final int LONGEST_INTENTION = 2_000;
  private static final int LONGEST_SECONDS = 86_400;

  /**
   * Checks every part.
   *
   * @throws Failure INVALID, with subject {@code intention}, {@code duration}, {@code
   *     target_deviation} or {@code seed}
   */
  public AttunementPlan {
    String unused = Failure.requireText("intention", "Intention", intention, 0, LONGEST_INTENTION);
    Failure.requireInRange("duration", "Duration", duration.getSeconds(), 1, LONGEST_SECONDS, "s");
    duration = Duration.ofSeconds(duration.getSeconds());
    if (targetDeviation.isPresent()) {
      Failure.requireInRange(
          "target_deviation", "Target deviation", targetDeviation.getAsDouble(), -0.5, 0.5, "");
    }
    if (seed.isPresent() && source != BitSource.Kind.SEEDED) {
      throw Failure.invalid(
          "seed", seed.getAsLong(), "Only the source seeded takes a seed, not " + source.word());
    }
  }
}

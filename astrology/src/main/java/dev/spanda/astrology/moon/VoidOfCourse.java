package dev.spanda.astrology.moon;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Sign;
import dev.spanda.astrology.aspect.AspectKind;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The last part of the Moon's way through a sign, after its last exact Ptolemaic aspect there and
 * before it enters the next sign.
 *
 * @param start the last aspect, or the entry into the sign when there is no aspect in it
 * @param end the entry into the next sign
 * @param sign the sign the Moon is leaving
 * @param lastBody the planet of the last aspect; empty when there is none in the sign
 * @param lastAspect the last aspect; empty when there is none in the sign
 */
public record VoidOfCourse(
    Instant start,
    Instant end,
    Sign sign,
    Optional<Body> lastBody,
    Optional<AspectKind> lastAspect) {

  /** Checks the order of time. */
  public VoidOfCourse {
    Objects.requireNonNull(sign);
    Objects.requireNonNull(lastBody);
    Objects.requireNonNull(lastAspect);
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("void of course from " + start + " to " + end);
    }
  }

  /** Whether a moment lies from the start (inclusive) to the end. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(start) && moment.isBefore(end);
  }
}

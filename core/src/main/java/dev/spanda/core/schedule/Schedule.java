package dev.spanda.core.schedule;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * Says when something is due next. Immutable and thread-safe; a schedule keeps no memory of what
 * has run.
 */
public sealed interface Schedule permits Schedule.Every, Schedule.Once, Cron {

  /**
   * The earliest due instant that is strictly later than the given one, or empty when none follows.
   */
  Optional<Instant> nextAfter(Instant instant);

  /**
   * A schedule that is due at the epoch of 1970 and every interval from there, so that all who use
   * the same interval agree.
   *
   * @throws Failure INVALID, subject {@code schedule}, when the interval is shorter than 1 ms or
   *     longer than 3650 days
   */
  static Schedule every(Duration interval) {
    return new Every(interval, Instant.EPOCH);
  }

  /** A schedule that is due at one instant only. */
  static Schedule once(Instant instant) {
    return new Once(instant);
  }

  /**
   * A schedule by a cron line; its dialect is described at {@link Cron}.
   *
   * @throws Failure INVALID, subject {@code schedule}, when the text is not such a line
   */
  static Schedule cron(String text, ZoneId zone) {
    return Cron.parse(text, zone);
  }

  /**
   * Due at {@code anchor} and at every whole interval before and after it.
   *
   * @param interval 1 ms to 3650 days
   * @param anchor one of the due instants
   */
  record Every(Duration interval, Instant anchor) implements Schedule {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** Checks the interval. */
    public Every {
      Objects.requireNonNull(anchor);
      if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
        throw Failure.invalid(
            "schedule",
            interval,
            "Interval must be between 0.001 s and 3650 days; was " + interval);
      }
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      Duration since = Duration.between(anchor, instant);
      long whole = since.dividedBy(interval);
      Instant candidate = anchor.plus(interval.multipliedBy(whole));
      // Division rounds towards zero: before the anchor that is already one step ahead.
      while (!candidate.isAfter(instant)) {
        candidate = candidate.plus(interval);
      }
      return Optional.of(candidate);
    }
  }

  /** Due once. */
  record Once(Instant instant) implements Schedule {

    /** Checks that there is an instant. */
    public Once {
      Objects.requireNonNull(instant);
    }

    @Override
    public Optional<Instant> nextAfter(Instant after) {
      return instant.isAfter(after) ? Optional.of(instant) : Optional.empty();
    }
  }
}

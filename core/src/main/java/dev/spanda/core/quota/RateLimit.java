package dev.spanda.core.quota;

import java.time.Duration;
import java.util.Objects;

/**
 * A permitted rate: that many permits at once, and that many in every window on the long run.
 *
 * @param permits 1 to 1 000 000 000
 * @param window 1 µs to 366 days, and at least 1 ns a permit
 */
public record RateLimit(int permits, Duration window) {

  private static final int MOST_PERMITS = 1_000_000_000;
  private static final Duration SHORTEST = Duration.ofNanos(1_000);
  private static final Duration LONGEST = Duration.ofDays(366);

  /** Checks the ranges. */
  public RateLimit {
    Objects.requireNonNull(window);
    if (permits < 1 || permits > MOST_PERMITS) {
      throw new IllegalArgumentException(
          "permits must be between 1 and " + MOST_PERMITS + "; was " + permits);
    }
    if (window.compareTo(SHORTEST) < 0
        || window.compareTo(LONGEST) > 0
        || window.toNanos() < permits) {
      throw new IllegalArgumentException(
          "window must be between 1 µs and 366 days and at least 1 ns a permit; was " + window);
    }
  }

  /** So many permits a second. */
  public static RateLimit perSecond(int permits) {
    return new RateLimit(permits, Duration.ofSeconds(1));
  }

  /** So many permits a minute. */
  public static RateLimit perMinute(int permits) {
    return new RateLimit(permits, Duration.ofMinutes(1));
  }

  /** So many permits an hour. */
  public static RateLimit perHour(int permits) {
    return new RateLimit(permits, Duration.ofHours(1));
  }

  /** So many permits in 24 hours. */
  public static RateLimit perDay(int permits) {
    return new RateLimit(permits, Duration.ofDays(1));
  }

  /**
   * The same window with its permits multiplied, held at the largest number allowed.
   *
   * @param factor ≥ 1
   */
  public RateLimit times(int factor) {
    if (factor < 1) {
      throw new IllegalArgumentException("factor must be at least 1; was " + factor);
    }
    long most = Math.min(MOST_PERMITS, window.toNanos());
    return new RateLimit((int) Math.min(most, (long) permits * factor), window);
  }

  /** Nanoseconds between two permits when they are paced, rounded up. */
  long spacingNanos() {
    return Math.floorDiv(window.toNanos() + permits - 1, permits);
  }
}

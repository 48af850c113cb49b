package dev.spanda.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a call that failed for a passing reason is tried again: after a 429, 500, 502, 503 or 504,
 * or when no answer came, and only when repeating does no harm. GET, HEAD, PUT and DELETE may
 * always be repeated, POST and PATCH when the call carries an {@code Idempotency-Key} header or
 * when {@link #everyVerb} says so. The pause before try n + 1 is drawn evenly from 0 to {@link
 * #firstDelay} · 2ⁿ⁻¹, at most {@link #longestDelay} (exponential backoff with full jitter: M.
 * Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015); it is never shorter than
 * what the server asks for. Immutable and thread-safe.
 *
 * @param attempts tries in all, 1 to 100; 4 by default
 * @param firstDelay longest pause before the second try, not negative; 200 ms by default
 * @param longestDelay no drawn pause is longer, at least {@code firstDelay}; 10 s by default
 * @param longestTotal a try that could not begin within this time of the first is not made, not
 *     negative; 60 s by default
 * @param everyVerb whether POST and PATCH are repeated without an idempotency key; no by default
 */
public record RetryPolicy(
    int attempts,
    Duration firstDelay,
    Duration longestDelay,
    Duration longestTotal,
    boolean everyVerb) {

  /** Four tries within a minute. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          4, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(60), false);

  /** One try. */
  public static final RetryPolicy NONE = DEFAULT.withAttempts(1);

  private static final int MOST_ATTEMPTS = 100;
  private static final int MOST_DOUBLINGS = 30;

  /** Checks the ranges. */
  public RetryPolicy {
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException("attempts must be between 1 and 100; was " + attempts);
    }
    if (firstDelay.isNegative() || longestTotal.isNegative()) {
      throw new IllegalArgumentException("delays must not be negative");
    }
    if (longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException("longestDelay must be at least firstDelay");
    }
  }

  /** The same policy with another number of tries, 1 to 100. */
  public RetryPolicy withAttempts(int tries) {
    return new RetryPolicy(tries, firstDelay, longestDelay, longestTotal, everyVerb);
  }

  /** The same policy with other pauses. */
  public RetryPolicy withDelays(Duration first, Duration longest) {
    return new RetryPolicy(attempts, first, longest, longestTotal, everyVerb);
  }

  /** The same policy with another limit to the time of all tries. */
  public RetryPolicy withLongestTotal(Duration total) {
    return new RetryPolicy(attempts, firstDelay, longestDelay, total, everyVerb);
  }

  /** The same policy, which repeats POST and PATCH too, or else only with an idempotency key. */
  public RetryPolicy withEveryVerb(boolean every) {
    return new RetryPolicy(attempts, firstDelay, longestDelay, longestTotal, every);
  }

  /** The pause after the given failed try, counted from 1. */
  Duration drawDelay(int failedAttempt, RandomGenerator random) {
    double doublings = Math.min(failedAttempt - 1, MOST_DOUBLINGS);
    double ceilingNanos = Math.min(nanos(firstDelay) * Math.pow(2, doublings), nanos(longestDelay));
    return Duration.ofNanos((long) (random.nextDouble() * ceilingNanos));
  }

  private static double nanos(Duration duration) {
    return duration.getSeconds() * 1e9 + duration.getNano();
  }
}

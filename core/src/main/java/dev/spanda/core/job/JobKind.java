package dev.spanda.core.job;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one sort of work, with the types of what goes in and comes out and the rules for failure.
 *
 * @param name 1 to 64 lower-case letters, digits, dots, dashes and underscores; stored with every
 *     job, so it is kept for ever
 * @param input a type that {@link dev.spanda.core.store.Json} writes
 * @param output a type that {@link dev.spanda.core.store.Json} writes
 * @param retry what follows a failure
 * @param timeout how long one run may take; empty for as long as it likes
 */
public record JobKind<I, O>(
    String name, Class<I> input, Class<O> output, Retry retry, Optional<Duration> timeout) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

  /** Checks the name and the timeout. */
  public JobKind {
    Objects.requireNonNull(input);
    Objects.requireNonNull(output);
    Objects.requireNonNull(retry);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name must match " + NAME + "; was " + name);
    }
    if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
      throw new IllegalArgumentException("timeout must be positive; was " + timeout.get());
    }
  }

  /** A kind with {@link Retry#DEFAULT} and no timeout. */
  public static <I, O> JobKind<I, O> of(String name, Class<I> input, Class<O> output) {
    return new JobKind<>(name, input, output, Retry.DEFAULT, Optional.empty());
  }

  /** The same kind with another rule for failure. */
  public JobKind<I, O> withRetry(Retry other) {
    return new JobKind<>(name, input, output, other, timeout);
  }

  /** The same kind whose runs may each take so long. */
  public JobKind<I, O> withTimeout(Duration longest) {
    return new JobKind<>(name, input, output, retry, Optional.of(longest));
  }

  /**
   * How often a failing job is tried and how long it waits in between: {@code firstDelay}, and each
   * time {@code factor} times longer, up to {@code longestDelay}.
   *
   * @param attempts how many failing runs end the job, ≥ 1
   * @param firstDelay ≥ 0
   * @param factor ≥ 1
   * @param longestDelay ≥ {@code firstDelay}
   */
  public record Retry(int attempts, Duration firstDelay, double factor, Duration longestDelay) {

    /** Three runs, with one second after the first and two after the second. */
    public static final Retry DEFAULT =
        new Retry(3, Duration.ofSeconds(1), 2, Duration.ofMinutes(5));

    /** One run: the first failure is the end. */
    public static final Retry NEVER = new Retry(1, Duration.ZERO, 1, Duration.ZERO);

    /** Checks the ranges. */
    public Retry {
      if (attempts < 1
          || firstDelay.isNegative()
          || !(factor >= 1 && factor <= 1000)
          || longestDelay.compareTo(firstDelay) < 0) {
        throw new IllegalArgumentException(
            attempts + " attempts, " + firstDelay + ", × " + factor + ", ≤ " + longestDelay);
      }
    }

    /**
     * How long to wait after a failure.
     *
     * @param failures how many runs have failed so far, ≥ 1
     */
    public Duration delayAfter(int failures) {
      double millis = firstDelay.toMillis() * Math.pow(factor, failures - 1.0);
      return Duration.ofMillis((long) Math.min(millis, (double) longestDelay.toMillis()));
    }
  }
}

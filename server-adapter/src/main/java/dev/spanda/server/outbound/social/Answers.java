package dev.spanda.server.outbound.social;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** What headers of an answer say. */
final class Answers {

  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Answers() {}

  /**
   * When to come again: {@code Retry-After} in seconds, else {@code x-rate-limit-reset} or {@code
   * ratelimit-reset} in seconds since 1970; at most a quarter of an hour.
   *
   * @param headers by name in lower case
   * @param otherwise when none of them says
   */
  static Duration retryAfter(Map<String, String> headers, InstantSource clock, Duration otherwise) {
    String seconds = headers.getOrDefault("retry-after", "").strip();
    Duration wait = otherwise;
    if (seconds.matches("[0-9]{1,6}")) {
      wait = Duration.ofSeconds(Long.parseLong(seconds));
    } else {
      String reset =
          headers
              .getOrDefault("x-rate-limit-reset", headers.getOrDefault("ratelimit-reset", ""))
              .strip();
      if (reset.matches("[0-9]{9,11}")) {
        wait = Duration.between(clock.instant(), Instant.ofEpochSecond(Long.parseLong(reset)));
      }
    }
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}

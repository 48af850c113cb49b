package dev.spanda.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A call that was one too many: status 429, with what the server says about its limit. */
public final class RateLimitedException extends ApiException {

  private final @Nullable Long limit;
  private final @Nullable Instant resetAt;

  RateLimitedException(
      String code,
      String message,
      Map<String, Object> details,
      @Nullable String requestId,
      @Nullable Duration retryAfter,
      @Nullable Long limit,
      @Nullable Instant resetAt) {
    super(ErrorReader.TOO_MANY_REQUESTS, code, message, details, requestId, retryAfter, null);
    this.limit = limit;
    this.resetAt = resetAt;
  }

  /** Calls allowed in a window, from {@code X-RateLimit-Limit}. */
  public OptionalLong limit() {
    return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  /** When the window ends by the server's clock, from {@code X-RateLimit-Reset}. */
  public Optional<Instant> resetAt() {
    return Optional.ofNullable(resetAt);
  }
}

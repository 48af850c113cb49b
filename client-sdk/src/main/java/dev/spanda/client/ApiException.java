package dev.spanda.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that brought no result: the server refused it, its answer could not be read, or none came.
 * {@link #code()} is the server's own code where it sent one; otherwise {@code HTTP_} with the
 * status, or one of the constants here.
 */
public class ApiException extends RuntimeException {

  /** Code of a call to which no complete answer came; the cause says why. */
  public static final String NO_ANSWER = "NO_ANSWER";

  /** Code of a successful answer that is not the JSON its contract promises. */
  public static final String MALFORMED_ANSWER = "MALFORMED_ANSWER";

  /** Code of a JSON answer beyond {@link ClientOptions#largestJsonBytes}. */
  public static final String ANSWER_TOO_LARGE = "ANSWER_TOO_LARGE";

  /** Code of a call that was cancelled, interrupted, or cut off by closing the client. */
  public static final String CANCELLED = "CANCELLED";

  private final int status;
  private final String code;
  private final transient Map<String, Object> details;
  private final @Nullable String requestId;
  private final @Nullable Duration retryAfter;

  ApiException(
      int status,
      String code,
      String message,
      Map<String, Object> details,
      @Nullable String requestId,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.code = code;
    this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  static ApiException of(int status, String code, String message, @Nullable Throwable cause) {
    return new ApiException(status, code, message, Map.of(), null, null, cause);
  }

  /** The status of the answer, 100 to 599; 0 when none came. */
  public int status() {
    return status;
  }

  /** The machine-readable code, never empty. */
  public String code() {
    return code;
  }

  /** What the server adds to its error, by name in its order; values as JSON gives them. */
  public Map<String, Object> details() {
    return details;
  }

  /** The server's name for this call, to be quoted in questions about it. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** How long the server asks to wait before another try, not negative. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}

package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every successful answer is wrapped in.
 *
 * @param success true
 * @param data what the operation returns; absent for one without result
 * @param message such as {@value #DONE}
 * @param timestamp when the answer was written, to the second
 * @param requestId the name of the request, which the header {@code X-Request-Id} and the server's
 *     log carry too
 * @param <T> what the operation returns
 */
public record OctospineAnswer<T>(
    @JsonProperty("success") boolean success,
    @JsonProperty("data") @Nullable T data,
    @JsonProperty("message") @Nullable String message,
    @JsonProperty("timestamp") @Nullable Instant timestamp,
    @JsonProperty("request_id") @Nullable String requestId) {

  /** The message of every success. */
  public static final String DONE = "Operation completed successfully";
}

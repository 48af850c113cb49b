package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body of every error.
 *
 * @param status always {@code error}
 * @param errorCode one of the document's table, or {@code INVALID_FREQUENCY}, which stands in its
 *     example
 * @param message what was given and what is allowed
 * @param details the given value and the allowed ones, by name
 * @param timestamp when it happened
 */
public record VajraError(
    @JsonProperty("status") String status,
    @JsonProperty("error_code") String errorCode,
    @JsonProperty("message") String message,
    @JsonProperty("details") Map<String, Object> details,
    @JsonProperty("timestamp") Instant timestamp) {

  /** Copies the details, keeping their order. */
  public VajraError {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}

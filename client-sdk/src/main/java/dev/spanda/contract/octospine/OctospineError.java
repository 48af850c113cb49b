package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body of every error.
 *
 * @param success false
 * @param timestamp when the answer was written, to the second
 * @param requestId the name of the request
 */
public record OctospineError(
    @JsonProperty("success") boolean success,
    @JsonProperty("error") Detail error,
    @JsonProperty("timestamp") Instant timestamp,
    @JsonProperty("request_id") String requestId) {

  /**
   * What went wrong.
   *
   * @param code one of the document's table, or {@code RESOURCE_CONFLICT}, beyond it, for what a
   *     record's state or twin forbids
   * @param message what was given and what is allowed
   * @param details {@code field}, and where they are known {@code value}, what was given, and
   *     {@code allowed}, a list of words or an object of {@code min} and {@code max}; empty when
   *     there is nothing to add
   */
  public record Detail(
      @JsonProperty("code") String code,
      @JsonProperty("message") String message,
      @JsonProperty("details") Map<String, Object> details) {

    /** Copies the details, keeping their order. */
    public Detail {
      details =
          details == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
  }
}

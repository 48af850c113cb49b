package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of every error. */
public record CraudiovizError(@JsonProperty("error") Detail error) {

  /**
   * What went wrong.
   *
   * @param code one of the document's table, or another word in the same style
   * @param message what was given and what is allowed
   * @param details numbers and words by name; absent when there is nothing to add
   */
  public record Detail(
      @JsonProperty("code") String code,
      @JsonProperty("message") String message,
      @JsonProperty("details") @Nullable Map<String, Object> details) {

    /** Copies the details, keeping their order. */
    public Detail {
      details = details == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
  }
}

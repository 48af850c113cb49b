package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of every error of every service. */
public record WavestackError(@JsonProperty("error") Detail error) {

  /**
   * What went wrong.
   *
   * @param code one of the document's table, or another word in the same style
   * @param message what was given and what is allowed
   * @param details {@code field} and {@code constraint} of an invalid request, then what was given
   *     ({@code provided_value}) and what is allowed ({@code allowed_values}, {@code min_value},
   *     {@code max_value}); for other errors what was given and the numbers that matter; absent
   *     when there is nothing to add
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

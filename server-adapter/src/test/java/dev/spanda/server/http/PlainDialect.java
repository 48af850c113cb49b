package dev.spanda.server.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.core.Failure;
import java.util.Map;

/** Writes failures as they are. */
public final class PlainDialect implements Dialect {

  /** The body of an error. */
  public record Body(
      @JsonProperty("reason") String reason,
      @JsonProperty("subject") String subject,
      @JsonProperty("message") String message,
      @JsonProperty("details") Map<String, Object> details,
      @JsonProperty("request_id") String requestId) {}

  @Override
  public Answer error(Failure failure, String requestId) {
    return new Answer(
        Dialect.usualStatus(failure),
        new Body(
            failure.reason().name(),
            failure.subject(),
            String.valueOf(failure.getMessage()),
            failure.details(),
            requestId));
  }

  @Override
  public Class<?> errorType() {
    return Body.class;
  }
}

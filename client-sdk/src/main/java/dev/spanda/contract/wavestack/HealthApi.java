package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;

/**
 * The health check of every service but the Clipper. The document shows its answer for the AI
 * Personality; the others answer in the same form, and so does the Core App, beyond the document.
 * It needs no credentials.
 */
@Route.Group("Health")
public interface HealthApi {

  /**
   * That the service is well: its store has just answered. Otherwise the answer is an error of
   * status 503 with code {@code SERVICE_UNAVAILABLE}.
   */
  @Route(value = "GET /health", summary = "Whether the service is well; 503 when it is not.")
  Health health();

  /**
   * How the service is.
   *
   * @param status {@code healthy}
   * @param service which service answers, such as {@code ai-personality}
   */
  record Health(
      @JsonProperty("status") String status,
      @JsonProperty("service") String service,
      @JsonProperty("version") String version) {}
}

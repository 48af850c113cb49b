package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;

/** The Clipper's two health checks, which need no credentials. */
@Route.Group("Health")
public interface ClipperHealthApi {

  /**
   * That the Clipper is well: its store has just answered. Otherwise the answer is an error of
   * status 503 with code {@code SERVICE_UNAVAILABLE}.
   */
  @Route(value = "GET /health", summary = "Whether the Clipper is well; 503 when it is not.")
  Health health();

  /** The same. */
  @Route(value = "GET /api/v1/health", summary = "The same.")
  Health healthOfVersion();

  /**
   * How the Clipper is.
   *
   * @param status {@code ok}
   */
  record Health(@JsonProperty("status") String status) {}
}

package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;
import java.time.Instant;

/** The health check, which the document names and does not describe; it needs no token. */
@Route.Group("Health")
public interface HealthApi {

  /** Whether the server is well. */
  @Route(value = "GET /health", summary = "Whether the server is well.")
  Health health();

  /**
   * How the server is.
   *
   * @param status {@code healthy}, or {@code degraded} when the store does not answer
   * @param websocketConnections open sockets
   * @param activeSessions live sessions
   * @param segmentation whether pictures of faces and bodies can be cut out here
   */
  record Health(
      @JsonProperty("status") String status,
      @JsonProperty("service") String service,
      @JsonProperty("version") String version,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("websocket_connections") int websocketConnections,
      @JsonProperty("active_sessions") int activeSessions,
      @JsonProperty("segmentation") boolean segmentation) {}
}

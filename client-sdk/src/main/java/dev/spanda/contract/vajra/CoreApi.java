package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;

/** Health and statistics of the server. */
@Route.Group("Core")
public interface CoreApi {

  /** Whether the server is well. */
  @Route(value = "GET /health", summary = "Whether the server is well.")
  Health health();

  /** What this server is. */
  @Route(value = "GET /", summary = "What this server is.")
  Root root();

  /** Counters of the live socket. */
  @Route(value = "GET /ws-stats", summary = "Counters of the live socket.")
  SocketStatistics socketStatistics();

  /**
   * The answer of {@code /health}.
   *
   * @param status {@code healthy}, or {@code degraded} when the store does not answer
   * @param timestamp seconds since 1970
   * @param websocketConnections open sockets
   * @param streamingActive whether the broadcast to the sockets runs
   */
  record Health(
      @JsonProperty("status") String status,
      @JsonProperty("service") String service,
      @JsonProperty("version") String version,
      @JsonProperty("timestamp") double timestamp,
      @JsonProperty("websocket_connections") int websocketConnections,
      @JsonProperty("streaming_active") boolean streamingActive) {}

  /** The answer of {@code /}. */
  record Root(
      @JsonProperty("message") String message,
      @JsonProperty("status") String status,
      @JsonProperty("version") String version,
      @JsonProperty("description") String description,
      @JsonProperty("websocket_stats") SocketSummary websocketStats) {}

  /**
   * The counters that {@code /} shows.
   *
   * @param totalConnections sockets opened since the start
   * @param activeConnections sockets open now
   * @param totalMessagesSent messages handed to the network since the start
   * @param uptimeSeconds seconds since the start
   */
  record SocketSummary(
      @JsonProperty("total_connections") long totalConnections,
      @JsonProperty("active_connections") int activeConnections,
      @JsonProperty("total_messages_sent") long totalMessagesSent,
      @JsonProperty("uptime_seconds") double uptimeSeconds) {}

  /**
   * The answer of {@code /ws-stats}.
   *
   * @param totalConnections sockets opened since the start
   * @param activeConnections sockets open now
   * @param totalMessagesSent messages handed to the network since the start
   * @param totalMessagesReceived messages received since the start
   * @param uptimeSeconds seconds since the start
   * @param broadcastRateHz broadcasts a second that the server aims at
   * @param lastBroadcastTime seconds since 1970 of the newest broadcast, 0 before the first
   */
  record SocketStatistics(
      @JsonProperty("total_connections") long totalConnections,
      @JsonProperty("active_connections") int activeConnections,
      @JsonProperty("total_messages_sent") long totalMessagesSent,
      @JsonProperty("total_messages_received") long totalMessagesReceived,
      @JsonProperty("uptime_seconds") double uptimeSeconds,
      @JsonProperty("broadcast_rate_hz") int broadcastRateHz,
      @JsonProperty("last_broadcast_time") double lastBroadcastTime) {}
}

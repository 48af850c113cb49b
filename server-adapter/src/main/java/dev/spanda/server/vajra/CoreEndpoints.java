package dev.spanda.server.vajra;

import dev.spanda.contract.vajra.CoreApi;
import dev.spanda.server.socket.Hub;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** The chapter Core Endpoints. */
final class CoreEndpoints implements CoreApi {

  private static final String VERSION = "1.0.0-stable-v2";

  private final Hub hub;
  private final InstantSource clock;
  private final Instant startedAt;
  private final BooleanSupplier storeAnswers;

  CoreEndpoints(Hub hub, InstantSource clock, Instant startedAt, BooleanSupplier storeAnswers) {
    this.hub = hub;
    this.clock = clock;
    this.startedAt = startedAt;
    this.storeAnswers = storeAnswers;
  }

  @Override
  public Health health() {
    Hub.Statistics sockets = hub.statistics();
    return new Health(
        storeAnswers.getAsBoolean() ? "healthy" : "degraded",
        "vajra-stream",
        VERSION,
        Wire.epochSeconds(clock.instant()),
        sockets.activeConnections(),
        isStreaming(sockets));
  }

  @Override
  public Root root() {
    Hub.Statistics sockets = hub.statistics();
    return new Root(
        "Vajra.Stream API",
        "active",
        VERSION,
        "Sacred Technology Web Interface - Stable WebSocket Version v2",
        new SocketSummary(
            sockets.totalConnections(),
            sockets.activeConnections(),
            sockets.messagesSent(),
            uptimeSeconds()));
  }

  @Override
  public SocketStatistics socketStatistics() {
    Hub.Statistics sockets = hub.statistics();
    Instant last = sockets.lastBroadcast();
    return new SocketStatistics(
        sockets.totalConnections(),
        sockets.activeConnections(),
        sockets.messagesSent(),
        sockets.messagesReceived(),
        uptimeSeconds(),
        LiveSocket.BROADCASTS_PER_SECOND,
        last == null ? 0 : Wire.epochSeconds(last));
  }

  /** The broadcast runs when its newest message is less than a second old. */
  private boolean isStreaming(Hub.Statistics sockets) {
    Instant last = sockets.lastBroadcast();
    return last != null && Duration.between(last, clock.instant()).toMillis() < 1_000;
  }

  private double uptimeSeconds() {
    return Wire.seconds(Duration.between(startedAt, clock.instant()));
  }
}

package dev.spanda.server.vajra;

import dev.spanda.audio.bowl.ToneSettings;
import dev.spanda.contract.vajra.VajraError;
import dev.spanda.contract.vajra.VajraSocket;
import dev.spanda.core.Failure;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.event.Subscription;
import dev.spanda.core.session.Session;
import dev.spanda.core.session.SessionEvent;
import dev.spanda.core.session.Sessions;
import dev.spanda.server.socket.Hub;
import dev.spanda.server.socket.SocketEndpoint;
import dev.spanda.server.socket.SocketSession;
import dev.spanda.server.socket.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The chapter WebSocket API: ten broadcasts of the server's state a second, a heartbeat every ten
 * seconds, an event when something happens, and the commands of clients. A message that cannot be
 * obeyed is answered by an error; the connection stays.
 */
final class LiveSocket implements SocketEndpoint<VajraSocket.FromClient>, Announcer {

  /** How often the state is broadcast. */
  static final int BROADCASTS_PER_SECOND = 10;

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final String REALTIME = "realtime_data";

  private final Sessions sessions;
  private final Studio studio;
  private final InstantSource clock;
  private final Instant startedAt;
  private final VajraDialect dialect;
  private final Machine machine = new Machine();
  private final Hub hub;

  /** What is under way; closing it ends it. */
  interface Broadcasts extends AutoCloseable {
    @Override
    void close();
  }

  LiveSocket(
      Sessions sessions,
      Studio studio,
      InstantSource clock,
      Instant startedAt,
      VajraDialect dialect) {
    this.sessions = sessions;
    this.studio = studio;
    this.clock = clock;
    this.startedAt = startedAt;
    this.dialect = dialect;
    this.hub = new Hub(this, clock);
  }

  Hub hub() {
    return hub;
  }

  /** Begins the broadcasts; closing what is returned ends them. */
  Broadcasts start(EventBus bus, ScheduledExecutorService timer) {
    Subscription events = bus.subscribe(SessionEvent.class, this::announce);
    Ticker state =
        Ticker.start(timer, Duration.ofSeconds(1).dividedBy(BROADCASTS_PER_SECOND), this::tell);
    Ticker heartbeat = Ticker.start(timer, HEARTBEAT, this::beat);
    return () -> {
      events.close();
      state.close();
      heartbeat.close();
    };
  }

  @Override
  public Class<VajraSocket.FromClient> messages() {
    return VajraSocket.FromClient.class;
  }

  @Override
  public void onOpen(SocketSession session) {
    session.send(
        new VajraSocket.ConnectionStatus(
            "connected", session.id(), Wire.epochSeconds(clock.instant())));
  }

  @Override
  public void onMessage(SocketSession session, VajraSocket.FromClient message) {
    if (message instanceof VajraSocket.StartSession start) {
      Session created =
          sessions.create(
              SessionsEndpoints.plan(
                  start.sessionName(),
                  start.duration(),
                  start.intention(),
                  start.frequency(),
                  start.modalities()));
      sessions.start(created.id());
    } else if (message instanceof VajraSocket.UpdateSettings update) {
      announceSettings(studio.update(update.settings()));
    } else if (message instanceof VajraSocket.Ping) {
      session.send(new VajraSocket.Pong(Wire.epochSeconds(clock.instant())));
    }
  }

  @Override
  public Object problem(SocketSession session, Failure failure) {
    VajraError error = dialect.body(failure);
    return new VajraSocket.Problem(
        error.status(),
        dialect.isOfTheWire(failure) ? "WEBSOCKET_ERROR" : error.errorCode(),
        error.message(),
        error.details(),
        error.timestamp());
  }

  @Override
  public void announce(String eventName, Map<String, Object> payload) {
    hub.broadcast(new VajraSocket.DomainEvent(eventName, payload));
  }

  private void announceSettings(ToneSettings settings) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("frequency", settings.frequencyHz());
    payload.put("duration", Wire.seconds(settings.duration()));
    payload.put("volume", settings.volume());
    payload.put("prayer_bowl_mode", settings.prayerBowlMode());
    payload.put("harmonic_strength", settings.harmonicStrength());
    payload.put("modulation_depth", settings.modulationDepth());
    announce("SETTINGS_UPDATED", payload);
  }

  private void announce(SessionEvent event) {
    String name;
    if (event instanceof SessionEvent.Created) {
      name = "SESSION_CREATED";
    } else if (event instanceof SessionEvent.Started) {
      name = "SESSION_STARTED";
    } else if (event instanceof SessionEvent.Stopped) {
      name = "SESSION_STOPPED";
    } else {
      name = "SESSION_COMPLETED";
    }
    Session session = event.session();
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("session_id", session.id());
    payload.put("name", session.plan().name());
    payload.put("intention", session.plan().intention());
    payload.put("duration", session.plan().duration().toSeconds());
    session.startedAt().ifPresent(at -> payload.put("started_at", iso(at)));
    session.endedAt().ifPresent(at -> payload.put("stopped_at", iso(at)));
    announce(name, payload);
  }

  private void tell() {
    Map<String, VajraSocket.LiveSession> running = new LinkedHashMap<>();
    for (Session session : sessions.running()) {
      running.put(
          session.id(),
          new VajraSocket.LiveSession(
              session.id(), session.plan().name(), "running", session.elapsed().toSeconds()));
    }
    Machine.Load load = machine.sample();
    hub.broadcastLatest(
        REALTIME,
        new VajraSocket.RealtimeData(
            Wire.epochSeconds(clock.instant()),
            studio.spectrum(),
            running,
            new VajraSocket.SystemStatus(
                load.processorPercent(),
                load.memoryPercent(),
                hub.statistics().activeConnections())));
  }

  private void beat() {
    hub.broadcast(
        new VajraSocket.Heartbeat(
            Wire.epochSeconds(clock.instant()),
            hub.statistics().activeConnections(),
            Wire.seconds(Duration.between(startedAt, clock.instant()))));
  }

  private static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of {@code /ws}, one sealed family a direction, told apart by {@code type}. */
public final class VajraSocket {

  /** The path of the socket. */
  public static final String PATH = "/ws";

  private VajraSocket() {}

  /** What a client may send. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = StartSession.class, name = "START_SESSION"),
    @JsonSubTypes.Type(value = UpdateSettings.class, name = "UPDATE_SETTINGS"),
    @JsonSubTypes.Type(value = Ping.class, name = "ping")
  })
  public sealed interface FromClient permits StartSession, UpdateSettings, Ping {}

  /** What the server sends. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = RealtimeData.class, name = "realtime_data"),
    @JsonSubTypes.Type(value = Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = ConnectionStatus.class, name = "connection_status"),
    @JsonSubTypes.Type(value = DomainEvent.class, name = "domain_event"),
    @JsonSubTypes.Type(value = Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = Problem.class, name = "error")
  })
  public sealed interface FromServer
      permits RealtimeData, Heartbeat, ConnectionStatus, DomainEvent, Pong, Problem {}

  /**
   * Creates a session and starts it; a {@code SESSION_STARTED} event answers.
   *
   * @param sessionName 1 to 200 characters
   * @param duration whole seconds, 1 to 86 400
   */
  public record StartSession(
      @JsonProperty(value = "session_name", required = true) String sessionName,
      @JsonProperty(value = "duration", required = true) Long duration,
      @JsonProperty("intention") @Nullable String intention,
      @JsonProperty("frequency") @Nullable Double frequency,
      @JsonProperty("modalities") @Nullable List<String> modalities)
      implements FromClient {}

  /**
   * Changes the server's sound settings: the sound is made anew with them and playback goes on in
   * it; a {@code SETTINGS_UPDATED} event with all settings in force answers.
   */
  public record UpdateSettings(
      @JsonProperty(value = "settings", required = true) AudioApi.Settings settings)
      implements FromClient {}

  /** Asks for a {@link Pong}. */
  public record Ping(@JsonProperty("timestamp") @Nullable Double timestamp) implements FromClient {}

  /**
   * The state of the server, ten times a second.
   *
   * @param timestamp seconds since 1970
   * @param audioSpectrum 64 bands as in {@link AudioApi.Spectrum}
   * @param sessions the running sessions by id
   */
  public record RealtimeData(
      @JsonProperty("timestamp") double timestamp,
      @JsonProperty("audio_spectrum") List<Double> audioSpectrum,
      @JsonProperty("sessions") Map<String, LiveSession> sessions,
      @JsonProperty("system_status") SystemStatus systemStatus)
      implements FromServer {

    /** Copies the bands and sessions, keeping their order. */
    public RealtimeData {
      audioSpectrum = List.copyOf(audioSpectrum);
      sessions = Collections.unmodifiableMap(new LinkedHashMap<>(sessions));
    }
  }

  /**
   * A running session.
   *
   * @param elapsed whole seconds
   */
  public record LiveSession(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("status") String status,
      @JsonProperty("elapsed") long elapsed) {}

  /**
   * The machine.
   *
   * @param cpuUsage percent of all processors, measured since the last broadcast
   * @param memoryUsage percent of the machine's memory in use
   * @param websocketConnections open sockets
   */
  public record SystemStatus(
      @JsonProperty("cpu_usage") double cpuUsage,
      @JsonProperty("memory_usage") double memoryUsage,
      @JsonProperty("websocket_connections") int websocketConnections) {}

  /**
   * A sign of life.
   *
   * @param timestamp seconds since 1970
   * @param connectionCount open sockets
   * @param uptime seconds since the start
   */
  public record Heartbeat(
      @JsonProperty("timestamp") double timestamp,
      @JsonProperty("connection_count") int connectionCount,
      @JsonProperty("uptime") double uptime)
      implements FromServer {}

  /** The first message of every connection. */
  public record ConnectionStatus(
      @JsonProperty("status") String status,
      @JsonProperty("connection_id") String connectionId,
      @JsonProperty("server_time") double serverTime)
      implements FromServer {}

  /**
   * Something happened.
   *
   * @param eventName in upper case with underscores, such as {@code SESSION_STARTED}
   * @param payload its fields
   */
  public record DomainEvent(
      @JsonProperty("event_name") String eventName,
      @JsonProperty("payload") Map<String, Object> payload)
      implements FromServer {

    /** Copies the fields, keeping their order. */
    public DomainEvent {
      payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
    }
  }

  /** The answer to a {@link Ping}. */
  public record Pong(@JsonProperty("timestamp") double timestamp) implements FromServer {}

  /** A message could not be obeyed; the connection stays. The fields are those of an error body. */
  public record Problem(
      @JsonProperty("status") String status,
      @JsonProperty("error_code") String errorCode,
      @JsonProperty("message") String message,
      @JsonProperty("details") Map<String, Object> details,
      @JsonProperty("timestamp") Instant timestamp)
      implements FromServer {

    /** Copies the details, keeping their order. */
    public Problem {
      details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
  }
}

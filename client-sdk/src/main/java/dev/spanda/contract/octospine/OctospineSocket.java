package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@code /ws}: what a client sends is told apart by {@code action}, what the server
 * sends by {@code type}. Nothing is sent that was not subscribed to.
 *
 * <p>A socket from this machine needs no credentials; any other brings an API key or a token as
 * {@code Authorization: Bearer} or as the parameter {@code token}, or a session's cookie.
 */
public final class OctospineSocket {

  /** The path of the socket. */
  public static final String PATH = "/ws";

  /** The state of the machine, every five seconds and at once after a subscription. */
  public static final String SYSTEM_STATUS = "system.status";

  /** A task of the account has gone on. */
  public static final String TASK_PROGRESS = "task.progress";

  /** A threshold was crossed. */
  public static final String ALERT_NEW = "alert.new";

  /** The server has something to say about a task of the account. */
  public static final String LOG_ENTRY = "log.entry";

  private OctospineSocket() {}

  /** What a client may send. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Subscribe.class, name = "subscribe"),
    @JsonSubTypes.Type(value = Unsubscribe.class, name = "unsubscribe"),
    @JsonSubTypes.Type(value = Ping.class, name = "ping")
  })
  public sealed interface FromClient permits Subscribe, Unsubscribe, Ping {}

  /** What the server sends. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = SystemStatus.class, name = SYSTEM_STATUS),
    @JsonSubTypes.Type(value = TaskProgress.class, name = TASK_PROGRESS),
    @JsonSubTypes.Type(value = AlertNew.class, name = ALERT_NEW),
    @JsonSubTypes.Type(value = LogEntry.class, name = LOG_ENTRY),
    @JsonSubTypes.Type(value = Subscribed.class, name = "subscription.updated"),
    @JsonSubTypes.Type(value = Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = Problem.class, name = "error")
  })
  public sealed interface FromServer
      permits SystemStatus, TaskProgress, AlertNew, LogEntry, Subscribed, Pong, Problem {}

  /**
   * Asks for events from now on.
   *
   * @param events 1 to 4 of the four names
   * @param filters what a message must hold, by field: {@code task_id} and {@code status} for
   *     task.progress, {@code severity} for alert.new, {@code level}, {@code task_id} and {@code
   *     agent_id} for log.entry; everything when absent
   */
  public record Subscribe(
      @JsonProperty(value = "events", required = true) List<String> events,
      @JsonProperty("filters") @Nullable Map<String, String> filters)
      implements FromClient {

    /** A subscription to everything of these events. */
    public static Subscribe to(String... events) {
      return new Subscribe(List.of(events), null);
    }
  }

  /**
   * Asks for no more events.
   *
   * @param events those that are to end
   * @param filters only the subscription that was made with these; every one when absent
   */
  public record Unsubscribe(
      @JsonProperty(value = "events", required = true) List<String> events,
      @JsonProperty("filters") @Nullable Map<String, String> filters)
      implements FromClient {}

  /** Asks for a {@link Pong}; beyond the document. */
  public record Ping() implements FromClient {}

  /** The state of the machine. */
  public record SystemStatus(@JsonProperty("data") State data) implements FromServer {

    /**
     * The state.
     *
     * @param status as {@link SystemApi.Health#status}
     */
    public record State(
        @JsonProperty("timestamp") Instant timestamp,
        @JsonProperty("status") String status,
        @JsonProperty("metrics") Usage metrics) {}

    /** Shares in percent, as {@link SystemApi.Machine}. */
    public record Usage(
        @JsonProperty("cpu_usage") double cpuUsage,
        @JsonProperty("memory_usage") double memoryUsage,
        @JsonProperty("disk_usage") double diskUsage) {}
  }

  /** A task has gone on. */
  public record TaskProgress(@JsonProperty("data") Step data) implements FromServer {

    /**
     * Where it is.
     *
     * @param progress percent, 0 to 100
     */
    public record Step(
        @JsonProperty("task_id") String taskId,
        @JsonProperty("progress") int progress,
        @JsonProperty("status") String status,
        @JsonProperty("timestamp") Instant timestamp) {}
  }

  /** A threshold was crossed. */
  public record AlertNew(@JsonProperty("data") Alert data) implements FromServer {

    /** The alert; {@code GET /api/alerts} tells more of it. */
    public record Alert(
        @JsonProperty("alert_id") String alertId,
        @JsonProperty("severity") String severity,
        @JsonProperty("message") String message,
        @JsonProperty("timestamp") Instant timestamp) {}
  }

  /** The server has something to say. */
  public record LogEntry(@JsonProperty("data") Line data) implements FromServer {

    /**
     * What it says.
     *
     * @param level {@code info}, {@code warning} or {@code error}
     * @param context {@code task_id}, and {@code agent_id} where an agent was at work
     */
    public record Line(
        @JsonProperty("level") String level,
        @JsonProperty("message") String message,
        @JsonProperty("timestamp") Instant timestamp,
        @JsonProperty("context") Map<String, String> context) {

      /** Copies the context, keeping its order. */
      public Line {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
      }
    }
  }

  /** What a session is subscribed to after a change; beyond the document. */
  public record Subscribed(@JsonProperty("data") Events data) implements FromServer {

    /** The events, sorted. */
    public record Events(@JsonProperty("events") List<String> events) {

      /** Copies the names. */
      public Events {
        events = List.copyOf(events);
      }
    }
  }

  /** The answer to a {@link Ping}. */
  public record Pong() implements FromServer {}

  /** A message could not be obeyed; the connection stays. */
  public record Problem(@JsonProperty("error") OctospineError.Detail error) implements FromServer {}
}

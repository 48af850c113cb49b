package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@code /ws/realtime}: pictures go in, metrics come out, in order. The token
 * stands in the URL ({@code ?token=…}), in the {@code Authorization} header, or in a first message
 * {@code auth}. {@code auth_success} answers that message only: with a token in the URL the first
 * message after {@code session_start} is {@code session_started}.
 *
 * <p>When pictures come faster than they can be measured, the oldest that waits is dropped and
 * counted. A picture that cannot be read is answered by an {@code error} that is recoverable, and
 * the session goes on. A session ends with its socket.
 */
public final class RealtimeSocket {

  /** Where the socket is. */
  public static final String PATH = "/ws/realtime";

  private RealtimeSocket() {}

  /** What clients send. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Auth.class, name = "auth"),
    @JsonSubTypes.Type(value = SessionStart.class, name = "session_start"),
    @JsonSubTypes.Type(value = Frame.class, name = "frame"),
    @JsonSubTypes.Type(value = SessionEnd.class, name = "session_end"),
    @JsonSubTypes.Type(value = Ping.class, name = "ping")
  })
  public sealed interface FromClient permits Auth, SessionStart, Frame, SessionEnd, Ping {}

  /** What the server sends. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = AuthSuccess.class, name = "auth_success"),
    @JsonSubTypes.Type(value = SessionStarted.class, name = "session_started"),
    @JsonSubTypes.Type(value = Metrics.class, name = "metrics"),
    @JsonSubTypes.Type(value = SessionEnded.class, name = "session_ended"),
    @JsonSubTypes.Type(value = Problem.class, name = "error"),
    @JsonSubTypes.Type(value = Pong.class, name = "pong")
  })
  public sealed interface FromServer
      permits AuthSuccess, SessionStarted, Metrics, SessionEnded, Problem, Pong {}

  /** Says who the client is. */
  public record Auth(@JsonProperty(value = "token", required = true) String token)
      implements FromClient {

    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Auth[…]";
    }
  }

  /** Begins a session; {@link SessionStarted} answers. */
  public record SessionStart(@JsonProperty("settings") @Nullable Settings settings)
      implements FromClient {}

  /**
   * How a session measures.
   *
   * @param mode {@code fullBody}, {@code face} or {@code segmented}; {@code fullBody} when absent
   * @param region {@code full}, {@code face} or {@code body}; {@code full} when absent
   * @param fps pictures a second that the client means to send, 1 to 60; 30 when absent. A session
   *     is granted no more than the caller's tier allows, and {@link SessionStarted} says how many
   * @param baselineId what to compare with; the active baseline when absent
   */
  public record Settings(
      @JsonProperty("mode") @Nullable String mode,
      @JsonProperty("region") @Nullable String region,
      @JsonProperty("fps") @Nullable Number fps,
      @JsonProperty("baseline_id") @Nullable String baselineId,
      @JsonProperty("pip_settings") AnalysisApi.@Nullable PipSettings pipSettings) {

    /** The whole picture, 30 a second. */
    public static final Settings DEFAULT = of(AnalysisApi.FULL_BODY, 30);

    /**
     * The whole region of a mode.
     *
     * @param fps pictures a second, 1 to 60
     */
    public static Settings of(String mode, int fps) {
      return new Settings(mode, "full", fps, null, null);
    }

    /** The same compared with another baseline than the active one. */
    public Settings withBaseline(String id) {
      return new Settings(mode, region, fps, id, pipSettings);
    }
  }

  /** A picture. */
  public record Frame(@JsonProperty(value = "payload", required = true) Picture payload)
      implements FromClient {}

  /**
   * A picture of a session.
   *
   * @param timestamp milliseconds, by the client's clock, which need not be that of the day; it
   *     comes back with the metrics
   * @param imageData a data URL with base64, or the base64 text alone; JPEG, PNG or BMP
   * @param sequenceNumber the client's count, which comes back with the metrics; the server counts
   *     from 0 when it is absent
   */
  public record Picture(
      @JsonProperty("timestamp") @Nullable Number timestamp,
      @JsonProperty(value = "image_data", required = true) String imageData,
      @JsonProperty("sequence_number") @Nullable Long sequenceNumber) {

    /** Leaves the picture out. */
    @Override
    public String toString() {
      return "Picture[" + sequenceNumber + ", " + imageData.length() + " characters]";
    }
  }

  /** Ends the session; {@link SessionEnded} answers when every picture before it is answered. */
  public record SessionEnd() implements FromClient {}

  /** Asks for a {@link Pong}. */
  public record Ping() implements FromClient {}

  /**
   * The token of a message {@code auth} is good.
   *
   * @param clientId the account's client
   * @param sessionId the session that runs on this socket, or null
   */
  public record AuthSuccess(
      @JsonProperty("client_id") String clientId,
      @JsonProperty("session_id") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable String sessionId)
      implements FromServer {}

  /**
   * A session has begun.
   *
   * @param settings those in force
   * @param baseline what is compared with; absent when no baseline is active
   */
  public record SessionStarted(
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("settings") Settings settings,
      @JsonProperty("baseline") @Nullable BaselineName baseline)
      implements FromServer {}

  /**
   * The name of a baseline.
   *
   * @param name its id when it has none
   */
  public record BaselineName(@JsonProperty("id") String id, @JsonProperty("name") String name) {}

  /** A picture was measured. */
  public record Metrics(@JsonProperty("payload") Measured payload) implements FromServer {}

  /**
   * What was measured in a picture of a session.
   *
   * @param timestamp the client's own, or milliseconds since 1970 when it gave none
   * @param frameId {@code frame_} and the sequence number
   * @param baselineComparison absent without a baseline
   * @param droppedFrames how many pictures of the session were dropped until now; absent while
   *     there are none; beyond the document
   */
  public record Measured(
      @JsonProperty("timestamp") Number timestamp,
      @JsonProperty("sequence_number") long sequenceNumber,
      @JsonProperty("frame_id") String frameId,
      @JsonProperty("metrics") FlatMetrics metrics,
      @JsonProperty("scores") AnalysisApi.Scores scores,
      @JsonProperty("baseline_comparison") @Nullable Comparison baselineComparison,
      @JsonProperty("dropped_frames") @Nullable Long droppedFrames) {}

  /**
   * Scores less those of the baseline.
   *
   * @param overallAlignment 0 to 1; 1 when every score is the baseline's mean
   */
  public record Comparison(
      @JsonProperty("energy_delta") @Nullable Double energyDelta,
      @JsonProperty("symmetry_delta") @Nullable Double symmetryDelta,
      @JsonProperty("coherence_delta") @Nullable Double coherenceDelta,
      @JsonProperty("complexity_delta") @Nullable Double complexityDelta,
      @JsonProperty("regulation_delta") @Nullable Double regulationDelta,
      @JsonProperty("colorBalance_delta") @Nullable Double colorBalanceDelta,
      @JsonProperty("overall_alignment") @Nullable Double overallAlignment) {}

  /** A session has ended. */
  public record SessionEnded(
      @JsonProperty("session_id") String sessionId, @JsonProperty("summary") Summary summary)
      implements FromServer {}

  /**
   * A session in short.
   *
   * @param duration seconds
   * @param frameCount pictures that were measured
   * @param framesReceived pictures that came; beyond the document, as what follows
   * @param framesDropped pictures that were dropped because newer ones came, or the tier allows no
   *     more
   * @param framesFailed pictures that could not be read or measured
   */
  public record Summary(
      @JsonProperty("duration") Number duration,
      @JsonProperty("frame_count") long frameCount,
      @JsonProperty("avg_scores") AnalysisApi.Scores avgScores,
      @JsonProperty("trends") Trends trends,
      @JsonProperty("frames_received") @Nullable Long framesReceived,
      @JsonProperty("frames_dropped") @Nullable Long framesDropped,
      @JsonProperty("frames_failed") @Nullable Long framesFailed) {}

  /**
   * Where scores went: {@code increasing}, {@code decreasing} or {@code stable}. The document's
   * example also has {@code improving}, which this server never writes.
   */
  public record Trends(
      @JsonProperty("energy") @Nullable String energy,
      @JsonProperty("coherence") @Nullable String coherence,
      @JsonProperty("regulation") @Nullable String regulation,
      @JsonProperty("symmetry") @Nullable String symmetry,
      @JsonProperty("complexity") @Nullable String complexity,
      @JsonProperty("colorBalance") @Nullable String colorBalance) {}

  /**
   * A message could not be obeyed.
   *
   * @param errorCode as in {@link BiofieldError}, or {@code PROCESSING_ERROR} for a picture
   * @param severity {@code info}, {@code warning}, {@code error} or {@code critical}
   * @param recoverable whether the socket stays
   */
  public record Problem(
      @JsonProperty("error_code") String errorCode,
      @JsonProperty("message") String message,
      @JsonProperty("severity") String severity,
      @JsonProperty("recoverable") boolean recoverable)
      implements FromServer {}

  /** The answer to a {@link Ping}. */
  public record Pong() implements FromServer {}
}

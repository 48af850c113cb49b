package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@code /ws/metrics}: the nonlinear metrics of all live sessions of the caller, to
 * watch and not to measure. Who the client is it says as at {@link RealtimeSocket}. A client that
 * reads slowly gets the newest of each session.
 */
public final class MetricsSocket {

  /** Where the socket is. */
  public static final String PATH = "/ws/metrics";

  private MetricsSocket() {}

  /** What clients send. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Auth.class, name = "auth"),
    @JsonSubTypes.Type(value = Ping.class, name = "ping")
  })
  public sealed interface FromClient permits Auth, Ping {}

  /** What the server sends. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = AuthSuccess.class, name = "auth_success"),
    @JsonSubTypes.Type(value = Metrics.class, name = "metrics"),
    @JsonSubTypes.Type(value = Problem.class, name = "error"),
    @JsonSubTypes.Type(value = Pong.class, name = "pong")
  })
  public sealed interface FromServer permits AuthSuccess, Metrics, Problem, Pong {}

  /** Says who the client is. */
  public record Auth(@JsonProperty(value = "token", required = true) String token)
      implements FromClient {

    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Auth[…]";
    }
  }

  /** Asks for a {@link Pong}. */
  public record Ping() implements FromClient {}

  /** As {@link RealtimeSocket.AuthSuccess}; {@code session_id} is always null. */
  public record AuthSuccess(
      @JsonProperty("client_id") String clientId,
      @JsonProperty("session_id") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable String sessionId)
      implements FromServer {}

  /**
   * A picture of a live session was measured. An undefined value is absent.
   *
   * @param sampleEntropy bits; beyond the document's example, as what follows
   * @param timestamp as in {@link RealtimeSocket.Measured}
   */
  public record Metrics(
      @JsonProperty("fractalDimension") @Nullable Double fractalDimension,
      @JsonProperty("hurstExponent") @Nullable Double hurstExponent,
      @JsonProperty("lyapunovExponent") @Nullable Double lyapunovExponent,
      @JsonProperty("dfaAlpha") @Nullable Double dfaAlpha,
      @JsonProperty("sampleEntropy") @Nullable Double sampleEntropy,
      @JsonProperty("correlationDimension") @Nullable Double correlationDimension,
      @JsonProperty("session_id") @Nullable String sessionId,
      @JsonProperty("timestamp") @Nullable Number timestamp,
      @JsonProperty("sequence_number") @Nullable Long sequenceNumber)
      implements FromServer {}

  /** As {@link RealtimeSocket.Problem}. */
  public record Problem(
      @JsonProperty("error_code") String errorCode,
      @JsonProperty("message") String message,
      @JsonProperty("severity") String severity,
      @JsonProperty("recoverable") boolean recoverable)
      implements FromServer {}

  /** The answer to a {@link Ping}. */
  public record Pong() implements FromServer {}
}

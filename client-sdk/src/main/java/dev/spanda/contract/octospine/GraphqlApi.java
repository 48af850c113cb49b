package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chapter GraphQL API. One request holds one operation: a list of requests in one body is
 * refused. Subscriptions come over a WebSocket at the same path that speaks the protocol {@value
 * #PROTOCOL}.
 */
@Route.Group("GraphQL")
public interface GraphqlApi {

  /** The path of both, requests and sockets. */
  String PATH = "/api/graphql";

  /** The subprotocol of the socket. */
  String PROTOCOL = "graphql-transport-ws";

  /** Runs a query or a mutation. */
  @Route(value = "POST /api/graphql", summary = "Runs a GraphQL query or mutation.")
  Answer execute(Request request);

  /**
   * A request.
   *
   * @param query the text, at most 32 768 characters
   * @param operationName which of the text's operations; may be absent when there is one
   * @param variables by name
   */
  record Request(
      @JsonProperty(value = "query", required = true) String query,
      @JsonProperty("operationName") @Nullable String operationName,
      @JsonProperty("variables") @Nullable Map<String, @Nullable Object> variables) {

    /** A text with variables. */
    public static Request of(String query, Map<String, @Nullable Object> variables) {
      return new Request(query, null, variables);
    }
  }

  /**
   * An answer: what GraphQL prescribes, {@code data} and {@code errors}, beside what every answer
   * of OCTOSPINE has.
   *
   * @param success whether there are no errors
   * @param data what was asked for; null when the request was not run
   * @param errors what went wrong; absent when nothing did
   */
  record Answer(
      @JsonProperty("success") boolean success,
      @JsonProperty("data") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable Map<String, @Nullable Object> data,
      @JsonProperty("errors") @Nullable List<Problem> errors,
      @JsonProperty("message") @Nullable String message,
      @JsonProperty("timestamp") @Nullable Instant timestamp,
      @JsonProperty("request_id") @Nullable String requestId) {}

  /**
   * What went wrong.
   *
   * @param locations where in the text
   * @param path which field of the data
   * @param extensions {@code code} and {@code details} as in {@link OctospineError.Detail}
   */
  record Problem(
      @JsonProperty("message") String message,
      @JsonProperty("locations") @Nullable List<Location> locations,
      @JsonProperty("path") @Nullable List<Object> path,
      @JsonProperty("extensions") @Nullable Map<String, Object> extensions) {

    /** Copies the extensions, keeping their order. */
    public Problem {
      extensions =
          extensions == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }
  }

  /** A place in the text, both counted from 1. */
  record Location(@JsonProperty("line") int line, @JsonProperty("column") int column) {}

  /** What a client sends on the socket. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = ConnectionInit.class, name = "connection_init"),
    @JsonSubTypes.Type(value = Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = Subscribe.class, name = "subscribe"),
    @JsonSubTypes.Type(value = Complete.class, name = "complete")
  })
  sealed interface FromClient permits ConnectionInit, Ping, Pong, Subscribe, Complete {}

  /** What the server sends on the socket. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = ConnectionAck.class, name = "connection_ack"),
    @JsonSubTypes.Type(value = Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = Next.class, name = "next"),
    @JsonSubTypes.Type(value = Problems.class, name = "error"),
    @JsonSubTypes.Type(value = Complete.class, name = "complete")
  })
  sealed interface FromServer permits ConnectionAck, Ping, Pong, Next, Problems, Complete {}

  /** The first message of a client. */
  record ConnectionInit(@JsonProperty("payload") @Nullable Map<String, Object> payload)
      implements FromClient {}

  /** The answer to it. */
  record ConnectionAck() implements FromServer {}

  /** Asks for a {@link Pong}. */
  record Ping(@JsonProperty("payload") @Nullable Map<String, Object> payload)
      implements FromClient, FromServer {}

  /** The answer to a {@link Ping}. */
  record Pong(@JsonProperty("payload") @Nullable Map<String, Object> payload)
      implements FromClient, FromServer {}

  /** Begins an operation under a name of the client's. */
  record Subscribe(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty(value = "payload", required = true) Request payload)
      implements FromClient {}

  /** A result of an operation. */
  record Next(@JsonProperty("id") String id, @JsonProperty("payload") Answer payload)
      implements FromServer {}

  /** An operation was not begun. */
  record Problems(@JsonProperty("id") String id, @JsonProperty("payload") List<Problem> payload)
      implements FromServer {}

  /** An operation has ended, or is to end. */
  record Complete(@JsonProperty(value = "id", required = true) String id)
      implements FromClient, FromServer {}
}

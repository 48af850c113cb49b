package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@code /api/v1/stream/messages}: what the audience writes, as it is stored. A
 * client gets nothing before it subscribes; a later subscription takes the place of the one before.
 * One that falls more than 16 384 messages behind is closed with 1008. Only what the node itself
 * takes in is told.
 */
public final class StreamSocket {

  /** Where the socket is. */
  public static final String PATH = "/api/v1/stream/messages";

  private StreamSocket() {}

  /** What clients send. */
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
    @JsonSubTypes.Type(value = MessageEvent.class, name = "message"),
    @JsonSubTypes.Type(value = Subscribed.class, name = "subscribed"),
    @JsonSubTypes.Type(value = Unsubscribed.class, name = "unsubscribed"),
    @JsonSubTypes.Type(value = Problem.class, name = "error"),
    @JsonSubTypes.Type(value = Pong.class, name = "pong")
  })
  public sealed interface FromServer
      permits MessageEvent, Subscribed, Unsubscribed, Problem, Pong {}

  /**
   * Asks for the messages that pass both filters.
   *
   * @param platforms of these platforms; of all when absent or empty
   * @param channels in these channels, by id; in all when absent or empty; at most 1 000
   */
  public record Subscribe(
      @JsonProperty("platforms") @Nullable List<String> platforms,
      @JsonProperty("channels") @Nullable List<String> channels)
      implements FromClient {}

  /** Beyond the document: asks for no more messages. */
  public record Unsubscribe() implements FromClient {}

  /** Beyond the document: asks for a {@link Pong}. */
  public record Ping() implements FromClient {}

  /** A message was stored. */
  public record MessageEvent(@JsonProperty("data") Data data) implements FromServer {}

  /**
   * A message.
   *
   * @param author by name
   * @param channelId beyond the document, as what follows
   */
  public record Data(
      @JsonProperty("id") String id,
      @JsonProperty("platform") String platform,
      @JsonProperty("author") String author,
      @JsonProperty("text") String text,
      @JsonProperty("ts") Instant ts,
      @JsonProperty("channel_id") @Nullable String channelId,
      @JsonProperty("author_id") @Nullable String authorId) {}

  /** Beyond the document: the filters that hold from now on; what is empty lets all pass. */
  public record Subscribed(
      @JsonProperty("platforms") List<String> platforms,
      @JsonProperty("channels") List<String> channels)
      implements FromServer {}

  /** Beyond the document: no more messages follow. */
  public record Unsubscribed() implements FromServer {}

  /** Beyond the document: what a client sent could not be obeyed; the connection stays. */
  public record Problem(@JsonProperty("error") WavestackError.Detail error) implements FromServer {}

  /** The answer to a {@link Ping}. */
  public record Pong() implements FromServer {}
}

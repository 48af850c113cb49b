package dev.spanda.server.socket;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Messages of a small protocol. */
public final class Talk {

  private Talk() {}

  /** From a client. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes(@JsonSubTypes.Type(value = Say.class, name = "say"))
  public sealed interface FromClient permits Say {}

  /** Says something. */
  public record Say(@JsonProperty(value = "text", required = true) String text)
      implements FromClient {}

  /** From the server. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Said.class, name = "said"),
    @JsonSubTypes.Type(value = Tick.class, name = "tick"),
    @JsonSubTypes.Type(value = Problem.class, name = "problem")
  })
  public sealed interface FromServer permits Said, Tick, Problem {}

  /** Something was said. */
  public record Said(@JsonProperty("text") String text) implements FromServer {}

  /** Time goes by. */
  public record Tick(@JsonProperty("number") long number, @JsonProperty("padding") String padding)
      implements FromServer {}

  /** Something went wrong. */
  public record Problem(
      @JsonProperty("reason") String reason, @JsonProperty("message") String message)
      implements FromServer {}
}

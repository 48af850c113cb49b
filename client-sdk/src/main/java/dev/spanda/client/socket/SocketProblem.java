package dev.spanda.client.socket;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link LiveSocket} met and lived through. Immutable. */
public final class SocketProblem {

  /** What went wrong. */
  public enum Kind {
    /** No connection came about; another will be tried. */
    UNREACHABLE,
    /** The connection failed; it is made anew. */
    BROKEN,
    /** A text message is not JSON, or its fields do not fit its type; it was passed over. */
    MALFORMED,
    /** A binary message came, which no contract has; it was passed over. */
    BINARY
  }

  private final Kind kind;
  private final String message;
  private final @Nullable Exception cause;

  SocketProblem(Kind kind, String message, @Nullable Exception cause) {
    this.kind = kind;
    this.message = message;
    this.cause = cause;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The same in a sentence, for people. */
  public String message() {
    return message;
  }

  /** What was thrown, where something was. */
  public Optional<Exception> cause() {
    return Optional.ofNullable(cause);
  }

  @Override
  public String toString() {
    return kind + ": " + message;
  }
}

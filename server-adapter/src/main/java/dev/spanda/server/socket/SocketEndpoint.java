package dev.spanda.server.socket;

import dev.spanda.core.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of a socket mean. Calls for one session come one after another; calls for
 * different sessions come at the same time.
 *
 * @param <M> the sealed family of messages that clients send
 */
public interface SocketEndpoint<M> {

  /** The type that a client's text is read as. */
  Class<M> messages();

  /** The subprotocol (RFC 6455, section 1.9) that is spoken with clients who offer it, or empty. */
  default String protocol() {
    return "";
  }

  /** A session has opened; nothing else has been sent to it. */
  default void onOpen(SocketSession session) {}

  /**
   * A message has come.
   *
   * @throws Failure when it cannot be obeyed; {@link #problem} then tells the client
   */
  void onMessage(SocketSession session, M message);

  /**
   * A session has closed and takes no more messages.
   *
   * @param code the status of the close frame, 1006 when the connection ended without one
   */
  default void onClose(SocketSession session, int code, String reason) {}

  /**
   * The message that tells a client of a failure: its text was no message, too large or too much,
   * or {@link #onMessage} failed. The connection stays.
   *
   * @return null to say nothing
   */
  @Nullable Object problem(SocketSession session, Failure failure);
}

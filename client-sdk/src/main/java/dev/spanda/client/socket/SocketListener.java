package dev.spanda.client.socket;

/**
 * Hears what happens on a {@link LiveSocket}. All methods are called by one thread, one after the
 * other; a listener that takes its time delays the next message, and one that takes longer than
 * {@link SocketOptions#pingInterval} may lose the connection. What a listener throws is logged and
 * harms nobody. A listener may send and close.
 *
 * @param <R> the messages received
 */
@FunctionalInterface
public interface SocketListener<R> {

  /** A message came. */
  void onMessage(R message);

  /**
   * The connection stands; messages that waited have been handed to it.
   *
   * @param again false for the first time, true after every loss
   */
  default void onOpen(boolean again) {}

  /**
   * The connection that stood has ended.
   *
   * @param code the close code of RFC 6455, section 7.4.1; 1006 when it broke without one
   * @param reason the other side's words, may be empty
   * @param mending whether a new connection will be tried
   */
  default void onClosed(int code, String reason, boolean mending) {}

  /**
   * A message of a type that the contract does not know came, from a newer server perhaps.
   *
   * @param type its type; empty when it names none
   * @param text the whole message
   */
  default void onUnknown(String type, String text) {}

  /** Something went wrong that the socket itself lives through. */
  default void onProblem(SocketProblem problem) {}
}

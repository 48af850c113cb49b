package dev.spanda.server.socket;

import dev.spanda.server.gate.Caller;
import java.util.List;
import java.util.Map;

/** One open socket, as an endpoint sees it. Thread-safe; no call waits for the network. */
public interface SocketSession {

  /** The name of the session, unlike that of any other. */
  String id();

  /** Who opened it. */
  Caller caller();

  /** The query parameters of the request that opened it, decoded. */
  Map<String, List<String>> query();

  /** Whether messages are still taken. */
  boolean isOpen();

  /**
   * Sends a record as JSON, after all that was sent before. A session that lets too many such
   * messages wait is closed with 1008.
   */
  void send(Object message);

  /**
   * Sends a record as JSON of which only the newest matters: one of the same kind that still waits
   * is replaced.
   */
  void sendLatest(String kind, Object message);

  /**
   * Sends a close frame after all that waits, and takes no more.
   *
   * @param code 1000 to 4999
   * @param reason at most 123 bytes of UTF-8
   */
  void close(int code, String reason);
}

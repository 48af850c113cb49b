package dev.spanda.server.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Ids;
import dev.spanda.server.gate.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open sockets of one path. A broadcast is written as JSON once, and the same bytes are handed
 * to every session's own queue, from which it goes out as fast as that client reads; nobody waits
 * for anybody. What a slow client could not take is replaced by newer messages of its kind and
 * counted; a client that lets other messages pile up is closed with 1008, and one that is silent
 * for too long is dropped. Thread-safe.
 */
public final class Hub implements AutoCloseable {

  /** What a session needs of the network. No call blocks. */
  public interface Wire {

    /**
     * Sends a text; called again only after one of the two was run.
     *
     * @param text in UTF-8; many sessions share it, so it is not modified
     * @param sent run when the network has taken it
     * @param failed run when it never will
     */
    void sendText(byte[] text, Runnable sent, Runnable failed);

    /** Asks the peer for a sign of life. */
    void ping();

    /** Sends a close frame. */
    void close(int code, String reason);

    /** Ends the connection without a word. */
    void disconnect();
  }

  /** What the network tells a session; calls come one after another. */
  public interface Connection {

    /** A part of a text. */
    void text(String part, boolean last);

    /** A part of a message that is not text. */
    void binary(boolean last);

    /** A sign of life that is no message. */
    void alive();

    /** The end; later calls do nothing. */
    void closed(int code, String reason);
  }

  /**
   * Counters since the start.
   *
   * @param totalConnections sessions opened
   * @param activeConnections sessions open now
   * @param messagesSent messages that the network has taken
   * @param messagesReceived messages that clients sent, refused ones too
   * @param messagesReplaced messages that a newer one of their kind replaced before they went out
   * @param closedForSlowness sessions closed because they let messages pile up
   * @param lastBroadcast when the newest broadcast was made, null before the first
   */
  public record Statistics(
      long totalConnections,
      int activeConnections,
      long messagesSent,
      long messagesReceived,
      long messagesReplaced,
      long closedForSlowness,
      @Nullable Instant lastBroadcast) {}

  private final SocketEndpoint<?> endpoint;
  private final SocketLimits limits;
  private final InstantSource clock;
  private final Ids ids = Ids.secure();
  private final ObjectReader reader;
  private final Set<QueuedSession> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile @Nullable Instant lastBroadcast;

  final LongAdder opened = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder replaced = new LongAdder();
  final LongAdder slow = new LongAdder();

  /** A hub with the default limits. */
  public Hub(SocketEndpoint<?> endpoint, InstantSource clock) {
    this(endpoint, SocketLimits.DEFAULT, clock);
  }

  /** A hub for the sockets that this endpoint understands. */
  public Hub(SocketEndpoint<?> endpoint, SocketLimits limits, InstantSource clock) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.clock = clock;
    this.reader = WireJson.mapper().readerFor(endpoint.messages());
  }

  /**
   * Finds out now how these messages are written, which takes some 20 ms, and not when the first of
   * them is due.
   *
   * @param family a sealed family of messages
   */
  public void prepare(Class<?> family) {
    for (Class<?> message : family.getPermittedSubclasses()) {
      ObjectWriter unused = WireJson.mapper().writerFor(message);
    }
  }

  /**
   * Takes a connection in; the listener calls this when the handshake is done.
   *
   * @param caller who opened it
   * @param query the parameters of its request
   */
  public Connection open(Caller caller, Map<String, List<String>> query, Wire wire) {
    QueuedSession session =
        new QueuedSession(ids.next("conn"), caller, query, wire, this, endpoint, reader);
    opened.increment();
    sessions.add(session);
    if (closed) {
      session.close(1001, "The server stops");
    } else {
      session.opened();
    }
    return session;
  }

  /** Sends a record as JSON to every session, after all that was sent before. */
  public void broadcast(Object message) {
    broadcastText(null, message);
  }

  /**
   * Sends a record as JSON to every session; where an older one of the same kind still waits, it
   * takes its place.
   */
  public void broadcastLatest(String kind, Object message) {
    broadcastText(kind, message);
  }

  /**
   * Sends a record as JSON to every session that is chosen; where an older one of the same kind
   * still waits, it takes its place. It is written once, and not at all when nobody is chosen.
   */
  public void broadcastLatest(String kind, Object message, Predicate<SocketSession> chosen) {
    lastBroadcast = clock.instant();
    byte[] text = null;
    for (QueuedSession session : sessions) {
      if (chosen.test(session)) {
        if (text == null) {
          text = write(message);
        }
        session.enqueue(kind, text);
      }
    }
  }

  private void broadcastText(@Nullable String kind, Object message) {
    lastBroadcast = clock.instant();
    if (sessions.isEmpty()) {
      return;
    }
    byte[] text = write(message);
    for (QueuedSession session : sessions) {
      session.enqueue(kind, text);
    }
  }

  /** The subprotocol that is spoken with clients who offer it; empty for none. */
  public String protocol() {
    return endpoint.protocol();
  }

  /** The sessions that are open now. */
  public Collection<SocketSession> sessions() {
    return Collections.unmodifiableCollection(sessions);
  }

  /** What was counted until now. */
  public Statistics statistics() {
    return new Statistics(
        opened.sum(),
        sessions.size(),
        sent.sum(),
        received.sum(),
        replaced.sum(),
        slow.sum(),
        lastBroadcast);
  }

  /**
   * Asks silent clients for a sign of life and drops those that are gone. The listener calls this
   * about once a second.
   */
  public void sweep() {
    for (QueuedSession session : sessions) {
      session.sweep(limits.pingEvery(), limits.deadAfter());
    }
  }

  /** Sends every session a close frame with 1001 and takes no new ones. */
  @Override
  public void close() {
    closed = true;
    for (QueuedSession session : sessions) {
      session.close(1001, "The server stops");
    }
  }

  SocketLimits limits() {
    return limits;
  }

  long nowMillis() {
    return clock.millis();
  }

  void forget(QueuedSession session) {
    sessions.remove(session);
  }

  static byte[] write(Object message) {
    try {
      return WireJson.mapper().writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + message.getClass(), e);
    }
  }
}

package dev.spanda.client.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import dev.spanda.contract.http.WireJson;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that stays: it connects, and whenever the connection ends it connects again, with
 * growing and jittered pauses, until {@link #close()}. Pings find a connection that died without a
 * word.
 *
 * <p>Messages sent while there is no connection wait in order, up to {@link
 * SocketOptions#queueCapacity}; beyond that a new message is refused, and those that wait stay. A
 * connection whose network takes nothing holds 1 024 messages before it refuses more. A message
 * handed to a connection that then breaks may be lost: it is never sent twice.
 *
 * <p>Thread-safe. It runs on daemon threads.
 *
 * @param <R> the messages received, a sealed family told apart by a type field
 * @param <S> the messages sent
 */
public final class LiveSocket<R, S> implements AutoCloseable {

  /** What became of a message. */
  public enum Outcome {
    /** It was handed to the connection. */
    SENT,
    /** It waits for the next connection. */
    QUEUED,
    /** It was not taken: too many wait before it, or the socket is closed. */
    REFUSED
  }

  private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int NORMAL = 1000;
  private static final int MOST_DOUBLINGS = 30;

  /** A connection that stood this long was a good one: the pauses begin anew after it. */
  private static final long STABLE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final URI uri;
  private final SocketOptions options;
  private final SocketListener<? super R> listener;
  private final ObjectReader reader;
  private final SocketFactory sockets;
  private final Supplier<RandomGenerator> random;
  private final Thread driver;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object lock = new Object();
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private @Nullable Connection connection;
  private boolean open;
  private boolean openedBefore;

  LiveSocket(
      URI uri,
      Class<R> received,
      SocketOptions options,
      SocketListener<? super R> listener,
      SocketFactory sockets,
      Supplier<RandomGenerator> random) {
    boolean web = "ws".equalsIgnoreCase(uri.getScheme());
    boolean secure = "wss".equalsIgnoreCase(uri.getScheme());
    if ((!web && !secure) || uri.getHost() == null) {
      throw new IllegalArgumentException("not a socket address (ws or wss, a host): " + uri);
    }
    this.uri = uri;
    this.options = options;
    this.listener = Objects.requireNonNull(listener);
    this.reader = WireJson.mapper().readerFor(received);
    this.sockets = sockets;
    this.random = random;
    this.driver = new Thread(this::drive, "spanda-socket-" + NUMBER.incrementAndGet());
    driver.setDaemon(true);
  }

  /**
   * Opens a socket. Returns at once: the listener hears when it stands, and messages may be sent
   * before.
   *
   * @param uri ws or wss
   * @param received the family of messages received
   * @throws IllegalArgumentException when {@code uri} is not the address of a socket
   */
  public static <R, S> LiveSocket<R, S> open(
      URI uri, Class<R> received, SocketOptions options, SocketListener<? super R> listener) {
    SocketFactory sockets =
        "wss".equalsIgnoreCase(uri.getScheme())
            ? SSLSocketFactory.getDefault()
            : SocketFactory.getDefault();
    LiveSocket<R, S> socket =
        new LiveSocket<>(uri, received, options, listener, sockets, ThreadLocalRandom::current);
    socket.start();
    return socket;
  }

  void start() {
    driver.start();
  }

  String threadName() {
    return driver.getName();
  }

  /**
   * Sends a message, or lets it wait for the next connection.
   *
   * @throws IllegalArgumentException when it cannot be written as JSON
   */
  public Outcome send(S message) {
    String text;
    try {
      text = WireJson.mapper().writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the message cannot be written as JSON", e);
    }
    synchronized (lock) {
      if (isClosed()) {
        return Outcome.REFUSED;
      }
      if (open && Objects.requireNonNull(connection).isStalled()) {
        return Outcome.REFUSED;
      }
      if (open && hand(text)) {
        return Outcome.SENT;
      }
      if (waiting.size() >= options.queueCapacity()) {
        return Outcome.REFUSED;
      }
      waiting.add(text);
      return Outcome.QUEUED;
    }
  }

  /** Whether a connection stands now. */
  public boolean isOpen() {
    synchronized (lock) {
      return open;
    }
  }

  /**
   * Ends the socket for good: says goodbye, and waits at most two seconds for the other side to do
   * so. Messages that still wait are let go. Does nothing the second time.
   */
  @Override
  public void close() {
    Connection current;
    synchronized (lock) {
      closing.countDown();
      waiting.clear();
      current = connection;
    }
    if (current != null) {
      current.close(NORMAL);
    }
    if (Thread.currentThread() == driver) {
      return;
    }
    try {
      driver.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (current != null && driver.isAlive()) {
      current.cut();
    }
  }

  /** Whether {@link #close()} was called. */
  public boolean isClosed() {
    return closing.getCount() == 0;
  }

  private void drive() {
    int failures = 0;
    while (!isClosed()) {
      failures = connectOnce() ? 1 : failures + 1;
      try {
        if (closing.await(drawDelayNanos(failures), TimeUnit.NANOSECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        LOG.debug("interrupted between two connections to {}", uri.getHost());
      }
    }
  }

  /** One connection from beginning to end; says whether it stood long enough to be a good one. */
  private boolean connectOnce() {
    Connection next;
    try {
      next = new Connection(uri, options, this, sockets);
    } catch (RuntimeException e) {
      problem(SocketProblem.Kind.UNREACHABLE, "No connection: " + e.getMessage(), e);
      return false;
    }
    synchronized (lock) {
      if (isClosed()) {
        return false;
      }
      connection = next;
    }
    next.run();
    synchronized (lock) {
      open = false;
      connection = null;
    }
    boolean stood = next.openedNanos() != 0;
    report(next, stood);
    return stood && System.nanoTime() - next.openedNanos() >= STABLE_NANOS;
  }

  private void report(Connection ended, boolean stood) {
    Exception cause = ended.failure();
    if (stood) {
      if (cause != null && !isClosed()) {
        problem(SocketProblem.Kind.BROKEN, "The connection failed: " + cause.getMessage(), cause);
      }
      boolean mending = !isClosed();
      hear(() -> listener.onClosed(ended.closeCode(), ended.closeReason(), mending));
    } else if (!isClosed()) {
      problem(
          SocketProblem.Kind.UNREACHABLE,
          "No connection: " + (cause == null ? ended.closeReason() : cause.getMessage()),
          cause);
    }
  }

  /** Called by the connection when the handshake is done. */
  void opened() {
    boolean again;
    synchronized (lock) {
      if (isClosed()) {
        Objects.requireNonNull(connection).close(NORMAL);
        return;
      }
      open = true;
      again = openedBefore;
      openedBefore = true;
      while (!waiting.isEmpty() && hand(waiting.peek())) {
        waiting.remove();
      }
    }
    hear(() -> listener.onOpen(again));
  }

  /** Called by the connection for each text message. */
  void received(String text) {
    if (isClosed()) {
      return;
    }
    R message;
    try {
      message = reader.readValue(text);
    } catch (InvalidTypeIdException e) {
      String type = Objects.requireNonNullElse(e.getTypeId(), "");
      hear(() -> listener.onUnknown(type, text));
      return;
    } catch (JsonProcessingException e) {
      problem(SocketProblem.Kind.MALFORMED, "A message cannot be read", e);
      return;
    }
    if (message == null) {
      problem(SocketProblem.Kind.MALFORMED, "A message is null", null);
      return;
    }
    hear(() -> listener.onMessage(message));
  }

  /** Called by the connection for each binary message. */
  void receivedBinary(int bytes) {
    problem(
        SocketProblem.Kind.BINARY, "A binary message of " + bytes + " bytes was passed over", null);
  }

  private void problem(SocketProblem.Kind kind, String message, @Nullable Exception cause) {
    hear(() -> listener.onProblem(new SocketProblem(kind, message, cause)));
  }

  private void hear(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("A socket listener threw", e);
    }
  }

  private boolean hand(String text) {
    try {
      Objects.requireNonNull(connection).send(text);
      return true;
    } catch (WebsocketNotConnectedException e) {
      open = false;
      return false;
    }
  }

  private long drawDelayNanos(int failures) {
    double doublings = Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS);
    double ceiling =
        Math.min(
            (double) options.firstDelay().toNanos() * Math.pow(2, doublings),
            (double) options.longestDelay().toNanos());
    return (long) (random.get().nextDouble() * ceiling);
  }
}

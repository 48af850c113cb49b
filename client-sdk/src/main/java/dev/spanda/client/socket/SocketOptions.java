package dev.spanda.client.socket;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How a {@link LiveSocket} behaves. Immutable; begin with {@link #DEFAULT} and change what differs.
 *
 * @param connectTimeout longest time to reach the server, and again for its handshake, positive; 5
 *     s by default
 * @param pingInterval a ping is sent this often, and a connection from which nothing answers for
 *     one and a half times as long is given up; whole seconds, at least 1; 20 s by default
 * @param firstDelay longest pause before the first new try after a loss, positive; 250 ms by
 *     default. It doubles with every try that fails, and the pause is drawn evenly from 0 to it
 * @param longestDelay no pause is longer, at least {@code firstDelay}; 15 s by default
 * @param queueCapacity messages that wait at most while there is no connection, 0 or more; 256 by
 *     default
 * @param headers asked before every try for headers of the handshake; none by default. It must be
 *     thread-safe
 */
public record SocketOptions(
    Duration connectTimeout,
    Duration pingInterval,
    Duration firstDelay,
    Duration longestDelay,
    int queueCapacity,
    Supplier<Map<String, String>> headers) {

  private static final int DEFAULT_CAPACITY = 256;

  /** The defaults named above. */
  public static final SocketOptions DEFAULT =
      new SocketOptions(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofMillis(250),
          Duration.ofSeconds(15),
          DEFAULT_CAPACITY,
          Map::of);

  /** Checks the ranges. */
  public SocketOptions {
    if (connectTimeout.toMillis() < 1 || connectTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("connectTimeout must be 1 ms or more");
    }
    if (pingInterval.toSeconds() < 1 || pingInterval.toSeconds() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("pingInterval must be 1 s or more");
    }
    if (firstDelay.isNegative() || firstDelay.isZero() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "firstDelay must be positive and longestDelay at least as long");
    }
    if (queueCapacity < 0) {
      throw new IllegalArgumentException("queueCapacity must not be negative");
    }
    Objects.requireNonNull(headers);
  }

  /** The same options with another time to reach the server. */
  public SocketOptions withConnectTimeout(Duration timeout) {
    return new SocketOptions(
        timeout, pingInterval, firstDelay, longestDelay, queueCapacity, headers);
  }

  /** The same options with another interval of pings. */
  public SocketOptions withPingInterval(Duration interval) {
    return new SocketOptions(
        connectTimeout, interval, firstDelay, longestDelay, queueCapacity, headers);
  }

  /** The same options with other pauses. */
  public SocketOptions withDelays(Duration first, Duration longest) {
    return new SocketOptions(connectTimeout, pingInterval, first, longest, queueCapacity, headers);
  }

  /** The same options with another number of waiting messages. */
  public SocketOptions withQueueCapacity(int messages) {
    return new SocketOptions(
        connectTimeout, pingInterval, firstDelay, longestDelay, messages, headers);
  }

  /** The same options with another source of headers, asked before every try. */
  public SocketOptions withHeaders(Supplier<Map<String, String>> source) {
    return new SocketOptions(
        connectTimeout, pingInterval, firstDelay, longestDelay, queueCapacity, source);
  }
}

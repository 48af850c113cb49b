package dev.spanda.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How a client behaves. Immutable; begin with {@link #DEFAULT} and change what differs.
 *
 * @param connectTimeout longest time to reach the server, positive; 5 s by default
 * @param readTimeout longest silence of the server in an answer, positive; 30 s by default
 * @param callTimeout longest time of one try of a call whose answer is JSON, zero for no limit; 2
 *     minutes by default. Uploads, and answers that are files, have no such limit
 * @param largestJsonBytes a JSON answer with more bytes (after decompression) is refused, at least
 *     1; 32 MiB by default
 * @param retry when a failed call is tried again
 * @param headers asked before every try for headers that go with it, such as {@code Authorization};
 *     none by default. It must be thread-safe
 */
public record ClientOptions(
    Duration connectTimeout,
    Duration readTimeout,
    Duration callTimeout,
    int largestJsonBytes,
    RetryPolicy retry,
    Supplier<Map<String, String>> headers) {

  private static final int DEFAULT_LARGEST_JSON_BYTES = 32 << 20;

  /** The defaults named above. */
  public static final ClientOptions DEFAULT =
      new ClientOptions(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          DEFAULT_LARGEST_JSON_BYTES,
          RetryPolicy.DEFAULT,
          Map::of);

  /** Checks the ranges. */
  public ClientOptions {
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("readTimeout", readTimeout);
    if (callTimeout.isNegative()) {
      throw new IllegalArgumentException("callTimeout must not be negative");
    }
    if (largestJsonBytes < 1) {
      throw new IllegalArgumentException("largestJsonBytes must be at least 1");
    }
    Objects.requireNonNull(retry);
    Objects.requireNonNull(headers);
  }

  /** The same options with another time to reach the server. */
  public ClientOptions withConnectTimeout(Duration timeout) {
    return new ClientOptions(timeout, readTimeout, callTimeout, largestJsonBytes, retry, headers);
  }

  /** The same options with another longest silence. */
  public ClientOptions withReadTimeout(Duration timeout) {
    return new ClientOptions(
        connectTimeout, timeout, callTimeout, largestJsonBytes, retry, headers);
  }

  /** The same options with another limit to one try; zero for none. */
  public ClientOptions withCallTimeout(Duration timeout) {
    return new ClientOptions(
        connectTimeout, readTimeout, timeout, largestJsonBytes, retry, headers);
  }

  /** The same options with another limit to a JSON answer. */
  public ClientOptions withLargestJsonBytes(int bytes) {
    return new ClientOptions(connectTimeout, readTimeout, callTimeout, bytes, retry, headers);
  }

  /** The same options with another retry policy. */
  public ClientOptions withRetry(RetryPolicy policy) {
    return new ClientOptions(
        connectTimeout, readTimeout, callTimeout, largestJsonBytes, policy, headers);
  }

  /** The same options with another source of headers, asked before every try. */
  public ClientOptions withHeaders(Supplier<Map<String, String>> source) {
    return new ClientOptions(
        connectTimeout, readTimeout, callTimeout, largestJsonBytes, retry, source);
  }

  /** The same options with one more header, which wins over an earlier one of that name. */
  public ClientOptions withHeader(String name, String value) {
    Objects.requireNonNull(name);
    Objects.requireNonNull(value);
    Supplier<Map<String, String>> before = headers;
    return withHeaders(
        () -> {
          Map<String, String> all = new LinkedHashMap<>(before.get());
          all.put(name, value);
          return all;
        });
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }
}

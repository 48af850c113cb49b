package dev.spanda.server.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.core.attunement.BitSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Random bits of a service on the web. It is asked for 1 024 bytes at a time; its answer is either
 * the bytes themselves or JSON whose {@code data} is a list of numbers from 0 to 255. The bits are
 * handed on as they come. Thread-safe.
 */
public final class BitService implements BitSource {

  /** Stands in the address where the service wants to be told how many bytes. */
  public static final String COUNT = "{count}";

  private static final int FETCHED = 1_024;
  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(2, 64 << 10, Duration.ofSeconds(3));

  private final Fetcher fetcher;
  private final URI address;
  private final @Nullable String key;
  private byte[] stock = {};
  private int taken;

  /**
   * A service.
   *
   * @param address where it is, with {@value #COUNT} for the number of bytes
   * @param key sent as {@code x-api-key}; null for a service that asks for none
   */
  public BitService(Fetcher fetcher, String address, @Nullable String key) {
    this.fetcher = fetcher;
    this.address = URI.create(address.replace(COUNT, Integer.toString(FETCHED)));
    this.key = key;
  }

  @Override
  public synchronized void fill(byte[] bytes) {
    for (int filled = 0; filled < bytes.length; ) {
      if (taken == stock.length) {
        stock = fetch();
        taken = 0;
      }
      int count = Math.min(bytes.length - filled, stock.length - taken);
      System.arraycopy(stock, taken, bytes, filled, count);
      // What was handed out is not kept.
      Arrays.fill(stock, taken, taken + count, (byte) 0);
      taken += count;
      filled += count;
    }
  }

  private byte[] fetch() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/octet-stream, application/json");
    if (key != null) {
      headers.put("x-api-key", key);
    }
    Fetcher.Answer answer;
    try {
      answer = fetcher.send(request(headers), LIMITS);
    } catch (Failure e) {
      throw unavailable("The service of random bits gave no answer: " + e.getMessage()).causedBy(e);
    }
    if (answer.status() != 200) {
      throw unavailable("The service of random bits answered with status " + answer.status());
    }
    String type = answer.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    byte[] bytes = type.contains("json") ? data(answer.body()) : answer.body();
    if (bytes.length == 0) {
      throw unavailable("The service of random bits sent none");
    }
    return bytes;
  }

  @SuppressWarnings("NullAway") // It does not see the annotation on an array of a record.
  private Fetcher.Request request(Map<String, String> headers) {
    return new Fetcher.Request("GET", address, headers, null);
  }

  private static byte[] data(byte[] json) {
    try {
      JsonNode data = WireJson.mapper().readTree(json).path("data");
      byte[] bytes = new byte[data.size()];
      for (int i = 0; i < bytes.length; i++) {
        JsonNode value = data.get(i);
        if (!value.isIntegralNumber() || value.asLong() < 0 || value.asLong() > 255) {
          throw unavailable("The service of random bits sent something else than bytes");
        }
        bytes[i] = (byte) value.asInt();
      }
      return bytes;
    } catch (IOException e) {
      throw unavailable("The service of random bits sent no JSON").causedBy(e);
    }
  }

  private static Failure unavailable(String message) {
    return Failure.of(Failure.Reason.UNAVAILABLE, "source", message);
  }
}

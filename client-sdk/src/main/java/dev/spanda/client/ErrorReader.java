package dev.spanda.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer that is not a success into an exception, whichever of the documented dialects its
 * body speaks: {@code error_code, message, details} (Vajra), {@code error_code, detail, request_id,
 * retry_after} (Biofield), {@code error: {code, message, details}} with or without {@code
 * request_id} beside it (WaveStack, OCTOSPINE, CRAudioViz), {@code error, error_description}
 * (OAuth). Anything else, HTML and nothing included, becomes the status and no more.
 */
final class ErrorReader {

  static final int TOO_MANY_REQUESTS = 429;

  private static final int LONGEST_PLAIN_MESSAGE = 200;
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(365);

  private static final TypeReference<LinkedHashMap<String, Object>> DETAILS =
      new TypeReference<>() {};

  private final Clock clock;

  ErrorReader(Clock clock) {
    this.clock = clock;
  }

  ApiException read(int status, Headers headers, byte[] body) {
    JsonNode root = tree(body);
    JsonNode error = root.path("error");
    JsonNode from = error.isObject() ? error : root;
    String code = text(from, "code", "error_code");
    if (code == null && error.isTextual()) {
      code = text(root, "error");
    }
    String message = text(from, "message", "detail", "error_description");
    if (message == null && from.path("detail").isContainerNode()) {
      message = from.path("detail").toString();
    }
    if (message == null) {
      message = "HTTP status " + status + plain(headers, body);
    }
    String requestId = text(root, "request_id");
    if (requestId == null) {
      requestId = text(from, "request_id");
    }
    if (requestId == null) {
      requestId = headers.get("X-Request-Id");
    }
    if (code == null || code.isEmpty()) {
      code = "HTTP_" + status;
    }
    Map<String, Object> details = details(from.path("details"));
    Instant reset = epochSeconds(headers.get("X-RateLimit-Reset"));
    Duration retryAfter = retryAfter(status, headers, root, from, reset);
    if (status == TOO_MANY_REQUESTS) {
      return new RateLimitedException(
          code,
          message,
          details,
          requestId,
          retryAfter,
          wholeNumber(headers.get("X-RateLimit-Limit")),
          reset);
    }
    return new ApiException(status, code, message, details, requestId, retryAfter, null);
  }

  private @Nullable Duration retryAfter(
      int status, Headers headers, JsonNode root, JsonNode from, @Nullable Instant reset) {
    String header = headers.get("Retry-After");
    if (header != null) {
      Long seconds = wholeNumber(header);
      if (seconds != null) {
        return bounded(Duration.ofSeconds(seconds));
      }
      Instant date = httpDate(header);
      if (date != null) {
        return bounded(Duration.between(serverNow(headers), date));
      }
    }
    for (JsonNode place : new JsonNode[] {root, from, from.path("details")}) {
      JsonNode given = place.path("retry_after");
      if (given.isNumber()) {
        double millis =
            Math.min(given.doubleValue() * 1000, (double) LONGEST_RETRY_AFTER.toMillis());
        return bounded(Duration.ofMillis((long) millis));
      }
    }
    if (status == TOO_MANY_REQUESTS && reset != null) {
      return bounded(Duration.between(serverNow(headers), reset));
    }
    return null;
  }

  /** The server's own clock where it shows it, so that two clocks that differ do no harm. */
  private Instant serverNow(Headers headers) {
    String date = headers.get("Date");
    Instant parsed = date == null ? null : httpDate(date);
    return parsed == null ? clock.instant() : parsed;
  }

  private static Duration bounded(Duration duration) {
    if (duration.isNegative()) {
      return Duration.ZERO;
    }
    return duration.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : duration;
  }

  private static @Nullable Instant httpDate(String text) {
    try {
      return ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant epochSeconds(@Nullable String text) {
    Long seconds = wholeNumber(text);
    try {
      return seconds == null ? null : Instant.ofEpochSecond(seconds);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Long wholeNumber(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static JsonNode tree(byte[] body) {
    try {
      JsonNode root = WireJson.mapper().readTree(body);
      return root == null ? MissingNode.getInstance() : root;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static @Nullable String text(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode value = node.path(name);
      if (value.isTextual() || value.isNumber()) {
        return value.asText();
      }
    }
    return null;
  }

  private static Map<String, Object> details(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Map.of();
    }
    try {
      if (node.isObject()) {
        return WireJson.mapper().readerFor(DETAILS).readValue(node);
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("details", WireJson.mapper().treeToValue(node, Object.class));
      return one;
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static String plain(Headers headers, byte[] body) {
    String type = headers.get("Content-Type");
    if (type == null || body.length == 0) {
      return "";
    }
    if (!type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
      return " with a body of type " + type;
    }
    String text = new String(body, StandardCharsets.UTF_8).trim();
    return ": "
        + (text.length() <= LONGEST_PLAIN_MESSAGE
            ? text
            : text.substring(0, LONGEST_PLAIN_MESSAGE) + "…");
  }
}

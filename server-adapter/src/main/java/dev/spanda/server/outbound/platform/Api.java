package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Platform;
import dev.spanda.server.outbound.Fetcher;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP to a platform and turns what it says into failures whose reason tells the engine
 * whether a step was taken: silence and 5xx leave it open, 429 says not yet, other refusals say no.
 */
final class Api {

  private static final int LARGEST_ANSWER = 2 << 20;

  /** Slower than this is broken. */
  private static final long SLOWEST_BYTES_A_SECOND = 32 << 10;

  private static final Set<Failure.Reason> OPEN =
      Set.of(
          Failure.Reason.UNAVAILABLE,
          Failure.Reason.TIMED_OUT,
          Failure.Reason.FAILED,
          Failure.Reason.RATE_LIMITED);
  private static final int LONGEST_REASON = 200;

  /**
   * An answer.
   *
   * @param json what the body holds; missing when it is no JSON
   */
  record Answer(int status, Map<String, String> headers, JsonNode json) {
    boolean isSuccess() {
      return status / 100 == 2;
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final Fetcher fetcher;
  private final String platform;
  private final Fetcher.Limits limits;

  /**
   * A speaker.
   *
   * @param patience how long an answer is waited for, 1 ms or longer
   */
  Api(Fetcher fetcher, String platform, Duration patience) {
    this.fetcher = fetcher;
    this.platform = platform;
    this.limits = new Fetcher.Limits(0, LARGEST_ANSWER, patience);
  }

  Answer get(URI url, Map<String, String> headers) {
    return send("GET", url, headers, null);
  }

  Answer send(String verb, URI url, Map<String, String> headers, byte @Nullable [] body) {
    try {
      return answer(fetcher.send(request(verb, url, headers, body), limits));
    } catch (Failure failure) {
      throw open(failure);
    }
  }

  Answer form(URI url, Map<String, String> headers, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/x-www-form-urlencoded");
    return send("POST", url, all, query(fields).getBytes(StandardCharsets.UTF_8));
  }

  Answer json(URI url, Map<String, String> headers, ObjectNode body) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json; charset=UTF-8");
    try {
      return send("POST", url, all, WireJson.mapper().writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a part of a content, as it comes from the disk. */
  Answer upload(
      String verb,
      URI url,
      Map<String, String> headers,
      Platform.Content content,
      long offset,
      long length) {
    Fetcher.Content part =
        new Fetcher.Content() {
          @Override
          public long length() {
            return length;
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = content.open(offset, length)) {
              if (in.transferTo(out) != length) {
                throw new EOFException("the media is shorter than it was");
              }
            }
          }
        };
    Duration patience = limits.time().plusSeconds(length / SLOWEST_BYTES_A_SECOND);
    try {
      return answer(
          fetcher.upload(request(verb, url, headers, null), part, limits.withTime(patience)));
    } catch (Failure failure) {
      throw open(failure);
    }
  }

  @SuppressWarnings("NullAway") // It does not see the annotation on an array of a record.
  private static Fetcher.Request request(
      String verb, URI url, Map<String, String> headers, byte @Nullable [] body) {
    return new Fetcher.Request(verb, url, headers, body);
  }

  /** An answer that cannot be read does not mean that the request was refused. */
  private Failure open(Failure failure) {
    if (OPEN.contains(failure.reason()) || failure.reason() == Failure.Reason.FORBIDDEN) {
      return failure;
    }
    return Failure.of(
            Failure.Reason.FAILED, platform, platform + " gave no answer that can be read")
        .causedBy(failure);
  }

  private static Answer answer(Fetcher.Answer answer) {
    JsonNode json;
    try {
      json = WireJson.mapper().readTree(answer.body());
    } catch (IOException e) {
      json = WireJson.mapper().missingNode();
    }
    return new Answer(
        answer.status(), answer.headers(), json == null ? WireJson.mapper().missingNode() : json);
  }

  /** The failure that an answer which is no success means. */
  Failure refused(Answer answer) {
    int status = answer.status();
    Failure.Reason reason =
        switch (status) {
          case 401 -> Failure.Reason.UNAUTHENTICATED;
          case 403 -> Failure.Reason.FORBIDDEN;
          case 408 -> Failure.Reason.TIMED_OUT;
          case 413 -> Failure.Reason.TOO_LARGE;
          case 429 -> Failure.Reason.RATE_LIMITED;
          default ->
              status >= 500 || status / 100 == 3
                  ? Failure.Reason.UNAVAILABLE
                  : Failure.Reason.INVALID;
        };
    String says = reason(answer.json());
    Failure failure =
        Failure.of(
            reason,
            platform,
            platform + " answered with status " + status + (says.isEmpty() ? "" : ": " + says));
    String after = answer.header("retry-after");
    return after.matches("[0-9]{1,6}")
        ? failure.with("retry_after", Long.parseLong(after))
        : failure;
  }

  /** What a platform gives as its reason, in any of their forms. */
  static String reason(JsonNode json) {
    String text = json.path("error").path("message").asText("");
    if (text.isEmpty()) {
      text = json.path("message").asText("");
    }
    if (text.isEmpty()) {
      text = json.path("error_description").asText(json.path("error").asText(""));
    }
    String plain =
        text.codePoints()
            .filter(c -> c >= 32)
            .limit(LONGEST_REASON)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return plain;
  }

  /** An answer without what every such answer has: nobody knows what happened. */
  Failure unreadable(String part) {
    return Failure.of(
        Failure.Reason.FAILED, platform, platform + " sent an answer without " + part);
  }

  /** A text that the answer must have. */
  String require(JsonNode node, String part) {
    String text = node.asText("");
    if (text.isEmpty()) {
      throw unreadable(part);
    }
    return text;
  }

  /**
   * An address that the platform has made, to which tokens may be sent.
   *
   * @throws Failure FAILED when it is none, or leads from https to http
   */
  URI address(URI base, String text) {
    try {
      URI address = base.resolve(text);
      if ("https".equals(base.getScheme()) && !"https".equals(address.getScheme())) {
        throw unreadable("an https address");
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw unreadable("an address").causedBy(e);
    }
  }

  static URI at(URI base, String path, Map<String, String> fields) {
    String text = base + path;
    return URI.create(
        fields.isEmpty() ? text : text + (text.indexOf('?') < 0 ? "?" : "&") + query(fields));
  }

  static String query(Map<String, String> fields) {
    StringJoiner joined = new StringJoiner("&");
    fields.forEach((name, value) -> joined.add(escaped(name) + "=" + escaped(value)));
    return joined.toString();
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token, "Accept", "application/json");
  }

  static ObjectNode object() {
    return WireJson.mapper().createObjectNode();
  }

  static boolean isVideo(String type) {
    return type.startsWith("video/");
  }

  static boolean isPicture(String type) {
    return type.startsWith("image/");
  }

  static Failure unsupported(String platform, String type, String takes) {
    return Failure.of(
            Failure.Reason.UNSUPPORTED, "source", platform + " takes " + takes + "; was " + type)
        .with(Failure.PROVIDED_VALUE, type);
  }

  /** The text, and the tags behind it. */
  static String withTags(Platform.Work work) {
    StringBuilder text = new StringBuilder(work.plan().text());
    for (String tag : work.plan().tags()) {
      text.append(text.isEmpty() ? "" : " ").append('#').append(tag.replace(" ", ""));
    }
    return text.toString();
  }
}

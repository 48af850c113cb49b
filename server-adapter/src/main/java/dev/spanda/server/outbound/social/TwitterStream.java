package dev.spanda.server.outbound.social;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.server.outbound.Fetcher;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * X's filtered stream: a line of JSON a message, an empty line at least every 20 seconds. Source: X
 * API v2, GET /2/tweets/search/stream (consuming streaming data, handling disconnections).
 */
final class TwitterStream extends Connector {

  private static final String PATH =
      "/2/tweets/search/stream?tweet.fields=created_at,author_id,conversation_id,entities"
          + "&expansions=author_id&user.fields=username";
  private static final Duration SILENCE = Duration.ofSeconds(45);
  private static final Duration CLOSED_BY_RATE = Duration.ofMinutes(1);
  private static final long LONGEST_LINE = 1 << 20;

  private volatile @Nullable Call call;

  TwitterStream(Needs needs) {
    super(needs);
  }

  @Override
  void listen() throws IOException {
    HttpUrl url = Fetcher.address(needs.plan().url() + PATH);
    Call open =
        needs
            .fetcher()
            .connections()
            .newBuilder()
            .readTimeout(SILENCE)
            .build()
            .newCall(
                new Request.Builder()
                    .url(url)
                    .header("Authorization", "Bearer " + needs.plan().token())
                    .header("User-Agent", "spanda")
                    .build());
    call = open;
    if (isClosing()) {
      return;
    }
    try (Response response = open.execute()) {
      requireStream(response);
      connected();
      BufferedSource source = response.body().source();
      while (!source.exhausted()) {
        String line = line(source);
        if (!line.isBlank()) {
          JsonNode message = json(line);
          if (message != null) {
            take(message);
          }
        }
      }
    } finally {
      call = null;
    }
  }

  private void requireStream(Response response) throws IOException {
    switch (response.code()) {
      case 200 -> {}
      case 401, 403 -> throw new Refused("X answered with status " + response.code());
      case 429 -> {
        Map<String, String> headers = new HashMap<>();
        response
            .headers()
            .forEach(
                pair -> headers.put(pair.getFirst().toLowerCase(Locale.ROOT), pair.getSecond()));
        throw new ComeAgain(
            "X: too many connections", Answers.retryAfter(headers, needs.clock(), CLOSED_BY_RATE));
      }
      default -> throw new IOException("X answered with status " + response.code());
    }
  }

  /** A line without its end; one that is too long breaks the connection. */
  private static String line(BufferedSource source) throws IOException {
    long end = source.indexOf((byte) '\n', 0, LONGEST_LINE);
    if (end < 0) {
      if (source.request(LONGEST_LINE)) {
        throw new IOException("A line of X has more than " + LONGEST_LINE + " bytes");
      }
      Buffer rest = new Buffer();
      source.readAll(rest);
      return rest.readUtf8();
    }
    String line = source.readUtf8(end);
    source.skip(1);
    return line;
  }

  private void take(JsonNode message) throws IOException {
    JsonNode data = message.path("data");
    String id = data.path("id").asText();
    String user = data.path("author_id").asText();
    if (id.isEmpty() || user.isEmpty()) {
      if (message.path("errors").isArray() && !message.path("errors").isEmpty()) {
        throw new IOException(
            "X: " + cut(message.path("errors").path(0).path("title").asText("error"), 100));
      }
      return;
    }
    String name = "";
    for (JsonNode each : message.path("includes").path("users")) {
      if (each.path("id").asText().equals(user)) {
        name = each.path("username").asText("");
      }
    }
    heard(
        List.of(
            new Message(
                Platform.TWITTER,
                cut(id, 128),
                new Message.Channel(cut(data.path("conversation_id").asText(id), 128), ""),
                new Message.Author(cut(user, 128), cut(name, 200), "member", false),
                cut(data.path("text").asText(""), Message.LONGEST_TEXT),
                time(data.path("created_at").asText("")),
                0,
                Math.min(1_000, data.path("entities").path("mentions").size()),
                false)));
  }

  @Override
  void hangUp() {
    Call open = call;
    if (open != null) {
      open.cancel();
    }
  }
}

package dev.spanda.server.outbound.social;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.server.outbound.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Twitch's EventSub over a WebSocket: welcome, subscriptions by HTTP, notifications, keepalives,
 * and moving to another address without a gap. Source: Twitch's documentation of EventSub
 * (WebSocket events, subscription types).
 */
final class TwitchEvents extends Connector {

  private static final Duration WELCOME = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int REMEMBERED = 1_000;

  private record Topic(String type, String version, String condition, boolean moderated) {}

  private static final List<Topic> TOPICS =
      List.of(
          new Topic("channel.follow", "2", "broadcaster_user_id", true),
          new Topic("channel.subscribe", "1", "broadcaster_user_id", false),
          new Topic("channel.subscription.message", "1", "broadcaster_user_id", false),
          new Topic("channel.cheer", "1", "broadcaster_user_id", false),
          new Topic("channel.raid", "1", "to_broadcaster_user_id", false),
          new Topic("stream.online", "1", "broadcaster_user_id", false),
          new Topic("stream.offline", "1", "broadcaster_user_id", false));

  private final Set<String> seen = new LinkedHashSet<>();
  private volatile @Nullable Line line;

  TwitchEvents(Needs needs) {
    super(needs);
  }

  @Override
  void listen() throws IOException, InterruptedException {
    Line open = Line.to(needs.fetcher(), needs.plan().url());
    try {
      line = open;
      JsonNode session = welcome(open);
      subscribe(session.path("id").asText());
      connected();
      Duration patience = patience(session);
      while (true) {
        String text = open.next(patience);
        if (text == null) {
          throw new IOException("EventSub is silent");
        }
        JsonNode message = json(text);
        if (message == null) {
          continue;
        }
        switch (message.path("metadata").path("message_type").asText()) {
          case "notification" -> notification(message);
          case "session_reconnect" -> {
            // The old connection still speaks until the new one has said welcome.
            String url = message.path("payload").path("session").path("reconnect_url").asText();
            Line next = Line.to(needs.fetcher(), url);
            line = next;
            try {
              patience = patience(welcome(next));
            } catch (IOException | RuntimeException | InterruptedException e) {
              next.close();
              throw e;
            }
            drain(open);
            open.close(1000);
            open = next;
            connected();
          }
          case "revocation" -> {
            String status = message.path("payload").path("subscription").path("status").asText();
            if (status.equals("authorization_revoked") || status.equals("user_removed")) {
              throw new Refused("Twitch revoked a subscription: " + cut(status, 100));
            }
          }
          default -> {}
        }
      }
    } finally {
      line = null;
      open.close();
    }
  }

  /** What came on the old connection before the new one stood. */
  private void drain(Line open) throws InterruptedException {
    try {
      for (String text = open.next(Duration.ZERO); text != null; text = open.next(Duration.ZERO)) {
        JsonNode message = json(text);
        if (message != null
            && message.path("metadata").path("message_type").asText().equals("notification")) {
          notification(message);
        }
      }
    } catch (IOException e) {
      // It has ended, as it was to.
    }
  }

  private JsonNode welcome(Line open) throws IOException, InterruptedException {
    String text = open.next(WELCOME);
    JsonNode message = text == null ? null : json(text);
    if (message == null
        || !message.path("metadata").path("message_type").asText().equals("session_welcome")) {
      throw new IOException("EventSub did not say welcome");
    }
    return message.path("payload").path("session");
  }

  private static Duration patience(JsonNode session) {
    long seconds = session.path("keepalive_timeout_seconds").asLong(10);
    return Duration.ofSeconds(Math.max(1, Math.min(600, seconds))).plus(GRACE);
  }

  private void subscribe(String session) throws IOException {
    String api = needs.plan().option("api_url", "https://api.twitch.tv");
    int accepted = 0;
    String problem = "";
    for (Topic topic : TOPICS) {
      ObjectNode body = WireJson.mapper().createObjectNode();
      body.put("type", topic.type);
      body.put("version", topic.version);
      ObjectNode condition = body.putObject("condition");
      condition.put(topic.condition, needs.plan().option("broadcaster_id", ""));
      if (topic.moderated) {
        condition.put("moderator_user_id", needs.plan().option("broadcaster_id", ""));
      }
      body.putObject("transport").put("method", "websocket").put("session_id", session);
      Fetcher.Answer answer =
          needs
              .fetcher()
              .send(
                  new Fetcher.Request(
                      "POST",
                      URI.create(api + "/helix/eventsub/subscriptions"),
                      Map.of(
                          "Authorization",
                          "Bearer " + needs.plan().token(),
                          "Client-Id",
                          needs.plan().option("client_id", ""),
                          "Content-Type",
                          "application/json"),
                      body.toString().getBytes(StandardCharsets.UTF_8)));
      switch (answer.status()) {
        case 200, 202, 409 -> accepted++;
        case 401 -> throw new Refused("Twitch refuses the token");
        // One topic that the token may not have leaves the others.
        case 400, 403 -> problem = topic.type + ": status " + answer.status();
        case 429 ->
            throw new ComeAgain(
                "Twitch: too many requests",
                Answers.retryAfter(answer.headers(), needs.clock(), Duration.ofMinutes(1)));
        default -> throw new IOException("Twitch answered with status " + answer.status());
      }
    }
    if (accepted == 0) {
      throw new Refused("Twitch refuses every subscription, the last " + problem);
    }
  }

  private void notification(JsonNode message) {
    JsonNode metadata = message.path("metadata");
    String id = metadata.path("message_id").asText();
    if (id.isEmpty() || !seen.add(id)) {
      return;
    }
    if (seen.size() > REMEMBERED) {
      seen.remove(seen.iterator().next());
    }
    JsonNode event = message.path("payload").path("event");
    PlatformEvent.Type type =
        switch (metadata.path("subscription_type").asText()) {
          case "channel.follow" -> PlatformEvent.Type.FOLLOW;
          case "channel.subscribe", "channel.subscription.message" ->
              PlatformEvent.Type.SUBSCRIPTION;
          case "channel.cheer" -> PlatformEvent.Type.CHEER;
          case "channel.raid" -> PlatformEvent.Type.RAID;
          case "stream.online" -> PlatformEvent.Type.STREAM_START;
          case "stream.offline" -> PlatformEvent.Type.STREAM_END;
          default -> null;
        };
    if (type == null) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    text(data, "user", event.path("user_name"));
    text(data, "user", event.path("from_broadcaster_user_name"));
    text(data, "channel", event.path("broadcaster_user_login"));
    text(data, "channel", event.path("to_broadcaster_user_login"));
    if (event.path("tier").isTextual()) {
      data.put("tier", "tier" + cut(event.path("tier").asText(), 1));
    }
    number(data, "months", event.path("cumulative_months"));
    number(data, "viewers", event.path("viewers"));
    number(data, "bits", event.path("bits"));
    happened(
        List.of(
            new PlatformEvent(
                Platform.TWITCH,
                cut(id, 128),
                type,
                data,
                time(metadata.path("message_timestamp").asText("")))));
  }

  private static void text(Map<String, Object> data, String name, JsonNode value) {
    if (value.isTextual()) {
      data.put(name, cut(value.asText(), 200));
    }
  }

  private static void number(Map<String, Object> data, String name, JsonNode value) {
    if (value.isIntegralNumber()) {
      data.put(name, value.asLong());
    }
  }

  @Override
  void hangUp() {
    Line open = line;
    if (open != null) {
      open.close();
    }
  }
}

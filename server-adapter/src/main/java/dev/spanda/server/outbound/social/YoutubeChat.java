package dev.spanda.server.outbound.social;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.server.outbound.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A live chat of YouTube, asked as often as it says ({@code pollingIntervalMillis}) and from where
 * the last answer ended ({@code nextPageToken}). Source: YouTube Live Streaming API,
 * liveChatMessages.list.
 */
final class YoutubeChat extends Connector {

  private static final Fetcher.Limits LIMITS =
      Fetcher.Limits.DEFAULT.withLargestBody(8 << 20).withTime(Duration.ofSeconds(30));
  private static final Duration QUOTA = Duration.ofMinutes(15);
  private static final Duration USUAL = Duration.ofSeconds(5);
  private static final long LONGEST_MILLIS = 600_000;

  private @Nullable String page;

  YoutubeChat(Needs needs) {
    super(needs);
  }

  @Override
  void listen() throws IOException, InterruptedException {
    boolean first = true;
    while (true) {
      JsonNode answer = ask();
      if (first) {
        connected();
        first = false;
      }
      take(answer.path("items"));
      page = answer.path("nextPageToken").asText(page);
      if (answer.path("offlineAt").isTextual()) {
        throw new Refused("The live chat has ended");
      }
      pause(
          Duration.ofMillis(
              Math.max(
                  0,
                  Math.min(
                      LONGEST_MILLIS,
                      answer.path("pollingIntervalMillis").asLong(USUAL.toMillis())))));
    }
  }

  private JsonNode ask() throws IOException {
    String token = needs.plan().token();
    boolean bearer = token.startsWith("ya29.");
    String url =
        needs.plan().url()
            + "/youtube/v3/liveChat/messages?part=id,snippet,authorDetails&maxResults=2000"
            + "&liveChatId="
            + encoded(needs.plan().option("live_chat_id", ""))
            + (page == null ? "" : "&pageToken=" + encoded(page));
    Map<String, String> headers =
        bearer
            ? Map.of("Authorization", "Bearer " + token)
            // In a header, so that it stands in no log of addresses.
            : Map.of("X-Goog-Api-Key", token);
    Fetcher.Answer answer =
        needs.fetcher().send(new Fetcher.Request("GET", URI.create(url), headers, null), LIMITS);
    JsonNode body = json(new String(answer.body(), StandardCharsets.UTF_8));
    String reason =
        body == null ? "" : body.path("error").path("errors").path(0).path("reason").asText();
    switch (answer.status()) {
      case 200 -> {
        if (body == null) {
          throw new IOException("YouTube's answer is no JSON");
        }
        return body;
      }
      case 401 -> throw new Refused("YouTube refuses the token");
      case 403 -> {
        if (reason.equals("quotaExceeded") || reason.equals("rateLimitExceeded")) {
          throw new ComeAgain(
              "YouTube: " + reason,
              Answers.retryAfter(
                  answer.headers(),
                  needs.clock(),
                  reason.equals("quotaExceeded") ? QUOTA : Duration.ofMinutes(1)));
        }
        throw new Refused("YouTube: " + cut(reason.isEmpty() ? "forbidden" : reason, 100));
      }
      case 404 -> throw new Refused("YouTube does not know this live chat");
      case 400 -> {
        if (page != null) {
          // A page that is too old: begin anew, what is known already is dropped by the feed.
          page = null;
          throw new IOException("YouTube does not know the page any more");
        }
        throw new Refused("YouTube: " + cut(reason.isEmpty() ? "bad request" : reason, 100));
      }
      case 429 ->
          throw new ComeAgain(
              "YouTube: too many requests",
              Answers.retryAfter(answer.headers(), needs.clock(), Duration.ofMinutes(1)));
      default -> throw new IOException("YouTube answered with status " + answer.status());
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void take(JsonNode items) {
    List<Message> messages = new ArrayList<>();
    List<PlatformEvent> events = new ArrayList<>();
    String chat = needs.plan().option("live_chat_id", "");
    for (JsonNode item : items) {
      JsonNode snippet = item.path("snippet");
      JsonNode author = item.path("authorDetails");
      String id = item.path("id").asText();
      String user = author.path("channelId").asText();
      if (id.isEmpty() || user.isEmpty()) {
        continue;
      }
      Instant at = time(snippet.path("publishedAt").asText(""));
      String type = snippet.path("type").asText();
      String name = cut(author.path("displayName").asText(""), 200);
      switch (type) {
        case "superChatEvent", "superStickerEvent" -> {
          JsonNode detail =
              snippet.path(
                  type.equals("superChatEvent") ? "superChatDetails" : "superStickerDetails");
          Map<String, Object> data = data(name, chat);
          data.put("amount_micros", detail.path("amountMicros").asLong());
          data.put("currency", cut(detail.path("currency").asText(""), 10));
          events.add(event(id, PlatformEvent.Type.CHEER, data, at));
        }
        case "newSponsorEvent", "memberMilestoneChatEvent" -> {
          Map<String, Object> data = data(name, chat);
          JsonNode months = snippet.path("memberMilestoneChatDetails").path("memberMonth");
          if (months.isIntegralNumber()) {
            data.put("months", months.asLong());
          }
          events.add(event(id, PlatformEvent.Type.SUBSCRIPTION, data, at));
        }
        default -> {}
      }
      String text = snippet.path("displayMessage").asText("");
      if (!text.isEmpty() && !text.equals("null")) {
        boolean owner = author.path("isChatOwner").asBoolean(false);
        boolean moderator = author.path("isChatModerator").asBoolean(false);
        messages.add(
            Message.of(
                Platform.YOUTUBE,
                cut(id, 128),
                new Message.Channel(cut(chat, 128), ""),
                new Message.Author(
                    cut(user, 128),
                    name,
                    owner
                        ? "owner"
                        : moderator
                            ? "moderator"
                            : author.path("isChatSponsor").asBoolean(false) ? "sponsor" : "member",
                    owner || moderator),
                cut(text, Message.LONGEST_TEXT),
                at));
      }
    }
    heard(messages);
    happened(events);
  }

  private static Map<String, Object> data(String name, String chat) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("user", name);
    data.put("channel", cut(chat, 128));
    return data;
  }

  private static PlatformEvent event(
      String id, PlatformEvent.Type type, Map<String, Object> data, Instant at) {
    return new PlatformEvent(Platform.YOUTUBE, cut(id, 128), type, data, at);
  }
}

package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.WavestackClient;
import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.contract.wavestack.ConnectorsApi;
import dev.spanda.contract.wavestack.SocialApi;
import dev.spanda.contract.wavestack.StreamSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapters Social Ingest, Analytics Dashboard and WebSocket, as the document writes them. */
class SocialDocumentTest {

  private static final String MESSAGES =
      "{\"messages\":[{\"id\":\"msg_123\",\"platform\":\"discord\",\"channel\":{\"id\":\"123456789\","
          + "\"name\":\"general\"},\"author\":{\"id\":\"987654321\",\"name\":\"CoolUser\",\"role\":\"member\",\"isMod\":false},\"text\":\"This"
          + " stream is awesome!\",\"ts\":\"2026-01-15T10:30:00Z\",\"meta\":{\"hasEmotes\":true,"
          + "\"mentionsCreator\":false}}],\"total\":1234,\"hasMore\":true}";
  private static final String EVENTS =
      "{\"events\":[{\"id\":\"evt_123\",\"platform\":\"twitch\",\"type\":\"subscription\","
          + "\"data\":{\"user\":\"CoolViewer\",\"tier\":\"tier1\",\"months\":3},"
          + "\"ts\":\"2026-01-15T10:00:00Z\"}]}";
  private static final String USER =
      "{\"user_id\":\"user_123\",\"platforms\":{\"discord\":{\"message_count\":542,"
          + "\"first_seen\":\"2025-06-01T00:00:00Z\",\"last_active\":\"2026-01-15T10:00:00Z\","
          + "\"engagement_score\":87},\"twitch\":{\"message_count\":156,"
          + "\"first_seen\":\"2025-08-15T00:00:00Z\",\"last_active\":\"2026-01-14T22:00:00Z\","
          + "\"engagement_score\":72}},\"total_messages\":698,\"activity_pattern\":{"
          + "\"peak_hour\":20,\"peak_day\":\"Saturday\",\"avg_messages_per_day\":12.5}}";
  private static final String FOUND =
      "{\"results\":[{\"id\":\"msg_123\",\"text\":\"This stream is awesome!\","
          + "\"author\":\"CoolUser\",\"platform\":\"discord\",\"ts\":\"2026-01-15T10:30:00Z\","
          + "\"relevance\":0.95}],\"total\":23}";
  private static final String BOARD =
      "{\"leaderboard\":[{\"rank\":1,\"user_id\":\"user_123\",\"username\":\"TopChatter\","
          + "\"value\":5420,\"metric\":\"messages\"}]}";
  private static final String OVERVIEW =
      "{\"period\":\"7d\",\"metrics\":{\"total_views\":125000,\"total_engagement\":8500,"
          + "\"new_followers\":342,\"watch_time_hours\":4200.0,\"top_platform\":\"youtube\"},"
          + "\"growth\":{\"views\":15.2,\"engagement\":8.7,\"followers\":12.1}}";
  private static final String CONTENT =
      "{\"content\":[{\"id\":\"content_123\",\"title\":\"Epic Gaming Montage\","
          + "\"platform\":\"youtube\",\"views\":45000,\"engagement_rate\":8.5,"
          + "\"published_at\":\"2026-01-10T12:00:00Z\"}]}";
  private static final String SUBSCRIBE =
      "{\"action\":\"subscribe\",\"platforms\":[\"discord\",\"twitch\"],"
          + "\"channels\":[\"channel_123\"]}";
  private static final String MESSAGE_EVENT =
      "{\"type\":\"message\",\"data\":{\"id\":\"msg_123\",\"platform\":\"discord\","
          + "\"author\":\"CoolUser\",\"text\":\"Hello!\",\"ts\":\"2026-01-15T10:00:00Z\"}}";

  @TempDir static Path folder;
  private static WavestackServer server;
  private static WavestackClient client;

  @BeforeAll
  static void start() {
    server = WavestackServer.in(folder);
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theExamplesLoseNothing() throws Exception {
    Map<String, Class<?>> examples =
        Map.of(
            MESSAGES, SocialApi.Messages.class,
            EVENTS, SocialApi.Events.class,
            USER, SocialApi.UserAnalytics.class,
            FOUND, SocialApi.Found.class,
            BOARD, SocialApi.Leaderboard.class,
            OVERVIEW, AnalyticsApi.Overview.class,
            CONTENT, AnalyticsApi.Contents.class,
            SUBSCRIBE, StreamSocket.FromClient.class,
            MESSAGE_EVENT, StreamSocket.FromServer.class);
    for (Map.Entry<String, Class<?>> example : examples.entrySet()) {
      Object read = WireJson.mapper().readValue(example.getKey(), example.getValue());
      String written = WireJson.mapper().writerFor(example.getValue()).writeValueAsString(read);
      assertThat(WireJson.mapper().readTree(written))
          .isEqualTo(WireJson.mapper().readTree(example.getKey()));
    }
  }

  private static JsonNode get(String mount, String path) throws Exception {
    HttpResponse<String> answer =
        server.send(server.base(mount), WavestackServer.CREDENTIALS, "GET", path, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return WireJson.mapper().readTree(answer.body());
  }

  private static SocialApi.NewMessage message(
      String id, String platform, String channel, String user, String text, Instant at) {
    return new SocialApi.NewMessage(
        id,
        platform,
        new SocialApi.Channel(channel, "general"),
        new SocialApi.Author(user, "name of " + user, null, null),
        text,
        at,
        null);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Test
  void whatIsTakenIsAnsweredByEveryRoute() throws Exception {
    Instant at = now().minusSeconds(60);
    client.social().setCreators(new SocialApi.Creators(List.of("streamer_doc")));
    List<SocialApi.NewMessage> some = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      some.add(
          message(
              "doc_" + i,
              i % 3 == 0 ? "twitch" : "discord",
              "channel_doc",
              "user_doc" + i % 2,
              i == 7 ? "@streamer_doc zanzibar 🎉" : "number " + i,
              at.plusMillis(i)));
    }
    assertThat(client.social().take(some)).isEqualTo(new SocialApi.Taken(120, 0, 0));
    assertThat(client.social().take(some)).isEqualTo(new SocialApi.Taken(0, 120, 0));
    JsonNode page =
        get(
            "wavestack-social",
            "/api/v1/messages?platform=discord&channel_id=channel_doc&limit=50");
    assertThat(page.path("messages")).hasSize(50);
    assertThat(page.path("total").asInt()).isEqualTo(80);
    assertThat(page.path("hasMore").asBoolean()).isTrue();
    assertThat(page.at("/messages/0/id").asText()).isEqualTo("doc_119");
    assertThat(page.at("/messages/0/author/role").asText()).isEqualTo("member");
    SocialApi.Messages rest =
        client
            .social()
            .messages("discord", "channel_doc", null, null, null, 100, page.path("next").asText());
    assertThat(rest.messages()).hasSize(30);
    assertThat(rest.hasMore()).isFalse();
    SocialApi.Messages window =
        client.social().messages(null, null, "user_doc1", at, at.plusMillis(10), null, null);
    assertThat(window.messages())
        .extracting(SocialApi.Message::id)
        .containsExactly("doc_9", "doc_7", "doc_5", "doc_3", "doc_1");
    assertThat(window.messages().get(1).meta()).isEqualTo(new SocialApi.Meta(true, true));

    JsonNode found = get("wavestack-social", "/api/v1/search?q=ZANZIBAR&platform=discord");
    assertThat(found.path("total").asInt()).isEqualTo(1);
    assertThat(found.at("/results/0/id").asText()).isEqualTo("doc_7");
    assertThat(found.at("/results/0/relevance").asDouble()).isBetween(0.5, 1.0);

    JsonNode user = get("wavestack-social", "/api/v1/analytics/user/user_doc0");
    assertThat(user.path("total_messages").asInt()).isEqualTo(60);
    assertThat(user.at("/platforms/twitch/message_count").asInt()).isEqualTo(20);
    assertThat(user.at("/platforms/discord/first_seen").asText())
        .isEqualTo(at.plusMillis(2).toString());
    assertThat(user.at("/activity_pattern/peak_day").asText()).endsWith("day");
    assertThat(client.social().channel("channel_doc").platforms().get("discord").uniqueUsers())
        .isEqualTo(2);

    SocialApi.Leaderboard board = client.social().leaderboard("discord", "messages", 100);
    assertThat(board.leaderboard())
        .filteredOn(row -> row.userId().startsWith("user_doc"))
        .extracting(SocialApi.Standing::value)
        .containsExactly(40L, 40L);
  }

  @Test
  void messagesComeOneALineAndOneAlone() throws Exception {
    String one =
        WireJson.mapper()
            .writeValueAsString(message("line_1", "youtube", "c", "u", "alone", now()));
    HttpResponse<String> alone =
        server.send(
            server.base("wavestack-social"),
            WavestackServer.CREDENTIALS,
            "POST",
            "/api/v1/messages",
            one);
    assertThat(alone.statusCode()).isEqualTo(201);
    HttpResponse<String> lines = lines(one + "\r\n\n" + one.replace("line_1", "line_2") + "\n");
    assertThat(lines.body()).isEqualTo("{\"stored\":1,\"duplicates\":1,\"expired\":0}");
    HttpResponse<String> broken = lines(one + "\n{\"id\":");
    assertThat(broken.statusCode()).isEqualTo(400);
    HttpResponse<String> wrong =
        lines(one.replace("line_1", "line_3") + "\n" + one.replace("youtube", "myspace"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    JsonNode details = WireJson.mapper().readTree(wrong.body()).at("/error/details");
    assertThat(details.path("field").asText()).isEqualTo("platform");
    assertThat(details.path("index").asInt()).isEqualTo(1);
    assertThat(details.path("provided_value").asText()).isEqualTo("myspace");
    assertThat(details.path("allowed_values")).hasSize(4);
    // All or nothing.
    assertThat(lines(one.replace("line_1", "line_3")).body()).contains("\"stored\":1");
  }

  private static HttpResponse<String> lines(String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.base("wavestack-social") + "/api/v1/messages"))
                .header("Content-Type", "application/x-ndjson")
                .header("Authorization", "Bearer " + WavestackServer.KEY)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void eventsAreTakenOnceAndFiltered() {
    SocialApi.NewEvent event =
        new SocialApi.NewEvent(
            "evt_doc",
            "twitch",
            "subscription",
            Map.of("user", "CoolViewer", "tier", "tier1", "months", 3),
            now());
    assertThat(client.social().record(List.of(event, event)))
        .isEqualTo(new SocialApi.Taken(1, 1, 0));
    assertThat(client.social().events("twitch", "subscription").events())
        .anySatisfy(
            each -> {
              assertThat(each.id()).isEqualTo("evt_doc");
              assertThat(each.data()).containsEntry("months", 3);
            });
    assertThat(client.social().events("youtube", "raid").events()).isEmpty();
  }

  @Test
  void theSocketTellsWhatPassesTheFilters() throws Exception {
    BlockingQueue<StreamSocket.FromServer> heard = new LinkedBlockingQueue<>();
    SocketListener<StreamSocket.FromServer> listener = heard::add;
    try (LiveSocket<StreamSocket.FromServer, StreamSocket.FromClient> socket =
        client.messages(listener)) {
      socket.send(new StreamSocket.Subscribe(List.of("discord", "twitch"), List.of("channel_ws")));
      assertThat(next(heard))
          .isEqualTo(
              new StreamSocket.Subscribed(List.of("discord", "twitch"), List.of("channel_ws")));
      Instant at = now();
      client
          .social()
          .take(
              List.of(
                  message("ws_1", "youtube", "channel_ws", "u", "no", at),
                  message("ws_2", "discord", "elsewhere", "u", "no", at),
                  message("ws_3", "discord", "channel_ws", "u", "Hello!", at)));
      // The same again, and another organisation's, are no news.
      client.social().take(List.of(message("ws_3", "discord", "channel_ws", "u", "Hello!", at)));
      client.social().take(List.of(message("ws_4", "twitch", "channel_ws", "u", "two", at)));
      assertThat(next(heard))
          .isEqualTo(
              new StreamSocket.MessageEvent(
                  new StreamSocket.Data(
                      "ws_3", "discord", "name of u", "Hello!", at, "channel_ws", "u")));
      assertThat(((StreamSocket.MessageEvent) next(heard)).data().id()).isEqualTo("ws_4");
      socket.send(new StreamSocket.Subscribe(List.of("myspace"), null));
      StreamSocket.Problem problem = (StreamSocket.Problem) next(heard);
      assertThat(problem.error().code()).isEqualTo("VALIDATION_ERROR");
      assertThat(problem.error().details()).containsEntry("field", "platform");
      socket.send(new StreamSocket.Unsubscribe());
      assertThat(next(heard)).isEqualTo(new StreamSocket.Unsubscribed());
      client.social().take(List.of(message("ws_5", "twitch", "channel_ws", "u", "x", at)));
      socket.send(new StreamSocket.Ping());
      assertThat(next(heard)).isEqualTo(new StreamSocket.Pong());
    }
  }

  private static StreamSocket.FromServer next(BlockingQueue<StreamSocket.FromServer> heard)
      throws InterruptedException {
    StreamSocket.FromServer next = heard.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void wrongInputIsNamedWithWhatIsAllowed() throws Exception {
    Map<String, String> wrong =
        Map.ofEntries(
            Map.entry("/api/v1/messages?platform=myspace", "platform"),
            Map.entry("/api/v1/messages?limit=101", "limit"),
            Map.entry("/api/v1/messages?limit=0", "limit"),
            Map.entry("/api/v1/messages?limit=many", "limit"),
            Map.entry("/api/v1/messages?since=yesterday", "since"),
            Map.entry("/api/v1/messages?until=1", "until"),
            Map.entry(
                "/api/v1/messages?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "since"),
            Map.entry("/api/v1/messages?cursor=%21", "cursor"),
            Map.entry("/api/v1/events?type=party", "type"),
            Map.entry("/api/v1/events?platform=icq", "platform"),
            Map.entry("/api/v1/search", "q"),
            Map.entry("/api/v1/search?q=%21%21", "q"),
            Map.entry("/api/v1/leaderboard?metric=beauty", "metric"),
            Map.entry("/api/v1/leaderboard?limit=1000", "limit"));
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      HttpResponse<String> answer =
          server.send(
              server.base("wavestack-social"),
              WavestackServer.CREDENTIALS,
              "GET",
              each.getKey(),
              null);
      assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(400);
      JsonNode error = WireJson.mapper().readTree(answer.body()).path("error");
      assertThat(error.path("code").asText()).isEqualTo("VALIDATION_ERROR");
      assertThat(error.at("/details/field").asText()).as(each.getKey()).isEqualTo(each.getValue());
      assertThat(error.at("/details/constraint").asText()).isNotEmpty();
    }
    Map<String, String> analytics =
        Map.of(
            "/api/v1/overview?period=1y", "period",
            "/api/v1/overview?format=xml", "format",
            "/api/v1/metrics/myspace", "platform",
            "/api/v1/metrics/youtube?tz=Mars", "tz",
            "/api/v1/content?sort=beauty", "sort",
            "/api/v1/content?limit=0", "limit");
    for (Map.Entry<String, String> each : analytics.entrySet()) {
      HttpResponse<String> answer =
          server.send(
              server.base("wavestack-analytics"),
              WavestackServer.CREDENTIALS,
              "GET",
              each.getKey(),
              null);
      assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(400);
      assertThat(WireJson.mapper().readTree(answer.body()).at("/error/details/field").asText())
          .isEqualTo(each.getValue());
    }
    assertThatThrownBy(() -> client.social().user("nobody"))
        .isInstanceOfSatisfying(
            ApiException.class, problem -> assertThat(problem.status()).isEqualTo(404));
  }

  @Test
  void anotherOrganisationSeesNothing() throws Exception {
    client
        .social()
        .take(List.of(message("tenant_1", "discord", "c", "user_tenant", "xylophone", now())));
    HttpResponse<String> foreign =
        server.send(
            server.base("wavestack-social"),
            Map.of("Authorization", "Bearer " + WavestackServer.KEY, "X-Org-Id", "org_other"),
            "GET",
            "/api/v1/search?q=xylophone",
            null);
    assertThat(foreign.statusCode()).isEqualTo(403);
  }

  @Test
  void analyticsSumWhatWasRecordedAndHeard() throws Exception {
    Instant at = now().minusSeconds(3_600);
    long before = client.analytics().metrics("twitter", "7d", null, null).metrics().engagement();
    assertThat(
            client
                .analytics()
                .published(
                    "content_doc", new AnalyticsApi.NewContent("Epic, \"Gaming\"", "twitter", at)))
        .extracting(AnalyticsApi.ContentRow::views)
        .isEqualTo(0L);
    assertThat(
            client
                .analytics()
                .record(
                    List.of(
                        fact("fact_1", "views", 200),
                        fact("fact_2", "engagement", 17),
                        fact("fact_3", "watch_seconds", 5_400),
                        fact("fact_4", "followers", 3))))
        .isEqualTo(new AnalyticsApi.Recorded(4, 0));
    client.social().take(List.of(message("heard_1", "twitter", "c", "u", "a reply", at)));
    AnalyticsApi.PlatformMetrics metrics =
        client.analytics().metrics("twitter", "7d", "Asia/Tokyo", null);
    assertThat(metrics.metrics().views()).isEqualTo(200);
    assertThat(metrics.metrics().engagement()).isEqualTo(before + 18);
    assertThat(metrics.metrics().newFollowers()).isEqualTo(3);
    assertThat(metrics.metrics().watchTimeHours()).isEqualTo(1.5);
    assertThat(metrics.days()).hasSizeBetween(7, 8);
    assertThat(metrics.growth().views()).isNull();
    JsonNode raw = get("wavestack-analytics", "/api/v1/metrics/twitter?period=7d");
    assertThat(raw.path("growth").has("views")).isTrue();
    assertThat(raw.at("/growth/views").isNull()).isTrue();
    AnalyticsApi.Overview overview = client.analytics().overview("7d");
    assertThat(overview.metrics().totalViews()).isGreaterThanOrEqualTo(200);
    AnalyticsApi.ContentRow row =
        client.analytics().content("views", 100, "twitter", "24h", null).content().get(0);
    assertThat(row.id()).isEqualTo("content_doc");
    assertThat(row.engagementRate()).isEqualTo(8.5);
    for (Map<String, String> headers :
        List.of(Map.of("Accept", "text/csv"), Map.<String, String>of())) {
      HttpResponse<String> csv =
          server.send(
              server.base("wavestack-analytics"),
              headers,
              "GET",
              "/api/v1/content?platform=twitter" + (headers.isEmpty() ? "&format=csv" : ""),
              null);
      assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
      assertThat(csv.body())
          .isEqualTo(
              "id,title,platform,views,engagement_rate,published_at,engagement,watch_time_hours\r\n"
                  + "content_doc,\"Epic, \"\"Gaming\"\"\",twitter,200,8.5,"
                  + at
                  + ",17,1.5\r\n");
    }
  }

  private static AnalyticsApi.NewFact fact(String id, String kind, long amount) {
    return new AnalyticsApi.NewFact(
        id, "twitter", kind, amount, null, "content_doc", now().minusSeconds(60));
  }

  @Test
  void connectorsAreKeptWithoutTellingTheToken() {
    ConnectorsApi.Settings settings =
        new ConnectorsApi.Settings(
            "secret-token", Map.of("url", "https://127.0.0.1:1", "live_chat_id", "chat"));
    assertThat(client.connectors().put("youtube", settings).connector()).isEqualTo("youtube");
    assertThat(client.connectors().list().toString()).contains("chat").doesNotContain("secret");
    assertThat(client.connectors().delete("youtube").deleted()).isTrue();
    assertThat(client.connectors().list().connectors()).isEmpty();
    assertThatThrownBy(() -> client.connectors().delete("youtube"))
        .isInstanceOfSatisfying(
            ApiException.class, problem -> assertThat(problem.status()).isEqualTo(404));
    assertThatThrownBy(() -> client.connectors().put("icq", settings))
        .isInstanceOfSatisfying(
            ApiException.class, problem -> assertThat(problem.status()).isEqualTo(400));
    assertThatThrownBy(
            () -> client.connectors().put("twitch", new ConnectorsApi.Settings("x", Map.of())))
        .isInstanceOfSatisfying(
            ApiException.class,
            problem -> assertThat(problem.getMessage()).contains("is required"));
  }
}

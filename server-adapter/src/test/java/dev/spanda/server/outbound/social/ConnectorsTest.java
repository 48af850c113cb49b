package dev.spanda.server.outbound.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.social.FeedQuery;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.server.outbound.Fetcher;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connectors against local servers that speak the platforms' protocols, faults included. */
class ConnectorsTest {

  private static final String ORG = "org_123";
  private static final String NOW = "2026-01-15T10:00:00Z";

  /** A connection as the platform sees it. */
  private record Peer(int number, String path, WebSocket socket, BlockingQueue<String> received) {
    String next() throws InterruptedException {
      String text = received.poll(20, TimeUnit.SECONDS);
      assertThat(text).as("what the connector says").isNotNull();
      return text;
    }

    /** Skips heartbeats. */
    String nextBut(String skipped) throws InterruptedException {
      String text = next();
      while (text.contains(skipped)) {
        text = next();
      }
      return text;
    }
  }

  private final MockWebServer server = new MockWebServer();
  private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
  private final Map<String, Function<RecordedRequest, MockResponse>> routes = new LinkedHashMap<>();
  private final BlockingQueue<RecordedRequest> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Store store;
  private SocialFeed feed;
  private Fetcher fetcher;
  private Connectors connectors;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          private int count;

          @Override
          public synchronized MockResponse dispatch(RecordedRequest request) {
            String path = request.getTarget();
            if ("websocket".equalsIgnoreCase(request.getHeaders().get("Upgrade"))) {
              return new MockResponse.Builder().webSocketUpgrade(new Side(count++, path)).build();
            }
            requests.add(request);
            return routes.entrySet().stream()
                .filter(route -> path.startsWith(route.getKey()))
                .findFirst()
                .map(route -> route.getValue().apply(request))
                .orElse(new MockResponse.Builder().code(404).build());
          }
        });
    server.start();
    store = Store.open(StoreLocation.memory());
    EventBus bus = new EventBus();
    feed = new SocialFeed(store, Clock.systemUTC(), bus, SocialFeed.Settings.DEFAULT);
    bus.subscribe(
        SocialFeed.Heard.class, event -> event.messages().forEach(each -> heard.add(each.id())));
    bus.subscribe(
        SocialFeed.Happened.class,
        event -> event.events().forEach(each -> heard.add(each.type().word() + " " + each.id())));
    fetcher = new Fetcher(Set.of("127.0.0.1", "localhost"), null);
    connectors =
        new Connectors(
            fetcher,
            new Connectors.Sink() {
              @Override
              public void messages(String organisation, List<Message> messages) {
                feed.take(organisation, messages).join();
              }

              @Override
              public void events(String organisation, List<PlatformEvent> events) {
                feed.record(organisation, events);
              }
            },
            Clock.systemUTC(),
            new Random(1),
            new Connectors.Pauses(Duration.ofMillis(5), Duration.ofMillis(40)));
  }

  @AfterEach
  void stop() throws IOException {
    connectors.close();
    feed.close();
    store.close();
    fetcher.close();
    server.close();
  }

  private final class Side extends WebSocketListener {
    private final int number;
    private final String path;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    Side(int number, String path) {
      this.number = number;
      this.path = path;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
      peers.add(new Peer(number, path, socket, received));
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      received.add(text);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      socket.close(1000, null);
    }
  }

  private Peer peer() throws InterruptedException {
    Peer peer = peers.poll(20, TimeUnit.SECONDS);
    assertThat(peer).as("a connection").isNotNull();
    return peer;
  }

  private String heard() throws InterruptedException {
    String id = heard.poll(20, TimeUnit.SECONDS);
    assertThat(id).as("something heard").isNotNull();
    return id;
  }

  private String ws(String path) {
    return "ws://127.0.0.1:" + server.getPort() + path;
  }

  private String http() {
    return "http://127.0.0.1:" + server.getPort();
  }

  private void start(Connectors.Kind kind, Map<String, String> options) {
    connectors.start(ORG, new Connectors.Plan(kind, "the-token", options));
  }

  /** Waits until the connector is refused: it then has no thread that could try again. */
  private Connectors.Status refused(Connectors.Kind kind) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Connectors.Status status = connectors.status(ORG, kind);
    while (status.state() != Connectors.State.REFUSED && System.nanoTime() < end) {
      Thread.onSpinWait();
      status = connectors.status(ORG, kind);
    }
    assertThat(status.state()).isEqualTo(Connectors.State.REFUSED);
    return status;
  }

  private static String hello(int everyMillis) {
    return "{\"op\":10,\"d\":{\"heartbeat_interval\":" + everyMillis + "}}";
  }

  private static String created(int sequence, String id, String text) {
    return "{\"op\":0,\"s\":"
        + sequence
        + ",\"t\":\"MESSAGE_CREATE\",\"d\":{\"id\":\""
        + id
        + "\",\"channel_id\":\"c1\",\"content\":\""
        + text
        + "\",\"timestamp\":\""
        + NOW
        + "\",\"mentions\":[],\"author\":{\"id\":\"u1\",\"username\":\"ann\",\"global_name\":null}}}";
  }

  private String ready(int sequence) {
    return "{\"op\":0,\"s\":"
        + sequence
        + ",\"t\":\"READY\",\"d\":{\"session_id\":\"s1\",\"resume_gateway_url\":\""
        + ws("/resume")
        + "\"}}";
  }

  @Test
  void discordIdentifiesThenResumesAndHearsEachMessageOnce() throws Exception {
    Relay relay = new Relay(server.getPort());
    start(Connectors.Kind.DISCORD, Map.of("url", "ws://127.0.0.1:" + relay.port() + "/gateway"));
    Peer first = peer();
    assertThat(first.path()).isEqualTo("/gateway/?v=10&encoding=json");
    first.socket().send(hello(40_000));
    assertThat(first.next()).contains("\"op\":2").contains("\"token\":\"the-token\"");
    first.socket().send(ready(1));
    first
        .socket()
        .send(
            "{\"op\":0,\"s\":2,\"t\":\"GUILD_CREATE\",\"d\":{\"channels\":[{\"id\":\"c1\","
                + "\"name\":\"general\"}]}}");
    first.socket().send("this is garbage {");
    first.socket().send("[1,2]");
    first.socket().send(created(3, "m1", "one"));
    assertThat(heard()).isEqualTo("m1");
    // The connection breaks without a word; the platform sends the last message again.
    relay.drop();
    Peer second = peer();
    assertThat(second.path()).startsWith("/resume");
    second.socket().send(hello(40_000));
    assertThat(second.next())
        .contains("\"op\":6")
        .contains("\"session_id\":\"s1\"")
        .contains("\"seq\":3");
    second.socket().send(created(3, "m1", "one"));
    second.socket().send(created(4, "m2", "two"));
    second.socket().send("{\"op\":0,\"s\":5,\"t\":\"RESUMED\",\"d\":{}}");
    assertThat(heard()).isEqualTo("m2");
    // The session is gone: a new one is begun.
    second.socket().send("{\"op\":9,\"d\":false}");
    Peer third = peer();
    assertThat(third.path()).startsWith("/gateway");
    third.socket().send(hello(40_000));
    assertThat(third.next()).contains("\"op\":2");
    third.socket().send(ready(1));
    third.socket().send(created(2, "m3", "three"));
    assertThat(heard()).isEqualTo("m3");
    // It asks for a new connection.
    third.socket().send("{\"op\":7,\"d\":null}");
    Peer fourth = peer();
    fourth.socket().send(hello(40_000));
    assertThat(fourth.next()).contains("\"op\":6");
    // And it refuses the token for good.
    fourth.socket().close(4004, "Authentication failed.");
    assertThat(refused(Connectors.Kind.DISCORD).problem()).hasValue("Discord closed with 4004");
    assertThat(peers).isEmpty();
    relay.close();
    List<Message> messages = feed.messages(ORG, FeedQuery.Messages.ALL).items();
    assertThat(messages).extracting(Message::id).containsExactly("m3", "m2", "m1");
    assertThat(messages).allMatch(each -> each.channel().name().equals("general"));
    assertThat(messages).allMatch(each -> each.author().name().equals("ann"));
  }

  @Test
  void discordWithoutAnAnswerToItsHeartbeatIsLeft() throws Exception {
    start(Connectors.Kind.DISCORD, Map.of("url", ws("/gateway")));
    Peer first = peer();
    first.socket().send(hello(60));
    assertThat(first.next()).contains("\"op\":2");
    first.socket().send(ready(1));
    assertThat(first.next()).isEqualTo("{\"op\":1,\"d\":1}");
    first.socket().send("{\"op\":11}");
    assertThat(first.next()).isEqualTo("{\"op\":1,\"d\":1}");
    // This one stays without an answer.
    Peer second = peer();
    second.socket().send(hello(40_000));
    assertThat(second.nextBut("\"op\":1,")).contains("\"op\":6");
  }

  private static String privmsg(String id, String text) {
    return "@badges=moderator/1;display-name=Bob;emotes=25:0-4;id="
        + id
        + ";mod=1;tmi-sent-ts=1768471200000;user-id=77 :bob!bob@bob.tmi.twitch.tv PRIVMSG #chan :"
        + text
        + "\r\n";
  }

  @Test
  void twitchChatAnswersPingsComesBackAndTellsEvents() throws Exception {
    start(
        Connectors.Kind.TWITCH,
        Map.of("url", ws("/irc"), "login", "Listener", "channels", "Chan, #other"));
    Peer first = peer();
    assertThat(first.next()).isEqualTo("CAP REQ :twitch.tv/tags twitch.tv/commands");
    assertThat(first.next()).isEqualTo("PASS oauth:the-token");
    assertThat(first.next()).isEqualTo("NICK listener");
    assertThat(first.next()).isEqualTo("JOIN #chan,#other");
    first.socket().send(":tmi.twitch.tv 001 listener :Welcome, GLHF!\r\n");
    first.socket().send("PING :tmi.twitch.tv\r\n");
    assertThat(first.next()).isEqualTo("PONG :tmi.twitch.tv");
    first
        .socket()
        .send(
            "@@@ ; garbage\r\n:\r\n\r\n" + privmsg("t1", "Kappa hi @you") + privmsg("t1", "again"));
    assertThat(heard()).isEqualTo("t1");
    first
        .socket()
        .send(
            privmsg("t2", "take this").replace("@badges", "@bits=100;badges")
                + "@id=n1;msg-id=resub;display-name=Eve;msg-param-cumulative-months=6;msg-param-sub-plan=2000;tmi-sent-ts=1768471200000"
                + " :tmi.twitch.tv USERNOTICE #chan\r\n"
                + "@id=n2;msg-id=raid;display-name=Max;msg-param-viewerCount=15;tmi-sent-ts=1768471200000"
                + " :tmi.twitch.tv USERNOTICE #chan\r\n");
    assertThat(heard()).isEqualTo("t2");
    assertThat(heard()).isEqualTo("cheer t2");
    assertThat(heard()).isEqualTo("subscription n1");
    assertThat(heard()).isEqualTo("raid n2");
    first.socket().send(":tmi.twitch.tv RECONNECT\r\n");
    Peer second = peer();
    second.next();
    second.socket().send(":tmi.twitch.tv 001 listener :Welcome, GLHF!\r\n" + privmsg("t3", "x"));
    assertThat(heard()).isEqualTo("t3");
    second.socket().send(":tmi.twitch.tv NOTICE * :Login authentication failed\r\n");
    refused(Connectors.Kind.TWITCH);
    Message message =
        feed.messages(ORG, FeedQuery.Messages.ALL).items().stream()
            .filter(each -> each.id().equals("t1"))
            .findFirst()
            .orElseThrow();
    assertThat(message.author()).isEqualTo(new Message.Author("77", "Bob", "moderator", true));
    assertThat(message.emotes()).isEqualTo(1);
    PlatformEvent resub =
        feed.events(
                ORG, new FeedQuery.Events(null, PlatformEvent.Type.SUBSCRIPTION, null, null, 10))
            .items()
            .get(0);
    assertThat(resub.data())
        .containsEntry("user", "Eve")
        .containsEntry("tier", "tier2")
        .containsEntry("months", 6L);
  }

  private static String eventSub(String type, String id, String payload) {
    return "{\"metadata\":{\"message_id\":\""
        + id
        + "\",\"message_type\":\""
        + type
        + "\",\"message_timestamp\":\""
        + NOW
        + "\",\"subscription_type\":\"channel.follow\"},\"payload\":"
        + payload
        + "}";
  }

  private static final String FOLLOW =
      "{\"event\":{\"user_name\":\"Fan\",\"broadcaster_user_login\":\"chan\"}}";

  private static String welcome(String session) {
    return eventSub(
        "session_welcome",
        "w" + session,
        "{\"session\":{\"id\":\"" + session + "\",\"keepalive_timeout_seconds\":10}}");
  }

  @Test
  void eventSubMovesWithoutAGapAndDropsWhatComesTwice() throws Exception {
    routes.put(
        "/helix/eventsub/subscriptions", request -> new MockResponse.Builder().code(202).build());
    start(
        Connectors.Kind.TWITCH_EVENTS,
        Map.of(
            "url", ws("/events"), "api_url", http(), "client_id", "cid", "broadcaster_id", "42"));
    Peer first = peer();
    first.socket().send(welcome("one"));
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      RecordedRequest request = requests.poll(20, TimeUnit.SECONDS);
      assertThat(request).isNotNull();
      assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer the-token");
      assertThat(request.getHeaders().get("Client-Id")).isEqualTo("cid");
      topics.add(request.getBody().utf8());
    }
    assertThat(topics).allMatch(body -> body.contains("\"session_id\":\"one\""));
    first.socket().send(eventSub("session_keepalive", "k", "{}"));
    first.socket().send("garbage");
    first.socket().send(eventSub("notification", "f1", FOLLOW));
    first.socket().send(eventSub("notification", "f1", FOLLOW));
    assertThat(heard()).isEqualTo("follow f1");
    first
        .socket()
        .send(
            eventSub(
                "session_reconnect",
                "r",
                "{\"session\":{\"reconnect_url\":\"" + ws("/moved") + "\"}}"));
    Peer second = peer();
    assertThat(second.path()).isEqualTo("/moved");
    // While the new one is not yet welcome the old one still speaks.
    first.socket().send(eventSub("notification", "f2", FOLLOW));
    second.socket().send(welcome("two"));
    second.socket().send(eventSub("notification", "f2", FOLLOW));
    second.socket().send(eventSub("notification", "f3", FOLLOW));
    assertThat(heard()).isEqualTo("follow f2");
    assertThat(heard()).isEqualTo("follow f3");
    // No new subscriptions were asked for.
    assertThat(requests).isEmpty();
    // A break begins anew, with subscriptions.
    second.socket().close(1012, "restart");
    Peer third = peer();
    assertThat(third.path()).isEqualTo("/events");
    third.socket().send(welcome("three"));
    assertThat(requests.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  private static String chat(String id, String page) {
    return "{\"pollingIntervalMillis\":1,\"nextPageToken\":\""
        + page
        + "\",\"items\":[{\"id\":\""
        + id
        + "\",\"snippet\":{\"type\":\"textMessageEvent\",\"publishedAt\":\""
        + NOW
        + "\",\"displayMessage\":\"hello\"},\"authorDetails\":{\"channelId\":\"UC1\","
        + "\"displayName\":\"Cleo\",\"isChatModerator\":true}}]}";
  }

  @Test
  void youtubeGoesOnFromItsPageThroughFaults() throws Exception {
    BlockingQueue<MockResponse> answers = new LinkedBlockingQueue<>();
    answers.add(json(200, chat("y1", "p1")));
    answers.add(json(500, "oops"));
    answers.add(json(429, "{}").newBuilder().addHeader("Retry-After", "0").build());
    answers.add(json(200, "no json"));
    answers.add(json(200, chat("y1", "p2").replace("]}", "," + chat("y2", "").split("\\[", 2)[1])));
    answers.add(json(403, "{\"error\":{\"errors\":[{\"reason\":\"liveChatEnded\"}]}}"));
    routes.put("/youtube/v3/liveChat/messages", request -> answers.remove());
    start(Connectors.Kind.YOUTUBE, Map.of("url", http(), "live_chat_id", "chat 1"));
    assertThat(heard()).isEqualTo("y1");
    assertThat(heard()).isEqualTo("y2");
    assertThat(refused(Connectors.Kind.YOUTUBE).problem()).hasValue("YouTube: liveChatEnded");
    List<String> pages = new ArrayList<>();
    for (RecordedRequest request : requests) {
      assertThat(request.getHeaders().get("X-Goog-Api-Key")).isEqualTo("the-token");
      assertThat(request.getTarget()).contains("liveChatId=chat+1");
      pages.add(request.getTarget().replaceFirst(".*pageToken=", ""));
    }
    assertThat(pages.subList(1, 5)).containsOnly("p1");
    assertThat(pages.get(5)).isEqualTo("p2");
    assertThat(feed.user(ORG, "UC1").messages()).isEqualTo(2);
  }

  private static String tweet(String id) {
    return "{\"data\":{\"id\":\""
        + id
        + "\",\"author_id\":\"9\",\"conversation_id\":\"conv\",\"text\":\"hi\",\"created_at\":\""
        + NOW
        + "\"},\"includes\":{\"users\":[{\"id\":\"9\",\"username\":\"xena\"}]}}";
  }

  @Test
  void theStreamOfXIsReadByLinesAndOpenedAgain() throws Exception {
    BlockingQueue<MockResponse> answers = new LinkedBlockingQueue<>();
    answers.add(
        new MockResponse.Builder()
            .chunkedBody("\r\n" + tweet("x1") + "\r\n\r\n\r\ngarbage\r\n" + tweet("x2") + "\r\n", 7)
            .build());
    answers.add(new MockResponse.Builder().code(429).addHeader("Retry-After", "0").build());
    answers.add(new MockResponse.Builder().code(503).build());
    // The last line breaks off in the middle.
    answers.add(
        new MockResponse.Builder()
            .body(tweet("x2") + "\n" + tweet("x3") + "\n" + tweet("x4").substring(0, 40))
            .build());
    answers.add(new MockResponse.Builder().code(401).build());
    routes.put("/2/tweets/search/stream", request -> answers.remove());
    start(Connectors.Kind.TWITTER, Map.of("url", http()));
    assertThat(heard()).isEqualTo("x1");
    assertThat(heard()).isEqualTo("x2");
    assertThat(heard()).isEqualTo("x3");
    assertThat(refused(Connectors.Kind.TWITTER).problem()).hasValue("X answered with status 401");
    assertThat(answers).isEmpty();
    assertThat(requests)
        .allMatch(request -> "Bearer the-token".equals(request.getHeaders().get("Authorization")));
    assertThat(feed.messages(ORG, FeedQuery.Messages.ALL).total()).isEqualTo(3);
  }

  @Test
  void addressesOfThisNetworkAreRefusedUnlessNamed() throws Exception {
    try (Fetcher guarded = new Fetcher(Set.of(), null);
        Connectors strict =
            new Connectors(
                guarded,
                new Connectors.Sink() {
                  @Override
                  public void messages(String organisation, List<Message> messages) {}

                  @Override
                  public void events(String organisation, List<PlatformEvent> events) {}
                },
                Clock.systemUTC(),
                new Random(1),
                new Connectors.Pauses(Duration.ofMillis(1), Duration.ofMillis(1)))) {
      strict.start(
          ORG, new Connectors.Plan(Connectors.Kind.DISCORD, "t", Map.of("url", ws("/gateway"))));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (strict.status(ORG, Connectors.Kind.DISCORD).problem().isEmpty()
          && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(strict.status(ORG, Connectors.Kind.DISCORD).connections()).isZero();
      assertThat(strict.status(ORG, Connectors.Kind.DISCORD).problem().orElse(""))
          .contains("not public");
      assertThat(peers).isEmpty();
    }
  }

  @Test
  void wrongSettingsAreRefusedByName() {
    BiConsumer<String, Runnable> refuses =
        (subject, call) ->
            assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                    Failure.class, failure -> assertThat(failure.subject()).isEqualTo(subject));
    refuses.accept("token", () -> new Connectors.Plan(Connectors.Kind.TWITTER, "", Map.of()));
    refuses.accept("token", () -> new Connectors.Plan(Connectors.Kind.TWITTER, "a\nb", Map.of()));
    refuses.accept(
        "options",
        () -> new Connectors.Plan(Connectors.Kind.TWITTER, "t", Map.of("channels", "x")));
    refuses.accept(
        "options.live_chat_id", () -> new Connectors.Plan(Connectors.Kind.YOUTUBE, "t", Map.of()));
    refuses.accept(
        "url", () -> new Connectors.Plan(Connectors.Kind.TWITTER, "t", Map.of("url", "file:///x")));
    refuses.accept(
        "options.channels",
        () -> start(Connectors.Kind.TWITCH, Map.of("login", "a", "channels", "a\u0020b")));
    refuses.accept(
        "options.intents", () -> start(Connectors.Kind.DISCORD, Map.of("intents", "all")));
    assertThat(connectors.status(ORG, Connectors.Kind.TWITCH)).isNull();
  }
}

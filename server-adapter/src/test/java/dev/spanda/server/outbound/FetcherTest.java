package dev.spanda.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.text.TextModel;
import dev.spanda.core.webhook.WebhookSender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetcherTest {

  private final MockWebServer server = new MockWebServer();
  private final List<Fetcher> fetchers = new ArrayList<>();
  private int port;

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getByName("0.0.0.0"), 0);
    port = server.getPort();
  }

  @AfterEach
  void stop() {
    fetchers.forEach(Fetcher::close);
    server.close();
  }

  private Fetcher fetcher(String... allowed) {
    Fetcher fetcher = new Fetcher(Set.of(allowed), null);
    fetchers.add(fetcher);
    return fetcher;
  }

  private Fetcher open() {
    return fetcher("127.0.0.1:" + port);
  }

  private URI here(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static void fails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Failure.Reason... reasons) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isIn((Object[]) reasons));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "0x7f000001",
        "0x7f.0.0.1",
        "0x7F.1",
        "127.0.0.1.",
        "0",
        "0.0.0.0",
        "localhost",
        "LOCALHOST",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:0001]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "127.255.255.254"
      })
  void noSpellingOfThisMachineIsReached(String host) {
    fails(
        () -> fetcher().send(Fetcher.Request.get(URI.create("http://" + host + ":" + port + "/"))),
        Failure.Reason.FORBIDDEN,
        Failure.Reason.INVALID,
        Failure.Reason.UNAVAILABLE);
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "2001::1",
        "100::1",
        "2001:db8::1"
      })
  void theseAreNotPublic(String address) throws IOException {
    assertThat(Guard.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00::1"
      })
  void theseArePublic(String address) throws IOException {
    assertThat(Guard.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "jar:http://x!/",
        "/path", "http:///path", "http://user@example.com/", "http://user:pass@example.com/",
        "https://user@127.0.0.1/", "http://a_b/"
      })
  void whatIsNoPlainWebAddressIsInvalid(String address) {
    fails(
        () -> fetcher().send(Fetcher.Request.get(URI.create(address))),
        Failure.Reason.INVALID,
        Failure.Reason.UNAVAILABLE);
  }

  @Test
  void aNameThatLeadsToThisMachineIsDenied() {
    Fetcher fetcher =
        new Fetcher(
            Set.of(),
            null,
            name -> List.of(InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1})));
    fetchers.add(fetcher);
    fails(
        () -> fetcher.send(Fetcher.Request.get(URI.create("http://innocent.example:" + port))),
        Failure.Reason.FORBIDDEN);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aNameThatIsBoundAnewBetweenTwoLookupsIsCheckedAtEachConnection() {
    int[] lookups = {0};
    // 127.0.0.2 stands for a public address: it alone is allowed.
    Fetcher fetcher =
        new Fetcher(
            Set.of("127.0.0.2"),
            null,
            name ->
                List.of(
                    InetAddress.getByAddress(
                        name, new byte[] {127, 0, 0, (byte) (lookups[0]++ == 0 ? 2 : 1)})));
    fetchers.add(fetcher);
    server.enqueue(
        new MockResponse.Builder().addHeader("Connection", "close").body("first").build());
    URI url = URI.create("http://rebound.example:" + port + "/");
    assertThat(fetcher.send(Fetcher.Request.get(url)).status()).isEqualTo(200);
    fails(() -> fetcher.send(Fetcher.Request.get(url)), Failure.Reason.FORBIDDEN);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aRedirectToThisMachineIsDenied() {
    Fetcher fetcher = fetcher("127.0.0.2");
    for (String target :
        new String[] {
          "http://127.0.0.1:" + port + "/secret",
          "//127.0.0.1:" + port + "/secret",
          "http://2130706433:" + port + "/",
          "http://user@127.0.0.2:" + port + "/",
          "ftp://127.0.0.2/",
          "file:///etc/passwd"
        }) {
      server.enqueue(
          new MockResponse.Builder()
              .code(302)
              .addHeader("Location", target)
              .addHeader("Connection", "close")
              .build());
      int before = server.getRequestCount();
      fails(
          () -> fetcher.send(Fetcher.Request.get(URI.create("http://127.0.0.2:" + port + "/"))),
          Failure.Reason.FORBIDDEN,
          Failure.Reason.INVALID,
          Failure.Reason.UNAVAILABLE);
      assertThat(server.getRequestCount()).as(target).isEqualTo(before + 1);
    }
  }

  @Test
  void aRedirectToAnotherHostDropsVerbBodyAndCredentials() throws Exception {
    Fetcher fetcher = fetcher("127.0.0.1", "127.0.0.2");
    server.enqueue(
        new MockResponse.Builder()
            .code(307)
            .addHeader("Location", "http://127.0.0.2:" + port + "/there")
            .build());
    server.enqueue(new MockResponse.Builder().body("done").build());
    Fetcher.Answer answer =
        fetcher.send(
            new Fetcher.Request(
                "POST",
                here("/here"),
                Map.of("Authorization", "Bearer x", "X-Key", "y", "Accept", "text/plain"),
                new byte[] {1}));
    assertThat(answer.url()).isEqualTo(URI.create("http://127.0.0.2:" + port + "/there"));
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer x");
    RecordedRequest second = server.takeRequest();
    assertThat(second.getMethod()).isEqualTo("GET");
    assertThat(second.getHeaders().get("Authorization")).isNull();
    assertThat(second.getHeaders().get("X-Key")).isNull();
    assertThat(second.getHeaders().get("Accept")).isEqualTo("text/plain");
    assertThat(second.getBodySize()).isZero();
  }

  @Test
  void fiveRedirectsAreFollowedAndNoMore() {
    for (int i = 0; i < 6; i++) {
      server.enqueue(
          new MockResponse.Builder().code(302).addHeader("Location", "/next" + i).build());
    }
    fails(() -> open().send(Fetcher.Request.get(here("/"))), Failure.Reason.FAILED);
    assertThat(server.getRequestCount()).isEqualTo(6);
  }

  @Test
  void aHugeBodyAndABombOfZerosAreCutOff() throws IOException {
    Fetcher.Limits limits = Fetcher.Limits.DEFAULT.withLargestBody(100_000);
    server.enqueue(new MockResponse.Builder().body("x".repeat(100_001)).build());
    fails(() -> open().send(Fetcher.Request.get(here("/")), limits), Failure.Reason.TOO_LARGE);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 50; i++) {
        zip.write(zeros);
      }
    }
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Encoding", "gzip")
            .body(new Buffer().write(bomb.toByteArray()))
            .build());
    assertThat(bomb.size()).isLessThan(100_000);
    fails(() -> open().send(Fetcher.Request.get(here("/")), limits), Failure.Reason.TOO_LARGE);
    server.enqueue(new MockResponse.Builder().body("x".repeat(100_000)).build());
    assertThat(open().send(Fetcher.Request.get(here("/")), limits).body()).hasSize(100_000);
  }

  @Test
  void aSlowDripHasAnEnd() {
    server.enqueue(
        new MockResponse.Builder()
            .body("x".repeat(1_000))
            .throttleBody(1, 100, TimeUnit.MILLISECONDS)
            .build());
    long begin = System.nanoTime();
    fails(
        () ->
            open()
                .send(
                    Fetcher.Request.get(here("/")),
                    Fetcher.Limits.DEFAULT.withTime(Duration.ofMillis(700))),
        Failure.Reason.TIMED_OUT);
    assertThat(System.nanoTime() - begin).isLessThan(20_000_000_000L);
  }

  @Test
  void aHostIsNotCalledTooOften() {
    Fetcher fetcher =
        new Fetcher(
            Set.of("127.0.0.1"),
            new RateLimiter(InstantSource.fixed(java.time.Instant.parse("2026-01-01T12:00:00Z"))));
    fetchers.add(fetcher);
    for (int i = 0; i < 120; i++) {
      server.enqueue(new MockResponse.Builder().code(204).build());
      fetcher.send(Fetcher.Request.get(here("/")));
    }
    fails(() -> fetcher.send(Fetcher.Request.get(here("/"))), Failure.Reason.RATE_LIMITED);
  }

  @Test
  void aNamedAddressIsOpenAndNoOther() {
    server.enqueue(new MockResponse.Builder().body("a").build());
    assertThat(fetcher("localhost:" + port).send(Fetcher.Request.get(here("/"))).status())
        .isEqualTo(200);
    fails(
        () -> fetcher("127.0.0.1:" + (port + 1)).send(Fetcher.Request.get(here("/"))),
        Failure.Reason.FORBIDDEN);
    fails(
        () -> fetcher("127.0.0.3").send(Fetcher.Request.get(here("/"))), Failure.Reason.FORBIDDEN);
  }

  @Test
  void aDownloadGoesToTheStreamAndAnErrorPageDoesNot() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    server.enqueue(
        new MockResponse.Builder().addHeader("Content-Type", "image/png").body("png").build());
    assertThat(open().download(here("/a.png"), out, Fetcher.Limits.DEFAULT)).isEqualTo("image/png");
    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("png");
    out.reset();
    server.enqueue(new MockResponse.Builder().code(404).body("no").build());
    fails(() -> open().download(here("/b"), out, Fetcher.Limits.DEFAULT), Failure.Reason.NOT_FOUND);
    assertThat(out.size()).isZero();
  }

  @Test
  void aWebhookIsCarriedByteForByteAndFollowsNoRedirect() throws Exception {
    WebhookSender sender = new HttpWebhookSender(open());
    server.enqueue(
        new MockResponse.Builder().code(302).addHeader("Location", "/x").body("moved").build());
    WebhookSender.Answer answer =
        sender.send(
            new WebhookSender.Message(
                here("/hook"),
                Map.of("Content-Type", "application/json", "X-Signature", "abc"),
                "{\"ü\":1}"));
    assertThat(answer).isEqualTo(new WebhookSender.Answer(302, "moved"));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("X-Signature")).isEqualTo("abc");
    assertThat(request.getBody().utf8()).isEqualTo("{\"ü\":1}");
    server.enqueue(new MockResponse.Builder().body("x".repeat(2_000)).build());
    assertThat(sender.send(new WebhookSender.Message(here("/"), Map.of(), "{}")).body())
        .hasSize(500);
    fails(
        () ->
            new HttpWebhookSender(fetcher())
                .send(new WebhookSender.Message(here("/"), Map.of(), "{}")),
        Failure.Reason.FORBIDDEN);
  }

  @Test
  void aModelIsAskedByTheChatProtocol() throws Exception {
    ChatModel model = new ChatModel(open(), here("/v1"), "small", "secret");
    server.enqueue(
        new MockResponse.Builder()
            .body(
                "{\"model\":\"small-2\",\"choices\":[{\"message\":{\"role\":\"assistant\","
                    + "\"content\":\" Hello. \"},\"finish_reason\":\"stop\"}]}")
            .build());
    TextModel.Prompt prompt = TextModel.Prompt.of("You are kind.", "Hi", 400);
    assertThat(model.complete(prompt))
        .isEqualTo(new TextModel.Completion("Hello.", "small-2", true));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getUrl().encodedPath()).isEqualTo("/v1/chat/completions");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret");
    assertThat(request.getBody().utf8())
        .contains("\"model\":\"small\"", "\"role\":\"system\"", "\"content\":\"Hi\"");
  }

  @Test
  void aModelsFaultsAreTold() {
    ChatModel model = new ChatModel(open(), here("/v1"), "small", null, Duration.ofMillis(500));
    TextModel.Prompt prompt = TextModel.Prompt.of("", "Hi", 5);
    Object[][] faults = {
      {500, "{}", Failure.Reason.UNAVAILABLE},
      {429, "{}", Failure.Reason.UNAVAILABLE},
      {401, "{}", Failure.Reason.FAILED},
      {200, "no json", Failure.Reason.FAILED},
      {200, "", Failure.Reason.FAILED},
      {200, "{\"choices\":[]}", Failure.Reason.FAILED},
      {200, "{\"choices\":[{\"message\":{\"content\":null}}]}", Failure.Reason.FAILED},
    };
    for (Object[] fault : faults) {
      server.enqueue(
          new MockResponse.Builder().code((int) fault[0]).body((String) fault[1]).build());
      fails(() -> model.complete(prompt), (Failure.Reason) fault[2]);
    }
    server.enqueue(new MockResponse.Builder().headersDelay(3, TimeUnit.SECONDS).body("{}").build());
    fails(() -> model.complete(prompt), Failure.Reason.TIMED_OUT);
    server.enqueue(
        new MockResponse.Builder()
            .body("{\"choices\":[{\"message\":{\"content\":\"long answer\"}}]}")
            .build());
    assertThat(model.complete(prompt)).isEqualTo(new TextModel.Completion("long ", "small", false));
    assertThatThrownBy(() -> new ChatModel(fetcher(), here("/v1"), "small", null).complete(prompt))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("public");
  }
}

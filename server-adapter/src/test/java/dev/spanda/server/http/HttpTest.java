package dev.spanda.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {

  private static Listener listener;
  private static URI url;
  private RawHttp http;

  @BeforeAll
  static void start() throws IOException {
    Mount mount =
        Mount.builder("shelf")
            .dialect(new PlainDialect())
            .endpoints(ShelfApi.class, caller -> new Shelf())
            .largestBody(10_000)
            .largestUpload(1 << 20)
            .build();
    Mount based =
        Mount.builder("based")
            .basePath("/v1/shelf")
            .dialect(new PlainDialect())
            .endpoints(ShelfApi.class, caller -> new Shelf())
            .build();
    listener = JettyListener.builder().port(0, mount).port(0, based).metrics(0).start();
    url = listener.urls().get("shelf");
  }

  @AfterAll
  static void stop() {
    listener.close();
  }

  @BeforeEach
  void connect() throws IOException {
    http = new RawHttp(url);
  }

  @AfterEach
  void disconnect() throws IOException {
    http.close();
  }

  private static JsonNode error(RawHttp.Answer answer, int status) throws IOException {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("x-request-id")).isNotEmpty();
    JsonNode body = WireJson.mapper().readTree(answer.body());
    assertThat(body.path("request_id").asText()).isEqualTo(answer.header("x-request-id"));
    assertThat(answer.text()).doesNotContain("<", "dev.spanda", "java.", "jetty", "Jetty");
    return body;
  }

  private RawHttp.Answer post(String target, String json) throws IOException {
    return http.ask(
        "POST", target, json.getBytes(StandardCharsets.UTF_8), "Content-Type: application/json");
  }

  private JsonNode echo(String target) throws IOException {
    RawHttp.Answer answer = http.ask("GET", target);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return WireJson.mapper().readTree(answer.body());
  }

  @Test
  void anOperationAnswersWithItsRecord() throws IOException {
    RawHttp.Answer answer = http.ask("GET", "/health");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"status\":\"well\"}");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("content-length")).isEqualTo("17");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("server")).isEmpty();
  }

  @Test
  void aSlashAtTheEndMakesNoDifference() throws IOException {
    assertThat(http.ask("GET", "/health/").status()).isEqualTo(200);
  }

  @Test
  void aBasePathStandsBeforeEveryPath() throws IOException {
    try (RawHttp other = new RawHttp(listener.urls().get("based"))) {
      assertThat(other.ask("GET", "/v1/shelf/health").status()).isEqualTo(200);
      error(other.ask("GET", "/health"), 404);
      error(other.ask("GET", "/v1/shelfhealth"), 404);
    }
  }

  @Test
  void aLiteralBeatsAVariable() throws IOException {
    assertThat(http.ask("GET", "/books/newest").text()).contains("\"title\":\"newest\"");
    assertThat(http.ask("GET", "/books/7").text()).contains("\"title\":\"book 7\"");
    assertThat(error(http.ask("DELETE", "/books/newest"), 400).path("subject").asText())
        .isEqualTo("number");
  }

  @Test
  void anOperationWithoutResultHasNoBody() throws IOException {
    RawHttp.Answer answer = http.ask("DELETE", "/books/7");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(http.ask("GET", "/health").status()).isEqualTo(200);
  }

  @Test
  void aHeadAnswersLikeGetWithoutTheBody() throws IOException {
    RawHttp.Answer answer = http.ask("HEAD", "/health");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-length")).isEqualTo("17");
    assertThat(http.ask("HEAD", "/file").header("content-length")).isEqualTo("10000");
    assertThat(http.ask("HEAD", "/nowhere").status()).isEqualTo(404);
    assertThat(http.ask("GET", "/health").text()).contains("well");
  }

  @Test
  void parametersOfEveryKindAreRead() throws IOException {
    JsonNode echo =
        echo(
            "/echo/a%20b%2Bc?count=3&ratio=1.5&deep=true&since=2024-01-15T10:30:00%2B01:00"
                + "&tag=x&tag=y+z&order=descending");
    assertThat(echo.path("word").asText()).isEqualTo("a b+c");
    assertThat(echo.path("count").asInt()).isEqualTo(3);
    assertThat(echo.path("ratio").asDouble()).isEqualTo(1.5);
    assertThat(echo.path("deep").asBoolean()).isTrue();
    assertThat(echo.path("since").asText()).isEqualTo("2024-01-15T09:30:00Z");
    assertThat(echo.path("tags").get(1).asText()).isEqualTo("y z");
    assertThat(echo.path("order").asText()).isEqualTo("descending");
  }

  @Test
  void absentParametersStayAbsent() throws IOException {
    assertThat(http.ask("GET", "/echo/a?count=").text()).isEqualTo("{\"word\":\"a\"}");
  }

  @Test
  void aHeaderIsAParameter() throws IOException {
    assertThat(http.ask("GET", "/echo/a", "x-word: hello").text()).contains("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count=1.5",
        "count=99999999999",
        "ratio=NaN",
        "ratio=1d",
        "deep=yes",
        "since=now",
        "order=sideways"
      })
  void aParameterOfTheWrongKindIsNamed(String parameter) throws IOException {
    String name = parameter.substring(0, parameter.indexOf('='));
    JsonNode body = error(http.ask("GET", "/echo/a?" + parameter), 400);
    assertThat(body.path("subject").asText()).isEqualTo(name);
    assertThat(body.path("details").path("provided_value").asText())
        .isEqualTo(parameter.substring(name.length() + 1));
  }

  @Test
  void aChoiceTellsWhatIsAllowed() throws IOException {
    JsonNode body = error(http.ask("GET", "/echo/a?order=sideways"), 400);
    assertThat(body.path("details").path("allowed_values").toString())
        .isEqualTo("[\"ascending\",\"descending\"]");
  }

  @Test
  void aRequiredParameterIsMissed() throws IOException {
    assertThat(error(http.ask("GET", "/needs"), 400).path("message").asText())
        .isEqualTo("word is required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/echo/%ff",
        "/echo/%zz",
        "/echo/%2",
        "/needs?word=%ff",
        "/needs?word=%4",
        "/books/%2e%2e/health",
        "/books/../health",
        "/books/a%2fb",
        "/books/%5c..",
        "/health;a=b/../x",
        "/%00"
      })
  void targetsThatCanBeMisreadAreRefused(String target) throws IOException {
    RawHttp.Answer answer = http.ask("GET", target);
    assertThat(answer.status()).isIn(400, 404);
    error(answer, answer.status());
  }

  @Test
  void aPathThatLeadsNowhereIsNotFound() throws IOException {
    assertThat(error(http.ask("GET", "/nowhere/<script>"), 400).toString())
        .doesNotContain("script");
    assertThat(error(http.ask("GET", "/nowhere/%3Cscript%3E"), 404).path("subject").asText())
        .isEqualTo("route");
  }

  @Test
  void aWrongVerbIsToldWhichAreRight() throws IOException {
    RawHttp.Answer answer = http.ask("PUT", "/books/7");
    error(answer, 405);
    assertThat(answer.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    error(http.ask("BREW", "/books/7"), 405);
    error(http.ask("TRACE", "/books/7"), 405);
  }

  @Test
  void jsonGoesInAndOut() throws IOException {
    RawHttp.Answer answer =
        post("/books", "{\"title\":\"Klänge\",\"pages\":12.0,\"unknown\":[1,{}]}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("{\"title\":\"Klänge\",\"pages\":12}");
  }

  @Test
  void aSealedFamilyKeepsItsType() throws IOException {
    assertThat(post("/shapes", "{\"type\":\"circle\",\"radius\":2.0}").text())
        .isEqualTo("{\"type\":\"circle\",\"radius\":2.0}");
    JsonNode body = error(post("/shapes", "{\"type\":\"blob\"}"), 400);
    assertThat(body.path("subject").asText()).isEqualTo("type");
    assertThat(body.path("details").path("allowed_values").toString())
        .isEqualTo("[\"circle\",\"square\"]");
    assertThat(error(post("/shapes", "{\"radius\":1}"), 400).path("message").asText())
        .isEqualTo("type is required");
  }

  @Test
  void aWrongFieldIsNamedAsItWasSent() throws IOException {
    JsonNode body = error(post("/books", "{\"title\":\"a\",\"pages\":1.5}"), 400);
    assertThat(body.path("subject").asText()).isEqualTo("pages");
    assertThat(body.path("message").asText()).isEqualTo("pages must be a whole number");
    assertThat(body.path("details").path("provided_value").asText()).isEqualTo("1.5");

    body = error(post("/books", "{\"title\":\"a\",\"author\":{\"born\":\"x\"}}"), 400);
    assertThat(body.path("subject").asText()).isEqualTo("born");
    assertThat(body.path("message").asText()).isEqualTo("author.born must be a whole number");

    body = error(post("/books", "{\"title\":\"a\",\"printed_at\":\"soon\"}"), 400);
    assertThat(body.path("subject").asText()).isEqualTo("printed_at");

    body = error(post("/books", "{\"title\":\"a\",\"author\":3}"), 400);
    assertThat(body.path("message").asText()).isEqualTo("author must be an object");

    body = error(post("/books", "{\"title\":\"a\",\"marks\":{\"x\":\"y\"}}"), 400);
    assertThat(body.path("message").asText()).isEqualTo("marks.x must be a number");
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    JsonNode body = error(post("/books", "{}"), 400);
    assertThat(body.path("subject").asText()).isEqualTo("title");
    assertThat(body.path("message").asText()).isEqualTo("title is required");
    assertThat(error(http.ask("POST", "/books"), 400).path("subject").asText()).isEqualTo("title");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "nonsense",
        "[]",
        "3",
        "null",
        "{\"title\":\"a\"} x",
        "{\"title\":\"a\"}{}",
        "{\"title\":}",
        "{\"title\":\"a\",\"pages\":NaN}",
        "{'title':'a'}",
        "\u0000"
      })
  void jsonThatIsNoneIsRefused(String json) throws IOException {
    error(post("/books", json), 400);
    assertThat(http.ask("GET", "/health").status()).isEqualTo(200);
  }

  @Test
  void deepJsonIsRefused() throws IOException {
    error(
        post("/books", "{\"title\":\"a\",\"x\":" + "[".repeat(4000) + "]".repeat(4000) + "}"), 400);
    error(post("/books", "{\"title\":\"a\",\"pages\":" + "9".repeat(4000) + "}"), 400);
  }

  @Test
  void jsonThatIsNotUtf8IsRefused() throws IOException {
    byte[] bytes = "{\"title\":\"xx\"}".getBytes(StandardCharsets.UTF_8);
    bytes[10] = (byte) 0xC3;
    error(http.ask("POST", "/books", bytes, "Content-Type: application/json"), 400);
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws IOException {
    error(post("/books", "{\"title\":\"" + "a".repeat(20_000) + "\"}"), 413);
    try (RawHttp chunked = new RawHttp(url)) {
      String chunk = "1000\r\n" + "a".repeat(0x1000) + "\r\n";
      chunked.send("POST /books HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      chunked.send(chunk).send(chunk).send(chunk).send("0\r\n\r\n");
      error(chunked.read("POST"), 413);
    }
    try (RawHttp huge = new RawHttp(url)) {
      huge.send("POST /books HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n{");
      error(huge.read("POST"), 413);
    }
  }

  @Test
  void badChunksAreRefused() throws IOException {
    http.send("POST /books HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
    error(http.read("POST"), 400);
  }

  @Test
  void onlyJsonIsReadAsJson() throws IOException {
    byte[] json = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    error(http.ask("POST", "/books", json, "Content-Type: text/plain"), 415);
    error(http.ask("POST", "/books", json, "Content-Type: application/xml"), 415);
    error(http.ask("POST", "/books", json, "Content-Type: application/json;charset=utf-16"), 415);
    assertThat(http.ask("POST", "/books", json).status()).isEqualTo(201);
    assertThat(
            http.ask("POST", "/books", json, "Content-Type: application/json; charset=UTF-8")
                .status())
        .isEqualTo(201);
    assertThat(http.ask("POST", "/books", json, "Content-Type: application/x+json").status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost x\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
        "GET /<script>alert(1)</script> HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /books HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        "POST /books HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /books HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /books HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\n\r\n",
        "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void bytesThatAreNoRequestGetJson(String bytes) throws IOException {
    RawHttp.Answer answer = http.send(bytes).read("GET");
    assertThat(answer.status()).isBetween(400, 599).isNotEqualTo(500);
    error(answer, answer.status());
  }

  @Test
  void largeHeadersAreRefused() throws IOException {
    error(http.ask("GET", "/health", "X-Large: " + "a".repeat(9000)), 431);
  }

  @Test
  void aLongTargetIsRefused() throws IOException {
    error(http.ask("GET", "/" + "a".repeat(9000)), 414);
  }

  @Test
  void aRequestIdIsHonouredOrMade() throws IOException {
    assertThat(http.ask("GET", "/health", "X-Request-Id: my.id_1-2").header("x-request-id"))
        .isEqualTo("my.id_1-2");
    assertThat(http.ask("GET", "/health", "X-Request-Id: my id").header("x-request-id"))
        .startsWith("req_");
    assertThat(http.ask("GET", "/health").header("x-request-id"))
        .isNotEqualTo(http.ask("GET", "/health").header("x-request-id"));
  }

  @Test
  void aFailureOfAnEngineIsWrittenByTheDialect() throws IOException {
    assertThat(error(http.ask("GET", "/books/101"), 404).path("subject").asText())
        .isEqualTo("book");
  }

  @Test
  void anUnforeseenFailureLeaksNothing() throws IOException {
    assertThat(error(http.ask("GET", "/broken"), 500).toString()).doesNotContain("secret");
    assertThat(http.ask("GET", "/health").status()).isEqualTo(200);
  }

  @Test
  void anAnswerThatBreaksOffEndsTheConnection() throws IOException {
    assertThatThrownBy(() -> http.ask("GET", "/half")).isInstanceOf(IOException.class);
  }

  @Test
  void aFileHasLengthNameAndBytes() throws IOException {
    RawHttp.Answer answer = http.ask("GET", "/file");
    assertThat(answer.body()).isEqualTo(Shelf.FILE);
    assertThat(answer.header("content-length")).isEqualTo("10000");
    assertThat(answer.header("content-disposition"))
        .isEqualTo("attachment; filename=\"Klang _.wav\"; filename*=UTF-8''Klang%20%E2%99%AB.wav");
    assertThat(answer.header("accept-ranges")).isEqualTo("bytes");
  }

  @Test
  void aStreamOfUnknownLengthArrivesWhole() throws IOException {
    RawHttp.Answer answer = http.ask("GET", "/stream");
    assertThat(answer.body()).hasSize(1_000_000);
    assertThat(answer.header("content-length")).isEmpty();
  }

  @Test
  void aRangeIsServed() throws IOException {
    RawHttp.Answer answer = http.ask("GET", "/file", "Range: bytes=10-19");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(Shelf.FILE, 10, 20));
    assertThat(answer.header("content-range")).isEqualTo("bytes 10-19/10000");
    assertThat(http.ask("GET", "/file", "Range: bytes=-5").body())
        .isEqualTo(Arrays.copyOfRange(Shelf.FILE, 9995, 10_000));
    assertThat(http.ask("GET", "/file", "Range: bytes=9990-").body()).hasSize(10);
    assertThat(http.ask("GET", "/file", "Range: bytes=1-2,4-5").status()).isEqualTo(200);
    assertThat(http.ask("GET", "/file", "Range: lines=1-2").status()).isEqualTo(200);
    RawHttp.Answer beyond = http.ask("GET", "/file", "Range: bytes=10000-");
    error(beyond, 416);
    assertThat(beyond.header("content-range")).isEqualTo("bytes */10000");
  }

  private static byte[] form(String parts) {
    return parts.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFormBringsItsFileAndFields() throws IOException {
    byte[] form =
        form(
            """
            --xx
            Content-Disposition: form-data; name="mode"

            fullBody
            --xx
            Content-Disposition: form-data; name="image"; filename="../a.png"
            Content-Type: image/png

            abc
            --xx--
            """);
    RawHttp.Answer answer =
        http.ask("POST", "/upload", form, "Content-Type: multipart/form-data; boundary=xx");
    assertThat(answer.text())
        .isEqualTo(
            "{\"name\":\"../a.png\",\"type\":\"image/png\",\"length\":3,\"sum\":294,"
                + "\"fields\":{\"mode\":\"fullBody\"}}");
  }

  @Test
  void aFormThatIsNoneIsRefused() throws IOException {
    String type = "Content-Type: multipart/form-data; boundary=xx";
    error(http.ask("POST", "/upload", form("nonsense"), type), 400);
    error(http.ask("POST", "/upload", form("--xx--\n"), type), 400);
    error(http.ask("POST", "/upload", new byte[0], type), 400);
    error(http.ask("POST", "/upload", form("a"), "Content-Type: multipart/form-data"), 400);
    error(http.ask("POST", "/upload", form("{}"), "Content-Type: application/json"), 415);
    byte[] large =
        form(
            "--xx\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\n\n"
                + "a".repeat(2 << 20)
                + "\n--xx--\n");
    try (RawHttp other = new RawHttp(url)) {
      other.send(
          "POST /upload HTTP/1.1\r\nHost: x\r\n"
              + type
              + "\r\nContent-Length: "
              + large.length
              + "\r\n\r\n");
      error(other.read("POST"), 413);
    }
  }

  @Test
  void theMetricsCountByOperation() throws IOException {
    http.ask("GET", "/books/3?token=secret");
    http.ask("GET", "/nowhere");
    URI metrics = listener.metrics().orElseThrow();
    assertThat(metrics.getHost()).isEqualTo("127.0.0.1");
    try (RawHttp admin = new RawHttp(metrics)) {
      String text = admin.ask("GET", "/metrics").text();
      assertThat(text)
          .contains(
              "spanda_http_requests_seconds_count{mount=\"shelf\",path=\"/books/{number}\","
                  + "status=\"200\",verb=\"GET\"}")
          .contains("path=\"\",status=\"404\"")
          .doesNotContain("secret");
    }
  }

  @Test
  void twoOperationsForOnePathAreRefused() {
    assertThatThrownBy(
            () ->
                Mount.builder("twice")
                    .dialect(new PlainDialect())
                    .endpoints(ShelfApi.class, caller -> new Shelf())
                    .endpoints(Twin.class, caller -> () -> new ShelfApi.Health("x"))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GET /health");
  }

  /** Clashes with the shelf. */
  public interface Twin {
    /** The same path. */
    @dev.spanda.contract.http.Route(value = "GET /health", summary = "The same path.")
    ShelfApi.Health health();
  }

  @Test
  void mountsThatShareAPortKeepTheirWords() throws IOException {
    Mount first =
        Mount.builder("first")
            .dialect(new PlainDialect())
            .endpoints(Twin.class, caller -> () -> new ShelfApi.Health("first"))
            .build();
    Mount second =
        Mount.builder("second")
            .dialect(new PlainDialect())
            .endpoints(ShelfApi.class, caller -> new Shelf())
            .build();
    try (Listener shared = JettyListener.builder().port(0, first, second).start();
        RawHttp client = new RawHttp(shared.urls().get("second"))) {
      assertThat(shared.urls().get("first")).isEqualTo(shared.urls().get("second"));
      assertThat(client.ask("GET", "/health").text()).contains("first");
      assertThat(client.ask("GET", "/books/newest").status()).isEqualTo(200);
      error(client.ask("GET", "/nowhere"), 404);
    }
  }

  @Test
  void theUrlsAreThoseOfTheMounts() {
    assertThat(listener.urls().keySet()).isEqualTo(Map.of("shelf", 1, "based", 1).keySet());
    assertThat(listener.urls().get("based").getPath()).isEqualTo("/v1/shelf");
    assertThat(List.of(url.getPath())).containsExactly("");
  }
}

package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.OctospineClient;
import dev.spanda.client.RateLimitedException;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.OctospineError;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.core.Failure;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.server.http.Dialect;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, sessions, tokens, limits, and what is said to who may not. */
class AccessTest {

  private static final Map<String, String> LOGIN =
      Map.of("email", "user@example.com", "password", "secure_password");

  @TempDir private static Path folder;
  private static OctospineServer server;

  @BeforeAll
  static void start() {
    server = OctospineServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode error(int status, String code, HttpResponse<String> answer)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode body = WireJson.mapper().readTree(answer.body());
    Shapes.isLike(OctospineServer.example("error"), body);
    assertThat(body.get("success").asBoolean()).isFalse();
    assertThat(body.at("/error/code").asText()).isEqualTo(code);
    assertThat(body.at("/error/message").asText()).isNotBlank();
    return body.at("/error");
  }

  @Test
  void healthAloneNeedsNoCredentials() throws Exception {
    assertThat(server.open("GET", "/api/health", null).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = server.open("GET", "/api/status", null);
    error(401, "AUTHENTICATION_FAILED", refused);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void wrongCredentialsAreRefused() throws Exception {
    for (String credential :
        new String[] {
          "Bearer nobody", "Basic dXNlcjpwYXNz", "Bearer a.b.c", "Bearer ", "Bearer ."
        }) {
      error(
          401,
          "AUTHENTICATION_FAILED",
          server.open("GET", "/api/status", null, "Authorization", credential));
    }
    error(
        401,
        "AUTHENTICATION_FAILED",
        server.open("GET", "/api/status", null, "Cookie", "session=nobody"));
    error(
        401,
        "AUTHENTICATION_FAILED",
        server.open("POST", "/api/auth/login", Map.of("email", "x@y.z", "password", "wrong one")));
  }

  @Test
  void everyCredentialOfTheDemoOpens() throws Exception {
    for (String bearer :
        new String[] {OctospineServer.KEY, "your-api-key", server.credential("jwt")}) {
      HttpResponse<String> answer =
          server.open("GET", "/api/status", null, "Authorization", "Bearer " + bearer);
      assertThat(answer.statusCode()).as(bearer).isEqualTo(200);
    }
    assertThat(
            server
                .open(
                    "GET", "/api/status", null, "Cookie", "session=" + server.credential("session"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aSessionIsOpenedUsedAndClosed() throws Exception {
    HttpResponse<String> opened = server.open("POST", "/api/auth/login", LOGIN);
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
    String set = opened.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
    String cookie = set.substring(0, set.indexOf(';'));
    String csrf = WireJson.mapper().readTree(opened.body()).at("/data/csrf_token").asText();
    assertThat(opened.body()).doesNotContain(cookie.substring("session=".length()));
    HttpResponse<String> shown = server.open("GET", "/api/auth/session", null, "Cookie", cookie);
    assertThat(WireJson.mapper().readTree(shown.body()).at("/data/csrf_token").asText())
        .isEqualTo(csrf);
    // The cookie alone changes nothing.
    JsonNode refused =
        error(
            403,
            "AUTHORIZATION_DENIED",
            server.open("POST", "/api/auth/logout", null, "Cookie", cookie));
    assertThat(refused.at("/details/field").asText()).isEqualTo("csrf_token");
    error(
        403,
        "AUTHORIZATION_DENIED",
        server.open(
            "POST",
            "/api/auth/logout",
            null,
            "Cookie",
            cookie,
            SessionApi.CSRF_HEADER,
            csrf.replace(csrf.charAt(0), '?')));
    HttpResponse<String> closed =
        server.open(
            "POST", "/api/auth/logout", null, "Cookie", cookie, SessionApi.CSRF_HEADER, csrf);
    assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
    assertThat(closed.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    error(401, "AUTHENTICATION_FAILED", server.open("GET", "/api/status", null, "Cookie", cookie));
    // A key is no session.
    JsonNode none = error(400, "VALIDATION_ERROR", server.send("POST", "/api/auth/logout", null));
    assertThat(none.at("/details/field").asText()).isEqualTo("session");
  }

  @Test
  void aTokenIsGivenUsedAndRenewedOnce() throws Exception {
    SessionApi sessions = server.client().sessions();
    SessionApi.Tokens first =
        sessions.token(new SessionApi.Login("user@example.com", "secure_password"));
    assertThat(first.tokenType()).isEqualTo("Bearer");
    assertThat(first.expiresIn()).isEqualTo(3600);
    assertThat(server.client(first.accessToken()).system().getConfig().environment())
        .isEqualTo("development");
    SessionApi.Tokens next = sessions.refresh(new SessionApi.Refresh(first.refreshToken()));
    assertThat(server.client(next.accessToken()).system().getStatus()).isNotNull();
    assertThatThrownBy(() -> sessions.refresh(new SessionApi.Refresh(first.refreshToken())))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(401);
              assertThat(refused.code()).isEqualTo("AUTHENTICATION_FAILED");
              assertThat(refused.requestId()).isPresent();
            });
    // The refresh token that came twice has ended the login.
    error(
        401,
        "AUTHENTICATION_FAILED",
        server.open("GET", "/api/status", null, "Authorization", "Bearer " + next.accessToken()));
  }

  @Test
  void theWireItselfIsRefusedInTheDocumentsWords() throws Exception {
    error(404, "RESOURCE_NOT_FOUND", server.send("GET", "/api/nothing", null));
    JsonNode verb = error(405, "INVALID_REQUEST", server.send("DELETE", "/api/status", null));
    assertThat(verb.at("/details/allowed").toString()).contains("GET");
    error(400, "INVALID_REQUEST", server.open("POST", "/api/auth/login", "{"));
    JsonNode missing =
        error(
            400, "VALIDATION_ERROR", server.open("POST", "/api/auth/login", Map.of("email", "a")));
    assertThat(missing.at("/details/field").asText()).isEqualTo("password");
    error(
        413,
        "INVALID_REQUEST",
        server.open("POST", "/api/auth/login", "\"" + "x".repeat(2 << 20) + "\""));
    error(415, "INVALID_REQUEST", plainText());
  }

  private static HttpResponse<String> plainText() throws Exception {
    java.net.http.HttpRequest request =
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(server.url() + "/api/auth/login"))
            .header("Content-Type", "text/plain")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("hello"))
            .build();
    return java.net.http.HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theThousandAndFirstRequestOfAMinuteIsTooMuch(@TempDir Path fresh) throws Exception {
    try (OctospineServer strict = OctospineServer.in(fresh, 1)) {
      HttpResponse<String> first = strict.send("GET", "/api/config", null);
      assertThat(first.headers().firstValue("X-RateLimit-Limit")).contains("1000");
      assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("999");
      assertThat(first.headers().firstValueAsLong("X-RateLimit-Reset").orElse(0))
          .isBetween(Instant.now().getEpochSecond() - 5, Instant.now().getEpochSecond() + 120);
      HttpResponse<String> answer = first;
      // Permits come back while they are used, so that a slow machine needs a few more.
      for (int i = 0; i < 5_000 && answer.statusCode() == 200; i++) {
        answer = strict.send("GET", "/api/config", null);
      }
      error(429, "RATE_LIMIT_EXCEEDED", answer);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      OctospineClient client = strict.client();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  client.system().getConfig();
                }
              })
          .isInstanceOf(RateLimitedException.class);
      // The other key of the same account is counted for itself.
      assertThat(strict.client("your-api-key").system().getConfig()).isNotNull();
    }
  }

  @Test
  void everyReasonHasACodeOfTheTable() {
    OctospineDialect dialect =
        new OctospineDialect(SettableClock.at(Instant.parse("2024-01-01T00:00:00.9Z")));
    Map<Failure.Reason, String> codes =
        Map.ofEntries(
            Map.entry(Failure.Reason.INVALID, "VALIDATION_ERROR"),
            Map.entry(Failure.Reason.NOT_FOUND, "RESOURCE_NOT_FOUND"),
            Map.entry(Failure.Reason.CONFLICT, "RESOURCE_CONFLICT"),
            Map.entry(Failure.Reason.UNAUTHENTICATED, "AUTHENTICATION_FAILED"),
            Map.entry(Failure.Reason.FORBIDDEN, "AUTHORIZATION_DENIED"),
            Map.entry(Failure.Reason.RATE_LIMITED, "RATE_LIMIT_EXCEEDED"),
            Map.entry(Failure.Reason.INSUFFICIENT, "RATE_LIMIT_EXCEEDED"),
            Map.entry(Failure.Reason.TOO_LARGE, "VALIDATION_ERROR"),
            Map.entry(Failure.Reason.UNSUPPORTED, "VALIDATION_ERROR"),
            Map.entry(Failure.Reason.UNAVAILABLE, "SERVICE_UNAVAILABLE"),
            Map.entry(Failure.Reason.TIMED_OUT, "SERVICE_UNAVAILABLE"),
            Map.entry(Failure.Reason.FAILED, "INTERNAL_ERROR"));
    assertThat(codes).hasSameSizeAs(Failure.Reason.values());
    codes.forEach(
        (reason, code) -> {
          Dialect.Answer answer = dialect.error(Failure.of(reason, "thing", "No"), "req_1");
          assertThat(((OctospineError) answer.body()).error().code()).isEqualTo(code);
        });
    OctospineError ranged =
        (OctospineError)
            dialect
                .error(Failure.outOfRange("limit", "Limit", 1000, 1, 100, ""), "req_123456789")
                .body();
    assertThat(ranged.error().details())
        .containsEntry("field", "limit")
        .containsEntry("value", 1000L)
        .containsEntry("allowed", Map.of("min", 1L, "max", 100L));
    assertThat(ranged.timestamp()).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
    assertThat(ranged.requestId()).isEqualTo("req_123456789");
  }
}

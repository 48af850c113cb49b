package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.spanda.client.WavestackClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.server.Config;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavestackHouseTest {

  @TempDir static Path folder;
  private static WavestackServer server;

  @BeforeAll
  static void start() {
    server = WavestackServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return WireJson.mapper().readTree(answer.body());
  }

  @Test
  void everyServiceSaysWhoItIs() throws Exception {
    Map<String, String> names =
        Map.of(
            "wavestack-core", "core-app",
            "wavestack-personality", "ai-personality",
            "wavestack-social", "social-ingest",
            "wavestack-automod", "auto-mod",
            "wavestack-thumbnails", "thumbnail-generator",
            "wavestack-youtube", "youtube-publisher",
            "wavestack-publisher", "social-publisher",
            "wavestack-analytics", "analytics-dashboard");
    for (Map.Entry<String, String> name : names.entrySet()) {
      HttpResponse<String> answer =
          server.send(server.base(name.getKey()), Map.of(), "GET", "/health", null);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(json(answer))
          .isEqualTo(
              WireJson.mapper()
                  .readTree(
                      "{\"status\":\"healthy\",\"service\":\""
                          + name.getValue()
                          + "\",\"version\":\"1.0.0\"}"));
      assertThat(server.client().health(name.getKey()).health().service())
          .isEqualTo(name.getValue());
    }
    for (String path : List.of("/health", "/api/v1/health")) {
      HttpResponse<String> answer =
          server.send(server.base("wavestack-clipper"), Map.of(), "GET", path, null);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    }
  }

  @Test
  void everyServiceDescribesItself() throws Exception {
    for (String mount : server.mounts().keySet()) {
      if (mount.startsWith(Wavestack.NAME)) {
        String prefix = mount.equals("wavestack-clipper") ? "/api" : "";
        for (String page : List.of("/docs", "/redoc", "/openapi.json")) {
          assertThat(
                  server
                      .send(server.base(mount), Map.of(), "GET", prefix + page, null)
                      .statusCode())
              .as("%s %s", mount, prefix + page)
              .isEqualTo(200);
        }
      }
    }
  }

  @Test
  void askingHowFarAClipIsTakesNothingFromTheTenOfTheClipper() throws Exception {
    try (WavestackServer strict =
        new WavestackServer(Config.in(folder.resolve("polls")).onFreePorts().asDemo())) {
      URI clipper = strict.base("wavestack-clipper");
      for (int poll = 0; poll < 30; poll++) {
        HttpResponse<String> answer =
            strict.send(clipper, WavestackServer.CREDENTIALS, "GET", "/api/v1/clip/job_none", null);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).hasValue("60");
      }
      for (int order = 1; order <= 11; order++) {
        HttpResponse<String> answer =
            strict.send(clipper, WavestackServer.CREDENTIALS, "POST", "/api/v1/clip", "{}");
        assertThat(answer.statusCode()).as("order %d", order).isEqualTo(order <= 10 ? 400 : 429);
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).hasValue("10");
      }
    }
  }

  @Test
  void anAnswerTellsTheDocumentedLimit() throws Exception {
    Map<String, String> limits =
        Map.of(
            "wavestack-core", "100",
            "wavestack-clipper", "10",
            "wavestack-personality", "60",
            "wavestack-social", "200",
            "wavestack-youtube", "30",
            "wavestack-publisher", "30",
            "wavestack-automod", "60",
            "wavestack-thumbnails", "60",
            "wavestack-analytics", "60");
    try (WavestackServer strict =
        new WavestackServer(Config.in(folder.resolve("strict")).onFreePorts().asDemo())) {
      for (Map.Entry<String, String> limit : limits.entrySet()) {
        HttpResponse<String> answer =
            strict.send(strict.base(limit.getKey()), Map.of(), "GET", "/health", null);
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).hasValue(limit.getValue());
        assertThat(answer.headers().firstValue("X-RateLimit-Remaining"))
            .hasValue(String.valueOf(Integer.parseInt(limit.getValue()) - 1));
        long reset = answer.headers().firstValueAsLong("X-RateLimit-Reset").orElseThrow();
        long now = System.currentTimeMillis() / 1_000;
        assertThat(reset).isBetween(now - 5, now + 65);
      }
      URI clipper = strict.base("wavestack-clipper");
      HttpResponse<String> last = strict.send(clipper, Map.of(), "GET", "/health", null);
      for (int sent = 0; sent < 12 && last.statusCode() == 200; sent++) {
        last = strict.send(clipper, Map.of(), "GET", "/health", null);
      }
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(json(last).at("/error/code").asText()).isEqualTo("RATE_LIMITED");
      assertThat(json(last).at("/error/details/retry_after").asLong()).isBetween(1L, 60L);
      assertThat(last.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void aTokenIsSignedWithAKeyOfTheSet() throws Exception {
    WavestackClient client = server.client();
    AuthApi.Token token =
        client
            .auth()
            .token(new AuthApi.Credentials("your-client-id", "your-client-secret", "org_123"));
    assertThat(token.tokenType()).isEqualTo("Bearer");
    assertThat(token.expiresIn()).isEqualTo(3_600);
    HttpResponse<String> keys =
        server.send(server.core(), Map.of(), "GET", "/.well-known/jwks.json", null);
    JsonNode key = json(keys).at("/keys/0");
    assertThat(key.get("kty").asText()).isEqualTo("RSA");
    assertThat(key.get("kid").asText()).isEqualTo("wavestack-1");
    assertThat(key.get("use").asText()).isEqualTo("sig");
    assertThat(key.get("alg").asText()).isEqualTo("RS256");
    assertThat(key.get("e").asText()).isEqualTo("AQAB");
    assertThat(key.has("d")).isFalse();
    SignedJWT jwt = SignedJWT.parse(token.accessToken());
    assertThat(
            jwt.verify(
                new RSASSAVerifier(
                    JWKSet.parse(keys.body())
                        .getKeyByKeyId(jwt.getHeader().getKeyID())
                        .toRSAKey())))
        .isTrue();
    assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo("org_123");
  }

  @Test
  void aTokenIsRefusedForWrongSecretsAndOtherOrganisations() throws Exception {
    assertError(token("your-client-id", "wrong", "org_123"), 401, "UNAUTHORIZED");
    assertError(token("nobody", "your-client-secret", "org_123"), 401, "UNAUTHORIZED");
    assertError(token("your-client-id", "your-client-secret", "org_2"), 403, "FORBIDDEN");
    HttpResponse<String> blank = token(" ", "your-client-secret", "org_123");
    assertError(blank, 400, "VALIDATION_ERROR");
    assertThat(json(blank).at("/error/details/field").asText()).isEqualTo("client_id");
    HttpResponse<String> missing =
        server.send(
            server.core(),
            Map.of(),
            "POST",
            "/api/auth/token",
            Map.of("client_id", "your-client-id", "org_id", "org_123"));
    assertError(missing, 400, "VALIDATION_ERROR");
    assertThat(json(missing).at("/error/details/field").asText()).isEqualTo("client_secret");
    assertThat(json(missing).at("/error/details/constraint").asText()).isEqualTo("required");
  }

  private static HttpResponse<String> token(String client, String secret, String organisation)
      throws Exception {
    return server.send(
        server.core(),
        Map.of(),
        "POST",
        "/api/auth/token",
        Map.of("client_id", client, "client_secret", secret, "org_id", organisation));
  }

  private static void assertError(HttpResponse<String> answer, int status, String code)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
    assertThat(json(answer).at("/error/message").asText()).isNotEmpty();
  }

  @Test
  void whatLeadsNowhereIsNotFoundInTheDocumentsForm() throws Exception {
    assertError(server.core("GET", "/api/nothing", null), 404, "NOT_FOUND");
    HttpResponse<String> verb = server.core("DELETE", "/api/auth/token", null);
    assertError(verb, 405, "METHOD_NOT_ALLOWED");
    assertThat(json(verb).at("/error/details/constraint").asText()).isEqualTo("one_of");
  }
}

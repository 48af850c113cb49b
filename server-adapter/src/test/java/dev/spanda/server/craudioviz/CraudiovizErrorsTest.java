package dev.spanda.server.craudioviz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.craudioviz.CraudiovizError;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.server.Config;
import dev.spanda.server.http.Dialect;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every error of the document's table, and their neighbours. */
class CraudiovizErrorsTest {

  @TempDir private static Path folder;
  private static CraudiovizServer server;

  @BeforeAll
  static void start() {
    server = CraudiovizServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode fails(
      int status,
      String code,
      URI base,
      @Nullable String key,
      String verb,
      String path,
      @Nullable Object body)
      throws Exception {
    HttpResponse<String> answer = server.send(base, key, verb, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = WireJson.mapper().readTree(answer.body());
    assertThat(error.at("/error/code").asText()).isEqualTo(code);
    assertThat(error.at("/error/message").asText()).isNotBlank();
    return error;
  }

  private static JsonNode fails(
      int status, String code, String verb, String path, @Nullable Object body) throws Exception {
    return fails(status, code, server.live(), CraudiovizServer.KEY, verb, path, body);
  }

  @Test
  void aWrongKeyIsInvalid() throws Exception {
    String profile = "/user/profile";
    URI live = server.live();
    URI sandbox = server.sandbox();
    fails(401, "invalid_api_key", live, null, "GET", profile, null);
    fails(401, "invalid_api_key", live, "nobody", "GET", profile, null);
    fails(401, "invalid_api_key", live, CraudiovizServer.SANDBOX_KEY, "GET", profile, null);
    fails(401, "invalid_api_key", sandbox, CraudiovizServer.KEY, "GET", profile, null);
    assertThat(
            server.send(live, null, "GET", profile, null).headers().firstValue("WWW-Authenticate"))
        .contains("Bearer");
  }

  @Test
  void tooFewCreditsAreToldAsInTheDocument() throws Exception {
    JsonNode error =
        fails(
            402,
            "insufficient_credits",
            server.live(),
            CraudiovizServer.LOW_KEY,
            "POST",
            "/tools/logo_maker/execute",
            Map.of("inputs", Map.of("text", "My Company")));
    assertThat(error)
        .isEqualTo(
            WireJson.mapper()
                .readTree(
                    Files.readString(
                        Path.of("..", "client-sdk", "src", "test", "resources")
                            .resolve("examples/craudioviz/error.json"))));
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    fails(404, "project_not_found", "GET", "/projects/proj_0", null);
    fails(404, "tool_not_found", "POST", "/tools/hammer/execute", Map.of("inputs", Map.of()));
    fails(404, "job_not_found", "GET", "/jobs/job_0", null);
    fails(404, "file_not_found", "GET", "/files/file_0/download", null);
    fails(404, "webhook_not_found", "DELETE", "/webhooks/wh_0", null);
    fails(404, "chat_not_found", "GET", "/ai/chat/chat_0/history", null);
    fails(404, "key_not_found", "DELETE", "/user/api-keys/key_0", null);
    fails(404, "not_found", "GET", "/nowhere", null);
    fails(405, "method_not_allowed", "DELETE", "/projects", null);
    fails(
        404,
        "project_not_found",
        "POST",
        "/tools/logo_maker/execute",
        Map.of("project_id", "proj_0", "inputs", Map.of("text", "A")));
  }

  @Test
  void invalidInputSaysWhatIsAllowed() throws Exception {
    fails(400, "invalid_input", "POST", "/projects", Map.of());
    fails(400, "invalid_input", "POST", "/projects", "{\"name\":");
    fails(400, "invalid_input", "POST", "/projects", Map.of("name", " "));
    fails(400, "invalid_input", "GET", "/projects?limit=101", null);
    fails(400, "invalid_input", "GET", "/projects?sort=colour", null);
    fails(400, "invalid_input", "GET", "/projects?offset=-1", null);
    fails(400, "invalid_input", "GET", "/credits/transactions?limit=0", null);
    fails(
        400,
        "invalid_input",
        "POST",
        "/credits/purchase",
        Map.of("amount", 0, "payment_method", "tok_1"));
    fails(
        400,
        "invalid_input",
        "POST",
        "/webhooks",
        Map.of("url", "ftp://x", "events", new String[] {"job.completed"}, "secret", "12345678"));
    JsonNode error =
        fails(
            400,
            "invalid_input",
            "POST",
            "/tools/logo_maker/execute",
            Map.of("inputs", Map.of("text", "A", "style", "gothic")));
    assertThat(error.at("/error/message").asText())
        .isEqualTo("inputs.style must be one of modern, vintage, minimalist; was gothic");
    assertThat(error.at("/error/details/allowed_values").toString())
        .isEqualTo("[\"modern\",\"vintage\",\"minimalist\"]");
    assertThat(error.at("/error/details/problems")).hasSize(1);
    JsonNode words =
        fails(400, "invalid_input", "POST", "/credits/purchase", Map.of("amount", "many"));
    assertThat(words.at("/error/message").asText()).isEqualTo("amount must be a whole number");
    assertThat(words.at("/error/details/field").asText()).isEqualTo("amount");
    assertThat(words.at("/error/details/provided_value").asText()).isEqualTo("many");
  }

  @Test
  void aCardThatIsDeclinedIsNotCharged() throws Exception {
    long before = server.client().credits().balance().balance();
    fails(
        402,
        "payment_declined",
        "POST",
        "/credits/purchase",
        Map.of("amount", 500, "payment_method", "tok_declined"));
    assertThat(server.client().credits().balance().balance()).isEqualTo(before);
  }

  @Test
  void aKeyOfAnotherRequestIsAConflict() {
    var client = server.client();
    var order = new dev.spanda.contract.craudioviz.CreditsApi.Order(10L, "tok_1");
    var bought = client.credits().purchase(order, "one");
    assertThat(client.credits().purchase(order, "one")).isEqualTo(bought);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                client
                    .credits()
                    .purchase(
                        new dev.spanda.contract.craudioviz.CreditsApi.Order(11L, "tok_1"), "one"))
        .isInstanceOfSatisfying(
            dev.spanda.client.ApiException.class,
            e -> {
              assertThat(e.status()).isEqualTo(409);
              assertThat(e.code()).isEqualTo("idempotency_conflict");
            });
  }

  @Test
  void theHundredAndFirstCallOfAnHourIsOneTooMany(@TempDir Path fresh) throws Exception {
    try (CraudiovizServer strict = new CraudiovizServer(Config.in(fresh).onFreePorts().asDemo())) {
      HttpResponse<String> answer = null;
      int allowed = 0;
      for (int call = 0; call < 103; call++) {
        answer = strict.send(strict.live(), CraudiovizServer.LOW_KEY, "GET", "/user/profile", null);
        if (answer.statusCode() == 200) {
          allowed++;
          assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("100");
        }
      }
      // A permit comes back every 36 s, and a slow machine may see one.
      assertThat(allowed).isBetween(100, 102);
      assertThat(answer.statusCode()).isEqualTo(429);
      JsonNode error = WireJson.mapper().readTree(answer.body());
      assertThat(error.at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
      assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).contains("0");
      long retry = Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
      assertThat(retry).isBetween(1L, 36L);
      assertThat(error.at("/error/details/retry_after").asLong()).isEqualTo(retry);
      long reset = Long.parseLong(answer.headers().firstValue("X-RateLimit-Reset").orElseThrow());
      assertThat(reset - Instant.now().getEpochSecond()).isBetween(3_000L, 3_700L);
      // The sandbox counts nobody, and another account has its own hour.
      assertThat(
              strict
                  .send(
                      strict.sandbox(), CraudiovizServer.SANDBOX_KEY, "GET", "/user/profile", null)
                  .headers()
                  .firstValue("X-RateLimit-Limit"))
          .isEmpty();
      assertThat(
              strict
                  .send(strict.live(), CraudiovizServer.KEY, "GET", "/user/profile", null)
                  .headers()
                  .firstValue("X-RateLimit-Limit"))
          .contains("2000");
    }
  }

  @Test
  void aFaultOfTheServerIsAServerError() {
    Dialect.Answer answer =
        new CraudiovizDialect()
            .error(Failure.of(Failure.Reason.FAILED, "store", "The disk is full"), "req_1");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(((CraudiovizError) answer.body()).error().code()).isEqualTo("server_error");
  }
}

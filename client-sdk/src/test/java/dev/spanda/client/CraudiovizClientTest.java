package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CraudiovizClientTest {

  private final MockWebServer server = new MockWebServer();
  private final SteadyPace pace = new SteadyPace();

  @TempDir private Path folder;

  @BeforeEach
  void startServer() throws IOException {
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private CraudiovizClient client() {
    URI base = server.url("/v1").uri();
    return new CraudiovizClient(
        base, ClientOptions.DEFAULT.withHeader("Authorization", "Bearer KEY"), pace);
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  @Test
  void anExecutionIsTriedAgainUnderTheSameKey() throws InterruptedException {
    answer(503, "");
    answer(200, "{\"job_id\":\"job_789\",\"status\":\"processing\",\"estimated_time\":30}");
    try (CraudiovizClient client = client()) {
      ToolsApi.Started job =
          client
              .tools()
              .execute(
                  "logo_maker", ToolsApi.Execution.in("proj_123", Map.of("text", "My Company")));
      assertThat(job.id()).isEqualTo("job_789");
    }
    RecordedRequest first = server.takeRequest();
    RecordedRequest second = server.takeRequest();
    assertThat(first.getRequestLine()).isEqualTo("POST /v1/tools/logo_maker/execute HTTP/1.1");
    assertThat(first.getHeaders().get("Authorization")).isEqualTo("Bearer KEY");
    assertThat(first.getHeaders().get("Idempotency-Key")).hasSize(36);
    assertThat(second.getHeaders().get("Idempotency-Key"))
        .isEqualTo(first.getHeaders().get("Idempotency-Key"));
    assertThat(second.getBody()).isEqualTo(first.getBody());
    assertThat(first.getBody().utf8())
        .isEqualTo("{\"project_id\":\"proj_123\",\"inputs\":{\"text\":\"My Company\"}}");
  }

  @Test
  void twoPurchasesHaveTwoKeysUnlessTheCallerGivesOne() throws InterruptedException {
    String paid =
        "{\"transaction_id\":\"txn_1\",\"credits_added\":5,\"new_balance\":5,\"cost\":\"$1.00\"}";
    answer(200, paid);
    answer(200, paid);
    answer(200, paid);
    CreditsApi.Order order = new CreditsApi.Order(5L, "tok_1");
    try (CraudiovizClient client = client()) {
      client.credits().purchase(order);
      client.credits().purchase(order);
      client.credits().purchase(order, "mine");
    }
    String first = server.takeRequest().getHeaders().get("Idempotency-Key");
    String second = server.takeRequest().getHeaders().get("Idempotency-Key");
    assertThat(first).isNotNull().isNotEqualTo(second);
    assertThat(server.takeRequest().getHeaders().get("Idempotency-Key")).isEqualTo("mine");
  }

  @Test
  void aCreationIsNotRepeated() {
    answer(503, "");
    try (CraudiovizClient client = client()) {
      assertThatThrownBy(() -> client.projects().create("Once")).isInstanceOf(ApiException.class);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void waitingTellsProgressAndGivesTheResult() {
    answer(200, "{\"job_id\":\"j\",\"status\":\"processing\",\"progress\":0,\"message\":\"a\"}");
    answer(200, "{\"job_id\":\"j\",\"status\":\"processing\",\"progress\":45,\"message\":\"b\"}");
    answer(
        200,
        "{\"job_id\":\"j\",\"status\":\"completed\",\"credits_used\":10,"
            + "\"result\":{\"item_id\":\"i\",\"url\":\"http://x/y\",\"formats\":[\"png\"]}}");
    List<Integer> seen = new ArrayList<>();
    try (CraudiovizClient client = client()) {
      JobsApi.Result result =
          client
              .jobs()
              .wait(
                  "j",
                  Duration.ofMinutes(1),
                  job -> seen.add(Objects.requireNonNullElse(job.progress(), 100)));
      assertThat(result.url()).isEqualTo("http://x/y");
    }
    assertThat(seen).containsExactly(0, 45, 100);
    assertThat(pace.pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(150));
  }

  @Test
  void aJobThatFailsIsAnException() {
    answer(200, "{\"job_id\":\"j\",\"status\":\"failed\",\"error\":\"No letter\"}");
    try (CraudiovizClient client = client()) {
      assertThatThrownBy(() -> client.jobs().wait("j"))
          .isInstanceOfSatisfying(
              CraudiovizClient.JobFailedException.class,
              failed -> {
                assertThat(failed).hasMessage("No letter");
                assertThat(failed.code()).isEqualTo("job_failed");
                assertThat(failed.job().status()).isEqualTo("failed");
              });
    }
  }

  @Test
  void waitingEndsWithThePatience() {
    for (int i = 0; i < 10; i++) {
      answer(200, "{\"job_id\":\"j\",\"status\":\"processing\"}");
    }
    try (CraudiovizClient client = client()) {
      assertThatThrownBy(() -> client.jobs().wait("j", Duration.ofMillis(400)))
          .isInstanceOfSatisfying(
              ApiException.class, end -> assertThat(end.code()).isEqualTo(ApiException.NO_ANSWER));
    }
    assertThat(pace.pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void aFileIsSentWithItsProject() throws Exception {
    answer(
        200, "{\"file_id\":\"file_999\",\"url\":\"http://x\",\"size\":3,\"type\":\"image/png\"}");
    Path image = Files.write(folder.resolve("image1.png"), new byte[] {1, 2, 3});
    try (CraudiovizClient client = client()) {
      assertThat(client.files().upload(image, "proj_123").id()).isEqualTo("file_999");
    }
    String body = server.takeRequest().getBody().string(StandardCharsets.ISO_8859_1);
    assertThat(body)
        .contains("name=\"project_id\"")
        .contains("proj_123")
        .contains("name=\"file\"; filename=\"image1.png\"");
  }

  @Test
  void aDeliveryIsVerifiedByItsRawBytes() {
    byte[] body = "{\"event\":\"job.completed\"}".getBytes(StandardCharsets.UTF_8);
    // echo -n '{"event":"job.completed"}' | openssl dgst -sha256 -hmac your_webhook_secret
    String signature = "aab852da4f316037236319931b62269e9af6bbe35d78d82048b1a3709be7a69f";
    String secret = "your_webhook_secret";
    assertThat(CraudiovizClient.verifyWebhook(body, signature, secret)).isTrue();
    assertThat(CraudiovizClient.verifyWebhook(body, signature, "another_secret")).isFalse();
    assertThat(CraudiovizClient.verifyWebhook(body, signature.substring(2), secret)).isFalse();
    assertThat(CraudiovizClient.verifyWebhook(body, "not hexadecimal", secret)).isFalse();
    assertThat(CraudiovizClient.verifyWebhook(body, null, secret)).isFalse();
    body[3]++;
    assertThat(CraudiovizClient.verifyWebhook(body, signature, secret)).isFalse();
  }

  @Test
  void anAsynchronousCallIsACallOnAnotherThread() throws Exception {
    answer(
        200, "{\"balance\":1500,\"plan\":\"pro\",\"monthly_allowance\":2000,\"expires_at\":null}");
    try (CraudiovizClient client = client()) {
      assertThat(client.async(client.credits(), CreditsApi::balance).get().balance())
          .isEqualTo(1500);
    }
  }
}

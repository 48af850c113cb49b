package dev.spanda.server.craudioviz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.spanda.client.CraudiovizClient;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import dev.spanda.contract.craudioviz.WebhooksApi;
import dev.spanda.contract.http.WireJson;
import dev.spanda.server.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events on their way to an address of the caller's. */
class CraudiovizWebhooksTest {

  private static final String SECRET = "your_webhook_secret";
  private static final ToolsApi.Execution CHART =
      ToolsApi.Execution.of(
          Map.of("date_time", "2000-01-01T12:00Z", "latitude", 1, "longitude", 2));

  /** What the address got. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Got(byte[] body, String signature, String eventId) {}

  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private HttpServer receiver;

  @TempDir private Path folder;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/webhook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          got.add(
              new Got(
                  body,
                  exchange.getRequestHeaders().getFirst("x-craudioviz-signature"),
                  exchange.getRequestHeaders().getFirst("x-craudioviz-event-id")));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stopListening() {
    receiver.stop(0);
  }

  private String address() {
    return "127.0.0.1:" + receiver.getAddress().getPort();
  }

  private WebhooksApi.NewWebhook webhook() {
    return new WebhooksApi.NewWebhook(
        "http://" + address() + "/webhook", List.of("job.completed", "credits.low"), SECRET);
  }

  private JsonNode next() throws Exception {
    Got delivery = Objects.requireNonNull(got.poll(30, TimeUnit.SECONDS));
    assertThat(CraudiovizClient.verifyWebhook(delivery.body(), delivery.signature(), SECRET))
        .isTrue();
    JsonNode event = WireJson.mapper().readTree(delivery.body());
    assertThat(delivery.eventId()).isEqualTo(event.path("id").asText(delivery.eventId()));
    return event;
  }

  @Test
  void aJobThatCompletesAndCreditsThatRunLowAreTold() throws Exception {
    try (CraudiovizServer server =
        new CraudiovizServer(
            Config.in(folder)
                .onFreePorts()
                .asDemo()
                .withLimitFactor(1_000)
                .withAllowPrivate(Set.of(address())))) {
      CraudiovizClient client = server.client(server.live(), CraudiovizServer.LOW_KEY);
      WebhooksApi.Webhook made = client.webhooks().create(webhook());
      assertThat(client.webhooks().test(made.id()).status()).isEqualTo("delivered");
      assertThat(next().get("event").asText()).isEqualTo("webhook.test");

      // 5 and 110 credits; a chart costs 12: the second one leads below 100.
      client.credits().purchase(new CreditsApi.Order(110L, "tok_1"));
      String first = client.tools().execute("birth_chart", CHART).id();
      JobsApi.Result result = client.jobs().wait(first);
      JsonNode completed = next();
      assertThat(completed.get("event").asText()).isEqualTo("job.completed");
      assertThat(completed.at("/data/job_id").asText()).isEqualTo(first);
      String url = completed.at("/data/result_url").asText();
      assertThat(server.open(url).body()).isEqualTo(server.open(result.url()).body());

      client.jobs().wait(client.tools().execute("birth_chart", CHART).id());
      List<JsonNode> two = List.of(next(), next());
      assertThat(two)
          .extracting(event -> event.get("event").asText())
          .containsExactlyInAnyOrder("job.completed", "credits.low");
      JsonNode low =
          two.stream()
              .filter(event -> event.get("event").asText().equals("credits.low"))
              .findFirst()
              .orElseThrow();
      assertThat(low.at("/data/current_balance").asLong()).isEqualTo(91);
      assertThat(low.at("/data/threshold").asLong()).isEqualTo(100);

      client.jobs().wait(client.tools().execute("birth_chart", CHART).id());
      assertThat(next().get("event").asText()).isEqualTo("job.completed");
      assertThat(
              client.webhooks().deliveries(made.id(), null, null).deliveries().stream()
                  .filter(delivery -> delivery.event().equals("credits.low")))
          .hasSize(1);
    }
  }

  @Test
  void anAddressWithinTheHouseIsNotCalled() throws Exception {
    try (CraudiovizServer server = CraudiovizServer.in(folder)) {
      CraudiovizClient client = server.client();
      WebhooksApi.Webhook made = client.webhooks().create(webhook());
      WebhooksApi.Delivery delivery = client.webhooks().test(made.id());
      assertThat(delivery.status()).isEqualTo("failed");
      assertThat(delivery.attempts()).hasSize(1);
      assertThat(delivery.attempts().get(0).responseStatus()).isNull();
      assertThat(delivery.attempts().get(0).excerpt()).startsWith("FORBIDDEN");
      assertThat(got).isEmpty();
    }
  }
}

package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.contract.wavestack.QueueApi;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WavestackClientTest {

  private static final String CREATED =
      "{\"id\":\"item_1\",\"status\":\"queued\",\"createdAt\":\"2026-01-15T10:00:00Z\"}";
  private static final String CONFLICT =
      "{\"error\":{\"code\":\"CONFLICT\",\"message\":\"There is an item\",\"details\":"
          + "{\"field\":\"idempotencyKey\",\"id\":\"item_1\",\"status\":\"queued\"}}}";
  private static final QueueApi.NewItem ITEM =
      QueueApi.NewItem.of("proj_456", "asset_789", "My Video", List.of("youtube"));

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void startServer() throws IOException {
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private WavestackClient client() {
    return new WavestackClient(
        Map.of(WavestackClient.CORE, server.url("/").uri()),
        ClientOptions.DEFAULT.withHeader("X-Org-Id", "org_123"),
        new SteadyPace());
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static String item(String title) {
    return "{\"id\":\"item_1\",\"orgId\":\"org_123\",\"projectId\":\"proj_456\","
        + "\"assetId\":\"asset_789\",\"title\":\""
        + title
        + "\",\"caption\":\"\",\"hashtags\":[],\"platforms\":[\"youtube\"],"
        + "\"status\":\"queued\",\"createdAt\":\"2026-01-15T10:00:00Z\"}";
  }

  @Test
  void aRetryThatArrivesTwiceIsTheFirstItem() throws InterruptedException {
    // The first try was kept, although its answer said otherwise.
    answer(503, "");
    answer(409, CONFLICT);
    answer(200, item("My Video"));
    try (WavestackClient client = client()) {
      QueueApi.Created created = client.queue().create(ITEM);
      assertThat(created.id()).isEqualTo("item_1");
      assertThat(created.createdAt()).isEqualTo(Instant.parse("2026-01-15T10:00:00Z"));
    }
    RecordedRequest first = server.takeRequest();
    RecordedRequest second = server.takeRequest();
    assertThat(first.getRequestLine()).isEqualTo("POST /api/queue HTTP/1.1");
    assertThat(first.getHeaders().get("X-Org-Id")).isEqualTo("org_123");
    String key = first.getHeaders().get("Idempotency-Key");
    assertThat(key).hasSize(36);
    assertThat(first.getBody().utf8()).contains("\"idempotencyKey\":\"" + key + "\"");
    assertThat(second.getBody()).isEqualTo(first.getBody());
    assertThat(server.takeRequest().getRequestLine()).isEqualTo("GET /api/queue/item_1 HTTP/1.1");
  }

  @Test
  void twoItemsHaveTwoKeys() throws InterruptedException {
    answer(200, CREATED);
    answer(200, CREATED);
    try (WavestackClient client = client()) {
      client.queue().create(ITEM);
      client.queue().create(ITEM);
    }
    assertThat(server.takeRequest().getHeaders().get("Idempotency-Key"))
        .isNotEqualTo(server.takeRequest().getHeaders().get("Idempotency-Key"));
  }

  @Test
  void aKeyOfTheCallersThatBelongsToAnotherItemIsAConflict() {
    answer(409, CONFLICT);
    answer(200, item("Another Video"));
    try (WavestackClient client = client()) {
      assertThatThrownBy(() -> client.queue().create(ITEM.withKey("mine")))
          .isInstanceOfSatisfying(
              ApiException.class,
              e -> {
                assertThat(e.status()).isEqualTo(409);
                assertThat(e.details()).containsEntry("id", "item_1");
              });
    }
  }

  @Test
  void servicesStandBesideTheCoreAppUnlessTheyAreGiven() {
    try (WavestackClient client =
        WavestackClient.connect(
            Map.of(
                "wavestack-core", URI.create("https://wave.example.com:3000"),
                "wavestack-social", URI.create("http://feeds.example.com/social")),
            "key",
            "org_123")) {
      assertThat(client.base("wavestack-core")).hasToString("https://wave.example.com:3000");
      assertThat(client.base("wavestack-clipper")).hasToString("https://wave.example.com:8000");
      assertThat(client.base("wavestack-analytics")).hasToString("https://wave.example.com:8800");
      assertThat(client.base("wavestack-social")).hasToString("http://feeds.example.com/social");
      assertThatThrownBy(() -> client.base("vajra")).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> WavestackClient.connect(Map.of(), "key", "org_123"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

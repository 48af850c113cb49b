package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.client.OctospineClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.AutomationsApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapter Automation Management as the document shows it, and what it leaves out. */
class AutomationsDocumentTest {

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

  @Test
  void theDocumentsAutomationIsCreatedListedAndRun() throws Exception {
    JsonNode request = OctospineServer.example("automations-create-request");
    JsonNode created = server.json("POST", "/api/automations", request).get("data");
    JsonNode wanted = OctospineServer.example("automations-create-answer").get("data");
    for (String field : new String[] {"name", "status"}) {
      assertThat(created.get(field)).isEqualTo(wanted.get(field));
    }
    Shapes.isLike(wanted.at("/triggers/0"), created.at("/triggers/0"));
    assertThat(created.at("/triggers/0/value")).isEqualTo(wanted.at("/triggers/0/value"));
    assertThat(created.at("/triggers/0/next_trigger").asText()).matches(".*T(00|06|12|18):00:00Z");
    assertThat(created.at("/triggers/1/value").asText()).isEqualTo("data_source.updated");
    assertThat(created.get("steps")).isEqualTo(request.get("steps"));
    String id = created.get("id").asText();
    assertThat(id).startsWith("auto_");
    assertThat(wanted.get("id").asText()).startsWith("auto_");

    OctospineClient client = server.client();
    AutomationsApi.Run begun = client.automations().run(id);
    assertThat(begun.trigger()).isEqualTo("manual");
    AutomationsApi.Run run = ended(client, id, 1);
    assertThat(run.status()).as("%s", run).isEqualTo("completed");
    assertThat(run.steps())
        .extracting(AutomationsApi.StepOutcome::type)
        .containsExactly("extract", "transform", "store");
    assertThat(run.steps().get(2).result()).containsEntry("table", "processed_data");
    assertThat(((Number) run.steps().get(2).result().get("rows")).longValue()).isPositive();

    JsonNode listed =
        server.json("GET", "/api/automations?status=active&type=data_processing", null);
    Shapes.isLike(OctospineServer.example("automations-list-answer"), listed);
    assertThat(listed.at("/data/automations/0/success_rate").asDouble()).isEqualTo(1);
    assertThat(
            server
                .json("GET", "/api/automations?type=webhook", null)
                .at("/data/pagination/total")
                .asLong())
        .isZero();

    // What waits for an event runs when it is told.
    assertThat(
            client
                .automations()
                .signal(new AutomationsApi.Event("data_source.updated"))
                .automations())
        .isOne();
    assertThat(ended(client, id, 2).trigger()).isEqualTo("event");

    AutomationsApi.Automation changed =
        client
            .automations()
            .update(id, new AutomationsApi.Changes("Renamed", null, null, null, null));
    assertThat(changed.name()).isEqualTo("Renamed");
    assertThat(changed.steps()).hasSize(3);
    assertThat(client.automations().pause(id).status()).isEqualTo("paused");
    assertThat(
            client
                .automations()
                .signal(new AutomationsApi.Event("data_source.updated"))
                .automations())
        .isZero();
    assertThat(client.automations().list("paused", null, null, null).automations()).hasSize(1);
    assertThat(client.automations().resume(id).nextRun()).isNotNull();
    assertThat(client.automations().delete(id).id()).isEqualTo(id);
    assertThat(server.send("GET", "/api/automations/" + id, null).statusCode()).isEqualTo(404);
  }

  /** The newest run when there are so many and it is over. */
  private static AutomationsApi.Run ended(OctospineClient client, String id, int count)
      throws InterruptedException {
    CountDownLatch patience = new CountDownLatch(1);
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end) {
      List<AutomationsApi.Run> runs = client.automations().runs(id, 10, 0).runs();
      if (runs.size() >= count && runs.get(0).endedAt() != null) {
        return runs.get(0);
      }
      boolean unused = patience.await(50, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("The run has not ended: " + client.automations().runs(id, 10, 0));
  }

  @Test
  void everyWrongFieldIsNamed() throws Exception {
    refused("name", null, "name");
    refused("name", "", "name");
    refused("triggers", List.of(), "triggers");
    refused("triggers", List.of(Map.of("type", "moon", "value", "full")), "triggers");
    refused("triggers", List.of(Map.of("type", "schedule", "value", "often")), "triggers");
    refused("triggers", List.of(Map.of("type", "event", "value", "no name")), "event");
    refused(
        "triggers",
        List.of(Map.of("type", "schedule", "value", "0 6 * * *", "time_zone", "Moon/Base")),
        "time_zone");
    refused("steps", List.of(), "steps");
    refused("steps", List.of(Map.of("type", "conjure")), "type");
    refused("steps", List.of(Map.of("type", "store")), "type");
    refused(
        "steps",
        List.of(Map.of("type", "extract", "parameters", Map.of("source", "sky"))),
        "source");
    JsonNode answer = server.json("GET", "/api/automations?status=asleep", null);
    assertThat(answer.toString()).contains("paused");
    assertThat(server.send("GET", "/api/automations?limit=101", null).statusCode()).isEqualTo(400);
    assertThat(server.send("POST", "/api/automations/auto_none/run", null).statusCode())
        .isEqualTo(404);
  }

  private static void refused(String field, @Nullable Object value, String named) throws Exception {
    ObjectNode request = (ObjectNode) OctospineServer.example("automations-create-request");
    if (value == null) {
      request.remove(field);
    } else {
      request.set(field, WireJson.mapper().valueToTree(value));
    }
    HttpResponse<String> answer = server.send("POST", "/api/automations", request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"" + named + "\"");
  }
}

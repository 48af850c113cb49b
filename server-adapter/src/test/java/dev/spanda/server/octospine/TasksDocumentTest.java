package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.OctospineClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.AgentsApi;
import dev.spanda.contract.octospine.ConsciousnessApi;
import dev.spanda.contract.octospine.TasksApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapters about tasks, agents and consciousness as the document shows them. */
class TasksDocumentTest {

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

  /** Asks until the answer is as it should be; the server works on threads of its own. */
  private static <T> T until(Supplier<T> ask, java.util.function.Predicate<T> enough) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    T answer = ask.get();
    while (!enough.test(answer)) {
      assertThat(System.nanoTime()).as("still %s", answer).isLessThan(deadline);
      Thread.onSpinWait();
      answer = ask.get();
    }
    return answer;
  }

  private static JsonNode created(String path, Object body) throws Exception {
    HttpResponse<String> response = server.send("POST", path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return WireJson.mapper().readTree(response.body());
  }

  @Test
  void theDocumentsTaskIsCreatedListedShownUpdatedRunAndDeleted() throws Exception {
    JsonNode answer = created("/api/tasks", OctospineServer.example("tasks-create-request"));
    Shapes.isLike(OctospineServer.example("tasks-create-answer"), answer);
    JsonNode data = answer.get("data");
    assertThat(data.get("status").asText()).isEqualTo("created");
    assertThat(
            Duration.between(
                Instant.parse(data.get("created_at").asText()),
                Instant.parse(data.get("next_run").asText())))
        .isEqualTo(Duration.ofSeconds(300));
    String id = data.get("id").asText();
    TasksApi tasks = server.client().tasks();
    assertThat(tasks.run(id).id()).isEqualTo(id);
    TasksApi.Task done = until(() -> tasks.get(id), task -> task.statistics().totalRuns() == 1);
    assertThat(done.statistics().successfulRuns()).isEqualTo(1);
    assertThat(done.status()).isEqualTo("scheduled");
    TasksApi.Run run = tasks.runs(id, null, null).runs().get(0);
    assertThat(run.result()).containsEntry("table", "processed_data");
    JsonNode listed = server.json("GET", "/api/tasks?status=active&limit=10&offset=0", null);
    Shapes.isLike(
        OctospineServer.example("tasks-list-answer").at("/data/pagination"),
        listed.at("/data/pagination"));
    JsonNode own = null;
    for (JsonNode each : listed.at("/data/tasks")) {
      own = each.get("id").asText().equals(id) ? each : own;
    }
    Shapes.isLike(OctospineServer.example("tasks-list-answer").at("/data/tasks/0"), own);
    JsonNode shown = server.json("GET", "/api/tasks/" + id, null);
    Shapes.isLike(OctospineServer.example("tasks-get-answer"), shown);
    JsonNode documented = OctospineServer.example("tasks-create-request");
    for (String field : List.of("name", "description", "type", "priority", "parameters")) {
      assertThat(shown.at("/data/" + field)).isEqualTo(documented.get(field));
    }
    assertThat(shown.at("/data/schedule")).isEqualTo(documented.get("schedule"));
    JsonNode change = OctospineServer.example("tasks-update-request");
    JsonNode updated = server.json("PUT", "/api/tasks/" + id, change);
    Shapes.isLike(OctospineServer.example("tasks-get-answer"), updated);
    assertThat(updated.at("/data/name")).isEqualTo(change.get("name"));
    assertThat(updated.at("/data/priority").asText()).isEqualTo("medium");
    assertThat(updated.at("/data/parameters")).isEqualTo(change.get("parameters"));
    assertThat(server.send("DELETE", "/api/tasks/" + id, null).statusCode()).isEqualTo(200);
    assertThat(server.send("GET", "/api/tasks/" + id, null).statusCode()).isEqualTo(404);
  }

  @Test
  void theDocumentsProgramCreatesATask() {
    try (OctospineClient client = OctospineClient.connect(server.url(), "your-api-key")) {
      TasksApi.Created task =
          client
              .tasks()
              .create(TasksApi.NewTask.of("Data Processing Task", "data_processing", "high"));
      TasksApi.Task done =
          until(() -> client.tasks().get(task.id()), now -> now.status().equals("completed"));
      assertThat(done.progress()).isEqualTo(100);
    }
  }

  @Test
  void everyTypeOfTaskDoesWhatItSays() {
    TasksApi tasks = server.client().tasks();
    TasksApi.Created audio =
        tasks.create(
            new TasksApi.NewTask(
                "Bowl",
                null,
                "generate_audio",
                null,
                Map.of("duration", 2, "format", "wav"),
                null));
    until(() -> tasks.get(audio.id()), task -> task.status().equals("completed"));
    Map<String, Object> made = tasks.runs(audio.id(), 1, 0L).runs().get(0).result();
    assertThat(made).containsEntry("seconds", 2.0);
    assertThat(((Number) made.get("bytes")).longValue()).isGreaterThan(2 * 44_100 * 2);
    // A sound is no picture: measuring it fails, and is not tried again.
    TasksApi.Created image =
        tasks.create(
            new TasksApi.NewTask(
                "Picture",
                null,
                "measure_image",
                null,
                Map.of("file_id", made.get("file_id")),
                null));
    TasksApi.Task failed =
        until(() -> tasks.get(image.id()), task -> task.status().equals("failed"));
    assertThat(failed.statistics().failedRuns()).isEqualTo(1);
    // The guard lets nothing through to this machine.
    TasksApi.Created hook =
        tasks.create(
            new TasksApi.NewTask(
                "Hook", null, "webhook", null, Map.of("url", server.url() + "/api/health"), null));
    until(() -> tasks.get(hook.id()), task -> task.status().equals("failed"));
    assertThat(tasks.runs(hook.id(), 1, 0L).runs().get(0).message()).contains("public internet");
  }

  @Test
  void theDocumentsAgentIsCreatedListedAndShown() throws Exception {
    JsonNode answer = created("/api/agents", OctospineServer.example("agents-create-request"));
    Shapes.isLike(OctospineServer.example("agents-create-answer"), answer);
    assertThat(answer.at("/data/status").asText()).isEqualTo("active");
    String id = answer.at("/data/id").asText();
    Shapes.isLike(
        OctospineServer.example("agents-list-answer"),
        server.json("GET", "/api/agents?status=active&type=data_processor", null));
    JsonNode shown = server.json("GET", "/api/agents/" + id, null);
    ObjectNode documented = (ObjectNode) OctospineServer.example("agents-get-answer").get("data");
    documented.putArray("current_tasks");
    Shapes.isLike(documented, shown.get("data"));
    assertThat(shown.at("/data/configuration/timeout").asLong()).isEqualTo(300);
    assertThat(server.client().system().getStatus().agents().active()).isPositive();
    assertThat(server.client().system().getConfig().limits()).containsEntry("max_agents", 100L);
    server.client().agents().delete(id);
  }

  @Test
  void aProgramElsewhereLeasesWorkAndALateReportIsRefused() {
    OctospineClient client = server.client();
    AgentsApi.Created agent =
        client
            .agents()
            .create(
                new AgentsApi.NewAgent(
                    "Remote",
                    "remote_worker",
                    List.of("webhook"),
                    new AgentsApi.Configuration(5, 300L, 3, true)));
    assertThat(agent.status()).isEqualTo("offline");
    AgentsApi.LeaseRequest two = new AgentsApi.LeaseRequest(2);
    assertThat(client.agents().lease(agent.id(), two).leases()).isEmpty();
    TasksApi.Created task =
        client
            .tasks()
            .create(
                new TasksApi.NewTask(
                    "Far",
                    null,
                    "webhook",
                    "critical",
                    Map.of("url", "https://example.org/"),
                    null));
    AgentsApi.Lease lease =
        until(() -> client.agents().lease(agent.id(), two).leases(), leases -> !leases.isEmpty())
            .get(0);
    assertThat(lease.taskId()).isEqualTo(task.id());
    assertThat(client.tasks().get(task.id()).status()).isEqualTo("running");
    AgentsApi.Sign half = new AgentsApi.Sign(lease.runId(), lease.token(), 75.0, "soon");
    assertThat(client.agents().heartbeat(agent.id(), new AgentsApi.Heartbeat(List.of(half))).held())
        .containsExactly(lease.runId());
    assertThat(client.tasks().get(task.id()).progress()).isEqualTo(75);
    AgentsApi.Agent busy = client.agents().get(agent.id());
    assertThat(busy.currentTasks()).containsExactly(new AgentsApi.Current(task.id(), "Far", 75));
    assertRefused(
        409,
        "RESOURCE_CONFLICT",
        () ->
            client
                .agents()
                .complete(
                    agent.id(), new AgentsApi.Completion(lease.runId(), lease.token() + 1, null)));
    AgentsApi.Completion right =
        new AgentsApi.Completion(lease.runId(), lease.token(), Map.of("status", 200));
    assertThat(client.agents().complete(agent.id(), right).status()).isEqualTo("completed");
    assertRefused(409, "RESOURCE_CONFLICT", () -> client.agents().complete(agent.id(), right));
    assertThat(client.agents().get(agent.id()).statistics().successfulTasks()).isEqualTo(1);
    assertThat(client.tasks().get(task.id()).status()).isEqualTo("completed");
    client.agents().delete(agent.id());
  }

  @Test
  void learningIsTheDocuments() throws Exception {
    Shapes.isLike(
        OctospineServer.example("consciousness-status-answer"),
        server.json("GET", "/api/consciousness/status", null));
    Instant before = Instant.now();
    JsonNode answer =
        server.json(
            "POST",
            "/api/consciousness/learn",
            OctospineServer.example("consciousness-learn-request"));
    Shapes.isLike(OctospineServer.example("consciousness-learn-answer"), answer);
    assertThat(answer.at("/data/status").asText()).isEqualTo("started");
    assertThat(Instant.parse(answer.at("/data/estimated_completion").asText()))
        .isBetween(before.plusSeconds(3_599), Instant.now().plusSeconds(3_600));
    String id = answer.at("/data/session_id").asText();
    ConsciousnessApi consciousness = server.client().consciousness();
    ConsciousnessApi.Session over =
        until(() -> consciousness.session(id), session -> session.status().equals("completed"));
    assertThat(over.runs()).isNotNegative();
  }

  private static void assertRefused(int status, String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.code()).isEqualTo(code);
            });
  }

  private static void assertInvalid(String verb, String path, Object body, String field)
      throws Exception {
    HttpResponse<String> response = server.send(verb, path, body);
    assertThat(response.statusCode()).as(response.body()).isIn(400, 413);
    JsonNode error = WireJson.mapper().readTree(response.body()).get("error");
    assertThat(error.at("/details/field").asText()).as(response.body()).isEqualTo(field);
    assertThat(error.get("message").asText()).isNotBlank();
  }

  @Test
  void wrongInputIsRefusedByField() throws Exception {
    Map<String, Object> wrong =
        Map.of(
            "name", " ",
            "type", "paint",
            "priority", "urgent",
            "parameters", Map.of("source", "ftp"),
            "schedule", Map.of("type", "interval", "value", 0));
    Map<String, String> subjects = Map.of("parameters", "source", "schedule", "schedule.value");
    for (Map.Entry<String, Object> each : wrong.entrySet()) {
      ObjectNode body = (ObjectNode) OctospineServer.example("tasks-create-request");
      body.set(each.getKey(), WireJson.mapper().valueToTree(each.getValue()));
      assertInvalid(
          "POST", "/api/tasks", body, subjects.getOrDefault(each.getKey(), each.getKey()));
    }
    assertInvalid("GET", "/api/tasks?status=sleeping", null, "status");
    assertInvalid("GET", "/api/tasks?limit=0", null, "limit");
    assertInvalid("GET", "/api/agents?status=tired", null, "status");
    for (String field : List.of("max_concurrent_tasks", "timeout", "retry_attempts")) {
      ObjectNode body = (ObjectNode) OctospineServer.example("agents-create-request");
      ((ObjectNode) body.get("configuration")).put(field, -1);
      assertInvalid("POST", "/api/agents", body, field);
    }
    assertInvalid(
        "POST", "/api/consciousness/learn", Map.of("session_type", "sleep"), "session_type");
    assertThat(server.send("GET", "/api/tasks/task_0", null).statusCode()).isEqualTo(404);
    assertThat(server.open("GET", "/api/tasks", null).statusCode()).isEqualTo(401);
  }
}

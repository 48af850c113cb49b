package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.OctospineSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that really runs is told of on both sockets. */
class OctospineEventsTest {

  @TempDir private static Path folder;
  private static OctospineServer server;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    server = OctospineServer.in(folder);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A task that runs only when it is told to, so that somebody can listen before. */
  private static String waiting() throws Exception {
    JsonNode made =
        server.json(
            "POST",
            "/api/tasks",
            Map.of(
                "name",
                "Heard",
                "type",
                "data_processing",
                "schedule",
                Map.of("type", "interval", "value", 86_400)));
    return made.at("/data/id").asText();
  }

  private static void run(String task) throws Exception {
    assertThat(server.send("POST", "/api/tasks/" + task + "/run", null).statusCode())
        .isEqualTo(200);
  }

  private static URI url(String path) {
    return URI.create("ws://" + server.url().getAuthority() + path);
  }

  @Test
  void theSocketOfEventsTellsOfARunThatFitsTheFilter() throws Exception {
    String task = waiting();
    String other = waiting();
    Instant before = Instant.now().minusSeconds(1);
    try (Ear progress = Ear.open(http, url(OctospineSocket.PATH), List.of());
        Ear log = Ear.open(http, url(OctospineSocket.PATH), List.of())) {
      progress.send(
          "{\"action\":\"subscribe\",\"events\":[\"task.progress\"],\"filters\":{\"task_id\":\""
              + task
              + "\"}}");
      log.send(
          "{\"action\":\"subscribe\",\"events\":[\"log.entry\"],\"filters\":{\"task_id\":\""
              + task
              + "\"}}");
      assertThat(progress.next("subscription.updated")).isNotNull();
      assertThat(log.next("subscription.updated")).isNotNull();
      run(other);
      run(task);
      JsonNode last =
          progress.next(
              message -> {
                assertThat(message.get("type").asText()).isEqualTo(OctospineSocket.TASK_PROGRESS);
                assertThat(message.at("/data/task_id").asText()).isEqualTo(task);
                assertThat(message.at("/data/progress").asInt()).isBetween(0, 100);
                return message.at("/data/progress").asInt() == 100;
              });
      Shapes.isLike(OctospineServer.example("socket-task-progress"), last);
      assertThat(Instant.parse(last.at("/data/timestamp").asText()))
          .isBetween(before, Instant.now());
      JsonNode line =
          log.next(
              message -> {
                assertThat(message.get("type").asText()).isEqualTo(OctospineSocket.LOG_ENTRY);
                assertThat(message.at("/data/context/task_id").asText()).isEqualTo(task);
                return true;
              });
      Shapes.isLike(OctospineServer.example("socket-log-entry"), line);
      assertThat(line.at("/data/level").asText()).isEqualTo("info");
      assertThat(line.at("/data/message").asText()).isEqualTo("Task completed successfully");
    }
    assertThat(
            server
                .json("GET", "/api/tasks/" + task, null)
                .at("/data/statistics/successful_runs")
                .asInt())
        .isOne();
  }

  @Test
  void aRunThatFailsIsToldAsAnError() throws Exception {
    JsonNode made =
        server.json(
            "POST",
            "/api/tasks",
            Map.of(
                "name",
                "Lost",
                "type",
                "measure_image",
                "parameters",
                Map.of("file_id", "file_none"),
                "schedule",
                Map.of("type", "interval", "value", 86_400)));
    String task = made.at("/data/id").asText();
    assertThat(task).as(made.toString()).isNotEmpty();
    try (Ear log = Ear.open(http, url(OctospineSocket.PATH), List.of())) {
      log.send(
          "{\"action\":\"subscribe\",\"events\":[\"log.entry\"],\"filters\":{\"task_id\":\""
              + task
              + "\"}}");
      assertThat(log.next("subscription.updated")).isNotNull();
      run(task);
      JsonNode line = log.next(OctospineSocket.LOG_ENTRY);
      assertThat(line.at("/data/level").asText()).isEqualTo("error");
      assertThat(line.at("/data/message").asText()).startsWith("Task failed: ");
      assertThat(line.at("/data/context/task_id").asText()).isEqualTo(task);
    }
  }

  @Test
  void theSubscriptionsOfGraphqlTellOfARun() throws Exception {
    String task = waiting();
    try (Ear ear =
        Ear.open(
            http,
            url(GraphqlApi.PATH),
            List.of(GraphqlApi.PROTOCOL),
            "Authorization",
            "Bearer " + OctospineServer.KEY)) {
      ear.send("{\"type\":\"connection_init\"}");
      assertThat(ear.next("connection_ack")).isNotNull();
      String begin = "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription { ";
      String one = "(taskId: \\\"" + task + "\\\")";
      ear.send(
          "{\"id\":\"p"
              + begin
              + "taskProgress"
              + one
              + " { taskId progress status timestamp } }\"}}");
      ear.send("{\"id\":\"l" + begin + "logEntry" + one + " { level message context } }\"}}");
      // Messages are taken in their order: both are followed when this is answered.
      ear.send("{\"type\":\"ping\"}");
      assertThat(ear.next("pong")).isNotNull();
      run(waiting());
      run(task);
      JsonNode[] heard = new JsonNode[2];
      ear.next(
          message -> {
            assertThat(message.get("type").asText()).as(message.toString()).isEqualTo("next");
            JsonNode data = message.at("/payload/data");
            if (message.get("id").asText().equals("p")) {
              assertThat(data.at("/taskProgress/taskId").asText()).isEqualTo(task);
              if (data.at("/taskProgress/progress").asInt() == 100) {
                heard[0] = data.get("taskProgress");
              }
            } else {
              heard[1] = data.get("logEntry");
            }
            return heard[0] != null && heard[1] != null;
          });
      assertThat(heard[0].get("timestamp").asText()).isNotBlank();
      assertThat(heard[1].get("message").asText()).isEqualTo("Task completed successfully");
      assertThat(heard[1].at("/context/task_id").asText()).isEqualTo(task);
    }
  }
}

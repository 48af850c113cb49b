package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.OctospineClient;
import dev.spanda.contract.octospine.OctospineAnswer;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.server.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapter System Management as the document shows it. */
class SystemDocumentTest {

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
  void everyAnswerIsWrapped() throws Exception {
    JsonNode answer = server.json("GET", "/api/status", null);
    Shapes.isLike(OctospineServer.example("answer"), answer);
    assertThat(answer.get("message").asText()).isEqualTo(OctospineAnswer.DONE);
    assertThat(Instant.parse(answer.get("timestamp").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(server.send("GET", "/api/status", null).headers().firstValue("X-Request-Id"))
        .isPresent();
  }

  @Test
  void healthIsTheDocuments() throws Exception {
    JsonNode answer = server.json("GET", "/api/health", null);
    Shapes.isLike(OctospineServer.example("system-health-answer"), answer);
    JsonNode documented = OctospineServer.example("system-health-answer").at("/data");
    assertThat(answer.at("/data/services")).isEqualTo(documented.get("services"));
    assertThat(answer.at("/data/status")).isEqualTo(documented.get("status"));
    assertThat(answer.at("/data/version")).isEqualTo(documented.get("version"));
  }

  @Test
  void statusCountsWhatThereIs() throws Exception {
    JsonNode answer = server.json("GET", "/api/status", null);
    Shapes.isLike(OctospineServer.example("system-status-answer"), answer);
    SystemApi.Status status = server.client().system().getStatus();
    assertThat(status.applications().running() + status.applications().stopped())
        .isEqualTo(status.applications().total());
    assertThat(status.applications().running()).isPositive();
    // This server serves one of the mounts only: the others are stopped.
    assertThat(status.applications().stopped()).isGreaterThanOrEqualTo(Config.MOUNTS.size() - 1);
    assertThat(status.system().cpuUsage()).isBetween(0.0, 100.0);
    assertThat(status.system().memoryUsage()).isBetween(1.0, 100.0);
    assertThat(status.system().diskUsage()).isBetween(0.1, 100.0);
  }

  @Test
  void configurationNamesTheDocumentsFeatures() throws Exception {
    JsonNode answer = server.json("GET", "/api/config", null);
    JsonNode documented = OctospineServer.example("system-config-answer");
    assertThat(answer.at("/data/environment")).isEqualTo(documented.at("/data/environment"));
    Shapes.isLike(documented.at("/data/features"), answer.at("/data/features"));
  }

  @Test
  void theDocumentsProgramAsksForTheStatus() {
    try (OctospineClient client = OctospineClient.connect(server.url(), "your-api-key")) {
      SystemApi.Status status = client.system().getStatus();
      assertThat(status.agents().total()).isNotNegative();
      SystemApi.Health health = client.system().getHealth();
      assertThat(Duration.ofSeconds(health.uptime())).isLessThan(Duration.ofMinutes(10));
    }
  }
}

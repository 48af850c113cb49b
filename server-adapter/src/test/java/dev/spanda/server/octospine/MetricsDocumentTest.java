package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.OctospineClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.MetricsApi;
import dev.spanda.contract.octospine.SystemApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapter Monitoring and Analytics as the document shows it. */
class MetricsDocumentTest {

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

  private static JsonNode fails(int status, String field, String verb, String path, Object body)
      throws Exception {
    HttpResponse<String> answer = server.send(verb, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = WireJson.mapper().readTree(answer.body()).get("error");
    assertThat(error.at("/details/field").asText()).isEqualTo(field);
    return error;
  }

  @Test
  void theMachinesSeriesAreTheDocuments() throws Exception {
    // A measurement is taken when the status is asked for.
    assertThat(server.client().system().getStatus()).isNotNull();
    JsonNode answer = server.json("GET", "/api/metrics/system?period=1h&interval=5m", null);
    Shapes.isLike(OctospineServer.example("metrics-system-answer"), answer);
    assertThat(answer.at("/data/period").asText()).isEqualTo("1h");
    assertThat(answer.at("/data/interval").asText()).isEqualTo("5m");
    assertThat(answer.at("/data/metrics/memory_usage/0/value").asDouble()).isBetween(1.0, 100.0);
  }

  @Test
  void anApplicationsSeriesAreTheDocuments() throws Exception {
    OctospineClient client = server.client();
    MetricsApi.Application application =
        client.metrics().report(new MetricsApi.Report("app_123", null, 150L, 3L, 125.5, null));
    assertThat(application.status()).isEqualTo("running");
    JsonNode answer =
        server.json("GET", "/api/metrics/applications?app_id=app_123&period=24h", null);
    Shapes.isLike(OctospineServer.example("metrics-applications-answer"), answer);
    assertThat(answer.at("/data/metrics/response_time/0/value").asDouble()).isEqualTo(125.5);
    assertThat(answer.at("/data/metrics/error_rate/0/value").asDouble()).isEqualTo(0.02);
    assertThat(answer.at("/data/interval").asText()).isEqualTo("1h");
    assertThat(client.metrics().application("app_123", "24h", null).metrics().throughput())
        .hasSize(1);
  }

  @Test
  void theServerCountsItsOwnAnswers() throws Exception {
    for (int i = 0; i < 5; i++) {
      server.send("GET", "/api/config", null);
    }
    MetricsApi.ApplicationMetrics own =
        server.client().metrics().application(Octospine.NAME, "1h", "10s");
    assertThat(own.metrics().responseTime()).isNotEmpty();
    assertThat(own.metrics().errorRate())
        .allSatisfy(point -> assertThat(point.value().doubleValue()).isZero());
    fails(
        409,
        "app_id",
        "POST",
        "/api/metrics/applications",
        Map.of("app_id", Octospine.NAME, "requests", 1));
  }

  @Test
  void applicationsAreCountedAndForgotten() {
    OctospineClient client = server.client();
    SystemApi.Applications before = client.system().getStatus().applications();
    client.metrics().report(new MetricsApi.Report("shop", "The shop", 0L, null, null, null));
    SystemApi.Applications after = client.system().getStatus().applications();
    assertThat(after.total()).isEqualTo(before.total() + 1);
    assertThat(after.running()).isEqualTo(before.running() + 1);
    assertThat(client.metrics().applications().applications())
        .anySatisfy(each -> assertThat(each.name()).isEqualTo("The shop"))
        .anySatisfy(each -> assertThat(each.applicationId()).isEqualTo("vajra"));
    assertThat(client.metrics().forget("shop").deleted()).isTrue();
    assertThat(client.system().getStatus().applications()).isEqualTo(before);
  }

  @Test
  void thresholdsAreSetAndAlertsListed() throws Exception {
    OctospineClient client = server.client();
    assertThat(client.metrics().thresholds().thresholds().get("cpu_usage"))
        .isEqualTo(new MetricsApi.Threshold(80.0, 95.0));
    client.metrics().setThreshold("memory_usage", new MetricsApi.Threshold(90.0, 99.0));
    assertThat(client.metrics().thresholds().thresholds().get("memory_usage").warning())
        .isEqualTo(90);
    client.metrics().resetThreshold("memory_usage");
    assertThat(client.metrics().thresholds().thresholds().get("memory_usage").warning())
        .isEqualTo(85);
    assertThat(client.metrics().alerts("open", 10, 0L).pagination().offset()).isZero();
    JsonNode error =
        fails(
            400,
            "metric",
            "PUT",
            "/api/alerts/thresholds/colour",
            Map.of("warning", 1, "critical", 2));
    assertThat(error.at("/details/allowed").toString()).contains("cpu_usage");
    fails(
        400,
        "critical",
        "PUT",
        "/api/alerts/thresholds/cpu_usage",
        Map.of("warning", 5, "critical", 2));
    fails(400, "status", "GET", "/api/alerts?status=closed", null);
    fails(400, "limit", "GET", "/api/alerts?limit=1000", null);
  }

  @Test
  void wrongInputIsNamed() throws Exception {
    JsonNode period = fails(400, "period", "GET", "/api/metrics/system?period=soon", null);
    assertThat(period.at("/details/value").asText()).isEqualTo("soon");
    fails(400, "interval", "GET", "/api/metrics/system?period=1h&interval=7s", null);
    fails(400, "app_id", "GET", "/api/metrics/applications", null);
    fails(404, "application", "GET", "/api/metrics/applications?app_id=nobody", null);
    fails(
        400,
        "errors",
        "POST",
        "/api/metrics/applications",
        Map.of("app_id", "a", "requests", 1, "errors", 2));
    fails(400, "requests", "POST", "/api/metrics/applications", Map.of("app_id", "a"));
    fails(404, "application", "DELETE", "/api/applications/nobody", null);
  }

  @Test
  void aRestartKeepsTheSeries(@TempDir Path fresh) {
    try (OctospineServer first = OctospineServer.in(fresh)) {
      first.client().metrics().report(new MetricsApi.Report("kept", null, 10L, 1L, 5.0, null));
      assertThat(first.client().system().getStatus()).isNotNull();
    }
    try (OctospineServer second = OctospineServer.in(fresh)) {
      MetricsApi.ApplicationMetrics kept =
          second.client().metrics().application("kept", "1h", null);
      assertThat(kept.metrics().responseTime().get(0).value().doubleValue()).isEqualTo(5);
      assertThat(second.client().metrics().system("1h", "5m").metrics().cpuUsage()).isNotEmpty();
    }
  }
}

package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.server.Config;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service says of itself when its database is gone. */
class HealthTest {

  @Test
  void aServiceWhoseDatabaseIsGoneAnswers503UntilItIsBack(@TempDir Path folder) throws Exception {
    EmbeddedPostgres database = database(folder, 0);
    int port = database.getPort();
    try (WavestackServer server =
        new WavestackServer(
            new Config(
                    "127.0.0.1",
                    Map.of(),
                    Set.of(),
                    folder.resolve("data"),
                    database.getJdbcUrl("postgres", "postgres"),
                    true,
                    1,
                    false,
                    -1,
                    Set.of())
                .onFreePorts())) {
      for (String mount : server.mounts().keySet()) {
        if (mount.startsWith("wavestack-")) {
          assertThat(health(server, mount).statusCode()).as(mount).isEqualTo(200);
        }
      }
      database.close();
      await(server, 503);
      for (String mount : server.mounts().keySet()) {
        if (mount.startsWith("wavestack-")) {
          HttpResponse<String> answer = health(server, mount);
          assertThat(answer.statusCode()).as(mount + " " + answer.body()).isEqualTo(503);
          JsonNode error = WireJson.mapper().readTree(answer.body());
          assertThat(error.size()).isEqualTo(1);
          assertThat(error.at("/error/code").asText()).isEqualTo("SERVICE_UNAVAILABLE");
          assertThat(error.at("/error/message").asText()).isEqualTo("The store does not answer");
          assertThat(error.at("/error/details/status").asText()).isEqualTo("unhealthy");
          assertThat(answer.body()).doesNotContain("postgres", "jdbc");
        }
      }
      HttpResponse<String> other =
          server.send(server.base("wavestack-social"), Map.of(), "GET", "/api/v1/messages", null);
      assertThat(other.statusCode()).as(other.body()).isEqualTo(503);
      assertThat(WireJson.mapper().readTree(other.body()).at("/error/code").asText())
          .isEqualTo("SERVICE_UNAVAILABLE");
      database = database(folder, port);
      await(server, 200);
    } finally {
      database.close();
    }
  }

  private static EmbeddedPostgres database(Path folder, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("database"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  /** It is noticed within seconds; a request that came just before may hang. */
  private static void await(WavestackServer server, int status) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.core() + "/health"))
            .timeout(Duration.ofSeconds(2))
            .build();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        // The first refusals may be of the limits, which are kept in the database too.
        if (answer.statusCode() == status
            && (status == 200 || answer.body().contains("unhealthy"))) {
          return;
        }
      } catch (HttpTimeoutException e) {
        // It waited for the database.
      }
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  private static HttpResponse<String> health(WavestackServer server, String mount)
      throws Exception {
    return server.send(server.base(mount), Map.of(), "GET", "/health", null);
  }
}

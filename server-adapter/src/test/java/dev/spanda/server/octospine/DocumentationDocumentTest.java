package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.octospine.DocumentationApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapter Documentation Management as the document shows it, and reading a document. */
class DocumentationDocumentTest {

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
  void theDocumentsRequestDocumentsEveryApiOfTheBuild() throws Exception {
    JsonNode begun =
        server.json(
            "POST",
            "/api/documentation/generate",
            OctospineServer.example("documentation-generate-request"));
    JsonNode wanted = OctospineServer.example("documentation-generate-answer");
    Shapes.isLike(wanted, begun);
    assertThat(begun.at("/data/targets")).isEqualTo(wanted.at("/data/targets"));
    assertThat(begun.at("/data/status").asText()).isEqualTo("processing");
    String job = begun.at("/data/job_id").asText();
    assertThat(job).startsWith("doc_gen_");

    DocumentationApi.Status status = ended(job);
    assertThat(status.status()).isEqualTo("completed");
    assertThat(status.progress()).isEqualTo(100);
    // Thirteen files describe the mounts; each has chapters, models and an overview.
    assertThat(status.filesProcessed()).isGreaterThanOrEqualTo(13);
    assertThat(status.documentsGenerated()).isGreaterThan(2 * 13 + 30);
    Shapes.isLike(
        OctospineServer.example("documentation-status-answer"),
        server.json("GET", "/api/documentation/status/" + job, null));

    JsonNode found =
        server.json(
            "GET", "/api/documentation/search?query=authentication&type=api&limit=10", null);
    Shapes.isLike(OctospineServer.example("documentation-search-answer"), found);
    assertThat(found.at("/data/results/0/relevance_score").asDouble()).isEqualTo(1);
    assertThat(found.at("/data/search_time").asDouble()).isBetween(0.0, 5.0);
    assertThat(found.at("/data/results/0/content_snippet").asText())
        .containsIgnoringCase("authentication");

    DocumentationApi documentation = server.client().documentation();
    DocumentationApi.SearchAnswer yantra = documentation.search("sacred geometry", "api", 5);
    DocumentationApi.Document document = documentation.get(yantra.results().get(0).id());
    assertThat(document.format()).isEqualTo("markdown");
    assertThat(document.content())
        .contains("POST /api/v1/visualization/sacred-geometry")
        .contains("```json");
    HttpResponse<String> stranger =
        server.open("GET", "/api/documentation/" + document.id(), null, "X-API-Key", "nobody");
    assertThat(stranger.statusCode()).isEqualTo(401);
  }

  @Test
  void javaSourcesAreDocumentedInHtml() throws Exception {
    DocumentationApi documentation = server.client().documentation();
    DocumentationApi.Begun begun =
        documentation.generate(
            new DocumentationApi.Plan(
                "api_reference",
                List.of("sources"),
                "html",
                null,
                List.of(
                    new DocumentationApi.Source(
                        "Bell.java", "/** Rings at noon. */ public class Bell {}"))));
    assertThat(ended(begun.jobId()).documentsGenerated()).isOne();
    DocumentationApi.SearchAnswer found = documentation.search("rings noon", "source", null);
    assertThat(found.totalResults()).isOne();
    assertThat(documentation.get(found.results().get(0).id()).content())
        .contains("<code class=\"language-java\">public class Bell</code>")
        .contains("<p>Rings at noon.</p>");
  }

  private static DocumentationApi.Status ended(String job) throws InterruptedException {
    CountDownLatch patience = new CountDownLatch(1);
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      DocumentationApi.Status status = server.client().documentation().status(job);
      if (!status.status().equals("processing")) {
        return status;
      }
      boolean unused = patience.await(50, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("The generation has not ended");
  }

  @Test
  void everyWrongFieldIsNamed() throws Exception {
    refused("{\"type\":\"poem\"}", "api_reference");
    refused("{\"targets\":[]}", "targets");
    refused("{\"targets\":[\"moon\"]}", "frameworks");
    refused("{\"targets\":[null]}", "targets");
    refused("{\"format\":\"pdf\"}", "markdown");
    refused("{\"targets\":[\"sources\"]}", "sources");
    for (String query : new String[] {"query=", "query=%22", "query=x&limit=0", "type=api"}) {
      assertThat(server.send("GET", "/api/documentation/search?" + query, null).statusCode())
          .as(query)
          .isEqualTo(400);
    }
    assertThat(server.send("GET", "/api/documentation/status/none", null).statusCode())
        .isEqualTo(404);
    assertThat(server.send("GET", "/api/documentation/doc_none", null).statusCode()).isEqualTo(404);
  }

  private static void refused(String body, String named) throws Exception {
    HttpResponse<String> answer = server.send("POST", "/api/documentation/generate", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(named);
  }
}

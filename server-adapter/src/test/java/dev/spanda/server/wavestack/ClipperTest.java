package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.ClipperClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.ClipperApi;
import dev.spanda.server.DrawnFilm;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipperTest {

  private static final String ROOTS = "spanda.clip.roots";

  @TempDir static Path folder;
  private static WavestackServer server;

  @BeforeAll
  static void start() throws Exception {
    Path films = Files.createDirectory(folder.resolve("films"));
    System.setProperty(ROOTS, films.toString());
    server = WavestackServer.in(Files.createDirectory(folder.resolve("data")));
    System.clearProperty(ROOTS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static synchronized String film() throws Exception {
    Path file = folder.resolve("films").resolve("film.mp4");
    if (!Files.exists(file)) {
      Path unused =
          DrawnFilm.draw(
              file,
              "-f lavfi -i testsrc2=size=320x180:rate=30:duration=6"
                  + " -f lavfi -i sine=duration=6:sample_rate=48000"
                  + " -c:v libx264 -preset ultrafast -g 30 -c:a aac");
    }
    return "film.mp4";
  }

  private static URI base() {
    return server.base("wavestack-clipper");
  }

  private static HttpResponse<String> send(String verb, String path, Object body) throws Exception {
    return server.send(base(), WavestackServer.CREDENTIALS, verb, path, body);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return WireJson.mapper().readTree(answer.body());
  }

  @Test
  void theDocumentsRequestIsAnsweredAsItShows() throws Exception {
    HttpResponse<String> answer =
        send(
            "POST",
            "/api/v1/clip",
            "{\"source\":\"https://example.com/video.mp4\",\"start_sec\":30.5,"
                + "\"duration_sec\":15,\"out_ext\":\"mp4\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode created = json(answer);
    assertThat(created.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("job_id", "status", "message");
    assertThat(created.get("status").asText()).isEqualTo("queued");
    assertThat(created.get("message").asText()).isEqualTo("Clip job created");
    String id = created.get("job_id").asText();
    JsonNode status = json(send("GET", "/api/v1/clip/" + id, null));
    assertThat(status.get("job_id").asText()).isEqualTo(id);
    JsonNode cancelled = json(send("DELETE", "/api/v1/clip/" + id, null));
    assertThat(cancelled.get("job_id").asText()).isEqualTo(id);
  }

  @Test
  void aClipIsMadeWaitedForAndFetchedByItsOwnerAlone() throws Exception {
    String film = film();
    ClipperClient clipper = server.client().clipper();
    ClipperApi.Created created = clipper.create(new ClipperApi.Order(film, 1.25, 2));
    List<Integer> told = new ArrayList<>();
    ClipperApi.Job job = clipper.wait(created.jobId(), told::add);
    assertThat(job.status()).as("%s", job.error()).isEqualTo("complete");
    assertThat(told).endsWith(100);
    ClipperApi.Result result = Objects.requireNonNull(job.result());
    assertThat(result.url()).isEqualTo(base() + "/files/" + created.jobId() + ".mp4");
    assertThat(result.duration()).isEqualTo(2.0);
    assertThat(result.frames()).isEqualTo(60);
    assertThat(result.way()).isEqualTo("smart");
    assertThat(result.createdAt()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    byte[] bytes = clipper.file(result).bytes();
    assertThat(bytes).hasSize((int) result.sizeBytes());
    String path = URI.create(result.url()).getPath();
    HttpResponse<String> part =
        server.send(
            base(),
            Map.of("Authorization", "Bearer " + WavestackServer.KEY, "Range", "bytes=4-7"),
            "GET",
            path,
            null);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("ftyp");
    assertThat(part.headers().firstValue("Content-Type")).contains("video/mp4");
    JsonNode wire = json(send("GET", "/api/v1/clip/" + created.jobId(), null));
    assertThat(wire.get("result").properties())
        .extracting(Map.Entry::getKey)
        .startsWith("url", "duration", "size_bytes", "created_at");
    assertThat(
            server
                .send(base(), Map.of("Authorization", "Bearer no-key"), "GET", path, null)
                .statusCode())
        .isEqualTo(401);
    assertThat(clipper.list(10, 0).jobs())
        .extracting(ClipperApi.Job::jobId)
        .contains(created.jobId());
  }

  @Test
  void severalClipsOfASourceAreOneJob() throws Exception {
    ClipperClient clipper = server.client().clipper();
    ClipperApi.Created created =
        clipper.create(
            new ClipperApi.Order(
                film(),
                null,
                null,
                "mov",
                "instant",
                null,
                "drop",
                List.of(new ClipperApi.Part(0, 1), new ClipperApi.Part(3.5, 1.5))));
    ClipperApi.Job job = clipper.wait(created.jobId(), progress -> {});
    assertThat(job.status()).as("%s", job.error()).isEqualTo("complete");
    assertThat(job.results()).extracting(ClipperApi.Result::frames).containsExactly(30, 45);
    assertThat(job.results()).extracting(ClipperApi.Result::way).containsOnly("copy");
  }

  @Test
  void aTimeBeyondTheEndFailsTheJobWithTheFieldAndTheEnd() throws Exception {
    ClipperClient clipper = server.client().clipper();
    ClipperApi.Job job =
        clipper.wait(clipper.create(new ClipperApi.Order(film(), 100, 2)).jobId(), progress -> {});
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.error()).contains("start_sec").contains("6.0 s");
  }

  @Test
  void badInputIsRefusedWithItsFieldAndWhatIsAllowed() throws Exception {
    Map<String, String> bad =
        Map.ofEntries(
            Map.entry("{\"start_sec\":1,\"duration_sec\":2}", "source"),
            Map.entry("{\"source\":\"film.mp4\",\"duration_sec\":2}", "start_sec"),
            Map.entry("{\"source\":\"film.mp4\",\"start_sec\":1}", "duration_sec"),
            Map.entry("{\"source\":\"film.mp4\",\"start_sec\":-1,\"duration_sec\":2}", "start_sec"),
            Map.entry(
                "{\"source\":\"film.mp4\",\"start_sec\":1,\"duration_sec\":0.5}", "duration_sec"),
            Map.entry(
                "{\"source\":\"film.mp4\",\"start_sec\":1,\"duration_sec\":3601}", "duration_sec"),
            Map.entry(
                "{\"source\":\"https://e.org/f\",\"start_sec\":1,\"duration_sec\":2,"
                    + "\"out_ext\":\"avi\"}",
                "out_ext"),
            Map.entry(
                "{\"source\":\"https://e.org/f\",\"start_sec\":1,\"duration_sec\":2,"
                    + "\"mode\":\"quick\"}",
                "mode"),
            Map.entry(
                "{\"source\":\"https://e.org/f\",\"start_sec\":1,\"duration_sec\":2,"
                    + "\"size\":\"big\"}",
                "size"),
            Map.entry(
                "{\"source\":\"ftp://e.org/f\",\"start_sec\":1,\"duration_sec\":2}", "source"),
            Map.entry(
                "{\"source\":\"https://a:b@e.org/f\",\"start_sec\":1,\"duration_sec\":2}",
                "source"));
    for (Map.Entry<String, String> each : bad.entrySet()) {
      HttpResponse<String> answer = send("POST", "/api/v1/clip", each.getKey());
      assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(400);
      JsonNode error = json(answer).get("error");
      assertThat(error.get("code").asText()).isEqualTo("VALIDATION_ERROR");
      assertThat(error.get("details").get("field").asText())
          .as(answer.body())
          .isEqualTo(each.getValue());
    }
    for (String path : List.of("/etc/passwd", "../data/spanda.db", "nothing.mp4")) {
      HttpResponse<String> answer =
          send("POST", "/api/v1/clip", Map.of("source", path, "start_sec", 0, "duration_sec", 1));
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
    }
    assertThat(send("GET", "/api/v1/clip/job_none", null).statusCode()).isEqualTo(404);
    for (String name :
        List.of("job_none.mp4", "..%2F..%2Fspanda.db", "work", "%2e%2e", "job_none-2.mp4")) {
      assertThat(send("GET", "/files/" + name, null).statusCode()).as(name).isIn(400, 404);
    }
    assertThatThrownBy(() -> server.client().clipper().list(0, 0)).isInstanceOf(ApiException.class);
  }
}

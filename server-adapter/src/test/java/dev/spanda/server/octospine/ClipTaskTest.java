package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.TasksApi;
import dev.spanda.server.Config;
import dev.spanda.server.DrawnFilm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clips as tasks. */
class ClipTaskTest {

  private static final String FFMPEG = "spanda.ffmpeg";

  @TempDir private static Path folder;
  private static OctospineServer server;

  @BeforeAll
  static void start() {
    server = at(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** It may fetch from this machine, where the film lies. */
  private static OctospineServer at(Path data) {
    Config config =
        Config.in(data)
            .onFreePorts()
            .asDemo()
            .withLimitFactor(1_000)
            .withAllowPrivate(Set.of("127.0.0.1"));
    return new OctospineServer(
        new Config(
            config.host(),
            config.ports(),
            Set.of(Octospine.NAME),
            data,
            null,
            true,
            1_000,
            false,
            -1,
            config.allowPrivate()));
  }

  /** Four seconds of 25 frames, a key frame each second, and a tone. */
  private static Path film() throws Exception {
    return DrawnFilm.draw(
        folder.resolve("film.mp4"),
        "-f lavfi -i testsrc2=size=160x90:rate=25:duration=4"
            + " -f lavfi -i sine=duration=4:sample_rate=48000"
            + " -c:v libx264 -preset ultrafast -g 25 -c:a aac");
  }

  private static HttpServer web(Path film) throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/film.mp4",
        exchange -> {
          byte[] bytes = Files.readAllBytes(film);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    web.start();
    return web;
  }

  private static TasksApi.Run run(OctospineServer of, Map<String, Object> parameters)
      throws InterruptedException {
    TasksApi tasks = of.client().tasks();
    String id =
        tasks.create(new TasksApi.NewTask("Clip", null, "cut_clip", null, parameters, null)).id();
    CountDownLatch pause = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Set.of("completed", "failed").contains(tasks.get(id).status())) {
      assertThat(System.nanoTime()).as("still %s", tasks.get(id)).isLessThan(end);
      boolean unused = pause.await(50, TimeUnit.MILLISECONDS);
    }
    return tasks.runs(id, 1, 0L).runs().get(0);
  }

  private static Map<String, Object> made(Map<String, Object> parameters) throws Exception {
    TasksApi.Run run = run(server, parameters);
    assertThat(run.status()).as("%s", run).isEqualTo("completed");
    return Objects.requireNonNull(run.result());
  }

  @Test
  void aClipOfAFilmOnTheWebIsAFileOfWhichAClipIsCut() throws Exception {
    HttpServer web = web(film());
    try {
      String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/film.mp4";
      Map<String, Object> first =
          made(Map.of("source", url, "start_sec", 0.52, "duration_sec", 2.2, "mode", "exact"));
      assertThat(first.get("file_id")).asString().startsWith("file_");
      assertThat(first).containsEntry("name", "clip.mp4").containsEntry("frames", 55);
      assertThat(first).containsEntry("duration", 2.2).containsEntry("way", "smart");
      Map<String, Object> second =
          made(
              Map.of(
                  "source",
                  Objects.requireNonNull(first.get("file_id")),
                  "duration_sec",
                  1,
                  "out_ext",
                  "webm"));
      assertThat(second).containsEntry("name", "clip.webm").containsEntry("frames", 25);
      assertThat(second).containsEntry("way", "full");
      assertThat(second.get("file_id")).isNotEqualTo(first.get("file_id"));
      TasksApi.Run beyond = run(server, Map.of("source", url, "start_sec", 60));
      assertThat(beyond.status()).isEqualTo("failed");
      assertThat(beyond.message()).contains("start_sec must lie before the end");
    } finally {
      web.stop(0);
    }
  }

  @Test
  void whereTheProgramIsMissingTheRunSaysWhatToInstall() throws Exception {
    HttpServer web = web(film());
    System.setProperty(FFMPEG, folder.resolve("none").toString());
    try (OctospineServer without = at(folder.resolve("without"))) {
      String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/film.mp4";
      TasksApi.Run run = run(without, Map.of("source", url, "start_sec", 0.5, "duration_sec", 2));
      assertThat(run.status()).isEqualTo("failed");
      assertThat(run.message()).contains("apt-get install ffmpeg");
    } finally {
      System.clearProperty(FFMPEG);
      web.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source | null",
        "source | \"ftp://example.org/film.mp4\"",
        "source | \"/etc/passwd\"",
        "start_sec | -1",
        "start_sec | \"soon\"",
        "duration_sec | 0.5",
        "duration_sec | 3601",
        "out_ext | \"avi\"",
        "mode | \"rough\"",
        "speed | 2",
      })
  void aWrongParameterIsRefusedWhenTheTaskIsMade(String name, String value) throws Exception {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("source", "https://example.org/film.mp4");
    parameters.put(name, WireJson.mapper().readValue(value, Object.class));
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/api/tasks",
            Map.of("name", "Clip", "type", "cut_clip", "parameters", parameters));
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
    JsonNode error = WireJson.mapper().readTree(answer.body()).get("error");
    assertThat(error.at("/details/field").asText()).as(answer.body()).isEqualTo(name);
  }
}

package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of GraphQL in a browser that finds no name of the internet. */
class ConsoleChromiumTest {

  /** Types a query, presses Run and tells what the page then shows and what it has loaded. */
  private static final String TRY =
      """
      new Promise((done, fail) => {
        const go = () => {
          if (!document.getElementById('run')) {
            fail(new Error('not there yet'));
            return;
          }
          document.getElementById('key').value = 'YOUR_API_KEY';
          document.getElementById('query').value = '{ health { status } }';
          const result = document.getElementById('result');
          new MutationObserver(() => done(JSON.stringify({
            shown: result.textContent,
            loaded: performance.getEntriesByType('resource').map(each => each.name)
          }))).observe(result, {childList: true, characterData: true, subtree: true});
          document.getElementById('run').click();
        };
        const soon = () => setTimeout(go, 50);
        document.readyState === 'complete' ? soon() : addEventListener('load', soon);
      })
      """;

  @TempDir private Path folder;

  @Test
  void thePageLoadsOfflineAndRunsAQuery() throws Exception {
    Path browser = Path.of("/usr/bin/chromium");
    Assumptions.assumeTrue(Files.isExecutable(browser), "needs chromium");
    Path profile = Files.createDirectory(folder.resolve("profile"));
    HttpClient http = HttpClient.newHttpClient();
    try (OctospineServer server =
        OctospineServer.in(Files.createDirectory(folder.resolve("data")))) {
      Process chromium =
          new ProcessBuilder(
                  browser.toString(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--disable-dev-shm-usage",
                  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  server.url() + "/api/graphiql")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("chromium.txt").toFile())
              .start();
      try (Ear ear = Ear.open(http, page(http, profile), List.of())) {
        JsonNode answer = ask(ear, 1);
        // Until the browser has come to the page it shows an empty one, which has no such fields.
        for (int i = 2; i < 200 && !answer.at("/result/result").has("value"); i++) {
          answer = ask(ear, i);
        }
        JsonNode told = WireJson.mapper().readTree(answer.at("/result/result/value").asText());
        assertThat(
                WireJson.mapper()
                    .readTree(told.path("shown").asText())
                    .at("/data/health/status")
                    .asText())
            .as(answer.toString())
            .isEqualTo("healthy");
        assertThat(told.get("loaded")).isNotEmpty();
        for (JsonNode loaded : told.get("loaded")) {
          assertThat(loaded.asText()).startsWith(server.url().toString());
        }
      } finally {
        chromium.descendants().forEach(ProcessHandle::destroyForcibly);
        chromium.destroyForcibly();
        chromium.waitFor();
      }
    }
  }

  private static JsonNode ask(Ear ear, int id) throws Exception {
    ear.send(
        WireJson.mapper()
            .writeValueAsString(
                Map.of(
                    "id",
                    id,
                    "method",
                    "Runtime.evaluate",
                    "params",
                    Map.of("expression", TRY, "awaitPromise", true))));
    return ear.next(message -> message.path("id").asInt() == id);
  }

  /** Where the browser listens for the page, as soon as it shows it. */
  private static URI page(HttpClient http, Path profile) throws Exception {
    CountDownLatch patience = new CountDownLatch(1);
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Path file = profile.resolve("DevToolsActivePort");
    while (System.nanoTime() < end) {
      if (Files.exists(file) && !Files.readAllLines(file).isEmpty()) {
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(file).get(0) + "/json/list");
        String body =
            http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode each : WireJson.mapper().readTree(body)) {
          if (each.path("url").asText().endsWith("/api/graphiql")) {
            return URI.create(each.get("webSocketDebuggerUrl").asText());
          }
        }
      }
      boolean unused = patience.await(50, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("The browser shows no page");
  }
}

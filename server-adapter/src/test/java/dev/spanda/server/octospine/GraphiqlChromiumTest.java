package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.http.JettyListener;
import dev.spanda.server.http.Listener;
import dev.spanda.server.http.Mount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GraphiQL in a browser that finds no name of the internet. */
class GraphiqlChromiumTest {

  /** Calls {@code look} until it gives something that is not nothing. */
  private static final String UNTIL =
      "new Promise((done, fail) => { let left = 300; const again = () => { let found;"
          + " try { found = (() => %s)(); } catch (problem) { found = null; }"
          + " found ? done(found) : --left ? setTimeout(again, 50) : fail(new Error('%s')); };"
          + " again(); })";

  private static final String RESULT =
      "document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()";
  private static final String RUN =
      "document.querySelector('.graphiql-execute-button').click() || true";

  @TempDir private static Path folder;
  private static OctospineServer server;
  private static Process chromium;
  private static HttpClient http;
  private static Tab tab;

  @BeforeAll
  static void start() throws Exception {
    Path browser = Path.of("/usr/bin/chromium");
    Assumptions.assumeTrue(Files.isExecutable(browser), "needs chromium");
    Path profile = Files.createDirectory(folder.resolve("profile"));
    http = HttpClient.newHttpClient();
    server = OctospineServer.in(Files.createDirectory(folder.resolve("data")));
    chromium =
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
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.txt").toFile())
            .start();
    tab = new Tab(Ear.open(http, page(profile), List.of()));
  }

  @AfterAll
  static void stop() throws Exception {
    if (tab != null) {
      tab.ear.close();
    }
    if (chromium != null) {
      chromium.descendants().forEach(ProcessHandle::destroyForcibly);
      chromium.destroyForcibly();
      chromium.waitFor();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aKeyThatIsTypedInOpensSchemaQueriesAndSubscriptions() throws Exception {
    tab.open(server.url());
    assertThat(tab.until("document.getElementById('state').textContent"))
        .startsWith("Give an API key");
    tab.typeKey("YOUR_API_KEY");

    // The schema has come when a type of it can be looked at.
    tab.run("document.querySelector('[aria-label=\"Show Documentation Explorer\"]').click()");
    assertThat(
            tab.until(
                "[...document.querySelectorAll('.graphiql-doc-explorer a')]"
                    + ".map(each => each.textContent).filter(each => each === 'TaskProgress'"
                    + " || each === 'Mutation').join()"))
        .contains("Mutation");

    tab.query("{ health { status } }");
    tab.run(RUN);
    assertThat(json(tab.until(RESULT)).at("/data/health/status").asText()).isEqualTo("healthy");

    tab.query("subscription { systemStatus { status metrics { diskUsage } } }");
    tab.run(RUN);
    String told = tab.until(RESULT + ".includes('systemStatus') && " + RESULT);
    assertThat(json(told).at("/data/systemStatus/status").asText()).isEqualTo("healthy");
    String button = "document.querySelector('.graphiql-execute-button').ariaLabel";
    assertThat(tab.until(button)).startsWith("Stop");
    tab.run(RUN);
    assertThat(tab.until(button + ".startsWith('Execute') && " + button)).startsWith("Execute");

    // A mistake is told in the server's words.
    tab.query("{ task(id: \"task_none\") { id } }");
    tab.run(RUN);
    assertThat(tab.until(RESULT + ".includes('errors') && " + RESULT))
        .contains("RESOURCE_NOT_FOUND");

    // A dialog adds a style to the page, which the policy must let it.
    tab.run("document.querySelector('[aria-label=\"Open settings dialog\"]').click()");
    assertThat(tab.until("document.querySelector('[role=dialog]').textContent"))
        .contains("Settings")
        .doesNotContain("Persist headers");
    assertThat(tab.run("JSON.stringify({...localStorage})").asText())
        .contains("task_none")
        .doesNotContain("YOUR_API_KEY");
    tab.requireAllFrom(server.url());
    // Whether there is a session no script can see: the page has to ask.
    assertThat(tab.problems("/api/auth/session")).isEmpty();
  }

  @Test
  void aSessionsCookieWillDo() throws Exception {
    tab.open(server.url());
    JsonNode opened =
        tab.run(
            "fetch('/api/auth/login', {method: 'POST', headers: {'Content-Type':"
                + " 'application/json'}, body: JSON.stringify({email: '"
                + server.credential("email")
                + "', password: '"
                + server.credential("password")
                + "'})}).then(answer => answer.status)");
    assertThat(opened.asInt()).isEqualTo(200);
    tab.open(server.url());
    tab.query("mutation { createAgent(input: {name: \"Ada\", type: \"any\"}) { name } }");
    tab.run(RUN);
    assertThat(
            json(tab.until(RESULT + ".includes('createAgent') && " + RESULT))
                .at("/data/createAgent/name")
                .asText())
        .isEqualTo("Ada");
    tab.query("subscription { systemStatus { status } }");
    tab.run(RUN);
    assertThat(tab.until(RESULT + ".includes('systemStatus') && " + RESULT)).contains("healthy");
    assertThat(tab.run("document.getElementById('state').textContent").asText()).isEmpty();
    assertThat(tab.problems("")).isEmpty();
    JsonNode closed =
        tab.run(
            "fetch('/api/auth/session').then(answer => answer.json()).then(session =>"
                + " fetch('/api/auth/logout', {method: 'POST', headers: {'"
                + SessionApi.CSRF_HEADER
                + "': session.data.csrf_token}})).then(answer => answer.status)");
    assertThat(closed.asInt()).isEqualTo(200);
  }

  @Test
  void thePageOpensAndSaysSoWhereIntrospectionIsOff() throws Exception {
    Graph shut = GraphqlTest.graph(Map.of(), false);
    Mount.Builder mount =
        Mount.builder("shut")
            .dialect(new OctospineDialect(Clock.systemUTC()))
            .gate(
                Gate.builder(new RateLimiter(Clock.systemUTC()))
                    .authenticator(visit -> Identity.of("user_1", "standard"))
                    .build())
            .endpoints(GraphqlApi.class, caller -> new GraphqlEndpoints(shut, caller));
    GraphiqlPage.parts().forEach(mount::page);
    try (Listener listener = JettyListener.builder().port(0, mount.build()).start()) {
      URI url = listener.urls().get("shut");
      tab.open(url);
      tab.typeKey("any");
      assertThat(
              tab.until(
                  "document.getElementById('state').textContent.startsWith('No schema')"
                      + " && document.getElementById('state').textContent"))
          .contains("ntrospection");
      tab.query("{ tasks(filter: {limit: 1}) { name } }");
      tab.run(RUN);
      assertThat(tab.until(RESULT + ".includes('Task 0') && " + RESULT)).contains("true");
      tab.requireAllFrom(url);
      assertThat(tab.problems("/api/auth/session")).isEmpty();
    }
  }

  @Test
  void partsAreKeptByVersionAndNoOtherFileIsServed() throws Exception {
    for (Map.Entry<String, ?> part : GraphiqlPage.parts().entrySet()) {
      HttpResponse<String> answer = get(part.getKey());
      assertThat(answer.statusCode()).as(part.getKey()).isEqualTo(200);
      String kind =
          part.getKey().endsWith(".js")
              ? "text/javascript"
              : part.getKey().endsWith(".css") ? "text/css" : "text/html";
      assertThat(answer.headers().firstValue("content-type").orElseThrow())
          .isEqualTo(kind + ";charset=utf-8");
      assertThat(answer.headers().firstValue("cache-control").orElseThrow())
          .as(part.getKey())
          .isEqualTo(
              part.getKey().matches(".*/\\d+\\.\\d+\\.\\d+/.*")
                  ? "public, max-age=31536000, immutable"
                  : "no-cache");
      String tag = answer.headers().firstValue("etag").orElseThrow();
      HttpResponse<String> again = get(part.getKey(), "If-None-Match", tag);
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
    assertThat(get(GraphiqlPage.PATH).headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
        .doesNotContain("unsafe-eval", "blob:", "http");
    for (String path :
        List.of(
            "/2.4.7/graphiql.js",
            "/2.4.7/graphiql.min.js.map",
            "/2.4.7/../page.js/",
            "/2.4.7/%2e%2e/%2e%2e/openapi.json",
            "/..%2f..%2foctospine.graphqls",
            "/2.4.6/graphiql.min.js",
            "/console.js")) {
      assertThat(get(GraphiqlPage.PATH + path).statusCode()).as(path).isIn(400, 404);
    }
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(String text) throws IOException {
    return WireJson.mapper().readTree(text);
  }

  /** The browser's only tab, by the protocol of its developer tools. */
  private static final class Tab {
    private final Ear ear;
    private final List<String> problems = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private int calls;

    Tab(Ear ear) throws Exception {
      this.ear = ear;
      for (String domain : List.of("Runtime", "Log", "Network", "Page")) {
        call(domain + ".enable", Map.of());
      }
    }

    /** Goes to the page and waits for the editor. */
    void open(URI base) throws Exception {
      // Another page first, so that what is found afterwards is the new one's.
      call("Page.navigate", Map.of("url", "about:blank"));
      until("location.href === 'about:blank'");
      problems.clear();
      asked.clear();
      call("Page.navigate", Map.of("url", base + GraphiqlPage.PATH));
      until("document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror && true");
      // Until then what is typed would be lost: the editor's text is set when it has begun.
      until(
          "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror"
              + ".getValue().length > 0");
    }

    void typeKey(String key) throws Exception {
      run("document.getElementById('key').focus()");
      call("Input.insertText", Map.of("text", key));
      run("document.getElementById('key').blur()");
    }

    /** Types a query and waits until the editor has read which operation it is. */
    void query(String text) throws Exception {
      run(
          "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue("
              + WireJson.mapper().writeValueAsString(text)
              + ")");
      run(
          "document.querySelector('.result-window .CodeMirror') &&"
              + " document.querySelector('.result-window .CodeMirror').CodeMirror.setValue('')");
      String editor = "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror";
      until(editor + ".documentAST.loc.source.body === " + editor + ".getValue()");
    }

    /** What the expression comes to, or its promise. */
    JsonNode run(String expression) throws Exception {
      JsonNode result =
          call(
              "Runtime.evaluate",
              Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
      assertThat(result.has("exceptionDetails"))
          .as("%s %s %s %s", expression, result, asked, problems)
          .isFalse();
      return result.at("/result/value");
    }

    /** Waits up to 15 s until the expression is something. */
    String until(String expression) throws Exception {
      return run(UNTIL.formatted(expression, expression.replaceAll("[\\\\'\"]", ""))).asText();
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
      int id = ++calls;
      ear.send(
          WireJson.mapper()
              .writeValueAsString(Map.of("id", id, "method", method, "params", parameters)));
      return ear.next(
              message -> {
                note(message);
                return message.path("id").asInt() == id;
              })
          .path("result");
    }

    private void note(JsonNode message) {
      switch (message.path("method").asText()) {
        case "Runtime.exceptionThrown" -> problems.add(message.toString());
        case "Runtime.consoleAPICalled" -> {
          if (!message.at("/params/type").asText().matches("log|info|debug")) {
            problems.add(message.toString());
          }
        }
        case "Log.entryAdded" -> {
          if (message.at("/params/entry/level").asText().matches("error|warning")) {
            problems.add(message.toString());
          }
        }
        case "Network.requestWillBeSent" -> asked.add(message.at("/params/request/url").asText());
        default -> {}
      }
    }

    /** What the console has to complain of, but for one address that may be refused. */
    List<String> problems(String refused) {
      return problems.stream()
          .filter(each -> refused.isEmpty() || !each.contains(refused + "\""))
          .toList();
    }

    void requireAllFrom(URI base) {
      assertThat(asked).hasSizeGreaterThan(7);
      for (String url : asked) {
        assertThat(url).matches(each -> each.startsWith(base.toString()) || isData(each));
      }
    }

    private static boolean isData(String url) {
      return url.startsWith("data:font/") || url.startsWith("data:image/");
    }
  }

  /** Where the browser listens for its tab. */
  private static URI page(Path profile) throws Exception {
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
          if (each.path("type").asText().equals("page")) {
            return URI.create(each.get("webSocketDebuggerUrl").asText());
          }
        }
      }
      boolean unused = patience.await(50, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("The browser shows no page");
  }
}

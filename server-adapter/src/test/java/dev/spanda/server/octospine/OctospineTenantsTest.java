package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.OctospineSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever operation there is: what belongs to another account is not there. */
class OctospineTenantsTest {

  /** Path variables that name no record: every account has each metric. */
  private static final Set<String> NO_RECORDS = Set.of("metric");

  /** A word that stands in everything the owner makes and in nothing else. */
  private static final String MARK = "moonflower";

  @TempDir private static Path folder;
  private static OctospineServer server;
  private static HttpClient http;
  private static String stranger;
  private static final Map<String, String> IDS = new LinkedHashMap<>();
  private static JsonNode lease;

  @BeforeAll
  static void start() throws Exception {
    stranger = OctospineServer.account(folder, "user_stranger");
    server = OctospineServer.in(folder);
    http = HttpClient.newHttpClient();
    IDS.put("task_id", task(OctospineServer.KEY, MARK));
    IDS.put(
        "agent_id",
        made(
                "/api/agents",
                Map.of(
                    "name",
                    MARK,
                    "type",
                    MARK,
                    "capabilities",
                    List.of("webhook"),
                    "configuration",
                    Map.of("remote", true)))
            .at("/id")
            .asText());
    IDS.put(
        "automation_id",
        made(
                "/api/automations",
                Map.of(
                    "name",
                    MARK,
                    "triggers",
                    List.of(Map.of("type", "event", "value", "moon.rises")),
                    "steps",
                    List.of(
                        Map.of("type", "extract", "parameters", Map.of("source", "api")),
                        Map.of("type", "store", "parameters", Map.of("table", MARK)))))
            .at("/id")
            .asText());
    IDS.put(
        "session_id",
        made("/api/consciousness/learn", Map.of("session_type", "pattern_recognition"))
            .at("/session_id")
            .asText());
    IDS.put(
        "app_id",
        made("/api/metrics/applications", Map.of("app_id", MARK, "name", MARK, "requests", 7))
            .at("/app_id")
            .asText());
    IDS.put(
        "job_id",
        made(
                "/api/documentation/generate",
                Map.of(
                    "targets",
                    List.of("sources"),
                    "sources",
                    List.of(
                        Map.of(
                            "name",
                            "Bell.java",
                            "content",
                            "/** Rings at " + MARK + ". */ public class Bell {}"))))
            .at("/job_id")
            .asText());
    JsonNode found =
        until(
            () -> own("GET", "/api/documentation/search?query=" + MARK, null),
            answer -> !answer.at("/data/results").isEmpty());
    IDS.put("document_id", found.at("/data/results/0/id").asText());
    made(
        "/api/tasks",
        Map.of(
            "name",
            MARK,
            "type",
            "webhook",
            "priority",
            "critical",
            "parameters",
            Map.of("url", "https://example.org/")));
    lease =
        until(
                () ->
                    own(
                        "POST",
                        "/api/agents/" + IDS.get("agent_id") + "/lease",
                        Map.of("max_tasks", 1)),
                answer -> !answer.at("/data/leases").isEmpty())
            .at("/data/leases/0");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private interface Ask {
    JsonNode answer() throws Exception;
  }

  private static JsonNode until(Ask ask, Predicate<JsonNode> enough) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    JsonNode answer = ask.answer();
    while (!enough.test(answer)) {
      assertThat(System.nanoTime()).as("still %s", answer).isLessThan(deadline);
      answer = ask.answer();
    }
    return answer;
  }

  private static String task(String key, String name) throws Exception {
    HttpResponse<String> answer =
        server.open(
            "POST",
            "/api/tasks",
            Map.of(
                "name",
                name,
                "type",
                "data_processing",
                "schedule",
                Map.of("type", "interval", "value", 86_400)),
            "Authorization",
            "Bearer " + key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return WireJson.mapper().readTree(answer.body()).at("/data/id").asText();
  }

  private static JsonNode made(String path, Object body) throws Exception {
    HttpResponse<String> answer = server.send("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    return WireJson.mapper().readTree(answer.body()).get("data");
  }

  private static JsonNode own(String verb, String path, Object body) throws Exception {
    return server.json(verb, path, body);
  }

  private static HttpResponse<String> strange(String verb, String path, Object body)
      throws Exception {
    return server.open(verb, path, body, "Authorization", "Bearer " + stranger);
  }

  private static List<Operation> operations() {
    return OctospineServer.CONTRACTS.stream()
        .flatMap(contract -> Operation.of(contract).stream())
        .toList();
  }

  /** The names of records that an operation takes in its path or its query. */
  private static Set<String> records(Operation operation) {
    Set<String> names = new TreeSet<>(operation.pathVariables());
    for (Operation.Input input : operation.inputs()) {
      if (input.source() == Operation.Source.QUERY && input.name().endsWith("_id")) {
        names.add(input.name());
      }
    }
    names.removeAll(NO_RECORDS);
    return names;
  }

  /** What the owner sees of each record. */
  private static Map<String, JsonNode> seen() throws Exception {
    Map<String, JsonNode> seen = new LinkedHashMap<>();
    for (Operation operation : operations()) {
      if (operation.verb().equals("GET")
          && !records(operation).isEmpty()
          && !operation.path().equals("/api/metrics/applications")) {
        String path = path(operation);
        JsonNode answer = own("GET", path, null);
        assertThat(answer.get("success").asBoolean()).as(path + " " + answer).isTrue();
        JsonNode data = answer.get("data");
        if (data.has("statistics")) {
          ((com.fasterxml.jackson.databind.node.ObjectNode) data.get("statistics"))
              .remove("uptime");
        }
        seen.put(path, data);
      }
    }
    return seen;
  }

  private static String path(Operation operation) {
    String path = operation.path();
    for (String variable : operation.pathVariables()) {
      assertThat(IDS).as("a record for " + operation.path()).containsKey(variable);
      path = path.replace("{" + variable + "}", IDS.get(variable));
    }
    for (String name : records(operation)) {
      if (!operation.pathVariables().contains(name)) {
        assertThat(IDS).as("a record for " + operation.path()).containsKey(name);
        path += (path.contains("?") ? "&" : "?") + name + "=" + IDS.get(name);
      }
    }
    return path;
  }

  /** The list above is whole: a new contract of the package must be looked at as well. */
  @Test
  void everyContractIsLookedAt() throws Exception {
    Path sources =
        Path.of(
            "..", "client-sdk", "src", "main", "java", "dev", "spanda", "contract", "octospine");
    try (Stream<Path> files = Files.list(sources)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith("Api.java")))
          .containsExactlyInAnyOrderElementsOf(
              OctospineServer.CONTRACTS.stream()
                  .map(contract -> contract.getSimpleName() + ".java")
                  .toList());
    }
  }

  @Test
  void anothersRecordIsNotFoundByAnyOperationAndStaysAsItIs() throws Exception {
    until(
        () -> own("GET", "/api/consciousness/sessions/" + IDS.get("session_id"), null),
        answer -> answer.has("data"));
    Map<String, JsonNode> before = seen();
    Map<String, Object> body =
        Map.of(
            "name",
            "Stolen",
            "description",
            "Stolen",
            "max_tasks",
            1,
            "run_id",
            lease.get("run_id"),
            "token",
            lease.get("token"),
            "message",
            "Stolen");
    List<String> tried = new ArrayList<>();
    for (Operation operation : operations()) {
      if (records(operation).isEmpty()) {
        continue;
      }
      String path = path(operation);
      HttpResponse<String> answer =
          strange(operation.verb(), path, operation.body() == null ? null : body);
      assertThat(answer.statusCode())
          .as(operation.verb() + " " + path + " " + answer.body())
          .isEqualTo(404);
      JsonNode error = WireJson.mapper().readTree(answer.body()).get("error");
      assertThat(error.get("code").asText()).isEqualTo("RESOURCE_NOT_FOUND");
      assertThat(answer.body()).doesNotContain("Rings");
      tried.add(operation.verb() + " " + operation.path());
    }
    assertThat(tried).hasSizeGreaterThanOrEqualTo(24);
    assertThat(seen()).isEqualTo(before);
    JsonNode metrics = own("GET", "/api/metrics/applications?app_id=" + IDS.get("app_id"), null);
    assertThat(metrics.get("success").asBoolean()).as(metrics.toString()).isTrue();
  }

  @Test
  void whatAnothersAgentHoldsCannotBeEndedByOnesOwn() throws Exception {
    HttpResponse<String> made =
        strange(
            "POST",
            "/api/agents",
            Map.of("name", "Thief", "type", "thief", "configuration", Map.of("remote", true)));
    String agent = WireJson.mapper().readTree(made.body()).at("/data/id").asText();
    Map<String, Object> report =
        Map.of(
            "run_id",
            lease.get("run_id"),
            "token",
            lease.get("token"),
            "message",
            "mine",
            "runs",
            List.of(
                Map.of(
                    "run_id", lease.get("run_id"), "token", lease.get("token"), "progress", 99)));
    for (String what : List.of("complete", "fail")) {
      HttpResponse<String> answer = strange("POST", "/api/agents/" + agent + "/" + what, report);
      assertThat(answer.statusCode()).as(answer.body()).isIn(404, 409);
    }
    HttpResponse<String> beat = strange("POST", "/api/agents/" + agent + "/heartbeat", report);
    assertThat(WireJson.mapper().readTree(beat.body()).at("/data/held")).isEmpty();
    assertThat(
            own("GET", "/api/tasks/" + lease.get("task_id").asText(), null)
                .at("/data/status")
                .asText())
        .isEqualTo("running");
    assertThat(
            own("GET", "/api/tasks/" + lease.get("task_id").asText(), null)
                .at("/data/progress")
                .asInt())
        .isLessThan(99);
    // Nor is anything of another account ever leased.
    assertThat(
            WireJson.mapper()
                .readTree(
                    strange("POST", "/api/agents/" + agent + "/lease", Map.of("max_tasks", 10))
                        .body())
                .at("/data/leases"))
        .isEmpty();
  }

  @Test
  void listsSearchAndMetricsShowNothingOfAnother() throws Exception {
    List<String> shownToTheOwner = new ArrayList<>();
    for (Operation operation : operations()) {
      if (!operation.verb().equals("GET") || !records(operation).isEmpty()) {
        continue;
      }
      String path =
          operation.path()
              + (operation.inputs().stream().anyMatch(input -> input.name().equals("query"))
                  ? "?query=" + MARK
                  : "");
      String theirs = strange("GET", path, null).body();
      assertThat(theirs.replace("\"query\":\"" + MARK, "")).as(path).doesNotContain(MARK);
      for (String id : IDS.values()) {
        assertThat(theirs).as(path).doesNotContain(id);
      }
      if (server.send("GET", path, null).body().contains(MARK)) {
        shownToTheOwner.add(operation.path());
      }
    }
    assertThat(shownToTheOwner)
        .containsExactlyInAnyOrder(
            "/api/agents",
            "/api/automations",
            "/api/applications",
            "/api/documentation/search",
            "/api/tasks");
  }

  @Test
  void oneAccountsThresholdsAndEventsAreItsOwn() throws Exception {
    strange("PUT", "/api/alerts/thresholds/cpu_usage", Map.of("warning", 11.5, "critical", 12.5));
    assertThat(own("GET", "/api/alerts/thresholds", null).toString()).doesNotContain("11.5");
    assertThat(
            WireJson.mapper()
                .readTree(
                    strange("POST", "/api/automations/events", Map.of("event", "moon.rises"))
                        .body())
                .at("/data/automations")
                .asInt())
        .isZero();
    // A name may be taken by each account for itself; the numbers do not run together.
    HttpResponse<String> same =
        strange(
            "POST",
            "/api/metrics/applications",
            Map.of("app_id", MARK, "name", "Other", "requests", 1));
    assertThat(same.statusCode()).isEqualTo(201);
    assertThat(own("GET", "/api/applications", null).toString()).doesNotContain("Other");
    assertThat(strange("DELETE", "/api/applications/" + MARK, null).statusCode()).isEqualTo(200);
    assertThat(own("GET", "/api/applications", null).toString()).contains(MARK);
  }

  private static final Pattern FIELD =
      Pattern.compile("^  (\\w+)\\((.*\\b(?:id|jobId|appId): .*)\\): (.+)$", Pattern.MULTILINE);

  private static String named(String field) {
    String low = field.toLowerCase(java.util.Locale.ROOT);
    if (low.contains("task")) {
      return "task_id";
    }
    if (low.contains("agent")) {
      return "agent_id";
    }
    if (low.contains("automation")) {
      return "automation_id";
    }
    return low.contains("documentation") ? "job_id" : "app_id";
  }

  @Test
  void graphqlFindsNothingOfAnotherByAnyField() throws Exception {
    Map<String, JsonNode> before = seen();
    List<String> tried = new ArrayList<>();
    for (String root : List.of("Query", "Mutation")) {
      String schema = Graph.text();
      int begin = schema.indexOf("type " + root + " {");
      Matcher fields = FIELD.matcher(schema.substring(begin, schema.indexOf("\n}", begin)));
      while (fields.find()) {
        String id = "\"" + IDS.get(named(fields.group(1))) + "\"";
        String arguments =
            fields
                .group(2)
                .replaceAll("\\b(id|jobId|appId): ID!?", "$1: " + Matcher.quoteReplacement(id))
                .replaceAll("appId: String", "appId: " + Matcher.quoteReplacement(id))
                .replaceAll("input: \\w+!", "input: {name: \"Stolen\"}")
                .replaceAll("type: MetricType!", "type: RESPONSE_TIME")
                .replaceAll("period: String!", "period: \"1h\"")
                .replaceAll(", interval: String", "");
        String query =
            (root.equals("Query") ? "" : "mutation ")
                + "{ it: "
                + fields.group(1)
                + "("
                + arguments
                + ")"
                + (fields.group(3).startsWith("Boolean") ? "" : " { __typename }")
                + " }";
        JsonNode answer =
            WireJson.mapper()
                .readTree(strange("POST", "/api/graphql", Map.of("query", query)).body());
        assertThat(answer.at("/errors/0/extensions/code").asText())
            .as(query + " " + answer)
            .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(answer.at("/data/it").isNull()).as(query + " " + answer).isTrue();
        tried.add(fields.group(1));
      }
    }
    assertThat(tried)
        .contains("task", "agent", "automation", "documentation", "metrics")
        .contains("updateTask", "deleteTask", "updateAgent", "deleteAgent")
        .contains("updateAutomation", "deleteAutomation");
    assertThat(seen()).isEqualTo(before);
    JsonNode lists =
        WireJson.mapper()
            .readTree(
                strange(
                        "POST",
                        "/api/graphql",
                        Map.of(
                            "query",
                            "{ tasks { id name } agents { id name } automations { id name }"
                                + " searchDocumentation(query: \""
                                + MARK
                                + "\") { id title } documentation { jobId } }"))
                    .body());
    assertThat(lists.toString()).doesNotContain(MARK);
    IDS.values().forEach(id -> assertThat(lists.toString()).doesNotContain(id));
  }

  @Test
  void socketsTellNothingOfAnother() throws Exception {
    String theirs = task(stranger, "Own");
    String mine = task(OctospineServer.KEY, MARK);
    URI events = URI.create("ws://" + server.url().getAuthority() + OctospineSocket.PATH);
    URI graph = URI.create("ws://" + server.url().getAuthority() + GraphqlApi.PATH);
    String[] bearer = {"Authorization", "Bearer " + stranger};
    try (Ear owner = Ear.open(http, events, List.of());
        Ear all = Ear.open(http, events, List.of(), bearer);
        Ear filtered = Ear.open(http, events, List.of(), bearer);
        Ear asked = Ear.open(http, graph, List.of(GraphqlApi.PROTOCOL), bearer)) {
      String subscribe = "{\"action\":\"subscribe\",\"events\":[\"task.progress\",\"log.entry\"]";
      owner.send(subscribe + "}");
      all.send(subscribe + "}");
      filtered.send(subscribe + ",\"filters\":{\"task_id\":\"" + mine + "\"}}");
      for (Ear ear : List.of(owner, all, filtered)) {
        assertThat(ear.next("subscription.updated")).isNotNull();
      }
      asked.send("{\"type\":\"connection_init\"}");
      asked.send(
          "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription"
              + " { taskProgress(taskId: \\\""
              + mine
              + "\\\") { progress } }\"}}");
      asked.send(
          "{\"id\":\"2\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription"
              + " { taskProgress { taskId progress } }\"}}");
      asked.send("{\"type\":\"ping\"}");
      assertThat(asked.next("pong")).isNotNull();
      own("POST", "/api/tasks/" + mine + "/run", null);
      owner.next(
          message ->
              message.at("/data/task_id").asText().equals(mine)
                  && message.at("/data/progress").asInt() == 100);
      // Now one's own: whatever was told of the other would have come before it.
      strange("POST", "/api/tasks/" + theirs + "/run", null);
      for (Ear ear : List.of(all, asked)) {
        ear.next(
            message -> {
              assertThat(message.toString()).doesNotContain(mine);
              assertThat(message.path("id").asText()).isNotEqualTo("1");
              return message.at("/data/progress").asInt() == 100
                  || message.at("/payload/data/taskProgress/progress").asInt() == 100;
            });
      }
      filtered.send("{\"action\":\"ping\"}");
      filtered.next(
          message -> {
            assertThat(message.get("type").asText()).isEqualTo("pong");
            return true;
          });
    }
  }
}

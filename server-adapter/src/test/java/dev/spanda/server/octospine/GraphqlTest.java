package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.OctospineClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.MetricsApi;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.http.Mount;
import graphql.ExecutionResult;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chapter GraphQL API. */
class GraphqlTest {

  private static final long REFUSED_WITHIN_NANOS = 50_000_000;

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

  private static JsonNode query(String text, Map<String, Object> variables) throws Exception {
    HttpResponse<String> answer =
        server.send("POST", GraphqlApi.PATH, Map.of("query", text, "variables", variables));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return WireJson.mapper().readTree(answer.body());
  }

  record Usage(double cpuUsage, double memoryUsage, double diskUsage) {}

  record Counts(int total, int running, int stopped) {}

  record Machine(String status, Usage metrics, Counts applications) {}

  record Whole(Machine system) {}

  @Test
  void theDocumentsSystemQueryIsAnsweredAndTyped() throws Exception {
    String text = OctospineServer.text("graphql-get-system-status.graphql");
    JsonNode answer = query(text, Map.of());
    assertThat(answer.has("errors")).isFalse();
    assertThat(answer.get("success").asBoolean()).isTrue();
    assertThat(answer.get("request_id").asText()).isNotBlank();
    assertThat(answer.at("/data/system/status").asText()).isEqualTo("healthy");
    Whole whole = server.client().graphql().query(text, Whole.class);
    assertThat(whole.system().metrics().memoryUsage()).isBetween(1.0, 100.0);
    assertThat(whole.system().applications().total())
        .isEqualTo(
            whole.system().applications().running() + whole.system().applications().stopped());
  }

  @Test
  void healthMetricsAndAlertsAreThoseOfRest() throws Exception {
    OctospineClient client = server.client();
    client.metrics().report(new MetricsApi.Report("graphed", null, 50L, 5L, 20.0, null));
    // A measurement is taken when the status is asked for.
    assertThat(client.system().getStatus()).isNotNull();
    JsonNode data =
        query(
                """
                query ($type: MetricType!) {
                  health { status version uptime services { database cache queue } timestamp }
                  metrics(type: CPU_USAGE, period: "1h") { timestamp value }
                  errors: metrics(type: $type, period: "24h", appId: "graphed") { value }
                  alerts(filter: {status: "all", limit: 5}) { alertId severity }
                }
                """,
                Map.of("type", "ERROR_RATE"))
            .get("data");
    assertThat(data.at("/health/services/database").asText()).isEqualTo("healthy");
    assertThat(data.at("/metrics/0/timestamp").asText()).endsWith("Z");
    assertThat(data.at("/errors/0/value").asDouble()).isEqualTo(0.1);
    assertThat(data.get("alerts").isArray()).isTrue();
  }

  record Row(String id, String name, String type, String status, Integer progress) {}

  record Rows(List<Row> tasks) {}

  record Made(Row createTask) {}

  @Test
  void theDocumentsTaskQueriesAreAnsweredAndTyped() throws Exception {
    OctospineClient client = server.client();
    String name = "Data Processing Task";
    Map<String, Object> input =
        Map.of(
            "name",
            name,
            "type",
            "data_processing",
            "priority",
            "HIGH",
            "parameters",
            Map.of(
                "source",
                "api",
                "destination",
                "database",
                "transformations",
                List.of("clean", "validate", "enrich")),
            "schedule",
            Map.of("type", "INTERVAL", "value", 300));
    Made made =
        client
            .graphql()
            .query(
                OctospineServer.text("graphql-create-task.graphql"),
                Map.of("input", input),
                Made.class);
    assertThat(made.createTask().name()).isEqualTo(name);
    Rows rows =
        client
            .graphql()
            .query(
                OctospineServer.text("graphql-get-tasks.graphql"),
                Map.of("status", "ACTIVE", "limit", 10),
                Rows.class);
    assertThat(rows.tasks())
        .anySatisfy(row -> assertThat(row.id()).isEqualTo(made.createTask().id()));
    JsonNode all =
        query(
            """
            query ($id: ID!) {
              task(id: $id) { priority parameters schedule { type value } statistics { totalRuns } }
              tasks { id description priority statistics { totalRuns } }
              agents { id currentTaskCount capabilities configuration { timeout } }
              consciousness { status consciousnessLevel memoryUsage { shortTerm } }
              documentation { status }
              automations { id name }
              searchDocumentation(query: "authentication") { title }
            }
            """,
            Map.of("id", made.createTask().id()));
    assertThat(all.has("errors")).as(all.toString()).isFalse();
    assertThat(all.at("/data/task/priority").asText()).isEqualTo("HIGH");
    assertThat(all.at("/data/task/schedule/type").asText()).isEqualTo("INTERVAL");
    assertThat(all.at("/data/task/parameters/transformations/2").asText()).isEqualTo("enrich");
    assertThat(all.at("/data/tasks/0/priority").asText()).isEqualTo("HIGH");
    JsonNode changed =
        query(
            "mutation ($id: ID!) { updateTask(id: $id, input: {priority: MEDIUM}) { priority }"
                + " deleteTask(id: $id) }",
            Map.of("id", made.createTask().id()));
    assertThat(changed.has("errors")).as(changed.toString()).isFalse();
    assertThat(changed.at("/data/updateTask/priority").asText()).isEqualTo("MEDIUM");
    assertThat(changed.at("/data/deleteTask").asBoolean()).isTrue();
    JsonNode gone =
        query("query ($id: ID!) { task(id: $id) { id } }", Map.of("id", made.createTask().id()));
    assertThat(gone.at("/errors/0/extensions/code").asText()).isEqualTo("RESOURCE_NOT_FOUND");
  }

  @Test
  void anErrorSaysWhatAndWhere() throws Exception {
    JsonNode unknown = query("{ system { colour } }", Map.of());
    assertThat(unknown.get("success").asBoolean()).isFalse();
    assertThat(unknown.at("/errors/0/extensions/code").asText()).isEqualTo("INVALID_REQUEST");
    assertThat(unknown.at("/errors/0/locations/0/line").asInt()).isEqualTo(1);
    JsonNode period = query("{ metrics(type: CPU_USAGE, period: \"soon\") { value } }", Map.of());
    assertThat(period.at("/errors/0/extensions/code").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(period.at("/errors/0/extensions/details/field").asText()).isEqualTo("period");
    assertThat(period.at("/errors/0/extensions/details/value").asText()).isEqualTo("soon");
    assertThat(period.at("/errors/0/path/0").asText()).isEqualTo("metrics");
    assertThatThrownBy(
            () ->
                server
                    .client()
                    .graphql()
                    .query("{ metrics(type: THROUGHPUT, period: \"1h\") { value } }", Map.class))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("VALIDATION_ERROR");
              assertThat(refused.details()).containsEntry("field", "type");
            });
    JsonNode subscription = query("subscription { systemStatus { status } }", Map.of());
    assertThat(subscription.at("/errors/0/message").asText()).contains("WebSocket");
  }

  @Test
  void credentialsAreNeeded() throws Exception {
    assertThat(
            server
                .open("POST", GraphqlApi.PATH, Map.of("query", "{ health { status } }"))
                .statusCode())
        .isEqualTo(401);
    String cookie = "session=" + server.credential("session");
    assertThat(
            server
                .open(
                    "POST",
                    GraphqlApi.PATH,
                    Map.of("query", "{ health { status } }"),
                    "Cookie",
                    cookie)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void aListOfRequestsIsRefused() throws Exception {
    HttpResponse<String> answer =
        server.send(
            "POST",
            GraphqlApi.PATH,
            "["
                + IntStream.range(0, 200)
                    .mapToObj(i -> "{\"query\":\"{ health { status } }\"}")
                    .collect(Collectors.joining(","))
                + "]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(WireJson.mapper().readTree(answer.body()).at("/error/code").asText())
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void theFiveHundredAndFirstQueryOfAMinuteIsTooMuch(@TempDir Path fresh) throws Exception {
    try (OctospineServer strict = OctospineServer.in(fresh, 1)) {
      Map<String, String> body = Map.of("query", "{ __typename }");
      HttpResponse<String> answer = strict.send("POST", GraphqlApi.PATH, body);
      assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("500");
      for (int i = 0; i < 600 && answer.statusCode() == 200; i++) {
        answer = strict.send("POST", GraphqlApi.PATH, body);
      }
      assertThat(answer.statusCode()).isEqualTo(429);
      // REST is counted for itself.
      HttpResponse<String> rest = strict.send("GET", "/api/config", null);
      assertThat(rest.headers().firstValue("X-RateLimit-Remaining")).contains("999");
    }
  }

  record Attack(String name, String text, String limit) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Attack> attacks() {
    List<Attack> attacks = new ArrayList<>();
    attacks.add(new Attack("depth", "{ a" + " { a".repeat(60) + " }".repeat(60) + " }", "levels"));
    attacks.add(
        new Attack(
            "depth beyond the parser",
            "{ a" + " { a".repeat(1_900) + " }".repeat(1_900) + " }",
            ""));
    attacks.add(
        new Attack(
            "aliases",
            "{ "
                + IntStream.range(0, 19)
                    .mapToObj(i -> "a" + i + ": health { b: status c: version }")
                    .collect(Collectors.joining(" "))
                + " }",
            "aliases"));
    attacks.add(
        new Attack(
            "roots",
            "{ "
                + IntStream.range(0, 500)
                    .mapToObj(i -> "a" + i + ": health { status }")
                    .collect(Collectors.joining(" "))
                + " }",
            "root fields"));
    attacks.add(
        new Attack(
            "circular fragments",
            "{ health { ...A } } fragment A on HealthStatus { ...B } fragment B on HealthStatus"
                + " { ...A }",
            "circles"));
    attacks.add(
        new Attack(
            "a fragment of itself",
            "{ health { ...A } } fragment A on HealthStatus { services { database } ...A }",
            "circles"));
    attacks.add(
        new Attack(
            "circles that nobody uses",
            "{ health { status } } fragment A on HealthStatus { ...A }",
            "circles"));
    StringBuilder doubling = new StringBuilder("{ health { ...F0 } }");
    for (int i = 0; i < 40; i++) {
      doubling.append(" fragment F").append(i).append(" on HealthStatus { ...F").append(i + 1);
      doubling.append(" ...F").append(i + 1).append(" }");
    }
    attacks.add(
        new Attack(
            "fragments that double",
            doubling.append(" fragment F40 on HealthStatus { status }").toString(),
            "fields"));
    attacks.add(
        new Attack(
            "the same field over and over",
            "{ health { " + "status ".repeat(3_000) + "} }",
            "fields"));
    attacks.add(new Attack("tokens", "{ " + "a ".repeat(15_000) + "}", ""));
    attacks.add(
        new Attack("directives", "{ health { status" + " @x".repeat(1_000) + " } }", "directives"));
    attacks.add(
        new Attack(
            "rows",
            "{ tasks(filter: {limit: 100}) { "
                + IntStream.range(0, 25)
                    .mapToObj(i -> "a" + i + ": id name type")
                    .collect(Collectors.joining(" "))
                + " } }",
            "points of cost"));
    attacks.add(
        new Attack(
            "the schema in depth",
            "{ __schema { types { fields { type "
                + "{ ofType ".repeat(40)
                + "{ name }"
                + " }".repeat(40)
                + " } } } }",
            "levels"));
    attacks.add(new Attack("letters", "{ a }" + " ".repeat(QueryCheck.LONGEST_TEXT), "characters"));
    return attacks;
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void anAttackIsRefusedAtOnce(Attack attack) throws Exception {
    // Whatever is loaded by a first request is loaded now.
    JsonNode answer = query(attack.text(), Map.of());
    assertThat(answer.get("success").asBoolean()).isFalse();
    assertThat(answer.get("data").isNull()).isTrue();
    JsonNode error = answer.at("/errors/0");
    assertThat(error.at("/extensions/details/field").asText())
        .as(error.toString())
        .isEqualTo("query");
    assertThat(error.at("/extensions/details/limit").asText()).isEqualTo(attack.limit());
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long begin = System.nanoTime();
      assertThat(query(attack.text(), Map.of()).get("success").asBoolean()).isFalse();
      best = Math.min(best, System.nanoTime() - begin);
    }
    System.out.printf("%s: refused within %.2f ms%n", attack, best / 1e6);
    assertThat(best).isLessThan(REFUSED_WITHIN_NANOS);
  }

  private static final Pattern FIELD =
      Pattern.compile("^  (\\w+)(?:\\((.*)\\))?: (.+)$", Pattern.MULTILINE);

  /** Every field of a root: its name, its arguments, its type. */
  private static Map<String, String[]> fields(String schema, String root) {
    int begin = schema.indexOf("type " + root + " {");
    Map<String, String[]> fields = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(schema.substring(begin, schema.indexOf("\n}", begin)));
    while (matcher.find()) {
      fields.put(
          matcher.group(1),
          new String[] {matcher.group(2) == null ? "" : matcher.group(2), matcher.group(3)});
    }
    return fields;
  }

  @Test
  void theSchemaHasEveryFieldOfTheDocument() throws Exception {
    for (String root : List.of("Query", "Mutation")) {
      Map<String, String[]> documented =
          fields(
              OctospineServer.text(
                  "graphql-schema-" + root.toLowerCase(java.util.Locale.ROOT) + ".graphql"),
              root);
      Map<String, String[]> committed = fields(Graph.text(), root);
      assertThat(documented).hasSizeGreaterThan(10);
      documented.forEach(
          (name, field) -> {
            assertThat(committed).containsKey(name);
            // Further arguments may follow those of the document.
            assertThat(committed.get(name)[0]).as(name).startsWith(field[0]);
            assertThat(committed.get(name)[1]).as(name).isEqualTo(field[1]);
          });
    }
  }

  /** Both texts read and printed alike: nothing is served that is not in the file. */
  @Test
  void theCommittedSchemaIsTheOneThatIsServed() {
    SchemaPrinter.Options options =
        SchemaPrinter.Options.defaultOptions().includeDirectives(false).includeScalarTypes(true);
    SchemaPrinter printer = new SchemaPrinter(options);
    String served = printer.print(graph(Map.of(), true).schema());
    String committed =
        printer.print(
            UnExecutableSchemaGenerator.makeUnExecutableSchema(
                new SchemaParser().parse(Graph.text())));
    assertThat(served).isEqualTo(committed).contains("type Subscription");
  }

  @Test
  void introspectionCanBeTurnedOff() {
    String text = "{ __schema { types { name } } }";
    ExecutionResult open = run(graph(Map.of(), true), text);
    assertThat(open.getErrors()).isEmpty();
    ExecutionResult shut = run(graph(Map.of(), false), text);
    assertThat(shut.getErrors()).isNotEmpty();
    assertThat(run(graph(Map.of(), false), "{ __typename }").getErrors()).isEmpty();
  }

  @Test
  void whatListsLeaveOutIsFetchedWithOneQuestion() {
    List<List<String>> asked = new ArrayList<>();
    Graph.Details details =
        (caller, ids) -> {
          asked.add(List.copyOf(ids));
          List<Map<String, Object>> found = new ArrayList<>();
          for (String id : ids) {
            found.add(Map.of("id", id, "description", "About " + id, "priority", "high"));
          }
          return found;
        };
    ExecutionResult result =
        run(
            graph(Map.of("Task", details), true),
            "{ tasks(filter: {limit: 50}) { id name status description priority } }");
    assertThat(result.getErrors()).isEmpty();
    Map<String, Object> data = result.getData();
    List<?> tasks = (List<?>) data.get("tasks");
    assertThat(tasks).hasSize(50);
    assertThat(tasks.get(7))
        .isEqualTo(
            Map.of(
                "id",
                "task_7",
                "name",
                "Task 7",
                "status",
                "RUNNING",
                "description",
                "About task_7",
                "priority",
                "HIGH"));
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0)).hasSize(50);
  }

  private static ExecutionResult run(Graph graph, String text) {
    return graph.execute(
        new Caller("127.0.0.1", "req_1", Identity.of("user_1", "standard")),
        GraphqlApi.Request.of(text, new LinkedHashMap<>()),
        false);
  }

  /** A chapter of tasks that has fifty and tells little of each. */
  @dev.spanda.contract.http.Route.Group("Rows")
  public interface RowsApi {
    /** Rows. */
    @dev.spanda.contract.http.Route(value = "GET /api/tasks", summary = "Rows.")
    Map<String, Object> rows(@dev.spanda.contract.http.Param.Query("limit") Integer limit);
  }

  static Graph graph(Map<String, Graph.Details> details, boolean introspection) {
    RowsApi rows =
        limit ->
            Map.of(
                "tasks",
                IntStream.range(0, limit)
                    .mapToObj(
                        i -> Map.of("id", "task_" + i, "name", "Task " + i, "status", "running"))
                    .toList());
    Mount mount =
        Mount.builder("rows")
            .dialect(new OctospineDialect(Clock.systemUTC()))
            .endpoints(RowsApi.class, caller -> rows)
            .build();
    EventSocket events =
        new EventSocket(
            Clock.systemUTC(),
            1,
            (alert, account) -> false,
            () -> {
              throw new IllegalStateException("nobody asked for it");
            });
    return new Graph(
        new Operations(mount),
        events,
        Clock.systemUTC(),
        details,
        account -> Optional.empty(),
        introspection);
  }

  @Test
  void aSubscriptionSpeaksTheProtocol() throws Exception {
    URI url = URI.create("ws://" + server.url().getAuthority() + GraphqlApi.PATH);
    HttpClient http = HttpClient.newHttpClient();
    try (Ear ear =
        Ear.open(http, url, List.of(GraphqlApi.PROTOCOL), "Authorization", "Bearer your-api-key")) {
      assertThat(ear.socket().getSubprotocol()).isEqualTo(GraphqlApi.PROTOCOL);
      ear.send("{\"type\":\"connection_init\"}");
      assertThat(ear.next("connection_ack")).isNotNull();
      ear.send("{\"type\":\"ping\",\"payload\":{\"a\":1}}");
      assertThat(ear.next("pong").at("/payload/a").asInt()).isEqualTo(1);
      ear.send(
          "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription"
              + " { systemStatus { status timestamp metrics { cpuUsage memoryUsage } } }\"}}");
      JsonNode first = ear.next("next");
      assertThat(first.get("id").asText()).isEqualTo("1");
      assertThat(first.at("/payload/data/systemStatus/status").asText()).isEqualTo("healthy");
      assertThat(ear.next("next").at("/payload/data/systemStatus/metrics/memoryUsage").asDouble())
          .isPositive();
      // A query may come the same way.
      ear.send(
          "{\"id\":\"2\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ health { status }"
              + " }\"}}");
      assertThat(
              ear.next(message -> message.path("id").asText().equals("2"))
                  .at("/payload/data/health/status")
                  .asText())
          .isEqualTo("healthy");
      assertThat(ear.next("complete").get("id").asText()).isEqualTo("2");
      ear.send("{\"id\":\"3\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ nothing }\"}}");
      JsonNode refused = ear.next("error");
      assertThat(refused.get("id").asText()).isEqualTo("3");
      assertThat(refused.at("/payload/0/message").asText()).contains("nothing");
      ear.send("{\"id\":\"1\",\"type\":\"complete\"}");
      ear.send(
          "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription"
              + " { taskProgress(taskId: \\\"t\\\") { progress } }\"}}");
      ear.send(
          "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription"
              + " { taskProgress { progress } }\"}}");
      assertThat(ear.closed()).isEqualTo(4409);
    }
    try (Ear early = Ear.open(http, url, List.of(GraphqlApi.PROTOCOL))) {
      early.send("{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ a }\"}}");
      assertThat(early.closed()).isEqualTo(4401);
    }
    try (Ear strange = Ear.open(http, url, List.of(GraphqlApi.PROTOCOL))) {
      strange.send("hello");
      assertThat(strange.closed()).isEqualTo(4400);
    }
    try (Ear twice = Ear.open(http, url, List.of(GraphqlApi.PROTOCOL))) {
      twice.send("{\"type\":\"connection_init\"}");
      twice.send("{\"type\":\"connection_init\"}");
      assertThat(twice.closed()).isEqualTo(4429);
    }
  }
}

package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.WireJson;
import dev.spanda.server.WrongBodies;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input, field by field: each is refused by name, with what was given and may be given. */
class OctospineErrorsTest {

  private static final String LONG = "long ".repeat(30_000);

  @TempDir private static Path folder;
  private static OctospineServer server;

  /** A right body of each operation that takes one. */
  private static final Map<String, JsonNode> RIGHT = new LinkedHashMap<>();

  private static final Map<String, String> IDS = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    server = OctospineServer.in(folder);
    IDS.put("metric", "cpu_usage");
    for (String[] made :
        new String[][] {
          {"task_id", "/api/tasks", "tasks-create-request"},
          {"agent_id", "/api/agents", "agents-create-request"},
          {"automation_id", "/api/automations", "automations-create-request"}
        }) {
      ObjectNode body = (ObjectNode) OctospineServer.example(made[2]);
      if (body.has("configuration")) {
        ((ObjectNode) body.get("configuration")).put("remote", true);
      }
      RIGHT.put("POST " + made[1], body);
      RIGHT.put("PUT " + made[1] + "/{" + made[0] + "}", body);
      IDS.put(made[0], server.json("POST", made[1], body).at("/data/id").asText());
    }
    right("POST /api/agents/{agent_id}/lease", "{\"max_tasks\":1}");
    right(
        "POST /api/agents/{agent_id}/heartbeat",
        "{\"runs\":[{\"run_id\":\"run_1\",\"token\":1,\"progress\":5,\"message\":\"m\"}]}");
    right(
        "POST /api/agents/{agent_id}/complete", "{\"run_id\":\"run_1\",\"token\":1,\"result\":{}}");
    right(
        "POST /api/agents/{agent_id}/fail",
        "{\"run_id\":\"run_1\",\"token\":1,\"message\":\"m\",\"retry\":false}");
    right("POST /api/automations/events", "{\"event\":\"moon.rises\"}");
    RIGHT.put(
        "POST /api/consciousness/learn", OctospineServer.example("consciousness-learn-request"));
    right(
        "POST /api/documentation/generate",
        "{\"targets\":[\"sources\"],\"format\":\"html\",\"sources\":"
            + "[{\"name\":\"A.java\",\"content\":\"class A {}\"}]}");
    right("POST /api/graphql", "{\"query\":\"{ health { status } }\",\"variables\":{}}");
    right("POST /api/metrics/applications", "{\"app_id\":\"bell\",\"requests\":1}");
    right("PUT /api/alerts/thresholds/{metric}", "{\"warning\":70,\"critical\":90}");
    right("POST /api/auth/login", "{\"email\":\"a@example.com\",\"password\":\"secret words\"}");
    right("POST /api/auth/token", "{\"email\":\"a@example.com\",\"password\":\"secret words\"}");
    right("POST /api/auth/refresh", "{\"refresh_token\":\"abc\"}");
  }

  private static void right(String operation, String json) throws Exception {
    RIGHT.put(operation, WireJson.mapper().readTree(json));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String path(String path) {
    for (Map.Entry<String, String> id : IDS.entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    return path;
  }

  /** What is wrong with an answer to a wrong field; null when nothing is. */
  private static String fault(
      HttpResponse<String> answer, String field, boolean given, boolean secret) throws Exception {
    if (answer.statusCode() != 400 && answer.statusCode() != 413) {
      return "status " + answer.statusCode() + " " + shortened(answer.body());
    }
    JsonNode error = WireJson.mapper().readTree(answer.body()).path("error");
    String code = error.path("code").asText();
    String named = error.at("/details/field").asText();
    String message = error.path("message").asText();
    if (!code.equals("VALIDATION_ERROR") && !code.equals("INVALID_REQUEST")) {
      return "code " + code;
    }
    if (!named.equals(field) && !named.endsWith("." + field)) {
      return "names " + named + ": " + message;
    }
    if (given && !secret && !error.at("/details").has("value")) {
      return "tells no value: " + error;
    }
    if (!error.at("/details").has("allowed")
        && !message.matches(".*(must|required|need|may have|is named by).*")) {
      return "does not tell what is allowed: " + error;
    }
    return null;
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(300, text.length()));
  }

  @Test
  void everyFieldThatIsMissingOrOfAWrongTypeIsNamed() throws Exception {
    List<String> faults = new ArrayList<>();
    int tried = 0;
    for (Class<?> contract : OctospineServer.CONTRACTS) {
      for (Operation operation : Operation.of(contract)) {
        if (operation.body() == null) {
          continue;
        }
        String name = operation.verb() + " " + operation.path();
        assertThat(RIGHT).as("a right body").containsKey(name);
        for (WrongBodies.Wrong wrong : WrongBodies.of(operation.body().type(), RIGHT.get(name))) {
          HttpResponse<String> answer =
              server.send(operation.verb(), path(operation.path()), wrong.body());
          String fault =
              fault(answer, wrong.field(), wrong.given(), wrong.field().equals("password"));
          tried++;
          if (fault != null) {
            faults.add(name + ": " + wrong.field() + " " + wrong.what() + ": " + fault);
          }
        }
        for (String body : List.of("[]", "7", "{", "null")) {
          HttpResponse<String> answer = server.send(operation.verb(), path(operation.path()), body);
          if (answer.statusCode() != 400
              || !(answer.body().contains("INVALID_REQUEST")
                  || answer.body().contains("VALIDATION_ERROR"))) {
            faults.add(name + ": body " + body + ": " + answer.statusCode() + answer.body());
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(tried).isGreaterThan(100);
  }

  private record Bad(String operation, String pointer, Object value, String field) {}

  private static Bad bad(String operation, String pointer, Object value) {
    return new Bad(operation, pointer, value, pointer.substring(pointer.lastIndexOf('/') + 1));
  }

  @Test
  void everyFieldOutOfItsRangeIsNamed() throws Exception {
    List<Bad> all = new ArrayList<>();
    for (String tasks : List.of("POST /api/tasks", "PUT /api/tasks/{task_id}")) {
      for (Object name : List.of("", " ", LONG)) {
        all.add(bad(tasks, "/name", name));
      }
      all.add(bad(tasks, "/description", LONG));
      all.add(bad(tasks, "/type", "paint"));
      all.add(bad(tasks, "/priority", "urgent"));
      all.add(new Bad(tasks, "/parameters", Map.of("source", "sky"), "source"));
      all.add(new Bad(tasks, "/parameters", Map.of("moon", 1), "moon"));
      all.add(new Bad(tasks, "/parameters", Map.of("source", LONG), "parameters"));
      all.add(new Bad(tasks, "/schedule/type", "tide", "schedule.type"));
      for (Object value : List.of(0, -1, 1e18, "often", List.of(), true)) {
        all.add(new Bad(tasks, "/schedule/value", value, "schedule.value"));
      }
    }
    for (String agents : List.of("POST /api/agents", "PUT /api/agents/{agent_id}")) {
      for (Object name : List.of("", LONG)) {
        all.add(bad(agents, "/name", name));
        all.add(bad(agents, "/type", name));
        all.add(bad(agents, "/capabilities", List.of(name)));
      }
      all.add(bad(agents, "/capabilities", java.util.Collections.nCopies(10_000, "a")));
      for (String field : List.of("max_concurrent_tasks", "timeout", "retry_attempts")) {
        all.add(bad(agents, "/configuration/" + field, -1));
        all.add(bad(agents, "/configuration/" + field, 1_000_000_000));
      }
    }
    for (String automations :
        List.of("POST /api/automations", "PUT /api/automations/{automation_id}")) {
      for (Object name : List.of("", LONG)) {
        all.add(bad(automations, "/name", name));
      }
      all.add(bad(automations, "/description", LONG));
      all.add(bad(automations, "/triggers", List.of()));
      all.add(bad(automations, "/steps", List.of()));
      all.add(
          bad(
              automations,
              "/steps",
              java.util.Collections.nCopies(1_000, Map.of("type", "extract"))));
      all.add(
          bad(
              automations,
              "/triggers",
              java.util.Collections.nCopies(1_000, Map.of("type", "event", "value", "a.b"))));
      all.add(bad(automations, "/steps", java.util.Arrays.asList((Object) null)));
      all.add(bad(automations, "/triggers", java.util.Arrays.asList((Object) null)));
      all.add(new Bad(automations, "/steps", List.of(Map.of("type", "conjure")), "type"));
    }
    all.add(bad("POST /api/agents/{agent_id}/lease", "/max_tasks", 0));
    all.add(bad("POST /api/agents/{agent_id}/lease", "/max_tasks", 1_000_000));
    all.add(bad("POST /api/agents/{agent_id}/heartbeat", "/runs/0/progress", 101));
    all.add(bad("POST /api/agents/{agent_id}/heartbeat", "/runs/0/progress", -1));
    all.add(bad("POST /api/agents/{agent_id}/heartbeat", "/runs/0/message", LONG));
    all.add(
        bad(
            "POST /api/agents/{agent_id}/heartbeat",
            "/runs",
            java.util.Arrays.asList((Object) null)));
    all.add(bad("POST /api/agents/{agent_id}/fail", "/message", ""));
    all.add(bad("POST /api/agents/{agent_id}/fail", "/message", LONG));
    all.add(bad("POST /api/automations/events", "/event", ""));
    all.add(bad("POST /api/automations/events", "/event", "no name"));
    all.add(bad("POST /api/automations/events", "/event", LONG));
    all.add(bad("POST /api/consciousness/learn", "/session_type", "sleep"));
    all.add(bad("POST /api/consciousness/learn", "/duration", 0));
    all.add(bad("POST /api/consciousness/learn", "/duration", -5));
    all.add(bad("POST /api/consciousness/learn", "/duration", 1_000_000_000_000L));
    all.add(bad("POST /api/consciousness/learn", "/focus_areas", List.of("moon")));
    all.add(
        bad(
            "POST /api/consciousness/learn",
            "/focus_areas",
            java.util.Arrays.asList((Object) null)));
    all.add(bad("POST /api/documentation/generate", "/type", "novel"));
    all.add(bad("POST /api/documentation/generate", "/format", "papyrus"));
    all.add(bad("POST /api/documentation/generate", "/targets", List.of("moon")));
    all.add(
        bad(
            "POST /api/documentation/generate",
            "/targets",
            java.util.Arrays.asList((Object) null)));
    all.add(
        bad(
            "POST /api/documentation/generate",
            "/sources",
            java.util.Arrays.asList((Object) null)));
    all.add(
        bad(
            "POST /api/documentation/generate",
            "/sources",
            java.util.Collections.nCopies(
                1_000, Map.of("name", "A.java", "content", "class A {}"))));
    all.add(bad("POST /api/documentation/generate", "/sources/0/name", ""));
    all.add(bad("POST /api/documentation/generate", "/sources/0/name", LONG));
    String report = "POST /api/metrics/applications";
    for (Object id : List.of("", LONG, "a b")) {
      all.add(bad(report, "/app_id", id));
    }
    all.add(bad(report, "/name", ""));
    all.add(bad(report, "/name", LONG));
    all.add(bad(report, "/requests", -1));
    all.add(bad(report, "/errors", -1));
    all.add(bad(report, "/errors", 2));
    all.add(bad(report, "/response_time", -0.5));
    all.add(bad(report, "/timestamp", "1990-01-01T00:00:00Z"));
    all.add(bad(report, "/timestamp", "2999-01-01T00:00:00Z"));
    String threshold = "PUT /api/alerts/thresholds/{metric}";
    all.add(bad(threshold, "/warning", -1));
    all.add(bad(threshold, "/critical", -1));
    all.add(bad(threshold, "/critical", 60));
    List<String> faults = new ArrayList<>();
    for (Bad bad : all) {
      JsonNode body = RIGHT.get(bad.operation()).deepCopy();
      int end = bad.pointer().lastIndexOf('/');
      ((ObjectNode) body.at(bad.pointer().substring(0, end)))
          .set(bad.pointer().substring(end + 1), WireJson.mapper().valueToTree(bad.value()));
      String[] words = bad.operation().split(" ");
      String fault = fault(server.send(words[0], path(words[1]), body), bad.field(), true, false);
      if (fault != null) {
        String value = String.valueOf(bad.value());
        faults.add(
            bad.operation()
                + ": "
                + bad.pointer()
                + " "
                + value.substring(0, Math.min(40, value.length()))
                + ": "
                + fault);
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyQueryParameterThatIsWrongIsNamed() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Class<?> contract : OctospineServer.CONTRACTS) {
      for (Operation operation : Operation.of(contract)) {
        for (Operation.Input input : operation.inputs()) {
          if (input.source() != Operation.Source.QUERY) {
            continue;
          }
          List<String> wrong =
              switch (input.name()) {
                case "limit" -> List.of("0", "-1", "100000", "x");
                case "offset" -> List.of("-1", "x");
                case "status", "priority", "period", "interval" -> List.of("no%20such");
                default -> List.of();
              };
          String base = path(operation.path()) + "?";
          if (operation.path().endsWith("search")) {
            base += "query=a&";
          } else if (operation.path().endsWith("/metrics/applications")) {
            base += "app_id=octospine&";
          }
          for (String value : wrong) {
            String path = base + input.name() + "=" + value;
            String fault = fault(server.send("GET", path, null), input.name(), true, false);
            if (fault != null) {
              faults.add(path + ": " + fault);
            }
          }
          if (input.required()) {
            String fault =
                fault(server.send("GET", path(operation.path()), null), input.name(), false, false);
            if (fault != null) {
              faults.add(operation.path() + " without " + input.name() + ": " + fault);
            }
          }
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  /** The error to a wrong body that is a right one with one field changed. */
  private static JsonNode refused(String operation, String field, String json) throws Exception {
    ObjectNode body = RIGHT.get(operation).deepCopy();
    body.set(field, WireJson.mapper().readTree(json));
    String[] route = operation.split(" ", 2);
    HttpResponse<String> answer = server.send(route[0], route[1], body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return WireJson.mapper().readTree(answer.body()).get("error");
  }

  @Test
  void anErrorTellsFieldAndRangeAsTheCallerKnowsThem() throws Exception {
    JsonNode offset =
        WireJson.mapper().readTree(server.send("GET", "/api/tasks?offset=-1", null).body());
    assertThat(offset.at("/error/message").asText()).isEqualTo("Offset must be 0 or more");
    assertThat(offset.at("/error/details").toString())
        .isEqualTo("{\"field\":\"offset\",\"value\":-1,\"allowed\":{\"min\":0}}");
    JsonNode agent = refused("POST /api/agents", "configuration", "{\"timeout\":0.5}");
    assertThat(agent.at("/details/value").toString()).isEqualTo("0.5");
    JsonNode none = refused("POST /api/automations", "steps", "[]");
    assertThat(none.get("message").asText()).isEqualTo("Number of steps must be between 1 and 20");
    JsonNode boil =
        refused(
            "POST /api/automations",
            "steps",
            "[{\"type\":\"transform\",\"parameters\":{\"operations\":[\"boil\"]}}]");
    assertThat(boil.get("message").asText()).startsWith("operations must be one of clean,");
    assertThat(boil.at("/details/field").asText()).isEqualTo("operations");
  }
}

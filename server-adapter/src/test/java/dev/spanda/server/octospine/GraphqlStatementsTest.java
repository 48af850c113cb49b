package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.core.store.Store;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many statements the database is asked for a list, however long it is. */
class GraphqlStatementsTest {

  private static final int MANY = 50;

  /** Everything that the lists of REST leave out stands in these, and what they have as well. */
  private static final Map<String, String> LISTS =
      Map.of(
          "tasks",
          "{ tasks(filter: {limit: 50}) { id name description priority parameters progress lastRun"
              + " schedule { type value } statistics { totalRuns successfulRuns } } }",
          "agents",
          "{ agents(filter: {limit: 50}) { id name status capabilities configuration { timeout }"
              + " currentTaskCount currentTasks { id name } statistics { uptime } } }",
          "automations",
          "{ automations(filter: {limit: 50}) { id name type description successRate triggers {"
              + " type value nextTrigger } steps { name type parameters } createdAt } }");

  @TempDir private static Path folder;

  @Test
  void aListOfFiftyAsksTheDatabaseAsOftenAsAListOfOne() throws Exception {
    AtomicInteger statements = new AtomicInteger();
    try (OctospineServer server = OctospineServer.in(folder)) {
      count(store(server), statements);
      create(server, 1);
      Map<String, Integer> ofOne = counts(server, statements, 1);
      create(server, MANY - 1);
      Map<String, Integer> ofMany = counts(server, statements, MANY);
      assertThat(ofMany).isEqualTo(ofOne);
      assertThat(ofOne.values()).allMatch(count -> count >= 2 && count <= 12);
      // The count does see one question more for each record.
      statements.set(0);
      for (int i = 0; i < MANY; i++) {
        server.json("GET", "/api/tasks?limit=1", null);
      }
      assertThat(statements.get()).isGreaterThanOrEqualTo(MANY);
    }
  }

  private static Map<String, Integer> counts(
      OctospineServer server, AtomicInteger statements, int rows) throws Exception {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String list : LISTS.keySet().stream().sorted().toList()) {
      String query = LISTS.get(list);
      // Once before: the first request of a minute notes that the key was used.
      server.json("POST", GraphqlApi.PATH, Map.of("query", query));
      statements.set(0);
      JsonNode answer = server.json("POST", GraphqlApi.PATH, Map.of("query", query));
      counts.put(list, statements.get());
      assertThat(answer.has("errors")).as(answer.toString()).isFalse();
      assertThat(answer.at("/data/" + list)).hasSize(rows);
      for (JsonNode row : answer.at("/data/" + list)) {
        row.fieldNames()
            .forEachRemaining(
                name -> {
                  if (List.of("description", "capabilities", "steps", "triggers").contains(name)) {
                    assertThat(row.get(name).isNull()).as(row.toString()).isFalse();
                  }
                });
      }
    }
    return counts;
  }

  private static void create(OctospineServer server, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      for (Map.Entry<String, Map<String, Object>> each :
          Map.<String, Map<String, Object>>of(
                  "/api/tasks",
                  Map.of(
                      "name",
                      "Rows",
                      "description",
                      "Some rows",
                      "type",
                      "data_processing",
                      "schedule",
                      Map.of("type", "interval", "value", 86_400)),
                  "/api/agents",
                  Map.of("name", "Ada", "type", "any", "capabilities", List.of("nothing")),
                  "/api/automations",
                  Map.of(
                      "name",
                      "Keep",
                      "description",
                      "Keeps rows",
                      "triggers",
                      List.of(Map.of("type", "schedule", "value", "0 3 * * *")),
                      "steps",
                      List.of(Map.of("type", "extract", "parameters", Map.of("source", "api")))))
              .entrySet()) {
        JsonNode answer = server.json("POST", each.getKey(), each.getValue());
        assertThat(answer.get("success").asBoolean()).as(answer.toString()).isTrue();
      }
    }
  }

  /** Counts what the threads that answer requests ask; the server's own work is not theirs. */
  private static void count(Store store, AtomicInteger statements) throws Exception {
    SqlLogger logger =
        new SqlLogger() {
          @Override
          public void logAfterExecution(StatementContext context) {
            if (Thread.currentThread().getName().startsWith("spanda-http")) {
              statements.incrementAndGet();
            }
          }
        };
    for (String connections : List.of("reader", "writer")) {
      Jdbi unused = ((Jdbi) inside(store, connections)).setSqlLogger(logger);
    }
  }

  private static Store store(OctospineServer server) throws Exception {
    return (Store) inside(inside(inside(server, "server"), "engines"), "store");
  }

  private static Object inside(Object object, String name) throws Exception {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(object);
  }
}

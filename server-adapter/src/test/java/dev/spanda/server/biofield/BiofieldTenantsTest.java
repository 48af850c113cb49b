package dev.spanda.server.biofield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.biofield.AuthApi;
import dev.spanda.contract.biofield.HealthApi;
import dev.spanda.contract.biofield.MetricsSocket;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.contract.http.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody sees, changes or compares with what belongs to another account. */
class BiofieldTenantsTest {

  @TempDir private static Path folder;
  private static BiofieldServer server;
  private static Calls owner;
  private static Calls stranger;
  private static final Map<String, String> OWNED = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    BiofieldServer.addAccount(folder, "stranger@example.com", "pro");
    server = BiofieldServer.in(folder);
    owner = new Calls(server.url(), server.token());
    stranger = new Calls(server.url(), server.token("stranger@example.com"));
    byte[] picture = BiofieldServer.jpeg(48, 32, 1);
    String analysis =
        owner.form("/api/analysis/capture", "image", Map.of(), picture).json().get("id").asText();
    String frame =
        owner.form("/api/capture/frame", "image", Map.of(), picture).json().get("id").asText();
    String batch =
        owner
            .form("/api/capture/batch", "images", Map.of(), picture)
            .json()
            .get("batch_id")
            .asText();
    String session;
    try (Conversation talk = Conversation.open(server.url(), server.token())) {
      talk.send(new RealtimeSocket.SessionStart(null));
      session = talk.next(RealtimeSocket.SessionStarted.class).sessionId();
      talk.frame(picture, 1);
      talk.next(RealtimeSocket.Metrics.class);
      talk.send(new RealtimeSocket.SessionEnd());
      talk.next(RealtimeSocket.SessionEnded.class);
    }
    String baseline =
        owner
            .json("POST", "/api/baseline/create", "{\"session_id\":\"" + session + "\"}")
            .json()
            .get("id")
            .asText();
    OWNED.put("analysis_id", analysis);
    OWNED.put("file", frame);
    OWNED.put("batch_id", batch);
    OWNED.put("session_id", session);
    OWNED.put("baseline_id", baseline);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void noOperationGivesAStrangerWhatIsAnothers() {
    List<Operation> operations = new ArrayList<>();
    for (Class<?> contract : BiofieldMount.contracts()) {
      if (contract != AuthApi.class && contract != HealthApi.class) {
        operations.addAll(Operation.of(contract));
      }
    }
    assertThat(operations).hasSizeGreaterThan(10);
    for (Operation operation : operations) {
      String path = operation.path();
      for (String variable : operation.pathVariables()) {
        assertThat(OWNED).as(operation.path()).containsKey(variable);
        path = path.replace("{" + variable + "}", OWNED.get(variable));
      }
      Calls anybody = new Calls(server.url(), null);
      assertThat(anybody.json(operation.verb(), path, null).status())
          .as(operation.verb() + " " + path + " without a token")
          .isEqualTo(401);
      if (operation.pathVariables().isEmpty()) {
        if (operation.body() == null) {
          String text = stranger.json(operation.verb(), path, null).text();
          assertThat(text).as(path).doesNotContain(OWNED.values());
        }
      } else {
        assertThat(stranger.json(operation.verb(), path, null).status())
            .as(operation.verb() + " " + path)
            .isEqualTo(404);
      }
    }
    // Everything is still there for its owner, also what a stranger tried to delete.
    assertThat(owner.get("/api/analysis/" + OWNED.get("analysis_id")).status()).isEqualTo(200);
    assertThat(
            owner
                .json("PUT", "/api/baseline/" + OWNED.get("baseline_id") + "/activate", null)
                .status())
        .isEqualTo(200);
  }

  @Test
  void noBodyNamesWhatIsAnothers() {
    for (String body :
        new String[] {
          "{\"session_id\":\"" + OWNED.get("session_id") + "\"}",
          "{\"analysis_id\":\"" + OWNED.get("analysis_id") + "\"}"
        }) {
      assertThat(stranger.json("POST", "/api/baseline/create", body).status()).isEqualTo(404);
    }
  }

  @Test
  void noSocketTellsAStranger() {
    String token = server.token("stranger@example.com");
    try (Conversation talk = Conversation.open(server.url(), token);
        Conversation watch = Conversation.open(server.url(), MetricsSocket.PATH, token);
        Conversation own = Conversation.open(server.url(), MetricsSocket.PATH, server.token());
        Conversation measuring = Conversation.open(server.url(), server.token())) {
      talk.send(
          new RealtimeSocket.SessionStart(
              RealtimeSocket.Settings.DEFAULT.withBaseline(OWNED.get("baseline_id"))));
      assertThat(talk.next(RealtimeSocket.Problem.class).errorCode())
          .isEqualTo("BASELINE_NOT_FOUND");
      measuring.send(new RealtimeSocket.SessionStart(null));
      measuring.next(RealtimeSocket.SessionStarted.class);
      measuring.frame(BiofieldServer.jpeg(48, 32, 1), 5);
      measuring.next(RealtimeSocket.Metrics.class);
      JsonNode light = own.next();
      assertThat(light.get("type").asText()).isEqualTo("metrics");
      assertThat(light.get("sequence_number").asLong()).isEqualTo(5);
      watch.send(new MetricsSocket.Ping());
      assertThat(watch.next().get("type").asText()).isEqualTo("pong");
    }
  }
}

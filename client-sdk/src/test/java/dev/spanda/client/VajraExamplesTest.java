package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.vajra.VajraSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document's programs against a server that answers with the document's examples. */
class VajraExamplesTest {

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request.getMethod() + " " + request.getTarget());
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static MockResponse answer(String request) {
    MockResponse.Builder response = new MockResponse.Builder();
    switch (request) {
      case "POST /api/v1/audio/generate" -> response.body(example("audio-generate-audio-answer"));
      case "POST /api/v1/sessions/create" ->
          response.body(example("sessions-create-session-answer"));
      case "POST /api/v1/sessions/sess_abc123/start" ->
          response.body(example("sessions-start-session-answer"));
      case "GET /ws" -> response.webSocketUpgrade(new Broadcast());
      default -> response.code(404);
    }
    return response.build();
  }

  private static String example(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            VajraExamplesTest.class.getResourceAsStream("/examples/vajra/" + name + ".json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thePythonExampleRuns() throws Exception {
    VajraExamples.Python run = VajraExamples.python(server.url("/").uri());
    assertThat(run.audioGenerated().samples()).isEqualTo(1_323_000);
    assertThat(run.sessionStarted().sessionId()).isEqualTo("sess_abc123");
    assertThat(run.audioSpectrum()).hasSize(5).startsWith(0.1, 0.3, 0.5);
    JsonNode sent = WireJson.mapper().readTree(server.takeRequest().getBody().utf8());
    assertThat(sent)
        .isEqualTo(
            WireJson.mapper()
                .readTree(
                    """
                    {"frequency": 136.1, "duration": 30.0, "volume": 0.8,
                     "prayer_bowl_mode": true}"""));
    assertThat(WireJson.mapper().readTree(server.takeRequest().getBody().utf8()))
        .isEqualTo(
            WireJson.mapper()
                .readTree(
                    """
                    {"name": "Healing Session", "duration": 1800,
                     "intention": "Universal healing"}"""));
  }

  @Test
  void theJavaScriptExampleRuns() {
    VajraExamples.JavaScript run = VajraExamples.javaScript(server.url("/").uri());
    assertThat(run.greeting()).isEqualTo("Connected to Vajra.Stream");
    assertThat(run.audioGenerated().audioGenerated()).isTrue();
    assertThat(run.audioSpectrum()).hasSize(5);
  }

  @Test
  void theConnectionSnippetRuns() {
    assertThat(VajraExamples.connection(server.url("/").uri()))
        .isInstanceOf(VajraSocket.ConnectionStatus.class);
  }

  /** Says who it is, then sends the document's broadcast. */
  private static final class Broadcast extends WebSocketListener {
    @Override
    public void onOpen(WebSocket socket, Response response) {
      socket.send(example("socket-connection-status"));
      socket.send(example("socket-real-time-data"));
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      socket.close(code, reason);
    }
  }
}

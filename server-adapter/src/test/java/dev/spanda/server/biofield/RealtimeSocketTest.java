package dev.spanda.server.biofield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ApiException;
import dev.spanda.contract.biofield.ExportApi;
import dev.spanda.contract.biofield.RealtimeSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol of {@code /ws/realtime}, message by message. */
class RealtimeSocketTest {

  private static final Path EXAMPLES =
      Path.of("..", "client-sdk", "src", "test", "resources", "examples", "biofield");

  @TempDir private static Path folder;
  private static BiofieldServer server;

  @BeforeAll
  static void start() {
    BiofieldServer.addAccount(folder, "free@example.com", "free");
    server = BiofieldServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void withTheTokenInTheUrlTheFirstMessageIsSessionStarted() {
    try (Conversation talk = Conversation.open(server.url(), server.token())) {
      talk.sendText(
          "{\"type\":\"session_start\",\"settings\":"
              + "{\"mode\":\"fullBody\",\"region\":\"full\",\"fps\":30}}");
      JsonNode started = talk.next();
      assertThat(started.get("type").asText()).isEqualTo("session_started");
      assertThat(started.get("settings").toString())
          .isEqualTo("{\"mode\":\"fullBody\",\"region\":\"full\",\"fps\":30}");
      assertThat(started.has("baseline")).isFalse();
      assertThat(talk.isSilent()).isTrue();
    }
  }

  @Test
  void aTokenMayComeInAMessage() {
    try (Conversation talk = Conversation.open(server.url(), "")) {
      talk.sendText("{\"type\":\"session_start\"}");
      assertThat(talk.next(RealtimeSocket.Problem.class).errorCode()).isEqualTo("AUTH_REQUIRED");
      talk.send(new RealtimeSocket.Auth("no.good.token"));
      assertThat(talk.next(RealtimeSocket.Problem.class).errorCode()).isEqualTo("AUTH_INVALID");
      talk.send(new RealtimeSocket.Auth(server.token()));
      JsonNode success = talk.next();
      assertThat(success.get("type").asText()).isEqualTo("auth_success");
      assertThat(success.get("client_id").asText()).isEqualTo(BiofieldServer.CLIENT_ID);
      assertThat(success.get("session_id").isNull()).isTrue();
      talk.sendText("{\"type\":\"session_start\",\"settings\":{}}");
      talk.next(RealtimeSocket.SessionStarted.class);
      talk.sendText("{\"type\":\"ping\"}");
      talk.next(RealtimeSocket.Pong.class);
    }
  }

  @Test
  void aWrongTokenInTheUrlIsRefusedBeforeTheSocketStands() {
    Assertions.assertThatThrownBy(() -> Conversation.open(server.url(), "wrong"))
        .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
  }

  @Test
  void framesAreAnsweredInOrderWithTheClientsOwnTimes() {
    try (Conversation talk = Conversation.open(server.url(), server.token())) {
      talk.send(new RealtimeSocket.SessionStart(null));
      String session = talk.next(RealtimeSocket.SessionStarted.class).sessionId();
      for (int i = 0; i < 5; i++) {
        talk.frame(BiofieldServer.jpeg(120, 90, i), 40 + i);
        RealtimeSocket.Measured measured = talk.next(RealtimeSocket.Metrics.class).payload();
        assertThat(measured.sequenceNumber()).isEqualTo(40 + i);
        assertThat(measured.frameId()).isEqualTo("frame_" + (40 + i));
        assertThat(measured.timestamp()).isEqualTo(1_706_280_123_456L + 40 + i);
        assertThat(measured.baselineComparison()).isNull();
        assertThat(measured.droppedFrames()).isNull();
      }
      talk.send(new RealtimeSocket.SessionEnd());
      RealtimeSocket.SessionEnded ended = talk.next(RealtimeSocket.SessionEnded.class);
      assertThat(ended.sessionId()).isEqualTo(session);
      assertThat(ended.summary().frameCount()).isEqualTo(5);
      assertThat(ended.summary().framesFailed()).isZero();
      // Another session may follow on the same socket.
      talk.send(new RealtimeSocket.SessionStart(null));
      assertThat(talk.next(RealtimeSocket.SessionStarted.class).sessionId()).isNotEqualTo(session);
    }
  }

  @Test
  void aBadFrameIsARecoverableErrorAndTheStreamGoesOn() throws Exception {
    try (Conversation talk = Conversation.open(server.url(), server.token())) {
      talk.send(new RealtimeSocket.SessionStart(null));
      talk.next(RealtimeSocket.SessionStarted.class);
      String document = Files.readString(EXAMPLES.resolve("realtime-frame.json"));
      byte[] whole = BiofieldServer.jpeg(64, 48, 1);
      String half =
          Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(whole, whole.length / 2));
      for (String bad :
          new String[] {
            document,
            "{\"type\":\"frame\",\"payload\":{\"image_data\":\"\",\"sequence_number\":1}}",
            "{\"type\":\"frame\",\"payload\":{\"image_data\":\"data:image/jpeg;base64,!!!\"}}",
            "{\"type\":\"frame\",\"payload\":{\"image_data\":\"" + half + "\"}}",
            "{\"type\":\"frame\",\"payload\":{\"image_data\":\"data:image/jpeg;base64,"
                + half
                + "\"}}"
          }) {
        talk.sendText(bad);
        RealtimeSocket.Problem problem = talk.next(RealtimeSocket.Problem.class);
        assertThat(problem.errorCode()).as(bad).isEqualTo("PROCESSING_ERROR");
        assertThat(problem.message()).startsWith("Failed to process frame ");
        assertThat(problem.severity()).isEqualTo("warning");
        assertThat(problem.recoverable()).isTrue();
      }
      talk.frame(whole, 9);
      talk.next(RealtimeSocket.Metrics.class);
      talk.send(new RealtimeSocket.SessionEnd());
      RealtimeSocket.Summary summary = talk.next(RealtimeSocket.SessionEnded.class).summary();
      assertThat(summary.frameCount()).isEqualTo(1);
      assertThat(summary.framesReceived()).isEqualTo(6L);
      assertThat(summary.framesFailed()).isEqualTo(5L);
    }
  }

  @Test
  void whatCannotBeObeyedIsAnErrorAndTheSocketStays() {
    try (Conversation talk = Conversation.open(server.url(), server.token())) {
      for (String[] bad :
          new String[][] {
            {"no json", "VALIDATION_ERROR"},
            {"{}", "VALIDATION_ERROR"},
            {"{\"type\":\"dance\"}", "VALIDATION_ERROR"},
            {"{\"type\":\"frame\",\"payload\":{\"image_data\":\"AAAA\"}}", "SESSION_NOT_FOUND"},
            {"{\"type\":\"session_end\"}", "SESSION_NOT_FOUND"},
            {start("\"fps\":0"), "VALIDATION_ERROR"},
            {start("\"fps\":61"), "VALIDATION_ERROR"},
            {start("\"mode\":\"knees\""), "VALIDATION_ERROR"},
            {start("\"region\":\"left\""), "VALIDATION_ERROR"},
            {start("\"baseline_id\":\"baseline_none\""), "BASELINE_NOT_FOUND"},
            {start("\"pip_settings\":{\"threshold\":2}"), "VALIDATION_ERROR"}
          }) {
        talk.sendText(bad[0]);
        RealtimeSocket.Problem problem = talk.next(RealtimeSocket.Problem.class);
        assertThat(problem.errorCode()).as(bad[0] + ": " + problem).isEqualTo(bad[1]);
        assertThat(problem.recoverable()).isTrue();
        assertThat(problem.message()).isNotBlank().doesNotContain("dev.spanda");
      }
      talk.sendText(start("\"fps\":60"));
      talk.next(RealtimeSocket.SessionStarted.class);
      talk.sendText(start("\"fps\":60"));
      assertThat(talk.next(RealtimeSocket.Problem.class).errorCode()).isEqualTo("VALIDATION_ERROR");
    }
  }

  @Test
  void aSessionEndsWithItsSocket() {
    String session;
    Conversation talk = Conversation.open(server.url(), server.token());
    talk.send(new RealtimeSocket.SessionStart(null));
    session = talk.next(RealtimeSocket.SessionStarted.class).sessionId();
    talk.frame(BiofieldServer.jpeg(64, 48, 1), 1);
    talk.next(RealtimeSocket.Metrics.class);
    talk.close();
    long deadline = System.nanoTime() + 20_000_000_000L;
    ExportApi.Session exported = server.client().exportSession(session);
    while (exported.endTime() == null && System.nanoTime() < deadline) {
      LockSupport.parkNanos(20_000_000);
      exported = server.client().exportSession(session);
    }
    assertThat(exported.endTime()).isNotNull();
    assertThat(exported.analysisCount()).isEqualTo(1);
  }

  @Test
  void aTierGrantsNoMoreThanItsRateAndSockets(@TempDir Path other) {
    BiofieldServer.addAccount(other, "free@example.com", "free");
    try (BiofieldServer limited = new BiofieldServer(BiofieldServer.config(other, 1))) {
      String token = limited.token("free@example.com");
      try (Conversation talk = Conversation.open(limited.url(), token)) {
        talk.sendText(start("\"fps\":30"));
        assertThat(talk.next(RealtimeSocket.SessionStarted.class).settings().fps().doubleValue())
            .isEqualTo(10);
        byte[] picture = BiofieldServer.jpeg(64, 48, 1);
        for (int i = 0; i < 40; i++) {
          talk.frame(picture, i);
        }
        talk.send(new RealtimeSocket.SessionEnd());
        boolean toldOfTheRate = false;
        long answered = 0;
        JsonNode message = talk.next();
        while (!message.get("type").asText().equals("session_ended")) {
          toldOfTheRate |= message.path("error_code").asText().equals("RATE_LIMIT_EXCEEDED");
          answered += message.get("type").asText().equals("metrics") ? 1 : 0;
          message = talk.next();
        }
        JsonNode summary = message.get("summary");
        assertThat(toldOfTheRate).isTrue();
        assertThat(summary.get("frame_count").asLong()).isEqualTo(answered).isLessThan(40);
        assertThat(summary.get("frames_dropped").asLong()).isEqualTo(40 - answered);
        // The tier has one socket, whichever way the second one comes.
        Assertions.assertThatThrownBy(() -> Conversation.open(limited.url(), token))
            .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
        try (Conversation second = Conversation.open(limited.url(), "")) {
          second.send(new RealtimeSocket.Auth(token));
          assertThat(second.next(RealtimeSocket.Problem.class).errorCode())
              .isEqualTo("RATE_LIMIT_EXCEEDED");
        }
      }
    }
  }

  @Test
  void theClientStreamsAndReturnsTheSummary() {
    List<RealtimeSocket.Measured> heard = new ArrayList<>();
    RealtimeSocket.Summary summary =
        server
            .client()
            .streamAnalysis(
                IntStream.range(0, 15).mapToObj(i -> BiofieldServer.jpeg(160, 120, i)).iterator(),
                RealtimeSocket.Settings.of("fullBody", 60),
                heard::add);
    assertThat(heard).hasSize((int) summary.frameCount());
    assertThat(summary.frameCount() + Objects.requireNonNull(summary.framesDropped()))
        .isEqualTo(15);
    Assertions.assertThatExceptionOfType(ApiException.class)
        .isThrownBy(
            () ->
                server
                    .client()
                    .streamAnalysis(
                        List.<byte[]>of().iterator(),
                        RealtimeSocket.Settings.DEFAULT.withBaseline("baseline_none"),
                        heard::add))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("BASELINE_NOT_FOUND"));
  }

  private static String start(String setting) {
    return "{\"type\":\"session_start\",\"settings\":{" + setting + "}}";
  }
}

package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.socket.LiveSocket;
import dev.spanda.contract.octospine.OctospineSocket;
import dev.spanda.contract.octospine.OctospineSocket.FromClient;
import dev.spanda.contract.octospine.OctospineSocket.FromServer;
import dev.spanda.core.metric.Alerts;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.socket.Hub;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapter WebSocket API. */
class EventSocketTest {

  @TempDir private static Path folder;
  private static OctospineServer server;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    server = OctospineServer.in(folder, 1);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static URI url(String more) {
    return URI.create("ws://" + server.url().getAuthority() + OctospineSocket.PATH + more);
  }

  private static Ear ear(String... headers) {
    return Ear.open(http, url(""), List.of(), headers);
  }

  @Test
  void theDocumentsProgramHearsTheSystemWithoutCredentials() throws Exception {
    try (Ear ear = ear()) {
      ear.send(OctospineServer.text("socket-subscribe-system-status.json"));
      JsonNode status = ear.next(OctospineSocket.SYSTEM_STATUS);
      Shapes.isLike(OctospineServer.example("socket-system-status"), status);
      assertThat(status.at("/data/status").asText()).isEqualTo("healthy");
      // And again with the next measurement.
      assertThat(ear.next(OctospineSocket.SYSTEM_STATUS)).isNotNull();
      ear.send("{\"action\":\"unsubscribe\",\"events\":[\"system.status\"]}");
      assertThat(ear.next("subscription.updated").at("/data/events")).isEmpty();
    }
  }

  @Test
  void theDocumentsFilterIsTaken() throws Exception {
    try (Ear ear = ear()) {
      ear.send(OctospineServer.text("socket-subscribe-task-progress.json"));
      assertThat(ear.next("subscription.updated").at("/data/events/0").asText())
          .isEqualTo(OctospineSocket.TASK_PROGRESS);
    }
  }

  @Test
  void theClientSpeaksTheSocket() throws Exception {
    BlockingQueue<FromServer> heard = new LinkedBlockingQueue<>();
    try (LiveSocket<FromServer, FromClient> socket = server.client().socket(heard::add)) {
      assertThat(socket.send(OctospineSocket.Subscribe.to(OctospineSocket.SYSTEM_STATUS)))
          .isNotNull();
      FromServer message = heard.poll(20, TimeUnit.SECONDS);
      while (message != null && !(message instanceof OctospineSocket.SystemStatus)) {
        message = heard.poll(20, TimeUnit.SECONDS);
      }
      assertThat(message)
          .isInstanceOfSatisfying(
              OctospineSocket.SystemStatus.class,
              status -> assertThat(status.data().metrics().memoryUsage()).isBetween(1.0, 100.0));
    }
  }

  @Test
  void whatIsNotUnderstoodIsSaid() throws Exception {
    try (Ear ear = ear()) {
      for (String[] wrong :
          new String[][] {
            {"{", "INVALID_REQUEST", "message"},
            {"{\"action\":\"dance\"}", "VALIDATION_ERROR", "action"},
            {"{\"action\":\"subscribe\"}", "VALIDATION_ERROR", "events"},
            {"{\"action\":\"subscribe\",\"events\":[]}", "VALIDATION_ERROR", "events"},
            {"{\"action\":\"subscribe\",\"events\":[\"moon\"]}", "VALIDATION_ERROR", "events"},
            {
              "{\"action\":\"subscribe\",\"events\":[\"alert.new\"],\"filters\":{\"task_id\":\"a\"}}",
              "VALIDATION_ERROR",
              "filters"
            },
            {
              "{\"action\":\"subscribe\",\"events\":[\"alert.new\"],\"filters\":{\"severity\":null}}",
              "VALIDATION_ERROR",
              "filters"
            },
          }) {
        ear.send(wrong[0]);
        JsonNode error = ear.next("error").get("error");
        assertThat(error.get("code").asText()).as(wrong[0]).isEqualTo(wrong[1]);
        assertThat(error.at("/details/field").asText()).as(wrong[0]).isEqualTo(wrong[2]);
      }
      ear.send("{\"action\":\"ping\"}");
      assertThat(ear.next("pong")).isNotNull();
    }
  }

  @Test
  void theThousandAndFirstMessageOfAMinuteIsRefused() throws Exception {
    try (Ear ear = ear()) {
      for (int i = 0; i < 1_100; i++) {
        ear.send("{\"action\":\"ping\"}");
      }
      JsonNode error = ear.next("error").get("error");
      assertThat(error.get("code").asText()).isEqualTo("RATE_LIMIT_EXCEEDED");
      assertThat(error.get("message").asText()).contains("1000 messages a minute");
    }
  }

  /** What the handshake answers: its status line. */
  private static String handshake(String host, String... headers) throws Exception {
    StringBuilder request = new StringBuilder("GET /ws HTTP/1.1\r\nHost: " + host + "\r\n");
    request.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
    request.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    request.append("\r\n");
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", server.url().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      StringBuilder line = new StringBuilder();
      for (int c = socket.getInputStream().read(); c >= 0 && c != '\r'; ) {
        line.append((char) c);
        c = socket.getInputStream().read();
      }
      return line.toString();
    }
  }

  @Test
  void onlyThisMachineNeedsNoCredentials() throws Exception {
    String authority = server.url().getAuthority();
    assertThat(handshake(authority)).contains("101");
    assertThat(handshake("localhost:" + server.url().getPort())).contains("101");
    assertThat(handshake("[::1]")).contains("101");
    // A name that leads here is not this machine's own: DNS may have been bent.
    assertThat(handshake("rebound.example.com")).contains("401");
    assertThat(handshake("127.0.0.1.example.com")).contains("401");
    assertThat(handshake(authority, "Origin", "http://localhost:3000")).contains("101");
    assertThat(handshake(authority, "Origin", "https://evil.example.com")).contains("403");
    assertThat(handshake(authority, "Origin", "null")).contains("403");
    // With a key any host will do.
    assertThat(handshake("rebound.example.com", "Authorization", "Bearer your-api-key"))
        .contains("101");
    assertThat(handshake(authority, "Authorization", "Bearer nobody")).contains("401");
    assertThatThrownBy(() -> Ear.open(http, url("?token=nobody"), List.of()))
        .hasMessageNotContaining("101");
    try (Ear ear = Ear.open(http, url("?token=your-api-key"), List.of())) {
      ear.send("{\"action\":\"ping\"}");
      assertThat(ear.next("pong")).isNotNull();
    }
  }

  @Test
  void anotherSitesPageCannotRideTheCookie() throws Exception {
    String authority = server.url().getAuthority();
    String cookie = "session=" + server.credential("session");
    assertThat(handshake(authority, "Cookie", cookie)).contains("101");
    assertThat(handshake(authority, "Cookie", cookie, "Origin", "http://" + authority))
        .contains("101");
    assertThat(handshake(authority, "Cookie", cookie, "Origin", "https://evil.example.com"))
        .contains("403");
    assertThat(handshake(authority, "Cookie", cookie, "Origin", "http://localhost:3000"))
        .contains("403");
    assertThat(handshake(authority, "Cookie", "session=nobody")).contains("401");
  }

  /** A wire that keeps what is sent; while it is shut nothing of it counts as taken. */
  private static final class Wire implements Hub.Wire {
    final List<String> sent = new ArrayList<>();
    final List<Runnable> waiting = new ArrayList<>();
    boolean shut;
    int code;

    @Override
    public void sendText(byte[] text, Runnable taken, Runnable failed) {
      sent.add(new String(text, java.nio.charset.StandardCharsets.UTF_8));
      if (shut) {
        waiting.add(taken);
      } else {
        taken.run();
      }
    }

    @Override
    public void ping() {}

    @Override
    public void close(int status, String reason) {
      code = status;
    }

    @Override
    public void disconnect() {
      code = 1006;
    }

    void openUp() {
      shut = false;
      while (!waiting.isEmpty()) {
        waiting.remove(0).run();
      }
    }
  }

  private static EventSocket socket() {
    return new EventSocket(
        Clock.systemUTC(),
        1,
        (alert, account) -> alert.owner().equals(account),
        () -> {
          throw new IllegalStateException("nobody asked for it");
        });
  }

  private static Hub.Connection join(EventSocket socket, String account, Wire wire) {
    return socket
        .hub()
        .open(new Caller("127.0.0.1", "req_1", Identity.of(account, "standard")), Map.of(), wire);
  }

  private static OctospineSocket.TaskProgress step(String task, int progress, String status) {
    return new OctospineSocket.TaskProgress(
        new OctospineSocket.TaskProgress.Step(task, progress, status, Instant.EPOCH));
  }

  @Test
  void anAccountHearsItsOwnEventsThatFit() {
    EventSocket socket = socket();
    Wire mine = new Wire();
    Wire others = new Wire();
    join(socket, "user_1", mine)
        .text(
            "{\"action\":\"subscribe\",\"events\":[\"task.progress\",\"log.entry\"],"
                + "\"filters\":{\"task_id\":\"task_1\"}}",
            true);
    join(socket, "user_2", others)
        .text(
            "{\"action\":\"subscribe\",\"events\":[\"task.progress\",\"log.entry\",\"alert.new\"]}",
            true);
    socket.tell("user_1", step("task_1", 75, "running"));
    socket.tell("user_1", step("task_2", 10, "running"));
    socket.tell(
        "user_1",
        new OctospineSocket.LogEntry(
            new OctospineSocket.LogEntry.Line(
                "info",
                "Task completed successfully",
                Instant.EPOCH,
                Map.of("task_id", "task_1", "agent_id", "agent_1"))));
    socket.tell(
        new Alerts.Alert(
            "alert_1",
            "user_2",
            "",
            "cpu_usage",
            Alerts.Severity.WARNING,
            "High CPU usage detected",
            90,
            80,
            Instant.EPOCH,
            Optional.empty()));
    assertThat(mine.sent).hasSize(3);
    assertThat(mine.sent.get(1))
        .isEqualTo(
            "{\"type\":\"task.progress\",\"data\":{\"task_id\":\"task_1\",\"progress\":75,"
                + "\"status\":\"running\",\"timestamp\":\"1970-01-01T00:00:00Z\"}}");
    assertThat(mine.sent.get(2)).contains("Task completed successfully").contains("agent_1");
    assertThat(others.sent).hasSize(2);
    assertThat(others.sent.get(1)).contains("alert_1");
  }

  @Test
  void whoDoesNotReadGetsTheNewest() {
    EventSocket socket = socket();
    Wire slow = new Wire();
    join(socket, "user_1", slow)
        .text("{\"action\":\"subscribe\",\"events\":[\"task.progress\",\"log.entry\"]}", true);
    slow.shut = true;
    for (int i = 0; i <= 100; i++) {
      for (String task : List.of("task_1", "task_2")) {
        socket.tell("user_1", step(task, i, "running"));
      }
      for (int line = 0; line < 10; line++) {
        socket.tell(
            "user_1",
            new OctospineSocket.LogEntry(
                new OctospineSocket.LogEntry.Line(
                    "info", "line " + (10 * i + line), Instant.EPOCH, Map.of())));
      }
    }
    slow.openUp();
    // One that was under way, the newest of each task, the newest hundred lines.
    assertThat(slow.sent).hasSizeBetween(100, 105);
    assertThat(slow.sent.stream().filter(text -> text.contains("task_2")))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("\"progress\":100"));
    assertThat(slow.sent.stream().filter(text -> text.contains("\"line 1009\""))).hasSize(1);
    assertThat(slow.code).isZero();
  }
}

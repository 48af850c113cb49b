package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.client.socket.LiveSocket;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.VajraSocket;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VajraClientTest {

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void startServer() throws IOException {
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void aCallSendsVerbPathAndJsonAndReadsTheAnswer() throws InterruptedException {
    server.enqueue(
        new MockResponse.Builder()
            .body(
                """
                {"status":"success","message":"done","config":{"frequency":136.1},
                 "audio_generated":true,"samples":1323000}""")
            .build());
    try (VajraClient client = VajraClient.connect(server.url("/").uri())) {
      AudioApi.Generated generated =
          client.audio().generate(AudioApi.Settings.UNCHANGED.withFrequency(136.1));
      assertThat(generated.samples()).isEqualTo(1_323_000);
      assertThat(generated.config().frequency()).isEqualTo(136.1);
    }
    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine()).isEqualTo("POST /api/v1/audio/generate HTTP/1.1");
    assertThat(request.getBody().utf8()).isEqualTo("{\"frequency\":136.1}");
    assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
  }

  @Test
  void theSocketStandsBelowThePrefixWithTheClientsHeadersAndEndsWithTheClient() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    server.enqueue(
        new MockResponse.Builder()
            .webSocketUpgrade(
                new WebSocketListener() {
                  @Override
                  public void onOpen(WebSocket socket, Response response) {
                    socket.send("{\"type\":\"pong\",\"timestamp\":1.5}");
                  }

                  @Override
                  public void onClosing(WebSocket socket, int code, String reason) {
                    socket.close(code, reason);
                    ended.countDown();
                  }
                })
            .build());
    BlockingQueue<VajraSocket.FromServer> heard = new LinkedBlockingQueue<>();
    VajraClient client =
        VajraClient.connect(
            server.url("/prefix/").uri(), ClientOptions.DEFAULT.withHeader("X-Key", "k"));
    LiveSocket<VajraSocket.FromServer, VajraSocket.FromClient> socket = client.socket(heard::add);
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new VajraSocket.Pong(1.5));
    client.close();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(socket.isClosed()).isTrue();
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/prefix/ws");
    assertThat(request.getHeaders().get("X-Key")).isEqualTo("k");
    assertThatThrownBy(() -> client.socket(heard::add)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> client.core().health()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> client.async(client.core(), core -> core.health()))
        .isInstanceOf(IllegalStateException.class);
  }
}

package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.Test;

/** A program that forgets to close its client still ends. */
class DaemonThreadsTest {

  /** The forgetful program: every kind of call, and no close. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] arguments) throws InterruptedException {
      VajraClient client = VajraClient.connect(URI.create(arguments[0]));
      client.core().health();
      client.async(client.core(), core -> core.health()).join();
      CountDownLatch opened = new CountDownLatch(1);
      client.socket(message -> opened.countDown());
      if (!opened.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no message came");
      }
    }
  }

  @Test
  void aClientThatIsNeverClosedDoesNotKeepTheMachineRunning()
      throws IOException, InterruptedException {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              MockResponse.Builder answer = new MockResponse.Builder();
              return request.getTarget().equals("/ws")
                  ? answer.webSocketUpgrade(new Greeter()).build()
                  : answer.body("{\"status\":\"healthy\",\"timestamp\":1}").build();
            }
          });
      server.start();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Forgetful.class.getName(),
                  server.url("/").toString())
              .inheritIO()
              .start();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static final class Greeter extends WebSocketListener {
    @Override
    public void onOpen(WebSocket socket, Response response) {
      socket.send("{\"type\":\"pong\",\"timestamp\":1}");
    }
  }
}

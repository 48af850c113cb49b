package dev.spanda.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BitServiceTest {

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getPort() + "/bits?length=" + BitService.COUNT;
  }

  private Fetcher fetcher() {
    return new Fetcher(Set.of("127.0.0.1:" + server.getPort()), null);
  }

  @Test
  void bytesAreHandedOnAsTheyCome() throws InterruptedException {
    byte[] sent = new byte[1_024];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 7);
    }
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/octet-stream")
            .body(new Buffer().write(sent))
            .build());
    try (Fetcher fetcher = fetcher()) {
      BitService service = new BitService(fetcher, address(), "secret");
      byte[] first = new byte[1_000];
      byte[] rest = new byte[24];
      service.fill(first);
      service.fill(rest);
      assertThat(first).isEqualTo(Arrays.copyOf(sent, 1_000));
      assertThat(rest).isEqualTo(Arrays.copyOfRange(sent, 1_000, 1_024));
    }
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/bits?length=1024");
    assertThat(request.getHeaders().get("x-api-key")).isEqualTo("secret");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void numbersInJsonAreBytes() {
    server.enqueue(json("{\"success\":true,\"data\":[0,255,128]}"));
    server.enqueue(json("{\"data\":[1]}"));
    try (Fetcher fetcher = fetcher()) {
      byte[] bytes = new byte[4];
      new BitService(fetcher, address(), null).fill(bytes);
      assertThat(bytes).containsExactly(0, -1, -128, 1);
    }
  }

  @Test
  void whatIsNoBitsIsUnavailable() {
    server.enqueue(json("{\"data\":[256]}"));
    server.enqueue(json("{\"data\":[]}"));
    server.enqueue(json("no json"));
    server.enqueue(new MockResponse.Builder().code(500).build());
    try (Fetcher fetcher = fetcher()) {
      BitService service = new BitService(fetcher, address(), null);
      for (int i = 0; i < 4; i++) {
        unavailable(service);
      }
    }
    try (Fetcher fetcher = new Fetcher(Set.of(), null)) {
      // Without leave the service on this machine is not even called.
      unavailable(new BitService(fetcher, address(), null));
    }
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  private static void unavailable(BitService service) {
    assertThatThrownBy(() -> service.fill(new byte[1]))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.UNAVAILABLE);
              assertThat(failure.subject()).isEqualTo("source");
            });
  }

  private static MockResponse json(String body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/json; charset=utf-8")
        .body(body)
        .build();
  }
}

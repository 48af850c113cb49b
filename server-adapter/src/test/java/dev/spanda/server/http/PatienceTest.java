package dev.spanda.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Slow clients, and a server that stops. */
class PatienceTest {

  private static Mount mount(Shelf shelf) {
    return Mount.builder("shelf")
        .dialect(new PlainDialect())
        .endpoints(ShelfApi.class, caller -> shelf)
        .build();
  }

  private static long secondsUntilClosed(RawHttp http, String trickle) throws IOException {
    long start = System.nanoTime();
    try {
      for (int i = 0; System.nanoTime() - start < 25e9; i++) {
        http.send(trickle.substring(i % trickle.length(), i % trickle.length() + 1));
        http.socket().setSoTimeout(200);
        try {
          if (http.in().read() < 0) {
            return (System.nanoTime() - start) / 1_000_000_000;
          }
        } catch (java.net.SocketTimeoutException e) {
          // Still open.
        }
      }
    } catch (SocketException e) {
      return (System.nanoTime() - start) / 1_000_000_000;
    }
    return Long.MAX_VALUE;
  }

  @Test
  void headersThatNeverEndAreNotWaitedFor() throws IOException {
    Duration most = Duration.ofSeconds(2);
    try (Listener listener =
            JettyListener.builder()
                .port(0, mount(new Shelf()))
                .patience(most, Duration.ofSeconds(30))
                .start();
        RawHttp http = new RawHttp(listener.urls().get("shelf"))) {
      http.send("GET /health HTTP/1.1\r\nHost: x\r\nX-A: ");
      assertThat(secondsUntilClosed(http, "a")).isBetween(1L, 10L);
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws IOException {
    try (Listener listener =
            JettyListener.builder()
                .port(0, mount(new Shelf()))
                .patience(Duration.ofSeconds(15), Duration.ofMillis(500))
                .start();
        RawHttp http = new RawHttp(listener.urls().get("shelf"))) {
      assertThat(http.isClosedByServer()).isTrue();
    }
  }

  @Test
  void requestsThatRunFinishWhenTheServerStops() throws Exception {
    Shelf shelf = new Shelf();
    Listener listener = JettyListener.builder().port(0, mount(shelf)).start();
    URI url = listener.urls().get("shelf");
    try (RawHttp http = new RawHttp(url)) {
      http.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(shelf.begun.await(10, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(listener::close);
      awaitRefusal(url);
      shelf.goOn.countDown();
      RawHttp.Answer answer = http.read("GET");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("late");
      stopped.get(10, TimeUnit.SECONDS);
    }
  }

  private static void awaitRefusal(URI url) throws IOException {
    long end = System.nanoTime() + 5_000_000_000L;
    while (System.nanoTime() < end) {
      try (RawHttp late = new RawHttp(url)) {
        if (late.ask("GET", "/health").status() == 503) {
          return;
        }
      } catch (ConnectException e) {
        return;
      } catch (IOException e) {
        // Taken in and dropped: the server is about to stop.
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void aStoppedServerStopsAgainWithoutHarm() throws IOException {
    Listener listener = JettyListener.builder().port(0, mount(new Shelf())).start();
    listener.close();
    listener.close();
    assertThat(listener.urls()).containsKey("shelf");
  }
}

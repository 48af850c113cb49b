package dev.spanda.server.biofield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.contract.http.WireJson;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session of 1280×720 pictures at 30 a second, for three seconds, or for as many as the property
 * {@code spanda.trial.seconds} says: {@code mvn -pl server-adapter -am test -Dtest=StreamTrialTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dspanda.trial.seconds=60}.
 */
class StreamTrialTest {

  private static final int FRAMES_PER_SECOND = 30;
  private static final int PICTURES = 8;
  private static final long LARGEST_GROWTH = 48L << 20;

  @Test
  void everyFrameIsAnsweredOrCountedAndMemoryStaysFlat(@TempDir Path folder) throws Exception {
    int seconds = Integer.getInteger("spanda.trial.seconds", 3);
    int frames = seconds * FRAMES_PER_SECOND;
    String[] images = new String[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
      images[i] =
          "\"image_data\":\"data:image/jpeg;base64,"
              + Base64.getEncoder().encodeToString(BiofieldServer.jpeg(1280, 720, i * 3))
              + "\"}}";
    }
    try (BiofieldServer server = BiofieldServer.in(folder)) {
      Ear ear = new Ear(frames);
      URI address =
          URI.create(
              "ws"
                  + server.url().toString().substring("http".length())
                  + RealtimeSocket.PATH
                  + "?token="
                  + server.token());
      WebSocket socket =
          HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, ear).join();
      socket.sendText("{\"type\":\"session_start\",\"settings\":{\"fps\":30}}", true).join();
      ear.started.get(30, TimeUnit.SECONDS);
      long begin = System.nanoTime();
      long early = 0;
      int settled = Math.min(frames / 3, 10 * FRAMES_PER_SECOND);
      for (int i = 0; i < frames; i++) {
        long due = begin + i * 1_000_000_000L / FRAMES_PER_SECOND;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        if (i == settled) {
          early = used();
        }
        String text =
            "{\"type\":\"frame\",\"payload\":{\"timestamp\":"
                + (1_706_280_000_000L + i * 33L)
                + ",\"sequence_number\":"
                + i
                + ","
                + images[i % PICTURES];
        ear.sent.set(i, System.nanoTime());
        socket.sendText(text, true).join();
      }
      socket.sendText("{\"type\":\"session_end\"}", true).join();
      JsonNode summary = ear.ended.get(60, TimeUnit.SECONDS).get("summary");
      long late = used();
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();

      long answered = summary.get("frame_count").asLong();
      long dropped = summary.get("frames_dropped").asLong();
      assertThat(summary.get("frames_received").asLong()).isEqualTo(frames);
      assertThat(answered + dropped).isEqualTo(frames);
      assertThat(ear.answered.get()).isEqualTo(answered);
      assertThat(answered).isPositive();
      long[] latencies = ear.latencies();
      Arrays.sort(latencies);
      System.out.printf(
          "%d s, %d frames of 1280x720 in %d KB messages: %d answered, %d dropped; latency median"
              + " %.1f ms, p99 %.1f ms, worst %.1f ms; heap %+.1f MB%n",
          seconds,
          frames,
          images[0].length() >> 10,
          answered,
          dropped,
          latencies[latencies.length / 2] / 1e6,
          latencies[latencies.length * 99 / 100] / 1e6,
          latencies[latencies.length - 1] / 1e6,
          (late - early) / 1048576.0);
      assertThat(late - early).isLessThan(LARGEST_GROWTH);
    }
  }

  /** What is in use after a collection. */
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static final class Ear implements WebSocket.Listener {
    private final AtomicLongArray sent;
    private final AtomicLongArray took;
    private final AtomicLong answered = new AtomicLong();
    private final CompletableFuture<JsonNode> started = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> ended = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();

    Ear(int frames) {
      sent = new AtomicLongArray(frames);
      took = new AtomicLongArray(frames);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        long now = System.nanoTime();
        JsonNode message;
        try {
          message = WireJson.mapper().readTree(parts.toString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
          throw new IllegalStateException(e);
        }
        parts.setLength(0);
        switch (message.get("type").asText()) {
          case "session_started" -> started.complete(message);
          case "session_ended" -> ended.complete(message);
          case "metrics" -> {
            int number = message.at("/payload/sequence_number").asInt();
            took.set(number, now - sent.get(number));
            answered.incrementAndGet();
          }
          default -> ended.completeExceptionally(new IllegalStateException(message.toString()));
        }
      }
      socket.request(1);
      return null;
    }

    long[] latencies() {
      long[] all = new long[took.length()];
      int count = 0;
      for (int i = 0; i < all.length; i++) {
        if (took.get(i) != 0) {
          all[count++] = took.get(i);
        }
      }
      return Arrays.copyOf(all, count);
    }
  }
}

package dev.spanda.server.octospine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A socket of the JDK that keeps what it hears. */
final class Ear implements WebSocket.Listener, AutoCloseable {

  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  /** Opens a socket with these headers, given as names and values one after another. */
  static Ear open(HttpClient http, URI url, List<String> protocols, String... headers) {
    Ear ear = new Ear();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    if (!protocols.isEmpty()) {
      builder.subprotocols(
          protocols.get(0), protocols.subList(1, protocols.size()).toArray(String[]::new));
    }
    ear.socket = builder.buildAsync(url, ear).join();
    return ear;
  }

  WebSocket socket() {
    return java.util.Objects.requireNonNull(socket);
  }

  void send(String message) {
    socket().sendText(message, true).join();
  }

  /** The next message that fits; those before it are let go. */
  JsonNode next(Predicate<JsonNode> fits) throws InterruptedException {
    while (true) {
      JsonNode message = heard.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no such message within 20 s");
      }
      if (fits.test(message)) {
        return message;
      }
    }
  }

  JsonNode next(String type) throws InterruptedException {
    return next(message -> message.path("type").asText().equals(type));
  }

  int heardCount() {
    return heard.size();
  }

  /** The status of the close frame. */
  int closed() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      try {
        heard.add(WireJson.mapper().readTree(text.toString()));
      } catch (JsonProcessingException e) {
        throw new AssertionError(text.toString(), e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void close() {
    socket().abort();
  }
}

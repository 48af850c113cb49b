package dev.spanda.server.biofield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.contract.http.WireJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A socket whose every message is looked at in order, whatever it is. */
final class Conversation implements WebSocket.Listener, AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder parts = new StringBuilder();
  private final WebSocket socket;

  private Conversation(URI address) {
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this).join();
  }

  /** The realtime socket with the token in its URL, or without one for an empty token. */
  static Conversation open(URI base, String token) {
    return open(base, RealtimeSocket.PATH, token);
  }

  static Conversation open(URI base, String path, String token) {
    return new Conversation(
        URI.create(
            "ws"
                + base.toString().substring("http".length())
                + path
                + (token.isEmpty() ? "" : "?token=" + token)));
  }

  void send(Object message) {
    try {
      sendText(WireJson.mapper().writeValueAsString(message));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  void sendText(String text) {
    socket.sendText(text, true).join();
  }

  void frame(byte[] picture, long sequence) {
    send(
        new RealtimeSocket.Frame(
            new RealtimeSocket.Picture(
                1_706_280_123_456L + sequence,
                "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture),
                sequence)));
  }

  /** The next message. */
  JsonNode next() {
    try {
      String text = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(text).as("a message").isNotNull();
      return WireJson.mapper().readTree(text);
    } catch (InterruptedException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next message, which is of this type. */
  <T extends RealtimeSocket.FromServer> T next(Class<T> type) {
    JsonNode tree = next();
    try {
      RealtimeSocket.FromServer message =
          WireJson.mapper().treeToValue(tree, RealtimeSocket.FromServer.class);
      assertThat(message).as(tree.toString()).isInstanceOf(type);
      return type.cast(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The status with which the server closes. */
  int closeCode() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  boolean isSilent() {
    return heard.isEmpty();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
    parts.append(part);
    if (last) {
      heard.add(parts.toString());
      parts.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }
}

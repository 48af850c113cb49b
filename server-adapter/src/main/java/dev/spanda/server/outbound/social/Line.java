package dev.spanda.server.outbound.social;

import dev.spanda.server.outbound.Fetcher;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is read by one thread, text by text. While nobody reads, at most 1 000 texts
 * wait here and the rest in the network.
 */
final class Line implements AutoCloseable {

  private static final int MOST_WAITING = 1_000;

  /** The connection has ended. */
  static final class Ended extends IOException {
    private final int code;

    Ended(int code, String reason) {
      super("The connection ended: " + code + " " + reason);
      this.code = code;
    }

    /** The status of the close frame, 1006 when there was none. */
    int code() {
      return code;
    }
  }

  private sealed interface News permits Text, End {}

  private record Text(String text) implements News {}

  private record End(IOException cause) implements News {}

  private final BlockingQueue<News> news = new ArrayBlockingQueue<>(MOST_WAITING);
  private final WebSocket socket;
  private volatile boolean closed;
  private @Nullable IOException ended;

  private Line(Fetcher fetcher, String url) {
    socket =
        fetcher
            .connections()
            .newBuilder()
            .readTimeout(Duration.ZERO)
            .build()
            .newWebSocket(new Request.Builder().url(Fetcher.address(url)).build(), new Listener());
  }

  /** Begins to connect; what fails shows when the first text is awaited. */
  static Line to(Fetcher fetcher, String url) {
    return new Line(fetcher, url);
  }

  /**
   * The next text, or null when none comes in time.
   *
   * @throws Ended when the other side has closed the connection
   * @throws IOException when it broke
   */
  @Nullable String next(Duration patience) throws IOException, InterruptedException {
    if (ended != null) {
      throw ended;
    }
    News next = news.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    if (next instanceof End end) {
      ended = end.cause;
      throw end.cause;
    }
    return next instanceof Text text ? text.text : null;
  }

  void send(String text) throws IOException {
    if (!socket.send(text)) {
      throw new IOException("The connection takes no more");
    }
  }

  void close(int code) {
    closed = true;
    news.clear();
    if (!socket.close(code, null)) {
      socket.cancel();
    }
  }

  @Override
  public void close() {
    closed = true;
    news.clear();
    socket.cancel();
  }

  private final class Listener extends WebSocketListener {
    @Override
    public void onMessage(WebSocket from, String text) {
      put(new Text(text));
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      from.close(1000, null);
      put(new End(new Ended(code, reason)));
    }

    @Override
    public void onFailure(WebSocket from, Throwable problem, @Nullable Response response) {
      put(
          new End(
              response == null
                  ? new IOException("The connection broke: " + problem.getMessage(), problem)
                  : new IOException("The platform answered with status " + response.code())));
    }

    private void put(News each) {
      try {
        while (!closed && !news.offer(each, 100, TimeUnit.MILLISECONDS)) {
          // The reader is behind; the network waits with it.
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

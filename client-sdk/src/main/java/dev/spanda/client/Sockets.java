package dev.spanda.client;

import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.client.socket.SocketOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The live sockets of one client, closed with it. Thread-safe. */
final class Sockets implements AutoCloseable {

  private final URI base;
  private final ClientOptions options;
  private final List<LiveSocket<?, ?>> opened = new ArrayList<>();
  private boolean closed;

  Sockets(URI base, ClientOptions options) {
    this.base = base;
    this.options = options;
  }

  /** Opens the socket at a path below the base address. */
  synchronized <R, S> LiveSocket<R, S> open(
      String path, Class<R> received, SocketOptions own, SocketListener<? super R> listener) {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
    LiveSocket<R, S> socket =
        LiveSocket.open(address(path), received, own.withHeaders(() -> headers(own)), listener);
    opened.removeIf(LiveSocket::isClosed);
    opened.add(socket);
    return socket;
  }

  @Override
  public void close() {
    List<LiveSocket<?, ?>> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(opened);
      opened.clear();
    }
    all.forEach(LiveSocket::close);
  }

  private Map<String, String> headers(SocketOptions own) {
    Map<String, String> headers = new LinkedHashMap<>(options.headers().get());
    headers.putAll(own.headers().get());
    return headers;
  }

  private URI address(String path) {
    String text = base.toString();
    String scheme = base.getScheme().length() == "https".length() ? "wss" : "ws";
    String below = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return URI.create(scheme + below.substring(base.getScheme().length()) + path);
  }
}

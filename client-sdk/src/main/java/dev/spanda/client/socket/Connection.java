package dev.spanda.client.socket;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.SocketFactory;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link LiveSocket}, from its first packet to its last. It runs on the thread
 * that calls {@link #run}, which returns when the connection has ended.
 */
final class Connection extends WebSocketClient {

  private static final int LARGEST_MESSAGE = 16 << 20;
  private static final int LARGEST_BACKLOG = 1024;
  private static final int BROKEN = 1006;

  private final LiveSocket<?, ?> owner;
  private volatile long openedNanos;
  private volatile int closeCode = BROKEN;
  private volatile String closeReason = "";
  private volatile @Nullable Exception failure;

  Connection(URI uri, SocketOptions options, LiveSocket<?, ?> owner, SocketFactory sockets) {
    super(
        uri,
        new Draft_6455(List.of(), List.of(new Protocol("")), LARGEST_MESSAGE),
        options.headers().get(),
        (int) options.connectTimeout().toMillis());
    this.owner = owner;
    setDaemon(true);
    setTcpNoDelay(true);
    setConnectionLostTimeout((int) options.pingInterval().toSeconds());
    setSocketFactory(new PatientSockets(sockets, options.connectTimeout()));
  }

  /** When the handshake was done, by {@link System#nanoTime}; 0 when it never was. */
  long openedNanos() {
    return openedNanos;
  }

  int closeCode() {
    return closeCode;
  }

  String closeReason() {
    return closeReason;
  }

  /** The first thing that was thrown, if any. */
  @Nullable Exception failure() {
    return failure;
  }

  /** Whether the network is so far behind that more messages would only pile up. */
  boolean isStalled() {
    return getConnection() instanceof WebSocketImpl engine
        && engine.outQueue.size() >= LARGEST_BACKLOG;
  }

  /** Ends the connection without a word. */
  void cut() {
    Socket socket = getSocket();
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      onError(e);
    }
  }

  @Override
  public void onOpen(ServerHandshake handshake) {
    try {
      getSocket().setSoTimeout(0);
    } catch (SocketException e) {
      onError(e);
    }
    long now = System.nanoTime();
    openedNanos = now == 0 ? 1 : now;
    owner.opened();
  }

  @Override
  public void onMessage(String message) {
    owner.received(message);
  }

  @Override
  public void onMessage(ByteBuffer bytes) {
    owner.receivedBinary(bytes.remaining());
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    closeCode = code < 0 ? BROKEN : code;
    closeReason = reason == null ? "" : reason;
  }

  @Override
  public void onError(Exception e) {
    if (failure == null) {
      failure = e;
    }
  }
}

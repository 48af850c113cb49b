package dev.spanda.client.socket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** A server whose behaviour a test chooses. */
final class SocketServer extends WebSocketServer implements AutoCloseable {

  final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  final BlockingQueue<Map.Entry<WebSocket, ClientHandshake>> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
  volatile boolean answersPings = true;
  volatile CountDownLatch mayRead = new CountDownLatch(0);
  private final CountDownLatch started = new CountDownLatch(1);

  SocketServer(int port) {
    super(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
    setReuseAddr(true);
    setDaemon(true);
    setConnectionLostTimeout(0);
  }

  SocketServer startNow() throws InterruptedException {
    start();
    if (!started.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server did not start");
    }
    return this;
  }

  WebSocket next() throws InterruptedException {
    return nextWithHandshake().getKey();
  }

  Map.Entry<WebSocket, ClientHandshake> nextWithHandshake() throws InterruptedException {
    Map.Entry<WebSocket, ClientHandshake> next = opened.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new IllegalStateException("nobody connected");
    }
    return next;
  }

  @Override
  public void close() {
    try {
      stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {
    opened.add(Map.entry(socket, handshake));
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {
    closed.add(code);
  }

  @Override
  public void onMessage(WebSocket socket, String message) {
    try {
      mayRead.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    received.add(message);
  }

  @Override
  public void onMessage(WebSocket socket, ByteBuffer message) {
    received.add("binary");
  }

  @Override
  public void onWebsocketPing(WebSocket socket, Framedata frame) {
    if (answersPings) {
      super.onWebsocketPing(socket, frame);
    }
  }

  @Override
  public void onError(WebSocket socket, Exception e) {}

  @Override
  public void onStart() {
    started.countDown();
  }
}

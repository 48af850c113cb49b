package dev.spanda.server.http;

import dev.spanda.server.gate.Caller;
import dev.spanda.server.socket.Hub;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps {@link Joined} out of sight. */
final class JettySocket {

  private static final Logger LOG = LoggerFactory.getLogger(JettySocket.class);

  private JettySocket() {}

  /** Joins a session of Jetty to a hub; public, since Jetty looks its methods up by reflection. */
  public static final class Joined implements Session.Listener.AutoDemanding, Hub.Wire {

    private final Hub hub;
    private final Caller caller;
    private final Map<String, List<String>> query;
    private final Runnable released;
    private @Nullable Session session;
    private Hub.@Nullable Connection connection;

    Joined(Hub hub, Caller caller, Map<String, List<String>> query, Runnable released) {
      this.hub = hub;
      this.caller = caller;
      this.query = query;
      this.released = released;
    }

    private Session session() {
      return Objects.requireNonNull(session);
    }

    @Override
    public void onWebSocketOpen(Session opened) {
      session = opened;
      // The hub asks silent clients itself.
      opened.setIdleTimeout(Duration.ZERO);
      connection = hub.open(caller, query, this);
    }

    @Override
    public void onWebSocketPartialText(String payload, boolean last) {
      if (connection != null) {
        connection.text(payload, last);
      }
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
      if (connection != null) {
        connection.binary(last);
      }
      callback.succeed();
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
      alive();
      session().sendPong(payload, Callback.NOOP);
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
      alive();
    }

    private void alive() {
      if (connection != null) {
        connection.alive();
      }
    }

    /** A close follows; clients that go away without a word are no news. */
    @Override
    public void onWebSocketError(Throwable problem) {
      LOG.debug("{}: a socket failed", caller.requestId(), problem);
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
      released.run();
      if (connection != null) {
        connection.closed(statusCode, reason == null ? "" : reason);
      }
      callback.succeed();
    }

    /** As a frame, since a session of Jetty's would encode the text anew for each client. */
    @Override
    public void sendText(byte[] text, Runnable sent, Runnable failed) {
      ((WebSocketSession) session())
          .getCoreSession()
          .sendFrame(
              new Frame(OpCode.TEXT, ByteBuffer.wrap(text)),
              org.eclipse.jetty.util.Callback.from(sent, problem -> failed.run()),
              false);
    }

    @Override
    public void ping() {
      session().sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }

    @Override
    public void close(int code, String reason) {
      session().close(code, reason, Callback.NOOP);
    }

    @Override
    public void disconnect() {
      session().disconnect();
    }
  }
}

package dev.spanda.server.http;

import java.time.Duration;
import java.util.IdentityHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Ends connections whose headers do not come to an end. An idle timeout begins anew with every
 * byte, so a client that sends one now and then would hold its connection for ever.
 */
final class SlowHeaders {

  private record Seen(long requests, long sinceNanos) {}

  private final long mostNanos;
  private IdentityHashMap<EndPoint, Seen> waiting = new IdentityHashMap<>();

  SlowHeaders(Duration most) {
    mostNanos = most.toNanos();
  }

  /** Looks at every connection; called once a second by one thread. */
  void sweep(Iterable<? extends Connector> connectors) {
    long now = System.nanoTime();
    IdentityHashMap<EndPoint, Seen> still = new IdentityHashMap<>();
    for (Connector connector : connectors) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        if (endPoint.getConnection() instanceof HttpConnection http && inHeaders(http)) {
          Seen before = waiting.get(endPoint);
          if (before == null || before.requests() != http.getMessagesIn()) {
            before = new Seen(http.getMessagesIn(), now);
          } else if (now - before.sinceNanos() > mostNanos) {
            endPoint.close();
            continue;
          }
          still.put(endPoint, before);
        }
      }
    }
    waiting = still;
  }

  /** Whether a request has begun and its headers have not ended. */
  private static boolean inHeaders(HttpConnection http) {
    return switch (http.getParser().getState()) {
      case METHOD, URI, SPACE1, SPACE2, REQUEST_VERSION, HEADER, PROXY -> true;
      default -> false;
    };
  }
}

package dev.spanda.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each answer and times it. Neither query strings nor headers are ever written,
 * since both carry tokens.
 */
final class Observer implements RequestLog {

  /** The name of the logger of requests. */
  static final String LOGGER = "dev.spanda.server.request";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final int LONGEST_PATH = 200;

  private record Key(String mount, String verb, String path, int status) {}

  private final MeterRegistry registry;
  private final Listener.Audience audience;
  private final ConcurrentHashMap<Key, Timer> timers = new ConcurrentHashMap<>();

  Observer(MeterRegistry registry, Listener.Audience audience) {
    this.registry = registry;
    this.audience = audience;
  }

  @Override
  public void log(Request request, Response response) {
    if (!(request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange)) {
      return;
    }
    long nanos = System.nanoTime() - request.getHeadersNanoTime();
    int status = response.getStatus();
    audience.answered(exchange.mount().name(), status, nanos);
    String template = exchange.template();
    // Paths that lead nowhere share one meter, or strangers could make as many as they like.
    Key key =
        template == null
            ? new Key(exchange.mount().name(), "", "", status)
            : new Key(exchange.mount().name(), request.getMethod(), template, status);
    timers.computeIfAbsent(key, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    if (LOG.isInfoEnabled()) {
      StringBuilder line = new StringBuilder(160);
      line.append(exchange.requestId()).append(' ');
      plain(line, request.getMethod());
      line.append(' ');
      plain(line, template == null ? exchange.path() : template);
      line.append(' ').append(status);
      line.append(' ').append(nanos / 1000).append("us ");
      line.append(Response.getContentBytesWritten(response)).append("B ");
      line.append(exchange.address());
      LOG.info(line.toString());
    }
  }

  private static void plain(StringBuilder line, String text) {
    int length = Math.min(text.length(), LONGEST_PATH);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      line.append(c > ' ' && c < 0x7F ? c : '?');
    }
  }

  private Timer timer(Key key) {
    return Timer.builder("spanda.http.requests")
        .description("Requests answered")
        .tag("mount", key.mount())
        .tag("verb", key.verb())
        .tag("path", key.path())
        .tag("status", Integer.toString(key.status()))
        .register(registry);
  }
}

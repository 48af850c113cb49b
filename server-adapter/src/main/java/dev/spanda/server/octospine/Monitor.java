package dev.spanda.server.octospine;

import dev.spanda.core.metric.Alerts;
import dev.spanda.core.metric.Metrics;
import dev.spanda.core.metric.Span;
import dev.spanda.server.http.Listener;
import dev.spanda.server.socket.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures every five seconds, writes what was measured every ten, and looks for alerts: at the
 * mean of the machine's last minute each time, and once a minute at the applications' last five,
 * when they have answered at least one request in them. A socket's handshake is no request that is
 * timed.
 */
final class Monitor implements Listener.Audience, AutoCloseable {

  static final Duration PERIOD = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int SERVER_ERRORS = 500;
  private static final int FLUSH_EACH = 2;
  private static final int APPLICATIONS_EACH = 12;
  private static final int SWEEP_EACH = 720;
  private static final Duration ALERTS_KEPT = Duration.ofDays(90);
  private static final Span LATELY = Span.parse("period", "5m");

  private final Metrics metrics;
  private final Alerts alerts;
  private final List<String> house;
  private final Runnable told;
  private final Ticker ticker;
  private long ticks;

  /**
   * Begins to measure.
   *
   * @param house the server's own applications
   * @param told run after every measurement
   */
  Monitor(
      Metrics metrics,
      Alerts alerts,
      List<String> house,
      ScheduledExecutorService timer,
      Runnable told) {
    this.metrics = metrics;
    this.alerts = alerts;
    this.house = house;
    this.told = told;
    ticker = Ticker.start(timer, PERIOD, this::tick);
  }

  @Override
  public void answered(String mount, int status, long nanos) {
    if (status != SWITCHING_PROTOCOLS) {
      metrics.count(mount, nanos / 1e6, status >= SERVER_ERRORS);
    }
  }

  private void tick() {
    ticks++;
    metrics.sample();
    if (ticks % FLUSH_EACH == 0) {
      metrics.flush();
    }
    metrics
        .lastMinute()
        .forEach((metric, value) -> alerts.observe(Metrics.HOUSE, "", metric, value));
    if (ticks % APPLICATIONS_EACH == 0) {
      house.forEach(name -> look(Metrics.HOUSE, name));
      metrics.forEachRunning(this::look);
    }
    if (ticks % SWEEP_EACH == 0) {
      int gone = metrics.sweep() + alerts.sweep(ALERTS_KEPT);
      LOG.debug("{} measurements and alerts were too old", gone);
    }
    told.run();
  }

  private void look(String owner, String application) {
    Metrics.Series series = metrics.application(owner, application, LATELY, Optional.of(LATELY));
    for (String metric : List.of(Metrics.RESPONSE_TIME, Metrics.ERROR_RATE)) {
      List<Metrics.Point> points = series.points().getOrDefault(metric, List.of());
      if (!points.isEmpty()) {
        alerts.observe(owner, application, metric, points.get(points.size() - 1).value());
      }
    }
  }

  @Override
  public void close() {
    ticker.close();
    metrics.close();
  }
}

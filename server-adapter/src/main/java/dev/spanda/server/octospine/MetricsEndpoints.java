package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.MetricsApi;
import dev.spanda.contract.octospine.Pagination;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.metric.Metrics;
import dev.spanda.core.metric.Span;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Monitoring and Analytics, for one account. */
final class MetricsEndpoints implements MetricsApi {

  private static final String USUAL_PERIOD = "1h";
  private static final String USUAL_PERIOD_OF_APPLICATION = "24h";
  private static final String OPEN = "open";
  private static final int USUAL_LIMIT = 10;
  private static final double THOUSAND = 1_000;

  private final Metrics metrics;
  private final dev.spanda.core.metric.Alerts alarm;
  private final Map<String, Boolean> mounts;
  private final String account;

  MetricsEndpoints(
      Metrics metrics,
      dev.spanda.core.metric.Alerts alarm,
      Map<String, Boolean> mounts,
      String account) {
    this.metrics = metrics;
    this.alarm = alarm;
    this.mounts = mounts;
    this.account = account;
  }

  @Override
  public SystemMetrics system(@Nullable String period, @Nullable String interval) {
    Metrics.Series series = metrics.system(span(period, USUAL_PERIOD), interval(interval));
    return new SystemMetrics(
        series.period().text(),
        text(interval, series.interval()),
        new SystemSeries(
            points(series, Metrics.CPU_USAGE),
            points(series, Metrics.MEMORY_USAGE),
            points(series, Metrics.DISK_USAGE)));
  }

  @Override
  public ApplicationMetrics application(
      String applicationId, @Nullable String period, @Nullable String interval) {
    String owner = account;
    if (mounts.containsKey(applicationId)) {
      owner = Metrics.HOUSE;
    } else if (metrics.find(account, applicationId).isEmpty()) {
      throw Failure.notFound("application", applicationId);
    }
    Metrics.Series series =
        metrics.application(
            owner, applicationId, span(period, USUAL_PERIOD_OF_APPLICATION), interval(interval));
    return new ApplicationMetrics(
        applicationId,
        series.period().text(),
        text(interval, series.interval()),
        new ApplicationSeries(
            points(series, Metrics.RESPONSE_TIME),
            points(series, Metrics.THROUGHPUT),
            points(series, Metrics.ERROR_RATE)));
  }

  @Override
  public Application report(Report report) {
    if (mounts.containsKey(report.applicationId())) {
      throw Failure.of(
              Failure.Reason.CONFLICT,
              "app_id",
              "The server counts the requests of " + report.applicationId() + " itself")
          .with(Failure.PROVIDED_VALUE, report.applicationId());
    }
    return application(
        metrics.report(
            account,
            new Metrics.Report(
                report.applicationId(),
                report.name(),
                report.requests(),
                report.errors() == null ? 0 : report.errors(),
                report.responseTime() == null ? 0 : report.responseTime(),
                report.timestamp())));
  }

  @Override
  public Applications applications() {
    List<Application> all = new ArrayList<>();
    mounts.forEach((name, served) -> all.add(new Application(name, name, word(served), null)));
    metrics.applications(account).forEach(each -> all.add(application(each)));
    return new Applications(all);
  }

  @Override
  public Forgotten forget(String applicationId) {
    metrics.forget(account, applicationId);
    return new Forgotten(applicationId, true);
  }

  @Override
  public Alerts alerts(@Nullable String status, @Nullable Integer limit, @Nullable Long offset) {
    if (status != null && !status.equals(OPEN) && !status.equals("all")) {
      throw Failure.notAllowed("status", status, List.of(OPEN, "all"));
    }
    Page<dev.spanda.core.metric.Alerts.Alert> page =
        alarm.list(
            account,
            OPEN.equals(status),
            limit == null ? USUAL_LIMIT : limit,
            offset == null ? 0 : offset);
    return new Alerts(
        page.items().stream().map(MetricsEndpoints::alert).toList(),
        new Pagination(page.total(), page.limit(), page.offset(), page.hasMore()));
  }

  @Override
  public Thresholds thresholds() {
    Map<String, Threshold> thresholds = new LinkedHashMap<>();
    alarm
        .thresholds(account)
        .forEach(
            (metric, threshold) ->
                thresholds.put(metric, new Threshold(threshold.warning(), threshold.critical())));
    return new Thresholds(thresholds);
  }

  @Override
  public Thresholds setThreshold(String metric, Threshold threshold) {
    alarm.set(
        account,
        metric,
        new dev.spanda.core.metric.Alerts.Threshold(threshold.warning(), threshold.critical()));
    return thresholds();
  }

  @Override
  public Thresholds resetThreshold(String metric) {
    alarm.reset(account, metric);
    return thresholds();
  }

  private static Span span(@Nullable String period, String usual) {
    return Span.parse("period", period == null ? usual : period);
  }

  private static Optional<Span> interval(@Nullable String interval) {
    return interval == null ? Optional.empty() : Optional.of(Span.parse("interval", interval));
  }

  /** As it was asked for, or in the largest unit that divides it. */
  private static String text(@Nullable String asked, Duration interval) {
    if (asked != null) {
      return asked;
    }
    long seconds = interval.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static List<Point> points(Metrics.Series series, String metric) {
    return series.points().getOrDefault(metric, List.of()).stream()
        .map(point -> new Point(point.at(), thousandths(point.value())))
        .toList();
  }

  /** Three digits after the point, and none where there is nothing to tell. */
  private static Number thousandths(double value) {
    double rounded = Math.round(value * THOUSAND) / THOUSAND;
    if (rounded == Math.rint(rounded)) {
      return (long) rounded;
    }
    return rounded;
  }

  private static Application application(Metrics.Application application) {
    return new Application(
        application.id(),
        application.name(),
        word(application.running()),
        application.reportedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String word(boolean running) {
    return running ? "running" : "stopped";
  }

  private static Alert alert(dev.spanda.core.metric.Alerts.Alert alert) {
    return new Alert(
        alert.id(),
        alert.severity().word(),
        alert.message(),
        alert.raisedAt().truncatedTo(ChronoUnit.SECONDS),
        alert.metric(),
        alert.target().isEmpty() ? null : alert.target(),
        alert.value(),
        alert.threshold(),
        alert.clearedAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS)).orElse(null));
  }
}

package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chapter Monitoring and Analytics. A period and an interval are a whole number and {@code s},
 * {@code m}, {@code h} or {@code d}; a point is the mean of all measurements of its interval, and
 * an interval without any has no point. Registering applications and alerts are beyond the
 * document.
 */
@Route.Group("Metrics")
public interface MetricsApi {

  /**
   * The machine's series.
   *
   * @param period 10 s to 31 d; 1 h when absent
   * @param interval a multiple of 10 s for a period up to 2 h, of 1 min up to 26 h, of 15 min
   *     beyond; the shortest usual one with at most 30 a period when absent
   */
  @Route(value = "GET /api/metrics/system", summary = "The machine's series.")
  SystemMetrics system(
      @Param.Query("period") @Nullable String period,
      @Param.Query("interval") @Nullable String interval);

  /**
   * An application's series.
   *
   * @param applicationId one of the APIs of this server, such as {@code vajra}, or an application
   *     that the account has registered
   * @param period 24 h when absent
   */
  @Route(value = "GET /api/metrics/applications", summary = "An application's series.")
  ApplicationMetrics application(
      @Param.Query("app_id") String applicationId,
      @Param.Query("period") @Nullable String period,
      @Param.Query("interval") @Nullable String interval);

  /** Adds what an application tells of the requests it has answered; registers a new one. */
  @Route(
      value = "POST /api/metrics/applications",
      status = 201,
      summary = "Adds what an application tells of its requests.")
  Application report(Report report);

  /** The APIs of this server and the applications that the account has registered. */
  @Route(value = "GET /api/applications", summary = "The applications that there are.")
  Applications applications();

  /** Forgets an application that the account has registered, with its series. */
  @Route(value = "DELETE /api/applications/{app_id}", summary = "Forgets an application.")
  Forgotten forget(@Param.Path("app_id") String applicationId);

  /**
   * Alerts, the newest first.
   *
   * @param status {@code open} or {@code all}; all when absent
   * @param limit 1 to 100; 10 when absent
   * @param offset 0 or more; 0 when absent
   */
  @Route(value = "GET /api/alerts", summary = "Alerts, the newest first.")
  Alerts alerts(
      @Param.Query("status") @Nullable String status,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Long offset);

  /** The account's thresholds: its own, and the defaults for the others. */
  @Route(value = "GET /api/alerts/thresholds", summary = "The account's thresholds by metric.")
  Thresholds thresholds();

  /**
   * Gives the account a threshold of its own.
   *
   * @param metric {@code cpu_usage}, {@code memory_usage}, {@code disk_usage}, {@code
   *     response_time} or {@code error_rate}
   */
  @Route(value = "PUT /api/alerts/thresholds/{metric}", summary = "Sets a threshold.")
  Thresholds setThreshold(@Param.Path("metric") String metric, Threshold threshold);

  /** Gives the account the default threshold again. */
  @Route(value = "DELETE /api/alerts/thresholds/{metric}", summary = "Restores a default.")
  Thresholds resetThreshold(@Param.Path("metric") String metric);

  /**
   * A mean.
   *
   * @param timestamp the begin of the interval
   */
  record Point(@JsonProperty("timestamp") Instant timestamp, @JsonProperty("value") Number value) {}

  /** The machine's series with what was asked for. */
  record SystemMetrics(
      @JsonProperty("period") String period,
      @JsonProperty("interval") String interval,
      @JsonProperty("metrics") SystemSeries metrics) {}

  /** The machine's series, each in percent. */
  record SystemSeries(
      @JsonProperty("cpu_usage") List<Point> cpuUsage,
      @JsonProperty("memory_usage") List<Point> memoryUsage,
      @JsonProperty("disk_usage") List<Point> diskUsage) {

    /** Copies the series. */
    public SystemSeries {
      cpuUsage = List.copyOf(cpuUsage);
      memoryUsage = List.copyOf(memoryUsage);
      diskUsage = List.copyOf(diskUsage);
    }
  }

  /**
   * An application's series.
   *
   * @param interval beyond the document
   */
  record ApplicationMetrics(
      @JsonProperty("app_id") String applicationId,
      @JsonProperty("period") String period,
      @JsonProperty("interval") @Nullable String interval,
      @JsonProperty("metrics") ApplicationSeries metrics) {}

  /**
   * An application's series.
   *
   * @param responseTime mean milliseconds of a request
   * @param throughput requests a minute; the last interval counts up to now
   * @param errorRate share of requests that failed, 0 to 1; for the server's own APIs those
   *     answered with a status of 500 or more
   */
  record ApplicationSeries(
      @JsonProperty("response_time") List<Point> responseTime,
      @JsonProperty("throughput") List<Point> throughput,
      @JsonProperty("error_rate") List<Point> errorRate) {

    /** Copies the series. */
    public ApplicationSeries {
      responseTime = List.copyOf(responseTime);
      throughput = List.copyOf(throughput);
      errorRate = List.copyOf(errorRate);
    }
  }

  /**
   * What an application tells.
   *
   * @param applicationId 1 to 64 letters, digits, full stops, hyphens and underscores
   * @param name what people call it
   * @param requests how many it has answered since its last report, 0 to 100 000 000
   * @param errors how many of them failed, 0 to {@code requests}; 0 when absent
   * @param responseTime the mean milliseconds of an answer, 0 to 86 400 000; 0 when absent
   * @param timestamp when, within the last 24 hours; now when absent
   */
  record Report(
      @JsonProperty(value = "app_id", required = true) String applicationId,
      @JsonProperty("name") @Nullable String name,
      @JsonProperty(value = "requests", required = true) Long requests,
      @JsonProperty("errors") @Nullable Long errors,
      @JsonProperty("response_time") @Nullable Double responseTime,
      @JsonProperty("timestamp") @Nullable Instant timestamp) {}

  /**
   * An application.
   *
   * @param status {@code running} for an API that is served, and for an application that has
   *     reported within five minutes; else {@code stopped}
   * @param lastReport null for an API of this server
   */
  record Application(
      @JsonProperty("app_id") String applicationId,
      @JsonProperty("name") String name,
      @JsonProperty("status") String status,
      @JsonProperty("last_report") @Nullable Instant lastReport) {}

  /** All applications. */
  record Applications(@JsonProperty("applications") List<Application> applications) {

    /** Copies the rows. */
    public Applications {
      applications = List.copyOf(applications);
    }
  }

  /** An application that is gone. */
  record Forgotten(
      @JsonProperty("app_id") String applicationId, @JsonProperty("deleted") boolean deleted) {}

  /** A part of the list of alerts. */
  record Alerts(
      @JsonProperty("alerts") List<Alert> alerts,
      @JsonProperty("pagination") Pagination pagination) {

    /** Copies the rows. */
    public Alerts {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * An alert.
   *
   * @param severity {@code warning} or {@code critical}
   * @param applicationId null for the machine
   * @param value what crossed the threshold
   * @param clearedAt since when it is over, null while it is not
   */
  record Alert(
      @JsonProperty("alert_id") String alertId,
      @JsonProperty("severity") String severity,
      @JsonProperty("message") String message,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("metric") String metric,
      @JsonProperty("app_id") @Nullable String applicationId,
      @JsonProperty("value") double value,
      @JsonProperty("threshold") double threshold,
      @JsonProperty("cleared_at") @Nullable Instant clearedAt) {}

  /**
   * From which value on an alert is raised, in the metric's unit.
   *
   * @param warning above 0
   * @param critical at least {@code warning}
   */
  record Threshold(
      @JsonProperty(value = "warning", required = true) Double warning,
      @JsonProperty(value = "critical", required = true) Double critical) {}

  /** Thresholds by metric. */
  record Thresholds(@JsonProperty("thresholds") Map<String, Threshold> thresholds) {

    /** Copies the thresholds, keeping their order. */
    public Thresholds {
      thresholds = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(thresholds));
    }
  }
}

package dev.spanda.core.metric;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Says once that a measurement has crossed a threshold.
 *
 * <p>A metric has a threshold for a warning and a higher one for a critical alert. A value that
 * reaches one raises an alert and publishes {@link Raised}; nothing more is said until the value
 * reaches the next threshold or has fallen below nine tenths of the one it crossed, which clears
 * the alert and lets the next crossing be told. What is open is kept in the store, so that a
 * restart says nothing twice.
 *
 * <p>Everybody has the {@linkplain #DEFAULTS default thresholds} until they set their own; alerts
 * of the machine by the defaults are those of everybody who has not. Thread-safe; nodes that share
 * a store raise each alert once.
 */
public final class Alerts {

  /**
   * Thresholds by metric: CPU 80 and 95 %, memory and disk 85 and 95 %, response time 1 000 and 5
   * 000 ms, error rate 0.05 and 0.25.
   */
  public static final Map<String, Threshold> DEFAULTS = defaults();

  private static final double CLEAR_BELOW = 0.9;
  private static final int LARGEST_PAGE = 100;
  private static final double LARGEST_THRESHOLD = 1e9;

  /** How serious it is. */
  public enum Severity {
    /** Somebody should look at it. */
    WARNING,
    /** Somebody must look at it now. */
    CRITICAL;

    /** The word in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * From which value on an alert is raised, in the metric's unit.
   *
   * @param warning above 0
   * @param critical at least {@code warning}
   */
  public record Threshold(double warning, double critical) {

    /**
     * Checks the order.
     *
     * @throws Failure INVALID, subject {@code warning} or {@code critical}
     */
    public Threshold {
      Failure.requireInRange(
          "warning", "Warning", warning, Double.MIN_VALUE, LARGEST_THRESHOLD, "");
      Failure.requireInRange("critical", "Critical", critical, warning, LARGEST_THRESHOLD, "");
    }

    private double of(Severity severity) {
      return severity == Severity.CRITICAL ? critical : warning;
    }
  }

  /**
   * A crossing.
   *
   * @param owner whose thresholds were crossed; {@link Metrics#HOUSE} for the defaults
   * @param target the application; empty for the machine
   * @param value what crossed the threshold
   * @param clearedAt since when it is over; empty while it is not
   */
  public record Alert(
      String id,
      String owner,
      String target,
      String metric,
      Severity severity,
      String message,
      double value,
      double threshold,
      Instant raisedAt,
      Optional<Instant> clearedAt) {}

  /** An alert was raised; published once it is durable. */
  public record Raised(Alert alert) {}

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;

  /**
   * What this process knows to be open, by owner, target and metric; null before the first look.
   */
  private final Map<List<String>, Optional<Severity>> open = new HashMap<>();

  /** The alerts of a store. */
  public Alerts(Store store, InstantSource clock, EventBus bus, Ids ids) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
  }

  /**
   * Looks at a measurement.
   *
   * @param owner an account whose application it is of, which has that account's thresholds; {@link
   *     Metrics#HOUSE} for the machine and the server's own applications, which are looked at with
   *     the defaults and with the thresholds of every account that has set its own
   * @param target the application; empty for the machine
   * @param metric one of {@link #DEFAULTS}
   */
  public void observe(String owner, String target, String metric, double value) {
    Threshold usual = known(metric);
    Map<String, Threshold> rules = new LinkedHashMap<>();
    Map<String, Threshold> own = owners(metric);
    if (owner.equals(Metrics.HOUSE)) {
      rules.put(owner, usual);
      rules.putAll(own);
    } else {
      rules.put(owner, own.getOrDefault(owner, usual));
    }
    rules.forEach((who, threshold) -> observe(who, target, metric, value, threshold));
  }

  private synchronized void observe(
      String owner, String target, String metric, double value, Threshold threshold) {
    List<String> key = List.of(owner, target, metric);
    Optional<Severity> before = open.computeIfAbsent(key, absent -> openIn(owner, target, metric));
    Optional<Severity> now = level(value, threshold, before);
    if (now.equals(before)) {
      return;
    }
    boolean raised = now.isPresent() && (before.isEmpty() || now.get().compareTo(before.get()) > 0);
    store.change(
        handle -> {
          store.lock("metric_alert:" + owner + ":" + target + ":" + metric);
          // Another node may have told it already.
          if (!openIn(handle, owner, target, metric).equals(before)) {
            return;
          }
          clear(handle, owner, target, metric);
          if (now.isPresent()) {
            Alert alert = insert(handle, owner, target, metric, now.get(), value, threshold);
            if (raised) {
              store.afterCommit(() -> bus.publish(new Raised(alert)));
            }
          }
        });
    open.put(key, openIn(owner, target, metric));
  }

  /** The level after a value: up at a threshold, down only well below it. */
  static Optional<Severity> level(double value, Threshold threshold, Optional<Severity> before) {
    if (value >= threshold.critical()) {
      return Optional.of(Severity.CRITICAL);
    }
    if (before.equals(Optional.of(Severity.CRITICAL))
        && value >= CLEAR_BELOW * threshold.critical()) {
      return before;
    }
    if (value >= threshold.warning()
        || (before.isPresent() && value >= CLEAR_BELOW * threshold.warning())) {
      return Optional.of(Severity.WARNING);
    }
    return Optional.empty();
  }

  /**
   * An account's thresholds by metric: its own, and the defaults for the others.
   *
   * @return in the order of {@link #DEFAULTS}
   */
  public Map<String, Threshold> thresholds(String owner) {
    Map<String, Threshold> all = new LinkedHashMap<>(DEFAULTS);
    store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM metric_threshold WHERE owner = :owner")
                .bind("owner", owner)
                .map(
                    (row, context) ->
                        all.replace(
                            row.getString("metric"),
                            new Threshold(row.getDouble("warning"), row.getDouble("critical"))))
                .list());
    return all;
  }

  /**
   * Gives an account a threshold of its own; the next measurement is held to it.
   *
   * @throws Failure INVALID, subject {@code metric}
   */
  public void set(String owner, String metric, Threshold threshold) {
    known(metric);
    store.change(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO metric_threshold (owner, metric, warning, critical)"
                        + " VALUES (:owner, :metric, :warning, :critical)"
                        + " ON CONFLICT (owner, metric) DO UPDATE SET"
                        + " warning = excluded.warning, critical = excluded.critical")
                .bind("owner", owner)
                .bind("metric", metric)
                .bind("warning", threshold.warning())
                .bind("critical", threshold.critical())
                .execute());
  }

  /**
   * Gives an account the default threshold again and clears what its own had raised.
   *
   * @throws Failure INVALID, subject {@code metric}
   */
  public void reset(String owner, String metric) {
    known(metric);
    store.change(
        handle -> {
          handle
              .createUpdate(
                  "DELETE FROM metric_threshold WHERE owner = :owner AND metric = :metric")
              .bind("owner", owner)
              .bind("metric", metric)
              .execute();
          clear(handle, owner, "", metric);
        });
    synchronized (this) {
      open.remove(List.of(owner, "", metric));
    }
  }

  /**
   * Whether an alert is a matter of an account: by its own thresholds, or by the defaults where it
   * has not set its own.
   */
  public boolean concerns(Alert alert, String account) {
    return alert.owner().equals(account)
        || (alert.owner().equals(Metrics.HOUSE) && !owners(alert.metric()).containsKey(account));
  }

  /**
   * The alerts that concern an account, the newest first.
   *
   * @param openOnly whether those that are over are left out
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Alert> list(String account, boolean openOnly, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    String condition =
        " FROM metric_alert WHERE (owner = :account OR (owner = '' AND metric NOT IN"
            + " (SELECT metric FROM metric_threshold WHERE owner = :account)))"
            + (openOnly ? " AND cleared_at IS NULL" : "");
    return store.read(
        handle -> {
          List<Alert> alerts =
              handle
                  .createQuery(
                      "SELECT *"
                          + condition
                          + " ORDER BY raised_at DESC, id LIMIT :limit OFFSET :offset")
                  .bind("account", account)
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> alert(row))
                  .list();
          long total =
              handle
                  .createQuery("SELECT COUNT(*)" + condition)
                  .bind("account", account)
                  .mapTo(Long.class)
                  .one();
          return new Page<>(alerts, total, limit, offset);
        });
  }

  /**
   * Removes alerts that were cleared before that long ago.
   *
   * @return how many
   */
  public int sweep(Duration age) {
    return store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM metric_alert WHERE cleared_at < :oldest")
                .bind("oldest", clock.millis() - age.toMillis())
                .execute());
  }

  private Map<String, Threshold> owners(String metric) {
    Map<String, Threshold> owners = new LinkedHashMap<>();
    store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM metric_threshold WHERE metric = :metric ORDER BY owner")
                .bind("metric", metric)
                .map(
                    (row, context) ->
                        owners.put(
                            row.getString("owner"),
                            new Threshold(row.getDouble("warning"), row.getDouble("critical"))))
                .list());
    return owners;
  }

  private Optional<Severity> openIn(String owner, String target, String metric) {
    return store.read(handle -> openIn(handle, owner, target, metric));
  }

  private static Optional<Severity> openIn(
      Handle handle, String owner, String target, String metric) {
    return handle
        .createQuery(
            "SELECT severity FROM metric_alert WHERE owner = :owner AND target = :target"
                + " AND metric = :metric AND cleared_at IS NULL ORDER BY raised_at DESC LIMIT 1")
        .bind("owner", owner)
        .bind("target", target)
        .bind("metric", metric)
        .mapTo(String.class)
        .findOne()
        .map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private void clear(Handle handle, String owner, String target, String metric) {
    handle
        .createUpdate(
            "UPDATE metric_alert SET cleared_at = :now WHERE owner = :owner AND target = :target"
                + " AND metric = :metric AND cleared_at IS NULL")
        .bind("now", clock.millis())
        .bind("owner", owner)
        .bind("target", target)
        .bind("metric", metric)
        .execute();
  }

  private Alert insert(
      Handle handle,
      String owner,
      String target,
      String metric,
      Severity severity,
      double value,
      Threshold threshold) {
    Alert alert =
        new Alert(
            ids.next("alert"),
            owner,
            target,
            metric,
            severity,
            message(metric, target),
            value,
            threshold.of(severity),
            clock.instant(),
            Optional.empty());
    handle
        .createUpdate(
            "INSERT INTO metric_alert (id, owner, target, metric, severity, message, value,"
                + " threshold, raised_at) VALUES (:id, :owner, :target, :metric, :severity,"
                + " :message, :value, :threshold, :at)")
        .bind("id", alert.id())
        .bind("owner", owner)
        .bind("target", target)
        .bind("metric", metric)
        .bind("severity", severity.word())
        .bind("message", alert.message())
        .bind("value", value)
        .bind("threshold", alert.threshold())
        .bind("at", alert.raisedAt().toEpochMilli())
        .execute();
    return alert;
  }

  private static String message(String metric, String target) {
    String what =
        switch (metric) {
          case Metrics.CPU_USAGE -> "High CPU usage detected";
          case Metrics.MEMORY_USAGE -> "High memory usage detected";
          case Metrics.DISK_USAGE -> "High disk usage detected";
          case Metrics.RESPONSE_TIME -> "Slow answers detected";
          default -> "High error rate detected";
        };
    return target.isEmpty() ? what : what + " in " + target;
  }

  private static Threshold known(String metric) {
    Threshold usual = DEFAULTS.get(metric);
    if (usual == null) {
      throw Failure.notAllowed("metric", metric, new ArrayList<>(DEFAULTS.keySet()));
    }
    return usual;
  }

  private static Alert alert(ResultSet row) throws SQLException {
    long cleared = row.getLong("cleared_at");
    boolean isOpen = row.wasNull();
    return new Alert(
        row.getString("id"),
        row.getString("owner"),
        row.getString("target"),
        row.getString("metric"),
        Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
        Objects.requireNonNull(row.getString("message")),
        row.getDouble("value"),
        row.getDouble("threshold"),
        Instant.ofEpochMilli(row.getLong("raised_at")),
        isOpen ? Optional.empty() : Optional.of(Instant.ofEpochMilli(cleared)));
  }

  private static Map<String, Threshold> defaults() {
    Map<String, Threshold> defaults = new LinkedHashMap<>();
    defaults.put(Metrics.CPU_USAGE, new Threshold(80, 95));
    defaults.put(Metrics.MEMORY_USAGE, new Threshold(85, 95));
    defaults.put(Metrics.DISK_USAGE, new Threshold(85, 95));
    defaults.put(Metrics.RESPONSE_TIME, new Threshold(1_000, 5_000));
    defaults.put(Metrics.ERROR_RATE, new Threshold(0.05, 0.25));
    return java.util.Collections.unmodifiableMap(defaults);
  }
}

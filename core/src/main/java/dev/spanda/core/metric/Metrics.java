package dev.spanda.core.metric;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Series of the machine and of applications, as means over intervals.
 *
 * <p>Whatever is measured is added to three rings in the store: steps of 10 s for two hours, of a
 * minute for 26 hours, of 15 minutes for 31 days. A series therefore has at most {@value
 * #MOST_ROWS} rows, a question is answered from the finest ring that reaches back far enough, and a
 * restart loses only what was measured since the last {@link #flush}. Nodes that share a store add
 * to the same rings, so that a series is then the mean over them.
 *
 * <p>An interval's value is the mean of all measurements in it; an interval without any has no
 * point. Intervals begin at whole multiples of their length since 1970, and the last one reaches to
 * now. Thread-safe.
 */
public final class Metrics implements AutoCloseable {

  /** The owner of the machine's series and of the server's own applications. */
  public static final String HOUSE = "";

  /** Share of all processors in use, in percent. */
  public static final String CPU_USAGE = "cpu_usage";

  /** Share of the memory in use, in percent. */
  public static final String MEMORY_USAGE = "memory_usage";

  /** Share of the disk in use, in percent. */
  public static final String DISK_USAGE = "disk_usage";

  /** Mean time in which a request was answered, in milliseconds. */
  public static final String RESPONSE_TIME = "response_time";

  /** Requests a minute. */
  public static final String THROUGHPUT = "throughput";

  /** Share of requests that failed, 0 to 1. */
  public static final String ERROR_RATE = "error_rate";

  /** How many rows a series can have at most: 720 + 1560 + 2976. */
  public static final int MOST_ROWS = 5_256;

  /** How many applications an account may register. */
  public static final int MOST_APPLICATIONS = 100;

  /** An application that has not reported for so long is stopped. */
  public static final Duration SILENCE = Duration.ofMinutes(5);

  /** The longest period that can be asked for. */
  public static final Duration LONGEST_PERIOD = Duration.ofDays(31);

  private static final String MACHINE = "";
  private static final String REQUESTS = "requests";
  private static final Pattern APPLICATION_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final double LONGEST_ANSWER_MILLIS = 86_400_000;
  private static final int MOST_POINTS = 1_500;
  private static final int USUAL_POINTS = 30;
  private static final int MOST_REQUESTS = 100_000_000;
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LATEST_REPORT = Duration.ofHours(24);

  private static final List<Duration> USUAL_INTERVALS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(2));

  private enum Ring {
    FINE(Duration.ofSeconds(10), Duration.ofHours(2)),
    MIDDLE(Duration.ofMinutes(1), Duration.ofHours(26)),
    COARSE(Duration.ofMinutes(15), Duration.ofDays(31));

    private final long stepMillis;
    private final long keptMillis;

    Ring(Duration step, Duration kept) {
      stepMillis = step.toMillis();
      keptMillis = kept.toMillis();
    }
  }

  private record Key(String owner, String target, String metric, long at) {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::owner)
            .thenComparing(Key::target)
            .thenComparing(Key::metric)
            .thenComparingLong(Key::at);
  }

  private static final class Sum {
    private long count;
    private double sum;
    private long bad;

    void add(long moreCount, double moreSum, long moreBad) {
      count += moreCount;
      sum += moreSum;
      bad += moreBad;
    }
  }

  /**
   * The mean of an interval.
   *
   * @param at its begin
   */
  public record Point(Instant at, double value) {}

  /**
   * Series by the name of their metric.
   *
   * @param interval the length of the intervals
   */
  public record Series(Span period, Duration interval, Map<String, List<Point>> points) {

    /** Copies the series, keeping their order. */
    public Series {
      Map<String, List<Point>> copy = new LinkedHashMap<>();
      points.forEach((metric, list) -> copy.put(metric, List.copyOf(list)));
      points = java.util.Collections.unmodifiableMap(copy);
    }
  }

  /**
   * An application that an account reports for.
   *
   * @param running whether it has reported within {@link #SILENCE}
   */
  public record Application(
      String id, String name, Instant createdAt, Instant reportedAt, boolean running) {}

  /**
   * What an application tells of the requests it has answered.
   *
   * @param application 1 to 64 letters, digits, full stops, hyphens and underscores
   * @param name what people call it, 1 to 100 characters; null to keep the one it has
   * @param requests how many, 0 to 100 000 000
   * @param errors how many of them failed, 0 to {@code requests}
   * @param meanMillis the mean time of an answer in milliseconds, 0 to 86 400 000
   * @param at when; within the last 24 hours and not in the future; null for now
   */
  public record Report(
      String application,
      @Nullable String name,
      long requests,
      long errors,
      double meanMillis,
      @Nullable Instant at) {

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID, named for the part
     */
    public Report {
      if (!APPLICATION_ID.matcher(application).matches()) {
        throw Failure.invalid(
            "app_id",
            application,
            "app_id must have 1 to 64 letters, digits, full stops, hyphens and underscores");
      }
      if (name != null) {
        Failure.requireText("name", "Name", name, 1, 100);
      }
      Failure.requireInRange("requests", "Requests", (double) requests, 0, MOST_REQUESTS, "");
      Failure.requireInRange("errors", "Errors", (double) errors, 0, (double) requests, "");
      Failure.requireInRange(
          "response_time", "Response time", meanMillis, 0, LONGEST_ANSWER_MILLIS, "ms");
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  private final Store store;
  private final InstantSource clock;
  private final Probe probe;

  // Guarded by this.
  private final ArrayDeque<Taken> samples = new ArrayDeque<>();
  private final Map<Key, Sum> waiting = new LinkedHashMap<>();

  private record Taken(Instant at, Probe.Sample sample) {}

  /** The series of a store, measured by this probe. */
  public Metrics(Store store, InstantSource clock, Probe probe) {
    this.store = store;
    this.clock = clock;
    this.probe = probe;
  }

  /** Measures the machine and adds it to its series. Meant to be called every few seconds. */
  public synchronized Probe.Sample sample() {
    Probe.Sample sample = probe.sample();
    Instant now = clock.instant();
    samples.addLast(new Taken(now, sample));
    while (samples.size() > 1 && samples.getFirst().at().isBefore(now.minus(MINUTE))) {
      samples.removeFirst();
    }
    add(HOUSE, MACHINE, CPU_USAGE, now, 1, sample.cpuPercent(), 0);
    add(HOUSE, MACHINE, MEMORY_USAGE, now, 1, sample.memoryPercent(), 0);
    add(HOUSE, MACHINE, DISK_USAGE, now, 1, sample.diskPercent(), 0);
    return sample;
  }

  /** The newest measurement, at most five seconds old: a new one is taken when it is older. */
  public synchronized Probe.Sample latest() {
    Taken last = samples.peekLast();
    return last == null || last.at().isBefore(clock.instant().minus(FRESH))
        ? sample()
        : last.sample();
  }

  /** The means of the machine's measurements within the last minute, by metric. */
  public synchronized Map<String, Double> lastMinute() {
    Map<String, Double> means = new LinkedHashMap<>();
    means.put(CPU_USAGE, mean(Probe.Sample::cpuPercent));
    means.put(MEMORY_USAGE, mean(Probe.Sample::memoryPercent));
    means.put(DISK_USAGE, mean(Probe.Sample::diskPercent));
    return means;
  }

  private double mean(ToDoubleFunction<Probe.Sample> part) {
    Instant since = clock.instant().minus(MINUTE);
    return samples.stream()
        .filter(taken -> !taken.at().isBefore(since))
        .mapToDouble(taken -> part.applyAsDouble(taken.sample()))
        .average()
        .orElse(0);
  }

  /**
   * Counts one request that an application of the server itself has answered.
   *
   * @param failed whether the answer was a failure of the server's own
   */
  public synchronized void count(String application, double millis, boolean failed) {
    add(HOUSE, application, REQUESTS, clock.instant(), 1, millis, failed ? 1 : 0);
  }

  /**
   * Adds what an application tells, and registers it when it is new.
   *
   * @throws Failure INVALID, subject {@code timestamp}, when it is too old or in the future;
   *     TOO_LARGE, subject {@code applications}, when the account has {@value #MOST_APPLICATIONS}
   *     already
   */
  public Application report(String owner, Report report) {
    Instant now = clock.instant();
    Instant at = report.at() == null ? now : report.at();
    if (at.isAfter(now.plus(FRESH)) || at.isBefore(now.minus(LATEST_REPORT))) {
      throw Failure.invalid(
              "timestamp", at, "timestamp must be within the last 24 hours and not in the future")
          .with(Failure.MIN_VALUE, now.minus(LATEST_REPORT).toString())
          .with(Failure.MAX_VALUE, now.toString());
    }
    Application application = store.write(handle -> register(handle, owner, report, now));
    if (report.requests() > 0) {
      synchronized (this) {
        add(
            owner,
            report.application(),
            REQUESTS,
            at,
            report.requests(),
            report.meanMillis() * report.requests(),
            report.errors());
      }
    }
    return application;
  }

  private Application register(Handle handle, String owner, Report report, Instant now) {
    store.lock("metric_application:" + owner);
    Optional<Application> known = find(handle, owner, report.application());
    if (known.isEmpty()) {
      long count =
          handle
              .createQuery("SELECT COUNT(*) FROM metric_application WHERE owner = :owner")
              .bind("owner", owner)
              .mapTo(Long.class)
              .one();
      if (count >= MOST_APPLICATIONS) {
        throw Failure.of(
                Failure.Reason.TOO_LARGE,
                "applications",
                "An account may register at most " + MOST_APPLICATIONS + " applications")
            .with(Failure.MAX_VALUE, MOST_APPLICATIONS);
      }
    }
    String name =
        report.name() != null
            ? report.name()
            : known.map(Application::name).orElse(report.application());
    handle
        .createUpdate(
            "INSERT INTO metric_application (owner, id, name, created_at, reported_at)"
                + " VALUES (:owner, :id, :name, :now, :now) ON CONFLICT (owner, id)"
                + " DO UPDATE SET name = excluded.name, reported_at = excluded.reported_at")
        .bind("owner", owner)
        .bind("id", report.application())
        .bind("name", name)
        .bind("now", now.toEpochMilli())
        .execute();
    return find(handle, owner, report.application()).orElseThrow();
  }

  /** The applications that an account has registered, by id. */
  public List<Application> applications(String owner) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM metric_application WHERE owner = :owner ORDER BY id")
                .bind("owner", owner)
                .map((row, context) -> application(row))
                .list());
  }

  /**
   * Calls with owner and id of every application that has reported within {@link #SILENCE}, at most
   * a thousand.
   */
  public void forEachRunning(BiConsumer<String, String> caller) {
    List<String[]> running =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT owner, id FROM metric_application WHERE reported_at >= :since"
                            + " ORDER BY reported_at DESC LIMIT 1000")
                    .bind("since", clock.millis() - SILENCE.toMillis())
                    .map(
                        (row, context) ->
                            new String[] {row.getString("owner"), row.getString("id")})
                    .list());
    running.forEach(each -> caller.accept(each[0], each[1]));
  }

  /**
   * Forgets an application and its series.
   *
   * @throws Failure NOT_FOUND, subject {@code application}
   */
  public void forget(String owner, String id) {
    synchronized (this) {
      waiting.keySet().removeIf(key -> key.owner().equals(owner) && key.target().equals(id));
    }
    store.change(
        handle -> {
          int gone =
              handle
                  .createUpdate("DELETE FROM metric_application WHERE owner = :owner AND id = :id")
                  .bind("owner", owner)
                  .bind("id", id)
                  .execute();
          if (gone == 0) {
            throw Failure.notFound("application", id);
          }
          handle
              .createUpdate("DELETE FROM metric_point WHERE owner = :owner AND target = :id")
              .bind("owner", owner)
              .bind("id", id)
              .execute();
        });
  }

  /**
   * The machine's series: {@value #CPU_USAGE}, {@value #MEMORY_USAGE}, {@value #DISK_USAGE}.
   *
   * @param period how far back, 10 s to 31 d
   * @param interval a multiple of 10 s for a period up to 2 h, of 1 min up to 26 h, of 15 min
   *     beyond, with at most 1 500 intervals a period; empty for the shortest usual one with at
   *     most 30
   * @throws Failure INVALID, subject {@code period} or {@code interval}
   */
  public Series system(Span period, Optional<Span> interval) {
    Window window = window(period, interval);
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (String metric : List.of(CPU_USAGE, MEMORY_USAGE, DISK_USAGE)) {
      List<Point> points = new ArrayList<>();
      buckets(HOUSE, MACHINE, metric, window)
          .forEach((at, sum) -> points.add(new Point(at, sum.sum / sum.count)));
      series.put(metric, points);
    }
    return new Series(period, window.interval(), series);
  }

  /**
   * An application's series: {@value #RESPONSE_TIME}, the mean of its requests in ms; {@value
   * #THROUGHPUT}, requests a minute, where the last interval counts up to now; {@value
   * #ERROR_RATE}, the share of requests that failed.
   *
   * @param owner an account, or {@link #HOUSE}
   * @throws Failure INVALID as for {@link #system}
   */
  public Series application(String owner, String id, Span period, Optional<Span> interval) {
    Window window = window(period, interval);
    List<Point> times = new ArrayList<>();
    List<Point> throughput = new ArrayList<>();
    List<Point> errors = new ArrayList<>();
    buckets(owner, id, REQUESTS, window)
        .forEach(
            (at, sum) -> {
              long millis =
                  Math.min(
                      window.interval().toMillis(),
                      Math.max(
                          Ring.FINE.stepMillis, window.now().toEpochMilli() - at.toEpochMilli()));
              times.add(new Point(at, sum.sum / sum.count));
              throughput.add(new Point(at, sum.count * 60_000.0 / millis));
              errors.add(new Point(at, (double) sum.bad / sum.count));
            });
    Map<String, List<Point>> series = new LinkedHashMap<>();
    series.put(RESPONSE_TIME, times);
    series.put(THROUGHPUT, throughput);
    series.put(ERROR_RATE, errors);
    return new Series(period, window.interval(), series);
  }

  /** Whether an account has registered that application. */
  public Optional<Application> find(String owner, String id) {
    return store.read(handle -> find(handle, owner, id));
  }

  /** Writes what was measured since the last time. Meant to be called every few seconds. */
  public void flush() {
    Map<Key, Sum> taken;
    synchronized (this) {
      if (waiting.isEmpty()) {
        return;
      }
      taken = new LinkedHashMap<>(waiting);
      waiting.clear();
    }
    try {
      store.change(handle -> write(handle, taken));
    } catch (RuntimeException e) {
      synchronized (this) {
        taken.forEach(
            (key, sum) ->
                waiting.computeIfAbsent(key, absent -> new Sum()).add(sum.count, sum.sum, sum.bad));
      }
      throw e;
    }
  }

  /** Who only reads is answered from what is written when no more can be written now. */
  private void flushIfPossible() {
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warn("The newest measurements wait, because they could not be written", e);
    }
  }

  /** In one order for all, so that no two who write the same rows wait for each other. */
  private static void write(Handle handle, Map<Key, Sum> taken) {
    List<Key> keys = taken.keySet().stream().sorted(Key.ORDER).toList();
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO metric_point (owner, target, metric, step_ms, at, count, sum, bad)"
                + " VALUES (:owner, :target, :metric, :step, :at, :count, :sum, :bad)"
                + " ON CONFLICT (owner, target, metric, step_ms, at) DO UPDATE SET"
                + " count = metric_point.count + excluded.count,"
                + " sum = metric_point.sum + excluded.sum,"
                + " bad = metric_point.bad + excluded.bad");
    for (Ring ring : Ring.values()) {
      for (Key key : keys) {
        Sum sum = Objects.requireNonNull(taken.get(key));
        PreparedBatch unused =
            batch
                .bind("owner", key.owner())
                .bind("target", key.target())
                .bind("metric", key.metric())
                .bind("step", ring.stepMillis)
                .bind("at", Math.floorDiv(key.at(), ring.stepMillis) * ring.stepMillis)
                .bind("count", sum.count)
                .bind("sum", sum.sum)
                .bind("bad", sum.bad)
                .add();
      }
    }
    batch.execute();
  }

  /**
   * Removes what has left its ring.
   *
   * @return how many rows
   */
  public int sweep() {
    long now = clock.millis();
    return store.write(
        handle -> {
          int gone = 0;
          for (Ring ring : Ring.values()) {
            gone +=
                handle
                    .createUpdate("DELETE FROM metric_point WHERE step_ms = :step AND at < :oldest")
                    .bind("step", ring.stepMillis)
                    .bind("oldest", now - ring.keptMillis - ring.stepMillis)
                    .execute();
          }
          return gone;
        });
  }

  /** Writes what was measured last. */
  @Override
  public void close() {
    flush();
  }

  private void add(
      String owner, String target, String metric, Instant at, long count, double sum, long bad) {
    long step = Ring.FINE.stepMillis;
    Key key = new Key(owner, target, metric, Math.floorDiv(at.toEpochMilli(), step) * step);
    waiting.computeIfAbsent(key, absent -> new Sum()).add(count, sum, bad);
  }

  /** What is asked for: whole intervals up to the one that holds now. */
  private record Window(Instant now, long fromMillis, Duration interval, Ring ring) {}

  private Window window(Span period, Optional<Span> interval) {
    long length = period.length().toMillis();
    if (length < Ring.FINE.stepMillis || length > LONGEST_PERIOD.toMillis()) {
      throw Failure.invalid(
              "period", period.text(), "period must be between 10s and 31d; was " + period.text())
          .with(Failure.MIN_VALUE, "10s")
          .with(Failure.MAX_VALUE, "31d");
    }
    Ring ring = Ring.COARSE;
    for (Ring candidate : Ring.values()) {
      if (length <= candidate.keptMillis) {
        ring = candidate;
        break;
      }
    }
    Duration step = interval.map(Span::length).orElse(usual(length, ring));
    long millis = step.toMillis();
    if (millis % ring.stepMillis != 0 || millis > length || length / millis > MOST_POINTS) {
      String unit = Duration.ofMillis(ring.stepMillis).toString().substring(2);
      throw Failure.invalid(
          "interval",
          interval.map(Span::text).orElse(step.toString()),
          "interval must be a multiple of "
              + unit.toLowerCase(java.util.Locale.ROOT)
              + " that is no longer than the period "
              + period.text()
              + " and divides it into at most "
              + MOST_POINTS
              + " parts; was "
              + interval.map(Span::text).orElse(step.toString()));
    }
    Instant now = clock.instant();
    long last = Math.floorDiv(now.toEpochMilli(), millis) * millis;
    long count = Math.max(1, length / millis);
    return new Window(now, last - (count - 1) * millis, step, ring);
  }

  private static Duration usual(long lengthMillis, Ring ring) {
    for (Duration candidate : USUAL_INTERVALS) {
      long millis = candidate.toMillis();
      if (millis % ring.stepMillis == 0
          && millis <= lengthMillis
          && lengthMillis / millis <= USUAL_POINTS) {
        return candidate;
      }
    }
    return Duration.ofMillis(ring.stepMillis);
  }

  private Map<Instant, Sum> buckets(String owner, String target, String metric, Window window) {
    flushIfPossible();
    long interval = window.interval().toMillis();
    return store.read(
        handle -> {
          Map<Instant, Sum> buckets = new LinkedHashMap<>();
          handle
              .createQuery(
                  "SELECT at, count, sum, bad FROM metric_point WHERE owner = :owner"
                      + " AND target = :target AND metric = :metric AND step_ms = :step"
                      + " AND at >= :from AND at <= :now ORDER BY at")
              .bind("owner", owner)
              .bind("target", target)
              .bind("metric", metric)
              .bind("step", window.ring().stepMillis)
              .bind("from", window.fromMillis())
              .bind("now", window.now().toEpochMilli())
              .map(
                  (row, context) -> {
                    long at = Math.floorDiv(row.getLong("at"), interval) * interval;
                    buckets
                        .computeIfAbsent(Instant.ofEpochMilli(at), absent -> new Sum())
                        .add(row.getLong("count"), row.getDouble("sum"), row.getLong("bad"));
                    return true;
                  })
              .list();
          return buckets;
        });
  }

  private Optional<Application> find(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM metric_application WHERE owner = :owner AND id = :id")
        .bind("owner", owner)
        .bind("id", id)
        .map((row, context) -> application(row))
        .findOne();
  }

  private Application application(ResultSet row) throws SQLException {
    Instant reported = Instant.ofEpochMilli(row.getLong("reported_at"));
    return new Application(
        row.getString("id"),
        row.getString("name"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        reported,
        !reported.isBefore(clock.instant().minus(SILENCE)));
  }
}

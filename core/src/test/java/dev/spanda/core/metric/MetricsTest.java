package dev.spanda.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private final SettableClock clock = SettableClock.at(START);
  private final List<AutoCloseable> open = new ArrayList<>();
  private double cpu = 10;

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private StoreKind.Place place(StoreKind kind) {
    StoreKind.Place place = kind.fresh();
    open.add(place);
    return place;
  }

  private Metrics metrics(Store store) {
    return new Metrics(store, clock, () -> new Probe.Sample(cpu, 50, 25, 7, 9));
  }

  private static Optional<Span> every(String interval) {
    return Optional.of(Span.parse("interval", interval));
  }

  private static Span period(String text) {
    return Span.parse("period", text);
  }

  private static void refused(String subject, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.subject()).isEqualTo(subject);
              assertThat(failure.getMessage()).isNotBlank();
            });
  }

  @Test
  void whoReadsIsAnsweredWhileNothingCanBeWrittenAndNothingIsLost() throws Exception {
    Store store = Store.open(place(StoreKind.SQLITE).location());
    open.add(store);
    Metrics metrics = metrics(store);
    Metrics.Report report = new Metrics.Report("app_1", null, 4, 1, 20, null);
    Metrics.Application unused = metrics.report("user_1", report);
    metrics.flush();
    store.change(
        handle ->
            handle.execute(
                "CREATE TRIGGER no_room BEFORE INSERT ON metric_point"
                    + " BEGIN SELECT RAISE(ABORT, 'no room'); END"));
    unused = metrics.report("user_1", report);
    assertThatThrownBy(metrics::flush).isInstanceOf(Failure.class);
    assertThat(errorRates(metrics)).containsExactly(0.25);
    store.change(handle -> handle.execute("DROP TRIGGER no_room"));
    unused = metrics.report("user_1", new Metrics.Report("app_1", null, 2, 2, 20, null));
    assertThat(errorRates(metrics)).containsExactly(0.4);
  }

  private static List<Double> errorRates(Metrics metrics) {
    return metrics
        .application("user_1", "app_1", period("1h"), every("5m"))
        .points()
        .get(Metrics.ERROR_RATE)
        .stream()
        .map(Metrics.Point::value)
        .toList();
  }

  @Test
  void manyWhoWriteTheSameRowsAtOnceDoNotWaitForEachOther() throws Exception {
    Store store = Store.open(place(StoreKind.POSTGRESQL).location());
    open.add(store);
    List<Metrics> nodes = List.of(metrics(store), metrics(store));
    ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
    try {
      for (int round = 0; round < 30; round++) {
        List<Callable<Boolean>> writes = new ArrayList<>();
        for (Metrics node : nodes) {
          for (int i = 0; i < 40; i++) {
            // The one counts its applications forwards, the other backwards.
            node.count("app_" + (node == nodes.get(0) ? i : 39 - i), 10, false);
          }
          writes.add(
              () -> {
                node.flush();
                return true;
              });
        }
        for (Future<Boolean> written : threads.invokeAll(writes)) {
          assertThat(written.get()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void anIntervalIsTheMeanOfItsMeasurementsAndARestartKeepsIt(StoreKind kind) {
    StoreKind.Place place = place(kind);
    try (Store store = Store.open(place.location());
        Metrics metrics = metrics(store)) {
      for (int i = 0; i < 120; i++) {
        cpu = i < 60 ? 40 : 80;
        Probe.Sample unused = metrics.sample();
        clock.advance(Duration.ofSeconds(5));
      }
      assertThat(metrics.system(period("1h"), every("5m")).points().get(Metrics.CPU_USAGE))
          .containsExactly(
              new Metrics.Point(START, 40), new Metrics.Point(START.plusSeconds(300), 80));
    }
    try (Store store = Store.open(place.location());
        Metrics metrics = metrics(store)) {
      cpu = 20;
      Probe.Sample unused = metrics.sample();
      Metrics.Series series = metrics.system(period("1h"), every("5m"));
      assertThat(series.points().get(Metrics.CPU_USAGE))
          .containsExactly(
              new Metrics.Point(START, 40),
              new Metrics.Point(START.plusSeconds(300), 80),
              new Metrics.Point(START.plusSeconds(600), 20));
      assertThat(series.points().get(Metrics.MEMORY_USAGE))
          .allSatisfy(point -> assertThat(point.value()).isEqualTo(50));
      // The coarse ring has the same measurements: 60 at 40, 60 at 80, one at 20.
      assertThat(metrics.system(period("7d"), every("15m")).points().get(Metrics.CPU_USAGE))
          .singleElement()
          .satisfies(point -> assertThat(point.value()).isCloseTo(7_220 / 121.0, within(1e-9)));
    }
  }

  @Test
  void aRingNeverGrowsBeyondItsBound() {
    try (Store store = Store.open(place(StoreKind.SQLITE).location());
        Metrics metrics = metrics(store)) {
      // Forty days, one measurement each ten minutes, and two hours of one each five seconds.
      for (int i = 0; i < 40 * 144; i++) {
        Probe.Sample unused = metrics.sample();
        clock.advance(Duration.ofMinutes(10));
        if (i % 500 == 0) {
          metrics.flush();
          metrics.sweep();
        }
      }
      for (int i = 0; i < 2_000; i++) {
        Probe.Sample unused = metrics.sample();
        clock.advance(Duration.ofSeconds(5));
      }
      metrics.flush();
      metrics.sweep();
      long rows =
          store.read(
              handle ->
                  handle
                      .createQuery("SELECT COUNT(*) FROM metric_point WHERE metric = 'cpu_usage'")
                      .mapTo(Long.class)
                      .one());
      // Each ring may hold the step that is just leaving.
      assertThat(rows).isLessThanOrEqualTo(Metrics.MOST_ROWS + 6);
      assertThat(rows).isGreaterThan(3_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anApplicationsSeriesAreThoseOfItsRequests(StoreKind kind) {
    try (Store store = Store.open(place(kind).location());
        Metrics metrics = metrics(store)) {
      metrics.report("user_1", new Metrics.Report("app_123", "Shop", 300, 6, 120, null));
      clock.advance(Duration.ofMinutes(30));
      metrics.report("user_1", new Metrics.Report("app_123", null, 100, 2, 200, null));
      clock.advance(Duration.ofMinutes(30));
      for (int i = 0; i < 60; i++) {
        metrics.count("vajra", 10 + i % 2 * 10, i < 3);
      }
      Metrics.Series series =
          metrics.application("user_1", "app_123", period("24h"), Optional.empty());
      assertThat(series.interval()).isEqualTo(Duration.ofHours(1));
      assertThat(series.points().get(Metrics.RESPONSE_TIME))
          .containsExactly(new Metrics.Point(START, (300 * 120 + 100 * 200) / 400.0));
      assertThat(series.points().get(Metrics.THROUGHPUT))
          .containsExactly(new Metrics.Point(START, 400 / 60.0));
      assertThat(series.points().get(Metrics.ERROR_RATE))
          .containsExactly(new Metrics.Point(START, 8 / 400.0));
      // The last interval counts up to now: 60 requests within its first ten seconds.
      Metrics.Series house = metrics.application(Metrics.HOUSE, "vajra", period("1h"), every("1m"));
      assertThat(house.points().get(Metrics.THROUGHPUT))
          .containsExactly(new Metrics.Point(START.plusSeconds(3_600), 360));
      assertThat(house.points().get(Metrics.RESPONSE_TIME).get(0).value()).isEqualTo(15);
      assertThat(house.points().get(Metrics.ERROR_RATE).get(0).value()).isEqualTo(0.05);
      // What is another's is not there.
      assertThat(
              metrics
                  .application("user_2", "app_123", period("24h"), Optional.empty())
                  .points()
                  .get(Metrics.THROUGHPUT))
          .isEmpty();
      assertThat(metrics.applications("user_2")).isEmpty();
      assertThat(metrics.applications("user_1").get(0).running()).isFalse();
      refused("application", () -> metrics.forget("user_2", "app_123"));
      metrics.forget("user_1", "app_123");
      assertThat(metrics.find("user_1", "app_123")).isEmpty();
    }
  }

  @Test
  void anAccountRegistersAHundredApplications() {
    try (Store store = Store.open(place(StoreKind.SQLITE).location());
        Metrics metrics = metrics(store)) {
      for (int i = 0; i < Metrics.MOST_APPLICATIONS; i++) {
        metrics.report("user_1", new Metrics.Report("app_" + i, null, 0, 0, 0, null));
      }
      refused(
          "applications",
          () -> metrics.report("user_1", new Metrics.Report("more", null, 0, 0, 0, null)));
      assertThat(metrics.report("user_1", new Metrics.Report("app_1", "A", 0, 0, 0, null)).name())
          .isEqualTo("A");
      refused(
          "timestamp",
          () ->
              metrics.report(
                  "user_1",
                  new Metrics.Report("app_1", null, 1, 0, 0, START.plus(Duration.ofDays(1)))));
    }
    refused("app_id", () -> new Metrics.Report("a b", null, 1, 0, 0, null));
    refused("requests", () -> new Metrics.Report("a", null, -1, 0, 0, null));
    refused("errors", () -> new Metrics.Report("a", null, 1, 2, 0, null));
    refused("response_time", () -> new Metrics.Report("a", null, 1, 0, Double.NaN, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "h", "0m", "1w", "-1h", "1.5h", "1234567s", "1 h"})
  void whatIsNoSpanIsRefused(String text) {
    refused("period", () -> Span.parse("period", text));
  }

  @Test
  void aPeriodHasItsIntervals() {
    try (Store store = Store.open(place(StoreKind.SQLITE).location());
        Metrics metrics = metrics(store)) {
      assertThat(metrics.system(period("1h"), Optional.empty()).interval())
          .isEqualTo(Duration.ofMinutes(5));
      assertThat(metrics.system(period("7d"), Optional.empty()).interval())
          .isEqualTo(Duration.ofHours(6));
      refused("period", () -> metrics.system(period("32d"), Optional.empty()));
      refused("period", () -> metrics.system(period("5s"), Optional.empty()));
      refused("interval", () -> metrics.system(period("1h"), every("7s")));
      refused("interval", () -> metrics.system(period("1h"), every("2h")));
      refused("interval", () -> metrics.system(period("7d"), every("1m")));
      refused("interval", () -> metrics.system(period("24h"), every("90s")));
      assertThat(metrics.system(period("24h"), every("1m")).points().get(Metrics.CPU_USAGE))
          .isEmpty();
    }
  }

  /** The plain definition: every measurement kept, and averaged when asked. */
  @Test
  void seriesAreWhatAllMeasurementsTogetherSay() {
    long seed = 20240101;
    Random random = new Random(seed);
    List<Metrics.Point> all = new ArrayList<>();
    try (Store store = Store.open(place(StoreKind.SQLITE).location());
        Metrics metrics = metrics(store)) {
      for (int i = 0; i < 3_000; i++) {
        cpu = random.nextInt(101);
        all.add(new Metrics.Point(clock.instant(), cpu));
        Probe.Sample unused = metrics.sample();
        if (random.nextInt(50) == 0) {
          metrics.flush();
        }
        clock.advance(Duration.ofSeconds(1 + random.nextInt(20)));
      }
      for (String[] asked :
          new String[][] {{"2h", "10s"}, {"2h", "5m"}, {"6h", "3m"}, {"3d", "1h"}}) {
        Metrics.Series series = metrics.system(period(asked[0]), every(asked[1]));
        long step = Span.parse("interval", asked[1]).length().toMillis();
        for (Metrics.Point point : series.points().get(Metrics.CPU_USAGE)) {
          double mean =
              all.stream()
                  .filter(
                      each ->
                          Math.floorDiv(each.at().toEpochMilli(), step) * step
                              == point.at().toEpochMilli())
                  .mapToDouble(Metrics.Point::value)
                  .average()
                  .orElseThrow();
          assertThat(point.value()).as("seed %d, %s", seed, point).isCloseTo(mean, within(1e-9));
        }
        assertThat(series.points().get(Metrics.CPU_USAGE)).hasSizeGreaterThan(4);
      }
    }
  }
}

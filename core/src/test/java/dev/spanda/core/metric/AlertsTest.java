package dev.spanda.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.metric.Alerts.Severity;
import dev.spanda.core.metric.Alerts.Threshold;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertsTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final Ids ids = new Ids(new Random(5));
  private final List<Alerts.Alert> told = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private Store store(StoreKind kind) {
    StoreKind.Place place = kind.fresh();
    open.add(place);
    Store store = Store.open(place.location());
    open.add(store);
    bus.subscribe(Alerts.Raised.class, event -> told.add(event.alert()));
    return store;
  }

  private Alerts alerts(Store store) {
    return new Alerts(store, clock, bus, ids);
  }

  private void cpu(Alerts alerts, double... values) {
    for (double value : values) {
      alerts.observe(Metrics.HOUSE, "", Metrics.CPU_USAGE, value);
      clock.advance(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCrossingIsToldOnceUntilTheValueIsWellBelow(StoreKind kind) {
    Alerts alerts = alerts(store(kind));
    cpu(alerts, 10, 79.9, 80, 85, 81, 79, 73, 80, 90);
    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Severity.WARNING);
              assertThat(alert.message()).isEqualTo("High CPU usage detected");
              assertThat(alert.value()).isEqualTo(80);
              assertThat(alert.threshold()).isEqualTo(80);
            });
    // 71.9 is below nine tenths of 80: over, and the next crossing is another.
    cpu(alerts, 71.9, 80);
    assertThat(told).hasSize(2);
    cpu(alerts, 95, 90, 99, 86);
    assertThat(told).hasSize(3);
    assertThat(told.get(2).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alerts.list("user_1", true, 10, 0).items())
        .singleElement()
        .satisfies(alert -> assertThat(alert.severity()).isEqualTo(Severity.CRITICAL));
    // Down to a warning is no news, and up again is.
    cpu(alerts, 85.4, 84, 95);
    assertThat(told).hasSize(4);
    cpu(alerts, 0);
    assertThat(alerts.list("user_1", true, 10, 0).items()).isEmpty();
    assertThat(alerts.list("user_1", false, 10, 0).total()).isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void aRestartSaysNothingTwice(StoreKind kind) {
    Store store = store(kind);
    cpu(alerts(store), 90);
    cpu(alerts(store), 91, 92);
    assertThat(told).hasSize(1);
    cpu(alerts(store), 96);
    assertThat(told).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void anAccountHasItsOwnThresholds(StoreKind kind) {
    Alerts alerts = alerts(store(kind));
    alerts.set("user_1", Metrics.CPU_USAGE, new Threshold(30, 50));
    cpu(alerts, 40);
    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.owner()).isEqualTo("user_1");
              assertThat(alerts.concerns(alert, "user_1")).isTrue();
              assertThat(alerts.concerns(alert, "user_2")).isFalse();
            });
    cpu(alerts, 85);
    assertThat(told).hasSize(3);
    Alerts.Alert usual =
        told.stream().filter(each -> each.owner().equals(Metrics.HOUSE)).findFirst().orElseThrow();
    assertThat(alerts.concerns(usual, "user_2")).isTrue();
    assertThat(alerts.concerns(usual, "user_1")).isFalse();
    assertThat(alerts.list("user_2", false, 10, 0).items()).containsExactly(usual);
    assertThat(alerts.list("user_1", false, 10, 0).items())
        .extracting(Alerts.Alert::owner)
        .containsOnly("user_1");
    assertThat(alerts.thresholds("user_1")).containsEntry(Metrics.CPU_USAGE, new Threshold(30, 50));
    alerts.reset("user_1", Metrics.CPU_USAGE);
    assertThat(alerts.thresholds("user_1")).isEqualTo(Alerts.DEFAULTS);
    assertThat(alerts.list("user_1", true, 10, 0).items()).containsExactly(usual);
  }

  @Test
  void anApplicationsAlertIsItsOwnersAlone() {
    Alerts alerts = alerts(store(StoreKind.SQLITE));
    alerts.observe("user_1", "app_123", Metrics.ERROR_RATE, 0.3);
    assertThat(told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(alert.message()).isEqualTo("High error rate detected in app_123");
            });
    assertThat(alerts.list("user_2", false, 10, 0).items()).isEmpty();
    clock.advance(Duration.ofDays(1));
    alerts.observe("user_1", "app_123", Metrics.ERROR_RATE, 0);
    clock.advance(Duration.ofDays(91));
    assertThat(alerts.sweep(Duration.ofDays(90))).isEqualTo(1);
  }

  @Test
  void wrongThresholdsAreRefused() {
    Alerts alerts = alerts(store(StoreKind.SQLITE));
    assertThatThrownBy(() -> new Threshold(50, 40)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> new Threshold(0, 40)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> new Threshold(Double.NaN, 40)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> alerts.set("user_1", "colour", new Threshold(1, 2)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.details().get(Failure.ALLOWED_VALUES).toString())
                    .contains("cpu_usage"));
    assertThat(Alerts.level(90, new Threshold(80, 95), Optional.empty()))
        .contains(Severity.WARNING);
  }
}

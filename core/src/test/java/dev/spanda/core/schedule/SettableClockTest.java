package dev.spanda.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SettableClockTest {

  private static final Instant START = Instant.parse("2026-03-01T06:00:00Z");

  private final SettableClock clock = SettableClock.at(START);
  private final ScheduledExecutorService timer = clock.executor();
  private final List<String> ran = new ArrayList<>();

  @Test
  void itStandsUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(START);
    clock.advance(Duration.ofSeconds(90));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(90));
    clock.set(START.minusSeconds(1));
    assertThat(clock.millis()).isEqualTo(START.minusSeconds(1).toEpochMilli());
  }

  @Test
  void copiesInOtherZonesShowTheSameInstant() {
    Clock berlin = clock.withZone(ZoneId.of("Europe/Berlin"));
    clock.advance(Duration.ofHours(1));
    assertThat(berlin.instant()).isEqualTo(START.plusSeconds(3600));
    assertThat(berlin.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(berlin).isNotEqualTo(clock).isEqualTo(clock.withZone(ZoneId.of("Europe/Berlin")));
  }

  @Test
  void delayedWorkRunsInOrderWhenItsTimeComes() {
    Future<?> later = timer.schedule(() -> ran.add("later"), 20, TimeUnit.SECONDS);
    Future<?> sooner = timer.schedule(() -> ran.add("sooner"), 10, TimeUnit.SECONDS);
    clock.advance(Duration.ofSeconds(9));
    assertThat(ran).isEmpty();
    clock.advance(Duration.ofSeconds(11));
    assertThat(ran).containsExactly("sooner", "later");
    assertThat(sooner).isDone();
    assertThat(later).isDone();
  }

  @Test
  void workWithoutDelayRunsAtOnce() throws Exception {
    timer.execute(() -> ran.add("now"));
    assertThat(ran).containsExactly("now");
    assertThat(timer.submit(() -> 42).get()).isEqualTo(42);
  }

  @Test
  void repeatedWorkRunsOnceForEveryPeriodThatPassed() {
    ScheduledFuture<?> beat =
        timer.scheduleAtFixedRate(() -> ran.add("beat"), 1, 2, TimeUnit.SECONDS);
    clock.advance(Duration.ofSeconds(5));
    assertThat(ran).hasSize(3);
    assertThat(beat.getDelay(TimeUnit.SECONDS)).isEqualTo(2);
    beat.cancel(false);
    clock.advance(Duration.ofSeconds(50));
    assertThat(ran).hasSize(3);
  }

  @Test
  void workWithFixedDelayCountsFromItsLastEnd() {
    Future<?> beat = timer.scheduleWithFixedDelay(() -> ran.add("beat"), 1, 2, TimeUnit.SECONDS);
    clock.advance(Duration.ofSeconds(50));
    assertThat(ran).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    assertThat(ran).hasSize(2);
    assertThat(beat).isNotDone();
  }

  @Test
  void cancelledWorkDoesNotRun() {
    timer.schedule(() -> ran.add("x"), 1, TimeUnit.SECONDS).cancel(false);
    clock.advance(Duration.ofSeconds(2));
    assertThat(ran).isEmpty();
  }

  @Test
  void aShutDownExecutorTakesNothingMore() {
    Future<?> dropped = timer.schedule(() -> ran.add("x"), 1, TimeUnit.SECONDS);
    timer.shutdown();
    clock.advance(Duration.ofSeconds(2));
    assertThat(ran).isEmpty();
    assertThat(dropped).isNotDone();
    assertThat(timer.isTerminated()).isTrue();
    assertThatThrownBy(() -> timer.execute(() -> ran.add("y")))
        .isInstanceOf(RejectedExecutionException.class);
  }
}

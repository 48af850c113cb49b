package dev.spanda.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.schedule.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeasesTest {

  private static final Duration LENGTH = Duration.ofSeconds(10);
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-15T10:00:00Z"));

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aLeaseIsOneHoldersUntilItEndsOrIsGivenBack(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      Leases one = new Leases(store, clock, "one");
      Leases two = new Leases(store, clock, "two");
      assertThat(one.take("thing", LENGTH)).isTrue();
      assertThat(two.take("thing", LENGTH)).isFalse();
      assertThat(two.take("another", LENGTH)).isTrue();
      // Taken again, it lasts from then.
      clock.advance(Duration.ofSeconds(9));
      assertThat(one.take("thing", LENGTH)).isTrue();
      clock.advance(Duration.ofSeconds(9));
      assertThat(two.take("thing", LENGTH)).isFalse();
      clock.advance(Duration.ofSeconds(1));
      assertThat(two.take("thing", LENGTH)).isTrue();
      assertThat(one.take("thing", LENGTH)).isFalse();
      one.giveBack("thing");
      assertThat(one.take("thing", LENGTH)).isFalse();
      two.giveBack("thing");
      assertThat(one.take("thing", LENGTH)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void ofManyWhoAskAtOnceOneHasIt(StoreKind kind) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      for (int round = 0; round < 10; round++) {
        String name = "thing-" + round;
        List<Future<Boolean>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          Leases leases = new Leases(store, clock, "holder-" + i);
          asked.add(threads.submit(() -> leases.take(name, LENGTH)));
        }
        int taken = 0;
        for (Future<Boolean> each : asked) {
          taken += each.get() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}

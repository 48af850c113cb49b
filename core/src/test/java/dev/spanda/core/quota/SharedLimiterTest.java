package dev.spanda.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import dev.spanda.core.store.StoreLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedLimiterTest {

  private StoreKind.Place place;
  private Store firstStore;
  private Store secondStore;
  private SharedLimiter first;
  private SharedLimiter second;

  @BeforeEach
  void open() {
    place = StoreKind.POSTGRESQL.fresh();
    firstStore = Store.open(place.location());
    secondStore = Store.open(place.location());
    first = new SharedLimiter(firstStore);
    second = new SharedLimiter(secondStore);
  }

  @AfterEach
  void close() {
    firstStore.close();
    secondStore.close();
    place.close();
  }

  @Test
  void nodesShareOneAccount() {
    RateLimit limit = RateLimit.perDay(10);
    for (int i = 9; i >= 0; i--) {
      SharedLimiter node = i % 2 == 0 ? first : second;
      Decision decision = node.acquire("a", limit);
      assertThat(decision.allowed()).isTrue();
      assertThat(decision.limit()).isEqualTo(10);
      assertThat(decision.remaining()).isEqualTo(i);
    }
    for (SharedLimiter node : List.of(first, second, first)) {
      Decision refused = node.acquire("a", limit);
      assertThat(refused.allowed()).isFalse();
      assertThat(refused.remaining()).isZero();
      assertThat(refused.retryAfter()).isBetween(Duration.ofHours(2), Duration.ofMinutes(144));
      assertThat(refused.resetAt())
          .isBetween(
              Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
    }
    assertThat(second.acquire("b", limit).allowed()).isTrue();
  }

  @Test
  void ofManyWhoRaceNoMoreGetThroughThanTheLimitAllows() throws Exception {
    RateLimit limit = RateLimit.perDay(100);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<Integer>> tries = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        SharedLimiter node = i % 2 == 0 ? first : second;
        tries.add(
            threads.submit(
                () -> {
                  int allowed = 0;
                  for (int ask = 0; ask < 50; ask++) {
                    allowed += node.acquire("race", limit).allowed() ? 1 : 0;
                  }
                  return allowed;
                }));
      }
      int allowed = 0;
      for (Future<Integer> one : tries) {
        allowed += one.get();
      }
      // A permit of a day comes back every 864 s; none does while this runs.
      assertThat(allowed).isEqualTo(100);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void severalPermitsAreTakenTogetherOrNotAtAll() {
    RateLimit limit = RateLimit.perDay(10);
    assertThat(first.acquire("a", limit, 7).remaining()).isEqualTo(3);
    Decision refused = second.acquire("a", limit, 4);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.remaining()).isEqualTo(3);
    assertThat(second.acquire("a", limit, 3).allowed()).isTrue();
    assertThat(first.acquire("b", limit, 11).allowed()).isFalse();
    assertThat(first.acquire("b", limit, 10).allowed()).isTrue();
  }

  @Test
  void permitsComeBackWithTime() {
    RateLimit limit = new RateLimit(2, Duration.ofMillis(400));
    assertThat(first.acquire("a", limit, 2).allowed()).isTrue();
    long begin = System.nanoTime();
    int refusals = 0;
    while (!second.acquire("a", limit).allowed()) {
      refusals++;
      assertThat(System.nanoTime() - begin).isLessThan(30_000_000_000L);
      Thread.onSpinWait();
    }
    assertThat(refusals).isPositive();
  }

  @Test
  void whatIsGivenBackCanBeTakenOnEveryNode() {
    RateLimit limit = RateLimit.perDay(3);
    first.acquire("a", limit, 3);
    assertThat(first.acquire("a", limit).allowed()).isFalse();
    first.giveBack("a", limit, 2);
    assertThat(second.acquire("a", limit).allowed()).isTrue();
    assertThat(first.acquire("a", limit).allowed()).isTrue();
    assertThat(first.acquire("a", limit).allowed()).isFalse();
  }

  @Test
  void aLoweredLimitLocksNobodyOutBeyondItsWindow() {
    first.acquire("a", RateLimit.perDay(10), 10);
    Decision lowered = first.acquire("a", RateLimit.perMinute(10));
    assertThat(lowered.retryAfter()).isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aRefusalIsRememberedAndCostsTheDatabaseNothing() {
    RateLimit limit = RateLimit.perDay(1);
    first.acquire("a", limit);
    assertThat(first.acquire("a", limit).allowed()).isFalse();
    assertThat(first.refusals()).isEqualTo(1);
    firstStore.close();
    assertThat(first.acquire("a", limit).allowed()).isFalse();
  }

  @Test
  void idleKeysAreForgottenAndOthersStay() {
    first.acquire("idle", new RateLimit(1, Duration.ofNanos(1_000)));
    first.acquire("busy", RateLimit.perDay(1));
    assertThat(second.sweep()).isEqualTo(1);
    assertThat(second.acquire("busy", RateLimit.perDay(1)).allowed()).isFalse();
  }

  @Test
  void onlyPostgresqlIsShared() {
    try (Store memory = Store.open(StoreLocation.memory())) {
      assertThatThrownBy(() -> new SharedLimiter(memory))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

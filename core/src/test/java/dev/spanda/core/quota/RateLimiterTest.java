package dev.spanda.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.schedule.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private static final Instant START = Instant.parse("2026-03-01T06:00:00Z");
  private static final RateLimit TEN_A_MINUTE = RateLimit.perMinute(10);

  private final SettableClock clock = SettableClock.at(START);
  private final RateLimiter limiter = new RateLimiter(clock);

  @Test
  void aFreshKeyMayTakeAllPermitsAtOnceAndThenWaitsOneSpacing() {
    for (int i = 9; i >= 0; i--) {
      assertThat(limiter.acquire("a", TEN_A_MINUTE))
          .isEqualTo(new Decision(true, 10, i, START.plusSeconds(6L * (10 - i)), Duration.ZERO));
    }
    assertThat(limiter.acquire("a", TEN_A_MINUTE))
        .isEqualTo(new Decision(false, 10, 0, START.plusSeconds(60), Duration.ofSeconds(6)));
    clock.advance(Duration.ofMillis(5999));
    assertThat(limiter.acquire("a", TEN_A_MINUTE).retryAfter()).isEqualTo(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(limiter.acquire("a", TEN_A_MINUTE).allowed()).isTrue();
    assertThat(limiter.acquire("a", TEN_A_MINUTE).allowed()).isFalse();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgainAndNoMore() {
    limiter.acquire("a", TEN_A_MINUTE, 10);
    limiter.giveBack("a", TEN_A_MINUTE, 3);
    assertThat(limiter.acquire("a", TEN_A_MINUTE, 4).allowed()).isFalse();
    assertThat(limiter.acquire("a", TEN_A_MINUTE, 3).allowed()).isTrue();
    limiter.giveBack("a", TEN_A_MINUTE, 10);
    limiter.giveBack("a", TEN_A_MINUTE, 10);
    assertThat(limiter.acquire("a", TEN_A_MINUTE, 10).allowed()).isTrue();
    assertThat(limiter.acquire("a", TEN_A_MINUTE).allowed()).isFalse();
    limiter.giveBack("unknown", TEN_A_MINUTE, 1);
    assertThat(limiter.keys()).isEqualTo(1);
  }

  @Test
  void keysDoNotShare() {
    RateLimit one = RateLimit.perHour(1);
    assertThat(limiter.acquire("a", one).allowed()).isTrue();
    assertThat(limiter.acquire("b", one).allowed()).isTrue();
    assertThat(limiter.acquire("a", one).allowed()).isFalse();
  }

  @Test
  void severalPermitsAreTakenTogetherOrNotAtAll() {
    assertThat(limiter.acquire("a", TEN_A_MINUTE, 7).remaining()).isEqualTo(3);
    Decision refused = limiter.acquire("a", TEN_A_MINUTE, 4);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.remaining()).isEqualTo(3);
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(6));
    assertThat(limiter.acquire("a", TEN_A_MINUTE, 3).allowed()).isTrue();
  }

  @Test
  void moreThanTheLimitIsNeverAllowed() {
    assertThat(limiter.acquire("a", TEN_A_MINUTE, 11))
        .isEqualTo(new Decision(false, 10, 10, START, Duration.ZERO));
  }

  @Test
  void aLoweredLimitLocksNobodyOutBeyondItsWindow() {
    assertThat(limiter.acquire("a", RateLimit.perDay(10), 10).allowed()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    Decision decision = limiter.acquire("a", TEN_A_MINUTE);
    assertThat(decision.allowed()).isFalse();
    assertThat(decision.resetAt()).isEqualTo(START.plusSeconds(61));
  }

  @Test
  void aClockThatIsSetBackLocksNobodyOutBeyondOneWindow() {
    assertThat(limiter.acquire("a", TEN_A_MINUTE, 10).allowed()).isTrue();
    clock.set(START.minus(Duration.ofDays(400)));
    assertThat(limiter.acquire("a", TEN_A_MINUTE).retryAfter())
        .isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void theNumberOfKeysIsBoundedAndIdleOnesGoFirst() {
    RateLimiter small = new RateLimiter(clock, 64);
    RateLimit limit = RateLimit.perHour(2);
    for (int i = 0; i < 40; i++) {
      small.acquire("idle" + i, RateLimit.perSecond(1));
    }
    clock.advance(Duration.ofSeconds(2));
    assertThat(small.acquire("busy", limit, 2).allowed()).isTrue();
    for (int i = 0; i < 60; i++) {
      small.acquire("other" + i, limit);
    }
    assertThat(small.keys()).isLessThanOrEqualTo(64);
    assertThat(small.acquire("busy", limit).allowed()).isFalse();
    for (int i = 0; i < 10_000; i++) {
      small.acquire("flood" + i, limit);
      assertThat(small.keys()).isLessThanOrEqualTo(64);
    }
  }

  @Test
  void threadsTogetherGetExactlyTheLimit() throws InterruptedException {
    RateLimit limit = RateLimit.perHour(1000);
    AtomicInteger allowed = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  if (limiter.acquire("a", limit).allowed()) {
                    allowed.incrementAndGet();
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(allowed).hasValue(1000);
  }

  @Test
  void racingWithTheSweepNeverGivesMoreThanTheLimit() throws InterruptedException {
    RateLimiter small = new RateLimiter(InstantSource.fixed(START), 4);
    RateLimit limit = RateLimit.perHour(5);
    AtomicInteger allowed = new AtomicInteger();
    Thread flood =
        new Thread(
            () -> {
              // Idle at once: these are what the sweep takes, again and again.
              for (int i = 0; i < 20_000; i++) {
                small.acquire("x" + i, new RateLimit(1, Duration.ofNanos(1_000)));
              }
            });
    flood.start();
    while (flood.isAlive()) {
      if (small.acquire("a", limit).allowed()) {
        allowed.incrementAndGet();
      }
    }
    flood.join();
    assertThat(allowed).hasValue(5);
  }

  @Test
  void limitsOutsideTheirRangesAreProgrammingErrors() {
    assertThatThrownBy(() -> new RateLimit(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(1, Duration.ofDays(367)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(2000, Duration.ofNanos(1500)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limiter.acquire("a", TEN_A_MINUTE, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFactorMultipliesThePermits() {
    assertThat(RateLimit.perMinute(100).times(3)).isEqualTo(RateLimit.perMinute(300));
    assertThat(RateLimit.perMinute(1_000_000_000).times(3).permits()).isEqualTo(1_000_000_000);
  }
}

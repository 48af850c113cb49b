package dev.spanda.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.schedule.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the limiter with a leaky bucket kept in exact decimals. */
class RateLimiterModelTest {

  private static final long SEED = 4711;

  /** How full each bucket is, in nanoseconds of flow, and when it was last looked at. */
  private static final class Bucket {
    private BigDecimal level = BigDecimal.ZERO;
    private Instant seen;

    Bucket(Instant seen) {
      this.seen = seen;
    }

    boolean take(RateLimit limit, int permits, Instant now) {
      BigDecimal passed = BigDecimal.valueOf(Duration.between(seen, now).toNanos());
      level = level.subtract(passed).max(BigDecimal.ZERO);
      seen = now;
      BigDecimal spacing = BigDecimal.valueOf(spacing(limit));
      BigDecimal more = level.add(spacing.multiply(BigDecimal.valueOf(permits)));
      if (more.compareTo(spacing.multiply(BigDecimal.valueOf(limit.permits()))) > 0) {
        return false;
      }
      level = more;
      return true;
    }

    private static long spacing(RateLimit limit) {
      return (long) Math.ceil(limit.window().toNanos() / (double) limit.permits());
    }
  }

  @Test
  void aSeededRunDecidesAsTheLeakyBucketDoes() {
    Random random = new Random(SEED);
    SettableClock clock = SettableClock.at(Instant.parse("2026-03-01T06:00:00Z"));
    RateLimiter limiter = new RateLimiter(clock);
    RateLimit[] limits = {
      RateLimit.perMinute(10),
      RateLimit.perSecond(7),
      RateLimit.perHour(1),
      RateLimit.perMinute(100)
    };
    Map<String, Bucket> model = new HashMap<>();
    int allowed = 0;
    for (int i = 0; i < 50_000; i++) {
      int which = random.nextInt(8);
      RateLimit limit = limits[which % limits.length];
      int permits = random.nextInt(10) == 0 ? 1 + random.nextInt(limit.permits()) : 1;
      String key = "key" + which;
      boolean expected =
          model
              .computeIfAbsent(key, k -> new Bucket(clock.instant()))
              .take(limit, permits, clock.instant());
      Decision decision = limiter.acquire(key, limit, permits);
      assertThat(decision.allowed()).as("seed %d, step %d", SEED, i).isEqualTo(expected);
      assertThat(decision.retryAfter().isZero()).isEqualTo(expected);
      if (expected) {
        allowed++;
      } else if (random.nextInt(20) == 0) {
        // The time it names is exact: one nanosecond less is too early.
        clock.advance(decision.retryAfter().minusNanos(1));
        assertThat(limiter.acquire(key, limit, permits).allowed()).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(limiter.acquire(key, limit, permits).allowed()).isTrue();
        assertThat(model.get(key).take(limit, permits, clock.instant())).isTrue();
      }
      clock.advance(Duration.ofNanos((long) (random.nextDouble() * random.nextInt(2) * 1e9)));
    }
    assertThat(allowed).isBetween(5_000, 45_000);
  }
}

package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Test
  void pausesAreDrawnFromZeroToAGrowingCeiling() {
    SplittableRandom random = new SplittableRandom(1);
    for (int attempt = 1; attempt <= 100; attempt++) {
      Duration pause = RetryPolicy.DEFAULT.drawDelay(attempt, random);
      long ceiling = Math.min(200L << Math.min(attempt - 1, 20), 10_000);
      assertThat(pause).isBetween(Duration.ZERO, Duration.ofMillis(ceiling));
    }
  }

  @Test
  void aPolicyOutsideItsRangesIsRefused() {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    assertThatThrownBy(() -> policy.withAttempts(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.withLongestTotal(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

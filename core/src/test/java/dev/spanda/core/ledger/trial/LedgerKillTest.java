package dev.spanda.core.ledger.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.store.trial.KillTrial;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten rounds of kill −9; {@code -Dspanda.ledger.rounds=200} makes it two hundred. */
class LedgerKillTest {

  @Test
  void noOutcomeThatWasToldIsLost(@TempDir Path folder) {
    int rounds = Integer.getInteger("spanda.ledger.rounds", 10);
    long seed = Long.getLong("spanda.seed", System.nanoTime());
    KillTrial.Result result =
        LedgerKillTrial.run(new KillTrial.Options(folder, rounds, seed, false));
    assertThat(result.passed()).as(result.line()).isTrue();
  }

  @Test
  void theControlThatTellsBeforeTheCommitIsCaught(@TempDir Path folder) {
    KillTrial.Result result = LedgerKillTrial.run(new KillTrial.Options(folder, 2, 7, true));
    assertThat(result.wrong()).as(result.line()).isPositive();
    assertThat(result.passed()).isFalse();
  }

  @Test
  void theBenchCountsOutcomesAndLeavesSoundBooks(@TempDir Path folder) {
    LedgerBench.Options options =
        LedgerBench.Options.of(dev.spanda.core.store.StoreLocation.folder(folder))
            .withTimes(Duration.ofMillis(100), Duration.ofMillis(300));
    LedgerBench.Result result = LedgerBench.run(options);
    assertThat(result.outcomes()).isPositive();
    assertThat(result.sound()).isTrue();
    assertThat(result.refused()).isZero();
    assertThat(result.line()).contains("sound");
  }
}

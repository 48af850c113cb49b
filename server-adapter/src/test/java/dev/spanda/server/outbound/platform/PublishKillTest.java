package dev.spanda.server.outbound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.store.trial.KillTrial;
import dev.spanda.server.outbound.platform.trial.PublishKillTrial;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of kill −9; {@code ./spanda publish kill-test --rounds 50} makes it fifty. */
class PublishKillTest {

  private static final long SEED = Long.getLong("spanda.publish.seed", 3);

  @Test
  void eachPublicationAppearsOnceThoughItsProcessIsKilled(@TempDir Path folder) {
    KillTrial.Result result = PublishKillTrial.run(new KillTrial.Options(folder, 2, SEED, false));
    assertThat(result.passed()).as(result.line()).isTrue();
    assertThat(result.told()).isPositive();
  }

  @Test
  void takingALostAnswerForANoIsCaught(@TempDir Path folder) {
    KillTrial.Result result = PublishKillTrial.run(new KillTrial.Options(folder, 1, SEED, true));
    assertThat(result.wrong()).as(result.line()).isPositive();
    assertThat(result.passed()).isFalse();
  }
}

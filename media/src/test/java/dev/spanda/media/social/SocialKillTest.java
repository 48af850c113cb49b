package dev.spanda.media.social;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.store.trial.KillTrial;
import dev.spanda.media.social.trial.SocialKillTrial;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocialKillTest {

  private static final long SEED = 5;

  @Test
  void whatWasAcknowledgedOutlivesTheProcess(@TempDir Path folder) {
    KillTrial.Result result = SocialKillTrial.run(new KillTrial.Options(folder, 4, SEED, false));
    assertThat(result.passed()).as(result.line()).isTrue();
  }

  @Test
  void acknowledgingBeforeTheCommitIsCaught(@TempDir Path folder) {
    KillTrial.Result result = SocialKillTrial.run(new KillTrial.Options(folder, 3, SEED, true));
    assertThat(result.wrong()).as(result.line()).isPositive();
  }
}

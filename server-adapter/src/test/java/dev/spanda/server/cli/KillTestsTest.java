package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.store.trial.KillTrial;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillTestsTest {

  private final List<Path> folders = new ArrayList<>();

  private KillTrial.Result trial(KillTrial.Options options, long wrong) {
    folders.add(options.folder());
    try {
      Files.createDirectories(options.folder().resolve("a/b"));
      Files.writeString(options.folder().resolve("a/b/file"), "x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int rounds = options.rounds();
    return new KillTrial.Result(
        options,
        new KillTrial.Words("told", "wrong", "sound", "fails"),
        1,
        wrong,
        rounds,
        rounds,
        "");
  }

  private int run(KillTests.Plan plan) {
    return KillTests.run(new PrintWriter(new StringWriter()), plan, "good");
  }

  @Test
  void theTrialMustPassAndTheControlBeCaught() {
    assertThat(run(new KillTests.Plan(each -> trial(each, each.control() ? 1 : 0), 5, 1))).isZero();
    assertThat(run(new KillTests.Plan(each -> trial(each, 0), 5, 1))).isEqualTo(1);
    assertThat(run(new KillTests.Plan(each -> trial(each, 1), 5, 1))).isEqualTo(1);
    assertThat(folders).hasSize(6).allSatisfy(folder -> assertThat(folder).doesNotExist());
  }

  @Test
  void theFolderIsGoneWhenATrialFails() {
    KillTests.Plan plan =
        new KillTests.Plan(
            each -> {
              KillTrial.Result unused = trial(each, 0);
              throw new IllegalStateException("broken");
            },
            1,
            1);
    assertThatThrownBy(() -> run(plan)).hasMessage("broken");
    assertThat(folders).hasSize(1).allSatisfy(folder -> assertThat(folder).doesNotExist());
  }

  @Test
  void roundsAreBounded() {
    assertThatThrownBy(() -> new KillTests.Plan(each -> trial(each, 0), 0, 1))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.subject()).isEqualTo("rounds"));
  }
}

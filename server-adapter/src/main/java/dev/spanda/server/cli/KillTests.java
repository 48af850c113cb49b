package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import dev.spanda.core.store.trial.KillTrial;
import dev.spanda.core.store.trial.ScratchFolder;
import java.io.PrintWriter;
import java.util.function.Function;

/** The commands {@code kill-test}: a trial, and then its control, which must be caught. */
final class KillTests {

  private static final int CONTROL_ROUNDS = 3;

  private KillTests() {}

  /**
   * What to run.
   *
   * @param trial the trial
   * @param rounds how many processes to kill, 1 to 1000
   * @param seed decides when
   */
  record Plan(Function<KillTrial.Options, KillTrial.Result> trial, int rounds, long seed) {
    Plan {
      Failure.requireInRange("rounds", "Rounds", rounds, 1, 1_000, "");
    }

    private KillTrial.Result run(int most, boolean control) {
      try (ScratchFolder folder = ScratchFolder.named("spanda-kill")) {
        return trial.apply(
            new KillTrial.Options(folder.path(), Math.min(rounds, most), seed, control));
      }
    }
  }

  /**
   * Runs both.
   *
   * @param praise what is said when the trial was passed and the control caught
   * @return the exit code
   */
  static int run(PrintWriter out, Plan plan, String praise) {
    KillTrial.Result real = plan.run(plan.rounds, false);
    out.println(real.line());
    out.flush();
    KillTrial.Result control = plan.run(CONTROL_ROUNDS, true);
    out.println("control: " + control.line());
    boolean good = real.passed() && control.wrong() > 0;
    out.println(good ? praise : "Failed");
    return good ? 0 : 1;
  }
}

package dev.spanda.server.cli;

import dev.spanda.server.outbound.platform.trial.PublishKillTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishing, killed in the middle. */
@Command(
    name = "publish",
    description = "Kill publishing in the middle and count what has appeared.",
    mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  PublishCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "kill-test",
      description =
          "Kill processes while they publish on five made-up platforms that break as well, and"
              + " count how often each publication has appeared; then the same with a control that"
              + " takes a lost answer for a no and must be caught.",
      mixinStandardHelpOptions = true)
  int killTest(
      @Option(
              names = "--rounds",
              defaultValue = "10",
              description = "How many processes to kill, 1 to 1000; ${DEFAULT-VALUE} by default.")
          int rounds,
      @Option(names = "--seed", defaultValue = "1", description = "Decides when, and what breaks.")
          long seed) {
    return KillTests.run(
        spec.commandLine().getOut(),
        new KillTests.Plan(PublishKillTrial::run, rounds, seed),
        "Each publication appeared exactly once; the control was caught");
  }
}

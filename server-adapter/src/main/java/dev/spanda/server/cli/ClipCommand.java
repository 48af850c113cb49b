package dev.spanda.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about clips. */
@Command(
    name = "clip",
    description = "Cut clips out of films, exact to the frame and mostly without encoding again.",
    mixinStandardHelpOptions = true,
    subcommands = {ClipCutCommand.class, ClipBenchCommand.class})
final class ClipCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  ClipCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

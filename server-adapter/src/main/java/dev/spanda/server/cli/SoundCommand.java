package dev.spanda.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about sound. */
@Command(
    name = "sound",
    description = "Synthesise, play, analyse and measure sound.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RenderCommand.class,
      PlayCommand.class,
      FitCommand.class,
      SpectrumCommand.class,
      SoundBenchCommand.class,
      ScalarCommand.class
    })
final class SoundCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  SoundCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

package dev.spanda.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about pictures as fields of light, and about series of numbers. */
@Command(
    name = "field",
    description = "Measure pictures and series of numbers: statistics without medical meaning.",
    mixinStandardHelpOptions = true,
    subcommands = {FieldMeasureCommand.class, FieldSeriesCommand.class, FieldBenchCommand.class})
final class FieldCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  FieldCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

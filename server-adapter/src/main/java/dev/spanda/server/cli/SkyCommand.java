package dev.spanda.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about the sky. */
@Command(
    name = "sky",
    description =
        "Ask where the sky is: positions, charts, houses, the Moon, planetary hours, lines on the"
            + " map, events. Years 1600 to 2399; times are UTC unless they have an offset.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SkyPositionsCommand.class,
      SkyChartCommand.class,
      SkyHousesCommand.class,
      SkyMoonCommand.class,
      SkyHoursCommand.class,
      SkyMapCommand.class,
      SkyEventsCommand.class
    })
final class SkyCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  SkyCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

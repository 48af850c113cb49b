package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code spanda}. Exit codes: 0 when it was done, 1 when it could not be done, 2 when
 * the command line is wrong.
 */
@Command(
    name = "spanda",
    description = "Sound, sky, image field, media and credits: engines and servers.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      TourCommand.class,
      ServeCommand.class,
      SoundCommand.class,
      SkyCommand.class,
      FieldCommand.class,
      PictureCommand.class,
      ClipCommand.class,
      PracticeCommand.class,
      TaskCommand.class,
      ModerateCommand.class,
      LedgerCommand.class,
      SocialCommand.class,
      PublishCommand.class,
      AdminCommand.class
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    setUpLogging();
    System.exit(
        run(
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments));
  }

  /**
   * Log lines go to standard error with their time; libraries speak up only when something is
   * wrong. A property that is set on the command line of the virtual machine stands.
   */
  private static void setUpLogging() {
    Properties properties = System.getProperties();
    String simple = "org.slf4j.simpleLogger.";
    properties.putIfAbsent(simple + "defaultLogLevel", "warn");
    properties.putIfAbsent(simple + "log.dev.spanda", "info");
    properties.putIfAbsent(simple + "showDateTime", "true");
    properties.putIfAbsent(simple + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    properties.putIfAbsent(simple + "showThreadName", "false");
  }

  /** Runs the command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine command = new CommandLine(new Main());
    command.setOut(out).setErr(err).setExecutionExceptionHandler(Main::explain);
    int code = command.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What went wrong in a line; a fault of the program itself comes with its stack. */
  private static int explain(
      Exception exception, CommandLine command, CommandLine.ParseResult result) throws Exception {
    PrintWriter err = command.getErr();
    if (exception instanceof Failure failure) {
      err.println("spanda: " + withValue(failure));
      return failure.reason() == Failure.Reason.INVALID ? 2 : 1;
    }
    if (exception instanceof NoSuchFileException missing) {
      err.println("spanda: there is no file " + missing.getFile());
      return 1;
    }
    if (exception instanceof IOException) {
      err.println("spanda: " + exception);
      return 1;
    }
    throw exception;
  }

  /** A message over the wire has the value in its details; here it stands behind the message. */
  private static String withValue(Failure failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), failure.subject());
    Object given = failure.details().get(Failure.PROVIDED_VALUE);
    return given == null || message.contains(given.toString())
        ? message
        : message + "; was " + given;
  }

  /** Reads the version from the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"spanda " + (version == null ? "(from sources)" : version)};
    }
  }
}

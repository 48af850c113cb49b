package dev.spanda.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the machine, run with a list of arguments and no shell. */
final class Tool {

  private Tool() {}

  /** Whether the program can be started. */
  static boolean present(String name) {
    try {
      return run(List.of(name, "--version")) >= 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** Runs it to its end; the result is its exit status. */
  static int run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Runs it and fails unless it succeeds. */
  static void succeed(String name, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(name));
    for (Object argument : arguments) {
      command.add(argument instanceof Path path ? path.toString() : String.valueOf(argument));
    }
    int status = run(command);
    if (status != 0) {
      throw new IOException(command + " ended with " + status);
    }
  }
}

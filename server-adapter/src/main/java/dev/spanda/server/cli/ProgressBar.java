package dev.spanda.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One line that fills while something is waited for. On a terminal it is redrawn in place; where
 * the output is a file or a pipe it prints nothing until it is done.
 */
final class ProgressBar implements AutoCloseable {

  private static final int WIDTH = 32;

  private final String label;
  private final boolean live;
  private int shown = -1;

  ProgressBar(String label) {
    this.label = label;
    this.live = isTerminal();
  }

  /** Shows that the fraction, 0 to 1, is done. */
  void at(double fraction) {
    int filled = (int) Math.round(Math.max(0, Math.min(1, fraction)) * WIDTH);
    if (live && filled != shown) {
      shown = filled;
      System.err.print(
          "\r  " + label + " [" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "]");
      System.err.flush();
    }
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (live && shown >= 0) {
      System.err.print("\r" + " ".repeat(label.length() + WIDTH + 5) + "\r");
      System.err.flush();
    }
  }

  /** From JDK 22 on there is a console without a terminal too, so Linux is asked first. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }
}

package dev.spanda.core.tool;

import java.io.InputStream;

/** What a tool knows of the run it is in. Thread-safe. */
public interface ToolContext {

  /** Who asked for it. */
  String owner();

  /**
   * Tells how far the work is.
   *
   * @param fraction 0 to 1
   * @param message for people, such as {@code Drawing the mark...}
   */
  void progress(double fraction, String message);

  /** Returns unless the run should end; the exception is left to pass. */
  void throwIfCancelled();

  /**
   * Opens a file of the owner's from its beginning; the caller closes the stream.
   *
   * @throws dev.spanda.core.Failure NOT_FOUND, subject {@code file}
   */
  InputStream open(String fileId);

  /**
   * The name under which a file of the owner's was stored.
   *
   * @throws dev.spanda.core.Failure NOT_FOUND, subject {@code file}
   */
  String fileName(String fileId);
}

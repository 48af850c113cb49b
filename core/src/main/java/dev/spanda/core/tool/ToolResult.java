package dev.spanda.core.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * What a run has made: one thing in one format or several.
 *
 * @param type what it is, such as {@code logo}; 1 to 64 characters
 * @param name for people, 1 to 200 characters
 * @param outputs at least one, the one that stands for all first; copied
 */
public record ToolResult(String type, String name, List<Output> outputs) {

  /** Copies the outputs. */
  public ToolResult {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("a result has at least one output");
    }
  }

  /**
   * The thing in one format.
   *
   * @param format such as {@code png}
   * @param fileName to save it under, such as {@code logo.png}
   * @param mediaType such as {@code image/png}
   */
  public record Output(String format, String fileName, String mediaType, Writer writer) {

    /**
     * Bytes at hand.
     *
     * @param bytes not copied, not changed
     */
    public static Output of(String format, String fileName, String mediaType, byte[] bytes) {
      return new Output(format, fileName, mediaType, out -> out.write(bytes));
    }
  }

  /** Makes the bytes of an output. */
  @FunctionalInterface
  public interface Writer {
    /** Writes every byte; does not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }
}

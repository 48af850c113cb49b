package dev.spanda.contract.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not JSON: bytes with a media type, produced while they are written and never
 * held whole by the server.
 */
public interface Content {

  /** Length of a content whose size is known only when it has been written. */
  long UNKNOWN_LENGTH = -1;

  /** The media type, such as {@code audio/wav}. */
  String mediaType();

  /** How many bytes there are, or {@link #UNKNOWN_LENGTH}. */
  long length();

  /** The name to save the bytes under, or null for content that is shown in place. */
  @Nullable String fileName();

  /**
   * Writes every byte; may be called more than once unless an implementation says otherwise.
   *
   * @param out not closed
   */
  void writeTo(OutputStream out) throws IOException;

  /**
   * Writes a part.
   *
   * @param firstByte the position to begin at, ≥ 0
   * @param count how many bytes, ≥ 0
   * @param out not closed
   */
  default void writeTo(OutputStream out, long firstByte, long count) throws IOException {
    try {
      writeTo(new Window(out, firstByte, count));
    } catch (Window.Full end) {
      // The rest of the content is not wanted: the window ends its making this way.
    }
  }

  /** All bytes in memory. */
  default byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Content made of bytes at hand.
   *
   * @param bytes copied
   */
  static Content of(String mediaType, @Nullable String fileName, byte[] bytes) {
    byte[] copy = Arrays.copyOf(bytes, bytes.length);
    return of(mediaType, fileName, copy.length, out -> out.write(copy));
  }

  /**
   * Content that is made while it is written.
   *
   * @param length how many bytes the writer writes, or {@link #UNKNOWN_LENGTH}
   */
  static Content of(String mediaType, @Nullable String fileName, long length, Writer writer) {
    return new Content() {
      @Override
      public String mediaType() {
        return mediaType;
      }

      @Override
      public long length() {
        return length;
      }

      @Override
      public @Nullable String fileName() {
        return fileName;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        writer.writeTo(out);
      }
    };
  }

  /**
   * An answer that is JSON and can be a table as well: a caller that sends {@code format=csv}, or
   * {@code Accept: text/csv} first, gets that.
   */
  interface Table {

    /** The name to save the table under, such as {@code overview.csv}. */
    String fileName();

    /** The rows, the first of them the names of the columns; an empty text is no value. */
    List<List<String>> rows();

    /**
     * The rows as RFC 4180 has them. A text that a spreadsheet would take for a formula has an
     * apostrophe before it.
     */
    default String csv() {
      StringBuilder out = new StringBuilder();
      for (List<String> row : rows()) {
        for (int i = 0; i < row.size(); i++) {
          out.append(i == 0 ? "" : ",").append(cell(row.get(i)));
        }
        out.append("\r\n");
      }
      return out.toString();
    }

    private static String cell(String text) {
      boolean formula =
          !text.isEmpty()
              && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
              && !text.matches("-?[0-9.]+(E-?[0-9]+)?");
      String safe = formula ? "'" + text : text;
      return safe.matches("[^,\"\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
  }

  /** Makes the bytes of a content. */
  @FunctionalInterface
  interface Writer {
    /** Writes every byte; does not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }
}

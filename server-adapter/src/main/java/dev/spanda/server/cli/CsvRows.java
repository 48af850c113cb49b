package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a plain CSV file with a header, row by row. Cells hold no commas and no quotes. */
final class CsvRows implements AutoCloseable {

  private final BufferedReader reader;
  private final int[] places;
  private final List<String> columns;
  private String[] cells = {};
  private long line = 1;

  private CsvRows(BufferedReader reader, List<String> columns, int[] places) {
    this.reader = reader;
    this.columns = columns;
    this.places = places;
  }

  /**
   * Opens a file and finds the columns by the names in its header; others may stand beside them.
   *
   * @throws Failure INVALID, subject {@code in}, when there is no such file or a column is missing
   */
  static CsvRows open(Path file, String... columns) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw Failure.invalid("in", file, "in: there is no file " + file + " that can be read");
    }
    BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    try {
      String header = reader.readLine();
      List<String> names = header == null ? List.of() : split(header.replace("\uFEFF", ""));
      int[] places = new int[columns.length];
      for (int i = 0; i < columns.length; i++) {
        places[i] = names.indexOf(columns[i]);
        if (places[i] < 0) {
          throw Failure.invalid(
              "in",
              header,
              "in, line 1: the header must name the columns "
                  + String.join(",", columns)
                  + "; was "
                  + (header == null ? "missing" : header));
        }
      }
      return new CsvRows(reader, List.of(columns), places);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Goes to the next row; false at the end. Empty lines are passed over. */
  boolean next() throws IOException {
    while (true) {
      String text = reader.readLine();
      if (text == null) {
        return false;
      }
      line++;
      if (!text.isBlank()) {
        cells = split(text).toArray(String[]::new);
        return true;
      }
    }
  }

  /** The cell of a column, by its place among those asked for. */
  String text(int column) {
    int place = places[column];
    if (place >= cells.length || cells[place].isEmpty()) {
      throw failure(
          Failure.invalid(columns.get(column), null, columns.get(column) + " is missing"));
    }
    return cells[place];
  }

  /** The cell as a number. */
  double number(int column) {
    String text = text(column);
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the failure.
    }
    throw failure(
        Failure.invalid(
            columns.get(column), text, columns.get(column) + " must be a number; was " + text));
  }

  /** The same failure with the line it came from. */
  Failure failure(Failure problem) {
    Failure named =
        Failure.of(
            problem.reason(), problem.subject(), "in, line " + line + ": " + problem.getMessage());
    for (var detail : problem.details().entrySet()) {
      named = named.with(detail.getKey(), detail.getValue());
    }
    return named.causedBy(problem);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static List<String> split(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }
}

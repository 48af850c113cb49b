package dev.spanda.core.data;

import dev.spanda.core.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How rows stand in a text. All are UTF-8, strictly; a byte order mark at the beginning is skipped.
 * What {@link #write} wrote, {@link #read} reads as the same rows, save that lists and objects come
 * back from CSV as texts, and that JSON and NDJSON without any row lose the names of the columns.
 */
public enum RowFormat {
  /**
   * Comma-separated values as in RFC 4180: the first line names the columns, fields that hold
   * commas, quotes or line ends are quoted, lines end with CRLF or LF. Every row has as many fields
   * as there are columns. A quoted field is a text. One without quotes is absent when it is empty,
   * a number when it has the form of a JSON number, true or false when it is that word, and a text
   * otherwise. Lists and objects are written as their JSON text, and read as texts.
   */
  CSV("text/csv") {
    @Override
    Rows parse(String text, Rows.Limits limits) {
      return new CsvReader(text, limits).read();
    }

    @Override
    void print(Rows rows, StringBuilder out) {
      CsvReader.write(rows, out);
    }
  },
  /**
   * One JSON value: a list of objects, each a row; or an object, which is one row unless it has
   * exactly one member and that is a list of objects: then those are the rows.
   */
  JSON("application/json") {
    @Override
    Rows parse(String text, Rows.Limits limits) {
      return fromValue(PlainJson.parse(text, limits.depth() + 3), limits);
    }

    @Override
    void print(Rows rows, StringBuilder out) {
      PlainJson.write(rows.items(), out);
    }
  },
  /** A JSON object on each line; empty lines are skipped. */
  NDJSON("application/x-ndjson") {
    @Override
    Rows parse(String text, Rows.Limits limits) {
      List<Map<String, Object>> items = new ArrayList<>();
      int line = 0;
      for (int start = 0; start < text.length(); ) {
        int end = text.indexOf('\n', start);
        end = end < 0 ? text.length() : end;
        String part = text.substring(start, end).strip();
        start = end + 1;
        line++;
        if (part.isEmpty()) {
          continue;
        }
        Object value;
        try {
          value = PlainJson.parse(part, limits.depth() + 1);
        } catch (Failure e) {
          throw e.with("line", line);
        }
        items.add(object(value, items.size()));
        limits.require("rows", items.size(), limits.rows());
      }
      return Rows.of(items, limits);
    }

    @Override
    void print(Rows rows, StringBuilder out) {
      for (Map<String, Object> item : rows.items()) {
        PlainJson.write(item, out);
        out.append('\n');
      }
    }
  };

  private final String mediaType;

  RowFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  abstract Rows parse(String text, Rows.Limits limits);

  abstract void print(Rows rows, StringBuilder out);

  /** The name in parameters, in lower case, and the ending of file names. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its media type without parameters. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * The format of that name, in any case.
   *
   * @throws Failure INVALID, subject {@code format}
   */
  public static RowFormat parse(String word) {
    for (RowFormat format : values()) {
      if (format.word().equals(word.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw Failure.notAllowed("format", word, Arrays.stream(values()).map(RowFormat::word).toList());
  }

  /**
   * The format of a text that nobody has named: by the ending of its name ({@code .csv}, {@code
   * .json}, {@code .ndjson}, {@code .jsonl}); else JSON when it begins with {@code [}, NDJSON when
   * it begins with an object and more than one of its lines does, JSON when one does, and CSV
   * otherwise.
   *
   * @param name of the file or address, or the empty string
   * @param content not modified
   */
  public static RowFormat guess(String name, byte[] content) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv")) {
      return CSV;
    }
    if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
      return NDJSON;
    }
    if (lower.endsWith(".json")) {
      return JSON;
    }
    String text = new String(content, StandardCharsets.UTF_8).strip();
    if (text.startsWith("[")) {
      return JSON;
    }
    if (!text.startsWith("{")) {
      return CSV;
    }
    long objects = text.lines().filter(line -> line.startsWith("{")).limit(2).count();
    return objects > 1 ? NDJSON : JSON;
  }

  /**
   * Reads rows.
   *
   * @param content not modified
   * @throws Failure INVALID, subject {@code data}, with the details {@code line} and {@code
   *     position}, when the text has another form; INVALID, subject {@code columns}, when a column
   *     is named twice or not at all; TOO_LARGE, subjects {@code bytes}, {@code rows}, {@code
   *     columns}, {@code cells} and {@code depth}
   */
  public Rows read(byte[] content, Rows.Limits limits) {
    limits.require("bytes", content.length, limits.bytes());
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw Failure.of(Failure.Reason.INVALID, "data", "The text is not UTF-8").causedBy(e);
    }
    return parse(text.startsWith("\uFEFF") ? text.substring(1) : text, limits);
  }

  /** Writes rows; the array belongs to the caller. */
  public byte[] write(Rows rows) {
    StringBuilder out = new StringBuilder();
    print(rows, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The rows that a JSON value stands for. */
  static Rows fromValue(@Nullable Object value, Rows.Limits limits) {
    Object list = value;
    if (value instanceof Map<?, ?> map) {
      Object only = map.size() == 1 ? map.values().iterator().next() : null;
      boolean wrapped =
          only instanceof List<?> inner && inner.stream().allMatch(e -> e instanceof Map<?, ?>);
      list = wrapped ? only : List.of(map);
    }
    if (!(list instanceof List<?> elements)) {
      throw Failure.invalid("data", value, "Rows are a list of objects or an object");
    }
    limits.require("rows", elements.size(), limits.rows());
    List<Map<String, Object>> items = new ArrayList<>(elements.size());
    for (Object element : elements) {
      items.add(object(element, items.size()));
    }
    return Rows.of(items, limits);
  }

  @SuppressWarnings("unchecked") // the reader makes no other maps
  private static Map<String, Object> object(@Nullable Object value, int index) {
    if (!(value instanceof Map<?, ?>)) {
      throw Failure.invalid(
              "data", value, "A row must be an object; row " + (index + 1) + " is not")
          .with("row", index + 1);
    }
    return (Map<String, Object>) value;
  }

  /** Reads and writes CSV. */
  private static final class CsvReader {
    private final String text;
    private final Rows.Limits limits;
    private int at;
    private int line = 1;
    private boolean quoted;

    CsvReader(String text, Rows.Limits limits) {
      this.text = text;
      this.limits = limits;
    }

    Rows read() {
      if (text.isEmpty()) {
        return Rows.EMPTY;
      }
      List<String> columns = new ArrayList<>();
      boolean more = true;
      while (more) {
        columns.add(field());
        limits.require("columns", columns.size(), limits.columns());
        more = separator();
      }
      Set<String> names = new LinkedHashSet<>(columns);
      if (names.size() < columns.size() || names.contains("")) {
        throw Failure.invalid(
            "columns", columns, "The first line must name every column, and each once");
      }
      List<Map<String, Object>> items = new ArrayList<>();
      while (at < text.length()) {
        int first = line;
        Map<String, Object> item = new LinkedHashMap<>();
        more = true;
        int count = 0;
        while (more) {
          String field = field();
          if (count < columns.size()) {
            item.put(columns.get(count), quoted ? field : meaning(field));
          }
          count++;
          more = separator();
        }
        // A line with nothing in it is a row only where a row has one field.
        if (count == 1 && columns.size() > 1 && !quoted && item.get(columns.get(0)) == null) {
          continue;
        }
        if (count != columns.size()) {
          throw Failure.invalid(
                  "data",
                  count,
                  "Line "
                      + first
                      + " has "
                      + count
                      + " fields; there are "
                      + columns.size()
                      + " columns")
              .with("line", first);
        }
        items.add(item);
        limits.check(items.size(), columns.size());
      }
      return new Rows(columns, items);
    }

    private String field() {
      quoted = at < text.length() && text.charAt(at) == '"';
      if (!quoted) {
        int start = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
          if (text.charAt(at) == '"') {
            throw trouble("a quote stands inside a field without quotes");
          }
          at++;
        }
        return text.substring(start, at);
      }
      StringBuilder out = new StringBuilder();
      at++;
      while (true) {
        if (at >= text.length()) {
          throw trouble("a quoted field has no end");
        }
        char c = text.charAt(at++);
        if (c == '\n') {
          line++;
        }
        if (c != '"') {
          out.append(c);
        } else if (at < text.length() && text.charAt(at) == '"') {
          out.append('"');
          at++;
        } else {
          return out.toString();
        }
      }
    }

    /** Goes past a comma (true) or the end of a line (false). */
    private boolean separator() {
      if (at >= text.length()) {
        return false;
      }
      char c = text.charAt(at);
      if (c == ',') {
        at++;
        return true;
      }
      if (text.startsWith("\r\n", at)) {
        at += 2;
      } else if (c == '\n') {
        at++;
      } else {
        throw trouble("a comma or the end of the line is expected");
      }
      line++;
      return false;
    }

    private Failure trouble(String why) {
      return Failure.of(
              Failure.Reason.INVALID, "data", "The CSV text is broken in line " + line + ": " + why)
          .with(
              Failure.PROVIDED_VALUE,
              text.substring(Math.min(at, text.length()), Math.min(text.length(), at + 20)))
          .with("line", line)
          .with("position", at);
    }

    private static @Nullable Object meaning(String field) {
      if (field.isEmpty()) {
        return null;
      }
      if (field.equals("true") || field.equals("false")) {
        return field.equals("true");
      }
      Object number = PlainJson.number(field);
      return number == null ? field : number;
    }

    static void write(Rows rows, StringBuilder out) {
      if (rows.columns().isEmpty()) {
        return;
      }
      String before = "";
      for (String column : rows.columns()) {
        out.append(before).append(needsQuotes(column) ? quote(column) : column);
        before = ",";
      }
      out.append("\r\n");
      for (Map<String, Object> item : rows.items()) {
        before = "";
        for (Object value : item.values()) {
          out.append(before);
          before = ",";
          if (value instanceof String string) {
            out.append(
                !(meaning(string) instanceof String) || needsQuotes(string)
                    ? quote(string)
                    : string);
          } else if (value instanceof List<?> || value instanceof Map<?, ?>) {
            out.append(quote(PlainJson.write(value)));
          } else if (value != null) {
            out.append(value);
          }
        }
        out.append("\r\n");
      }
    }

    private static boolean needsQuotes(String text) {
      return text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    }

    private static String quote(String text) {
      return '"' + text.replace("\"", "\"\"") + '"';
    }
  }
}

package dev.spanda.server.cli;

import dev.spanda.astrology.Sign;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows that are printed as a table for people, or as CSV or JSON for programs. */
final class SkyTable {

  /** Digits after the point in CSV: 1e-12 degrees and au. */
  static final int DECIMALS = 12;

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /**
   * A column.
   *
   * @param name for programs, its unit last
   * @param heading for people; null when they are not shown the column
   * @param shown how people read a value
   */
  private record Column(String name, @Nullable String heading, Function<Object, String> shown) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  SkyTable() {}

  /** Adds a column that only programs see. */
  SkyTable column(String name) {
    columns.add(new Column(name, null, SkyTable::plain));
    return this;
  }

  /** Adds a column that all see. */
  SkyTable column(String name, String heading) {
    return column(name, heading, SkyTable::plain);
  }

  /** Adds a column that people read in a form of its own. */
  SkyTable column(String name, String heading, Function<Object, String> shown) {
    columns.add(new Column(name, heading, shown));
    return this;
  }

  /** Adds a row; null leaves a cell empty. */
  SkyTable row(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values, " + columns.size() + " columns");
    }
    rows.add(values);
    return this;
  }

  /** The rows as objects, without empty cells. */
  List<Map<String, Object>> objects() {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int i = 0; i < row.length; i++) {
        Object value = row[i];
        if (value != null) {
          object.put(columns.get(i).name, value instanceof Instant at ? millis(at) : value);
        }
      }
      objects.add(object);
    }
    return objects;
  }

  /** Header and rows; numbers have {@link #DECIMALS} digits after the point. */
  void csv(PrintWriter out) {
    out.print(String.join(",", columns.stream().map(Column::name).toList()));
    out.print('\n');
    StringBuilder line = new StringBuilder();
    for (@Nullable Object[] row : rows) {
      line.setLength(0);
      for (int i = 0; i < row.length; i++) {
        if (i > 0) {
          line.append(',');
        }
        cell(row[i], line);
      }
      out.append(line).append('\n');
    }
  }

  /** An aligned table; numbers to the right. */
  void text(PrintWriter out) {
    List<String[]> lines = new ArrayList<>();
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).heading != null) {
        seen.add(i);
      }
    }
    lines.add(seen.stream().map(i -> columns.get(i).heading).toArray(String[]::new));
    boolean[] right = new boolean[seen.size()];
    Arrays.fill(right, true);
    for (@Nullable Object[] row : rows) {
      String[] line = new String[seen.size()];
      for (int k = 0; k < line.length; k++) {
        Object value = row[seen.get(k)];
        line[k] = value == null ? "" : columns.get(seen.get(k)).shown.apply(value);
        right[k] &= value == null || value instanceof Number;
      }
      lines.add(line);
    }
    int[] widths = new int[seen.size()];
    for (String[] line : lines) {
      for (int k = 0; k < line.length; k++) {
        widths[k] = Math.max(widths[k], line[k].length());
      }
    }
    for (String[] line : lines) {
      StringBuilder shown = new StringBuilder();
      for (int k = 0; k < line.length; k++) {
        String pad = " ".repeat(widths[k] - line[k].length());
        shown.append(k == 0 ? "" : "  ");
        shown.append(right[k] ? pad + line[k] : line[k] + pad);
      }
      out.println(shown.toString().stripTrailing());
    }
  }

  /** An object of names and values, in order; a null value is left out. */
  static Map<String, Object> fields(@Nullable Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        fields.put(
            String.valueOf(namesAndValues[i]), value instanceof Instant at ? millis(at) : value);
      }
    }
    return fields;
  }

  /** A number with so many digits after the point. */
  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** How people read a column of numbers: so many digits after the point, and a unit. */
  static Function<Object, String> rounded(int decimals, String unit) {
    return value -> number(((Number) value).doubleValue(), decimals) + unit;
  }

  /** How people read ecliptic longitudes: 24°45′18″ Capricorn; cut, as charts have it. */
  static String zodiac(Object longitude) {
    double degrees = ((Number) longitude).doubleValue();
    long seconds = (long) (Sign.degreesInto(degrees) * 3600);
    return String.format(
        Locale.ROOT,
        "%2d°%02d′%02d″ %s",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        Sign.of(degrees).label());
  }

  /** How people read moments: UTC to the second. */
  static String moment(Object at) {
    Instant instant = (Instant) at;
    return SHOWN.format(
        instant.plusMillis(500).truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
  }

  /** Appends a number with {@link #DECIMALS} digits after the point. */
  static void fixed(double value, StringBuilder out) {
    double scaled = Math.rint(Math.abs(value) * 1e12);
    if (!(scaled < 9e15)) {
      // From 9000 on a double has fewer digits than that; such numbers are rare.
      out.append(number(value, DECIMALS));
      return;
    }
    long digits = (long) scaled;
    if (value < 0 && digits != 0) {
      out.append('-');
    }
    out.append(digits / 1_000_000_000_000L).append('.');
    String fraction = Long.toString(digits % 1_000_000_000_000L);
    out.append("0".repeat(DECIMALS - fraction.length())).append(fraction);
  }

  private static void cell(@Nullable Object value, StringBuilder out) {
    if (value instanceof Double number) {
      fixed(number, out);
    } else if (value instanceof Instant at) {
      out.append(millis(at));
    } else if (value != null) {
      String text = value.toString();
      boolean quoted = text.indexOf(',') >= 0 || text.indexOf('"') >= 0;
      out.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
  }

  private static Instant millis(Instant at) {
    return at.plusNanos(500_000).truncatedTo(ChronoUnit.MILLIS);
  }

  private static String plain(Object value) {
    if (value instanceof Double number) {
      return number(number, 6);
    }
    return value instanceof Instant at ? moment(at) : value.toString();
  }
}

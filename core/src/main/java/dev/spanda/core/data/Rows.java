package dev.spanda.core.data;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of rows with the same columns. Every row names every column, in the order of the columns;
 * a value is {@code null} when it is absent. Values are {@link String}, {@link Long}, finite {@link
 * Double}, {@link Boolean}, or unmodifiable lists and maps of them. Immutable and thread-safe.
 *
 * @param columns their names, each once, in order; copied
 * @param items the rows; copied, and completed with {@code null} for columns they lack
 */
public record Rows(List<String> columns, List<Map<String, Object>> items) {

  /** No rows and no columns. */
  public static final Rows EMPTY = new Rows(List.of(), List.of());

  /**
   * How much is read at once.
   *
   * @param bytes of text, 1 or more
   * @param rows 1 or more
   * @param columns 1 or more
   * @param cells rows times columns, 1 or more
   * @param depth how deep lists and objects stand inside a value, 0 for plain values alone
   */
  public record Limits(int bytes, int rows, int columns, long cells, int depth) {

    /** 16 MiB, 100 000 rows, 200 columns, 2 000 000 cells, 8 levels. */
    public static final Limits DEFAULT = new Limits(16 << 20, 100_000, 200, 2_000_000, 8);

    /** Checks the ranges. */
    public Limits {
      if (bytes < 1 || rows < 1 || columns < 1 || cells < 1 || depth < 0 || depth > 100) {
        throw new IllegalArgumentException(
            bytes + " bytes, " + rows + " rows, " + columns + " columns, " + cells + ", " + depth);
      }
    }

    /**
     * Returns when a table of that size is within the limits.
     *
     * @throws Failure TOO_LARGE, subjects {@code rows}, {@code columns} and {@code cells}
     */
    public void check(int rowCount, int columnCount) {
      require("rows", rowCount, rows);
      require("columns", columnCount, columns);
      require("cells", (long) rowCount * columnCount, cells);
    }

    void require(String subject, long given, long most) {
      if (given > most) {
        throw Failure.of(
                Failure.Reason.TOO_LARGE,
                subject,
                "At most " + most + " " + subject + " are read; there are " + given + " or more")
            .with(Failure.PROVIDED_VALUE, given)
            .with(Failure.MAX_VALUE, most);
      }
    }
  }

  private static final int LONGEST_COLUMN = 200;

  /**
   * Copies and completes the rows.
   *
   * @throws Failure INVALID, subject {@code columns}, when a name is given twice, is empty or has
   *     more than 200 characters
   * @throws IllegalArgumentException when a row has a column that is not listed
   */
  public Rows {
    columns = List.copyOf(columns);
    Set<String> names = new LinkedHashSet<>();
    for (String column : columns) {
      Failure.requireText("columns", "A column's name", column, 1, LONGEST_COLUMN);
      if (!names.add(column)) {
        throw Failure.invalid("columns", column, "The column " + column + " is given twice");
      }
    }
    List<Map<String, Object>> copies = new ArrayList<>(items.size());
    for (Map<String, Object> item : items) {
      Map<String, Object> copy = new LinkedHashMap<>();
      int found = 0;
      for (String column : columns) {
        @Nullable Object value = item.get(column);
        found += item.containsKey(column) ? 1 : 0;
        copy.put(column, value);
      }
      if (found != item.size()) {
        throw new IllegalArgumentException("A row has a column that is not listed");
      }
      copies.add(Collections.unmodifiableMap(copy));
    }
    items = Collections.unmodifiableList(copies);
  }

  /**
   * Rows whose columns are all that any of them names, in the order of their first appearance.
   *
   * @throws Failure TOO_LARGE, subjects {@code rows}, {@code columns}, {@code cells} and {@code
   *     depth}; INVALID, subjects {@code columns} and {@code rows}
   */
  public static Rows of(List<? extends Map<String, ?>> items, Limits limits) {
    Set<String> columns = new LinkedHashSet<>();
    List<Map<String, Object>> plain = new ArrayList<>(items.size());
    limits.require("rows", items.size(), limits.rows());
    for (Map<String, ?> item : items) {
      columns.addAll(item.keySet());
      limits.check(items.size(), columns.size());
      Map<String, Object> row = new LinkedHashMap<>();
      item.forEach((name, value) -> row.put(name, plain(value, limits.depth(), limits)));
      plain.add(row);
    }
    return new Rows(List.copyOf(columns), plain);
  }

  /** A plain copy of a value, numbers as {@link Long} or {@link Double}. */
  private static @Nullable Object plain(@Nullable Object value, int depth, Limits limits) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    if (value instanceof List<?> list) {
      requireDepth(depth, limits);
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object element : list) {
        copy.add(plain(element, depth - 1, limits));
      }
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Map<?, ?> map) {
      requireDepth(depth, limits);
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(key.toString(), plain(element, depth - 1, limits)));
      return Collections.unmodifiableMap(copy);
    }
    throw Failure.invalid(
        "rows", value, "A value must be a text, a finite number, true, false, a list or an object");
  }

  private static void requireDepth(int depth, Limits limits) {
    if (depth <= 0) {
      throw tooDeep(limits.depth());
    }
  }

  static Failure tooDeep(int most) {
    return Failure.of(
            Failure.Reason.TOO_LARGE,
            "depth",
            "Lists and objects may stand " + most + " deep inside a value")
        .with(Failure.MAX_VALUE, most);
  }

  /** How many rows there are. */
  public int size() {
    return items.size();
  }

  /** The values of one column, from the first row to the last; {@code null} where absent. */
  List<@Nullable Object> column(String name) {
    List<@Nullable Object> values = new ArrayList<>(items.size());
    for (Map<String, Object> item : items) {
      values.add(item.get(name));
    }
    return values;
  }
}

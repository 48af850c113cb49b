package dev.spanda.core.data;

import dev.spanda.core.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One step between the rows that are read and those that are kept. Immutable. */
public sealed interface Transformation {

  /** The words of all steps. */
  List<String> WORDS = List.of("clean", "validate", "enrich", "aggregate");

  /**
   * What a step may ask for.
   *
   * @param now when the rows are processed
   * @param table reads the owner's table of that name
   * @param limits of what comes out
   */
  record Context(
      Instant now, java.util.function.Function<String, Rows> table, Rows.Limits limits) {}

  /**
   * What a step made.
   *
   * @param rows what goes on
   * @param dropped how many rows do not, ≥ 0; for an aggregation 0
   * @param notes why, for people; at most ten
   */
  record Result(Rows rows, int dropped, List<String> notes) {}

  /** Its word in parameters. */
  String word();

  /**
   * Does the step.
   *
   * @throws Failure what the step says
   */
  Result apply(Rows rows, Context context);

  /**
   * Reads a step from parameters: its word alone, for its defaults, or an object whose member
   * {@code type} is the word and whose other members are the step's parameters.
   *
   * @throws Failure INVALID, subject {@code transformations} for another word or form, or the name
   *     of the parameter that is wrong
   */
  static Transformation parse(@Nullable Object step) {
    return parse("transformations", step);
  }

  /**
   * The same for a list of steps of another name.
   *
   * @param name of the list, for failures
   */
  static Transformation parse(String name, @Nullable Object step) {
    Map<?, ?> members = step instanceof Map<?, ?> map ? map : Map.of();
    Object word = step instanceof Map<?, ?> ? members.get("type") : step;
    Fields fields = new Fields(members);
    if ("clean".equals(word)) {
      fields.allow(List.of("type", "absent", "duplicates"));
      return new Clean(
          fields.texts("absent", 50).orElse(Clean.ABSENT),
          fields.choice("duplicates", "drop", List.of("drop", "keep")).equals("drop"));
    }
    if ("validate".equals(word)) {
      fields.allow(List.of("type", "required", "types", "ranges", "rejected"));
      return Validate.from(fields);
    }
    if ("enrich".equals(word)) {
      fields.allow(List.of("type", "with", "table", "on", "columns"));
      return Enrich.from(fields);
    }
    if ("aggregate".equals(word)) {
      fields.allow(List.of("type", "group_by", "values", "functions"));
      return Aggregate.from(fields);
    }
    throw Failure.notAllowed(name, word, WORDS);
  }

  /** What a value is: number, text, boolean, list or object; a text may be an instant as well. */
  private static String typeOf(Object value) {
    if (value instanceof Number) {
      return "number";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof String ? "text" : value instanceof List<?> ? "list" : "object";
  }

  /**
   * Makes texts comparable and takes away what says nothing. Names of columns and texts are
   * normalised to Unicode NFC, runs of white space inside become one blank and white space at the
   * ends goes. A text that then is empty or is one of {@code absent}, in any case, becomes absent.
   * Rows without any value go, and so do, when duplicates are dropped, rows whose values all equal
   * those of an earlier row.
   *
   * @param absent the words for "no value"; parameter {@code absent}, by default {@link #ABSENT}
   * @param dropDuplicates parameter {@code duplicates}: {@code drop}, the default, or {@code keep}
   */
  record Clean(List<String> absent, boolean dropDuplicates) implements Transformation {

    /** null, n/a, na, nan, none and a dash. */
    public static final List<String> ABSENT = List.of("null", "n/a", "na", "nan", "none", "-");

    /** Copies the words. */
    public Clean {
      absent = absent.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public String word() {
      return "clean";
    }

    /**
     * Cleans the rows.
     *
     * @throws Failure INVALID, subject {@code columns}, when two names become one
     */
    @Override
    public Result apply(Rows rows, Context context) {
      List<String> columns = rows.columns().stream().map(Clean::tidy).toList();
      List<Map<String, Object>> kept = new ArrayList<>(rows.size());
      Set<List<@Nullable Object>> seen = new HashSet<>();
      int empty = 0;
      int duplicates = 0;
      for (Map<String, Object> item : rows.items()) {
        Map<String, Object> row = new LinkedHashMap<>();
        int column = 0;
        boolean any = false;
        for (Object value : item.values()) {
          Object cleaned = value;
          if (value instanceof String text) {
            String tidy = tidy(text);
            cleaned =
                tidy.isEmpty() || absent.contains(tidy.toLowerCase(Locale.ROOT)) ? null : tidy;
          }
          any |= cleaned != null;
          row.put(columns.get(column++), cleaned);
        }
        if (!any) {
          empty++;
        } else if (dropDuplicates && !seen.add(new ArrayList<>(row.values()))) {
          duplicates++;
        } else {
          kept.add(row);
        }
      }
      List<String> notes = new ArrayList<>();
      if (empty > 0) {
        notes.add(empty + " rows without a value");
      }
      if (duplicates > 0) {
        notes.add(duplicates + " rows that stood before");
      }
      return new Result(new Rows(columns, kept), empty + duplicates, List.copyOf(notes));
    }

    private static String tidy(String text) {
      StringBuilder out = new StringBuilder(text.length());
      boolean blank = false;
      String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
      for (int i = 0; i < normal.length(); i++) {
        char c = normal.charAt(i);
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
          blank = true;
          continue;
        }
        if (blank && out.length() > 0) {
          out.append(' ');
        }
        blank = false;
        out.append(c);
      }
      return out.toString();
    }
  }

  /**
   * Lets those rows through whose values are as they should be. A column in {@code required} must
   * have a value. A value of a column in {@code types} must have that type: {@code number}, {@code
   * text}, {@code boolean}, {@code instant} (an ISO 8601 text with offset), {@code list} or {@code
   * object}. A value of a column in {@code ranges} must be a number in that closed range. For
   * columns without a type in {@code types} the rows themselves tell it: when more than half of a
   * column's values have one type, that is the column's type; otherwise any will do. Absent values
   * have every type.
   *
   * @param required parameter {@code required}, by default none
   * @param types parameter {@code types}, an object of column and type, by default none
   * @param ranges parameter {@code ranges}, an object of column and {@code [smallest, largest]}
   * @param fail parameter {@code rejected}: {@code drop}, the default, leaves such rows out; {@code
   *     fail} refuses them all
   */
  record Validate(
      List<String> required,
      Map<String, String> types,
      Map<String, List<Double>> ranges,
      boolean fail)
      implements Transformation {

    private static final List<String> TYPES =
        List.of("number", "text", "boolean", "instant", "list", "object");
    private static final int MOST_NOTES = 10;

    /** Copies the rules. */
    public Validate {
      required = List.copyOf(required);
      types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
      ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
    }

    private static Validate from(Fields fields) {
      Map<String, String> types = new LinkedHashMap<>();
      fields
          .object("types", 200)
          .forEach(
              (column, type) -> {
                if (!TYPES.contains(type)) {
                  throw Failure.notAllowed("types", type, TYPES);
                }
                types.put(column, type.toString());
              });
      Map<String, List<Double>> ranges = new LinkedHashMap<>();
      fields
          .object("ranges", 200)
          .forEach(
              (column, range) -> {
                if (!(range instanceof List<?> ends)
                    || ends.size() != 2
                    || !(ends.get(0) instanceof Number low)
                    || !(ends.get(1) instanceof Number high)
                    || !(low.doubleValue() <= high.doubleValue())) {
                  throw Failure.invalid(
                      "ranges", range, "A range must be a list of two numbers, the smaller first");
                }
                ranges.put(column, List.of(low.doubleValue(), high.doubleValue()));
              });
      return new Validate(
          fields.texts("required", 200).orElse(List.of()),
          types,
          ranges,
          fields.choice("rejected", "drop", List.of("drop", "fail")).equals("fail"));
    }

    @Override
    public String word() {
      return "validate";
    }

    /**
     * Checks the rows.
     *
     * @throws Failure INVALID, subject {@code rows}, with the details {@code row} and {@code
     *     column} of the first, when rejected rows are to fail
     */
    @Override
    public Result apply(Rows rows, Context context) {
      Map<String, String> expected = new HashMap<>(types);
      for (String column : rows.columns()) {
        if (!expected.containsKey(column)) {
          usual(rows.column(column)).ifPresent(type -> expected.put(column, type));
        }
      }
      List<Map<String, Object>> kept = new ArrayList<>(rows.size());
      List<String> notes = new ArrayList<>();
      int row = 0;
      for (Map<String, Object> item : rows.items()) {
        row++;
        Optional<String> wrong = wrong(item, expected);
        if (wrong.isEmpty()) {
          kept.add(item);
          continue;
        }
        String note = "Row " + row + ": " + wrong.get();
        if (fail) {
          throw Failure.of(Failure.Reason.INVALID, "rows", note).with("row", row);
        }
        if (notes.size() < MOST_NOTES) {
          notes.add(note);
        }
      }
      return new Result(
          new Rows(rows.columns(), kept), rows.size() - kept.size(), List.copyOf(notes));
    }

    private Optional<String> wrong(Map<String, Object> item, Map<String, String> expected) {
      for (String column : required) {
        if (item.get(column) == null) {
          return Optional.of(column + " has no value");
        }
      }
      for (Map.Entry<String, Object> field : item.entrySet()) {
        Object value = field.getValue();
        String type = expected.get(field.getKey());
        if (value != null && type != null && !has(value, type)) {
          return Optional.of(field.getKey() + " is a " + typeOf(value) + ", not a " + type);
        }
      }
      for (Map.Entry<String, List<Double>> range : ranges.entrySet()) {
        Object value = item.get(range.getKey());
        if (value != null
            && !(value instanceof Number number
                && number.doubleValue() >= range.getValue().get(0)
                && number.doubleValue() <= range.getValue().get(1))) {
          return Optional.of(
              range.getKey()
                  + " must be between "
                  + range.getValue().get(0)
                  + " and "
                  + range.getValue().get(1));
        }
      }
      return Optional.empty();
    }

    private static boolean has(Object value, String type) {
      if (!type.equals("instant")) {
        return typeOf(value).equals(type);
      }
      if (!(value instanceof String text)) {
        return false;
      }
      try {
        Instant unused = java.time.OffsetDateTime.parse(text).toInstant();
        return true;
      } catch (DateTimeException e) {
        return false;
      }
    }

    /** The type of more than half of the values that are there. */
    private static Optional<String> usual(List<@Nullable Object> values) {
      Map<String, Integer> counts = new HashMap<>();
      int all = 0;
      for (Object value : values) {
        if (value != null) {
          all++;
          counts.merge(typeOf(value), 1, Integer::sum);
        }
      }
      int half = all / 2;
      return counts.entrySet().stream()
          .filter(entry -> entry.getValue() > half)
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  /**
   * Adds columns. By its word alone it adds where a row comes from: {@code row_number}, its place
   * among the rows that came in, from 1; {@code row_hash}, the first 16 hexadecimal digits of the
   * SHA-256 of the row's JSON text without these three columns, which tells whether a row has
   * changed since the last run; and {@code processed_at}, the instant in ISO 8601. With {@code
   * with} it adds the same values to every row. With {@code table}, {@code on} and {@code columns}
   * it looks each row up in a table of the owner, by the value of the column {@code on} that both
   * have, and takes those columns from the first row found there; they are absent when there is
   * none. A column that is there already is replaced.
   *
   * @param constants parameter {@code with}, an object of column and value
   * @param lookup parameters {@code table}, {@code on} and {@code columns}
   */
  record Enrich(Map<String, Object> constants, Optional<Lookup> lookup) implements Transformation {

    /** The columns that say where a row comes from. */
    static final List<String> ORIGIN = List.of("row_number", "row_hash", "processed_at");

    /**
     * Where to look a row up.
     *
     * @param columns those taken over, 1 or more
     */
    public record Lookup(String table, String on, List<String> columns) {
      /** Copies the columns. */
      public Lookup {
        columns = List.copyOf(columns);
      }
    }

    /** Copies the values. */
    public Enrich {
      constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    }

    private static Enrich from(Fields fields) {
      Optional<String> table = fields.text("table");
      Optional<String> on = fields.text("on");
      Optional<List<String>> columns = fields.texts("columns", 200);
      if (table.isPresent() != on.isPresent() || table.isPresent() != columns.isPresent()) {
        String missing = table.isEmpty() ? "table" : on.isEmpty() ? "on" : "columns";
        throw Failure.invalid(missing, null, "table, on and columns are given together");
      }
      Map<String, Object> constants = fields.object("with", 200);
      // Fails here, at creation, for values that no row can hold.
      Rows unused = Rows.of(List.of(constants), Rows.Limits.DEFAULT);
      return new Enrich(
          constants, table.map(name -> new Lookup(name, on.orElseThrow(), columns.orElseThrow())));
    }

    @Override
    public String word() {
      return "enrich";
    }

    /**
     * Adds the columns.
     *
     * @throws Failure NOT_FOUND, subject {@code table}; INVALID, subjects {@code on} and {@code
     *     columns}, when the rows or the table have no such column; TOO_LARGE, subject {@code
     *     columns}
     */
    @Override
    public Result apply(Rows rows, Context context) {
      Set<String> columns = new LinkedHashSet<>(rows.columns());
      BiFunction<Map<String, Object>, Integer, Map<String, Object>> more;
      if (lookup.isPresent()) {
        more = looking(rows, lookup.get(), context);
        columns.addAll(lookup.get().columns());
      } else if (constants.isEmpty()) {
        columns.addAll(ORIGIN);
        more = (item, index) -> origin(item, index, context.now());
      } else {
        more = (item, index) -> Map.of();
      }
      columns.addAll(constants.keySet());
      context.limits().check(rows.size(), columns.size());
      List<Map<String, Object>> items = new ArrayList<>(rows.size());
      for (Map<String, Object> item : rows.items()) {
        Map<String, Object> row = new LinkedHashMap<>(item);
        row.putAll(more.apply(item, items.size() + 1));
        row.putAll(constants);
        items.add(row);
      }
      return new Result(new Rows(List.copyOf(columns), items), 0, List.of());
    }

    private static Map<String, Object> origin(Map<String, Object> item, int index, Instant now) {
      Map<String, Object> own = new LinkedHashMap<>(item);
      ORIGIN.forEach(own::remove);
      byte[] digest;
      try {
        digest =
            MessageDigest.getInstance("SHA-256")
                .digest(PlainJson.write(own).getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
      return Map.of(
          "row_number", (long) index,
          "row_hash", HexFormat.of().formatHex(digest, 0, 8),
          "processed_at", now.toString());
    }

    private static BiFunction<Map<String, Object>, Integer, Map<String, Object>> looking(
        Rows rows, Lookup lookup, Context context) {
      if (!rows.columns().contains(lookup.on()) && rows.size() > 0) {
        throw Failure.invalid("on", lookup.on(), "The rows have no column " + lookup.on());
      }
      Rows other = context.table().apply(lookup.table());
      List<String> wanted = new ArrayList<>(lookup.columns());
      wanted.add(lookup.on());
      for (String column : wanted) {
        if (!other.columns().contains(column)) {
          throw Failure.invalid(
              column.equals(lookup.on()) ? "on" : "columns",
              column,
              "The table " + lookup.table() + " has no column " + column);
        }
      }
      Map<Object, Map<String, Object>> byKey = new HashMap<>();
      for (Map<String, Object> item : other.items()) {
        Object key = item.get(lookup.on());
        if (key != null) {
          byKey.putIfAbsent(key, item);
        }
      }
      return (item, index) -> {
        Object key = item.get(lookup.on());
        Map<String, Object> found = key == null ? null : byKey.get(key);
        Map<String, Object> taken = new LinkedHashMap<>();
        for (String column : lookup.columns()) {
          taken.put(column, found == null ? null : found.get(column));
        }
        return taken;
      };
    }
  }

  /**
   * One row for each group of rows with the same values in {@code group_by}, groups in the order of
   * their first row; without {@code group_by}, one row for all. A result has the columns of {@code
   * group_by}, then {@code count}, the number of rows, when asked for, then for each column of
   * {@code values} and each other function a column such as {@code price_mean}. They are taken over
   * the numbers of the group: {@code sum} (with Neumaier's compensation), {@code mean}, {@code
   * min}, {@code max} and {@code stddev}, the sample's standard deviation with n−1 (absent below
   * two numbers); absent when the group has no number. No rows give no rows.
   *
   * @param groupBy parameter {@code group_by}, by default none
   * @param values parameter {@code values}; by default every column outside of {@code group_by}
   *     that has numbers and no other values, save {@code row_number}
   * @param functions parameter {@code functions}, by default count, sum, mean, min and max
   */
  record Aggregate(List<String> groupBy, Optional<List<String>> values, List<String> functions)
      implements Transformation {

    private static final List<String> ALL = List.of("count", "sum", "mean", "min", "max", "stddev");

    /** Copies the lists. */
    public Aggregate {
      groupBy = List.copyOf(groupBy);
      functions = List.copyOf(functions);
    }

    private static Aggregate from(Fields fields) {
      List<String> functions =
          fields.texts("functions", ALL.size()).orElse(ALL.subList(0, ALL.size() - 1));
      for (String function : functions) {
        if (!ALL.contains(function)) {
          throw Failure.notAllowed("functions", function, ALL);
        }
      }
      return new Aggregate(
          fields.texts("group_by", 20).orElse(List.of()), fields.texts("values", 200), functions);
    }

    @Override
    public String word() {
      return "aggregate";
    }

    /**
     * Makes the groups.
     *
     * @throws Failure INVALID, subjects {@code group_by} and {@code values}, when there is no such
     *     column
     */
    @Override
    public Result apply(Rows rows, Context context) {
      if (rows.size() == 0) {
        return new Result(Rows.EMPTY, 0, List.of());
      }
      require("group_by", groupBy, rows);
      List<String> measured = values.orElseGet(() -> numeric(rows));
      require("values", measured, rows);
      Map<List<@Nullable Object>, List<Map<String, Object>>> groups = new LinkedHashMap<>();
      for (Map<String, Object> item : rows.items()) {
        List<@Nullable Object> key = new ArrayList<>();
        groupBy.forEach(column -> key.add(item.get(column)));
        groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(item);
      }
      List<Map<String, Object>> results = new ArrayList<>();
      groups.forEach((key, items) -> results.add(result(key, items, measured)));
      return new Result(Rows.of(results, context.limits()), 0, List.of());
    }

    private static void require(String subject, List<String> columns, Rows rows) {
      for (String column : columns) {
        if (!rows.columns().contains(column)) {
          throw Failure.invalid(subject, column, "The rows have no column " + column)
              .with(Failure.ALLOWED_VALUES, rows.columns());
        }
      }
    }

    private List<String> numeric(Rows rows) {
      List<String> found = new ArrayList<>();
      for (String column : rows.columns()) {
        if (groupBy.contains(column) || column.equals("row_number")) {
          continue;
        }
        boolean any = false;
        boolean only = true;
        for (Object value : rows.column(column)) {
          any |= value instanceof Number;
          only &= value == null || value instanceof Number;
        }
        if (any && only) {
          found.add(column);
        }
      }
      return found;
    }

    private Map<String, Object> result(
        List<@Nullable Object> key, List<Map<String, Object>> items, List<String> measured) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < key.size(); i++) {
        row.put(groupBy.get(i), key.get(i));
      }
      if (functions.contains("count")) {
        row.put("count", (long) items.size());
      }
      for (String column : measured) {
        double[] numbers =
            items.stream()
                .map(item -> item.get(column))
                .filter(value -> value instanceof Number)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
        for (String function : functions) {
          if (!function.equals("count")) {
            row.put(column + "_" + function, of(function, numbers));
          }
        }
      }
      return row;
    }

    private static @Nullable Object of(String function, double[] numbers) {
      if (numbers.length == 0 || (function.equals("stddev") && numbers.length < 2)) {
        return null;
      }
      double value =
          switch (function) {
            case "sum" -> sum(numbers);
            case "mean" -> sum(numbers) / numbers.length;
            case "min" -> java.util.Arrays.stream(numbers).min().orElseThrow();
            case "max" -> java.util.Arrays.stream(numbers).max().orElseThrow();
            default -> deviation(numbers);
          };
      // Beyond the largest double there is no plain number to write.
      return Double.isFinite(value) ? value : null;
    }

    /** Neumaier's sum: A. Neumaier, ZAMM 54 (1974), algorithm IV. */
    private static double sum(double[] numbers) {
      double sum = 0;
      double lost = 0;
      for (double number : numbers) {
        double next = sum + number;
        lost += Math.abs(sum) >= Math.abs(number) ? (sum - next) + number : (number - next) + sum;
        sum = next;
      }
      return sum + lost;
    }

    private static double deviation(double[] numbers) {
      double mean = sum(numbers) / numbers.length;
      double[] squares = new double[numbers.length];
      for (int i = 0; i < squares.length; i++) {
        squares[i] = (numbers[i] - mean) * (numbers[i] - mean);
      }
      return Math.sqrt(sum(squares) / (numbers.length - 1));
    }
  }
}

package dev.spanda.core.data;

import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Keeps rows by owner and table. A table is made by its first write; writes replace all of its rows
 * or append to them, in one transaction. Changes made inside {@link Store#write} join that
 * transaction. Thread-safe.
 */
public final class Tables {

  /**
   * How much an owner may keep.
   *
   * @param tables 1 or more
   * @param rows in one table, 1 or more
   * @param bytes characters of all rows of all tables as JSON text, 1 or more
   */
  public record Limits(int tables, int rows, long bytes) {

    /** 100 tables, 100 000 rows in each, 256 MiB in all. */
    public static final Limits DEFAULT = new Limits(100, 100_000, 256L << 20);

    /** Checks the ranges. */
    public Limits {
      if (tables < 1 || rows < 1 || bytes < 1) {
        throw new IllegalArgumentException(tables + " tables, " + rows + " rows, " + bytes);
      }
    }
  }

  /**
   * A table as it stood when it was read.
   *
   * @param name 1 to 64 lower-case letters, digits and underscores, a letter first
   * @param columns in order
   * @param rows how many, ≥ 0
   * @param bytes characters of the rows as JSON text, ≥ 0
   */
  public record Table(
      String name,
      List<String> columns,
      int rows,
      long bytes,
      Instant createdAt,
      Instant updatedAt) {
    /** Copies the columns. */
    public Table {
      columns = List.copyOf(columns);
    }
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final int LARGEST_PAGE = 1_000;
  private static final int BATCH = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final Limits limits;

  /** The tables of a store, under {@link Limits#DEFAULT}. */
  public Tables(Store store, InstantSource clock) {
    this(store, clock, Limits.DEFAULT);
  }

  /** The tables of a store. */
  public Tables(Store store, InstantSource clock, Limits limits) {
    this.store = store;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Returns the name when a table may have it.
   *
   * @throws Failure INVALID, subject {@code table}
   */
  public static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Failure.invalid("table", name, "A table's name must match " + NAME);
    }
    return name;
  }

  /**
   * Writes rows; they are durable when this returns.
   *
   * @param append whether earlier rows stay; otherwise they are replaced. Columns that only earlier
   *     or only later rows have are absent in the others
   * @param key names this write: when it is the same as that of the table's last write, nothing is
   *     written. So work that is repeated after a crash appends once
   * @return the table after the write
   * @throws Failure INVALID, subject {@code table}; TOO_LARGE, subjects {@code tables}, {@code
   *     rows}, {@code columns} and {@code storage}
   */
  public Table write(String owner, String name, Rows rows, boolean append, Optional<String> key) {
    requireName(name);
    List<String> texts = rows.items().stream().map(PlainJson::write).toList();
    long bytes = texts.stream().mapToLong(Tables::size).sum();
    return store.write(
        handle -> {
          store.lock("data:" + owner);
          Optional<Table> before = select(handle, owner, name);
          if (before.isPresent() && key.isPresent() && key.equals(lastKey(handle, owner, name))) {
            return before.get();
          }
          Optional<Table> kept = append ? before : Optional.empty();
          int position = kept.map(Table::rows).orElse(0);
          require("rows", (long) position + texts.size(), limits.rows());
          Set<String> columns = new LinkedHashSet<>(kept.map(Table::columns).orElse(List.of()));
          columns.addAll(rows.columns());
          require("columns", columns.size(), Rows.Limits.DEFAULT.columns());
          room(handle, owner, before, bytes + kept.map(Table::bytes).orElse(0L));
          if (kept.isEmpty()) {
            forgetRows(handle, owner, name);
          }
          insert(handle, owner, name, position, texts);
          Instant now = Instant.ofEpochMilli(clock.millis());
          handle
              .createUpdate(
                  "INSERT INTO data_table (owner, name, columns, row_count, bytes, created_at,"
                      + " updated_at, write_key) VALUES (:owner, :name, :columns, :rows, :bytes,"
                      + " :now, :now, :key) ON CONFLICT (owner, name) DO UPDATE SET columns ="
                      + " excluded.columns, row_count = excluded.row_count, bytes ="
                      + " excluded.bytes, updated_at = excluded.updated_at, write_key ="
                      + " excluded.write_key")
              .bind("owner", owner)
              .bind("name", name)
              .bind("columns", Json.write(List.copyOf(columns)))
              .bind("rows", position + texts.size())
              .bind("bytes", bytes + kept.map(Table::bytes).orElse(0L))
              .bind("now", now.toEpochMilli())
              .bind("key", key.orElse(null))
              .execute();
          return select(handle, owner, name).orElseThrow();
        });
  }

  private static long size(String text) {
    return text.length();
  }

  private void room(Handle handle, String owner, Optional<Table> before, long bytes) {
    long others = 0;
    int count = 1;
    for (Table table : tables(handle, owner)) {
      if (before.isEmpty() || !before.get().name().equals(table.name())) {
        others += table.bytes();
        count++;
      }
    }
    require("tables", count, limits.tables());
    if (others + bytes > limits.bytes()) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "storage",
              "The tables of an owner may hold "
                  + limits.bytes()
                  + " bytes; with these rows they would hold "
                  + (others + bytes))
          .with(Failure.PROVIDED_VALUE, others + bytes)
          .with(Failure.MAX_VALUE, limits.bytes());
    }
  }

  private static void require(String subject, long given, long most) {
    if (given > most) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              subject,
              "There may be " + most + " " + subject + "; there would be " + given)
          .with(Failure.PROVIDED_VALUE, given)
          .with(Failure.MAX_VALUE, most);
    }
  }

  private static void insert(
      Handle handle, String owner, String name, int position, List<String> texts) {
    for (int from = 0; from < texts.size(); from += BATCH) {
      PreparedBatch batch =
          handle.prepareBatch(
              "INSERT INTO data_row (owner, table_name, position, content)"
                  + " VALUES (:owner, :name, :position, :content)");
      for (int i = from; i < Math.min(texts.size(), from + BATCH); i++) {
        batch
            .bind("owner", owner)
            .bind("name", name)
            .bind("position", position + i)
            .bind("content", texts.get(i))
            .add();
      }
      int[] unused = batch.execute();
    }
  }

  /**
   * The table of that name, without its rows.
   *
   * @throws Failure NOT_FOUND, subject {@code table}
   */
  public Table find(String owner, String name) {
    return store.read(
        handle -> select(handle, owner, name).orElseThrow(() -> Failure.notFound("table", name)));
  }

  /** The owner's tables, the oldest first. */
  public List<Table> list(String owner) {
    return store.read(handle -> tables(handle, owner));
  }

  /**
   * All rows of a table.
   *
   * @throws Failure NOT_FOUND, subject {@code table}
   */
  public Rows read(String owner, String name) {
    return store.read(
        handle -> {
          Table table =
              select(handle, owner, name).orElseThrow(() -> Failure.notFound("table", name));
          return new Rows(table.columns(), content(handle, owner, name, table.rows(), 0));
        });
  }

  /**
   * Some rows of a table in the order they were written; each names the table's columns.
   *
   * @param limit 1 to 1 000
   * @param offset ≥ 0
   * @throws Failure NOT_FOUND, subject {@code table}; INVALID, subjects {@code limit} and {@code
   *     offset}
   */
  public Page<Map<String, Object>> rows(String owner, String name, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle -> {
          Table table =
              select(handle, owner, name).orElseThrow(() -> Failure.notFound("table", name));
          Rows rows = new Rows(table.columns(), content(handle, owner, name, limit, offset));
          return new Page<>(rows.items(), table.rows(), limit, offset);
        });
  }

  /**
   * Forgets a table and its rows.
   *
   * @return the table as it was
   * @throws Failure NOT_FOUND, subject {@code table}
   */
  public Table delete(String owner, String name) {
    return store.write(
        handle -> {
          store.lock("data:" + owner);
          Table table =
              select(handle, owner, name).orElseThrow(() -> Failure.notFound("table", name));
          forgetRows(handle, owner, name);
          handle
              .createUpdate("DELETE FROM data_table WHERE owner = :owner AND name = :name")
              .bind("owner", owner)
              .bind("name", name)
              .execute();
          return table;
        });
  }

  private static void forgetRows(Handle handle, String owner, String name) {
    handle
        .createUpdate("DELETE FROM data_row WHERE owner = :owner AND table_name = :name")
        .bind("owner", owner)
        .bind("name", name)
        .execute();
  }

  @SuppressWarnings("unchecked") // rows were written as objects
  private static List<Map<String, Object>> content(
      Handle handle, String owner, String name, int limit, long offset) {
    List<Map<String, Object>> items = new ArrayList<>();
    handle
        .createQuery(
            "SELECT content FROM data_row WHERE owner = :owner AND table_name = :name"
                + " AND position >= :offset ORDER BY position LIMIT :limit")
        .bind("owner", owner)
        .bind("name", name)
        .bind("offset", offset)
        .bind("limit", limit)
        .mapTo(String.class)
        .forEach(text -> items.add((Map<String, Object>) PlainJson.parse(text, 100)));
    return items;
  }

  private static Optional<String> lastKey(Handle handle, String owner, String name) {
    return handle
        .createQuery("SELECT write_key FROM data_table WHERE owner = :owner AND name = :name")
        .bind("owner", owner)
        .bind("name", name)
        .map((row, context) -> Optional.ofNullable(row.getString("write_key")))
        .one();
  }

  private static List<Table> tables(Handle handle, String owner) {
    return handle
        .createQuery("SELECT * FROM data_table WHERE owner = :owner ORDER BY created_at, name")
        .bind("owner", owner)
        .map((row, context) -> table(row))
        .list();
  }

  private static Optional<Table> select(Handle handle, String owner, String name) {
    return handle
        .createQuery("SELECT * FROM data_table WHERE owner = :owner AND name = :name")
        .bind("owner", owner)
        .bind("name", name)
        .map((row, context) -> table(row))
        .findOne();
  }

  private static Table table(ResultSet row) throws SQLException {
    return new Table(
        row.getString("name"),
        Json.readList(row.getString("columns"), String.class),
        row.getInt("row_count"),
        row.getLong("bytes"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }
}

package dev.spanda.core.ledger;

import dev.spanda.core.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where the ledger's connections come from. */
abstract class Database implements AutoCloseable {

  /** Work on a connection. */
  interface Work<R> {
    R on(Connection connection) throws SQLException;
  }

  abstract Store.Dialect dialect();

  /** The connection to write on, until {@link #release}. */
  abstract Connection writer() throws SQLException;

  /** The connection that stays the same behind what {@link #writer} has lent. */
  Connection physical(Connection lent) throws SQLException {
    return lent.unwrap(Connection.class);
  }

  abstract void release(Connection writer) throws SQLException;

  /** Reads one consistent state. */
  abstract <R> R read(Work<R> work) throws SQLException;

  /** Whether this thread holds the connection that the writer waits for. */
  boolean blocked() {
    return false;
  }

  @Override
  public void close() throws SQLException {}

  private static <R> R snapshot(Connection connection, Store.Dialect dialect, Work<R> work)
      throws SQLException {
    if (dialect == Store.Dialect.POSTGRESQL) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        return work.on(connection);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    try (Statement statement = connection.createStatement()) {
      // In SQL, so that a data source set to begin with the write lock does not take it here.
      statement.execute("BEGIN DEFERRED");
      try {
        return work.on(connection);
      } finally {
        statement.execute("ROLLBACK");
      }
    }
  }

  /** The database of a store, whose connections are shared with everything else that uses it. */
  static final class OfStore extends Database {
    private final Store store;

    OfStore(Store store) {
      this.store = store;
    }

    @Override
    Store.Dialect dialect() {
      return store.dialect();
    }

    @Override
    Connection writer() throws SQLException {
      return store.dataSource().getConnection();
    }

    @Override
    void release(Connection writer) throws SQLException {
      if (store.dialect() == Store.Dialect.POSTGRESQL) {
        writer.setAutoCommit(true);
      }
      writer.close();
    }

    @Override
    boolean blocked() {
      return store.dialect() == Store.Dialect.SQLITE && store.isWriting();
    }

    @Override
    <R> R read(Work<R> work) throws SQLException {
      if (store.dialect() == Store.Dialect.POSTGRESQL) {
        try (Connection connection = store.dataSource().getConnection()) {
          return snapshot(connection, Store.Dialect.POSTGRESQL, work);
        }
      }
      SQLException[] thrown = new SQLException[1];
      Object[] result = new Object[1];
      store.read(
          handle -> {
            try {
              result[0] = work.on(handle.getConnection());
            } catch (SQLException e) {
              thrown[0] = e;
            }
            return true;
          });
      if (thrown[0] != null) {
        throw thrown[0];
      }
      @SuppressWarnings("unchecked")
      R value = (R) result[0];
      return value;
    }
  }

  /** A data source of the application. */
  static final class OfDataSource extends Database {
    private static final List<Step> SQLITE =
        List.of(
            new Step("sqlite/V4.1__ledger_books.sql", "ledger_refusal"),
            new Step("sqlite/V4.2__ledger_balance.sql", "ledger_balance"));
    private static final List<Step> POSTGRESQL =
        List.of(new Step("postgresql/V4.1__ledger_books.sql", "ledger_refusal"));

    /** A file of statements, and a table that is there once it has been run. */
    private record Step(String file, String brings) {}

    private final DataSource source;
    private final Store.Dialect dialect;
    private @Nullable Connection kept;

    OfDataSource(DataSource source, Store.Dialect dialect) throws SQLException {
      this.source = source;
      this.dialect = dialect;
      try (Connection connection = source.getConnection()) {
        migrate(connection);
      }
    }

    private void migrate(Connection connection) throws SQLException {
      boolean sqlite = dialect == Store.Dialect.SQLITE;
      try (Statement statement = connection.createStatement()) {
        if (sqlite) {
          statement.execute("PRAGMA journal_mode = WAL");
        }
        connection.setAutoCommit(false);
        try {
          if (sqlite) {
            // Touches nothing and takes the write lock, so that two processes do not both begin.
            statement.execute("CREATE TABLE IF NOT EXISTS ledger_lock (id INTEGER)");
          } else {
            statement.execute("SELECT pg_advisory_xact_lock(7305808869231650401)");
          }
          for (Step step : sqlite ? SQLITE : POSTGRESQL) {
            try (ResultSet rows =
                statement.executeQuery(
                    sqlite
                        ? "SELECT name FROM sqlite_master WHERE name = '" + step.brings + "'"
                        : "SELECT 1 WHERE to_regclass('" + step.brings + "') IS NOT NULL")) {
              if (rows.next()) {
                continue;
              }
            }
            for (String sql : script(step).split(";")) {
              if (!sql.isBlank()) {
                statement.execute(sql);
              }
            }
          }
        } finally {
          connection.commit();
          connection.setAutoCommit(true);
        }
      }
    }

    /** The same tables that a store gets, without comments. */
    private static String script(Step step) {
      String name = "/dev/spanda/core/store/migration/" + step.file;
      try (InputStream in = Database.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("No resource " + name);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    Store.Dialect dialect() {
      return dialect;
    }

    @Override
    Connection writer() throws SQLException {
      if (dialect == Store.Dialect.POSTGRESQL) {
        return source.getConnection();
      }
      Connection connection = kept;
      if (connection == null) {
        connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA synchronous = FULL");
          statement.execute("PRAGMA busy_timeout = 10000");
        }
        kept = connection;
      }
      return connection;
    }

    @Override
    void release(Connection writer) throws SQLException {
      if (writer != kept) {
        writer.setAutoCommit(true);
        writer.close();
      }
    }

    @Override
    <R> R read(Work<R> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        return snapshot(connection, dialect, work);
      }
    }

    @Override
    public void close() throws SQLException {
      if (kept != null) {
        kept.close();
      }
    }
  }
}

package dev.spanda.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.spanda.core.Failure;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A database of records, migrated to the current tables when it is opened.
 *
 * <p>SQLite runs in WAL mode with {@code synchronous=FULL}: a write that has returned survives a
 * loss of power. It has one connection that writes and a few that read beside it, and belongs to
 * one process at a time, which holds a lock on {@code spanda.lock}. PostgreSQL is used by any
 * number of processes at isolation {@code READ COMMITTED}.
 *
 * <p>Work that the database refuses or cannot do is thrown as {@link Failure}: CONFLICT with
 * subject {@code store} when a constraint does not hold, UNAVAILABLE when the database does not
 * answer (of PostgreSQL, when there is no connection for ten seconds), FAILED for everything else,
 * each with its cause. Failures that the work itself throws come through unchanged. Thread-safe.
 */
public final class Store implements AutoCloseable {

  /** Which database a store speaks to. */
  public enum Dialect {
    /** SQLite, in this process alone. */
    SQLITE,
    /** PostgreSQL, shared with other processes. */
    POSTGRESQL
  }

  /** Work done on a connection that is lent for its duration. */
  @FunctionalInterface
  public interface Work<R> {
    /**
     * Does the work.
     *
     * @param handle Jdbi's view of the connection; not to be kept or closed
     */
    R on(Handle handle);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final Duration BUSY = Duration.ofSeconds(10);
  private static final int SQLITE_READERS = 4;
  private static final int POSTGRESQL_CONNECTIONS = 16;
  private static final int SQLITE_WRITER_CACHE_KIB = 65_536;
  private static final int SQLITE_READER_CACHE_KIB = 16_384;

  private final Dialect dialect;
  private final HikariDataSource writerPool;
  private final HikariDataSource readerPool;
  private final @Nullable FolderLock lock;
  private final Jdbi writer;
  private final Jdbi reader;

  /** One for each store, because a thread may be inside the transactions of two. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Scope> current = new ThreadLocal<>();

  private final DataSource joining;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Store(
      Dialect dialect,
      HikariDataSource writerPool,
      HikariDataSource readerPool,
      @Nullable FolderLock lock) {
    this.dialect = dialect;
    this.writerPool = writerPool;
    this.readerPool = readerPool;
    this.lock = lock;
    this.writer = Jdbi.create(writerPool);
    this.reader = readerPool == writerPool ? writer : Jdbi.create(readerPool);
    this.joining =
        new JoiningDataSource(
            writerPool,
            () -> {
              Scope scope = current.get();
              return scope != null && scope.writing ? scope.handle.getConnection() : null;
            });
  }

  /**
   * Opens the database and brings its tables up to date.
   *
   * @throws Failure CONFLICT, subject {@code store}, when another process uses the folder;
   *     UNAVAILABLE, subject {@code store}, when the database does not answer; FAILED, subject
   *     {@code store}, when it cannot be opened or migrated
   */
  public static Store open(StoreLocation location) {
    if (location instanceof StoreLocation.Folder folder) {
      FolderLock lock = FolderLock.acquire(folder.folder());
      return opened(
          Dialect.SQLITE,
          lock,
          () -> {
            String url = "jdbc:sqlite:" + folder.folder().resolve("spanda.db");
            return pool("spanda-write", sqlite(url, true), 1);
          },
          () -> {
            String url = "jdbc:sqlite:" + folder.folder().resolve("spanda.db");
            return pool("spanda-read", sqlite(url, false), SQLITE_READERS);
          });
    }
    if (location instanceof StoreLocation.Postgresql postgresql) {
      return opened(Dialect.POSTGRESQL, null, () -> postgresqlPool(postgresql), null);
    }
    // One connection is the whole database: a second one would see another memory.
    return opened(
        Dialect.SQLITE,
        null,
        () -> pool("spanda-memory", sqlite("jdbc:sqlite::memory:", true), 1),
        null);
  }

  private interface PoolMaker {
    HikariDataSource make();
  }

  private static Store opened(
      Dialect dialect, @Nullable FolderLock lock, PoolMaker writer, @Nullable PoolMaker reader) {
    HikariDataSource writerPool = null;
    HikariDataSource readerPool = null;
    try {
      writerPool = writer.make();
      Migrations.bringUpToDate(writerPool, dialect);
      readerPool = reader == null ? writerPool : reader.make();
      return new Store(dialect, writerPool, readerPool, lock);
    } catch (RuntimeException | SQLException e) {
      if (readerPool != null) {
        readerPool.close();
      }
      if (writerPool != null) {
        writerPool.close();
      }
      if (lock != null) {
        lock.close();
      }
      throw translate(e);
    }
  }

  private static SQLiteDataSource sqlite(String url, boolean writing) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout((int) BUSY.toMillis());
    config.enforceForeignKeys(true);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    // Negative: kibibytes. Taken only as it is needed.
    config.setCacheSize(writing ? -SQLITE_WRITER_CACHE_KIB : -SQLITE_READER_CACHE_KIB);
    if (writing) {
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    }
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  private static HikariDataSource pool(String name, DataSource source, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(Duration.ofSeconds(30).toMillis());
    if (name.equals("spanda-read")) {
      config.setConnectionInitSql("PRAGMA query_only=1");
    }
    return new HikariDataSource(config);
  }

  private static HikariDataSource postgresqlPool(StoreLocation.Postgresql location) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("spanda-postgresql");
    config.setJdbcUrl(location.url());
    config.setUsername(location.user());
    config.setPassword(location.password());
    config.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    return new HikariDataSource(config);
  }

  /** Which database this is. */
  public Dialect dialect() {
    return dialect;
  }

  /**
   * Reads one consistent state on SQLite, and what is committed at each statement on PostgreSQL.
   * Inside {@link #write} on the same thread it sees what that has written so far.
   *
   * @return what the work returned
   */
  public <R> R read(Work<R> work) {
    Scope outer = current.get();
    if (outer != null) {
      return work.on(outer.handle);
    }
    return within(new Scope(open(reader), false), work);
  }

  /**
   * Does the work in one transaction, which is committed when the work returns and rolled back when
   * it throws. Inside another {@code write} on the same thread the work joins that transaction; if
   * it then throws, only its own changes are rolled back.
   *
   * @return what the work returned; once this returns the change is durable, unless an outer {@code
   *     write} is still open
   * @throws IllegalStateException inside {@link #read}
   */
  public <R> R write(Work<R> work) {
    Scope outer = current.get();
    if (outer == null) {
      return within(new Scope(open(writer), true), work);
    }
    if (!outer.writing) {
      throw new IllegalStateException("A write cannot begin inside a read");
    }
    String savepoint = "s" + ++outer.savepoints;
    int hooks = outer.afterCommit.size();
    try {
      outer.handle.savepoint(savepoint);
      R result = work.on(outer.handle);
      outer.handle.releaseSavepoint(savepoint);
      return result;
    } catch (RuntimeException e) {
      outer.handle.rollbackToSavepoint(savepoint);
      outer.afterCommit.subList(hooks, outer.afterCommit.size()).clear();
      throw translate(e);
    }
  }

  /** As {@link #write}, for work without a result. */
  public void change(Consumer<Handle> work) {
    write(
        handle -> {
          work.accept(handle);
          return true;
        });
  }

  /**
   * Runs the action once the transaction of this thread is committed, and never if it is rolled
   * back; at once when there is none. An action that throws is logged.
   */
  public void afterCommit(Runnable action) {
    Scope scope = current.get();
    if (scope != null && scope.writing) {
      scope.afterCommit.add(Objects.requireNonNull(action));
    } else {
      action.run();
    }
  }

  /**
   * Lets one transaction at a time go on that names the same thing: others wait here until this one
   * ends. It is what makes "count, then insert" safe on PostgreSQL; on SQLite, where one
   * transaction writes at a time anyway, nothing more is needed.
   *
   * @param name of what is to be changed by one at a time, such as {@code project:user_1}
   * @throws IllegalStateException outside of {@link #write}
   */
  public void lock(String name) {
    Scope scope = current.get();
    if (scope == null || !scope.writing) {
      throw new IllegalStateException("A lock is taken inside a write");
    }
    if (dialect == Dialect.POSTGRESQL) {
      scope
          .handle
          .createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
          .bind("name", name)
          .map((rows, context) -> true)
          .list();
    }
  }

  /** Whether this thread is inside {@link #write}. */
  public boolean isWriting() {
    Scope scope = current.get();
    return scope != null && scope.writing;
  }

  /**
   * Connections for libraries that speak JDBC. On a thread inside {@link #write} they are that
   * transaction's connection, which neither closes nor commits at their hands; elsewhere they are
   * connections of the pool that writes.
   */
  public DataSource dataSource() {
    return joining;
  }

  /** Waits for nothing: connections in use fail from now on. A second close does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (readerPool != writerPool) {
        readerPool.close();
      }
      writerPool.close();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private static Handle open(Jdbi jdbi) {
    try {
      return jdbi.open();
    } catch (RuntimeException e) {
      throw translate(e);
    }
  }

  private <R> R within(Scope scope, Work<R> work) {
    current.set(scope);
    R result;
    try (Handle handle = scope.handle) {
      handle.begin();
      try {
        result = work.on(handle);
        handle.commit();
      } catch (Throwable e) {
        rollback(handle, e);
        throw e;
      }
    } catch (RuntimeException e) {
      throw translate(e);
    } finally {
      current.remove();
    }
    for (Runnable action : scope.afterCommit) {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.error("An action after a commit failed", e);
      }
    }
    return result;
  }

  private static void rollback(Handle handle, Throwable because) {
    try {
      handle.rollback();
    } catch (RuntimeException e) {
      because.addSuppressed(e);
    }
  }

  /** The failure that database trouble becomes; other exceptions stay as they are. */
  static RuntimeException translate(Exception e) {
    if (e instanceof Failure failure) {
      return failure;
    }
    SQLException sql = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        sql = found;
        break;
      }
    }
    if (sql != null && isConstraint(sql)) {
      return Failure.of(
              Failure.Reason.CONFLICT, "store", "A constraint of the database does not hold")
          .causedBy(e);
    }
    if (sql != null && isGone(sql)) {
      return Failure.of(Failure.Reason.UNAVAILABLE, "store", "The database does not answer")
          .causedBy(e);
    }
    boolean ofDatabase =
        sql != null
            || e.getClass().getName().startsWith("org.jdbi.")
            || e.getClass().getName().startsWith("org.flywaydb.")
            || e.getClass().getName().startsWith("com.zaxxer.")
            || e.getClass().getName().startsWith("com.github.kagkarlsson.");
    if (!ofDatabase && e instanceof RuntimeException own) {
      return own;
    }
    return Failure.of(
            Failure.Reason.FAILED, "store", "The database could not complete the operation")
        .causedBy(e);
  }

  /** Whether there is no connection: SQLSTATE class 08, or PostgreSQL shuts down or starts. */
  private static boolean isGone(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    return e instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P0");
  }

  private static boolean isConstraint(SQLException e) {
    String state = e.getSQLState();
    if (state != null && state.startsWith("23")) {
      return true;
    }
    return e instanceof org.sqlite.SQLiteException sqlite
        && (sqlite.getResultCode().code & 0xFF)
            == org.sqlite.SQLiteErrorCode.SQLITE_CONSTRAINT.code;
  }

  /** What one thread has open. */
  private static final class Scope {
    private final Handle handle;
    private final boolean writing;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private int savepoints;

    Scope(Handle handle, boolean writing) {
      this.handle = handle;
      this.writing = writing;
    }
  }
}

package dev.spanda.core.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Lends the connection of the thread's transaction, or one of the pool when there is none. */
final class JoiningDataSource implements DataSource {

  /** What the transaction's owner alone decides. */
  private static final Set<String> NOT_YOURS =
      Set.of("close", "commit", "rollback", "setAutoCommit", "setTransactionIsolation", "abort");

  private final DataSource pool;
  private final Supplier<@Nullable Connection> joined;

  JoiningDataSource(DataSource pool, Supplier<@Nullable Connection> joined) {
    this.pool = pool;
    this.joined = joined;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = joined.get();
    return connection == null ? pool.getConnection() : lend(connection);
  }

  private static Connection lend(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            JoiningDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (NOT_YOURS.contains(method.getName())) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("The store knows its user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("The pool has its own time limit");
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}

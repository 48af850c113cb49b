package dev.spanda.server.gate.identity;

import dev.spanda.core.store.StoreLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh databases for tests: SQLite in memory, or one of a PostgreSQL server of this process. */
public enum Databases {
  MEMORY {
    @Override
    public StoreLocation fresh() {
      return StoreLocation.memory();
    }
  },
  POSTGRESQL {
    @Override
    public StoreLocation fresh() {
      return freshPostgresql();
    }
  };

  public abstract StoreLocation fresh();

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** An empty database, which any number of stores may open. */
  public static StoreLocation freshPostgresql() {
    String name = "d" + COUNT.incrementAndGet();
    try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return StoreLocation.postgresql(
        Holder.SERVER.getJdbcUrl("postgres", name), "postgres", "postgres");
  }

  private static final class Holder {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      try {
                        server.close();
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

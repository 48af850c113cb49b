package dev.spanda.biofield;

import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases on which everything stored is tested, each time a fresh one. */
public enum Databases {
  SQLITE {
    @Override
    public StoreLocation fresh(Path folder) {
      return StoreLocation.folder(folder.resolve("db" + COUNT.incrementAndGet()));
    }
  },
  POSTGRESQL {
    @Override
    public StoreLocation fresh(Path folder) {
      String name = "t" + COUNT.incrementAndGet();
      Server.execute(Server.INSTANCE, "CREATE DATABASE " + name + " TEMPLATE migrated");
      return Server.location(Server.INSTANCE, name);
    }
  };

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A place that nobody has used. */
  public abstract StoreLocation fresh(Path folder);

  private static final class Server {
    private static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
        execute(server, "CREATE DATABASE migrated");
        Store.open(location(server, "migrated")).close();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void close(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static StoreLocation location(EmbeddedPostgres server, String name) {
      return StoreLocation.postgresql(server.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    static void execute(EmbeddedPostgres server, String sql) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

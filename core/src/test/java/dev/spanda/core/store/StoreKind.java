package dev.spanda.core.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The databases that every test of something stored runs on, each test in a fresh one. */
public enum StoreKind {
  SQLITE {
    @Override
    public Place fresh() {
      try {
        Path folder = Files.createTempDirectory("spanda-store");
        return new Place(StoreLocation.folder(folder), () -> remove(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  MEMORY {
    @Override
    public Place fresh() {
      return new Place(StoreLocation.memory(), () -> {});
    }
  },
  POSTGRESQL {
    @Override
    public Place fresh() {
      String name = "t" + Server.COUNT.incrementAndGet();
      // A copy of a database whose tables are already there takes a tenth of making them again.
      Server.execute("CREATE DATABASE " + name + " TEMPLATE migrated");
      return new Place(
          StoreLocation.postgresql(
              Server.INSTANCE.getJdbcUrl("postgres", name), "postgres", "postgres"),
          () -> Server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"));
    }
  };

  /** A database that nobody else uses. */
  public record Place(StoreLocation location, Runnable removal) implements AutoCloseable {
    @Override
    public void close() {
      removal.run();
    }
  }

  public abstract Place fresh();

  /** Where an empty PostgreSQL database without any tables is. */
  public static StoreLocation emptyPostgresql() {
    String name = "e" + Server.COUNT.incrementAndGet();
    Server.execute("CREATE DATABASE " + name);
    return StoreLocation.postgresql(
        Server.INSTANCE.getJdbcUrl("postgres", name), "postgres", "postgres");
  }

  static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One server for all tests of this process. */
  private static final class Server {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
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
        execute(server, "CREATE DATABASE migrated");
        Store.open(
                StoreLocation.postgresql(
                    server.getJdbcUrl("postgres", "migrated"), "postgres", "postgres"))
            .close();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static void execute(String sql) {
      execute(INSTANCE, sql);
    }

    private static void execute(EmbeddedPostgres server, String sql) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

package dev.spanda.core.store;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables up to date with Flyway, and leaves Flyway alone when the database carries the
 * fingerprint of exactly this set of files: loading and asking it costs several times as much as
 * all the rest of opening.
 */
final class Migrations {

  private static final String ROOT = "dev/spanda/core/store/migration/";

  private Migrations() {}

  static void bringUpToDate(DataSource source, Store.Dialect dialect) throws SQLException {
    String[] folders = {
      ROOT + "common", ROOT + (dialect == Store.Dialect.SQLITE ? "sqlite" : "postgresql")
    };
    String fingerprint = fingerprint(folders);
    try (Connection connection = source.getConnection()) {
      if (fingerprint.equals(stored(connection, dialect))) {
        return;
      }
    }
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:" + folders[0], "classpath:" + folders[1])
        .table("schema_history")
        // Each room numbers its own files, so a new file of one may stand before an old of another.
        .outOfOrder(true)
        // A newer version of the program may have been here.
        .ignoreMigrationPatterns("*:future", "*:missing")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    try (Connection connection = source.getConnection()) {
      store(connection, fingerprint);
    }
  }

  private static @Nullable String stored(Connection connection, Store.Dialect dialect)
      throws SQLException {
    String exists =
        dialect == Store.Dialect.SQLITE
            ? "SELECT name FROM sqlite_master WHERE name = 'schema_fingerprint'"
            : "SELECT to_regclass('schema_fingerprint')::text";
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(exists)) {
        if (!rows.next() || rows.getString(1) == null) {
          return null;
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT fingerprint FROM schema_fingerprint")) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  private static void store(Connection connection, String fingerprint) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO schema_fingerprint (id, fingerprint) VALUES (1, ?)"
                + " ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint")) {
      statement.setString(1, fingerprint);
      statement.executeUpdate();
    }
  }

  /** A digest over the names and bytes of all SQL files in these folders of the class path. */
  private static String fingerprint(String... folders) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String folder : folders) {
        for (Map.Entry<String, byte[]> file : files(folder).entrySet()) {
          digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          digest.update(file.getValue());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> files(String folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Enumeration<URL> roots = Migrations.class.getClassLoader().getResources(folder);
    while (roots.hasMoreElements()) {
      URL root = roots.nextElement();
      if (root.openConnection() instanceof JarURLConnection jar) {
        for (JarEntry entry : (Iterable<JarEntry>) () -> entries(jar).iterator()) {
          if (entry.getName().startsWith(folder + "/") && entry.getName().endsWith(".sql")) {
            try (InputStream in = jar.getJarFile().getInputStream(entry)) {
              files.put(entry.getName(), in.readAllBytes());
            }
          }
        }
      } else {
        Path path = Path.of(uri(root));
        try (Stream<Path> list = Files.list(path)) {
          for (Path file : (Iterable<Path>) list::iterator) {
            if (file.toString().endsWith(".sql")) {
              files.put(folder + "/" + file.getFileName(), Files.readAllBytes(file));
            }
          }
        }
      }
    }
    if (files.isEmpty() && folder.endsWith("common")) {
      throw Failure.of(
          Failure.Reason.FAILED, "store", "No migrations found on the class path in " + folder);
    }
    return files;
  }

  private static Stream<JarEntry> entries(JarURLConnection jar) {
    try {
      return jar.getJarFile().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

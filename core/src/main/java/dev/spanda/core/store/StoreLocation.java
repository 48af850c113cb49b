package dev.spanda.core.store;

import java.nio.file.Path;
import java.util.Objects;

/** Where a {@link Store} keeps its records. */
public sealed interface StoreLocation {

  /** SQLite in the file {@code spanda.db} of a folder, which is made when it is missing. */
  static StoreLocation folder(Path folder) {
    return new Folder(folder);
  }

  /**
   * A PostgreSQL database.
   *
   * @param url begins with {@code jdbc:postgresql:}
   */
  static StoreLocation postgresql(String url, String user, String password) {
    return new Postgresql(url, user, password);
  }

  /** SQLite in memory, gone when the store is closed: for tests and trials. */
  static StoreLocation memory() {
    return new Memory();
  }

  /** SQLite in a folder, for one process at a time. */
  record Folder(Path folder) implements StoreLocation {
    /** Makes the path absolute. */
    public Folder {
      folder = folder.toAbsolutePath().normalize();
    }
  }

  /** PostgreSQL, for any number of processes. Its text form does not show the password. */
  record Postgresql(String url, String user, String password) implements StoreLocation {
    /** Checks the kind of the URL. */
    public Postgresql {
      Objects.requireNonNull(user);
      Objects.requireNonNull(password);
      if (!url.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException("url must begin with jdbc:postgresql:");
      }
    }

    @Override
    public String toString() {
      int query = url.indexOf('?');
      return "Postgresql[" + (query < 0 ? url : url.substring(0, query)) + ", " + user + "]";
    }
  }

  /** SQLite in memory. */
  record Memory() implements StoreLocation {}
}

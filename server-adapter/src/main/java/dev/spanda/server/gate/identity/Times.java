package dev.spanda.server.gate.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as the store keeps them: milliseconds since 1970. */
final class Times {

  private Times() {}

  static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(value);
  }
}

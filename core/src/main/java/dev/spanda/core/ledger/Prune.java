package dev.spanda.core.ledger;

import java.sql.PreparedStatement;

/** Forgets keys that are old enough. */
final class Prune {

  private static final String OLD_ENTRY =
      "EXISTS (SELECT 1 FROM ledger_entry e WHERE e.seq = ledger_key.seq AND e.made_at <"
          + " CASE WHEN e.idempotency_key LIKE 'spanda:%' THEN CAST(? AS BIGINT)"
          + " ELSE CAST(? AS BIGINT) END)";
  private static final String OLD_REFUSAL =
      "EXISTS (SELECT 1 FROM ledger_refusal r WHERE r.id = -ledger_key.seq AND r.made_at < ?)";
  private static final String OLD = "(" + OLD_ENTRY + " OR " + OLD_REFUSAL + ")";

  private Prune() {}

  static Database.Work<Long> sqlite(int slice, int slices, long before, long ownBefore) {
    long width = -(Long.MIN_VALUE / slices) * 2;
    long first = Long.MIN_VALUE + slice * width;
    return connection -> {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "DELETE FROM ledger_key WHERE digest BETWEEN ? AND ? AND " + OLD)) {
        statement.setLong(1, first);
        statement.setLong(2, first + (width - 1));
        statement.setLong(3, ownBefore);
        statement.setLong(4, before);
        statement.setLong(5, before);
        return (long) statement.executeUpdate();
      }
    };
  }

  static Database.Work<Long> postgresql(long before, long ownBefore) {
    return connection -> {
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM ledger_key WHERE " + OLD)) {
        statement.setLong(1, ownBefore);
        statement.setLong(2, before);
        statement.setLong(3, before);
        return (long) statement.executeUpdate();
      }
    };
  }

  static Database.Work<Long> refusals(long before) {
    return connection -> {
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM ledger_refusal WHERE made_at < ?")) {
        statement.setLong(1, before);
        return (long) statement.executeUpdate();
      }
    };
  }
}

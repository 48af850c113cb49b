package dev.spanda.core.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads an account's entries from the newest to the oldest along the numbers that each entry holds
 * of the one before it. No index by account is kept: it would be written at random with every
 * commit, while the chain is there anyway.
 */
final class History {

  private static final String WALK =
      "WITH RECURSIVE walk (seq, n) AS (SELECT CAST(? AS BIGINT), 1 UNION ALL"
          + " SELECT CASE WHEN e.from_no = ? THEN e.from_prev ELSE e.to_prev END, w.n + 1"
          + " FROM walk w JOIN ledger_entry e ON e.seq = w.seq WHERE w.n < ?)"
          + " SELECT e.seq, e.kind, e.made_at, e.from_no, e.to_no, e.amount, e.hold, e.extra,"
          + " e.from_prev, e.to_prev, e.from_posted, e.from_held, e.to_posted, e.idempotency_key,"
          + " e.body, e.memo, e.hash, a.id"
          + " FROM walk w JOIN ledger_entry e ON e.seq = w.seq"
          + " LEFT JOIN ledger_account a"
          + " ON a.no = CASE WHEN e.from_no = ? THEN e.to_no ELSE e.from_no END"
          + " WHERE w.n > ? ORDER BY w.n";

  private History() {}

  static Rows.@Nullable AccountRow account(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Tables.ACCOUNT + " WHERE id = ?")) {
      statement.setString(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Tables.account(rows) : null;
      }
    }
  }

  /** Entries beginning with the given one, after so many that are passed over. */
  static List<Account.Posting> walk(
      Connection connection, long account, long start, long offset, int limit) throws SQLException {
    List<Account.Posting> postings = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(WALK)) {
      statement.setLong(1, start);
      statement.setLong(2, account);
      statement.setLong(3, offset + limit);
      statement.setLong(4, account);
      statement.setLong(5, offset);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          postings.add(posting(Tables.entry(rows), account, rows.getString(18)));
        }
      }
    }
    return postings;
  }

  /** The number of the account's entry before the given one, or 0. */
  static long before(Connection connection, long account, long entry) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT CASE WHEN from_no = ? THEN from_prev ELSE to_prev END FROM ledger_entry"
                + " WHERE seq = ? AND (from_no = ? OR to_no = ?)")) {
      statement.setLong(1, account);
      statement.setLong(2, entry);
      statement.setLong(3, account);
      statement.setLong(4, account);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : -1;
      }
    }
  }

  private static Account.Posting posting(Entry entry, long account, @Nullable String counterpart) {
    boolean giving = entry.from == account;
    boolean bounds = entry.kind == Account.Kind.OPEN || entry.kind == Account.Kind.LIMIT;
    long change = moves(entry.kind) ? (giving ? -entry.amount : entry.amount) : 0;
    return new Account.Posting(
        entry.seq,
        entry.kind,
        Instant.ofEpochMilli(entry.at),
        Optional.ofNullable(counterpart),
        change,
        bounds ? 0 : entry.amount,
        giving ? entry.fromPosted : entry.toPosted,
        entry.hold == 0 ? OptionalLong.empty() : OptionalLong.of(entry.hold),
        Optional.ofNullable(entry.key),
        entry.kind == Account.Kind.OPEN ? "" : entry.memo);
  }

  /** Whether an entry of this kind changes posted balances. */
  static boolean moves(Account.Kind kind) {
    return switch (kind) {
      case TRANSFER, GRANT, POST, CREDIT_EXPIRED -> true;
      case OPEN, LIMIT, RESERVE, VOID, HOLD_EXPIRED -> false;
    };
  }
}

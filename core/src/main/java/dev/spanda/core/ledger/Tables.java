package dev.spanda.core.ledger;

import dev.spanda.core.ledger.Rows.AccountRow;
import dev.spanda.core.ledger.Rows.HoldRow;
import dev.spanda.core.ledger.Rows.Lot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger's tables as its writer sees them, on one connection at a time. */
abstract class Tables {

  static final String ACCOUNT =
      "SELECT no, id, floor, ceiling, posted, held, incoming, spent, next_due, entries, last_seq,"
          + " last_hash FROM ledger_account";
  static final String ENTRY =
      "SELECT seq, kind, made_at, from_no, to_no, amount, hold, extra, from_prev, to_prev,"
          + " from_posted, from_held, to_posted, idempotency_key, body, memo, hash"
          + " FROM ledger_entry";
  static final String HOLD =
      "SELECT id, from_no, to_no, amount, posted, state, expires_at FROM ledger_hold";
  static final String REFUSAL =
      "SELECT id, idempotency_key, body, reason, needed, available FROM ledger_refusal";
  private static final String DUE_HOLDS =
      "SELECT id FROM ledger_hold WHERE state = 0 AND expires_at IS NOT NULL AND expires_at <= ?";

  private static final Account.Kind[] KINDS = Account.Kind.values();
  private static final Outcome.Reason[] REASONS = Outcome.Reason.values();

  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private @Nullable Connection connection;

  /** Turns to a connection; statements made on an earlier one are kept while it is the same. */
  final void use(Connection other) throws SQLException {
    if (connection != other) {
      for (PreparedStatement statement : statements.values()) {
        try {
          statement.close();
        } catch (SQLException e) {
          // It belongs to a connection that is gone, and with it the statement.
        }
      }
      statements.clear();
      connection = other;
      tune();
    }
  }

  final Connection connection() {
    return java.util.Objects.requireNonNull(connection);
  }

  /** A prepared statement that stays prepared. */
  final PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection().prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** Sets what a new connection needs. */
  void tune() throws SQLException {}

  /** Begins a transaction and answers the requests whose keys are known. */
  abstract void begin(Books books, List<Request> batch) throws SQLException;

  /** Makes the transaction durable. */
  abstract void commit() throws SQLException;

  abstract void rollback() throws SQLException;

  /** Whether the same work may succeed when it is done again from the beginning. */
  abstract boolean worthAnotherTry(SQLException e);

  /** A number for an entry or a refusal, higher than all on any account that is locked. */
  abstract long nextSeq() throws SQLException;

  /** Writes what the books have changed. */
  abstract void write(Books books) throws SQLException;

  @Nullable AccountRow account(String id) throws SQLException {
    PreparedStatement statement = statement(ACCOUNT + " WHERE id = ?");
    statement.setString(1, id);
    return oneAccount(statement);
  }

  @Nullable AccountRow account(long no) throws SQLException {
    PreparedStatement statement = statement(ACCOUNT + " WHERE no = ?");
    statement.setLong(1, no);
    return oneAccount(statement);
  }

  private static @Nullable AccountRow oneAccount(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? account(rows) : null;
    }
  }

  @Nullable HoldRow hold(long id) throws SQLException {
    PreparedStatement statement = statement(HOLD + " WHERE id = ?");
    statement.setLong(1, id);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? hold(rows) : null;
    }
  }

  /** Pending holds that end by the given time and bind the account. */
  List<Long> dueHolds(AccountRow account, long now) throws SQLException {
    List<Long> ids = new ArrayList<>();
    // A hold towards an account without a ceiling does not bind it.
    List<String> sides =
        account.ceiling == Command.UNBOUNDED ? List.of("from_no") : List.of("from_no", "to_no");
    for (String side : sides) {
      PreparedStatement statement =
          statement(DUE_HOLDS + " AND " + side + " = ? ORDER BY expires_at, id");
      statement.setLong(1, now);
      statement.setLong(2, account.no);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }

  /** The account's lots with something left, those that end first before the others. */
  List<Lot> lots(long account) throws SQLException {
    PreparedStatement statement =
        statement(
            "SELECT seq, account_no, issuer_no, remaining, expires_at FROM ledger_lot"
                + " WHERE account_no = ? AND remaining > 0 ORDER BY expires_at, seq");
    statement.setLong(1, account);
    List<Lot> lots = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        lots.add(
            new Lot(
                rows.getLong(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5)));
      }
    }
    return lots;
  }

  void update(Lot lot) throws SQLException {
    PreparedStatement statement = statement("UPDATE ledger_lot SET remaining = ? WHERE seq = ?");
    statement.setLong(1, lot.remaining);
    statement.setLong(2, lot.seq);
    statement.executeUpdate();
  }

  /** The earliest end of a lot or of a pending hold that binds the account. */
  long nextDue(AccountRow account) throws SQLException {
    String holds =
        "SELECT MIN(expires_at) FROM ledger_hold WHERE state = 0"
            + " AND expires_at IS NOT NULL AND ";
    long due =
        Math.min(
            least(holds + "from_no = ?", account.no),
            least(
                "SELECT MIN(expires_at) FROM ledger_lot WHERE remaining > 0 AND account_no = ?",
                account.no));
    return account.ceiling == Command.UNBOUNDED
        ? due
        : Math.min(due, least(holds + "to_no = ?", account.no));
  }

  private long least(String sql, long account) throws SQLException {
    PreparedStatement statement = statement(sql);
    statement.setLong(1, account);
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      long value = rows.getLong(1);
      return rows.wasNull() ? Rows.NEVER : value;
    }
  }

  static AccountRow account(ResultSet rows) throws SQLException {
    AccountRow row = new AccountRow(rows.getLong(1), rows.getString(2));
    row.floor = rows.getLong(3);
    row.ceiling = rows.getLong(4);
    row.posted = rows.getLong(5);
    row.held = rows.getLong(6);
    row.incoming = rows.getLong(7);
    row.spent = rows.getLong(8);
    long due = rows.getLong(9);
    row.nextDue = rows.wasNull() ? Rows.NEVER : due;
    row.entries = rows.getLong(10);
    row.lastSeq = rows.getLong(11);
    row.lastHash = rows.getBytes(12);
    return row;
  }

  static HoldRow hold(ResultSet rows) throws SQLException {
    long end = rows.getLong(7);
    boolean endless = rows.wasNull();
    HoldRow row =
        new HoldRow(
            rows.getLong(1),
            rows.getLong(2),
            rows.getLong(3),
            rows.getLong(4),
            endless ? Rows.NEVER : end);
    row.posted = rows.getLong(5);
    row.state = rows.getInt(6);
    return row;
  }

  static Entry entry(ResultSet rows) throws SQLException {
    Entry entry = new Entry();
    entry.seq = rows.getLong(1);
    int kind = rows.getInt(2);
    if (kind < 0 || kind >= KINDS.length) {
      throw new SQLException("Entry " + entry.seq + " is of an unknown kind: " + kind);
    }
    entry.kind = KINDS[kind];
    entry.at = rows.getLong(3);
    entry.from = rows.getLong(4);
    entry.to = rows.getLong(5);
    entry.amount = rows.getLong(6);
    entry.hold = rows.getLong(7);
    entry.extra = rows.getLong(8);
    entry.fromPrev = rows.getLong(9);
    entry.toPrev = rows.getLong(10);
    entry.fromPosted = rows.getLong(11);
    entry.fromHeld = rows.getLong(12);
    entry.toPosted = rows.getLong(13);
    entry.key = rows.getString(14);
    entry.body = rows.getBytes(15);
    entry.memo = rows.getString(16);
    entry.hash = rows.getBytes(17);
    return entry;
  }

  static Outcome.Refused refusal(ResultSet rows) throws SQLException {
    return new Outcome.Refused(REASONS[rows.getInt(4)], rows.getLong(5), rows.getLong(6));
  }

  static void setDue(PreparedStatement statement, int index, long due) throws SQLException {
    if (due == Rows.NEVER) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, due);
    }
  }
}

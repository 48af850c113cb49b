package dev.spanda.core.ledger;

import dev.spanda.core.ledger.Rows.AccountRow;
import dev.spanda.core.ledger.Rows.Answer;
import dev.spanda.core.ledger.Rows.HoldRow;
import dev.spanda.core.ledger.Rows.Lot;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tables in PostgreSQL, shared with other nodes. A transaction first locks the rows of all
 * accounts it may need, in the order of their numbers, and reads everything else after that; when
 * it turns out to need another account it begins again with that one too. Two nodes that use one
 * key at once meet at the primary key of {@code ledger_key}, and the later one begins again.
 */
// The order of the constants is what is on disk: new ones go last.
@SuppressWarnings("EnumOrdinal")
final class PostgresqlTables extends Tables {

  private static final int SPARE_NUMBERS = 4;

  /** Accounts found to be needed in earlier tries at the same batch. */
  private final Set<Long> needed = new HashSet<>();

  private final Set<Long> locked = new HashSet<>();
  private final List<Long> numbers = new ArrayList<>();
  private int batchSize;

  /** An account is needed that is not locked. */
  private static final class Unlocked extends SQLException {
    Unlocked(long no) {
      super("Account " + no + " is not locked");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  @Override
  void begin(Books books, List<Request> batch) throws SQLException {
    // Nothing that was read before the locks may be believed.
    books.clear();
    locked.clear();
    numbers.clear();
    batchSize = batch.size();
    connection().setAutoCommit(false);
    findKeys(batch);
    Set<Long> holds = new TreeSet<>();
    Set<String> ids = new TreeSet<>();
    Set<Long> nos = new TreeSet<>(needed);
    for (Request request : batch) {
      if (request.outcome == null) {
        collect(request, ids, nos, holds);
      }
    }
    for (HoldRow hold : readHolds(holds)) {
      nos.add(hold.from);
      nos.add(hold.to);
    }
    PreparedStatement statement =
        statement(ACCOUNT + " WHERE id = ANY (?) OR no = ANY (?) ORDER BY no FOR UPDATE");
    statement.setArray(1, array("text", ids.toArray()));
    statement.setArray(2, array("bigint", nos.toArray()));
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        AccountRow row = account(rows);
        locked.add(row.no);
        books.keep(row);
      }
    }
    // The first reading told only which accounts to lock; what a hold is now counts.
    for (HoldRow hold : readHolds(holds)) {
      books.keep(hold);
    }
  }

  private static void collect(Request request, Set<String> ids, Set<Long> nos, Set<Long> holds) {
    Command command = request.command;
    if (command == null) {
      nos.add(request.settle);
    } else if (command instanceof Command.Open open) {
      ids.add(open.account());
    } else if (command instanceof Command.Limit limit) {
      ids.add(limit.account());
    } else if (command instanceof Command.Transfer transfer) {
      ids.add(transfer.from());
      ids.add(transfer.to());
    } else if (command instanceof Command.Grant grant) {
      ids.add(grant.from());
      ids.add(grant.to());
    } else if (command instanceof Command.Reserve reserve) {
      ids.add(reserve.from());
      ids.add(reserve.to());
    } else if (command instanceof Command.Post post) {
      holds.add(post.hold());
    } else if (command instanceof Command.Void release) {
      holds.add(release.hold());
    }
  }

  private java.sql.Array array(String type, Object[] values) throws SQLException {
    return connection().createArrayOf(type, values);
  }

  private List<HoldRow> readHolds(Set<Long> ids) throws SQLException {
    List<HoldRow> holds = new ArrayList<>();
    if (!ids.isEmpty()) {
      PreparedStatement statement = statement(HOLD + " WHERE id = ANY (?)");
      statement.setArray(1, array("bigint", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          holds.add(hold(rows));
        }
      }
    }
    return holds;
  }

  private void findKeys(List<Request> batch) throws SQLException {
    Map<String, List<Request>> byKey = new HashMap<>();
    for (Request request : batch) {
      if (request.key != null) {
        byKey.computeIfAbsent(request.key, key -> new ArrayList<>()).add(request);
      }
    }
    if (byKey.isEmpty()) {
      return;
    }
    Map<Long, String> answered = new HashMap<>();
    PreparedStatement statement =
        statement("SELECT seq, idempotency_key FROM ledger_key WHERE idempotency_key = ANY (?)");
    statement.setArray(1, array("text", byKey.keySet().toArray()));
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        answered.put(rows.getLong(1), rows.getString(2));
      }
    }
    if (answered.isEmpty()) {
      return;
    }
    Object[] entries = answered.keySet().stream().filter(number -> number > 0).toArray();
    Object[] refusals =
        answered.keySet().stream().filter(number -> number < 0).map(number -> -number).toArray();
    PreparedStatement some = statement(ENTRY + " WHERE seq = ANY (?)");
    some.setArray(1, array("bigint", entries));
    try (ResultSet rows = some.executeQuery()) {
      while (rows.next()) {
        Entry entry = entry(rows);
        for (Request request : byKey.getOrDefault(answered.get(entry.seq), List.of())) {
          request.answer(entry.outcome(), entry.body);
        }
      }
    }
    some = statement(REFUSAL + " WHERE id = ANY (?)");
    some.setArray(1, array("bigint", refusals));
    try (ResultSet rows = some.executeQuery()) {
      while (rows.next()) {
        for (Request request : byKey.getOrDefault(answered.get(-rows.getLong(1)), List.of())) {
          request.answer(refusal(rows), rows.getBytes(3));
        }
      }
    }
  }

  @Override
  @Nullable AccountRow account(String id) throws SQLException {
    // All names of the batch were asked for under the lock: one that was not there may since have
    // been opened by another node, whose key or name then stops this transaction.
    return null;
  }

  @Override
  @Nullable AccountRow account(long no) throws SQLException {
    if (!locked.contains(no)) {
      needed.add(no);
      throw new Unlocked(no);
    }
    return super.account(no);
  }

  @Override
  @Nullable HoldRow hold(long id) throws SQLException {
    HoldRow row = super.hold(id);
    if (row != null && !(locked.contains(row.from) && locked.contains(row.to))) {
      needed.add(row.from);
      needed.add(row.to);
      throw new Unlocked(row.from);
    }
    return row;
  }

  @Override
  void commit() throws SQLException {
    connection().commit();
    needed.clear();
  }

  @Override
  void rollback() throws SQLException {
    connection().rollback();
  }

  @Override
  boolean worthAnotherTry(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return e instanceof Unlocked
        || state.equals("23505")
        || state.equals("40001")
        || state.equals("40P01");
  }

  @Override
  long nextSeq() throws SQLException {
    if (numbers.isEmpty()) {
      PreparedStatement statement =
          statement("SELECT nextval('ledger_seq') FROM generate_series(1, ?)");
      statement.setInt(1, batchSize + SPARE_NUMBERS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
      }
      numbers.sort(Comparator.reverseOrder());
    }
    return numbers.remove(numbers.size() - 1);
  }

  @Override
  void write(Books books) throws SQLException {
    if (!books.newEntries.isEmpty()) {
      writeEntries(books.newEntries);
    }
    if (!books.answers.isEmpty()) {
      writeAnswers(books.answers);
    }
    if (!books.changedAccounts.isEmpty()) {
      writeAccounts(books.changedAccounts);
    }
    if (!books.changedHolds.isEmpty()) {
      writeHolds(books.changedHolds);
    }
    if (!books.newLots.isEmpty()) {
      writeLots(books.newLots);
    }
  }

  /** Columns of equal length, given to the server as arrays. */
  private final class Columns {
    private final String[] types;
    private final Object[][] values;

    Columns(int rows, String... types) {
      this.types = types;
      this.values = new Object[types.length][rows];
    }

    void set(int row, @Nullable Object... of) {
      for (int i = 0; i < of.length; i++) {
        values[i][row] = of[i];
      }
    }

    String unnest() {
      StringBuilder sql = new StringBuilder("unnest(");
      for (int i = 0; i < types.length; i++) {
        sql.append(i == 0 ? "?::" : ", ?::").append(types[i]).append("[]");
      }
      return sql.append(')').toString();
    }

    void execute(String sql) throws SQLException {
      PreparedStatement statement = statement(sql);
      for (int i = 0; i < types.length; i++) {
        if (types[i].equals("bytea")) {
          byte[][] bytes = Arrays.copyOf(values[i], values[i].length, byte[][].class);
          statement.setArray(i + 1, array("bytea", bytes));
        } else {
          statement.setArray(i + 1, array(types[i], values[i]));
        }
      }
      statement.executeUpdate();
    }
  }

  private static @Nullable Long due(long end) {
    return end == Rows.NEVER ? null : end;
  }

  private void writeEntries(List<Entry> entries) throws SQLException {
    Columns columns =
        new Columns(
            entries.size(),
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "bigint",
            "text",
            "bytea",
            "text",
            "bytea");
    int row = 0;
    for (Entry e : entries) {
      columns.set(
          row++,
          e.seq,
          (long) e.kind.ordinal(),
          e.at,
          e.from,
          e.to,
          e.amount,
          e.hold,
          e.extra,
          e.fromPrev,
          e.toPrev,
          e.fromPosted,
          e.fromHeld,
          e.toPosted,
          e.key,
          e.body,
          e.memo,
          e.hash);
    }
    columns.execute(
        "INSERT INTO ledger_entry (seq, kind, made_at, from_no, to_no, amount, hold, extra,"
            + " from_prev, to_prev, from_posted, from_held, to_posted, idempotency_key, body, memo,"
            + " hash) SELECT * FROM "
            + columns.unnest());
  }

  private void writeAnswers(List<Answer> answers) throws SQLException {
    // In the order of the keys, so that two nodes with the same keys wait for each other in line.
    List<Answer> sorted = new ArrayList<>(answers);
    sorted.sort(Comparator.comparing(answer -> String.valueOf(answer.request().key)));
    Columns keys = new Columns(sorted.size(), "text", "bigint");
    List<Answer> refused = new ArrayList<>();
    int row = 0;
    for (Answer answer : sorted) {
      keys.set(row++, answer.request().key, answer.seq());
      if (answer.refused() != null) {
        refused.add(answer);
      }
    }
    keys.execute("INSERT INTO ledger_key (idempotency_key, seq) SELECT * FROM " + keys.unnest());
    if (refused.isEmpty()) {
      return;
    }
    Columns refusals =
        new Columns(
            refused.size(), "bigint", "bigint", "text", "bytea", "bigint", "bigint", "bigint");
    row = 0;
    for (Answer answer : refused) {
      Outcome.Refused outcome = java.util.Objects.requireNonNull(answer.refused());
      refusals.set(
          row++,
          -answer.seq(),
          answer.at(),
          answer.request().key,
          answer.request().body,
          (long) outcome.reason().ordinal(),
          outcome.needed(),
          outcome.available());
    }
    refusals.execute(
        "INSERT INTO ledger_refusal (id, made_at, idempotency_key, body, reason, needed, available)"
            + " SELECT * FROM "
            + refusals.unnest());
  }

  private void writeAccounts(List<AccountRow> accounts) throws SQLException {
    List<AccountRow> fresh = accounts.stream().filter(row -> row.fresh).toList();
    List<AccountRow> known = accounts.stream().filter(row -> !row.fresh).toList();
    for (List<AccountRow> rows : List.of(fresh, known)) {
      if (rows.isEmpty()) {
        continue;
      }
      Columns columns =
          new Columns(
              rows.size(),
              "bigint",
              "text",
              "bigint",
              "bigint",
              "bigint",
              "bigint",
              "bigint",
              "bigint",
              "bigint",
              "bigint",
              "bigint",
              "bytea");
      int at = 0;
      for (AccountRow row : rows) {
        columns.set(
            at++,
            row.no,
            row.id,
            row.floor,
            row.ceiling,
            row.posted,
            row.held,
            row.incoming,
            row.spent,
            due(row.nextDue),
            row.entries,
            row.lastSeq,
            row.lastHash);
        locked.add(row.no);
      }
      columns.execute(
          rows == fresh
              ? "INSERT INTO ledger_account (no, id, floor, ceiling, posted, held, incoming, spent,"
                  + " next_due, entries, last_seq, last_hash) SELECT * FROM "
                  + columns.unnest()
              : "UPDATE ledger_account a SET floor = n.floor, ceiling = n.ceiling,"
                  + " posted = n.posted, held = n.held, incoming = n.incoming, spent = n.spent,"
                  + " next_due = n.next_due, entries = n.entries, last_seq = n.last_seq,"
                  + " last_hash = n.last_hash FROM "
                  + columns.unnest()
                  + " AS n (no, id, floor, ceiling, posted, held, incoming, spent, next_due,"
                  + " entries, last_seq, last_hash) WHERE a.no = n.no");
    }
  }

  private void writeHolds(List<HoldRow> holds) throws SQLException {
    List<HoldRow> fresh = holds.stream().filter(row -> row.fresh).toList();
    List<HoldRow> known = holds.stream().filter(row -> !row.fresh).toList();
    if (!fresh.isEmpty()) {
      Columns columns =
          new Columns(
              fresh.size(), "bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint");
      int at = 0;
      for (HoldRow row : fresh) {
        columns.set(
            at++,
            row.id,
            row.from,
            row.to,
            row.amount,
            row.posted,
            (long) row.state,
            due(row.expiresAt));
      }
      columns.execute(
          "INSERT INTO ledger_hold (id, from_no, to_no, amount, posted, state, expires_at)"
              + " SELECT * FROM "
              + columns.unnest());
    }
    if (!known.isEmpty()) {
      Columns columns = new Columns(known.size(), "bigint", "bigint", "bigint");
      int at = 0;
      for (HoldRow row : known) {
        columns.set(at++, row.id, row.posted, (long) row.state);
      }
      columns.execute(
          "UPDATE ledger_hold h SET posted = n.posted, state = n.state FROM "
              + columns.unnest()
              + " AS n (id, posted, state) WHERE h.id = n.id");
    }
  }

  private void writeLots(List<Lot> lots) throws SQLException {
    Columns columns = new Columns(lots.size(), "bigint", "bigint", "bigint", "bigint", "bigint");
    int at = 0;
    for (Lot lot : lots) {
      columns.set(at++, lot.seq, lot.account, lot.issuer, lot.remaining, lot.expiresAt);
    }
    columns.execute(
        "INSERT INTO ledger_lot (seq, account_no, issuer_no, remaining, expires_at)"
            + " SELECT * FROM "
            + columns.unnest());
  }
}

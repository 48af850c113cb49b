package dev.spanda.core.ledger;

import dev.spanda.core.ledger.Rows.AccountRow;
import dev.spanda.core.ledger.Rows.Answer;
import dev.spanda.core.ledger.Rows.HoldRow;
import dev.spanda.core.ledger.Rows.Lot;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables in SQLite. Rows stay in memory from one commit to the next while the last entry and
 * the last refusal in the file are the ones this object wrote; when they are not, somebody else has
 * written and everything is read anew.
 *
 * <p>Keys are looked up by their digest, which falls anywhere in the index: written at once, nearly
 * every command would change a page of its own. So keys wait in memory, while their entries hold
 * them on disk already, and under load each commit writes those that stand next to each other in
 * the index, sweeping over it again and again. What had not been written when the process ended is
 * found again in the entries after {@code ledger_indexed}.
 *
 * <p>The connection commits by itself as far as JDBC knows: the transaction is begun and ended in
 * SQL, so that it takes the write lock from the start whatever the data source is set to.
 */
// The order of the constants is what is on disk: new ones go last.
@SuppressWarnings("EnumOrdinal")
final class SqliteTables extends Tables {

  /** How many keys are looked up in one statement. */
  private static final int KEYS = 64;

  private static final int CACHE_KIBIBYTES = 64 * 1024;

  /** 16 MB of log: fewer, longer pauses. */
  private static final int CHECKPOINT_PAGES = 4_000;

  private static final int SPARE = 16;
  private static final int FEW = 8;
  private static final String INSERT_KEY =
      "INSERT OR IGNORE INTO ledger_key (digest, seq) VALUES (?, ?)";

  private static final String FIND_KEYS =
      "SELECT digest, seq FROM ledger_key WHERE digest IN (?" + ", ?".repeat(KEYS - 1) + ")";

  /** After as many commits without anybody else's, it is worth knowing the keys by heart. */
  private static final int COMMITS_ALONE = 64;

  /** How many keys of the index are read into the filter beside one commit. */
  private static final int FILTER_PIECE = 1_000;

  private long lastEntry = -1;
  private long lastRefusal = -1;
  private long seq;
  private long writtenEntry;
  private long writtenRefusal;

  /** Under load, as many keys wait. */
  private static final int WAITING_KEYS = 65_536;

  /** Digest to number, for keys that are not in the index yet. */
  private final TreeMap<Long, Long> waitingKeys = new TreeMap<>();

  private final KeyFilter filter = new KeyFilter();
  private long filteredTo = Long.MIN_VALUE;
  private int commitsAlone;
  private long sweep = Long.MIN_VALUE;
  private long sweepBegan;
  private int batchSize;

  @Override
  void tune() throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute("PRAGMA cache_size = -" + CACHE_KIBIBYTES);
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
    }
  }

  @Override
  void begin(Books books, List<Request> batch) throws SQLException {
    statement("BEGIN IMMEDIATE").execute();
    try (ResultSet rows =
        statement(
                "SELECT (SELECT MAX(seq) FROM ledger_entry), (SELECT MAX(id) FROM ledger_refusal)")
            .executeQuery()) {
      rows.next();
      writtenEntry = rows.getLong(1);
      writtenRefusal = rows.getLong(2);
    }
    if (writtenEntry != lastEntry || writtenRefusal != lastRefusal) {
      books.clear();
      seq = Math.max(writtenEntry, writtenRefusal);
      readWaitingKeys();
      filter.clear();
      commitsAlone = 0;
    } else if (batch.size() >= FEW) {
      fillFilter();
    }
    batchSize = batch.size();
    if (batch.isEmpty()) {
      // Work that is not a command may look at the index.
      writeKeys(Integer.MAX_VALUE);
    }
    findKeys(batch);
  }

  private void readWaitingKeys() throws SQLException {
    waitingKeys.clear();
    sweep = Long.MIN_VALUE;
    try (ResultSet rows = statement("SELECT seq FROM ledger_indexed").executeQuery()) {
      sweepBegan = rows.next() ? rows.getLong(1) : 0;
    }
    for (String sql :
        List.of(
            "SELECT seq, idempotency_key FROM ledger_entry"
                + " WHERE seq > ? AND idempotency_key IS NOT NULL",
            "SELECT -id, idempotency_key FROM ledger_refusal WHERE id > ?")) {
      PreparedStatement statement = statement(sql);
      statement.setLong(1, sweepBegan);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          enqueueKey(Chain.digest(rows.getString(2)), rows.getLong(1));
        }
      }
    }
  }

  /** Reads the next piece of the index, while nobody else writes to it. */
  private void fillFilter() throws SQLException {
    if (filter.full() || (!filter.begun() && ++commitsAlone == COMMITS_ALONE)) {
      filter.begin(seq);
      filteredTo = Long.MIN_VALUE;
    }
    if (!filter.begun() || filter.whole()) {
      return;
    }
    PreparedStatement statement =
        statement(
            "SELECT digest FROM ledger_key WHERE digest >= ? ORDER BY digest LIMIT "
                + FILTER_PIECE);
    statement.setLong(1, filteredTo);
    int count = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        filteredTo = rows.getLong(1);
        filter.add(filteredTo);
        count++;
      }
    }
    if (count < FILTER_PIECE) {
      filter.complete();
    }
  }

  private void enqueueKey(long digest, long number) throws SQLException {
    Long other = waitingKeys.putIfAbsent(digest, number);
    if (other != null && other != number) {
      // Two keys with one digest: rarer than anything, and the index takes both.
      PreparedStatement statement = statement(INSERT_KEY);
      filter.add(digest);
      statement.setLong(1, digest);
      statement.setLong(2, number);
      statement.executeUpdate();
    }
  }

  /** Writes the next of the waiting keys into the index. */
  private void writeKeys(int most) throws SQLException {
    if (most == 0 || waitingKeys.isEmpty()) {
      return;
    }
    PreparedStatement statement = statement(INSERT_KEY);
    long complete = -1;
    for (int i = 0; i < most && !waitingKeys.isEmpty(); i++) {
      Map.Entry<Long, Long> next = waitingKeys.ceilingEntry(sweep);
      if (next == null) {
        // All that waited when this sweep began has been written.
        complete = sweepBegan;
        sweepBegan = seq;
        next = waitingKeys.firstEntry();
      }
      sweep = next.getKey();
      filter.add(sweep);
      statement.setLong(1, sweep);
      statement.setLong(2, next.getValue());
      statement.addBatch();
      waitingKeys.remove(sweep);
    }
    statement.executeBatch();
    if (waitingKeys.isEmpty()) {
      sweep = Long.MIN_VALUE;
      sweepBegan = seq;
      complete = seq;
    }
    if (complete >= 0) {
      PreparedStatement mark =
          statement("INSERT OR REPLACE INTO ledger_indexed (id, seq) VALUES (1, ?)");
      mark.setLong(1, complete);
      mark.executeUpdate();
    }
  }

  private void findKeys(List<Request> batch) throws SQLException {
    Map<Long, List<Request>> wanted = new HashMap<>();
    for (Request request : batch) {
      if (request.key == null) {
        continue;
      }
      Long waits = waitingKeys.get(request.digest);
      if (waits != null) {
        answer(List.of(request), waits);
      }
      if (filter.mayHold(request.digest)) {
        wanted.computeIfAbsent(request.digest, digest -> new ArrayList<>()).add(request);
      }
    }
    List<Long> digests = new ArrayList<>(wanted.keySet());
    for (int from = 0; from < digests.size(); from += KEYS) {
      PreparedStatement statement = statement(FIND_KEYS);
      int to = Math.min(from + KEYS, digests.size());
      for (int i = 0; i < KEYS; i++) {
        // A digest asked for twice is found once: the last one fills up the statement.
        statement.setLong(i + 1, digests.get(Math.min(from + i, to - 1)));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          answer(wanted.getOrDefault(rows.getLong(1), List.of()), rows.getLong(2));
        }
      }
    }
  }

  private void answer(List<Request> requests, long number) throws SQLException {
    boolean refused = number < 0;
    PreparedStatement statement =
        statement(refused ? REFUSAL + " WHERE id = ?" : ENTRY + " WHERE seq = ?");
    statement.setLong(1, Math.abs(number));
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return;
      }
      Outcome outcome;
      byte[] body;
      String key;
      if (refused) {
        outcome = refusal(rows);
        key = rows.getString(2);
        body = rows.getBytes(3);
      } else {
        Entry entry = entry(rows);
        outcome = entry.outcome();
        key = String.valueOf(entry.key);
        body = entry.body;
      }
      for (Request request : requests) {
        if (key.equals(request.key)) {
          request.answer(outcome, body);
        }
      }
    }
  }

  @Override
  void commit() throws SQLException {
    if (waitingKeys.size() > WAITING_KEYS) {
      writeKeys(batchSize + SPARE);
    } else if (batchSize < FEW) {
      writeKeys(KEYS);
    }
    statement("COMMIT").execute();
    lastEntry = writtenEntry;
    lastRefusal = writtenRefusal;
  }

  @Override
  void rollback() throws SQLException {
    lastEntry = -1;
    lastRefusal = -1;
    filter.clear();
    statement("ROLLBACK").execute();
  }

  @Override
  boolean worthAnotherTry(SQLException e) {
    return false;
  }

  @Override
  long nextSeq() {
    return ++seq;
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
    for (Lot lot : books.newLots) {
      PreparedStatement statement =
          statement(
              "INSERT INTO ledger_lot (seq, account_no, issuer_no, remaining, expires_at)"
                  + " VALUES (?, ?, ?, ?, ?)");
      statement.setLong(1, lot.seq);
      statement.setLong(2, lot.account);
      statement.setLong(3, lot.issuer);
      statement.setLong(4, lot.remaining);
      statement.setLong(5, lot.expiresAt);
      statement.executeUpdate();
    }
  }

  private void writeEntries(List<Entry> entries) throws SQLException {
    PreparedStatement statement =
        statement(
            "INSERT INTO ledger_entry (seq, kind, made_at, from_no, to_no, amount, hold, extra,"
                + " from_prev, to_prev, from_posted, from_held, to_posted, idempotency_key, body,"
                + " memo, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (Entry entry : entries) {
      statement.setLong(1, entry.seq);
      statement.setInt(2, entry.kind.ordinal());
      statement.setLong(3, entry.at);
      statement.setLong(4, entry.from);
      statement.setLong(5, entry.to);
      statement.setLong(6, entry.amount);
      statement.setLong(7, entry.hold);
      statement.setLong(8, entry.extra);
      statement.setLong(9, entry.fromPrev);
      statement.setLong(10, entry.toPrev);
      statement.setLong(11, entry.fromPosted);
      statement.setLong(12, entry.fromHeld);
      statement.setLong(13, entry.toPosted);
      statement.setString(14, entry.key);
      statement.setBytes(15, entry.body);
      statement.setString(16, entry.memo);
      statement.setBytes(17, entry.hash);
      statement.addBatch();
      writtenEntry = entry.seq;
    }
    statement.executeBatch();
  }

  private void writeAnswers(List<Answer> answers) throws SQLException {
    PreparedStatement refusals =
        statement(
            "INSERT INTO ledger_refusal (id, made_at, idempotency_key, body, reason, needed,"
                + " available) VALUES (?, ?, ?, ?, ?, ?, ?)");
    boolean anyRefused = false;
    for (Answer answer : answers) {
      Request request = answer.request();
      enqueueKey(request.digest, answer.seq());
      Outcome.Refused refused = answer.refused();
      if (refused != null) {
        refusals.setLong(1, -answer.seq());
        refusals.setLong(2, answer.at());
        refusals.setString(3, request.key);
        refusals.setBytes(4, request.body);
        refusals.setInt(5, refused.reason().ordinal());
        refusals.setLong(6, refused.needed());
        refusals.setLong(7, refused.available());
        refusals.addBatch();
        anyRefused = true;
        writtenRefusal = -answer.seq();
      }
    }
    if (anyRefused) {
      refusals.executeBatch();
    }
  }

  private void writeAccounts(List<AccountRow> accounts) throws SQLException {
    PreparedStatement insert =
        statement(
            "INSERT INTO ledger_balance (posted, held, incoming, spent, next_due, entries,"
                + " last_seq, no) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    PreparedStatement update =
        statement(
            "UPDATE ledger_balance SET posted = ?, held = ?, incoming = ?, spent = ?,"
                + " next_due = ?, entries = ?, last_seq = ? WHERE no = ?");
    boolean anyInsert = false;
    boolean anyUpdate = false;
    for (AccountRow row : accounts) {
      if (row.fresh || row.rebound) {
        writeName(row);
      }
      PreparedStatement statement = row.fresh ? insert : update;
      statement.setLong(1, row.posted);
      statement.setLong(2, row.held);
      statement.setLong(3, row.incoming);
      statement.setLong(4, row.spent);
      setDue(statement, 5, row.nextDue);
      statement.setLong(6, row.entries);
      statement.setLong(7, row.lastSeq);
      statement.setLong(8, row.no);
      if (row.fresh) {
        anyInsert = true;
      } else {
        anyUpdate = true;
      }
      statement.addBatch();
    }
    if (anyInsert) {
      insert.executeBatch();
    }
    if (anyUpdate) {
      update.executeBatch();
    }
  }

  private void writeName(AccountRow row) throws SQLException {
    PreparedStatement statement =
        statement(
            "INSERT INTO ledger_name (no, id, floor, ceiling) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (no) DO UPDATE SET floor = excluded.floor,"
                + " ceiling = excluded.ceiling");
    statement.setLong(1, row.no);
    statement.setString(2, row.id);
    statement.setLong(3, row.floor);
    statement.setLong(4, row.ceiling);
    statement.executeUpdate();
  }

  private void writeHolds(List<HoldRow> holds) throws SQLException {
    PreparedStatement insert =
        statement(
            "INSERT INTO ledger_hold (posted, state, id, from_no, to_no, amount, expires_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    PreparedStatement update =
        statement("UPDATE ledger_hold SET posted = ?, state = ? WHERE id = ?");
    boolean anyInsert = false;
    boolean anyUpdate = false;
    for (HoldRow row : holds) {
      PreparedStatement statement = row.fresh ? insert : update;
      statement.setLong(1, row.posted);
      statement.setInt(2, row.state);
      statement.setLong(3, row.id);
      if (row.fresh) {
        statement.setLong(4, row.from);
        statement.setLong(5, row.to);
        statement.setLong(6, row.amount);
        setDue(statement, 7, row.expiresAt);
        anyInsert = true;
      } else {
        anyUpdate = true;
      }
      statement.addBatch();
    }
    if (anyInsert) {
      insert.executeBatch();
    }
    if (anyUpdate) {
      update.executeBatch();
    }
  }
}

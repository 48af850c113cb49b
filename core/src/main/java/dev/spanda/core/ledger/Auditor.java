package dev.spanda.core.ledger;

import dev.spanda.core.ledger.Rows.AccountRow;
import dev.spanda.core.ledger.Rows.HoldRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Works all entries through again from the first, with rules written a second time and nothing
 * believed but the entries, and then holds the result against the accounts and holds. Memory is
 * needed for the accounts and for the holds.
 */
// The order of the constants is what is on disk: new ones go last.
@SuppressWarnings("EnumOrdinal")
final class Auditor {

  private static final int FETCH = 2000;

  private final Chain chain = new Chain();
  private final Map<Long, AccountRow> accounts = new TreeMap<>();
  private final Map<Long, HoldRow> holds = new HashMap<>();
  private long entries;

  static Audit audit(Connection connection) throws SQLException {
    return new Auditor().run(connection);
  }

  private Audit run(Connection connection) throws SQLException {
    Audit.@Nullable Break found = entries(connection);
    if (found == null) {
      found = accounts(connection);
    }
    if (found == null) {
      found = holds(connection);
    }
    Chain.Head head = new Chain.Head();
    accounts.forEach((no, row) -> head.add(no, row.lastHash));
    long pending = holds.values().stream().filter(row -> row.state == HoldRow.PENDING).count();
    return new Audit(entries, accounts.size(), pending, head.hex(), Optional.ofNullable(found));
  }

  private static Audit.Break broken(Entry entry, String what) {
    return new Audit.Break("ledger_entry", entry.seq, what);
  }

  private Audit.@Nullable Break entries(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Tables.ENTRY + " ORDER BY seq")) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Entry entry;
          try {
            entry = Tables.entry(rows);
          } catch (SQLException e) {
            return new Audit.Break("ledger_entry", rows.getLong(1), String.valueOf(e.getMessage()));
          }
          entries++;
          Audit.Break found = entry(entry);
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  private Audit.@Nullable Break entry(Entry entry) {
    AccountRow from = accounts.get(entry.from);
    if (entry.kind == Account.Kind.OPEN) {
      if (from != null || entry.from != entry.seq) {
        return broken(entry, "opens account " + entry.from + ", which is not its own number");
      }
      from = new AccountRow(entry.seq, entry.memo);
      accounts.put(from.no, from);
    }
    AccountRow to = entry.to == 0 ? null : accounts.get(entry.to);
    boolean bounds = entry.kind == Account.Kind.OPEN || entry.kind == Account.Kind.LIMIT;
    if (from == null || bounds != (entry.to == 0) || (entry.to != 0 && to == null)) {
      return broken(entry, "names accounts " + entry.from + " and " + entry.to);
    }
    Audit.Break gap = linked(entry, entry.fromPrev, from);
    if (gap == null && to != null) {
      gap = linked(entry, entry.toPrev, to);
    }
    if (gap != null) {
      return gap;
    }
    byte[] hash = chain.hash(entry, from.lastHash, to == null ? Chain.START : to.lastHash);
    if (!Chain.same(hash, entry.hash)) {
      return broken(entry, "its hash does not follow from its content and its forerunners");
    }
    String wrong = to == null ? limit(entry, from) : move(entry, from, to);
    if (wrong != null) {
      return broken(entry, wrong);
    }
    if (entry.fromPosted != from.posted
        || entry.fromHeld != from.held
        || entry.toPosted != (to == null ? 0 : to.posted)) {
      return broken(
          entry,
          "says balances "
              + entry.fromPosted
              + ", "
              + entry.fromHeld
              + " held, "
              + entry.toPosted
              + "; the entries give "
              + from.posted
              + ", "
              + from.held
              + ", "
              + (to == null ? 0 : to.posted));
    }
    touch(entry, from);
    if (to != null) {
      touch(entry, to);
    }
    return null;
  }

  private static void touch(Entry entry, AccountRow row) {
    row.lastSeq = entry.seq;
    row.lastHash = entry.hash;
    row.entries++;
  }

  private static Audit.@Nullable Break linked(Entry entry, long prev, AccountRow row) {
    if (prev == row.lastSeq) {
      return null;
    }
    if (prev > row.lastSeq && prev < entry.seq) {
      return new Audit.Break(
          "ledger_entry",
          prev,
          "is missing from account " + row.no + ": entry " + entry.seq + " follows it");
    }
    return broken(
        entry,
        "follows entry " + prev + " on account " + row.no + ", whose last is " + row.lastSeq);
  }

  private static @Nullable String limit(Entry entry, AccountRow row) {
    row.floor = entry.amount;
    row.ceiling = entry.extra;
    return row.floor > row.ceiling ? "has a floor above its ceiling" : null;
  }

  private @Nullable String move(Entry entry, AccountRow from, AccountRow to) {
    long amount = entry.amount;
    if (amount < 1) {
      return "moves " + amount;
    }
    switch (entry.kind) {
      case TRANSFER, GRANT -> {
        if (from.posted - from.held - from.floor < amount) {
          return "takes " + amount + " and breaks the floor of account " + from.no;
        }
        if (to.ceiling - to.posted - to.incoming < amount) {
          return "gives " + amount + " and breaks the ceiling of account " + to.no;
        }
        from.posted -= amount;
        to.posted += amount;
      }
      case RESERVE -> {
        if (from.posted - from.held - from.floor < amount) {
          return "holds " + amount + " and breaks the floor of account " + from.no;
        }
        if (to.ceiling - to.posted - to.incoming < amount) {
          return "holds " + amount + " and breaks the ceiling of account " + to.no;
        }
        from.held += amount;
        to.incoming += amount;
        holds.put(
            entry.seq,
            new HoldRow(
                entry.seq, from.no, to.no, amount, entry.extra == 0 ? Rows.NEVER : entry.extra));
        if (entry.hold != entry.seq) {
          return "makes hold " + entry.hold + ", which is not its own number";
        }
      }
      case POST, VOID, HOLD_EXPIRED -> {
        HoldRow hold = holds.get(entry.hold);
        if (hold == null || hold.from != from.no || hold.to != to.no) {
          return "settles hold " + entry.hold + ", which these accounts do not have";
        }
        if (hold.state != HoldRow.PENDING) {
          return "settles hold " + entry.hold + " a second time";
        }
        boolean posts = entry.kind == Account.Kind.POST;
        if (posts ? amount > hold.amount : amount != hold.amount) {
          return "settles " + amount + " of a hold of " + hold.amount;
        }
        if (entry.kind == Account.Kind.HOLD_EXPIRED
            ? entry.at < hold.expiresAt
            : entry.at >= hold.expiresAt) {
          return "settles hold " + entry.hold + " on the wrong side of its end";
        }
        from.held -= hold.amount;
        to.incoming -= hold.amount;
        hold.state =
            switch (entry.kind) {
              case POST -> Account.HoldState.POSTED.ordinal();
              case VOID -> Account.HoldState.VOID.ordinal();
              default -> Account.HoldState.EXPIRED.ordinal();
            };
        if (posts) {
          hold.posted = amount;
          from.posted -= amount;
          to.posted += amount;
        }
      }
      case CREDIT_EXPIRED -> {
        if (from.posted - from.held < amount) {
          return "lets " + amount + " expire, more than account " + from.no + " has free";
        }
        from.posted -= amount;
        to.posted += amount;
      }
      default -> {
        return "is of a kind that has no second account";
      }
    }
    return null;
  }

  private Audit.@Nullable Break accounts(Connection connection) throws SQLException {
    int seen = 0;
    long total = 0;
    try (PreparedStatement statement =
            connection.prepareStatement(Tables.ACCOUNT + " ORDER BY no");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        AccountRow row = Tables.account(rows);
        AccountRow mine = accounts.get(row.no);
        seen++;
        total += row.posted;
        if (mine == null) {
          return new Audit.Break("ledger_account", row.no, "was never opened");
        }
        if (!Chain.same(row.lastHash, mine.lastHash) || row.lastSeq != mine.lastSeq) {
          return row.lastSeq > mine.lastSeq
              ? new Audit.Break(
                  "ledger_entry", row.lastSeq, "is missing at the end of account " + row.no)
              : new Audit.Break("ledger_account", row.no, "has another last entry or hash");
        }
        if (!row.id.equals(mine.id)
            || row.floor != mine.floor
            || row.ceiling != mine.ceiling
            || row.posted != mine.posted
            || row.held != mine.held
            || row.incoming != mine.incoming
            || row.entries != mine.entries) {
          return new Audit.Break(
              "ledger_account",
              row.no,
              "says " + numbers(row) + "; the entries give " + numbers(mine));
        }
      }
    }
    if (seen != accounts.size()) {
      return new Audit.Break("ledger_account", 0, "has " + seen + " rows for " + accounts.size());
    }
    // Every entry takes as much as it gives, so this can only fail where something above did.
    return total == 0
        ? null
        : new Audit.Break("ledger_account", 0, "the balances add up to " + total);
  }

  private static String numbers(AccountRow row) {
    return "name "
        + row.id
        + ", bounds "
        + row.floor
        + " to "
        + row.ceiling
        + ", posted "
        + row.posted
        + ", held "
        + row.held
        + ", incoming "
        + row.incoming
        + ", entries "
        + row.entries;
  }

  private Audit.@Nullable Break holds(Connection connection) throws SQLException {
    int seen = 0;
    try (PreparedStatement statement = connection.prepareStatement(Tables.HOLD + " ORDER BY id")) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          HoldRow row = Tables.hold(rows);
          HoldRow mine = holds.get(row.id);
          seen++;
          if (mine == null
              || row.from != mine.from
              || row.to != mine.to
              || row.amount != mine.amount
              || row.posted != mine.posted
              || row.state != mine.state
              || row.expiresAt != mine.expiresAt) {
            return new Audit.Break("ledger_hold", row.id, "is not as its entries left it");
          }
        }
      }
    }
    return seen == holds.size()
        ? null
        : new Audit.Break("ledger_hold", 0, "has " + seen + " rows for " + holds.size());
  }
}

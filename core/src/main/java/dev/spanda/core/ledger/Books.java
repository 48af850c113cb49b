package dev.spanda.core.ledger;

import dev.spanda.core.ledger.Rows.AccountRow;
import dev.spanda.core.ledger.Rows.Answer;
import dev.spanda.core.ledger.Rows.HoldRow;
import dev.spanda.core.ledger.Rows.Lot;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the books, worked on rows in memory: reads what it needs through {@link Tables},
 * collects what has changed and writes it in batches. Whether rows may be kept from one commit to
 * the next is for the tables to say. Not thread-safe; belongs to the writer.
 */
// The order of the constants is what is on disk: new ones go last.
@SuppressWarnings("EnumOrdinal")
final class Books {

  private final Tables tables;
  private final Chain chain = new Chain();
  private final Map<String, AccountRow> accountsById = new HashMap<>();
  private final Map<Long, AccountRow> accountsByNo = new HashMap<>();
  private final Map<Long, HoldRow> holds = new HashMap<>();
  private final Map<String, Request> firstOfKey = new HashMap<>();

  final List<Entry> newEntries = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  final List<AccountRow> changedAccounts = new ArrayList<>();
  final List<HoldRow> changedHolds = new ArrayList<>();
  final List<Lot> newLots = new ArrayList<>();
  private long now;
  private @Nullable Entry last;

  Books(Tables tables) {
    this.tables = tables;
  }

  /** Forgets everything, the changes that are not written too. */
  void clear() {
    accountsById.clear();
    accountsByNo.clear();
    holds.clear();
    forgetChanges();
  }

  private void forgetChanges() {
    firstOfKey.clear();
    newEntries.clear();
    answers.clear();
    changedAccounts.clear();
    changedHolds.clear();
    newLots.clear();
  }

  /** After a commit: keeps what later commands may ask for, up to a number of rows. */
  void trim(int most) {
    firstOfKey.clear();
    if (accountsByNo.size() > most || holds.size() > most) {
      clear();
    }
  }

  void keep(AccountRow row) {
    accountsById.put(row.id, row);
    accountsByNo.put(row.no, row);
  }

  void keep(HoldRow row) {
    holds.put(row.id, row);
  }

  @Nullable HoldRow keptHold(long id) {
    return holds.get(id);
  }

  /**
   * Sets the outcome of every request that has none, and leaves every change written but not
   * committed.
   */
  void work(List<Request> batch, long at) throws SQLException {
    now = at;
    for (Request request : batch) {
      if (request.key == null) {
        AccountRow account = account(request.settle);
        if (account != null) {
          settle(account);
        }
        continue;
      }
      if (request.outcome != null) {
        // The tables knew the key.
        continue;
      }
      Request first = firstOfKey.putIfAbsent(request.key, request);
      if (first != null && first.outcome != null) {
        request.answer(first.outcome, first.body);
        continue;
      }
      answer(request);
    }
    write();
  }

  private void answer(Request request) throws SQLException {
    last = null;
    Outcome outcome = apply(request);
    if (outcome instanceof Outcome.Refused refused) {
      answers.add(new Answer(request, -tables.nextSeq(), now, refused));
      request.outcome = refused;
      return;
    }
    Entry entry = java.util.Objects.requireNonNull(last);
    answers.add(new Answer(request, entry.seq, now, null));
    request.outcome = entry.outcome();
  }

  /** Null for a command that was done; its entry is then {@link #last}. */
  private Outcome.@Nullable Refused apply(Request request) throws SQLException {
    Command command = java.util.Objects.requireNonNull(request.command);
    if (command instanceof Command.Open open) {
      return open(request, open);
    } else if (command instanceof Command.Limit limit) {
      return limit(request, limit);
    } else if (command instanceof Command.Transfer transfer) {
      return move(
          request,
          Account.Kind.TRANSFER,
          transfer.from(),
          transfer.to(),
          transfer.amount(),
          0,
          transfer.memo());
    } else if (command instanceof Command.Grant grant) {
      return move(
          request,
          Account.Kind.GRANT,
          grant.from(),
          grant.to(),
          grant.amount(),
          grant.expiresAt().toEpochMilli(),
          grant.memo());
    } else if (command instanceof Command.Reserve reserve) {
      return move(
          request,
          Account.Kind.RESERVE,
          reserve.from(),
          reserve.to(),
          reserve.amount(),
          reserve.expiresAt().isPresent() ? reserve.expiresAt().get().toEpochMilli() : Rows.NEVER,
          reserve.memo());
    } else if (command instanceof Command.Post post) {
      return post(request, post);
    }
    return release(request, (Command.Void) command);
  }

  private static Outcome.Refused refuse(Outcome.Reason reason) {
    return new Outcome.Refused(reason, 0, 0);
  }

  private Outcome.@Nullable Refused open(Request request, Command.Open open) throws SQLException {
    if (account(open.account()) != null) {
      return refuse(Outcome.Reason.ACCOUNT_EXISTS);
    }
    long seq = tables.nextSeq();
    AccountRow row = new AccountRow(seq, open.account());
    row.floor = open.floor();
    row.ceiling = open.ceiling();
    row.fresh = true;
    keep(row);
    bounds(request, seq, Account.Kind.OPEN, row, open.account());
    return null;
  }

  private Outcome.@Nullable Refused limit(Request request, Command.Limit limit)
      throws SQLException {
    AccountRow row = current(limit.account());
    if (row == null) {
      return refuse(Outcome.Reason.NO_ACCOUNT);
    }
    row.floor = limit.floor();
    row.ceiling = limit.ceiling();
    row.rebound = true;
    // With a ceiling, holds towards the account matter to it from now on.
    write();
    row.nextDue = tables.nextDue(row);
    bounds(request, tables.nextSeq(), Account.Kind.LIMIT, row, "");
    return null;
  }

  private void bounds(Request request, long seq, Account.Kind kind, AccountRow row, String memo) {
    Entry entry = new Entry();
    entry.seq = seq;
    entry.kind = kind;
    entry.amount = row.floor;
    entry.extra = row.ceiling;
    entry.memo = memo;
    append(entry, request, row, null);
  }

  private Outcome.@Nullable Refused move(
      Request request,
      Account.Kind kind,
      String fromId,
      String toId,
      long amount,
      long end,
      String memo)
      throws SQLException {
    AccountRow from = current(fromId);
    AccountRow to = current(toId);
    if (from == null || to == null) {
      return refuse(Outcome.Reason.NO_ACCOUNT);
    }
    if (kind != Account.Kind.TRANSFER && end <= now) {
      return refuse(Outcome.Reason.EXPIRED);
    }
    long available = from.posted - from.held - from.floor;
    if (available < amount) {
      return new Outcome.Refused(Outcome.Reason.INSUFFICIENT, amount, available);
    }
    long room = to.ceiling - to.posted - to.incoming;
    if (room < amount) {
      return new Outcome.Refused(Outcome.Reason.NO_ROOM, amount, room);
    }
    Entry entry = new Entry();
    entry.seq = tables.nextSeq();
    entry.kind = kind;
    entry.amount = amount;
    entry.extra = end == Rows.NEVER ? 0 : end;
    entry.memo = memo;
    if (kind == Account.Kind.RESERVE) {
      from.held += amount;
      to.incoming += amount;
      HoldRow hold = new HoldRow(entry.seq, from.no, to.no, amount, end);
      hold.fresh = true;
      change(hold);
      keep(hold);
      entry.hold = hold.id;
      if (end != Rows.NEVER) {
        from.dueBy(end);
        if (to.ceiling != Command.UNBOUNDED) {
          to.dueBy(end);
        }
      }
    } else {
      if (kind == Account.Kind.GRANT) {
        // What was spent so far, debt included, was not spent from these credits, except for debt.
        write();
        allocate(to, tables.lots(to.no));
        to.spent = Math.min(amount, Math.max(0, -to.posted));
        newLots.add(new Lot(entry.seq, to.no, from.no, amount, end));
        to.dueBy(end);
      }
      from.posted -= amount;
      from.spent += amount;
      to.posted += amount;
    }
    append(entry, request, from, to);
    return null;
  }

  private Outcome.@Nullable Refused post(Request request, Command.Post post) throws SQLException {
    HoldRow hold = hold(post.hold());
    Outcome.Refused refused = unsettled(hold);
    if (refused != null || hold == null) {
      return refused;
    }
    long amount = post.amount().orElse(hold.amount);
    if (amount > hold.amount) {
      return new Outcome.Refused(Outcome.Reason.ABOVE_HOLD, amount, hold.amount);
    }
    end(request, hold, Account.Kind.POST, amount);
    return null;
  }

  private Outcome.@Nullable Refused release(Request request, Command.Void release)
      throws SQLException {
    HoldRow hold = hold(release.hold());
    Outcome.Refused refused = unsettled(hold);
    if (refused != null || hold == null) {
      return refused;
    }
    end(request, hold, Account.Kind.VOID, 0);
    return null;
  }

  private Outcome.@Nullable Refused unsettled(@Nullable HoldRow hold) throws SQLException {
    if (hold == null) {
      return refuse(Outcome.Reason.NO_HOLD);
    }
    if (hold.state == HoldRow.PENDING && hold.expiresAt <= now) {
      end(null, hold, Account.Kind.HOLD_EXPIRED, 0);
    }
    if (hold.state == HoldRow.PENDING) {
      return null;
    }
    return refuse(
        hold.state == Account.HoldState.EXPIRED.ordinal()
            ? Outcome.Reason.EXPIRED
            : Outcome.Reason.HOLD_SETTLED);
  }

  /** Ends a pending hold; what is not posted is free again. */
  private void end(@Nullable Request request, HoldRow hold, Account.Kind kind, long posted)
      throws SQLException {
    AccountRow from = known(hold.from);
    AccountRow to = known(hold.to);
    from.held -= hold.amount;
    to.incoming -= hold.amount;
    from.posted -= posted;
    from.spent += posted;
    to.posted += posted;
    hold.posted = posted;
    hold.state =
        switch (kind) {
          case POST -> Account.HoldState.POSTED.ordinal();
          case VOID -> Account.HoldState.VOID.ordinal();
          default -> Account.HoldState.EXPIRED.ordinal();
        };
    change(hold);
    Entry entry = new Entry();
    entry.seq = tables.nextSeq();
    entry.kind = kind;
    entry.amount = kind == Account.Kind.POST ? posted : hold.amount;
    entry.hold = hold.id;
    append(entry, request, from, to);
  }

  /** Ends what is due on an account: holds first, for what they free can then expire. */
  private void settle(AccountRow account) throws SQLException {
    if (account.nextDue > now) {
      return;
    }
    write();
    for (long id : tables.dueHolds(account, now)) {
      HoldRow hold = hold(id);
      if (hold != null && hold.state == HoldRow.PENDING) {
        end(null, hold, Account.Kind.HOLD_EXPIRED, 0);
      }
    }
    List<Lot> lots = tables.lots(account.no);
    allocate(account, lots);
    for (Lot lot : lots) {
      long free = account.posted - account.held - Math.max(0, account.floor);
      long amount = Math.min(lot.remaining, Math.max(0, free));
      if (lot.expiresAt > now || amount == 0) {
        continue;
      }
      AccountRow issuer = known(lot.issuer);
      account.posted -= amount;
      issuer.posted += amount;
      lot.remaining -= amount;
      tables.update(lot);
      Entry entry = new Entry();
      entry.seq = tables.nextSeq();
      entry.kind = Account.Kind.CREDIT_EXPIRED;
      entry.amount = amount;
      append(entry, null, account, issuer);
    }
    write();
    account.nextDue = tables.nextDue(account);
    change(account);
  }

  /** Sets what was spent against lots, those that end first before the others. */
  private void allocate(AccountRow account, List<Lot> lots) throws SQLException {
    for (Lot lot : lots) {
      long taken = Math.min(lot.remaining, account.spent);
      if (taken > 0) {
        lot.remaining -= taken;
        account.spent -= taken;
        tables.update(lot);
      }
    }
    lots.removeIf(lot -> lot.remaining == 0);
    // The rest came from credits that do not expire.
    account.spent = 0;
    change(account);
  }

  private void append(
      Entry entry, @Nullable Request request, AccountRow from, @Nullable AccountRow to) {
    entry.at = now;
    entry.from = from.no;
    entry.fromPrev = from.lastSeq;
    entry.fromPosted = from.posted;
    entry.fromHeld = from.held;
    byte[] toHash = Chain.START;
    if (to != null) {
      entry.to = to.no;
      entry.toPrev = to.lastSeq;
      entry.toPosted = to.posted;
      toHash = to.lastHash;
    }
    if (request != null) {
      entry.key = request.key;
      entry.body = request.body;
    }
    entry.hash = chain.hash(entry, from.lastHash, toHash);
    touch(entry, from);
    if (to != null) {
      touch(entry, to);
    }
    newEntries.add(entry);
    last = entry;
  }

  private void touch(Entry entry, AccountRow account) {
    account.lastSeq = entry.seq;
    account.lastHash = entry.hash;
    account.entries++;
    change(account);
  }

  private void change(AccountRow account) {
    if (!account.dirty) {
      account.dirty = true;
      changedAccounts.add(account);
    }
  }

  private void change(HoldRow hold) {
    if (!hold.dirty) {
      hold.dirty = true;
      changedHolds.add(hold);
    }
  }

  private @Nullable AccountRow current(String id) throws SQLException {
    AccountRow row = account(id);
    if (row != null) {
      settle(row);
    }
    return row;
  }

  private @Nullable AccountRow account(String id) throws SQLException {
    AccountRow row = accountsById.get(id);
    if (row == null) {
      row = tables.account(id);
      if (row != null) {
        keep(row);
      }
    }
    return row;
  }

  private @Nullable AccountRow account(long no) throws SQLException {
    AccountRow row = accountsByNo.get(no);
    if (row == null) {
      row = tables.account(no);
      if (row != null) {
        keep(row);
      }
    }
    return row;
  }

  private AccountRow known(long no) throws SQLException {
    AccountRow row = account(no);
    if (row == null) {
      throw new SQLException("The account " + no + " that a row names is not there");
    }
    return row;
  }

  private @Nullable HoldRow hold(long id) throws SQLException {
    HoldRow row = holds.get(id);
    if (row == null) {
      row = tables.hold(id);
      if (row != null) {
        keep(row);
      }
    }
    return row;
  }

  /** Writes what has changed into the open transaction. */
  private void write() throws SQLException {
    tables.write(this);
    for (AccountRow row : changedAccounts) {
      row.dirty = false;
      row.fresh = false;
      row.rebound = false;
    }
    for (HoldRow row : changedHolds) {
      row.dirty = false;
      row.fresh = false;
      if (row.state != HoldRow.PENDING) {
        holds.remove(row.id);
      }
    }
    newEntries.clear();
    answers.clear();
    changedAccounts.clear();
    changedHolds.clear();
    newLots.clear();
  }
}

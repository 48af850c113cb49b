package dev.spanda.core.ledger;

import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.store.Store;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;

/**
 * Double-entry books in the application's own database: whole amounts that move between accounts,
 * are held and released, and never appear or vanish.
 *
 * <pre>{@code
 * try (Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
 *   ledger.execute("open-bank", Command.Open.unbounded("bank"));
 *   ledger.execute("open-ann", Command.Open.purse("ann"));
 *   ledger.execute("buy-1", new Command.Transfer("bank", "ann", 500, "purchase"));
 *   Outcome held = ledger.execute("job-7", new Command.Reserve("ann", "bank", 10, "logo_maker"));
 *   if (held instanceof Outcome.Accepted accepted) {
 *     ledger.execute("job-7-done", new Command.Post(accepted.hold().getAsLong()));
 *   }
 * }
 * }</pre>
 *
 * <p>An outcome is given after the commit that holds it, together with its idempotency key, is
 * durable. One thread takes all commands that wait and commits them together. On SQLite it keeps
 * balances in memory from one commit to the next, as long as the file shows that nobody else has
 * written. On PostgreSQL any number of nodes may work on one database: each commit locks the
 * accounts it moves, in the order of their numbers, and believes nothing it read before.
 *
 * <p>What is due, an expired hold or granted credits, ends when a command next touches the account,
 * before that command, or at {@link #settleDue}; a balance that is read may still contain it.
 *
 * <p>Thread-safe. Reading never waits for writing, except on SQLite in memory, which has but one
 * connection.
 */
public final class Ledger implements AutoCloseable {

  /**
   * How a ledger works.
   *
   * @param largestBatch how many commands go into one commit at most, 1 to 10 000
   * @param mostWaiting how many commands may wait before more are turned away, at least 1
   * @param mostKept how many accounts, and how many holds, are kept in memory on SQLite, at least 1
   */
  public record Settings(int largestBatch, int mostWaiting, int mostKept) {

    /** 1 000 commands a commit, 100 000 waiting, 200 000 accounts and holds in memory. */
    public static final Settings DEFAULT = new Settings(1_000, 100_000, 200_000);

    /** Checks the ranges. */
    public Settings {
      if (largestBatch < 1 || largestBatch > 10_000 || mostWaiting < 1 || mostKept < 1) {
        throw new IllegalArgumentException(
            largestBatch + " a batch, " + mostWaiting + " waiting, " + mostKept + " kept");
      }
    }

    /** The same with another largest number of commands a commit. */
    public Settings withLargestBatch(int other) {
      return new Settings(other, mostWaiting, mostKept);
    }
  }

  /**
   * What happened on an account in a time.
   *
   * @param from the first instant of the time
   * @param to the first instant after it
   * @param opening the posted balance when it began
   * @param closing the posted balance when it ended: {@code opening + in − out}
   * @param in the sum of what came in, ≥ 0
   * @param out the sum of what went out, ≥ 0
   * @param postings the entries of the time, oldest first; copied
   */
  public record Statement(
      String account,
      Instant from,
      Instant to,
      long opening,
      long closing,
      long in,
      long out,
      List<Account.Posting> postings) {
    /** Copies the list. */
    public Statement {
      postings = List.copyOf(postings);
    }
  }

  private static final String OWN_KEYS = "spanda:";
  private static final int LONGEST_KEY = 200;
  private static final int LARGEST_PAGE = 1_000;
  private static final int SLICES = 64;
  private static final Duration SHORTEST_KEPT = Duration.ofHours(24);
  private static final Duration OWN_KEPT = Duration.ofDays(62);

  private final Database database;
  private final InstantSource clock;
  private final Writer writer;

  private Ledger(Database database, InstantSource clock, Settings settings) {
    this.database = database;
    this.clock = clock;
    this.writer = new Writer(database, clock, settings);
  }

  /**
   * The books in a store, with {@link Settings#DEFAULT}.
   *
   * @param store stays open as long as the ledger
   */
  public static Ledger open(Store store, InstantSource clock) {
    return open(store, clock, Settings.DEFAULT);
  }

  /**
   * The books in a store.
   *
   * @param store stays open as long as the ledger
   * @param clock the time of entries and of what is due, in whole milliseconds
   */
  public static Ledger open(Store store, InstantSource clock, Settings settings) {
    return new Ledger(new Database.OfStore(store), clock, settings);
  }

  /**
   * The books in a database of the application, whose tables {@code ledger_…} are made when they
   * are missing.
   *
   * @param source gives connections that commit by themselves until told otherwise; on SQLite one
   *     of them is kept for writing, is set to {@code synchronous=FULL}, and the file to WAL. A
   *     database in memory needs a source all of whose connections see it
   * @param dialect which database the source leads to
   * @throws Failure FAILED, subject {@code ledger}, when the tables cannot be made
   */
  public static Ledger open(
      DataSource source, Store.Dialect dialect, InstantSource clock, Settings settings) {
    try {
      return new Ledger(new Database.OfDataSource(source, dialect), clock, settings);
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /**
   * Does a command and waits until its outcome is durable.
   *
   * @param key 1 to 200 characters, not beginning with {@code spanda:}; the same key with an equal
   *     command gives the first outcome again, with another command {@link Outcome.Conflict}
   * @throws Failure INVALID, subject {@code idempotency_key}; UNAVAILABLE, subject {@code ledger},
   *     when it is closed or too many commands wait; FAILED when the database cannot do it: whether
   *     it was done is then found out by using the same key again
   * @throws IllegalStateException inside {@link Store#write} on SQLite, whose one writing
   *     connection the ledger waits for; {@link Store#afterCommit} is the place
   */
  public Outcome execute(String key, Command command) {
    if (database.blocked()) {
      throw new IllegalStateException("A ledger command cannot be awaited inside a store's write");
    }
    return await(submit(key, command));
  }

  /**
   * Does a command some time soon. Commands submitted by one thread are done in that order.
   *
   * @param key as for {@link #execute}
   * @return completes when the outcome is durable, on a thread of the ledger's own: what depends on
   *     it must be short or asynchronous. It fails with {@link Failure} as {@link #execute} does
   */
  public CompletableFuture<Outcome> submit(String key, Command command) {
    if (key.isEmpty() || key.length() > LONGEST_KEY || key.startsWith(OWN_KEYS)) {
      throw Failure.invalid(
          "idempotency_key",
          key,
          "An idempotency key has 1 to 200 characters and does not begin with " + OWN_KEYS);
    }
    return enqueue(new Request(key, command));
  }

  private CompletableFuture<Outcome> enqueue(Request request) {
    writer.submit(request);
    return request.future;
  }

  /**
   * Grants this month's allowance, once: credits that expire when the month ends in UTC.
   *
   * @param issuer the account that gives them and gets the unspent rest back
   * @param account the account that gets them
   * @param amount 1 to 2⁶⁰ a month
   * @return the first outcome for every further call in the month; {@link Outcome.Conflict} when
   *     the amount or issuer is another than the first time
   * @throws Failure as {@link #execute}
   */
  public Outcome allowance(String issuer, String account, long amount) {
    YearMonth month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    if (database.blocked()) {
      throw new IllegalStateException("A ledger command cannot be awaited inside a store's write");
    }
    return await(
        enqueue(
            new Request(
                OWN_KEYS + "allowance:" + month + ":" + account,
                new Command.Grant(issuer, account, amount, end, "allowance " + month))));
  }

  /** What stands on an account; empty when none of that name is open. */
  public Optional<Account> account(String id) {
    return read(
        connection ->
            Optional.ofNullable(History.account(connection, id)).map(Rows.AccountRow::view));
  }

  /** A hold; empty when none has that number. */
  public Optional<Account.Hold> hold(long id) {
    return read(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT h.id, f.id, t.id, h.amount, h.posted, h.state, h.expires_at"
                      + " FROM ledger_hold h JOIN ledger_account f ON f.no = h.from_no"
                      + " JOIN ledger_account t ON t.no = h.to_no WHERE h.id = ?")) {
            statement.setLong(1, id);
            try (ResultSet rows = statement.executeQuery()) {
              if (!rows.next()) {
                return Optional.empty();
              }
              long end = rows.getLong(7);
              Optional<Instant> expiresAt =
                  rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end));
              return Optional.of(
                  new Account.Hold(
                      rows.getLong(1),
                      rows.getString(2),
                      rows.getString(3),
                      rows.getLong(4),
                      rows.getLong(5),
                      Account.HoldState.values()[rows.getInt(6)],
                      expiresAt));
            }
          }
        });
  }

  /**
   * An account's entries, newest first. The cost grows with the offset; {@link #historyBefore} goes
   * on from any entry at once.
   *
   * @param limit 1 to 1 000
   * @param offset how many of the newest to pass over, ≥ 0
   * @throws Failure NOT_FOUND, subject {@code account}; INVALID for the numbers
   */
  public Page<Account.Posting> history(String account, int limit, long offset) {
    checkLimit(limit);
    if (offset < 0) {
      throw Failure.invalid("offset", offset, "Offset must be 0 or more");
    }
    return read(
        connection -> {
          Rows.AccountRow row = History.account(connection, account);
          if (row == null) {
            throw Failure.notFound("account", account);
          }
          List<Account.Posting> postings =
              offset >= row.entries
                  ? List.of()
                  : History.walk(connection, row.no, row.lastSeq, offset, limit);
          return new Page<>(postings, row.entries, limit, offset);
        });
  }

  /**
   * An account's entries older than one of them, newest first.
   *
   * @param entry the number of the last entry that was seen; {@link Long#MAX_VALUE} to begin
   * @param limit 1 to 1 000; fewer entries mean that the history ends there
   * @throws Failure NOT_FOUND, subject {@code account} or, when the account has no such entry,
   *     {@code entry}; INVALID for the limit
   */
  public List<Account.Posting> historyBefore(String account, long entry, int limit) {
    checkLimit(limit);
    return read(
        connection -> {
          Rows.AccountRow row = History.account(connection, account);
          if (row == null) {
            throw Failure.notFound("account", account);
          }
          long start =
              entry == Long.MAX_VALUE ? row.lastSeq : History.before(connection, row.no, entry);
          if (start < 0) {
            throw Failure.notFound("entry", Long.toString(entry));
          }
          return History.walk(connection, row.no, start, 0, limit);
        });
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw Failure.outOfRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    }
  }

  /**
   * What happened on an account in a time. The cost grows with the number of entries since its
   * beginning.
   *
   * @param from the first instant
   * @param to the first instant after the time, not before {@code from}
   * @throws Failure NOT_FOUND, subject {@code account}; INVALID when the time ends before it begins
   */
  public Statement statement(String account, Instant from, Instant to) {
    if (to.isBefore(from)) {
      throw Failure.invalid("to", to, "A statement ends at or after its beginning, " + from);
    }
    return read(
        connection -> {
          Rows.AccountRow row = History.account(connection, account);
          if (row == null) {
            throw Failure.notFound("account", account);
          }
          List<Account.Posting> postings = new ArrayList<>();
          long opening = 0;
          long next = row.lastSeq;
          walk:
          while (next > 0) {
            List<Account.Posting> some = History.walk(connection, row.no, next, 0, LARGEST_PAGE);
            for (Account.Posting posting : some) {
              if (posting.at().isBefore(from)) {
                opening = posting.postedAfter();
                break walk;
              }
              if (posting.at().isBefore(to)) {
                postings.add(0, posting);
              }
            }
            next =
                some.isEmpty()
                    ? 0
                    : History.before(connection, row.no, some.get(some.size() - 1).entry());
          }
          long in = 0;
          long out = 0;
          for (Account.Posting posting : postings) {
            in += Math.max(0, posting.change());
            out += Math.max(0, -posting.change());
          }
          return new Statement(account, from, to, opening, opening + in - out, in, out, postings);
        });
  }

  /**
   * Adds everything up again from the entries, follows the chain of hashes, and compares. Reads one
   * state of the books while they go on; needs memory for every account and hold.
   */
  public Audit audit() {
    return read(Auditor::audit);
  }

  /**
   * Ends every hold and every granted credit that is due.
   *
   * @return how many accounts had something due
   */
  public long settleDue() {
    long now = clock.millis();
    List<Long> due =
        read(
            connection -> {
              List<Long> numbers = new ArrayList<>();
              try (PreparedStatement statement =
                  connection.prepareStatement(
                      "SELECT no FROM ledger_account WHERE next_due <= ? ORDER BY no")) {
                statement.setLong(1, now);
                try (ResultSet rows = statement.executeQuery()) {
                  while (rows.next()) {
                    numbers.add(rows.getLong(1));
                  }
                }
              }
              return numbers;
            });
    for (int from = 0; from < due.size(); from += LARGEST_PAGE) {
      List<CompletableFuture<Outcome>> some = new ArrayList<>();
      for (long no : due.subList(from, Math.min(from + LARGEST_PAGE, due.size()))) {
        some.add(enqueue(new Request(no)));
      }
      some.forEach(Ledger::await);
    }
    return due.size();
  }

  /**
   * Forgets idempotency keys, and the refusals that they were answered with. Entries stay. A key
   * that was forgotten counts as new. The keys of {@link #allowance} are kept for 62 days.
   *
   * @param olderThan at least 24 hours
   * @return how many keys were forgotten
   * @throws Failure INVALID, subject {@code older_than}
   */
  public long prune(Duration olderThan) {
    if (olderThan.compareTo(SHORTEST_KEPT) < 0) {
      throw Failure.invalid(
          "older_than", olderThan.toString(), "Idempotency keys are kept for at least 24 hours");
    }
    Instant now = clock.instant();
    long before = now.minus(olderThan).toEpochMilli();
    long ownBefore = Math.min(before, now.minus(OWN_KEPT).toEpochMilli());
    long pruned = 0;
    if (database.dialect() == Store.Dialect.POSTGRESQL) {
      pruned += await(writer.submit(Prune.postgresql(before, ownBefore)));
    } else {
      // In slices, so that commands need not wait for all of it.
      for (int slice = 0; slice < SLICES; slice++) {
        pruned += await(writer.submit(Prune.sqlite(slice, SLICES, before, ownBefore)));
      }
    }
    await(writer.submit(Prune.refusals(before)));
    return pruned;
  }

  /** Does what waits and ends; the store or data source stays open. A second close does nothing. */
  @Override
  public void close() {
    writer.close();
    try {
      database.close();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  private <R> R read(Database.Work<R> work) {
    try {
      return database.read(work);
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  private static Failure trouble(SQLException e) {
    return Failure.of(Failure.Reason.FAILED, "ledger", "The database could not be read or written")
        .causedBy(e);
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException(Objects.requireNonNullElse(e.getCause(), e));
    }
  }
}

package dev.spanda.core.ledger;

import org.jspecify.annotations.Nullable;

/** What the tables hold beside the entries, as the writer works on it. */
// The order of the constants is what is on disk: new ones go last.
@SuppressWarnings("EnumOrdinal")
final class Rows {

  static final long NEVER = Long.MAX_VALUE;

  private Rows() {}

  /** An account. */
  static final class AccountRow {
    final long no;
    final String id;
    long floor;
    long ceiling;
    long posted;
    long held;
    long incoming;

    /** What has gone out since spending was last set against lots. */
    long spent;

    /** The earliest end of a hold or lot, in milliseconds; may be too early, never too late. */
    long nextDue = NEVER;

    long entries;
    long lastSeq;
    byte[] lastHash = Chain.START;
    boolean fresh;
    boolean dirty;

    /** Whether the floor or the ceiling has changed. */
    boolean rebound;

    AccountRow(long no, String id) {
      this.no = no;
      this.id = id;
    }

    void dueBy(long end) {
      nextDue = Math.min(nextDue, end);
    }

    Account view() {
      return new Account(
          id,
          floor,
          ceiling,
          posted,
          held,
          incoming,
          nextDue == NEVER
              ? java.util.Optional.empty()
              : java.util.Optional.of(java.time.Instant.ofEpochMilli(nextDue)),
          entries);
    }
  }

  /** A hold. */
  static final class HoldRow {
    static final int PENDING = Account.HoldState.PENDING.ordinal();

    final long id;
    final long from;
    final long to;
    final long amount;
    final long expiresAt;
    long posted;
    int state;
    boolean fresh;
    boolean dirty;

    HoldRow(long id, long from, long to, long amount, long expiresAt) {
      this.id = id;
      this.from = from;
      this.to = to;
      this.amount = amount;
      this.expiresAt = expiresAt;
    }
  }

  /** Credits that expire. */
  static final class Lot {
    final long seq;
    final long account;
    final long issuer;
    final long expiresAt;
    long remaining;

    Lot(long seq, long account, long issuer, long remaining, long expiresAt) {
      this.seq = seq;
      this.account = account;
      this.issuer = issuer;
      this.remaining = remaining;
      this.expiresAt = expiresAt;
    }
  }

  /** The answer that a key got: an entry or a refusal. */
  record Answer(Request request, long seq, long at, Outcome.@Nullable Refused refused) {}
}

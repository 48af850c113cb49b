package dev.spanda.core.ledger;

import org.jspecify.annotations.Nullable;

/** A row of the journal. Mutable only until it is written. */
final class Entry {
  long seq;
  Account.Kind kind = Account.Kind.OPEN;
  long at;

  /** The giving account's number, or the account that is opened or limited. */
  long from;

  /** The taking account's number, or 0. */
  long to;

  /** The amount; the floor for OPEN and LIMIT. */
  long amount;

  /** The hold's number, or 0. */
  long hold;

  /**
   * The ceiling for OPEN and LIMIT, the end in milliseconds for GRANT and RESERVE (0 for never).
   */
  long extra;

  long fromPrev;
  long toPrev;
  long fromPosted;
  long fromHeld;
  long toPosted;
  @Nullable String key;
  byte @Nullable [] body;

  /** The memo; the account's name for OPEN. */
  String memo = "";

  byte[] hash = Chain.START;

  Outcome outcome() {
    boolean bounds = kind == Account.Kind.OPEN || kind == Account.Kind.LIMIT;
    return new Outcome.Accepted(
        seq,
        java.time.Instant.ofEpochMilli(at),
        hold == 0 ? java.util.OptionalLong.empty() : java.util.OptionalLong.of(hold),
        bounds ? 0 : amount,
        fromPosted,
        fromHeld,
        toPosted);
  }
}

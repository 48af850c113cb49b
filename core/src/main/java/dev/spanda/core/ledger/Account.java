package dev.spanda.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands on an account.
 *
 * @param id its name
 * @param floor the least that {@code posted − held} may be brought down to
 * @param ceiling the most that {@code posted + incoming} may be brought up to
 * @param posted what has come in minus what has gone out
 * @param held what is held for movements out, ≥ 0
 * @param incoming what is held on other accounts for movements in, ≥ 0
 * @param nextExpiry the earliest instant at which a hold or granted credits may end, if any
 * @param entries how many entries its history has, ≥ 1
 */
public record Account(
    String id,
    long floor,
    long ceiling,
    long posted,
    long held,
    long incoming,
    Optional<Instant> nextExpiry,
    long entries) {

  /** What may be spent or held now: {@code posted − held − floor}; below 0 for one in debt. */
  public long available() {
    return posted - held - floor;
  }

  /** What an entry does. */
  public enum Kind {
    /** An account is opened. */
    OPEN,
    /** An account is given other bounds. */
    LIMIT,
    /** Credits move. */
    TRANSFER,
    /** Credits that can expire move. */
    GRANT,
    /** Credits are held. */
    RESERVE,
    /** Held credits move, and the rest is released. */
    POST,
    /** Held credits are released. */
    VOID,
    /** Held credits are released because their time is over. */
    HOLD_EXPIRED,
    /** Granted credits that were not spent go back. */
    CREDIT_EXPIRED
  }

  /**
   * One entry as one of its two accounts sees it.
   *
   * @param entry its number, ≥ 1
   * @param counterpart the other account; empty for OPEN and LIMIT
   * @param change what it added to the posted balance: below 0 going out, 0 for entries that move
   *     nothing
   * @param amount what was moved, held or released, ≥ 0
   * @param postedAfter the posted balance just after
   * @param hold the hold that was made or settled, if any
   * @param key the idempotency key of its command; empty for what the ledger does by itself
   */
  public record Posting(
      long entry,
      Kind kind,
      Instant at,
      Optional<String> counterpart,
      long change,
      long amount,
      long postedAfter,
      OptionalLong hold,
      Optional<String> key,
      String memo) {}

  /** Where a hold stands. */
  public enum HoldState {
    /** Neither posted nor released. */
    PENDING,
    /** Posted, in full or in part. */
    POSTED,
    /** Voided. */
    VOID,
    /** Ended by time. */
    EXPIRED
  }

  /**
   * Credits set aside.
   *
   * @param id its number
   * @param amount what was held, ≥ 1
   * @param posted what was moved in the end, 0 to {@code amount}
   * @param expiresAt when it ends by itself, if ever
   */
  public record Hold(
      long id,
      String from,
      String to,
      long amount,
      long posted,
      HoldState state,
      Optional<Instant> expiresAt) {}
}

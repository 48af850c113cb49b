package dev.spanda.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@link Ledger} can be told to do. A command that exists is well formed; whether the books
 * allow it is told by its {@link Outcome}. Immutable.
 */
public sealed interface Command {

  /** No bound: 2⁶⁰. A floor of minus this, or a ceiling of this, never refuses in practice. */
  long UNBOUNDED = 1L << 60;

  /**
   * Opens an account with nothing on it.
   *
   * @param account 1 to 200 characters, the account's name for good
   * @param floor the least that posted minus held may be brought down to, −2⁶⁰ to 2⁶⁰; 0 forbids
   *     debt, less than 0 allows an overdraft
   * @param ceiling the most that posted plus incoming may be brought up to, at least the floor, at
   *     most 2⁶⁰
   */
  record Open(String account, long floor, long ceiling) implements Command {
    /** Checks the name and the bounds. */
    public Open {
      CommandCheck.account(account);
      CommandCheck.bounds(floor, ceiling);
    }

    /** An account that cannot be overdrawn and has no ceiling. */
    public static Open purse(String account) {
      return new Open(account, 0, UNBOUNDED);
    }

    /** An account without bounds: where credits come from and where they go. */
    public static Open unbounded(String account) {
      return new Open(account, -UNBOUNDED, UNBOUNDED);
    }
  }

  /**
   * Gives an account other bounds. They bind what happens from now on: a balance that lies outside
   * stays as it is, and holds that exist can still be posted.
   *
   * @param account an open account
   * @param floor as for {@link Open}
   * @param ceiling as for {@link Open}
   */
  record Limit(String account, long floor, long ceiling) implements Command {
    /** Checks the name and the bounds. */
    public Limit {
      CommandCheck.account(account);
      CommandCheck.bounds(floor, ceiling);
    }
  }

  /**
   * Moves credits at once.
   *
   * @param from whose available credits are taken
   * @param to another account, which gets them
   * @param amount 1 to 2⁶⁰
   * @param memo at most 200 characters, kept with the entry
   */
  record Transfer(String from, String to, long amount, String memo) implements Command {
    /** Checks names, amount and memo. */
    public Transfer {
      CommandCheck.movement(from, to, amount, memo);
    }
  }

  /**
   * Moves credits that go back to where they came from when they have not been spent in time.
   * Spending takes the credits that expire first. Credits under a hold do not expire while they are
   * held.
   *
   * @param from the issuer, which gets the unspent rest back whatever its ceiling
   * @param to another account, which gets the credits
   * @param amount 1 to 2⁶⁰
   * @param expiresAt from this instant on the credits are gone; a grant that has expired already is
   *     refused
   * @param memo at most 200 characters, kept with the entry
   */
  record Grant(String from, String to, long amount, Instant expiresAt, String memo)
      implements Command {
    /** Checks names, amount and memo, and keeps whole milliseconds. */
    public Grant {
      CommandCheck.movement(from, to, amount, memo);
      expiresAt = CommandCheck.millis(expiresAt);
    }
  }

  /**
   * Holds credits, and room on the other account, for a movement that is decided later. The hold's
   * number is in {@link Outcome.Accepted#hold}.
   *
   * @param from whose available credits are held
   * @param to another account, for which they are held
   * @param amount 1 to 2⁶⁰
   * @param expiresAt from this instant on the hold is released; empty for never
   * @param memo at most 200 characters, kept with the entry
   */
  record Reserve(String from, String to, long amount, Optional<Instant> expiresAt, String memo)
      implements Command {
    /** Checks names, amount and memo, and keeps whole milliseconds. */
    public Reserve {
      CommandCheck.movement(from, to, amount, memo);
      expiresAt = expiresAt.map(CommandCheck::millis);
    }

    /** A hold without an end. */
    public Reserve(String from, String to, long amount, String memo) {
      this(from, to, amount, Optional.empty(), memo);
    }
  }

  /**
   * Moves held credits, once; what is not moved is released.
   *
   * @param hold the hold's number
   * @param amount 1 to the held amount; empty for all of it
   */
  record Post(long hold, OptionalLong amount) implements Command {
    /** Checks that the amount, when given, is at least 1. */
    public Post {
      if (amount.isPresent()) {
        CommandCheck.amount(amount.getAsLong());
      }
    }

    /** Posts the whole hold. */
    public Post(long hold) {
      this(hold, OptionalLong.empty());
    }
  }

  /**
   * Releases held credits without moving any.
   *
   * @param hold the hold's number
   */
  @SuppressWarnings("JavaLangClash")
  record Void(long hold) implements Command {}
}

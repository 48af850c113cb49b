package dev.spanda.core.ledger;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What became of a {@link Command}. An outcome is durable when it is given, and the same key with
 * the same command gives an equal one until its key is pruned. Immutable.
 */
public sealed interface Outcome {

  /** Why the books did not allow a command. */
  enum Reason {
    /** The account has less available than is needed. */
    INSUFFICIENT,
    /** The other account has less room below its ceiling than is needed. */
    NO_ROOM,
    /** No account of that name is open. */
    NO_ACCOUNT,
    /** An account of that name is open already. */
    ACCOUNT_EXISTS,
    /** No hold has that number. */
    NO_HOLD,
    /** The hold was posted or voided before. */
    HOLD_SETTLED,
    /** The hold or the grant ended before. */
    EXPIRED,
    /** The hold is smaller than the amount to be posted. */
    ABOVE_HOLD
  }

  /**
   * The command was done.
   *
   * @param entry the number of its entry, ≥ 1; grows along each account
   * @param at when, in whole milliseconds
   * @param hold the hold that was made or settled, if any
   * @param amount what was moved, held or released, ≥ 0; 0 for an account that was opened or
   *     limited
   * @param fromPosted the posted balance of the giving account just after; for {@link Command.Open}
   *     and {@link Command.Limit} that of the account itself
   * @param fromHeld what was held on the giving account just after, ≥ 0
   * @param toPosted the posted balance of the taking account just after, or 0 when there is none
   */
  record Accepted(
      long entry,
      Instant at,
      OptionalLong hold,
      long amount,
      long fromPosted,
      long fromHeld,
      long toPosted)
      implements Outcome {}

  /**
   * The books do not allow the command, and nothing was changed by it.
   *
   * @param needed the credits, or the room, that it needs; 0 where numbers say nothing
   * @param available what there was; below 0 for an account in debt
   */
  record Refused(Reason reason, long needed, long available) implements Outcome {}

  /** The key was used before with another command, and nothing was changed. */
  record Conflict() implements Outcome {}

  /**
   * This outcome when it is {@link Accepted}.
   *
   * @throws Failure INSUFFICIENT, subject {@code credits}, details {@code required} and {@code
   *     available}, for {@link Reason#INSUFFICIENT}; NOT_FOUND for an account or hold that does not
   *     exist; CONFLICT for everything else
   */
  default Accepted orThrow() {
    if (this instanceof Accepted accepted) {
      return accepted;
    }
    if (!(this instanceof Refused refused)) {
      throw Failure.of(
          Failure.Reason.CONFLICT,
          "idempotency_key",
          "The idempotency key was used before with another request");
    }
    throw switch (refused.reason) {
      case INSUFFICIENT ->
          Failure.of(
                  Failure.Reason.INSUFFICIENT,
                  "credits",
                  "You need " + refused.needed + " credits but have " + refused.available)
              .with("required", refused.needed)
              .with("available", refused.available);
      case NO_ROOM ->
          Failure.of(
                  Failure.Reason.CONFLICT,
                  "credits",
                  "The account has room for "
                      + refused.available
                      + " credits, not for "
                      + refused.needed)
              .with("required", refused.needed)
              .with("available", refused.available);
      case NO_ACCOUNT -> Failure.of(Failure.Reason.NOT_FOUND, "account", "No such account is open");
      case ACCOUNT_EXISTS ->
          Failure.of(Failure.Reason.CONFLICT, "account", "The account is open already");
      case NO_HOLD -> Failure.of(Failure.Reason.NOT_FOUND, "hold", "No hold has that number");
      case HOLD_SETTLED ->
          Failure.of(Failure.Reason.CONFLICT, "hold", "The hold was settled before");
      case EXPIRED -> Failure.of(Failure.Reason.CONFLICT, "hold", "The hold or grant has expired");
      case ABOVE_HOLD ->
          Failure.of(
                  Failure.Reason.CONFLICT,
                  "hold",
                  "The hold is "
                      + refused.available
                      + " credits, less than the "
                      + refused.needed
                      + " to be posted")
              .with("required", refused.needed)
              .with("available", refused.available);
    };
  }
}

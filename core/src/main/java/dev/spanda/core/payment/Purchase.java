package dev.spanda.core.payment;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A purchase of credits as it stood when it was read.
 *
 * @param id begins with {@code txn_}
 * @param owner who buys
 * @param credits how many, ≥ 1
 * @param cents what they cost, in cents of a US dollar
 * @param balanceAfter the posted balance just after the credits were added; empty before that
 * @param entry the ledger's entry that added them; empty before that
 * @param declineCode why the processor would not take the money, if it would not
 * @param createdAt in whole milliseconds
 * @param finishedAt when it was completed or declined; empty before that
 */
public record Purchase(
    String id,
    String owner,
    long credits,
    long cents,
    Status status,
    OptionalLong balanceAfter,
    OptionalLong entry,
    Optional<String> declineCode,
    Instant createdAt,
    Optional<Instant> finishedAt) {

  /** How far a purchase is. */
  public enum Status {
    /** It is not known whether money was taken; {@link Payments#recover} finds out. */
    OPEN,
    /** Money was taken, and the credits are about to be added. */
    CHARGED,
    /** Money was taken and the credits were added. */
    COMPLETED,
    /** No money was taken, and none will be. */
    DECLINED
  }

  /** Checks that nothing is absent. */
  public Purchase {
    Objects.requireNonNull(id);
    Objects.requireNonNull(status);
  }

  /** What it cost as people read it, such as {@code $40.00}. */
  public String price() {
    return PriceTable.format(cents);
  }

  /** What {@link Payments} publishes once a purchase is over, in the process that ended it. */
  public sealed interface Event {
    /** The purchase after the change. */
    Purchase purchase();
  }

  /** The credits were added. */
  public record Completed(Purchase purchase) implements Event {}

  /** No money was taken. */
  public record Declined(Purchase purchase) implements Event {}
}

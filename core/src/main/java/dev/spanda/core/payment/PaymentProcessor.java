package dev.spanda.core.payment;

import dev.spanda.core.Failure;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Takes money. Every charge carries a key; the same key is charged at most once, however often it
 * is asked for and whatever answers were lost. Implementations are thread-safe and remember keys
 * for at least 24 hours.
 */
public interface PaymentProcessor {

  /**
   * What is to be charged. Its text form does not show the method.
   *
   * @param key names this charge for good, 1 to 200 characters
   * @param owner who pays
   * @param cents in cents of a US dollar, ≥ 1
   * @param method a token for the card or account, 1 to 200 characters
   */
  record Charge(String key, String owner, long cents, String method) {
    /** Checks the amount. */
    public Charge {
      Objects.requireNonNull(key);
      Objects.requireNonNull(owner);
      Objects.requireNonNull(method);
      if (cents < 1) {
        throw new IllegalArgumentException("cents must be at least 1; was " + cents);
      }
    }

    @Override
    public String toString() {
      return "Charge[" + key + ", " + owner + ", " + cents + " cents]";
    }
  }

  /** What became of a charge; it never changes. */
  sealed interface Result {}

  /**
   * The money was taken.
   *
   * @param chargeId the processor's own name for it, 1 to 200 characters
   */
  record Approved(String chargeId) implements Result {}

  /**
   * No money was taken, and none will be under this key.
   *
   * @param code why, such as {@code card_declined}; lower-case letters, digits and underscores
   */
  record Declined(String code) implements Result {}

  /**
   * Charges, or gives the result of the key's first charge again.
   *
   * @throws Failure CONFLICT, subject {@code payment}, when the key was used for another owner or
   *     amount; TIMED_OUT, UNAVAILABLE or FAILED when it is not known whether the money was taken:
   *     {@link #find} tells later
   */
  Result charge(Charge charge);

  /**
   * What became of a key; empty when the processor has not seen it, or is not done with it.
   *
   * @throws Failure UNAVAILABLE, TIMED_OUT or FAILED when it cannot be asked
   */
  Optional<Result> find(String key);

  /**
   * Sets who is told when a charge is confirmed on another way than {@link #charge}'s answer; may
   * be told the same twice, and before the answer. Does nothing by default.
   *
   * @param listener gets the key and the result
   */
  default void listen(BiConsumer<String, Result> listener) {}
}

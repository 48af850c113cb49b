package dev.spanda.core.payment;

import dev.spanda.core.ledger.Outcome;
import dev.spanda.core.store.Store;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Notices when a balance falls below a threshold, once for each fall.
 *
 * <p>A fall is one entry of the ledger that leads from the threshold or above to below it. Entries
 * further down say nothing, and only when the balance has come back to the threshold can there be
 * another fall. The entry's number is remembered in the store: told again, after a restart or by a
 * second thread, it is no news, and the order in which entries are told does not matter. Called
 * inside {@link Store#write} it joins that transaction, so that the fall and what is told of it are
 * kept together or not at all. Thread-safe.
 */
public final class LowCredits {

  /**
   * A change that is settled.
   *
   * @param account whose balance
   * @param entry the number of its entry in the ledger, ≥ 1
   * @param before the posted balance before the entry
   * @param after the posted balance after it
   */
  public record Change(String account, long entry, long before, long after) {

    /** Checks the entry. */
    public Change {
      if (entry < 1) {
        throw new IllegalArgumentException("entry must be at least 1; was " + entry);
      }
    }

    /**
     * The change that a command made to the account it took credits from.
     *
     * @param moved the outcome of a transfer, a grant or the posting of a hold
     */
    public static Change of(String account, Outcome.Accepted moved) {
      return new Change(
          account, moved.entry(), moved.fromPosted() + moved.amount(), moved.fromPosted());
    }
  }

  private final Store store;
  private final InstantSource clock;

  /** Remembers falls in this store. */
  public LowCredits(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Whether this change is a fall below the threshold that was not told before.
   *
   * @param threshold the least balance that is not low
   * @return true once for each fall
   */
  public boolean fell(Change change, long threshold) {
    if (change.before() < threshold || change.after() >= threshold) {
      return false;
    }
    return store.write(
        handle ->
            handle
                    .createUpdate(
                        "INSERT INTO credits_low (account, entry, threshold, told_at)"
                            + " VALUES (:account, :entry, :threshold, :now)"
                            + " ON CONFLICT (account, entry, threshold) DO NOTHING")
                    .bind("account", change.account())
                    .bind("entry", change.entry())
                    .bind("threshold", threshold)
                    .bind("now", clock.millis())
                    .execute()
                == 1);
  }

  /**
   * Forgets falls that were told before the given instant; their changes must not be told again.
   *
   * @return how many
   */
  public int prune(Instant before) {
    return store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM credits_low WHERE told_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }
}

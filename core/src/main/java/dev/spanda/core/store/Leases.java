package dev.spanda.core.store;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Leases, by which of several nodes on one store one does a thing and another takes it over when
 * that one is gone. A lease has a name and belongs to one holder until it ends; the holder may take
 * it again before, and has to stop what it does when it could not.
 *
 * <p>Ends are compared with the clock of the node that asks: nodes whose clocks differ by more than
 * the length of a lease less the time between two takings may both think that they hold it.
 * Thread-safe.
 */
public final class Leases {

  private final Store store;
  private final InstantSource clock;
  private final String holder;

  /**
   * The leases of a store as one node sees them.
   *
   * @param holder the node's name, 1 to 200 characters; two nodes must not have the same
   * @throws Failure INVALID, subject {@code holder}
   */
  public Leases(Store store, InstantSource clock, String holder) {
    this.store = store;
    this.clock = clock;
    this.holder = Failure.requireText("holder", "Holder", holder, 1, 200);
  }

  /**
   * Takes a lease that nobody has, that has ended, or that is this holder's own.
   *
   * @param name 1 to 500 characters
   * @param length from now, 1 ms or longer
   * @return whether this holder has it now
   */
  public boolean take(String name, Duration length) {
    Failure.requireText("lease", "Lease", name, 1, 500);
    long now = clock.millis();
    return store.write(
        handle ->
            handle
                    .createUpdate(
                        "INSERT INTO lease (name, holder, ends_at) VALUES (:name, :holder, :end)"
                            + " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder,"
                            + " ends_at = excluded.ends_at WHERE lease.holder = excluded.holder"
                            + " OR lease.ends_at <= :now")
                    .bind("name", name)
                    .bind("holder", holder)
                    .bind("end", now + Math.max(1, length.toMillis()))
                    .bind("now", now)
                    .execute()
                == 1);
  }

  /** Gives a lease back before it ends; does nothing when this holder does not have it. */
  public void giveBack(String name) {
    store.change(
        handle ->
            handle
                .createUpdate("DELETE FROM lease WHERE name = :name AND holder = :holder")
                .bind("name", name)
                .bind("holder", holder)
                .execute());
  }
}

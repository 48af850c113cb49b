package dev.spanda.core.ledger;

import java.util.Optional;

/**
 * What came out when everything was added up again.
 *
 * @param entries how many entries were read, ≥ 0
 * @param accounts how many accounts they opened, ≥ 0
 * @param pendingHolds how many holds are neither posted nor released, ≥ 0
 * @param head 64 hexadecimal digits that stand for all entries of all accounts; noted down
 *     elsewhere, it also shows a forger who has recomputed every hash
 * @param firstBreak the first row that is not as it was written, if any
 */
public record Audit(
    long entries, long accounts, long pendingHolds, String head, Optional<Break> firstBreak) {

  /** Whether the books add up and the chain is whole. */
  public boolean sound() {
    return firstBreak.isEmpty();
  }

  /**
   * A row that is not as it was written.
   *
   * @param table {@code ledger_entry}, {@code ledger_account} or {@code ledger_hold}
   * @param row the row's number in that table
   * @param what what was found and what should be there
   */
  public record Break(String table, long row, String what) {}
}

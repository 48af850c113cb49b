/**
 * Trials that the ledger must stand: {@link dev.spanda.core.ledger.trial.LedgerBench} counts
 * durable outcomes by the second, and {@link dev.spanda.core.ledger.trial.LedgerKillTrial} kills
 * the process that writes and looks for every outcome it had given.
 */
@NullMarked
package dev.spanda.core.ledger.trial;

import org.jspecify.annotations.NullMarked;

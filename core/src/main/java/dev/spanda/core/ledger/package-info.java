/**
 * Credits that cannot be lost: a {@link dev.spanda.core.ledger.Ledger} keeps double-entry books of
 * whole amounts in the application's own database. Every {@link dev.spanda.core.ledger.Command}
 * carries an idempotency key, every {@link dev.spanda.core.ledger.Outcome} is durable when it is
 * given, and a refusal is an outcome like any other. {@link dev.spanda.core.ledger.Audit} adds
 * everything up again from the entries and follows the chain of their hashes.
 */
@NullMarked
package dev.spanda.core.ledger;

import org.jspecify.annotations.NullMarked;

/**
 * CRAudioViz on the wire: one interface per chapter of its document, its records nested within.
 * Paths begin below the base URL, which ends in {@code /v1}. What the document does not show is
 * said to be beyond it, and where it is silent the choice is written at the record. An error is a
 * {@link dev.spanda.contract.craudioviz.CraudiovizError}.
 */
@NullMarked
package dev.spanda.contract.craudioviz;

import org.jspecify.annotations.NullMarked;

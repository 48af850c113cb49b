/**
 * OCTOSPINE on the wire: one interface per chapter of its document, its records nested within. A
 * method returns what stands under {@code data} of the answer; the rest of the answer is {@link
 * dev.spanda.contract.octospine.OctospineAnswer}, and an error is an {@link
 * dev.spanda.contract.octospine.OctospineError}. Paths begin at the server's root. What the
 * document does not show is said to be beyond it, and where it is silent the choice is written at
 * the record.
 */
@NullMarked
package dev.spanda.contract.octospine;

import org.jspecify.annotations.NullMarked;

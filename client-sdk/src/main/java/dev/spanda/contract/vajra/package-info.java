/**
 * Vajra.Stream on the wire: one interface per chapter of its document, its records nested within.
 * Where the document is silent the choice is written at the record. {@code status} of a successful
 * answer is always {@code success}; an error is a {@link dev.spanda.contract.vajra.VajraError}.
 */
@NullMarked
package dev.spanda.contract.vajra;

import org.jspecify.annotations.NullMarked;

/**
 * Biofield on the wire: one interface per chapter of its document, its records nested within, and
 * the messages of its two sockets. Where the document is silent or says two things the choice is
 * written at the record: answers carry both forms, and reading takes either. A number that a
 * picture does not define, such as the orientation of an even surface, is left out. An error is a
 * {@link dev.spanda.contract.biofield.BiofieldError}.
 *
 * <p>The numbers describe pictures. None of them is a finding about a person's health.
 */
@NullMarked
package dev.spanda.contract.biofield;

import org.jspecify.annotations.NullMarked;

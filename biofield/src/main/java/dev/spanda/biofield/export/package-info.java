/**
 * Files to hand on: sessions as CSV and XLSX, analyses as CSV and as a report in PDF. Tables are
 * written row by row, so that their memory does not grow with the session; text that a spreadsheet
 * would take for a formula is made harmless, and numbers stay numbers.
 */
@NullMarked
package dev.spanda.biofield.export;

import org.jspecify.annotations.NullMarked;

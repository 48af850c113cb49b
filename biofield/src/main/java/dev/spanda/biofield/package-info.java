/**
 * Measures of a picture. An {@link dev.spanda.biofield.Analyzer} turns a {@link
 * dev.spanda.biofield.Frame}, or the part of it that a {@link dev.spanda.biofield.Mask} selects,
 * into an {@link dev.spanda.biofield.Analysis}: thirty {@link dev.spanda.biofield.Metrics} and six
 * {@link dev.spanda.biofield.Scores} with what contributed to each. Everything is image statistics
 * without medical meaning. The same picture gives the same bits on every Java version; what a
 * picture does not define is NaN and never a default.
 */
@NullMarked
package dev.spanda.biofield;

import org.jspecify.annotations.NullMarked;

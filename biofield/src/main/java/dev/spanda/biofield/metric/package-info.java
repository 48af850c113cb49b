/**
 * The measuring itself: {@link dev.spanda.biofield.metric.Measurer} fills the thirty metrics and
 * the {@link dev.spanda.biofield.metric.Traits} that only the scores need, {@link
 * dev.spanda.biofield.metric.SeriesMeasures} the nonlinear measures of a series, and {@link
 * dev.spanda.biofield.metric.Colors} is the one definition of gray, hue, saturation and value.
 * Plain Java over primitive arrays; only integers and correctly rounded operations, so that every
 * machine gives the same bits.
 */
@NullMarked
package dev.spanda.biofield.metric;

import org.jspecify.annotations.NullMarked;

/**
 * Nonlinear measures of a series of numbers: sample entropy, Hurst exponent, detrended fluctuation
 * analysis, correlation dimension, largest Lyapunov exponent and recurrence. Each measure is a
 * small record of parameters whose default is right on series of known truth, and each has a
 * compatibility form that repeats a widely used package number for number. They need nothing but an
 * array; the answers are statistics of that array and carry no medical meaning. The same input
 * gives the same bits on every Java version.
 */
@NullMarked
package dev.spanda.biofield.series;

import org.jspecify.annotations.NullMarked;

/**
 * Scalar waves: seven named {@linkplain dev.spanda.audio.scalar.ScalarMethod methods} that yield
 * streams of numbers, their {@linkplain dev.spanda.audio.scalar.ScalarStatistics statistics},
 * {@linkplain dev.spanda.audio.scalar.ScalarPattern patterns} as sound, the breathing cycle, and a
 * benchmark that measures. The names are those of a practice; the numbers are ordinary chaos,
 * oscillators, automata and randomness.
 */
@NullMarked
package dev.spanda.audio.scalar;

import org.jspecify.annotations.NullMarked;

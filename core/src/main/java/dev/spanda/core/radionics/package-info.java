/**
 * Rates: numbers that are made of words by stated rules. {@link
 * dev.spanda.core.radionics.RateCalculator} makes them, {@link dev.spanda.core.radionics.RateBook}
 * keeps named ones, {@link dev.spanda.core.radionics.Broadcasts} keeps the runs in which one is
 * played as a tone. The rules are a practice's own; a rate is a symbol and measures nothing.
 */
@NullMarked
package dev.spanda.core.radionics;

import org.jspecify.annotations.NullMarked;

package dev.spanda.core.radionics;

import java.util.List;

/**
 * A rate with what it was made from.
 *
 * @param rate 0 to 100 in steps of a tenth
 * @param dials three dials of an instrument, each 0 to 100; copied
 * @param balancing {@code 100 − rate}
 * @param confidence 0 to 1, as {@link RateCalculator} defines it; it says nothing about any effect
 * @param method how it was made
 * @param unread the letters that the method could not read, each once, in the order of the text
 */
public record Rate(
    double rate,
    List<Integer> dials,
    double balancing,
    double confidence,
    RateCalculator.Method method,
    String unread) {

  /** Copies the dials. */
  public Rate {
    dials = List.copyOf(dials);
  }
}

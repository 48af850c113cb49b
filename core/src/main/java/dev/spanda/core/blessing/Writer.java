package dev.spanda.core.blessing;

import dev.spanda.core.Failure;

/** Writes a text to an order: a language model, or a person with time. Thread-safe. */
@FunctionalInterface
public interface Writer {

  /**
   * Writes a text.
   *
   * @param prompt what the text is to be, in whole sentences
   * @param maxWords how long it may be, ≥ 1
   * @return the text alone, without a title or remarks
   * @throws Failure UNAVAILABLE, TIMED_OUT, RATE_LIMITED or FAILED when there is no text
   */
  String write(String prompt, int maxWords);

  /** The name of what writes, which results show; {@code writer} by default. */
  default String name() {
    return "writer";
  }
}

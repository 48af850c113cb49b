package dev.spanda.core.project;

import dev.spanda.core.Failure;

/** The rule for words that stand in one line. */
final class Names {

  private Names() {}

  static void check(String subject, String label, String text, int longest) {
    Failure.requireText(subject, label, text, 1, longest);
    if (text.isBlank()) {
      throw Failure.invalid(subject, text, label + " must not be blank");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw Failure.invalid(subject, text, label + " must not hold control characters");
    }
  }
}

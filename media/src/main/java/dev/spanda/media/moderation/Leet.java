package dev.spanda.media.moderation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Digits and signs that stand for letters. */
final class Leet {

  private static final int MOST_READINGS = 16;

  private Leet() {}

  /** The letters that a sign may stand for, the likelier first; null when it stands for none. */
  static @Nullable String standsFor(char sign) {
    return switch (sign) {
      case '0' -> "o";
      case '1', '!' -> "il";
      case '|' -> "li";
      case '2' -> "z";
      case '3', '\u20ac' -> "e";
      case '4', '@' -> "a";
      case '5', '$' -> "s";
      case '6' -> "gb";
      case '7', '+' -> "t";
      case '8' -> "b";
      case '9' -> "g";
      case '\u00a3' -> "l";
      default -> null;
    };
  }

  /** With the likelier letter for every sign. */
  static String first(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      String stands = standsFor(text.charAt(i));
      letters.append(stands == null ? text.charAt(i) : stands.charAt(0));
    }
    return letters.toString();
  }

  /** Every way to read the signs as letters, at most sixteen, the likeliest first. */
  static List<String> readings(String text) {
    List<StringBuilder> readings = new ArrayList<>();
    readings.add(new StringBuilder(text.length()));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String stands = standsFor(c);
      int known = readings.size();
      if (stands != null && stands.length() > 1 && known * 2 <= MOST_READINGS) {
        for (int k = 0; k < known; k++) {
          readings.add(new StringBuilder(readings.get(k)).append(stands.charAt(1)));
        }
      }
      for (int k = 0; k < known; k++) {
        readings.get(k).append(stands == null ? c : stands.charAt(0));
      }
    }
    return readings.stream().map(StringBuilder::toString).toList();
  }

  /** Whether a digit stands between two letters. */
  static boolean inside(String text) {
    for (int i = 1; i + 1 < text.length(); i++) {
      if (Character.isDigit(text.charAt(i))
          && Character.isLetter(text.charAt(i - 1))
          && Character.isLetter(text.charAt(i + 1))) {
        return true;
      }
    }
    return false;
  }
}

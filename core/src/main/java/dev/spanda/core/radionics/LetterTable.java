package dev.spanda.core.radionics;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What each letter of an alphabet counts. Case and accents make no difference; a letter of another
 * alphabet counts nothing and is reported as unread.
 */
public enum LetterTable {
  /** English ordinal: A is 1, Z is 26. */
  ORDINAL,
  /** Pythagorean: A to I are 1 to 9, J to R again, S to Z are 1 to 8. */
  PYTHAGOREAN,
  /** Reverse ordinal: A is 26, Z is 1. */
  REVERSE,
  /** Hebrew mispar hechrachi: א is 1, ת is 400, a final letter counts as the letter. */
  HEBREW,
  /** Hebrew mispar gadol: as {@link #HEBREW}, with the finals ך ם ן ף ץ as 500 to 900. */
  HEBREW_FINALS,
  /** Greek isopsephy: α is 1, ω is 800, with ϛ and ϝ as 6, ϟ as 90 and ϡ as 900. */
  GREEK;

  private static final String HEBREW_LETTERS = "אבגדהוזחטיכלמנסעפצקרשת";
  private static final String HEBREW_FINAL_LETTERS = "ךםןףץ";
  private static final String HEBREW_FINAL_BASES = "כמנפצ";
  private static final String GREEK_LETTERS = "αβγδεϛζηθικλμνξοπϟρστυφχψωϡ";

  /** The name in lower case, as on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The value of a letter as {@link #letters} gives it.
   *
   * @return 0 for a letter that is not in the table
   */
  public int value(int letter) {
    return switch (this) {
      case ORDINAL -> latin(letter);
      case REVERSE -> latin(letter) == 0 ? 0 : 27 - latin(letter);
      case PYTHAGOREAN -> latin(letter) == 0 ? 0 : (latin(letter) - 1) % 9 + 1;
      case HEBREW -> hebrew(letter);
      case HEBREW_FINALS -> {
        int end = HEBREW_FINAL_LETTERS.indexOf(letter);
        yield end >= 0 ? 500 + 100 * end : hebrew(letter);
      }
      case GREEK -> tens(GREEK_LETTERS.indexOf(greek(letter)));
    };
  }

  /** The sum over a text. */
  public long sum(String text) {
    return letters(text).chars().asLongStream().map(letter -> value((int) letter)).sum();
  }

  /** The letters of a text, small and without accents; everything else is left out. */
  public static String letters(String text) {
    StringBuilder letters = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replace("ß", "ss")
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetter)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /** The table of the alphabet that most letters of a text belong to; ordinal when none does. */
  public static LetterTable of(String text) {
    LetterTable best = ORDINAL;
    long most = 0;
    for (LetterTable table : new LetterTable[] {ORDINAL, HEBREW, GREEK}) {
      long count = letters(text).chars().filter(letter -> table.value(letter) > 0).count();
      if (count > most) {
        most = count;
        best = table;
      }
    }
    return best;
  }

  private static int latin(int letter) {
    return letter >= 'a' && letter <= 'z' ? letter - 'a' + 1 : 0;
  }

  private static int hebrew(int letter) {
    int end = HEBREW_FINAL_LETTERS.indexOf(letter);
    return tens(HEBREW_LETTERS.indexOf(end >= 0 ? HEBREW_FINAL_BASES.charAt(end) : letter));
  }

  private static int greek(int letter) {
    return switch (letter) {
      case 'ς' -> 'σ';
      case 'ϝ' -> 'ϛ';
      case 'ϙ' -> 'ϟ';
      default -> letter;
    };
  }

  /** Nine ones, nine tens, nine hundreds. */
  private static int tens(int index) {
    if (index < 0) {
      return 0;
    }
    int digit = index % 9 + 1;
    return index < 9 ? digit : index < 18 ? 10 * digit : 100 * digit;
  }
}

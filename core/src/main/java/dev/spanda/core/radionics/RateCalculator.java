package dev.spanda.core.radionics;

import dev.spanda.core.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Makes rates of words. The text is the intention, a space and the target's name. Every method
 * makes a whole number N of it, and the rate is {@code (N mod 1000) / 10}:
 *
 * <ul>
 *   <li>gematria: N is the sum of the letters by a {@link LetterTable};
 *   <li>hash: N is the first eight bytes, taken as a number without sign, of the SHA-256 of the
 *       text in NFC, in small letters, with single spaces;
 *   <li>phonetic: N is the sum over the words of a hundred times the ordinal of the letter, plus
 *       the three digits, of their American Soundex code;
 *   <li>mixed: the mean of the three rates, to a tenth.
 * </ul>
 *
 * <p>For the dials the letters are dealt out in turn to the first, second and third, and each dial
 * shows the sum of its letters modulo 101; for hash the next three pairs of bytes are taken
 * instead. Phonetic and mixed have the dials of gematria.
 *
 * <p>Confidence is {@code c · (1 + a) / 2}, to a hundredth. Coverage c is the share of the text's
 * letters that the method could read. Agreement a is 1 less the mean distance, around the circle of
 * a hundred and in units of half of it, between the rate and those of the other simple methods.
 * Unlike words make unlike rates, so an agreement of 0.5 is what chance gives.
 *
 * <p>The same words always make the same rate. A rate is a symbol of its words and measures
 * nothing.
 */
public final class RateCalculator {

  private static final int LONGEST_INTENTION = 2_000;
  private static final int LONGEST_NAME = 200;
  private static final int STEPS = 1_000;
  private static final String SOUNDEX = "01230120022455012623010202";

  private RateCalculator() {}

  /** How a rate is made; {@link RateCalculator} defines each. */
  public enum Method {
    /** By the values of letters. */
    GEMATRIA,
    /** By a digest of the text. */
    HASH,
    /** By the sound of the words. */
    PHONETIC,
    /** By all three. */
    MIXED;

    /** The name in lower case, as on the wire. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The rate of an intention.
   *
   * @param intention 1 to 2 000 characters, not all blank
   * @param targetName up to 200 characters; may be empty
   * @param table for gematria; when empty {@link LetterTable#of} the text
   * @throws Failure INVALID, subject {@code intention} or {@code target_name}, also when the method
   *     can read no letter of them
   */
  public static Rate calculate(
      String intention, String targetName, Method method, Optional<LetterTable> table) {
    requireLength("intention", "Intention", intention, LONGEST_INTENTION);
    requireLength("target_name", "Target name", targetName, LONGEST_NAME);
    if (intention.isBlank()) {
      throw Failure.invalid("intention", intention, "Intention must not be blank");
    }
    String text = (intention + " " + targetName).strip();
    LetterTable letters = table.orElseGet(() -> LetterTable.of(text));
    double gematria = rate(letters.sum(text));
    ByteBuffer digest = digest(text);
    double hash = Long.remainderUnsigned(digest.getLong(), STEPS) / 10.0;
    double phonetic = rate(phonetic(text));
    double rate =
        switch (method) {
          case GEMATRIA -> gematria;
          case HASH -> hash;
          case PHONETIC -> phonetic;
          case MIXED -> Math.round((gematria + hash + phonetic) / 3 * 10) / 10.0;
        };
    IntPredicate readable =
        switch (method) {
          case HASH -> letter -> true;
          case GEMATRIA -> letter -> letters.value(letter) > 0;
          case PHONETIC -> letter -> LetterTable.ORDINAL.value(letter) > 0;
          case MIXED ->
              letter -> letters.value(letter) > 0 && LetterTable.ORDINAL.value(letter) > 0;
        };
    String all = LetterTable.letters(text);
    long read = all.chars().filter(readable).count();
    if (read == 0 && method != Method.HASH) {
      throw Failure.invalid(
          "intention",
          intention,
          "The method "
              + method.word()
              + " can read no letter of the intention; hash reads any text");
    }
    double coverage = all.isEmpty() ? 1 : (double) read / all.length();
    List<Integer> dials =
        method == Method.HASH
            ? List.of(dial(digest), dial(digest), dial(digest))
            : dials(all, letters);
    return new Rate(
        rate,
        dials,
        Math.round((100 - rate) * 10) / 10.0,
        Math.round(coverage * (1 + agreement(rate, method, gematria, hash, phonetic)) / 2 * 100)
            / 100.0,
        method,
        unread(all, readable));
  }

  private static double rate(long number) {
    return number % STEPS / 10.0;
  }

  private static double agreement(
      double rate, Method method, double gematria, double hash, double phonetic) {
    double sum = 0;
    int count = 0;
    double[] others = {gematria, hash, phonetic};
    for (int i = 0; i < others.length; i++) {
      if (method.ordinal() != i) {
        double apart = Math.abs(rate - others[i]);
        sum += Math.min(apart, 100 - apart) / 50;
        count++;
      }
    }
    return 1 - sum / count;
  }

  private static ByteBuffer digest(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\s+", " ");
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int dial(ByteBuffer digest) {
    return (digest.getShort() & 0xFFFF) % 101;
  }

  private static List<Integer> dials(String letters, LetterTable table) {
    int[] sums = new int[3];
    for (int i = 0; i < letters.length(); i++) {
      sums[i % 3] = (sums[i % 3] + table.value(letters.charAt(i))) % 101;
    }
    return List.of(sums[0], sums[1], sums[2]);
  }

  private static long phonetic(String text) {
    long sum = 0;
    for (String word : text.split("[^\\p{L}\\p{M}]+")) {
      String code = soundex(LetterTable.letters(word));
      if (!code.isEmpty()) {
        sum += 100L * LetterTable.ORDINAL.value(code.charAt(0));
        sum += Integer.parseInt(code.substring(1));
      }
    }
    return sum;
  }

  /**
   * The American Soundex code of a word in small letters (National Archives, The Soundex Indexing
   * System): equal digits of neighbours count once, also across h and w.
   *
   * @return a letter and three digits, or empty for a word without a Latin letter
   */
  static String soundex(String word) {
    List<Character> latin = new ArrayList<>();
    for (char letter : word.toCharArray()) {
      if (LetterTable.ORDINAL.value(letter) > 0) {
        latin.add(letter);
      }
    }
    if (latin.isEmpty()) {
      return "";
    }
    StringBuilder code = new StringBuilder().append(latin.get(0));
    char last = SOUNDEX.charAt(latin.get(0) - 'a');
    for (char letter : latin.subList(1, latin.size())) {
      char digit = SOUNDEX.charAt(letter - 'a');
      if (digit != '0' && digit != last && code.length() < 4) {
        code.append(digit);
      }
      if (letter != 'h' && letter != 'w') {
        last = digit;
      }
    }
    while (code.length() < 4) {
      code.append('0');
    }
    return code.toString();
  }

  private static String unread(String letters, IntPredicate readable) {
    StringBuilder unread = new StringBuilder();
    letters
        .codePoints()
        .filter(letter -> !readable.test(letter))
        .distinct()
        .forEach(unread::appendCodePoint);
    return unread.toString();
  }

  private static void requireLength(String subject, String label, String text, int most) {
    String unused = Failure.requireText(subject, label, text, 0, most);
  }
}

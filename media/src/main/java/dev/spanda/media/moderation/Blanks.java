package dev.spanda.media.moderation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the blanks back between words that were run together: the most probable row of words, by how
 * common each is and how often it stands behind the one before it. Source of the method: P. Norvig,
 * "Natural Language Corpus Data", in T. Segaran, J. Hammerbacher (eds.), Beautiful Data, O'Reilly
 * 2009, chapter 14; of the step back to single words where a pair was never counted: T. Brants et
 * al., "Large Language Models in Machine Translation", EMNLP 2007, section 4. Departures: at each
 * place the three best rows are kept, a sign may stand for a letter, and a number is a word.
 */
final class Blanks {

  private static final int LONGEST = 20;
  private static final int LONGEST_UNKNOWN = 12;
  private static final int KEPT = 3;

  /** What a sign that stands for a letter costs, as a natural logarithm like all below. */
  private static final float SIGN = -3;

  private static final float FIGURES = -7;
  private static final float NAME = -5;
  private static final float MARK = -1;

  /**
   * A row of words that ends at a place.
   *
   * @param hash of its last word, which begins at {@code from}
   * @param word what is read for it; null for its letters
   */
  private record Row(
      float value,
      int from,
      long hash,
      boolean known,
      @Nullable String word,
      @Nullable Row before) {}

  private Blanks() {}

  /**
   * The words of a text without blanks, in the letters that they are read in; {@code <dN>} for a
   * number of N digits, {@code <at>} for an @ before a name, nothing for other signs.
   *
   * @param run lower-case letters, digits and the signs that may stand for letters
   */
  static List<String> restored(String run, Vocabulary vocabulary) {
    int length = run.length();
    String letters = Leet.first(run);
    Row[][] rows = new Row[length + 1][KEPT];
    rows[0][0] = new Row(0, 0, Hash.of("^"), true, "", null);
    for (int start = 0; start < length; start++) {
      if (rows[start][0] == null) {
        continue;
      }
      char c = run.charAt(start);
      if (isDigit(c)) {
        int end = start + 1;
        while (end < length && isDigit(run.charAt(end))) {
          end++;
        }
        apart(rows, start, end, FIGURES, "<d" + Math.min(12, end - start) + ">");
      } else if (!Character.isLetter(c)) {
        boolean name = c == '@' && start + 1 < length && Character.isLetter(run.charAt(start + 1));
        apart(rows, start, start + 1, name ? NAME : MARK, name ? "<at>" : "");
      }
      long hash = Hash.START;
      int signs = 0;
      int stars = 0;
      for (int end = start + 1; end <= Math.min(length, start + LONGEST); end++) {
        hash = Hash.step(hash, letters.charAt(end - 1));
        signs += Character.isLetter(run.charAt(end - 1)) ? 0 : 1;
        stars += run.charAt(end - 1) == '*' ? 1 : 0;
        float alone = vocabulary.log(hash);
        boolean known = alone < 0;
        if (!known) {
          if (signs == 0 && end - start <= LONGEST_UNKNOWN) {
            // Behind the best row it is better than behind any other.
            Row best = rows[start][0];
            float value = best.value() + vocabulary.unknown(end - start);
            keep(rows[end], value, start, hash, false, best);
          }
          continue;
        }
        if (signs > 0 && (signs == end - start || end - start == 1)) {
          continue;
        }
        for (Row row : rows[start]) {
          if (row != null) {
            float value = row.value() + (signs - stars) * SIGN;
            value += vocabulary.log(row.hash(), row.known(), hash, alone);
            keep(rows[end], value, start, hash, true, row);
          }
        }
      }
    }
    List<String> words = new ArrayList<>();
    int end = length;
    for (Row row = rows[length][0]; row != null && row.before() != null; row = row.before()) {
      String word = row.word() == null ? letters.substring(row.from(), end) : row.word();
      if (!word.isEmpty()) {
        words.add(word);
      }
      end = row.from();
    }
    Collections.reverse(words);
    return words;
  }

  private static void apart(Row[][] rows, int start, int end, float cost, String word) {
    for (Row row : rows[start]) {
      if (row != null) {
        insert(
            rows[end],
            new Row(
                row.value() + cost, start, Hash.of(word.isEmpty() ? "^" : word), true, word, row));
      }
    }
  }

  private static void keep(
      Row[] rows, float value, int from, long hash, boolean known, Row before) {
    if (rows[KEPT - 1] == null || value > rows[KEPT - 1].value()) {
      insert(rows, new Row(value, from, hash, known, null, before));
    }
  }

  /** The best row of each last word, the best first. */
  private static void insert(Row[] rows, Row row) {
    int free = KEPT - 1;
    for (int i = 0; i < KEPT; i++) {
      if (rows[i] != null && rows[i].from() == row.from() && rows[i].hash() == row.hash()) {
        free = i;
      }
    }
    if (rows[free] != null && rows[free].value() >= row.value()) {
      return;
    }
    while (free > 0 && (rows[free - 1] == null || rows[free - 1].value() < row.value())) {
      rows[free] = rows[free - 1];
      free--;
    }
    rows[free] = row;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

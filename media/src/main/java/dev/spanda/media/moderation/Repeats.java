package dev.spanda.media.moderation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Letters that stand several times in a row. */
final class Repeats {

  private static final int MOST_RUNS = 6;

  private Repeats() {}

  /**
   * What a word may have been before letters were repeated, the longest first. When all letters
   * stand a multiple of the same number of times, that number is taken for the trick and divided
   * out before anything else.
   */
  static List<String> candidates(String word) {
    StringBuilder letters = new StringBuilder();
    List<Integer> runs = new ArrayList<>();
    for (int i = 0; i < word.length(); i++) {
      if (i > 0 && word.charAt(i) == word.charAt(i - 1)) {
        runs.set(runs.size() - 1, runs.get(runs.size() - 1) + 1);
      } else {
        letters.append(word.charAt(i));
        runs.add(1);
      }
    }
    if (letters.length() == word.length()) {
      return List.of();
    }
    List<String> candidates = new ArrayList<>();
    int divisor = 0;
    List<Integer> repeated = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      divisor = gcd(divisor, runs.get(i));
      if (runs.get(i) > 1) {
        repeated.add(i);
      }
    }
    if (divisor > 1) {
      candidates.add(build(letters, runs, divisor));
    }
    int choices = 1 << Math.min(MOST_RUNS, repeated.size());
    List<String> others = new ArrayList<>();
    for (int choice = 0; choice < choices; choice++) {
      List<Integer> lengths = new ArrayList<>(runs);
      for (int k = 0; k < repeated.size(); k++) {
        boolean two = k < MOST_RUNS && (choice >> k & 1) == 0;
        lengths.set(repeated.get(k), two ? 2 : 1);
      }
      others.add(build(letters, lengths, 1));
    }
    others.sort(Comparator.comparingInt(String::length).reversed());
    candidates.addAll(others);
    return candidates;
  }

  /** With every run of three or more cut to one: English writes no letter three times. */
  static String once(String word) {
    StringBuilder kept = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); ) {
      int end = i + 1;
      while (end < word.length() && word.charAt(end) == word.charAt(i)) {
        end++;
      }
      kept.append(word, i, end - i >= 3 ? i + 1 : end);
      i = end;
    }
    return kept.toString();
  }

  private static String build(CharSequence letters, List<Integer> runs, int divisor) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < letters.length(); i++) {
      for (int k = 0; k < runs.get(i) / divisor; k++) {
        word.append(letters.charAt(i));
      }
    }
    return word.toString();
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}

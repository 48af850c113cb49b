package dev.spanda.media.moderation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Letters that stand several times in a row. */
final class Repeats {

  private static final int MOST_RUNS = 6;

  /** What it costs, as a logarithm, to take two letters for one. */
  private static final float PAIR = -4;

  /** And that all letters stand three times and more by chance, of three and more and of two. */
  private static final float OTHER = -8;

  private static final float TWO = -3;

  private Repeats() {}

  /**
   * What a word may have been before letters were repeated.
   *
   * @param cost what is unlikely about it, a natural logarithm ≤ 0
   */
  record Candidate(String word, float cost) {}

  /**
   * What a word may have been before letters were repeated, the longest first. When all letters
   * stand a multiple of the same number of times, that number is taken for the trick and divided
   * out before anything else. A run of three and more was one letter or two; one of two was hardly
   * ever one.
   */
  static List<Candidate> candidates(String word) {
    StringBuilder letters = new StringBuilder();
    List<Integer> runs = runs(word, letters);
    if (letters.length() == word.length()) {
      return List.of();
    }
    List<Candidate> candidates = new ArrayList<>();
    int divisor = divisor(runs);
    List<Integer> repeated = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i) > 1) {
        repeated.add(i);
      }
    }
    if (divisor > 1) {
      candidates.add(new Candidate(build(letters, runs, divisor), 0));
    }
    int choices = 1 << Math.min(MOST_RUNS, repeated.size());
    List<Candidate> others = new ArrayList<>();
    for (int choice = 0; choice < choices; choice++) {
      List<Integer> lengths = new ArrayList<>(runs);
      float cost = divisor < 3 ? 0 : runs.size() > 2 ? OTHER : runs.size() > 1 ? TWO : 0;
      for (int k = 0; k < repeated.size(); k++) {
        boolean two = k < MOST_RUNS && (choice >> k & 1) == 0;
        cost += runs.get(repeated.get(k)) == 2 && !two ? PAIR : 0;
        lengths.set(repeated.get(k), two ? 2 : 1);
      }
      others.add(new Candidate(build(letters, lengths, 1), cost));
    }
    others.sort(
        Comparator.comparingInt((Candidate candidate) -> candidate.word().length()).reversed());
    candidates.addAll(others);
    return candidates;
  }

  /** Whether a letter stands three times in a row: English writes no word so. */
  static boolean stretched(String word) {
    for (int i = 2; i < word.length(); i++) {
      if (word.charAt(i) == word.charAt(i - 1) && word.charAt(i) == word.charAt(i - 2)) {
        return true;
      }
    }
    return false;
  }

  /**
   * An unknown word without its repeats: where all of three letters or more stand a multiple of
   * three times or more, the word before that; else with every run of three and more cut to one.
   */
  static String without(String word) {
    StringBuilder letters = new StringBuilder();
    List<Integer> runs = runs(word, letters);
    int divisor = divisor(runs);
    return divisor > 2 && runs.size() > 2 ? build(letters, runs, divisor) : once(word);
  }

  private static List<Integer> runs(String word, StringBuilder letters) {
    List<Integer> runs = new ArrayList<>();
    for (int i = 0; i < word.length(); i++) {
      if (i > 0 && word.charAt(i) == word.charAt(i - 1)) {
        runs.set(runs.size() - 1, runs.get(runs.size() - 1) + 1);
      } else {
        letters.append(word.charAt(i));
        runs.add(1);
      }
    }
    return runs;
  }

  private static int divisor(List<Integer> runs) {
    int divisor = 0;
    for (int run : runs) {
      divisor = gcd(divisor, run);
    }
    return divisor;
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

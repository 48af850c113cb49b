package dev.spanda.media.persona;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Ranks texts by a question. Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance
 * Framework: BM25 and Beyond", Foundations and Trends in Information Retrieval 3(4), 2009, equation
 * 3.15; k1 = 1.2, b = 0.75; words that say little of what a question is about (you, what, should)
 * count a quarter. Immutable and thread-safe.
 */
final class Bm25 {

  private static final double K1 = 1.2;
  private static final double B = 0.75;

  /**
   * A text that was found.
   *
   * @param share its score over that of a text of usual length with every word of the question, 0
   *     to 1
   */
  record Hit(int text, double share) {}

  private record Posting(int text, int count) {}

  private final Map<String, List<Posting>> postings = new HashMap<>();
  private final int[] lengths;
  private final double average;

  Bm25(List<String> texts) {
    lengths = new int[texts.size()];
    long total = 0;
    for (int i = 0; i < lengths.length; i++) {
      Map<String, Integer> counts = new HashMap<>();
      for (String word : Sound.Terms.telling(texts.get(i))) {
        counts.merge(word, 1, Integer::sum);
        lengths[i]++;
      }
      int text = i;
      counts.forEach(
          (word, count) ->
              postings
                  .computeIfAbsent(word, key -> new ArrayList<>())
                  .add(new Posting(text, count)));
      total += lengths[i];
    }
    average = Math.max(1, total / (double) Math.max(1, lengths.length));
  }

  /** Every text with a word of the question, in no order. */
  List<Hit> find(String question) {
    Map<Integer, Double> sums = new HashMap<>();
    double most = 0;
    for (String word : new HashSet<>(Sound.Terms.telling(question))) {
      List<Posting> own = postings.getOrDefault(word, List.of());
      // A word that stands in no text says no more than one that stands in one.
      int with = Math.max(1, Math.min(own.size(), lengths.length));
      double rare =
          Sound.Terms.weight(word)
              * StrictMath.log(1 + (lengths.length - with + 0.5) / (with + 0.5));
      most += rare;
      for (Posting posting : own) {
        double norm = K1 * (1 - B + B * lengths[posting.text()] / average);
        double gain = rare * posting.count() * (K1 + 1) / (posting.count() + norm);
        sums.merge(posting.text(), gain, Double::sum);
      }
    }
    List<Hit> hits = new ArrayList<>();
    for (Map.Entry<Integer, Double> sum : sums.entrySet()) {
      hits.add(new Hit(sum.getKey(), Math.min(1, sum.getValue() / most)));
    }
    return hits;
  }
}

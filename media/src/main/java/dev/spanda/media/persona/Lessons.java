package dev.spanda.media.persona;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one persona was taught, ready to be searched: the prompts and the answers by BM25, and which
 * words follow which in the answers. Immutable and thread-safe.
 */
final class Lessons {

  /** A prompt, perhaps empty, and what was answered. */
  record Pair(String prompt, String answer, String source, double weight) {}

  /**
   * An answer that may fit.
   *
   * @param share how much of the question it covers, 0 to 1
   * @param rank by which candidates are ordered
   */
  record Candidate(Pair pair, double share, double rank) {}

  private static final double SAME_TALK = 0.6;

  private final List<Pair> pairs;
  private final Bm25 prompts;
  private final Bm25 answers;
  private final List<Speech.Asked> asked;
  private final List<Speech.Intent> intents;
  private final Map<String, Double> words = new HashMap<>();
  private final Map<String, Double> followers = new HashMap<>();

  Lessons(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
    this.asked = pairs.stream().map(pair -> Speech.askedBy(pair.prompt())).toList();
    this.intents = pairs.stream().map(pair -> Speech.of(pair.prompt()).intent()).toList();
    this.prompts = new Bm25(pairs.stream().map(Pair::prompt).toList());
    this.answers = new Bm25(pairs.stream().map(Pair::answer).toList());
    for (Pair pair : pairs) {
      String before = "";
      for (String word : Sound.Terms.all(pair.answer())) {
        words.merge(word, pair.weight(), Double::sum);
        followers.merge(before + " " + word, pair.weight(), Double::sum);
        before = word;
      }
    }
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  /**
   * The answers that fit best: the share of the question that the prompt covers, times how far an
   * answer to the one sort of question answers the other ({@link Speech.Asked#fits}), or half of
   * the share that the answer itself covers if that is more, at least 0.6 where both are the same
   * sort of small talk; times the root of the lesson's weight, 1.1 times when it was learnt on the
   * same platform, and raised by up to a fifth by how much it is in the persona's manner.
   */
  List<Candidate> answersTo(String question, String platform, int most) {
    Map<Integer, Double> shares = new HashMap<>();
    Speech.Asked wanted = Speech.askedBy(question);
    prompts
        .find(question)
        .forEach(hit -> shares.put(hit.text(), hit.share() * wanted.fits(asked.get(hit.text()))));
    answers.find(question).forEach(hit -> shares.merge(hit.text(), hit.share() / 2, Math::max));
    Speech.Intent intent = Speech.of(question).intent();
    if (intent.small()) {
      for (int i = 0; i < pairs.size(); i++) {
        if (intents.get(i) == intent && !pairs.get(i).prompt().isEmpty()) {
          shares.merge(i, SAME_TALK, Math::max);
        }
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    shares.forEach(
        (at, share) -> {
          Pair pair = pairs.get(at);
          double rank = share * Math.sqrt(pair.weight());
          rank *= pair.source().equalsIgnoreCase(platform) ? 1.1 : 1;
          rank *= 1 + 0.2 * manner(pair.answer());
          candidates.add(new Candidate(pair, share, rank));
        });
    candidates.sort(
        Comparator.comparingDouble(Candidate::rank)
            .reversed()
            .thenComparing(candidate -> candidate.pair().answer()));
    return candidates.size() > most ? candidates.subList(0, most) : candidates;
  }

  /**
   * How much a text is in the persona's manner, 0 to 1: over its words, the mean of whether the
   * persona was taught the word (0.6) and the word after the one before it (0.4), each counting c /
   * (c + 0.25) with the summed weight c of the lessons it is in. 0 when nothing was taught.
   */
  double manner(String text) {
    List<String> own = Sound.Terms.all(text);
    if (own.isEmpty() || pairs.isEmpty()) {
      return 0;
    }
    double sum = 0;
    String before = "";
    for (String word : own) {
      sum += 0.6 * known(words.get(word)) + 0.4 * known(followers.get(before + " " + word));
      before = word;
    }
    return sum / own.size();
  }

  private static double known(@org.jspecify.annotations.Nullable Double weight) {
    return weight == null ? 0 : weight / (weight + 0.25);
  }
}

package dev.spanda.core.learning;

import dev.spanda.core.agent.Work;
import dev.spanda.core.store.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts of the words of inputs of one type of work.
 *
 * <p>A word is {@code priority=2}, {@code task=…}, {@code agent=…}, a parameter with its value such
 * as {@code source=api}, an entry of a list such as {@code transformations[]=clean}, or for a
 * number its power of two, such as {@code n≈2^7}.
 */
final class Patterns {

  /** How often a word must have been met before it says anything. */
  static final int ENOUGH = 3;

  /** How many runs of the mean stand beside those of a word in its forecast. */
  private static final double SHRINKAGE = 3;

  private static final double SMALLEST_SPREAD_SECONDS = 0.001;
  private static final int MOST_WORDS = 40;
  private static final int LONGEST_WORD = 120;

  /** What was seen with one word. */
  static final class Count {
    long good;
    long bad;
    double seconds;
    double squaredSeconds;

    Count(long good, long bad, double seconds, double squaredSeconds) {
      this.good = good;
      this.bad = bad;
      this.seconds = seconds;
      this.squaredSeconds = squaredSeconds;
    }

    long met() {
      return good + bad;
    }

    double mean() {
      return seconds / met();
    }

    double spread() {
      double mean = mean();
      return Math.sqrt(Math.max(0, squaredSeconds / met() - mean * mean));
    }
  }

  private final Map<String, Count> counts = new HashMap<>();

  Count count(String word) {
    return counts.computeIfAbsent(word, unused -> new Count(0, 0, 0, 0));
  }

  void put(String word, Count count) {
    counts.put(word, count);
  }

  Set<String> words() {
    return counts.keySet();
  }

  /** The words of a run, the empty one, which all runs have, first. */
  static Set<String> wordsOf(Work work) {
    Set<String> words = new LinkedHashSet<>();
    words.add("");
    words.add("task=" + work.request().label());
    words.add("priority=" + work.request().priority());
    work.agentId().ifPresent(agent -> words.add("agent=" + agent));
    Map<?, ?> input = Json.read(work.request().input(), Map.class);
    input.forEach((name, value) -> add(words, name.toString(), value, 2));
    return words;
  }

  private static void add(Set<String> words, String name, Object value, int depth) {
    if (words.size() >= MOST_WORDS || value == null) {
      return;
    }
    if (value instanceof Number number) {
      double size = Math.abs(number.doubleValue());
      words.add(name + (size == 0 ? "=0" : "≈2^" + Math.getExponent(size)));
    } else if (value instanceof Collection<?> list) {
      list.forEach(element -> add(words, name + "[]", element, depth - 1));
    } else if (value instanceof Map<?, ?> map) {
      if (depth > 0) {
        map.forEach((key, element) -> add(words, name + "." + key, element, depth - 1));
      }
    } else {
      String word = name + "=" + value;
      words.add(word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD));
    }
  }

  /** Whether enough runs of the type have ended for a forecast. */
  boolean knows() {
    return count("").met() >= ENOUGH;
  }

  /**
   * The chance of success, by Bayes' rule with one word. The odds of all runs, (good + 1) / (bad +
   * 1), are multiplied by the factor of the word among these whose factor is farthest from one;
   * with g good and b bad runs of the word, and G and B of all, the factor is (g + ½) / (G + 1) ÷
   * (b + ½) / (B + 1). One word and not the product of all, because words that always come together
   * would be counted twice. Without any run it is one half.
   */
  double successChance(Set<String> words) {
    Count all = count("");
    double odds = (all.good + 1.0) / (all.bad + 1.0);
    double best = 0;
    for (String word : words) {
      Count count = counts.get(word);
      if (!word.isEmpty() && count != null && count.met() >= ENOUGH) {
        double log = Math.log(factor(count, all));
        if (Math.abs(log) > Math.abs(best)) {
          best = log;
        }
      }
    }
    double chance = odds * Math.exp(best);
    return chance / (1 + chance);
  }

  /** How much more often a word stands in good runs than in bad ones. */
  static double factor(Count count, Count all) {
    return ((count.good + 0.5) / (all.good + 1.0)) / ((count.bad + 0.5) / (all.bad + 1.0));
  }

  /**
   * How long a run will take, in seconds: the mean of the word whose mean lies farthest from that
   * of all runs, measured in standard errors, drawn towards it as if three runs had taken the mean
   * of all: (n·m + 3·M) / (n + 3). The mean of all when no word was met three times.
   */
  double seconds(Set<String> words) {
    double mean = count("").mean();
    double best = 0;
    double forecast = mean;
    for (String word : words) {
      Count count = counts.get(word);
      if (!word.isEmpty() && count != null && count.met() >= ENOUGH) {
        double error = (count.spread() + SMALLEST_SPREAD_SECONDS) / Math.sqrt((double) count.met());
        double distance = Math.abs(count.mean() - mean) / error;
        if (distance > best) {
          best = distance;
          forecast = (count.met() * count.mean() + SHRINKAGE * mean) / (count.met() + SHRINKAGE);
        }
      }
    }
    return forecast;
  }

  void learn(Set<String> words, boolean good, double seconds) {
    for (String word : words) {
      Count count = count(word);
      count.good += good ? 1 : 0;
      count.bad += good ? 0 : 1;
      count.seconds += seconds;
      count.squaredSeconds += seconds * seconds;
    }
  }

  /** The words whose runs fail more often than the others, the worst first. */
  List<String> worst(int most) {
    Count all = count("");
    return counts.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty() && entry.getValue().met() >= ENOUGH)
        .filter(entry -> entry.getValue().bad > 0 && factor(entry.getValue(), all) < 0.5)
        .sorted(
            java.util.Comparator.<Map.Entry<String, Count>>comparingDouble(
                    entry -> factor(entry.getValue(), all))
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}

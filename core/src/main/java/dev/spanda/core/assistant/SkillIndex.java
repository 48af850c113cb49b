package dev.spanda.core.assistant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the skill that a message asks for. The weight of a word is that of BM25: the rarer among
 * the skills the more, the more often in one the more, up to a bound. Keywords count three times,
 * names twice. Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
 * Beyond", Foundations and Trends in Information Retrieval 3(4), 2009, equation 3.15.
 */
final class SkillIndex {

  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final List<Skill> skills;
  private final List<Map<String, Integer>> counts = new ArrayList<>();
  private final List<HashSet<String>> strong = new ArrayList<>();
  private final Map<String, Integer> documents = new HashMap<>();
  private final double averageLength;

  SkillIndex(List<Skill> skills) {
    this.skills = List.copyOf(skills);
    long total = 0;
    for (Skill skill : skills) {
      Map<String, Integer> count = new HashMap<>();
      HashSet<String> own = new HashSet<>();
      for (String keyword : skill.keywords()) {
        add(count, keyword, 3);
        own.addAll(Words.stems(keyword));
      }
      add(count, skill.name(), 2);
      own.addAll(Words.stems(skill.name()));
      add(count, skill.description(), 1);
      counts.add(count);
      strong.add(own);
      count.keySet().forEach(word -> documents.merge(word, 1, Integer::sum));
      total += length(count);
    }
    averageLength = skills.isEmpty() ? 1 : Math.max(1, (double) total / skills.size());
  }

  /** The skill that fits best, when the message has a word of its name or keywords. */
  Optional<Skill> find(String message) {
    List<String> words = Words.stems(Words.unquoted(message));
    Skill best = null;
    double most = 0;
    for (int i = 0; i < skills.size(); i++) {
      if (words.stream().noneMatch(strong.get(i)::contains)) {
        continue;
      }
      double score = 0;
      Map<String, Integer> count = counts.get(i);
      double norm = K1 * (1 - B + B * length(count) / averageLength);
      for (String word : words) {
        int often = count.getOrDefault(word, 0);
        if (often > 0) {
          int in = documents.getOrDefault(word, 1);
          double rarity = Math.log(1 + (skills.size() - in + 0.5) / (in + 0.5));
          score += rarity * often * (K1 + 1) / (often + norm);
        }
      }
      if (score > most) {
        most = score;
        best = skills.get(i);
      }
    }
    return Optional.ofNullable(best);
  }

  private static void add(Map<String, Integer> count, String text, int weight) {
    for (String word : Words.stems(text)) {
      count.merge(word, weight, Integer::sum);
    }
  }

  private static int length(Map<String, Integer> count) {
    return count.values().stream().mapToInt(Integer::intValue).sum();
  }
}

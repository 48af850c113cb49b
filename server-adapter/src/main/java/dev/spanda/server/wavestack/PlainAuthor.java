package dev.spanda.server.wavestack;

import dev.spanda.media.publish.Publication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes texts of the words at hand, where the persona writes none: the title and the given text one
 * below the other; words that say something are those longer than three letters that are no
 * function words, the most frequent first and of equally frequent ones the earlier.
 */
final class PlainAuthor {

  private static final int SHORTEST_TAG = 4;
  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          "this",
          "that",
          "with",
          "from",
          "have",
          "your",
          "what",
          "when",
          "where",
          "which",
          "will",
          "would",
          "could",
          "should",
          "about",
          "there",
          "their",
          "they",
          "them",
          "these",
          "those",
          "here",
          "just",
          "more",
          "most",
          "much",
          "very",
          "into",
          "over",
          "than",
          "then",
          "been",
          "being",
          "were",
          "does",
          "done",
          "also",
          "only",
          "some",
          "such",
          "each",
          "every",
          "check",
          "video",
          "description");

  private PlainAuthor() {}

  /** The title and the given text, 1 to {@code longest} characters. */
  static String text(Publication.Plan plan, int longest) {
    Set<String> parts = new LinkedHashSet<>();
    parts.add(plan.title().strip());
    parts.add(plan.text().strip());
    parts.remove("");
    return cut(parts.isEmpty() ? plan.platform() : String.join("\n\n", parts), longest);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }

  /** The words of a text that say something, in lower case, without doubles. */
  static List<String> words(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (word.length() >= SHORTEST_TAG && word.length() <= 30 && !FUNCTION_WORDS.contains(word)) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    List<Map.Entry<String, Integer>> ranked = new ArrayList<>(counts.entrySet());
    ranked.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    return ranked.stream().map(Map.Entry::getKey).toList();
  }
}

package dev.spanda.server.wavestack;

import dev.spanda.core.text.EmbeddedModel;
import dev.spanda.core.text.TextModel;
import dev.spanda.media.publish.Author;
import dev.spanda.media.publish.Publication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes texts with the language model that the server was given, and without one from the words at
 * hand: the title and the given text one below the other; tags are the words of title and text that
 * are longer than three letters and no function words, the most frequent first and of equally
 * frequent ones the earlier.
 */
final class PlainAuthor implements Author {

  private static final String TASK =
      "You write the text under a video or picture. Answer with the text alone, in plain sentences,"
          + " without hashtags and links. Claim nothing that is not in what you are given.";
  private static final int LONGEST_WISHED = 600;
  private static final int SHORTEST_TAG = 4;
  private static final int MOST = 10;
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

  private final TextModel model;

  PlainAuthor(TextModel model) {
    this.model = model;
  }

  @Override
  public String text(Publication.Plan plan, int longest) {
    Set<String> parts = new LinkedHashSet<>();
    parts.add(plan.title().strip());
    parts.add(plan.text().strip());
    parts.remove("");
    String known = parts.isEmpty() ? plan.platform() : String.join("\n\n", parts);
    if (!(model instanceof EmbeddedModel)) {
      int wished = Math.min(longest, LONGEST_WISHED);
      String written = model.complete(TextModel.Prompt.of(TASK, known, wished)).text().strip();
      return written.isEmpty() ? cut(known, longest) : cut(written, longest);
    }
    return cut(known, longest);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }

  @Override
  public List<String> tags(Publication.Plan plan, int most) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    String words = (plan.title() + " " + plan.text()).toLowerCase(Locale.ROOT);
    for (String word : words.split("[^\\p{L}\\p{N}]+", -1)) {
      if (word.length() >= SHORTEST_TAG && word.length() <= 30 && !FUNCTION_WORDS.contains(word)) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    Set<String> given =
        plan.tags().stream().map(tag -> tag.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    List<Map.Entry<String, Integer>> ranked = new ArrayList<>(counts.entrySet());
    ranked.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    return ranked.stream()
        .map(Map.Entry::getKey)
        .filter(word -> !given.contains(word))
        .limit(Math.min(most, MOST))
        .toList();
  }
}

package dev.spanda.core.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The model that is always there: it makes nothing up, but hands back the sentences of the system's
 * turns that share most words with the question, in their order, and says so when there are none.
 * The same prompt always has the same answer. Immutable and thread-safe.
 */
public final class EmbeddedModel implements TextModel {

  /** The name it answers under. */
  public static final String NAME = "spanda-embedded-1";

  private static final int MOST_SENTENCES = 3;
  private static final Set<String> FILLERS =
      Set.of(
          "the", "and", "for", "are", "you", "your", "can", "what", "how", "does", "with", "this",
          "that", "have", "has", "was", "from", "not", "but", "please", "about", "tell", "which");

  /** The model. */
  public EmbeddedModel() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Completion complete(Prompt prompt) {
    Set<String> asked = words(prompt.question());
    List<String> sentences = new ArrayList<>();
    for (Turn turn : prompt.turns()) {
      if (turn.role() == Role.SYSTEM) {
        for (String sentence : turn.text().split("(?<=[.!?])\\s+|\\n+", -1)) {
          if (!sentence.isBlank()) {
            sentences.add(sentence.strip());
          }
        }
      }
    }
    int[] shared = new int[sentences.size()];
    int best = 0;
    for (int i = 0; i < shared.length; i++) {
      Set<String> own = words(sentences.get(i));
      own.retainAll(asked);
      shared[i] = own.size();
      best = Math.max(best, shared[i]);
    }
    StringBuilder answer = new StringBuilder();
    int taken = 0;
    for (int i = 0; i < shared.length && taken < MOST_SENTENCES; i++) {
      if (shared[i] > 0 && 2 * shared[i] > best) {
        answer.append(answer.isEmpty() ? "" : " ").append(sentences.get(i));
        taken++;
      }
    }
    if (answer.isEmpty()) {
      answer.append("I know nothing about that.");
    }
    int longest = prompt.longestAnswer();
    return answer.length() <= longest
        ? new Completion(answer.toString(), NAME, true)
        : new Completion(answer.substring(0, longest), NAME, false);
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (word.length() > 2 && !FILLERS.contains(word)) {
        // The plural asks for the same as the singular.
        words.add(
            word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
      }
    }
    return words;
  }
}

package dev.spanda.core.assistant;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the assistant answers.
 *
 * @param chatId the conversation
 * @param text the answer
 * @param suggestions what the person could say next; copied
 * @param model which model wrote the text; {@code spanda-assistant-1} for the assistant itself
 * @param skill the skill that is spoken of, empty while none is
 * @param inputs what is known of its inputs: text, numbers and lists of text
 * @param ready whether the skill can begin when the person says so
 * @param job the job that this message began
 */
public record Reply(
    String chatId,
    String text,
    List<String> suggestions,
    String model,
    Optional<String> skill,
    Map<String, Object> inputs,
    boolean ready,
    Optional<String> job) {

  /** Copies the lists. */
  public Reply {
    suggestions = List.copyOf(suggestions);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }
}

package dev.spanda.core.text;

import dev.spanda.core.Failure;
import java.util.List;

/** Continues a conversation. Implementations are thread-safe and say which model answered. */
public interface TextModel {

  /** Who speaks. */
  enum Role {
    /** Tells the model what it is and what it knows. */
    SYSTEM,
    /** The person. */
    USER,
    /** The model itself, earlier. */
    ASSISTANT
  }

  /** One turn of a conversation. */
  record Turn(Role role, String text) {}

  /**
   * A conversation to be continued.
   *
   * @param turns at least one, the last by the person; copied
   * @param longestAnswer how many characters the answer may have, 1 to 100 000
   */
  record Prompt(List<Turn> turns, int longestAnswer) {

    /** The most characters that all turns together may have. */
    public static final int LONGEST = 100_000;

    /**
     * Checks and copies.
     *
     * @throws Failure TOO_LARGE, subject {@code prompt}, above {@value #LONGEST} characters
     */
    public Prompt {
      turns = List.copyOf(turns);
      if (turns.isEmpty() || turns.get(turns.size() - 1).role() != Role.USER) {
        throw new IllegalArgumentException("the last turn of a prompt is the person's");
      }
      if (longestAnswer < 1 || longestAnswer > LONGEST) {
        throw new IllegalArgumentException("longestAnswer must be 1 to " + LONGEST);
      }
      long length = 0;
      for (Turn turn : turns) {
        length += turn.text().length();
      }
      if (length > LONGEST) {
        throw Failure.of(
                Failure.Reason.TOO_LARGE,
                "prompt",
                "A prompt may have at most " + LONGEST + " characters")
            .with(Failure.PROVIDED_VALUE, length)
            .with(Failure.MAX_VALUE, LONGEST);
      }
    }

    /** A single question with what the model is to know beforehand. */
    public static Prompt of(String system, String question, int longestAnswer) {
      return new Prompt(
          List.of(new Turn(Role.SYSTEM, system), new Turn(Role.USER, question)), longestAnswer);
    }

    /** What the person said last. */
    public String question() {
      return turns.get(turns.size() - 1).text();
    }
  }

  /**
   * An answer.
   *
   * @param text not empty; at most as long as was asked for
   * @param model the name of the model that answered
   * @param complete false when it was cut at the longest length
   */
  record Completion(String text, String model, boolean complete) {}

  /** The name of the model that is asked. */
  String name();

  /**
   * The next turn of the conversation.
   *
   * @throws Failure UNAVAILABLE, subject {@code text_model}, when the model cannot be reached or
   *     takes no more questions now; TIMED_OUT; FAILED when what came back is no answer
   */
  Completion complete(Prompt prompt);
}

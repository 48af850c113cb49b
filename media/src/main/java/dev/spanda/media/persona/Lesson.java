package dev.spanda.media.persona;

import dev.spanda.core.Failure;

/**
 * One line of a conversation to learn from.
 *
 * @param role who said it
 * @param text 1 to 4 000 characters
 */
public record Lesson(Role role, String text) {

  /** Who speaks in a lesson. */
  public enum Role {
    /** Somebody of the audience. */
    USER,
    /** The one whom the persona takes after. */
    CREATOR
  }

  /**
   * Checks the length.
   *
   * @throws Failure INVALID, subject {@code content}
   */
  public Lesson {
    text = Failure.requireText("content", "A message", text.strip(), 1, 4_000);
  }
}

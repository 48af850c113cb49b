package dev.spanda.core.blessing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Wishes for one recipient.
 *
 * @param text paragraphs, parted by an empty line
 * @param qualities those that were asked for; copied
 * @param energy by the rule of {@link Energy}
 * @param wordCount as in {@link Narrative}
 * @param readingTime as in {@link Narrative}
 * @param model as in {@link Narrative}
 * @param note as in {@link Narrative}
 */
public record Compassion(
    String text,
    List<String> qualities,
    Energy energy,
    int wordCount,
    Duration readingTime,
    String model,
    Optional<String> note) {

  /**
   * How dense a text is in good wishes: the part of its words that name one of the qualities or are
   * in the language's list of words that wish well (in English {@code may}, {@code love}, {@code
   * peace} and so on). It says something about the words of the text, and nothing about whoever
   * hears them.
   */
  public enum Energy {
    /** Fewer than 6 words in a hundred. */
    LOW,
    /** From 6 to fewer than 10 words in a hundred. */
    MEDIUM,
    /** 10 words in a hundred or more. */
    HIGH;

    /** Such as {@code compassion_high}. */
    public String signature() {
      return "compassion_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the qualities. */
  public Compassion {
    qualities = List.copyOf(qualities);
  }
}

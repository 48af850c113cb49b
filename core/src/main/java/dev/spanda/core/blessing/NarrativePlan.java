package dev.spanda.core.blessing;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a narrative is to be.
 *
 * @param intention 1 to 500 characters that are not all blank
 * @param target for whom, 1 to 200 characters that are not all blank; empty for the language's
 *     words for all sentient beings
 * @param style how it sounds
 * @param length how long it is
 * @param language two letters, such as {@code en}; {@link Blessings#languages} lists them
 * @param seed what the choice of sentences depends on, with everything else in this plan; empty for
 *     one drawn by chance
 * @param session texts with the same word here share no sentence; 1 to 200 characters
 */
public record NarrativePlan(
    String intention,
    Optional<String> target,
    Style style,
    Length length,
    String language,
    OptionalLong seed,
    Optional<String> session) {

  /** How a narrative sounds. */
  public enum Style {
    /** Warm, turned to whoever suffers. */
    COMPASSIONATE,
    /** Quiet, with breath and attention. */
    CONTEMPLATIVE,
    /** In images. */
    POETIC,
    /** After the manner of old prayers. */
    TRADITIONAL,
    /** Short sentences and everyday words. */
    SIMPLE;

    /** The style in lower case, as {@link #parse} reads it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The style of that name in any case.
     *
     * @throws Failure INVALID, subject {@code style}
     */
    public static Style parse(String word) {
      return Arrays.stream(values())
          .filter(style -> style.word().equals(word.strip().toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  Failure.notAllowed(
                      "style", word, Arrays.stream(values()).map(Style::word).toList()));
    }
  }

  /** How long a narrative is. */
  public enum Length {
    /** About 80 words. */
    SHORT(80),
    /** About 250 words. */
    MEDIUM(250),
    /** About 600 words. */
    LONG(600);

    private final int words;

    Length(int words) {
      this.words = words;
    }

    /** How many words it is meant to have. */
    public int words() {
      return words;
    }

    /** The length in lower case, as {@link #parse} reads it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The length of that name in any case.
     *
     * @throws Failure INVALID, subject {@code length}
     */
    public static Length parse(String word) {
      return Arrays.stream(values())
          .filter(length -> length.word().equals(word.strip().toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  Failure.notAllowed(
                      "length", word, Arrays.stream(values()).map(Length::word).toList()));
    }
  }

  private static final int LONGEST_INTENTION = 500;
  private static final int LONGEST_NAME = 200;

  /**
   * Checks the lengths; blanks and line ends within a text become single blanks.
   *
   * @throws Failure INVALID, with subject {@code intention}, {@code target} or {@code session_id}
   */
  public NarrativePlan {
    Objects.requireNonNull(style);
    Objects.requireNonNull(length);
    Objects.requireNonNull(language);
    Objects.requireNonNull(seed);
    intention = line("intention", "Intention", intention, LONGEST_INTENTION);
    target = target.map(text -> line("target", "Target", text, LONGEST_NAME));
    session.ifPresent(
        text -> {
          String unused = line("session_id", "Session id", text, LONGEST_NAME);
        });
  }

  /** A compassionate text of medium length in English for all sentient beings. */
  public static NarrativePlan of(String intention) {
    return new NarrativePlan(
        intention,
        Optional.empty(),
        Style.COMPASSIONATE,
        Length.MEDIUM,
        "en",
        OptionalLong.empty(),
        Optional.empty());
  }

  /** One line of text without control characters, checked for its length. */
  static String line(String subject, String label, String text, int longest) {
    String unused = Failure.requireText(subject, label, text, 0, longest);
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Z}\\s]+", " ").strip();
    int length = text.codePointCount(0, text.length());
    if (plain.isEmpty() || length > longest) {
      throw Failure.invalid(
              subject,
              text,
              label
                  + " must have between 1 and "
                  + longest
                  + " characters and not be blank; had "
                  + length)
          .with("length", length);
    }
    return plain;
  }
}

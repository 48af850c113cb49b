package dev.spanda.media.persona;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What is to be written.
 *
 * @param kind for which place
 * @param topic 1 to 200 characters
 * @param context what is known of it, at most 20 names and values of 1 to 200 characters each, such
 *     as {@code game} and {@code moment}; copied in the order of the names
 * @param hashtags whether tags are added; for tweets and captions alone when empty
 * @param longest how many characters it may have, 20 to the most of its kind; that by default
 * @param seed the same plan with the same seed and lessons has the same text; by default a seed is
 *     made of the plan
 */
public record ContentPlan(
    Kind kind,
    String topic,
    Map<String, String> context,
    Optional<Boolean> hashtags,
    OptionalInt longest,
    OptionalLong seed) {

  /** For which place. */
  public enum Kind {
    /** At most 280 characters. */
    TWEET(280, true),
    /** Below a picture or a short video; at most 2 200 characters. */
    CAPTION(2_200, true),
    /** Below a video; at most 5 000 characters. */
    DESCRIPTION(5_000, false),
    /** Of a video; at most 100 characters. */
    TITLE(100, false),
    /** In a chat; at most 500 characters. */
    REPLY(500, false);

    private final int longest;
    private final boolean tagged;

    Kind(int longest, boolean tagged) {
      this.longest = longest;
      this.tagged = tagged;
    }

    /** How many characters it may have at most. */
    public int longest() {
      return longest;
    }

    boolean tagged() {
      return tagged;
    }

    /**
     * Reads a word of the wire, in any case.
     *
     * @throws Failure INVALID, subject {@code content_type}
     */
    public static Kind parse(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.name().equalsIgnoreCase(word.strip()))
          .findFirst()
          .orElseThrow(
              () ->
                  Failure.notAllowed(
                      "content_type",
                      word,
                      Arrays.stream(values())
                          .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                          .toList()));
    }
  }

  private static final int LEAST = 20;
  private static final int MOST_CONTEXT = 20;
  private static final int LONGEST_TEXT = 200;

  /**
   * Checks every part and copies.
   *
   * @throws Failure INVALID, subjects {@code topic}, {@code context} and {@code max_length}
   */
  public ContentPlan {
    topic = Failure.requireText("topic", "Topic", topic.strip(), 1, LONGEST_TEXT);
    Failure.requireInRange("context", "Size of context", context.size(), 0, MOST_CONTEXT, "");
    Map<String, String> copy = new TreeMap<>();
    context.forEach(
        (name, value) ->
            copy.put(
                Failure.requireText("context", "A name", name.strip(), 1, LONGEST_TEXT),
                Failure.requireText("context", "A value", value.strip(), 1, LONGEST_TEXT)));
    context = Collections.unmodifiableMap(copy);
    if (longest.isPresent()) {
      Failure.requireInRange(
          "max_length", "Max length", longest.getAsInt(), LEAST, kind.longest(), "characters");
    }
  }

  /** A plan with only a topic. */
  public static ContentPlan of(Kind kind, String topic) {
    return new ContentPlan(
        kind, topic, Map.of(), Optional.empty(), OptionalInt.empty(), OptionalLong.empty());
  }

  int most() {
    return longest.orElse(kind.longest());
  }

  boolean wantsTags() {
    return hashtags.orElse(kind.tagged());
  }
}

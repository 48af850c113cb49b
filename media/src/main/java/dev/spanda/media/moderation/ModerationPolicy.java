package dev.spanda.media.moderation;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an organisation allows and what follows when something is not.
 *
 * @param thresholds from which score on something is not allowed
 * @param ladder which action follows
 * @param flood how much one person may write at once
 * @param allowed at most 500 phrases that are not weighed, and hosts such as {@code example.com}
 *     whose links are not; copied
 * @param blocked at most 500 phrases that are never allowed, however they are spelled; copied
 */
public record ModerationPolicy(
    Thresholds thresholds, Ladder ladder, Flood flood, List<String> allowed, List<String> blocked) {

  /** The policy of an organisation that has set none. */
  public static final ModerationPolicy DEFAULT =
      new ModerationPolicy(
          new Thresholds(0.7, 0.8, 0.9),
          new Ladder(0.8, 4, 8, Duration.ofDays(30)),
          new Flood(20, Duration.ofSeconds(10), 5),
          List.of(),
          List.of());

  private static final int MOST_PHRASES = 500;
  private static final int LONGEST_PHRASE = 100;

  /**
   * From which score on something is not allowed, each above 0 and up to 1.
   *
   * @param toxicity 0.7 by default
   * @param spam 0.8 by default
   * @param nsfw 0.9 by default
   */
  public record Thresholds(double toxicity, double spam, double nsfw) {

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID, subjects {@code toxicity}, {@code spam} and {@code nsfw}
     */
    public Thresholds {
      requireShare("toxicity", toxicity);
      requireShare("spam", spam);
      requireShare("nsfw", nsfw);
    }
  }

  /**
   * Which action follows. How often somebody was not allowed something is counted over a time, the
   * message in question included.
   *
   * @param deleteFrom the score from which on a message is deleted rather than warned of, above 0
   *     and up to 1; 0.8 by default. A blocked phrase is always deleted
   * @param timeoutFrom from which violation on the person is sent away for a while, 1 to 1 000; 4
   *     by default
   * @param banFrom from which violation on for good, not below {@code timeoutFrom}, up to 1 000; 8
   *     by default
   * @param memory how far back violations count, one minute to 365 days; 30 days by default
   */
  public record Ladder(double deleteFrom, int timeoutFrom, int banFrom, Duration memory) {

    private static final int MOST = 1_000;

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID, subjects {@code delete_from}, {@code timeout_from}, {@code ban_from}
     *     and {@code memory_seconds}
     */
    public Ladder {
      requireShare("delete_from", deleteFrom);
      Failure.requireInRange("timeout_from", "Timeout from", timeoutFrom, 1, MOST, "violations");
      Failure.requireInRange("ban_from", "Ban from", banFrom, timeoutFrom, MOST, "violations");
      Failure.requireInRange(
          "memory_seconds",
          "Memory",
          memory.toSeconds(),
          60,
          Duration.ofDays(365).toSeconds(),
          "seconds");
    }
  }

  /**
   * How much one person may write at once; more multiplies what a message lacks to certain spam by
   * 0.1.
   *
   * @param messages how many messages, 1 to 100; 20 by default
   * @param within within which time, 1 to 600 s; 10 s by default
   * @param repeats how often the same message within six times that time, 2 to 100; 5 by default
   */
  public record Flood(int messages, Duration within, int repeats) {

    /** The most messages that are remembered of a person. */
    static final int MOST = 100;

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID, subjects {@code messages}, {@code within_seconds} and {@code
     *     repeats}
     */
    public Flood {
      Failure.requireInRange("messages", "Messages", messages, 1, MOST, "");
      Failure.requireInRange("within_seconds", "Within", within.toSeconds(), 1, 600, "seconds");
      Failure.requireInRange("repeats", "Repeats", repeats, 2, MOST, "");
    }
  }

  /**
   * Checks and copies.
   *
   * @throws Failure INVALID, subjects {@code allowed} and {@code blocked}
   */
  public ModerationPolicy {
    allowed = phrases("allowed", allowed);
    blocked = phrases("blocked", blocked);
  }

  private static List<String> phrases(String subject, List<String> given) {
    Set<String> phrases = new LinkedHashSet<>();
    for (String phrase : given) {
      if (phrase == null) {
        throw Failure.invalid(subject, null, "A phrase must be a text, not null");
      }
      phrases.add(Failure.requireText(subject, "A phrase", phrase.strip(), 1, LONGEST_PHRASE));
    }
    Failure.requireInRange(subject, "Number of phrases", phrases.size(), 0, MOST_PHRASES, "");
    return List.copyOf(phrases);
  }

  private static void requireShare(String subject, double value) {
    if (!(value > 0 && value <= 1)) {
      throw Failure.outOfRange(subject, subject, value, 0, 1, "(0 excluded)");
    }
  }
}

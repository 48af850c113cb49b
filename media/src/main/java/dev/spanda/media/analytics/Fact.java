package dev.spanda.media.analytics;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Something that was counted on a platform.
 *
 * @param id says which fact this is, 1 to 128 characters: one that comes again is left out
 * @param platform one of {@link #PLATFORMS}
 * @param content the id of what it is about, or empty for the platform as a whole
 * @param amount how many more, from −10¹² to 10¹², below zero for followers only; or, when it is a
 *     total, how many there are now
 * @param isTotal whether the amount is what the platform counts altogether; then the fact is what
 *     it exceeds the largest total told before
 * @param at when it was counted, from the year 2000 to 2200; cut to milliseconds
 */
public record Fact(
    String id,
    String platform,
    String content,
    Kind kind,
    long amount,
    boolean isTotal,
    Instant at) {

  /** Where content is published and audiences are. */
  public static final List<String> PLATFORMS =
      List.of(
          "discord",
          "facebook",
          "instagram",
          "linkedin",
          "local",
          "tiktok",
          "twitch",
          "twitter",
          "youtube");

  static final int LONGEST_ID = 128;
  private static final long LARGEST = 1_000_000_000_000L;
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  /** What is counted. */
  public enum Kind {
    /** Views. */
    VIEWS,
    /** Likes, comments, shares and saves. */
    ENGAGEMENT,
    /** Followers won, or lost when below zero. */
    FOLLOWERS,
    /** Seconds for which somebody watched. */
    WATCH_SECONDS;

    /** The names of all, in lower case. */
    public static final List<String> WORDS = Arrays.stream(values()).map(Kind::word).toList();

    /** The name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that name.
     *
     * @throws Failure INVALID, subject {@code kind}, with the names that are allowed
     */
    public static Kind parse(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      throw Failure.notAllowed("kind", word, WORDS);
    }
  }

  /** Checks the parts. */
  public Fact {
    Failure.requireText("id", "Id", id, 1, LONGEST_ID);
    requirePlatform(platform);
    Failure.requireText("content_id", "Content id", content, 0, LONGEST_ID);
    boolean mayFall = kind == Kind.FOLLOWERS && !isTotal;
    Failure.requireInRange("amount", "Amount", amount, mayFall ? -LARGEST : 0, LARGEST, "");
    at = requireTime("ts", at);
  }

  /**
   * Returns the platform.
   *
   * @throws Failure INVALID, subject {@code platform}
   */
  static String requirePlatform(String platform) {
    if (!PLATFORMS.contains(platform)) {
      throw Failure.notAllowed("platform", platform, PLATFORMS);
    }
    return platform;
  }

  static Instant requireTime(String subject, Instant at) {
    if (at.isBefore(FIRST) || !at.isBefore(LAST)) {
      throw Failure.invalid(subject, at, "A time must lie from " + FIRST + " to before " + LAST);
    }
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}

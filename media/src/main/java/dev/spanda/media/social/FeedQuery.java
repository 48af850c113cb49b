package dev.spanda.media.social;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a {@link SocialFeed}. A limit is 1 to 100; an absent filter lets all pass.
 */
public sealed interface FeedQuery {

  /** The largest limit. */
  int LARGEST_LIMIT = 100;

  /** The limit of whoever names none. */
  int USUAL_LIMIT = 50;

  /**
   * Messages, newest first.
   *
   * @param since the earliest time, included
   * @param until the latest time, not included
   * @param cursor what {@link FeedAnswer.Messages#next} said, to go on after it
   */
  record Messages(
      @Nullable Platform platform,
      @Nullable String channelId,
      @Nullable String userId,
      @Nullable Instant since,
      @Nullable Instant until,
      int limit,
      @Nullable String cursor)
      implements FeedQuery {

    /** The newest of all. */
    public static final Messages ALL =
        new Messages(null, null, null, null, null, USUAL_LIMIT, null);

    /** Checks the limit and the order of the times. */
    public Messages {
      requireLimit(limit);
      requireOrder(since, until);
    }

    /** The same with another limit. */
    public Messages withLimit(int most) {
      return new Messages(platform, channelId, userId, since, until, most, cursor);
    }

    /** The same on one platform. */
    public Messages on(Platform only) {
      return new Messages(only, channelId, userId, since, until, limit, cursor);
    }
  }

  /**
   * Events, newest first.
   *
   * @param since the earliest time, included
   * @param until the latest time, not included
   */
  record Events(
      @Nullable Platform platform,
      PlatformEvent.@Nullable Type type,
      @Nullable Instant since,
      @Nullable Instant until,
      int limit)
      implements FeedQuery {

    /** Checks the limit and the order of the times. */
    public Events {
      requireLimit(limit);
      requireOrder(since, until);
    }
  }

  /**
   * Messages that hold all of these words, in any order and case.
   *
   * @param text 1 to 200 characters with 1 to 10 different words
   */
  record Search(String text, @Nullable Platform platform, int limit) implements FeedQuery {
    private static final int LONGEST = 200;
    private static final int MOST_WORDS = 10;

    /** Checks the text and the limit. */
    public Search {
      requireLimit(limit);
      Failure.requireText("q", "A search", text, 1, LONGEST);
      long words = Words.of(text).stream().distinct().count();
      if (words < 1 || words > MOST_WORDS) {
        throw Failure.invalid(
            "q", text, "A search must hold 1 to " + MOST_WORDS + " words; had " + words);
      }
    }
  }

  /** Who brought most; users of different platforms are different users. */
  record Leaderboard(@Nullable Platform platform, Metric metric, int limit) implements FeedQuery {
    /** Checks the limit. */
    public Leaderboard {
      requireLimit(limit);
    }
  }

  /** What a leaderboard counts, over all that a user ever wrote. */
  enum Metric {
    /** Messages. */
    MESSAGES("messages"),
    /** How often their messages mention somebody. */
    MENTIONS("mentions"),
    /** Emotes in their messages. */
    EMOTES("emotes"),
    /** Days, in UTC, on which they wrote. */
    ACTIVE_DAYS("active_days");

    /** The names of all, in lower case. */
    public static final List<String> WORDS = Arrays.stream(values()).map(Metric::word).toList();

    private final String column;

    Metric(String column) {
      this.column = column;
    }

    /** The name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    String column() {
      return column;
    }

    /**
     * The metric of that name.
     *
     * @throws Failure INVALID, subject {@code metric}, with the names that are allowed
     */
    public static Metric parse(String word) {
      for (Metric metric : values()) {
        if (metric.word().equals(word)) {
          return metric;
        }
      }
      throw Failure.notAllowed("metric", word, WORDS);
    }
  }

  private static void requireLimit(int limit) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_LIMIT, "");
  }

  private static void requireOrder(@Nullable Instant since, @Nullable Instant until) {
    if (since != null && until != null && !since.isBefore(until)) {
      throw Failure.invalid("since", since, "since must be before until, which is " + until);
    }
  }
}

package dev.spanda.media.social;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@link SocialFeed} answers. */
public sealed interface FeedAnswer {

  /**
   * Messages, newest first.
   *
   * @param total how many the filters let pass, whatever the limit and the cursor
   * @param next a cursor to go on with, when there are more
   */
  record Messages(List<Message> items, long total, Optional<String> next) implements FeedAnswer {
    /** Copies the rows. */
    public Messages {
      items = List.copyOf(items);
    }

    /** Whether more follow. */
    public boolean hasMore() {
      return next.isPresent();
    }
  }

  /**
   * Events, newest first.
   *
   * @param total how many the filters let pass, whatever the limit
   */
  record Events(List<PlatformEvent> items, long total) implements FeedAnswer {
    /** Copies the rows. */
    public Events {
      items = List.copyOf(items);
    }
  }

  /**
   * What a search found, the most relevant first, of equals the newest.
   *
   * @param total how many messages hold all words; counted up to 10 000
   * @param isExact whether the total is the number itself; otherwise there are more than it says
   */
  record Hits(List<Hit> items, long total, boolean isExact) implements FeedAnswer {
    /** Copies the rows. */
    public Hits {
      items = List.copyOf(items);
    }
  }

  /**
   * A message that holds all words of a search.
   *
   * @param relevance 0 to 1: the mean over the words of tf / (tf + k₁ (1 − b + b · length / 12)),
   *     k₁ = 1.2, b = 0.75, tf how often the message holds the word, length how many words it has.
   *     It is what BM25 (Robertson and Zaragoza 2009, equation 3.15) gives a word as a share of the
   *     most it can give, all words weighing the same, with 12 words as the usual length
   */
  record Hit(Message message, double relevance) implements FeedAnswer {}

  /**
   * A user's place on a leaderboard.
   *
   * @param rank 1 for the first; equal values share a rank, and the ranks after them are left out
   * @param value ≥ 1
   */
  record Standing(int rank, Platform platform, String userId, String name, long value)
      implements FeedAnswer {}

  /**
   * When something comes, in UTC.
   *
   * @param peakHour 0 to 23, the hour of the day with most messages, of equals the earliest
   * @param peakDay the day of the week with most messages, of equals the first after Sunday
   * @param averagePerDay messages divided by the days from the first message's to the last one's,
   *     both included
   */
  record Pattern(int peakHour, DayOfWeek peakDay, double averagePerDay) implements FeedAnswer {}

  /**
   * A user on one platform. What retention has removed still counts.
   *
   * @param engagementScore 0 to 100, rounded: 100 (0.4 v + 0.4 r + 0.2 i) with the volume v = m /
   *     (m + 50) for m messages, the regularity r = the share of days with a message among the last
   *     30 days up to the last message, or among all days since the first when those are fewer, and
   *     the interaction i = (emotes + mentions) / m, at most 1
   */
  record UserOnPlatform(
      String name, long messages, Instant firstSeen, Instant lastActive, int engagementScore)
      implements FeedAnswer {}

  /** A user on every platform where a user has that id. */
  record UserActivity(
      String userId, Map<Platform, UserOnPlatform> platforms, long messages, Pattern pattern)
      implements FeedAnswer {}

  /**
   * A channel on one platform. What retention has removed still counts.
   *
   * @param users how many different users wrote there
   */
  record ChannelOnPlatform(
      String name,
      long messages,
      long users,
      long mentions,
      long emotes,
      Instant firstMessage,
      Instant lastMessage)
      implements FeedAnswer {}

  /** A channel on every platform where a channel has that id. */
  record ChannelActivity(
      String channelId, Map<Platform, ChannelOnPlatform> platforms, long messages, Pattern pattern)
      implements FeedAnswer {}
}

package dev.spanda.media.social;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What somebody wrote in a channel of a platform.
 *
 * @param id the platform's own name for it, 1 to 128 characters; with the platform it says which
 *     message this is
 * @param text 0 to 4 000 characters
 * @param at when it was written, from the year 2000 to 2200; cut to milliseconds
 * @param emotes how many emotes it holds, 0 to 1 000; what a platform knows of them counts, and
 *     what {@link SocialFeed} finds in the text when that is more
 * @param mentions how often it mentions somebody, 0 to 1 000; likewise
 * @param mentionsCreator whether it mentions a creator of the organisation; likewise
 */
public record Message(
    Platform platform,
    String id,
    Channel channel,
    Author author,
    String text,
    Instant at,
    int emotes,
    int mentions,
    boolean mentionsCreator) {

  /** The longest text, in characters. */
  public static final int LONGEST_TEXT = 4_000;

  static final int LONGEST_ID = 128;
  static final int LONGEST_NAME = 200;
  private static final int MOST = 1_000;
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  /**
   * Where it was written.
   *
   * @param id the platform's own, 1 to 128 characters
   * @param name 0 to 200 characters
   */
  public record Channel(String id, String name) {
    /** Checks the lengths. */
    public Channel {
      Failure.requireText("channel_id", "Channel id", id, 1, LONGEST_ID);
      Failure.requireText("channel_name", "Channel name", name, 0, LONGEST_NAME);
    }
  }

  /**
   * Who wrote it.
   *
   * @param id the platform's own, 1 to 128 characters
   * @param name 0 to 200 characters
   * @param role what they are in that channel, such as {@code member} or {@code subscriber}, 0 to
   *     40 characters
   * @param isMod whether they moderate it
   */
  public record Author(String id, String name, String role, boolean isMod) {
    private static final int LONGEST_ROLE = 40;

    /** Checks the lengths. */
    public Author {
      Failure.requireText("author_id", "Author id", id, 1, LONGEST_ID);
      Failure.requireText("author_name", "Author name", name, 0, LONGEST_NAME);
      Failure.requireText("author_role", "Author role", role, 0, LONGEST_ROLE);
    }
  }

  /** Checks the parts. */
  public Message {
    Failure.requireText("id", "Id", id, 1, LONGEST_ID);
    Failure.requireText("text", "Text", text, 0, LONGEST_TEXT);
    at = requireTime(at);
    Failure.requireInRange("emotes", "Emotes", emotes, 0, MOST, "");
    Failure.requireInRange("mentions", "Mentions", mentions, 0, MOST, "");
  }

  /** A message of which the platform tells no more than its text. */
  public static Message of(
      Platform platform, String id, Channel channel, Author author, String text, Instant at) {
    return new Message(platform, id, channel, author, text, at, 0, 0, false);
  }

  /** The same with at least so many emotes and mentions as the text shows. */
  Message seen(int emotesSeen, int mentionsSeen, boolean creatorSeen) {
    return new Message(
        platform,
        id,
        channel,
        author,
        text,
        at,
        Math.min(MOST, Math.max(emotes, emotesSeen)),
        Math.min(MOST, Math.max(mentions, mentionsSeen)),
        mentionsCreator || creatorSeen);
  }

  static Instant requireTime(Instant at) {
    if (at.isBefore(FIRST) || !at.isBefore(LAST)) {
      throw Failure.invalid("ts", at, "A time must lie from " + FIRST + " to before " + LAST);
    }
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}

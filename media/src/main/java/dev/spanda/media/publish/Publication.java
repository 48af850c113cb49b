package dev.spanda.media.publish;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that is to appear on a platform once, as it stood when it was read.
 *
 * @param id begins with {@code pub_} or the prefix it was asked for with
 * @param owner who publishes it
 * @param plan what is published, with the words that were written for it
 * @param status how far it is
 * @param account the account on the platform, as the platform names it
 * @param standIn whether a local stand-in takes the place of the platform, so that nothing has
 *     appeared there
 * @param sentBytes how much of the media the platform is known to have, ≥ 0
 * @param sizeBytes how large the media is; empty until it was fetched
 * @param remoteId what the platform calls it; empty until it appeared
 * @param url where it is to be seen; may be empty when the platform has not told
 * @param note what should be known about the outcome; empty when there is nothing
 * @param trouble why it failed; empty unless it did
 * @param faults how many tries in a row have met no answer or a passing refusal
 * @param createdAt when it was asked for
 * @param nextAt when it is looked at next; in the past while it is being worked on
 * @param publishedAt when it appeared or, on a platform that keeps it until then, will appear
 * @param finishedAt when the work on it ended
 */
public record Publication(
    String id,
    String owner,
    Plan plan,
    Status status,
    String account,
    boolean standIn,
    long sentBytes,
    OptionalLong sizeBytes,
    String remoteId,
    String url,
    String note,
    Optional<Trouble> trouble,
    int faults,
    Instant createdAt,
    Instant nextAt,
    Optional<Instant> publishedAt,
    Optional<Instant> finishedAt) {

  /** How far a publication is. */
  public enum Status {
    /** It is waited for, fetched, sent or awaited. */
    PROCESSING,
    /** The platform has it. */
    COMPLETE,
    /** It will not be tried again. */
    FAILED,
    /** It was called off before the platform was asked to show it. */
    CANCELLED
  }

  /** Who may see it, where a platform knows the difference. */
  public enum Privacy {
    /** Everybody. */
    PUBLIC,
    /** Whoever has the address. */
    UNLISTED,
    /** The account alone. */
    PRIVATE
  }

  /** What it is, where a platform knows the difference. */
  public enum Kind {
    /** A video on a platform of videos. */
    VIDEO,
    /** A short upright video. */
    REEL,
    /** A picture or a video among the posts. */
    POST,
    /** What is gone after a day. */
    STORY
  }

  /**
   * Why a publication failed.
   *
   * @param message for people
   * @param uncertain true when the platform had been asked to show it and could not be asked
   *     whether it did: then it may have appeared
   */
  public record Trouble(Failure.Reason reason, String message, boolean uncertain) {}

  /** The publication has ended; once that is durable. */
  public record Ended(Publication publication) {}

  /**
   * What is made besides: {@code text} a caption or description, {@code tags} tags, {@code cover} a
   * picture that stands for the media.
   */
  public record Extras(boolean text, boolean tags, boolean cover) {

    /** Nothing. */
    public static final Extras NONE = new Extras(false, false, false);
  }

  /**
   * What is to be published.
   *
   * @param platform the name of a {@link Platform}
   * @param source where the media is, 1 to 2 000 characters; the engine's {@link
   *     Publications.Source} knows how to read it
   * @param title 0 to 200 characters
   * @param text the caption or description, 0 to 10 000 characters
   * @param tags at most 100, each of 1 to 100 characters, without a leading number sign
   * @param scheduledAt when it is to appear; empty or in the past for at once
   */
  public record Plan(
      String platform,
      Kind kind,
      String source,
      String title,
      String text,
      List<String> tags,
      Privacy privacy,
      Optional<Instant> scheduledAt,
      Extras extras) {

    private static final int MOST_TAGS = 100;

    /** Checks the lengths and copies the tags. */
    public Plan {
      Objects.requireNonNull(platform);
      Failure.requireText("source", "Source", source, 1, 2_000);
      Failure.requireText("title", "Title", title, 0, 200);
      Failure.requireText("text", "Text", text, 0, 10_000);
      if (tags.size() > MOST_TAGS) {
        throw Failure.outOfRange("tags", "The number of tags", tags.size(), 0, MOST_TAGS, "");
      }
      for (String tag : tags) {
        Failure.requireText("tags", "Each of tags", tag, 1, 100);
      }
      tags = List.copyOf(tags);
    }

    /** The same with other words. */
    public Plan withWords(String words, List<String> others) {
      return new Plan(platform, kind, source, title, words, others, privacy, scheduledAt, extras);
    }
  }

  /** How much of the media is sent, in percent: 100 when complete, below 100 until then. */
  public int percent() {
    if (status == Status.COMPLETE) {
      return 100;
    }
    long size = sizeBytes.orElse(0);
    return size == 0 ? 0 : (int) Math.min(99, 100 * Math.min(sentBytes, size) / size);
  }
}

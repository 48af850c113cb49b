package dev.spanda.media.queue;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An item of a queue as it stood when it was read.
 *
 * @param id begins with {@code item_}
 * @param owner for whom alone it exists
 * @param draft what was asked for
 * @param status how far it is
 * @param results what came of each platform that was tried, in the order of the platforms; copied
 * @param createdAt in whole milliseconds
 * @param finishedAt when it was published or failed
 */
public record QueueItem(
    String id,
    String owner,
    Draft draft,
    Status status,
    List<Result> results,
    Instant createdAt,
    Optional<Instant> finishedAt) {

  /** Copies the results. */
  public QueueItem {
    Objects.requireNonNull(id);
    Objects.requireNonNull(draft);
    Objects.requireNonNull(status);
    results = List.copyOf(results);
  }

  /** How far an item is. */
  public enum Status {
    /** It waits for its time. */
    QUEUED,
    /** It is being published, or waits for another try. */
    PROCESSING,
    /** Every platform shows it. */
    PUBLISHED,
    /** At least one platform does not show it, and it will not be tried again. */
    FAILED;

    /** What it is called outside, in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status of that word.
     *
     * @throws Failure INVALID, subject {@code status}
     */
    public static Status parse(String word) {
      for (Status status : values()) {
        if (status.word().equals(word)) {
          return status;
        }
      }
      throw Failure.notAllowed(
          "status", word, List.of("queued", "processing", "published", "failed"));
    }
  }

  /** Where an item can be shown. */
  public enum Platform {
    /** Videos on YouTube. */
    YOUTUBE,
    /** Reels, posts and stories on Instagram. */
    INSTAGRAM,
    /** Videos on TikTok. */
    TIKTOK,
    /** Posts and reels on Facebook. */
    FACEBOOK,
    /** Posts on LinkedIn. */
    LINKEDIN,
    /** Posts on Twitter. */
    TWITTER,
    /** A folder of this machine. */
    LOCAL;

    /** What it is called outside, in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The words of all of them. */
    public static List<String> words() {
      List<String> words = new ArrayList<>();
      for (Platform platform : values()) {
        words.add(platform.word());
      }
      return List.copyOf(words);
    }

    /**
     * The platform of that word.
     *
     * @throws Failure INVALID, subject {@code platforms}
     */
    public static Platform parse(String word) {
      for (Platform platform : values()) {
        if (platform.word().equals(word)) {
          return platform;
        }
      }
      throw Failure.notAllowed("platforms", word, words());
    }
  }

  /**
   * What came of one platform.
   *
   * @param published whether the platform shows it; otherwise it has not been shown so far
   * @param via what has shown it, empty when nothing has
   * @param reference what it is called there, empty when it is not there
   * @param url where it can be seen, if there is such a place
   * @param message why it is not there, empty when it is
   * @param at when that was found out
   */
  public record Result(
      Platform platform,
      boolean published,
      String via,
      String reference,
      Optional<String> url,
      String message,
      Instant at) {}

  /**
   * What is to be published.
   *
   * @param projectId the project that it belongs to
   * @param assetId the asset to show
   * @param title 1 to {@value #LONGEST_TITLE} characters that are not all blank
   * @param caption at most {@value #LONGEST_CAPTION} characters
   * @param hashtags at most {@value #MOST_HASHTAGS} of 1 to {@value #LONGEST_HASHTAG} characters
   *     without white space; a {@code #} before one is taken off, one that is given twice is kept
   *     once; copied
   * @param platforms at least one; one that is given twice is kept once; copied
   * @param scheduleAt not to be shown before this; one that has passed means now
   * @param idempotencyKey 1 to {@value #LONGEST_KEY} characters, another for each item of an owner
   */
  public record Draft(
      String projectId,
      String assetId,
      String title,
      String caption,
      List<String> hashtags,
      List<Platform> platforms,
      Optional<Instant> scheduleAt,
      String idempotencyKey) {

    /** How many characters a title may have. */
    public static final int LONGEST_TITLE = 120;

    /** How many characters a caption may have. */
    public static final int LONGEST_CAPTION = 5_000;

    /** How many hashtags there may be. */
    public static final int MOST_HASHTAGS = 60;

    /** How many characters a hashtag may have. */
    public static final int LONGEST_HASHTAG = 100;

    /** How many characters a key may have. */
    public static final int LONGEST_KEY = 200;

    /** How far ahead an item may be scheduled. */
    public static final Duration FARTHEST = Duration.ofDays(3_653);

    private static final int LONGEST_ID = 100;

    /**
     * Checks every part.
     *
     * @throws Failure INVALID; subjects {@code project_id}, {@code asset_id}, {@code title}, {@code
     *     caption}, {@code hashtags}, {@code platforms} and {@code idempotency_key}
     */
    public Draft {
      requireGiven("project_id", projectId);
      requireGiven("asset_id", assetId);
      requireGiven("title", title);
      requireGiven("idempotency_key", idempotencyKey);
      Failure.requireText("project_id", "Project id", projectId, 1, LONGEST_ID);
      Failure.requireText("asset_id", "Asset id", assetId, 1, LONGEST_ID);
      requireLength("title", "Title", title, 1, LONGEST_TITLE);
      requireLength("caption", "Caption", caption, 0, LONGEST_CAPTION);
      requireLength("idempotency_key", "Idempotency key", idempotencyKey, 1, LONGEST_KEY);
      hashtags = hashtags(hashtags);
      if (platforms.isEmpty()) {
        throw Failure.invalid(
                "platforms",
                "an empty list",
                "Platforms must hold at least one of " + String.join(", ", Platform.words()))
            .with(Failure.ALLOWED_VALUES, Platform.words());
      }
      platforms = List.copyOf(new LinkedHashSet<>(platforms));
      // What the store keeps.
      scheduleAt = scheduleAt.map(at -> Instant.ofEpochMilli(at.toEpochMilli()));
    }

    private static void requireGiven(String field, String text) {
      if (text.isBlank()) {
        throw Failure.of(Failure.Reason.INVALID, field, spoken(field) + " is required")
            .with("constraint", "required")
            .with(Failure.PROVIDED_VALUE, text.length() > 120 ? "blank" : text);
      }
    }

    private static void requireLength(
        String field, String label, String text, int least, int most) {
      int length = text.codePointCount(0, text.length());
      if (length < least || length > most) {
        throw Failure.invalid(
                field,
                text,
                label
                    + " must have between "
                    + least
                    + " and "
                    + most
                    + " characters; had "
                    + length)
            .with("length", length)
            .with("min_length", least)
            .with("max_length", most);
      }
      Failure.requireText(field, label, text, least, most);
    }

    private static String spoken(String field) {
      String words = field.replace('_', ' ');
      return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static List<String> hashtags(List<String> given) {
      if (given.size() > MOST_HASHTAGS) {
        throw Failure.invalid(
                "hashtags",
                given.size(),
                "Hashtags may be at most " + MOST_HASHTAGS + "; were " + given.size())
            .with(Failure.MAX_VALUE, MOST_HASHTAGS);
      }
      LinkedHashSet<String> kept = new LinkedHashSet<>();
      for (String tag : given) {
        String bare = tag.startsWith("#") ? tag.substring(1) : tag;
        requireLength("hashtags", "A hashtag", bare, 1, LONGEST_HASHTAG);
        if (bare.codePoints()
            .anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
          throw Failure.invalid("hashtags", tag, "A hashtag must not hold white space");
        }
        kept.add(bare);
      }
      return List.copyOf(kept);
    }
  }
}

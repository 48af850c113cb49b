package dev.spanda.media.social;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that happened on a platform and is no message.
 *
 * @param id the platform's own name for it, 1 to 128 characters
 * @param data texts, numbers and truth values by name, at most 50, each name and text at most 500
 *     characters; copied
 * @param at when, from the year 2000 to 2200; cut to milliseconds
 */
public record PlatformEvent(
    Platform platform, String id, Type type, Map<String, Object> data, Instant at) {

  private static final int MOST_DATA = 50;
  private static final int LONGEST_DATA = 500;

  /** What happened. */
  public enum Type {
    /** A new or renewed subscription. */
    SUBSCRIPTION,
    /** Another channel sent its viewers. */
    RAID,
    /** Bits or a donation. */
    CHEER,
    /** A new follower. */
    FOLLOW,
    /** A stream went live. */
    STREAM_START,
    /** A stream ended. */
    STREAM_END;

    /** The names of all, in lower case. */
    public static final List<String> WORDS = Arrays.stream(values()).map(Type::word).toList();

    /** The name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type of that name, in any case.
     *
     * @throws Failure INVALID, subject {@code type}, with the names that are allowed
     */
    public static Type parse(String word) {
      for (Type type : values()) {
        if (type.word().equals(word.toLowerCase(Locale.ROOT))) {
          return type;
        }
      }
      throw Failure.notAllowed("type", word, WORDS);
    }
  }

  /** Checks the parts. */
  public PlatformEvent {
    Failure.requireText("id", "Id", id, 1, Message.LONGEST_ID);
    at = Message.requireTime(at);
    if (data.size() > MOST_DATA) {
      throw Failure.invalid(
          "data",
          data.size(),
          "data may have at most " + MOST_DATA + " members; had " + data.size());
    }
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    data.forEach(PlatformEvent::check);
  }

  private static void check(String name, Object value) {
    Failure.requireText("data", "The name of a member", name, 1, LONGEST_DATA);
    if (value instanceof String text) {
      Failure.requireText("data", name, text, 0, LONGEST_DATA);
    } else if (!(value instanceof Number || value instanceof Boolean)) {
      throw Failure.invalid(
          "data", name, "Members of data must be texts, numbers or truth values: " + name);
    }
  }
}

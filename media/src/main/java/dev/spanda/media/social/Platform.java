package dev.spanda.media.social;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where an audience is heard. The order is part of the persisted form: new ones go last. */
public enum Platform {
  /** Discord. */
  DISCORD,
  /** Twitch. */
  TWITCH,
  /** YouTube, its live chats. */
  YOUTUBE,
  /** Twitter, which calls itself X. */
  TWITTER;

  /** The names of all, in lower case. */
  public static final List<String> WORDS = Arrays.stream(values()).map(Platform::word).toList();

  /** The name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The platform of that name, in any case.
   *
   * @throws Failure INVALID, subject {@code platform}, with the names that are allowed
   */
  public static Platform parse(String word) {
    for (Platform platform : values()) {
      if (platform.word().equals(word.toLowerCase(Locale.ROOT))) {
        return platform;
      }
    }
    throw Failure.notAllowed("platform", word, WORDS);
  }

  /** Tells platforms apart in the index of words. */
  char mark() {
    return switch (this) {
      case DISCORD -> 'd';
      case TWITCH -> 't';
      case YOUTUBE -> 'y';
      case TWITTER -> 'x';
    };
  }

  int number() {
    return ordinal();
  }

  static Platform ofNumber(int number) {
    return values()[number];
  }
}

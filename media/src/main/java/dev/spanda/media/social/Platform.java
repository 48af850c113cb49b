package dev.spanda.media.social;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where an audience is heard. */
public enum Platform {
  /** Discord. */
  DISCORD(0, 'd'),
  /** Twitch. */
  TWITCH(1, 't'),
  /** YouTube, its live chats. */
  YOUTUBE(2, 'y'),
  /** Twitter, which calls itself X. */
  TWITTER(3, 'x');

  /** The names of all, in lower case. */
  public static final List<String> WORDS = Arrays.stream(values()).map(Platform::word).toList();

  private final int number;
  private final char mark;

  Platform(int number, char mark) {
    this.number = number;
    this.mark = mark;
  }

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
    return mark;
  }

  /** What it is in the tables. */
  int number() {
    return number;
  }

  static Platform ofNumber(int number) {
    for (Platform platform : values()) {
      if (platform.number == number) {
        return platform;
      }
    }
    throw new IllegalArgumentException("no platform has the number " + number);
  }
}

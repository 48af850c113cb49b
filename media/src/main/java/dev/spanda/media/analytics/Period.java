package dev.spanda.media.analytics;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How far a sum reaches back from now. */
public enum Period {
  /** The last 24 hours. */
  DAY("24h", 1),
  /** The last 7 times 24 hours. */
  WEEK("7d", 7),
  /** The last 30 times 24 hours. */
  MONTH("30d", 30),
  /** The last 90 times 24 hours. */
  QUARTER("90d", 90);

  /** The names of all. */
  public static final List<String> WORDS = Arrays.stream(values()).map(Period::word).toList();

  private final String word;
  private final int days;

  Period(String word, int days) {
    this.word = word;
    this.days = days;
  }

  /** The name, such as {@code 24h}. */
  public String word() {
    return word;
  }

  /** How long it is. */
  public Duration length() {
    return Duration.ofDays(days);
  }

  /**
   * The period of that name.
   *
   * @throws Failure INVALID, subject {@code period}, with the names that are allowed
   */
  public static Period parse(String word) {
    for (Period period : values()) {
      if (period.word.equals(word)) {
        return period;
      }
    }
    throw Failure.notAllowed("period", word, WORDS);
  }
}

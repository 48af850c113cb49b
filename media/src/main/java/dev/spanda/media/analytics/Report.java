package dev.spanda.media.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What {@link Analytics} answers. */
public sealed interface Report {

  /**
   * Sums of facts.
   *
   * @param engagement likes, comments, shares and saves, and the messages of the audience
   * @param followers won less lost, and the follows that were heard of
   */
  record Totals(long views, long engagement, long followers, long watchSeconds) implements Report {
    /** Nothing. */
    public static final Totals NONE = new Totals(0, 0, 0, 0);

    Totals plus(Totals other) {
      return new Totals(
          views + other.views,
          engagement + other.engagement,
          followers + other.followers,
          watchSeconds + other.watchSeconds);
    }

    boolean isNothing() {
      return equals(NONE);
    }

    /** Engagement for 100 views; 0 without views. */
    public double engagementRate() {
      return views == 0 ? 0 : 100.0 * engagement / views;
    }
  }

  /**
   * How much more than in the period of the same length before, in percent: 100 (now − before) /
   * |before|. Empty where there was nothing before.
   */
  record Growth(OptionalDouble views, OptionalDouble engagement, OptionalDouble followers)
      implements Report {
    static Growth of(Totals now, Totals before) {
      return new Growth(
          percent(now.views, before.views),
          percent(now.engagement, before.engagement),
          percent(now.followers, before.followers));
    }

    private static OptionalDouble percent(long now, long before) {
      return before == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(100.0 * (now - before) / Math.abs(before));
    }
  }

  /**
   * A period of all platforms.
   *
   * @param from included
   * @param until not included
   * @param topPlatform the one with most views, of equals with most engagement, then followers,
   *     then the first by name; empty when nothing was recorded
   */
  record Overview(
      Instant from, Instant until, Totals totals, Growth growth, Optional<String> topPlatform)
      implements Report {}

  /**
   * A period of one platform.
   *
   * @param days the days of the period in the time zone asked for, oldest first; the first and the
   *     last hold what of them lies in the period
   */
  record OfPlatform(
      String platform, Instant from, Instant until, Totals totals, Growth growth, List<Day> days)
      implements Report {
    /** Copies the rows. */
    public OfPlatform {
      days = List.copyOf(days);
    }
  }

  /** A day. */
  record Day(LocalDate date, Totals totals) implements Report {}

  /**
   * Something that was published.
   *
   * @param totals of the period asked for, or of all time
   */
  record Content(String id, String title, String platform, Instant publishedAt, Totals totals)
      implements Report {
    Content with(Totals others) {
      return new Content(id, title, platform, publishedAt, others);
    }
  }
}

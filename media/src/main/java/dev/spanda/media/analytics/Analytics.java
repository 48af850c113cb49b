package dev.spanda.media.analytics;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was counted and published, and sums it. Sums of quarter hours and of days in UTC are
 * kept beside the facts, so that a period costs its days, the quarter hours at its ends and what is
 * left of two of those; the result is the sum of its facts to the millisecond. Organisations see
 * nothing of each other. Thread-safe.
 */
public final class Analytics {

  /** What the audience does of itself. Implementations are thread-safe. */
  public interface Audience {

    /** How many messages it wrote on a platform in [from, until). */
    long messages(String organisation, String platform, Instant from, Instant until);

    /** How many new followers it told of on a platform in [from, until). */
    long follows(String organisation, String platform, Instant from, Instant until);

    /** One that is silent. */
    static Audience silent() {
      return new Audience() {
        @Override
        public long messages(String organisation, String platform, Instant from, Instant until) {
          return 0;
        }

        @Override
        public long follows(String organisation, String platform, Instant from, Instant until) {
          return 0;
        }
      };
    }
  }

  /** What content is sorted by, the largest or newest first. */
  public enum Sort {
    /** Views. */
    VIEWS,
    /** Engagement. */
    ENGAGEMENT,
    /** Engagement for 100 views. */
    ENGAGEMENT_RATE,
    /** When it was published. */
    PUBLISHED_AT;

    /** The names of all, in lower case. */
    public static final List<String> WORDS = Arrays.stream(values()).map(Sort::word).toList();

    /** The name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The order of that name.
     *
     * @throws Failure INVALID, subject {@code sort}, with the names that are allowed
     */
    public static Sort parse(String word) {
      for (Sort sort : values()) {
        if (sort.word().equals(word)) {
          return sort;
        }
      }
      throw Failure.notAllowed("sort", word, WORDS);
    }
  }

  /**
   * What became of facts.
   *
   * @param stored how many are new
   * @param duplicates how many were known
   */
  public record Receipt(int stored, int duplicates) {}

  /** How many facts may come together. */
  public static final int MOST_AT_ONCE = 1_000;

  private static final int LARGEST_LIMIT = 100;
  private static final int LONGEST_TITLE = 500;
  private static final long QUARTER_MILLIS = 900_000;
  private static final long QUARTERS_A_DAY = 96;
  private static final long DAY_MILLIS = QUARTER_MILLIS * QUARTERS_A_DAY;
  private static final String SUMS =
      "SUM(views) AS views, SUM(engagement) AS engagement, SUM(followers) AS followers,"
          + " SUM(watch_seconds) AS watch_seconds";

  private record Key(String platform, String content) {}

  private record Bucket(String step, long number, Key key) {}

  private final Store store;
  private final InstantSource clock;
  private final Audience audience;

  /** The facts of a store. */
  public Analytics(Store store, InstantSource clock, Audience audience) {
    this.store = store;
    this.clock = clock;
    this.audience = audience;
  }

  /**
   * Keeps that something was published; of one that is known already title and time are changed.
   *
   * @param content its totals are left out
   * @return it, with all that was ever recorded of it
   * @throws Failure INVALID
   */
  public Report.Content published(String organisation, Report.Content content) {
    Failure.requireText("content_id", "Content id", content.id(), 1, Fact.LONGEST_ID);
    Failure.requireText("title", "Title", content.title(), 0, LONGEST_TITLE);
    Fact.requirePlatform(content.platform());
    Instant at = Fact.requireTime("published_at", content.publishedAt());
    return store.write(
        handle -> {
          store.lock("analytics:" + organisation);
          handle
              .createUpdate(
                  "INSERT INTO analytics_content (organisation, id, platform, title,"
                      + " published_at, views, engagement, followers, watch_seconds) VALUES"
                      + " (:organisation, :id, :platform, :title, :at, 0, 0, 0, 0)"
                      + " ON CONFLICT (organisation, id) DO UPDATE SET title = excluded.title,"
                      + " published_at = excluded.published_at")
              .bind("organisation", organisation)
              .bind("id", content.id())
              .bind("platform", content.platform())
              .bind("title", content.title())
              .bind("at", at.toEpochMilli())
              .execute();
          // Facts may have come before.
          handle
              .createUpdate(
                  "UPDATE analytics_content SET (views, engagement, followers, watch_seconds) ="
                      + " (SELECT COALESCE(SUM(views), 0), COALESCE(SUM(engagement), 0),"
                      + " COALESCE(SUM(followers), 0), COALESCE(SUM(watch_seconds), 0) FROM"
                      + " analytics_sum WHERE organisation = :organisation AND step = 'day' AND"
                      + " content = :id) WHERE organisation = :organisation AND id = :id")
              .bind("organisation", organisation)
              .bind("id", content.id())
              .execute();
          return handle
              .createQuery(
                  "SELECT * FROM analytics_content WHERE organisation = :organisation AND id = :id")
              .bind("organisation", organisation)
              .bind("id", content.id())
              .map((rows, context) -> content(rows))
              .one();
        });
  }

  private static Report.Content content(ResultSet rows) throws SQLException {
    return new Report.Content(
        rows.getString("id"),
        rows.getString("title"),
        rows.getString("platform"),
        Instant.ofEpochMilli(rows.getLong("published_at")),
        new Report.Totals(
            rows.getLong("views"),
            rows.getLong("engagement"),
            rows.getLong("followers"),
            rows.getLong("watch_seconds")));
  }

  /**
   * Keeps facts; they are durable when this returns.
   *
   * @throws Failure TOO_LARGE, subject {@code facts}, for more than {@value #MOST_AT_ONCE}
   */
  public Receipt record(String organisation, List<Fact> facts) {
    if (facts.size() > MOST_AT_ONCE) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "facts",
              "At most " + MOST_AT_ONCE + " facts can be sent at once; had " + facts.size())
          .with(Failure.PROVIDED_VALUE, facts.size())
          .with(Failure.MAX_VALUE, MOST_AT_ONCE);
    }
    return store.write(
        handle -> {
          // Two nodes must not take the same total for the largest.
          store.lock("analytics:" + organisation);
          Map<Bucket, Report.Totals> sums = new HashMap<>();
          Map<String, Report.Totals> contents = new TreeMap<>();
          int stored = 0;
          for (Fact fact : facts) {
            if (isNew(handle, organisation, fact)) {
              stored++;
              add(handle, organisation, fact, sums, contents);
            }
          }
          addSums(handle, organisation, sums);
          contents.forEach((id, totals) -> addToContent(handle, organisation, id, totals));
          return new Receipt(stored, facts.size() - stored);
        });
  }

  private static boolean isNew(Handle handle, String organisation, Fact fact) {
    return handle
            .createUpdate(
                "INSERT INTO analytics_fact (organisation, id, platform, content, kind, amount, at)"
                    + " VALUES (:organisation, :id, :platform, :content, :kind, 0, :at)"
                    + " ON CONFLICT DO NOTHING")
            .bind("organisation", organisation)
            .bind("id", fact.id())
            .bind("platform", fact.platform())
            .bind("content", fact.content())
            .bind("kind", fact.kind().word())
            .bind("at", fact.at().toEpochMilli())
            .execute()
        == 1;
  }

  private static void add(
      Handle handle,
      String organisation,
      Fact fact,
      Map<Bucket, Report.Totals> sums,
      Map<String, Report.Totals> contents) {
    long amount = fact.isTotal() ? beyondLargest(handle, organisation, fact) : fact.amount();
    handle
        .createUpdate(
            "UPDATE analytics_fact SET amount = :amount WHERE organisation = :organisation AND id"
                + " = :id")
        .bind("amount", amount)
        .bind("organisation", organisation)
        .bind("id", fact.id())
        .execute();
    Report.Totals totals = totals(fact.kind(), amount);
    Key key = new Key(fact.platform(), fact.content());
    long millis = fact.at().toEpochMilli();
    sums.merge(
        new Bucket("quarter", Math.floorDiv(millis, QUARTER_MILLIS), key),
        totals,
        Report.Totals::plus);
    sums.merge(
        new Bucket("day", Math.floorDiv(millis, DAY_MILLIS), key), totals, Report.Totals::plus);
    if (!fact.content().isEmpty()) {
      contents.merge(fact.content(), totals, Report.Totals::plus);
    }
  }

  /** How far a total lies beyond the largest before, which it replaces; 0 when it does not. */
  private static long beyondLargest(Handle handle, String organisation, Fact fact) {
    long before =
        handle
            .createQuery(
                "SELECT total FROM analytics_total WHERE organisation = :organisation AND platform"
                    + " = :platform AND content = :content AND kind = :kind")
            .bind("organisation", organisation)
            .bind("platform", fact.platform())
            .bind("content", fact.content())
            .bind("kind", fact.kind().word())
            .mapTo(Long.class)
            .findOne()
            .orElse(0L);
    if (fact.amount() <= before) {
      return 0;
    }
    handle
        .createUpdate(
            "INSERT INTO analytics_total (organisation, platform, content, kind, total) VALUES"
                + " (:organisation, :platform, :content, :kind, :total) ON CONFLICT (organisation,"
                + " platform, content, kind) DO UPDATE SET total = excluded.total")
        .bind("organisation", organisation)
        .bind("platform", fact.platform())
        .bind("content", fact.content())
        .bind("kind", fact.kind().word())
        .bind("total", fact.amount())
        .execute();
    return fact.amount() - before;
  }

  private static Report.Totals totals(Fact.Kind kind, long amount) {
    return switch (kind) {
      case VIEWS -> new Report.Totals(amount, 0, 0, 0);
      case ENGAGEMENT -> new Report.Totals(0, amount, 0, 0);
      case FOLLOWERS -> new Report.Totals(0, 0, amount, 0);
      case WATCH_SECONDS -> new Report.Totals(0, 0, 0, amount);
    };
  }

  private static void addSums(Handle handle, String organisation, Map<Bucket, Report.Totals> sums) {
    sums.forEach(
        (bucket, totals) ->
            handle
                .createUpdate(
                    "INSERT INTO analytics_sum (organisation, step, bucket, platform, content,"
                        + " views, engagement, followers, watch_seconds) VALUES (:organisation,"
                        + " :step, :bucket, :platform, :content, :views, :engagement, :followers,"
                        + " :watch) ON CONFLICT (organisation, step, bucket, platform, content) DO"
                        + " UPDATE SET views = analytics_sum.views + excluded.views, engagement ="
                        + " analytics_sum.engagement + excluded.engagement, followers ="
                        + " analytics_sum.followers + excluded.followers, watch_seconds ="
                        + " analytics_sum.watch_seconds + excluded.watch_seconds")
                .bind("organisation", organisation)
                .bind("step", bucket.step)
                .bind("bucket", bucket.number)
                .bind("platform", bucket.key.platform)
                .bind("content", bucket.key.content)
                .bind("views", totals.views())
                .bind("engagement", totals.engagement())
                .bind("followers", totals.followers())
                .bind("watch", totals.watchSeconds())
                .execute());
  }

  private static void addToContent(
      Handle handle, String organisation, String id, Report.Totals totals) {
    handle
        .createUpdate(
            "UPDATE analytics_content SET views = views + :views, engagement = engagement +"
                + " :engagement, followers = followers + :followers, watch_seconds = watch_seconds"
                + " + :watch WHERE organisation = :organisation AND id = :id")
        .bind("views", totals.views())
        .bind("engagement", totals.engagement())
        .bind("followers", totals.followers())
        .bind("watch", totals.watchSeconds())
        .bind("organisation", organisation)
        .bind("id", id)
        .execute();
  }

  /** The sums of all platforms over a period that ends now, beside the period before. */
  public Report.Overview overview(String organisation, Period period) {
    Instant until = clock.instant();
    Instant from = until.minus(period.length());
    Map<String, Report.Totals> now = byPlatform(organisation, null, from, until);
    Report.Totals before = all(byPlatform(organisation, null, from.minus(period.length()), from));
    Report.Totals totals = all(now);
    Optional<String> top =
        now.entrySet().stream()
            .filter(entry -> !entry.getValue().isNothing())
            .max(
                Comparator.comparing(
                        Map.Entry<String, Report.Totals>::getValue,
                        Comparator.comparingLong(Report.Totals::views)
                            .thenComparingLong(Report.Totals::engagement)
                            .thenComparingLong(Report.Totals::followers))
                    .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
            .map(Map.Entry::getKey);
    return new Report.Overview(from, until, totals, Report.Growth.of(totals, before), top);
  }

  /**
   * The sums of one platform over a period that ends now, beside the period before, and its days.
   *
   * @throws Failure INVALID, subject {@code platform}
   */
  public Report.OfPlatform platform(
      String organisation, String platform, Period period, ZoneId zone) {
    Fact.requirePlatform(platform);
    Instant until = clock.instant();
    Instant from = until.minus(period.length());
    Report.Totals totals = all(byPlatform(organisation, platform, from, until));
    Report.Totals before =
        all(byPlatform(organisation, platform, from.minus(period.length()), from));
    List<Report.Day> days = new ArrayList<>();
    for (LocalDate date = LocalDate.ofInstant(from, zone); ; date = date.plusDays(1)) {
      Instant begin = later(from, date.atStartOfDay(zone).toInstant());
      Instant end = earlier(until, date.plusDays(1).atStartOfDay(zone).toInstant());
      if (!begin.isBefore(end)) {
        break;
      }
      days.add(new Report.Day(date, all(byPlatform(organisation, platform, begin, end))));
    }
    return new Report.OfPlatform(
        platform, from, until, totals, Report.Growth.of(totals, before), days);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /**
   * What was published, sorted.
   *
   * @param platform null for all
   * @param period counts what was recorded in it; null for all that ever was
   * @param limit 1 to 100
   * @throws Failure INVALID, subject {@code platform} or {@code limit}
   */
  public List<Report.Content> content(
      String organisation,
      Sort sort,
      @Nullable String platform,
      @Nullable Period period,
      int limit) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_LIMIT, "");
    if (platform != null) {
      Fact.requirePlatform(platform);
    }
    Instant until = clock.instant();
    List<Report.Content> all =
        store.read(
            handle -> {
              Map<Key, Report.Totals> sums =
                  period == null
                      ? Map.of()
                      : sums(handle, organisation, platform, until.minus(period.length()), until);
              Map<String, Report.Totals> byId = new HashMap<>();
              sums.forEach((key, totals) -> byId.merge(key.content, totals, Report.Totals::plus));
              return handle
                  .createQuery(
                      "SELECT * FROM analytics_content WHERE organisation = :organisation"
                          + (platform == null ? "" : " AND platform = :platform"))
                  .bind("organisation", organisation)
                  .bindMap(platform == null ? Map.of() : Map.of("platform", platform))
                  .map(
                      (rows, context) -> {
                        Report.Content row = content(rows);
                        return period == null
                            ? row
                            : row.with(byId.getOrDefault(row.id(), Report.Totals.NONE));
                      })
                  .list();
            });
    Comparator<Report.Content> order =
        switch (sort) {
          case VIEWS -> Comparator.comparingLong(content -> content.totals().views());
          case ENGAGEMENT -> Comparator.comparingLong(content -> content.totals().engagement());
          case ENGAGEMENT_RATE ->
              Comparator.comparingDouble(content -> content.totals().engagementRate());
          case PUBLISHED_AT -> Comparator.comparing(Report.Content::publishedAt);
        };
    return all.stream()
        .sorted(
            order
                .thenComparing(Report.Content::publishedAt)
                .reversed()
                .thenComparing(Report.Content::id))
        .limit(limit)
        .toList();
  }

  private static Report.Totals all(Map<String, Report.Totals> byPlatform) {
    return byPlatform.values().stream().reduce(Report.Totals.NONE, Report.Totals::plus);
  }

  /** Facts and what the audience did, in [from, until). */
  private Map<String, Report.Totals> byPlatform(
      String organisation, @Nullable String only, Instant from, Instant until) {
    Map<String, Report.Totals> totals =
        store.read(
            handle ->
                sums(handle, organisation, only, from, until).entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            entry -> entry.getKey().platform,
                            Map.Entry::getValue,
                            Report.Totals::plus,
                            TreeMap::new)));
    for (String platform : only == null ? Fact.PLATFORMS : List.of(only)) {
      Report.Totals heard =
          new Report.Totals(
              0,
              audience.messages(organisation, platform, from, until),
              audience.follows(organisation, platform, from, until),
              0);
      totals.merge(platform, heard, Report.Totals::plus);
    }
    return totals;
  }

  private static Map<Key, Report.Totals> sums(
      Handle handle,
      String organisation,
      @Nullable String platform,
      Instant fromTime,
      Instant untilTime) {
    Map<Key, Report.Totals> sums = new HashMap<>();
    long from = ceilMillis(fromTime);
    long until = ceilMillis(untilTime);
    long firstQuarter = ceil(from, QUARTER_MILLIS);
    long endQuarter = Math.floorDiv(until, QUARTER_MILLIS);
    if (firstQuarter > endQuarter) {
      facts(handle, organisation, platform, from, until, sums);
      return sums;
    }
    facts(handle, organisation, platform, from, firstQuarter * QUARTER_MILLIS, sums);
    facts(handle, organisation, platform, endQuarter * QUARTER_MILLIS, until, sums);
    long firstDay = ceil(firstQuarter, QUARTERS_A_DAY);
    long endDay = Math.floorDiv(endQuarter, QUARTERS_A_DAY);
    if (firstDay >= endDay) {
      kept(handle, organisation, platform, "quarter", firstQuarter, endQuarter, sums);
    } else {
      kept(
          handle, organisation, platform, "quarter", firstQuarter, firstDay * QUARTERS_A_DAY, sums);
      kept(handle, organisation, platform, "day", firstDay, endDay, sums);
      kept(handle, organisation, platform, "quarter", endDay * QUARTERS_A_DAY, endQuarter, sums);
    }
    return sums;
  }

  private static long ceilMillis(Instant at) {
    long millis = at.toEpochMilli();
    return Instant.ofEpochMilli(millis).equals(at) ? millis : millis + 1;
  }

  private static long ceil(long number, long by) {
    return -Math.floorDiv(-number, by);
  }

  private static void kept(
      Handle handle,
      String organisation,
      @Nullable String platform,
      String step,
      long first,
      long end,
      Map<Key, Report.Totals> sums) {
    if (first >= end) {
      return;
    }
    handle
        .createQuery(
            "SELECT platform, content, "
                + SUMS
                + " FROM analytics_sum WHERE organisation = :organisation AND step = :step AND"
                + " bucket >= :first AND bucket < :end"
                + (platform == null ? "" : " AND platform = :platform")
                + " GROUP BY platform, content")
        .bind("organisation", organisation)
        .bind("step", step)
        .bind("first", first)
        .bind("end", end)
        .bindMap(platform == null ? Map.of() : Map.of("platform", platform))
        .map(
            (rows, context) ->
                sums.merge(
                    new Key(rows.getString(1), rows.getString(2)),
                    new Report.Totals(
                        rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6)),
                    Report.Totals::plus))
        .list();
  }

  private static void facts(
      Handle handle,
      String organisation,
      @Nullable String platform,
      long from,
      long until,
      Map<Key, Report.Totals> sums) {
    if (from >= until) {
      return;
    }
    handle
        .createQuery(
            "SELECT platform, content, kind, SUM(amount) FROM analytics_fact WHERE organisation ="
                + " :organisation AND at >= :from AND at < :until"
                + (platform == null ? "" : " AND platform = :platform")
                + " GROUP BY platform, content, kind")
        .bind("organisation", organisation)
        .bind("from", from)
        .bind("until", until)
        .bindMap(platform == null ? Map.of() : Map.of("platform", platform))
        .map(
            (rows, context) ->
                sums.merge(
                    new Key(rows.getString(1), rows.getString(2)),
                    totals(Fact.Kind.parse(rows.getString(3)), rows.getLong(4)),
                    Report.Totals::plus))
        .list();
  }
}

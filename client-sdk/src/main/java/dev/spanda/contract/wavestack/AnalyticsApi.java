package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How content fares. Every number is a sum of what was recorded: published items, facts that were
 * sent or that connectors reported, and what the Social Ingest heard. What nobody recorded is zero,
 * and growth over nothing is null. A period ({@code 24h}, {@code 7d}, {@code 30d}, {@code 90d})
 * ends now and is compared with the one of the same length before it. With {@code format=csv}, or
 * {@code Accept: text/csv}, the answers are tables.
 */
@Route.Group("Analytics Dashboard")
public interface AnalyticsApi {

  /**
   * All platforms together.
   *
   * @param period {@code 7d} when absent
   * @param format beyond the document: {@code json} or {@code csv}
   */
  @Route(value = "GET /api/v1/overview", summary = "All platforms together.")
  Overview overview(
      @Param.Query("period") @Nullable String period,
      @Param.Query("format") @Nullable String format);

  /** All platforms together. */
  default Overview overview(String period) {
    return overview(period, null);
  }

  /**
   * One platform, and its days.
   *
   * @param period {@code 7d} when absent
   * @param tz beyond the document: the time zone of the days, such as {@code Europe/Berlin}; UTC
   *     when absent
   * @param format beyond the document: {@code json} or {@code csv}
   */
  @Route(value = "GET /api/v1/metrics/{platform}", summary = "One platform, and its days.")
  PlatformMetrics metrics(
      @Param.Path("platform") String platform,
      @Param.Query("period") @Nullable String period,
      @Param.Query("tz") @Nullable String tz,
      @Param.Query("format") @Nullable String format);

  /**
   * What was published.
   *
   * @param sort {@code views} (when absent), {@code engagement}, {@code engagement_rate} or {@code
   *     published_at}; the largest or newest first
   * @param limit 1 to 100; 10 when absent
   * @param platform beyond the document, as what follows: of this platform only
   * @param period counts what was recorded in it; all that ever was when absent
   * @param format {@code json} or {@code csv}
   */
  @Route(value = "GET /api/v1/content", summary = "What was published, and how it fares.")
  Contents content(
      @Param.Query("sort") @Nullable String sort,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("platform") @Nullable String platform,
      @Param.Query("period") @Nullable String period,
      @Param.Query("format") @Nullable String format);

  /** What was published. */
  default Contents content(String sort, int limit) {
    return content(sort, limit, null, null, null);
  }

  /**
   * Beyond the document: records what was counted, at most 1 000, as a JSON object, a JSON array or
   * NDJSON. A fact that is known already is left out.
   */
  @Route(value = "POST /api/v1/facts", status = 201, summary = "Records what was counted.")
  Recorded record(List<NewFact> facts);

  /** Beyond the document: records that something was published, or what it is called now. */
  @Route(value = "PUT /api/v1/content/{contentId}", summary = "Records what was published.")
  ContentRow published(@Param.Path("contentId") String contentId, NewContent content);

  /** All platforms together. */
  record Overview(
      @JsonProperty("period") String period,
      @JsonProperty("metrics") Metrics metrics,
      @JsonProperty("growth") Growth growth,
      @JsonProperty("from") @Nullable Instant from,
      @JsonProperty("until") @Nullable Instant until)
      implements Content.Table {

    @Override
    public String fileName() {
      return "overview.csv";
    }

    @Override
    public List<List<String>> rows() {
      return List.of(
          List.of(
              "period",
              "from",
              "until",
              "total_views",
              "total_engagement",
              "new_followers",
              "watch_time_hours",
              "top_platform",
              "growth_views",
              "growth_engagement",
              "growth_followers"),
          List.of(
              period,
              text(from),
              text(until),
              text(metrics.totalViews),
              text(metrics.totalEngagement),
              text(metrics.newFollowers),
              text(metrics.watchTimeHours),
              text(metrics.topPlatform),
              text(growth.views),
              text(growth.engagement),
              text(growth.followers)));
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /**
   * Sums of a period.
   *
   * @param totalEngagement likes, comments, shares and saves, and the messages of the audience
   * @param newFollowers won less lost
   * @param watchTimeHours to one decimal
   * @param topPlatform the one with most views; null when nothing was recorded
   */
  record Metrics(
      @JsonProperty("total_views") long totalViews,
      @JsonProperty("total_engagement") long totalEngagement,
      @JsonProperty("new_followers") long newFollowers,
      @JsonProperty("watch_time_hours") double watchTimeHours,
      @JsonProperty("top_platform") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable String topPlatform) {}

  /** How much more than in the period before, in percent to one decimal; null over nothing. */
  record Growth(
      @JsonProperty("views") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double views,
      @JsonProperty("engagement") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable Double engagement,
      @JsonProperty("followers") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable Double followers) {}

  /** One platform; the document shows no answer. */
  record PlatformMetrics(
      @JsonProperty("platform") String platform,
      @JsonProperty("period") String period,
      @JsonProperty("metrics") PlatformSums metrics,
      @JsonProperty("growth") Growth growth,
      @JsonProperty("days") List<Day> days,
      @JsonProperty("tz") String tz,
      @JsonProperty("from") Instant from,
      @JsonProperty("until") Instant until)
      implements Content.Table {

    /** Copies the days. */
    public PlatformMetrics {
      days = List.copyOf(days);
    }

    @Override
    public String fileName() {
      return platform + ".csv";
    }

    @Override
    public List<List<String>> rows() {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("date", "views", "engagement", "new_followers", "watch_time_hours"));
      for (Day day : days) {
        rows.add(
            List.of(
                text(day.date),
                text(day.views),
                text(day.engagement),
                text(day.newFollowers),
                text(day.watchTimeHours)));
      }
      return rows;
    }
  }

  /** Sums of a platform. */
  record PlatformSums(
      @JsonProperty("views") long views,
      @JsonProperty("engagement") long engagement,
      @JsonProperty("engagement_rate") double engagementRate,
      @JsonProperty("new_followers") long newFollowers,
      @JsonProperty("watch_time_hours") double watchTimeHours) {}

  /**
   * A day; of the first and the last what lies in the period.
   *
   * @param date such as {@code 2026-01-15}
   */
  record Day(
      @JsonProperty("date") String date,
      @JsonProperty("views") long views,
      @JsonProperty("engagement") long engagement,
      @JsonProperty("new_followers") long newFollowers,
      @JsonProperty("watch_time_hours") double watchTimeHours) {

    /** The day of a date. */
    public static Day of(
        LocalDate date, long views, long engagement, long newFollowers, double watchTimeHours) {
      return new Day(date.toString(), views, engagement, newFollowers, watchTimeHours);
    }
  }

  /** What was published. */
  record Contents(@JsonProperty("content") List<ContentRow> content) implements Content.Table {
    /** Copies the rows. */
    public Contents {
      content = List.copyOf(content);
    }

    @Override
    public String fileName() {
      return "content.csv";
    }

    @Override
    public List<List<String>> rows() {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of(
              "id",
              "title",
              "platform",
              "views",
              "engagement_rate",
              "published_at",
              "engagement",
              "watch_time_hours"));
      for (ContentRow row : content) {
        rows.add(
            List.of(
                row.id,
                row.title,
                row.platform,
                text(row.views),
                text(row.engagementRate),
                text(row.publishedAt),
                text(row.engagement),
                text(row.watchTimeHours)));
      }
      return rows;
    }
  }

  /**
   * Something that was published.
   *
   * @param engagementRate engagement for 100 views, to one decimal; 0 without views
   * @param engagement beyond the document, as what follows
   */
  record ContentRow(
      @JsonProperty("id") String id,
      @JsonProperty("title") String title,
      @JsonProperty("platform") String platform,
      @JsonProperty("views") long views,
      @JsonProperty("engagement_rate") double engagementRate,
      @JsonProperty("published_at") Instant publishedAt,
      @JsonProperty("engagement") @Nullable Long engagement,
      @JsonProperty("watch_time_hours") @Nullable Double watchTimeHours) {}

  /**
   * Something that was counted.
   *
   * @param id 1 to 128 characters; says which fact this is
   * @param platform {@code youtube}, {@code twitch}, {@code discord}, {@code twitter}, {@code
   *     instagram}, {@code tiktok}, {@code facebook}, {@code linkedin} or {@code local}
   * @param kind {@code views}, {@code engagement}, {@code followers} or {@code watch_seconds}
   * @param amount how many more; below zero for followers only
   * @param total true when the amount is what the platform counts altogether
   * @param contentId what it is about; the platform as a whole when absent
   * @param ts now when absent
   */
  record NewFact(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty(value = "platform", required = true) String platform,
      @JsonProperty(value = "kind", required = true) String kind,
      @JsonProperty(value = "amount", required = true) long amount,
      @JsonProperty("total") @Nullable Boolean total,
      @JsonProperty("content_id") @Nullable String contentId,
      @JsonProperty("ts") @Nullable Instant ts) {}

  /** What became of facts. */
  record Recorded(@JsonProperty("stored") int stored, @JsonProperty("duplicates") int duplicates) {}

  /**
   * Something that was published.
   *
   * @param title at most 500 characters
   * @param publishedAt now when absent
   */
  record NewContent(
      @JsonProperty(value = "title", required = true) String title,
      @JsonProperty(value = "platform", required = true) String platform,
      @JsonProperty("published_at") @Nullable Instant publishedAt) {}
}

package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.core.Failure;
import dev.spanda.media.analytics.Analytics;
import dev.spanda.media.analytics.Fact;
import dev.spanda.media.analytics.Period;
import dev.spanda.media.analytics.Report;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The chapter Analytics Dashboard. */
final class AnalyticsEndpoints implements AnalyticsApi {

  private static final int USUAL_ROWS = 10;
  private static final double SECONDS_AN_HOUR = 3_600;

  private final Analytics analytics;
  private final InstantSource clock;
  private final String organisation;

  AnalyticsEndpoints(Analytics analytics, InstantSource clock, Organisation organisation) {
    this.analytics = analytics;
    this.clock = clock;
    this.organisation = organisation.id();
  }

  @Override
  public Overview overview(@Nullable String period, @Nullable String format) {
    requireFormat(format);
    Period asked = period(period);
    Report.Overview report = analytics.overview(organisation, asked);
    Report.Totals totals = report.totals();
    return new Overview(
        asked.word(),
        new Metrics(
            totals.views(),
            totals.engagement(),
            totals.followers(),
            hours(totals),
            report.topPlatform().orElse(null)),
        wire(report.growth()),
        report.from(),
        report.until());
  }

  private static Period period(@Nullable String word) {
    return word == null ? Period.WEEK : Period.parse(word);
  }

  private static void requireFormat(@Nullable String format) {
    List<String> allowed = List.of("json", "csv");
    if (format != null && !allowed.contains(format)) {
      throw Failure.notAllowed("format", format, allowed);
    }
  }

  private static double hours(Report.Totals totals) {
    return tenths(totals.watchSeconds() / SECONDS_AN_HOUR);
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static Growth wire(Report.Growth growth) {
    return new Growth(
        tenths(growth.views()), tenths(growth.engagement()), tenths(growth.followers()));
  }

  private static @Nullable Double tenths(OptionalDouble value) {
    return value.isPresent() ? tenths(value.getAsDouble()) : null;
  }

  @Override
  public PlatformMetrics metrics(
      String platform, @Nullable String period, @Nullable String tz, @Nullable String format) {
    requireFormat(format);
    Period asked = period(period);
    ZoneId zone = zone(tz);
    Report.OfPlatform report = analytics.platform(organisation, platform, asked, zone);
    Report.Totals totals = report.totals();
    return new PlatformMetrics(
        platform,
        asked.word(),
        new PlatformSums(
            totals.views(),
            totals.engagement(),
            tenths(totals.engagementRate()),
            totals.followers(),
            hours(totals)),
        wire(report.growth()),
        report.days().stream()
            .map(
                day ->
                    Day.of(
                        day.date(),
                        day.totals().views(),
                        day.totals().engagement(),
                        day.totals().followers(),
                        hours(day.totals())))
            .toList(),
        tz == null ? "UTC" : tz,
        report.from(),
        report.until());
  }

  private static ZoneId zone(@Nullable String tz) {
    if (tz == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(tz);
    } catch (DateTimeException e) {
      throw Failure.invalid(
              "tz", tz, "tz must be a time zone of the IANA database, or an offset such as +02:00")
          .causedBy(e);
    }
  }

  @Override
  public Contents content(
      @Nullable String sort,
      @Nullable Integer limit,
      @Nullable String platform,
      @Nullable String period,
      @Nullable String format) {
    requireFormat(format);
    return new Contents(
        analytics
            .content(
                organisation,
                sort == null ? Analytics.Sort.VIEWS : Analytics.Sort.parse(sort),
                platform,
                period == null ? null : Period.parse(period),
                limit == null ? USUAL_ROWS : limit)
            .stream()
            .map(AnalyticsEndpoints::wire)
            .toList());
  }

  private static ContentRow wire(Report.Content content) {
    return new ContentRow(
        content.id(),
        content.title(),
        content.platform(),
        content.totals().views(),
        tenths(content.totals().engagementRate()),
        content.publishedAt(),
        content.totals().engagement(),
        hours(content.totals()));
  }

  @Override
  public Recorded record(List<NewFact> facts) {
    if (facts.isEmpty()) {
      throw Failure.of(Failure.Reason.INVALID, "facts", "facts is required");
    }
    List<Fact> all = new ArrayList<>(facts.size());
    for (int i = 0; i < facts.size(); i++) {
      NewFact fact = facts.get(i);
      if (fact == null) {
        throw Failure.invalid("facts", null, "Each of the facts must be an object")
            .with("index", i);
      }
      try {
        all.add(
            new Fact(
                fact.id(),
                fact.platform(),
                fact.contentId() == null ? "" : fact.contentId(),
                Fact.Kind.parse(fact.kind()),
                fact.amount(),
                Boolean.TRUE.equals(fact.total()),
                fact.ts() == null ? clock.instant() : fact.ts()));
      } catch (Failure failure) {
        throw failure.with("index", i);
      }
    }
    Analytics.Receipt receipt = analytics.record(organisation, all);
    return new Recorded(receipt.stored(), receipt.duplicates());
  }

  @Override
  public ContentRow published(String contentId, NewContent content) {
    Report.Content item =
        new Report.Content(
            contentId,
            content.title(),
            content.platform(),
            content.publishedAt() == null ? clock.instant() : content.publishedAt(),
            Report.Totals.NONE);
    return wire(analytics.published(organisation, item));
  }
}

package dev.spanda.media.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.social.Databases;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnalyticsTest {

  private static final Instant NOW = Instant.parse("2026-03-31T13:37:11.123Z");
  private static final String ORG = "org_123";
  private static final long SEED = 88;

  private final SettableClock clock = SettableClock.at(NOW);
  private Store store;
  private Analytics analytics;

  @BeforeEach
  void open() {
    store = Store.open(StoreLocation.memory());
    analytics = new Analytics(store, clock, Analytics.Audience.silent());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Fact fact(String id, String platform, Fact.Kind kind, long amount, Instant at) {
    return new Fact(id, platform, "", kind, amount, false, at);
  }

  @Test
  void nothingRecordedIsZeroAndGrowthOverNothingIsEmpty() {
    for (Period period : Period.values()) {
      Report.Overview overview = analytics.overview(ORG, period);
      assertThat(overview.totals()).isEqualTo(Report.Totals.NONE);
      assertThat(overview.topPlatform()).isEmpty();
      assertThat(overview.growth().views()).isEmpty();
      assertThat(overview.growth().engagement()).isEmpty();
      assertThat(overview.growth().followers()).isEmpty();
    }
    assertThat(analytics.content(ORG, Analytics.Sort.VIEWS, null, null, 10)).isEmpty();
  }

  @Test
  void growthIsAgainstThePeriodOfTheSameLengthBefore() {
    analytics.record(
        ORG,
        List.of(
            fact("a", "youtube", Fact.Kind.VIEWS, 100, NOW.minus(Duration.ofDays(8))),
            fact("b", "youtube", Fact.Kind.VIEWS, 150, NOW.minus(Duration.ofDays(2))),
            fact("c", "twitch", Fact.Kind.FOLLOWERS, -4, NOW.minus(Duration.ofDays(9))),
            fact("d", "twitch", Fact.Kind.FOLLOWERS, 2, NOW.minus(Duration.ofDays(1))),
            fact("e", "twitch", Fact.Kind.ENGAGEMENT, 7, NOW.minus(Duration.ofDays(1)))));
    Report.Overview week = analytics.overview(ORG, Period.WEEK);
    assertThat(week.totals()).isEqualTo(new Report.Totals(150, 7, 2, 0));
    assertThat(week.growth().views()).hasValue(50);
    assertThat(week.growth().followers()).hasValue(150);
    assertThat(week.growth().engagement()).isEmpty();
    assertThat(week.topPlatform()).hasValue("youtube");
  }

  @Test
  void aPeriodBeginsWithItsFirstMillisecondAndEndsBeforeNow() {
    Instant from = NOW.minus(Duration.ofDays(1));
    analytics.record(
        ORG,
        List.of(
            fact("before", "youtube", Fact.Kind.VIEWS, 1, from.minusMillis(1)),
            fact("first", "youtube", Fact.Kind.VIEWS, 10, from),
            fact("last", "youtube", Fact.Kind.VIEWS, 100, NOW.minusMillis(1)),
            fact("now", "youtube", Fact.Kind.VIEWS, 1_000, NOW)));
    Report.Overview day = analytics.overview(ORG, Period.DAY);
    assertThat(day.totals().views()).isEqualTo(110);
    assertThat(day.growth().views()).hasValue(10_900);
  }

  @Test
  void factsCountOnceAndTotalsByWhatTheyExceed() {
    Fact first = new Fact("1", "youtube", "v", Fact.Kind.VIEWS, 100, true, NOW.minusSeconds(50));
    Fact lower = new Fact("2", "youtube", "v", Fact.Kind.VIEWS, 90, true, NOW.minusSeconds(40));
    Fact higher = new Fact("3", "youtube", "v", Fact.Kind.VIEWS, 130, true, NOW.minusSeconds(30));
    assertThat(analytics.record(ORG, List.of(first, first))).isEqualTo(new Analytics.Receipt(1, 1));
    analytics.record(ORG, List.of(lower));
    analytics.record(ORG, List.of(higher, first));
    assertThat(analytics.overview(ORG, Period.DAY).totals().views()).isEqualTo(130);
    // What was published is told after its first facts.
    Report.Content content =
        analytics.published(
            ORG, new Report.Content("v", "Video", "youtube", NOW, Report.Totals.NONE));
    assertThat(content.totals().views()).isEqualTo(130);
    assertThat(analytics.overview("org_other", Period.DAY).totals().views()).isZero();
  }

  @Test
  void onSqliteSumsAreThoseOfTheFacts() {
    compare(analytics);
  }

  @Test
  void onPostgresqlSumsAreThoseOfTheFacts() {
    try (Store postgresql = Store.open(Databases.postgresql())) {
      compare(new Analytics(postgresql, clock, Analytics.Audience.silent()));
    }
  }

  /** Every period, platform, day and content against the facts, summed one by one. */
  private static void compare(Analytics analytics) {
    Random random = new Random(SEED);
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      Fact.Kind kind = Fact.Kind.values()[random.nextInt(4)];
      long back = (long) (Math.pow(random.nextDouble(), 3) * Duration.ofDays(200).toMillis());
      facts.add(
          new Fact(
              "f" + i,
              Fact.PLATFORMS.get(random.nextInt(4)),
              random.nextBoolean() ? "" : "c" + random.nextInt(12),
              kind,
              kind == Fact.Kind.FOLLOWERS ? random.nextInt(21) - 10 : random.nextInt(1_000),
              false,
              NOW.minusMillis(1 + back)));
    }
    for (int i = 0; i < 12; i++) {
      analytics.published(
          ORG,
          new Report.Content(
              "c" + i, "Title " + i, "youtube", NOW.minusSeconds(i), Report.Totals.NONE));
    }
    analytics.record(ORG, facts.subList(0, 1_000));
    analytics.record(ORG, facts.subList(1_000, 1_500));
    ZoneId zone = ZoneId.of("Asia/Kathmandu");
    for (Period period : Period.values()) {
      Instant from = NOW.minus(period.length());
      Report.Overview overview = analytics.overview(ORG, period);
      assertThat(overview.totals()).isEqualTo(sum(facts, each -> in(each, from, NOW)));
      Report.Totals before = sum(facts, each -> in(each, from.minus(period.length()), from));
      assertThat(overview.growth()).isEqualTo(Report.Growth.of(overview.totals(), before));
      for (String platform : Fact.PLATFORMS) {
        Report.OfPlatform one = analytics.platform(ORG, platform, period, zone);
        assertThat(one.totals())
            .isEqualTo(sum(facts, each -> each.platform().equals(platform) && in(each, from, NOW)));
        assertThat(one.days().stream().map(Report.Day::totals).reduce(Report.Totals::plus))
            .hasValue(one.totals());
        for (Report.Day day : one.days()) {
          assertThat(day.totals())
              .isEqualTo(
                  sum(
                      facts,
                      each ->
                          each.platform().equals(platform)
                              && in(each, from, NOW)
                              && LocalDate.ofInstant(each.at(), zone).equals(day.date())));
        }
      }
      for (Report.Content content :
          analytics.content(ORG, Analytics.Sort.VIEWS, null, period, 100)) {
        assertThat(content.totals())
            .isEqualTo(
                sum(facts, each -> each.content().equals(content.id()) && in(each, from, NOW)));
      }
    }
    for (Report.Content content :
        analytics.content(ORG, Analytics.Sort.ENGAGEMENT_RATE, null, null, 100)) {
      assertThat(content.totals())
          .isEqualTo(sum(facts, each -> each.content().equals(content.id())));
    }
  }

  private static boolean in(Fact fact, Instant from, Instant until) {
    return !fact.at().isBefore(from) && fact.at().isBefore(until);
  }

  private static Report.Totals sum(List<Fact> facts, Predicate<Fact> which) {
    long[] sums = new long[4];
    facts.stream().filter(which).forEach(each -> sums[each.kind().ordinal()] += each.amount());
    return new Report.Totals(sums[0], sums[1], sums[2], sums[3]);
  }

  @Test
  void contentIsSortedAndLimited() {
    for (int i = 0; i < 5; i++) {
      analytics.published(
          ORG,
          new Report.Content(
              "c" + i,
              "T",
              i == 4 ? "twitch" : "youtube",
              NOW.minusSeconds(i),
              Report.Totals.NONE));
      analytics.record(
          ORG,
          List.of(
              new Fact("v" + i, "youtube", "c" + i, Fact.Kind.VIEWS, 10 * (i + 1), false, NOW),
              new Fact("e" + i, "youtube", "c" + i, Fact.Kind.ENGAGEMENT, 5, false, NOW)));
    }
    Map<Analytics.Sort, String> first =
        Map.of(
            Analytics.Sort.VIEWS, "c4",
            Analytics.Sort.ENGAGEMENT_RATE, "c0",
            Analytics.Sort.PUBLISHED_AT, "c0");
    first.forEach(
        (sort, id) ->
            assertThat(analytics.content(ORG, sort, null, null, 2))
                .hasSize(2)
                .first()
                .extracting(Report.Content::id)
                .isEqualTo(id));
    assertThat(analytics.content(ORG, Analytics.Sort.VIEWS, "twitch", null, 10)).hasSize(1);
  }

  @Test
  void theDaysOfAPeriodAreThoseOfTheZoneAlsoWhenClocksChange() {
    // On 29 March 2026 clocks in Berlin went forward.
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Report.OfPlatform week = analytics.platform(ORG, "youtube", Period.WEEK, berlin);
    assertThat(week.days()).extracting(Report.Day::date).hasSize(8).doesNotHaveDuplicates();
    assertThat(analytics.platform(ORG, "youtube", Period.DAY, ZoneOffset.UTC).days()).hasSize(2);
  }

  @Test
  void aWrongPartIsRefusedByName() {
    Map<String, Runnable> wrong =
        Map.of(
            "id", () -> fact("", "youtube", Fact.Kind.VIEWS, 1, NOW),
            "platform", () -> fact("a", "myspace", Fact.Kind.VIEWS, 1, NOW),
            "amount", () -> fact("a", "youtube", Fact.Kind.VIEWS, -1, NOW),
            "kind", () -> Fact.Kind.parse("likes"),
            "period", () -> Period.parse("1y"),
            "sort", () -> Analytics.Sort.parse("beauty"),
            "limit", () -> analytics.content(ORG, Analytics.Sort.VIEWS, null, null, 101),
            "ts", () -> fact("a", "youtube", Fact.Kind.VIEWS, 1, Instant.EPOCH));
    wrong.forEach(
        (subject, call) ->
            assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                    Failure.class,
                    failure ->
                        assertThat(failure.subject()).isEqualTo(Objects.requireNonNull(subject))));
  }
}

package dev.spanda.media.social;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.social.trial.SocialBench;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Everything that is counted beside the messages, against counting the messages themselves. */
class SocialFeedModelTest {

  private static final String ORGANISATION = "org_trial";
  private static final int MESSAGES = 6_000;
  private static final Instant NOW = Instant.parse("2026-04-02T00:00:00Z");
  private static final long SEED = 20260115;

  @Test
  void onSqliteAllCountsAreThoseOfTheMessages() {
    run(StoreLocation.memory());
  }

  @Test
  void onPostgresqlAllCountsAreThoseOfTheMessages() {
    run(Databases.postgresql());
  }

  private static void run(StoreLocation location) {
    List<Message> sent = new ArrayList<>();
    SocialBench.Source source = new SocialBench.Source(MESSAGES, SEED);
    for (int i = 0; i < MESSAGES; i++) {
      sent.add(source.next());
    }
    // As they come: out of order, some twice.
    List<Message> coming = new ArrayList<>(sent);
    coming.addAll(sent.subList(0, 500));
    Collections.shuffle(coming, new Random(SEED));
    try (Store store = Store.open(location);
        SocialFeed feed =
            new SocialFeed(
                store,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new EventBus(),
                SocialFeed.Settings.DEFAULT)) {
      List<CompletableFuture<SocialFeed.Receipt>> receipts = new ArrayList<>();
      for (int i = 0; i < coming.size(); i += 130) {
        receipts.add(feed.take(ORGANISATION, coming.subList(i, Math.min(coming.size(), i + 130))));
      }
      assertThat(receipts.stream().mapToInt(each -> each.join().stored()).sum())
          .isEqualTo(MESSAGES);
      assertThat(receipts.stream().mapToInt(each -> each.join().duplicates()).sum()).isEqualTo(500);
      // Another organisation has the same ids and is not counted.
      feed.take("org_other", sent.subList(0, 100)).join();
      leaderboards(feed, sent);
      users(feed, sent);
      channels(feed, sent);
      filters(feed, sent);
      searches(feed, sent);
      pages(feed, sent);
    }
  }

  private static void leaderboards(SocialFeed feed, List<Message> sent) {
    Map<FeedQuery.Metric, ToLongFunction<List<Message>>> metrics = new LinkedHashMap<>();
    metrics.put(FeedQuery.Metric.MESSAGES, List::size);
    metrics.put(
        FeedQuery.Metric.MENTIONS,
        all -> all.stream().mapToLong(each -> Words.mentions(each.text())).sum());
    metrics.put(
        FeedQuery.Metric.EMOTES,
        all -> all.stream().mapToLong(each -> Words.emotes(each.text())).sum());
    metrics.put(
        FeedQuery.Metric.ACTIVE_DAYS,
        all -> all.stream().map(each -> day(each)).distinct().count());
    List<Platform> platforms = new ArrayList<>(Arrays.asList(Platform.values()));
    platforms.add(null);
    for (Platform platform : platforms) {
      Map<String, List<Message>> byUser =
          sent.stream()
              .filter(each -> platform == null || each.platform() == platform)
              .collect(Collectors.groupingBy(each -> each.platform() + " " + each.author().id()));
      metrics.forEach(
          (metric, value) -> {
            List<Long> expected =
                byUser.values().stream()
                    .map(value::applyAsLong)
                    .filter(each -> each > 0)
                    .sorted(Comparator.reverseOrder())
                    .limit(100)
                    .toList();
            List<FeedAnswer.Standing> board =
                feed.leaderboard(ORGANISATION, new FeedQuery.Leaderboard(platform, metric, 100));
            assertThat(board).extracting(FeedAnswer.Standing::value).isEqualTo(expected);
            for (FeedAnswer.Standing each : board) {
              assertThat(value.applyAsLong(byUser.get(each.platform() + " " + each.userId())))
                  .isEqualTo(each.value());
              assertThat((long) each.rank())
                  .isEqualTo(1 + expected.stream().filter(more -> more > each.value()).count());
            }
          });
    }
  }

  private static LocalDate day(Message message) {
    return LocalDate.ofInstant(message.at(), ZoneOffset.UTC);
  }

  private static void users(SocialFeed feed, List<Message> sent) {
    for (int user = 0; user < 40; user++) {
      String id = "u" + user;
      List<Message> own = sent.stream().filter(each -> each.author().id().equals(id)).toList();
      if (own.isEmpty()) {
        continue;
      }
      FeedAnswer.UserActivity activity = feed.user(ORGANISATION, id);
      assertThat(activity.messages()).isEqualTo(own.size());
      pattern(activity.pattern(), own);
      for (Platform platform : Platform.values()) {
        List<Message> there = own.stream().filter(each -> each.platform() == platform).toList();
        FeedAnswer.UserOnPlatform row = activity.platforms().get(platform);
        if (there.isEmpty()) {
          assertThat(row).isNull();
        } else {
          assertThat(row.messages()).isEqualTo(there.size());
          assertThat(row.firstSeen()).isEqualTo(first(there));
          assertThat(row.lastActive()).isEqualTo(last(there));
          assertThat(row.engagementScore()).isEqualTo(engagement(there));
        }
      }
    }
  }

  private static Instant first(List<Message> all) {
    return all.stream().map(Message::at).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static Instant last(List<Message> all) {
    return all.stream().map(Message::at).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** The definition, word for word. */
  private static int engagement(List<Message> all) {
    double m = all.size();
    LocalDate last = LocalDate.ofInstant(last(all), ZoneOffset.UTC);
    long span =
        last.toEpochDay() - LocalDate.ofInstant(first(all), ZoneOffset.UTC).toEpochDay() + 1;
    double r =
        all.stream()
                .map(each -> day(each))
                .distinct()
                .filter(day -> day.isAfter(last.minusDays(30)))
                .count()
            / (double) Math.min(30, span);
    double marks =
        all.stream()
            .mapToInt(each -> Words.emotes(each.text()) + Words.mentions(each.text()))
            .sum();
    return (int) Math.round(100 * (0.4 * m / (m + 50) + 0.4 * r + 0.2 * Math.min(1, marks / m)));
  }

  private static void pattern(FeedAnswer.Pattern pattern, List<Message> all) {
    Map<Integer, Long> hours =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.at().atOffset(ZoneOffset.UTC).getHour(),
                    TreeMap::new,
                    Collectors.counting()));
    Map<DayOfWeek, Long> days =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    each -> day(each).getDayOfWeek(), TreeMap::new, Collectors.counting()));
    assertThat(pattern.peakHour()).isEqualTo(firstLargest(hours));
    assertThat(pattern.peakDay()).isEqualTo(firstLargest(days));
    long span =
        LocalDate.ofInstant(last(all), ZoneOffset.UTC).toEpochDay()
            - LocalDate.ofInstant(first(all), ZoneOffset.UTC).toEpochDay()
            + 1;
    assertThat(pattern.averagePerDay()).isEqualTo(all.size() / (double) span);
  }

  private static <K> K firstLargest(Map<K, Long> counts) {
    long most = Collections.max(counts.values());
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static void channels(SocialFeed feed, List<Message> sent) {
    Set<String> channels =
        sent.stream().map(each -> each.channel().id()).collect(Collectors.toSet());
    assertThat(channels).hasSizeGreaterThan(20);
    for (String id : channels) {
      List<Message> own = sent.stream().filter(each -> each.channel().id().equals(id)).toList();
      FeedAnswer.ChannelActivity activity = feed.channel(ORGANISATION, id);
      assertThat(activity.messages()).isEqualTo(own.size());
      pattern(activity.pattern(), own);
      activity
          .platforms()
          .forEach(
              (platform, row) -> {
                List<Message> there =
                    own.stream().filter(each -> each.platform() == platform).toList();
                assertThat(row.messages()).isEqualTo(there.size());
                assertThat(row.users())
                    .isEqualTo(there.stream().map(each -> each.author().id()).distinct().count());
                assertThat(row.mentions())
                    .isEqualTo(there.stream().mapToLong(each -> Words.mentions(each.text())).sum());
                assertThat(row.firstMessage()).isEqualTo(first(there));
                assertThat(row.lastMessage()).isEqualTo(last(there));
              });
    }
  }

  private static void filters(SocialFeed feed, List<Message> sent) {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 120; trial++) {
      Platform platform = random.nextBoolean() ? null : Platform.values()[random.nextInt(4)];
      String channel = random.nextInt(3) > 0 ? null : "ch" + random.nextInt(12);
      String user = random.nextInt(3) > 0 ? null : "u" + random.nextInt(12);
      Instant a = sent.get(random.nextInt(MESSAGES)).at();
      Instant b = a.plusMillis(1 + random.nextInt(1_000_000_000));
      Instant since = random.nextBoolean() ? null : a;
      Instant until = random.nextBoolean() ? null : b;
      Predicate<Message> passes =
          each ->
              (platform == null || each.platform() == platform)
                  && (channel == null || each.channel().id().equals(channel))
                  && (user == null || each.author().id().equals(user))
                  && (since == null || !each.at().isBefore(since))
                  && (until == null || each.at().isBefore(until));
      List<Message> expected = sent.stream().filter(passes).toList();
      int limit = 1 + random.nextInt(100);
      FeedAnswer.Messages found =
          feed.messages(
              ORGANISATION,
              new FeedQuery.Messages(platform, channel, user, since, until, limit, null));
      assertThat(found.total()).isEqualTo(expected.size());
      assertThat(found.hasMore()).isEqualTo(expected.size() > limit);
      assertThat(found.items()).hasSize(Math.min(limit, expected.size())).allMatch(passes);
      assertThat(found.items().stream().map(Message::at))
          .isEqualTo(
              expected.stream()
                  .map(Message::at)
                  .sorted(Comparator.reverseOrder())
                  .limit(limit)
                  .toList());
    }
  }

  private static void searches(SocialFeed feed, List<Message> sent) {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 60; trial++) {
      Platform platform = random.nextBoolean() ? null : Platform.values()[random.nextInt(4)];
      List<String> words = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        words.add(SocialBench.Source.word(random.nextInt(30)));
      }
      Set<String> distinct = new LinkedHashSet<>(words);
      List<Message> expected =
          sent.stream()
              .filter(each -> platform == null || each.platform() == platform)
              .filter(each -> Words.of(each.text()).containsAll(distinct))
              .toList();
      FeedAnswer.Hits hits =
          feed.search(
              ORGANISATION,
              new FeedQuery.Search(String.join("  ", words).toUpperCase(), platform, 100));
      assertThat(hits.total()).isEqualTo(expected.size());
      assertThat(hits.isExact()).isTrue();
      assertThat(hits.items()).hasSize(Math.min(100, expected.size()));
      assertThat(hits.items()).allMatch(hit -> hit.relevance() > 0 && hit.relevance() < 1);
      assertThat(hits.items())
          .isSortedAccordingTo(Comparator.comparingDouble(FeedAnswer.Hit::relevance).reversed());
      assertThat(expected.stream().map(Message::id))
          .containsAll(hits.items().stream().map(hit -> hit.message().id()).toList());
    }
  }

  /** Going on with the cursor sees each message once. */
  private static void pages(SocialFeed feed, List<Message> sent) {
    Set<String> seen = new LinkedHashSet<>();
    String cursor = null;
    do {
      FeedAnswer.Messages page =
          feed.messages(
              ORGANISATION,
              new FeedQuery.Messages(Platform.TWITCH, null, null, null, null, 97, cursor));
      page.items().forEach(each -> assertThat(seen.add(each.id())).isTrue());
      cursor = page.next().orElse(null);
    } while (cursor != null);
    assertThat(seen)
        .hasSize((int) sent.stream().filter(each -> each.platform() == Platform.TWITCH).count());
  }
}

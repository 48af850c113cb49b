package dev.spanda.media.social.trial;

import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.social.FeedQuery;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.SocialFeed;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Fills a feed with made-up messages and times intake and questions. The messages are of four
 * platforms, 40 channels and 20 000 users over 90 days; users and words (20 000 of them, 8 a
 * message in the mean) are drawn by a power law with exponent 1, as they are in chats.
 */
public final class SocialBench {

  private static final String ORGANISATION = "org_trial";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SPAN_MILLIS = 90L * 24 * 3_600_000;
  private static final int USERS = 20_000;
  private static final int WORDS = 20_000;
  private static final int CHANNELS = 40;
  private static final int AT_ONCE = 1_000;
  private static final int UNDER_WAY = 40;
  private static final int MEDIAN_WORDS = 8;
  private static final List<Platform> PLATFORMS = List.of(Platform.values());
  private static final List<FeedQuery.Metric> METRICS = List.of(FeedQuery.Metric.values());

  private SocialBench() {}

  /**
   * What to run.
   *
   * @param messages how many, 1 000 to 10 000 000
   * @param questions how many of each kind are timed, ≥ 1
   * @param seed makes the messages
   */
  public record Options(StoreLocation location, int messages, int questions, long seed) {
    /** Checks the numbers. */
    public Options {
      if (messages < 1_000 || messages > 10_000_000 || questions < 1) {
        throw new IllegalArgumentException(messages + " messages, " + questions + " questions");
      }
    }
  }

  /** Times of one kind of question in milliseconds. */
  public record Times(double median, double p99, double worst) {
    static Times of(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Times(
          sorted[sorted.length / 2] / 1e6,
          sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6,
          sorted[sorted.length - 1] / 1e6);
    }
  }

  /**
   * What came out.
   *
   * @param perSecond messages acknowledged as durable a second, over the whole intake
   * @param questions times by kind of question
   */
  public record Result(Options options, double perSecond, Map<String, Times> questions) {

    /** Whether intake and the 99th percentiles are what the project demands of SQLite. */
    public boolean passed() {
      return perSecond >= 20_000 && questions.values().stream().allMatch(times -> times.p99 < 20);
    }

    /** Lines for people. */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d messages, %,.0f a second durable (seed %d)",
              options.messages,
              perSecond,
              options.seed));
      questions.forEach(
          (kind, times) ->
              lines.add(
                  String.format(
                      Locale.ROOT,
                      "%-24s median %7.3f ms   p99 %7.3f ms   worst %7.3f ms",
                      kind,
                      times.median,
                      times.p99,
                      times.worst)));
      return lines;
    }

    /** The same as JSON. */
    public String json() {
      StringBuilder out = new StringBuilder();
      out.append(
          String.format(
              Locale.ROOT,
              "{\n  \"messages\": %d,\n  \"seed\": %d,\n  \"questions_each\": %d,\n"
                  + "  \"intake_per_second\": %.0f,\n  \"milliseconds\": {\n",
              options.messages,
              options.seed,
              options.questions,
              perSecond));
      List<String> rows = new ArrayList<>();
      questions.forEach(
          (kind, times) ->
              rows.add(
                  String.format(
                      Locale.ROOT,
                      "    \"%s\": {\"median\": %.3f, \"p99\": %.3f, \"worst\": %.3f}",
                      kind,
                      times.median,
                      times.p99,
                      times.worst)));
      return out.append(String.join(",\n", rows)).append("\n  }\n}\n").toString();
    }
  }

  /** Makes messages, the same for the same seed. */
  public static final class Source {
    private final SplittableRandom random;
    private final int messages;
    private int made;

    /** A source of so many. */
    public Source(int messages, long seed) {
      this.messages = messages;
      this.random = new SplittableRandom(seed);
    }

    /** The next message; times rise, with a jitter of a minute. */
    public Message next() {
      int number = made++;
      Platform platform = PLATFORMS.get(random.nextInt(4));
      long at =
          START.toEpochMilli()
              + (long) ((double) number / messages * SPAN_MILLIS)
              + random.nextInt(60_000);
      String id =
          platform == Platform.TWITCH
              ? new UUID(random.nextLong(), random.nextLong()).toString()
              : Long.toString((at << 20) + number);
      int user = power(USERS);
      int channel = power(CHANNELS);
      StringBuilder text = new StringBuilder();
      int length = 1 + power(2 * MEDIAN_WORDS) + random.nextInt(MEDIAN_WORDS);
      for (int i = 0; i < length; i++) {
        text.append(i == 0 ? "" : " ").append(word(power(WORDS)));
      }
      if (random.nextInt(10) == 0) {
        text.append(" @user").append(power(USERS));
      }
      if (random.nextInt(6) == 0) {
        text.append(" LUL");
      }
      return Message.of(
          platform,
          id,
          new Message.Channel("ch" + channel, "channel " + channel),
          new Message.Author("u" + user, "user" + user, "member", user % 100 == 0),
          text.toString(),
          Instant.ofEpochMilli(at));
    }

    /** From 0 to below the count, number n with a probability that falls with 1 / n. */
    int power(int count) {
      return (int) Math.min(count - 1, Math.pow(count + 1, random.nextDouble()) - 1);
    }

    /** The n-th word; each has its own letters. */
    public static String word(int number) {
      StringBuilder word = new StringBuilder("w");
      for (int left = number; left > 0 || word.length() < 3; left /= 20) {
        word.append("bcdfghjklmnpqrstvwxz".charAt(left % 20)).append("aeiou".charAt(left % 5));
      }
      return word.toString();
    }
  }

  /** Fills, then asks. */
  public static Result run(Options options) {
    Clock clock = Clock.fixed(START.plusMillis(SPAN_MILLIS).plusSeconds(3_600), ZoneOffset.UTC);
    try (Store store = Store.open(options.location);
        SocialFeed feed =
            new SocialFeed(store, clock, new EventBus(), SocialFeed.Settings.DEFAULT)) {
      double perSecond = fill(feed, options);
      Map<String, Times> questions = new LinkedHashMap<>();
      Source draw = new Source(options.messages, options.seed + 1);
      questions.put(
          "search one word",
          time(options, i -> search(feed, Source.word(draw.power(WORDS)), null)));
      questions.put(
          "search two words",
          time(
              options,
              i ->
                  search(
                      feed,
                      Source.word(draw.power(WORDS)) + " " + Source.word(draw.power(WORDS)),
                      null)));
      questions.put(
          "search commonest word", time(options, i -> search(feed, Source.word(0), null)));
      questions.put(
          "search on a platform",
          time(options, i -> search(feed, Source.word(draw.power(WORDS)), PLATFORMS.get(i % 4))));
      questions.put(
          "leaderboard",
          time(
              options,
              i ->
                  feed.leaderboard(
                      ORGANISATION,
                      new FeedQuery.Leaderboard(
                          i % 5 == 4 ? null : PLATFORMS.get(i % 5),
                          METRICS.get(i % 4),
                          1 + i % 100))));
      questions.put(
          "user analytics",
          time(options, i -> feed.user(ORGANISATION, "u" + draw.power(USERS / 10))));
      questions.put(
          "channel analytics",
          time(options, i -> feed.channel(ORGANISATION, "ch" + draw.power(CHANNELS))));
      questions.put(
          "newest messages",
          time(
              options,
              i ->
                  feed.messages(
                      ORGANISATION,
                      i % 2 == 0
                          ? FeedQuery.Messages.ALL
                          : FeedQuery.Messages.ALL.on(PLATFORMS.get(i % 4)))));
      questions.put(
          "messages of a user",
          time(
              options,
              i ->
                  feed.messages(
                      ORGANISATION,
                      new FeedQuery.Messages(
                          null, null, "u" + draw.power(USERS), null, null, 100, null))));
      return new Result(options, perSecond, questions);
    }
  }

  private static void search(
      SocialFeed feed, String text, @org.jspecify.annotations.Nullable Platform platform) {
    feed.search(ORGANISATION, new FeedQuery.Search(text, platform, 100));
  }

  private static double fill(SocialFeed feed, Options options) {
    Source source = new Source(options.messages, options.seed);
    Deque<CompletableFuture<SocialFeed.Receipt>> underWay = new ArrayDeque<>();
    long begun = System.nanoTime();
    for (int left = options.messages; left > 0; left -= AT_ONCE) {
      List<Message> some = new ArrayList<>();
      for (int i = 0; i < Math.min(left, AT_ONCE); i++) {
        some.add(source.next());
      }
      underWay.add(feed.take(ORGANISATION, some));
      if (underWay.size() > UNDER_WAY) {
        underWay.remove().join();
      }
    }
    underWay.forEach(CompletableFuture::join);
    return options.messages / ((System.nanoTime() - begun) / 1e9);
  }

  private static Times time(Options options, IntConsumer question) {
    int warm = Math.min(50, options.questions);
    for (int i = 0; i < warm; i++) {
      question.accept(i);
    }
    long[] nanos = new long[options.questions];
    for (int i = 0; i < nanos.length; i++) {
      long begun = System.nanoTime();
      question.accept(i);
      nanos[i] = System.nanoTime() - begun;
    }
    return Times.of(nanos);
  }
}

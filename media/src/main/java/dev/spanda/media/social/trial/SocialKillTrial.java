package dev.spanda.media.social.trial;

import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.social.FeedQuery;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.SocialFeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process that takes messages, again and again, and looks in the feed for every message
 * that it had acknowledged; then counts the messages one by one and compares with what is counted
 * beside them. The control acknowledges before the commit; a trial that does not catch it proves
 * nothing.
 */
public final class SocialKillTrial {

  private static final String ORGANISATION = "org_kill";
  private static final int LONGEST_ROUND_MILLIS = 200;
  private static final int AT_ONCE = 20;
  private static final int UNDER_WAY = 10;
  private static final Message.Channel CHANNEL = new Message.Channel("channel", "channel");
  private static final Message.Author AUTHOR = new Message.Author("user", "user", "member", false);

  private SocialKillTrial() {}

  /**
   * What to run.
   *
   * @param folder an empty folder for the database
   * @param rounds how many processes to kill, at least 1
   * @param seed decides when they are killed
   * @param control whether they acknowledge before the commit
   */
  public record Options(Path folder, int rounds, long seed, boolean control) {
    /** Checks the number of rounds. */
    public Options {
      if (rounds < 1) {
        throw new IllegalArgumentException(rounds + " rounds");
      }
    }
  }

  /**
   * What came out.
   *
   * @param told how many messages were acknowledged in all
   * @param lost how many of them are not there
   * @param progressed in how many rounds messages were acknowledged
   * @param sound after how many rounds totals, counters and index agree with the messages
   */
  public record Result(Options options, long told, long lost, int progressed, int sound) {

    /** Nothing was lost, and every round progressed and left a sound feed. */
    public boolean passed() {
      return lost == 0 && progressed == options.rounds && sound == options.rounds;
    }

    /** One line for people. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%d rounds of kill -9%s: %,d messages acknowledged, %,d lost; %d rounds progressed, %d"
              + " left a sound feed (seed %d)",
          options.rounds,
          options.control ? ", control that acknowledges before the commit" : "",
          told,
          lost,
          progressed,
          sound,
          options.seed);
    }
  }

  /** Runs all rounds. Needs the {@code java} command and the class path of this process. */
  public static Result run(Options options) {
    SplittableRandom random = new SplittableRandom(options.seed);
    long lost = 0;
    int progressed = 0;
    int sound = 0;
    Set<String> all = new HashSet<>();
    for (int round = 0; round < options.rounds; round++) {
      Set<String> told = kill(options, round, random.nextInt(LONGEST_ROUND_MILLIS));
      progressed += told.isEmpty() ? 0 : 1;
      all.addAll(told);
      try (Store store = Store.open(StoreLocation.folder(options.folder));
          SocialFeed feed = feed(store)) {
        Set<String> there = there(feed);
        long before = all.size();
        all.retainAll(there);
        lost += before - all.size();
        sound += isSound(feed, there.size()) ? 1 : 0;
      }
    }
    return new Result(options, all.size() + lost, lost, progressed, sound);
  }

  private static SocialFeed feed(Store store) {
    return new SocialFeed(store, Clock.systemUTC(), new EventBus(), SocialFeed.Settings.DEFAULT);
  }

  private static Set<String> there(SocialFeed feed) {
    Set<String> ids = new HashSet<>();
    String cursor = null;
    do {
      var page =
          feed.messages(
              ORGANISATION, new FeedQuery.Messages(null, null, null, null, null, 100, cursor));
      page.items().forEach(each -> ids.add(each.id()));
      cursor = page.next().orElse(null);
    } while (cursor != null);
    return ids;
  }

  private static boolean isSound(SocialFeed feed, long messages) {
    if (messages == 0) {
      return true;
    }
    var found = feed.search(ORGANISATION, new FeedQuery.Search("word", null, 1));
    return feed.messages(ORGANISATION, FeedQuery.Messages.ALL).total() == messages
        && feed.user(ORGANISATION, AUTHOR.id()).messages() == messages
        && feed.channel(ORGANISATION, CHANNEL.id()).messages() == messages
        && (found.isExact() ? found.total() == messages : found.total() < messages);
  }

  /** The ids that a process told before it was killed. */
  private static Set<String> kill(Options options, int round, int millis) {
    Set<String> told = new HashSet<>();
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SocialKillTrial.class.getName(),
                  options.folder.toString(),
                  Integer.toString(round),
                  Boolean.toString(options.control))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        long end = Long.MAX_VALUE;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          // A line that was cut off by the end has no mark.
          if (line.endsWith(".")) {
            told.add(line.substring(0, line.length() - 1));
          }
          if (end == Long.MAX_VALUE) {
            end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
          }
          if (System.nanoTime() >= end) {
            process.toHandle().destroyForcibly();
          }
        }
      } finally {
        process.toHandle().destroyForcibly();
      }
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return told;
  }

  /** The process that is killed; arguments: folder, round, whether it is the control. */
  public static void main(String[] arguments) {
    boolean control = Boolean.parseBoolean(arguments[2]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Store store = Store.open(StoreLocation.folder(Path.of(arguments[0])));
        SocialFeed feed = feed(store)) {
      Clock clock = Clock.systemUTC();
      java.util.ArrayDeque<CompletableFuture<?>> underWay = new java.util.ArrayDeque<>();
      for (int number = 0; ; number++) {
        List<Message> some = new java.util.ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < AT_ONCE; i++) {
          String id = arguments[1] + "-" + number + "-" + i;
          some.add(Message.of(Platform.TWITCH, id, CHANNEL, AUTHOR, "word " + i, clock.instant()));
          lines.append(id).append(".\n");
        }
        if (control) {
          out.print(lines);
          out.flush();
        }
        CompletableFuture<SocialFeed.Receipt> future = feed.take(ORGANISATION, some);
        if (!control) {
          CompletableFuture<Void> unused =
              future.thenRun(
                  () -> {
                    synchronized (out) {
                      out.print(lines);
                      out.flush();
                    }
                  });
        }
        underWay.add(future);
        if (underWay.size() > UNDER_WAY) {
          underWay.remove().join();
        }
      }
    }
  }
}

package dev.spanda.media.social.trial;

import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.store.trial.KillTrial;
import dev.spanda.media.social.FeedQuery;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.SocialFeed;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Kills a process that takes messages, again and again, and looks in the feed for every message
 * that it had acknowledged; then counts the messages one by one and compares with what is counted
 * beside them. The control acknowledges before the commit. Of one trial, by one thread.
 */
public final class SocialKillTrial implements KillTrial.Subject {

  private static final String ORGANISATION = "org_kill";
  private static final int LONGEST_ROUND_MILLIS = 200;
  private static final int AT_ONCE = 20;
  private static final int UNDER_WAY = 10;
  private static final Message.Channel CHANNEL = new Message.Channel("channel", "channel");
  private static final Message.Author AUTHOR = new Message.Author("user", "user", "member", false);

  private final Path folder;
  private final boolean control;
  private final Set<String> all = new HashSet<>();

  /**
   * A trial of the feed.
   *
   * @param folder an empty folder for the database
   * @param control whether the processes acknowledge before the commit
   */
  public SocialKillTrial(Path folder, boolean control) {
    this.folder = folder;
    this.control = control;
  }

  /** Runs a trial. */
  public static KillTrial.Result run(KillTrial.Options options) {
    return KillTrial.run(options, new SocialKillTrial(options.folder(), options.control()));
  }

  @Override
  public KillTrial.Words words() {
    return new KillTrial.Words(
        "messages acknowledged", "lost", "a sound feed", "acknowledges before the commit");
  }

  @Override
  public Class<?> victim() {
    return SocialKillTrial.class;
  }

  @Override
  public List<String> arguments(int round) {
    return List.of(folder.toString(), Integer.toString(round), Boolean.toString(control));
  }

  @Override
  public int longestMillis() {
    return LONGEST_ROUND_MILLIS;
  }

  @Override
  public KillTrial.Finding look(int round, List<List<String>> told) {
    told.forEach(words -> all.add(words.get(0)));
    try (Store store = Store.open(StoreLocation.folder(folder));
        SocialFeed feed = feed(store)) {
      Set<String> there = there(feed);
      long before = all.size();
      all.retainAll(there);
      return new KillTrial.Finding(
          before - all.size(), !told.isEmpty(), isSound(feed, there.size()));
    }
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

  /** The process that is killed; arguments: folder, round, whether it is the control. */
  public static void main(String[] arguments) {
    boolean control = Boolean.parseBoolean(arguments[2]);
    try (Store store = Store.open(StoreLocation.folder(Path.of(arguments[0])));
        SocialFeed feed = feed(store)) {
      Clock clock = Clock.systemUTC();
      java.util.ArrayDeque<CompletableFuture<?>> underWay = new java.util.ArrayDeque<>();
      for (int number = 0; ; number++) {
        List<Message> some = new java.util.ArrayList<>();
        List<List<String>> ids = new java.util.ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          String id = arguments[1] + "-" + number + "-" + i;
          some.add(Message.of(Platform.TWITCH, id, CHANNEL, AUTHOR, "word " + i, clock.instant()));
          ids.add(List.of(id));
        }
        if (control) {
          KillTrial.tell(ids);
        }
        CompletableFuture<SocialFeed.Receipt> future = feed.take(ORGANISATION, some);
        if (!control) {
          CompletableFuture<Void> unused = future.thenRun(() -> KillTrial.tell(ids));
        }
        underWay.add(future);
        if (underWay.size() > UNDER_WAY) {
          underWay.remove().join();
        }
      }
    }
  }
}

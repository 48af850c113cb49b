package dev.spanda.media.social;

import dev.spanda.core.Failure;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The messages and events of an organisation's audience on all platforms.
 *
 * <p>A message is known by its platform and the platform's own id: one that comes again is counted
 * as a duplicate and changes nothing. Messages wait in a bounded queue, are written many in one
 * transaction together with what is counted of them, and are acknowledged once that is durable.
 * Names of users and channels are those they had last. Organisations see nothing of each other.
 * Thread-safe; of one SQLite store there may be one feed only.
 */
public final class SocialFeed implements AutoCloseable {

  /**
   * How much a feed takes and keeps.
   *
   * @param mostWaiting how many messages may wait to be written, ≥ 1
   * @param largestBatch how many are written in one transaction, ≥ 1
   * @param patience how long who brings more is held up before being refused, ≥ 0
   * @param keep how long messages and events are kept; counters of users and channels stay
   * @param mostKept how many messages of an organisation are kept, ≥ 1; whole hours go, the oldest
   *     first, and the newest hour always stays
   */
  public record Settings(
      int mostWaiting, int largestBatch, Duration patience, Duration keep, long mostKept) {

    /** 50 000 waiting, 20 000 a transaction, 5 s, 400 days, 5 000 000 messages. */
    public static final Settings DEFAULT =
        new Settings(50_000, 20_000, Duration.ofSeconds(5), Duration.ofDays(400), 5_000_000);

    /** Checks the ranges. */
    public Settings {
      if (mostWaiting < 1 || largestBatch < 1 || mostKept < 1 || patience.isNegative()) {
        throw new IllegalArgumentException(
            mostWaiting + ", " + largestBatch + ", " + mostKept + ", " + patience);
      }
      if (keep.compareTo(Duration.ofHours(1)) < 0) {
        throw new IllegalArgumentException("keep must be at least an hour; was " + keep);
      }
    }

    /** The same with another queue. */
    public Settings withQueue(int waiting, int batch, Duration wait) {
      return new Settings(waiting, batch, wait, keep, mostKept);
    }

    /** The same with another retention. */
    public Settings withRetention(Duration time, long most) {
      return new Settings(mostWaiting, largestBatch, patience, time, most);
    }
  }

  /**
   * What became of messages that were brought.
   *
   * @param stored how many are new
   * @param duplicates how many were known
   * @param expired how many are older than what is kept, and were left out
   */
  public record Receipt(int stored, int duplicates, int expired) {}

  /** New messages, once they are durable; of this process alone. */
  public record Heard(String organisation, List<Message> messages) {
    /** Copies the messages. */
    public Heard {
      messages = List.copyOf(messages);
    }
  }

  /** New events, once they are durable; of this process alone. */
  public record Happened(String organisation, List<PlatformEvent> events) {
    /** Copies the events. */
    public Happened {
      events = List.copyOf(events);
    }
  }

  private static final int MOST_AT_ONCE = 10_000;
  private static final int MOST_CREATORS = 50;
  private static final int LONGEST_CREATOR = 100;
  private static final int DELETED_AT_ONCE = 2_000;
  private static final Duration AHEAD = Duration.ofDays(1);

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Settings settings;
  private final Intake intake;
  private final FeedReader reader;

  /** The feed of a store. */
  public SocialFeed(Store store, InstantSource clock, EventBus bus, Settings settings) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.settings = settings;
    this.intake = new Intake(store, settings, bus::publish);
    this.reader = new FeedReader(store);
  }

  /**
   * Takes messages; the future ends when they are durable and those who listen for {@link Heard}
   * have been told.
   *
   * @param messages at most 10 000, and no more than may wait
   * @throws Failure TOO_LARGE, subject {@code messages}; INVALID, subject {@code ts}, when one lies
   *     more than a day in the future; UNAVAILABLE, subject {@code messages}, with the detail
   *     {@code retry_after} in seconds, when too many wait, or when the feed is closed
   */
  public CompletableFuture<Receipt> take(String organisation, List<Message> messages) {
    int most = Math.min(MOST_AT_ONCE, Math.min(settings.mostWaiting(), settings.largestBatch()));
    if (messages.size() > most) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "messages",
              "At most " + most + " messages can be sent at once; had " + messages.size())
          .with(Failure.PROVIDED_VALUE, messages.size())
          .with(Failure.MAX_VALUE, most);
    }
    Instant now = clock.instant();
    Instant oldest = oldestHour(now);
    List<Message> kept = new ArrayList<>(messages.size());
    for (Message message : messages) {
      requirePast(message.at(), now);
      if (!message.at().isBefore(oldest)) {
        kept.add(message);
      }
    }
    int expired = messages.size() - kept.size();
    if (kept.isEmpty()) {
      return CompletableFuture.completedFuture(new Receipt(0, 0, expired));
    }
    return intake.submit(new Intake.Request(organisation, List.copyOf(kept), expired));
  }

  private static void requirePast(Instant at, Instant now) {
    if (at.isAfter(now.plus(AHEAD))) {
      throw Failure.invalid(
          "ts", at, "A time may lie at most one day in the future; it is now " + now);
    }
  }

  /**
   * Records events; they are durable when this returns, and a {@link Happened} follows.
   *
   * @param events at most 1 000
   * @throws Failure TOO_LARGE, subject {@code events}; INVALID, subject {@code ts}, when one lies
   *     more than a day in the future
   */
  public Receipt record(String organisation, List<PlatformEvent> events) {
    int most = 1_000;
    if (events.size() > most) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "events",
              "At most " + most + " events can be sent at once; had " + events.size())
          .with(Failure.PROVIDED_VALUE, events.size())
          .with(Failure.MAX_VALUE, most);
    }
    Instant now = clock.instant();
    Instant oldest = oldestHour(now);
    events.forEach(event -> requirePast(event.at(), now));
    List<PlatformEvent> kept =
        events.stream().filter(event -> !event.at().isBefore(oldest)).toList();
    List<PlatformEvent> fresh = store.write(handle -> insert(handle, organisation, kept));
    if (!fresh.isEmpty()) {
      Happened happened = new Happened(organisation, fresh);
      store.afterCommit(() -> bus.publish(happened));
    }
    return new Receipt(fresh.size(), kept.size() - fresh.size(), events.size() - kept.size());
  }

  private static List<PlatformEvent> insert(
      Handle handle, String organisation, List<PlatformEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    long key = organisationKey(handle, organisation);
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO social_event (organisation, platform, id, type, data, at) VALUES"
                + " (:organisation, :platform, :id, :type, :data, :at) ON CONFLICT DO NOTHING");
    for (PlatformEvent event : events) {
      batch
          .bind("organisation", key)
          .bind("platform", event.platform().number())
          .bind("id", event.id())
          .bind("type", event.type().word())
          .bind("data", Json.write(event.data()))
          .bind("at", event.at().toEpochMilli())
          .add();
    }
    int[] counts = batch.execute();
    List<PlatformEvent> fresh = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        fresh.add(events.get(i));
      }
    }
    return fresh;
  }

  private static long organisationKey(Handle handle, String organisation) {
    handle
        .createUpdate(
            "INSERT INTO social_organisation (id, creators) VALUES (:id, '[]')"
                + " ON CONFLICT DO NOTHING")
        .bind("id", organisation)
        .execute();
    return handle
        .createQuery("SELECT key FROM social_organisation WHERE id = :id")
        .bind("id", organisation)
        .mapTo(Long.class)
        .one();
  }

  /** The messages that a query lets pass; empty for an organisation that nobody has heard. */
  public FeedAnswer.Messages messages(String organisation, FeedQuery.Messages query) {
    return reader.messages(organisation, query);
  }

  /** The events that a query lets pass. */
  public FeedAnswer.Events events(String organisation, FeedQuery.Events query) {
    return reader.events(organisation, query);
  }

  /**
   * The messages that hold all words of a query. The {@value FeedReader#RANKED} that came last are
   * ranked; more are counted, up to {@value FeedReader#MOST_COUNTED}.
   */
  public FeedAnswer.Hits search(String organisation, FeedQuery.Search query) {
    return reader.search(organisation, query);
  }

  /** Who brought most; of equals who was heard first stands first. */
  public List<FeedAnswer.Standing> leaderboard(String organisation, FeedQuery.Leaderboard query) {
    return reader.leaderboard(organisation, query);
  }

  /**
   * What a user did.
   *
   * @throws Failure NOT_FOUND, subject {@code user}
   */
  public FeedAnswer.UserActivity user(String organisation, String userId) {
    return reader.user(organisation, userId);
  }

  /**
   * What happened in a channel.
   *
   * @throws Failure NOT_FOUND, subject {@code channel}
   */
  public FeedAnswer.ChannelActivity channel(String organisation, String channelId) {
    return reader.channel(organisation, channelId);
  }

  /** How many messages of a platform are kept whose time lies in [from, until). */
  public long count(String organisation, Platform platform, Instant from, Instant until) {
    return from.isBefore(until) ? reader.count(organisation, platform, from, until) : 0;
  }

  /** How many events of a kind are kept whose time lies in [from, until). */
  public long count(
      String organisation,
      Platform platform,
      PlatformEvent.Type type,
      Instant from,
      Instant until) {
    return from.isBefore(until)
        ? reader.events(organisation, new FeedQuery.Events(platform, type, from, until, 1)).total()
        : 0;
  }

  /**
   * Says under which names the organisation's creators are mentioned, from the next message on.
   *
   * @param names at most 50 of 1 to 100 characters, without {@code @}
   * @throws Failure INVALID, subject {@code creators}
   */
  public void setCreators(String organisation, Set<String> names) {
    if (names.size() > MOST_CREATORS) {
      throw Failure.invalid(
              "creators",
              names.size(),
              "At most " + MOST_CREATORS + " names can be given; had " + names.size())
          .with(Failure.MAX_VALUE, MOST_CREATORS);
    }
    for (String name : names) {
      Failure.requireText("creators", "A name", name, 1, LONGEST_CREATOR);
      if (name.startsWith("@")) {
        throw Failure.invalid("creators", name, "A name must not begin with @");
      }
    }
    store.change(
        handle -> {
          long key = organisationKey(handle, organisation);
          handle
              .createUpdate("UPDATE social_organisation SET creators = :names WHERE key = :key")
              .bind("names", Json.write(List.copyOf(new TreeSet<>(names))))
              .bind("key", key)
              .execute();
        });
  }

  /** The names that {@link #setCreators} was given last. */
  public Set<String> creators(String organisation) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT creators FROM social_organisation WHERE id = :id")
                .bind("id", organisation)
                .mapTo(String.class)
                .findOne()
                .map(text -> (Set<String>) new TreeSet<>(Json.readList(text, String.class)))
                .orElse(Set.of()));
  }

  /** What is older than this is not kept; the begin of an hour. */
  private Instant oldestHour(Instant now) {
    long millis = now.minus(settings.keep()).toEpochMilli();
    return Instant.ofEpochMilli(Math.floorDiv(millis, Tally.HOUR_MILLIS) * Tally.HOUR_MILLIS);
  }

  /**
   * Removes messages and events that are not to be kept longer, a few thousand a transaction.
   *
   * @return how many messages were removed
   */
  public long prune() {
    long removed = 0;
    long oldest = oldestHour(clock.instant()).toEpochMilli();
    List<Long> organisations =
        store.read(
            handle ->
                handle.createQuery("SELECT key FROM social_organisation").mapTo(Long.class).list());
    for (long organisation : organisations) {
      long cut = Math.max(oldest, cutByNumber(organisation));
      for (Platform platform : Platform.values()) {
        int last;
        do {
          last = store.write(handle -> removeSome(handle, organisation, platform, cut));
          removed += last;
        } while (last == DELETED_AT_ONCE);
      }
      store.change(
          handle ->
              handle
                  .createUpdate("DELETE FROM social_event WHERE organisation = ? AND at < ?")
                  .bind(0, organisation)
                  .bind(1, oldest)
                  .execute());
    }
    return removed;
  }

  /** The begin of the oldest hour that stays when no more than so many messages may. */
  private long cutByNumber(long organisation) {
    return store.read(
        handle -> {
          record Hour(long hour, long messages) {}
          List<Hour> hours =
              handle
                  .createQuery(
                      "SELECT hour, SUM(messages) AS messages FROM social_hour WHERE organisation ="
                          + " :organisation AND channel = 0 GROUP BY hour ORDER BY hour DESC")
                  .bind("organisation", organisation)
                  .map((rows, context) -> new Hour(rows.getLong(1), rows.getLong(2)))
                  .list();
          long sum = 0;
          long cut = Long.MIN_VALUE;
          for (Hour hour : hours) {
            sum += hour.messages;
            if (sum > settings.mostKept() && cut != Long.MIN_VALUE) {
              return cut;
            }
            cut = hour.hour * Tally.HOUR_MILLIS;
          }
          return Long.MIN_VALUE;
        });
  }

  private int removeSome(Handle handle, long organisation, Platform platform, long cut) {
    record Gone(long key, long hour, long channel) {}
    List<Gone> gone =
        handle
            .createQuery(
                "SELECT key, at, channel FROM social_message WHERE organisation = :organisation"
                    + " AND platform = :platform AND at < :cut ORDER BY at LIMIT "
                    + DELETED_AT_ONCE)
            .bind("organisation", organisation)
            .bind("platform", platform.number())
            .bind("cut", cut)
            .map(
                (rows, context) ->
                    new Gone(
                        rows.getLong(1),
                        Math.floorDiv(rows.getLong(2), Tally.HOUR_MILLIS),
                        rows.getLong(3)))
            .list();
    if (gone.isEmpty()) {
      return 0;
    }
    PreparedBatch messages = handle.prepareBatch("DELETE FROM social_message WHERE key = ?");
    PreparedBatch hours =
        handle.prepareBatch(
            "UPDATE social_hour SET messages = messages - 1 WHERE organisation = ? AND platform = ?"
                + " AND hour = ? AND channel = ?");
    for (Gone each : gone) {
      messages.bind(0, each.key).add();
      for (long channel : new long[] {BatchWriter.ALL_CHANNELS, each.channel}) {
        hours
            .bind(0, organisation)
            .bind(1, platform.number())
            .bind(2, each.hour)
            .bind(3, channel)
            .add();
      }
    }
    messages.execute();
    hours.execute();
    if (store.dialect() == Store.Dialect.SQLITE) {
      PreparedBatch words = handle.prepareBatch("DELETE FROM social_word WHERE rowid = ?");
      gone.forEach(each -> words.bind(0, each.key).add());
      words.execute();
    }
    handle
        .createUpdate(
            "DELETE FROM social_hour WHERE organisation = ? AND platform = ? AND hour < ?"
                + " AND messages = 0")
        .bind(0, organisation)
        .bind(1, platform.number())
        .bind(2, Math.floorDiv(cut, Tally.HOUR_MILLIS))
        .execute();
    return gone.size();
  }

  /** Writes what waits, then takes no more. */
  @Override
  public void close() {
    intake.close();
  }
}

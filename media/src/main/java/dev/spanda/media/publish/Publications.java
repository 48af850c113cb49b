package dev.spanda.media.publish;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes each thing once, whatever fails on the way.
 *
 * <p>What {@link #publish} has returned is on disk before a platform hears of it. Its media is
 * copied first, so that every try sends the same bytes; then the platform's steps are taken, each
 * recorded. A step that may make it appear is announced in the record before it is taken. When its
 * answer is lost, by the network or by the end of this process, the platform is asked what became
 * of it, and only when it has nothing to show after its {@linkplain Platform#settling settling
 * time} is the step taken again. Tries that meet no answer are repeated after 1, 2, 4 … 300
 * seconds, or when the platform says; after {@value #MOST_FAULTS} in a row, or a day, the
 * publication fails, and says so when it may have appeared all the same.
 *
 * <p>Of two runners of one publication the one that is late to write gives way before its next
 * step. A runner that is held up between announcing a step and taking it, for longer than the
 * settling time and while another takes over, is the one case in which a platform whose steps are
 * not idempotent could show a thing twice.
 *
 * <p>Thread-safe.
 */
public final class Publications {

  /** The largest media, in bytes: 4 GiB. */
  public static final long LARGEST_MEDIA = 4L << 30;

  /** Gives the media that a plan names. Thread-safe. */
  @FunctionalInterface
  public interface Source {

    /**
     * Media.
     *
     * @param type its media type
     * @param content closed by the engine
     */
    record Media(String type, InputStream content) {}

    /**
     * Opens what the reference names.
     *
     * @throws Failure of a passing reason (UNAVAILABLE, TIMED_OUT, RATE_LIMITED, FAILED) to be
     *     asked again, of another to fail the publication
     */
    Media open(String owner, String reference);
  }

  /** Sees to it that {@link #run} is called. */
  @FunctionalInterface
  public interface Agenda {
    /**
     * Notes a turn; called inside the transaction that makes it due.
     *
     * @param when not before
     * @param turn handed back to {@link #run}
     */
    void add(String id, String owner, long turn, Instant when);
  }

  /**
   * What the engine works with.
   *
   * @param source reads the media
   * @param author writes what is asked for; empty when nobody here can
   * @param illustrator draws covers; empty when nobody here can
   * @param standIn takes the place of a platform for accounts that are stand-ins; empty for none
   */
  public record Crew(
      Source source,
      Optional<Author> author,
      Optional<Illustrator> illustrator,
      List<Platform> platforms,
      Optional<Platform> standIn) {
    /** Copies the list. */
    public Crew {
      platforms = List.copyOf(platforms);
    }
  }

  /** The job that takes a turn. */
  record Turn(String id, long turn) {}

  /** What a turn has come to. */
  record Taken(String status) {}

  private static final JobKind<Turn, Taken> KIND =
      JobKind.of("media.publish", Turn.class, Taken.class)
          .withRetry(new JobKind.Retry(20, Duration.ofSeconds(1), 2, Duration.ofMinutes(5)));

  private static final Logger LOG = LoggerFactory.getLogger(Publications.class);
  static final int MOST_FAULTS = 30;
  private static final int MOST_FETCHES = 4;
  private static final int MOST_UNFINISHED = 200;
  private static final int LARGEST_PAGE = 100;
  private static final long LARGEST_COVER = 2 << 20;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration LONGEST_REST = Duration.ofHours(1);
  private static final long ASSUMED_BYTES = 120_000_000;
  private static final double ASSUMED_BYTES_A_MILLI = 1_000;
  private static final int REMEMBERED_UPLOADS = 64;

  private static final Set<Failure.Reason> PASSING =
      EnumSet.of(
          Failure.Reason.FAILED,
          Failure.Reason.UNAVAILABLE,
          Failure.Reason.TIMED_OUT,
          Failure.Reason.RATE_LIMITED);

  private final Store store;
  private final BlobStore blobs;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Connections connections;
  private final Crew crew;
  private final Map<String, Platform> platforms = new LinkedHashMap<>();
  private final Agenda agenda;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  /**
   * Publications whose turns are taken by jobs.
   *
   * @param blobs for media on their way alone: what no publication names is removed
   * @param jobs not yet started
   */
  public Publications(
      Store store,
      BlobStore blobs,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      Connections connections,
      Crew crew,
      Jobs jobs) {
    this(
        store,
        blobs,
        clock,
        bus,
        ids,
        connections,
        crew,
        (id, owner, turn, when) ->
            jobs.submit(
                KIND,
                new Turn(id, turn),
                owner,
                Jobs.Options.NONE.at(when).withKey("publication:" + id + ":" + turn)));
    jobs.register(
        KIND,
        (turn, context) -> {
          run(
              turn.id(),
              turn.turn(),
              publication -> {
                context.throwIfCancelled();
                context.progress(
                    publication.percent() / 100.0,
                    publication.status().name().toLowerCase(Locale.ROOT));
              });
          return new Taken(find(turn.id()).status().name());
        });
  }

  /** Publications whose turns somebody else takes, such as a test. */
  public Publications(
      Store store,
      BlobStore blobs,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      Connections connections,
      Crew crew,
      Agenda agenda) {
    this.store = store;
    this.blobs = blobs;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.connections = connections;
    this.crew = crew;
    this.agenda = agenda;
    crew.platforms().forEach(platform -> platforms.put(platform.name(), platform));
  }

  /** The platforms by name. */
  public List<String> platforms() {
    return List.copyOf(platforms.keySet());
  }

  /** The accounts that are published under. */
  public Connections connections() {
    return connections;
  }

  /**
   * Writes down that something is to be published; the rest follows by itself.
   *
   * @param prefix of the id, such as {@code pub}
   * @param key publishing the same again with the same owner and key gives the first back; 1 to 200
   *     characters
   * @throws Failure INVALID, for a plan that the platform cannot show, its subject a component of
   *     the plan; CONFLICT, subject {@code account}, when the owner has no account there; CONFLICT,
   *     subject {@code key}, when it was used for another plan; UNAVAILABLE, subjects {@code
   *     extras.text}, {@code extras.tags} and {@code extras.cover}, when nobody here makes that;
   *     RATE_LIMITED, subject {@code publications}, when {@value #MOST_UNFINISHED} of the owner are
   *     on their way
   */
  public Publication publish(
      String owner, String prefix, Publication.Plan plan, Optional<String> key) {
    if (!platforms.containsKey(plan.platform())) {
      throw Failure.notAllowed("platform", plan.platform(), platforms());
    }
    key.ifPresent(text -> Failure.requireText("key", "Key", text, 1, 200));
    Platform named = platforms.get(plan.platform());
    named.check(plan);
    requireCrew(plan.extras());
    String words = Json.write(Row.Words.of(plan));
    return store
        .write(
            handle -> {
              Optional<Row> earlier = key.flatMap(text -> byKey(handle, owner, text));
              if (earlier.isPresent()) {
                return same(earlier.get(), plan, words, key.orElseThrow());
              }
              String account = "";
              boolean standIn = false;
              if (named.needsAccount()) {
                Connections.Account connected = connections.require(owner, plan.platform());
                account = connected.account();
                standIn = connected.standIn();
              }
              requireRoom(handle, owner);
              Instant now = now();
              String id = ids.next(prefix);
              int inserted =
                  handle
                      .createUpdate(
                          "INSERT INTO publication (id, owner, request_key, platform, account,"
                              + " stand_in, status, plan, trip, turn, version, next_at, created_at)"
                              + " VALUES (:id, :owner, :key, :platform, :account, :standIn,"
                              + " 'processing', :plan, :trip, 1, 1, :now, :now)"
                              + " ON CONFLICT (owner, request_key) DO NOTHING")
                      .bind("id", id)
                      .bind("owner", owner)
                      .bind("key", key.orElse(null))
                      .bind("platform", plan.platform())
                      .bind("account", account)
                      .bind("standIn", standIn ? 1 : 0)
                      .bind("plan", words)
                      .bind("trip", Json.write(Row.Trip.NONE))
                      .bind("now", now.toEpochMilli())
                      .execute();
              if (inserted == 0) {
                // Another node was quicker.
                return same(
                    byKey(handle, owner, key.orElseThrow()).orElseThrow(),
                    plan,
                    words,
                    key.orElseThrow());
              }
              agenda.add(id, owner, 1, now);
              return require(handle, id);
            })
        .publication();
  }

  private void requireCrew(Publication.Extras extras) {
    if (extras.text() && crew.author().isEmpty()) {
      throw nobody("extras.text", "writes texts");
    }
    if (extras.tags() && crew.author().isEmpty()) {
      throw nobody("extras.tags", "chooses tags");
    }
    if (extras.cover() && crew.illustrator().isEmpty()) {
      throw nobody("extras.cover", "draws covers");
    }
  }

  private static Failure nobody(String subject, String does) {
    return Failure.of(Failure.Reason.UNAVAILABLE, subject, "Nobody here " + does);
  }

  private void requireRoom(Handle handle, String owner) {
    store.lock("publication:" + owner);
    long unfinished =
        handle
            .createQuery(
                "SELECT COUNT(*) FROM publication WHERE owner = :owner AND status = 'processing'")
            .bind("owner", owner)
            .mapTo(Long.class)
            .one();
    if (unfinished >= MOST_UNFINISHED) {
      throw Failure.of(
              Failure.Reason.RATE_LIMITED,
              "publications",
              "At most " + MOST_UNFINISHED + " publications may be on their way at once")
          .with(Failure.MAX_VALUE, MOST_UNFINISHED)
          .with("retry_after", 60L);
    }
  }

  private static Row same(Row earlier, Publication.Plan plan, String words, String key) {
    // Its text and tags may have been written since.
    Row.Words first = earlier.plan();
    Row.Words now = Json.read(words, Row.Words.class);
    boolean equal =
        earlier.platform().equals(plan.platform())
            && first.kind() == now.kind()
            && first.source().equals(now.source())
            && first.title().equals(now.title())
            && first.privacy() == now.privacy()
            && first.extras().equals(now.extras())
            && (now.extras().text() || first.text().equals(now.text()))
            && (now.extras().tags() || first.tags().equals(now.tags()));
    if (!equal) {
      throw Failure.of(Failure.Reason.CONFLICT, "key", "The key was used for another publication")
          .with(Failure.PROVIDED_VALUE, key);
    }
    return earlier;
  }

  /**
   * The publication of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code publication}
   */
  public Publication find(String id) {
    return store.read(handle -> require(handle, id)).publication();
  }

  /** The publication that the owner asked for with that key. */
  public Optional<Publication> findByKey(String owner, String key) {
    return store.read(handle -> byKey(handle, owner, key)).map(Row::publication);
  }

  /**
   * The owner's publications, the newest first.
   *
   * @param platform of this platform alone; of all when empty
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Publication> list(String owner, Optional<String> platform, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    String condition =
        " FROM publication WHERE owner = :owner AND (:platform = '' OR platform = :platform)";
    return store.read(
        handle -> {
          List<Publication> rows =
              handle
                  .createQuery(
                      "SELECT *"
                          + condition
                          + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset")
                  .bind("owner", owner)
                  .bind("platform", platform.orElse(""))
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> Row.read(row).publication())
                  .list();
          long total =
              handle
                  .createQuery("SELECT COUNT(*)" + condition)
                  .bind("owner", owner)
                  .bind("platform", platform.orElse(""))
                  .mapTo(Long.class)
                  .one();
          return new Page<>(rows, total, limit, offset);
        });
  }

  /**
   * How long a publication will still take: what is left to send divided by the mean rate of the
   * uploads to its platform so far, and the pause it is in. Where nothing was measured yet the rate
   * is 1 MB/s, and while the media is not fetched its size is the mean of those uploads, or 120 MB.
   * What the platform does after the last byte is not in it. Zero when it has ended.
   */
  public Duration remaining(Publication publication) {
    if (publication.status() != Publication.Status.PROCESSING) {
      return Duration.ZERO;
    }
    long[] seen =
        store
            .read(
                handle ->
                    handle
                        .createQuery(
                            "SELECT bytes, millis, uploads FROM publication_rate"
                                + " WHERE platform = :platform")
                        .bind("platform", publication.plan().platform())
                        .map(
                            (row, context) ->
                                new long[] {
                                  row.getLong("bytes"),
                                  row.getLong("millis"),
                                  row.getLong("uploads")
                                })
                        .findOne())
            .orElse(new long[3]);
    double rate = seen[0] > 0 && seen[1] > 0 ? (double) seen[0] / seen[1] : ASSUMED_BYTES_A_MILLI;
    long mean = seen[2] > 0 ? seen[0] / seen[2] : ASSUMED_BYTES;
    long left = Math.max(0, publication.sizeBytes().orElse(mean) - publication.sentBytes());
    Duration pause = Duration.between(clock.instant(), publication.nextAt());
    return Duration.ofMillis((long) Math.ceil(left / rate))
        .plus(pause.isNegative() ? Duration.ZERO : pause);
  }

  /**
   * Calls a publication off that the platform was not yet asked to show.
   *
   * @throws Failure NOT_FOUND, subject {@code publication}; CONFLICT, subject {@code publication},
   *     when it has ended or may have appeared
   */
  public Publication cancel(String id) {
    Row row = store.read(handle -> require(handle, id));
    if (!row.isOpen() || row.trip().attemptedAt() != null) {
      throw Failure.of(
              Failure.Reason.CONFLICT,
              "publication",
              row.isOpen()
                  ? "The platform has been asked to show it"
                  : "It has ended: " + row.state().status().name().toLowerCase(Locale.ROOT))
          .with(Failure.PROVIDED_VALUE, id);
    }
    Row ended =
        row.ended(
            Publication.Status.CANCELLED,
            new Row.Outcome("", "", "", null, null, null, false),
            now());
    Row saved = save(ended, false);
    if (saved == null) {
      // It went on meanwhile.
      return cancel(id);
    }
    return saved.publication();
  }

  /** Those that are on their way, with the turn each waits for; for an own {@link Agenda}. */
  public Map<String, Long> unfinished() {
    Map<String, Long> turns = new LinkedHashMap<>();
    store.read(
        handle -> {
          handle
              .createQuery(
                  "SELECT id, turn FROM publication WHERE status = 'processing'"
                      + " ORDER BY next_at, id")
              .map((row, context) -> Map.entry(row.getString("id"), row.getLong("turn")))
              .forEach(entry -> turns.put(entry.getKey(), entry.getValue()));
          return turns;
        });
    return turns;
  }

  /**
   * Removes media that no publication on its way names: what a process that died was about to note.
   * To be called before the first turn.
   *
   * @return how many
   */
  public int sweep() {
    Set<String> named = new HashSet<>();
    store.read(
        handle -> {
          handle
              .createQuery("SELECT * FROM publication WHERE status = 'processing'")
              .map((row, context) -> Row.read(row))
              .forEach(row -> named.addAll(blobs(row)));
          return named;
        });
    int removed = 0;
    try (Stream<String> names = blobs.names()) {
      for (String name : (Iterable<String>) names::iterator) {
        if (!named.contains(name) && blobs.delete(name)) {
          removed++;
        }
      }
    }
    return removed;
  }

  /** Told after each step. */
  @FunctionalInterface
  public interface Watcher {
    /** The publication after a step; what it throws ends the turn, to be taken again. */
    void stepped(Publication publication);
  }

  /**
   * Takes a turn: steps until the publication has ended or has to wait. A turn that was taken
   * before, or is being taken on another thread, does nothing.
   *
   * @throws Failure NOT_FOUND, subject {@code publication}; FAILED, subject {@code store}
   */
  public void run(String id, long turn, Watcher watcher) {
    // By its turn: the next may be due before this one has quite returned, and nobody takes it
    // again.
    String taken = id + ":" + turn;
    if (!running.add(taken)) {
      return;
    }
    try {
      Row row = store.read(handle -> require(handle, id));
      boolean resumed = true;
      while (row != null && row.isOpen() && row.due().turn() == turn) {
        row = step(row, resumed);
        resumed = false;
        if (row != null) {
          watcher.stepped(row.publication());
        }
      }
    } finally {
      running.remove(taken);
    }
  }

  /** The row after one step; null when another runner has it. */
  private @Nullable Row step(Row row, boolean resumed) {
    Instant now = now();
    if (Duration.between(row.origin().createdAt(), now).compareTo(LONGEST) > 0) {
      return fail(row, Failure.Reason.TIMED_OUT, "It could not be published within a day");
    }
    if (row.goods() == null) {
      return prepare(row);
    }
    Row.Goods goods = row.goods();
    Row at = row;
    boolean taking = false;
    try {
      Platform platform = platform(row);
      Platform.Work work = work(row, goods, platform, resumed);
      if (row.trip().attemptedAt() != null) {
        return settle(row, platform, platform.find(work));
      }
      if (platform.commits(work)) {
        Row announced = save(row.withTrip(row.trip().attempting(now)), false);
        if (announced == null) {
          return null;
        }
        at = announced;
      }
      taking = true;
      Platform.Step step = platform.next(work);
      return taken(at, step, Duration.between(now, now()).toMillis());
    } catch (Failure failure) {
      if (failure.subject().equals("store")) {
        throw failure;
      }
      return fault(at, failure, taking);
    } catch (RuntimeException e) {
      LOG.warn("A step of publication {} failed", row.id(), e);
      return fault(
          at, Failure.of(Failure.Reason.FAILED, "platform", e.getClass().getSimpleName()), taking);
    }
  }

  private Platform platform(Row row) {
    if (row.origin().standIn()) {
      return crew.standIn()
          .orElseThrow(
              () ->
                  Failure.of(
                      Failure.Reason.UNSUPPORTED, "account", "There are no stand-ins any more"));
    }
    Platform platform = platforms.get(row.platform());
    if (platform == null) {
      throw Failure.notAllowed("platform", row.platform(), platforms());
    }
    return platform;
  }

  private Platform.Work work(Row row, Row.Goods goods, Platform platform, boolean resumed) {
    Connections.Account account;
    if (platform.needsAccount() || row.origin().standIn()) {
      account = connections.require(row.owner(), row.platform());
      if (!account.account().equals(row.origin().account())
          || account.standIn() != row.origin().standIn()) {
        throw Failure.of(
            Failure.Reason.CONFLICT, "account", "Another account was connected meanwhile");
      }
    } else {
      account =
          new Connections.Account(
              row.owner(),
              row.platform(),
              platform.name(),
              "",
              false,
              Connections.Tokens.NONE,
              row.origin().createdAt());
    }
    Map<String, String> notes = new LinkedHashMap<>();
    if (!row.trip().notes().isEmpty()) {
      notes.putAll(
          Json.read(connections.seal().open(row.trip().notes(), sealName(row)), Notes.class)
              .notes());
    }
    return new Platform.Work(
        row.id(),
        row.plan().plan(row.platform()),
        account,
        notes,
        content(goods.media()),
        Optional.ofNullable(goods.cover())
            .map(
                cover ->
                    new Platform.Cover(
                        content(cover),
                        Optional.ofNullable(goods.coverMillis()).map(Duration::ofMillis))),
        resumed,
        Optional.ofNullable(row.trip().attemptedAt()));
  }

  /** The stored form of notes, before it is sealed. */
  private record Notes(Map<String, String> notes) {}

  private static String sealName(Row row) {
    return "publication:" + row.id();
  }

  private String sealed(Row row, Map<String, String> notes) {
    return connections.seal().seal(Json.write(new Notes(notes)), sealName(row));
  }

  private Platform.Content content(Row.Blob blob) {
    return new Platform.Content() {
      @Override
      public String type() {
        return blob.type();
      }

      @Override
      public long size() {
        return blob.size();
      }

      @Override
      public InputStream open(long offset, long length) {
        return blobs.open(blob.name(), offset, length);
      }
    };
  }

  /** Copies the media, has the words written and the cover drawn. Nobody outside hears of it. */
  private @Nullable Row prepare(Row row) {
    try {
      Publication.Plan plan = row.plan().plan(row.platform());
      Platform platform = platforms.getOrDefault(row.platform(), platform(row));
      Row.Blob media;
      Source.Media found = crew.source().open(row.owner(), plan.source());
      try (InputStream in = found.content()) {
        BlobStore.Blob kept = blobs.put(in, LARGEST_MEDIA);
        media = new Row.Blob(kept.name(), found.type(), kept.size());
      } catch (IOException e) {
        throw Failure.of(Failure.Reason.UNAVAILABLE, "source", "The media could not be read")
            .causedBy(e);
      }
      if (media.size() == 0) {
        throw Failure.invalid("source", plan.source(), "The media is empty");
      }
      Platform.Content content = content(media);
      platform.check(plan, content);
      Publication.Plan written = plan;
      if (plan.extras().text()) {
        String text = author().text(row.owner(), written, platform.longestText());
        written = written.withWords(text, written.tags());
      }
      if (plan.extras().tags()) {
        int room = platform.mostTags() - written.tags().size();
        if (room > 0) {
          Set<String> tags = new java.util.LinkedHashSet<>(written.tags());
          tags.addAll(author().tags(row.owner(), written, room));
          written = written.withWords(written.text(), List.copyOf(tags));
        }
      }
      platform.check(written);
      Row.Blob cover = null;
      Long coverMillis = null;
      if (plan.extras().cover()) {
        Illustrator.Picture picture =
            crew.illustrator()
                .orElseThrow(() -> nobody("extras.cover", "draws covers"))
                .cover(written, content);
        BlobStore.Blob kept = blobs.put(new ByteArrayInputStream(picture.bytes()), LARGEST_COVER);
        cover = new Row.Blob(kept.name(), picture.type(), kept.size());
        coverMillis = picture.frame().map(Duration::toMillis).orElse(null);
      }
      return save(
          row.withPlan(Row.Words.of(written)).withGoods(new Row.Goods(media, cover, coverMillis)),
          false);
    } catch (Failure failure) {
      if (failure.subject().equals("store")) {
        throw failure;
      }
      if (!PASSING.contains(failure.reason()) || row.trip().faults() + 1 >= MOST_FETCHES) {
        return fail(row, failure.reason(), message(failure));
      }
      return pause(row.withTrip(row.trip().faulted(true)), failure);
    }
  }

  private Author author() {
    return crew.author().orElseThrow(() -> nobody("extras.text", "writes texts"));
  }

  private @Nullable Row taken(Row row, Platform.Step step, long millis) {
    if (step instanceof Platform.Step.Taken taken) {
      long spent = taken.sentBytes() > row.trip().sent() ? millis : 0;
      return save(
          row.withTrip(row.trip().went(sealed(row, taken.notes()), taken.sentBytes(), spent)),
          false);
    }
    if (step instanceof Platform.Step.Waits waits) {
      Row went = row.withTrip(row.trip().went(sealed(row, waits.notes()), row.trip().sent(), 0));
      return save(went.later(now().plus(atMost(waits.pause(), LONGEST_REST))), true);
    }
    Platform.Step.Appeared appeared = (Platform.Step.Appeared) step;
    Instant now = now();
    return save(
        row.ended(
            Publication.Status.COMPLETE,
            new Row.Outcome(
                appeared.remoteId(),
                appeared.url(),
                appeared.note(),
                appeared.publishedAt().orElse(now),
                null,
                null,
                false),
            now),
        false);
  }

  /** Draws the conclusion from what the platform says of a step whose answer was lost. */
  private @Nullable Row settle(Row row, Platform platform, Platform.Finding finding) {
    if (finding instanceof Platform.Finding.There there) {
      return taken(row, there.step(), 0);
    }
    if (finding instanceof Platform.Finding.Unclear unclear) {
      return tooOften(row)
          ? fail(row, Failure.Reason.FAILED, "The platform does not tell whether it has it")
          : save(
              row.withTrip(row.trip().faulted(false))
                  .later(now().plus(atMost(unclear.pause(), LONGEST_REST))),
              true);
    }
    Platform.Finding.Absent absent = (Platform.Finding.Absent) finding;
    Instant attempted = row.trip().attemptedAt();
    Instant trusted = (attempted == null ? now() : attempted).plus(platform.settling());
    if (now().isBefore(trusted)) {
      return save(row.later(trusted), true);
    }
    Row.Trip trip = row.trip();
    return save(
        row.withTrip(
            new Row.Trip(
                sealed(row, absent.notes()),
                trip.sent(),
                null,
                trip.faults(),
                trip.sendingMillis())),
        false);
  }

  private static boolean tooOften(Row row) {
    return row.trip().faults() + 1 >= MOST_FAULTS;
  }

  /**
   * Draws the conclusion from a failure.
   *
   * @param taking whether it came from taking a step, and not from looking for what one has become
   */
  private @Nullable Row fault(Row row, Failure failure, boolean taking) {
    // A refusal is an answer: the step was not taken. Silence is none.
    boolean refused =
        taking
            && (!PASSING.contains(failure.reason())
                || failure.reason() == Failure.Reason.RATE_LIMITED);
    Row after = row.withTrip(row.trip().faulted(refused));
    if (!PASSING.contains(failure.reason()) || tooOften(row)) {
      return fail(after, failure.reason(), message(failure));
    }
    return pause(after, failure);
  }

  private @Nullable Row pause(Row row, Failure failure) {
    int shift = Math.min(row.trip().faults() - 1, 9);
    Duration pause = atMost(Duration.ofSeconds(1L << shift), LONGEST_PAUSE);
    if (failure.details().get("retry_after") instanceof Number seconds) {
      pause = atMost(Duration.ofSeconds(Math.max(1, seconds.longValue())), LONGEST_REST);
    }
    LOG.debug("Publication {} pauses for {}: {}", row.id(), pause, failure.getMessage());
    return save(row.later(now().plus(pause)), true);
  }

  private static Duration atMost(Duration pause, Duration longest) {
    return pause.compareTo(longest) > 0 ? longest : pause;
  }

  private static String message(Failure failure) {
    String message = failure.getMessage();
    return message == null ? failure.reason().name() : message;
  }

  private @Nullable Row fail(Row row, Failure.Reason reason, String message) {
    boolean uncertain = row.trip().attemptedAt() != null;
    String kept = message.length() <= 500 ? message : message.substring(0, 500);
    return save(
        row.ended(
            Publication.Status.FAILED,
            new Row.Outcome("", "", "", null, reason, kept, uncertain),
            now()),
        false);
  }

  /** Writes a row, unless another has written it since it was read; then null. */
  private @Nullable Row save(Row row, boolean turns) {
    return store
        .write(
            handle -> {
              int changed =
                  handle
                      .createUpdate(
                          "UPDATE publication SET status = :status, plan = :plan, goods = :goods,"
                              + " trip = :trip, outcome = :outcome, turn = :turn,"
                              + " next_at = :next, finished_at = :finished,"
                              + " version = version + 1"
                              + " WHERE id = :id AND version = :version")
                      .bind("status", row.state().status().name().toLowerCase(Locale.ROOT))
                      .bind("plan", Json.write(row.plan()))
                      .bind("goods", row.goods() == null ? null : Json.write(row.goods()))
                      .bind("trip", Json.write(row.trip()))
                      .bind(
                          "outcome",
                          row.state().outcome() == null ? null : Json.write(row.state().outcome()))
                      .bind("turn", row.due().turn())
                      .bind("next", row.due().at().toEpochMilli())
                      .bind(
                          "finished",
                          row.state().finishedAt() == null
                              ? null
                              : row.state().finishedAt().toEpochMilli())
                      .bind("id", row.id())
                      .bind("version", row.version())
                      .execute();
              if (changed == 0) {
                return Optional.<Row>empty();
              }
              if (turns) {
                agenda.add(row.id(), row.owner(), row.due().turn(), row.due().at());
              }
              if (row.state().finishedAt() != null) {
                ended(handle, row);
              }
              return Optional.of(row.written());
            })
        .orElse(null);
  }

  private void ended(Handle handle, Row row) {
    if (row.state().status() == Publication.Status.COMPLETE
        && row.goods() != null
        && row.trip().sendingMillis() > 0) {
      handle
          .createUpdate(
              "INSERT INTO publication_rate (platform, bytes, millis, uploads)"
                  + " VALUES (:platform, :bytes, :millis, 1) ON CONFLICT (platform) DO UPDATE SET"
                  + " bytes = CASE WHEN publication_rate.uploads >= :most"
                  + " THEN publication_rate.bytes / 2 ELSE publication_rate.bytes END + :bytes,"
                  + " millis = CASE WHEN publication_rate.uploads >= :most"
                  + " THEN publication_rate.millis / 2 ELSE publication_rate.millis END + :millis,"
                  + " uploads = CASE WHEN publication_rate.uploads >= :most"
                  + " THEN publication_rate.uploads / 2 ELSE publication_rate.uploads END + 1")
          .bind("platform", row.platform())
          .bind("bytes", row.goods().media().size())
          .bind("millis", row.trip().sendingMillis())
          .bind("most", REMEMBERED_UPLOADS)
          .execute();
    }
    store.afterCommit(
        () -> {
          blobs(row).forEach(blobs::delete);
          bus.publish(new Publication.Ended(row.publication()));
        });
  }

  private static List<String> blobs(Row row) {
    Row.Goods goods = row.goods();
    if (goods == null) {
      return List.of();
    }
    Row.Blob cover = goods.cover();
    return cover == null
        ? List.of(goods.media().name())
        : List.of(goods.media().name(), cover.name());
  }

  private static Row require(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM publication WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> Row.read(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("publication", id));
  }

  private static Optional<Row> byKey(Handle handle, String owner, String key) {
    return handle
        .createQuery("SELECT * FROM publication WHERE owner = :owner AND request_key = :key")
        .bind("owner", owner)
        .bind("key", key)
        .map((row, context) -> Row.read(row))
        .findOne();
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.instant().toEpochMilli());
  }
}

package dev.spanda.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.JobContext;
import dev.spanda.core.job.JobHandler;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps webhooks and delivers events to them.
 *
 * <p>An event that {@link #publish} has taken is as durable as the transaction that it was
 * published in, and is sent at least once to every webhook that wants it; receivers know one that
 * comes twice by its event id. An answer from 200 to 299 ends a delivery well, 410 disables the
 * webhook, and after everything else, redirects included, it is tried again: 8 times in all, with
 * 30 s, 2 min, 8 min, 32 min, 2 h 8 min, 8 h 32 min and 12 h in between, each up to a fifth shorter
 * or longer by chance so that many do not come back at once. That is about a day. Deliveries are
 * not ordered.
 *
 * <p>A message carries these headers, under the prefix of the settings: {@code Signature} and
 * {@code Signature-Stamped} as {@link Signature} tells, {@code Event}, {@code Event-Id}, {@code
 * Delivery} and {@code Attempt}.
 *
 * <p>A secret has to be known to sign with it, so it is stored sealed, with AES-256-GCM under a key
 * in a file that its owner alone may read, and never shown again: whoever gets hold of the database
 * or the logs without that file has no secrets. Processes that share a database need the same file.
 *
 * <p>Every call names the owner; what belongs to another one is NOT_FOUND. A message takes one
 * thread of the jobs while it is under way; when as many are as the settings allow, a delivery is
 * put off for a second, then two, and so on up to a minute, which counts as no attempt.
 * Thread-safe.
 */
public final class Webhooks {

  /**
   * What webhooks there can be.
   *
   * @param events the names of all events, such as {@code job.completed}; copied
   * @param keyFile seals the secrets: 64 hexadecimal digits, made when it is missing
   * @param headerPrefix what our headers begin with, such as {@code X-Webhook-}
   * @param perOwner how many webhooks an owner may have, ≥ 1
   * @param mostAtOnce how many messages may be under way at once in this process, ≥ 1: fewer than
   *     the jobs have threads, so that receivers who do not answer cannot hold up all other jobs
   */
  public record Settings(
      List<String> events, Path keyFile, String headerPrefix, int perOwner, int mostAtOnce) {

    /** Checks the prefix and copies the events. */
    public Settings {
      events = List.copyOf(events);
      if (!headerPrefix.matches("[A-Za-z0-9-]{1,64}") || perOwner < 1 || mostAtOnce < 1) {
        throw new IllegalArgumentException(
            headerPrefix + ", " + perOwner + " an owner, " + mostAtOnce + " at once");
      }
    }

    /** Twenty webhooks an owner, two messages at once, headers that begin with X-Webhook-. */
    public static Settings of(List<String> events, Path keyFile) {
      return new Settings(events, keyFile, "X-Webhook-", 20, 2);
    }

    /** The same with headers that begin otherwise. */
    public Settings withHeaderPrefix(String other) {
      return new Settings(events, keyFile, other, perOwner, mostAtOnce);
    }

    /** The same with another number of messages under way at once. */
    public Settings withMostAtOnce(int other) {
      return new Settings(events, keyFile, headerPrefix, perOwner, other);
    }
  }

  /** The event of {@link #test}, which needs no subscription. */
  public static final String TEST_EVENT = "webhook.test";

  /** How often a delivery is tried. */
  public static final int MOST_ATTEMPTS = 8;

  /**
   * What a job works on.
   *
   * @param number which attempt it is
   * @param putOff how often that attempt was put off
   */
  record Try(String delivery, int number, int putOff) {}

  /** What has become of it. */
  record Tried(String status) {}

  /** The schedule above is kept here; the jobs' own one is for trouble in this house. */
  private static final JobKind<Try, Tried> DELIVER =
      JobKind.of("webhook.deliver", Try.class, Tried.class)
          .withRetry(new JobKind.Retry(12, Duration.ofSeconds(1), 3, Duration.ofMinutes(10)));

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final JobKind.Retry SCHEDULE =
      new JobKind.Retry(MOST_ATTEMPTS, Duration.ofSeconds(30), 4, Duration.ofHours(12));
  private static final JobKind.Retry WAIT =
      new JobKind.Retry(1, Duration.ofSeconds(1), 2, Duration.ofMinutes(1));
  private static final double JITTER = 0.2;
  private static final int LARGEST_PAGE = 100;
  private static final int LONGEST_EXCERPT = 500;
  private static final int LONGEST_BODY = 256 * 1024;
  private static final int LONGEST_EVENT_ID = 200;

  private final Store store;
  private final Jobs jobs;
  private final WebhookSender sender;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final RandomGenerator random;
  private final Settings settings;
  private final Vault vault;
  private final Semaphore underWay;

  /**
   * The webhooks of a store.
   *
   * @param jobs of the same store, not yet started: they do the sending
   * @param bus gets a {@link Delivery.Tried} after each attempt
   * @param random chooses how much longer or shorter the times between attempts are; thread-safe
   * @throws Failure FAILED, subject {@code webhook}, when the key cannot be read or made
   */
  public Webhooks(
      Store store,
      Jobs jobs,
      WebhookSender sender,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      RandomGenerator random,
      Settings settings) {
    this.store = store;
    this.jobs = jobs;
    this.sender = sender;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.random = random;
    this.settings = settings;
    this.vault = new Vault(settings.keyFile());
    this.underWay = new Semaphore(settings.mostAtOnce());
    jobs.register(
        DELIVER,
        new JobHandler<>() {
          @Override
          public Tried run(Try input, JobContext context) {
            return deliver(input, context);
          }

          @Override
          public void settle(Job job) {
            if (!(job.state() instanceof JobState.Completed)) {
              giveUp(Jobs.input(job, DELIVER).delivery());
            }
          }
        });
  }

  /**
   * Makes a webhook.
   *
   * @throws Failure INVALID, subject {@code events}, for an event that does not exist; CONFLICT,
   *     subject {@code webhook}, when the owner has as many as are allowed
   */
  public Webhook subscribe(String owner, Webhook.Plan plan) {
    for (String event : plan.events()) {
      if (!settings.events().contains(event)) {
        throw Failure.notAllowed("events", event, settings.events());
      }
    }
    return store.write(
        handle -> {
          store.lock("webhook:" + owner);
          long existing = count(handle, "webhook WHERE owner = :value", owner);
          if (existing >= settings.perOwner()) {
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "webhook",
                    "An owner may have at most " + settings.perOwner() + " webhooks")
                .with(Failure.MAX_VALUE, settings.perOwner());
          }
          String id = ids.next("wh");
          handle
              .createUpdate(
                  "INSERT INTO webhook (id, owner, url, events, secret, status, created_at)"
                      + " VALUES (:id, :owner, :url, :events, :secret, 'active', :now)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("url", plan.url().toString())
              .bind("events", Json.write(plan.events()))
              .bind("secret", vault.seal(id, plan.secret()))
              .bind("now", clock.millis())
              .execute();
          return select(handle, owner, id);
        });
  }

  /**
   * A webhook.
   *
   * @throws Failure NOT_FOUND, subject {@code webhook}
   */
  public Webhook find(String owner, String id) {
    return store.read(handle -> select(handle, owner, id));
  }

  /** An owner's webhooks, the oldest first. */
  public List<Webhook> list(String owner) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM webhook WHERE owner = :owner ORDER BY created_at, id")
                .bind("owner", owner)
                .map((rows, context) -> readWebhook(rows))
                .list());
  }

  /**
   * Removes a webhook with its deliveries; one whose message is under way may still arrive.
   *
   * @return the webhook as it last was
   * @throws Failure NOT_FOUND, subject {@code webhook}
   */
  public Webhook delete(String owner, String id) {
    return store.write(
        handle -> {
          Webhook webhook = select(handle, owner, id);
          int gone =
              handle.createUpdate("DELETE FROM webhook WHERE id = :id").bind("id", id).execute();
          if (gone == 0) {
            throw Failure.notFound("webhook", id);
          }
          return webhook;
        });
  }

  /**
   * Tells an event to every active webhook of the owner that wants it. Inside {@link Store#write}
   * it joins that transaction: the event is sent if and only if that commits.
   *
   * @param event one of the settings' names
   * @param eventId the same for the same event, 1 to 200 characters: an event whose id a webhook
   *     has had before is not sent to it again, until that delivery is pruned
   * @param body the JSON to send, 2 to 262144 characters
   * @return how many deliveries were begun
   */
  public int publish(String owner, String event, String eventId, String body) {
    if (!settings.events().contains(event)) {
      throw new IllegalArgumentException("No event is named " + event);
    }
    Failure.requireText("event_id", "Event id", eventId, 1, LONGEST_EVENT_ID);
    Failure.requireText("body", "Body", body, 2, LONGEST_BODY);
    return store.write(
        handle -> {
          List<Webhook> active =
              handle
                  .createQuery(
                      "SELECT * FROM webhook WHERE owner = :owner AND status = 'active'"
                          + " ORDER BY created_at, id"
                          // A webhook that goes just now must not take this transaction along.
                          + (store.dialect() == Store.Dialect.POSTGRESQL ? " FOR KEY SHARE" : ""))
                  .bind("owner", owner)
                  .map((rows, context) -> readWebhook(rows))
                  .list();
          int begun = 0;
          for (Webhook webhook : active) {
            if (webhook.events().contains(event)) {
              String id = ids.next("dlv");
              if (insert(handle, id, webhook.id(), event, eventId, body, clock.instant())) {
                submit(webhook.id(), new Try(id, 1, 0), clock.instant());
                begun++;
              }
            }
          }
          return begun;
        });
  }

  private static boolean insert(
      Handle handle,
      String id,
      String webhookId,
      String event,
      String eventId,
      String body,
      Instant now) {
    return handle
            .createUpdate(
                "INSERT INTO webhook_delivery (id, webhook_id, event, event_id, body, status,"
                    + " attempts, created_at, next_at) VALUES (:id, :webhook, :event, :eventId,"
                    + " :body, 'pending', 0, :now, :now)"
                    + " ON CONFLICT (webhook_id, event_id) DO NOTHING")
            .bind("id", id)
            .bind("webhook", webhookId)
            .bind("event", event)
            .bind("eventId", eventId)
            .bind("body", body)
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  /** The webhook owns the job: deliveries are not among the jobs of the account. */
  private void submit(String webhookId, Try next, Instant at) {
    Job unused =
        jobs.submit(
            DELIVER,
            next,
            webhookId,
            Jobs.Options.NONE
                .at(at)
                .withKey(next.delivery() + ":" + next.number() + ":" + next.putOff()));
  }

  /**
   * Sends a message now and waits for the answer, once, whatever it is.
   *
   * @param body the JSON to send, 2 to 262144 characters
   * @return the delivery, with one attempt, delivered or failed
   * @throws Failure NOT_FOUND, subject {@code webhook}; CONFLICT, subject {@code webhook}, when it
   *     is disabled
   * @throws IllegalStateException inside {@link Store#write}
   */
  public Delivery test(String owner, String id, String body) {
    if (store.isWriting()) {
      throw new IllegalStateException("A message cannot be awaited inside a store's write");
    }
    Failure.requireText("body", "Body", body, 2, LONGEST_BODY);
    String delivery = ids.next("dlv");
    Parcel parcel =
        store.write(
            handle -> {
              Webhook webhook = select(handle, owner, id);
              if (webhook.status() != Webhook.Status.ACTIVE) {
                throw Failure.of(Failure.Reason.CONFLICT, "webhook", "The webhook is disabled");
              }
              boolean unused =
                  insert(handle, delivery, id, TEST_EVENT, delivery, body, clock.instant());
              return pack(handle, delivery).orElseThrow();
            });
    record(parcel, send(parcel, 1), true);
    return store.read(handle -> selectDelivery(handle, delivery)).orElseThrow();
  }

  /**
   * A webhook's deliveries, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure NOT_FOUND, subject {@code webhook}; INVALID, subjects {@code limit} and {@code
   *     offset}
   */
  public Page<Delivery> deliveries(String owner, String id, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    if (offset < 0) {
      throw Failure.invalid("offset", offset, "Offset must be 0 or more");
    }
    return store.read(
        handle -> {
          Webhook webhook = select(handle, owner, id);
          List<String> page =
              handle
                  .createQuery(
                      "SELECT id FROM webhook_delivery WHERE webhook_id = :id"
                          + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset")
                  .bind("id", webhook.id())
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .mapTo(String.class)
                  .list();
          return new Page<>(
              deliveries(handle, page),
              count(handle, "webhook_delivery WHERE webhook_id = :value", id),
              limit,
              offset);
        });
  }

  /**
   * Forgets deliveries that were over before the given instant.
   *
   * @return how many
   */
  public int prune(Instant before) {
    return store.write(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM webhook_delivery WHERE finished_at < :before"
                        // A test whose process died has no job to end it.
                        + " OR (event = :test AND created_at < :before)")
                .bind("test", TEST_EVENT)
                .bind("before", before.toEpochMilli())
                .execute());
  }

  /** Everything that a message is made of. */
  private record Parcel(Webhook webhook, String sealed, Delivery delivery) {}

  private Tried deliver(Try input, JobContext context) {
    Optional<Parcel> found = store.read(handle -> pack(handle, input.delivery()));
    if (found.isEmpty()
        || found.get().delivery().status() != Delivery.Status.PENDING
        || found.get().delivery().attempts().size() != input.number() - 1) {
      return new Tried("gone");
    }
    Parcel parcel = found.get();
    if (parcel.webhook().status() != Webhook.Status.ACTIVE) {
      giveUp(input.delivery());
      return new Tried("disabled");
    }
    if (!underWay.tryAcquire()) {
      putOff(parcel, input);
      return new Tried("put off");
    }
    Delivery.Attempt attempt;
    try {
      attempt = send(parcel, input.number());
    } finally {
      underWay.release();
    }
    if (attempt.answer().isEmpty()) {
      // Nobody answered: perhaps only because this process is about to stop.
      context.throwIfCancelled();
    }
    record(parcel, attempt, input.number() == MOST_ATTEMPTS);
    return new Tried(attempt.answer().isPresent() ? "answered" : "unanswered");
  }

  private void putOff(Parcel parcel, Try input) {
    Instant next = clock.instant().plus(jittered(WAIT.delayAfter(input.putOff() + 1)));
    store.change(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "UPDATE webhook_delivery SET next_at = :next WHERE id = :id"
                          + " AND attempts = :number - 1 AND status = 'pending'")
                  .bind("next", next.toEpochMilli())
                  .bind("id", input.delivery())
                  .bind("number", input.number())
                  .execute();
          if (changed == 1) {
            submit(
                parcel.webhook().id(),
                new Try(input.delivery(), input.number(), input.putOff() + 1),
                next);
          }
        });
  }

  private Delivery.Attempt send(Parcel parcel, int number) {
    Delivery delivery = parcel.delivery();
    String secret = vault.open(parcel.webhook().id(), parcel.sealed());
    Instant begun = clock.instant();
    byte[] body = delivery.body().getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    String prefix = settings.headerPrefix();
    headers.put(prefix + "Signature", Signature.of(secret, body));
    headers.put(prefix + "Signature-Stamped", Signature.stamped(secret, begun, body));
    headers.put(prefix + "Event", delivery.event());
    headers.put(prefix + "Event-Id", delivery.eventId());
    headers.put(prefix + "Delivery", delivery.id());
    headers.put(prefix + "Attempt", Integer.toString(number));
    OptionalInt answer = OptionalInt.empty();
    String excerpt;
    try {
      WebhookSender.Answer got =
          sender.send(new WebhookSender.Message(parcel.webhook().url(), headers, delivery.body()));
      answer = OptionalInt.of(got.status());
      excerpt = got.body();
    } catch (Failure e) {
      excerpt = e.reason() + ": " + e.getMessage();
    } catch (RuntimeException e) {
      LOG.warn("Delivery {} could not be sent", delivery.id(), e);
      excerpt = "The message could not be sent";
    }
    Instant ended = clock.instant();
    Duration took = Duration.between(begun, ended);
    return new Delivery.Attempt(
        number,
        Instant.ofEpochMilli(begun.toEpochMilli()),
        took.isNegative() ? Duration.ZERO : Duration.ofMillis(took.toMillis()),
        answer,
        excerpt(excerpt));
  }

  /** What databases and terminals can bear of a stranger's answer. */
  private static String excerpt(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_EXCERPT)
        .map(c -> Character.isISOControl(c) ? ' ' : c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private void record(Parcel parcel, Delivery.Attempt attempt, boolean last) {
    String id = parcel.delivery().id();
    int answer = attempt.answer().orElse(0);
    boolean delivered = answer >= 200 && answer < 300;
    boolean disabled = answer == 410;
    boolean over = delivered || disabled || last;
    Instant now = clock.instant();
    Instant next = now.plus(jittered(SCHEDULE.delayAfter(attempt.number())));
    store.change(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "UPDATE webhook_delivery SET attempts = :number, status = :status,"
                          + " next_at = :next, finished_at = :finished"
                          + " WHERE id = :id AND attempts = :number - 1 AND status = 'pending'")
                  .bind("number", attempt.number())
                  .bind("status", delivered ? "delivered" : over ? "failed" : "pending")
                  .bind("next", over ? null : (Long) next.toEpochMilli())
                  .bind("finished", over ? (Long) now.toEpochMilli() : null)
                  .bind("id", id)
                  .execute();
          if (changed == 0) {
            // Removed meanwhile, or another process has sent and recorded the same attempt.
            return;
          }
          insert(handle, id, attempt);
          if (disabled) {
            disable(handle, parcel.webhook().id(), now);
          } else if (!over) {
            submit(parcel.webhook().id(), new Try(id, attempt.number() + 1, 0), next);
          }
          Delivery delivery = selectDelivery(handle, id).orElseThrow();
          store.afterCommit(() -> bus.publish(new Delivery.Tried(delivery)));
        });
  }

  private static void insert(Handle handle, String delivery, Delivery.Attempt attempt) {
    handle
        .createUpdate(
            "INSERT INTO webhook_attempt (delivery_id, number, made_at, took_ms, answer, excerpt)"
                + " VALUES (:id, :number, :at, :took, :answer, :excerpt)")
        .bind("id", delivery)
        .bind("number", attempt.number())
        .bind("at", attempt.at().toEpochMilli())
        .bind("took", attempt.took().toMillis())
        .bind("answer", attempt.answer().isPresent() ? (Integer) attempt.answer().getAsInt() : null)
        .bind("excerpt", attempt.excerpt())
        .execute();
  }

  private static void disable(Handle handle, String webhook, Instant now) {
    handle
        .createUpdate("UPDATE webhook SET status = 'disabled' WHERE id = :id")
        .bind("id", webhook)
        .execute();
    handle
        .createUpdate(
            "UPDATE webhook_delivery SET status = 'failed', next_at = NULL, finished_at = :now"
                + " WHERE webhook_id = :id AND status = 'pending'")
        .bind("now", now.toEpochMilli())
        .bind("id", webhook)
        .execute();
  }

  private void giveUp(String delivery) {
    store.change(
        handle ->
            handle
                .createUpdate(
                    "UPDATE webhook_delivery SET status = 'failed', next_at = NULL,"
                        + " finished_at = :now WHERE id = :id AND status = 'pending'")
                .bind("now", clock.millis())
                .bind("id", delivery)
                .execute());
  }

  private Duration jittered(Duration delay) {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofMillis(Math.round(delay.toMillis() * factor));
  }

  private static long count(Handle handle, String of, String value) {
    return handle
        .createQuery("SELECT COUNT(*) FROM " + of)
        .bind("value", value)
        .mapTo(Long.class)
        .one();
  }

  private static Webhook select(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM webhook WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((rows, context) -> readWebhook(rows))
        .findOne()
        .orElseThrow(() -> Failure.notFound("webhook", id));
  }

  private static Optional<Parcel> pack(Handle handle, String delivery) {
    return selectDelivery(handle, delivery)
        .flatMap(
            found ->
                handle
                    .createQuery("SELECT * FROM webhook WHERE id = :id")
                    .bind("id", found.webhookId())
                    .map(
                        (rows, context) ->
                            new Parcel(readWebhook(rows), rows.getString("secret"), found))
                    .findOne());
  }

  private static Optional<Delivery> selectDelivery(Handle handle, String id) {
    return deliveries(handle, List.of(id)).stream().findFirst();
  }

  private static List<Delivery> deliveries(Handle handle, List<String> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<String, List<Delivery.Attempt>> attempts = new HashMap<>();
    handle
        .createQuery(
            "SELECT * FROM webhook_attempt WHERE delivery_id IN (<ids>)"
                + " ORDER BY delivery_id, number")
        .bindList("ids", wanted)
        .map(
            (rows, context) ->
                attempts
                    .computeIfAbsent(rows.getString("delivery_id"), id -> new ArrayList<>())
                    .add(readAttempt(rows)))
        .list();
    return handle
        .createQuery(
            "SELECT * FROM webhook_delivery WHERE id IN (<ids>)"
                + " ORDER BY created_at DESC, id DESC")
        .bindList("ids", wanted)
        .map((rows, context) -> readDelivery(rows, attempts.get(rows.getString("id"))))
        .list();
  }

  private static Webhook readWebhook(ResultSet row) throws SQLException {
    return new Webhook(
        row.getString("id"),
        row.getString("owner"),
        URI.create(row.getString("url")),
        Json.readList(row.getString("events"), String.class),
        Webhook.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  private static Delivery readDelivery(ResultSet row, @Nullable List<Delivery.Attempt> attempts)
      throws SQLException {
    long next = row.getLong("next_at");
    Optional<Instant> nextAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
    return new Delivery(
        row.getString("id"),
        row.getString("webhook_id"),
        row.getString("event"),
        row.getString("event_id"),
        row.getString("body"),
        Delivery.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(row.getLong("created_at")),
        nextAt,
        attempts == null ? List.of() : attempts);
  }

  private static Delivery.Attempt readAttempt(ResultSet row) throws SQLException {
    int answer = row.getInt("answer");
    OptionalInt status = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(answer);
    return new Delivery.Attempt(
        row.getInt("number"),
        Instant.ofEpochMilli(row.getLong("made_at")),
        Duration.ofMillis(row.getLong("took_ms")),
        status,
        row.getString("excerpt"));
  }
}

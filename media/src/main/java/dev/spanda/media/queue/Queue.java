package dev.spanda.media.queue;

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
import dev.spanda.core.project.Projects;
import dev.spanda.core.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps items and has each published on its platforms when its time has come.
 *
 * <p>An item that {@link #create} has returned is durable with the job that will publish it. What
 * each platform has answered is recorded at once, and a platform that shows the item is not called
 * again; when the process dies in between, the call is repeated with the same key, which the {@link
 * Publisher} shows once. A passing failure is tried again as {@link Settings#retry} says.
 *
 * <p>Every call names the owner; what belongs to another one is NOT_FOUND. Thread-safe.
 */
public final class Queue {

  /**
   * How a queue works.
   *
   * @param retry what follows a passing failure of a platform
   * @param longestPending how long a platform that has taken an item may keep it before the item
   *     has failed there; positive
   * @param items how many items an owner may keep, ≥ 1
   */
  public record Settings(JobKind.Retry retry, Duration longestPending, long items) {

    /** Six tries with 2 s, 10 s, 50 s, 250 s and 10 min between them; two days; 50 000 items. */
    public static final Settings DEFAULT =
        new Settings(
            new JobKind.Retry(6, Duration.ofSeconds(2), 5, Duration.ofMinutes(10)),
            Duration.ofDays(2),
            50_000);

    /** Checks the ranges. */
    public Settings {
      Objects.requireNonNull(retry);
      if (longestPending.isNegative() || longestPending.isZero() || items < 1) {
        throw new IllegalArgumentException(longestPending + ", " + items + " items");
      }
    }

    /** The same with another rule for passing failures. */
    public Settings withRetry(JobKind.Retry other) {
      return new Settings(other, longestPending, items);
    }
  }

  /**
   * Which items to list, the newest first.
   *
   * @param status of those alone; empty for all
   * @param projectId of those alone; empty for all
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @param offset ≥ 0
   */
  public record Query(
      Optional<QueueItem.Status> status, Optional<String> projectId, int limit, long offset) {

    /** How many items a page may have. */
    public static final int LARGEST_PAGE = 100;

    /** The twenty newest. */
    public static final Query DEFAULT = new Query(Optional.empty(), Optional.empty(), 20, 0);

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID, subjects {@code limit} and {@code offset}
     */
    public Query {
      Objects.requireNonNull(status);
      Objects.requireNonNull(projectId);
      Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
      if (offset < 0) {
        throw Failure.invalid("offset", offset, "Offset must be 0 or more")
            .with(Failure.MIN_VALUE, 0);
      }
    }
  }

  /**
   * Published on the event bus once an item was created or its status has changed, in the process
   * that did it.
   */
  public record Changed(QueueItem item) {}

  private record Task(String item) {}

  private record Done(String status) {}

  private static final Logger LOG = LoggerFactory.getLogger(Queue.class);

  /** Failures that another try may not meet. */
  private static final Set<Failure.Reason> PASSING =
      EnumSet.of(
          Failure.Reason.FAILED,
          Failure.Reason.UNAVAILABLE,
          Failure.Reason.TIMED_OUT,
          Failure.Reason.RATE_LIMITED);

  private static final Duration LONGEST_RUN = Duration.ofHours(2);

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Jobs jobs;
  private final Projects projects;
  private final Assets assets;
  private final Publisher publisher;
  private final Settings settings;
  private final JobKind<Task, Done> kind;
  private final Rows rows = new Rows();

  /**
   * The queue of a store, with {@link Settings#DEFAULT}.
   *
   * @param jobs not started yet
   * @param projects of the same store
   */
  public Queue(
      Store store,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      Jobs jobs,
      Projects projects,
      Assets assets,
      Publisher publisher) {
    this(store, clock, bus, ids, jobs, projects, assets, publisher, Settings.DEFAULT);
  }

  /**
   * The queue of a store.
   *
   * @param jobs not started yet
   * @param projects of the same store
   */
  public Queue(
      Store store,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      Jobs jobs,
      Projects projects,
      Assets assets,
      Publisher publisher,
      Settings settings) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.jobs = jobs;
    this.projects = projects;
    this.assets = assets;
    this.publisher = publisher;
    this.settings = settings;
    this.kind =
        JobKind.of("media.queue-publish", Task.class, Done.class)
            .withRetry(settings.retry())
            .withTimeout(LONGEST_RUN);
    jobs.register(kind, new Worker());
  }

  /**
   * Puts an item into the queue.
   *
   * @throws Failure CONFLICT, subject {@code idempotency_key}, when the owner has an item with this
   *     key: details {@code id}, {@code status} and {@code created_at} tell which; CONFLICT,
   *     subject {@code queue}, when the owner has as many as are allowed; NOT_FOUND, subjects
   *     {@code project_id} and {@code asset_id}; INVALID, subject {@code schedule_at}, when that is
   *     more than {@link QueueItem.Draft#FARTHEST} ahead
   */
  public QueueItem create(String owner, QueueItem.Draft draft) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Instant farthest = now.plus(QueueItem.Draft.FARTHEST);
    if (draft.scheduleAt().isPresent() && draft.scheduleAt().get().isAfter(farthest)) {
      throw Failure.invalid(
              "schedule_at",
              draft.scheduleAt().get(),
              "The time must be at most " + QueueItem.Draft.FARTHEST.toDays() + " days ahead")
          .with(Failure.MAX_VALUE, farthest.toString());
    }
    Instant runAt = draft.scheduleAt().filter(at -> at.isAfter(now)).orElse(now);
    return store.write(
        handle -> {
          store.lock("queue:" + owner);
          Optional<QueueItem> first = rows.withKey(handle, owner, draft.idempotencyKey());
          if (first.isPresent()) {
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "idempotency_key",
                    "There is an item with this idempotency key: " + first.get().id())
                .with(Failure.PROVIDED_VALUE, draft.idempotencyKey())
                .with("id", first.get().id())
                .with("status", first.get().status().word())
                .with("created_at", first.get().createdAt().toString());
          }
          if (rows.count(handle, owner) >= settings.items()) {
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "queue",
                    "A queue may keep at most " + settings.items() + " items")
                .with(Failure.MAX_VALUE, settings.items());
          }
          requireKnown(owner, draft);
          String id = ids.next("item");
          Job job = jobs.submit(kind, new Task(id), owner, Jobs.Options.NONE.at(runAt));
          rows.insert(handle, id, owner, draft, now, job.id());
          return told(handle, owner, id);
        });
  }

  private void requireKnown(String owner, QueueItem.Draft draft) {
    try {
      projects.require(owner, draft.projectId());
    } catch (Failure failure) {
      throw named(failure, "project_id", "project", draft.projectId());
    }
    try {
      assets.find(owner, draft.assetId());
    } catch (Failure failure) {
      throw named(failure, "asset_id", "asset", draft.assetId());
    }
  }

  private static Failure named(Failure failure, String field, String what, String id) {
    return failure.reason() == Failure.Reason.NOT_FOUND
        ? Failure.of(Failure.Reason.NOT_FOUND, field, "No " + what + " with id " + id)
            .with(Failure.PROVIDED_VALUE, id)
        : failure;
  }

  /**
   * An item.
   *
   * @throws Failure NOT_FOUND, subject {@code item}
   */
  public QueueItem find(String owner, String id) {
    return store.read(handle -> require(handle, owner, id));
  }

  /** An owner's items, the newest first. */
  public Page<QueueItem> list(String owner, Query query) {
    return store.read(handle -> rows.page(handle, owner, query));
  }

  /**
   * Takes an item out of the queue, or forgets one that is over; what was shown stays shown. Its
   * idempotency key is free again.
   *
   * @return the item as it last was
   * @throws Failure NOT_FOUND, subject {@code item}; CONFLICT, subject {@code item}, while it is
   *     being published
   */
  public QueueItem delete(String owner, String id) {
    return store.write(
        handle -> {
          QueueItem item = require(handle, owner, id);
          String job = rows.job(handle, id);
          if (!rows.delete(handle, id)) {
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "item",
                    "An item cannot be deleted while it is being published")
                .with(Failure.PROVIDED_VALUE, id)
                .with("status", QueueItem.Status.PROCESSING.word());
          }
          if (item.status() == QueueItem.Status.QUEUED) {
            jobs.cancel(job);
          }
          return item;
        });
  }

  private QueueItem require(Handle handle, String owner, String id) {
    return rows.find(handle, owner, id).orElseThrow(() -> Failure.notFound("item", id));
  }

  /** The item, and the bus hears of it when the transaction is committed. */
  private QueueItem told(Handle handle, String owner, String id) {
    QueueItem item = require(handle, owner, id);
    store.afterCommit(() -> bus.publish(new Changed(item)));
    return item;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** Publishes one item. */
  private final class Worker implements JobHandler<Task, Done> {

    @Override
    public Done run(Task task, JobContext context) throws Exception {
      Optional<QueueItem> begun =
          store.write(
              handle ->
                  rows.begin(handle, task.item(), now())
                      ? Optional.of(told(handle, context.owner(), task.item()))
                      : Optional.empty());
      // An item that was deleted, or is over, is left alone.
      if (begun.isPresent()) {
        publish(begun.get(), context);
      }
      return new Done(begun.isPresent() ? "tried" : "gone");
    }

    private void publish(QueueItem item, JobContext context) throws InterruptedException {
      Failure passing = null;
      int done = 0;
      int all = item.draft().platforms().size();
      for (QueueItem.Platform platform : item.draft().platforms()) {
        Optional<Rows.Attempt> before =
            store.read(handle -> rows.attempt(handle, item.id(), platform));
        if (before.isEmpty() || before.get().isDue(now())) {
          context.throwIfCancelled();
          Rows.Attempt attempt = attempt(item, platform, done, all, context);
          store.change(handle -> rows.record(handle, item.id(), platform, attempt));
          if (attempt.trouble().isPresent() && passing == null) {
            passing = attempt.trouble().get();
          }
        }
        done++;
      }
      if (passing != null) {
        throw passing;
      }
    }

    private Rows.Attempt attempt(
        QueueItem item, QueueItem.Platform platform, int done, int all, JobContext context)
        throws InterruptedException {
      try {
        Assets.Asset asset = assets.find(item.owner(), item.draft().assetId());
        Publisher.Outcome outcome =
            publisher.publish(
                new Publisher.Work(
                    item,
                    platform,
                    item.id() + ":" + platform.word(),
                    asset,
                    (offset, length) -> assets.open(item.owner(), asset.id(), offset, length),
                    fraction -> {
                      context.throwIfCancelled();
                      context.progress(
                          Math.max(0, Math.min(1, (done + fraction) / all)), platform.word());
                    }));
        if (outcome instanceof Publisher.Published published) {
          return Rows.Attempt.published(published, now());
        }
        Duration pause = ((Publisher.Pending) outcome).pause();
        return Rows.Attempt.pending(now(), now().plus(pause));
      } catch (CancellationException e) {
        throw e;
      } catch (Failure failure) {
        return PASSING.contains(failure.reason())
            ? Rows.Attempt.trying(failure, now())
            : Rows.Attempt.refused(Objects.requireNonNullElse(failure.getMessage(), ""), now());
      } catch (IOException | RuntimeException e) {
        LOG.warn("Item {} could not be published on {}", item.id(), platform.word(), e);
        return Rows.Attempt.trying(
            Failure.of(
                    Failure.Reason.FAILED,
                    "platform",
                    "Publishing ended with " + e.getClass().getSimpleName())
                .causedBy(e),
            now());
      }
    }

    /** The run is over: decides what became of the item, or when to ask the platforms again. */
    @Override
    public void settle(Job job) {
      String id = Jobs.input(job, kind).item();
      Instant now = now();
      store.change(
          handle -> {
            if (!rows.isBeingPublished(handle, id, job.id())) {
              return;
            }
            if (!(job.state() instanceof JobState.Completed)) {
              rows.giveUpTrying(handle, id);
            }
            rows.giveUpPending(handle, id, now.minus(settings.longestPending()));
            Optional<Instant> again = rows.nextQuestion(handle, id);
            if (again.isPresent()) {
              Job next =
                  jobs.submit(kind, new Task(id), job.owner(), Jobs.Options.NONE.at(again.get()));
              rows.moveTo(handle, id, next.id());
            } else {
              rows.finish(handle, id, now);
              told(handle, job.owner(), id);
            }
          });
    }
  }
}

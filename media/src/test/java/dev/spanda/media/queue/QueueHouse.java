package dev.spanda.media.queue;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.project.Project;
import dev.spanda.core.project.Projects;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The parts of one process that has a queue. */
final class QueueHouse implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  static final String OWNER = "org_123";
  static final String OTHER = "org_456";
  static final JobKind.Retry AT_ONCE = new JobKind.Retry(3, Duration.ZERO, 1, Duration.ZERO);

  private static final Jobs.Settings FAST =
      new Jobs.Settings(2, Duration.ofMillis(200), Duration.ofMillis(10));

  final Store store;
  final Jobs jobs;
  final Projects projects;
  final Shelf assets = new Shelf();
  final Queue queue;
  final SettableClock clock;
  final LinkedBlockingQueue<QueueItem> changes = new LinkedBlockingQueue<>();

  /** Assets in memory. */
  static final class Shelf implements Assets {
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    void put(String owner, String id, byte[] content) {
      contents.put(owner + "/" + id, content);
    }

    void remove(String owner, String id) {
      contents.remove(owner + "/" + id);
    }

    private byte[] content(String owner, String id) {
      byte[] content = contents.get(owner + "/" + id);
      if (content == null) {
        throw Failure.notFound("asset", id);
      }
      return content;
    }

    @Override
    public Asset find(String owner, String id) {
      return new Asset(id, id + ".MP4", "video/mp4", content(owner, id).length);
    }

    @Override
    public InputStream open(String owner, String id, long offset, long length) {
      byte[] content = content(owner, id);
      int from = (int) Math.min(offset, content.length);
      return new ByteArrayInputStream(
          content, from, (int) Math.min(length, content.length - (long) from));
    }
  }

  QueueHouse(StoreLocation place, SettableClock clock, Publisher publisher) {
    this(place, clock, publisher, Queue.Settings.DEFAULT.withRetry(AT_ONCE));
  }

  QueueHouse(
      StoreLocation place, SettableClock clock, Publisher publisher, Queue.Settings settings) {
    this.clock = clock;
    store = Store.open(place);
    EventBus bus = new EventBus();
    bus.subscribe(Queue.Changed.class, event -> changes.add(event.item()));
    Ids ids = Ids.secure();
    jobs = new Jobs(store, clock, bus, ids, FAST);
    projects = new Projects(store, clock, bus, ids);
    queue = new Queue(store, clock, bus, ids, jobs, projects, assets, publisher, settings);
    assets.put(OWNER, "asset_789", new byte[] {1, 2, 3, 4, 5});
  }

  QueueHouse started() {
    jobs.start();
    return this;
  }

  String project(String owner) {
    return projects.create(owner, new Project.Plan("Clips", "", List.of())).id();
  }

  /** An item of a new project for these platforms, as soon as possible. */
  QueueItem.Draft draft(String key, QueueItem.Platform... platforms) {
    return draft(project(OWNER), key, Optional.empty(), platforms);
  }

  static QueueItem.Draft draft(
      String project, String key, Optional<Instant> at, QueueItem.Platform... platforms) {
    return new QueueItem.Draft(
        project,
        "asset_789",
        "My Video Title",
        "Video description...",
        List.of("gaming", "stream"),
        List.of(platforms),
        at,
        key);
  }

  /** Waits until the bus tells that the item has this status. */
  QueueItem await(String id, QueueItem.Status status) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      QueueItem item = changes.poll(1, TimeUnit.SECONDS);
      if (item != null && item.id().equals(id) && item.status() == status) {
        return item;
      }
    }
    throw new AssertionError(
        "not "
            + status
            + " after 30 s: "
            + queue.find(OWNER, id)
            + ", jobs "
            + jobs.list(OWNER, 10, 0).items());
  }

  @Override
  public void close() {
    jobs.close();
    store.close();
  }
}

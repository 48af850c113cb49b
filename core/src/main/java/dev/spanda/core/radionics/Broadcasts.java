package dev.spanda.core.radionics;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the runs in which a rate is played. They are stored: one that runs when the process dies
 * runs afterwards when its end is still ahead, and has ended at its planned end when it is not. The
 * tone itself is made by whoever hears the {@link Event}s. Thread-safe.
 */
public final class Broadcasts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Broadcasts.class);
  private static final int LARGEST_PAGE = 100;
  private static final int LONGEST_INTENTION = 2_000;

  /** A broadcast after a change, once that is durable, in the process that made it. */
  public record Event(Broadcast broadcast) {}

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Future<?> ticks;

  /**
   * The broadcasts of a store; ends at once those whose end has passed.
   *
   * @param timer wakes this object every second; not shut down by {@link #close}
   */
  public Broadcasts(
      Store store, InstantSource clock, EventBus bus, Ids ids, ScheduledExecutorService timer) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    completeDue();
    this.ticks = timer.scheduleAtFixedRate(this::onTick, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Begins a broadcast.
   *
   * @param rate 0 to 100
   * @param duration 1 s to 24 h, whole seconds
   * @param intention up to 2 000 characters
   * @param hardwareLevel 1 to 5
   * @param population an id, which the caller has looked up
   * @throws Failure INVALID, subjects {@code rate}, {@code duration}, {@code intention} and {@code
   *     hardware_level}
   */
  public Broadcast start(
      double rate,
      Duration duration,
      String intention,
      int hardwareLevel,
      Optional<String> population) {
    check(rate, duration, intention, hardwareLevel);
    Broadcast broadcast =
        new Broadcast(
            ids.next("bcast"),
            rate,
            Broadcast.carrierHz(rate),
            intention,
            hardwareLevel,
            population,
            Broadcast.Status.RUNNING,
            now(),
            Duration.ofSeconds(duration.getSeconds()),
            Optional.empty());
    store.change(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO broadcast (id, rate, carrier_hz, intention, hardware_level,"
                      + " population_id, status, started_at, duration_ms) VALUES (:id, :rate,"
                      + " :carrier, :intention, :level, :population, 'running', :now, :duration)")
              .bind("id", broadcast.id())
              .bind("rate", rate)
              .bind("carrier", broadcast.carrierHz())
              .bind("intention", intention)
              .bind("level", hardwareLevel)
              .bind("population", population.orElse(null))
              .bind("now", broadcast.startedAt().toEpochMilli())
              .bind("duration", broadcast.duration().toMillis())
              .execute();
          store.afterCommit(() -> bus.publish(new Event(broadcast)));
        });
    return broadcast;
  }

  /**
   * Returns when {@link #start} takes these values.
   *
   * @throws Failure INVALID, as {@link #start}
   */
  public static void check(double rate, Duration duration, String intention, int hardwareLevel) {
    Failure.requireInRange("rate", "Rate", rate, 0, 100, "");
    Failure.requireInRange("duration", "Duration", duration.getSeconds(), 1, 86_400, "s");
    Failure.requireInRange("hardware_level", "Hardware level", hardwareLevel, 1, 5, "");
    String unused = Failure.requireText("intention", "Intention", intention, 0, LONGEST_INTENTION);
  }

  /**
   * Ends a broadcast before its time.
   *
   * @throws Failure NOT_FOUND, subject {@code broadcast}; CONFLICT, subject {@code broadcast}, when
   *     it has ended
   */
  public Broadcast stop(String id) {
    return store.write(
        handle -> {
          Broadcast before = require(handle, id);
          Instant now = now();
          Broadcast ended =
              now.isBefore(before.endsAt()) && before.endedAt().isEmpty()
                  ? end(handle, id, Broadcast.Status.STOPPED, now)
                  : null;
          if (ended == null) {
            String status =
                before.status() == Broadcast.Status.RUNNING
                    ? Broadcast.Status.COMPLETED.word()
                    : before.status().word();
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "broadcast",
                    "Broadcast " + id + " is " + status + "; only a running one can be stopped")
                .with(Failure.PROVIDED_VALUE, status)
                .with(Failure.ALLOWED_VALUES, List.of("running"));
          }
          return ended;
        });
  }

  /**
   * A broadcast as it stands.
   *
   * @throws Failure NOT_FOUND, subject {@code broadcast}
   */
  public Broadcast find(String id) {
    return store.read(handle -> require(handle, id));
  }

  /**
   * The broadcasts, the newest first.
   *
   * @param status only those that stand there; all when empty
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Broadcast> list(Optional<Broadcast.Status> status, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    String wanted = status.map(Broadcast.Status::word).orElse("");
    return store.read(
        handle ->
            new Page<>(
                handle
                    .createQuery(
                        "SELECT * FROM broadcast WHERE :status = '' OR status = :status"
                            + " ORDER BY started_at DESC, id DESC LIMIT :limit OFFSET :offset")
                    .bind("status", wanted)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((row, context) -> read(row))
                    .list(),
                handle
                    .createQuery(
                        "SELECT COUNT(*) FROM broadcast WHERE :status = '' OR status = :status")
                    .bind("status", wanted)
                    .mapTo(Long.class)
                    .one(),
                limit,
                offset));
  }

  /** Watches no more; what runs stays so in the store. */
  @Override
  public void close() {
    ticks.cancel(false);
  }

  private void onTick() {
    try {
      completeDue();
    } catch (RuntimeException e) {
      LOG.error("Broadcasts that are over could not be completed", e);
    }
  }

  private void completeDue() {
    long now = now().toEpochMilli();
    List<Broadcast> due =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM broadcast WHERE status = 'running'"
                            + " AND started_at + duration_ms <= :now ORDER BY started_at, id")
                    .bind("now", now)
                    .map((row, context) -> read(row))
                    .list());
    for (Broadcast each : due) {
      store.change(handle -> end(handle, each.id(), Broadcast.Status.COMPLETED, each.endsAt()));
    }
  }

  private @Nullable Broadcast end(Handle handle, String id, Broadcast.Status status, Instant at) {
    int changed =
        handle
            .createUpdate(
                "UPDATE broadcast SET status = :status, ended_at = :at"
                    + " WHERE id = :id AND status = 'running'")
            .bind("status", status.word())
            .bind("at", at.toEpochMilli())
            .bind("id", id)
            .execute();
    if (changed == 0) {
      return null;
    }
    Broadcast broadcast = require(handle, id);
    store.afterCommit(() -> bus.publish(new Event(broadcast)));
    return broadcast;
  }

  private static Broadcast require(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM broadcast WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("broadcast", id));
  }

  private static Broadcast read(ResultSet row) throws SQLException {
    long ended = row.getLong("ended_at");
    Optional<Instant> endedAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    return new Broadcast(
        row.getString("id"),
        row.getDouble("rate"),
        row.getDouble("carrier_hz"),
        row.getString("intention"),
        row.getInt("hardware_level"),
        Optional.ofNullable(row.getString("population_id")),
        Broadcast.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(row.getLong("started_at")),
        Duration.ofMillis(row.getLong("duration_ms")),
        endedAt);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

package dev.spanda.core.session;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps practice sessions: plans, begins and stops them, and completes them when their time is
 * over.
 *
 * <p>Everything is stored: a session that runs when the process dies is running afterwards if its
 * end is still ahead, and completed at its planned end if that has passed. Changes made inside
 * {@link Store#write} join that transaction; events follow its commit. Thread-safe.
 */
public final class Sessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int LARGEST_PAGE = 100;

  /** How old the list of running sessions may be where other processes change it too. */
  private static final Duration STALE = Duration.ofSeconds(1);

  private static final String DUE = "started_at + duration_ms";

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final ScheduledExecutorService timer;

  /** Held only while no connection is, so that it cannot stand in the way of a transaction. */
  private final Object refreshing = new Object();

  private volatile List<Session> running = List.of();
  private volatile Instant readAt = Instant.MIN;
  private @Nullable Future<?> alarm;
  private boolean closed;

  /**
   * The sessions of a store; completes at once what came to its end while nobody was there.
   *
   * @param timer wakes this object at the end of each session; not shut down by {@link #close}
   */
  public Sessions(
      Store store, InstantSource clock, EventBus bus, Ids ids, ScheduledExecutorService timer) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.timer = timer;
    completeDue();
    refresh();
  }

  /** Plans a session. */
  public Session create(SessionPlan plan) {
    String id = ids.next("sess");
    return store.write(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO session (id, name, intention, duration_ms, frequency_hz, modalities,"
                      + " status, created_at) VALUES (:id, :name, :intention, :duration,"
                      + " :frequency, :modalities, 'created', :now)")
              .bind("id", id)
              .bind("name", plan.name())
              .bind("intention", plan.intention())
              .bind("duration", plan.duration().toMillis())
              .bind(
                  "frequency",
                  plan.frequencyHz().isPresent() ? plan.frequencyHz().getAsDouble() : null)
              .bind("modalities", Json.write(plan.modalities()))
              .bind("now", now().toEpochMilli())
              .execute();
          Session session = require(handle, id);
          store.afterCommit(() -> bus.publish(new SessionEvent.Created(session)));
          return session;
        });
  }

  /**
   * Begins a session that was planned.
   *
   * @throws Failure NOT_FOUND, subject {@code session}; CONFLICT, subject {@code session}, when it
   *     has begun before
   */
  public Session start(String id) {
    return store.write(
        handle -> {
          Instant now = now();
          int changed =
              handle
                  .createUpdate(
                      "UPDATE session SET status = 'running', started_at = :now"
                          + " WHERE id = :id AND status = 'created'")
                  .bind("now", now.toEpochMilli())
                  .bind("id", id)
                  .execute();
          Session session = require(handle, id);
          if (changed == 0) {
            throw conflict(session, "started", "created");
          }
          store.afterCommit(
              () -> {
                refresh();
                bus.publish(new SessionEvent.Started(session));
              });
          return session;
        });
  }

  /**
   * Ends a running session before its time.
   *
   * @throws Failure NOT_FOUND, subject {@code session}; CONFLICT, subject {@code session}, when it
   *     is not running
   */
  public Session stop(String id) {
    return store.write(
        handle -> {
          Instant now = now();
          int changed =
              handle
                  .createUpdate(
                      "UPDATE session SET status = 'stopped',"
                          + " ended_at = CASE WHEN started_at > :now THEN started_at ELSE :now END"
                          + " WHERE id = :id AND status = 'running' AND "
                          + DUE
                          + " > :now")
                  .bind("now", now.toEpochMilli())
                  .bind("id", id)
                  .execute();
          Session session = require(handle, id);
          if (changed == 0) {
            throw conflict(session, "stopped", "running");
          }
          store.afterCommit(
              () -> {
                refresh();
                bus.publish(new SessionEvent.Stopped(session));
              });
          return session;
        });
  }

  /**
   * The session of that id as it stands now.
   *
   * @throws Failure NOT_FOUND, subject {@code session}
   */
  public Session find(String id) {
    return store.read(handle -> require(handle, id));
  }

  /**
   * All sessions, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Session> list(int limit, long offset) {
    return list("1 = 1", limit, offset);
  }

  /**
   * The sessions of some statuses, the newest first.
   *
   * @param statuses at least one
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Session> list(Set<Session.Status> statuses, int limit, long offset) {
    if (statuses.isEmpty()) {
      throw new IllegalArgumentException("no status was named");
    }
    return list(
        statuses.stream().map(Sessions::condition).sorted().collect(Collectors.joining(" OR ")),
        limit,
        offset);
  }

  /** A session whose end has passed is completed, whether or not that has been written yet. */
  private static String condition(Session.Status status) {
    return switch (status) {
      case CREATED -> "status = 'created'";
      case STOPPED -> "status = 'stopped'";
      case RUNNING -> "(status = 'running' AND " + DUE + " > :now)";
      case COMPLETED -> "status = 'completed' OR (status = 'running' AND " + DUE + " <= :now)";
    };
  }

  private Page<Session> list(String condition, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle -> {
          Instant now = now();
          List<Session> sessions =
              query(
                      handle,
                      "SELECT * FROM session WHERE "
                          + condition
                          + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset",
                      now)
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> read(row, now))
                  .list();
          long total =
              query(handle, "SELECT COUNT(*) FROM session WHERE " + condition, now)
                  .mapTo(Long.class)
                  .one();
          return new Page<>(sessions, total, limit, offset);
        });
  }

  /** Binds {@code :now} where the statement has it; Jdbi refuses a name that is not used. */
  private static Query query(Handle handle, String sql, Instant now) {
    Query query = handle.createQuery(sql);
    return sql.contains(":now") ? query.bind("now", now.toEpochMilli()) : query;
  }

  /**
   * The sessions that run now, in the order in which they began. Answered from memory and cheap
   * enough to be asked many times a second; on PostgreSQL, where other processes begin and stop
   * sessions too, at most one second old.
   */
  public List<Session> running() {
    Instant now = now();
    if (store.dialect() == Store.Dialect.POSTGRESQL
        && Duration.between(readAt, now).abs().compareTo(STALE) > 0) {
      refresh();
    }
    List<Session> current = new ArrayList<>();
    for (Session session : running) {
      Session at = session.at(now);
      if (at.status() == Session.Status.RUNNING) {
        current.add(at);
      }
    }
    return List.copyOf(current);
  }

  /** Ends the watch over running sessions; they stay as they are in the store. */
  @Override
  public void close() {
    synchronized (refreshing) {
      closed = true;
      if (alarm != null) {
        alarm.cancel(false);
        alarm = null;
      }
    }
  }

  private void completeDue() {
    Instant now = now();
    List<String> due =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT id FROM session WHERE status = 'running' AND "
                            + DUE
                            + " <= :now ORDER BY "
                            + DUE)
                    .bind("now", now.toEpochMilli())
                    .mapTo(String.class)
                    .list());
    for (String id : due) {
      store.change(
          handle -> {
            int changed =
                handle
                    .createUpdate(
                        "UPDATE session SET status = 'completed', ended_at = "
                            + DUE
                            + " WHERE id = :id AND status = 'running'")
                    .bind("id", id)
                    .execute();
            if (changed == 1) {
              Session session = require(handle, id);
              store.afterCommit(() -> bus.publish(new SessionEvent.Completed(session)));
            }
          });
    }
  }

  private void onAlarm() {
    try {
      completeDue();
    } catch (RuntimeException e) {
      LOG.error("Sessions that are over could not be completed", e);
    }
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.error("Running sessions could not be read", e);
    }
  }

  /** Reads what runs and sets the alarm to the first end. */
  private void refresh() {
    synchronized (refreshing) {
      Instant now = now();
      List<Session> read =
          store.read(
              handle ->
                  handle
                      .createQuery(
                          "SELECT * FROM session WHERE status = 'running' ORDER BY started_at, id")
                      .map((row, context) -> read(row, Instant.MIN))
                      .list());
      running = List.copyOf(read);
      readAt = now;
      if (alarm != null) {
        alarm.cancel(false);
        alarm = null;
      }
      Optional<Instant> first =
          running.stream().map(s -> s.plannedEnd().orElseThrow()).min(Instant::compareTo);
      if (first.isPresent() && !closed) {
        // At least a millisecond, so that a trouble with the store does not turn into a busy loop.
        long millis = Math.max(1, Duration.between(now, first.get()).toMillis());
        try {
          alarm = timer.schedule(this::onAlarm, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
          LOG.warn("The timer is shut down: sessions are completed at the next start");
        }
      }
    }
  }

  private Session require(Handle handle, String id) {
    Instant now = now();
    return handle
        .createQuery("SELECT * FROM session WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row, now))
        .findOne()
        .orElseThrow(() -> Failure.notFound("session", id));
  }

  private static Session read(ResultSet row, Instant asOf) throws SQLException {
    double frequency = row.getDouble("frequency_hz");
    OptionalDouble frequencyHz =
        row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(frequency);
    Session stored =
        new Session(
            row.getString("id"),
            new SessionPlan(
                row.getString("name"),
                Duration.ofMillis(row.getLong("duration_ms")),
                row.getString("intention"),
                frequencyHz,
                Json.readList(row.getString("modalities"), String.class)),
            Session.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
            Instant.ofEpochMilli(row.getLong("created_at")),
            instant(row, "started_at"),
            instant(row, "ended_at"),
            asOf);
    return stored.at(asOf);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Failure conflict(Session session, String wanted, String needed) {
    String status = session.status().name().toLowerCase(Locale.ROOT);
    return Failure.of(
            Failure.Reason.CONFLICT,
            "session",
            "Session "
                + session.id()
                + " is "
                + status
                + "; only a "
                + needed
                + " one can be "
                + wanted)
        .with(Failure.PROVIDED_VALUE, status)
        .with(Failure.ALLOWED_VALUES, List.of(needed));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

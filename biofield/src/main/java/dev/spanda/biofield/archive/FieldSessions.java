package dev.spanda.biofield.archive;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Metrics;
import dev.spanda.biofield.Scores;
import dev.spanda.biofield.baseline.Baselines;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps live sessions and their measured frames.
 *
 * <p><b>What is durable when.</b> Frames of all sessions wait together and are committed four times
 * a second, or as soon as 256 wait. A frame is acknowledged when the future of its {@link #append}
 * is complete, and then it survives the death of the process and a loss of power. A process that
 * dies loses the frames of at most the last quarter of a second, of which none was acknowledged.
 * {@link #end} and all that reads first commit what waits in this process, so that what they tell
 * is durable. A result that a server shows before that future is complete is a view, not a receipt.
 *
 * <p><b>Sessions that nobody ends.</b> A session shows that it lives with each frame and each
 * {@link #keepAlive}. One that has shown nothing for two minutes, because its connection vanished
 * or its server died, is ended by {@link #sweep}, which runs every minute and at the beginning: it
 * counts as ended with its last frame, or its start when it had none. SQLite belongs to one
 * process, so what is open at the beginning is ended at once. One object a process.
 *
 * <p>Sessions stay until {@link #forget}. Thread-safe.
 */
public final class FieldSessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FieldSessions.class);
  private static final Duration COMMIT_EVERY = Duration.ofMillis(250);
  private static final int MOST_WAITING = 256;
  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final int LARGEST_PAGE = 100;
  private static final int ROWS_AT_ONCE = 32;
  private static final int MOST_SAMPLES = 20_000;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final ScheduledExecutorService timer;
  private final Future<?> sweeping;

  /** Held while frames are committed, so that those of one session keep their order. */
  private final Object committing = new Object();

  private final Object lock = new Object();
  private Map<String, Waiting> waiting = new LinkedHashMap<>();
  private int waitingFrames;
  private boolean alarmed;
  private boolean closed;

  /**
   * The sessions of a store; ends at once those that died with their server.
   *
   * @param timer commits what waits and sweeps; not shut down by {@link #close}
   */
  public FieldSessions(Store store, InstantSource clock, Ids ids, ScheduledExecutorService timer) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.timer = timer;
    if (store.dialect() == Store.Dialect.SQLITE) {
      abandonSilentSince(Instant.ofEpochMilli(Long.MAX_VALUE));
    } else {
      sweep();
    }
    this.sweeping =
        timer.scheduleWithFixedDelay(
            this::sweepOnTime,
            SWEEP_EVERY.toMillis(),
            SWEEP_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Starts a session. Whether its baseline exists is the caller's to ask. */
  public FieldSession start(String owner, FieldSession.Settings settings) {
    String id = ids.next("session");
    return store.write(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO field_session (id, owner, mode, region, fps, settings, baseline_id,"
                      + " values_of, started_at, seen_at) VALUES (:id, :owner, :mode, :region,"
                      + " :fps, :settings, :baseline, :columns, :now, :now)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("mode", settings.mode().name())
              .bind("region", settings.region().name())
              .bind("fps", settings.fps())
              .bind("settings", Json.write(settings.pip()))
              .bind("baseline", settings.baselineId().orElse(null))
              .bind("columns", Json.write(MomentCodec.COLUMNS))
              .bind("now", clock.millis())
              .execute();
          return require(handle, owner, id);
        });
  }

  /**
   * Appends a measured frame, which counts as received now.
   *
   * @param id an open session
   * @param sequence the number its sender gave it
   * @param capturedAt the time its sender gave it
   * @return complete once the frame is durable; completed with the {@link Failure} when it could
   *     not be stored: CONFLICT, subject {@code session}, when the session is not open
   * @throws IllegalStateException inside {@link Store#write}, which could still be rolled back
   */
  public CompletableFuture<Void> append(
      String id, long sequence, Instant capturedAt, Analysis analysis) {
    requireOutside();
    CompletableFuture<Void> stored = new CompletableFuture<>();
    boolean full;
    synchronized (lock) {
      Waiting of = waitingFor(id);
      of.frames.add(
          new Arrived(
              sequence,
              capturedAt,
              clock.instant(),
              analysis.metrics(),
              analysis.scores(),
              stored));
      full = ++waitingFrames >= MOST_WAITING;
      alarm();
    }
    if (full) {
      commit();
    }
    return stored;
  }

  /** Counts frames that were not measured; they are stored with the next commit. */
  public void drop(String id, long frames) {
    if (frames < 0) {
      throw new IllegalArgumentException(frames + " frames");
    }
    synchronized (lock) {
      waitingFor(id).dropped += frames;
      alarm();
    }
  }

  /** Tells that a session lives although it sends no frame. */
  public void keepAlive(String id) {
    synchronized (lock) {
      waitingFor(id);
      alarm();
    }
  }

  /**
   * Ends a session now; one that is over already stays as it ended.
   *
   * @throws Failure NOT_FOUND, subject {@code session}, also when it is somebody else's
   */
  public FieldSession end(String owner, String id) {
    commit();
    FieldSession open = find(owner, id);
    if (open.endedAt().isEmpty()) {
      close(id, FieldSession.Ending.ENDED);
    }
    return find(owner, id);
  }

  /**
   * Ends a session whose connection is gone, as of its last frame; one that is over already stays
   * as it ended.
   *
   * @throws Failure NOT_FOUND, subject {@code session}, also when it is somebody else's
   */
  public FieldSession abandon(String owner, String id) {
    commit();
    FieldSession open = find(owner, id);
    if (open.endedAt().isEmpty()) {
      close(id, FieldSession.Ending.ABANDONED);
    }
    return find(owner, id);
  }

  private void close(String id, FieldSession.Ending ending) {
    store.change(
        handle ->
            handle
                .createUpdate(
                    "UPDATE field_session SET ending = :ending, ended_at = "
                        + (ending == FieldSession.Ending.ENDED
                            ? "CASE WHEN :now < started_at THEN started_at ELSE :now END"
                            : "COALESCE(last_frame_at, started_at)")
                        + " WHERE id = :id AND ended_at IS NULL")
                .bind("ending", ending.name())
                .bind("id", id)
                .bindMap(
                    ending == FieldSession.Ending.ENDED ? Map.of("now", clock.millis()) : Map.of())
                .execute());
  }

  /**
   * The owner's session of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code session}, also when it is somebody else's
   */
  public FieldSession find(String owner, String id) {
    commit();
    return store.read(handle -> require(handle, owner, id));
  }

  /**
   * The owner's sessions, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<FieldSession> list(String owner, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    commit();
    return store.read(
        handle ->
            new Page<>(
                handle
                    .createQuery(
                        "SELECT * FROM field_session WHERE owner = :owner"
                            + " ORDER BY started_at DESC, id DESC LIMIT :limit OFFSET :offset")
                    .bind("owner", owner)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((row, context) -> read(row))
                    .list(),
                handle
                    .createQuery("SELECT COUNT(*) FROM field_session WHERE owner = :owner")
                    .bind("owner", owner)
                    .mapTo(Long.class)
                    .one(),
                limit,
                offset));
  }

  /**
   * Hands out the stored frames in order, reading some thousand at a time: no connection is held
   * while the consumer works, and memory does not grow with the session.
   *
   * @throws Failure NOT_FOUND, subject {@code session}, also when it is somebody else's
   */
  public void frames(String owner, String id, Consumer<FieldSession.Moment> consumer) {
    FieldSession session = find(owner, id);
    List<String> columns =
        store.read(
            handle ->
                Json.readList(
                    handle
                        .createQuery("SELECT values_of FROM field_session WHERE id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne()
                        .orElseThrow(() -> Failure.notFound("session", id)),
                    String.class));
    long next = 0;
    // Frames that come while an open session is read belong to the next reading.
    while (next < session.frameCount()) {
      long from = next;
      List<Stored> rows =
          store.read(
              handle ->
                  handle
                      .createQuery(
                          "SELECT first_number, frame_count, frames FROM field_session_frames"
                              + " WHERE session_id = :id AND first_number >= :from"
                              + " ORDER BY first_number LIMIT :rows")
                      .bind("id", id)
                      .bind("from", from)
                      .bind("rows", ROWS_AT_ONCE)
                      .map(
                          (row, context) ->
                              new Stored(
                                  row.getLong("first_number"),
                                  row.getInt("frame_count"),
                                  ByteBuffer.wrap(row.getBytes("frames"))))
                      .list());
      if (rows.isEmpty()) {
        return;
      }
      for (Stored row : rows) {
        for (int i = 0; i < row.count; i++) {
          consumer.accept(MomentCodec.read(row.frames, columns, row.first + i));
        }
        next = row.first + row.count;
      }
    }
  }

  /**
   * Duration, averages and trends of a session; of an open one up to now. The summary of a session
   * that is over is computed once and stored.
   *
   * @throws Failure NOT_FOUND, subject {@code session}, also when it is somebody else's
   */
  public FieldSession.Summary summary(String owner, String id) {
    FieldSession session = find(owner, id);
    boolean over = session.endedAt().isPresent();
    if (over) {
      Optional<String> known =
          store.read(
              handle ->
                  handle
                      .createQuery(
                          "SELECT summary FROM field_session"
                              + " WHERE id = :id AND summary IS NOT NULL")
                      .bind("id", id)
                      .mapTo(String.class)
                      .findOne());
      if (known.isPresent()) {
        return Json.read(known.get(), FieldSession.Summary.class);
      }
    }
    SessionCourse course = new SessionCourse(session.startedAt());
    frames(owner, id, course::add);
    FieldSession.Summary summary =
        new FieldSession.Summary(
            session.duration(), session.frameCount(), session.dropped(), course.courses());
    if (over) {
      store.change(
          handle ->
              handle
                  .createUpdate("UPDATE field_session SET summary = :summary WHERE id = :id")
                  .bind("summary", Json.write(summary))
                  .bind("id", id)
                  .execute());
    }
    return summary;
  }

  /**
   * The samples of which a baseline can be made: all stored frames, or when there are more than
   * {@value #MOST_SAMPLES} every second, third and so on, so that there are at most that many.
   *
   * @throws Failure NOT_FOUND, subject {@code session}, also when it is somebody else's
   */
  public Baselines.Source source(String owner, String id) {
    FieldSession session = find(owner, id);
    long step = Math.max(1, (session.frameCount() + MOST_SAMPLES - 1) / MOST_SAMPLES);
    Samples samples = new Samples((int) ((session.frameCount() + step - 1) / step));
    frames(
        owner,
        id,
        moment -> {
          if (moment.number() % step == 0) {
            samples.add(moment);
          }
        });
    return new Baselines.Source(id, session.duration(), samples.metrics, samples.scores);
  }

  /** Ends the sessions that have shown no life for two minutes; returns how many. */
  public int sweep() {
    commit();
    return abandonSilentSince(clock.instant().minus(SILENCE));
  }

  private int abandonSilentSince(Instant before) {
    return store.write(
        handle ->
            handle
                .createUpdate(
                    "UPDATE field_session SET ending = 'ABANDONED',"
                        + " ended_at = COALESCE(last_frame_at, started_at)"
                        + " WHERE ended_at IS NULL AND seen_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }

  private void sweepOnTime() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.warn("Silent sessions could not be ended", e);
    }
  }

  /** Removes sessions that ended before an instant, of all owners; returns how many. */
  public int forget(Instant before) {
    return store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM field_session WHERE ended_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }

  /** Commits what waits and stops sweeping; sessions that are open stay open. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    sweeping.cancel(false);
    commit();
  }

  private Waiting waitingFor(String id) {
    return waiting.computeIfAbsent(id, key -> new Waiting());
  }

  private void alarm() {
    if (!alarmed && !closed) {
      alarmed = true;
      try {
        Future<?> unused =
            timer.schedule(this::commitOnTime, COMMIT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.warn("The timer is shut down: frames are stored when 256 wait or a session ends");
      }
    }
  }

  private void commitOnTime() {
    synchronized (lock) {
      alarmed = false;
    }
    try {
      commit();
    } catch (RuntimeException e) {
      LOG.warn("Frames could not be stored", e);
    }
  }

  /** Stores what waits in one transaction, a session that refuses its frames aside. */
  private void commit() {
    if (store.isWriting()) {
      // The frames of others are not to depend on whether this transaction is rolled back.
      return;
    }
    synchronized (committing) {
      Map<String, Waiting> taken;
      synchronized (lock) {
        if (waiting.isEmpty()) {
          return;
        }
        taken = waiting;
        waiting = new LinkedHashMap<>();
        waitingFrames = 0;
      }
      Map<String, RuntimeException> refused = new LinkedHashMap<>();
      try {
        store.change(
            handle ->
                taken.forEach(
                    (id, of) -> {
                      try {
                        store.change(inner -> store(inner, id, of));
                      } catch (Failure e) {
                        refused.put(id, e);
                      }
                    }));
      } catch (RuntimeException e) {
        taken.keySet().forEach(id -> refused.put(id, e));
        settle(taken, refused);
        throw e;
      }
      settle(taken, refused);
    }
  }

  private static void settle(Map<String, Waiting> taken, Map<String, RuntimeException> refused) {
    taken.forEach(
        (id, of) -> {
          @Nullable RuntimeException because = refused.get(id);
          for (Arrived frame : of.frames) {
            if (because == null) {
              frame.stored.complete(null);
            } else {
              frame.stored.completeExceptionally(because);
            }
          }
        });
  }

  private void store(Handle handle, String id, Waiting of) {
    int count = of.frames.size();
    Optional<Long> after =
        handle
            .createQuery(
                "UPDATE field_session SET frame_count = frame_count + :count,"
                    + " dropped = dropped + :dropped, seen_at = :now,"
                    + " last_frame_at = COALESCE(:last, last_frame_at)"
                    + " WHERE id = :id AND ended_at IS NULL RETURNING frame_count")
            .bind("count", count)
            .bind("dropped", of.dropped)
            .bind("now", clock.millis())
            .bind("last", count == 0 ? null : of.frames.get(count - 1).receivedAt.toEpochMilli())
            .bind("id", id)
            .mapTo(Long.class)
            .findOne();
    if (after.isEmpty()) {
      throw Failure.of(
          Failure.Reason.CONFLICT, "session", "Session " + id + " is not open; it takes no frames");
    }
    if (count > 0) {
      ByteBuffer bytes = ByteBuffer.allocate(MomentCodec.bytesFor(count));
      for (Arrived frame : of.frames) {
        MomentCodec.write(
            bytes, frame.sequence, frame.capturedAt, frame.receivedAt, frame.metrics, frame.scores);
      }
      handle
          .createUpdate(
              "INSERT INTO field_session_frames (session_id, first_number, frame_count, frames)"
                  + " VALUES (:id, :first, :count, :frames)")
          .bind("id", id)
          .bind("first", after.get() - count)
          .bind("count", count)
          .bind("frames", bytes.array())
          .execute();
    }
  }

  private void requireOutside() {
    if (store.isWriting()) {
      throw new IllegalStateException("Frames are not appended inside a transaction");
    }
  }

  private static FieldSession require(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM field_session WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((row, context) -> read(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("session", id));
  }

  private static FieldSession read(ResultSet row) throws SQLException {
    return new FieldSession(
        row.getString("id"),
        row.getString("owner"),
        new FieldSession.Settings(
            Selection.Mode.valueOf(row.getString("mode")),
            Selection.Region.valueOf(row.getString("region")),
            row.getInt("fps"),
            Optional.ofNullable(row.getString("baseline_id")),
            Json.read(row.getString("settings"), PipSettings.class)),
        Instant.ofEpochMilli(row.getLong("started_at")),
        instant(row, "last_frame_at"),
        instant(row, "ended_at"),
        Optional.ofNullable(row.getString("ending")).map(FieldSession.Ending::valueOf),
        row.getLong("frame_count"),
        row.getLong("dropped"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** What one session waits to have stored. */
  private static final class Waiting {
    private final List<Arrived> frames = new ArrayList<>();
    private long dropped;
  }

  private record Arrived(
      long sequence,
      Instant capturedAt,
      Instant receivedAt,
      Metrics metrics,
      Scores scores,
      CompletableFuture<Void> stored) {}

  private record Stored(long first, int count, ByteBuffer frames) {}

  /** Columns of samples, NaN where a value is undefined. */
  private static final class Samples {
    private final int most;
    private int count;
    private final Map<String, double[]> metrics;
    private final Map<String, double[]> scores;

    Samples(int most) {
      this.most = most;
      this.metrics = columns(MomentCodec.METRICS);
      this.scores = columns(MomentCodec.SCORES);
    }

    private Map<String, double[]> columns(List<String> names) {
      Map<String, double[]> columns = new LinkedHashMap<>();
      for (String name : names) {
        double[] column = new double[most];
        Arrays.fill(column, Double.NaN);
        columns.put(name, column);
      }
      return columns;
    }

    void add(FieldSession.Moment moment) {
      if (count < most) {
        put(metrics, moment.metrics().values());
        put(scores, moment.scores().values());
        count++;
      }
    }

    private void put(Map<String, double[]> columns, Map<String, Double> values) {
      columns.forEach((name, column) -> column[count] = values.getOrDefault(name, Double.NaN));
    }
  }
}

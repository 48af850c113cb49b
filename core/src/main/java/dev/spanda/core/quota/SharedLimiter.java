package dev.spanda.core.quota;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A limiter that all nodes on one PostgreSQL database share: the same algorithm as {@link
 * RateLimiter}, with one row a key. A permit is taken by a single statement that the database
 * decides under the row's lock and by its own clock, so that nodes can neither race nor disagree
 * about the time, and a limit is never exceeded. No permits are taken ahead: a block that one node
 * holds and does not use would be missing on the others. The table is unlogged and commits wait for
 * no disk; after a crash of the database all permits are there again.
 *
 * <p>A refusal is remembered until its time is over: whoever keeps asking meanwhile costs the
 * database nothing. What another node gives back is seen after five seconds at the latest.
 * Thread-safe.
 */
public final class SharedLimiter implements Limiter {

  private static final int SWEEP_EVERY = 4_096;
  private static final int MOST_REFUSALS = 10_000;
  private static final long LONGEST_REFUSAL_NANOS = 5_000_000_000L;

  /** The clock is read once, in the row that is offered; the update reads it from there. */
  private static final String TAKE =
      "WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000"
          + " AS now)"
          + " INSERT INTO quota_account AS a (name, full_at)"
          + " SELECT :name, clock.now + :cost FROM clock"
          + " ON CONFLICT (name) DO UPDATE SET full_at ="
          + " least(greatest(a.full_at, excluded.full_at - :cost),"
          + " excluded.full_at - :cost + :capacity) + :cost"
          + " WHERE least(greatest(a.full_at, excluded.full_at - :cost),"
          + " excluded.full_at - :cost + :capacity) + :cost"
          + " <= excluded.full_at - :cost + :capacity"
          + " RETURNING full_at, (SELECT now FROM clock) AS now";

  private static final String LOOK =
      "SELECT c.now, coalesce((SELECT full_at FROM quota_account WHERE name = :name), c.now)"
          + " AS full_at FROM"
          + " (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000 AS now) c";

  private record State(long fullAt, long now) {}

  /** A refusal, and until which nano time of this machine the same question has its answer. */
  private record Refusal(RateLimit limit, int permits, long begunNanos, Decision decision) {}

  private final Store store;
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();

  /**
   * The limiter of a database.
   *
   * @throws IllegalArgumentException when the store is not PostgreSQL; SQLite belongs to one
   *     process, for which {@link RateLimiter} is the limiter
   */
  public SharedLimiter(Store store) {
    if (store.dialect() != Store.Dialect.POSTGRESQL) {
      throw new IllegalArgumentException("only nodes on PostgreSQL share a limiter");
    }
    this.store = store;
  }

  @Override
  public Decision acquire(String key, RateLimit limit, int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be at least 1; was " + permits);
    }
    Decision known = remembered(key, limit, permits);
    if (known != null) {
      return known;
    }
    if (asked.incrementAndGet() % SWEEP_EVERY == 0) {
      sweep();
    }
    long spacing = limit.spacingNanos();
    long capacity = spacing * limit.permits();
    if (permits > limit.permits()) {
      State state = store.read(handle -> look(handle, key));
      long full = held(state.fullAt(), state.now(), capacity);
      return refused(limit, state.now(), full, full - state.now());
    }
    long cost = spacing * permits;
    long begun = System.nanoTime();
    return store.write(
        handle -> {
          // A limit that a crash forgets is worth no wait for the disk.
          handle.execute("SET LOCAL synchronous_commit = off");
          State taken =
              handle
                  .createQuery(TAKE)
                  .bind("name", key)
                  .bind("cost", cost)
                  .bind("capacity", capacity)
                  .map((row, context) -> state(row))
                  .findOne()
                  .orElse(null);
          if (taken != null) {
            long now = taken.now();
            return new Decision(
                true,
                limit.permits(),
                (int)
                    Math.max(
                        0, Math.min(limit.permits(), (now + capacity - taken.fullAt()) / spacing)),
                instant(taken.fullAt()),
                Duration.ZERO);
          }
          State state = look(handle, key);
          long full = held(state.fullAt(), state.now(), capacity);
          // Time has passed since the refusal: it may be over by now, and is told as the shortest.
          long wait = Math.max(1, full + cost - capacity - state.now());
          Decision decision = refused(limit, state.now(), full, wait);
          remember(key, new Refusal(limit, permits, begun, decision));
          return decision;
        });
  }

  @Override
  public void giveBack(String key, RateLimit limit, int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be at least 1; was " + permits);
    }
    long cost = limit.spacingNanos() * Math.min(permits, limit.permits());
    refusals.remove(key);
    store.change(
        handle -> {
          handle.execute("SET LOCAL synchronous_commit = off");
          handle
              .createUpdate("UPDATE quota_account SET full_at = full_at - :cost WHERE name = :name")
              .bind("cost", cost)
              .bind("name", key)
              .execute();
        });
  }

  /** Forgets keys whose permits are all there; nodes do it for each other now and then. */
  int sweep() {
    try {
      return store.write(
          handle ->
              handle
                  .createUpdate(
                      "DELETE FROM quota_account WHERE name IN (SELECT name FROM quota_account"
                          + " WHERE full_at < (extract(epoch FROM clock_timestamp()) * 1000000)"
                          + "::bigint * 1000 LIMIT 10000 FOR UPDATE SKIP LOCKED)")
                  .execute());
    } catch (Failure e) {
      // Whoever asks next tidies up.
      return 0;
    }
  }

  /** How many refusals this node remembers. */
  int refusals() {
    return refusals.size();
  }

  private @Nullable Decision remembered(String key, RateLimit limit, int permits) {
    Refusal refusal = refusals.get(key);
    if (refusal == null) {
      return null;
    }
    long passed = System.nanoTime() - refusal.begunNanos();
    long wait = refusal.decision().retryAfter().toNanos();
    if (passed >= Math.min(wait, LONGEST_REFUSAL_NANOS)) {
      refusals.remove(key, refusal);
      return null;
    }
    if (!refusal.limit().equals(limit) || permits < refusal.permits()) {
      return null;
    }
    Decision before = refusal.decision();
    return new Decision(
        false,
        before.limit(),
        before.remaining(),
        before.resetAt(),
        Duration.ofNanos(wait - passed));
  }

  private void remember(String key, Refusal refusal) {
    if (refusals.size() >= MOST_REFUSALS) {
      refusals.clear();
    }
    refusals.put(key, refusal);
  }

  private static State look(Handle handle, String key) {
    return handle.createQuery(LOOK).bind("name", key).map((row, context) -> state(row)).one();
  }

  private static State state(ResultSet row) throws SQLException {
    return new State(row.getLong("full_at"), row.getLong("now"));
  }

  /** A limit that was lowered must not lock a key out beyond one window. */
  private static long held(long fullAt, long now, long capacity) {
    return Math.min(Math.max(fullAt, now), now + capacity);
  }

  private static Decision refused(RateLimit limit, long now, long full, long waitNanos) {
    long spacing = limit.spacingNanos();
    long capacity = spacing * limit.permits();
    return new Decision(
        false,
        limit.permits(),
        (int) Math.max(0, (now + capacity - full) / spacing),
        instant(full),
        Duration.ofNanos(waitNanos));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}

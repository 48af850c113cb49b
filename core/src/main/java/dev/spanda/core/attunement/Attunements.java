package dev.spanda.core.attunement;

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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers 1 000 bits a second for each running attunement and keeps what it counted with every
 * second. After a restart gathering goes on until the planned end; the seconds in which no process
 * ran are not made up for. Where several processes share a database, each second is gathered by one
 * of them. Thread-safe.
 */
public final class Attunements implements AutoCloseable {

  /** How many bits are gathered a second. */
  public static final int BITS_PER_SECOND = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Attunements.class);
  private static final int BYTES_PER_SECOND = BITS_PER_SECOND / 8;
  private static final int LARGEST_PAGE = 100;

  /** A second that is late by more is not made up for. */
  private static final long LATEST_SECONDS = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** What happened to an attunement, after it is durable, in the process that did it. */
  public record Event(Attunement attunement) {}

  private record Running(Attunement attunement, Instant sampledTo, BitStatistics statistics) {}

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Map<BitSource.Kind, BitSource> sources;
  private final Future<?> ticks;

  /**
   * The attunements of a store; those that run go on.
   *
   * @param timer wakes this object every second; not shut down by {@link #close}
   * @param sources what there is besides {@link BitSource.Kind#SEEDED}; {@link
   *     BitSource.Kind#SYSTEM} must be there
   */
  public Attunements(
      Store store,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      ScheduledExecutorService timer,
      Map<BitSource.Kind, BitSource> sources) {
    if (!sources.containsKey(BitSource.Kind.SYSTEM)) {
      throw new IllegalArgumentException("the source system is missing");
    }
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.sources = Map.copyOf(sources);
    this.ticks = timer.scheduleAtFixedRate(this::onTick, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Begins to gather. Where the wanted source is missing, {@link BitSource.Kind#HARDWARE} takes the
   * place of {@link BitSource.Kind#QUANTUM}, and {@link BitSource.Kind#SYSTEM} that of any other;
   * {@link Attunement#note} says so.
   */
  public Attunement start(AttunementPlan plan) {
    BitSource.Kind source = plan.source();
    if (source == BitSource.Kind.QUANTUM && !sources.containsKey(source)) {
      source = BitSource.Kind.HARDWARE;
    }
    if (source != BitSource.Kind.SEEDED && !sources.containsKey(source)) {
      source = BitSource.Kind.SYSTEM;
    }
    String note =
        source == plan.source()
            ? ""
            : "No source "
                + plan.source().word()
                + " is configured; the bits come from the source "
                + source.word();
    Instant now = now();
    Attunement attunement =
        new Attunement(
            ids.next("rng"),
            plan,
            source,
            note,
            Attunement.Status.RUNNING,
            now,
            now.plus(plan.duration()),
            Optional.empty(),
            0);
    store.change(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO attunement (id, intention, source, wanted, note, seed, target,"
                      + " status, started_at, ends_at, sampled_to, looks, counted) VALUES (:id,"
                      + " :intention, :source, :wanted, :note, :seed, :target, 'running', :now,"
                      + " :ends, :now, 0, :counted)")
              .bind("id", attunement.id())
              .bind("intention", plan.intention())
              .bind("source", attunement.source().word())
              .bind("wanted", plan.source().word())
              .bind("note", note)
              .bind("seed", plan.seed().isPresent() ? plan.seed().getAsLong() : null)
              .bind(
                  "target",
                  plan.targetDeviation().isPresent() ? plan.targetDeviation().getAsDouble() : null)
              .bind("now", now.toEpochMilli())
              .bind("ends", attunement.endsAt().toEpochMilli())
              .bind("counted", Json.write(new BitStatistics().state()))
              .execute();
          store.afterCommit(() -> bus.publish(new Event(attunement)));
        });
    return attunement;
  }

  /**
   * Ends gathering before its time.
   *
   * @throws Failure NOT_FOUND, subject {@code session}; CONFLICT, subject {@code session}, when it
   *     has ended
   */
  public Attunement stop(String id) {
    return store.write(
        handle -> {
          Attunement ended = end(handle, id, Attunement.Status.STOPPED, now(), null);
          if (ended == null) {
            Attunement attunement = require(handle, id).attunement();
            String status = attunement.status().word();
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "session",
                    "Session " + id + " is " + status + "; only a running one can be stopped")
                .with(Failure.PROVIDED_VALUE, status)
                .with(Failure.ALLOWED_VALUES, List.of("running"));
          }
          return ended;
        });
  }

  /**
   * An attunement as it stands.
   *
   * @throws Failure NOT_FOUND, subject {@code session}
   */
  public Attunement find(String id) {
    return store.read(handle -> require(handle, id).attunement());
  }

  /**
   * What was gathered up to the last whole second, counted as one more look.
   *
   * @throws Failure NOT_FOUND, subject {@code session}
   */
  public Reading look(String id) {
    return store.write(
        handle -> {
          handle
              .createUpdate("UPDATE attunement SET looks = looks + 1 WHERE id = :id")
              .bind("id", id)
              .execute();
          return require(handle, id).statistics().reading();
        });
  }

  /**
   * All attunements, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Attunement> list(int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle ->
            new Page<>(
                handle
                    .createQuery(
                        "SELECT * FROM attunement ORDER BY started_at DESC, id DESC"
                            + " LIMIT :limit OFFSET :offset")
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((row, context) -> read(row).attunement())
                    .list(),
                handle.createQuery("SELECT COUNT(*) FROM attunement").mapTo(Long.class).one(),
                limit,
                offset));
  }

  /** Gathers no more; what runs goes on in another process or at the next start. */
  @Override
  public void close() {
    ticks.cancel(false);
  }

  private void onTick() {
    try {
      List<Running> running =
          store.read(
              handle ->
                  handle
                      .createQuery("SELECT * FROM attunement WHERE status = 'running' ORDER BY id")
                      .map((row, context) -> read(row))
                      .list());
      for (Running each : running) {
        gather(each);
      }
    } catch (RuntimeException e) {
      LOG.error("Random bits could not be gathered or kept", e);
    }
  }

  private void gather(Running running) {
    Attunement attunement = running.attunement();
    Instant now = now();
    Instant until = now.isBefore(attunement.endsAt()) ? now : attunement.endsAt();
    long seconds = Duration.between(running.sampledTo(), until).getSeconds();
    boolean over = !now.isBefore(attunement.endsAt());
    if (seconds <= 0 && !over) {
      return;
    }
    List<byte[]> gathered = new ArrayList<>();
    try {
      // What is late by more than a pause of the machine is a gap in the bits, not a flood of them.
      long fresh = seconds > LATEST_SECONDS ? 1 : Math.max(0, seconds);
      for (long i = 0; i < fresh; i++) {
        byte[] bytes = new byte[BYTES_PER_SECOND];
        long number = running.statistics().bits() / BITS_PER_SECOND + i;
        source(attunement, number).fill(bytes);
        gathered.add(bytes);
      }
    } catch (Failure e) {
      if (over || Duration.between(running.sampledTo(), now).compareTo(PATIENCE) > 0) {
        store.change(
            handle -> end(handle, attunement.id(), Attunement.Status.FAILED, now, e.getMessage()));
      }
      return;
    }
    gathered.forEach(running.statistics()::add);
    Instant sampledTo = running.sampledTo().plusSeconds(Math.max(0, seconds));
    store.change(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "UPDATE attunement SET counted = :counted, sampled_to = :to WHERE id = :id"
                          + " AND status = 'running' AND sampled_to = :from")
                  .bind("counted", Json.write(running.statistics().state()))
                  .bind("to", sampledTo.toEpochMilli())
                  .bind("id", attunement.id())
                  .bind("from", running.sampledTo().toEpochMilli())
                  .execute();
          // Nothing changed: another process was first, and its bits count.
          if (changed == 1 && over) {
            end(handle, attunement.id(), Attunement.Status.COMPLETED, attunement.endsAt(), null);
          }
        });
  }

  private BitSource source(Attunement attunement, long second) {
    if (attunement.source() == BitSource.Kind.SEEDED) {
      // The bits of a second depend on the seed and its number alone, so that a restart changes
      // none of them.
      return BitSource.seeded(attunement.plan().seed().orElse(0) + GOLDEN * second);
    }
    BitSource source = sources.get(attunement.source());
    if (source == null) {
      throw Failure.of(
          Failure.Reason.UNAVAILABLE,
          "source",
          "The source " + attunement.source().word() + " is not configured any more");
    }
    return source;
  }

  private @Nullable Attunement end(
      Handle handle, String id, Attunement.Status status, Instant at, @Nullable String note) {
    int changed =
        handle
            .createUpdate(
                "UPDATE attunement SET status = :status, ended_at = :at,"
                    + " note = CASE WHEN :note = '' THEN note ELSE :note END"
                    + " WHERE id = :id AND status = 'running'")
            .bind("status", status.word())
            .bind("at", at.toEpochMilli())
            .bind("note", note == null ? "" : note)
            .bind("id", id)
            .execute();
    if (changed == 0) {
      return null;
    }
    Attunement attunement = require(handle, id).attunement();
    store.afterCommit(() -> bus.publish(new Event(attunement)));
    return attunement;
  }

  private static Running require(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM attunement WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("session", id));
  }

  private static Running read(ResultSet row) throws SQLException {
    Instant startedAt = Instant.ofEpochMilli(row.getLong("started_at"));
    Instant endsAt = Instant.ofEpochMilli(row.getLong("ends_at"));
    long seed = row.getLong("seed");
    OptionalLong optionalSeed = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(seed);
    double target = row.getDouble("target");
    OptionalDouble optionalTarget =
        row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(target);
    long ended = row.getLong("ended_at");
    Optional<Instant> endedAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    return new Running(
        new Attunement(
            row.getString("id"),
            new AttunementPlan(
                row.getString("intention"),
                Duration.between(startedAt, endsAt),
                kind(row.getString("wanted")),
                optionalTarget,
                optionalSeed),
            kind(row.getString("source")),
            row.getString("note"),
            Attunement.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
            startedAt,
            endsAt,
            endedAt,
            row.getLong("looks")),
        Instant.ofEpochMilli(row.getLong("sampled_to")),
        new BitStatistics(Json.read(row.getString("counted"), BitStatistics.State.class)));
  }

  private static BitSource.Kind kind(String word) {
    return BitSource.Kind.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

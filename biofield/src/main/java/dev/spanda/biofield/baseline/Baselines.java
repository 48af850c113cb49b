package dev.spanda.biofield.baseline;

import dev.spanda.biofield.cache.OwnerCache;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
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
import org.jdbi.v3.core.Handle;

/**
 * Keeps each owner's baselines, of which one at most is active.
 *
 * <p>That one is active at most holds on both databases and for any number of processes: the writes
 * of one owner stand in line, and a unique index refuses a second active row. What is read is kept
 * for up to an hour and is never older than the last committed write of any process. Baselines stay
 * until they are deleted, also when the session they were made of is gone. Thread-safe.
 */
public final class Baselines {

  /**
   * What a baseline is made of.
   *
   * @param id the session or analysis
   * @param duration how long the session was, zero for an analysis
   * @param metrics the values of each metric, sample by sample; NaN where undefined; not copied
   * @param scores the same for the scores
   */
  public record Source(
      String id, Duration duration, Map<String, double[]> metrics, Map<String, double[]> scores) {

    /** How many samples there are, ≥ 0. */
    public int samples() {
      return scores.values().stream().mapToInt(values -> values.length).max().orElse(0);
    }
  }

  private static final String LIST = "baseline";
  private static final Duration CACHED = Duration.ofHours(1);
  private static final int MOST_CACHED = 10_000;
  private static final int LARGEST_PAGE = 100;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DESCRIPTION = 2000;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final OwnerCache<Optional<Baseline>> cache;

  /** The baselines of a store. */
  public Baselines(Store store, InstantSource clock, Ids ids) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.cache = new OwnerCache<>(store, clock, LIST, CACHED, baseline -> 1, MOST_CACHED);
  }

  /**
   * Makes a baseline, which is not active yet.
   *
   * @param source as {@code FieldSessions.source} or {@code StoredAnalysis.source} gives it
   * @param name at most 200 characters
   * @param description at most 2000 characters
   * @throws Failure INVALID, subject {@code samples}, when the source holds no sample; INVALID,
   *     subjects {@code name} and {@code description}, when they are too long
   */
  public Baseline create(
      String owner, Source source, Optional<String> name, Optional<String> description) {
    requireLength("name", name, LONGEST_NAME);
    requireLength("description", description, LONGEST_DESCRIPTION);
    int samples = source.samples();
    if (samples == 0) {
      throw Failure.invalid("samples", 0, "A baseline needs at least one measured frame; has 0");
    }
    Baseline baseline =
        new Baseline(
            ids.next("baseline"),
            owner,
            name,
            description,
            source.id(),
            false,
            now(),
            Optional.empty(),
            samples,
            source.duration(),
            spreads(source.metrics()),
            spreads(source.scores()));
    store.change(
        handle -> {
          OwnerCache.touch(handle, owner, LIST);
          handle
              .createUpdate(
                  "INSERT INTO field_baseline (id, owner, name, description, source_id,"
                      + " created_at, samples, duration_ms, metrics, scores) VALUES (:id, :owner,"
                      + " :name, :description, :source, :now, :samples, :duration, :metrics,"
                      + " :scores)")
              .bind("id", baseline.id())
              .bind("owner", owner)
              .bind("name", name.orElse(null))
              .bind("description", description.orElse(null))
              .bind("source", source.id())
              .bind("now", baseline.createdAt().toEpochMilli())
              .bind("samples", samples)
              .bind("duration", source.duration().toMillis())
              .bind("metrics", Json.write(named(baseline.metrics())))
              .bind("scores", Json.write(named(baseline.scores())))
              .execute();
        });
    return baseline;
  }

  /**
   * Makes this baseline the active one and every other of its owner inactive.
   *
   * @throws Failure NOT_FOUND, subject {@code baseline}
   */
  public Baseline activate(String owner, String id) {
    return store.write(
        handle -> {
          // First of all: on PostgreSQL this holds back whoever activates another one now.
          OwnerCache.touch(handle, owner, LIST);
          handle
              .createUpdate(
                  "UPDATE field_baseline SET active = 0"
                      + " WHERE owner = :owner AND active = 1 AND id <> :id")
              .bind("owner", owner)
              .bind("id", id)
              .execute();
          handle
              .createUpdate(
                  "UPDATE field_baseline SET active = 1, activated_at = :now"
                      + " WHERE owner = :owner AND id = :id")
              .bind("now", now().toEpochMilli())
              .bind("owner", owner)
              .bind("id", id)
              .execute();
          return select(handle, owner, id).orElseThrow(() -> Failure.notFound("baseline", id));
        });
  }

  /** The active baseline, if there is one. */
  public Optional<Baseline> current(String owner) {
    return cache.get(
        owner,
        "active",
        handle ->
            handle
                .createQuery("SELECT * FROM field_baseline WHERE owner = :owner AND active = 1")
                .bind("owner", owner)
                .map((row, context) -> read(row))
                .findOne());
  }

  /**
   * The owner's baseline of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code baseline}, also when it is somebody else's
   */
  public Baseline find(String owner, String id) {
    return cache
        .get(owner, List.of(id), handle -> select(handle, owner, id))
        .orElseThrow(() -> Failure.notFound("baseline", id));
  }

  /**
   * The owner's baselines, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Baseline> list(String owner, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle ->
            new Page<>(
                handle
                    .createQuery(
                        "SELECT * FROM field_baseline WHERE owner = :owner"
                            + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset")
                    .bind("owner", owner)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((row, context) -> read(row))
                    .list(),
                handle
                    .createQuery("SELECT COUNT(*) FROM field_baseline WHERE owner = :owner")
                    .bind("owner", owner)
                    .mapTo(Long.class)
                    .one(),
                limit,
                offset));
  }

  /**
   * Removes a baseline; if it was active, none is from now on.
   *
   * @throws Failure NOT_FOUND, subject {@code baseline}
   */
  public void delete(String owner, String id) {
    store.change(
        handle -> {
          OwnerCache.touch(handle, owner, LIST);
          int removed =
              handle
                  .createUpdate("DELETE FROM field_baseline WHERE owner = :owner AND id = :id")
                  .bind("owner", owner)
                  .bind("id", id)
                  .execute();
          if (removed == 0) {
            throw Failure.notFound("baseline", id);
          }
        });
  }

  private static Optional<Baseline> select(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM field_baseline WHERE owner = :owner AND id = :id")
        .bind("owner", owner)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Map<String, Spread> spreads(Map<String, double[]> values) {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    values.forEach(
        (name, all) -> {
          double[] defined = Arrays.stream(all).filter(Double::isFinite).toArray();
          if (defined.length > 0) {
            spreads.put(name, Spread.of(defined));
          }
        });
    return spreads;
  }

  private static Baseline read(ResultSet row) throws SQLException {
    long activatedAt = row.getLong("activated_at");
    Optional<Instant> activated =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(activatedAt));
    return new Baseline(
        row.getString("id"),
        row.getString("owner"),
        Optional.ofNullable(row.getString("name")),
        Optional.ofNullable(row.getString("description")),
        row.getString("source_id"),
        row.getInt("active") == 1,
        Instant.ofEpochMilli(row.getLong("created_at")),
        activated,
        row.getInt("samples"),
        Duration.ofMillis(row.getLong("duration_ms")),
        byName(row.getString("metrics")),
        byName(row.getString("scores")));
  }

  private record Named(String name, Spread spread) {}

  private static List<Named> named(Map<String, Spread> spreads) {
    List<Named> list = new ArrayList<>();
    spreads.forEach((name, spread) -> list.add(new Named(name, spread)));
    return list;
  }

  private static Map<String, Spread> byName(String text) {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    Json.readList(text, Named.class).forEach(entry -> spreads.put(entry.name, entry.spread));
    return spreads;
  }

  private static void requireLength(String subject, Optional<String> text, int longest) {
    if (text.isPresent() && text.get().length() > longest) {
      throw Failure.invalid(
          subject,
          text.get().length(),
          "The " + subject + " must have at most " + longest + " characters");
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

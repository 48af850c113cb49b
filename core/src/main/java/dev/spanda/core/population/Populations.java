package dev.spanda.core.population;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Keeps populations and counts what was done for them.
 *
 * <p>A name belongs to one population, whatever its case. Sessions count for the populations they
 * were {@linkplain #assign assigned} to; broadcasts for those and for the one they were begun with.
 * Each counts from its start to its end or to now, and never beyond its planned end, whether or not
 * that end has been recorded yet. Changes made inside {@link Store#write} join that transaction;
 * events follow its commit. Thread-safe.
 */
public final class Populations {

  /** What is done for a population. */
  public enum Work {
    /** A practice session. */
    SESSION,
    /** A run in which a rate is played. */
    BROADCAST;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of a population. */
  public enum Change {
    /** It is new. */
    CREATED,
    /** Its plan was changed. */
    UPDATED,
    /** It is gone. */
    DELETED
  }

  /** A population after a change, or as it was when it was deleted; once that is durable. */
  public record Event(Change change, Population population) {}

  private static final int LARGEST_PAGE = 100;
  private static final int LARGEST_IMPORT = 1_000;

  /** Both kinds of work have these columns under the same names. */
  private static final String COUNTS =
      " CASE WHEN s.status = 'running' AND s.started_at + s.duration_ms > :now"
          + " THEN 1 ELSE 0 END AS active,"
          + " CASE WHEN s.started_at IS NULL THEN 0"
          + " WHEN COALESCE(s.ended_at, :now) > s.started_at + s.duration_ms THEN s.duration_ms"
          + " WHEN COALESCE(s.ended_at, :now) > s.started_at"
          + " THEN COALESCE(s.ended_at, :now) - s.started_at ELSE 0 END AS ms";

  private static final String WORK =
      "SELECT population_id, SUM(active) AS active, SUM(ms) AS ms FROM ("
          + "SELECT w.population_id AS population_id,"
          + COUNTS
          + " FROM population_work w JOIN session s ON s.id = w.work_id"
          + " WHERE w.kind = 'session' AND w.population_id IN (<ids>)"
          + " UNION ALL SELECT w.population_id AS population_id,"
          + COUNTS
          // A broadcast that is both begun with and assigned to a population counts once.
          + " FROM (SELECT population_id, work_id FROM population_work"
          + " WHERE kind = 'broadcast' AND population_id IN (<ids>)"
          + " UNION SELECT population_id, id AS work_id FROM broadcast"
          + " WHERE population_id IN (<ids>)) w JOIN broadcast s ON s.id = w.work_id"
          + ") done GROUP BY population_id";

  private record Row(String id, PopulationPlan plan, Instant createdAt, Instant updatedAt) {}

  private record Done(int active, Duration blessed) {
    static final Done NOTHING = new Done(0, Duration.ZERO);
  }

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final String byName;

  /** The populations of a store. */
  public Populations(Store store, InstantSource clock, EventBus bus, Ids ids) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    // The order of a PostgreSQL database depends on how it was made; this one is the same on both.
    this.byName =
        store.dialect() == Store.Dialect.POSTGRESQL ? "p.folded COLLATE \"C\"" : "p.folded";
  }

  /**
   * Creates a population.
   *
   * @throws Failure CONFLICT, subject {@code name}, when another has that name in any case
   */
  public Population create(PopulationPlan plan) {
    return store.write(handle -> insert(handle, plan));
  }

  /**
   * Creates all of these populations, or none.
   *
   * @param plans at most 1 000
   * @return them in the order of the plans
   * @throws Failure TOO_LARGE, subject {@code populations}, when there are more; CONFLICT, subject
   *     {@code name}, with the detail {@code index}, when a name is taken or given twice
   */
  public List<Population> importAll(List<PopulationPlan> plans) {
    if (plans.size() > LARGEST_IMPORT) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "populations",
              "At most " + LARGEST_IMPORT + " populations can be imported; had " + plans.size())
          .with(Failure.PROVIDED_VALUE, plans.size())
          .with(Failure.MAX_VALUE, LARGEST_IMPORT);
    }
    return store.write(
        handle -> {
          List<Population> created = new ArrayList<>();
          for (int i = 0; i < plans.size(); i++) {
            try {
              created.add(insert(handle, plans.get(i)));
            } catch (Failure e) {
              throw e.with("index", i);
            }
          }
          return List.copyOf(created);
        });
  }

  /**
   * Creates seventeen populations, from all beings to the waters, when there is none at all.
   *
   * @return those that were created; empty when the store was not
   */
  public List<Population> addStarterSet() {
    return store.write(
        handle -> {
          long present =
              handle.createQuery("SELECT COUNT(*) FROM population").mapTo(Long.class).one();
          return present > 0 ? List.<Population>of() : importAll(StarterSet.ALL);
        });
  }

  /**
   * The population of that id with what was done for it up to now.
   *
   * @throws Failure NOT_FOUND, subject {@code population}
   */
  public Population find(String id) {
    return store.read(handle -> require(handle, id));
  }

  /**
   * The populations by name.
   *
   * @param category only those of this category, in any case; all when empty
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Population> list(Optional<String> category, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    String wanted = category.map(Populations::fold).orElse("");
    String condition =
        " FROM population p WHERE :category = '' OR EXISTS (SELECT 1 FROM population_category c"
            + " WHERE c.population_id = p.id AND c.category = :category)";
    return store.read(
        handle -> {
          List<Row> rows =
              handle
                  .createQuery(
                      "SELECT p.*"
                          + condition
                          + " ORDER BY "
                          + byName
                          + " LIMIT :limit OFFSET :offset")
                  .bind("category", wanted)
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> read(row))
                  .list();
          long total =
              handle
                  .createQuery("SELECT COUNT(*)" + condition)
                  .bind("category", wanted)
                  .mapTo(Long.class)
                  .one();
          return new Page<>(withWork(handle, rows), total, limit, offset);
        });
  }

  /** All populations by name, in the order in which {@link #importAll} may take their plans. */
  public List<Population> all() {
    return store.read(
        handle -> {
          List<Row> rows =
              handle
                  .createQuery("SELECT p.* FROM population p ORDER BY " + byName)
                  .map((row, context) -> read(row))
                  .list();
          List<Population> populations = new ArrayList<>(rows.size());
          for (int from = 0; from < rows.size(); from += LARGEST_IMPORT) {
            int to = Math.min(rows.size(), from + LARGEST_IMPORT);
            populations.addAll(withWork(handle, rows.subList(from, to)));
          }
          return List.copyOf(populations);
        });
  }

  /**
   * Changes a population.
   *
   * @param change makes the new plan of the old one; called inside the transaction
   * @throws Failure NOT_FOUND, subject {@code population}; CONFLICT, subject {@code name}, when
   *     another has the new name
   */
  public Population update(String id, UnaryOperator<PopulationPlan> change) {
    return store.write(
        handle -> {
          Population before = require(handle, id);
          PopulationPlan plan = change.apply(before.plan());
          String folded = fold(plan.name());
          boolean taken =
              handle
                      .createQuery(
                          "SELECT COUNT(*) FROM population WHERE folded = :folded AND id <> :id")
                      .bind("folded", folded)
                      .bind("id", id)
                      .mapTo(Long.class)
                      .one()
                  > 0;
          if (taken) {
            throw taken(plan.name());
          }
          handle
              .createUpdate(
                  "UPDATE population SET name = :name, folded = :folded,"
                      + " description = :description, size_estimate = :size,"
                      + " categories = :categories, intention = :intention, updated_at = :now"
                      + " WHERE id = :id")
              .bind("id", id)
              .bind("name", plan.name())
              .bind("folded", folded)
              .bind("description", plan.description())
              .bind("size", plan.sizeEstimate())
              .bind("categories", Json.write(plan.categories()))
              .bind("intention", plan.intention())
              .bind("now", now().toEpochMilli())
              .execute();
          forgetCategories(handle, id);
          addCategories(handle, id, plan);
          return announce(Change.UPDATED, require(handle, id));
        });
  }

  /**
   * Deletes a population. What was done for it stays in the records of sessions and broadcasts.
   *
   * @return it as it was
   * @throws Failure NOT_FOUND, subject {@code population}
   */
  public Population delete(String id) {
    return store.write(
        handle -> {
          Population population = require(handle, id);
          forgetCategories(handle, id);
          handle.createUpdate("DELETE FROM population WHERE id = :id").bind("id", id).execute();
          return announce(Change.DELETED, population);
        });
  }

  /**
   * Notes that a session or a broadcast is done for a population; once is enough. The same work may
   * be done for several populations, and counts for each of them.
   *
   * @param workId the id of the session or the broadcast
   * @throws Failure NOT_FOUND, subjects {@code population}, {@code session} and {@code broadcast}
   */
  public void assign(String id, Work work, String workId) {
    store.change(
        handle -> {
          Population unused = require(handle, id);
          long there =
              handle
                  .createQuery("SELECT COUNT(*) FROM " + work.word() + " WHERE id = :work")
                  .bind("work", workId)
                  .mapTo(Long.class)
                  .one();
          if (there == 0) {
            throw Failure.notFound(work.word(), workId);
          }
          handle
              .createUpdate(
                  "INSERT INTO population_work (population_id, kind, work_id)"
                      + " VALUES (:id, :kind, :work) ON CONFLICT DO NOTHING")
              .bind("id", id)
              .bind("kind", work.word())
              .bind("work", workId)
              .execute();
        });
  }

  private Population insert(Handle handle, PopulationPlan plan) {
    Instant now = now();
    Population population = new Population(ids.next("pop"), plan, now, now, 0, Duration.ZERO);
    int inserted =
        handle
            .createUpdate(
                "INSERT INTO population (id, name, folded, description, size_estimate,"
                    + " categories, intention, created_at, updated_at) VALUES (:id, :name,"
                    + " :folded, :description, :size, :categories, :intention, :now, :now)"
                    + " ON CONFLICT (folded) DO NOTHING")
            .bind("id", population.id())
            .bind("name", plan.name())
            .bind("folded", fold(plan.name()))
            .bind("description", plan.description())
            .bind("size", plan.sizeEstimate())
            .bind("categories", Json.write(plan.categories()))
            .bind("intention", plan.intention())
            .bind("now", now.toEpochMilli())
            .execute();
    if (inserted == 0) {
      throw taken(plan.name());
    }
    addCategories(handle, population.id(), plan);
    return announce(Change.CREATED, population);
  }

  private static void addCategories(Handle handle, String id, PopulationPlan plan) {
    if (plan.categories().isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO population_category (population_id, category)"
                + " VALUES (:id, :category) ON CONFLICT DO NOTHING");
    for (String category : plan.categories()) {
      batch.bind("id", id).bind("category", fold(category)).add();
    }
    int[] unused = batch.execute();
  }

  private static void forgetCategories(Handle handle, String id) {
    handle
        .createUpdate("DELETE FROM population_category WHERE population_id = :id")
        .bind("id", id)
        .execute();
  }

  private Population announce(Change change, Population population) {
    store.afterCommit(() -> bus.publish(new Event(change, population)));
    return population;
  }

  private Population require(Handle handle, String id) {
    List<Row> rows =
        handle
            .createQuery("SELECT p.* FROM population p WHERE p.id = :id")
            .bind("id", id)
            .map((row, context) -> read(row))
            .list();
    if (rows.isEmpty()) {
      throw Failure.notFound("population", id);
    }
    return withWork(handle, rows).get(0);
  }

  private List<Population> withWork(Handle handle, List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, Done> done = new HashMap<>();
    handle
        .createQuery(WORK)
        .bindList("ids", rows.stream().map(Row::id).toList())
        .bind("now", now().toEpochMilli())
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("population_id"),
                    new Done(row.getInt("active"), Duration.ofMillis(row.getLong("ms")))))
        .forEach(entry -> done.put(entry.getKey(), entry.getValue()));
    List<Population> populations = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Done work = done.getOrDefault(row.id(), Done.NOTHING);
      populations.add(
          new Population(
              row.id(),
              row.plan(),
              row.createdAt(),
              row.updatedAt(),
              work.active(),
              work.blessed()));
    }
    return populations;
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("id"),
        new PopulationPlan(
            row.getString("name"),
            row.getString("description"),
            row.getLong("size_estimate"),
            Json.readList(row.getString("categories"), String.class),
            row.getString("intention")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  private static Failure taken(String name) {
    return Failure.of(Failure.Reason.CONFLICT, "name", "A population has this name already")
        .with(Failure.PROVIDED_VALUE, name);
  }

  /** Words that differ in case, width or blanks at their ends alone are one. */
  private static String fold(String text) {
    return Normalizer.normalize(text.strip(), Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

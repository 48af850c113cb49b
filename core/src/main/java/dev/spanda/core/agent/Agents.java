package dev.spanda.core.agent;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Keeps agents by owner. Changes made inside {@link Store#write} join that transaction.
 * Thread-safe.
 */
public final class Agents {

  /** How many agents an owner may have. */
  public static final int MOST_AGENTS = 100;

  /** How long an agent without work stays {@link Agent.Status#ACTIVE}. */
  public static final Duration IDLE_AFTER = Duration.ofMinutes(5);

  /** How long a lease lasts, and how long a remote agent may be silent: 30 s. */
  public static final Duration LEASE = Duration.ofSeconds(30);

  private static final int LARGEST_PAGE = 100;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final Instant began;

  /** The agents of a store. */
  public Agents(Store store, InstantSource clock, Ids ids) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.began = now();
  }

  /** An agent's row, before what it has now is looked up. */
  record Row(
      String id,
      String owner,
      AgentPlan plan,
      Optional<Instant> lastSeen,
      Optional<Instant> aliveSince,
      Optional<Instant> lastWork,
      long succeeded,
      long failed,
      long busyMillis,
      Instant createdAt,
      Instant updatedAt) {

    boolean takesWork(Instant now) {
      return !plan.remote() || lastSeen.filter(seen -> seen.plus(LEASE).isAfter(now)).isPresent();
    }
  }

  /**
   * Creates an agent.
   *
   * @throws Failure CONFLICT, subject {@code agent}, when the owner has {@value #MOST_AGENTS}
   */
  public Agent create(String owner, AgentPlan plan) {
    return store.write(
        handle -> {
          store.lock("agents:" + owner);
          long present =
              handle
                  .createQuery("SELECT COUNT(*) FROM agent WHERE owner = :owner")
                  .bind("owner", owner)
                  .mapTo(Long.class)
                  .one();
          if (present >= MOST_AGENTS) {
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "agent",
                    "At most " + MOST_AGENTS + " agents can be kept")
                .with(Failure.MAX_VALUE, MOST_AGENTS);
          }
          String id = ids.next("agent");
          int unused =
              bound(
                      handle.createUpdate(
                          "INSERT INTO agent (id, owner, name, type, capabilities, most_at_once,"
                              + " timeout_ms, retries, remote, created_at, updated_at) VALUES (:id,"
                              + " :owner, :name, :type, :capabilities, :most, :timeout, :retries,"
                              + " :remote, :now, :now)"),
                      id,
                      plan)
                  .bind("owner", owner)
                  .execute();
          return whole(handle, row(handle, owner, id));
        });
  }

  /**
   * The agent of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code agent}
   */
  public Agent find(String owner, String id) {
    return store.read(handle -> whole(handle, row(handle, owner, id)));
  }

  /**
   * The agents of an owner, the oldest first.
   *
   * @param status only those; all when empty
   * @param type only those; all when empty
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Agent> list(
      String owner, Optional<Agent.Status> status, Optional<String> type, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle -> {
          // At most a hundred: what their status is now no index tells.
          List<Agent> found = new ArrayList<>();
          for (Agent agent : whole(handle, rows(handle, owner))) {
            if ((status.isEmpty() || status.get() == agent.status())
                && (type.isEmpty() || type.get().equals(agent.plan().type()))) {
              found.add(agent);
            }
          }
          List<Agent> part = found.stream().skip(offset).limit(limit).toList();
          return new Page<>(part, found.size(), limit, offset);
        });
  }

  /**
   * Changes what an agent is; work that it has goes on under the old rules.
   *
   * @throws Failure NOT_FOUND, subject {@code agent}; what the change throws
   */
  public Agent update(String owner, String id, UnaryOperator<AgentPlan> change) {
    return store.write(
        handle -> {
          AgentPlan plan = change.apply(row(handle, owner, id).plan());
          int unused =
              bound(
                      handle.createUpdate(
                          "UPDATE agent SET name = :name, type = :type,"
                              + " capabilities = :capabilities, most_at_once = :most, timeout_ms ="
                              + " :timeout, retries = :retries, remote = :remote, updated_at ="
                              + " :now WHERE id = :id"),
                      id,
                      plan)
                  .execute();
          return whole(handle, row(handle, owner, id));
        });
  }

  /**
   * Forgets an agent; work that it has goes back into the queue, and what it still reports is
   * refused.
   *
   * @return the agent as it was
   * @throws Failure NOT_FOUND, subject {@code agent}
   */
  public Agent delete(String owner, String id) {
    return store.write(
        handle -> {
          store.lock(WorkQueue.lockName(owner));
          Agent agent = whole(handle, row(handle, owner, id));
          handle
              .createUpdate(
                  "UPDATE work SET status = 'queued', agent_id = NULL, lease_until = NULL, token ="
                      + " token + 1 WHERE agent_id = :id AND status IN ('placed', 'running')")
              .bind("id", id)
              .execute();
          handle.createUpdate("DELETE FROM agent WHERE id = :id").bind("id", id).execute();
          return agent;
        });
  }

  /** The status of each of the owner's agents. */
  public List<Agent.Status> statuses(String owner) {
    return store.read(
        handle -> whole(handle, rows(handle, owner)).stream().map(Agent::status).toList());
  }

  private Update bound(Update update, String id, AgentPlan plan) {
    return update
        .bind("id", id)
        .bind("name", plan.name())
        .bind("type", plan.type())
        .bind("capabilities", Json.write(plan.capabilities()))
        .bind("most", plan.mostAtOnce())
        .bind("timeout", plan.timeout().toMillis())
        .bind("retries", plan.retries())
        .bind("remote", plan.remote() ? 1 : 0)
        .bind("now", now().toEpochMilli());
  }

  /** Notes that a remote agent's program has spoken. */
  void seen(Handle handle, Row row) {
    boolean unbroken = row.plan().remote() && row.takesWork(now());
    handle
        .createUpdate(
            "UPDATE agent SET remote = 1, last_seen = :now, alive_since = CASE WHEN :unbroken = 1"
                + " THEN COALESCE(alive_since, :now) ELSE :now END WHERE id = :id")
        .bind("now", now().toEpochMilli())
        .bind("unbroken", unbroken ? 1 : 0)
        .bind("id", row.id())
        .execute();
  }

  /** Counts an attempt that ended. */
  void count(Handle handle, String id, boolean well, Duration took) {
    handle
        .createUpdate(
            "UPDATE agent SET succeeded = succeeded + :well, failed = failed + :badly, busy_ms ="
                + " busy_ms + :took, last_work = :now WHERE id = :id")
        .bind("well", well ? 1 : 0)
        .bind("badly", well ? 0 : 1)
        .bind("took", took.toMillis())
        .bind("now", now().toEpochMilli())
        .bind("id", id)
        .execute();
  }

  static Row row(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM agent WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((row, context) -> read(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("agent", id));
  }

  static List<Row> rows(Handle handle, String owner) {
    return handle
        .createQuery("SELECT * FROM agent WHERE owner = :owner ORDER BY created_at, id")
        .bind("owner", owner)
        .map((row, context) -> read(row))
        .list();
  }

  private Agent whole(Handle handle, Row row) {
    return whole(handle, List.of(row)).get(0);
  }

  /** Rows with the work that they have now, which is looked up once for all. */
  private List<Agent> whole(Handle handle, List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, List<Work>> current = new HashMap<>();
    handle
        .createQuery(
            "SELECT * FROM work WHERE agent_id IN (<agents>) AND owner = :owner AND status IN"
                + " ('placed', 'running') ORDER BY created_at, id")
        .bindList("agents", rows.stream().map(Row::id).toList())
        .bind("owner", rows.get(0).owner())
        .map((work, context) -> Work.read(work))
        .forEach(
            work ->
                current
                    .computeIfAbsent(work.agentId().orElseThrow(), agent -> new ArrayList<>())
                    .add(work));
    return rows.stream().map(row -> whole(row, current.getOrDefault(row.id(), List.of()))).toList();
  }

  private Agent whole(Row row, List<Work> current) {
    Instant now = now();
    boolean takes = row.takesWork(now);
    Instant lately = now.minus(IDLE_AFTER);
    boolean busy =
        !current.isEmpty()
            || row.createdAt().isAfter(lately)
            || row.lastWork().filter(lately::isBefore).isPresent()
            || (row.plan().remote() && row.aliveSince().filter(lately::isBefore).isPresent());
    Instant since =
        row.plan().remote()
            ? row.aliveSince().orElse(now)
            : row.createdAt().isAfter(began) ? row.createdAt() : began;
    long attempts = row.succeeded() + row.failed();
    return new Agent(
        row.id(),
        row.owner(),
        row.plan(),
        !takes ? Agent.Status.OFFLINE : busy ? Agent.Status.ACTIVE : Agent.Status.IDLE,
        new Agent.Statistics(
            row.succeeded(),
            row.failed(),
            attempts == 0 ? Duration.ZERO : Duration.ofMillis(row.busyMillis() / attempts),
            takes ? Duration.between(since, now) : Duration.ZERO),
        current,
        row.lastSeen(),
        row.createdAt(),
        row.updatedAt());
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("id"),
        row.getString("owner"),
        new AgentPlan(
            row.getString("name"),
            row.getString("type"),
            Json.readList(row.getString("capabilities"), String.class),
            row.getInt("most_at_once"),
            Duration.ofMillis(row.getLong("timeout_ms")),
            row.getInt("retries"),
            row.getInt("remote") != 0),
        Work.instant(row, "last_seen"),
        Work.instant(row, "alive_since"),
        Work.instant(row, "last_work"),
        row.getLong("succeeded"),
        row.getLong("failed"),
        row.getLong("busy_ms"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

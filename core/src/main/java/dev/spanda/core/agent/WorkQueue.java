package dev.spanda.core.agent;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Gives work to agents and hears what came of it.
 *
 * <p>Work goes by priority, then by age, to the agent with the smallest load that can do it, takes
 * work and has room. The load is what an agent has, as a share of what it may have at once; among
 * equals the one that has done least goes first. Work that no agent of its owner can do, whether it
 * has room or not, goes to the built-in local agent; so does all work of an owner without agents.
 *
 * <p>A priority counts among the work of one owner. The room of the local agents, which all owners
 * share, goes by turns to the owner who has least of it, whatever anybody's priorities are: who
 * floods the queue waits behind his own work alone.
 *
 * <p>Work is done at least once and counts once: an agent has it under a lease of {@link
 * Agents#LEASE}, which a sign of life renews. When the lease runs out the work goes to another, and
 * the token that came with the lease no longer opens anything. An attempt that fails for a reason
 * that may pass is followed by another after a pause, as often as the agent's plan says; one that
 * takes longer than the plan's timeout has failed. Work whose lease has run out {@value
 * #MOST_INTERRUPTIONS} times has failed. Changes made inside {@link Store#write} join that
 * transaction. Thread-safe.
 */
public final class WorkQueue {

  /** How often a lease of one piece of work may run out. */
  public static final int MOST_INTERRUPTIONS = 10;

  /** How many pieces of work one call gives to an agent. */
  public static final int MOST_LEASED = 200;

  /** Hears of work inside the transaction that records the change. */
  public interface Listener {
    /** An agent has begun. */
    void begun(Work work);

    /** It is over: completed, failed or cancelled. */
    void ended(Work work);
  }

  /**
   * A sign of life for one piece of work.
   *
   * @param token of the lease
   * @param progress 0 to 1
   * @param message for people; the first 500 characters are kept
   */
  public record Sign(String workId, long token, double progress, String message) {
    /**
     * Checks the progress.
     *
     * @throws Failure INVALID, subject {@code progress}
     */
    public Sign {
      Failure.requireInRange("progress", "Progress", progress, 0, 1, "");
      message = message.length() <= 500 ? message : message.substring(0, 500);
    }
  }

  private static final Set<Failure.Reason> MAY_PASS =
      EnumSet.of(
          Failure.Reason.FAILED,
          Failure.Reason.UNAVAILABLE,
          Failure.Reason.TIMED_OUT,
          Failure.Reason.RATE_LIMITED);
  private static final int BATCH = 200;
  private static final int LARGEST_PAGE = 1_000;
  private static final int LONGEST_OUTPUT = 100_000;
  static final AgentPlan LOCAL_PLAN =
      new AgentPlan("Local agent", "local", List.of(), 1_000, Duration.ofHours(1), 3, false);

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final Agents agents;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> bells = new CopyOnWriteArrayList<>();
  private volatile int localRoom;

  /** Who was given room of the local agents last; the turn goes round by name. */
  private volatile String lastServed = "";

  /** The work of a store, for these agents. */
  public WorkQueue(Store store, InstantSource clock, Ids ids, Agents agents) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.agents = agents;
  }

  /** Adds somebody who hears of all work. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Lets local agents have so much work at once, and rings when there may be some. */
  void openLocal(int room, Runnable bell) {
    localRoom = room;
    bells.add(bell);
  }

  private void ring() {
    bells.forEach(Runnable::run);
  }

  Agents agents() {
    return agents;
  }

  Store store() {
    return store;
  }

  /** Queues work; once this returns it is durable. */
  public Work submit(String owner, Work.Request request) {
    return store.write(
        handle -> {
          String id = ids.next("work");
          handle
              .createUpdate(
                  "INSERT INTO work (id, owner, kind, label, name, needs, priority, input, status,"
                      + " run_at, created_at) VALUES (:id, :owner, :kind, :label, :name, :needs,"
                      + " :priority, :input, 'queued', :now, :now)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("kind", request.kind())
              .bind("label", request.label())
              .bind("name", request.name())
              .bind("needs", Json.write(request.needs()))
              .bind("priority", request.priority())
              .bind("input", request.input())
              .bind("now", now().toEpochMilli())
              .execute();
          store.afterCommit(this::ring);
          return require(handle, id);
        });
  }

  /** The work of that id. */
  public Optional<Work> find(String id) {
    return store.read(handle -> select(handle, id));
  }

  /**
   * The work under a label, the newest first.
   *
   * @param limit 1 to 1 000
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Work> list(String owner, String label, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle -> {
          List<Work> found =
              handle
                  .createQuery(
                      "SELECT * FROM work WHERE label = :label AND owner = :owner"
                          + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset")
                  .bind("label", label)
                  .bind("owner", owner)
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> Work.read(row))
                  .list();
          long total =
              handle
                  .createQuery("SELECT COUNT(*) FROM work WHERE label = :label AND owner = :owner")
                  .bind("label", label)
                  .bind("owner", owner)
                  .mapTo(Long.class)
                  .one();
          return new Page<>(found, total, limit, offset);
        });
  }

  /**
   * What has ended after the given position, in the order it did; cancelled work included.
   *
   * @param after 0 for the beginning
   * @param most 1 or more
   */
  public List<Work> ended(String owner, long after, int most) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM work WHERE owner = :owner AND end_position > :after"
                        + " ORDER BY end_position LIMIT :most")
                .bind("owner", owner)
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> Work.read(row))
                .list());
  }

  /** Everybody of whom work has ended, in alphabetical order. */
  public List<String> owners() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT owner FROM work_end ORDER BY owner")
                .mapTo(String.class)
                .list());
  }

  /** Forgets ended work under a label, all but the newest so many. */
  public void prune(String label, int keep) {
    store.change(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM work WHERE label = :label AND ended_at IS NOT NULL AND id NOT IN"
                        + " (SELECT id FROM work WHERE label = :label AND ended_at IS NOT NULL"
                        + " ORDER BY end_position DESC LIMIT :keep)")
                .bind("label", label)
                .bind("keep", keep)
                .execute());
  }

  /**
   * Lets one transaction at a time change the work of an owner, as {@link Store#lock} does; whoever
   * changes work and records of its own takes it first, so that no two wait for each other.
   */
  public void lock(String owner) {
    store.lock(lockName(owner));
  }

  static String lockName(String owner) {
    return "work:" + owner;
  }

  /** Gives work that no agent has yet another place in the queue. */
  public void reprioritise(String owner, String label, int priority) {
    store.change(
        handle -> {
          lock(owner);
          handle
              .createUpdate(
                  "UPDATE work SET priority = :priority WHERE label = :label AND status ="
                      + " 'queued'")
              .bind("priority", priority)
              .bind("label", label)
              .execute();
        });
  }

  /** Takes back all work under a label that is not over; what its agents report is refused. */
  public void cancel(String owner, String label) {
    store.change(
        handle -> {
          lock(owner);
          List<Work> open =
              handle
                  .createQuery(
                      "SELECT * FROM work WHERE label = :label AND status IN ('queued', 'placed',"
                          + " 'running')")
                  .bind("label", label)
                  .map((row, context) -> Work.read(row))
                  .list();
          for (Work work : open) {
            end(handle, work, "cancelled", null, null, "");
          }
          store.afterCommit(this::ring);
        });
  }

  /**
   * Gives a remote agent work, and notes that it lives.
   *
   * @param most 1 to {@value #MOST_LEASED}; never more than its plan leaves room for
   * @return what it has to do now, each with the token that its reports need; empty when there is
   *     nothing for it
   * @throws Failure NOT_FOUND, subject {@code agent}; INVALID, subject {@code max_tasks}
   */
  public List<Work> lease(String owner, String agentId, int most) {
    Failure.requireInRange("max_tasks", "max_tasks", most, 1, MOST_LEASED, "");
    return store.write(
        handle -> {
          lock(owner);
          agents.seen(handle, Agents.row(handle, owner, agentId));
          // Room of the server itself is given out by turns, and not to who asks most often.
          int unused = place(handle, owner, 0);
          return take(handle, "agent_id = :agent AND hosted = 0", agentId, most);
        });
  }

  /** Gives local agents work: at most so much. */
  List<Work> leaseLocal(int most) {
    return store.write(
        handle -> {
          List<String> owners =
              handle
                  .createQuery(
                      "SELECT DISTINCT owner FROM work WHERE status = 'queued' AND run_at <= :now"
                          + " ORDER BY owner")
                  .bind("now", now().toEpochMilli())
                  .mapTo(String.class)
                  .list();
          // All at first and in one order, so that no two processes wait for each other.
          owners.forEach(this::lock);
          if (!owners.isEmpty()) {
            share(handle, owners);
          }
          return take(handle, "hosted = 1", "", most);
        });
  }

  /**
   * Divides the room of local agents among all whose work waits. What one leaves over the others
   * get.
   */
  private void share(Handle handle, List<String> owners) {
    Map<String, Integer> has = new HashMap<>();
    handle
        .createQuery(
            "SELECT owner, COUNT(*) AS has FROM work WHERE status IN ('placed', 'running') AND"
                + " hosted = 1 GROUP BY owner")
        .map((row, context) -> Map.entry(row.getString("owner"), row.getInt("has")))
        .forEach(entry -> has.put(entry.getKey(), entry.getValue()));
    int room = localRoom - has.values().stream().mapToInt(Integer::intValue).sum();
    List<String> wanting = new ArrayList<>();
    owners.stream().filter(owner -> owner.compareTo(lastServed) > 0).forEach(wanting::add);
    owners.stream().filter(owner -> owner.compareTo(lastServed) <= 0).forEach(wanting::add);
    do {
      Map<String, Integer> given = turns(wanting, has, room);
      for (String owner : List.copyOf(wanting)) {
        int most = given.getOrDefault(owner, 0);
        int placed = place(handle, owner, most);
        room -= placed;
        has.merge(owner, placed, Integer::sum);
        if (placed < most) {
          wanting.remove(owner);
        }
      }
    } while (room > 0 && !wanting.isEmpty());
  }

  /** Gives room away one by one, each time to who has least; among equals to whose turn it is. */
  private Map<String, Integer> turns(List<String> wanting, Map<String, Integer> has, int room) {
    Map<String, Integer> given = new HashMap<>();
    for (int i = 0; i < room; i++) {
      String next = "";
      int least = Integer.MAX_VALUE;
      for (String owner : wanting) {
        int already = has.getOrDefault(owner, 0) + given.getOrDefault(owner, 0);
        if (already < least) {
          least = already;
          next = owner;
        }
      }
      given.merge(next, 1, Integer::sum);
      lastServed = next;
    }
    return given;
  }

  /** Begins an attempt at work that is placed. */
  private List<Work> take(Handle handle, String which, String agentId, int most) {
    List<Work> placed =
        handle
            .createQuery(
                "SELECT * FROM work WHERE status = 'placed' AND "
                    + which
                    + " ORDER BY priority DESC, created_at, id LIMIT :most")
            .bind("agent", agentId)
            .bind("most", most)
            .map((row, context) -> Work.read(row))
            .list();
    List<Work> taken = new ArrayList<>(placed.size());
    Instant now = now();
    for (Work work : placed) {
      AgentPlan plan = planOf(handle, work);
      Instant deadline = now.plus(plan.timeout());
      Instant until = earlier(now.plus(Agents.LEASE), deadline);
      int changed =
          handle
              .createUpdate(
                  "UPDATE work SET status = 'running', token = token + 1, lease_until = :until,"
                      + " deadline = :deadline, started_at = :now, progress = 0, message = ''"
                      + " WHERE id = :id AND status = 'placed' AND token = :token")
              .bind("until", until.toEpochMilli())
              .bind("deadline", deadline.toEpochMilli())
              .bind("now", now.toEpochMilli())
              .bind("id", work.id())
              .bind("token", work.token())
              .execute();
      if (changed == 1) {
        Work begun = require(handle, work.id());
        listeners.forEach(listener -> listener.begun(begun));
        taken.add(begun);
      }
    }
    return taken;
  }

  private static AgentPlan planOf(Handle handle, Work work) {
    String agent = work.agentId().orElse(Work.LOCAL);
    return agent.equals(Work.LOCAL) ? LOCAL_PLAN : Agents.row(handle, work.owner(), agent).plan();
  }

  /** Who could have work now, and how much. */
  private static final class Candidate {
    private final String id;
    private final AgentPlan plan;
    private final boolean hosted;
    private final long done;
    private int has;

    Candidate(String id, AgentPlan plan, boolean hosted, long done, int has) {
      this.id = id;
      this.plan = plan;
      this.hosted = hosted;
      this.done = done;
      this.has = has;
    }

    double load() {
      return (double) has / plan.mostAtOnce();
    }
  }

  /**
   * Chooses agents for the work of one owner until nobody has room.
   *
   * @param room how much local agents may be given
   * @return how much they were
   */
  private int place(Handle handle, String owner, int room) {
    Instant now = now();
    int given = 0;
    Map<String, Integer> loads = new HashMap<>();
    handle
        .createQuery(
            "SELECT agent_id, COUNT(*) AS has FROM work WHERE status IN ('placed', 'running')"
                + " AND owner = :owner GROUP BY agent_id")
        .bind("owner", owner)
        .map((row, context) -> Map.entry(row.getString("agent_id"), row.getInt("has")))
        .forEach(entry -> loads.put(entry.getKey(), entry.getValue()));
    List<Candidate> candidates = new ArrayList<>();
    for (Agents.Row row : Agents.rows(handle, owner)) {
      if (row.takesWork(now)) {
        candidates.add(
            new Candidate(
                row.id(),
                row.plan(),
                !row.plan().remote(),
                row.succeeded() + row.failed(),
                loads.getOrDefault(row.id(), 0)));
      }
    }
    Candidate local =
        new Candidate(Work.LOCAL, LOCAL_PLAN, true, 0, loads.getOrDefault(Work.LOCAL, 0));
    List<String[]> kinds =
        handle
            .createQuery(
                "SELECT DISTINCT kind, needs FROM work WHERE status = 'queued' AND owner = :owner"
                    + " AND run_at <= :now")
            .bind("owner", owner)
            .bind("now", now.toEpochMilli())
            .map((row, context) -> new String[] {row.getString("kind"), row.getString("needs")})
            .list();
    // Work of a kind for which nobody has room must not stand before work for which somebody has.
    Map<String, List<Candidate>> able = new HashMap<>();
    for (String[] kind : kinds) {
      List<String> needs = Json.readList(kind[1], String.class);
      List<Candidate> can =
          candidates.stream().filter(candidate -> candidate.plan.canDo(kind[0], needs)).toList();
      able.put(kind[0] + "\n" + kind[1], can.isEmpty() ? List.of(local) : can);
    }
    while (true) {
      List<String> open = new ArrayList<>();
      for (Map.Entry<String, List<Candidate>> entry : able.entrySet()) {
        if (choose(entry.getValue(), room - given) != null) {
          open.add(entry.getKey());
        }
      }
      if (open.isEmpty()) {
        return given;
      }
      List<Work> queued =
          handle
              .createQuery(
                  "SELECT * FROM work WHERE status = 'queued' AND owner = :owner AND run_at <= :now"
                      + " AND kind || :newline || needs IN (<open>)"
                      + " ORDER BY priority DESC, created_at, id LIMIT :most")
              .bind("owner", owner)
              .bind("now", now.toEpochMilli())
              .bind("newline", "\n")
              .bindList("open", open)
              .bind("most", BATCH)
              .map((row, context) -> Work.read(row))
              .list();
      int placed = 0;
      for (Work work : queued) {
        String key = work.request().kind() + "\n" + Json.write(work.request().needs());
        Candidate chosen = choose(able.getOrDefault(key, List.of()), room - given);
        if (chosen != null) {
          put(handle, work, chosen, now);
          chosen.has++;
          given += chosen.hosted ? 1 : 0;
          placed++;
        }
      }
      if (placed == 0 || queued.size() < BATCH) {
        return given;
      }
    }
  }

  private static @Nullable Candidate choose(List<Candidate> candidates, int room) {
    Candidate best = null;
    for (Candidate candidate : candidates) {
      if (candidate.has >= candidate.plan.mostAtOnce() || (candidate.hosted && room <= 0)) {
        continue;
      }
      if (best == null
          || candidate.load() < best.load()
          || (candidate.load() == best.load() && candidate.done < best.done)) {
        best = candidate;
      }
    }
    return best;
  }

  private void put(Handle handle, Work work, Candidate chosen, Instant now) {
    handle
        .createUpdate(
            "UPDATE work SET status = 'placed', agent_id = :agent, hosted = :hosted, lease_until ="
                + " :until WHERE id = :id AND status = 'queued'")
        .bind("agent", chosen.id)
        .bind("hosted", chosen.hosted ? 1 : 0)
        .bind("until", now.plus(Agents.LEASE).toEpochMilli())
        .bind("id", work.id())
        .execute();
    if (chosen.hosted) {
      store.afterCommit(this::ring);
    }
  }

  /**
   * Notes that an agent lives and renews its leases.
   *
   * @param signs one for each piece of work that it has
   * @return the ids of those that are still its own; others it should let go
   * @throws Failure NOT_FOUND, subject {@code agent}
   */
  public List<String> heartbeat(String owner, String agentId, List<Sign> signs) {
    return store.write(
        handle -> {
          lock(owner);
          agents.seen(handle, Agents.row(handle, owner, agentId));
          return renew(handle, agentId, signs);
        });
  }

  List<String> renewLocal(String agentId, List<Sign> signs) {
    return store.write(handle -> renew(handle, agentId, signs));
  }

  private List<String> renew(Handle handle, String agentId, List<Sign> signs) {
    List<String> held = new ArrayList<>();
    Instant until = now().plus(Agents.LEASE);
    for (Sign sign : signs) {
      int changed =
          handle
              .createUpdate(
                  "UPDATE work SET lease_until = CASE WHEN deadline < :until THEN deadline ELSE"
                      + " :until END, progress = :progress, message = :message WHERE id = :id AND"
                      + " agent_id = :agent AND token = :token AND status = 'running'")
              .bind("until", until.toEpochMilli())
              .bind("progress", sign.progress())
              .bind("message", sign.message())
              .bind("id", sign.workId())
              .bind("agent", agentId)
              .bind("token", sign.token())
              .execute();
      if (changed == 1) {
        held.add(sign.workId());
      }
    }
    return List.copyOf(held);
  }

  /**
   * Ends work well.
   *
   * @param token of the lease
   * @param output at most 100 000 characters, in the caller's own form
   * @return the work in its final state
   * @throws Failure CONFLICT, subject {@code token}, when the lease is over: the work was given to
   *     another agent, has ended or was taken back; NOT_FOUND, subjects {@code agent} and {@code
   *     work}; TOO_LARGE, subject {@code result}
   */
  public Work complete(String owner, String agentId, String workId, long token, String output) {
    if (output.length() > LONGEST_OUTPUT) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "result",
              "A result may have " + LONGEST_OUTPUT + " characters; had " + output.length())
          .with(Failure.PROVIDED_VALUE, output.length())
          .with(Failure.MAX_VALUE, LONGEST_OUTPUT);
    }
    return store.write(
        handle -> {
          Work work = held(handle, owner, agentId, workId, token);
          Duration took = Duration.between(work.startedAt().orElse(now()), now());
          agents.count(handle, agentId, true, took);
          return end(handle, work, "completed", output, null, "");
        });
  }

  /**
   * Ends an attempt badly; the work is tried again if its reason may pass and the agent's plan
   * allows another attempt.
   *
   * @param message for people; the first 500 characters are kept
   * @return the work, queued or failed
   * @throws Failure as {@link #complete}
   */
  public Work fail(
      String owner,
      String agentId,
      String workId,
      long token,
      Failure.Reason reason,
      String message) {
    String kept = message.length() <= 500 ? message : message.substring(0, 500);
    return store.write(
        handle -> attemptFailed(handle, held(handle, owner, agentId, workId, token), reason, kept));
  }

  private Work attemptFailed(Handle handle, Work work, Failure.Reason reason, String message) {
    String agentId = work.agentId().orElse(Work.LOCAL);
    agents.count(handle, agentId, false, Duration.between(work.startedAt().orElse(now()), now()));
    int failures = work.failures() + 1;
    if (!MAY_PASS.contains(reason) || failures > planOf(handle, work).retries()) {
      handle
          .createUpdate("UPDATE work SET failures = :failures WHERE id = :id")
          .bind("failures", failures)
          .bind("id", work.id())
          .execute();
      return end(handle, work, "failed", null, reason, message);
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 6));
    handle
        .createUpdate(
            "UPDATE work SET status = 'queued', agent_id = NULL, lease_until = NULL, failures ="
                + " :failures, run_at = :next, message = :message WHERE id = :id")
        .bind("failures", failures)
        .bind("next", now().plus(pause).toEpochMilli())
        .bind("message", message)
        .bind("id", work.id())
        .execute();
    store.afterCommit(this::ring);
    return require(handle, work.id());
  }

  private Work held(Handle handle, String owner, String agentId, String workId, long token) {
    lock(owner);
    if (!agentId.equals(Work.LOCAL)) {
      Agents.Row row = Agents.row(handle, owner, agentId);
      if (row.plan().remote()) {
        agents.seen(handle, row);
      }
    }
    Work work =
        handle
            .createQuery("SELECT * FROM work WHERE id = :id AND owner = :owner")
            .bind("id", workId)
            .bind("owner", owner)
            .map((row, context) -> Work.read(row))
            .findOne()
            .orElseThrow(() -> Failure.notFound("work", workId));
    if (work.status() != Work.Status.RUNNING
        || work.token() != token
        || !work.agentId().equals(Optional.of(agentId))) {
      throw Failure.of(
              Failure.Reason.CONFLICT,
              "token",
              "The lease is over: the work " + workId + " is no longer this agent's")
          .with(Failure.PROVIDED_VALUE, token);
    }
    return work;
  }

  private Work end(
      Handle handle,
      Work work,
      String status,
      @Nullable String output,
      Failure.@Nullable Reason reason,
      String message) {
    long position =
        handle
            .createQuery(
                "INSERT INTO work_end (owner, position) VALUES (:owner, 1) ON CONFLICT (owner) DO"
                    + " UPDATE SET position = work_end.position + 1 RETURNING position")
            .bind("owner", work.owner())
            .mapTo(Long.class)
            .one();
    handle
        .createUpdate(
            "UPDATE work SET status = :status, output = :output, reason = :reason, message ="
                + " :message, progress = CASE WHEN :status = 'completed' THEN 1 ELSE progress END,"
                + " lease_until = NULL, ended_at = :now, end_position = :position WHERE id = :id")
        .bind("status", status)
        .bind("output", output)
        .bind("reason", reason == null ? null : reason.name())
        .bind("message", message)
        .bind("now", now().toEpochMilli())
        .bind("position", position)
        .bind("id", work.id())
        .execute();
    Work ended = require(handle, work.id());
    listeners.forEach(listener -> listener.ended(ended));
    store.afterCommit(this::ring);
    return ended;
  }

  /**
   * Takes work from agents whose lease has run out. Called every few seconds by whoever keeps the
   * queue; {@link LocalWorkers} does.
   *
   * @return how many
   */
  public int sweep() {
    List<String> owners =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT DISTINCT owner FROM work WHERE status IN ('placed', 'running') AND"
                            + " lease_until <= :now")
                    .bind("now", now().toEpochMilli())
                    .mapTo(String.class)
                    .list());
    int taken = 0;
    for (String owner : owners) {
      taken += store.write(handle -> sweep(handle, owner));
    }
    return taken;
  }

  private int sweep(Handle handle, String owner) {
    lock(owner);
    List<Work> silent =
        handle
            .createQuery(
                "SELECT * FROM work WHERE status IN ('placed', 'running') AND owner = :owner AND"
                    + " lease_until <= :now ORDER BY lease_until LIMIT :most")
            .bind("owner", owner)
            .bind("now", now().toEpochMilli())
            .bind("most", BATCH)
            .map((row, context) -> Work.read(row))
            .list();
    silent.forEach(work -> expire(handle, work));
    return silent.size();
  }

  private void expire(Handle handle, Work work) {
    if (work.status() == Work.Status.RUNNING) {
      Optional<Instant> deadline =
          handle
              .createQuery("SELECT deadline FROM work WHERE id = :id")
              .bind("id", work.id())
              .map((row, context) -> Work.instant(row, "deadline"))
              .one();
      if (deadline.isPresent() && !deadline.get().isAfter(now())) {
        Work unused =
            attemptFailed(
                handle,
                work,
                Failure.Reason.TIMED_OUT,
                "The attempt took longer than its agent allows");
        return;
      }
      String agentId = work.agentId().orElse(Work.LOCAL);
      agents.count(handle, agentId, false, Duration.between(work.startedAt().orElse(now()), now()));
      if (work.interruptions() + 1 >= MOST_INTERRUPTIONS) {
        Work unused =
            end(
                handle,
                work,
                "failed",
                null,
                Failure.Reason.FAILED,
                "Its agents fell silent " + MOST_INTERRUPTIONS + " times");
        return;
      }
    }
    handle
        .createUpdate(
            "UPDATE work SET status = 'queued', agent_id = NULL, lease_until = NULL, interruptions"
                + " = interruptions + :running WHERE id = :id")
        .bind("running", work.status() == Work.Status.RUNNING ? 1 : 0)
        .bind("id", work.id())
        .execute();
    store.afterCommit(this::ring);
  }

  /** What local agents had when an earlier process ended goes back into the queue. */
  void recoverLocal() {
    if (store.dialect() == Store.Dialect.SQLITE) {
      store.change(
          handle -> {
            handle.execute(
                "UPDATE work SET lease_until = 0 WHERE hosted = 1 AND status IN ('placed',"
                    + " 'running')");
            handle.execute(
                "UPDATE work SET deadline = NULL WHERE hosted = 1 AND status = 'running'");
          });
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Work require(Handle handle, String id) {
    return select(handle, id).orElseThrow(() -> Failure.notFound("work", id));
  }

  private static Optional<Work> select(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM work WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> Work.read(row))
        .findOne();
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

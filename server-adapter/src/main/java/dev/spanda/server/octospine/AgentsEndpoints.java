package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.AgentsApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.agent.AgentPlan;
import dev.spanda.core.agent.Work;
import dev.spanda.core.agent.WorkQueue;
import dev.spanda.core.store.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Agent Management, and the leases of agents' own programs. */
final class AgentsEndpoints implements AgentsApi {

  private static final Configuration USUAL = new Configuration(null, null, null, null);
  private static final AgentPlan DEFAULTS = AgentPlan.of("default", "default", List.of());
  private static final long LONGEST_TIMEOUT = 604_800;

  private final Crew crew;
  private final String account;

  AgentsEndpoints(Crew crew, String account) {
    this.crew = crew;
    this.account = account;
  }

  @Override
  public Created create(NewAgent agent) {
    dev.spanda.core.agent.Agent made =
        crew.agents.create(
            account,
            plan(
                DEFAULTS, agent.name(), agent.type(), agent.capabilities(), agent.configuration()));
    return new Created(
        made.id(),
        made.plan().name(),
        made.plan().type(),
        word(made.status()),
        made.plan().capabilities(),
        Given.seconds(made.createdAt()));
  }

  private static AgentPlan plan(
      AgentPlan before,
      @Nullable String name,
      @Nullable String type,
      @Nullable List<String> capabilities,
      @Nullable Configuration given) {
    Configuration configuration = Objects.requireNonNullElse(given, USUAL);
    long seconds =
        Objects.requireNonNullElse(configuration.timeout(), before.timeout().toSeconds());
    Failure.requireInRange("timeout", "timeout", (double) seconds, 1, LONGEST_TIMEOUT, "seconds");
    return new AgentPlan(
        Objects.requireNonNullElse(name, before.name()),
        Objects.requireNonNullElse(type, before.type()),
        Objects.requireNonNullElse(capabilities, before.capabilities()),
        Objects.requireNonNullElse(configuration.maxConcurrentTasks(), before.mostAtOnce()),
        Duration.ofSeconds(seconds),
        Objects.requireNonNullElse(configuration.retryAttempts(), before.retries()),
        Objects.requireNonNullElse(configuration.remote(), before.remote()));
  }

  @Override
  public Listing list(
      @Nullable String status,
      @Nullable String type,
      @Nullable Integer limit,
      @Nullable Long offset) {
    Page<dev.spanda.core.agent.Agent> page =
        crew.agents.list(
            account,
            Optional.ofNullable(status).map(AgentsEndpoints::status),
            Optional.ofNullable(type),
            Given.limit(limit),
            Given.offset(offset));
    return new Listing(
        page.items().stream()
            .map(
                agent ->
                    new Summary(
                        agent.id(),
                        agent.plan().name(),
                        agent.plan().type(),
                        word(agent.status()),
                        agent.current().size(),
                        agent.statistics().total(),
                        Given.seconds(agent.createdAt())))
            .toList(),
        Given.pagination(page));
  }

  private static dev.spanda.core.agent.Agent.Status status(String word) {
    List<String> words =
        Arrays.stream(dev.spanda.core.agent.Agent.Status.values())
            .map(AgentsEndpoints::word)
            .toList();
    if (!words.contains(word)) {
      throw Failure.notAllowed("status", word, words);
    }
    return dev.spanda.core.agent.Agent.Status.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Agent get(String agentId) {
    return wire(crew.agents.find(account, agentId));
  }

  @Override
  public Agent update(String agentId, Change change) {
    return wire(
        crew.agents.update(
            account,
            agentId,
            before ->
                plan(
                    before,
                    change.name(),
                    change.type(),
                    change.capabilities(),
                    change.configuration())));
  }

  @Override
  public Deleted delete(String agentId) {
    return new Deleted(true, crew.agents.delete(account, agentId).id());
  }

  static Agent wire(dev.spanda.core.agent.Agent agent) {
    AgentPlan plan = agent.plan();
    return new Agent(
        agent.id(),
        plan.name(),
        plan.type(),
        word(agent.status()),
        plan.capabilities(),
        new Configuration(
            plan.mostAtOnce(), plan.timeout().toSeconds(), plan.retries(), plan.remote()),
        new Statistics(
            agent.statistics().total(),
            agent.statistics().succeeded(),
            agent.statistics().failed(),
            agent.statistics().averageDuration().toMillis() / 1_000.0,
            agent.statistics().uptime().toSeconds()),
        agent.current().stream()
            .map(
                work ->
                    new Current(
                        work.request().label(),
                        work.request().name(),
                        (int) Math.floor(work.progress() * 100 + 1e-9)))
            .toList(),
        Given.seconds(agent.createdAt()),
        Given.seconds(agent.updatedAt()));
  }

  @Override
  public Leases lease(String agentId, LeaseRequest request) {
    List<Work> leased =
        crew.queue.lease(account, agentId, Objects.requireNonNullElse(request.maxTasks(), 1));
    return new Leases(leased.stream().map(AgentsEndpoints::lease).toList());
  }

  @SuppressWarnings("unchecked") // tasks write objects
  private static Lease lease(Work work) {
    return new Lease(
        work.id(),
        work.token(),
        work.request().label(),
        work.request().name(),
        work.request().kind(),
        (Map<String, Object>) Json.read(work.request().input(), Map.class),
        work.leaseUntil().orElseThrow());
  }

  @Override
  public Held heartbeat(String agentId, Heartbeat heartbeat) {
    List<Sign> runs = Objects.requireNonNullElse(heartbeat.runs(), List.of());
    if (runs.size() > WorkQueue.MOST_LEASED) {
      throw Failure.invalid(
              "runs", runs.size(), "A heartbeat names at most " + WorkQueue.MOST_LEASED + " runs")
          .with(Failure.MAX_VALUE, WorkQueue.MOST_LEASED);
    }
    if (runs.stream().anyMatch(Objects::isNull)) {
      throw Failure.invalid("runs", null, "runs must not hold null");
    }
    return new Held(
        crew.queue.heartbeat(
            account,
            agentId,
            runs.stream()
                .map(
                    sign ->
                        new WorkQueue.Sign(
                            sign.runId(),
                            sign.token(),
                            Failure.requireInRange(
                                    "progress",
                                    "Progress",
                                    Objects.requireNonNullElse(sign.progress(), 0.0),
                                    0,
                                    100,
                                    "per cent")
                                / 100,
                            Failure.requireText(
                                "message",
                                "Message",
                                Objects.requireNonNullElse(sign.message(), ""),
                                0,
                                500)))
                .toList()));
  }

  @Override
  public Reported complete(String agentId, Completion completion) {
    return reported(
        crew.queue.complete(
            account,
            agentId,
            completion.runId(),
            completion.token(),
            Json.write(Objects.requireNonNullElse(completion.result(), Map.of()))));
  }

  @Override
  public Reported fail(String agentId, Breakdown breakdown) {
    Failure.requireText("message", "Message", breakdown.message(), 1, 500);
    boolean again = Objects.requireNonNullElse(breakdown.retry(), true);
    return reported(
        crew.queue.fail(
            account,
            agentId,
            breakdown.runId(),
            breakdown.token(),
            again ? Failure.Reason.FAILED : Failure.Reason.INVALID,
            breakdown.message()));
  }

  private static Reported reported(Work work) {
    return new Reported(work.id(), word(work.status()));
  }
}

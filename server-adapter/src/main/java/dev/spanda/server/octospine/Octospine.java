package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.AgentsApi;
import dev.spanda.contract.octospine.AutomationsApi;
import dev.spanda.contract.octospine.ConsciousnessApi;
import dev.spanda.contract.octospine.DocumentationApi;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.MetricsApi;
import dev.spanda.contract.octospine.OctospineSocket;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.contract.octospine.TasksApi;
import dev.spanda.core.Ids;
import dev.spanda.core.agent.Agents;
import dev.spanda.core.automation.Workflows;
import dev.spanda.core.document.Documents;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.event.Subscription;
import dev.spanda.core.file.Files;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.metric.Alerts;
import dev.spanda.core.metric.Metrics;
import dev.spanda.core.metric.Probe;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.store.Store;
import dev.spanda.core.task.Task;
import dev.spanda.core.task.Tasks;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.Plan;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.LoginSessions;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.http.Listener;
import dev.spanda.server.http.Mount;
import dev.spanda.server.outbound.Fetcher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OCTOSPINE, put together: its chapters, who may call them, and its mount. Made before the jobs are
 * started, because its chapters register theirs.
 *
 * <p>A chapter is one line in {@link #chapters}: its contract and what makes its endpoints for a
 * caller. A chapter that works by itself is given to {@link #closing} when it is made.
 */
public final class Octospine implements AutoCloseable {

  /** The name of the mount, and of the API that accounts and keys belong to. */
  public static final String NAME = "octospine";

  /** The port that the document names. */
  public static final int PORT = 8000;

  /** How long a session is good. */
  static final Duration SESSION_LIFE = Duration.ofHours(12);

  /** The paths that are sockets. */
  static final Set<String> SOCKETS = Set.of(OctospineSocket.PATH, GraphqlApi.PATH);

  /** The account of callers of this machine without credentials, where no demo knows a better. */
  private static final String LOCAL_ACCOUNT = "local";

  private static final Logger LOG = LoggerFactory.getLogger(Octospine.class);
  private static final Duration TOKENS_OF_DEMO = Duration.ofDays(30);
  private static final int REQUESTS_A_MINUTE = 1_000;
  private static final int QUERIES_A_MINUTE = 500;

  private final Needs needs;
  private final Desk desk;
  private final EventSocket events;
  private final Monitor monitor;
  private final Documents documents;
  private final Mount mount;
  private @Nullable Graph graph;
  private final List<AutoCloseable> closing = new ArrayList<>();
  private final Crew crew;
  private final Future<?> cleaning;

  /**
   * What OCTOSPINE needs of the house.
   *
   * @param limiter counts requests; one that nodes share when they share the store
   * @param limitFactor multiplies the documented limits
   * @param storeAnswers whether the store can be read now
   * @param dataFolder where files are kept; its file system is the disk that is measured
   * @param workflows the engine of automations; its runs are jobs
   * @param mounts every mount that this build can serve, by name, and whether it is served
   * @param demoAccount the account of the documents' example credentials; empty for a server that
   *     does not know them
   * @param introspection whether GraphQL tells its schema to who asks for it
   */
  public record Needs(
      Store store,
      Clock clock,
      Ids ids,
      EventBus bus,
      ScheduledExecutorService timer,
      Limiter limiter,
      int limitFactor,
      Jobs jobs,
      Files files,
      Fetcher fetcher,
      Accounts accounts,
      ApiKeys keys,
      Vault vault,
      Workflows workflows,
      BooleanSupplier storeAnswers,
      Path dataFolder,
      Map<String, Boolean> mounts,
      String demoAccount,
      boolean introspection) {

    /** Copies the mounts, keeping their order. */
    public Needs {
      mounts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(mounts));
    }

    /** Whether the documents' example credentials are known. */
    boolean demo() {
      return !demoAccount.isEmpty();
    }
  }

  /**
   * What its endpoints share.
   *
   * @param agents how many agents an account has
   * @param features whether a chapter is served, by its name in the document
   * @param limits how many records of a kind an account may have
   */
  record Desk(
      Instant startedAt,
      LoginSessions sessions,
      Tokens tokens,
      Metrics metrics,
      Alerts alerts,
      Function<String, SystemApi.Agents> agents,
      Map<String, Boolean> features,
      Map<String, Long> limits) {}

  /** Puts it together. */
  public Octospine(Needs needs) {
    this.needs = needs;
    crew = new Crew(needs);
    closing.add(crew);
    Map<String, Boolean> features = new LinkedHashMap<>();
    features.put("consciousness_processing", true);
    features.put("automation_matrix", true);
    features.put("documentation_engine", true);
    features.put("agent_network", true);
    Map<String, Long> limits = new LinkedHashMap<>();
    Metrics metrics = new Metrics(needs.store(), needs.clock(), new OshiProbe(needs.dataFolder()));
    Alerts alerts = new Alerts(needs.store(), needs.clock(), needs.bus(), needs.ids());
    limits.put("max_agents", (long) Agents.MOST_AGENTS);
    limits.put("max_automations", (long) Workflows.MOST_OF_AN_OWNER);
    limits.put("max_documents", (long) Documents.MOST);
    documents =
        new Documents(
            needs.store(),
            needs.clock(),
            needs.ids(),
            needs.jobs(),
            () -> OpenApiDescriptions.of(needs.mounts().keySet()));
    closing.add(new Pipelines(needs, crew.flow));
    desk =
        new Desk(
            needs.clock().instant(),
            new LoginSessions(needs.store(), needs.clock(), needs.ids(), SESSION_LIFE),
            tokens(Duration.ofHours(1)),
            metrics,
            alerts,
            crew::count,
            features,
            limits);
    events =
        new EventSocket(needs.clock(), needs.limitFactor(), alerts::concerns, this::systemStatus);
    mount = chapters(Mount.builder(NAME)).build();
    graph =
        new Graph(
            new Operations(mount),
            events,
            needs.clock(),
            Map.of("Task", this::tasks, "Agent", this::agents, "Automation", this::automations),
            documents::newest,
            needs.introspection());
    closing.add(needs.bus().subscribe(Tasks.Event.class, this::tell));
    Subscription raised =
        needs.bus().subscribe(Alerts.Raised.class, event -> events.tell(event.alert()));
    closing.add(raised);
    monitor =
        new Monitor(
            metrics,
            alerts,
            List.copyOf(needs.mounts().keySet()),
            needs.timer(),
            events::tellStatus);
    closing.add(monitor);
    cleaning = needs.timer().scheduleWithFixedDelay(this::clean, 1, 1, TimeUnit.HOURS);
  }

  private Mount.Builder chapters(Mount.Builder chapters) {
    Door door =
        new Door(
            needs.keys(),
            desk.tokens(),
            needs.accounts(),
            desk.sessions(),
            needs.demo() ? needs.demoAccount() : LOCAL_ACCOUNT);
    GraphiqlPage.parts().forEach(chapters::page);
    return chapters
        .dialect(new OctospineDialect(needs.clock()))
        .gate(
            Gate.builder(needs.limiter())
                .name(NAME)
                .limit(RateLimit.perMinute(REQUESTS_A_MINUTE))
                .plans(List.of(Plan.of("standard", Plan.Window.perMinute(REQUESTS_A_MINUTE))))
                .countedBy(Octospine::countedBy)
                .limitAlone(GraphqlApi.class, "execute", RateLimit.perMinute(QUERIES_A_MINUTE))
                .times(needs.limitFactor())
                .authenticator(door)
                .build())
        .endpoints(
            SystemApi.class,
            caller ->
                new SystemEndpoints(
                    needs, desk, caller.identity().map(Identity::account).orElse("")))
        .endpoints(
            SessionApi.class,
            caller ->
                new SessionEndpoints(needs.accounts(), desk.sessions(), desk.tokens(), caller))
        .endpoints(
            MetricsApi.class,
            caller ->
                new MetricsEndpoints(
                    desk.metrics(), desk.alerts(), needs.mounts(), caller.account()))
        .endpoints(
            GraphqlApi.class, caller -> new GraphqlEndpoints(Objects.requireNonNull(graph), caller))
        .endpoints(
            TasksApi.class,
            caller ->
                new TasksEndpoints(crew.tasks, caller.identity().map(Identity::account).orElse("")))
        .endpoints(
            AgentsApi.class,
            caller ->
                new AgentsEndpoints(crew, caller.identity().map(Identity::account).orElse("")))
        .endpoints(
            ConsciousnessApi.class,
            caller ->
                new ConsciousnessEndpoints(
                    crew.learning, caller.identity().map(Identity::account).orElse("")))
        .endpoints(
            DocumentationApi.class,
            caller ->
                new DocumentationEndpoints(
                    documents, caller.identity().map(Identity::account).orElse("")))
        .endpoints(
            AutomationsApi.class,
            caller ->
                new AutomationsEndpoints(
                    needs.workflows(),
                    needs.clock(),
                    caller.identity().map(Identity::account).orElse("")))
        .socket(OctospineSocket.PATH, events.hub())
        .socket(GraphqlApi.PATH, socketOfGraph().hub())
        .pages("OCTOSPINE", "/dev/spanda/server/openapi/octospine.json");
  }

  /** The mount, to be served. */
  public Mount mount() {
    return mount;
  }

  /**
   * Credentials of an account for a demonstration, by their names in {@code credentials.json}: an
   * open {@code session}, its {@code csrf_token}, and a {@code jwt} for thirty days.
   */
  public Map<String, Object> credentials(String account) {
    LoginSessions.Opened opened = desk.sessions().open(needs.accounts().find(account));
    Map<String, Object> credentials = new LinkedHashMap<>();
    credentials.put("session", opened.secret());
    credentials.put("csrf_token", opened.session().csrfToken());
    credentials.put("jwt", tokens(TOKENS_OF_DEMO).access(account, Map.of()));
    return credentials;
  }

  private Tokens tokens(Duration life) {
    return new Tokens(
        needs.store(),
        needs.clock(),
        needs.ids(),
        needs.vault(),
        Tokens.Settings.of(NAME, Tokens.Algorithm.HS256).withLives(life, Duration.ofDays(30)));
  }

  /** Keys are counted each for itself; sessions and tokens, which anybody may multiply, as one. */
  private static String countedBy(Identity identity) {
    String credential = identity.credential();
    return credential == null || credential.startsWith("sess_") ? identity.account() : credential;
  }

  /** Tells an account what its task has come to, on the socket and in words. */
  private void tell(Tasks.Event event) {
    Task task = event.task();
    Instant now = needs.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    int progress = task.progress();
    String status = task.status().word();
    Map<String, String> context = new LinkedHashMap<>();
    context.put("task_id", task.id());
    task.agentId().ifPresent(agent -> context.put("agent_id", agent));
    if (event instanceof Tasks.Ended ended) {
      boolean well = ended.run().status().equals("completed");
      progress = well ? 100 : progress;
      ended.run().agentId().ifPresent(agent -> context.put("agent_id", agent));
      String message =
          well ? "Task completed successfully" : "Task failed: " + ended.run().message();
      LOG.info("{}: {}", task.id(), message);
      events.tell(
          task.owner(),
          new OctospineSocket.LogEntry(
              new OctospineSocket.LogEntry.Line(well ? "info" : "error", message, now, context)));
    }
    events.tell(
        task.owner(),
        new OctospineSocket.TaskProgress(
            new OctospineSocket.TaskProgress.Step(task.id(), progress, status, now)));
  }

  /** Several tasks of an account in full, by one question. */
  private List<@Nullable Map<String, Object>> tasks(Caller caller, List<String> ids) {
    Map<String, Object> found = new HashMap<>();
    crew.tasks
        .findAll(caller.account(), ids)
        .forEach(task -> found.put(task.id(), TasksEndpoints.wire(task)));
    return inOrder(ids, found);
  }

  /** Several agents of an account in full, by one question: it has no more than a page of them. */
  private List<@Nullable Map<String, Object>> agents(Caller caller, List<String> ids) {
    Map<String, Object> found = new HashMap<>();
    crew.agents
        .list(caller.account(), Optional.empty(), Optional.empty(), Agents.MOST_AGENTS, 0)
        .items()
        .forEach(agent -> found.put(agent.id(), AgentsEndpoints.wire(agent)));
    return inOrder(ids, found);
  }

  /** Several automations of an account, alike. */
  private List<@Nullable Map<String, Object>> automations(Caller caller, List<String> ids) {
    Instant now = needs.clock().instant();
    Map<String, Object> found = new HashMap<>();
    needs
        .workflows()
        .list(caller.account(), Optional.empty(), Optional.empty(), Workflows.MOST_OF_AN_OWNER, 0)
        .items()
        .forEach(each -> found.put(each.id(), AutomationsEndpoints.wire(each, now)));
    return inOrder(ids, found);
  }

  private static List<@Nullable Map<String, Object>> inOrder(
      List<String> ids, Map<String, Object> found) {
    List<@Nullable Map<String, Object>> records = new ArrayList<>();
    for (String id : ids) {
      Object record = found.get(id);
      records.add(record == null ? null : Operations.plain(record));
    }
    return records;
  }

  /** Made here and not in the constructor, because the graph is made of the mount. */
  private GraphqlSocket socketOfGraph() {
    return new GraphqlSocket(
        () -> Objects.requireNonNull(graph),
        needs.limiter(),
        RateLimit.perMinute(QUERIES_A_MINUTE).times(needs.limitFactor()),
        (int)
            Math.min(Integer.MAX_VALUE, (long) EventSocket.MESSAGES_A_MINUTE * needs.limitFactor()),
        needs.clock());
  }

  private OctospineSocket.SystemStatus systemStatus() {
    Probe.Sample sample = desk.metrics().latest();
    return new OctospineSocket.SystemStatus(
        new OctospineSocket.SystemStatus.State(
            needs.clock().instant().truncatedTo(ChronoUnit.SECONDS),
            new SystemEndpoints(needs, desk, "").getHealth().status(),
            new OctospineSocket.SystemStatus.Usage(
                SystemEndpoints.tenths(sample.cpuPercent()),
                SystemEndpoints.tenths(sample.memoryPercent()),
                SystemEndpoints.tenths(sample.diskPercent()))));
  }

  /** Hears of every answer of the server, whatever its mount. */
  public Listener.Audience audience() {
    return monitor;
  }

  /** Registers an application of an account, for a demonstration. */
  public void seedApplication(String account, String id, String name) {
    Metrics.Application unused =
        desk.metrics().report(account, new Metrics.Report(id, name, 0, 0, 0, null));
  }

  private void clean() {
    try {
      desk.sessions().sweep();
      desk.tokens().sweep();
    } catch (RuntimeException e) {
      LOG.warn("Sessions and tokens that have ended could not be removed", e);
    }
  }

  @Override
  public void close() {
    cleaning.cancel(false);
    for (int i = closing.size() - 1; i >= 0; i--) {
      try {
        closing.get(i).close();
      } catch (Exception e) {
        LOG.warn("A chapter did not close", e);
      }
    }
  }
}

package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.AgentsApi;
import dev.spanda.contract.octospine.AutomationsApi;
import dev.spanda.contract.octospine.ConsciousnessApi;
import dev.spanda.contract.octospine.DocumentationApi;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.contract.octospine.TasksApi;
import dev.spanda.core.Ids;
import dev.spanda.core.agent.Agents;
import dev.spanda.core.automation.Workflows;
import dev.spanda.core.document.Documents;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.file.Files;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.metric.Probe;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.store.Store;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.Plan;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.LoginSessions;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.http.Mount;
import dev.spanda.server.outbound.Fetcher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
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
  static final Set<String> SOCKETS = Set.of("/ws", "/api/graphql");

  /** The account of callers of this machine without credentials, where no demo knows a better. */
  private static final String LOCAL_ACCOUNT = "local";

  private static final Logger LOG = LoggerFactory.getLogger(Octospine.class);
  private static final Duration TOKENS_OF_DEMO = Duration.ofDays(30);
  private static final int REQUESTS_A_MINUTE = 1_000;

  private final Needs needs;
  private final Desk desk;
  private final Documents documents;
  private final Mount mount;
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
      String demoAccount) {

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
   * @param machine the newest measurement of the machine
   * @param applications how many applications an account sees
   * @param agents how many agents an account has
   * @param features whether a chapter is served, by its name in the document
   * @param limits how many records of a kind an account may have
   */
  record Desk(
      Instant startedAt,
      LoginSessions sessions,
      Tokens tokens,
      Supplier<Probe.Sample> machine,
      Function<String, SystemApi.Applications> applications,
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
    limits.put("max_agents", (long) Agents.MOST_AGENTS);
    limits.put("max_automations", (long) Workflows.MOST_OF_AN_OWNER);
    documents =
        new Documents(
            needs.store(),
            needs.clock(),
            needs.ids(),
            needs.jobs(),
            () -> OpenApiDescriptions.of(needs.mounts().keySet()));
    closing.add(new Pipelines(needs, crew.flow));
    OshiProbe probe = new OshiProbe(needs.dataFolder());
    desk =
        new Desk(
            needs.clock().instant(),
            new LoginSessions(needs.store(), needs.clock(), needs.ids(), SESSION_LIFE),
            tokens(Duration.ofHours(1)),
            probe::sample,
            account -> applications(),
            crew::count,
            features,
            limits);
    mount = chapters(Mount.builder(NAME)).build();
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
    return chapters
        .dialect(new OctospineDialect(needs.clock()))
        .gate(
            Gate.builder(needs.limiter())
                .name(NAME)
                .limit(RateLimit.perMinute(REQUESTS_A_MINUTE))
                .plans(List.of(Plan.of("standard", Plan.Window.perMinute(REQUESTS_A_MINUTE))))
                .countedBy(Octospine::countedBy)
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

  private SystemApi.Applications applications() {
    long running = needs.mounts().values().stream().filter(served -> served).count();
    return new SystemApi.Applications(
        needs.mounts().size(), running, needs.mounts().size() - running);
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

package dev.spanda.server.biofield;

import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.archive.Batches;
import dev.spanda.biofield.archive.FieldSessions;
import dev.spanda.biofield.archive.Frames;
import dev.spanda.biofield.baseline.Baselines;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.export.AnalysisReport;
import dev.spanda.biofield.export.SessionExport;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.biofield.AuthApi;
import dev.spanda.contract.biofield.BaselineApi;
import dev.spanda.contract.biofield.CaptureApi;
import dev.spanda.contract.biofield.ExportApi;
import dev.spanda.contract.biofield.HealthApi;
import dev.spanda.contract.biofield.MetricsSocket;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.core.Ids;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.http.Mount;
import dev.spanda.server.socket.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Biofield, put together: its archive, its accounts' tiers, its mount and its sockets. */
public final class BiofieldMount implements AutoCloseable {

  /** The name of the mount, and of the API whose accounts may use it. */
  public static final String NAME = "biofield";

  /** The port that it shares with whatever else stands there. */
  public static final int PORT = 8080;

  /** Where it stands on its port. */
  public static final String BASE_PATH = "/v1/biofield";

  /** Ten pictures and the words around them. */
  static final long LARGEST_FORM = 10 * (AnalysisApi.LARGEST_IMAGE + 1) + (1 << 20);

  private static final int SOCKETS_WITHOUT_TOKEN = 20;

  private static final Logger LOG = LoggerFactory.getLogger(BiofieldMount.class);

  private final Measuring measuring = new Measuring();
  private final FieldSessions sessions;
  private final Ticker alive;
  private final Tokens tokens;
  private final Future<?> cleaning;
  private final Mount mount;

  /**
   * What Biofield needs of the house.
   *
   * @param jobs not started yet
   * @param limiter counts requests
   * @param limitFactor multiplies the documented limits
   * @param vault keeps the keys of tokens
   * @param storeAnswers whether the store can be read now
   */
  public record Needs(
      Store store,
      BlobStore blobs,
      Clock clock,
      Ids ids,
      ScheduledExecutorService timer,
      Jobs jobs,
      Limiter limiter,
      int limitFactor,
      Accounts accounts,
      Vault vault,
      BooleanSupplier storeAnswers) {}

  /** Puts it together; sessions that a broken-off run has left open are ended. */
  public BiofieldMount(Needs needs) {
    Store store = needs.store();
    Clock clock = needs.clock();
    Ids ids = needs.ids();
    tokens =
        new Tokens(
            store, clock, ids, needs.vault(), Tokens.Settings.of(NAME, Tokens.Algorithm.HS256));
    Door door = new Door(needs.accounts(), tokens);
    Gate gate = gate(needs, door);
    Analyses analyses = new Analyses(store, needs.blobs(), clock, ids);
    Frames frames = new Frames(store, needs.blobs(), clock, ids);
    Batches batches =
        new Batches(
            store,
            needs.blobs(),
            clock,
            ids,
            needs.jobs(),
            frames,
            analyses,
            (picture, mode, region) ->
                measuring.measure(picture, mode, region, PipSettings.DEFAULT));
    Baselines baselines = new Baselines(store, clock, ids);
    sessions = new FieldSessions(store, clock, ids, needs.timer());
    MetricsEndpoint metrics = new MetricsEndpoint(door, gate, needs.timer(), clock);
    RealtimeEndpoint realtime =
        new RealtimeEndpoint(door, gate, measuring, sessions, baselines, metrics, needs);
    HealthEndpoints health =
        new HealthEndpoints(clock, needs.storeAnswers(), realtime, metrics, measuring);
    Sheets sheets = new Sheets(new SessionExport(sessions), new AnalysisReport(analyses));
    mount =
        Mount.builder(NAME)
            .basePath(BASE_PATH)
            .dialect(new BiofieldDialect(clock))
            .gate(gate)
            .largestUpload(LARGEST_FORM)
            .endpoints(HealthApi.class, caller -> health)
            .endpoints(
                AuthApi.class, caller -> new AuthEndpoints(needs.accounts(), tokens, door, caller))
            .endpoints(
                AnalysisApi.class,
                caller -> new AnalysisEndpoints(analyses, measuring, caller.account()))
            .endpoints(
                BaselineApi.class,
                caller -> new BaselineEndpoints(baselines, sessions, analyses, caller.account()))
            .endpoints(
                CaptureApi.class,
                caller -> new CaptureEndpoints(frames, batches, measuring, caller))
            .endpoints(
                ExportApi.class,
                caller ->
                    new ExportEndpoints(
                        sessions,
                        analyses,
                        new AnalysisEndpoints(analyses, measuring, caller.account()),
                        sheets,
                        caller.account()))
            .socket(RealtimeSocket.PATH, realtime.hub())
            .socket(MetricsSocket.PATH, metrics.hub())
            .pages("Biofield", "/dev/spanda/server/openapi/biofield.json")
            .build();
    alive = realtime.start();
    cleaning = needs.timer().scheduleWithFixedDelay(this::clean, 1, 1, TimeUnit.HOURS);
  }

  /** Forgets logins that have ended. What was measured stays until its owner deletes it. */
  private void clean() {
    try {
      tokens.sweep();
    } catch (RuntimeException e) {
      LOG.warn("Logins that have ended could not be removed", e);
    }
  }

  /** The contracts, in the order of the document. */
  public static List<Class<?>> contracts() {
    return List.of(
        AuthApi.class,
        AnalysisApi.class,
        BaselineApi.class,
        CaptureApi.class,
        ExportApi.class,
        HealthApi.class);
  }

  /** The mount, to be served. */
  public Mount mount() {
    return mount;
  }

  /** Stores what live sessions still hold and ends the measuring. */
  @Override
  public void close() {
    cleaning.cancel(false);
    alive.close();
    measuring.close();
    sessions.close();
  }

  private static Gate gate(Needs needs, Door door) {
    return Gate.builder(needs.limiter())
        .name(NAME)
        // For callers without a token: the health check and the tokens themselves.
        .limit(new RateLimit(200, Duration.ofSeconds(100)))
        .sockets(SOCKETS_WITHOUT_TOKEN)
        .plans(Tiers.PLANS)
        .times(needs.limitFactor())
        .authenticator(door)
        .build();
  }
}

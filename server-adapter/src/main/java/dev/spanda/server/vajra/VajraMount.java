package dev.spanda.server.vajra;

import dev.spanda.audio.play.AudioOutput;
import dev.spanda.contract.vajra.AstrologyApi;
import dev.spanda.contract.vajra.AttunementApi;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.AutomationApi;
import dev.spanda.contract.vajra.BlessingsApi;
import dev.spanda.contract.vajra.CoreApi;
import dev.spanda.contract.vajra.PopulationsApi;
import dev.spanda.contract.vajra.RadionicsApi;
import dev.spanda.contract.vajra.ScalarApi;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VajraSocket;
import dev.spanda.contract.vajra.VisualizationApi;
import dev.spanda.core.Ids;
import dev.spanda.core.attunement.Attunements;
import dev.spanda.core.automation.Workflows;
import dev.spanda.core.blessing.Blessings;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.population.Populations;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.radionics.Broadcasts;
import dev.spanda.core.radionics.RateBook;
import dev.spanda.core.session.Sessions;
import dev.spanda.server.gate.Cors;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.http.Mount;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Vajra.Stream, put together: its state, its mount and its broadcasts. */
public final class VajraMount implements AutoCloseable {

  /** The name of the mount. */
  public static final String NAME = "vajra";

  /** The port that the document names. */
  public static final int PORT = 8008;

  private final Studio studio;
  private final LiveSocket.Broadcasts broadcasts;
  private final BroadcastStage stage;
  private final PracticeEvents events;
  private final Mount mount;

  /**
   * What Vajra.Stream needs of the house.
   *
   * @param limiter counts requests of addresses
   * @param limitFactor multiplies the documented limits
   * @param outputs the output for a mixer of that name, or the configured one for null
   * @param storeAnswers whether the store can be read now
   * @param practice the engines of its later chapters
   */
  public record Needs(
      Sessions sessions,
      EventBus bus,
      InstantSource clock,
      Ids ids,
      ScheduledExecutorService timer,
      Limiter limiter,
      int limitFactor,
      Function<@Nullable String, AudioOutput> outputs,
      BooleanSupplier storeAnswers,
      Practice practice) {}

  /**
   * The engines of the chapters Radionics, Blessings, RNG Attunement, Population Management and
   * Automation.
   *
   * @param workflows are given their actions by this; their jobs are not started yet
   */
  public record Practice(
      RateBook rates,
      Broadcasts broadcasts,
      Blessings blessings,
      Attunements attunements,
      Populations populations,
      Workflows workflows) {}

  /** Puts it together and begins the broadcasts. */
  public VajraMount(Needs needs) {
    Instant startedAt = needs.clock().instant();
    VajraDialect dialect = new VajraDialect(needs.clock());
    studio = new Studio(needs.outputs());
    LiveSocket live = new LiveSocket(needs.sessions(), studio, needs.clock(), startedAt, dialect);
    ScalarStage scalar = new ScalarStage(needs.clock(), needs.ids(), needs.timer(), live);
    CoreEndpoints core =
        new CoreEndpoints(live.hub(), needs.clock(), startedAt, needs.storeAnswers());
    AudioEndpoints audio = new AudioEndpoints(studio, needs.clock());
    SessionsEndpoints sessions = new SessionsEndpoints(needs.sessions());
    AstrologyEndpoints sky = new AstrologyEndpoints(needs.clock());
    ScalarEndpoints waves = new ScalarEndpoints(scalar, needs.clock());
    Practice practice = needs.practice();
    RadionicsEndpoints radionics =
        new RadionicsEndpoints(
            practice.rates(), practice.broadcasts(), practice.populations(), needs.clock());
    BlessingsEndpoints blessings =
        new BlessingsEndpoints(practice.blessings(), needs.clock(), live);
    AttunementEndpoints attunement = new AttunementEndpoints(practice.attunements());
    PopulationsEndpoints populations = new PopulationsEndpoints(practice.populations());
    AutomationEndpoints automation = new AutomationEndpoints(practice.workflows());
    VisualizationEndpoints visualization = new VisualizationEndpoints();
    practice.workflows().register(new PracticeActions.GenerateAudio(studio));
    practice
        .workflows()
        .register(new PracticeActions.StartSession(needs.sessions(), practice.populations()));
    practice
        .workflows()
        .register(
            new PracticeActions.BroadcastBlessing(
                practice.blessings(), practice.broadcasts(), practice.populations(), live));
    mount =
        Mount.builder(NAME)
            .dialect(dialect)
            .gate(gate(needs))
            .endpoints(CoreApi.class, caller -> core)
            .endpoints(AudioApi.class, caller -> audio)
            .endpoints(SessionsApi.class, caller -> sessions)
            .endpoints(AstrologyApi.class, caller -> sky)
            .endpoints(ScalarApi.class, caller -> waves)
            .endpoints(RadionicsApi.class, caller -> radionics)
            .endpoints(BlessingsApi.class, caller -> blessings)
            .endpoints(AttunementApi.class, caller -> attunement)
            .endpoints(PopulationsApi.class, caller -> populations)
            .endpoints(AutomationApi.class, caller -> automation)
            .endpoints(VisualizationApi.class, caller -> visualization)
            .socket(VajraSocket.PATH, live.hub())
            .pages("Vajra.Stream", "/dev/spanda/server/openapi/vajra.json")
            .build();
    broadcasts = live.start(needs.bus(), needs.timer());
    events = new PracticeEvents(needs.bus(), live);
    stage = new BroadcastStage(practice.broadcasts(), studio, needs.bus(), needs.clock(), live);
  }

  /** The mount, to be served. */
  public Mount mount() {
    return mount;
  }

  /** Ends the broadcasts and playback. */
  @Override
  public void close() {
    stage.close();
    events.close();
    broadcasts.close();
    studio.close();
  }

  private static Gate gate(Needs needs) {
    return Gate.builder(needs.limiter())
        .name(NAME)
        .limit(RateLimit.perMinute(100))
        .limit(AudioApi.class, "generate", RateLimit.perMinute(10))
        .sockets(5)
        .times(needs.limitFactor())
        .cors(
            Cors.of(
                List.of("localhost:3009", "localhost:3010", "localhost:3001", "localhost:5173")))
        .build();
  }
}

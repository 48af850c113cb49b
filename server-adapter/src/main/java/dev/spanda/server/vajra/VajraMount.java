package dev.spanda.server.vajra;

import dev.spanda.audio.play.AudioOutput;
import dev.spanda.contract.vajra.AstrologyApi;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.CoreApi;
import dev.spanda.contract.vajra.ScalarApi;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VajraSocket;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
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
  private final Mount mount;

  /**
   * What Vajra.Stream needs of the house.
   *
   * @param limiter counts requests of addresses
   * @param limitFactor multiplies the documented limits
   * @param outputs the output for a mixer of that name, or the configured one for null
   * @param storeAnswers whether the store can be read now
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
      BooleanSupplier storeAnswers) {}

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
    mount =
        Mount.builder(NAME)
            .dialect(dialect)
            .gate(gate(needs))
            .endpoints(CoreApi.class, caller -> core)
            .endpoints(AudioApi.class, caller -> audio)
            .endpoints(SessionsApi.class, caller -> sessions)
            .endpoints(AstrologyApi.class, caller -> sky)
            .endpoints(ScalarApi.class, caller -> waves)
            .socket(VajraSocket.PATH, live.hub())
            .pages("Vajra.Stream", "/dev/spanda/server/openapi/vajra.json")
            .build();
    broadcasts = live.start(needs.bus(), needs.timer());
  }

  /** The mount, to be served. */
  public Mount mount() {
    return mount;
  }

  /** Ends the broadcasts and playback. */
  @Override
  public void close() {
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

package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.ClipperHealthApi;
import dev.spanda.contract.wavestack.HealthApi;
import dev.spanda.core.Failure;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Plan;
import dev.spanda.server.http.Mount;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One of the nine services. A service says what it keeps in {@link #keep} and closes what it began
 * in {@link #close}; name, port, limit, health, pages, gate and dialect come from its {@link
 * Place}. It registers the kinds of its jobs in its constructor, which runs before the jobs start.
 */
abstract class Service implements AutoCloseable {

  /** The version in the health checks, that of the document's example. */
  static final String VERSION = "1.0.0";

  private final Place place;

  Service(Place place) {
    this.place = place;
  }

  /** Which of the nine it is. */
  final Place place() {
    return place;
  }

  /**
   * Adds the endpoints and sockets. {@link #organised} makes an endpoint of a contract for the
   * organisation of each caller.
   */
  abstract void keep(Mount.Builder mount);

  /** What the document spells another way than the engines, by the engines' word; nothing here. */
  Map<String, String> spellings() {
    return Map.of();
  }

  /** Adds to the gate, such as stricter limits of single operations; nothing here. */
  void limit(Gate.Builder gate) {}

  /** Makes what the examples of the document need, in a demo; nothing here. */
  void seed() {}

  /** Ends what it began. Nothing here. */
  @Override
  public void close() {}

  /** An endpoint that is made for the organisation of each caller. */
  final <T> Function<Caller, T> organised(Function<Organisation, T> endpoint) {
    return caller -> endpoint.apply(Organisation.of(caller, place));
  }

  /** The mount, to be served. */
  final Mount mount(Wavestack.Needs needs, Door door) {
    Gate.Builder gate =
        Gate.builder(needs.limiter())
            .name(place.mount())
            .limit(RateLimit.perMinute(place.perMinute()))
            .plans(List.of(Plan.of("standard", Plan.Window.perMinute(place.perMinute()))))
            .times(needs.limitFactor())
            .authenticator(place == Place.CORE ? door::identifyWithCredentials : door::identify);
    limit(gate);
    Mount.Builder mount =
        Mount.builder(place.mount())
            .dialect(new WavestackDialect(spellings()))
            .gate(gate.build())
            .pages(
                place.title(),
                "/dev/spanda/server/openapi/" + place.mount() + ".json",
                place == Place.CLIPPER ? "/api" : "");
    if (place == Place.CLIPPER) {
      ClipperHealthApi health = new ClipperHealth(needs.storeAnswers());
      mount.endpoints(ClipperHealthApi.class, caller -> health);
    } else {
      HealthApi health = new Health(place, needs.storeAnswers());
      mount.endpoints(HealthApi.class, caller -> health);
    }
    keep(mount);
    return mount.build();
  }

  private static void requireWell(BooleanSupplier storeAnswers) {
    if (!storeAnswers.getAsBoolean()) {
      throw Failure.of(Failure.Reason.UNAVAILABLE, "store", "The store does not answer")
          .with("status", "unhealthy");
    }
  }

  private record Health(Place place, BooleanSupplier storeAnswers) implements HealthApi {
    @Override
    public HealthApi.Health health() {
      requireWell(storeAnswers);
      return new HealthApi.Health("healthy", place.service(), VERSION);
    }
  }

  private record ClipperHealth(BooleanSupplier storeAnswers) implements ClipperHealthApi {
    @Override
    public ClipperHealthApi.Health health() {
      requireWell(storeAnswers);
      return new ClipperHealthApi.Health("ok");
    }

    @Override
    public ClipperHealthApi.Health healthOfVersion() {
      return health();
    }
  }
}

package dev.spanda.server.biofield;

import dev.spanda.contract.biofield.HealthApi;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

/** The health check. */
final class HealthEndpoints implements HealthApi {

  private static final String VERSION = "1.0.0";

  private final InstantSource clock;
  private final BooleanSupplier storeAnswers;
  private final RealtimeEndpoint realtime;
  private final MetricsEndpoint metrics;
  private final Measuring measuring;

  HealthEndpoints(
      InstantSource clock,
      BooleanSupplier storeAnswers,
      RealtimeEndpoint realtime,
      MetricsEndpoint metrics,
      Measuring measuring) {
    this.clock = clock;
    this.storeAnswers = storeAnswers;
    this.realtime = realtime;
    this.metrics = metrics;
    this.measuring = measuring;
  }

  @Override
  public Health health() {
    return new Health(
        storeAnswers.getAsBoolean() ? "healthy" : "degraded",
        BiofieldMount.NAME,
        VERSION,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        realtime.hub().statistics().activeConnections()
            + metrics.hub().statistics().activeConnections(),
        realtime.sessions(),
        measuring.segments());
  }
}

package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.core.Failure;
import dev.spanda.core.job.Job;
import dev.spanda.core.metric.Metrics;
import dev.spanda.core.metric.Probe;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chapter System Management. */
final class SystemEndpoints implements SystemApi {

  private static final String VERSION = "1.0.0";
  private static final String HEALTHY = "healthy";
  private static final String UNHEALTHY = "unhealthy";
  private static final RateLimit CHECK = RateLimit.perMinute(1_000_000);

  private final Octospine.Needs needs;
  private final Octospine.Desk desk;
  private final String account;

  SystemEndpoints(Octospine.Needs needs, Octospine.Desk desk, String account) {
    this.needs = needs;
    this.desk = desk;
    this.account = account;
  }

  @Override
  public Health getHealth() {
    Map<String, String> services = new LinkedHashMap<>();
    services.put("database", word(needs.storeAnswers().getAsBoolean()));
    services.put("cache", word(counts(needs.limiter())));
    services.put("queue", word(queueAnswers()));
    Instant now = needs.clock().instant();
    return new Health(
        services.containsValue(UNHEALTHY) ? UNHEALTHY : HEALTHY,
        now.truncatedTo(ChronoUnit.SECONDS),
        VERSION,
        Math.max(0, Duration.between(desk.startedAt(), now).toSeconds()),
        services);
  }

  @Override
  public Status getStatus() {
    Probe.Sample sample = desk.metrics().latest();
    return new Status(
        new Machine(
            tenths(sample.cpuPercent()),
            tenths(sample.memoryPercent()),
            tenths(sample.diskPercent()),
            new Network(sample.bytesSent(), sample.bytesReceived())),
        applications(),
        desk.agents().apply(account));
  }

  private Applications applications() {
    long served = needs.mounts().values().stream().filter(each -> each).count();
    List<Metrics.Application> own = desk.metrics().applications(account);
    long running = served + own.stream().filter(Metrics.Application::running).count();
    long total = (long) needs.mounts().size() + own.size();
    return new Applications(total, running, total - running);
  }

  @Override
  public Configuration getConfig() {
    return new Configuration(
        needs.demo() ? "development" : "production", desk.features(), desk.limits());
  }

  private static boolean counts(Limiter limiter) {
    String key = "octospine:health";
    try {
      if (limiter.acquire(key, CHECK).allowed()) {
        limiter.giveBack(key, CHECK, 1);
        return true;
      }
      return false;
    } catch (Failure e) {
      return false;
    }
  }

  private boolean queueAnswers() {
    try {
      Optional<Job> nothing = needs.jobs().find("health");
      return nothing.isEmpty();
    } catch (Failure e) {
      return false;
    }
  }

  private static String word(boolean works) {
    return works ? HEALTHY : UNHEALTHY;
  }

  static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}

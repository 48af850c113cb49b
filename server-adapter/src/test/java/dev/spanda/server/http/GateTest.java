package dev.spanda.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.quota.Decision;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Cors;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.Plan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate as a client meets it. */
class GateTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private @Nullable Listener listener;

  private RawHttp open(Gate gate) throws IOException {
    Mount mount =
        Mount.builder("shelf")
            .dialect(new PlainDialect())
            .gate(gate)
            .endpoints(
                ShelfApi.class,
                caller -> {
                  Shelf shelf = new Shelf();
                  if ("needed".equals(caller.principal())) {
                    caller.principal(Integer.class);
                  }
                  return shelf;
                })
            .build();
    listener = JettyListener.builder().port(0, mount).start();
    return new RawHttp(listener.urls().get("shelf"));
  }

  @AfterEach
  void stop() {
    if (listener != null) {
      listener.close();
    }
  }

  private static Gate.Builder counting() {
    return Gate.builder(new RateLimiter(InstantSource.fixed(NOON)));
  }

  @Test
  void everyAnswerTellsWhatIsLeft() throws IOException {
    try (RawHttp http = open(counting().limit(RateLimit.perMinute(100)).build())) {
      RawHttp.Answer first = http.ask("GET", "/health");
      assertThat(first.header("x-ratelimit-limit")).isEqualTo("100");
      assertThat(first.header("x-ratelimit-remaining")).isEqualTo("99");
      assertThat(Long.parseLong(first.header("x-ratelimit-reset")))
          .isBetween(NOON.getEpochSecond() + 1, NOON.getEpochSecond() + 60);
      assertThat(http.ask("GET", "/nowhere").header("x-ratelimit-remaining")).isEqualTo("98");
      assertThat(http.ask("PUT", "/health").header("x-ratelimit-remaining")).isEqualTo("97");
      assertThat(http.ask("GET", "/broken").header("x-ratelimit-remaining")).isEqualTo("96");
      assertThat(http.ask("OPTIONS", "/health").header("x-ratelimit-remaining")).isEqualTo("95");
      assertThat(http.ask("GET", "/echo/%ff").header("x-ratelimit-remaining")).isEqualTo("94");
      assertThat(http.send("nonsense\r\n\r\n").read("GET").header("x-ratelimit-remaining"))
          .isEqualTo("93");
    }
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeBack() throws IOException {
    try (RawHttp http = open(counting().limit(RateLimit.perMinute(2)).build())) {
      http.ask("GET", "/health");
      http.ask("GET", "/health");
      RawHttp.Answer refused = http.ask("GET", "/health");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isEqualTo("30");
      assertThat(refused.header("x-ratelimit-remaining")).isEqualTo("0");
      assertThat(refused.text()).contains("RATE_LIMITED", "\"retry_after\":30");
    }
  }

  @Test
  void anOperationMayHaveAStricterLimit() throws IOException {
    Gate gate =
        counting()
            .limit(RateLimit.perMinute(100))
            .limit(ShelfApi.class, "newest", RateLimit.perMinute(2))
            .build();
    try (RawHttp http = open(gate)) {
      assertThat(http.ask("GET", "/books/newest").header("x-ratelimit-limit")).isEqualTo("2");
      assertThat(http.ask("GET", "/books/newest").status()).isEqualTo(200);
      assertThat(http.ask("GET", "/books/newest").status()).isEqualTo(429);
      RawHttp.Answer other = http.ask("GET", "/books/1");
      assertThat(other.status()).isEqualTo(200);
      assertThat(other.header("x-ratelimit-remaining")).isEqualTo("96");
    }
  }

  @Test
  void aStricterLimitNeedsAMethodThatExists() {
    assertThatThrownBy(() -> counting().limit(ShelfApi.class, "no", RateLimit.perMinute(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsCanBeMultiplied() throws IOException {
    Gate gate = counting().limit(RateLimit.perMinute(2)).times(10).build();
    try (RawHttp http = open(gate)) {
      assertThat(http.ask("GET", "/health").header("x-ratelimit-limit")).isEqualTo("20");
    }
  }

  @Test
  void aPageOfANamedOriginMayReadAnswers() throws IOException {
    Gate gate = counting().cors(Cors.of(List.of("localhost:3009"))).build();
    try (RawHttp http = open(gate)) {
      RawHttp.Answer answer = http.ask("GET", "/health", "Origin: http://localhost:3009");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://localhost:3009");
      assertThat(answer.header("access-control-expose-headers")).contains("X-RateLimit-Limit");
      assertThat(answer.header("vary")).isEqualTo("Origin");
      RawHttp.Answer other = http.ask("GET", "/health", "Origin: http://evil.org:3009");
      assertThat(other.headers()).doesNotContainKey("access-control-allow-origin");
      assertThat(other.header("vary")).isEqualTo("Origin");
      assertThat(http.ask("GET", "/health").header("vary")).isEqualTo("Origin");
    }
  }

  @Test
  void aBrowserMayAskBefore() throws IOException {
    Gate gate = counting().cors(Cors.of(List.of("localhost:3009"))).build();
    try (RawHttp http = open(gate)) {
      RawHttp.Answer answer =
          http.ask(
              "OPTIONS",
              "/books/7",
              "Origin: https://localhost:3009",
              "Access-Control-Request-Method: DELETE",
              "Access-Control-Request-Headers: authorization, content-type");
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://localhost:3009");
      assertThat(answer.header("access-control-allow-methods"))
          .isEqualTo("DELETE, GET, HEAD, OPTIONS");
      assertThat(answer.header("access-control-allow-headers"))
          .isEqualTo("authorization, content-type");
      assertThat(answer.header("access-control-max-age")).isEqualTo("600");
      RawHttp.Answer other =
          http.ask(
              "OPTIONS",
              "/books/7",
              "Origin: https://evil.org",
              "Access-Control-Request-Method: DELETE");
      assertThat(other.headers()).doesNotContainKey("access-control-allow-methods");
    }
  }

  @Test
  void whoIsNotKnownIsRefused() throws IOException {
    Gate gate =
        counting()
            .authenticator(
                visit -> {
                  if ("Bearer right".equals(visit.header("authorization"))) {
                    return "someone";
                  }
                  throw Failure.of(Failure.Reason.UNAUTHENTICATED, "credentials", "Not known");
                })
            .build();
    try (RawHttp http = open(gate)) {
      assertThat(http.ask("GET", "/health").status()).isEqualTo(401);
      assertThat(http.ask("GET", "/health", "Authorization: Bearer right").status()).isEqualTo(200);
    }
  }

  private static Gate.Builder withKeys() {
    return counting()
        .limit(RateLimit.perMinute(5))
        .authenticator(
            visit -> {
              String key = visit.header("authorization");
              if (key == null) {
                return null;
              }
              if (key.equals("Bearer wrong")) {
                throw Failure.of(Failure.Reason.UNAUTHENTICATED, "credentials", "Not known");
              }
              return Identity.of(key, key.substring("Bearer ".length()).split("-")[0]);
            });
  }

  @Test
  void aCallerWithAPlanIsCountedByAccountInEveryWindow() throws IOException {
    Gate gate =
        withKeys()
            .plans(
                List.of(
                    Plan.of("free", Plan.Window.perDay(4), Plan.Window.perHour(3)),
                    Plan.of("pro", Plan.Window.perHour(2000), Plan.Window.perDay(50_000)),
                    Plan.unlimited("enterprise")))
            .build();
    try (RawHttp http = open(gate)) {
      RawHttp.Answer free = http.ask("GET", "/health", "Authorization: Bearer free-1");
      assertThat(free.header("x-ratelimit-limit")).isEqualTo("3");
      assertThat(free.header("x-ratelimit-remaining")).isEqualTo("2");
      http.ask("GET", "/health", "Authorization: Bearer free-1");
      http.ask("GET", "/health", "Authorization: Bearer free-1");
      RawHttp.Answer refused = http.ask("GET", "/health", "Authorization: Bearer free-1");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("x-ratelimit-limit")).isEqualTo("3");
      assertThat(refused.header("retry-after")).isEqualTo("1200");
      assertThat(Long.parseLong(refused.header("x-ratelimit-reset")))
          .isEqualTo(NOON.plusSeconds(3600).getEpochSecond());
      assertThat(http.ask("GET", "/health", "Authorization: Bearer free-2").status())
          .isEqualTo(200);
      RawHttp.Answer pro = http.ask("GET", "/health", "Authorization: Bearer pro-1");
      assertThat(pro.header("x-ratelimit-limit")).isEqualTo("2000");
      assertThat(pro.header("x-ratelimit-remaining")).isEqualTo("1999");
      RawHttp.Answer any = http.ask("GET", "/health", "Authorization: Bearer enterprise-1");
      assertThat(any.status()).isEqualTo(200);
      assertThat(any.headers()).doesNotContainKey("x-ratelimit-limit");
    }
  }

  @Test
  void aWindowThatRefusesTakesNothingFromTheOthers() {
    SettableClock clock = SettableClock.at(NOON);
    Gate gate =
        Gate.builder(new RateLimiter(clock))
            .plans(List.of(Plan.of("free", Plan.Window.perHour(2), Plan.Window.perDay(3))))
            .build();
    Caller caller = new Caller("address", "request", Identity.of("a", "free"));
    assertThat(gate.admit(caller, null).allowed()).isTrue();
    assertThat(gate.admit(caller, null).allowed()).isTrue();
    assertThat(gate.admit(caller, null).limit()).isEqualTo(2);
    clock.advance(Duration.ofHours(1));
    Decision third = gate.admit(caller, null);
    assertThat(third.allowed()).isTrue();
    // The day is nearer to refusing now, and says so.
    assertThat(third.limit()).isEqualTo(3);
    for (int i = 0; i < 10; i++) {
      Decision day = gate.admit(caller, null);
      assertThat(day.allowed()).isFalse();
      assertThat(day.limit()).isEqualTo(3);
    }
    clock.advance(Duration.ofHours(7));
    // Eight hours give one permit of the day; the ten refusals took nothing of the hour.
    assertThat(gate.admit(caller, null).allowed()).isTrue();
    assertThat(gate.admit(caller, null).allowed()).isFalse();
  }

  @Test
  void aBurstComesAtOnceAndTheRateHoldsOnTheLongRun() {
    SettableClock clock = SettableClock.at(NOON);
    Gate gate =
        Gate.builder(new RateLimiter(clock))
            .plans(List.of(Plan.of("basic", Plan.Window.perMinute(120, 200))))
            .build();
    Caller caller = new Caller("address", "request", Identity.of("a", "basic"));
    for (int i = 0; i < 200; i++) {
      Decision decision = gate.admit(caller, null);
      assertThat(decision.allowed()).isTrue();
      assertThat(decision.limit()).isEqualTo(120);
      assertThat(decision.remaining()).isEqualTo(Math.min(120, 199 - i));
    }
    assertThat(gate.admit(caller, null).retryAfter()).isEqualTo(Duration.ofMillis(500));
    int allowed = 0;
    for (int i = 0; i < 600; i++) {
      clock.advance(Duration.ofMillis(100));
      allowed += gate.admit(caller, null).allowed() ? 1 : 0;
    }
    assertThat(allowed).isEqualTo(120);
  }

  @Test
  void wrongCredentialsAreCountedByAddress() throws IOException {
    try (RawHttp http = open(withKeys().plans(List.of(Plan.unlimited("free"))).build())) {
      for (int i = 0; i < 5; i++) {
        assertThat(http.ask("GET", "/health", "Authorization: Bearer wrong").status())
            .isEqualTo(401);
      }
      assertThat(http.ask("GET", "/health", "Authorization: Bearer wrong").status()).isEqualTo(429);
      assertThat(http.ask("GET", "/health").status()).isEqualTo(429);
      assertThat(http.ask("GET", "/health", "Authorization: Bearer free-1").status())
          .isEqualTo(200);
    }
  }

  @Test
  void socketsAreCountedByAccountAndPlan() {
    Gate gate =
        withKeys()
            .sockets(1)
            .plans(List.of(Plan.unlimited("free").withSockets(2), Plan.unlimited("enterprise")))
            .build();
    Caller free = new Caller("address", "request", Identity.of("a", "free"));
    Runnable first = gate.socket(free).orElseThrow();
    assertThat(gate.socket(new Caller("elsewhere", "request", Identity.of("a", "free"))))
        .isPresent();
    assertThat(gate.socket(free)).isEmpty();
    first.run();
    assertThat(gate.socket(free)).isPresent();
    Caller anybody = new Caller("address", "request");
    assertThat(gate.socket(anybody)).isPresent();
    assertThat(gate.socket(anybody)).isEmpty();
    Caller enterprise = new Caller("address", "request", Identity.of("b", "enterprise"));
    for (int i = 0; i < 100; i++) {
      assertThat(gate.socket(enterprise)).isPresent();
    }
  }

  @Test
  void aMultipliedPlanIsMultipliedInEveryPart() {
    Gate gate =
        Gate.builder(new RateLimiter(InstantSource.fixed(NOON)))
            .plans(List.of(Plan.of("free", Plan.Window.perMinute(30, 50)).withSockets(1)))
            .times(10)
            .build();
    Caller caller = new Caller("address", "request", Identity.of("a", "free"));
    assertThat(gate.admit(caller, null).limit()).isEqualTo(300);
    assertThat(gate.socketsOf(caller)).isEqualTo(10);
  }

  @Test
  void aPrincipalOfAnotherKindCountsAsNone() throws IOException {
    try (RawHttp http = open(counting().authenticator(visit -> "needed").build())) {
      assertThat(http.ask("GET", "/health").status()).isEqualTo(401);
    }
  }
}

package dev.spanda.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.server.gate.Cors;
import dev.spanda.server.gate.Gate;
import java.io.IOException;
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

  @Test
  void aPrincipalOfAnotherKindCountsAsNone() throws IOException {
    try (RawHttp http = open(counting().authenticator(visit -> "needed").build())) {
      assertThat(http.ask("GET", "/health").status()).isEqualTo(401);
    }
  }
}

package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the client makes of a server and a network that misbehave. */
class HttpTransportTest {

  private static final Things.Thing THING = new Things.Thing("a");
  private static final String JSON = "{\"name\":\"a\"}";

  private final MockWebServer server = new MockWebServer();
  private final SteadyPace pace = new SteadyPace();
  private HttpTransport transport;

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  private Things things() {
    return things(ClientOptions.DEFAULT);
  }

  private Things things(ClientOptions options) {
    transport = new HttpTransport(server.url("/").uri(), options, pace);
    return ApiProxy.of(Things.class, transport);
  }

  private static MockResponse.Builder status(int code) {
    return new MockResponse.Builder().code(code);
  }

  private void enqueue(MockResponse.Builder... answers) {
    for (MockResponse.Builder answer : answers) {
      server.enqueue(answer.build());
    }
  }

  private static ApiException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ApiException.class, call);
  }

  @Test
  void aRefusalForNowIsTriedAgainAfterTheTimeTheServerAsksFor() {
    enqueue(status(429).addHeader("Retry-After", "7"), status(200).body(JSON));
    assertThat(things().getPlainly("1")).isEqualTo(THING);
    assertThat(pace.pauses).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void pausesDoubleUntilTheTriesAreUsedUp() {
    enqueue(status(503), status(502), status(500), status(503));
    assertThat(failure(() -> things().getPlainly("1")).status()).isEqualTo(503);
    assertThat(server.getRequestCount()).isEqualTo(4);
    assertThat(pace.pauses)
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
  }

  @Test
  void aWaitBeyondTheTotalTimeIsNotBegun() {
    enqueue(status(429).addHeader("Retry-After", "61"));
    ApiException failure = failure(() -> things().getPlainly("1"));
    assertThat(failure).isInstanceOf(RateLimitedException.class);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(61));
    assertThat(pace.pauses).isEmpty();
  }

  @Test
  void aPostIsRepeatedOnlyWithAKeyOrWhenTold() {
    enqueue(status(503), status(503), status(201).body(JSON), status(503), status(201).body(JSON));
    Things careful = things();
    assertThat(failure(() -> careful.create(null, THING)).status()).isEqualTo(503);
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(careful.create("key-1", THING)).isEqualTo(THING);
    assertThat(server.getRequestCount()).isEqualTo(3);
    transport.close();
    Things bold = things(ClientOptions.DEFAULT.withRetry(RetryPolicy.DEFAULT.withEveryVerb(true)));
    assertThat(bold.create(null, THING)).isEqualTo(THING);
    assertThat(server.getRequestCount()).isEqualTo(5);
  }

  @Test
  void aPostWhoseAnswerIsLostIsNotSentTwice() {
    enqueue(
        status(201).body(JSON).onResponseStart(new SocketEffect.CloseSocket()),
        status(201).body(JSON));
    Things things = things();
    ApiException failure = failure(() -> things.create(null, THING));
    assertThat(failure.code()).isEqualTo(ApiException.NO_ANSWER);
    assertThat(failure.status()).isZero();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void anAnswerThatBreaksOffIsFetchedAgain() {
    enqueue(
        status(200)
            .body("{\"name\":\"" + "x".repeat(100_000) + "\"}")
            .onResponseBody(new SocketEffect.CloseSocket()),
        status(200).body(JSON));
    assertThat(things().getPlainly("1")).isEqualTo(THING);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aServerThatIsNotThereIsTriedAgainAndThenNamed() {
    Things things = things();
    server.close();
    ApiException failure = failure(() -> things.getPlainly("1"));
    assertThat(failure.code()).isEqualTo(ApiException.NO_ANSWER);
    assertThat(failure).hasCauseInstanceOf(IOException.class);
    assertThat(pace.pauses).hasSize(3);
  }

  @Test
  void aSilentServerIsGivenUpAfterTheReadTimeout() {
    enqueue(status(200).body(JSON).onResponseStart(SocketEffect.Stall.INSTANCE));
    Things things =
        things(
            ClientOptions.DEFAULT
                .withReadTimeout(Duration.ofMillis(100))
                .withRetry(RetryPolicy.NONE));
    assertThat(failure(() -> things.getPlainly("1")).code()).isEqualTo(ApiException.NO_ANSWER);
  }

  @Test
  void aDrippingServerIsGivenUpAfterTheCallTimeout() {
    enqueue(status(200).body(JSON).throttleBody(1, 50, TimeUnit.MILLISECONDS));
    Things things =
        things(
            ClientOptions.DEFAULT
                .withCallTimeout(Duration.ofMillis(200))
                .withRetry(RetryPolicy.NONE));
    assertThat(failure(() -> things.getPlainly("1")).code()).isEqualTo(ApiException.NO_ANSWER);
  }

  @Test
  void anAnswerThatIsNotTheContractsJsonIsNamedSo() {
    enqueue(
        status(200).body("{\"name\":"),
        status(200).body("<html>"),
        status(200).body("null"),
        status(200),
        status(200).body("[]"));
    Things things = things();
    for (int i = 0; i < 5; i++) {
      ApiException failure = failure(() -> things.getPlainly("1"));
      assertThat(failure.code()).isEqualTo(ApiException.MALFORMED_ANSWER);
      assertThat(failure.status()).isEqualTo(200);
    }
    assertThat(server.getRequestCount()).isEqualTo(5);
  }

  @Test
  void anAnswerBeyondTheLimitIsRefusedAndOneAtTheLimitIsRead() {
    ClientOptions options = ClientOptions.DEFAULT.withLargestJsonBytes(JSON.length());
    enqueue(status(200).body(JSON), status(200).body(JSON + " "));
    Things things = things(options);
    assertThat(things.getPlainly("1")).isEqualTo(THING);
    assertThat(failure(() -> things.getPlainly("1")).code())
        .isEqualTo(ApiException.ANSWER_TOO_LARGE);
  }

  @Test
  void aHugeErrorBodyIsNotReadWhole() {
    enqueue(status(501).body(new Buffer().write(new byte[5 << 20])));
    ApiException failure = failure(() -> things().getPlainly("1"));
    assertThat(failure.code()).isEqualTo("HTTP_501");
  }

  @Test
  void aRedirectIsNotFollowed() {
    enqueue(status(302).addHeader("Location", "http://127.0.0.1:1/elsewhere"));
    assertThat(failure(() -> things().getPlainly("1")).status()).isEqualTo(302);
  }

  @Test
  void aCancelledFutureFreesTheWorkerThatWaitsForTheServer() throws Exception {
    enqueue(status(200).body(JSON).onResponseStart(SocketEffect.Stall.INSTANCE));
    Things things = things();
    CompletableFuture<ApiException> seen = new CompletableFuture<>();
    try (AsyncCalls calls = new AsyncCalls()) {
      CompletableFuture<Things.Thing> future =
          calls.submit(
              () -> {
                try {
                  return things.getPlainly("1");
                } catch (ApiException e) {
                  seen.complete(e);
                  throw e;
                }
              });
      server.takeRequest();
      assertThat(future.cancel(true)).isTrue();
      assertThat(seen.get(20, TimeUnit.SECONDS).code()).isEqualTo(ApiException.CANCELLED);
      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aFutureThatTimesOutFreesItsWorkerToo() throws Exception {
    enqueue(status(200).body(JSON).onResponseStart(SocketEffect.Stall.INSTANCE));
    Things things = things();
    CompletableFuture<ApiException> seen = new CompletableFuture<>();
    try (AsyncCalls calls = new AsyncCalls()) {
      CompletableFuture<Things.Thing> future =
          calls.submit(
              () -> {
                try {
                  return things.getPlainly("1");
                } catch (ApiException e) {
                  seen.complete(e);
                  throw e;
                }
              });
      server.takeRequest();
      assertThatThrownBy(future.orTimeout(1, TimeUnit.MILLISECONDS)::join)
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(seen.get(20, TimeUnit.SECONDS).code()).isEqualTo(ApiException.CANCELLED);
    }
  }

  @Test
  void aFutureCarriesResultOrFailureAndClosingCancelsTheRest() throws InterruptedException {
    enqueue(
        status(200).body(JSON),
        status(404),
        status(200).body(JSON).onResponseStart(SocketEffect.Stall.INSTANCE));
    Things things = things();
    AsyncCalls calls = new AsyncCalls();
    assertThat(calls.submit(() -> things.getPlainly("1")).join()).isEqualTo(THING);
    assertThatThrownBy(() -> calls.submit(() -> things.getPlainly("1")).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ApiException.class);
    CompletableFuture<Things.Thing> waiting = calls.submit(() -> things.getPlainly("1"));
    for (int i = 0; i < 3; i++) {
      server.takeRequest();
    }
    calls.close();
    assertThat(waiting).isCancelled();
    assertThatThrownBy(() -> calls.submit(() -> THING)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClosedClientRefusesCalls() {
    Things things = things();
    transport.close();
    assertThatThrownBy(() -> things.getPlainly("1")).isInstanceOf(IllegalStateException.class);
  }
}

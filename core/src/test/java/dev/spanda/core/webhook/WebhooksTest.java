package dev.spanda.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import dev.spanda.core.webhook.WebhookSender.Answer;
import dev.spanda.core.webhook.WebhookSender.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {

  private static final Instant START = Instant.parse("2025-11-21T12:05:00Z");
  private static final String ANN = "user_ann";
  private static final String BOB = "user_bob";
  private static final String SECRET = "your_webhook_secret";
  private static final String BODY = "{\"event\":\"job.completed\"}";
  private static final List<String> EVENTS = List.of("job.completed", "credits.low");
  private static final Jobs.Settings QUICK =
      new Jobs.Settings(3, Duration.ofMillis(200), Duration.ofMillis(25));

  @TempDir Path folder;

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final BlockingQueue<Delivery> tried = new LinkedBlockingQueue<>();
  private final List<Message> sent = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile Function<Message, Answer> receiver = message -> new Answer(200, "OK");

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T closing(T thing) {
    open.add(thing);
    return thing;
  }

  private final class House implements AutoCloseable {
    private final Store store;
    private final Jobs jobs;
    private final Webhooks webhooks;

    House(StoreKind.Place place) {
      store = Store.open(place.location());
      jobs = new Jobs(store, clock, bus, Ids.secure(), QUICK);
      webhooks =
          new Webhooks(
              store,
              jobs,
              message -> {
                sent.add(message);
                return receiver.apply(message);
              },
              clock,
              bus,
              Ids.secure(),
              new Random(3),
              Webhooks.Settings.of(EVENTS, folder.resolve("keys/webhook.key")));
    }

    @Override
    public void close() {
      jobs.close();
      store.close();
    }
  }

  private House house(StoreKind kind) {
    bus.subscribe(Delivery.Tried.class, event -> tried.add(event.delivery()));
    House house = closing(new House(closing(kind.fresh())));
    house.jobs.start();
    return house;
  }

  private static Webhook.Plan plan(String path, String... events) {
    return Webhook.Plan.parse("https://yoursite.com/" + path, List.of(events), SECRET);
  }

  private Delivery nextTried() throws InterruptedException {
    Delivery delivery = tried.poll(30, TimeUnit.SECONDS);
    assertThat(delivery).as("a delivery that was tried").isNotNull();
    return delivery;
  }

  private static void assertFailure(
      ThrowingCallable call, Failure.Reason reason, String subject, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
              assertThat(failure).hasMessage(message);
            });
  }

  @ParameterizedTest
  @EnumSource
  void anEventReachesThoseWhoWantItSigned(StoreKind kind) throws InterruptedException {
    House house = house(kind);
    Webhook both = house.webhooks.subscribe(ANN, plan("a", "job.completed", "credits.low"));
    Webhook low = house.webhooks.subscribe(ANN, plan("b", "credits.low"));
    house.webhooks.subscribe(BOB, plan("c", "job.completed"));
    assertThat(house.webhooks.publish(ANN, "job.completed", "evt_1", BODY)).isEqualTo(1);
    Delivery delivery = nextTried();
    assertThat(delivery.webhookId()).isEqualTo(both.id());
    assertThat(delivery.status()).isEqualTo(Delivery.Status.DELIVERED);
    assertThat(delivery.nextAt()).isEmpty();
    assertThat(delivery.attempts())
        .containsExactly(new Delivery.Attempt(1, START, Duration.ZERO, OptionalInt.of(200), "OK"));
    assertThat(sent).hasSize(1);
    Message message = sent.get(0);
    assertThat(message.url()).isEqualTo(URI.create("https://yoursite.com/a"));
    assertThat(message.body()).isEqualTo(BODY);
    assertThat(message.headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Content-Type",
                "application/json",
                "X-Webhook-Signature",
                Signature.of(SECRET, BODY),
                "X-Webhook-Signature-Stamped",
                Signature.stamped(SECRET, START, BODY.getBytes(UTF_8)),
                "X-Webhook-Event",
                "job.completed",
                "X-Webhook-Event-Id",
                "evt_1",
                "X-Webhook-Delivery",
                delivery.id(),
                "X-Webhook-Attempt",
                "1"));
    assertThat(house.webhooks.deliveries(ANN, both.id(), 10, 0).items()).containsExactly(delivery);
    assertThat(house.webhooks.deliveries(ANN, low.id(), 10, 0).total()).isZero();
    assertThat(house.webhooks.publish(ANN, "job.completed", "evt_1", BODY)).isZero();
    assertThat(house.jobs.list(ANN, 10, 0).total()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void anotherOwnersWebhookDoesNotExist(StoreKind kind) {
    House house = house(kind);
    Webhook webhook = house.webhooks.subscribe(ANN, plan("a", "credits.low"));
    assertThat(webhook.id()).startsWith("wh_");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> house.webhooks.find(BOB, webhook.id()),
            () -> house.webhooks.delete(BOB, webhook.id()),
            () -> house.webhooks.test(BOB, webhook.id(), BODY),
            () -> house.webhooks.deliveries(BOB, webhook.id(), 10, 0))) {
      assertFailure(
          call, Failure.Reason.NOT_FOUND, "webhook", "No webhook with id " + webhook.id());
    }
    assertThat(house.webhooks.list(BOB)).isEmpty();
    assertThat(house.webhooks.list(ANN)).containsExactly(webhook);
    assertThat(house.webhooks.delete(ANN, webhook.id())).isEqualTo(webhook);
    assertThat(house.webhooks.list(ANN)).isEmpty();
    assertThat(house.webhooks.publish(ANN, "credits.low", "evt_1", BODY)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void anEventOfARolledBackTransactionIsNotSent(StoreKind kind) throws InterruptedException {
    House house = house(kind);
    Webhook webhook = house.webhooks.subscribe(ANN, plan("a", "credits.low"));
    assertThatThrownBy(
            () ->
                house.store.change(
                    handle -> {
                      assertThat(house.webhooks.publish(ANN, "credits.low", "evt_1", BODY))
                          .isEqualTo(1);
                      throw new IllegalStateException("not to be");
                    }))
        .hasMessage("not to be");
    house.store.change(
        handle ->
            assertThat(house.webhooks.publish(ANN, "credits.low", "evt_2", BODY)).isEqualTo(1));
    assertThat(nextTried().eventId()).isEqualTo("evt_2");
    assertThat(house.webhooks.deliveries(ANN, webhook.id(), 10, 0).total()).isEqualTo(1);
    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aDeafReceiverIsTriedEightTimesOverADay(StoreKind kind) throws InterruptedException {
    House house = house(kind);
    Webhook webhook = house.webhooks.subscribe(ANN, plan("a", "credits.low"));
    receiver =
        message -> {
          throw Failure.of(Failure.Reason.TIMED_OUT, "webhook", "No answer within 10 s");
        };
    house.webhooks.publish(ANN, "credits.low", "evt_1", BODY);
    long[] seconds = {30, 120, 480, 1920, 7680, 30_720, 43_200};
    for (int i = 0; i < seconds.length; i++) {
      Delivery delivery = nextTried();
      assertThat(delivery.status()).isEqualTo(Delivery.Status.PENDING);
      assertThat(delivery.attempts()).hasSize(i + 1);
      Instant next = delivery.nextAt().orElseThrow();
      assertThat(Duration.between(clock.instant(), next).toMillis())
          .isBetween(seconds[i] * 800, seconds[i] * 1200);
      clock.set(next);
    }
    Delivery last = nextTried();
    assertThat(last.status()).isEqualTo(Delivery.Status.FAILED);
    assertThat(last.attempts()).hasSize(Webhooks.MOST_ATTEMPTS);
    assertThat(last.attempts())
        .allSatisfy(
            attempt -> {
              assertThat(attempt.answer()).isEmpty();
              assertThat(attempt.excerpt()).isEqualTo("TIMED_OUT: No answer within 10 s");
            });
    assertThat(Duration.between(START, clock.instant())).isBetween(hours(18), hours(29));
    assertThat(sent)
        .extracting(message -> message.headers().get("X-Webhook-Event-Id"))
        .containsOnly("evt_1");
    assertThat(house.webhooks.deliveries(ANN, webhook.id(), 10, 0).items()).containsExactly(last);
    assertThat(house.webhooks.prune(clock.instant())).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(house.webhooks.prune(clock.instant())).isEqualTo(1);
    assertThat(house.webhooks.deliveries(ANN, webhook.id(), 10, 0).total()).isZero();
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 404, 429, 500, 503})
  void everyOtherAnswerIsTriedAgain(int status) throws InterruptedException {
    House house = house(StoreKind.MEMORY);
    house.webhooks.subscribe(ANN, plan("a", "credits.low"));
    receiver = message -> new Answer(status, "no\0t\u001B[now " + "x".repeat(1000));
    house.webhooks.publish(ANN, "credits.low", "evt_1", BODY);
    Delivery first = nextTried();
    assertThat(first.status()).isEqualTo(Delivery.Status.PENDING);
    assertThat(first.attempts().get(0).answer()).isEqualTo(OptionalInt.of(status));
    assertThat(first.attempts().get(0).excerpt()).startsWith("no t [now xxx").hasSize(500);
    receiver = message -> new Answer(204, "");
    clock.set(first.nextAt().orElseThrow());
    Delivery second = nextTried();
    assertThat(second.status()).isEqualTo(Delivery.Status.DELIVERED);
    assertThat(second.attempts()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void anAddressThatIsGoneIsDisabled(StoreKind kind) throws InterruptedException {
    House house = house(kind);
    Webhook webhook = house.webhooks.subscribe(ANN, plan("a", "credits.low"));
    receiver = message -> new Answer(500, "");
    house.webhooks.publish(ANN, "credits.low", "evt_1", BODY);
    Delivery waiting = nextTried();
    receiver = message -> new Answer(410, "Gone");
    house.webhooks.publish(ANN, "credits.low", "evt_2", BODY);
    assertThat(nextTried().status()).isEqualTo(Delivery.Status.FAILED);
    assertThat(house.webhooks.find(ANN, webhook.id()).status()).isEqualTo(Webhook.Status.DISABLED);
    assertThat(house.webhooks.deliveries(ANN, webhook.id(), 10, 0).items())
        .extracting(Delivery::status)
        .containsOnly(Delivery.Status.FAILED);
    assertThat(house.webhooks.publish(ANN, "credits.low", "evt_3", BODY)).isZero();
    clock.set(waiting.nextAt().orElseThrow());
    assertFailure(
        () -> house.webhooks.test(ANN, webhook.id(), BODY),
        Failure.Reason.CONFLICT,
        "webhook",
        "The webhook is disabled");
    assertThat(sent).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void aTestIsSentAtOnceAndOnce(StoreKind kind) {
    House house = house(kind);
    Webhook webhook = house.webhooks.subscribe(ANN, plan("a", "credits.low"));
    Delivery good = house.webhooks.test(ANN, webhook.id(), "{}");
    assertThat(good.status()).isEqualTo(Delivery.Status.DELIVERED);
    assertThat(good.event()).isEqualTo(Webhooks.TEST_EVENT);
    receiver = message -> new Answer(500, "broken");
    clock.advance(Duration.ofSeconds(1));
    Delivery bad = house.webhooks.test(ANN, webhook.id(), "{}");
    assertThat(bad.status()).isEqualTo(Delivery.Status.FAILED);
    assertThat(bad.attempts().get(0).excerpt()).isEqualTo("broken");
    assertThat(house.webhooks.deliveries(ANN, webhook.id(), 10, 0).items())
        .containsExactly(bad, good);
    assertThatThrownBy(() -> house.store.change(h -> house.webhooks.test(ANN, webhook.id(), "{}")))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void whatWasPublishedIsDeliveredAfterARestart(StoreKind kind) throws Exception {
    StoreKind.Place place = closing(kind.fresh());
    Webhook webhook;
    try (House before = new House(place)) {
      webhook = before.webhooks.subscribe(ANN, plan("a", "credits.low"));
      before.webhooks.publish(ANN, "credits.low", "evt_1", BODY);
    }
    assertThat(sent).isEmpty();
    bus.subscribe(Delivery.Tried.class, event -> tried.add(event.delivery()));
    House after = closing(new House(place));
    after.jobs.start();
    assertThat(nextTried().status()).isEqualTo(Delivery.Status.DELIVERED);
    assertThat(sent.get(0).headers())
        .containsEntry("X-Webhook-Signature", Signature.of(SECRET, BODY));
    assertThat(after.webhooks.list(ANN)).containsExactly(webhook);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aProcessThatEndsBeforeTheAnswerSendsAgainUnderTheSameEventId(StoreKind kind)
      throws Exception {
    StoreKind.Place place = closing(kind.fresh());
    CountDownLatch reached = new CountDownLatch(1);
    receiver =
        message -> {
          reached.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw Failure.of(Failure.Reason.UNAVAILABLE, "webhook", "interrupted").causedBy(e);
          }
          return new Answer(200, "");
        };
    try (House before = new House(place)) {
      before.webhooks.subscribe(ANN, plan("a", "credits.low"));
      before.jobs.start();
      before.webhooks.publish(ANN, "credits.low", "evt_1", BODY);
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    }
    receiver = message -> new Answer(200, "");
    bus.subscribe(Delivery.Tried.class, event -> tried.add(event.delivery()));
    House after = closing(new House(place));
    after.jobs.start();
    Delivery delivery = nextTried();
    assertThat(delivery.attempts()).hasSize(1);
    assertThat(delivery.status()).isEqualTo(Delivery.Status.DELIVERED);
    assertThat(sent).hasSize(2);
    assertThat(sent)
        .extracting(message -> message.headers().get("X-Webhook-Event-Id"))
        .containsOnly("evt_1");
  }

  @ParameterizedTest
  @EnumSource
  void aSecretIsSealedWhereverItLies(StoreKind kind) throws IOException {
    House house = house(kind);
    Webhook webhook = house.webhooks.subscribe(ANN, plan("a", "credits.low"));
    String stored =
        house.store.read(
            h -> h.createQuery("SELECT secret FROM webhook").mapTo(String.class).one());
    assertThat(stored).doesNotContain(SECRET);
    assertThat(webhook.toString() + plan("a", "credits.low")).doesNotContain(SECRET);
    Path key = folder.resolve("keys/webhook.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(key)).matches("[0-9a-f]{64}");
    try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
      assertThat(files).containsExactly(key);
    }
    Vault vault = new Vault(key);
    assertThat(vault.open(webhook.id(), stored)).isEqualTo(SECRET);
    assertFailure(
        () -> vault.open("wh_other", stored),
        Failure.Reason.FAILED,
        "webhook",
        "A secret cannot be opened: it was sealed with another key");
    assertThatThrownBy(() -> vault.open(webhook.id(), "AAAA")).isInstanceOf(Failure.class);
    assertThat(vault.seal("a", SECRET)).isNotEqualTo(vault.seal("a", SECRET));
    Files.writeString(key, "short");
    assertFailure(
        () -> new Vault(key),
        Failure.Reason.FAILED,
        "webhook",
        "The key in the file webhook.key cannot be read or made");
  }

  @ParameterizedTest
  @EnumSource
  void anOwnerHasAtMostTwentyWebhooks(StoreKind kind) {
    House house = house(kind);
    for (int i = 0; i < 20; i++) {
      house.webhooks.subscribe(ANN, plan("a" + i, "credits.low"));
    }
    assertFailure(
        () -> house.webhooks.subscribe(ANN, plan("b", "credits.low")),
        Failure.Reason.CONFLICT,
        "webhook",
        "An owner may have at most 20 webhooks");
    assertThat(house.webhooks.subscribe(BOB, plan("b", "credits.low")).owner()).isEqualTo(BOB);
  }

  @Test
  void theInputIsChecked() {
    House house = house(StoreKind.MEMORY);
    assertFailure(
        () -> house.webhooks.subscribe(ANN, plan("a", "credits.high")),
        Failure.Reason.INVALID,
        "events",
        "events must be one of job.completed, credits.low; was credits.high");
    assertFailure(
        () -> plan("a"), Failure.Reason.INVALID, "events", "Events must name at least one event");
    List<String> low = List.of("credits.low");
    for (String secret : List.of("seven77", "s".repeat(201))) {
      assertFailure(
          () -> Webhook.Plan.parse("https://a.b/", low, secret),
          Failure.Reason.INVALID,
          "secret",
          "Secret must have between 8 and 200 characters; had " + secret.length());
    }
    for (String url :
        List.of("ftp://a.b/", "/path", "https:///x", "not a url", "javascript:alert(1)", "")) {
      assertFailure(
          () -> Webhook.Plan.parse(url, low, SECRET),
          Failure.Reason.INVALID,
          "url",
          "URL must be an absolute http or https address");
    }
    assertFailure(
        () -> Webhook.Plan.parse("https://ann:pw@a.b/", low, SECRET),
        Failure.Reason.INVALID,
        "url",
        "URL must not hold a user name");
    assertFailure(
        () -> Webhook.Plan.parse("https://a.b:65536/", low, SECRET),
        Failure.Reason.INVALID,
        "url",
        "URL must have a port between 1 and 65535");
    assertFailure(
        () -> Webhook.Plan.parse("https://a.b/" + "x".repeat(2000), low, SECRET),
        Failure.Reason.INVALID,
        "url",
        "URL must have at most 2000 characters; had 2012");
    assertThatThrownBy(() -> house.webhooks.publish(ANN, "credits.high", "evt_1", BODY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void receiversWhoDoNotAnswerLeaveThreadsToOtherJobs(StoreKind kind) throws Exception {
    BlockingQueue<Job> ended = new LinkedBlockingQueue<>();
    bus.subscribe(Job.Finished.class, event -> ended.add(event.job()));
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(2);
    receiver =
        message -> {
          reached.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            throw Failure.of(Failure.Reason.UNAVAILABLE, "webhook", "interrupted").causedBy(e);
          }
          return new Answer(200, "");
        };
    House house = house(kind);
    Webhook webhook = house.webhooks.subscribe(ANN, plan("a", "credits.low"));
    house.webhooks.publish(ANN, "credits.low", "evt_1", BODY);
    house.webhooks.publish(ANN, "credits.low", "evt_2", BODY);
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    clock.advance(Duration.ofMillis(1));
    house.webhooks.publish(ANN, "credits.low", "evt_3", BODY);
    Job first = ended.poll(30, TimeUnit.SECONDS);
    assertThat(first).isNotNull();
    assertThat(first.owner()).isEqualTo(webhook.id());
    Delivery waiting = house.webhooks.deliveries(ANN, webhook.id(), 1, 0).items().get(0);
    assertThat(waiting.attempts()).isEmpty();
    assertThat(waiting.nextAt().orElseThrow())
        .isBetween(clock.instant().plusMillis(800), clock.instant().plusMillis(1200));
    answer.countDown();
    assertThat(List.of(nextTried().eventId(), nextTried().eventId()))
        .containsExactlyInAnyOrder("evt_1", "evt_2");
    clock.set(waiting.nextAt().orElseThrow());
    Delivery last = nextTried();
    assertThat(last.eventId()).isEqualTo("evt_3");
    assertThat(last.attempts()).hasSize(1);
  }
}

package dev.spanda.media.queue;

import static dev.spanda.media.queue.QueueHouse.OTHER;
import static dev.spanda.media.queue.QueueHouse.OWNER;
import static dev.spanda.media.queue.QueueHouse.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Failure.Reason;
import dev.spanda.core.Page;
import dev.spanda.core.job.JobState;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.queue.QueueItem.Platform;
import dev.spanda.media.queue.QueueItem.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueTest {

  @TempDir Path folder;
  private final SettableClock clock = SettableClock.at(START);

  /** Shows everything and remembers what. */
  private static class Stage implements Publisher {
    final List<String> shown = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Outcome publish(Work work) throws IOException, InterruptedException {
      shown.add(work.idempotencyKey());
      return shown(work);
    }

    static Published shown(Work work) {
      String word = work.platform().word();
      return new Published(
          word, word + " 1", Optional.of(URI.create("https://" + word + ".example.com/1")));
    }
  }

  private QueueHouse house(Publisher publisher) {
    return new QueueHouse(StoreLocation.folder(folder.resolve("data")), clock, publisher).started();
  }

  private static void assertFails(Reason reason, String subject, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @Test
  void anItemIsShownOnEveryPlatformOnce() throws Exception {
    Stage stage = new Stage();
    try (QueueHouse house = house(stage)) {
      QueueItem made =
          house.queue.create(OWNER, house.draft("one", Platform.YOUTUBE, Platform.INSTAGRAM));
      assertThat(made.status()).isEqualTo(Status.QUEUED);
      assertThat(made.createdAt()).isEqualTo(START);
      assertThat(made.results()).isEmpty();
      QueueItem published = house.await(made.id(), Status.PUBLISHED);
      assertThat(stage.shown).containsExactly(made.id() + ":youtube", made.id() + ":instagram");
      assertThat(published.finishedAt()).hasValue(START);
      assertThat(published.draft()).isEqualTo(made.draft());
      assertThat(published.results())
          .containsExactly(
              new QueueItem.Result(
                  Platform.YOUTUBE,
                  true,
                  "youtube",
                  "youtube 1",
                  Optional.of("https://youtube.example.com/1"),
                  "",
                  START),
              new QueueItem.Result(
                  Platform.INSTAGRAM,
                  true,
                  "instagram",
                  "instagram 1",
                  Optional.of("https://instagram.example.com/1"),
                  "",
                  START));
      assertThat(house.queue.find(OWNER, made.id())).isEqualTo(published);
    }
  }

  @Test
  void thePublisherGetsTheBytesOfTheAsset() throws Exception {
    List<byte[]> bytes = Collections.synchronizedList(new ArrayList<>());
    Publisher reader =
        work -> {
          assertThat(work.item().status()).isEqualTo(Status.PROCESSING);
          assertThat(work.asset().mediaType()).isEqualTo("video/mp4");
          bytes.add(work.content().open().readAllBytes());
          bytes.add(work.content().open(1, 3).readAllBytes());
          work.progress().tell(0.5);
          return Stage.shown(work);
        };
    try (QueueHouse house = house(reader)) {
      QueueItem item = house.queue.create(OWNER, house.draft("one", Platform.LOCAL));
      house.await(item.id(), Status.PUBLISHED);
      assertThat(bytes).containsExactly(new byte[] {1, 2, 3, 4, 5}, new byte[] {2, 3, 4});
    }
  }

  @Test
  void aScheduledItemWaitsForItsTime() throws Exception {
    Stage stage = new Stage();
    try (QueueHouse house = house(stage)) {
      Instant at = START.plus(Duration.ofDays(5));
      QueueItem later =
          house.queue.create(
              OWNER,
              QueueHouse.draft(house.project(OWNER), "later", Optional.of(at), Platform.LOCAL));
      QueueItem now = house.queue.create(OWNER, house.draft("now", Platform.LOCAL));
      house.await(now.id(), Status.PUBLISHED);
      clock.set(at.minusMillis(1));
      QueueItem between = house.queue.create(OWNER, house.draft("between", Platform.LOCAL));
      house.await(between.id(), Status.PUBLISHED);
      assertThat(house.queue.find(OWNER, later.id()).status()).isEqualTo(Status.QUEUED);
      clock.set(at);
      assertThat(house.await(later.id(), Status.PUBLISHED).finishedAt()).hasValue(at);
      assertThat(stage.shown).hasSize(3);
    }
  }

  @Test
  void aTimeThatHasPassedMeansNow() throws Exception {
    try (QueueHouse house = house(new Stage())) {
      QueueItem item =
          house.queue.create(
              OWNER,
              QueueHouse.draft(
                  house.project(OWNER), "one", Optional.of(Instant.EPOCH), Platform.LOCAL));
      assertThat(house.await(item.id(), Status.PUBLISHED).draft().scheduleAt())
          .hasValue(Instant.EPOCH);
    }
  }

  @Test
  void aRepeatedKeyNamesTheFirstItem() {
    try (QueueHouse house = house(new Stage())) {
      clock.advance(Duration.ofMillis(1));
      QueueItem first = house.queue.create(OWNER, house.draft("key", Platform.LOCAL));
      assertThatThrownBy(() -> house.queue.create(OWNER, house.draft("key", Platform.YOUTUBE)))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.CONFLICT);
                assertThat(failure.subject()).isEqualTo("idempotency_key");
                assertThat(failure.details()).containsEntry("id", first.id());
                assertThat(failure.details()).containsEntry("provided_value", "key");
                assertThat(failure.details())
                    .containsEntry("created_at", first.createdAt().toString());
              });
      // The key of another owner is another key.
      house.assets.put(OTHER, "asset_789", new byte[] {9});
      QueueItem others =
          house.queue.create(
              OTHER,
              QueueHouse.draft(house.project(OTHER), "key", Optional.empty(), Platform.LOCAL));
      assertThat(others.id()).isNotEqualTo(first.id());
    }
  }

  @Test
  void oneOfManyCallersAtOnceMakesTheItem() throws Exception {
    try (QueueHouse house = house(new Stage())) {
      QueueItem.Draft draft = house.draft("key", Platform.LOCAL);
      AtomicInteger made = new AtomicInteger();
      List<String> named = Collections.synchronizedList(new ArrayList<>());
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Thread caller =
            new Thread(
                () -> {
                  try {
                    named.add(house.queue.create(OWNER, draft).id());
                    made.incrementAndGet();
                  } catch (Failure failure) {
                    named.add(String.valueOf(failure.details().get("id")));
                  }
                });
        callers.add(caller);
        caller.start();
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(made).hasValue(1);
      assertThat(named).hasSize(8).containsOnly(named.get(0));
    }
  }

  @Test
  void aPlatformThatRefusesFailsTheItemAndNotTheOthers() throws Exception {
    Publisher strict =
        work -> {
          if (work.platform() == Platform.TIKTOK) {
            throw Failure.of(Reason.FORBIDDEN, "account", "The account may not publish");
          }
          return Stage.shown(work);
        };
    try (QueueHouse house = house(strict)) {
      QueueItem item =
          house.queue.create(OWNER, house.draft("one", Platform.TIKTOK, Platform.YOUTUBE));
      QueueItem failed = house.await(item.id(), Status.FAILED);
      assertThat(failed.results())
          .extracting(QueueItem.Result::published)
          .containsExactly(false, true);
      assertThat(failed.results().get(0).message()).isEqualTo("The account may not publish");
    }
  }

  @Test
  void aPassingFailureIsTriedAgainOnThatPlatformAlone() throws Exception {
    Map<String, Integer> calls = new ConcurrentHashMap<>();
    Publisher shaky =
        work -> {
          int call = calls.merge(work.idempotencyKey(), 1, Integer::sum);
          if (work.platform() == Platform.TIKTOK && call == 1) {
            throw Failure.of(Reason.UNAVAILABLE, "platform", "The platform is down");
          }
          if (work.platform() == Platform.TIKTOK && call == 2) {
            throw new IOException("the line is cut");
          }
          return Stage.shown(work);
        };
    try (QueueHouse house = house(shaky)) {
      QueueItem item =
          house.queue.create(OWNER, house.draft("one", Platform.TIKTOK, Platform.YOUTUBE));
      QueueItem published = house.await(item.id(), Status.PUBLISHED);
      assertThat(published.results()).extracting(QueueItem.Result::message).containsOnly("");
      assertThat(calls)
          .containsOnly(Map.entry(item.id() + ":tiktok", 3), Map.entry(item.id() + ":youtube", 1));
    }
  }

  @Test
  void aFailureThatDoesNotPassEndsAfterTheTries() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Publisher down =
        work -> {
          calls.incrementAndGet();
          throw Failure.of(Reason.TIMED_OUT, "platform", "The platform says nothing");
        };
    try (QueueHouse house = house(down)) {
      QueueItem item = house.queue.create(OWNER, house.draft("one", Platform.TWITTER));
      QueueItem failed = house.await(item.id(), Status.FAILED);
      assertThat(calls).hasValue(QueueHouse.AT_ONCE.attempts());
      assertThat(failed.results().get(0).message()).isEqualTo("The platform says nothing");
      assertThat(failed.finishedAt()).isPresent();
    }
  }

  @Test
  void aPlatformThatTakesItsTimeIsAskedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch taken = new CountDownLatch(1);
    Publisher slow =
        work -> {
          if (work.platform() == Platform.YOUTUBE && asked.incrementAndGet() < 3) {
            taken.countDown();
            return new Publisher.Pending(Duration.ofMinutes(10));
          }
          return Stage.shown(work);
        };
    try (QueueHouse house = house(slow)) {
      QueueItem item =
          house.queue.create(OWNER, house.draft("one", Platform.YOUTUBE, Platform.LOCAL));
      assertThat(taken.await(30, TimeUnit.SECONDS)).isTrue();
      for (int round = 1; round < 3; round++) {
        awaitQuestion(house, START.plus(Duration.ofMinutes(10L * round)));
        assertThat(asked).hasValue(round);
        clock.advance(Duration.ofMinutes(10));
      }
      house.await(item.id(), Status.PUBLISHED);
      assertThat(asked).hasValue(3);
    }
  }

  /** Waits until a job waits for this instant. */
  private static void awaitQuestion(QueueHouse house, Instant at) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (house.jobs.list(OWNER, 10, 0).items().stream()
        .noneMatch(job -> job.state() instanceof JobState.Queued && job.runAt().equals(at))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aPlatformThatKeepsAnItemTooLongHasFailed() throws Exception {
    Publisher never = work -> new Publisher.Pending(Duration.ofDays(1));
    try (QueueHouse house = house(never)) {
      QueueItem item = house.queue.create(OWNER, house.draft("one", Platform.YOUTUBE));
      for (int day = 1; day <= 3; day++) {
        awaitQuestion(house, START.plus(Duration.ofDays(day)));
        clock.advance(Duration.ofDays(1));
      }
      QueueItem failed = house.await(item.id(), Status.FAILED);
      assertThat(failed.results().get(0).message()).contains("in time");
    }
  }

  @Test
  void anItemIsDeletedUnlessItIsBeingPublished() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Publisher slow =
        work -> {
          begun.countDown();
          if (!go.await(30, TimeUnit.SECONDS)) {
            throw new IOException("nobody said go");
          }
          return Stage.shown(work);
        };
    try (QueueHouse house = house(slow)) {
      QueueItem item = house.queue.create(OWNER, house.draft("one", Platform.LOCAL));
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      assertFails(Reason.CONFLICT, "item", () -> house.queue.delete(OWNER, item.id()));
      go.countDown();
      house.await(item.id(), Status.PUBLISHED);
      assertThat(house.queue.delete(OWNER, item.id()).status()).isEqualTo(Status.PUBLISHED);
      assertFails(Reason.NOT_FOUND, "item", () -> house.queue.find(OWNER, item.id()));
      assertFails(Reason.NOT_FOUND, "item", () -> house.queue.delete(OWNER, item.id()));
    }
  }

  @Test
  void aDeletedItemIsNeverShownAndItsKeyIsFree() throws Exception {
    Stage stage = new Stage();
    try (QueueHouse house = house(stage)) {
      Instant at = START.plusSeconds(60);
      QueueItem.Draft draft =
          QueueHouse.draft(house.project(OWNER), "key", Optional.of(at), Platform.LOCAL);
      QueueItem first = house.queue.create(OWNER, draft);
      house.queue.delete(OWNER, first.id());
      assertThat(house.jobs.list(OWNER, 10, 0).items())
          .allMatch(job -> job.state() instanceof JobState.Cancelled);
      QueueItem second = house.queue.create(OWNER, draft);
      clock.set(at);
      house.await(second.id(), Status.PUBLISHED);
      assertThat(stage.shown).containsExactly(second.id() + ":local");
    }
  }

  @Test
  void anAssetThatIsGoneWhenItsTimeComesFailsTheItem() throws Exception {
    try (QueueHouse house = house(new Stage())) {
      Instant at = START.plusSeconds(60);
      QueueItem item =
          house.queue.create(
              OWNER,
              QueueHouse.draft(house.project(OWNER), "key", Optional.of(at), Platform.LOCAL));
      house.assets.remove(OWNER, "asset_789");
      clock.set(at);
      QueueItem failed = house.await(item.id(), Status.FAILED);
      assertThat(failed.results().get(0).message()).contains("asset_789");
    }
  }

  @Test
  void itemsAreListedNewestFirstByStatusAndProject() throws Exception {
    try (QueueHouse house = house(new Stage())) {
      String one = house.project(OWNER);
      String two = house.project(OWNER);
      Instant far = START.plus(Duration.ofDays(1));
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        clock.advance(Duration.ofMillis(1));
        ids.add(
            0,
            house
                .queue
                .create(
                    OWNER,
                    QueueHouse.draft(
                        i % 5 == 0 ? one : two, "key " + i, Optional.of(far), Platform.LOCAL))
                .id());
      }
      clock.advance(Duration.ofMillis(1));
      QueueItem now = house.queue.create(OWNER, house.draft("now", Platform.LOCAL));
      house.await(now.id(), Status.PUBLISHED);
      Page<QueueItem> first = house.queue.list(OWNER, Queue.Query.DEFAULT);
      assertThat(first.total()).isEqualTo(26);
      assertThat(first.items()).hasSize(20);
      assertThat(first.items().get(0).results()).hasSize(1);
      Page<QueueItem> queued =
          house.queue.list(
              OWNER, new Queue.Query(Optional.of(Status.QUEUED), Optional.empty(), 10, 20));
      assertThat(queued.total()).isEqualTo(25);
      assertThat(queued.items()).extracting(QueueItem::id).isEqualTo(ids.subList(20, 25));
      Page<QueueItem> ofOne =
          house.queue.list(
              OWNER, new Queue.Query(Optional.of(Status.QUEUED), Optional.of(one), 100, 0));
      assertThat(ofOne.items())
          .extracting(QueueItem::id)
          .isEqualTo(IntStream.of(4, 9, 14, 19, 24).mapToObj(ids::get).toList());
      assertThat(house.queue.list(OTHER, Queue.Query.DEFAULT).total()).isZero();
      assertFails(
          Reason.INVALID,
          "limit",
          () -> new Queue.Query(Optional.empty(), Optional.empty(), 101, 0));
      assertFails(
          Reason.INVALID, "limit", () -> new Queue.Query(Optional.empty(), Optional.empty(), 0, 0));
      assertFails(
          Reason.INVALID,
          "offset",
          () -> new Queue.Query(Optional.empty(), Optional.empty(), 20, -1));
    }
  }

  @Test
  void anItemOfAnotherOwnerDoesNotExist() {
    try (QueueHouse house = house(new Stage())) {
      QueueItem item = house.queue.create(OWNER, house.draft("one", Platform.LOCAL));
      assertFails(Reason.NOT_FOUND, "item", () -> house.queue.find(OTHER, item.id()));
      assertFails(Reason.NOT_FOUND, "item", () -> house.queue.delete(OTHER, item.id()));
      QueueItem.Draft draft = house.draft("two", Platform.LOCAL);
      assertFails(Reason.NOT_FOUND, "project_id", () -> house.queue.create(OTHER, draft));
      String theirs = house.project(OTHER);
      assertFails(
          Reason.NOT_FOUND,
          "asset_id",
          () ->
              house.queue.create(
                  OTHER, QueueHouse.draft(theirs, "two", Optional.empty(), Platform.LOCAL)));
    }
  }

  @Test
  void aQueueHasAnEnd() {
    try (QueueHouse house =
        new QueueHouse(
            StoreLocation.folder(folder.resolve("data")),
            clock,
            new Stage(),
            new Queue.Settings(QueueHouse.AT_ONCE, Duration.ofDays(2), 2))) {
      house.queue.create(OWNER, house.draft("one", Platform.LOCAL));
      house.queue.create(OWNER, house.draft("two", Platform.LOCAL));
      QueueItem.Draft third = house.draft("three", Platform.LOCAL);
      assertFails(Reason.CONFLICT, "queue", () -> house.queue.create(OWNER, third));
    }
  }

  @Test
  void everyWrongPartOfADraftIsNamed() {
    Consumer<Consumer<Parts>> refused =
        change -> {
          Parts parts = new Parts();
          change.accept(parts);
          assertFails(Reason.INVALID, parts.wrong, parts::draft);
        };
    Parts whole = new Parts();
    assertThat(whole.draft().hashtags()).containsExactly("gaming");
    refused.accept(parts -> parts.set("project_id", ""));
    refused.accept(parts -> parts.set("project_id", "x".repeat(101)));
    refused.accept(parts -> parts.set("asset_id", " "));
    refused.accept(parts -> parts.set("title", ""));
    refused.accept(parts -> parts.set("title", "   "));
    refused.accept(parts -> parts.set("title", "x".repeat(121)));
    refused.accept(parts -> parts.set("title", "x\u0000y"));
    refused.accept(parts -> parts.set("caption", "x".repeat(5_001)));
    refused.accept(parts -> parts.set("idempotency_key", ""));
    refused.accept(parts -> parts.set("idempotency_key", "x".repeat(201)));
    refused.accept(
        parts -> {
          parts.wrong = "hashtags";
          parts.hashtags = Collections.nCopies(61, "x");
        });
    refused.accept(
        parts -> {
          parts.wrong = "hashtags";
          parts.hashtags = List.of("two words");
        });
    refused.accept(
        parts -> {
          parts.wrong = "hashtags";
          parts.hashtags = List.of("#");
        });
    refused.accept(
        parts -> {
          parts.wrong = "platforms";
          parts.platforms = List.of();
        });
    assertFails(Reason.INVALID, "platforms", () -> Platform.parse("myspace"));
    assertFails(Reason.INVALID, "status", () -> Status.parse("done"));
    // A hundred and twenty characters are enough, however many bytes they take.
    Parts long_ = new Parts();
    long_.set("title", "\uD83C\uDFAF".repeat(120));
    assertThat(long_.draft().title()).hasSize(240);
  }

  /** A good draft, of which a test makes a bad one. */
  private static final class Parts {
    private final Map<String, String> texts =
        new ConcurrentHashMap<>(
            Map.of(
                "project_id", "proj_456",
                "asset_id", "asset_789",
                "title", "My Video",
                "caption", "",
                "idempotency_key", "key"));
    private List<String> hashtags = List.of("#gaming", "gaming");
    private List<Platform> platforms = List.of(Platform.LOCAL);
    private String wrong = "";

    void set(String field, String text) {
      wrong = field;
      texts.put(field, text);
    }

    QueueItem.Draft draft() {
      return new QueueItem.Draft(
          texts.get("project_id"),
          texts.get("asset_id"),
          texts.get("title"),
          texts.get("caption"),
          hashtags,
          platforms,
          Optional.empty(),
          texts.get("idempotency_key"));
    }
  }

  @Test
  void aTimeTooFarAheadIsRefused() {
    try (QueueHouse house = house(new Stage())) {
      QueueItem.Draft draft =
          QueueHouse.draft(
              house.project(OWNER),
              "one",
              Optional.of(START.plus(QueueItem.Draft.FARTHEST).plusMillis(1)),
              Platform.LOCAL);
      assertFails(Reason.INVALID, "schedule_at", () -> house.queue.create(OWNER, draft));
    }
  }

  @ParameterizedTest
  @EnumSource(Store.Dialect.class)
  void anItemWhoseProcessStopsIsFinishedByTheNext(Store.Dialect dialect) throws Exception {
    try (EmbeddedPostgres server =
        dialect == Store.Dialect.POSTGRESQL ? EmbeddedPostgres.builder().start() : null) {
      StoreLocation place =
          server == null
              ? StoreLocation.folder(folder.resolve("data"))
              : StoreLocation.postgresql(
                  server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
      CountDownLatch begun = new CountDownLatch(1);
      Publisher stuck =
          work -> {
            if (work.platform() == Platform.YOUTUBE) {
              return Stage.shown(work);
            }
            begun.countDown();
            TimeUnit.HOURS.sleep(1);
            return Stage.shown(work);
          };
      String id;
      try (QueueHouse house = new QueueHouse(place, clock, stuck).started()) {
        id = house.queue.create(OWNER, house.draft("one", Platform.YOUTUBE, Platform.TIKTOK)).id();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(house.queue.find(OWNER, id).status()).isEqualTo(Status.PROCESSING);
      }
      Stage stage = new Stage();
      try (QueueHouse house = new QueueHouse(place, clock, stage).started()) {
        QueueItem published = house.await(id, Status.PUBLISHED);
        assertThat(stage.shown).containsExactly(id + ":tiktok");
        assertThat(published.results()).hasSize(2);
        assertThat(
                house
                    .queue
                    .list(
                        OWNER,
                        new Queue.Query(
                            Optional.of(Status.PUBLISHED),
                            Optional.of(published.draft().projectId()),
                            1,
                            0))
                    .total())
            .isEqualTo(1);
        house.queue.delete(OWNER, id);
        assertThat(house.queue.list(OWNER, Queue.Query.DEFAULT).total()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"youtube", "instagram", "tiktok", "facebook", "linkedin", "twitter", "local"})
  void everyDocumentedPlatformIsKnown(String word) {
    assertThat(Platform.parse(word).word()).isEqualTo(word);
  }
}

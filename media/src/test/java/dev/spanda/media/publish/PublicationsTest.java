package dev.spanda.media.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationsTest {

  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final byte[] MEDIA = new byte[2_000];

  /** Seals by turning letters around, so that a test can see what is sealed. */
  private static final Connections.Seal SEAL =
      new Connections.Seal() {
        @Override
        public String seal(String text, String name) {
          return name + "|" + new StringBuilder(text).reverse();
        }

        @Override
        public String open(String sealed, String name) {
          assertThat(sealed).startsWith(name + "|");
          return new StringBuilder(sealed.substring(name.length() + 1)).reverse().toString();
        }
      };

  /** A board that takes a thing in two steps and does what the test has written down for it. */
  private final class Board implements Platform {
    final List<String> shown = new ArrayList<>();
    final Deque<RuntimeException> beforeTaking = new ArrayDeque<>();
    final Deque<RuntimeException> afterTaking = new ArrayDeque<>();
    final List<Instant> tries = new ArrayList<>();
    boolean waits;
    Duration takes = Duration.ZERO;

    @Override
    public String name() {
      return "board";
    }

    @Override
    public int longestText() {
      return 100;
    }

    @Override
    public int mostTags() {
      return 3;
    }

    @Override
    public void check(Publication.Plan plan) {
      Failure.requireText("text", "Text", plan.text(), 0, 100);
    }

    @Override
    public void check(Publication.Plan plan, Content media) {
      if (!media.type().startsWith("video/")) {
        throw Failure.of(Failure.Reason.UNSUPPORTED, "source", "The board takes videos");
      }
    }

    @Override
    public Duration settling() {
      return Duration.ofSeconds(30);
    }

    @Override
    public boolean commits(Work work) {
      return work.has("sent");
    }

    @Override
    public Step next(Work work) {
      tries.add(clock.instant());
      clock.advance(takes);
      if (!work.has("sent")) {
        if (waits) {
          waits = false;
          return new Step.Waits(work.notes(), Duration.ofSeconds(20));
        }
        return new Step.Taken(work.with("sent", "a secret address"), work.media().size());
      }
      if (!beforeTaking.isEmpty()) {
        throw beforeTaking.poll();
      }
      shown.add(work.marker());
      if (!afterTaking.isEmpty()) {
        throw afterTaking.poll();
      }
      return appeared(work);
    }

    private Step appeared(Work work) {
      return new Step.Appeared("on-board-" + work.marker(), "", "", Optional.empty());
    }

    @Override
    public Finding find(Work work) {
      return shown.contains(work.marker())
          ? new Finding.There(appeared(work))
          : new Finding.Absent(work.notes());
    }
  }

  @TempDir private Path folder;
  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final Board board = new Board();
  private Store store;
  private FolderBlobStore blobs;
  private Connections connections;
  private Publications publications;

  @BeforeEach
  void open() {
    store = Store.open(StoreLocation.memory());
    Ids ids = new Ids(new Random(1));
    blobs = new FolderBlobStore(folder, ids);
    connections = new Connections(store, clock, SEAL);
    connections.connect("org", "board", "me", "", false, Connections.Tokens.NONE);
    publications = publications((id, owner, turn, when) -> {});
  }

  private Publications.Crew crew() {
    return new Publications.Crew(
        (owner, reference) ->
            new Publications.Source.Media(
                reference.equals("picture") ? "image/png" : "video/mp4",
                new ByteArrayInputStream(MEDIA)),
        Optional.of(
            new Author() {
              @Override
              public String text(String owner, Publication.Plan plan, int longest) {
                return "written for " + owner + " of " + plan.title();
              }

              @Override
              public List<String> tags(String owner, Publication.Plan plan, int most) {
                return List.of("one", "two", "three").subList(0, most);
              }
            }),
        Optional.empty(),
        List.of(board),
        Optional.empty());
  }

  private Publications publications(Publications.Agenda agenda) {
    return new Publications(
        store, blobs, clock, bus, new Ids(new Random(2)), connections, crew(), agenda);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Publication.Plan plan(String title, String source, Publication.Extras extras) {
    return new Publication.Plan(
        "board",
        Publication.Kind.VIDEO,
        source,
        title,
        "words",
        List.of("given"),
        Publication.Privacy.PUBLIC,
        Optional.empty(),
        extras);
  }

  private static Publication.Plan plan(String title) {
    return plan(title, "video", Publication.Extras.NONE);
  }

  private Publication publish(String title) {
    return publications.publish("org", "pub", plan(title), Optional.empty());
  }

  @Test
  void aTurnThatIsDueBeforeTheLastHasReturnedIsTaken() {
    board.waits = true;
    String id = publications.publish("org", "pub", plan("a title"), Optional.empty()).id();
    publications.run(
        id,
        1,
        publication -> {
          // The agenda has the second turn as soon as it is written, and hands it over once.
          long next = publications.unfinished().getOrDefault(id, 0L);
          if (next == 2) {
            clock.advance(Duration.ofSeconds(20));
            publications.run(id, next, other -> {});
          }
        });
    assertThat(publications.find(id).status()).isEqualTo(Publication.Status.COMPLETE);
    assertThat(board.shown).hasSize(1);
  }

  /** Takes the turns of a publication until it has ended. */
  private Publication finish(Publication begun) {
    Publication now = begun;
    for (int turns = 0; now.status() == Publication.Status.PROCESSING; turns++) {
      assertThat(turns).isLessThan(100);
      if (now.nextAt().isAfter(clock.instant())) {
        clock.set(now.nextAt());
      }
      publications.run(now.id(), publications.unfinished().get(now.id()), each -> {});
      now = publications.find(now.id());
    }
    return now;
  }

  private static Failure failure(Failure.Reason reason) {
    return Failure.of(reason, "board", reason.name());
  }

  private static void assertRefused(Failure.Reason reason, String subject, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @Test
  void whatIsPublishedAppearsAndItsMediaIsRemoved() {
    List<Publication> ended = new ArrayList<>();
    bus.subscribe(Publication.Ended.class, event -> ended.add(event.publication()));
    Publication begun = publish("a");
    assertThat(begun.status()).isEqualTo(Publication.Status.PROCESSING);
    assertThat(begun.percent()).isZero();
    Publication over = finish(begun);
    assertThat(over.status()).isEqualTo(Publication.Status.COMPLETE);
    assertThat(over.percent()).isEqualTo(100);
    assertThat(over.remoteId()).isEqualTo("on-board-" + over.id());
    assertThat(over.publishedAt()).hasValue(START);
    assertThat(board.shown).containsExactly(over.id());
    assertThat(ended).containsExactly(over);
    assertThat(blobs.names()).isEmpty();
  }

  @Test
  void aLostAnswerIsAskedForAndNotTakenForNothing() {
    board.afterTaking.add(failure(Failure.Reason.TIMED_OUT));
    Publication over = finish(publish("a"));
    assertThat(over.status()).isEqualTo(Publication.Status.COMPLETE);
    assertThat(board.shown).hasSize(1);
  }

  @Test
  void whatIsNotThereIsSentAgainOnlyAfterItsSettlingTime() {
    board.beforeTaking.add(failure(Failure.Reason.UNAVAILABLE));
    Publication over = finish(publish("a"));
    assertThat(over.status()).isEqualTo(Publication.Status.COMPLETE);
    assertThat(board.shown).hasSize(1);
    assertThat(Duration.between(board.tries.get(1), board.tries.get(2)))
        .isGreaterThanOrEqualTo(board.settling());
  }

  @Test
  void aRefusalIsTheEndAndACallTooManyIsNot() {
    board.beforeTaking.add(failure(Failure.Reason.RATE_LIMITED).with("retry_after", 90L));
    board.beforeTaking.add(failure(Failure.Reason.FORBIDDEN));
    Publication over = finish(publish("a"));
    assertThat(over.status()).isEqualTo(Publication.Status.FAILED);
    assertThat(over.trouble())
        .hasValue(new Publication.Trouble(Failure.Reason.FORBIDDEN, "FORBIDDEN", false));
    assertThat(Duration.between(board.tries.get(1), board.tries.get(2)))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(board.shown).isEmpty();
  }

  @Test
  void whatCannotBeFoundOutIsSaidToBeUncertain() {
    board.afterTaking.add(failure(Failure.Reason.TIMED_OUT));
    Publication begun = publish("a");
    publications.run(begun.id(), 1, each -> {});
    connections.disconnect("org", "board");
    Publication over = finish(publications.find(begun.id()));
    assertThat(over.status()).isEqualTo(Publication.Status.FAILED);
    assertThat(over.trouble().orElseThrow().uncertain()).isTrue();
    assertThat(over.trouble().orElseThrow().message()).contains("No board account");
  }

  @Test
  void anotherAccountThanTheFirstIsNotPublishedUnder() {
    Publication begun = publish("a");
    connections.connect("org", "board", "somebody else", "", false, Connections.Tokens.NONE);
    Publication over = finish(begun);
    assertThat(over.trouble().orElseThrow().message()).contains("Another account");
    assertThat(board.shown).isEmpty();
  }

  @Test
  void aKeyNamesOnePublicationOfItsOwner() {
    connections.connect("other", "board", "me", "", false, Connections.Tokens.NONE);
    Publication first = publications.publish("org", "pub", plan("a"), Optional.of("k"));
    assertThat(publications.publish("org", "pub", plan("a"), Optional.of("k")).id())
        .isEqualTo(first.id());
    assertThat(publications.publish("other", "pub", plan("a"), Optional.of("k")).id())
        .isNotEqualTo(first.id());
    assertRefused(
        Failure.Reason.CONFLICT,
        "key",
        () -> publications.publish("org", "pub", plan("b"), Optional.of("k")));
    assertThat(publications.findByKey("org", "k")).hasValue(first);
  }

  @Test
  void wrongPlansAreRefusedBeforeAnythingIsWritten() {
    assertRefused(
        Failure.Reason.CONFLICT,
        "account",
        () -> publications.publish("nobody", "pub", plan("a"), Optional.empty()));
    assertRefused(
        Failure.Reason.UNAVAILABLE,
        "extras.cover",
        () ->
            publications.publish(
                "org",
                "pub",
                plan("a", "video", new Publication.Extras(false, false, true)),
                Optional.empty()));
    assertThat(publications.unfinished()).isEmpty();
    Publication picture =
        finish(
            publications.publish(
                "org", "pub", plan("a", "picture", Publication.Extras.NONE), Optional.empty()));
    assertThat(picture.trouble().orElseThrow().reason()).isEqualTo(Failure.Reason.UNSUPPORTED);
    assertThat(board.shown).isEmpty();
  }

  @Test
  void wordsAreWrittenBeforeThePlatformHearsOfThem() {
    Publication over =
        finish(
            publications.publish(
                "org",
                "pub",
                plan("a", "video", new Publication.Extras(true, true, false)),
                Optional.empty()));
    assertThat(over.plan().text()).isEqualTo("written for org of a");
    assertThat(over.plan().tags()).containsExactly("given", "one", "two");
  }

  @Test
  void whatHasNotBeenShownCanBeCalledOff() {
    board.waits = true;
    Publication begun = publish("a");
    publications.run(begun.id(), 1, each -> {});
    assertThat(publications.cancel(begun.id()).status()).isEqualTo(Publication.Status.CANCELLED);
    assertRefused(Failure.Reason.CONFLICT, "publication", () -> publications.cancel(begun.id()));
    publications.run(begun.id(), 2, each -> {});
    assertThat(board.shown).isEmpty();
    board.afterTaking.add(failure(Failure.Reason.TIMED_OUT));
    Publication asked = publish("b");
    publications.run(asked.id(), 1, each -> {});
    assertRefused(Failure.Reason.CONFLICT, "publication", () -> publications.cancel(asked.id()));
  }

  @Test
  void aTurnThatWasTakenDoesNothing() {
    board.waits = true;
    Publication begun = publish("a");
    publications.run(begun.id(), 1, each -> {});
    int tries = board.tries.size();
    publications.run(begun.id(), 1, each -> {});
    assertThat(board.tries).hasSize(tries);
    assertThat(publications.unfinished()).containsExactly(Map.entry(begun.id(), 2L));
  }

  @Test
  void theTimeLeftIsWhatIsLeftOverTheMeasuredRate() {
    Publication first = publish("a");
    // Nothing is known: 120 MB at 1 MB/s.
    assertThat(publications.remaining(first)).isEqualTo(Duration.ofSeconds(120));
    board.takes = Duration.ofSeconds(4);
    assertThat(publications.remaining(finish(first))).isZero();
    // 2 000 bytes took 4 s, and that is what the next one is expected to have and to take.
    assertThat(publications.remaining(publish("b"))).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void addressesAndTokensLieSealed() {
    connections.connect(
        "org",
        "board",
        "me",
        "",
        false,
        new Connections.Tokens("access-1", "refresh-1", Optional.empty()));
    board.beforeTaking.add(failure(Failure.Reason.UNAVAILABLE));
    Publication begun = publish("a");
    publications.run(begun.id(), 1, each -> {});
    String stored =
        store.read(
            handle ->
                handle.createQuery("SELECT trip FROM publication").mapTo(String.class).one()
                    + handle
                        .createQuery("SELECT sealed FROM platform_account")
                        .mapTo(String.class)
                        .one());
    assertThat(stored)
        .contains("publication:" + begun.id() + "|", "account:board:org|")
        .doesNotContain("a secret address", "access-1", "refresh-1");
    Connections.Account account = connections.require("org", "board");
    assertThat(account.tokens().access()).isEqualTo("access-1");
    assertThat(account.toString()).doesNotContain("access-1", "refresh-1");
    connections.renew(account, new Connections.Tokens("access-2", "refresh-1", Optional.of(START)));
    assertThat(connections.require("org", "board").tokens().access()).isEqualTo("access-2");
  }

  @Test
  void mediaThatNobodyNamesIsSwept() {
    String left = blobs.put(new ByteArrayInputStream(MEDIA), 10_000).name();
    board.waits = true;
    Publication begun = publish("a");
    publications.run(begun.id(), 1, each -> {});
    assertThat(publications.sweep()).isEqualTo(1);
    assertThat(blobs.delete(left)).isFalse();
    assertThat(finish(publications.find(begun.id())).status())
        .isEqualTo(Publication.Status.COMPLETE);
  }

  @Test
  void jobsTakeTheTurns() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    bus.subscribe(Publication.Ended.class, event -> over.countDown());
    try (Jobs jobs = new Jobs(store, clock, bus, new Ids(new Random(3)))) {
      Publications byJobs =
          new Publications(
              store, blobs, clock, bus, new Ids(new Random(4)), connections, crew(), jobs);
      jobs.start();
      Publication begun = byJobs.publish("org", "pub", plan("a"), Optional.empty());
      assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(byJobs.find(begun.id()).status()).isEqualTo(Publication.Status.COMPLETE);
      assertThat(board.shown).containsExactly(begun.id());
    }
  }
}

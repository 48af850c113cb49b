package dev.spanda.media.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocialFeedTest {

  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final String ORG = "org_123";

  private final SettableClock clock = SettableClock.at(NOW);
  private final EventBus bus = new EventBus();
  private Store store;
  private SocialFeed feed;

  @BeforeEach
  void open() {
    store = Store.open(StoreLocation.memory());
    feed = new SocialFeed(store, clock, bus, SocialFeed.Settings.DEFAULT);
  }

  @AfterEach
  void close() {
    feed.close();
    store.close();
  }

  private static Message message(String id, String text, Instant at) {
    return Message.of(
        Platform.DISCORD,
        id,
        new Message.Channel("123456789", "general"),
        new Message.Author("987654321", "CoolUser", "member", false),
        text,
        at);
  }

  private SocialFeed.Receipt take(Message... messages) {
    return feed.take(ORG, List.of(messages)).join();
  }

  private FeedAnswer.Hits search(String text) {
    return feed.search(ORG, new FeedQuery.Search(text, null, 100));
  }

  @Test
  void aMessageThatComesAgainChangesNothing() {
    Message message = message("msg_123", "This stream is awesome!", NOW);
    assertThat(take(message, message)).isEqualTo(new SocialFeed.Receipt(1, 1, 0));
    assertThat(take(message)).isEqualTo(new SocialFeed.Receipt(0, 1, 0));
    assertThat(feed.messages(ORG, FeedQuery.Messages.ALL).total()).isEqualTo(1);
    assertThat(feed.user(ORG, "987654321").messages()).isEqualTo(1);
    assertThat(search("awesome").total()).isEqualTo(1);
  }

  @Test
  void organisationsSeeNothingOfEachOther() {
    take(message("a", "secret plans", NOW));
    assertThat(feed.messages("org_other", FeedQuery.Messages.ALL).items()).isEmpty();
    assertThat(feed.search("org_other", new FeedQuery.Search("secret", null, 10)).items())
        .isEmpty();
    assertThatThrownBy(() -> feed.user("org_other", "987654321"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.NOT_FOUND));
    assertThat(
            feed.leaderboard(
                "org_other", new FeedQuery.Leaderboard(null, FeedQuery.Metric.MESSAGES, 10)))
        .isEmpty();
    // The numbers 1 and 11 begin alike; their words do not.
    for (int i = 0; i < 12; i++) {
      feed.take("org_" + i, List.of(message("m", "common", NOW))).join();
    }
    for (int i = 0; i < 12; i++) {
      assertThat(feed.search("org_" + i, new FeedQuery.Search("common", null, 10)).total())
          .isEqualTo(1);
    }
  }

  @Test
  void relevanceFollowsItsDefinition() {
    take(message("a", "This stream is awesome!", NOW));
    // One of four words, once: 1 / (1 + 1.2 (0.25 + 0.75 · 4 / 12)).
    assertThat(search("AWESOME").items().get(0).relevance()).isCloseTo(1 / 1.6, within(1e-12));
  }

  @Test
  void wordsAreFoundWhateverTheirCaseAccentsAndScript() {
    take(
        message("a", "Café au lait", NOW),
        message("b", "配信最高", NOW),
        message("c", "ｆｕｌｌ width \"quoted\" AND (x)", NOW));
    assertThat(search("cafe").total()).isEqualTo(1);
    assertThat(search("最高").total()).isEqualTo(1);
    assertThat(search("full").total()).isEqualTo(1);
    assertThat(search("and \"QUOTED\" OR").total()).isZero();
    assertThat(search("quoted AND x").total()).isEqualTo(1);
  }

  @Test
  void aSearchWithoutWordsIsRefused() {
    for (String text : List.of("", "!!!", "a".repeat(201), "a b c d e f g h i j k")) {
      assertThatThrownBy(() -> search(text))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.subject()).isEqualTo("q"));
    }
  }

  @Test
  void emotesAndMentionsAreSeenInTheText() {
    feed.setCreators(ORG, Set.of("TheCreator"));
    take(
        message("a", "nice 🎉 <:pog:123> :wave: LUL", NOW),
        message("b", "@thecreator hello @someone, mail a@b.c", NOW.plusMillis(1)),
        message("c", "@thecreators at 10:30:00 said LULZ", NOW.plusMillis(2)));
    List<Message> newest = feed.messages(ORG, FeedQuery.Messages.ALL).items();
    assertThat(newest).extracting(Message::emotes).containsExactly(0, 0, 4);
    assertThat(newest).extracting(Message::mentions).containsExactly(1, 2, 0);
    assertThat(newest).extracting(Message::mentionsCreator).containsExactly(false, true, false);
  }

  @Test
  void whatIsTakenIsHeardOnceAndInOrder() {
    List<String> heard = new ArrayList<>();
    bus.subscribe(
        SocialFeed.Heard.class, event -> event.messages().forEach(each -> heard.add(each.id())));
    take(message("a", "1", NOW));
    take(message("b", "2", NOW), message("a", "1", NOW));
    feed.close();
    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void namesAreThoseOfTheNewestMessage() {
    Message.Channel channel = new Message.Channel("c", "old name");
    take(
        Message.of(
            Platform.TWITCH, "2", channel, new Message.Author("u", "New", "", true), "", NOW),
        Message.of(
            Platform.TWITCH,
            "1",
            channel,
            new Message.Author("u", "Old", "", true),
            "",
            NOW.minusSeconds(9)));
    assertThat(feed.user(ORG, "u").platforms().get(Platform.TWITCH).name()).isEqualTo("New");
  }

  @Test
  void whoBringsMoreThanMayWaitIsRefusedAndNothingIsLost() throws InterruptedException {
    feed.close();
    feed =
        new SocialFeed(
            store, clock, bus, SocialFeed.Settings.DEFAULT.withQueue(10, 10, Duration.ofMillis(1)));
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                store.change(
                    handle -> {
                      writing.countDown();
                      try {
                        goOn.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    other.start();
    assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
    List<CompletableFuture<SocialFeed.Receipt>> accepted = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      accepted.add(feed.take(ORG, List.of(message("m" + i, "x", NOW))));
    }
    assertThatThrownBy(() -> feed.take(ORG, List.of(message("more", "x", NOW))))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.UNAVAILABLE);
              assertThat(failure.details()).containsEntry("retry_after", 1);
            });
    assertThat(accepted).noneMatch(CompletableFuture::isDone);
    goOn.countDown();
    other.join();
    accepted.forEach(each -> assertThat(each.join().stored()).isEqualTo(1));
    assertThat(feed.messages(ORG, FeedQuery.Messages.ALL).total()).isEqualTo(10);
  }

  @Test
  void retentionRemovesWholeHoursAndLeavesTheCounters() {
    feed.close();
    feed =
        new SocialFeed(
            store,
            clock,
            bus,
            SocialFeed.Settings.DEFAULT.withRetention(Duration.ofDays(2), 1_000));
    take(message("old", "gone soon", NOW.minus(Duration.ofDays(1))), message("new", "stays", NOW));
    feed.record(
        ORG,
        List.of(
            new PlatformEvent(
                Platform.TWITCH,
                "e",
                PlatformEvent.Type.FOLLOW,
                Map.of("user", "x"),
                NOW.minus(Duration.ofDays(1)))));
    assertThat(feed.prune()).isZero();
    clock.advance(Duration.ofHours(30));
    assertThat(feed.prune()).isEqualTo(1);
    assertThat(feed.messages(ORG, FeedQuery.Messages.ALL).total()).isEqualTo(1);
    assertThat(search("gone").total()).isZero();
    assertThat(search("stays").total()).isEqualTo(1);
    assertThat(feed.user(ORG, "987654321").messages()).isEqualTo(2);
    assertThat(feed.events(ORG, new FeedQuery.Events(null, null, null, null, 10)).total()).isZero();
    // What is older than is kept is not taken again.
    assertThat(take(message("old", "gone soon", NOW.minus(Duration.ofDays(1)))))
        .isEqualTo(new SocialFeed.Receipt(0, 0, 1));
  }

  @Test
  void noMoreMessagesAreKeptThanTheLimit() {
    feed.close();
    feed =
        new SocialFeed(
            store, clock, bus, SocialFeed.Settings.DEFAULT.withRetention(Duration.ofDays(400), 25));
    for (int hour = 0; hour < 10; hour++) {
      for (int i = 0; i < 10; i++) {
        take(message(hour + "-" + i, "x", NOW.minus(Duration.ofHours(hour))));
      }
    }
    assertThat(feed.prune()).isEqualTo(80);
    assertThat(feed.messages(ORG, FeedQuery.Messages.ALL).total()).isEqualTo(20);
  }

  @Test
  void eventsAreKeptOnceAndFiltered() {
    PlatformEvent event =
        new PlatformEvent(
            Platform.TWITCH,
            "evt_123",
            PlatformEvent.Type.SUBSCRIPTION,
            Map.of("user", "CoolViewer", "months", 3L),
            NOW);
    assertThat(feed.record(ORG, List.of(event, event))).isEqualTo(new SocialFeed.Receipt(1, 1, 0));
    FeedAnswer.Events found =
        feed.events(
            ORG,
            new FeedQuery.Events(
                Platform.TWITCH, PlatformEvent.Type.SUBSCRIPTION, NOW, NOW.plusMillis(1), 10));
    assertThat(found.items()).containsExactly(event);
    assertThat(
            feed.events(
                    ORG,
                    new FeedQuery.Events(Platform.TWITCH, PlatformEvent.Type.RAID, null, null, 10))
                .items())
        .isEmpty();
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart(@TempDir Path folder) {
    StoreLocation location = StoreLocation.folder(folder);
    try (Store first = Store.open(location);
        SocialFeed before = new SocialFeed(first, clock, bus, SocialFeed.Settings.DEFAULT)) {
      before.take(ORG, List.of(message("a", "here", NOW))).join();
    }
    try (Store second = Store.open(location);
        SocialFeed after = new SocialFeed(second, clock, bus, SocialFeed.Settings.DEFAULT)) {
      assertThat(
              after.take(ORG, List.of(message("b", "here", NOW), message("a", "here", NOW))).join())
          .isEqualTo(new SocialFeed.Receipt(1, 1, 0));
      assertThat(after.user(ORG, "987654321").messages()).isEqualTo(2);
      assertThat(after.search(ORG, new FeedQuery.Search("here", null, 10)).total()).isEqualTo(2);
    }
  }

  @Test
  void aWrongPartIsRefusedByName() {
    Map<String, Runnable> wrong =
        Map.of(
            "id", () -> message("", "x", NOW),
            "text", () -> message("a", "x".repeat(4_001), NOW),
            "ts", () -> feed.take(ORG, List.of(message("a", "x", NOW.plus(Duration.ofDays(2))))),
            "channel_id", () -> new Message.Channel("", ""),
            "author_id", () -> new Message.Author("", "", "", false),
            "platform", () -> Platform.parse("myspace"),
            "metric", () -> FeedQuery.Metric.parse("coolness"),
            "limit", () -> FeedQuery.Messages.ALL.withLimit(101),
            "since", () -> new FeedQuery.Messages(null, null, null, NOW, NOW, 10, null),
            "cursor",
                () ->
                    feed.messages(
                        ORG, new FeedQuery.Messages(null, null, null, null, null, 10, "x")));
    wrong.forEach(
        (subject, call) ->
            assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                    Failure.class, failure -> assertThat(failure.subject()).isEqualTo(subject)));
  }
}

package dev.spanda.media.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.moderation.Automod.Message;
import dev.spanda.media.moderation.ModerationPolicy.Flood;
import dev.spanda.media.moderation.ModerationPolicy.Ladder;
import dev.spanda.media.moderation.ModerationPolicy.Thresholds;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutomodTest {

  private static final String ORG = "wavestack:org_123";
  private static final String BAD = "you are a stupid bitch";

  @TempDir Path folder;
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-14T15:30:00Z"));

  private Automod automod(Store store) {
    return new Automod(store, clock, new Ids(new Random(1)), Moderator.packaged());
  }

  private static Message of(String content, String person) {
    return new Message(
        content, Optional.of(person), Optional.of("discord"), Optional.of("channel_456"));
  }

  private static void assertRefused(String subject, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @Test
  void aHarmlessMessageLeavesNoTrace() {
    try (Store store = Store.open(StoreLocation.memory())) {
      Verdict verdict = automod(store).check(ORG, of("Message to check", "user_123"));
      assertThat(verdict.allowed()).isTrue();
      assertThat(verdict.flags()).isEmpty();
      assertThat(verdict.action()).isEmpty();
      assertThat(automod(store).history(ORG, "user_123", 10))
          .isEqualTo(new Automod.History(List.of(), 0, Automod.Status.GOOD));
    }
  }

  @Test
  void theLadderLeadsFromDeletionToTimeoutAndBanAndForgetsInTime() {
    try (Store store = Store.open(StoreLocation.memory())) {
      ladder(store);
    }
  }

  @Test
  void theLadderIsTheSameOnPostgresql() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Store store =
            Store.open(
                StoreLocation.postgresql(
                    server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"))) {
      ladder(store);
    }
  }

  private void ladder(Store store) {
    Automod automod = automod(store);
    for (int i = 1; i <= 8; i++) {
      Verdict verdict = automod.check(ORG, of(BAD + " " + i, "user_123"));
      assertThat(verdict.allowed()).isFalse();
      assertThat(verdict.flags()).startsWith("toxicity");
      assertThat(verdict.reason()).contains("Toxicity threshold exceeded");
      assertThat(verdict.action())
          .contains(
              i < 4 ? Verdict.Action.DELETE : i < 8 ? Verdict.Action.TIMEOUT : Verdict.Action.BAN);
      assertThat(automod.history(ORG, "user_123", 2).status())
          .isEqualTo(
              i < 4
                  ? Automod.Status.WARNING
                  : i < 8 ? Automod.Status.RESTRICTED : Automod.Status.BANNED);
      clock.advance(Duration.ofSeconds(1));
    }
    Automod.History history = automod.history(ORG, "user_123", 2);
    assertThat(history.total()).isEqualTo(8);
    assertThat(history.violations()).hasSize(2);
    assertThat(history.violations().get(0).action()).isEqualTo(Verdict.Action.BAN);
    assertThat(history.violations().get(0).platform()).contains("discord");
    assertThat(automod.history(ORG, "user_456", 2).status()).isEqualTo(Automod.Status.GOOD);
    assertThat(automod.history("other", "user_123", 2).total()).isZero();
    clock.advance(Duration.ofDays(31));
    assertThat(automod.history(ORG, "user_123", 2).status()).isEqualTo(Automod.Status.GOOD);
    assertThat(automod.check(ORG, of(BAD, "user_123")).action()).contains(Verdict.Action.DELETE);
    assertThat(automod.forget(ORG, "user_123")).isEqualTo(9);
    assertThat(automod.history(ORG, "user_123", 2).total()).isZero();
  }

  @Test
  void thresholdsAndListsDecide() {
    try (Store store = Store.open(StoreLocation.memory())) {
      Automod automod = automod(store);
      ModerationPolicy usual = ModerationPolicy.DEFAULT;
      automod.setPolicy(
          ORG,
          new ModerationPolicy(
              new Thresholds(1, 1, 1),
              usual.ladder(),
              usual.flood(),
              List.of(),
              List.of("purple elephant")));
      assertThat(automod.check(ORG, Message.of(BAD)).allowed()).isTrue();
      Verdict blocked = automod.check(ORG, Message.of("a PURPLE  3l3phant!"));
      assertThat(blocked.flags()).containsExactly("blocklist");
      assertThat(blocked.reason()).contains("Blocked phrase");
      assertThat(blocked.action()).contains(Verdict.Action.DELETE);
      assertThat(automod.check(ORG, Message.of("an elephant, purple")).allowed()).isTrue();
      assertThat(automod.check("other", Message.of(BAD)).allowed()).isFalse();
      String link = "win a prize now, click http://shop.friends.example/win";
      assertThat(automod.check("other", Message.of(link)).allowed()).isFalse();
      automod.setPolicy(
          ORG,
          new ModerationPolicy(
              usual.thresholds(),
              usual.ladder(),
              usual.flood(),
              List.of("stupid bitch", "friends.example"),
              List.of()));
      assertThat(automod.check(ORG, Message.of(BAD)).allowed()).isTrue();
      assertThat(automod.check(ORG, Message.of("http://shop.friends.example/win")).allowed())
          .isTrue();
    }
  }

  @Test
  void aWarningComesBeforeADeletion() {
    try (Store store = Store.open(StoreLocation.memory())) {
      Automod automod = automod(store);
      automod.setPolicy(
          ORG,
          new ModerationPolicy(
              new Thresholds(0.5, 0.5, 0.5),
              new Ladder(1, 4, 8, Duration.ofDays(1)),
              ModerationPolicy.DEFAULT.flood(),
              List.of(),
              List.of()));
      assertThat(automod.check(ORG, Message.of("you are an idiot")).action())
          .contains(Verdict.Action.WARN);
    }
  }

  @Test
  void whoeverFloodsIsSpamUntilTheFloodIsOver() {
    try (Store store = Store.open(StoreLocation.memory())) {
      Automod automod = automod(store);
      for (int i = 0; i < 20; i++) {
        assertThat(automod.check(ORG, of("what a nice day number " + i, "user_1")).allowed())
            .isTrue();
      }
      Verdict flood = automod.check(ORG, of("what a nice day", "user_1"));
      assertThat(flood.flags()).containsExactly("spam");
      assertThat(flood.reason()).contains("Flood limit exceeded");
      assertThat(automod.check(ORG, of("what a nice day", "user_2")).allowed()).isTrue();
      clock.advance(Duration.ofSeconds(11));
      assertThat(automod.check(ORG, of("what a calm day", "user_1")).allowed()).isTrue();
      for (int i = 0; i < 4; i++) {
        clock.advance(Duration.ofSeconds(8));
        assertThat(automod.check(ORG, of("look at this", "user_3")).allowed()).isTrue();
      }
      clock.advance(Duration.ofSeconds(8));
      assertThat(automod.check(ORG, of("look at this", "user_3")).flags()).containsExactly("spam");
    }
  }

  @Test
  void manyPeopleAreWatchedInBoundedMemory() {
    FloodWatch watch = new FloodWatch();
    for (int i = 0; i < 60_000; i++) {
      assertThat(
              watch.floods(
                  "person " + i, "hello", clock.instant(), new Flood(1, Duration.ofSeconds(1), 2)))
          .isFalse();
    }
    assertThat(watch.people()).isEqualTo(50_000);
  }

  @Test
  void aPolicyAndAViolationOutliveTheProcess() {
    ModerationPolicy policy =
        new ModerationPolicy(
            new Thresholds(0.6, 0.7, 0.8),
            new Ladder(0.9, 2, 3, Duration.ofHours(5)),
            new Flood(3, Duration.ofSeconds(4), 2),
            List.of("friend"),
            List.of("foe"));
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      automod(store).setPolicy(ORG, policy);
      assertThat(automod(store).check(ORG, of(BAD, "user_9")).allowed()).isFalse();
    }
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      assertThat(automod(store).policy(ORG)).isEqualTo(policy);
      assertThat(automod(store).policy("other")).isEqualTo(ModerationPolicy.DEFAULT);
      assertThat(automod(store).history(ORG, "user_9", 10).total()).isEqualTo(1);
    }
  }

  @Test
  void wrongInputIsNamed() {
    assertRefused("content", () -> Message.of(""));
    assertRefused("content", () -> Message.of("a".repeat(10_001)));
    assertRefused("user_id", () -> of("hello", ""));
    assertRefused("toxicity", () -> new Thresholds(0, 1, 1));
    assertRefused("spam", () -> new Thresholds(1, 1.1, 1));
    assertRefused("nsfw", () -> new Thresholds(1, 1, Double.NaN));
    assertRefused("ban_from", () -> new Ladder(1, 5, 4, Duration.ofDays(1)));
    assertRefused("memory_seconds", () -> new Ladder(1, 1, 1, Duration.ofSeconds(59)));
    assertRefused("repeats", () -> new Flood(1, Duration.ofSeconds(1), 1));
    assertRefused(
        "blocked",
        () ->
            new ModerationPolicy(
                ModerationPolicy.DEFAULT.thresholds(),
                ModerationPolicy.DEFAULT.ladder(),
                ModerationPolicy.DEFAULT.flood(),
                List.of(),
                List.of(" ")));
  }
}

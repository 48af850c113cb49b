package dev.spanda.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the books allow, refuse and remember, on every database. */
class LedgerTest {

  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final long FREE = Command.UNBOUNDED;

  private final SettableClock clock = SettableClock.at(NOON);
  private int keys;

  private void on(StoreKind kind, BiConsumer<Store, Ledger> test) {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location());
        Ledger ledger = Ledger.open(store, clock)) {
      test.accept(store, ledger);
      assertThat(ledger.audit().firstBreak()).isEmpty();
    }
  }

  private Outcome run(Ledger ledger, Command command) {
    return ledger.execute("key-" + ++keys, command);
  }

  private Outcome.Accepted done(Ledger ledger, Command command) {
    return run(ledger, command).orThrow();
  }

  private void open(Ledger ledger, long annsCredits) {
    done(ledger, Command.Open.unbounded("bank"));
    done(ledger, Command.Open.purse("ann"));
    done(ledger, Command.Open.purse("bob"));
    if (annsCredits > 0) {
      done(ledger, new Command.Transfer("bank", "ann", annsCredits, "start"));
    }
  }

  private static void stands(Ledger ledger, String account, long posted, long held) {
    Account now = ledger.account(account).orElseThrow();
    assertThat(List.of(now.posted(), now.held())).as(account).isEqualTo(List.of(posted, held));
  }

  private static Outcome refused(Outcome.Reason reason, long needed, long available) {
    return new Outcome.Refused(reason, needed, available);
  }

  @ParameterizedTest
  @EnumSource
  void aTransferMovesCreditsAndTellsBothBalances(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 100);
          Outcome.Accepted moved = done(ledger, new Command.Transfer("ann", "bob", 30, "gift"));
          assertThat(moved.fromPosted()).isEqualTo(70);
          assertThat(moved.toPosted()).isEqualTo(30);
          assertThat(moved.amount()).isEqualTo(30);
          assertThat(moved.at()).isEqualTo(NOON);
          stands(ledger, "ann", 70, 0);
          stands(ledger, "bob", 30, 0);
          stands(ledger, "bank", -100, 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aSpendAboveTheBalanceIsRefusedWithBothNumbers(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 5);
          Outcome outcome = run(ledger, new Command.Transfer("ann", "bob", 10, ""));
          assertThat(outcome).isEqualTo(refused(Outcome.Reason.INSUFFICIENT, 10, 5));
          assertThatThrownBy(outcome::orThrow)
              .isInstanceOf(Failure.class)
              .hasMessage("You need 10 credits but have 5");
          stands(ledger, "ann", 5, 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void anOverdraftGoesDownToTheFloorAndACeilingHolds(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 0);
          done(ledger, new Command.Open("eve", -50, 20));
          done(ledger, new Command.Transfer("eve", "bob", 50, ""));
          assertThat(run(ledger, new Command.Transfer("eve", "bob", 1, "")))
              .isEqualTo(refused(Outcome.Reason.INSUFFICIENT, 1, 0));
          done(ledger, new Command.Transfer("bank", "eve", 70, ""));
          assertThat(run(ledger, new Command.Transfer("bank", "eve", 1, "")))
              .isEqualTo(refused(Outcome.Reason.NO_ROOM, 1, 0));
          done(ledger, new Command.Limit("eve", 0, 30));
          done(ledger, new Command.Reserve("bank", "eve", 10, ""));
          assertThat(run(ledger, new Command.Transfer("bank", "eve", 1, "")))
              .isEqualTo(refused(Outcome.Reason.NO_ROOM, 1, 0));
        });
  }

  @ParameterizedTest
  @EnumSource
  void heldCreditsCannotBeSpentTwice(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 10);
          Outcome.Accepted held = done(ledger, new Command.Reserve("ann", "bank", 8, "job"));
          assertThat(held.hold()).isEqualTo(OptionalLong.of(held.entry()));
          stands(ledger, "ann", 10, 8);
          assertThat(run(ledger, new Command.Transfer("ann", "bob", 3, "")))
              .isEqualTo(refused(Outcome.Reason.INSUFFICIENT, 3, 2));
          done(ledger, new Command.Post(held.entry(), OptionalLong.of(5)));
          stands(ledger, "ann", 5, 0);
          assertThat(ledger.hold(held.entry()))
              .contains(
                  new Account.Hold(
                      held.entry(),
                      "ann",
                      "bank",
                      8,
                      5,
                      Account.HoldState.POSTED,
                      Optional.empty()));
          assertThat(run(ledger, new Command.Post(held.entry())))
              .isEqualTo(refused(Outcome.Reason.HOLD_SETTLED, 0, 0));
          assertThat(run(ledger, new Command.Void(held.entry())))
              .isEqualTo(refused(Outcome.Reason.HOLD_SETTLED, 0, 0));
        });
  }

  @ParameterizedTest
  @EnumSource
  void aVoidedHoldIsFreeAgainAndAPostAboveTheHoldIsRefused(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 10);
          long hold = done(ledger, new Command.Reserve("ann", "bank", 8, "")).entry();
          assertThat(run(ledger, new Command.Post(hold, OptionalLong.of(9))))
              .isEqualTo(refused(Outcome.Reason.ABOVE_HOLD, 9, 8));
          done(ledger, new Command.Void(hold));
          stands(ledger, "ann", 10, 0);
          assertThat(run(ledger, new Command.Post(999_999)))
              .isEqualTo(refused(Outcome.Reason.NO_HOLD, 0, 0));
        });
  }

  @ParameterizedTest
  @EnumSource
  void aHoldEndsByItself(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 10);
          Optional<Instant> end = Optional.of(NOON.plusSeconds(60));
          long one = done(ledger, new Command.Reserve("ann", "bank", 8, end, "")).entry();
          assertThat(ledger.account("ann").orElseThrow().nextExpiry()).isEqualTo(end);
          clock.advance(Duration.ofSeconds(59));
          assertThat(run(ledger, new Command.Transfer("ann", "bob", 3, "")))
              .isEqualTo(refused(Outcome.Reason.INSUFFICIENT, 3, 2));
          clock.advance(Duration.ofSeconds(1));
          done(ledger, new Command.Transfer("ann", "bob", 3, ""));
          assertThat(run(ledger, new Command.Post(one)))
              .isEqualTo(refused(Outcome.Reason.EXPIRED, 0, 0));
          stands(ledger, "ann", 7, 0);
          Optional<Instant> later = Optional.of(clock.instant().plusSeconds(5));
          long two = done(ledger, new Command.Reserve("ann", "bank", 7, later, "")).entry();
          clock.advance(Duration.ofSeconds(5));
          assertThat(run(ledger, new Command.Post(two)))
              .isEqualTo(refused(Outcome.Reason.EXPIRED, 0, 0));
          Optional<Instant> third = Optional.of(clock.instant().plusSeconds(5));
          done(ledger, new Command.Reserve("ann", "bank", 7, third, ""));
          clock.advance(Duration.ofSeconds(5));
          stands(ledger, "ann", 7, 7);
          assertThat(ledger.settleDue()).isEqualTo(1);
          stands(ledger, "ann", 7, 0);
          assertThat(ledger.settleDue()).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource
  void grantedCreditsThatWereNotSpentGoBackToTheirIssuer(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 100);
          Instant soon = NOON.plusSeconds(60);
          Instant late = NOON.plusSeconds(120);
          done(ledger, new Command.Grant("bank", "ann", 40, late, "b"));
          done(ledger, new Command.Grant("bank", "ann", 50, soon, "a"));
          // Thirty of those that end first.
          done(ledger, new Command.Transfer("ann", "bob", 30, ""));
          clock.set(soon);
          done(ledger, new Command.Transfer("ann", "bob", 15, ""));
          // 190 − 30 − 20 gone − 15, the fifteen from the second grant.
          stands(ledger, "ann", 125, 0);
          clock.set(late);
          assertThat(ledger.settleDue()).isEqualTo(1);
          stands(ledger, "ann", 100, 0);
          assertThat(ledger.account("ann").orElseThrow().nextExpiry()).isEmpty();
          assertThat(run(ledger, new Command.Grant("bank", "ann", 1, late, "")))
              .isEqualTo(refused(Outcome.Reason.EXPIRED, 0, 0));
        });
  }

  @ParameterizedTest
  @EnumSource
  void heldCreditsDoNotExpireWhileTheyAreHeldAndDebtIsPaidFromAGrant(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 0);
          done(ledger, new Command.Open("eve", -50, FREE));
          done(ledger, new Command.Transfer("eve", "bob", 50, ""));
          done(ledger, new Command.Grant("bank", "eve", 80, NOON.plusSeconds(60), ""));
          done(ledger, new Command.Transfer("bank", "eve", 10, ""));
          long hold = done(ledger, new Command.Reserve("eve", "bank", 25, "")).entry();
          clock.advance(Duration.ofSeconds(60));
          assertThat(ledger.settleDue()).isEqualTo(1);
          // Forty on the account, of which thirty expire; twenty-five are held.
          stands(ledger, "eve", 25, 25);
          done(ledger, new Command.Void(hold));
          ledger.settleDue();
          stands(ledger, "eve", 10, 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void theSameKeyGivesTheSameAnswerAndAnotherCommandConflicts(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 10);
          Command spend = new Command.Transfer("ann", "bob", 4, "");
          Outcome first = ledger.execute("one", spend);
          Outcome.Refused broke =
              (Outcome.Refused) ledger.execute("two", new Command.Transfer("ann", "bob", 9, ""));
          clock.advance(Duration.ofDays(300));
          done(ledger, new Command.Transfer("bank", "ann", 1000, ""));
          assertThat(ledger.execute("one", spend)).isEqualTo(first);
          assertThat(ledger.execute("two", new Command.Transfer("ann", "bob", 9, "")))
              .isEqualTo(broke);
          assertThat(ledger.execute("one", new Command.Transfer("ann", "bob", 5, "")))
              .isEqualTo(new Outcome.Conflict());
          assertThat(ledger.execute("two", new Command.Transfer("ann", "bob", 9, "x")))
              .isEqualTo(new Outcome.Conflict());
          stands(ledger, "ann", 1006, 0);
          // Another ledger on the same tables remembers too.
          try (Ledger other = Ledger.open(store, clock)) {
            assertThat(other.execute("one", spend)).isEqualTo(first);
            done(other, new Command.Transfer("ann", "bob", 6, ""));
          }
          done(ledger, new Command.Transfer("ann", "bob", 1000, ""));
          assertThat(run(ledger, new Command.Transfer("ann", "bob", 1, "")))
              .isEqualTo(refused(Outcome.Reason.INSUFFICIENT, 1, 0));
        });
  }

  @ParameterizedTest
  @EnumSource
  void keysArePrunedOnCallOnlyAndNotBeforeADay(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 10);
          Command spend = new Command.Transfer("ann", "bob", 4, "");
          Outcome first = ledger.execute("one", spend);
          ledger.execute("two", new Command.Transfer("ann", "bob", 9, ""));
          ledger.allowance("bank", "ann", 5);
          assertThatThrownBy(() -> ledger.prune(Duration.ofHours(23))).isInstanceOf(Failure.class);
          clock.advance(Duration.ofHours(24));
          assertThat(ledger.prune(Duration.ofHours(24))).isZero();
          assertThat(ledger.execute("one", spend)).isEqualTo(first);
          clock.advance(Duration.ofMillis(1));
          assertThat(ledger.prune(Duration.ofHours(24))).isEqualTo(keys + 2);
          assertThat(ledger.execute("one", spend)).isNotEqualTo(first);
          ledger.allowance("bank", "ann", 5);
          stands(ledger, "ann", 7, 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void theAllowanceComesOnceAMonthAndEndsWithIt(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 0);
          Outcome march = ledger.allowance("bank", "ann", 2000);
          assertThat(ledger.allowance("bank", "ann", 2000)).isEqualTo(march);
          assertThat(ledger.allowance("bank", "ann", 3000)).isEqualTo(new Outcome.Conflict());
          done(ledger, new Command.Transfer("ann", "bob", 500, ""));
          assertThat(ledger.account("ann").orElseThrow().nextExpiry())
              .contains(Instant.parse("2026-04-01T00:00:00Z"));
          clock.set(Instant.parse("2026-04-01T00:00:00Z"));
          ledger.allowance("bank", "ann", 2000);
          stands(ledger, "ann", 2000, 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void unknownAndTakenNamesAreRefused(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 5);
          assertThat(run(ledger, Command.Open.purse("ann")))
              .isEqualTo(refused(Outcome.Reason.ACCOUNT_EXISTS, 0, 0));
          assertThat(run(ledger, new Command.Transfer("ann", "nobody", 1, "")))
              .isEqualTo(refused(Outcome.Reason.NO_ACCOUNT, 0, 0));
          assertThat(run(ledger, new Command.Limit("nobody", 0, 1)))
              .isEqualTo(refused(Outcome.Reason.NO_ACCOUNT, 0, 0));
          assertThat(ledger.account("nobody")).isEmpty();
          assertThat(ledger.hold(1)).isEmpty();
          assertThatThrownBy(() -> ledger.history("nobody", 10, 0)).isInstanceOf(Failure.class);
          assertThatThrownBy(() -> new Command.Transfer("ann", "bob", 0, ""))
              .isInstanceOf(Failure.class);
          assertThatThrownBy(() -> new Command.Transfer("ann", "ann", 1, ""))
              .isInstanceOf(Failure.class);
          assertThatThrownBy(() -> ledger.execute("spanda:x", Command.Open.purse("x")))
              .isInstanceOf(Failure.class);
        });
  }

  @ParameterizedTest
  @EnumSource
  void historyHasTheSameRowsByOffsetAndByCursor(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 1000);
          for (int i = 1; i <= 25; i++) {
            done(ledger, new Command.Transfer(i % 2 == 0 ? "ann" : "bank", "bob", i, "n" + i));
          }
          Page<Account.Posting> all = ledger.history("bob", 100, 0);
          assertThat(all.total()).isEqualTo(26);
          assertThat(all.items()).hasSize(26);
          assertThat(all.items().get(0).memo()).isEqualTo("n25");
          assertThat(all.items().get(0).postedAfter()).isEqualTo(325);
          assertThat(all.items().get(0).counterpart()).contains("bank");
          assertThat(all.items().get(25).kind()).isEqualTo(Account.Kind.OPEN);
          List<Account.Posting> byOffset = new ArrayList<>();
          for (int offset = 0; offset < 30; offset += 10) {
            byOffset.addAll(ledger.history("bob", 10, offset).items());
          }
          List<Account.Posting> byCursor = new ArrayList<>();
          long cursor = Long.MAX_VALUE;
          while (true) {
            List<Account.Posting> some = ledger.historyBefore("bob", cursor, 7);
            if (some.isEmpty()) {
              break;
            }
            byCursor.addAll(some);
            cursor = some.get(some.size() - 1).entry();
          }
          assertThat(byOffset).isEqualTo(all.items());
          assertThat(byCursor).isEqualTo(all.items());
          assertThat(ledger.history("bob", 10, 26).items()).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void aStatementAddsUp(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 100);
          clock.advance(Duration.ofHours(1));
          done(ledger, new Command.Transfer("ann", "bob", 10, ""));
          done(ledger, new Command.Transfer("bank", "ann", 3, ""));
          clock.advance(Duration.ofHours(1));
          done(ledger, new Command.Transfer("ann", "bob", 50, ""));
          Ledger.Statement statement =
              ledger.statement("ann", NOON.plusSeconds(3600), NOON.plusSeconds(7200));
          assertThat(statement.opening()).isEqualTo(100);
          assertThat(statement.closing()).isEqualTo(93);
          assertThat(statement.in()).isEqualTo(3);
          assertThat(statement.out()).isEqualTo(10);
          assertThat(statement.postings()).hasSize(2);
          assertThat(ledger.statement("ann", Instant.EPOCH, NOON).closing()).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource
  void oneBatchMayHoldTheSameKeyManyTimesAndAHoldWithItsPost(StoreKind kind) {
    on(
        kind,
        (store, ledger) -> {
          open(ledger, 100);
          long hold = done(ledger, new Command.Reserve("ann", "bank", 1, "")).entry();
          List<CompletableFuture<Outcome>> racing = new ArrayList<>();
          for (int i = 0; i < 1000; i++) {
            racing.add(ledger.submit("same", new Command.Transfer("ann", "bob", 2, "")));
            racing.add(ledger.submit("post", new Command.Post(hold)));
          }
          assertThat(racing.stream().map(CompletableFuture::join).distinct()).hasSize(2);
          stands(ledger, "ann", 97, 0);
        });
  }
}

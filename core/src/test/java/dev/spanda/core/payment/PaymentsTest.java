package dev.spanda.core.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.ledger.Account;
import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentsTest {

  private static final Instant START = Instant.parse("2025-11-21T11:52:00Z");
  private static final String ANN = "user_ann";
  private static final String BOB = "user_bob";
  private static final String CARD = "stripe_token_xyz";
  private static final Optional<String> NO_KEY = Optional.empty();
  private static final Optional<String> KEY = Optional.of("order-1");

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final List<Purchase.Event> events = Collections.synchronizedList(new ArrayList<>());
  private final List<AutoCloseable> open = new ArrayList<>();

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

  /** Stands for the end of the process: nothing catches it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class Purses implements Payments.Purses {
    @Override
    public String issuer() {
      return "bank";
    }

    @Override
    public String of(String owner) {
      return "purse:" + owner;
    }
  }

  /** One process with everything it needs. */
  private final class House implements AutoCloseable {
    private final Store store;
    private final Ledger ledger;
    private final TestProcessor processor;
    private final Payments payments;

    House(StoreKind.Place place, Payments.Step crashAfter) {
      store = Store.open(place.location());
      ledger = Ledger.open(store, clock);
      ledger.execute("open-bank", Command.Open.unbounded("bank"));
      ledger.execute("open-ann", Command.Open.purse("purse:" + ANN));
      ledger.execute("open-bob", new Command.Open("purse:" + BOB, 0, 1000));
      processor = new TestProcessor(store);
      payments =
          new Payments(
              store,
              ledger,
              processor,
              PriceTable.STANDARD,
              new Purses(),
              clock,
              bus,
              Ids.secure(),
              step -> {
                if (step == crashAfter) {
                  throw new Crash();
                }
              });
    }

    private Purchase buy(String method, Optional<String> key) {
      return payments.purchase(ANN, 500, method, key);
    }

    private long balance() {
      return ledger.account("purse:" + ANN).orElseThrow().posted();
    }

    /** What was paid for is there, and nothing else. */
    private void assertPaidIs(long purchases) {
      assertThat(processor.taken(ANN)).isEqualTo(4000 * purchases);
      assertThat(balance()).isEqualTo(500 * purchases);
    }

    @Override
    public void close() {
      ledger.close();
      store.close();
    }
  }

  @SuppressWarnings("NullAway") // No step is null: then nothing crashes.
  private House house(StoreKind.Place place) {
    return new House(place, null);
  }

  private House house(StoreKind kind) {
    bus.subscribe(Purchase.Event.class, events::add);
    return closing(house(closing(kind.fresh())));
  }

  private static Failure failureOf(ThrowingCallable call) {
    try {
      call.call();
    } catch (Failure e) {
      return e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no failure");
  }

  private static void assertFailure(
      ThrowingCallable call, Failure.Reason reason, String subject, String message) {
    Failure failure = failureOf(call);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.subject()).isEqualTo(subject);
    assertThat(failure).hasMessage(message);
  }

  @ParameterizedTest
  @EnumSource
  void creditsAreBought(StoreKind kind) {
    House house = house(kind);
    Purchase purchase = house.buy(CARD, NO_KEY);
    assertThat(purchase.id()).startsWith("txn_");
    assertThat(purchase.status()).isEqualTo(Purchase.Status.COMPLETED);
    assertThat(purchase.price()).isEqualTo("$40.00");
    assertThat(purchase.balanceAfter()).isEqualTo(OptionalLong.of(500));
    assertThat(purchase.finishedAt()).contains(START);
    assertThat(house.payments.find(ANN, purchase.id())).isEqualTo(purchase);
    assertThat(events).containsExactly(new Purchase.Completed(purchase));
    house.assertPaidIs(1);
    Account.Posting posting = house.ledger.history("purse:" + ANN, 1, 0).items().get(0);
    assertThat(posting.entry()).isEqualTo(purchase.entry().orElseThrow());
    assertThat(posting.key()).contains("payment:" + purchase.id());
    assertThat(posting.memo()).isEqualTo("purchase " + purchase.id());
    clock.advance(Duration.ofSeconds(1));
    Purchase second = house.buy("tok_visa", NO_KEY);
    assertThat(second.id()).isNotEqualTo(purchase.id());
    house.assertPaidIs(2);
    assertThat(house.payments.list(ANN, 1, 0).items()).containsExactly(second);
    assertThat(house.payments.list(ANN, 1, 0).total()).isEqualTo(2);
    assertThat(house.payments.list(BOB, 1, 0).total()).isZero();
    assertFailure(
        () -> house.payments.find(BOB, purchase.id()),
        Failure.Reason.NOT_FOUND,
        "payment",
        "No payment with id " + purchase.id());
  }

  @ParameterizedTest
  @EnumSource
  void theSameKeyBuysOnceAndAnotherBodyIsRefused(StoreKind kind) {
    House house = house(kind);
    Purchase first = house.buy(CARD, KEY);
    clock.advance(Duration.ofHours(1));
    assertThat(house.buy(CARD, KEY)).isEqualTo(first);
    for (ThrowingCallable other :
        List.<ThrowingCallable>of(
            () -> house.buy("tok_other", KEY),
            () -> house.payments.purchase(ANN, 501, CARD, KEY))) {
      assertFailure(
          other,
          Failure.Reason.CONFLICT,
          "idempotency_key",
          "The idempotency key was used before with another purchase");
    }
    house.assertPaidIs(1);
    Purchase bobs = house.payments.purchase(BOB, 500, CARD, KEY);
    assertThat(bobs.id()).isNotEqualTo(first.id());
  }

  @ParameterizedTest
  @EnumSource
  void aDeclinedCardBuysNothingAndStaysDeclinedUnderItsKey(StoreKind kind) {
    House house = house(kind);
    Failure first = failureOf(() -> house.buy("tok_declined", KEY));
    assertThat(first.reason()).isEqualTo(Failure.Reason.INVALID);
    assertThat(first.subject()).isEqualTo("payment_method");
    assertThat(first).hasMessage("The payment method was declined: card_declined");
    assertThat(first.details()).containsEntry("decline_code", "card_declined");
    Failure again = failureOf(() -> house.buy("tok_declined", KEY));
    assertThat(again.details()).isEqualTo(first.details());
    assertThat(failureOf(() -> house.buy("4242424242424242", NO_KEY)))
        .hasMessage("The payment method was declined: invalid_token");
    house.assertPaidIs(0);
    assertThat(events).hasSize(2).allMatch(Purchase.Declined.class::isInstance);
    assertThat(house.payments.list(ANN, 10, 0).items())
        .extracting(Purchase::status)
        .containsOnly(Purchase.Status.DECLINED);
    assertThat(house.payments.recover()).isEqualTo(new Payments.Recovery(0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void theInputIsChecked(StoreKind kind) {
    House house = house(kind);
    assertFailure(
        () -> house.payments.purchase(ANN, 0, CARD, NO_KEY),
        Failure.Reason.INVALID,
        "amount",
        "Amount must be between 1 and 1000000 credits");
    assertFailure(
        () -> house.buy("", NO_KEY),
        Failure.Reason.INVALID,
        "payment_method",
        "Payment method must have between 1 and 200 characters; had 0");
    assertFailure(
        () -> house.buy(CARD, Optional.of("k".repeat(201))),
        Failure.Reason.INVALID,
        "idempotency_key",
        "Idempotency key must have between 1 and 200 characters; had 201");
    assertFailure(
        () -> house.payments.purchase("nobody", 1, CARD, NO_KEY),
        Failure.Reason.NOT_FOUND,
        "account",
        "No such account is open");
    assertFailure(
        () -> house.payments.purchase(BOB, 1001, CARD, NO_KEY),
        Failure.Reason.CONFLICT,
        "credits",
        "The account has room for 1000 credits, not for 1001");
    assertThatThrownBy(() -> house.store.change(handle -> house.buy(CARD, NO_KEY)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(house.processor.taken(ANN)).isZero();
    assertThat(new PaymentProcessor.Charge("k", ANN, 1, CARD).toString()).doesNotContain(CARD);
  }

  @ParameterizedTest
  @EnumSource
  void aLostAnswerIsFoundAgain(StoreKind kind) {
    House house = house(kind);
    Failure lost = failureOf(() -> house.buy("tok_timeout", NO_KEY));
    assertThat(lost.reason()).isEqualTo(Failure.Reason.TIMED_OUT);
    String id = String.valueOf(lost.details().get("transaction_id"));
    assertThat(lost).hasMessage("It is not known yet whether the payment was taken: " + id);
    assertThat(house.processor.taken(ANN)).isEqualTo(4000);
    assertThat(house.balance()).isZero();
    assertThat(house.payments.find(ANN, id).status()).isEqualTo(Purchase.Status.OPEN);
    assertThat(house.payments.recover()).isEqualTo(new Payments.Recovery(1, 0, 0));
    assertThat(house.payments.find(ANN, id).status()).isEqualTo(Purchase.Status.COMPLETED);
    house.assertPaidIs(1);
    assertThat(failureOf(() -> house.buy("tok_timeout", KEY)).reason())
        .isEqualTo(Failure.Reason.TIMED_OUT);
    assertThat(house.buy("tok_timeout", KEY).balanceAfter()).isEqualTo(OptionalLong.of(1000));
    house.assertPaidIs(2);
  }

  @ParameterizedTest
  @EnumSource
  void aLostRequestIsDeclinedAfterADay(StoreKind kind) {
    House house = house(kind);
    assertThat(failureOf(() -> house.buy("tok_timeout_lost", KEY)).reason())
        .isEqualTo(Failure.Reason.TIMED_OUT);
    clock.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(house.payments.recover()).isEqualTo(new Payments.Recovery(0, 0, 1));
    clock.advance(Duration.ofMillis(1));
    assertThat(house.payments.recover()).isEqualTo(new Payments.Recovery(0, 1, 0));
    assertThat(failureOf(() -> house.buy("tok_timeout_lost", KEY)))
        .hasMessage("The payment method was declined: not_charged");
    house.assertPaidIs(0);
    assertThat(failureOf(() -> house.buy("tok_timeout_lost", Optional.of("order-2"))).reason())
        .isEqualTo(Failure.Reason.TIMED_OUT);
    assertThat(house.buy("tok_timeout_lost", Optional.of("order-2")).status())
        .isEqualTo(Purchase.Status.COMPLETED);
    house.assertPaidIs(1);
  }

  @ParameterizedTest
  @EnumSource
  void aConfirmationThatComesTwiceAddsOnce(StoreKind kind) {
    House house = house(kind);
    Purchase purchase = house.buy("tok_duplicate", KEY);
    assertThat(purchase.balanceAfter()).isEqualTo(OptionalLong.of(500));
    assertThat(house.buy("tok_duplicate", KEY)).isEqualTo(purchase);
    house.assertPaidIs(1);
    assertThat(events).containsExactly(new Purchase.Completed(purchase));
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE, WRITTEN", "SQLITE, CHARGED", "SQLITE, ANSWERED", "SQLITE, GRANTED",
    "POSTGRESQL, WRITTEN", "POSTGRESQL, CHARGED", "POSTGRESQL, ANSWERED", "POSTGRESQL, GRANTED"
  })
  void aCrashAfterAnyStepIsMadeGood(StoreKind kind, Payments.Step step) {
    for (String method : List.of(CARD, "tok_declined", "tok_duplicate")) {
      StoreKind.Place place = closing(kind.fresh());
      boolean died;
      try (House dying = new House(place, step)) {
        died = dies(dying, method);
      }
      // A declined card gets no credits, and one confirmed early has them before it is answered.
      assertThat(died).isEqualTo(!(method.equals("tok_declined") && step == Payments.Step.GRANTED));
      try (House recovering = house(place)) {
        Payments.Recovery recovery = recovering.payments.recover();
        assertThat(recovery.open()).isEqualTo(step == Payments.Step.WRITTEN ? 1 : 0);
        long paid = recovering.processor.taken(ANN) / 4000;
        recovering.assertPaidIs(paid);
        assertThat(recovering.payments.recover().completed()).isZero();
      }
      try (House after = house(place)) {
        if (method.equals("tok_declined")) {
          assertThat(failureOf(() -> after.buy(method, KEY)).subject()).isEqualTo("payment_method");
          after.assertPaidIs(0);
        } else {
          Purchase purchase = after.buy(method, KEY);
          assertThat(purchase.balanceAfter()).isEqualTo(OptionalLong.of(500));
          assertThat(after.payments.list(ANN, 10, 0).items()).containsExactly(purchase);
          after.assertPaidIs(1);
        }
        assertThat(after.ledger.audit().sound()).isTrue();
      }
    }
  }

  private static boolean dies(House house, String method) {
    try {
      Purchase unused = house.buy(method, KEY);
      return false;
    } catch (Crash e) {
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void moneyThatWasTakenBecomesCreditsOnceTheLedgerAgrees(StoreKind kind) {
    House house = house(kind);
    Payments payments =
        new Payments(
            house.store,
            house.ledger,
            new PaymentProcessor() {
              @Override
              public Result charge(Charge charge) {
                // While the card is charged the account is filled from elsewhere.
                house.ledger.execute(
                    "fill", new Command.Transfer("bank", "purse:" + BOB, 900, "gift"));
                return house.processor.charge(charge);
              }

              @Override
              public Optional<Result> find(String key) {
                return house.processor.find(key);
              }
            },
            PriceTable.STANDARD,
            new Purses(),
            clock,
            bus,
            Ids.secure());
    Failure failure = failureOf(() -> payments.purchase(BOB, 500, CARD, KEY));
    assertThat(failure.reason()).isEqualTo(Failure.Reason.FAILED);
    assertThat(failure)
        .hasMessageStartingWith("The payment was taken and the credits could not be added yet: ");
    assertThat(payments.recover()).isEqualTo(new Payments.Recovery(0, 0, 1));
    house.ledger.execute("spend", new Command.Transfer("purse:" + BOB, "bank", 900, "")).orThrow();
    assertThat(payments.recover()).isEqualTo(new Payments.Recovery(1, 0, 0));
    assertThat(payments.purchase(BOB, 500, CARD, KEY).balanceAfter())
        .isEqualTo(OptionalLong.of(500));
    assertThat(house.processor.taken(BOB)).isEqualTo(4000);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void oneKeyAtOnceInManyThreadsBuysOnce(StoreKind kind) throws Exception {
    House house = house(kind);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 5; round++) {
        Optional<String> key = Optional.of("order-" + round);
        List<Future<Purchase>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          all.add(threads.submit(() -> house.buy("tok_duplicate", key)));
        }
        Purchase first = all.get(0).get(60, TimeUnit.SECONDS);
        for (Future<Purchase> one : all) {
          assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(first);
        }
        house.assertPaidIs(round + 1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(events).hasSize(5);
    assertThat(house.payments.recover()).isEqualTo(new Payments.Recovery(0, 0, 0));
  }
}

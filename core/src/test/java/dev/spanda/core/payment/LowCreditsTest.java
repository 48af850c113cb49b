package dev.spanda.core.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.ledger.Outcome;
import dev.spanda.core.payment.LowCredits.Change;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LowCreditsTest {

  private final SettableClock clock = SettableClock.at(Instant.parse("2025-11-21T12:05:00Z"));

  @ParameterizedTest
  @EnumSource
  void eachFallIsToldOnceAndOnlyAfterARiseThereIsAnother(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      LowCredits low = new LowCredits(store, clock);
      assertThat(low.fell(new Change("ann", 1, 120, 100), 100)).isFalse();
      assertThat(low.fell(new Change("ann", 2, 100, 90), 100)).isTrue();
      assertThat(low.fell(new Change("ann", 2, 100, 90), 100)).isFalse();
      assertThat(low.fell(new Change("ann", 3, 90, 50), 100)).isFalse();
      assertThat(low.fell(new Change("ann", 4, 50, 550), 100)).isFalse();
      assertThat(low.fell(new Change("ann", 5, 550, 40), 100)).isTrue();
      assertThat(low.fell(new Change("bob", 5, 550, 40), 100)).isTrue();
      assertThat(low.prune(clock.instant())).isZero();
      clock.advance(Duration.ofDays(1));
      assertThat(low.prune(clock.instant())).isEqualTo(3);
      assertThatThrownBy(() -> new Change("ann", 0, 1, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aRestartRepeatsNothingAndARolledBackFallIsToldAgain(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh()) {
      try (Store store = Store.open(place.location())) {
        LowCredits low = new LowCredits(store, clock);
        assertThatThrownBy(
                () ->
                    store.change(
                        handle -> {
                          assertThat(low.fell(new Change("ann", 2, 100, 90), 100)).isTrue();
                          throw new IllegalStateException("not published");
                        }))
            .hasMessage("not published");
        assertThat(low.fell(new Change("ann", 2, 100, 90), 100)).isTrue();
      }
      try (Store store = Store.open(place.location())) {
        assertThat(new LowCredits(store, clock).fell(new Change("ann", 2, 100, 90), 100)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void manyThreadsThatSpendFallExactlyOnce(StoreKind kind) throws Exception {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location());
        Ledger ledger = Ledger.open(store, clock)) {
      LowCredits low = new LowCredits(store, clock);
      ledger.execute("o1", Command.Open.unbounded("bank"));
      ledger.execute("o2", Command.Open.purse("ann"));
      ledger.execute("b", new Command.Transfer("bank", "ann", 200, "")).orThrow();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<Boolean>> spends = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          String key = "s" + i / 2;
          spends.add(
              () -> {
                Outcome.Accepted moved =
                    ledger.execute(key, new Command.Transfer("ann", "bank", 8, "")).orThrow();
                return low.fell(Change.of("ann", moved), 100);
              });
        }
        int falls = 0;
        for (Future<Boolean> spend : threads.invokeAll(spends)) {
          falls += spend.get() ? 1 : 0;
        }
        assertThat(falls).isEqualTo(1);
      } finally {
        threads.shutdownNow();
      }
      assertThat(ledger.account("ann").orElseThrow().posted()).isEqualTo(40);
    }
  }
}

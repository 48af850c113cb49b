package dev.spanda.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads, and two nodes on one database. */
class LedgerConcurrencyTest {

  /** A command as its caller saw it: when it was given, when it was answered, and the answer. */
  private record Seen(long begin, long end, Command.Transfer command, Outcome outcome) {}

  private static <T> List<T> race(int threads, java.util.function.IntFunction<Callable<T>> work)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> one = work.apply(i);
        futures.add(
            pool.submit(
                () -> {
                  start.await();
                  return one.call();
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static void open(Ledger ledger, long credits) {
    ledger.execute("bank", Command.Open.unbounded("bank")).orThrow();
    ledger.execute("ann", Command.Open.purse("ann")).orThrow();
    ledger.execute("fill", new Command.Transfer("bank", "ann", credits, "")).orThrow();
  }

  @ParameterizedTest
  @EnumSource
  void aThousandRacingRetriesOfOneKeyMakeOnePosting(StoreKind kind) throws Exception {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location());
        Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
      open(ledger, 100);
      List<Set<Outcome>> answers =
          race(
              50,
              thread ->
                  () -> {
                    Set<Outcome> mine = new HashSet<>();
                    for (int i = 0; i < 20; i++) {
                      mine.add(ledger.execute("once", new Command.Transfer("ann", "bank", 7, "")));
                    }
                    return mine;
                  });
      Set<Outcome> all = new HashSet<>();
      answers.forEach(all::addAll);
      assertThat(all).hasSize(1);
      assertThat(ledger.account("ann").orElseThrow().posted()).isEqualTo(93);
      assertThat(ledger.history("ann", 10, 0).total()).isEqualTo(3);
      assertThat(ledger.audit().firstBreak()).isEmpty();
    }
  }

  /**
   * Every history of one account must have one order in which each command takes effect between its
   * call and its answer. The entries' numbers give that order for accepted commands; a refusal must
   * have had a moment in its own time at which that little was available.
   */
  @ParameterizedTest
  @EnumSource
  void whatThreadsSeeHasOneOrder(StoreKind kind) throws Exception {
    long seed = Long.getLong("spanda.seed", System.nanoTime());
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location());
        Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
      open(ledger, 20);
      List<List<Seen>> seen =
          race(
              8,
              thread ->
                  () -> {
                    Random random = new Random(seed + thread);
                    List<Seen> mine = new ArrayList<>();
                    for (int i = 0; i < 250; i++) {
                      boolean spend = random.nextInt(3) > 0;
                      Command.Transfer command =
                          new Command.Transfer(
                              spend ? "ann" : "bank",
                              spend ? "bank" : "ann",
                              1 + random.nextInt(9),
                              "");
                      long begin = System.nanoTime();
                      Outcome outcome = ledger.execute(thread + "-" + i, command);
                      mine.add(new Seen(begin, System.nanoTime(), command, outcome));
                    }
                    return mine;
                  });
      List<Seen> all = new ArrayList<>();
      seen.forEach(all::addAll);
      try {
        linearizable(all, 20);
      } catch (AssertionError e) {
        throw new AssertionError("-Dspanda.seed=" + seed + " on " + kind, e);
      }
    }
  }

  private static void linearizable(List<Seen> all, long start) {
    List<Seen> accepted = new ArrayList<>();
    List<Seen> refused = new ArrayList<>();
    for (Seen one : all) {
      (one.outcome instanceof Outcome.Accepted ? accepted : refused).add(one);
    }
    accepted.sort(Comparator.comparingLong(one -> ((Outcome.Accepted) one.outcome).entry()));
    long[] balances = new long[accepted.size() + 1];
    balances[0] = start;
    long latestBegin = Long.MIN_VALUE;
    for (int i = 0; i < accepted.size(); i++) {
      Seen one = accepted.get(i);
      Outcome.Accepted outcome = (Outcome.Accepted) one.outcome;
      boolean spend = one.command.from().equals("ann");
      balances[i + 1] = balances[i] + (spend ? -one.command.amount() : one.command.amount());
      assertThat(balances[i + 1]).isNotNegative();
      assertThat(spend ? outcome.fromPosted() : outcome.toPosted()).isEqualTo(balances[i + 1]);
      // Nothing may be answered before something earlier in the order was even asked.
      assertThat(one.end).isGreaterThan(latestBegin);
      latestBegin = Math.max(latestBegin, one.begin);
    }
    for (Seen one : refused) {
      Outcome.Refused outcome = (Outcome.Refused) one.outcome;
      // Before the first entry that was asked after the refusal was known, and not before the last
      // entry that was known when the refusal was asked.
      int from = 0;
      int to = accepted.size();
      for (int i = 0; i < accepted.size(); i++) {
        if (accepted.get(i).end < one.begin) {
          from = i + 1;
        }
        if (accepted.get(i).begin > one.end) {
          to = Math.min(to, i);
        }
      }
      boolean possible = false;
      for (int i = from; i <= to; i++) {
        possible |= balances[i] == outcome.available() && balances[i] < one.command.amount();
      }
      assertThat(possible).as("%s", one).isTrue();
    }
    assertThat(refused).as("some were refused").isNotEmpty();
  }

  @Test
  void theOrderCheckCatchesAStaleAnswer() {
    Command.Transfer spend = new Command.Transfer("ann", "bank", 5, "");
    Outcome stale =
        new Outcome.Accepted(
            2, java.time.Instant.EPOCH, java.util.OptionalLong.empty(), 5, 15, 0, 5);
    Outcome first =
        new Outcome.Accepted(
            1, java.time.Instant.EPOCH, java.util.OptionalLong.empty(), 5, 15, 0, 5);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    linearizable(
                        List.of(new Seen(0, 1, spend, first), new Seen(2, 3, spend, stale)), 20)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void twoNodesOnOneDatabaseNeverOverdrawAndShareKeys() throws Exception {
    try (StoreKind.Place place = StoreKind.POSTGRESQL.fresh();
        Store one = Store.open(place.location());
        Store two = Store.open(place.location());
        Ledger first = Ledger.open(one, Clock.systemUTC());
        Ledger second = Ledger.open(two, Clock.systemUTC())) {
      open(first, 1000);
      first.execute("bob", Command.Open.purse("bob")).orThrow();
      List<Long> spent =
          race(
              8,
              thread ->
                  () -> {
                    Ledger mine = thread % 2 == 0 ? first : second;
                    long sum = 0;
                    for (int i = 0; i < 60; i++) {
                      // Against each other in the order of their accounts, and sharing their keys.
                      Command command =
                          thread < 4
                              ? new Command.Transfer("ann", "bob", 3, "")
                              : new Command.Reserve("ann", "bank", 4, "");
                      Outcome outcome = mine.execute(thread / 2 + "-" + i, command);
                      if (outcome instanceof Outcome.Accepted accepted) {
                        sum += thread % 2 == 0 ? accepted.amount() : 0;
                        if (accepted.hold().isPresent()) {
                          mine.execute(
                              "p" + thread / 2 + "-" + i, new Command.Post(accepted.entry()));
                        } else {
                          mine.execute(
                              "b" + thread + "-" + i, new Command.Transfer("bob", "ann", 1, ""));
                        }
                      }
                    }
                    return sum;
                  });
      long back =
          first.history("bob", 1000, 0).items().stream().filter(p -> p.change() < 0).count();
      long total = spent.stream().mapToLong(sum -> sum).sum();
      Account ann = second.account("ann").orElseThrow();
      assertThat(ann.posted()).isEqualTo(1000 - total + back).isNotNegative();
      assertThat(ann.held()).isZero();
      assertThat(first.audit().firstBreak()).isEmpty();
      Set<Long> minima = new HashSet<>();
      first.history("ann", 1000, 0).items().forEach(p -> minima.add(p.postedAfter()));
      assertThat(Collections.min(minima)).isNotNegative();
    }
  }
}

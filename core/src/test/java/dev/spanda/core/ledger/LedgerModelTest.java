package dev.spanda.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random commands against books kept the naive way: every lot is reduced as it is spent. */
class LedgerModelTest {

  private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
  private static final int COMMANDS = 1500;
  private static final int NAMES = 5;

  private static final class Lot {
    long remaining;
    Instant end;
    String issuer;
  }

  private static final class Purse {
    long floor;
    long ceiling = Command.UNBOUNDED;
    long posted;
    long held;
    long incoming;
    final List<Lot> lots = new ArrayList<>();
  }

  private static final class Held {
    String from;
    String to;
    long amount;
    Optional<Instant> end = Optional.empty();
    Account.HoldState state = Account.HoldState.PENDING;
  }

  private static final class Naive {
    final Map<String, Purse> purses = new TreeMap<>();
    final Map<Long, Held> holds = new TreeMap<>();

    void spend(Purse purse, long amount) {
      purse.posted -= amount;
      purse.lots.sort(Comparator.comparing(lot -> lot.end));
      for (Lot lot : purse.lots) {
        long taken = Math.min(lot.remaining, amount);
        lot.remaining -= taken;
        amount -= taken;
      }
    }

    void settle(String name, Instant now) {
      Purse purse = purses.get(name);
      for (Held hold : holds.values()) {
        boolean binds =
            hold.from.equals(name) || (hold.to.equals(name) && purse.ceiling != Command.UNBOUNDED);
        if (binds && hold.end.isPresent() && !hold.end.get().isAfter(now)) {
          end(hold, Account.HoldState.EXPIRED);
        }
      }
      for (Lot lot : purse.lots) {
        if (!lot.end.isAfter(now)) {
          long amount =
              Math.min(
                  lot.remaining, Math.max(0, purse.posted - purse.held - Math.max(0, purse.floor)));
          lot.remaining -= amount;
          purse.posted -= amount;
          purses.get(lot.issuer).posted += amount;
        }
      }
    }

    boolean end(Held hold, Account.HoldState state) {
      if (hold.state != Account.HoldState.PENDING) {
        return false;
      }
      purses.get(hold.from).held -= hold.amount;
      purses.get(hold.to).incoming -= hold.amount;
      hold.state = state;
      return true;
    }

    /** The refusal, or null for done; the entry's number is needed for a hold's name. */
    Outcome.Refused apply(Command command, Instant now, long entry) {
      if (command instanceof Command.Open open) {
        Purse purse = new Purse();
        purse.floor = open.floor();
        purse.ceiling = open.ceiling();
        return purses.putIfAbsent(open.account(), purse) == null
            ? null
            : no(Outcome.Reason.ACCOUNT_EXISTS, 0, 0);
      } else if (command instanceof Command.Limit limit) {
        settle(limit.account(), now);
        purses.get(limit.account()).floor = limit.floor();
        purses.get(limit.account()).ceiling = limit.ceiling();
        return null;
      } else if (command instanceof Command.Transfer transfer) {
        return move(transfer.from(), transfer.to(), transfer.amount(), now, null, 0);
      } else if (command instanceof Command.Grant grant) {
        Lot lot = new Lot();
        lot.end = grant.expiresAt();
        lot.issuer = grant.from();
        lot.remaining = grant.amount();
        return move(grant.from(), grant.to(), grant.amount(), now, lot, 0);
      } else if (command instanceof Command.Reserve reserve) {
        Outcome.Refused refused =
            move(reserve.from(), reserve.to(), reserve.amount(), now, null, entry);
        if (refused == null) {
          holds.get(entry).end = reserve.expiresAt();
        }
        return refused;
      }
      long id =
          command instanceof Command.Post post ? post.hold() : ((Command.Void) command).hold();
      Held hold = holds.get(id);
      if (hold == null) {
        return no(Outcome.Reason.NO_HOLD, 0, 0);
      }
      if (hold.end.isPresent() && !hold.end.get().isAfter(now)) {
        end(hold, Account.HoldState.EXPIRED);
      }
      if (hold.state != Account.HoldState.PENDING) {
        return no(
            hold.state == Account.HoldState.EXPIRED
                ? Outcome.Reason.EXPIRED
                : Outcome.Reason.HOLD_SETTLED,
            0,
            0);
      }
      if (command instanceof Command.Post post) {
        long amount = post.amount().orElse(hold.amount);
        if (amount > hold.amount) {
          return no(Outcome.Reason.ABOVE_HOLD, amount, hold.amount);
        }
        end(hold, Account.HoldState.POSTED);
        spend(purses.get(hold.from), amount);
        purses.get(hold.to).posted += amount;
      } else {
        end(hold, Account.HoldState.VOID);
      }
      return null;
    }

    private Outcome.Refused move(
        String fromName, String toName, long amount, Instant now, Lot lot, long hold) {
      settle(fromName, now);
      settle(toName, now);
      Purse from = purses.get(fromName);
      Purse to = purses.get(toName);
      long available = from.posted - from.held - from.floor;
      if (available < amount) {
        return no(Outcome.Reason.INSUFFICIENT, amount, available);
      }
      long room = to.ceiling - to.posted - to.incoming;
      if (room < amount) {
        return no(Outcome.Reason.NO_ROOM, amount, room);
      }
      if (hold > 0) {
        from.held += amount;
        to.incoming += amount;
        Held held = new Held();
        held.from = fromName;
        held.to = toName;
        held.amount = amount;
        holds.put(hold, held);
        return null;
      }
      if (lot != null) {
        lot.remaining -= Math.min(amount, Math.max(0, -to.posted));
        to.lots.add(lot);
      }
      spend(from, amount);
      to.posted += amount;
      return null;
    }

    private static Outcome.Refused no(Outcome.Reason reason, long needed, long available) {
      return new Outcome.Refused(reason, needed, available);
    }
  }

  private static Command random(Random random, Naive naive, Instant now) {
    String from = random.nextInt(4) == 0 ? "bank" : "p" + random.nextInt(NAMES);
    String to = from;
    while (to.equals(from)) {
      to = random.nextInt(3) == 0 ? "bank" : "p" + random.nextInt(NAMES);
    }
    long amount = 1L + random.nextInt(40);
    Instant end = now.plusMillis(1L + random.nextInt(20_000));
    List<Long> holds = new ArrayList<>(naive.holds.keySet());
    long hold =
        holds.isEmpty()
            ? 7_777_777
            : holds.get(holds.size() - 1 - random.nextInt(Math.min(8, holds.size())));
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new Command.Transfer(from, to, amount, "m" + amount);
      case 3, 4 -> new Command.Grant("bank", "p" + random.nextInt(NAMES), amount, end, "");
      case 5, 6, 7 ->
          new Command.Reserve(
              from, to, amount, random.nextBoolean() ? Optional.of(end) : Optional.empty(), "");
      case 8, 9 ->
          new Command.Post(
              hold, random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(amount));
      case 10 -> new Command.Void(hold);
      default ->
          random.nextInt(6) == 0
              ? new Command.Limit(
                  "p" + random.nextInt(NAMES),
                  -random.nextInt(30),
                  random.nextBoolean() ? Command.UNBOUNDED : 40 + random.nextInt(100))
              : new Command.Open("p" + random.nextInt(NAMES), 0, Command.UNBOUNDED);
    };
  }

  @ParameterizedTest
  @EnumSource
  void randomCommandsLeaveTheSameBooksAsTheNaiveWay(StoreKind kind) {
    long seed = Long.getLong("spanda.seed", System.nanoTime());
    try {
      check(kind, seed);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dspanda.seed=" + seed + " on " + kind, e);
    }
  }

  private static void check(StoreKind kind, long seed) {
    Random random = new Random(seed);
    SettableClock clock = SettableClock.at(START);
    Naive naive = new Naive();
    Map<String, Command> commands = new HashMap<>();
    Map<String, Outcome> outcomes = new HashMap<>();
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      Ledger ledger = Ledger.open(store, clock);
      try {
        List<Command> first = new ArrayList<>();
        first.add(Command.Open.unbounded("bank"));
        for (int i = 0; i < NAMES; i++) {
          first.add(Command.Open.purse("p" + i));
        }
        for (int i = 0; i < COMMANDS; i++) {
          clock.advance(Duration.ofMillis(random.nextInt(500)));
          Command command =
              i < first.size() ? first.get(i) : random(random, naive, clock.instant());
          String key = "k" + i;
          Outcome outcome = ledger.execute(key, command);
          long entry = outcome instanceof Outcome.Accepted accepted ? accepted.entry() : 1L << 61;
          Outcome.Refused refused = naive.apply(command, clock.instant(), entry);
          if (refused != null) {
            assertThat(outcome).as("%s %s", key, command).isEqualTo(refused);
          } else {
            assertThat(outcome).as("%s %s", key, command).isInstanceOf(Outcome.Accepted.class);
          }
          commands.put(key, command);
          outcomes.put(key, outcome);
          if (random.nextInt(20) == 0) {
            String again = "k" + random.nextInt(i + 1);
            assertThat(ledger.execute(again, commands.get(again))).isEqualTo(outcomes.get(again));
          }
          if (random.nextInt(200) == 0) {
            ledger.close();
            ledger = Ledger.open(store, clock);
          }
          if (i % 50 == 0) {
            compare(ledger, naive);
          }
        }
        compare(ledger, naive);
        assertThat(ledger.audit().firstBreak()).isEmpty();
      } finally {
        ledger.close();
      }
    }
  }

  private static void compare(Ledger ledger, Naive naive) {
    long sum = 0;
    for (Map.Entry<String, Purse> one : naive.purses.entrySet()) {
      Account account = ledger.account(one.getKey()).orElseThrow();
      Purse purse = one.getValue();
      assertThat(List.of(account.posted(), account.held(), account.incoming()))
          .as(one.getKey())
          .isEqualTo(List.of(purse.posted, purse.held, purse.incoming));
      sum += account.posted();
    }
    assertThat(sum).as("credits are conserved").isZero();
    naive.holds.forEach(
        (id, hold) -> assertThat(ledger.hold(id).orElseThrow().state()).isEqualTo(hold.state));
  }
}

package dev.spanda.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ledger's face, called by several threads at once, against books kept in plain maps. */
class LedgerLincheckTest {

  private static final String ACCEPTED = "accepted";
  private static final String CONFLICT = "conflict";
  private static final AtomicLong PURSES = new AtomicLong();
  private static Store store;
  private static Ledger ledger;

  @BeforeAll
  static void openOneLedgerForAllRuns() {
    store = Store.open(StoreLocation.memory());
    ledger = Ledger.open(store, Clock.systemUTC());
    ledger.execute("bank", Command.Open.unbounded("bank")).orThrow();
  }

  @AfterAll
  static void close() {
    ledger.close();
    store.close();
  }

  @Test
  void racingCallersSeeOneOrderOfAllCommands() {
    options().check(Purse.class);
    assertThat(ledger.audit().sound()).isTrue();
  }

  /** The control: the same check finds a purse that reads and then writes. */
  @Test
  void aPurseThatReadsAndThenWritesIsFoundOut() {
    assertThatThrownBy(() -> options().check(CarelessPurse.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }

  private static StressOptions options() {
    return new StressOptions()
        .iterations(20)
        .invocationsPerIteration(60)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(1)
        .minimizeFailedScenario(false)
        .sequentialSpecification(Model.class);
  }

  /** What a caller is told of a command. */
  private static String told(String key, Command command) {
    Outcome outcome = ledger.execute(key, command);
    if (outcome instanceof Outcome.Refused refused) {
      return refused.reason().name();
    }
    return outcome instanceof Outcome.Conflict ? CONFLICT : ACCEPTED;
  }

  /** Ten credits; every run has a purse and keys of its own. */
  @Param(name = "amount", gen = IntGen.class, conf = "1:6")
  @Param(name = "key", gen = IntGen.class, conf = "1:2")
  public static class Purse {
    final String name = "purse-" + PURSES.incrementAndGet();

    public Purse() {
      ledger.execute(name + "-open", Command.Open.purse(name)).orThrow();
      ledger.execute(name + "-fill", new Command.Transfer("bank", name, 10, "")).orThrow();
    }

    @Operation
    public String spend(@Param(name = "key") int key, @Param(name = "amount") int amount) {
      return told(name + "-spend-" + key, new Command.Transfer(name, "bank", amount, ""));
    }

    @Operation
    public String fill(@Param(name = "key") int key, @Param(name = "amount") int amount) {
      return told(name + "-fill-" + key, new Command.Transfer("bank", name, amount, ""));
    }

    @Operation
    public long balance() {
      return ledger.account(name).orElseThrow().posted();
    }
  }

  /** Looks at the balance first and spends under keys that never repeat. */
  @Param(name = "amount", gen = IntGen.class, conf = "1:6")
  @Param(name = "key", gen = IntGen.class, conf = "1:2")
  public static class CarelessPurse extends Purse {
    private final Map<Integer, String> answers = new ConcurrentHashMap<>();

    @Override
    @Operation
    public String spend(@Param(name = "key") int key, @Param(name = "amount") int amount) {
      String earlier = answers.get(key);
      if (earlier != null) {
        return earlier;
      }
      String answer =
          told(
              name + "-careless-" + PURSES.incrementAndGet(),
              new Command.Transfer(name, "bank", amount, ""));
      answers.put(key, answer);
      return answer;
    }
  }

  /** The same, one call at a time. */
  public static class Model {
    private final Map<String, Integer> amounts = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();
    private long balance = 10;

    public String spend(int key, int amount) {
      return once("spend" + key, amount, -amount);
    }

    public String fill(int key, int amount) {
      return once("fill" + key, amount, amount);
    }

    public long balance() {
      return balance;
    }

    private String once(String key, int amount, long change) {
      Integer earlier = amounts.putIfAbsent(key, amount);
      if (earlier != null) {
        return earlier == amount ? String.valueOf(answers.get(key)) : CONFLICT;
      }
      boolean accepted = balance + change >= 0;
      balance += accepted ? change : 0;
      String answer = accepted ? ACCEPTED : Outcome.Reason.INSUFFICIENT.name();
      answers.put(key, answer);
      return answer;
    }
  }
}

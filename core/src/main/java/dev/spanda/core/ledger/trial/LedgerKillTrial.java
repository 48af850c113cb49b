package dev.spanda.core.ledger.trial;

import dev.spanda.core.ledger.Account;
import dev.spanda.core.ledger.Audit;
import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.ledger.Outcome;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.store.trial.KillTrial;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Kills a process that writes a ledger, again and again, and looks in the books for every outcome
 * that it had told; each round the books are audited. The control tells an outcome when the command
 * is submitted, before the commit. Of one trial, by one thread.
 */
public final class LedgerKillTrial implements KillTrial.Subject {

  private static final String BANK = "bank";
  private static final int THREADS = 8;
  private static final int PURSES = 20;
  private static final int LONGEST_ROUND_MILLIS = 250;
  private static final int PAGE = 1_000;

  private final Path folder;
  private final boolean control;
  private long entriesBefore;

  /**
   * A trial of the books; a round takes a second or two.
   *
   * @param folder an empty folder for the database
   * @param control whether the processes tell outcomes before the commit
   */
  public LedgerKillTrial(Path folder, boolean control) {
    this.folder = folder;
    this.control = control;
  }

  /** Runs a trial. */
  public static KillTrial.Result run(KillTrial.Options options) {
    return KillTrial.run(options, new LedgerKillTrial(options.folder(), options.control()));
  }

  @Override
  public KillTrial.Words words() {
    return new KillTrial.Words("outcomes told", "lost", "sound books", "tells before the commit");
  }

  @Override
  public Class<?> victim() {
    return Victim.class;
  }

  @Override
  public List<String> arguments(int round) {
    return List.of(folder.toString(), Integer.toString(round), Boolean.toString(control));
  }

  @Override
  public int longestMillis() {
    return LONGEST_ROUND_MILLIS;
  }

  @Override
  public KillTrial.Finding look(int round, List<List<String>> told) {
    Map<String, Long> acknowledged = new HashMap<>();
    told.forEach(words -> acknowledged.put(words.get(0), Long.parseLong(words.get(1))));
    try (Store store = Store.open(StoreLocation.folder(folder));
        Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
      Audit audit = ledger.audit();
      boolean grew = audit.entries() > entriesBefore;
      entriesBefore = audit.entries();
      return new KillTrial.Finding(lost(ledger, round, acknowledged, control), grew, audit.sound());
    }
  }

  /** How many of these keys do not stand in the books under the number that was told. */
  private static long lost(
      Ledger ledger, int round, Map<String, Long> acknowledged, boolean control) {
    Map<String, Long> written = new HashMap<>();
    long cursor = Long.MAX_VALUE;
    boolean more = ledger.account(BANK).isPresent();
    while (more) {
      List<Account.Posting> some = ledger.historyBefore(BANK, cursor, PAGE);
      more = some.size() == PAGE;
      for (Account.Posting posting : some) {
        String key = posting.key().orElse("");
        if (key.startsWith(round + "-")) {
          written.put(key, posting.entry());
        } else if (!key.isEmpty() && key.startsWith((round - 1) + "-")) {
          more = false;
        }
        cursor = posting.entry();
      }
    }
    return acknowledged.entrySet().stream()
        .filter(
            one -> {
              Long entry = written.get(one.getKey());
              return entry == null || (!control && !entry.equals(one.getValue()));
            })
        .count();
  }

  /** The process that is killed. */
  static final class Victim {

    private Victim() {}

    /**
     * Writes until it is killed.
     *
     * @param arguments the folder, the number of the round, and whether to tell before the commit
     */
    public static void main(String[] arguments) throws InterruptedException {
      int round = Integer.parseInt(arguments[1]);
      boolean control = Boolean.parseBoolean(arguments[2]);
      Store store = Store.open(StoreLocation.folder(Path.of(arguments[0])));
      Ledger ledger = Ledger.open(store, Clock.systemUTC());
      ledger.execute("open-" + BANK, Command.Open.unbounded(BANK));
      for (int i = 0; i < PURSES; i++) {
        ledger.execute("open-" + i, Command.Open.purse("purse-" + i));
        ledger.execute(
            "fill-" + i, new Command.Transfer(BANK, "purse-" + i, 1_000_000_000_000L, ""));
      }
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String prefix = round + "-" + i + "-";
        Thread thread = new Thread(() -> write(ledger, prefix, control));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private static void write(Ledger ledger, String prefix, boolean control) {
      SplittableRandom random = new SplittableRandom(prefix.hashCode());
      long number = 0;
      while (true) {
        String key = prefix + ++number;
        String purse = "purse-" + random.nextInt(PURSES);
        boolean holds = !control && random.nextInt(3) == 0;
        Command command =
            holds
                ? new Command.Reserve(purse, BANK, 3, "")
                : new Command.Transfer(purse, BANK, 1, "");
        if (control) {
          // Told without waiting: that is the fault which the harness must find.
          var unused = ledger.submit(key, command);
          KillTrial.tell(key, "0");
          continue;
        }
        Outcome.Accepted done = ledger.execute(key, command).orThrow();
        KillTrial.tell(key, Long.toString(done.entry()));
        if (holds) {
          String end = prefix + ++number;
          Outcome.Accepted ended = ledger.execute(end, new Command.Post(done.entry())).orThrow();
          KillTrial.tell(end, Long.toString(ended.entry()));
        }
      }
    }
  }
}

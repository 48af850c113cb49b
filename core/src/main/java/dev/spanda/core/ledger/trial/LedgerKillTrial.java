package dev.spanda.core.ledger.trial;

import dev.spanda.core.ledger.Account;
import dev.spanda.core.ledger.Audit;
import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.ledger.Outcome;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process that writes a ledger, again and again, and looks in the books for every outcome
 * that it had told. Each round starts a process of its own on the same folder, lets it tell its
 * outcomes for a random time of up to a quarter of a second, kills it without warning, opens the
 * folder, audits the books and compares.
 *
 * <p>The control is a process that tells an outcome when the command is submitted, before the
 * commit. A trial that does not catch it proves nothing.
 */
public final class LedgerKillTrial {

  private static final String BANK = "bank";
  private static final int THREADS = 8;
  private static final int PURSES = 20;
  private static final int LONGEST_ROUND_MILLIS = 250;
  private static final int PAGE = 1_000;

  private LedgerKillTrial() {}

  /**
   * What to run.
   *
   * @param folder an empty folder for the database
   * @param rounds how many processes to kill, at least 1
   * @param seed decides when they are killed
   * @param control whether they tell outcomes before the commit
   */
  public record Options(Path folder, int rounds, long seed, boolean control) {
    /** Checks the number of rounds. */
    public Options {
      if (rounds < 1) {
        throw new IllegalArgumentException(rounds + " rounds");
      }
    }
  }

  /**
   * What came out.
   *
   * @param told how many outcomes the processes told in all
   * @param lost how many of them are not in the books, or are there with another number
   * @param progressed in how many rounds outcomes were told and the books grew
   * @param sound in how many rounds the audit found nothing
   */
  public record Result(Options options, long told, long lost, int progressed, int sound) {

    /** Nothing was lost, and every round progressed and left sound books. */
    public boolean passed() {
      return lost == 0 && progressed == options.rounds && sound == options.rounds;
    }

    /** One line for people. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%d rounds of kill -9%s: %,d outcomes told, %,d lost; %d rounds progressed, %d left sound"
              + " books (seed %d)",
          options.rounds,
          options.control ? ", control that tells before the commit" : "",
          told,
          lost,
          progressed,
          sound,
          options.seed);
    }
  }

  /**
   * Runs all rounds; each takes a second or two. Needs the {@code java} command and the class path
   * of this process.
   */
  public static Result run(Options options) {
    SplittableRandom random = new SplittableRandom(options.seed);
    long told = 0;
    long lost = 0;
    int progressed = 0;
    int sound = 0;
    long entriesBefore = 0;
    for (int round = 0; round < options.rounds; round++) {
      Map<String, Long> acknowledged = kill(options, round, random.nextInt(LONGEST_ROUND_MILLIS));
      told += acknowledged.size();
      try (Store store = Store.open(StoreLocation.folder(options.folder));
          Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
        Audit audit = ledger.audit();
        if (audit.sound()) {
          sound++;
        }
        if (!acknowledged.isEmpty() && audit.entries() > entriesBefore) {
          progressed++;
        }
        entriesBefore = audit.entries();
        lost += lost(ledger, round, acknowledged, options.control);
      }
    }
    return new Result(options, told, lost, progressed, sound);
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

  /** The keys that one process told, with the numbers of their entries. */
  private static Map<String, Long> kill(Options options, int round, int millis) {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            options.folder.toString(),
            Integer.toString(round),
            Boolean.toString(options.control));
    Map<String, Long> told = new HashMap<>();
    List<String> other = new ArrayList<>();
    try {
      Process victim = new ProcessBuilder(command).redirectErrorStream(true).start();
      Thread killer =
          new Thread(
              () -> {
                try {
                  victim.waitFor(millis, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                // Through the handle, for the process itself would close the pipe with what is in
                // it.
                victim.toHandle().destroyForcibly();
              });
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          String[] words = line.split(" ");
          // The last line may have been cut off in the middle; it ends with a dot when it is whole.
          if (words.length == 4 && words[0].equals("told") && words[3].equals(".")) {
            told.put(words[1], Long.parseLong(words[2]));
            if (told.size() == 1) {
              killer.start();
            }
          } else {
            other.add(line);
          }
        }
      } finally {
        victim.toHandle().destroyForcibly();
      }
      victim.waitFor();
      if (told.isEmpty()) {
        throw new IllegalStateException("The process told nothing but " + other);
      }
      killer.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return told;
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
          tell(key, 0);
          continue;
        }
        Outcome.Accepted done = ledger.execute(key, command).orThrow();
        tell(key, done.entry());
        if (holds) {
          String end = prefix + ++number;
          tell(end, ledger.execute(end, new Command.Post(done.entry())).orThrow().entry());
        }
      }
    }

    private static void tell(String key, long entry) {
      PrintStream out = System.out;
      synchronized (out) {
        out.print("told " + key + " " + entry + " .\n");
        out.flush();
      }
    }
  }
}

package dev.spanda.core.ledger.trial;

import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.ledger.Outcome;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the outcomes that a ledger gives to many callers at once, each of whom waits for the
 * durable outcome of one command before giving the next: half transfers, a quarter reservations,
 * and for each reservation its post or, one time in five, its void. Every command has a key of its
 * own; the books are audited at the end.
 */
public final class LedgerBench {

  private LedgerBench() {}

  /**
   * What to run.
   *
   * @param location the database, in which accounts of a new run are opened
   * @param callers how many callers wait at once, 1 to 4 096
   * @param accounts how many accounts they spend from, 1 to 1 000 000
   * @param warmUp how long outcomes are not counted
   * @param time how long they are
   * @param largestBatch how many commands go into one commit at most; 1 for the comparison
   */
  public record Options(
      StoreLocation location,
      int callers,
      int accounts,
      Duration warmUp,
      Duration time,
      int largestBatch) {

    /** Checks the ranges. */
    public Options {
      if (callers < 1 || callers > 4_096 || accounts < 1 || accounts > 1_000_000) {
        throw new IllegalArgumentException(callers + " callers, " + accounts + " accounts");
      }
    }

    /** 64 callers, 1 000 accounts, 3 s to warm up, 10 s counted, 1 000 commands a commit. */
    public static Options of(StoreLocation location) {
      return new Options(location, 64, 1_000, Duration.ofSeconds(3), Duration.ofSeconds(10), 1_000);
    }

    /** The same with another largest number of commands a commit. */
    public Options withLargestBatch(int other) {
      return new Options(location, callers, accounts, warmUp, time, other);
    }

    /** The same with other times. */
    public Options withTimes(Duration otherWarmUp, Duration otherTime) {
      return new Options(location, callers, accounts, otherWarmUp, otherTime, largestBatch);
    }
  }

  /**
   * What came out.
   *
   * @param outcomes how many durable outcomes were counted
   * @param perSecond the same by the second
   * @param medianMillis half of the callers waited at most this long
   * @param p99Millis ninety-nine of a hundred waited at most this long
   * @param p999Millis all but one of a thousand waited at most this long
   * @param maxMillis the longest wait
   * @param refused how many of the outcomes were refusals
   * @param sound whether the audit at the end found nothing
   */
  public record Result(
      Options options,
      long outcomes,
      double perSecond,
      double medianMillis,
      double p99Millis,
      double p999Millis,
      double maxMillis,
      long refused,
      boolean sound) {

    /** One line for people. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%,.0f durable outcomes/s to %d callers, at most %d a commit: median %.2f ms, p99 %.2f"
              + " ms, p99.9 %.2f ms, max %.1f ms; books %s",
          perSecond,
          options.callers,
          options.largestBatch,
          medianMillis,
          p99Millis,
          p999Millis,
          maxMillis,
          sound ? "sound" : "BROKEN");
    }
  }

  /** Runs once. Takes {@code warmUp + time} and the time of the audit. */
  public static Result run(Options options) {
    try (Store store = Store.open(options.location);
        Ledger ledger =
            Ledger.open(
                store,
                Clock.systemUTC(),
                Ledger.Settings.DEFAULT.withLargestBatch(options.largestBatch))) {
      String prefix = Long.toString(System.nanoTime(), 36);
      open(ledger, prefix, options.accounts);
      AtomicBoolean counting = new AtomicBoolean();
      AtomicBoolean stopped = new AtomicBoolean();
      List<Caller> callers = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < options.callers; i++) {
        Caller caller = new Caller(ledger, prefix, i, options.accounts, counting, stopped);
        Thread thread = new Thread(caller, "caller-" + i);
        thread.setDaemon(true);
        callers.add(caller);
        threads.add(thread);
      }
      threads.forEach(Thread::start);
      pause(options.warmUp);
      counting.set(true);
      long begin = System.nanoTime();
      pause(options.time);
      counting.set(false);
      long took = System.nanoTime() - begin;
      stopped.set(true);
      for (Thread thread : threads) {
        join(thread);
      }
      Waits all = new Waits();
      long refused = 0;
      for (Caller caller : callers) {
        if (caller.failure != null) {
          throw new IllegalStateException("A caller failed", caller.failure);
        }
        all.add(caller.waits);
        refused += caller.refused;
      }
      return new Result(
          options,
          all.count,
          all.count * 1e9 / took,
          all.quantile(0.5),
          all.quantile(0.99),
          all.quantile(0.999),
          all.longest / 1e6,
          refused,
          ledger.audit().sound());
    }
  }

  private static void open(Ledger ledger, String prefix, int accounts) {
    ledger.execute(prefix + "-bank", Command.Open.unbounded(prefix + "-bank")).orThrow();
    List<CompletableFuture<Outcome>> made = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      String account = prefix + "-" + i;
      made.add(ledger.submit(account + "-open", Command.Open.purse(account)));
      made.add(
          ledger.submit(
              account + "-fill",
              new Command.Transfer(prefix + "-bank", account, 1_000_000_000L, "")));
      if (made.size() > 10_000) {
        made.forEach(CompletableFuture::join);
        made.clear();
      }
    }
    made.forEach(CompletableFuture::join);
  }

  private static void pause(Duration time) {
    try {
      // Nothing ends the measurement but the time.
      boolean ended = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
      assert !ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Caller implements Runnable {
    private final Ledger ledger;
    private final String prefix;
    private final String bank;
    private final int number;
    private final int accounts;
    private final AtomicBoolean counting;
    private final AtomicBoolean stopped;
    private final SplittableRandom random;
    final Waits waits = new Waits();
    long refused;
    volatile @org.jspecify.annotations.Nullable Throwable failure;

    Caller(
        Ledger ledger,
        String prefix,
        int number,
        int accounts,
        AtomicBoolean counting,
        AtomicBoolean stopped) {
      this.ledger = ledger;
      this.prefix = prefix;
      this.bank = prefix + "-bank";
      this.number = number;
      this.accounts = accounts;
      this.counting = counting;
      this.stopped = stopped;
      this.random = new SplittableRandom(number);
    }

    @Override
    public void run() {
      try {
        long command = 0;
        while (!stopped.get()) {
          String account = prefix + "-" + random.nextInt(accounts);
          say(++command, new Command.Transfer(account, bank, 1 + random.nextInt(9), "tool"));
          say(++command, new Command.Transfer(account, bank, 1 + random.nextInt(9), "tool"));
          Outcome held = say(++command, new Command.Reserve(account, bank, 10, "job"));
          if (held instanceof Outcome.Accepted accepted) {
            say(
                ++command,
                random.nextInt(5) == 0
                    ? new Command.Void(accepted.entry())
                    : new Command.Post(accepted.entry()));
          }
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    private Outcome say(long command, Command what) {
      long begin = System.nanoTime();
      Outcome outcome = ledger.execute(prefix + ":" + number + ":" + command, what);
      if (counting.get()) {
        waits.add(System.nanoTime() - begin);
        if (outcome instanceof Outcome.Refused) {
          refused++;
        }
      }
      return outcome;
    }
  }

  /** How often was waited how long, in steps of ten microseconds up to two seconds. */
  private static final class Waits {
    private static final int STEP_NANOS = 10_000;
    private final int[] counts = new int[200_001];
    private long count;
    private long longest;

    void add(long nanos) {
      counts[(int) Math.min(counts.length - 1, nanos / STEP_NANOS)]++;
      count++;
      longest = Math.max(longest, nanos);
    }

    void add(Waits other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
      count += other.count;
      longest = Math.max(longest, other.longest);
    }

    double quantile(double part) {
      long rank = (long) Math.ceil(part * count);
      long seen = 0;
      for (int i = 0; i < counts.length; i++) {
        seen += counts[i];
        if (seen >= rank && seen > 0) {
          return (i + 1) * (STEP_NANOS / 1e6);
        }
      }
      return 0;
    }
  }
}

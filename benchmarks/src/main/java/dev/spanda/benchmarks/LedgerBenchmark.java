package dev.spanda.benchmarks;

import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.ledger.Outcome;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.store.trial.ScratchFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many durable outcomes a second does a ledger on SQLite give to 64 waiting callers, and how
 * many when every command is a commit of its own? {@code LedgerBench} adds the distribution of the
 * waits and runs on PostgreSQL too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(64)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LedgerBenchmark {

  private static final int ACCOUNTS = 1_000;

  /** How commands are put into commits. */
  public enum Peer {
    /** All that wait, together. */
    GROUP_COMMIT(Ledger.Settings.DEFAULT),
    /** Each by itself. */
    ONE_A_COMMIT(Ledger.Settings.DEFAULT.withLargestBatch(1));

    private final Ledger.Settings settings;

    Peer(Ledger.Settings settings) {
      this.settings = settings;
    }
  }

  /** The way that is timed. */
  @Param public Peer peer = Peer.GROUP_COMMIT;

  private final AtomicLong commands = new AtomicLong();
  private Books books;

  private record Books(ScratchFolder folder, Store store, Ledger ledger) {
    static Books open(Peer peer, InstantSource clock) throws IOException {
      ScratchFolder folder = ScratchFolder.named("spanda-ledger");
      Store store = Store.open(StoreLocation.folder(folder.path()));
      Ledger ledger = Ledger.open(store, clock, peer.settings);
      ledger.execute("bank", Command.Open.unbounded("bank")).orThrow();
      for (int i = 0; i < ACCOUNTS; i++) {
        ledger.submit("open-" + i, Command.Open.purse("purse-" + i));
        ledger.submit("fill-" + i, new Command.Transfer("bank", "purse-" + i, 1L << 50, ""));
      }
      ledger.execute("last", Command.Open.purse("last")).orThrow();
      return new Books(folder, store, ledger);
    }

    Outcome spend(long number) {
      String purse = "purse-" + number * 7919 % ACCOUNTS;
      return ledger.execute("k" + number, new Command.Transfer(purse, "bank", 1, ""));
    }

    void close() throws IOException {
      ledger.close();
      store.close();
      folder.close();
    }
  }

  /** Proves that both ways write the same chain, then opens the books that are timed. */
  @Setup
  public void open() throws IOException {
    String head = null;
    for (Peer each : Peer.values()) {
      Books trial = Books.open(each, SettableClock.at(Instant.EPOCH));
      for (int i = 0; i < 500; i++) {
        trial.spend(i);
      }
      String other = trial.ledger.audit().head();
      trial.close();
      if (head != null && !head.equals(other)) {
        throw new IllegalStateException("The ways differ: " + head + ", " + other);
      }
      head = other;
    }
    books = Books.open(peer, Clock.systemUTC());
  }

  /** Audits and removes the books. */
  @TearDown
  public void close() throws IOException {
    if (!books.ledger.audit().sound()) {
      throw new IllegalStateException("The books are not sound");
    }
    books.close();
  }

  /** One command and its durable outcome. */
  @Benchmark
  public Outcome spend() {
    return books.spend(commands.incrementAndGet());
  }
}

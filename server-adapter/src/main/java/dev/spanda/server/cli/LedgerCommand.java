package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import dev.spanda.core.ledger.Audit;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.ledger.trial.LedgerBench;
import dev.spanda.core.ledger.trial.LedgerKillTrial;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.store.trial.ScratchFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The books of credits: checked, timed, and killed in the middle. */
@Command(
    name = "ledger",
    description = "Check the books of credits, time them, or kill them in the middle.",
    mixinStandardHelpOptions = true)
final class LedgerCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  LedgerCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "audit",
      description =
          "Recompute every balance from its postings and walk the chains; exit code 1 when a row is"
              + " not as it was written.",
      mixinStandardHelpOptions = true)
  int audit(
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              defaultValue = "spanda-data",
              description = "The data folder of a server that does not run.")
          Path data) {
    if (!Files.isDirectory(data)) {
      throw Failure.invalid("data", data, "There is no folder " + data);
    }
    try (Store store = Store.open(StoreLocation.folder(data));
        Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
      Audit audit = ledger.audit();
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          audit.entries()
              + " entries of "
              + audit.accounts()
              + " accounts, "
              + audit.pendingHolds()
              + " holds pending, head "
              + audit.head());
      audit
          .firstBreak()
          .ifPresent(
              found ->
                  out.println(
                      "Broken: " + found.table() + " row " + found.row() + ": " + found.what()));
      out.println(audit.sound() ? "The books are sound" : "The books are not sound");
      return audit.sound() ? 0 : 1;
    }
  }

  @Command(
      name = "bench",
      description = "Time durable postings of 64 callers, in groups and one a commit.",
      mixinStandardHelpOptions = true)
  int bench(
      @Option(
              names = "--seconds",
              defaultValue = "5",
              description = "How long each is timed, 1 to 60; ${DEFAULT-VALUE} by default.")
          int seconds,
      @Option(
              names = "--database",
              paramLabel = "URL",
              description =
                  "A jdbc:postgresql: URL to time beside SQLite; user and password from"
                      + " SPANDA_DATABASE_USER and SPANDA_DATABASE_PASSWORD.")
          @Nullable String database) {
    Failure.requireInRange("seconds", "Seconds", seconds, 1, 60, "");
    PrintWriter out = spec.commandLine().getOut();
    Duration time = Duration.ofSeconds(seconds);
    LedgerBench.Result many;
    LedgerBench.Result one;
    try (ScratchFolder grouped = ScratchFolder.named("spanda-ledger");
        ScratchFolder single = ScratchFolder.named("spanda-ledger")) {
      many =
          LedgerBench.run(
              LedgerBench.Options.of(StoreLocation.folder(grouped.path()))
                  .withTimes(time.dividedBy(2), time));
      out.println("in groups     " + many.line());
      out.flush();
      one =
          LedgerBench.run(
              LedgerBench.Options.of(StoreLocation.folder(single.path()))
                  .withTimes(time.dividedBy(2), time)
                  .withLargestBatch(1));
      out.println("one a commit  " + one.line());
    }
    boolean sound = many.sound() && one.sound();
    if (database != null) {
      out.flush();
      LedgerBench.Result postgresql =
          LedgerBench.run(
              LedgerBench.Options.of(
                      StoreLocation.postgresql(
                          database,
                          System.getenv().getOrDefault("SPANDA_DATABASE_USER", "postgres"),
                          System.getenv().getOrDefault("SPANDA_DATABASE_PASSWORD", "")))
                  .withTimes(time.dividedBy(2), time));
      out.println("PostgreSQL    " + postgresql.line());
      sound &= postgresql.sound();
    }
    return sound ? 0 : 1;
  }

  @Command(
      name = "kill-test",
      description =
          "Kill processes while they post and look for what they had acknowledged; then the same"
              + " with a control that acknowledges too early and must be caught.",
      mixinStandardHelpOptions = true)
  int killTest(
      @Option(
              names = "--rounds",
              defaultValue = "10",
              description = "How many processes to kill, 1 to 1000; ${DEFAULT-VALUE} by default.")
          int rounds,
      @Option(names = "--seed", description = "Decides when they are killed.")
          @Nullable Long seed) {
    PrintWriter out = spec.commandLine().getOut();
    long chosen = seed == null ? System.nanoTime() : seed;
    return KillTests.run(
        out,
        new KillTests.Plan(LedgerKillTrial::run, rounds, chosen),
        "Nothing acknowledged was lost; the control was caught");
  }
}

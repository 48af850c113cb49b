package dev.spanda.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A loss of power, simulated on the files. After each outcome the length of SQLite's log is noted:
 * up to there it was synced before the outcome was given. What lies behind may reach the disk in
 * any part and order: it is cut off (lost), ends in noise (torn), or has holes of old or no content
 * before later blocks that did arrive (reordered). The books must then be sound and hold every
 * outcome given by then. The control damages what had been synced, and is noticed.
 */
class LedgerPowerLossTest {

  private static final int SECTOR = 512;
  private static final int COMMANDS = 120;
  private static final int ROUNDS = 30;

  @Test
  void noOutcomeIsLostWhateverBecomesOfWhatWasNotSynced(@TempDir Path folder) throws Exception {
    long seed = Long.getLong("spanda.seed", System.nanoTime());
    Random random = new Random(seed);
    List<Long> lengths = new ArrayList<>();
    Path live = folder.resolve("live");
    int lostByControl = 0;
    try (Store store = Store.open(StoreLocation.folder(live));
        Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
      ledger.execute("bank", Command.Open.unbounded("bank")).orThrow();
      ledger.execute("ann", Command.Open.purse("ann")).orThrow();
      for (int i = 0; i < COMMANDS; i++) {
        ledger.execute("k" + i, new Command.Transfer("bank", "ann", 1, "")).orThrow();
        lengths.add(Files.size(live.resolve("spanda.db-wal")));
      }
      assertThat(lengths.get(COMMANDS - 1)).isGreaterThan(lengths.get(0));
      byte[] log = Files.readAllBytes(live.resolve("spanda.db-wal"));
      for (int round = 0; round < ROUNDS; round++) {
        int given = random.nextInt(COMMANDS - 10);
        Path copy = folder.resolve("copy-" + round);
        Files.createDirectories(copy);
        Files.copy(live.resolve("spanda.db"), copy.resolve("spanda.db"));
        byte[] after = damaged(log, lengths.get(given).intValue(), round % 3, random);
        Files.write(copy.resolve("spanda.db-wal"), after);
        int found = outcomes(copy);
        assertThat(found)
            .as("round %s, outcome %s, -Dspanda.seed=%s", round, given, seed)
            .isGreaterThan(given);
      }
      for (int round = 0; round < 5; round++) {
        int given = COMMANDS / 2 + round;
        Path copy = folder.resolve("control-" + round);
        Files.createDirectories(copy);
        Files.copy(live.resolve("spanda.db"), copy.resolve("spanda.db"));
        Files.write(copy.resolve("spanda.db-wal"), log);
        try (RandomAccessFile file =
            new RandomAccessFile(copy.resolve("spanda.db-wal").toFile(), "rw")) {
          file.setLength(lengths.get(given) - SECTOR);
        }
        if (outcomes(copy) <= given) {
          lostByControl++;
        }
      }
    }
    assertThat(lostByControl).isEqualTo(5);
  }

  private static byte[] damaged(byte[] log, int synced, int way, Random random) {
    int end = synced + random.nextInt(log.length - synced);
    byte[] after = java.util.Arrays.copyOf(log, end);
    if (way == 1) {
      int torn = synced + random.nextInt(Math.max(1, end - synced));
      byte[] noise = new byte[end - torn];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, after, torn, noise.length);
    } else if (way == 2) {
      int first = (synced + SECTOR - 1) / SECTOR;
      for (int sector = first; (sector + 1) * SECTOR <= end; sector++) {
        if (random.nextInt(4) == 0) {
          java.util.Arrays.fill(after, sector * SECTOR, (sector + 1) * SECTOR, (byte) 0);
        }
      }
    }
    return after;
  }

  /** How many of the outcomes are in the books, which must be sound. */
  private static int outcomes(Path folder) throws IOException {
    try (Store store = Store.open(StoreLocation.folder(folder));
        Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
      assertThat(ledger.audit().firstBreak()).isEmpty();
      int found = 0;
      List<Account.Posting> postings = ledger.history("ann", 1000, 0).items();
      for (Account.Posting posting : postings) {
        found += posting.key().orElse("").startsWith("k") ? 1 : 0;
      }
      assertThat(ledger.account("ann").orElseThrow().posted()).isEqualTo(found);
      // The first is answered as before, the next is new.
      assertThat(
              ledger.execute("k0", new Command.Transfer("bank", "ann", 1, "")).orThrow().toPosted())
          .isEqualTo(1);
      return found;
    }
  }
}

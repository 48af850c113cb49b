package dev.spanda.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import dev.spanda.core.store.StoreLocation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** The ledger in a database that the application brings. */
class LedgerDataSourceTest {

  private static void use(DataSource source, Store.Dialect dialect) {
    Outcome first;
    try (Ledger ledger = Ledger.open(source, dialect, Clock.systemUTC(), Ledger.Settings.DEFAULT)) {
      ledger.execute("1", Command.Open.unbounded("bank")).orThrow();
      ledger.execute("2", Command.Open.purse("ann")).orThrow();
      first = ledger.execute("3", new Command.Transfer("bank", "ann", 9, ""));
    }
    try (Ledger one = Ledger.open(source, dialect, Clock.systemUTC(), Ledger.Settings.DEFAULT);
        Ledger two = Ledger.open(source, dialect, Clock.systemUTC(), Ledger.Settings.DEFAULT)) {
      assertThat(two.execute("3", new Command.Transfer("bank", "ann", 9, ""))).isEqualTo(first);
      // Two on one file see what the other has written.
      for (int i = 0; i < 9; i++) {
        (i % 2 == 0 ? one : two)
            .execute("s" + i, new Command.Transfer("ann", "bank", 1, ""))
            .orThrow();
      }
      assertThat(one.execute("over", new Command.Transfer("ann", "bank", 1, "")))
          .isEqualTo(new Outcome.Refused(Outcome.Reason.INSUFFICIENT, 1, 0));
      assertThat(two.audit().firstBreak()).isEmpty();
    }
  }

  @Test
  void anySqliteFileCanHoldTheBooks(@TempDir Path folder) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("app.db"));
    use(source, Store.Dialect.SQLITE);
  }

  @Test
  void anyPostgresqlDatabaseCanHoldTheBooks() {
    StoreLocation.Postgresql location = (StoreLocation.Postgresql) StoreKind.emptyPostgresql();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(location.url());
    source.setUser(location.user());
    source.setPassword(location.password());
    use(source, Store.Dialect.POSTGRESQL);
  }

  @Test
  void awaitingInsideAWriteOfTheSameStoreIsAMistake(@TempDir Path folder) {
    try (Store store = Store.open(StoreLocation.folder(folder));
        Ledger ledger = Ledger.open(store, Clock.systemUTC())) {
      assertThatThrownBy(
              () -> store.write(handle -> ledger.execute("1", Command.Open.purse("ann"))))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aClosedLedgerRefusesAndAllThatWaitedWasDone(@TempDir Path folder) {
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      Ledger ledger = Ledger.open(store, Clock.systemUTC());
      CompletableFuture<Outcome> waiting = ledger.submit("1", Command.Open.purse("ann"));
      ledger.close();
      assertThat(waiting).isCompleted();
      assertThatThrownBy(() -> ledger.submit("2", Command.Open.purse("bob")))
          .hasMessage("The ledger is closed");
      assertThat(ledger.account("ann")).isPresent();
      ledger.close();
    }
  }
}

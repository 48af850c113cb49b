package dev.spanda.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Books that somebody has written in are found out, with the first row that is wrong. */
class LedgerAuditTest {

  private record Forgery(String sql, String table, long row) {}

  private static final List<Forgery> FORGERIES =
      List.of(
          new Forgery("UPDATE ledger_entry SET amount = 6 WHERE seq = 4", "ledger_entry", 4),
          new Forgery("UPDATE ledger_entry SET memo = 'x' WHERE seq = 5", "ledger_entry", 5),
          new Forgery("UPDATE ledger_entry SET kind = 77 WHERE seq = 5", "ledger_entry", 5),
          new Forgery("UPDATE ledger_entry SET made_at = 5 WHERE seq = 6", "ledger_entry", 6),
          new Forgery("UPDATE ledger_entry SET to_no = 1 WHERE seq = 5", "ledger_entry", 5),
          new Forgery("DELETE FROM ledger_entry WHERE seq = 5", "ledger_entry", 5),
          new Forgery("DELETE FROM ledger_entry WHERE seq = 8", "ledger_entry", 8),
          new Forgery("UPDATE ledger_account SET posted = 90 WHERE no = 2", "ledger_account", 2),
          new Forgery("UPDATE ledger_account SET floor = -9 WHERE no = 3", "ledger_account", 3),
          new Forgery("UPDATE ledger_account SET id = 'eve' WHERE no = 2", "ledger_account", 2),
          new Forgery("UPDATE ledger_hold SET state = 0 WHERE id = 6", "ledger_hold", 6),
          new Forgery("DELETE FROM ledger_hold WHERE id = 6", "ledger_hold", 0));

  /** On SQLite {@code ledger_account} is a view of two tables. */
  private static String sqlite(String sql) {
    return sql.replace("ledger_account SET posted", "ledger_balance SET posted")
        .replace("ledger_account SET", "ledger_name SET");
  }

  @ParameterizedTest
  @EnumSource
  void everyForgeryIsFoundInItsRow(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location());
        Ledger ledger =
            Ledger.open(store, Clock.systemUTC(), Ledger.Settings.DEFAULT.withLargestBatch(1))) {
      List<Command> commands =
          List.of(
              Command.Open.unbounded("bank"),
              Command.Open.purse("ann"),
              Command.Open.purse("bob"),
              new Command.Transfer("bank", "ann", 100, "a"),
              new Command.Transfer("ann", "bob", 5, "b"),
              new Command.Reserve("ann", "bob", 20, "c"));
      long last = 0;
      for (Command command : commands) {
        last = ledger.execute("k" + last, command).orThrow().entry();
      }
      ledger.execute("post", new Command.Post(last)).orThrow();
      ledger.execute("end", new Command.Transfer("bob", "ann", 1, "d")).orThrow();
      Audit sound = ledger.audit();
      assertThat(sound.sound()).isTrue();
      assertThat(sound.accounts()).isEqualTo(3);
      assertThat(sound.entries()).isEqualTo(8);
      // On PostgreSQL numbers are taken in blocks; say them as they are counted on SQLite.
      List<Long> numbers =
          store.read(
              handle ->
                  handle
                      .createQuery("SELECT seq FROM ledger_entry ORDER BY seq")
                      .mapTo(Long.class)
                      .list());
      for (Forgery forgery : FORGERIES) {
        String sql = store.dialect() == Store.Dialect.SQLITE ? sqlite(forgery.sql) : forgery.sql;
        long row = forgery.row == 0 ? 0 : numbers.get((int) forgery.row - 1);
        if (!sql.contains("to_no")) {
          int named = Integer.parseInt(sql.substring(sql.lastIndexOf(' ') + 1));
          sql = sql.substring(0, sql.lastIndexOf(' ') + 1) + numbers.get(named - 1);
        } else {
          sql =
              "UPDATE ledger_entry SET to_no = "
                  + numbers.get(0)
                  + " WHERE seq = "
                  + numbers.get(4);
        }
        String forging = sql;
        List<Audit.Break> found =
            store.write(
                handle -> {
                  handle.execute(forging);
                  Audit.Break[] broken = new Audit.Break[1];
                  try {
                    broken[0] = Auditor.audit(handle.getConnection()).firstBreak().orElse(null);
                  } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                  }
                  handle.rollback();
                  handle.begin();
                  return broken[0] == null ? List.of() : List.of(broken[0]);
                });
        assertThat(found).as(forging).hasSize(1);
        assertThat(found.get(0).table()).as(forging + found).isEqualTo(forgery.table);
        assertThat(found.get(0).row()).as(forging + found).isEqualTo(row);
      }
      assertThat(ledger.audit()).isEqualTo(sound);
    }
  }
}

package dev.spanda.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreTest {

  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T closing(T thing) {
    open.add(thing);
    return thing;
  }

  private Store withTable(StoreKind kind) {
    Store store = closing(Store.open(closing(kind.fresh()).location()));
    store.change(handle -> handle.execute("CREATE TABLE thing (name TEXT PRIMARY KEY)"));
    return store;
  }

  private static void add(Store store, String name) {
    store.change(handle -> handle.execute("INSERT INTO thing (name) VALUES (?)", name));
  }

  private static List<String> names(Store store) {
    return store.read(
        handle ->
            handle.createQuery("SELECT name FROM thing ORDER BY name").mapTo(String.class).list());
  }

  private static void assertFailure(
      ThrowingCallable call, Failure.Reason reason, String messagePart) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo("store");
              assertThat(failure).hasMessageContaining(messagePart);
            });
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(StoreKind kind) {
    Store store = withTable(kind);
    add(store, "a");
    add(store, "b");
    assertThat(names(store)).containsExactly("a", "b");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatThrowsChangesNothing(StoreKind kind) {
    Store store = withTable(kind);
    IllegalStateException own = new IllegalStateException("own");
    assertThatThrownBy(
            () ->
                store.change(
                    handle -> {
                      handle.execute("INSERT INTO thing (name) VALUES ('a')");
                      throw own;
                    }))
        .isSameAs(own);
    assertThat(names(store)).isEmpty();
    add(store, "b");
    assertThat(names(store)).containsExactly("b");
  }

  @ParameterizedTest
  @EnumSource
  void readAndWriteInsideAWriteJoinIt(StoreKind kind) {
    Store store = withTable(kind);
    Failure refused = Failure.of(Failure.Reason.CONFLICT, "thing", "refused");
    assertThatThrownBy(
            () ->
                store.change(
                    handle -> {
                      add(store, "a");
                      assertThat(names(store)).containsExactly("a");
                      throw refused;
                    }))
        .isSameAs(refused);
    assertThat(names(store)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aJoinedWriteThatThrowsTakesBackOnlyItsOwn(StoreKind kind) {
    Store store = withTable(kind);
    List<String> ran = new ArrayList<>();
    store.change(
        handle -> {
          add(store, "a");
          store.afterCommit(() -> ran.add("outer"));
          assertFailure(
              () ->
                  store.change(
                      inner -> {
                        add(store, "b");
                        store.afterCommit(() -> ran.add("inner"));
                        add(store, "a");
                      }),
              Failure.Reason.CONFLICT,
              "constraint");
          add(store, "c");
        });
    assertThat(names(store)).containsExactly("a", "c");
    assertThat(ran).containsExactly("outer");
  }

  @ParameterizedTest
  @EnumSource
  void actionsRunAfterTheCommitAndNeverAfterARollback(StoreKind kind) {
    Store store = withTable(kind);
    List<String> ran = new ArrayList<>();
    store.change(
        handle -> {
          store.afterCommit(() -> ran.add("committed"));
          store.afterCommit(
              () -> {
                throw new IllegalStateException("an action may fail");
              });
          store.afterCommit(() -> add(store, "from the action"));
          assertThat(ran).isEmpty();
        });
    assertThatThrownBy(
            () ->
                store.change(
                    handle -> {
                      store.afterCommit(() -> ran.add("rolled back"));
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    store.afterCommit(() -> ran.add("at once"));
    assertThat(ran).containsExactly("committed", "at once");
    assertThat(names(store)).containsExactly("from the action");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteInsideAReadIsAProgrammingError(StoreKind kind) {
    Store store = withTable(kind);
    assertThatThrownBy(
            () ->
                store.read(
                    handle -> {
                      add(store, "a");
                      return 0;
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aLibraryOnTheDataSourceJoinsTheTransaction(StoreKind kind) {
    Store store = withTable(kind);
    assertThatThrownBy(
            () ->
                store.change(
                    handle -> {
                      insertByJdbc(store, "a");
                      assertThat(names(store)).containsExactly("a");
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(names(store)).isEmpty();
    insertByJdbc(store, "b");
    assertThat(names(store)).containsExactly("b");
  }

  private static void insertByJdbc(Store store, String name) {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO thing (name) VALUES ('" + name + "')");
    } catch (SQLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void troubleOfTheDatabaseIsAFailureWithItsCause(StoreKind kind) {
    Store store = withTable(kind);
    add(store, "a");
    assertFailure(() -> add(store, "a"), Failure.Reason.CONFLICT, "constraint");
    ThrowingCallable nonsense = () -> store.change(handle -> handle.execute("NONSENSE"));
    assertFailure(nonsense, Failure.Reason.FAILED, "could not complete");
    assertThatThrownBy(nonsense).hasCauseInstanceOf(RuntimeException.class);
    store.close();
    store.close();
    assertFailure(() -> names(store), Failure.Reason.FAILED, "could not complete");
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void recordsAreThereAfterReopening(StoreKind kind) {
    StoreKind.Place place = closing(kind.fresh());
    try (Store store = Store.open(place.location())) {
      store.change(handle -> handle.execute("CREATE TABLE thing (name TEXT PRIMARY KEY)"));
      add(store, "a");
    }
    try (Store store = Store.open(place.location())) {
      assertThat(names(store)).containsExactly("a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsWriteOneAfterTheOther(StoreKind kind) throws InterruptedException {
    Store store = withTable(kind);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int thread = t;
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 25; i++) {
                  add(store, thread + "-" + i);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(names(store)).hasSize(100);
  }

  @Test
  void sqliteSyncsEveryCommitAndKeepsForeignKeys() {
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      assertThat(pragma(store, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(store, "synchronous")).isEqualTo("2");
      assertThat(pragma(store, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(store, "busy_timeout")).isEqualTo("10000");
    }
  }

  private static String pragma(Store store, String name) {
    return store.write(handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }

  @Test
  void aReadOnSqliteCannotWrite() {
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      assertFailure(
          () -> store.read(handle -> handle.execute("DELETE FROM job")),
          Failure.Reason.FAILED,
          "could not complete");
    }
  }

  @Test
  void aSecondOwnerOfAFolderIsRefusedUntilTheFirstIsGone() {
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      assertThat(store.dialect()).isEqualTo(Store.Dialect.SQLITE);
      assertFailure(
          () -> Store.open(StoreLocation.folder(folder)),
          Failure.Reason.CONFLICT,
          folder + " is in use");
    }
    Store.open(StoreLocation.folder(folder)).close();
  }

  @Test
  void anotherProcessIsRefusedTheFolder() throws Exception {
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      assertThat(store.dialect()).isEqualTo(Store.Dialect.SQLITE);
      Process other =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  SecondOwner.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      String said =
          new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(other.waitFor()).isZero();
      assertThat(said).endsWith("CONFLICT");
    }
  }

  /** Tries to open a folder that its parent process holds. */
  static final class SecondOwner {
    private SecondOwner() {}

    public static void main(String[] arguments) {
      try (Store store = Store.open(StoreLocation.folder(Path.of(arguments[0])))) {
        System.out.println("opened " + store.dialect());
      } catch (Failure failure) {
        System.out.println(failure.reason());
      }
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsAFailure() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertFailure(
        () -> Store.open(StoreLocation.folder(file.resolve("below"))),
        Failure.Reason.FAILED,
        "cannot be opened");
  }

  @Test
  void aDatabaseThatIsNoneIsAFailureAndLeavesTheFolderFree() throws IOException {
    Path database = folder.resolve("spanda.db");
    Files.writeString(
        database, "This is no database, and long enough to be looked at. ".repeat(99));
    assertFailure(
        () -> Store.open(StoreLocation.folder(folder)),
        Failure.Reason.FAILED,
        "could not complete");
    Files.delete(database);
    Store.open(StoreLocation.folder(folder)).close();
  }

  @Test
  void aServerThatIsNotThereIsAFailure() {
    assertFailure(
        () ->
            Store.open(
                StoreLocation.postgresql(
                    "jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1", "nobody", "secret")),
        Failure.Reason.UNAVAILABLE,
        "does not answer");
  }

  @Test
  void aLocationDoesNotShowItsPassword() {
    StoreLocation location =
        StoreLocation.postgresql("jdbc:postgresql://host/base?password=secret", "ann", "secret");
    assertThat(location.toString()).contains("host/base", "ann").doesNotContain("secret");
    assertThatThrownBy(() -> StoreLocation.postgresql("jdbc:h2:mem:x", "a", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyPostgresqlDatabaseIsMigrated() {
    try (Store store = Store.open(StoreKind.emptyPostgresql())) {
      assertThat(migrations(store)).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void tablesThatAreUpToDateAreNotMigratedAgain() {
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      assertThat(migrations(store)).isGreaterThanOrEqualTo(4);
      // With its memory gone, Flyway would fail on the tables that are already there.
      store.change(handle -> handle.execute("DELETE FROM schema_history"));
    }
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      assertThat(migrations(store)).isZero();
    }
  }

  @Test
  void anotherFingerprintBringsFlywayBack() {
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      store.change(
          handle -> {
            handle.execute("UPDATE schema_fingerprint SET fingerprint = 'of an older version'");
            handle.execute("DROP TABLE session");
            handle.execute("DELETE FROM schema_history WHERE version LIKE '3.%'");
          });
    }
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      long sessions =
          store.read(
              handle -> handle.createQuery("SELECT COUNT(*) FROM session").mapTo(Long.class).one());
      assertThat(sessions).isZero();
    }
  }

  private static long migrations(Store store) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM schema_history WHERE type = 'SQL'")
                .mapTo(Long.class)
                .one());
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aLockLetsOneTransactionAtATimeGoOn(StoreKind kind) throws Exception {
    Store store = withTable(kind);
    assertThatThrownBy(() -> store.lock("thing")).isInstanceOf(IllegalStateException.class);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "t" + i;
        all.add(
            threads.submit(
                () ->
                    store.change(
                        handle -> {
                          store.lock("thing");
                          if (names(store).size() < 3) {
                            add(store, name);
                          }
                        })));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(names(store)).hasSize(3);
  }
}

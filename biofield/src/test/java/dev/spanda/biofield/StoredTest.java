package dev.spanda.biofield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What every test of stored things needs. */
public abstract class StoredTest {

  /** When the tests begin. */
  protected static final Instant START = Instant.parse("2026-01-26T14:00:00Z");

  /** The hand of this clock is moved by the test. */
  protected final SettableClock clock = SettableClock.at(START);

  /** The same names in every run. */
  protected final Ids ids = new Ids(new Random(11));

  /** Emptied after the test. */
  @TempDir protected Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();

  /** Closes it after the test, the last first. */
  protected <T extends AutoCloseable> T closing(T thing) {
    open.add(thing);
    return thing;
  }

  /** An empty store. */
  protected Store store(Databases kind) {
    return closing(Store.open(kind.fresh(folder)));
  }

  /** An empty folder of contents. */
  protected BlobStore blobs() {
    return new FolderBlobStore(folder.resolve("blobs"), ids);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  /** The call fails in that way. */
  protected static void assertFails(Failure.Reason reason, String subject, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }
}

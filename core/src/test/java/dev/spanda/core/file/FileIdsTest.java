package dev.spanda.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.project.Projects;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files under ids that their owner has chosen. */
class FileIdsTest {

  @TempDir private Path folder;

  private static InputStream content() {
    return new ByteArrayInputStream(new byte[] {1, 2, 3});
  }

  @ParameterizedTest
  @EnumSource
  void aFileSavedAgainUnderItsIdIsSavedOnce(StoreKind kind) throws Exception {
    Ids ids = Ids.secure();
    EventBus bus = new EventBus();
    Clock clock = Clock.systemUTC();
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      FolderBlobStore blobs = new FolderBlobStore(folder, ids);
      Files files = new Files(store, blobs, new Projects(store, clock, bus, ids), clock, bus, ids);
      StoredFile.Plan plan = StoredFile.Plan.of("a.bin").withId("file_one");
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Callable<StoredFile>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() -> files.save("ann", plan, content()));
      }
      List<StoredFile> saved = new ArrayList<>();
      for (Future<StoredFile> call : threads.invokeAll(calls)) {
        saved.add(call.get());
      }
      threads.shutdown();
      assertThat(saved).containsOnly(files.find("ann", "file_one"));
      assertThat(files.usage("ann")).isEqualTo(new Files.Usage(1, 3));
      try (Stream<String> names = blobs.names()) {
        assertThat(names).hasSize(1);
      }
      assertThatThrownBy(() -> files.save("bob", plan, content()))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.CONFLICT));
      assertThatThrownBy(() -> StoredFile.Plan.of("a").withId("../a")).isInstanceOf(Failure.class);
    }
  }
}

package dev.spanda.core.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.project.Item;
import dev.spanda.core.project.Project;
import dev.spanda.core.project.Projects;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilesTest {

  private static final Instant START = Instant.parse("2025-11-21T11:52:00Z");
  private static final String ANN = "user_ann";
  private static final String BOB = "user_bob";
  private static final Files.Limits SMALL = new Files.Limits(1000, 1500, 3);

  @TempDir Path folder;

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final List<StoredFile.Event> events = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

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

  /** One database and one folder. */
  private final class Place {
    private final Store store;
    private final BlobStore blobs = new FolderBlobStore(folder, Ids.secure());
    private final Projects projects;
    private final Files files;

    Place(Store store, Files.Limits limits) {
      this.store = store;
      this.projects = new Projects(store, clock, bus, Ids.secure());
      this.files = new Files(store, blobs, projects, clock, bus, Ids.secure(), limits);
    }
  }

  private Place place(StoreKind kind, Files.Limits limits) {
    bus.subscribe(StoredFile.Event.class, events::add);
    return new Place(closing(Store.open(closing(kind.fresh()).location())), limits);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static StoredFile save(Files files, String owner, int length) {
    return files.save(owner, StoredFile.Plan.of("a.bin"), stream(bytes(length)));
  }

  private long contents() {
    try (Stream<Path> all = java.nio.file.Files.walk(folder)) {
      return all.filter(java.nio.file.Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertFailure(
      ThrowingCallable call, Failure.Reason reason, String subject, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
              assertThat(failure).hasMessage(message);
            });
  }

  @ParameterizedTest
  @EnumSource
  void aFileComesBackAsItWasSaved(StoreKind kind) throws IOException {
    Place place = place(kind, Files.Limits.DEFAULT);
    StoredFile file =
        place.files.save(ANN, StoredFile.Plan.of("notes.png"), stream("hello\n".getBytes(UTF_8)));
    assertThat(file)
        .isEqualTo(
            new StoredFile(
                file.id(),
                ANN,
                Optional.empty(),
                "notes.png",
                FileType.TEXT,
                6,
                "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
                START));
    assertThat(file.id()).startsWith("file_");
    assertThat(place.files.find(ANN, file.id())).isEqualTo(file);
    try (InputStream in = place.files.open(ANN, file.id())) {
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("hello\n");
    }
    try (InputStream in = place.files.open(ANN, file.id(), 1, 3)) {
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("ell");
    }
    try (InputStream in = place.files.open(ANN, file.id(), 7, 3)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
    assertThat(place.files.usage(ANN)).isEqualTo(new Files.Usage(1, 6));
    assertThat(place.files.delete(ANN, file.id())).isEqualTo(file);
    assertThat(contents()).isZero();
    assertThat(place.files.usage(ANN)).isEqualTo(new Files.Usage(0, 0));
    assertNoFile(() -> place.files.open(ANN, file.id()), file.id());
    assertNoFile(() -> place.files.delete(ANN, file.id()), file.id());
    assertThat(events).containsExactly(new StoredFile.Saved(file), new StoredFile.Deleted(file));
  }

  private static void assertNoFile(ThrowingCallable call, String id) {
    assertFailure(call, Failure.Reason.NOT_FOUND, "file", "No file with id " + id);
  }

  @ParameterizedTest
  @EnumSource
  void anotherOwnersFileDoesNotExist(StoreKind kind) {
    Place place = place(kind, Files.Limits.DEFAULT);
    String id = save(place.files, ANN, 10).id();
    assertNoFile(() -> place.files.find(BOB, id), id);
    assertNoFile(() -> place.files.open(BOB, id), id);
    assertNoFile(() -> place.files.delete(BOB, id), id);
    assertThat(place.files.list(BOB, 10, 0).total()).isZero();
    clock.advance(Duration.ofSeconds(1));
    StoredFile second = save(place.files, ANN, 20);
    assertThat(place.files.list(ANN, 1, 0).items()).containsExactly(second);
    assertThat(place.files.list(ANN, 1, 1).items()).extracting(StoredFile::id).containsExactly(id);
    assertThat(place.files.list(ANN, 1, 1).total()).isEqualTo(2);
    assertFailure(
        () -> place.files.list(ANN, 101, 0),
        Failure.Reason.INVALID,
        "limit",
        "Limit must be between 1 and 100");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTooLargeLeavesNothing(StoreKind kind) {
    Place place = place(kind, SMALL);
    assertFailure(
        () -> save(place.files, ANN, 1001),
        Failure.Reason.TOO_LARGE,
        "file",
        "A file may have at most 1000 bytes");
    assertThat(contents()).isZero();
    assertThat(save(place.files, ANN, 1000).size()).isEqualTo(1000);
    assertFailure(
        () -> save(place.files, ANN, 501),
        Failure.Reason.TOO_LARGE,
        "storage",
        "The file does not fit: 500 of 1500 bytes are free");
    assertThat(contents()).isEqualTo(1);
    assertThat(save(place.files, BOB, 501).size()).isEqualTo(501);
    assertThat(save(place.files, ANN, 500).size()).isEqualTo(500);
    assertThat(save(place.files, ANN, 0).type()).isEqualTo(FileType.OCTET_STREAM);
    assertFailure(
        () -> save(place.files, ANN, 0),
        Failure.Reason.TOO_LARGE,
        "storage",
        "An owner may have at most 3 files");
    assertThat(place.files.usage(ANN)).isEqualTo(new Files.Usage(3, 1500));
    assertThat(contents()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatBreaksOffLeavesNothing(StoreKind kind) {
    Place place = place(kind, Files.Limits.DEFAULT);
    InputStream broken =
        new InputStream() {
          private int sent;

          @Override
          public int read() throws IOException {
            if (sent++ >= 100_000) {
              throw new IOException("gone");
            }
            return 'x';
          }
        };
    assertFailure(
        () -> place.files.save(ANN, StoredFile.Plan.of("x"), broken),
        Failure.Reason.FAILED,
        "store",
        "The content could not be stored");
    assertThat(contents()).isZero();
    assertThat(place.files.list(ANN, 10, 0).total()).isZero();
    assertThat(events).isEmpty();
    assertThatThrownBy(() -> place.store.change(handle -> save(place.files, ANN, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aFileBelongsToAProjectUntilThatIsGone(StoreKind kind) {
    Place place = place(kind, Files.Limits.DEFAULT);
    String project = place.projects.create(ANN, Project.Plan.of("p")).id();
    StoredFile file = place.files.save(ANN, StoredFile.Plan.of("a").in(project), stream(bytes(5)));
    assertThat(file.projectId()).contains(project);
    Item item =
        place.projects.addItem(
            ANN,
            Optional.empty(),
            Item.Plan.of("logo", "x", List.of(new Item.Link("png", file.id()))));
    assertFailure(
        () -> place.files.save(BOB, StoredFile.Plan.of("a").in(project), stream(bytes(5))),
        Failure.Reason.NOT_FOUND,
        "project",
        "No project with id " + project);
    assertThat(contents()).isEqualTo(1);
    place.projects.delete(ANN, project);
    assertThat(place.files.find(ANN, file.id()).projectId()).isEmpty();
    place.files.delete(ANN, file.id());
    assertThat(place.projects.findItem(ANN, item.id()).links()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aProjectThatGoesDuringTheUploadFailsIt(StoreKind kind) {
    Place place = place(kind, Files.Limits.DEFAULT);
    String project = place.projects.create(ANN, Project.Plan.of("p")).id();
    InputStream content =
        new InputStream() {
          private boolean deleted;

          @Override
          public int read() {
            if (!deleted) {
              deleted = true;
              place.projects.delete(ANN, project);
              return 'x';
            }
            return -1;
          }
        };
    assertFailure(
        () -> place.files.save(ANN, StoredFile.Plan.of("a").in(project), content),
        Failure.Reason.NOT_FOUND,
        "project",
        "No project with id " + project);
    assertThat(contents()).isZero();
  }

  /** The process ends at once when the content is whole. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static BlobStore dyingAfterPut(BlobStore blobs) {
    return new BlobStore() {
      @Override
      public Blob put(InputStream content, long limitBytes) {
        blobs.put(content, limitBytes);
        throw new Crash();
      }

      @Override
      public InputStream open(String name, long offset, long length) {
        return blobs.open(name, offset, length);
      }

      @Override
      public long size(String name) {
        return blobs.size(name);
      }

      @Override
      public Stream<String> names() {
        return blobs.names();
      }

      @Override
      public boolean delete(String name) {
        throw new Crash();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void whatACrashLeavesBetweenContentAndRowIsSweptAway(StoreKind kind) {
    StoreKind.Place database = closing(kind.fresh());
    StoredFile kept;
    try (Store store = Store.open(database.location())) {
      Place place = new Place(store, Files.Limits.DEFAULT);
      kept = save(place.files, ANN, 10);
      StoredFile deleted = save(place.files, ANN, 20);
      Files dying =
          new Files(store, dyingAfterPut(place.blobs), place.projects, clock, bus, Ids.secure());
      assertThatThrownBy(() -> save(dying, ANN, 30)).isInstanceOf(Crash.class);
      assertThatThrownBy(() -> dying.delete(ANN, deleted.id())).isInstanceOf(Crash.class);
    }
    assertThat(contents()).isEqualTo(3);
    Place after = new Place(closing(Store.open(database.location())), Files.Limits.DEFAULT);
    assertThat(after.files.list(ANN, 10, 0).items()).containsExactly(kept);
    assertThat(after.files.sweep(Duration.ofHours(1)))
        .isEqualTo(new Files.Sweep(0, 2, List.of(), 0));
    clock.advance(Duration.ofMinutes(59));
    assertThat(after.files.sweep(Duration.ofHours(1)))
        .isEqualTo(new Files.Sweep(0, 2, List.of(), 0));
    clock.advance(Duration.ofMinutes(1));
    assertThat(after.files.sweep(Duration.ofHours(1)))
        .isEqualTo(new Files.Sweep(2, 0, List.of(), 0));
    assertThat(contents()).isEqualTo(1);
    assertThat(after.files.sweep(Duration.ZERO)).isEqualTo(new Files.Sweep(0, 0, List.of(), 0));
  }

  @ParameterizedTest
  @EnumSource
  void aFileWhoseContentIsLostIsSweptAwayUnlessAllAre(StoreKind kind) {
    Place place = place(kind, Files.Limits.DEFAULT);
    StoredFile first = save(place.files, ANN, 10);
    StoredFile second = save(place.files, ANN, 20);
    String lost =
        place.blobs.names().filter(n -> place.blobs.size(n) == 10).findFirst().orElseThrow();
    assertThat(place.blobs.delete(lost)).isTrue();
    assertNoFile(() -> place.files.open(ANN, first.id()), first.id());
    assertThat(place.files.sweep(Duration.ZERO))
        .isEqualTo(new Files.Sweep(0, 0, List.of(first.id()), 0));
    assertThat(place.files.list(ANN, 10, 0).items()).containsExactly(second);
    place.blobs.names().toList().forEach(place.blobs::delete);
    assertThat(place.files.sweep(Duration.ZERO)).isEqualTo(new Files.Sweep(0, 0, List.of(), 1));
    assertThat(place.files.find(ANN, second.id())).isEqualTo(second);
  }

  @ParameterizedTest
  @EnumSource
  void aSweepDuringAnUploadFailsItRatherThanKeepHalf(StoreKind kind) {
    Place place = place(kind, Files.Limits.DEFAULT);
    BlobStore swept =
        new BlobStore() {
          @Override
          public Blob put(InputStream content, long limitBytes) {
            Blob blob = place.blobs.put(content, limitBytes);
            assertThat(place.files.sweep(Duration.ZERO).contentsRemoved()).isEqualTo(1);
            return blob;
          }

          @Override
          public InputStream open(String name, long offset, long length) {
            return place.blobs.open(name, offset, length);
          }

          @Override
          public long size(String name) {
            return place.blobs.size(name);
          }

          @Override
          public Stream<String> names() {
            return place.blobs.names();
          }

          @Override
          public boolean delete(String name) {
            return place.blobs.delete(name);
          }
        };
    Files files = new Files(place.store, swept, place.projects, clock, bus, Ids.secure());
    assertThatThrownBy(() -> save(files, ANN, 10)).isInstanceOf(Failure.class);
    assertThat(files.list(ANN, 10, 0).total()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void uploadsAtOnceNeverExceedTheQuota(StoreKind kind) throws Exception {
    Place place = place(kind, new Files.Limits(100, 250, 100));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(
            threads.submit(
                () -> {
                  try {
                    save(place.files, ANN, 100);
                    return true;
                  } catch (Failure e) {
                    assertThat(e.subject()).isEqualTo("storage");
                    return false;
                  }
                }));
      }
      int saved = 0;
      for (Future<Boolean> one : all) {
        saved += one.get(60, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertThat(saved).isEqualTo(2);
    } finally {
      threads.shutdownNow();
    }
    assertThat(place.files.usage(ANN)).isEqualTo(new Files.Usage(2, 200));
    assertThat(contents()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void twoDeletionsAtOnceDeleteOnce(StoreKind kind) throws Exception {
    Place place = place(kind, Files.Limits.DEFAULT);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        String id = save(place.files, ANN, 10).id();
        List<Future<Boolean>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          both.add(
              threads.submit(
                  () -> {
                    try {
                      return place.files.delete(ANN, id).id().equals(id);
                    } catch (Failure e) {
                      assertThat(e.reason()).isEqualTo(Failure.Reason.NOT_FOUND);
                      return false;
                    }
                  }));
        }
        assertThat(List.of(both.get(0).get(), both.get(1).get()))
            .containsExactlyInAnyOrder(true, false);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(contents()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "logo.png, logo.png",
        "../../etc/passwd, passwd",
        "C:\\temp\\x.txt, x.txt",
        "a/, file",
        ".., file",
        "., file",
        ".hidden, .hidden",
        "grüße 😀.txt, grüße 😀.txt"
      })
  void aNameIsOnlyALabel(String given, String label) {
    assertThat(StoredFile.Plan.of(given).name()).isEqualTo(label);
  }

  @Test
  void aLabelHoldsNothingThatCouldBreakALine() {
    assertThat(StoredFile.Plan.of("a\r\nSet-Cookie: b\0.png").name())
        .isEqualTo("aSet-Cookie: b.png");
    assertThat(StoredFile.Plan.of("gnp\u202Eexe.txt\uD83D").name()).isEqualTo("gnpexe.txt");
    assertThat(StoredFile.Plan.of("\n \t").name()).isEqualTo("file");
    assertThat(StoredFile.Plan.of("😀".repeat(300)).name()).isEqualTo("😀".repeat(255));
  }
}

package dev.spanda.biofield.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.biofield.Databases;
import dev.spanda.biofield.Samples;
import dev.spanda.biofield.StoredTest;
import dev.spanda.biofield.archive.Batches.Batch;
import dev.spanda.biofield.archive.Batches.Status;
import dev.spanda.biofield.segment.Selection.Mode;
import dev.spanda.biofield.segment.Selection.Region;
import dev.spanda.core.Failure;
import dev.spanda.core.Failure.Reason;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchesTest extends StoredTest {

  private static final Jobs.Settings FAST =
      new Jobs.Settings(2, Duration.ofMillis(200), Duration.ofMillis(20));

  /** The parts of one process. */
  private final class Process implements AutoCloseable {
    final Store store;
    final Jobs jobs;
    final Analyses analyses;
    final Frames frames;
    final Batches batches;
    final CountDownLatch ends;

    Process(StoreLocation place, BlobStore blobs, int awaited, Batches.Measure measure) {
      store = Store.open(place);
      EventBus bus = new EventBus();
      ends = new CountDownLatch(awaited);
      bus.subscribe(Job.Finished.class, event -> ends.countDown());
      jobs = new Jobs(store, InstantSource.system(), bus, ids, FAST);
      analyses = new Analyses(store, blobs, clock, ids);
      frames = new Frames(store, blobs, clock, ids);
      batches = new Batches(store, blobs, clock, ids, jobs, frames, analyses, measure);
    }

    void awaitEnds() throws InterruptedException {
      assertThat(ends.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
      jobs.close();
      store.close();
    }
  }

  private static Analyses.Draft measure(byte[] picture, Mode mode, Region region) {
    return Samples.draft(picture, Samples.analysis(60));
  }

  @ParameterizedTest
  @EnumSource
  void everyPictureOfABatchIsAnalysedAndFailsAlone(Databases kind) throws Exception {
    byte[] good = Samples.png(40, 30, 1);
    byte[] black = Samples.png(20, 20, 2);
    byte[] noPicture = {1, 2, 3};
    byte[] cut = Arrays.copyOf(good, good.length / 2);
    Batches.Measure measure =
        (picture, mode, region) -> {
          if (Arrays.equals(picture, black)) {
            throw Failure.of(Reason.INVALID, "analysis", "No face was found");
          }
          return measure(picture, mode, region);
        };
    Process process = closing(new Process(kind.fresh(folder), blobs(), 3, measure));
    Batch batch =
        process.batches.create(
            "ann", Mode.FULL_BODY, Region.FULL, List.of(good, noPicture, black, cut, good));
    assertThat(batch.id()).startsWith("batch_");
    assertThat(batch.pictures()).hasSize(5);
    assertThat(batch.status()).isEqualTo(Status.PROCESSING);
    assertThat(batch.progress()).isEqualTo(0.4);
    assertThat(batch.pictures().get(0).frame().orElseThrow().fileName()).endsWith(".png");
    assertThat(batch.pictures().get(1).trouble().orElseThrow().reason())
        .isEqualTo(Reason.UNSUPPORTED);
    assertThat(batch.pictures().get(3).trouble().orElseThrow().reason()).isEqualTo(Reason.INVALID);
    process.jobs.start();
    process.awaitEnds();
    Batch done = process.batches.find("ann", batch.id());
    assertThat(done.status()).isEqualTo(Status.COMPLETED);
    assertThat(done.progress()).isEqualTo(1);
    assertThat(done.pictures())
        .extracting(Batches.Picture::status)
        .containsExactly(
            Status.COMPLETED, Status.FAILED, Status.FAILED, Status.FAILED, Status.COMPLETED);
    assertThat(done.pictures().get(2).trouble().orElseThrow().message())
        .isEqualTo("No face was found");
    String analysis = done.pictures().get(4).analysisId().orElseThrow();
    assertThat(process.analyses.find("ann", analysis).width()).isEqualTo(40);
    assertThat(process.analyses.history("ann", Analyses.Filter.ALL, 50, 0).total()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsFinishedByTheNextProcessAndSavedOnce(Databases kind) throws Exception {
    StoreLocation place = kind.fresh(folder);
    BlobStore blobs = blobs();
    String id;
    try (Process first = new Process(place, blobs, 1, BatchesTest::measure)) {
      // Never started, as if it had died.
      List<byte[]> pictures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        pictures.add(Samples.png(30, 30, i));
      }
      id = first.batches.create("ann", Mode.FULL_BODY, Region.FULL, pictures).id();
      assertThat(first.batches.find("ann", id).status()).isEqualTo(Status.PENDING);
    }
    Process second = closing(new Process(place, blobs, 4, BatchesTest::measure));
    second.jobs.start();
    second.awaitEnds();
    Batch done = second.batches.find("ann", id);
    assertThat(done.status()).isEqualTo(Status.COMPLETED);
    assertThat(second.analyses.history("ann", Analyses.Filter.ALL, 50, 0).total()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchHasOneToTenPicturesAndOneOwner(Databases kind) {
    Process process = closing(new Process(kind.fresh(folder), blobs(), 1, BatchesTest::measure));
    byte[] picture = Samples.png(8, 8, 1);
    assertFails(
        Reason.INVALID,
        "images",
        () -> process.batches.create("ann", Mode.FACE, Region.FULL, List.of()));
    assertFails(
        Reason.INVALID,
        "images",
        () ->
            process.batches.create(
                "ann", Mode.FACE, Region.FULL, Collections.nCopies(11, picture)));
    Batch batch =
        process.batches.create("ann", Mode.FACE, Region.FULL, Collections.nCopies(10, picture));
    assertThat(batch.pictures()).hasSize(10);
    assertFails(Reason.NOT_FOUND, "batch", () -> process.batches.find("bob", batch.id()));
    Batch hopeless = process.batches.create("ann", Mode.FACE, Region.FULL, List.of(new byte[] {1}));
    assertThat(hopeless.status()).isEqualTo(Status.FAILED);
  }

  @ParameterizedTest
  @EnumSource
  void aFrameIsKeptWithItsSizeAndBytes(Databases kind) throws IOException {
    Store store = store(kind);
    Frames frames = new Frames(store, blobs(), clock, ids);
    byte[] picture = Samples.png(64, 48, 3);
    Frames.Kept kept = frames.keep("ann", picture);
    assertThat(kept.id()).startsWith("frame_");
    assertThat(kept.fileName()).isEqualTo(kept.id() + ".png");
    assertThat(kept.sizeBytes()).isEqualTo(picture.length);
    assertThat(kept.width()).isEqualTo(64);
    assertThat(kept.height()).isEqualTo(48);
    assertThat(frames.find("ann", kept.id())).isEqualTo(kept);
    try (InputStream in = frames.open("ann", kept.id())) {
      assertThat(in.readAllBytes()).isEqualTo(picture);
    }
    assertFails(Reason.NOT_FOUND, "frame", () -> frames.find("bob", kept.id()));
    assertFails(Reason.NOT_FOUND, "frame", () -> frames.open("bob", kept.id()));
    assertFails(Reason.UNSUPPORTED, "image", () -> frames.keep("ann", new byte[] {1, 2}));
    assertThat(frames.list("ann", 10, 0).items()).containsExactly(kept);
    assertThat(frames.forget(START.plusMillis(1))).isEqualTo(1);
    assertFails(Reason.NOT_FOUND, "frame", () -> frames.open("ann", kept.id()));
  }
}

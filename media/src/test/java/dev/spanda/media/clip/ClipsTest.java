package dev.spanda.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipsTest {

  private static final Jobs.Settings QUICK =
      new Jobs.Settings(2, Duration.ofMillis(200), Duration.ofMillis(25));
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final ClipPlan PLAN = ClipPlan.of(Duration.ofMillis(700), Duration.ofSeconds(2));

  @TempDir Path folder;

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-03-01T06:00:00Z"));

  @BeforeEach
  void needFfmpeg() {
    Films.requireFfmpeg();
  }

  private static ClipSource open(String name, Path workFolder) throws java.io.IOException {
    return ClipSource.of(Path.of(name));
  }

  private record House(Store store, Jobs jobs, Clips clips) implements AutoCloseable {
    @Override
    public void close() {
      jobs.close();
      store.close();
    }
  }

  private House house(ClipSource.Opener opener) {
    Store store = Store.open(StoreLocation.folder(folder));
    Jobs jobs = new Jobs(store, clock, new EventBus(), Ids.secure(), QUICK);
    Clips clips = new Clips(jobs, new Cutter(), opener, folder.resolve("clips"), clock, WEEK);
    return new House(store, jobs, clips);
  }

  @Test
  void severalClipsOfASourceAreOneJob() throws Exception {
    try (House house = house(ClipsTest::open)) {
      house.jobs.start();
      Clips.Entry asked =
          house.clips.create(
              "ann",
              Films.film("closed-30").toString(),
              List.of(PLAN, PLAN.withMode(ClipPlan.Mode.INSTANT).withFormat(ClipPlan.Format.MOV)));
      assertThat(asked.stage()).isEqualTo(Clips.Stage.QUEUED);
      Job job = house.jobs.await(asked.id(), PATIENCE);
      assertThat(job.state()).isInstanceOf(JobState.Completed.class);
      Clips.Entry done = house.clips.get("ann", asked.id());
      assertThat(done.stage()).isEqualTo(Clips.Stage.COMPLETE);
      assertThat(done.results())
          .extracting(Clips.Result::name)
          .containsExactly(asked.id() + ".mp4", asked.id() + "-2.mov");
      for (Clips.Result result : done.results()) {
        Path file = house.clips.file("ann", result.name());
        assertThat(Files.size(file)).isEqualTo(result.sizeBytes());
        assertThat(result.frames()).isEqualTo(60);
        assertThat(result.duration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(result.createdAt()).isEqualTo(clock.instant());
        assertThatThrownBy(() -> house.clips.file("bob", result.name()))
            .isInstanceOf(Failure.class);
      }
      assertThatThrownBy(() -> house.clips.get("bob", asked.id())).isInstanceOf(Failure.class);
      assertThat(house.clips.list("ann", 10, 0).total()).isEqualTo(1);
      assertThat(house.clips.list("bob", 10, 0).total()).isZero();
      try (Stream<Path> work = Files.list(folder.resolve("clips/work"))) {
        assertThat(work).isEmpty();
      }
      assertThat(house.clips.sweep()).isZero();
      clock.advance(WEEK.plusSeconds(1));
      assertThat(house.clips.sweep()).isEqualTo(2);
      assertThatThrownBy(() -> house.clips.file("ann", asked.id() + ".mp4"))
          .isInstanceOf(Failure.class);
    }
  }

  @Test
  void aJobThatCannotBeDoneSaysWhy() throws Exception {
    try (House house = house(ClipsTest::open)) {
      house.jobs.start();
      String film = Films.film("closed-30").toString();
      Clips.Entry asked =
          house.clips.create(
              "ann", film, List.of(ClipPlan.of(Duration.ofSeconds(60), Duration.ofSeconds(2))));
      Job job = house.jobs.await(asked.id(), PATIENCE);
      assertThat(job.attempts()).isEqualTo(1);
      Clips.Entry failed = house.clips.get("ann", asked.id());
      assertThat(failed.stage()).isEqualTo(Clips.Stage.FAILED);
      assertThat(failed.error().orElseThrow()).contains("start_sec").contains("6.0 s");
      assertThatThrownBy(() -> house.clips.create("ann", film, List.of()))
          .isInstanceOf(Failure.class);
      assertThatThrownBy(() -> house.clips.create("ann", "", List.of(PLAN)))
          .isInstanceOf(Failure.class);
    }
  }

  @Test
  void aCancelledJobEndsAndLeavesNothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (House house =
        house(
            (name, work) -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                throw new java.io.InterruptedIOException();
              }
              throw new IllegalStateException();
            })) {
      house.jobs.start();
      Clips.Entry asked =
          house.clips.create("ann", Films.film("closed-30").toString(), List.of(PLAN));
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      Clips.Entry told = house.clips.cancel("ann", asked.id());
      assertThat(told.stage()).isIn(Clips.Stage.PROCESSING, Clips.Stage.CANCELLED);
      Job job = house.jobs.await(asked.id(), PATIENCE);
      assertThat(job.state()).isInstanceOf(JobState.Cancelled.class);
      try (Stream<Path> files = Files.list(folder.resolve("clips/files"))) {
        assertThat(files).isEmpty();
      }
    }
  }

  /** The process that dies in the middle of ten jobs. */
  static final class Victim {
    private Victim() {}

    /** Takes the store's kind, the folder and the film. */
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[1]);
      Store store =
          Store.open(
              arguments[0].equals("folder")
                  ? StoreLocation.folder(folder)
                  : StoreLocation.memory());
      Jobs jobs = new Jobs(store, Clock.systemUTC(), new EventBus(), Ids.secure(), QUICK);
      // Every third clip waits in the middle of its work for the end of the process.
      java.util.concurrent.atomic.AtomicInteger opened =
          new java.util.concurrent.atomic.AtomicInteger();
      Clips clips =
          new Clips(
              jobs,
              new Cutter(),
              (name, work) -> {
                if (opened.incrementAndGet() % 3 == 0) {
                  Files.write(work.resolve("half.mp4"), new byte[1000]);
                  System.out.println("middle");
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    throw new java.io.InterruptedIOException();
                  }
                }
                return ClipSource.of(Path.of(name));
              },
              folder.resolve("clips"),
              Clock.systemUTC(),
              WEEK);
      for (int i = 0; i < 10; i++) {
        System.out.println("job " + clips.create("ann", arguments[2], List.of(PLAN)).id());
      }
      jobs.start();
      new CountDownLatch(1).await();
    }
  }

  private List<String> kill(String store) throws Exception {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            store,
            folder.toString(),
            Films.film("closed-30").toString());
    Process victim = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> ids = new ArrayList<>();
    List<String> said = new ArrayList<>();
    boolean middle = false;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (line.startsWith("job ")) {
          ids.add(line.substring("job ".length()));
        } else if (line.equals("middle")) {
          middle = true;
          break;
        }
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor()).isNotZero();
    assertThat(middle).as("what the victim said: %s", said).isTrue();
    assertThat(ids).hasSize(10);
    return ids;
  }

  @Test
  void tenJobsWhoseProcessWasKilledAreFinishedByTheNextAndNoPartIsServed() throws Exception {
    List<String> ids = kill("folder");
    // The victim's clock was the machine's; what it has asked for is due by then.
    clock.advance(
        Duration.between(clock.instant(), Clock.systemUTC().instant()).plusSeconds(3_600));
    try (House house = house(ClipsTest::open)) {
      int unfinished = 0;
      for (String id : ids) {
        Clips.Entry left = house.clips.get("ann", id);
        if (left.stage() != Clips.Stage.COMPLETE) {
          unfinished++;
          assertThat(left.results()).isEmpty();
          assertThatThrownBy(() -> house.clips.file("ann", id + ".mp4"))
              .isInstanceOf(Failure.class);
        }
      }
      assertThat(unfinished).as("jobs that the kill has cut short").isPositive();
      house.jobs.start();
      for (String id : ids) {
        Job job = house.jobs.await(id, PATIENCE);
        assertThat(job.state()).as(job.toString()).isInstanceOf(JobState.Completed.class);
        Clips.Entry done = house.clips.get("ann", id);
        Path file = house.clips.file("ann", id + ".mp4");
        assertThat(Files.size(file)).isEqualTo(done.results().get(0).sizeBytes());
        try (ClipSource source = ClipSource.of(file)) {
          assertThat(Movie.read(source).video().orElseThrow().shownInOrder()).hasSize(60);
        }
      }
      try (Stream<Path> work = Files.list(folder.resolve("clips/work"))) {
        assertThat(work).isEmpty();
      }
    }
  }

  @Test
  void theControlThatKeepsItsJobsInMemoryLosesThem() throws Exception {
    List<String> ids = kill("memory");
    try (House house = house(ClipsTest::open)) {
      assertThat(ids).allMatch(id -> house.jobs.find(id).equals(Optional.empty()));
    }
  }
}

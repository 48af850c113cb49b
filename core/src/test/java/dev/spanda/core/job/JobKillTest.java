package dev.spanda.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import dev.spanda.core.store.StoreLocation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a process in the middle of a job and looks whether the job is finished by the next one. */
class JobKillTest {

  record Steps(int count) {}

  record Done(int steps, int runs) {}

  private static final JobKind<Steps, Done> KIND = JobKind.of("steps", Steps.class, Done.class);
  private static final Jobs.Settings QUICK =
      new Jobs.Settings(2, Duration.ofMillis(200), Duration.ofMillis(25));
  private static final int STEPS = 10;
  private static final int KILLED_AT = 5;

  /** The process that dies: does half of the job, says so, and waits for its end. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws InterruptedException {
      StoreLocation location =
          switch (arguments[0]) {
            case "folder" -> StoreLocation.folder(java.nio.file.Path.of(arguments[1]));
            case "memory" -> StoreLocation.memory();
            default -> StoreLocation.postgresql(arguments[1], "postgres", "postgres");
          };
      Store store = Store.open(location);
      Jobs jobs = new Jobs(store, Clock.systemUTC(), new EventBus(), Ids.secure(), QUICK);
      jobs.register(
          KIND,
          (input, context) -> {
            for (int step = 1; step <= KILLED_AT; step++) {
              note(store, context.jobId(), step, context.attempt());
            }
            context.progress(KILLED_AT / (double) input.count(), "half");
            System.out.println("half " + context.jobId());
            new CountDownLatch(1).await();
            return new Done(0, 0);
          });
      jobs.start();
      store.change(handle -> handle.execute(TABLE));
      Job submitted = jobs.submit(KIND, new Steps(STEPS), "ann");
      System.out.println("submitted " + submitted.id());
      new CountDownLatch(1).await();
    }
  }

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS step (job TEXT, step INTEGER, run INTEGER,"
          + " PRIMARY KEY (job, step))";

  private static void note(Store store, String job, int step, int run) {
    store.change(
        handle ->
            handle.execute("INSERT INTO step (job, step, run) VALUES (?, ?, ?)", job, step, run));
  }

  private static int stepsDone(Store store, String job) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM step WHERE job = :job")
                .bind("job", job)
                .mapTo(Integer.class)
                .one());
  }

  /** Starts the victim, waits until it is in the middle, kills it and gives the job's id. */
  private static String kill(String... location) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    command.addAll(List.of(location));
    Process victim = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> said = new ArrayList<>();
    String half = null;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null && half == null; line = out.readLine()) {
        said.add(line);
        if (line.startsWith("half ")) {
          half = line.substring("half ".length());
        }
        if (half != null) {
          break;
        }
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor()).isNotZero();
    assertThat(half).as("what the victim said: %s", said).isNotNull();
    return half;
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aJobWhoseProcessWasKilledIsFinishedByTheNext(StoreKind kind) throws Exception {
    try (StoreKind.Place place = kind.fresh()) {
      String id =
          place.location() instanceof StoreLocation.Folder folder
              ? kill("folder", folder.folder().toString())
              : kill("postgresql", ((StoreLocation.Postgresql) place.location()).url());
      try (Store store = Store.open(place.location());
          Jobs jobs = new Jobs(store, Clock.systemUTC(), new EventBus(), Ids.secure(), QUICK)) {
        // What the dead process had got to is there.
        Job left = jobs.find(id).orElseThrow();
        assertThat(left.state()).isEqualTo(new JobState.Running(0.5, "half"));
        assertThat(left.attempts()).isEqualTo(1);
        assertThat(stepsDone(store, id)).isEqualTo(KILLED_AT);
        jobs.register(
            KIND,
            (input, context) -> {
              for (int step = stepsDone(store, context.jobId()) + 1;
                  step <= input.count();
                  step++) {
                note(store, context.jobId(), step, context.attempt());
              }
              return new Done(stepsDone(store, context.jobId()), context.attempt());
            });
        jobs.start();
        Job finished = jobs.await(id, Duration.ofSeconds(30));
        assertThat(Jobs.output(finished, KIND)).contains(new Done(STEPS, 2));
        assertThat(stepsDone(store, id)).isEqualTo(STEPS);
      }
    }
  }

  @Test
  void theControlThatKeepsItsJobsInMemoryLosesThem() throws Exception {
    String id = kill("memory");
    try (Store store = Store.open(StoreLocation.memory());
        Jobs jobs = new Jobs(store, Clock.systemUTC(), new EventBus(), Ids.secure(), QUICK)) {
      assertThat(jobs.find(id)).isEqualTo(Optional.empty());
    }
  }
}

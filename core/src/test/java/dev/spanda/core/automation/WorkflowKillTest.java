package dev.spanda.core.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import dev.spanda.core.store.StoreLocation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a process in the second of three actions and looks which of them are done by the next. */
class WorkflowKillTest {

  private static final Jobs.Settings QUICK =
      new Jobs.Settings(2, Duration.ofMillis(200), Duration.ofMillis(25));

  /** Notes the name of each step in a table; the second step never ends in the first process. */
  private record Note(Store store, boolean hangs) implements Action {
    @Override
    public String type() {
      return "note";
    }

    @Override
    public void check(Map<String, Object> params) {}

    @Override
    public Result run(Map<String, Object> params, Context context) throws Exception {
      String name = String.valueOf(params.get("name"));
      store.change(handle -> handle.execute("INSERT INTO noted (name) VALUES (?)", name));
      if (hangs && name.equals("second")) {
        System.out.println("hangs " + context.runId());
        new CountDownLatch(1).await();
      }
      return Result.of("Noted " + name);
    }
  }

  /** The process that dies. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws InterruptedException {
      Store store =
          Store.open(
              arguments[0].equals("folder")
                  ? StoreLocation.folder(Path.of(arguments[1]))
                  : StoreLocation.postgresql(arguments[1], "postgres", "postgres"));
      store.change(handle -> handle.execute("CREATE TABLE noted (name TEXT)"));
      ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
      Jobs jobs = new Jobs(store, Clock.systemUTC(), new EventBus(), Ids.secure(), QUICK);
      Workflows workflows =
          new Workflows(store, Clock.systemUTC(), new EventBus(), Ids.secure(), jobs, timer);
      workflows.register(new Note(store, true));
      jobs.start();
      Workflow workflow =
          workflows.create(
              new WorkflowPlan(
                  "x",
                  WorkflowPlan.Trigger.cron("0 0 1 1 *", ZoneOffset.UTC),
                  List.of(step("first"), step("second"), step("third")),
                  false,
                  WorkflowPlan.MissedRuns.SKIP));
      Run unused = workflows.runNow(workflow.id());
      new CountDownLatch(1).await();
    }

    private static WorkflowPlan.Step step(String name) {
      return new WorkflowPlan.Step("note", Map.of("name", name));
    }
  }

  private static String kill(String... location) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    command.addAll(List.of(location));
    Process victim = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> said = new ArrayList<>();
    String run = null;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      while (run == null) {
        String line = out.readLine();
        if (line == null) {
          break;
        }
        said.add(line);
        run = line.startsWith("hangs ") ? line.substring("hangs ".length()) : null;
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor()).isNotZero();
    assertThat(run).as("what the victim said: %s", said).isNotNull();
    return run;
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aRunWhoseProcessWasKilledGoesOnWithTheActionNotYetRecorded(StoreKind kind) throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (StoreKind.Place place = kind.fresh()) {
      String id =
          place.location() instanceof StoreLocation.Folder folder
              ? kill("folder", folder.folder().toString())
              : kill("postgresql", ((StoreLocation.Postgresql) place.location()).url());
      try (Store store = Store.open(place.location());
          Jobs jobs = new Jobs(store, Clock.systemUTC(), new EventBus(), Ids.secure(), QUICK);
          Workflows workflows =
              new Workflows(store, Clock.systemUTC(), new EventBus(), Ids.secure(), jobs, timer)) {
        workflows.register(new Note(store, false));
        Run left = workflows.findRun(id);
        assertThat(left.status()).isEqualTo(Run.Status.RUNNING);
        assertThat(left.outcomes()).hasSize(1);
        jobs.start();
        jobs.await(left.jobId(), Duration.ofSeconds(60));
        Run ended = workflows.findRun(id);
        assertThat(ended.status()).isEqualTo(Run.Status.COMPLETED);
        assertThat(ended.outcomes())
            .extracting(Run.Outcome::message)
            .containsExactly("Noted first", "Noted second", "Noted third");
        List<String> noted =
            store.read(
                handle -> handle.createQuery("SELECT name FROM noted").mapTo(String.class).list());
        // At least once: the action in which the process died was begun twice, the others once.
        assertThat(noted).containsExactlyInAnyOrder("first", "second", "second", "third");
      }
    } finally {
      timer.shutdownNow();
    }
  }
}

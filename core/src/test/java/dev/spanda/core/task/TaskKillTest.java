package dev.spanda.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.agent.Agents;
import dev.spanda.core.agent.LocalWorkers;
import dev.spanda.core.agent.WorkQueue;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import dev.spanda.core.store.StoreLocation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks whose process is killed, and tasks of two processes on one database. */
class TaskKillTest {

  private static final String OWNER = "ann";
  private static final int TASKS = 40;

  /** Counts its runs; from a certain one on it stands still. */
  private record Counting(Map<String, AtomicInteger> runs, int standsStillAt, Runnable told)
      implements Processor {
    @Override
    public String type() {
      return "count";
    }

    @Override
    public String description() {
      return "Counts.";
    }

    @Override
    public List<String> needs(Map<String, Object> parameters) {
      return List.of("counting");
    }

    @Override
    public void check(Map<String, Object> parameters) {}

    @Override
    public Map<String, Object> run(Map<String, Object> parameters, Context context)
        throws InterruptedException {
      runs.computeIfAbsent(context.key(), key -> new AtomicInteger()).incrementAndGet();
      if (runs.size() >= standsStillAt) {
        told.run();
        new CountDownLatch(1).await();
      }
      return Map.of();
    }
  }

  /** One process' worth of engines. */
  private static final class Node implements AutoCloseable {
    private final Store store;
    private final EventBus bus = new EventBus();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Tasks tasks;
    private final LocalWorkers workers;

    Node(StoreLocation location, Processor processor) {
      store = Store.open(location);
      Clock clock = Clock.systemUTC();
      Ids ids = Ids.secure();
      WorkQueue queue = new WorkQueue(store, clock, ids, new Agents(store, clock, ids));
      tasks = new Tasks(store, clock, bus, ids, queue, timer);
      tasks.register(processor);
      workers = new LocalWorkers(queue, tasks::work, 2);
    }

    Page<Task> completed() {
      return tasks.list(
          OWNER,
          new Tasks.Query(
              Task.Status.parse("completed"),
              java.util.Optional.empty(),
              java.util.Optional.empty()),
          100,
          0);
    }

    @Override
    public void close() {
      workers.close();
      tasks.close();
      timer.shutdownNow();
      store.close();
    }
  }

  /** The process that dies: does a few of its tasks, then stands still. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws InterruptedException {
      StoreLocation location =
          arguments[0].equals("memory")
              ? StoreLocation.memory()
              : StoreLocation.folder(Path.of(arguments[0]));
      Node node =
          new Node(
              location,
              new Counting(new ConcurrentHashMap<>(), TASKS / 2, () -> System.out.println("half")));
      for (int i = 0; i < TASKS; i++) {
        Task unused = node.tasks.create(OWNER, TaskPlan.of("Count", "count", Map.of()));
      }
      node.workers.start();
      new CountDownLatch(1).await();
    }
  }

  private static void kill(String location) throws Exception {
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                location)
            .redirectErrorStream(true)
            .start();
    List<String> said = new ArrayList<>();
    boolean half = false;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null && !half; line = out.readLine()) {
        said.add(line);
        half = line.equals("half");
        if (half) {
          break;
        }
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor()).isNotZero();
    assertThat(half).as("what the victim said: %s", said).isTrue();
  }

  private static Counting counting(Map<String, AtomicInteger> runs) {
    return new Counting(runs, Integer.MAX_VALUE, () -> {});
  }

  @Test
  void tasksOfAKilledProcessAreCompletedOnceByTheNext() throws Exception {
    try (StoreKind.Place place = StoreKind.SQLITE.fresh()) {
      kill(((StoreLocation.Folder) place.location()).folder().toString());
      Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
      try (Node node = new Node(place.location(), counting(runs))) {
        long before = node.completed().total();
        assertThat(before).as("progress before the kill").isBetween(1L, TASKS - 2L);
        CountDownLatch left = new CountDownLatch((int) (TASKS - before));
        node.bus.subscribe(Tasks.Ended.class, event -> left.countDown());
        node.workers.start();
        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(node.completed().items())
            .hasSize(TASKS)
            .allSatisfy(task -> assertThat(task.statistics().total()).isEqualTo(1));
        assertThat(runs).hasSize((int) (TASKS - before));
      }
    }
  }

  @Test
  void theControlThatKeepsItsTasksInMemoryLosesThem() throws Exception {
    kill("memory");
    try (Node node = new Node(StoreLocation.memory(), counting(new ConcurrentHashMap<>()))) {
      assertThat(node.tasks.list(OWNER, Tasks.Query.ALL, 1, 0).total()).isZero();
    }
  }

  @Test
  void twoProcessesOnOneDatabaseDoEachTaskOnce() throws Exception {
    try (StoreKind.Place place = StoreKind.POSTGRESQL.fresh()) {
      Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
      try (Node one = new Node(place.location(), counting(runs));
          Node two = new Node(place.location(), counting(runs))) {
        CountDownLatch left = new CountDownLatch(TASKS);
        one.bus.subscribe(Tasks.Ended.class, event -> left.countDown());
        two.bus.subscribe(Tasks.Ended.class, event -> left.countDown());
        one.workers.start();
        two.workers.start();
        for (int i = 0; i < TASKS; i++) {
          Task unused =
              (i % 2 == 0 ? one : two).tasks.create(OWNER, TaskPlan.of("Count", "count", Map.of()));
        }
        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(one.completed().total()).isEqualTo(TASKS);
        assertThat(runs).hasSize(TASKS);
        assertThat(runs.values()).allSatisfy(count -> assertThat(count.get()).isEqualTo(1));
      }
    }
  }
}

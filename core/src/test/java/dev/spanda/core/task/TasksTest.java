package dev.spanda.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.agent.Agent;
import dev.spanda.core.agent.AgentPlan;
import dev.spanda.core.agent.Agents;
import dev.spanda.core.agent.LocalWorkers;
import dev.spanda.core.agent.Work;
import dev.spanda.core.agent.WorkQueue;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import dev.spanda.core.task.TaskPlan.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TasksTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String OWNER = "user_1";

  private final SettableClock clock = SettableClock.at(START);
  private final Ids ids = new Ids(new Random(12));
  private final EventBus bus = new EventBus();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final LinkedBlockingQueue<Tasks.Ended> ended = new LinkedBlockingQueue<>();

  private Agents agents;
  private WorkQueue queue;
  private Tasks tasks;

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  /** Adds one to {@code n}, or fails as it is told. */
  private static final class Increment implements Processor {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public String type() {
      return "increment";
    }

    @Override
    public String description() {
      return "Adds one.";
    }

    @Override
    public List<String> needs(Map<String, Object> parameters) {
      return List.of("arithmetic");
    }

    @Override
    public void check(Map<String, Object> parameters) {
      if (!(parameters.get("n") instanceof Long)) {
        throw Failure.invalid("n", parameters.get("n"), "n must be a whole number");
      }
    }

    @Override
    public Map<String, Object> run(Map<String, Object> parameters, Context context)
        throws InterruptedException {
      context.progress(0.5, "half");
      Object trouble = parameters.get("trouble");
      if ("wait".equals(trouble)) {
        never.await();
      }
      if (trouble != null) {
        throw Failure.of(Failure.Reason.valueOf(trouble.toString()), "n", "as told");
      }
      return Map.of("n", (Long) parameters.get("n") + 1);
    }
  }

  private Store open(StoreKind kind) {
    StoreKind.Place place = kind.fresh();
    open.add(place);
    Store store = Store.open(place.location());
    open.add(store);
    use(store);
    return store;
  }

  private void use(Store store) {
    agents = new Agents(store, clock, ids);
    queue = new WorkQueue(store, clock, ids, agents);
    tasks = new Tasks(store, clock, bus, ids, queue, clock.executor());
    tasks.register(new Increment());
    bus.subscribe(Tasks.Ended.class, ended::add);
    open.add(tasks);
  }

  private void work() {
    LocalWorkers workers = new LocalWorkers(queue, tasks::work, 2);
    open.add(workers);
    workers.start();
  }

  private Tasks.Ended nextEnd() throws InterruptedException {
    Tasks.Ended end = ended.poll(20, TimeUnit.SECONDS);
    assertThat(end).as("a run ends within 20 s").isNotNull();
    return end;
  }

  private static TaskPlan plan(Object n) {
    return TaskPlan.of("Increment", "increment", Map.of("n", n));
  }

  private static void assertRefused(Failure.Reason reason, String subject, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @ParameterizedTest
  @EnumSource
  void aTaskWithoutAScheduleRunsOnceAndItsStatisticsComeFromThatRun(StoreKind kind)
      throws Exception {
    open(kind);
    Task created = tasks.create(OWNER, plan(41L));
    assertThat(created.status()).isEqualTo(Task.Status.CREATED);
    assertThat(created.progress()).isZero();
    work();
    Tasks.Ended end = nextEnd();
    assertThat(end.run().result()).contains("{\"n\":42}");
    assertThat(end.run().agentId()).contains(Work.LOCAL);
    Task done = tasks.find(OWNER, created.id());
    assertThat(done).isEqualTo(end.task());
    assertThat(done.status()).isEqualTo(Task.Status.COMPLETED);
    assertThat(done.progress()).isEqualTo(100);
    assertThat(done.statistics()).isEqualTo(new Task.Statistics(1, 0, Duration.ZERO));
    assertThat(done.lastRun()).contains(START);
    assertThat(tasks.runs(OWNER, created.id(), 10, 0).items()).containsExactly(end.run());
  }

  @Test
  void anIntervalIsDueOneIntervalAfterTheCreationAndThenEachTime() throws Exception {
    open(StoreKind.MEMORY);
    work();
    Task task = tasks.create(OWNER, plan(1L).at(TaskSchedule.of("interval", 300)));
    assertThat(task.nextRun()).contains(START.plusSeconds(300));
    clock.advance(Duration.ofSeconds(299));
    assertThat(tasks.find(OWNER, task.id()).status()).isEqualTo(Task.Status.CREATED);
    clock.advance(Duration.ofSeconds(2));
    assertThat(nextEnd().task().status()).isEqualTo(Task.Status.SCHEDULED);
    assertThat(tasks.find(OWNER, task.id()).nextRun()).contains(START.plusSeconds(600));
    // What was missed is made up for by one run.
    clock.advance(Duration.ofSeconds(1_000));
    Tasks.Ended second = nextEnd();
    assertThat(second.task().statistics().succeeded()).isEqualTo(2);
    assertThat(second.task().nextRun()).contains(START.plusSeconds(1_500));
  }

  @Test
  void cronAndOnceRunWhenTheyAreDue() throws Exception {
    open(StoreKind.MEMORY);
    work();
    Task cron = tasks.create(OWNER, plan(1L).at(TaskSchedule.of("cron", "0 */6 * * *")));
    assertThat(cron.nextRun()).contains(Instant.parse("2024-01-01T06:00:00Z"));
    Task once = tasks.create(OWNER, plan(1L).at(TaskSchedule.of("once", "2024-01-01T01:00:00Z")));
    clock.advance(Duration.ofMinutes(61));
    Tasks.Ended end = nextEnd();
    assertThat(end.task().id()).isEqualTo(once.id());
    assertThat(end.task().status()).isEqualTo(Task.Status.COMPLETED);
    assertThat(end.task().nextRun()).isEmpty();
  }

  @Test
  void aFailureThatMayPassIsTriedAgainAndOneThatMayNotEnds() throws Exception {
    open(StoreKind.MEMORY);
    work();
    TaskPlan invalid = TaskPlan.of("Fails", "increment", Map.of("n", 1L, "trouble", "INVALID"));
    Task task = tasks.create(OWNER, invalid);
    Tasks.Ended end = nextEnd();
    assertThat(end.task().status()).isEqualTo(Task.Status.FAILED);
    assertThat(end.run().message()).isEqualTo("as told");
    assertThat(end.task().statistics()).isEqualTo(new Task.Statistics(0, 1, Duration.ZERO));
    assertThat(tasks.runNow(OWNER, task.id()).status()).isEqualTo(Task.Status.FAILED);
    assertThat(nextEnd().task().statistics().failed()).isEqualTo(2);
  }

  @Test
  void runsWaitInTheOrderOfTheirPriority() throws Exception {
    open(StoreKind.MEMORY);
    Task low = tasks.create(OWNER, plan(1L).with(Priority.LOW));
    Task medium = tasks.create(OWNER, plan(1L));
    Task critical = tasks.create(OWNER, plan(1L).with(Priority.CRITICAL));
    Task raised = tasks.create(OWNER, plan(1L).with(Priority.LOW));
    tasks.update(OWNER, raised.id(), plan -> plan.with(Priority.HIGH));
    LocalWorkers one = new LocalWorkers(queue, tasks::work, 1);
    open.add(one);
    one.start();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      order.add(nextEnd().task().id());
    }
    assertThat(order).containsExactly(critical.id(), raised.id(), medium.id(), low.id());
  }

  @Test
  void aDeletedTaskTakesItsRunWithIt() throws Exception {
    open(StoreKind.MEMORY);
    CountDownLatch begun = new CountDownLatch(1);
    bus.subscribe(Tasks.Progressed.class, event -> begun.countDown());
    work();
    Task task =
        tasks.create(OWNER, TaskPlan.of("Waits", "increment", Map.of("n", 1L, "trouble", "wait")));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    tasks.delete(OWNER, task.id());
    assertRefused(Failure.Reason.NOT_FOUND, "task", () -> tasks.find(OWNER, task.id()));
    // Both threads are free again: the next two runs end.
    tasks.create(OWNER, plan(1L));
    tasks.create(OWNER, plan(1L));
    nextEnd();
    nextEnd();
  }

  @Test
  void listsByStatusTypeAndPriority() {
    open(StoreKind.MEMORY);
    tasks.create(OWNER, plan(1L));
    Task high = tasks.create(OWNER, plan(1L).with(Priority.HIGH));
    tasks.create("user_2", plan(1L));
    assertThat(tasks.list(OWNER, Tasks.Query.ALL, 1, 0).hasMore()).isTrue();
    Tasks.Query active =
        new Tasks.Query(Task.Status.parse("active"), Optional.empty(), Optional.of(Priority.HIGH));
    assertThat(tasks.list(OWNER, active, 10, 0).items()).containsExactly(high);
    Tasks.Query failed =
        new Tasks.Query(Task.Status.parse("failed"), Optional.of("increment"), Optional.empty());
    assertThat(tasks.list(OWNER, failed, 10, 0).total()).isZero();
    assertRefused(Failure.Reason.INVALID, "limit", () -> tasks.list(OWNER, active, 101, 0));
    assertRefused(Failure.Reason.INVALID, "status", () -> Task.Status.parse("sleeping"));
    assertRefused(Failure.Reason.NOT_FOUND, "task", () -> tasks.find("user_2", high.id()));
    assertRefused(Failure.Reason.NOT_FOUND, "task", () -> tasks.delete("user_2", high.id()));
  }

  @Test
  void wrongInputIsRefusedByField() {
    open(StoreKind.MEMORY);
    assertRefused(
        Failure.Reason.INVALID,
        "type",
        () -> tasks.create(OWNER, TaskPlan.of("n", "paint", Map.of())));
    assertRefused(Failure.Reason.INVALID, "n", () -> tasks.create(OWNER, plan("one")));
    assertRefused(Failure.Reason.INVALID, "name", () -> TaskPlan.of(" ", "increment", Map.of()));
    assertRefused(
        Failure.Reason.TOO_LARGE,
        "parameters",
        () -> TaskPlan.of("n", "increment", Map.of("n", "x".repeat(100_001))));
    assertRefused(Failure.Reason.INVALID, "priority", () -> Priority.parse("urgent"));
    assertRefused(Failure.Reason.INVALID, "schedule.type", () -> TaskSchedule.of("yearly", 1));
    for (Object value : List.of(0, -5, 1.5, "soon", true, 400_000_000L)) {
      assertRefused(
          Failure.Reason.INVALID, "schedule.value", () -> TaskSchedule.of("interval", value));
    }
    assertRefused(
        Failure.Reason.INVALID, "schedule.value", () -> TaskSchedule.of("cron", "61 * * * *"));
    assertRefused(
        Failure.Reason.INVALID, "schedule.value", () -> TaskSchedule.of("once", "tomorrow"));
    assertRefused(
        Failure.Reason.INVALID,
        "schedule.value",
        () -> tasks.create(OWNER, plan(1L).at(TaskSchedule.of("once", "2023-01-01T00:00:00Z"))));
    Task task = tasks.create(OWNER, plan(1L));
    assertRefused(
        Failure.Reason.INVALID, "n", () -> tasks.update(OWNER, task.id(), old -> plan("two")));
    assertRefused(Failure.Reason.CONFLICT, "task", () -> tasks.runNow(OWNER, task.id()));
  }

  @Test
  void localAgentsOfAnOwnerDoItsWorkWithinTheirLimits() throws Exception {
    open(StoreKind.MEMORY);
    Agent agent =
        agents.create(OWNER, AgentPlan.of("Counter", "calculator", List.of("arithmetic")));
    work();
    for (int i = 0; i < 20; i++) {
      tasks.create(OWNER, plan((long) i));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(nextEnd().run().agentId()).contains(agent.id());
    }
    assertThat(agents.find(OWNER, agent.id()).statistics().succeeded()).isEqualTo(20);
  }

  /**
   * A fifth of the trial in every build; all ten thousand with {@code -Dspanda.task.trial=10000}.
   */
  @Test
  void thousandsOfTasksOverFiftyAgentsCompleteOnceWhenOneIsKilled() {
    int count = Integer.getInteger("spanda.task.trial", 2_000);
    int room = count / 500;
    Store store = open(StoreKind.SQLITE);
    List<Agent> crew = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      crew.add(
          agents.create(
              OWNER,
              new AgentPlan(
                  "Agent " + i,
                  "calculator",
                  List.of("arithmetic"),
                  room,
                  Duration.ofMinutes(5),
                  3,
                  true)));
    }
    store.change(
        handle -> {
          for (int i = 0; i < count; i++) {
            Task unused = tasks.create(OWNER, plan((long) i));
          }
        });
    Agent victim = crew.get(7);
    List<Work> lost = new ArrayList<>();
    int completed = 0;
    int refused = 0;
    for (int round = 0; completed < count; round++) {
      assertThat(round).as("rounds").isLessThan(40);
      int before = completed;
      for (Agent agent : crew) {
        boolean killed = agent == victim && round >= 5;
        if (killed && round > 5) {
          continue;
        }
        List<Work> leased = queue.lease(OWNER, agent.id(), room);
        if (killed) {
          lost.addAll(leased);
          continue;
        }
        store.change(
            handle -> {
              for (Work work : leased) {
                Work unused = queue.complete(OWNER, agent.id(), work.id(), work.token(), "{}");
              }
            });
        completed += leased.size();
      }
      if (completed == before) {
        clock.advance(Agents.LEASE);
        while (queue.sweep() > 0) {
          // The victim's leases have run out.
        }
      }
    }
    // The victim comes back and reports what others have done.
    for (Work work : lost) {
      assertRefused(
          Failure.Reason.CONFLICT,
          "token",
          () -> queue.complete(OWNER, victim.id(), work.id(), work.token(), "{}"));
      refused++;
    }
    assertThat(refused).isEqualTo(room);
    long succeeded = 0;
    long failed = 0;
    for (Agent agent : agents.list(OWNER, Optional.empty(), Optional.empty(), 100, 0).items()) {
      succeeded += agent.statistics().succeeded();
      failed += agent.statistics().failed();
      assertThat(agent.current()).isEmpty();
    }
    assertThat(succeeded).isEqualTo(count);
    assertThat(failed).isEqualTo(room);
    Tasks.Query done =
        new Tasks.Query(Task.Status.parse("completed"), Optional.empty(), Optional.empty());
    assertThat(tasks.list(OWNER, done, 1, 0).total()).isEqualTo(count);
    long runs =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT SUM(succeeded) FROM task WHERE runs = 1 AND failed = 0")
                    .mapTo(Long.class)
                    .one());
    assertThat(runs).isEqualTo(count);
    assertThat(queue.ended(OWNER, count - 1, 10)).hasSize(1);
  }
}

package dev.spanda.core.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.automation.WorkflowPlan.MissedRuns;
import dev.spanda.core.automation.WorkflowPlan.Step;
import dev.spanda.core.automation.WorkflowPlan.Trigger;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkflowsTest {

  private static final Instant START = Instant.parse("2024-01-15T05:30:00Z");
  private static final Instant SIX = Instant.parse("2024-01-15T06:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Jobs.Settings QUICK =
      new Jobs.Settings(3, Duration.ofMillis(500), Duration.ofMillis(25));

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();

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

  /** What one process has. */
  private record Node(Jobs jobs, Workflows workflows) {}

  private Store store(StoreKind kind) {
    return closing(Store.open(closing(kind.fresh()).location()));
  }

  /** With a timer that never wakes, so that tests say when to look for what is due. */
  private Node node(Store store, int seed, Action... actions) {
    return node(store, seed, SettableClock.at(START).executor(), actions);
  }

  private Node node(Store store, int seed, ScheduledExecutorService executor, Action... actions) {
    Jobs jobs = closing(new Jobs(store, clock, bus, new Ids(new Random(seed)), QUICK));
    Workflows workflows =
        closing(new Workflows(store, clock, bus, new Ids(new Random(seed + 100L)), jobs, executor));
    workflows.register(action("say", (params, context) -> say(params)));
    workflows.register(
        action(
            "fail",
            (params, context) -> {
              throw Failure.of(Failure.Reason.UNAVAILABLE, "bell", "The bell is away");
            }));
    for (Action action : actions) {
      workflows.register(action);
    }
    jobs.start();
    return new Node(jobs, workflows);
  }

  private Action.Result say(Map<String, Object> params) {
    done.add(String.valueOf(params.get("text")));
    return new Action.Result("Said", params);
  }

  private interface Body {
    Action.Result run(Map<String, Object> params, Action.Context context) throws Exception;
  }

  private static Action action(String type, Body body) {
    return new Action() {
      @Override
      public String type() {
        return type;
      }

      @Override
      public void check(Map<String, Object> params) {
        if (params.containsKey("wrong")) {
          throw Failure.invalid("wrong", params.get("wrong"), "Wrong is not allowed");
        }
      }

      @Override
      public Result run(Map<String, Object> params, Context context) throws Exception {
        return body.run(params, context);
      }
    };
  }

  private static Step say(String text) {
    return new Step("say", Map.of("text", text));
  }

  private static WorkflowPlan daily(Step... steps) {
    return plan("0 6 * * *", MissedRuns.SKIP, steps);
  }

  private static WorkflowPlan plan(String schedule, MissedRuns missed, Step... steps) {
    return new WorkflowPlan(
        "Daily Healing Session",
        Trigger.cron(schedule, ZoneOffset.UTC),
        List.of(steps),
        false,
        missed);
  }

  private Run ended(Node node, String workflow) throws InterruptedException {
    Run run = node.workflows().runs(workflow, 1, 0).items().get(0);
    assertThat(node.jobs().await(run.jobId(), PATIENCE).state().isFinal()).isTrue();
    return node.workflows().findRun(run.id());
  }

  private static void assertRefused(Failure.Reason reason, String subject, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @ParameterizedTest
  @EnumSource
  void aRunIsDoneAtItsTimeAndRecorded(StoreKind kind) throws InterruptedException {
    Node node = node(store(kind), 1);
    List<Workflows.Event> events = new CopyOnWriteArrayList<>();
    bus.subscribe(Workflows.Event.class, events::add);
    Workflow created =
        node.workflows().create(daily(say("a"), new Step("fail", Map.of()), say("b")));
    assertThat(created.id()).startsWith("wf_");
    assertThat(created.nextRun()).contains(SIX);
    assertThat(created.successRate()).isEmpty();
    clock.set(SIX.minusSeconds(1));
    assertThat(node.workflows().runs(created.id(), 10, 0).total()).isZero();
    clock.set(SIX);
    node.workflows().beginDue();
    Run run = ended(node, created.id());
    assertThat(run.cause()).isEqualTo(Run.Cause.SCHEDULE);
    assertThat(run.status()).isEqualTo(Run.Status.FAILED);
    assertThat(run.dueAt()).isEqualTo(SIX);
    assertThat(run.endedAt()).isPresent();
    assertThat(run.outcomes())
        .containsExactly(
            new Run.Outcome("say", Run.Outcome.Status.COMPLETED, "Said", Map.of("text", "a")),
            new Run.Outcome("fail", Run.Outcome.Status.FAILED, "The bell is away", Map.of()),
            new Run.Outcome("say", Run.Outcome.Status.COMPLETED, "Said", Map.of("text", "b")));
    assertThat(done).containsExactly("a", "b");
    Workflow after = node.workflows().find(created.id());
    assertThat(after.nextRun()).contains(SIX.plus(Duration.ofDays(1)));
    assertThat(after.lastRun()).isPresent();
    assertThat(after.successRate()).hasValue(0.0);
    assertThat(events).hasSize(3).last().isEqualTo(new Workflows.RunEnded(run));
  }

  @Test
  void looksForWhatIsDueEverySecond() throws InterruptedException {
    clock.set(SIX.minusSeconds(5));
    Node node = node(store(StoreKind.MEMORY), 12, clock.executor());
    String id = node.workflows().create(daily(say("a"))).id();
    clock.advance(Duration.ofSeconds(4));
    assertThat(node.workflows().runs(id, 10, 0).total()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(ended(node, id).status()).isEqualTo(Run.Status.COMPLETED);
    assertThat(done).containsExactly("a");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureStopsTheRestWhenThePlanSaysSo(StoreKind kind) throws InterruptedException {
    Node node = node(store(kind), 2);
    WorkflowPlan plan =
        new WorkflowPlan(
            "x",
            Trigger.cron("0 6 * * *", ZoneOffset.UTC),
            List.of(new Step("fail", Map.of()), say("never")),
            true,
            MissedRuns.SKIP);
    String id = node.workflows().create(plan).id();
    assertThat(node.workflows().runNow(id).cause()).isEqualTo(Run.Cause.MANUAL);
    Run run = ended(node, id);
    assertThat(run.outcomes())
        .extracting(Run.Outcome::status)
        .containsExactly(Run.Outcome.Status.FAILED, Run.Outcome.Status.SKIPPED);
    assertThat(done).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void missedTimesAreSkippedOrMadeUpForOnce(StoreKind kind) throws InterruptedException {
    Node node = node(store(kind), 3);
    String skip = node.workflows().create(plan("0 6 * * *", MissedRuns.SKIP, say("skip"))).id();
    String once = node.workflows().create(plan("0 6 * * *", MissedRuns.ONCE, say("once"))).id();
    // Every ten minutes: the last of those that were missed is still recent enough.
    String often = node.workflows().create(plan("*/10 * * * *", MissedRuns.SKIP, say("o"))).id();
    Instant back = SIX.plus(Duration.ofDays(3)).plus(Duration.ofMinutes(10)).plusSeconds(30);
    clock.set(back);
    node.workflows().beginDue();
    assertThat(node.workflows().runs(skip, 10, 0).total()).isZero();
    assertThat(ended(node, once).dueAt()).isEqualTo(SIX);
    assertThat(ended(node, often).dueAt()).isEqualTo(back.minusSeconds(30));
    node.workflows().beginDue();
    assertThat(node.workflows().runs(once, 10, 0).total()).isEqualTo(1);
    assertThat(node.workflows().runs(often, 10, 0).total()).isEqualTo(1);
    Instant next = SIX.plus(Duration.ofDays(4));
    assertThat(node.workflows().find(skip).nextRun()).contains(next);
    assertThat(node.workflows().find(once).nextRun()).contains(next);
    assertThat(node.workflows().find(often).nextRun()).contains(back.plusSeconds(570));
  }

  @ParameterizedTest
  @EnumSource
  void aWorkflowHasOneRunAtATime(StoreKind kind) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Node node =
        node(
            store(kind),
            4,
            action(
                "wait",
                (params, context) -> {
                  begun.countDown();
                  release.await();
                  return Action.Result.of("Waited");
                }));
    String id =
        node.workflows()
            .create(plan("* * * * *", MissedRuns.SKIP, new Step("wait", Map.of())))
            .id();
    Run first = node.workflows().runNow(id);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    assertRefused(Failure.Reason.CONFLICT, "workflow", () -> node.workflows().runNow(id));
    clock.advance(Duration.ofSeconds(90));
    node.workflows().beginDue();
    assertThat(node.workflows().runs(id, 10, 0).total()).isEqualTo(1);
    release.countDown();
    node.jobs().await(first.jobId(), PATIENCE);
    node.workflows().beginDue();
    Run second = ended(node, id);
    assertThat(second.dueAt()).isEqualTo(START.plusSeconds(60));
    assertThat(node.workflows().find(id).successRate()).hasValue(1.0);
  }

  @ParameterizedTest
  @EnumSource
  void pauseResumeUpdateAndDelete(StoreKind kind) throws InterruptedException {
    Node node = node(store(kind), 5);
    Workflows workflows = node.workflows();
    String id = workflows.create(daily(say("a"))).id();
    assertThat(workflows.pause(id).nextRun()).isEmpty();
    assertThat(workflows.pause(id).status()).isEqualTo(Workflow.Status.PAUSED);
    clock.set(SIX.plusSeconds(10));
    workflows.beginDue();
    assertThat(workflows.runs(id, 10, 0).total()).isZero();
    workflows.runNow(id);
    ended(node, id);
    Instant tomorrow = SIX.plus(Duration.ofDays(1));
    assertThat(workflows.resume(id).nextRun()).contains(tomorrow);
    Workflow renamed =
        workflows.update(
            id, old -> new WorkflowPlan("y", old.trigger(), old.steps(), true, MissedRuns.ONCE));
    assertThat(renamed.nextRun()).contains(tomorrow);
    assertThat(renamed.plan().name()).isEqualTo("y");
    Workflow moved = workflows.update(id, old -> plan("30 7 * * *", MissedRuns.SKIP, say("b")));
    assertThat(moved.nextRun()).contains(Instant.parse("2024-01-15T07:30:00Z"));
    workflows.runNow(id);
    ended(node, id);
    assertThat(done).containsExactly("a", "b");
    assertThat(workflows.runs(id, 1, 1).total()).isEqualTo(2);
    workflows.delete(id);
    assertRefused(Failure.Reason.NOT_FOUND, "workflow", () -> workflows.find(id));
    assertRefused(Failure.Reason.NOT_FOUND, "workflow", () -> workflows.runs(id, 10, 0));
    assertRefused(Failure.Reason.NOT_FOUND, "workflow", () -> workflows.pause(id));
    assertThat(workflows.list()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void deletingAWorkflowCancelsItsRun(StoreKind kind) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Node node =
        node(
            store(kind),
            6,
            action(
                "wait",
                (params, context) -> {
                  begun.countDown();
                  new CountDownLatch(1).await();
                  return Action.Result.of("Never");
                }));
    String id = node.workflows().create(daily(new Step("wait", Map.of()), say("no"))).id();
    Run run = node.workflows().runNow(id);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    node.workflows().delete(id);
    assertThat(node.jobs().await(run.jobId(), PATIENCE).state().isFinal()).isTrue();
    assertThat(done).isEmpty();
  }

  @Test
  void whatCannotRunIsRefusedWhenItIsCreated() {
    Workflows workflows = node(store(StoreKind.MEMORY), 7).workflows();
    assertThatThrownBy(() -> workflows.create(daily(say("a"), new Step("dance", Map.of()))))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.subject()).isEqualTo("type");
              assertThat(failure.details())
                  .containsEntry("action", 1)
                  .containsEntry(Failure.ALLOWED_VALUES, List.of("fail", "say"));
            });
    assertRefused(
        Failure.Reason.INVALID,
        "wrong",
        () -> workflows.create(daily(new Step("say", Map.of("wrong", 1)))));
    assertRefused(
        Failure.Reason.TOO_LARGE, "params", () -> workflows.create(daily(say("x".repeat(10_001)))));
    assertRefused(
        Failure.Reason.INVALID,
        "schedule",
        () -> workflows.create(plan("0 6 * *", MissedRuns.SKIP, say("a"))));
    assertRefused(
        Failure.Reason.INVALID, "time_zone", () -> new WorkflowPlan.Timetable("0 6 * * *", "Mars"));
    assertRefused(Failure.Reason.INVALID, "actions", () -> daily());
    assertRefused(
        Failure.Reason.INVALID,
        "actions",
        () -> daily(Collections.nCopies(21, say("a")).toArray(new Step[0])));
    assertThat(workflows.list()).isEmpty();
  }

  @Test
  void moreThanAThousandWorkflowsAreRefused() {
    Store store = store(StoreKind.MEMORY);
    Workflows workflows = node(store, 8).workflows();
    store.change(
        handle -> {
          for (int i = 0; i < 1_000; i++) {
            workflows.create(daily(say("a")));
          }
        });
    assertThat(workflows.list()).hasSize(1_000);
    assertRefused(Failure.Reason.CONFLICT, "workflow", () -> workflows.create(daily(say("a"))));
  }

  @Test
  void theNextRunFollowsTheClocksOfItsZone() {
    Workflows workflows = node(store(StoreKind.MEMORY), 9).workflows();
    clock.set(Instant.parse("2024-03-30T12:00:00Z"));
    WorkflowPlan plan =
        new WorkflowPlan(
            "x",
            Trigger.cron("30 2 * * *", ZoneId.of("Europe/Berlin")),
            List.of(say("a")),
            false,
            MissedRuns.SKIP);
    String id = workflows.create(plan).id();
    // 02:30 does not exist on 31 March 2024 in Berlin: it is due at 03:00, one in the UTC morning.
    assertThat(workflows.find(id).nextRun()).contains(Instant.parse("2024-03-31T01:00:00Z"));
    clock.set(Instant.parse("2024-03-31T01:00:01Z"));
    workflows.beginDue();
    assertThat(workflows.find(id).nextRun()).contains(Instant.parse("2024-04-01T00:30:00Z"));
    workflows.pause(id);
    clock.set(Instant.parse("2024-10-26T12:00:00Z"));
    // 02:30 comes twice on 27 October 2024 in Berlin: it is due at the first.
    assertThat(workflows.resume(id).nextRun()).contains(Instant.parse("2024-10-27T00:30:00Z"));
  }

  @Test
  void aThousandWorkflowsDueAtOnceOnTwoNodesRunOnceEach() throws Exception {
    StoreKind.Place place = closing(StoreKind.POSTGRESQL.fresh());
    Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    CountDownLatch all = new CountDownLatch(1_000);
    Action count =
        action(
            "count",
            (params, context) -> {
              counts
                  .computeIfAbsent(context.workflowId(), key -> new AtomicInteger())
                  .incrementAndGet();
              all.countDown();
              return Action.Result.of("Counted");
            });
    List<Node> nodes =
        List.of(
            node(closing(Store.open(place.location())), 10, count),
            node(closing(Store.open(place.location())), 11, count));
    try (Store store = Store.open(place.location())) {
      Workflows first = nodes.get(0).workflows();
      for (int i = 0; i < 1_000; i++) {
        first.create(daily(new Step("count", Map.of())));
      }
      assertThat(store.dialect()).isEqualTo(Store.Dialect.POSTGRESQL);
    }
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    for (Node node : nodes) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                  node.workflows().beginDue();
                  node.workflows().beginDue();
                } catch (Throwable e) {
                  thrown.add(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    clock.set(SIX);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(thrown).isEmpty();
    assertThat(all.await(180, TimeUnit.SECONDS)).isTrue();
    Workflows one = nodes.get(0).workflows();
    for (Workflow workflow : one.list()) {
      Run run = ended(nodes.get(1), workflow.id());
      assertThat(run.status()).isEqualTo(Run.Status.COMPLETED);
      assertThat(run.dueAt()).isEqualTo(SIX);
      assertThat(one.runs(workflow.id(), 10, 0).total()).isEqualTo(1);
      assertThat(workflow.nextRun()).contains(SIX.plus(Duration.ofDays(1)));
    }
    assertThat(counts).hasSize(1_000);
    assertThat(counts.values()).allSatisfy(times -> assertThat(times.get()).isEqualTo(1));
  }
}

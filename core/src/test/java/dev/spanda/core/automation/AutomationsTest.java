package dev.spanda.core.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Ids;
import dev.spanda.core.automation.WorkflowPlan.MissedRuns;
import dev.spanda.core.automation.WorkflowPlan.Step;
import dev.spanda.core.automation.WorkflowPlan.Trigger;
import dev.spanda.core.data.DataFlow;
import dev.spanda.core.data.RowFetcher;
import dev.spanda.core.data.Tables;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.file.Files;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.project.Projects;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workflows of owners: several triggers, events, and rows that go from step to step. */
class AutomationsTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Jobs.Settings QUICK =
      new Jobs.Settings(3, Duration.ofMillis(500), Duration.ofMillis(25));
  private static final String ANNA = "anna";

  private final SettableClock clock = SettableClock.at(START);
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path folder;
  private Jobs jobs;
  private Tables tables;

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

  private Workflows workflows(StoreKind kind) {
    Store store = closing(Store.open(closing(kind.fresh()).location()));
    EventBus bus = new EventBus();
    Ids ids = new Ids(new Random(1));
    jobs = closing(new Jobs(store, clock, bus, ids, QUICK));
    Workflows workflows =
        closing(new Workflows(store, clock, bus, ids, jobs, SettableClock.at(START).executor()));
    tables = new Tables(store, clock);
    DataFlow flow =
        new DataFlow(
            tables,
            new Files(
                store,
                new FolderBlobStore(folder, ids),
                new Projects(store, clock, bus, ids),
                clock,
                bus,
                ids),
            (address, most) ->
                new RowFetcher.Content(
                    "id,name\n1,Anna \n1,Anna\n2,\n".getBytes(StandardCharsets.UTF_8), "text/csv"),
            clock);
    new DataSteps(flow).actions().forEach(workflows::register);
    jobs.start();
    return workflows;
  }

  /** The document's automation. */
  private static WorkflowPlan pipeline() {
    return new WorkflowPlan(
        "Data Pipeline Automation",
        "Automated data processing pipeline",
        List.of(Trigger.cron("0 */6 * * *", ZoneOffset.UTC), Trigger.event("data_source.updated")),
        List.of(
            new Step(
                "extract", Map.of("source", "http", "url", "http://example.com/rows.csv"), "in"),
            new Step("transform", Map.of("operations", List.of("clean")), "middle"),
            new Step("store", Map.of("destination", "database", "table", "processed_data"), "out")),
        true,
        MissedRuns.SKIP);
  }

  private Run ended(Workflows workflows, String id) throws InterruptedException {
    Run run = workflows.runs(ANNA, id, 1, 0).items().get(0);
    assertThat(jobs.await(run.jobId(), PATIENCE).state().isFinal()).isTrue();
    return workflows.findRun(ANNA, run.id());
  }

  @ParameterizedTest
  @EnumSource
  void anEventBeginsARunThatBringsRowsToATable(StoreKind kind) throws InterruptedException {
    Workflows workflows = workflows(kind);
    Workflow created = workflows.create(ANNA, pipeline());
    assertThat(created.owner()).isEqualTo(ANNA);
    assertThat(created.id()).startsWith("auto_");
    assertThat(created.plan()).isEqualTo(pipeline());
    assertThat(created.nextRun()).contains(START.plus(Duration.ofHours(6)));
    assertThat(workflows.signal(ANNA, "something.else")).isZero();
    assertThat(workflows.signal("berta", "data_source.updated")).isZero();
    workflows.beginDue();
    assertThat(workflows.runs(ANNA, created.id(), 10, 0).total()).isZero();

    clock.advance(Duration.ofMinutes(5));
    assertThat(workflows.signal(ANNA, "data_source.updated")).isOne();
    workflows.beginDue();
    Run run = ended(workflows, created.id());
    assertThat(run.cause()).isEqualTo(Run.Cause.EVENT);
    assertThat(run.dueAt()).isEqualTo(START.plus(Duration.ofMinutes(5)));
    assertThat(run.outcomes()).as("%s", run).hasSize(3);
    assertThat(run.status()).as("%s", run).isEqualTo(Run.Status.COMPLETED);
    assertThat(run.outcomes().get(0).result()).containsEntry("rows", 3L);
    assertThat(run.outcomes().get(2).result()).containsEntry("table", "processed_data");
    assertThat(tables.read(ANNA, "processed_data").items())
        .isNotEmpty()
        .anySatisfy(row -> assertThat(row).containsEntry("name", "Anna"));
    Workflow after = workflows.find(ANNA, created.id());
    assertThat(after.successRate()).hasValue(1.0);
    assertThat(after.nextRun()).contains(START.plus(Duration.ofHours(6)));

    // Twice told before a run is begun is one run; the timetable goes on beside it.
    workflows.signal(ANNA, "data_source.updated");
    workflows.signal(ANNA, "data_source.updated");
    clock.set(START.plus(Duration.ofHours(6)));
    workflows.beginDue();
    Run second = ended(workflows, created.id());
    assertThat(second.cause()).isEqualTo(Run.Cause.EVENT);
    workflows.beginDue();
    assertThat(ended(workflows, created.id()).cause()).isEqualTo(Run.Cause.SCHEDULE);
    workflows.beginDue();
    assertThat(workflows.runs(ANNA, created.id(), 10, 0).total()).isEqualTo(3);
  }

  @Test
  void nobodySeesAnothersWorkflows() {
    Workflows workflows = workflows(StoreKind.MEMORY);
    String id = workflows.create(ANNA, pipeline()).id();
    for (String other : new String[] {"berta", Workflows.HOUSE}) {
      assertThatThrownBy(() -> workflows.find(other, id)).hasMessageContaining("No workflow");
      assertThatThrownBy(() -> workflows.pause(other, id)).hasMessageContaining("No workflow");
      assertThatThrownBy(() -> workflows.resume(other, id)).hasMessageContaining("No workflow");
      assertThatThrownBy(() -> workflows.runNow(other, id)).hasMessageContaining("No workflow");
      assertThatThrownBy(() -> workflows.delete(other, id)).hasMessageContaining("No workflow");
      assertThatThrownBy(() -> workflows.update(other, id, plan -> plan))
          .hasMessageContaining("No workflow");
      assertThatThrownBy(() -> workflows.runs(other, id, 1, 0)).hasMessageContaining("No workflow");
      assertThat(workflows.list(other, Optional.empty(), Optional.empty(), 10, 0).total()).isZero();
    }
    assertThat(workflows.list()).isEmpty();
    assertThat(
            workflows.list(ANNA, Optional.empty(), Optional.of("data_processing"), 10, 0).items())
        .extracting(Workflow::id)
        .containsExactly(id);
    assertThat(workflows.list(ANNA, Optional.empty(), Optional.of("say"), 10, 0).total()).isZero();
  }

  @Test
  void aPausedWorkflowForgetsEvents() throws InterruptedException {
    Workflows workflows = workflows(StoreKind.MEMORY);
    WorkflowPlan plan =
        new WorkflowPlan(
            "Only events",
            "",
            List.of(Trigger.event("go")),
            pipeline().steps(),
            true,
            MissedRuns.SKIP);
    String id = workflows.create(ANNA, plan).id();
    assertThat(workflows.find(ANNA, id).nextRun()).isEmpty();
    workflows.signal(ANNA, "go");
    assertThat(workflows.pause(ANNA, id).status()).isEqualTo(Workflow.Status.PAUSED);
    assertThat(workflows.signal(ANNA, "go")).isZero();
    workflows.beginDue();
    workflows.resume(ANNA, id);
    workflows.beginDue();
    assertThat(workflows.runs(ANNA, id, 10, 0).total()).isZero();
    workflows.update(
        ANNA,
        id,
        before ->
            new WorkflowPlan(
                "Other event",
                "now it is another",
                List.of(Trigger.event("stay")),
                before.steps(),
                true,
                MissedRuns.SKIP));
    assertThat(workflows.signal(ANNA, "go")).isZero();
    assertThat(workflows.signal(ANNA, "stay")).isOne();
    workflows.beginDue();
    assertThat(ended(workflows, id).status()).isEqualTo(Run.Status.COMPLETED);
    assertThat(workflows.delete(ANNA, id).plan().description()).isEqualTo("now it is another");
    assertThat(workflows.signal(ANNA, "stay")).isZero();
  }

  @Test
  void stepsThatHaveNoRowsAreRefused() {
    Workflows workflows = workflows(StoreKind.MEMORY);
    assertThatThrownBy(() -> workflows.create(ANNA, with(new Step("store", Map.of()))))
        .hasMessageContaining("extract must come before");
    assertThatThrownBy(
            () ->
                workflows.create(
                    ANNA,
                    with(
                        new Step("extract", Map.of()),
                        new Step("transform", Map.of("operations", List.of("polish"))))))
        .hasMessageContaining("polish");
    assertThatThrownBy(
            () ->
                workflows.create(
                    ANNA, with(new Step("extract", Map.of()), new Step("transform", Map.of()))))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> Trigger.event("no spaces")).hasMessageContaining("letters");
    assertThatThrownBy(
            () -> new WorkflowPlan("x", "", List.of(), pipeline().steps(), true, MissedRuns.SKIP))
        .hasMessageContaining("triggers");
  }

  @Test
  void anOwnerHasFiftyAtMost() {
    Workflows workflows = workflows(StoreKind.MEMORY);
    for (int i = 0; i < Workflows.MOST_OF_AN_OWNER; i++) {
      workflows.create(ANNA, pipeline());
    }
    assertThatThrownBy(() -> workflows.create(ANNA, pipeline())).hasMessageContaining("At most 50");
    assertThat(workflows.create("berta", pipeline()).owner()).isEqualTo("berta");
  }

  private static WorkflowPlan with(Step... steps) {
    return new WorkflowPlan(
        "x", "", List.of(Trigger.event("go")), List.of(steps), true, MissedRuns.SKIP);
  }
}

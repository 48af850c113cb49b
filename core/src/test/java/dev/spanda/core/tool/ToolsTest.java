package dev.spanda.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.file.Files;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.ledger.Account;
import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.project.Project;
import dev.spanda.core.project.Projects;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToolsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Jobs.Settings QUICK =
      new Jobs.Settings(4, Duration.ofSeconds(5), Duration.ofMillis(20));

  @TempDir private Path folder;

  /** Echoes its text as a file, or does what the text says. */
  private static final class Echo implements Tool {
    final AtomicInteger runs = new AtomicInteger();
    final CountDownLatch waiting = new CountDownLatch(1);
    private final String id;

    Echo(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String name() {
      return "Echo";
    }

    @Override
    public String category() {
      return "test";
    }

    @Override
    public long creditsPerUse() {
      return 10;
    }

    @Override
    public String description() {
      return "Says it again";
    }

    @Override
    public Duration usualTime() {
      return Duration.ofSeconds(30);
    }

    @Override
    public List<ToolInput> inputs() {
      return List.of(
          ToolInput.Text.required("text", "Words", 100),
          new ToolInput.FileId("file_id", "A file", false));
    }

    @Override
    public ToolResult run(ToolInputs inputs, ToolContext context) throws Exception {
      runs.incrementAndGet();
      context.progress(0.5, "Saying...");
      switch (inputs.text("text")) {
        case "fail" -> throw Failure.invalid("text", "fail", "It was asked to fail");
        case "wait" -> {
          waiting.countDown();
          new CountDownLatch(1).await();
        }
        default -> {}
      }
      return new ToolResult(
          "echo",
          inputs.text("text"),
          List.of(
              ToolResult.Output.of(
                  "txt",
                  "echo.txt",
                  "text/plain",
                  inputs.text("text").getBytes(StandardCharsets.UTF_8)),
              ToolResult.Output.of("bin", "echo.bin", "application/octet-stream", new byte[] {0})));
    }
  }

  /** Everything the tools stand on, in one fresh database. */
  private final class House implements AutoCloseable {
    final StoreKind.Place place;
    final SettableClock clock = SettableClock.at(Instant.parse("2026-05-01T12:00:00Z"));
    final Echo echo = new Echo("echo");
    final List<String> heard = new ArrayList<>();
    final Store store;
    final Ledger ledger;
    final Jobs jobs;
    final Projects projects;
    final Files files;
    final Tools tools;
    final RunTable table;

    House(StoreKind kind, long credits) {
      this(kind.fresh(), credits, new Echo("old"));
    }

    House(StoreKind.Place place, long credits, Tool more) {
      this.place = place;
      EventBus bus = new EventBus();
      Ids ids = Ids.secure();
      store = Store.open(place.location());
      ledger = Ledger.open(store, clock);
      jobs = new Jobs(store, clock, bus, ids, QUICK);
      projects = new Projects(store, clock, bus, ids);
      files = new Files(store, new FolderBlobStore(folder, ids), projects, clock, bus, ids);
      tools =
          new Tools(
              new Tools.Parts(store, clock, ids, jobs, ledger, projects, files),
              List.of(echo, more),
              Tools.Settings.payingTo("revenue"),
              new Tools.Listener() {
                @Override
                public synchronized void completed(Tools.Use use) {
                  heard.add("completed " + use.jobId());
                }

                @Override
                public synchronized void low(
                    String id, String owner, String note, long balance, long threshold) {
                  heard.add("low " + owner + " " + note + " " + balance + " < " + threshold);
                }
              });
      table = new RunTable(store);
      ledger.execute("o1", Command.Open.unbounded("bank"));
      ledger.execute("o2", Command.Open.unbounded("revenue"));
      ledger.execute("o3", Command.Open.purse("ann"));
      ledger.execute("g", new Command.Transfer("bank", "ann", credits, "purchase"));
    }

    House started() {
      jobs.start();
      return this;
    }

    Tools.Use use(String text) {
      return tools.execute(order(text, null));
    }

    Tools.Use over(Tools.Use use) throws InterruptedException {
      jobs.await(use.jobId(), PATIENCE);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!tools.find("ann", use.jobId()).state().isFinal() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(1_000_000);
      }
      return tools.find("ann", use.jobId());
    }

    Account purse() {
      return ledger.account("ann").orElseThrow();
    }

    @Override
    public void close() {
      jobs.close();
      ledger.close();
      store.close();
      place.close();
    }
  }

  private static Tools.Order order(String text, String key) {
    return new Tools.Order(
        "ann",
        "echo",
        Optional.empty(),
        Map.of("text", text),
        Optional.of("ann"),
        Optional.ofNullable(key),
        "note");
  }

  @ParameterizedTest
  @EnumSource
  void aUseThatCompletesIsChargedAndItsFilesAndItemAreThere(StoreKind kind) throws Exception {
    try (House house = new House(kind, 500).started()) {
      Project project = house.projects.create("ann", Project.Plan.of("P"));
      Tools.Use begun =
          house.tools.execute(
              new Tools.Order(
                  "ann",
                  "echo",
                  Optional.of(project.id()),
                  Map.of("text", "Om"),
                  Optional.of("ann"),
                  Optional.empty(),
                  ""));
      assertThat(begun.estimate()).isEqualTo(Duration.ofSeconds(30));
      Tools.Use use = house.over(begun);
      assertThat(use.state()).isInstanceOf(JobState.Completed.class);
      assertThat(house.purse().posted()).isEqualTo(490);
      assertThat(house.purse().held()).isZero();
      Tools.Result result = use.result().orElseThrow();
      assertThat(result.files().keySet()).containsExactly("txt", "bin");
      assertThat(house.files.open("ann", result.files().get("txt")).readAllBytes())
          .isEqualTo("Om".getBytes(StandardCharsets.UTF_8));
      Project.Content content = house.projects.find("ann", project.id());
      assertThat(content.items()).hasSize(1);
      assertThat(content.items().get(0).id()).isEqualTo(result.itemId());
      assertThat(house.heard).containsExactly("completed " + use.jobId());
      assertThat(house.tools.list("ann", 10, 0).items()).containsExactly(use);
      // The next one is estimated by this one, which took no time by the clock.
      assertThat(house.use("again").estimate()).isEqualTo(Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUseThatFailsIsNotCharged(StoreKind kind) throws Exception {
    try (House house = new House(kind, 500).started()) {
      Tools.Use use = house.over(house.use("fail"));
      assertThat(use.state())
          .isInstanceOfSatisfying(
              JobState.Failed.class,
              failed -> assertThat(failed.message()).isEqualTo("It was asked to fail"));
      assertThat(house.purse().available()).isEqualTo(500);
      assertThat(house.heard).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUseThatIsCancelledIsNotCharged(StoreKind kind) throws Exception {
    try (House house = new House(kind, 500).started()) {
      Tools.Use begun = house.use("wait");
      house.echo.waiting.await();
      assertThat(house.purse().available()).isEqualTo(490);
      house.tools.cancel("ann", begun.jobId());
      assertThat(house.over(begun).state()).isInstanceOf(JobState.Cancelled.class);
      assertThat(house.purse().available()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoCannotPayIsToldWhatIsNeeded(StoreKind kind) {
    try (House house = new House(kind, 5)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> house.tools.execute(order("Om", "k")))
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> {
                  assertThat(failure.reason()).isEqualTo(Failure.Reason.INSUFFICIENT);
                  assertThat(failure).hasMessage("You need 10 credits but have 5");
                  assertThat(failure.details()).containsEntry("required", 10L);
                  assertThat(failure.details()).containsEntry("available", 5L);
                });
      }
      assertThat(house.tools.list("ann", 10, 0).total()).isZero();
      assertThat(house.purse().available()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fiftyRacingCallsOfOneKeyAreOneUse(StoreKind kind) throws Exception {
    try (House house = new House(kind, 500).started()) {
      ExecutorService threads = Executors.newFixedThreadPool(16);
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(() -> house.tools.execute(order("Om", "key")).jobId());
      }
      List<String> jobs = new ArrayList<>();
      for (Future<String> call : threads.invokeAll(calls)) {
        jobs.add(call.get());
      }
      threads.shutdown();
      assertThat(jobs).hasSize(50).containsOnly(jobs.get(0));
      house.over(house.tools.find("ann", jobs.get(0)));
      assertThat(house.purse().posted()).isEqualTo(490);
      assertThat(house.echo.runs).hasValue(1);
      assertThatThrownBy(() -> house.tools.execute(order("Hum", "key")))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.CONFLICT));
    }
  }

  @ParameterizedTest
  @EnumSource
  void racingUsesNeverSpendMoreThanThereIs(StoreKind kind) throws Exception {
    try (House house = new House(kind, 100).started()) {
      ExecutorService threads = Executors.newFixedThreadPool(16);
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        calls.add(
            () -> {
              try {
                house.over(house.use("Om"));
                return true;
              } catch (Failure refused) {
                return false;
              }
            });
      }
      int done = 0;
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        done += call.get() ? 1 : 0;
      }
      threads.shutdown();
      assertThat(done).isEqualTo(10);
      assertThat(house.purse().posted()).isZero();
      assertThat(house.ledger.audit().sound()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void lowCreditsAreToldWhenTheThresholdIsCrossedAndNotAgain(StoreKind kind) throws Exception {
    try (House house = new House(kind, 115).started()) {
      for (int i = 0; i < 4; i++) {
        house.over(house.use("Om"));
      }
      assertThat(house.heard.stream().filter(word -> word.startsWith("low")))
          .containsExactly("low ann note 95 < 100");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUseThatDiedBeforeItWasQueuedIsGivenUpAndItsHoldReleased(StoreKind kind) {
    try (House house = new House(kind, 500)) {
      // What a process leaves that dies between the hold and the queue.
      RunTable.Row row =
          house.table.open(
              "use_1",
              "k",
              order("Om", "k"),
              request("Om"),
              "{\"text\":\"Om\"}",
              10,
              1,
              house.clock.instant());
      house.ledger.execute(
          "tool:use_1:hold", new Command.Reserve("ann", "revenue", 10, row.tool()));
      assertThat(house.tools.sweep()).isZero();
      assertThat(house.purse().available()).isEqualTo(490);
      house.clock.advance(Duration.ofMinutes(11));
      assertThat(house.tools.sweep()).isEqualTo(1);
      assertThat(house.purse().available()).isEqualTo(500);
      assertThat(house.tools.sweep()).isZero();
      assertThatThrownBy(() -> house.tools.execute(order("Om", "k"))).isInstanceOf(Failure.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUseThatDiedBeforeItWasQueuedGoesOnWhenItsKeyComesAgain(StoreKind kind) throws Exception {
    try (House house = new House(kind, 500).started()) {
      house.table.open(
          "use_1",
          "k",
          order("Om", "k"),
          request("Om"),
          "{\"text\":\"Om\"}",
          10,
          1,
          house.clock.instant());
      house.ledger.execute("tool:use_1:hold", new Command.Reserve("ann", "revenue", 10, "echo"));
      house.over(house.tools.execute(order("Om", "k")));
      assertThat(house.purse().posted()).isEqualTo(490);
      assertThat(house.purse().held()).isZero();
    }
  }

  private static String request(String text) {
    return "{\"tool\":\"echo\",\"inputs\":{\"text\":\"" + text + "\"}}";
  }

  @ParameterizedTest
  @EnumSource
  void aUseWhoseChargeWasCutOffIsChargedOnceByWhoeverSweeps(StoreKind kind) throws Exception {
    try (House house = new House(kind, 500).started()) {
      Tools.Use use = house.over(house.use("Om"));
      // As a process leaves it that dies after the job's end was recorded.
      house.store.change(handle -> handle.execute("UPDATE tool_run SET settled = 0"));
      assertThat(house.tools.sweep()).isEqualTo(1);
      assertThat(house.tools.sweep()).isZero();
      assertThat(house.purse().posted()).isEqualTo(490);
      assertThat(house.tools.find("ann", use.jobId())).isEqualTo(use);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aToolThatIsNoLongerOfferedIsNotCharged(StoreKind kind) throws Exception {
    StoreKind.Place place = kind.fresh();
    String job;
    House before = new House(new StoreKind.Place(place.location(), () -> {}), 500, new Echo("old"));
    try (before) {
      job =
          before
              .tools
              .execute(
                  new Tools.Order(
                      "ann",
                      "old",
                      Optional.empty(),
                      Map.of("text", "Om"),
                      Optional.of("ann"),
                      Optional.empty(),
                      ""))
              .jobId();
      assertThat(before.purse().held()).isEqualTo(10);
    }
    try (House after = new House(place, 500, new Echo("new")).started()) {
      Tools.Use use = after.over(after.tools.find("ann", job));
      assertThat(use.state())
          .isInstanceOfSatisfying(
              JobState.Failed.class,
              failed ->
                  assertThat(failed.message()).isEqualTo("The tool old is no longer offered"));
      assertThat(after.purse().available()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MEMORY")
  void whatIsAnothersIsNotThere(StoreKind kind) throws Exception {
    try (House house = new House(kind, 500).started()) {
      Tools.Use use = house.over(house.use("Om"));
      assertThatThrownBy(() -> house.tools.find("bob", use.jobId())).isInstanceOf(Failure.class);
      assertThatThrownBy(() -> house.tools.cancel("bob", use.jobId())).isInstanceOf(Failure.class);
      String file = use.result().orElseThrow().files().get("txt");
      assertThatThrownBy(
              () ->
                  house.tools.execute(
                      new Tools.Order(
                          "bob",
                          "echo",
                          Optional.empty(),
                          Map.of("text", "Om", "file_id", file),
                          Optional.empty(),
                          Optional.empty(),
                          "")))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Failure.Reason.NOT_FOUND);
                assertThat(failure.subject()).isEqualTo("file");
              });
    }
  }
}

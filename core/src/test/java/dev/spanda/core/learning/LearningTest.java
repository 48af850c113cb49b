package dev.spanda.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.agent.Agent;
import dev.spanda.core.agent.AgentPlan;
import dev.spanda.core.agent.Agents;
import dev.spanda.core.agent.Work;
import dev.spanda.core.agent.WorkQueue;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningTest {

  private static final String OWNER = "user_1";
  private static final Duration HOUR = Duration.ofHours(1);

  private final SettableClock clock = SettableClock.at(Instant.parse("2024-01-01T00:00:00Z"));
  private final Ids ids = new Ids(new Random(13));
  private final List<AutoCloseable> open = new ArrayList<>();
  private final LinkedBlockingQueue<Job> finished = new LinkedBlockingQueue<>();

  private WorkQueue queue;
  private Learning learning;
  private Agent agent;

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private void open(StoreKind kind) {
    StoreKind.Place place = kind.fresh();
    open.add(place);
    Store store = Store.open(place.location());
    open.add(store);
    Agents agents = new Agents(store, clock, ids);
    queue = new WorkQueue(store, clock, ids, agents);
    EventBus bus = new EventBus();
    bus.subscribe(Job.Finished.class, event -> finished.add(event.job()));
    Jobs jobs = new Jobs(store, clock, bus, ids);
    open.add(jobs);
    learning =
        new Learning(
            store, clock, ids, queue, jobs, clock.executor(), () -> List.of("data_processing"));
    open.add(learning);
    jobs.start();
    agent =
        agents.create(
            OWNER, new AgentPlan("Agent", "worker", List.of("data_processing"), 1, HOUR, 0, true));
  }

  private void run(String source, boolean good, Duration length) {
    String input = Json.write(Map.of("source", source, "transformations", List.of("clean")));
    Work unused =
        queue.submit(
            OWNER,
            new Work.Request("data_processing", "task_" + source, "n", List.of("x"), 1, input));
    Work work = queue.lease(OWNER, agent.id(), 1).get(0);
    for (long left = length.toMillis(); left > 0; left -= 20_000) {
      clock.advance(Duration.ofMillis(Math.min(left, 20_000)));
      queue.heartbeat(
          OWNER, agent.id(), List.of(new WorkQueue.Sign(work.id(), work.token(), 0, "")));
    }
    if (good) {
      queue.complete(OWNER, agent.id(), work.id(), work.token(), "{}");
    } else {
      queue.fail(
          OWNER, agent.id(), work.id(), work.token(), Failure.Reason.INVALID, "no such source");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFigureMovesWithWhatHappened(StoreKind kind) {
    open(kind);
    assertThat(learning.insight(OWNER))
        .isEqualTo(new Insight(Insight.Status.IDLE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    for (int i = 0; i < 10; i++) {
      run("api", true, Duration.ofSeconds(10));
      run("moon", false, Duration.ofSeconds(30));
    }
    Insight insight = learning.insight(OWNER);
    assertThat(insight.status()).isEqualTo(Insight.Status.ACTIVE);
    assertThat(insight.decisions()).isEqualTo(20);
    assertThat(insight.successfulDecisions()).isEqualTo(10);
    // Three runs had to end first; then source and task tell success from failure once each was
    // met three times: the first six are guesses.
    assertThat(insight.level()).isBetween(0.7, 17 / 20.0);
    assertThat(insight.confidence()).isBetween(0.4, 0.6);
    // task=, source= for both, agent=, priority=, transformations[]=.
    assertThat(insight.patterns()).isEqualTo(7);
    assertThat(insight.newPatternsToday()).isEqualTo(7);
    assertThat(insight.shortTermPercent()).isEqualTo(2);
    assertThat(insight.longTermPercent()).isCloseTo(0.08, within(1e-9));
    assertThat(insight.forecasts()).isEqualTo(17);
    assertThat(insight.beatsMean()).isTrue();
    assertThat(insight.adaptationRate()).isGreaterThan(0.7);
    clock.advance(Duration.ofDays(1));
    assertThat(learning.insight(OWNER).newPatternsToday()).isZero();
    assertThat(learning.insight(OWNER).decisions()).isEqualTo(20);
    assertThat(learning.insight("user_2").decisions()).isZero();
  }

  @Test
  void aForecastOfNoiseSaysThatItDoesNotBeatTheMean() {
    List<Work> works = new ArrayList<>();
    open(StoreKind.MEMORY);
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      run("s" + random.nextInt(3), true, Duration.ofMillis(1_000 + random.nextInt(9_000)));
    }
    works.addAll(queue.ended(OWNER, 0, 1_000));
    assertThat(Learning.forecast("data_processing", works))
        .startsWith("data_processing: on 20 runs held out")
        .endsWith("does not beat the mean");
    assertThat(Learning.forecast("data_processing", works.subList(0, 2))).contains("too few");
  }

  @Test
  void aForecastByAnInputThatMattersBeatsTheMeanOnRunsHeldOut() {
    open(StoreKind.MEMORY);
    Random random = new Random(6);
    for (int i = 0; i < 100; i++) {
      int kind = random.nextInt(3);
      run("s" + kind, true, Duration.ofMillis(1_000L + 4_000L * kind + random.nextInt(1_000)));
    }
    assertThat(Learning.forecast("data_processing", queue.ended(OWNER, 0, 1_000)))
        .endsWith("it beats the mean");
  }

  @Test
  void aSessionNamesTheInputsThatComeBeforeFailures() throws Exception {
    open(StoreKind.MEMORY);
    for (int i = 0; i < 5; i++) {
      run("api", true, Duration.ofSeconds(1));
      run("moon", false, Duration.ofSeconds(1));
    }
    assertThat(learning.insight(OWNER).shortTermPercent()).isEqualTo(1);
    LearningSession begun =
        learning.begin(
            OWNER,
            "pattern_recognition",
            HOUR,
            List.of("data_processing", "automation_optimization"));
    assertThat(begun.id()).startsWith("learn_");
    assertThat(begun.latestEnd()).isEqualTo(clock.instant().plus(HOUR));
    Job job = finished.poll(20, TimeUnit.SECONDS);
    assertThat(job).isNotNull();
    LearningSession over = learning.session(OWNER, begun.id());
    assertThat(over.status()).isEqualTo("completed");
    assertThat(over.progress()).isEqualTo(100);
    assertThat(over.outcome().orElseThrow().runs()).isEqualTo(10);
    assertThat(over.outcome().orElseThrow().findings())
        .contains("data_processing: 5 of 5 runs with source=moon failed; 5 of 10 of all did");
    assertThat(learning.insight(OWNER).shortTermPercent()).isZero();
    assertThatThrownBy(() -> learning.session("user_2", begun.id())).isInstanceOf(Failure.class);
  }

  @Test
  void wrongLessonsAreRefusedByField() {
    open(StoreKind.MEMORY);
    Map<String, Runnable> wrong =
        Map.of(
            "session_type", () -> learning.begin(OWNER, "meditation", HOUR, List.of()),
            "duration", () -> learning.begin(OWNER, "placement_review", Duration.ZERO, List.of()),
            "focus_areas",
                () -> learning.begin(OWNER, "placement_review", HOUR, List.of("dreams")));
    wrong.forEach(
        (subject, call) ->
            assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                    Failure.class,
                    failure -> {
                      assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
                      assertThat(failure.subject()).isEqualTo(subject);
                    }));
  }
}

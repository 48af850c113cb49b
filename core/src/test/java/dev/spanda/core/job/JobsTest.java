package dev.spanda.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.JobKind.Retry;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobsTest {

  record Numbers(List<Integer> values) {}

  record Sum(long value) {}

  private static final JobKind<Numbers, Sum> SUM = JobKind.of("sum", Numbers.class, Sum.class);
  private static final Jobs.Settings QUICK =
      new Jobs.Settings(3, Duration.ofMillis(200), Duration.ofMillis(25));
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant START = Instant.parse("2026-03-01T06:00:00Z");

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final List<Job.Event> events = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

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

  private Store store(StoreKind kind) {
    return closing(Store.open(closing(kind.fresh()).location()));
  }

  private Jobs jobs(Store store) {
    bus.subscribe(Job.Event.class, events::add);
    return closing(new Jobs(store, clock, bus, new Ids(new Random(7)), QUICK));
  }

  private static Sum add(Numbers numbers, JobContext context) {
    return new Sum(numbers.values().stream().mapToLong(Integer::longValue).sum());
  }

  @ParameterizedTest
  @EnumSource
  void aJobRunsAndKeepsItsOutput(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    jobs.register(SUM, JobsTest::add);
    jobs.start();
    Job submitted = jobs.submit(SUM, new Numbers(List.of(1, 2, 3)), "ann");
    assertThat(submitted.state()).isEqualTo(new JobState.Queued());
    assertThat(submitted.createdAt()).isEqualTo(START);
    Job job = jobs.await(submitted.id(), PATIENCE);
    assertThat(Jobs.output(job, SUM)).contains(new Sum(6));
    assertThat(Jobs.input(job, SUM)).isEqualTo(new Numbers(List.of(1, 2, 3)));
    assertThat(job.attempts()).isEqualTo(1);
    assertThat(job.finishedAt()).contains(START);
    assertThat(events).contains(new Job.Finished(job));
  }

  private static void meet(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static Numbers numbers(Integer... values) {
    return new Numbers(List.of(values));
  }

  @ParameterizedTest
  @EnumSource
  void aJobWaitsForItsInstant(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    jobs.register(SUM, JobsTest::add);
    jobs.start();
    Job later = jobs.submit(SUM, numbers(1), "ann", Jobs.Options.NONE.at(START.plusSeconds(3600)));
    Job now = jobs.submit(SUM, numbers(2), "ann");
    assertThat(jobs.await(now.id(), PATIENCE).state().isFinal()).isTrue();
    assertThat(jobs.find(later.id()).orElseThrow().state()).isEqualTo(new JobState.Queued());
    clock.advance(Duration.ofHours(1));
    Job done = jobs.await(later.id(), PATIENCE);
    assertThat(done.startedAt()).contains(START.plusSeconds(3600));
  }

  @ParameterizedTest
  @EnumSource
  void theSameKeyGivesTheFirstJobBack(StoreKind kind) {
    Jobs jobs = jobs(store(kind));
    Jobs.Options keyed = Jobs.Options.NONE.withKey("k1");
    Job first = jobs.submit(SUM, numbers(1), "ann", keyed);
    assertThat(jobs.submit(SUM, numbers(1), "ann", keyed)).isEqualTo(first);
    assertThat(jobs.submit(SUM, numbers(1), "bob", keyed).id()).isNotEqualTo(first.id());
    assertThat(jobs.list("ann", 10, 0).total()).isEqualTo(1);
    assertThatThrownBy(() -> jobs.submit(SUM, numbers(2), "ann", keyed))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.CONFLICT);
              assertThat(failure.subject()).isEqualTo("idempotency_key");
            });
  }

  @ParameterizedTest
  @EnumSource
  void anOwnersJobsAreListedNewestFirst(StoreKind kind) {
    Jobs jobs = jobs(store(kind));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(0, jobs.submit(SUM, numbers(i), "ann").id());
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(jobs.submit(SUM, numbers(9), "bob").owner()).isEqualTo("bob");
    Page<Job> page = jobs.list("ann", 2, 2);
    assertThat(page.total()).isEqualTo(5);
    assertThat(page.items()).extracting(Job::id).isEqualTo(made.subList(2, 4));
    assertThat(jobs.list("nobody", 2, 0).items()).isEmpty();
    assertThatThrownBy(() -> jobs.list("ann", 101, 0)).isInstanceOf(Failure.class);
    assertThat(jobs.find("job_none")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aFailingJobIsTriedAgainAfterItsDelay(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    AtomicInteger runs = new AtomicInteger();
    Retry retry = new Retry(3, Duration.ofMillis(50), 2, Duration.ofMillis(80));
    clock.set(START);
    jobs.register(
        SUM.withRetry(retry),
        (input, context) -> {
          assertThat(context.attempt()).isEqualTo(runs.incrementAndGet());
          clock.advance(Duration.ofMillis(100));
          if (context.attempt() < 3) {
            throw new IllegalStateException("not yet");
          }
          return new Sum(context.attempt());
        });
    jobs.start();
    Job submitted = jobs.submit(SUM, numbers(1), "ann");
    while (runs.get() < 3) {
      // The next attempt is due when the clock has gone past its delay.
      clock.advance(Duration.ofMillis(10));
      Thread.onSpinWait();
    }
    Job job = jobs.await(submitted.id(), PATIENCE);
    assertThat(Jobs.output(job, SUM)).contains(new Sum(3));
    assertThat(job.attempts()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aJobThatKeepsFailingEndsWithItsReason(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    Retry retry = new Retry(2, Duration.ZERO, 1, Duration.ZERO);
    jobs.register(
        SUM.withRetry(retry),
        (input, context) -> {
          throw Failure.of(Failure.Reason.UNAVAILABLE, "service", "The service is away");
        });
    jobs.start();
    Job job = jobs.await(jobs.submit(SUM, numbers(1), "ann").id(), PATIENCE);
    assertThat(job.state())
        .isEqualTo(new JobState.Failed(Failure.Reason.UNAVAILABLE, "The service is away", 2));
    assertThat(events).contains(new Job.Finished(job));
  }

  @ParameterizedTest
  @EnumSource
  void wrongInputIsNotTriedAgain(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    jobs.register(
        SUM,
        (input, context) -> {
          throw Failure.invalid("values", input.values(), "Values must be positive");
        });
    jobs.start();
    Job job = jobs.await(jobs.submit(SUM, numbers(-1), "ann").id(), PATIENCE);
    assertThat(job.state())
        .isEqualTo(new JobState.Failed(Failure.Reason.INVALID, "Values must be positive", 1));
  }

  @ParameterizedTest
  @EnumSource
  void progressIsRecordedAndTold(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    jobs.register(
        SUM,
        (input, context) -> {
          context.progress(0.5, "half");
          half.countDown();
          meet(seen);
          for (int i = 0; i <= 1000; i++) {
            context.progress(i / 1000.0, "step " + i);
          }
          return new Sum(0);
        });
    jobs.start();
    Job submitted = jobs.submit(SUM, numbers(1), "ann");
    meet(half);
    assertThat(jobs.find(submitted.id()).orElseThrow().state())
        .isEqualTo(new JobState.Running(0.5, "half"));
    seen.countDown();
    assertThat(jobs.await(submitted.id(), PATIENCE).state().isFinal()).isTrue();
    // A thousand words in an instant are told as a few.
    assertThat(events.stream().filter(Job.Progressed.class::isInstance).count()).isBetween(1L, 50L);
  }

  @ParameterizedTest
  @EnumSource
  void theLastWordOfAQuietHandlerIsRecorded(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    bus.subscribe(
        Job.Progressed.class,
        event -> {
          if (event.job().state().equals(new JobState.Running(0.9, "last"))) {
            told.countDown();
          }
        });
    jobs.register(
        SUM,
        (input, context) -> {
          context.progress(0.1, "first");
          context.progress(0.9, "last");
          meet(done);
          return new Sum(0);
        });
    jobs.start();
    Job submitted = jobs.submit(SUM, numbers(1), "ann");
    meet(told);
    done.countDown();
    assertThat(jobs.await(submitted.id(), PATIENCE).state().isFinal()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aWaitingJobIsCancelledAtOnce(StoreKind kind) {
    Store store = store(kind);
    Jobs jobs = jobs(store);
    List<Job> settled = new CopyOnWriteArrayList<>();
    jobs.register(SUM, settling(settled));
    Job submitted = jobs.submit(SUM, numbers(1), "ann");
    Job cancelled = jobs.cancel(submitted.id());
    assertThat(cancelled.state()).isEqualTo(new JobState.Cancelled());
    assertThat(jobs.cancel(submitted.id())).isEqualTo(cancelled);
    assertThat(settled).containsExactly(cancelled);
    assertThat(events).containsExactly(new Job.Finished(cancelled));
    long queued =
        store.read(
            handle ->
                handle.createQuery("SELECT COUNT(*) FROM scheduled_tasks").mapTo(Long.class).one());
    assertThat(queued).isZero();
    assertThatThrownBy(() -> jobs.cancel("job_none"))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.reason()).isEqualTo(Failure.Reason.NOT_FOUND));
  }

  private static JobHandler<Numbers, Sum> settling(List<Job> settled) {
    return new JobHandler<>() {
      @Override
      public Sum run(Numbers input, JobContext context) {
        return add(input, context);
      }

      @Override
      public void settle(Job job) {
        settled.add(job);
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void aRunningJobIsInterruptedByItsCancellation(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    CountDownLatch begun = new CountDownLatch(1);
    jobs.register(
        SUM,
        (input, context) -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return new Sum(0);
        });
    jobs.start();
    Job submitted = jobs.submit(SUM, numbers(1), "ann");
    meet(begun);
    assertThat(jobs.cancel(submitted.id()).cancelRequested()).isTrue();
    assertThat(jobs.await(submitted.id(), PATIENCE).state()).isEqualTo(new JobState.Cancelled());
  }

  @ParameterizedTest
  @EnumSource
  void aHandlerThatLooksIsCancelledBetweenSteps(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    CountDownLatch begun = new CountDownLatch(1);
    jobs.register(
        SUM,
        (input, context) -> {
          while (true) {
            begun.countDown();
            context.throwIfCancelled();
            Thread.onSpinWait();
          }
        });
    jobs.start();
    Job submitted = jobs.submit(SUM, numbers(1), "ann");
    meet(begun);
    assertThat(jobs.cancel(submitted.id()).state().isFinal()).isFalse();
    assertThat(jobs.await(submitted.id(), PATIENCE).state()).isEqualTo(new JobState.Cancelled());
  }

  @ParameterizedTest
  @EnumSource
  void aRunBeyondItsTimeFails(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    jobs.register(
        SUM.withRetry(Retry.NEVER).withTimeout(Duration.ofMillis(50)),
        (input, context) -> {
          new CountDownLatch(1).await();
          return new Sum(0);
        });
    jobs.start();
    Job job = jobs.await(jobs.submit(SUM, numbers(1), "ann").id(), PATIENCE);
    assertThat(job.state())
        .isInstanceOfSatisfying(
            JobState.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(Failure.Reason.TIMED_OUT));
  }

  @ParameterizedTest
  @EnumSource
  void submittingJoinsTheTransactionAroundIt(StoreKind kind) throws InterruptedException {
    Store store = store(kind);
    Jobs jobs = jobs(store);
    jobs.register(SUM, JobsTest::add);
    jobs.start();
    assertThatThrownBy(
            () ->
                store.change(
                    handle -> {
                      assertThat(jobs.submit(SUM, numbers(1), "ann").state().isFinal()).isFalse();
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(jobs.list("ann", 10, 0).total()).isZero();
    Job kept = store.write(handle -> jobs.submit(SUM, numbers(1), "ann"));
    assertThat(jobs.await(kept.id(), PATIENCE).state().isFinal()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void settlingIsPartOfTheEnd(StoreKind kind) throws InterruptedException {
    Store store = store(kind);
    store.change(handle -> handle.execute("CREATE TABLE charge (job TEXT PRIMARY KEY)"));
    Jobs jobs = jobs(store);
    AtomicInteger refusals = new AtomicInteger(1);
    jobs.register(
        SUM,
        new JobHandler<>() {
          @Override
          public Sum run(Numbers input, JobContext context) {
            return add(input, context);
          }

          @Override
          public void settle(Job job) {
            store.change(h -> h.execute("INSERT INTO charge (job) VALUES (?)", job.id()));
            if (refusals.getAndDecrement() > 0) {
              throw new IllegalStateException("the end is not recorded this time");
            }
          }
        });
    jobs.start();
    Job submitted = jobs.submit(SUM, numbers(1), "ann");
    // The run whose end was not recorded is taken for dead once its heartbeats are missing.
    Job job = submitted;
    for (int i = 0; i < 100 && !job.state().isFinal(); i++) {
      clock.advance(Duration.ofSeconds(2));
      try {
        job = jobs.await(submitted.id(), Duration.ofMillis(100));
      } catch (Failure notYet) {
        assertThat(notYet.reason()).isEqualTo(Failure.Reason.TIMED_OUT);
      }
    }
    assertThat(job.attempts()).isEqualTo(2);
    long charges =
        store.read(
            handle -> handle.createQuery("SELECT COUNT(*) FROM charge").mapTo(Long.class).one());
    assertThat(charges).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aJobThatTheCloseCutShortRunsAgainAfterTheStart(StoreKind kind) throws Exception {
    Store store = store(kind);
    CountDownLatch begun = new CountDownLatch(1);
    Jobs first = new Jobs(store, clock, bus, new Ids(new Random(1)), QUICK);
    first.register(
        SUM,
        (input, context) -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return new Sum(0);
        });
    first.start();
    Job submitted = first.submit(SUM, numbers(4, 5), "ann");
    meet(begun);
    first.close();
    first.close();
    assertThat(first.find(submitted.id()).orElseThrow().state()).isEqualTo(new JobState.Queued());
    Jobs second = jobs(store);
    second.register(SUM, JobsTest::add);
    second.start();
    Job job = second.await(submitted.id(), PATIENCE);
    assertThat(Jobs.output(job, SUM)).contains(new Sum(9));
    assertThat(job.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void manyJobsRunOnceEach(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    AtomicInteger runs = new AtomicInteger();
    jobs.register(
        SUM,
        (input, context) -> {
          runs.incrementAndGet();
          return add(input, context);
        });
    jobs.start();
    List<Job> submitted = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      submitted.add(jobs.submit(SUM, numbers(i), "ann"));
    }
    for (int i = 0; i < submitted.size(); i++) {
      assertThat(Jobs.output(jobs.await(submitted.get(i).id(), PATIENCE), SUM))
          .contains(new Sum(i));
    }
    assertThat(runs).hasValue(60);
  }

  @ParameterizedTest
  @EnumSource
  void jobsThatAreOverCanBeForgotten(StoreKind kind) throws InterruptedException {
    Jobs jobs = jobs(store(kind));
    jobs.register(SUM, JobsTest::add);
    jobs.start();
    Job job = jobs.await(jobs.submit(SUM, numbers(1), "ann").id(), PATIENCE);
    assertThat(jobs.forget(START)).isZero();
    assertThat(jobs.forget(START.plusMillis(1))).isEqualTo(1);
    assertThat(jobs.find(job.id())).isEmpty();
    assertThatThrownBy(() -> jobs.await(job.id(), PATIENCE)).isInstanceOf(Failure.class);
  }

  @Test
  void twoProcessesOnOneDatabaseShareTheWorkAndCancelForEachOther() throws Exception {
    StoreKind.Place place = closing(StoreKind.POSTGRESQL.fresh());
    Jobs here = jobs(closing(Store.open(place.location())));
    Jobs there =
        closing(
            new Jobs(
                closing(Store.open(place.location())),
                clock,
                new EventBus(),
                new Ids(new Random(8)),
                QUICK));
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch stuck = new CountDownLatch(1);
    there.register(
        SUM,
        (input, context) -> {
          runs.incrementAndGet();
          if (input.values().isEmpty()) {
            stuck.countDown();
            new CountDownLatch(1).await();
          }
          return add(input, context);
        });
    there.start();
    List<Job> submitted = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      submitted.add(here.submit(SUM, numbers(i), "ann"));
    }
    for (Job job : submitted) {
      assertThat(here.await(job.id(), PATIENCE).attempts()).isEqualTo(1);
    }
    assertThat(runs).hasValue(20);
    Job endless = here.submit(SUM, numbers(), "ann");
    meet(stuck);
    assertThat(here.cancel(endless.id()).state().isFinal()).isFalse();
    assertThat(here.await(endless.id(), PATIENCE).state()).isEqualTo(new JobState.Cancelled());
  }

  @Test
  void handlersAreRegisteredOnceAndBeforeTheStart() {
    Jobs jobs = jobs(store(StoreKind.MEMORY));
    jobs.register(SUM, JobsTest::add);
    assertThatThrownBy(() -> jobs.register(SUM, JobsTest::add))
        .isInstanceOf(IllegalStateException.class);
    jobs.start();
    assertThatThrownBy(jobs::start).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> jobs.register(JobKind.of("other", Numbers.class, Sum.class), JobsTest::add))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void delaysGrowByTheirFactorUpToTheLongest() {
    Retry retry = new Retry(9, Duration.ofSeconds(1), 3, Duration.ofSeconds(10));
    assertThat(retry.delayAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(retry.delayAfter(2)).isEqualTo(Duration.ofSeconds(3));
    assertThat(retry.delayAfter(3)).isEqualTo(Duration.ofSeconds(9));
    assertThat(retry.delayAfter(4)).isEqualTo(Duration.ofSeconds(10));
    assertThat(retry.delayAfter(5000)).isEqualTo(Duration.ofSeconds(10));
    assertThatThrownBy(() -> new Retry(0, Duration.ZERO, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JobKind.of("Bad Name", Numbers.class, Sum.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

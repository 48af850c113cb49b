package dev.spanda.biofield.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Samples;
import dev.spanda.biofield.realtime.LiveMeasurement.Answer;
import dev.spanda.biofield.realtime.LiveMeasurement.Counts;
import dev.spanda.biofield.realtime.LiveMeasurement.Incoming;
import dev.spanda.core.Failure;
import dev.spanda.core.schedule.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveMeasurementTest {

  private static final Analysis ANALYSIS = Samples.analysis(60);

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-26T14:00:00Z"));
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final LiveMeasurement.Listener listener =
      new LiveMeasurement.Listener() {
        @Override
        public void measured(Incoming frame, Analysis analysis) {
          heard.add("measured " + frame.sequence());
        }

        @Override
        public void problem(Incoming frame, Failure failure) {
          heard.add("problem " + frame.sequence() + " " + failure.subject());
        }

        @Override
        public void dropped(Incoming frame) {
          heard.add("dropped " + frame.sequence());
        }
      };

  private LiveMeasurement live(LiveMeasurement.Settings settings, LiveMeasurement.Measure measure) {
    return live(settings, measure, tasks::add);
  }

  private LiveMeasurement live(
      LiveMeasurement.Settings settings, LiveMeasurement.Measure measure, Executor executor) {
    return new LiveMeasurement(settings, measure, listener, executor, clock);
  }

  private static Incoming frame(int sequence) {
    return new Incoming(sequence, Instant.EPOCH, new byte[] {(byte) sequence});
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static void assertAddsUp(Counts counts) {
    assertThat(counts.measured() + counts.notMeasured() + counts.problems() + counts.waiting())
        .isEqualTo(counts.offered());
  }

  @Test
  void theFrameThatWaitedLongestGivesWayToTheNewest() {
    LiveMeasurement live = live(new LiveMeasurement.Settings(1000, 2), bytes -> ANALYSIS);
    for (int i = 0; i < 5; i++) {
      assertThat(live.offer(frame(i))).isEqualTo(Answer.TAKEN);
      assertAddsUp(live.counts());
    }
    assertThat(live.counts().waiting()).isEqualTo(2);
    runAll();
    assertThat(heard)
        .containsExactly("dropped 0", "dropped 1", "dropped 2", "measured 3", "measured 4");
    assertThat(live.counts()).isEqualTo(new Counts(5, 2, 3, 0, 0, 0));
  }

  @Test
  void aFrameThatCannotBeReadIsToldAndTheNextIsMeasured() {
    LiveMeasurement live =
        live(
            new LiveMeasurement.Settings(1000, 8),
            bytes -> {
              if (bytes[0] == 1) {
                throw Failure.of(Failure.Reason.INVALID, "image", "Damaged");
              }
              if (bytes[0] == 2) {
                throw new IllegalStateException("a fault of the program");
              }
              return ANALYSIS;
            });
    for (int i = 0; i < 4; i++) {
      live.offer(frame(i));
    }
    runAll();
    assertThat(heard)
        .containsExactly("measured 0", "problem 1 image", "problem 2 analysis", "measured 3");
    assertThat(live.counts()).isEqualTo(new Counts(4, 2, 0, 0, 2, 0));
  }

  @Test
  void theFrameRateIsHeldByTokens() {
    LiveMeasurement live = live(LiveMeasurement.Settings.of(10), bytes -> ANALYSIS);
    int taken = 0;
    // Thirty frames a second for ten seconds.
    for (int i = 0; i < 300; i++) {
      taken += live.offer(frame(i)) == Answer.TAKEN ? 1 : 0;
      runAll();
      clock.advance(Duration.ofNanos(33_333_333));
    }
    assertThat(taken).isBetween(100, 103);
    assertThat(live.counts().overRate()).isEqualTo(300 - taken);
    assertAddsUp(live.counts());
  }

  @Test
  void framesAtExactlyTheRateAreAllTaken() {
    LiveMeasurement live = live(LiveMeasurement.Settings.of(30), bytes -> ANALYSIS);
    for (int i = 0; i < 1800; i++) {
      assertThat(live.offer(frame(i))).isEqualTo(Answer.TAKEN);
      runAll();
      clock.advance(Duration.ofNanos(33_333_333));
    }
    assertThat(live.counts().measured()).isEqualTo(1800);
  }

  @Test
  void drainingMeasuresWhatWaitsAndTakesNoMore() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try {
      LiveMeasurement live =
          live(
              new LiveMeasurement.Settings(1000, 4),
              bytes -> {
                begun.countDown();
                await(go);
                return ANALYSIS;
              },
              thread);
      for (int i = 0; i < 3; i++) {
        live.offer(frame(i));
      }
      await(begun);
      assertThat(live.drain(Duration.ofMillis(1))).isFalse();
      assertThat(live.offer(frame(3))).isEqualTo(Answer.CLOSED);
      go.countDown();
      live.close();
      assertThat(heard).containsExactly("measured 0");
      assertThat(live.counts()).isEqualTo(new Counts(4, 1, 3, 0, 0, 0));
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void closingWaitsForTheLastResult() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      LiveMeasurement live =
          live(new LiveMeasurement.Settings(1000, 64), bytes -> ANALYSIS, threads);
      for (int i = 0; i < 64; i++) {
        live.offer(frame(i));
      }
      live.close();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        expected.add("measured " + i);
      }
      assertThat(heard).isEqualTo(expected);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void manySendersNeverSeeTwoMeasurementsAtOnceNorLoseAFrame() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try {
      LiveMeasurement live =
          live(
              new LiveMeasurement.Settings(1000, 3),
              bytes -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                return ANALYSIS;
              },
              threads);
      CountDownLatch done = new CountDownLatch(4);
      for (int sender = 0; sender < 4; sender++) {
        threads.execute(
            () -> {
              for (int i = 0; i < 5000; i++) {
                live.offer(frame(i));
                clock.advance(Duration.ofMillis(1));
              }
              done.countDown();
            });
      }
      await(done);
      live.close();
      assertThat(most).hasValue(1);
      assertThat(live.counts().offered()).isEqualTo(20_000);
      assertThat(live.counts().waiting()).isZero();
      assertThat(live.counts().measured()).isPositive();
      assertAddsUp(live.counts());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anExecutorThatIsShutDownDropsWhatWaits() {
    ExecutorService over = Executors.newSingleThreadExecutor();
    over.shutdownNow();
    LiveMeasurement live = live(LiveMeasurement.Settings.of(30), bytes -> ANALYSIS, over);
    live.offer(frame(0));
    live.close();
    assertThat(live.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

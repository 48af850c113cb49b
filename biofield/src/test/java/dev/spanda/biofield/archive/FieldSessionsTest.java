package dev.spanda.biofield.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.Databases;
import dev.spanda.biofield.Samples;
import dev.spanda.biofield.StoredTest;
import dev.spanda.biofield.archive.FieldSession.Ending;
import dev.spanda.biofield.archive.FieldSession.Moment;
import dev.spanda.biofield.baseline.Baseline;
import dev.spanda.biofield.baseline.Baselines;
import dev.spanda.biofield.baseline.Trend.Direction;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import dev.spanda.core.Failure;
import dev.spanda.core.Failure.Reason;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldSessionsTest extends StoredTest {

  private static final FieldSession.Settings SETTINGS =
      new FieldSession.Settings(
          Selection.Mode.FULL_BODY,
          Selection.Region.FULL,
          30,
          Optional.of("baseline_1"),
          PipSettings.DEFAULT);
  private static final Duration FRAME = Duration.ofMillis(33);

  private FieldSessions sessions(Store store) {
    return closing(new FieldSessions(store, clock, ids, clock.executor()));
  }

  private CompletableFuture<Void> append(FieldSessions sessions, String id, int i, double around) {
    return sessions.append(
        id, i, Instant.ofEpochMilli(1706280123456L + i), Samples.analysis(around));
  }

  private static List<Moment> frames(FieldSessions sessions, String owner, String id) {
    List<Moment> frames = new ArrayList<>();
    sessions.frames(owner, id, frames::add);
    return frames;
  }

  private static long rows(Store store) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM field_session_frames")
                .mapTo(Long.class)
                .one());
  }

  @ParameterizedTest
  @EnumSource
  void framesComeBackAsTheyWereMeasured(Databases kind) {
    FieldSessions sessions = sessions(store(kind));
    FieldSession session = sessions.start("ann", SETTINGS);
    assertThat(session.id()).startsWith("session_");
    assertThat(session.settings()).isEqualTo(SETTINGS);
    for (int i = 0; i < 100; i++) {
      append(sessions, session.id(), i, 50 + i % 7);
      clock.advance(FRAME);
    }
    List<Moment> frames = frames(sessions, "ann", session.id());
    assertThat(frames).hasSize(100);
    Moment frame = frames.get(42);
    assertThat(frame.number()).isEqualTo(42);
    assertThat(frame.frameId()).isEqualTo("frame_42");
    assertThat(frame.capturedAt()).isEqualTo(Instant.ofEpochMilli(1706280123498L));
    assertThat(frame.receivedAt()).isEqualTo(START.plus(FRAME.multipliedBy(42)));
    assertThat(frame.metrics()).isEqualTo(Samples.analysis(50).metrics());
    assertThat(frame.scores()).isEqualTo(Samples.scores(50));
  }

  @ParameterizedTest
  @EnumSource
  void tenSecondsAtThirtyFramesAreAboutFortyCommits(Databases kind) {
    Store store = store(kind);
    FieldSessions sessions = sessions(store);
    String id = sessions.start("ann", SETTINGS).id();
    List<CompletableFuture<Void>> receipts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      receipts.add(append(sessions, id, i, 60));
      clock.advance(FRAME);
    }
    clock.advance(Duration.ofMillis(250));
    assertThat(receipts).allMatch(CompletableFuture::isDone);
    assertThat(rows(store)).isBetween(30L, 42L);
  }

  @Test
  void aReceiptMeansThatTheFrameSurvivesThisProcess() {
    StoreLocation place = Databases.POSTGRESQL.fresh(folder);
    Store here = closing(Store.open(place));
    Store there = closing(Store.open(place));
    FieldSessions sessions = sessions(here);
    String id = sessions.start("ann", SETTINGS).id();
    CompletableFuture<Void> first = append(sessions, id, 0, 60);
    assertThat(first).isNotDone();
    assertThat(rows(there)).isZero();
    clock.advance(Duration.ofMillis(250));
    assertThat(first).isCompleted();
    assertThat(rows(there)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void manyFramesAtOnceDoNotWaitForTheClock(Databases kind) {
    Store store = store(kind);
    FieldSessions sessions = sessions(store);
    String id = sessions.start("ann", SETTINGS).id();
    for (int i = 0; i < 255; i++) {
      assertThat(append(sessions, id, i, 60)).isNotDone();
    }
    assertThat(append(sessions, id, 255, 60)).isCompleted();
  }

  @ParameterizedTest
  @EnumSource
  void theSummaryTellsDurationCountsAveragesAndTrends(Databases kind) {
    FieldSessions sessions = sessions(store(kind));
    String id = sessions.start("ann", SETTINGS).id();
    for (int i = 0; i < 600; i++) {
      append(sessions, id, i, 40 + i * 0.05);
      clock.advance(FRAME);
    }
    sessions.drop(id, 7);
    FieldSession ended = sessions.end("ann", id);
    assertThat(ended.ending()).contains(Ending.ENDED);
    assertThat(ended.dropped()).isEqualTo(7);
    FieldSession.Summary summary = sessions.summary("ann", id);
    assertThat(summary.duration()).isEqualTo(FRAME.multipliedBy(600));
    assertThat(summary.frameCount()).isEqualTo(600);
    assertThat(summary.dropped()).isEqualTo(7);
    assertThat(summary.scores())
        .containsOnlyKeys("energy", "symmetry", "coherence", "regulation", "colorBalance");
    FieldSession.Course energy = summary.scores().get("energy");
    assertThat(energy.mean()).isCloseTo(54.975, within(1e-9));
    assertThat(energy.min()).isEqualTo(40);
    assertThat(energy.max()).isCloseTo(69.95, within(1e-9));
    assertThat(energy.trend().direction()).isEqualTo(Direction.INCREASING);
    assertThat(energy.trend().slopePerMinute()).isCloseTo(0.05 / 0.033 * 60, within(1.0));
    // Asked again, it comes from the store.
    assertThat(sessions.summary("ann", id)).isEqualTo(summary);
    assertThat(sessions.end("ann", id)).isEqualTo(ended);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatIsOverTakesNoFrames(Databases kind) {
    FieldSessions sessions = sessions(store(kind));
    String over = sessions.start("ann", SETTINGS).id();
    String open = sessions.start("ann", SETTINGS).id();
    sessions.end("ann", over);
    CompletableFuture<Void> late = append(sessions, over, 0, 60);
    CompletableFuture<Void> good = append(sessions, open, 0, 60);
    clock.advance(Duration.ofMillis(250));
    assertThat(good).isCompleted();
    assertThatThrownBy(late::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Failure.class);
    assertThat(sessions.find("ann", over).frameCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aSessionWithoutSignsOfLifeEndsWithItsLastFrame(Databases kind) {
    FieldSessions sessions = sessions(store(kind));
    String silent = sessions.start("ann", SETTINGS).id();
    String empty = sessions.start("ann", SETTINGS).id();
    String pinged = sessions.start("ann", SETTINGS).id();
    clock.advance(Duration.ofSeconds(10));
    append(sessions, silent, 0, 60);
    for (int minute = 0; minute < 4; minute++) {
      clock.advance(Duration.ofMinutes(1));
      sessions.keepAlive(pinged);
    }
    FieldSession ended = sessions.find("ann", silent);
    assertThat(ended.ending()).contains(Ending.ABANDONED);
    assertThat(ended.endedAt()).contains(START.plusSeconds(10));
    assertThat(ended.duration()).isEqualTo(Duration.ofSeconds(10));
    assertThat(sessions.find("ann", empty).endedAt()).contains(START);
    assertThat(sessions.find("ann", pinged).endedAt()).isEmpty();
    assertThat(sessions.summary("ann", silent).frameCount()).isEqualTo(1);
  }

  @Test
  void onSqliteWhatItsServerLeftOpenEndsAtTheNextStart() {
    StoreLocation place = Databases.SQLITE.fresh(folder);
    String id;
    try (Store store = Store.open(place)) {
      FieldSessions sessions = new FieldSessions(store, clock, ids, clock.executor());
      id = sessions.start("ann", SETTINGS).id();
      clock.advance(Duration.ofSeconds(3));
      append(sessions, id, 0, 60);
      sessions.close();
    }
    clock.advance(Duration.ofSeconds(5));
    FieldSession after = sessions(closing(Store.open(place))).find("ann", id);
    assertThat(after.ending()).contains(Ending.ABANDONED);
    assertThat(after.endedAt()).contains(START.plusSeconds(3));
    assertThat(after.frameCount()).isEqualTo(1);
  }

  @Test
  void onPostgresqlAnotherServerEndsThemOnceTheyAreSilent() {
    StoreLocation place = Databases.POSTGRESQL.fresh(folder);
    FieldSessions here =
        new FieldSessions(closing(Store.open(place)), clock, ids, clock.executor());
    String id = here.start("ann", SETTINGS).id();
    here.close();
    FieldSessions there = sessions(closing(Store.open(place)));
    assertThat(there.find("ann", id).endedAt()).isEmpty();
    clock.advance(Duration.ofMinutes(4));
    assertThat(there.find("ann", id).ending()).contains(Ending.ABANDONED);
  }

  @ParameterizedTest
  @EnumSource
  void aVanishedConnectionEndsItsSessionAtTheLastFrame(Databases kind) {
    FieldSessions sessions = sessions(store(kind));
    String id = sessions.start("ann", SETTINGS).id();
    append(sessions, id, 0, 60);
    clock.advance(Duration.ofSeconds(30));
    FieldSession gone = sessions.abandon("ann", id);
    assertThat(gone.ending()).contains(Ending.ABANDONED);
    assertThat(gone.endedAt()).contains(START);
  }

  @ParameterizedTest
  @EnumSource
  void whatBelongsToSomebodyElseDoesNotExist(Databases kind) {
    FieldSessions sessions = sessions(store(kind));
    String id = sessions.start("ann", SETTINGS).id();
    assertFails(Reason.NOT_FOUND, "session", () -> sessions.find("bob", id));
    assertFails(Reason.NOT_FOUND, "session", () -> sessions.end("bob", id));
    assertFails(Reason.NOT_FOUND, "session", () -> sessions.abandon("bob", id));
    assertFails(Reason.NOT_FOUND, "session", () -> sessions.summary("bob", id));
    assertFails(Reason.NOT_FOUND, "session", () -> sessions.source("bob", id));
    assertFails(Reason.NOT_FOUND, "session", () -> sessions.frames("bob", id, moment -> {}));
    assertThat(sessions.list("bob", 10, 0).total()).isZero();
    assertThat(sessions.list("ann", 10, 0).items()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aBaselineIsMadeOfTheFramesOfASession(Databases kind) {
    Store store = store(kind);
    FieldSessions sessions = sessions(store);
    String id = sessions.start("ann", SETTINGS).id();
    for (int i = 0; i < 120; i++) {
      append(sessions, id, i, 60 + i % 5);
      clock.advance(Duration.ofSeconds(5));
      sessions.keepAlive(id);
    }
    sessions.end("ann", id);
    Baseline baseline =
        new Baselines(store, clock, ids)
            .create("ann", sessions.source("ann", id), Optional.empty(), Optional.empty());
    assertThat(baseline.samples()).isEqualTo(120);
    assertThat(baseline.duration()).isEqualTo(Duration.ofSeconds(600));
    assertThat(baseline.scores().get("energy").mean()).isCloseTo(62, within(1e-12));
    assertThat(baseline.scores()).doesNotContainKey("complexity");
    assertThat(baseline.metrics()).doesNotContainKey("lyapunovExponent").hasSize(33);
    assertThat(baseline.sourceId()).isEqualTo(id);
  }

  @ParameterizedTest
  @EnumSource
  void frameByFrameAndInsideATransactionDoNotMix(Databases kind) {
    Store store = store(kind);
    FieldSessions sessions = sessions(store);
    String id = sessions.start("ann", SETTINGS).id();
    assertThatThrownBy(() -> store.change(handle -> append(sessions, id, 0, 60)))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void forgettingTakesTheFramesAlong(Databases kind) {
    Store store = store(kind);
    FieldSessions sessions = sessions(store);
    String id = sessions.start("ann", SETTINGS).id();
    append(sessions, id, 0, 60);
    String open = sessions.start("ann", SETTINGS).id();
    sessions.end("ann", id);
    assertThat(sessions.forget(START.plusMillis(1))).isEqualTo(1);
    assertThat(rows(store)).isZero();
    assertFails(Reason.NOT_FOUND, "session", () -> sessions.find("ann", id));
    assertThat(sessions.find("ann", open).id()).isEqualTo(open);
  }
}

package dev.spanda.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.session.Session.Status;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionsTest {

  private static final Instant START = Instant.parse("2024-01-15T10:30:00Z");
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final SessionPlan MORNING =
      new SessionPlan(
          "Morning Meditation",
          HALF_HOUR,
          "Peace and healing for all beings",
          OptionalDouble.of(136.1),
          List.of("scalar_waves", "radionics", "blessing"));

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final Ids ids = new Ids(new Random(11));
  private final List<SessionEvent> events = new ArrayList<>();
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

  private Sessions sessions(StoreKind kind) {
    bus.subscribe(SessionEvent.class, events::add);
    return sessions(closing(Store.open(closing(kind.fresh()).location())));
  }

  private Sessions sessions(Store store) {
    return closing(new Sessions(store, clock, bus, ids, clock.executor()));
  }

  private static void assertAddsUp(Session session) {
    assertThat(session.elapsed().plus(session.remaining())).isEqualTo(session.plan().duration());
    assertThat(session.elapsed().isNegative()).isFalse();
    assertThat(session.remaining().isNegative()).isFalse();
  }

  private static void assertFailure(ThrowingCallable call, Failure.Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo("session");
            });
  }

  @ParameterizedTest
  @EnumSource
  void aSessionPassesThroughItsStates(StoreKind kind) {
    Sessions sessions = sessions(kind);
    Session created = sessions.create(MORNING);
    assertThat(created.id()).startsWith("sess_");
    assertThat(created.status()).isEqualTo(Status.CREATED);
    assertThat(created.plan()).isEqualTo(MORNING);
    assertThat(created.createdAt()).isEqualTo(START);
    assertThat(created.remaining()).isEqualTo(HALF_HOUR);
    assertThat(sessions.running()).isEmpty();

    clock.advance(Duration.ofMinutes(1));
    Session started = sessions.start(created.id());
    assertThat(started.status()).isEqualTo(Status.RUNNING);
    assertThat(started.startedAt()).contains(START.plusSeconds(60));

    clock.advance(Duration.ofMinutes(10));
    Session running = sessions.find(created.id());
    assertThat(running.elapsed()).isEqualTo(Duration.ofMinutes(10));
    assertThat(running.remaining()).isEqualTo(Duration.ofMinutes(20));
    assertThat(sessions.running()).containsExactly(running);

    Session stopped = sessions.stop(created.id());
    assertThat(stopped.status()).isEqualTo(Status.STOPPED);
    assertThat(stopped.endedAt()).contains(START.plusSeconds(660));
    clock.advance(Duration.ofDays(1));
    Session later = sessions.find(created.id());
    assertThat(later.elapsed()).isEqualTo(Duration.ofMinutes(10));
    assertThat(sessions.running()).isEmpty();
    List.of(created, started, running, stopped, later).forEach(SessionsTest::assertAddsUp);
    assertThat(events)
        .containsExactly(
            new SessionEvent.Created(created),
            new SessionEvent.Started(started),
            new SessionEvent.Stopped(stopped));
  }

  @ParameterizedTest
  @EnumSource
  void aSessionCompletesByItselfAtItsDuration(StoreKind kind) {
    Sessions sessions = sessions(kind);
    String id = sessions.start(sessions.create(MORNING).id()).id();
    events.clear();
    clock.advance(HALF_HOUR.minusMillis(1));
    assertThat(sessions.find(id).status()).isEqualTo(Status.RUNNING);
    assertThat(events).isEmpty();
    clock.advance(Duration.ofMillis(1));
    Session completed = sessions.find(id);
    assertThat(completed.status()).isEqualTo(Status.COMPLETED);
    assertThat(completed.endedAt()).contains(START.plus(HALF_HOUR));
    assertThat(completed.elapsed()).isEqualTo(HALF_HOUR);
    assertAddsUp(completed);
    assertThat(sessions.running()).isEmpty();
    assertThat(events).containsExactly(new SessionEvent.Completed(completed));
  }

  @ParameterizedTest
  @EnumSource
  void severalSessionsEndEachAtItsTime(StoreKind kind) {
    Sessions sessions = sessions(kind);
    for (int minutes : new int[] {3, 1, 2}) {
      SessionPlan plan = SessionPlan.of("m" + minutes, Duration.ofMinutes(minutes), "");
      assertThat(sessions.start(sessions.create(plan).id()).status()).isEqualTo(Status.RUNNING);
    }
    events.clear();
    for (int i = 2; i >= 0; i--) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(sessions.running()).hasSize(i);
    }
    assertThat(events.stream().map(event -> event.session().plan().name()))
        .containsExactly("m1", "m2", "m3");
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aRunningSessionSurvivesARestart(StoreKind kind) {
    StoreKind.Place place = closing(kind.fresh());
    String id;
    try (Store store = Store.open(place.location())) {
      Sessions before = new Sessions(store, clock, bus, ids, clock.executor());
      id = before.start(before.create(MORNING).id()).id();
      before.close();
    }
    clock.advance(Duration.ofMinutes(10));
    bus.subscribe(SessionEvent.class, events::add);
    Sessions after = sessions(closing(Store.open(place.location())));
    assertThat(after.running()).hasSize(1);
    assertThat(after.find(id).elapsed()).isEqualTo(Duration.ofMinutes(10));
    clock.advance(Duration.ofMinutes(20));
    assertThat(events).containsExactly(new SessionEvent.Completed(after.find(id)));
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aSessionWhoseEndPassedMeanwhileIsCompletedAtItsPlannedEnd(StoreKind kind) {
    StoreKind.Place place = closing(kind.fresh());
    String id;
    try (Store store = Store.open(place.location())) {
      Sessions before = new Sessions(store, clock, bus, ids, clock.executor());
      id = before.start(before.create(MORNING).id()).id();
      before.close();
    }
    clock.advance(Duration.ofHours(5));
    bus.subscribe(SessionEvent.class, events::add);
    Sessions after = sessions(closing(Store.open(place.location())));
    Session completed = after.find(id);
    assertThat(completed.status()).isEqualTo(Status.COMPLETED);
    assertThat(completed.endedAt()).contains(START.plus(HALF_HOUR));
    assertThat(after.running()).isEmpty();
    assertThat(events).containsExactly(new SessionEvent.Completed(completed));
  }

  @ParameterizedTest
  @EnumSource
  void transitionsThatTheStateForbidsAreConflicts(StoreKind kind) {
    Sessions sessions = sessions(kind);
    String id = sessions.create(MORNING).id();
    assertFailure(() -> sessions.stop(id), Failure.Reason.CONFLICT);
    assertThat(sessions.start(id).status()).isEqualTo(Status.RUNNING);
    assertFailure(() -> sessions.start(id), Failure.Reason.CONFLICT);
    assertThat(sessions.stop(id).status()).isEqualTo(Status.STOPPED);
    assertFailure(() -> sessions.stop(id), Failure.Reason.CONFLICT);
    assertFailure(() -> sessions.start(id), Failure.Reason.CONFLICT);
    String other = sessions.start(sessions.create(MORNING).id()).id();
    clock.advance(HALF_HOUR);
    assertFailure(() -> sessions.stop(other), Failure.Reason.CONFLICT);
    for (String unknown : List.of("sess_none", "", "' OR 1=1 --")) {
      assertFailure(() -> sessions.find(unknown), Failure.Reason.NOT_FOUND);
      assertFailure(() -> sessions.start(unknown), Failure.Reason.NOT_FOUND);
      assertFailure(() -> sessions.stop(unknown), Failure.Reason.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theListIsPagedAndFilteredByStatus(StoreKind kind) {
    Sessions sessions = sessions(kind);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(sessions.create(SessionPlan.of("s" + i, Duration.ofMinutes(1 + i), "")).id());
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(sessions.start(made.get(1)).status()).isEqualTo(Status.RUNNING);
    assertThat(sessions.start(made.get(2)).status()).isEqualTo(Status.RUNNING);
    assertThat(sessions.start(made.get(3)).status()).isEqualTo(Status.RUNNING);
    assertThat(sessions.stop(made.get(3)).status()).isEqualTo(Status.STOPPED);
    clock.advance(Duration.ofMinutes(2));
    Page<Session> page = sessions.list(2, 1);
    assertThat(page.total()).isEqualTo(5);
    assertThat(page.hasMore()).isTrue();
    assertThat(page.items()).extracting(Session::id).containsExactly(made.get(3), made.get(2));
    assertThat(sessions.list(Set.of(Status.CREATED), 100, 0).items())
        .extracting(Session::id)
        .containsExactly(made.get(4), made.get(0));
    assertThat(sessions.list(Set.of(Status.RUNNING), 100, 0).items())
        .extracting(Session::id)
        .containsExactly(made.get(2));
    assertThat(sessions.list(Set.of(Status.COMPLETED), 100, 0).items())
        .extracting(Session::id)
        .containsExactly(made.get(1));
    assertThat(sessions.list(Set.of(Status.STOPPED), 100, 0).items())
        .extracting(Session::id)
        .containsExactly(made.get(3));
    assertThat(sessions.list(Set.of(Status.COMPLETED, Status.STOPPED), 100, 0).items())
        .extracting(Session::id)
        .containsExactly(made.get(3), made.get(1));
    assertThatThrownBy(() -> sessions.list(Set.of(), 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sessions.list(101, 0)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> sessions.list(0, 0)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> sessions.list(1, -1)).isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @EnumSource
  void aRolledBackStartNeitherShowsNorTells(StoreKind kind) {
    bus.subscribe(SessionEvent.class, events::add);
    Store store = closing(Store.open(closing(kind.fresh()).location()));
    Sessions sessions = sessions(store);
    String id = sessions.create(MORNING).id();
    events.clear();
    assertThatThrownBy(
            () ->
                store.change(
                    handle -> {
                      assertThat(sessions.start(id).status()).isEqualTo(Status.RUNNING);
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(sessions.running()).isEmpty();
    assertThat(events).isEmpty();
    assertThat(sessions.find(id).status()).isEqualTo(Status.CREATED);
  }

  @Test
  void anotherProcessSeesARunningSessionWithinASecond() {
    StoreKind.Place place = closing(StoreKind.POSTGRESQL.fresh());
    Sessions here = sessions(closing(Store.open(place.location())));
    Sessions there = sessions(closing(Store.open(place.location())));
    String id = here.start(here.create(MORNING).id()).id();
    clock.advance(Duration.ofMillis(1001));
    assertThat(there.running()).extracting(Session::id).containsExactly(id);
    assertThat(there.stop(id).status()).isEqualTo(Status.STOPPED);
    clock.advance(Duration.ofMillis(1001));
    assertThat(here.running()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackShowsNoNegativeTime() {
    Sessions sessions = sessions(StoreKind.MEMORY);
    String id = sessions.start(sessions.create(MORNING).id()).id();
    clock.set(START.minusSeconds(100));
    assertAddsUp(sessions.find(id));
    assertThat(sessions.find(id).elapsed()).isZero();
    Session stopped = sessions.stop(id);
    assertAddsUp(stopped);
    assertThat(stopped.elapsed()).isZero();
  }

  @Test
  void plansOutsideTheirRangesAreRefusedWithTheirSubject() {
    assertRefused("name", () -> SessionPlan.of("", HALF_HOUR, ""));
    assertRefused("name", () -> SessionPlan.of("  ", HALF_HOUR, ""));
    assertRefused("name", () -> SessionPlan.of("x".repeat(201), HALF_HOUR, ""));
    assertRefused("duration", () -> SessionPlan.of("x", Duration.ofMillis(999), ""));
    assertRefused("duration", () -> SessionPlan.of("x", Duration.ofHours(24).plusMillis(1), ""));
    assertRefused("duration", () -> SessionPlan.of("x", Duration.ofSeconds(-5), ""));
    assertRefused("intention", () -> SessionPlan.of("x", HALF_HOUR, "x".repeat(2001)));
    assertRefused("frequency", () -> plan(0.05, List.of()));
    assertRefused("frequency", () -> plan(20_001, List.of()));
    assertRefused("frequency", () -> plan(Double.NaN, List.of()));
    assertRefused("modalities", () -> plan(432, java.util.Collections.nCopies(17, "audio")));
    assertRefused("modalities", () -> plan(432, List.of("")));
    assertRefused("modalities", () -> plan(432, List.of("x".repeat(65))));
    assertThat(SessionPlan.of("\uD83D\uDD49".repeat(200), Duration.ofHours(24), "").name())
        .hasSize(400);
  }

  private static SessionPlan plan(double frequencyHz, List<String> modalities) {
    return new SessionPlan("x", HALF_HOUR, "", OptionalDouble.of(frequencyHz), modalities);
  }

  private static void assertRefused(String subject, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }
}

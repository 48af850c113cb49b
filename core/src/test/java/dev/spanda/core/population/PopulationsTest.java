package dev.spanda.core.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.population.Populations.Work;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.session.SessionPlan;
import dev.spanda.core.session.Sessions;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PopulationsTest {

  private static final Instant START = Instant.parse("2024-01-15T10:30:00Z");
  private static final PopulationPlan HUMANITY =
      new PopulationPlan(
          "Global Humanity",
          "All humans on Earth",
          8_000_000_000L,
          List.of("human", "global"),
          "Peace and prosperity for all");

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final Ids ids = new Ids(new Random(3));
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Populations.Change> seen = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private Store store(StoreKind kind) {
    StoreKind.Place place = kind.fresh();
    open.add(place);
    Store store = Store.open(place.location());
    open.add(store);
    return store;
  }

  private Populations populations(Store store) {
    bus.subscribe(Populations.Event.class, event -> seen.add(event.change()));
    return new Populations(store, clock, bus, ids);
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
  void keepsChangesAndForgetsAPopulation(StoreKind kind) {
    Populations populations = populations(store(kind));
    Population created = populations.create(HUMANITY);
    assertThat(created.id()).startsWith("pop_");
    assertThat(created.createdAt()).isEqualTo(START);
    assertThat(populations.find(created.id())).isEqualTo(created);
    clock.advance(Duration.ofMinutes(1));
    Population updated =
        populations.update(
            created.id(),
            plan ->
                new PopulationPlan(
                    "GLOBAL humanity", plan.description(), 9, List.of("people"), ""));
    assertThat(updated.plan().sizeEstimate()).isEqualTo(9);
    assertThat(updated.createdAt()).isEqualTo(START);
    assertThat(updated.updatedAt()).isEqualTo(START.plusSeconds(60));
    assertThat(populations.list(Optional.of("human"), 10, 0).items()).isEmpty();
    assertThat(populations.list(Optional.of("People"), 10, 0).items()).containsExactly(updated);
    assertThat(populations.delete(created.id())).isEqualTo(updated);
    assertRefused(Failure.Reason.NOT_FOUND, "population", () -> populations.find(created.id()));
    assertRefused(Failure.Reason.NOT_FOUND, "population", () -> populations.delete(created.id()));
    assertThat(populations.list(Optional.of("people"), 10, 0).total()).isZero();
    assertThat(seen)
        .containsExactly(
            Populations.Change.CREATED, Populations.Change.UPDATED, Populations.Change.DELETED);
  }

  @ParameterizedTest
  @EnumSource
  void aNameBelongsToOnePopulationInAnyCase(StoreKind kind) {
    Populations populations = populations(store(kind));
    populations.create(HUMANITY);
    String other = populations.create(PopulationPlan.of("Straße")).id();
    assertRefused(
        Failure.Reason.CONFLICT,
        "name",
        () -> populations.create(PopulationPlan.of(" global HUMANITY ")));
    assertRefused(
        Failure.Reason.CONFLICT, "name", () -> populations.create(PopulationPlan.of("STRASSE")));
    assertRefused(
        Failure.Reason.CONFLICT,
        "name",
        () -> populations.update(other, plan -> PopulationPlan.of("global humanity")));
    assertThat(populations.find(other).plan().name()).isEqualTo("Straße");
  }

  @ParameterizedTest
  @EnumSource
  void listsByNameInPages(StoreKind kind) {
    Populations populations = populations(store(kind));
    for (String name : List.of("delta", "Alpha", "charlie", "Bravo", "echo")) {
      populations.create(
          new PopulationPlan(name, "", 0, name.length() == 5 ? List.of("five") : List.of(), ""));
    }
    Page<Population> page = populations.list(Optional.empty(), 2, 1);
    assertThat(page.items()).extracting(p -> p.plan().name()).containsExactly("Bravo", "charlie");
    assertThat(page.total()).isEqualTo(5);
    Page<Population> five = populations.list(Optional.of("FIVE"), 100, 0);
    assertThat(five.items())
        .extracting(p -> p.plan().name())
        .containsExactly("Alpha", "Bravo", "delta");
    assertThat(five.total()).isEqualTo(3);
    assertThat(populations.list(Optional.empty(), 1, 99).items()).isEmpty();
    assertRefused(Failure.Reason.INVALID, "limit", () -> populations.list(Optional.empty(), 0, 0));
    assertRefused(
        Failure.Reason.INVALID, "limit", () -> populations.list(Optional.empty(), 101, 0));
    assertRefused(
        Failure.Reason.INVALID, "offset", () -> populations.list(Optional.empty(), 1, -1));
  }

  @ParameterizedTest
  @EnumSource
  void importsAllOrNone(StoreKind kind) {
    Populations populations = populations(store(kind));
    List<PopulationPlan> many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new PopulationPlan("Group " + i, "", i, List.of("a", "b"), ""))
            .toList();
    List<PopulationPlan> twice = new ArrayList<>(many.subList(0, 10));
    twice.add(PopulationPlan.of("group 3"));
    assertThatThrownBy(() -> populations.importAll(twice))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.details()).containsEntry("index", 10));
    assertThat(populations.all()).isEmpty();
    assertThat(seen).isEmpty();
    assertThat(populations.importAll(many)).hasSize(1_000);
    assertThat(populations.all()).hasSize(1_000);
    List<PopulationPlan> tooMany = new ArrayList<>(many);
    tooMany.add(HUMANITY);
    assertRefused(Failure.Reason.TOO_LARGE, "populations", () -> populations.importAll(tooMany));
  }

  @ParameterizedTest
  @EnumSource
  void theStarterSetGoesIntoAnEmptyStoreOnly(StoreKind kind) {
    Populations populations = populations(store(kind));
    assertThat(populations.addStarterSet()).hasSize(17);
    assertThat(populations.addStarterSet()).isEmpty();
    assertThat(populations.all())
        .hasSize(17)
        .allSatisfy(population -> assertThat(population.plan().intention()).isNotEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void countsWhatRunsAndHowLongItHasRun(StoreKind kind) {
    Store store = store(kind);
    Populations populations = populations(store);
    String id = populations.create(HUMANITY).id();
    String other = populations.create(PopulationPlan.of("Other")).id();
    // This timer never wakes: what has passed its end is not recorded as completed.
    Sessions sessions = new Sessions(store, clock, bus, ids, SettableClock.at(START).executor());
    open.add(sessions);
    SessionPlan hour = SessionPlan.of("Sitting", Duration.ofHours(1), "");
    String planned = sessions.create(hour).id();
    String stopped = sessions.start(sessions.create(hour).id()).id();
    String running = sessions.start(sessions.create(hour).id()).id();
    for (String session : List.of(planned, stopped, running, running)) {
      populations.assign(id, Work.SESSION, session);
    }
    populations.assign(other, Work.SESSION, running);
    broadcast(store, "bcast_begun", id, 2 * 3_600_000L);
    broadcast(store, "bcast_assigned", null, 4 * 3_600_000L);
    populations.assign(id, Work.BROADCAST, "bcast_begun");
    populations.assign(id, Work.BROADCAST, "bcast_assigned");

    clock.advance(Duration.ofMinutes(30));
    sessions.stop(stopped);
    Population half = populations.find(id);
    assertThat(half.activeBlessings()).isEqualTo(3);
    assertThat(half.blessed()).isEqualTo(Duration.ofMinutes(120));

    clock.advance(Duration.ofHours(3));
    Population later = populations.find(id);
    // Half an hour, one hour to its planned end, two hours to its planned end, three and a half.
    assertThat(later.activeBlessings()).isEqualTo(1);
    assertThat(later.totalHours()).isEqualTo(7.0);
    assertThat(populations.find(other).totalHours()).isEqualTo(1.0);
    assertThat(populations.find(other).activeBlessings()).isZero();
    assertThat(populations.list(Optional.empty(), 10, 0).items())
        .containsExactly(later, populations.find(other));

    populations.delete(id);
    assertThat(sessions.find(stopped).elapsed()).isEqualTo(Duration.ofMinutes(30));
    long records =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT COUNT(*) FROM population_work WHERE population_id = :id")
                    .bind("id", id)
                    .mapTo(Long.class)
                    .one());
    assertThat(records).isEqualTo(5);
  }

  private void broadcast(
      Store store, String id, @org.jspecify.annotations.Nullable String population, long millis) {
    store.change(
        handle ->
            handle.execute(
                "INSERT INTO broadcast (id, rate, carrier_hz, intention, hardware_level,"
                    + " population_id, status, started_at, duration_ms)"
                    + " VALUES (?, 47.5, 136.1, '', 1, ?, 'running', ?, ?)",
                id,
                population,
                clock.millis(),
                millis));
  }

  @Test
  void workThatDoesNotExistCannotBeAssigned() {
    Populations populations = populations(store(StoreKind.MEMORY));
    String id = populations.create(HUMANITY).id();
    assertRefused(
        Failure.Reason.NOT_FOUND,
        "session",
        () -> populations.assign(id, Work.SESSION, "sess_none"));
    assertRefused(
        Failure.Reason.NOT_FOUND,
        "broadcast",
        () -> populations.assign(id, Work.BROADCAST, "bcast_none"));
    assertRefused(
        Failure.Reason.NOT_FOUND,
        "population",
        () -> populations.assign("pop_none", Work.SESSION, "sess_none"));
  }

  @Test
  void plansOutsideTheirRangesAreRefusedWithTheirSubject() {
    Failure.Reason invalid = Failure.Reason.INVALID;
    assertRefused(invalid, "name", () -> PopulationPlan.of("  "));
    assertRefused(invalid, "name", () -> PopulationPlan.of("x".repeat(201)));
    assertRefused(
        invalid, "description", () -> new PopulationPlan("x", "x".repeat(2_001), 0, List.of(), ""));
    assertRefused(invalid, "size_estimate", () -> new PopulationPlan("x", "", -1, List.of(), ""));
    assertRefused(
        invalid,
        "size_estimate",
        () -> new PopulationPlan("x", "", 1_000_000_000_000_001L, List.of(), ""));
    assertRefused(invalid, "categories", () -> new PopulationPlan("x", "", 0, List.of(" "), ""));
    assertRefused(
        invalid,
        "categories",
        () ->
            new PopulationPlan(
                "x", "", 0, IntStream.range(0, 21).mapToObj(i -> "c" + i).toList(), ""));
    assertRefused(
        invalid, "intention", () -> new PopulationPlan("x", "", 0, List.of(), "x".repeat(2_001)));
    assertThat(new PopulationPlan("\uD83D\uDD49".repeat(200), "", 0, List.of(), "").name())
        .hasSize(400);
  }
}

package dev.spanda.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.project.ProjectQuery.Order;
import dev.spanda.core.project.ProjectQuery.Sort;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectsTest {

  private static final Instant START = Instant.parse("2025-11-21T11:52:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String ANN = "user_ann";
  private static final String BOB = "user_bob";
  private static final Project.Plan LOGO =
      new Project.Plan("My New Project", "Project description", List.of("logo", "branding"));

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final List<Project.Event> events = Collections.synchronizedList(new ArrayList<>());
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

  private Projects projects(StoreKind kind, Projects.Limits limits) {
    bus.subscribe(Project.Event.class, events::add);
    return projects(closing(Store.open(closing(kind.fresh()).location())), limits);
  }

  private Projects projects(StoreKind kind) {
    return projects(kind, Projects.Limits.DEFAULT);
  }

  private Projects projects(Store store, Projects.Limits limits) {
    return new Projects(store, clock, bus, Ids.secure(), limits);
  }

  private static void assertFailure(
      ThrowingCallable call, Failure.Reason reason, String subject, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.subject()).isEqualTo(subject);
              assertThat(failure).hasMessage(message);
            });
  }

  private static void assertNoProject(ThrowingCallable call, String id) {
    assertFailure(call, Failure.Reason.NOT_FOUND, "project", "No project with id " + id);
  }

  @ParameterizedTest
  @EnumSource
  void aProjectPassesThroughItsLife(StoreKind kind) {
    Projects projects = projects(kind);
    Project made = projects.create(ANN, LOGO);
    assertThat(made.id()).startsWith("proj_");
    assertThat(made)
        .isEqualTo(
            new Project(
                made.id(),
                ANN,
                "My New Project",
                "Project description",
                List.of("logo", "branding"),
                Project.Status.ACTIVE,
                0,
                START,
                START));
    clock.advance(SECOND);
    Item item =
        projects.addItem(
            ANN,
            Optional.of(made.id()),
            Item.Plan.of(
                "logo",
                "Logo v1",
                List.of(new Item.Link("png", "file_1"), new Item.Link("svg", "file_2"))));
    Project.Content content = projects.find(ANN, made.id());
    assertThat(content.items()).containsExactly(item);
    assertThat(content.project().itemsCount()).isEqualTo(1);
    assertThat(content.project().updatedAt()).isEqualTo(START.plus(SECOND));
    assertThat(projects.findItem(ANN, item.id())).isEqualTo(item);

    clock.advance(SECOND);
    Project renamed = projects.patch(ANN, made.id(), Project.Patch.NONE.withName("Updated Name"));
    assertThat(renamed.name()).isEqualTo("Updated Name");
    assertThat(renamed.description()).isEqualTo(made.description());
    assertThat(renamed.tags()).isEqualTo(made.tags());
    assertThat(renamed.updatedAt()).isEqualTo(START.plusSeconds(2));
    assertThat(renamed.createdAt()).isEqualTo(START);

    Project deleted = projects.delete(ANN, made.id());
    assertThat(deleted).isEqualTo(renamed);
    assertNoProject(() -> projects.find(ANN, made.id()), made.id());
    assertNoProject(() -> projects.delete(ANN, made.id()), made.id());
    assertFailure(
        () -> projects.findItem(ANN, item.id()),
        Failure.Reason.NOT_FOUND,
        "item",
        "No item with id " + item.id());
    assertThat(projects.unlink("file_1")).isZero();
    assertThat(events)
        .containsExactly(
            new Project.Created(made),
            new Project.ItemAdded(content.project(), item),
            new Project.Updated(renamed),
            new Project.Deleted(deleted));
  }

  @ParameterizedTest
  @EnumSource
  void anotherOwnersProjectDoesNotExist(StoreKind kind) {
    Projects projects = projects(kind);
    String id = projects.create(ANN, LOGO).id();
    Item item = projects.addItem(ANN, Optional.of(id), Item.Plan.of("logo", "Logo v1", List.of()));
    assertNoProject(() -> projects.find(BOB, id), id);
    assertNoProject(() -> projects.require(BOB, id), id);
    assertNoProject(() -> projects.delete(BOB, id), id);
    assertNoProject(
        () -> projects.patch(BOB, id, Project.Patch.NONE.withTags(List.of("mine"))), id);
    assertNoProject(() -> projects.patch(BOB, id, Project.Patch.NONE), id);
    assertNoProject(
        () -> projects.addItem(BOB, Optional.of(id), Item.Plan.of("logo", "x", List.of())), id);
    assertFailure(
        () -> projects.removeItem(BOB, item.id()),
        Failure.Reason.NOT_FOUND,
        "item",
        "No item with id " + item.id());
    assertThat(projects.list(BOB, ProjectQuery.DEFAULT).total()).isZero();
    assertThat(projects.find(ANN, id).items()).containsExactly(item);
    assertThat(projects.find(ANN, id).project().tags()).isEqualTo(LOGO.tags());
  }

  @ParameterizedTest
  @EnumSource
  void theListIsSortedFilteredAndCounted(StoreKind kind) {
    Projects projects = projects(kind);
    List<String> made = new ArrayList<>();
    for (String name : List.of("beta", "Älpha", "Alpha", "gamma")) {
      made.add(
          projects
              .create(
                  ANN,
                  new Project.Plan(
                      name, "", name.equals("gamma") ? List.of("a") : List.of("b", "a")))
              .id());
      clock.advance(SECOND);
    }
    projects.addItem(ANN, Optional.of(made.get(0)), Item.Plan.of("logo", "x", List.of()));
    String other = projects.create(BOB, LOGO).id();
    assertThat(names(projects, ProjectQuery.DEFAULT))
        .containsExactly("gamma", "Alpha", "Älpha", "beta");
    assertThat(names(projects, ProjectQuery.DEFAULT.withSort(Sort.NAME, Order.ASC)))
        .containsExactly("Alpha", "beta", "gamma", "Älpha");
    assertThat(names(projects, ProjectQuery.DEFAULT.withSort(Sort.NAME, Order.DESC)))
        .containsExactly("Älpha", "gamma", "beta", "Alpha");
    assertThat(names(projects, ProjectQuery.DEFAULT.withSort(Sort.UPDATED_AT, Order.DESC)))
        .startsWith("beta", "gamma");
    assertThat(names(projects, ProjectQuery.DEFAULT.withSort(Sort.ITEMS_COUNT, Order.DESC)))
        .startsWith("beta")
        .hasSize(4);
    Page<Project> tagged =
        projects.list(ANN, ProjectQuery.DEFAULT.withTags(List.of("a", "b")).withPage(2, 1));
    assertThat(tagged.total()).isEqualTo(3);
    assertThat(tagged.items()).extracting(Project::name).containsExactly("Älpha", "beta");
    assertThat(tagged.hasMore()).isFalse();
    assertThat(projects.list(ANN, ProjectQuery.DEFAULT.withTags(List.of("none"))).total()).isZero();
    assertThat(projects.list(ANN, ProjectQuery.DEFAULT.withPage(1, 0)).hasMore()).isTrue();
    assertThat(made).doesNotContain(other);
  }

  private static List<String> names(Projects projects, ProjectQuery query) {
    return projects.list(ANN, query).items().stream().map(Project::name).toList();
  }

  @ParameterizedTest
  @EnumSource
  void newTagsReplaceTheOldOnesEverywhere(StoreKind kind) {
    Projects projects = projects(kind);
    String id = projects.create(ANN, LOGO).id();
    Project patched =
        projects.patch(
            ANN, id, Project.Patch.NONE.withTags(List.of("logo", "2025", "logo", "Logo")));
    assertThat(patched.tags()).containsExactly("logo", "2025", "Logo");
    assertThat(projects.list(ANN, ProjectQuery.DEFAULT.withTags(List.of("branding"))).items())
        .isEmpty();
    assertThat(projects.list(ANN, ProjectQuery.DEFAULT.withTags(List.of("2025", "logo"))).items())
        .containsExactly(patched);
    assertThat(projects.patch(ANN, id, Project.Patch.NONE.withTags(List.of())).tags()).isEmpty();
  }

  @Test
  void theLimitsOfTextsAreToldExactly() {
    assertThat(new Project.Plan("n".repeat(200), "d".repeat(5000), many(50)).tags()).hasSize(50);
    assertInvalid(
        () -> Project.Plan.of(""), "name", "Name must have between 1 and 200 characters; had 0");
    assertInvalid(
        () -> Project.Plan.of("n".repeat(201)),
        "name",
        "Name must have between 1 and 200 characters; had 201");
    assertInvalid(() -> Project.Plan.of(" \t "), "name", "Name must not be blank");
    assertInvalid(() -> Project.Plan.of("a\nb"), "name", "Name must not hold control characters");
    assertInvalid(
        () -> new Project.Plan("n", "d".repeat(5001), List.of()),
        "description",
        "Description must have between 0 and 5000 characters; had 5001");
    assertInvalid(
        () -> new Project.Plan("n", "d\0", List.of()),
        "description",
        "Description must not hold NUL characters or broken surrogates");
    assertInvalid(
        () -> new Project.Plan("n", "\uD83D", List.of()),
        "description",
        "Description must not hold NUL characters or broken surrogates");
    assertInvalid(
        () -> new Project.Plan("n", "", many(51)),
        "tags",
        "Number of tags must be between 0 and 50");
    assertInvalid(
        () -> Project.Patch.NONE.withTags(List.of("t".repeat(51))),
        "tags",
        "Tag must have between 1 and 50 characters; had 51");
    assertInvalid(
        () -> ProjectQuery.DEFAULT.withPage(101, 0), "limit", "Limit must be between 1 and 100");
    assertInvalid(
        () -> ProjectQuery.DEFAULT.withPage(0, 0), "limit", "Limit must be between 1 and 100");
    assertInvalid(() -> ProjectQuery.DEFAULT.withPage(1, -1), "offset", "Offset must be 0 or more");
    assertInvalid(
        () -> Sort.parse("owner"),
        "sort",
        "sort must be one of created_at, updated_at, name, items_count; was owner");
    assertInvalid(() -> Order.parse("ASC"), "order", "order must be one of asc, desc; was ASC");
    assertThat(Sort.parse("items_count")).isEqualTo(Sort.ITEMS_COUNT);
    assertThat(Order.parse("desc")).isEqualTo(Order.DESC);
  }

  private static void assertInvalid(ThrowingCallable call, String subject, String message) {
    assertFailure(call, Failure.Reason.INVALID, subject, message);
  }

  private static List<String> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> "tag" + i).toList();
  }

  @ParameterizedTest
  @EnumSource
  void anOwnerAndAProjectHoldOnlySoMuch(StoreKind kind) {
    Projects projects = projects(kind, new Projects.Limits(2, 1));
    Project.Plan plan = Project.Plan.of("p");
    String first = projects.create(ANN, plan).id();
    projects.create(ANN, plan);
    assertFailure(
        () -> projects.create(ANN, plan),
        Failure.Reason.CONFLICT,
        "project",
        "An owner may have at most 2 projects");
    assertThat(projects.create(BOB, plan).owner()).isEqualTo(BOB);
    Item.Plan thing = Item.Plan.of("logo", "x", List.of());
    Item item = projects.addItem(ANN, Optional.of(first), thing);
    assertFailure(
        () -> projects.addItem(ANN, Optional.of(first), thing),
        Failure.Reason.CONFLICT,
        "project",
        "A project may have at most 1 items");
    assertThat(projects.find(ANN, first).project().itemsCount()).isEqualTo(1);
    assertThat(projects.removeItem(ANN, item.id())).isEqualTo(item);
    assertThat(projects.addItem(ANN, Optional.of(first), thing).id()).isNotEqualTo(item.id());
    projects.delete(ANN, first);
    assertThat(projects.create(ANN, plan).name()).isEqualTo("p");
  }

  @ParameterizedTest
  @EnumSource
  void theSameItemIsAddedOnce(StoreKind kind) {
    Projects projects = projects(kind);
    String project = projects.create(ANN, LOGO).id();
    Item.Plan plan =
        Item.Plan.of("logo", "x", List.of(new Item.Link("png", "file_1"))).withId("item_job1");
    Item first = projects.addItem(ANN, Optional.of(project), plan);
    assertThat(first.id()).isEqualTo("item_job1");
    assertThat(projects.addItem(ANN, Optional.of(project), plan)).isEqualTo(first);
    assertThat(projects.find(ANN, project).items()).hasSize(1);
    assertThat(projects.find(ANN, project).project().itemsCount()).isEqualTo(1);
    assertFailure(
        () -> projects.addItem(BOB, Optional.empty(), plan),
        Failure.Reason.CONFLICT,
        "item",
        "The item's id is used by another item");
    Item loose = projects.addItem(ANN, Optional.empty(), plan.withId("item_job2"));
    assertThat(projects.findItem(ANN, loose.id()).projectId()).isEmpty();
    assertThat(projects.unlink("file_1")).isEqualTo(2);
    assertThat(projects.findItem(ANN, "item_job1").links()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void whatWasMadeIsThereAfterARestart(StoreKind kind) {
    StoreKind.Place place = closing(kind.fresh());
    Project.Content before;
    try (Store store = Store.open(place.location())) {
      Projects projects = projects(store, Projects.Limits.DEFAULT);
      String id = projects.create(ANN, LOGO).id();
      projects.addItem(
          ANN, Optional.of(id), Item.Plan.of("logo", "x", List.of(new Item.Link("png", "file_1"))));
      before = projects.find(ANN, id);
    }
    Projects after = projects(closing(Store.open(place.location())), Projects.Limits.DEFAULT);
    assertThat(after.find(ANN, before.project().id())).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void aDeletionAndAPatchAtOnceLeaveNothingHalf(StoreKind kind) throws Exception {
    Projects projects = projects(kind);
    for (int round = 0; round < 20; round++) {
      String id = projects.create(ANN, LOGO).id();
      List<String> outcomes =
          race(
              () -> projects.delete(ANN, id),
              () -> projects.patch(ANN, id, Project.Patch.NONE.withTags(List.of("late"))),
              () -> projects.addItem(ANN, Optional.of(id), Item.Plan.of("logo", "x", List.of())),
              () -> projects.delete(ANN, id));
      assertThat(outcomes).allMatch(o -> o.equals("done") || o.equals("NOT_FOUND project"));
      assertThat(List.of(outcomes.get(0), outcomes.get(3)))
          .containsExactlyInAnyOrder("done", "NOT_FOUND project");
      assertNoProject(() -> projects.find(ANN, id), id);
      assertThat(projects.list(ANN, ProjectQuery.DEFAULT.withTags(List.of("late"))).total())
          .isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void changesOfDifferentPartsAtOnceBothHold(StoreKind kind) throws Exception {
    Projects projects = projects(kind, new Projects.Limits(3, 100));
    String id = projects.create(ANN, LOGO).id();
    for (int round = 0; round < 10; round++) {
      String word = "r" + round;
      assertThat(
              race(
                  () -> projects.patch(ANN, id, Project.Patch.NONE.withName(word)),
                  () -> projects.patch(ANN, id, Project.Patch.NONE.withDescription(word)),
                  () -> projects.patch(ANN, id, Project.Patch.NONE.withTags(List.of(word))),
                  () ->
                      projects.addItem(
                          ANN, Optional.of(id), Item.Plan.of("logo", word, List.of()))))
          .containsOnly("done");
      Project project = projects.find(ANN, id).project();
      assertThat(List.of(project.name(), project.description(), project.tags().get(0)))
          .containsOnly(word);
      assertThat(project.itemsCount()).isEqualTo(round + 1);
    }
    assertThat(
            race(
                () -> projects.create(ANN, LOGO),
                () -> projects.create(ANN, LOGO),
                () -> projects.create(ANN, LOGO),
                () -> projects.create(ANN, LOGO)))
        .containsExactlyInAnyOrder("done", "done", "CONFLICT project", "CONFLICT project");
    assertThat(projects.list(ANN, ProjectQuery.DEFAULT).total()).isEqualTo(3);
  }

  private static List<String> race(Runnable... actions) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(actions.length);
    CountDownLatch ready = new CountDownLatch(actions.length);
    try {
      List<Future<String>> futures = new ArrayList<>();
      for (Runnable action : actions) {
        futures.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  try {
                    action.run();
                    return "done";
                  } catch (Failure e) {
                    return e.reason() + " " + e.subject();
                  }
                }));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> future : futures) {
        outcomes.add(future.get(60, TimeUnit.SECONDS));
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatIsRolledBackTellsNobody(StoreKind kind) {
    Store store = closing(Store.open(closing(kind.fresh()).location()));
    Projects projects = projects(store, Projects.Limits.DEFAULT);
    bus.subscribe(Project.Event.class, events::add);
    assertThatThrownBy(
            () ->
                store.change(
                    handle -> {
                      projects.create(ANN, LOGO);
                      throw new IllegalStateException("later");
                    }))
        .hasMessage("later");
    assertThat(projects.list(ANN, ProjectQuery.DEFAULT).total()).isZero();
    assertThat(events).isEmpty();
  }
}

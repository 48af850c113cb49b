package dev.spanda.core.project;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Keeps projects and their items.
 *
 * <p>Every call names the owner; what belongs to another one is NOT_FOUND. Changes made inside
 * {@link Store#write} join that transaction, and {@link Project.Event}s follow its commit. Two
 * changes at once both hold where they touch different parts; where they touch the same part the
 * later one stays, whole. Thread-safe.
 */
public final class Projects {

  /**
   * How much one owner may keep.
   *
   * @param projects how many projects an owner may have, ≥ 1
   * @param items how many items a project may have, ≥ 1
   */
  public record Limits(int projects, int items) {

    /** 1000 projects an owner, 1000 items a project. */
    public static final Limits DEFAULT = new Limits(1_000, 1_000);

    /** Checks the ranges. */
    public Limits {
      if (projects < 1 || items < 1) {
        throw new IllegalArgumentException(projects + " projects, " + items + " items");
      }
    }
  }

  private final Store store;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Limits limits;

  /** The projects of a store, under {@link Limits#DEFAULT}. */
  public Projects(Store store, InstantSource clock, EventBus bus, Ids ids) {
    this(store, clock, bus, ids, Limits.DEFAULT);
  }

  /** The projects of a store. */
  public Projects(Store store, InstantSource clock, EventBus bus, Ids ids, Limits limits) {
    this.store = store;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.limits = limits;
  }

  /**
   * Makes a project.
   *
   * @throws Failure CONFLICT, subject {@code project}, when the owner has as many as are allowed
   */
  public Project create(String owner, Project.Plan plan) {
    return store.write(
        handle -> {
          store.lock("project:" + owner);
          long existing =
              handle
                  .createQuery("SELECT COUNT(*) FROM project WHERE owner = :owner")
                  .bind("owner", owner)
                  .mapTo(Long.class)
                  .one();
          if (existing >= limits.projects()) {
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "project",
                    "An owner may have at most " + limits.projects() + " projects")
                .with(Failure.MAX_VALUE, limits.projects());
          }
          String id = ids.next("proj");
          handle
              .createUpdate(
                  "INSERT INTO project (id, owner, name, sort_name, description, tags, status,"
                      + " items_count, created_at, updated_at) VALUES (:id, :owner, :name,"
                      + " :sortName, :description, :tags, 'active', 0, :now, :now)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("name", plan.name())
              .bind("sortName", plan.name().toLowerCase(Locale.ROOT))
              .bind("description", plan.description())
              .bind("tags", Json.write(plan.tags()))
              .bind("now", clock.millis())
              .execute();
          indexTags(handle, id, plan.tags());
          Project project = select(handle, owner, id);
          store.afterCommit(() -> bus.publish(new Project.Created(project)));
          return project;
        });
  }

  private static void indexTags(Handle handle, String id, List<String> tags) {
    for (String tag : tags) {
      handle
          .createUpdate("INSERT INTO project_tag (project_id, tag) VALUES (:id, :tag)")
          .bind("id", id)
          .bind("tag", tag)
          .execute();
    }
  }

  /**
   * An owner's projects.
   *
   * @return those that were asked for, and how many there are with these tags
   */
  public Page<Project> list(String owner, ProjectQuery query) {
    String where =
        " FROM project p WHERE p.owner = :owner"
            + (query.tags().isEmpty()
                ? ""
                : " AND (SELECT COUNT(*) FROM project_tag t WHERE t.project_id = p.id"
                    + " AND t.tag IN (<tags>)) = :count");
    String direction = " " + query.order().name();
    return store.read(
        handle -> {
          List<Project> projects =
              bind(
                      handle,
                      "SELECT p.*"
                          + where
                          + " ORDER BY "
                          + column(query.sort())
                          + direction
                          + ", p.id"
                          + direction
                          + " LIMIT :limit OFFSET :offset",
                      owner,
                      query.tags())
                  .bind("limit", query.limit())
                  .bind("offset", query.offset())
                  .map((rows, context) -> read(rows))
                  .list();
          long total =
              bind(handle, "SELECT COUNT(*)" + where, owner, query.tags()).mapTo(Long.class).one();
          return new Page<>(projects, total, query.limit(), query.offset());
        });
  }

  private static Query bind(Handle handle, String sql, String owner, List<String> tags) {
    Query query = handle.createQuery(sql).bind("owner", owner);
    return tags.isEmpty() ? query : query.bindList("tags", tags).bind("count", tags.size());
  }

  private String column(ProjectQuery.Sort sort) {
    return switch (sort) {
      case CREATED_AT -> "p.created_at";
      case UPDATED_AT -> "p.updated_at";
      case ITEMS_COUNT -> "p.items_count";
      // Both databases then compare the bytes of UTF-8, whatever language they are set to.
      case NAME ->
          "p.sort_name COLLATE " + (store.dialect() == Store.Dialect.SQLITE ? "BINARY" : "\"C\"");
    };
  }

  /**
   * A project with its items.
   *
   * @throws Failure NOT_FOUND, subject {@code project}
   */
  public Project.Content find(String owner, String id) {
    return store.read(
        handle -> {
          Project project = select(handle, owner, id);
          return new Project.Content(project, items(handle, "i.project_id = :id", id));
        });
  }

  /**
   * Does nothing when the owner has such a project. Inside {@link Store#write} the project then
   * stays until that transaction ends.
   *
   * @throws Failure NOT_FOUND, subject {@code project}
   */
  public void require(String owner, String id) {
    store.read(
        handle -> {
          boolean locks = store.isWriting() && store.dialect() == Store.Dialect.POSTGRESQL;
          return handle
              .createQuery(
                  "SELECT id FROM project WHERE id = :id AND owner = :owner"
                      + (locks ? " FOR KEY SHARE" : ""))
              .bind("id", id)
              .bind("owner", owner)
              .mapTo(String.class)
              .findOne()
              .orElseThrow(() -> Failure.notFound("project", id));
        });
  }

  /**
   * Changes what the patch names.
   *
   * @return the project after the change
   * @throws Failure NOT_FOUND, subject {@code project}
   */
  public Project patch(String owner, String id, Project.Patch patch) {
    if (patch.equals(Project.Patch.NONE)) {
      return store.read(handle -> select(handle, owner, id));
    }
    return store.write(
        handle -> {
          // The row first: whoever holds it may also rewrite its tags.
          int changed =
              handle
                  .createUpdate(
                      "UPDATE project SET name = COALESCE(:name, name),"
                          + " sort_name = COALESCE(:sortName, sort_name),"
                          + " description = COALESCE(:description, description),"
                          + " tags = COALESCE(:tags, tags), updated_at = :now"
                          + " WHERE id = :id AND owner = :owner")
                  .bind("name", patch.name().orElse(null))
                  .bind("sortName", patch.name().map(n -> n.toLowerCase(Locale.ROOT)).orElse(null))
                  .bind("description", patch.description().orElse(null))
                  .bind("tags", patch.tags().map(Json::write).orElse(null))
                  .bind("now", clock.millis())
                  .bind("id", id)
                  .bind("owner", owner)
                  .execute();
          if (changed == 0) {
            throw Failure.notFound("project", id);
          }
          if (patch.tags().isPresent()) {
            handle
                .createUpdate("DELETE FROM project_tag WHERE project_id = :id")
                .bind("id", id)
                .execute();
            indexTags(handle, id, patch.tags().get());
          }
          Project project = select(handle, owner, id);
          store.afterCommit(() -> bus.publish(new Project.Updated(project)));
          return project;
        });
  }

  /**
   * Removes a project with its items and their links. Its files stay: they keep their owner and
   * their room in the owner's quota, and belong to no project any more.
   *
   * @return the project as it last was
   * @throws Failure NOT_FOUND, subject {@code project}
   */
  public Project delete(String owner, String id) {
    return store.write(
        handle -> {
          Project project = locked(handle, owner, id);
          handle.createUpdate("DELETE FROM project WHERE id = :id").bind("id", id).execute();
          store.afterCommit(() -> bus.publish(new Project.Deleted(project)));
          return project;
        });
  }

  /**
   * Adds an item.
   *
   * @param projectId where; empty for an item outside of every project
   * @param plan with an id that was added before by the same owner, the same again gives that item
   *     back and changes nothing
   * @throws Failure NOT_FOUND, subject {@code project}; CONFLICT, subject {@code project}, when it
   *     has as many items as are allowed; CONFLICT, subject {@code item}, when the id belongs to
   *     another item
   */
  public Item addItem(String owner, Optional<String> projectId, Item.Plan plan) {
    return store.write(
        handle -> {
          String id = plan.id().orElseGet(() -> ids.next("item"));
          if (plan.id().isPresent()) {
            store.lock("item:" + id);
            Optional<Item> earlier = items(handle, "i.id = :id", id).stream().findFirst();
            if (earlier.isPresent()) {
              return same(earlier.get(), owner, projectId, plan);
            }
          }
          Optional<Project> project = projectId.map(place -> count(handle, owner, place, 1));
          handle
              .createUpdate(
                  "INSERT INTO project_item (id, owner, project_id, type, name, created_at)"
                      + " VALUES (:id, :owner, :project, :type, :name, :now)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("project", projectId.orElse(null))
              .bind("type", plan.type())
              .bind("name", plan.name())
              .bind("now", clock.millis())
              .execute();
          for (int i = 0; i < plan.links().size(); i++) {
            handle
                .createUpdate(
                    "INSERT INTO project_link (item_id, position, format, file_id)"
                        + " VALUES (:id, :position, :format, :file)")
                .bind("id", id)
                .bind("position", i)
                .bind("format", plan.links().get(i).format())
                .bind("file", plan.links().get(i).fileId())
                .execute();
          }
          Item item = selectItem(handle, owner, id);
          project.ifPresent(
              p -> store.afterCommit(() -> bus.publish(new Project.ItemAdded(p, item))));
          return item;
        });
  }

  private static Item same(Item earlier, String owner, Optional<String> projectId, Item.Plan plan) {
    if (!earlier.owner().equals(owner)
        || !earlier.projectId().equals(projectId)
        || !earlier.type().equals(plan.type())
        || !earlier.name().equals(plan.name())) {
      throw Failure.of(Failure.Reason.CONFLICT, "item", "The item's id is used by another item")
          .with(Failure.PROVIDED_VALUE, earlier.id());
    }
    return earlier;
  }

  /** Counts an item in or out, which also keeps the project where it is until the commit. */
  private Project count(Handle handle, String owner, String projectId, int change) {
    int changed =
        handle
            .createUpdate(
                "UPDATE project SET items_count = items_count + :change, updated_at = :now"
                    + " WHERE id = :id AND owner = :owner")
            .bind("change", change)
            .bind("now", clock.millis())
            .bind("id", projectId)
            .bind("owner", owner)
            .execute();
    if (changed == 0) {
      throw Failure.notFound("project", projectId);
    }
    Project project = select(handle, owner, projectId);
    if (change > 0 && project.itemsCount() > limits.items()) {
      throw Failure.of(
              Failure.Reason.CONFLICT,
              "project",
              "A project may have at most " + limits.items() + " items")
          .with(Failure.MAX_VALUE, limits.items());
    }
    return project;
  }

  /**
   * An item.
   *
   * @throws Failure NOT_FOUND, subject {@code item}
   */
  public Item findItem(String owner, String id) {
    return store.read(handle -> selectItem(handle, owner, id));
  }

  /**
   * Removes an item and its links; the files that it consisted of stay.
   *
   * @return the item as it last was
   * @throws Failure NOT_FOUND, subject {@code item}
   */
  public Item removeItem(String owner, String id) {
    return store.write(
        handle -> {
          Item item = selectItem(handle, owner, id);
          // The project's row before the item's, in the order in which a deletion takes them.
          Optional<Project> project =
              item.projectId()
                  .map(
                      place -> {
                        try {
                          return count(handle, owner, place, -1);
                        } catch (Failure e) {
                          throw e.reason() == Failure.Reason.NOT_FOUND
                              ? Failure.notFound("item", id)
                              : e;
                        }
                      });
          int gone =
              handle
                  .createUpdate("DELETE FROM project_item WHERE id = :id")
                  .bind("id", id)
                  .execute();
          if (gone == 0) {
            throw Failure.notFound("item", id);
          }
          project.ifPresent(
              p -> store.afterCommit(() -> bus.publish(new Project.ItemRemoved(p, item))));
          return item;
        });
  }

  /**
   * Takes a file out of every item that consists of it; the items stay.
   *
   * @return how many links there were
   */
  public int unlink(String fileId) {
    return store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM project_link WHERE file_id = :id")
                .bind("id", fileId)
                .execute());
  }

  private static Project select(Handle handle, String owner, String id) {
    return select(handle, owner, id, "");
  }

  private Project locked(Handle handle, String owner, String id) {
    return select(
        handle, owner, id, store.dialect() == Store.Dialect.POSTGRESQL ? " FOR UPDATE" : "");
  }

  private static Project select(Handle handle, String owner, String id, String suffix) {
    return handle
        .createQuery("SELECT * FROM project WHERE id = :id AND owner = :owner" + suffix)
        .bind("id", id)
        .bind("owner", owner)
        .map((rows, context) -> read(rows))
        .findOne()
        .orElseThrow(() -> Failure.notFound("project", id));
  }

  private static Item selectItem(Handle handle, String owner, String id) {
    return items(handle, "i.id = :id", id).stream()
        .filter(item -> item.owner().equals(owner))
        .findFirst()
        .orElseThrow(() -> Failure.notFound("item", id));
  }

  private static List<Item> items(Handle handle, String condition, String id) {
    Map<String, List<Item.Link>> links = new HashMap<>();
    handle
        .createQuery(
            "SELECT l.* FROM project_link l JOIN project_item i ON i.id = l.item_id WHERE "
                + condition
                + " ORDER BY l.item_id, l.position")
        .bind("id", id)
        .map(
            (rows, context) ->
                links
                    .computeIfAbsent(rows.getString("item_id"), item -> new ArrayList<>())
                    .add(new Item.Link(rows.getString("format"), rows.getString("file_id"))))
        .list();
    return handle
        .createQuery(
            "SELECT i.* FROM project_item i WHERE " + condition + " ORDER BY i.created_at, i.id")
        .bind("id", id)
        .map((rows, context) -> readItem(rows, links.get(rows.getString("id"))))
        .list();
  }

  private static Item readItem(ResultSet row, @Nullable List<Item.Link> links) throws SQLException {
    return new Item(
        row.getString("id"),
        row.getString("owner"),
        Optional.ofNullable(row.getString("project_id")),
        row.getString("type"),
        row.getString("name"),
        links == null ? List.of() : links,
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  private static Project read(ResultSet row) throws SQLException {
    return new Project(
        row.getString("id"),
        row.getString("owner"),
        row.getString("name"),
        row.getString("description"),
        Json.readList(row.getString("tags"), String.class),
        Project.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getInt("items_count"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }
}

package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Projects and what was made in them. */
@Route.Group("Projects")
public interface ProjectsApi {

  /** Makes a project. */
  @Route(value = "POST /projects", summary = "Makes a project.")
  Created create(NewProject project);

  /** Makes a project that has a name and no more. */
  default Created create(String name) {
    return create(new NewProject(name, null, null));
  }

  /**
   * The projects.
   *
   * @param limit 1 to 100; 20 when absent
   * @param offset 0 or more; 0 when absent
   * @param sort {@code created_at} (when absent), {@code updated_at} or {@code name}
   * @param order {@code asc} or {@code desc} (when absent)
   * @param tags only projects that have all of these; repeated or with commas between
   */
  @Route(value = "GET /projects", summary = "The projects, sorted and filtered.")
  Listing list(
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Long offset,
      @Param.Query("sort") @Nullable String sort,
      @Param.Query("order") @Nullable String order,
      @Param.Query("tags") @Nullable List<String> tags);

  /** The twenty newest projects. */
  default Listing list() {
    return list(null, null, null, null, null);
  }

  /** A project with its items. */
  @Route(value = "GET /projects/{project_id}", summary = "A project with its items.")
  Project get(@Param.Path("project_id") String projectId);

  /** Changes what is given and leaves the rest. */
  @Route(
      value = "PATCH /projects/{project_id}",
      summary = "Changes what is given and leaves the rest.")
  Project update(@Param.Path("project_id") String projectId, Changes changes);

  /** Deletes a project; files made in it stay. */
  @Route(value = "DELETE /projects/{project_id}", summary = "Deletes a project.")
  Deleted delete(@Param.Path("project_id") String projectId);

  /**
   * What project to make.
   *
   * @param name 1 to 200 characters
   * @param description up to 2 000 characters
   * @param tags up to 20 of 1 to 50 characters
   */
  record NewProject(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("tags") @Nullable List<String> tags) {}

  /**
   * A project that was made.
   *
   * @param status {@code active}
   */
  record Created(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("status") String status) {}

  /** A page of projects. */
  record Listing(
      @JsonProperty("projects") List<Row> projects,
      @JsonProperty("total") long total,
      @JsonProperty("has_more") boolean hasMore) {

    /** Copies the rows. */
    public Listing {
      projects = List.copyOf(projects);
    }
  }

  /**
   * A project in a list.
   *
   * @param tags beyond the document
   */
  record Row(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("items_count") long itemsCount,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("tags") @Nullable List<String> tags) {}

  /** A project with its items, oldest first. */
  record Project(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("items") List<Item> items,
      @JsonProperty("tags") List<String> tags,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("updated_at") Instant updatedAt,
      @JsonProperty("status") @Nullable String status) {

    /** Copies the rows. */
    public Project {
      items = List.copyOf(items);
      tags = List.copyOf(tags);
    }
  }

  /**
   * What was made in a project.
   *
   * @param type such as {@code logo}
   * @param url opens it for a while, without a key; fetch the project again for a fresh one; absent
   *     when its files were deleted
   */
  record Item(
      @JsonProperty("id") String id,
      @JsonProperty("type") String type,
      @JsonProperty("name") String name,
      @JsonProperty("url") @Nullable String url) {}

  /** What to change; null leaves a thing as it is. */
  record Changes(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("tags") @Nullable List<String> tags) {}

  /** A project that is gone. */
  record Deleted(@JsonProperty("deleted") boolean deleted, @JsonProperty("id") String id) {}
}

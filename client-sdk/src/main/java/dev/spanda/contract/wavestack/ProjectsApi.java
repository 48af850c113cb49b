package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Projects, which queue items belong to. The document shows no answers: a list has the form of the
 * queue's, a project the fields of its request.
 */
@Route.Group("Projects")
public interface ProjectsApi {

  /**
   * The projects, the newest first.
   *
   * @param limit 1 to 100; 20 when absent; beyond the document
   * @param offset 0 or more; 0 when absent; beyond the document
   */
  @Route(value = "GET /api/projects", summary = "The projects, the newest first.")
  Listing list(
      @Param.Query("limit") @Nullable Integer limit, @Param.Query("offset") @Nullable Long offset);

  /** The twenty newest projects. */
  default Listing list() {
    return list(null, null);
  }

  /** Makes a project. An organisation may have 1 000 ({@code CONFLICT}). */
  @Route(value = "POST /api/projects", summary = "Makes a project.")
  Project create(NewProject project);

  /** Makes a project that has a name and no more. */
  default Project create(String name) {
    return create(new NewProject(name, null));
  }

  /** A project; beyond the document. */
  @Route(value = "GET /api/projects/{id}", summary = "A project.")
  Project get(@Param.Path("id") String id);

  /**
   * What project to make.
   *
   * @param name 1 to 200 characters
   * @param description up to 5 000 characters; none when absent
   */
  record NewProject(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty("description") @Nullable String description) {}

  /** A page of projects. */
  record Listing(
      @JsonProperty("items") List<Project> items,
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset) {

    /** Copies the rows. */
    public Listing {
      items = List.copyOf(items);
    }
  }

  /**
   * A project.
   *
   * @param description empty when there is none
   */
  record Project(
      @JsonProperty("id") String id,
      @JsonProperty("orgId") String orgId,
      @JsonProperty("name") String name,
      @JsonProperty("description") String description,
      @JsonProperty("createdAt") Instant createdAt,
      @JsonProperty("updatedAt") Instant updatedAt) {}
}

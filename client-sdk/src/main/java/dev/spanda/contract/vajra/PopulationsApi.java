package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom sessions and broadcasts are meant for. */
@Route.Group("Populations")
public interface PopulationsApi {

  /** Creates a population. */
  @Route(value = "POST /api/v1/populations/create", summary = "Creates a population.")
  Created create(Plan plan);

  /** A population with what was done for it. */
  @Route(
      value = "GET /api/v1/populations/{population_id}",
      summary = "A population with what was done for it.")
  Answer get(@Param.Path("population_id") String populationId);

  /**
   * The populations, by name; the same with and without a slash at the end.
   *
   * @param category only those of a category
   * @param limit 1 to 100; 50 when absent
   * @param offset 0 or more
   */
  @Route(value = "GET /api/v1/populations/", summary = "The populations, by name.")
  Listing list(
      @Param.Query("category") @Nullable String category,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /** Changes what is given; beyond the document. */
  @Route(
      value = "PUT /api/v1/populations/{population_id}",
      summary = "Changes the given fields of a population.")
  Answer update(@Param.Path("population_id") String populationId, Changes changes);

  /** Deletes a population; what was done for it stays in the records. Beyond the document. */
  @Route(value = "DELETE /api/v1/populations/{population_id}", summary = "Deletes a population.")
  Deleted delete(@Param.Path("population_id") String populationId);

  /** All populations as the JSON that {@link #importAll} takes; beyond the document. */
  @Route(
      value = "GET /api/v1/populations/export",
      summary = "All populations as JSON that the import takes.")
  Content export();

  /** Creates each population of a list, or none when one is not valid; beyond the document. */
  @Route(
      value = "POST /api/v1/populations/import",
      summary = "Creates each population of a list, or none.")
  Imported importAll(ImportRequest request);

  /**
   * A population to be created.
   *
   * @param name 1 to 200 characters, each name once
   * @param description up to 2 000 characters
   * @param sizeEstimate 0 to 10^15; 0 when absent
   * @param categories up to 20 words
   * @param intention up to 2 000 characters
   */
  record Plan(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("size_estimate") @Nullable Long sizeEstimate,
      @JsonProperty("categories") @Nullable List<String> categories,
      @JsonProperty("intention") @Nullable String intention) {}

  /** What to change; absent fields stay. */
  record Changes(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("size_estimate") @Nullable Long sizeEstimate,
      @JsonProperty("categories") @Nullable List<String> categories,
      @JsonProperty("intention") @Nullable String intention) {}

  /** A population that was created. */
  record Created(
      @JsonProperty("status") String status,
      @JsonProperty("population_id") String populationId,
      @JsonProperty("name") String name,
      @JsonProperty("created_at") Instant createdAt) {}

  /** A population with its status. */
  record Answer(
      @JsonProperty("status") String status, @JsonProperty("population") Population population) {}

  /**
   * A population.
   *
   * @param activeBlessings sessions and broadcasts for it that run now
   * @param totalBlessingHours the hours that sessions and broadcasts have run for it, those that
   *     run included
   */
  record Population(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("size_estimate") long sizeEstimate,
      @JsonProperty("active_blessings") int activeBlessings,
      @JsonProperty("total_blessing_hours") double totalBlessingHours,
      @JsonProperty("categories") @Nullable List<String> categories,
      @JsonProperty("intention") @Nullable String intention,
      @JsonProperty("created_at") @Nullable Instant createdAt,
      @JsonProperty("updated_at") @Nullable Instant updatedAt) {}

  /** A page of populations. */
  record Listing(
      @JsonProperty("status") String status,
      @JsonProperty("populations") List<Row> populations,
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset) {

    /** Copies the rows. */
    public Listing {
      populations = List.copyOf(populations);
    }
  }

  /** A population in a list. */
  record Row(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("size_estimate") long sizeEstimate,
      @JsonProperty("categories") @Nullable List<String> categories) {}

  /** A population that is gone. */
  record Deleted(
      @JsonProperty("status") String status, @JsonProperty("population_id") String populationId) {}

  /** Populations to be created, at most 1 000. */
  record ImportRequest(
      @JsonProperty(value = "populations", required = true) List<Plan> populations) {}

  /** How many were created. */
  record Imported(
      @JsonProperty("status") String status,
      @JsonProperty("imported") int imported,
      @JsonProperty("population_ids") List<String> populationIds) {}
}

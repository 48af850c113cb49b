package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is usual for a caller, to compare with. */
@Route.Group("Baseline")
public interface BaselineApi {

  /** Makes a baseline of a session or of one analysis; it is not active yet. */
  @Route(
      value = "POST /api/baseline/create",
      status = 201,
      summary = "Makes a baseline of a session or of one analysis.")
  Baseline create(Creation creation);

  /** The active baseline, or the word that there is none. */
  @Route(
      value = "GET /api/baseline/current",
      summary = "The active baseline, or the word that there is none.")
  Current current();

  /** Makes a baseline the active one. */
  @Route(
      value = "PUT /api/baseline/{baseline_id}/activate",
      summary = "Makes a baseline the active one.")
  Activated activate(@Param.Path("baseline_id") String baselineId);

  /** Deletes a baseline. */
  @Route(value = "DELETE /api/baseline/{baseline_id}", summary = "Deletes a baseline.")
  Deleted delete(@Param.Path("baseline_id") String baselineId);

  /** Every baseline of the caller, newest first; beyond the document. */
  @Route(value = "GET /api/baseline", summary = "Every baseline of the caller, newest first.")
  Listing list();

  /**
   * What a baseline is made of.
   *
   * @param sessionId a session that has ended or still runs; the id of an analysis is taken too
   * @param name at most 200 characters
   * @param description at most 2 000 characters
   * @param analysisId a single analysis, in place of the session; beyond the document, which says
   *     that a baseline can be made of one and has no field for it
   */
  record Creation(
      @JsonProperty("session_id") @Nullable String sessionId,
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("analysis_id") @Nullable String analysisId) {

    /** The baseline of a session. */
    public static Creation ofSession(String sessionId, @Nullable String name) {
      return new Creation(sessionId, name, null, null);
    }

    /** The baseline of one analysis. */
    public static Creation ofAnalysis(String analysisId, @Nullable String name) {
      return new Creation(null, name, null, analysisId);
    }
  }

  /** The answer of {@link #current}: a {@link Baseline} or {@link None}. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
  @JsonSubTypes({@JsonSubTypes.Type(Baseline.class), @JsonSubTypes.Type(None.class)})
  sealed interface Current permits Baseline, None {}

  /**
   * A baseline.
   *
   * @param name null, and written as such, when none was given
   * @param metrics the mean of every metric
   * @param scores the mean of every score
   * @param analysisCount how many measured pictures it stands on
   * @param sessionDuration seconds
   */
  record Baseline(
      @JsonProperty("id") String id,
      @JsonProperty("name") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String name,
      @JsonProperty("is_active") boolean isActive,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("metrics") FlatMetrics metrics,
      @JsonProperty("scores") AnalysisApi.Scores scores,
      @JsonProperty("analysis_count") @Nullable Integer analysisCount,
      @JsonProperty("session_duration") @Nullable Number sessionDuration,
      @JsonProperty("description") @Nullable String description)
      implements Current {}

  /**
   * No baseline is active.
   *
   * @param id always null, and written as such
   */
  record None(
      @JsonProperty("id") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String id,
      @JsonProperty("message") String message)
      implements Current {}

  /** A baseline became the active one. */
  record Activated(
      @JsonProperty("status") String status,
      @JsonProperty("baseline_id") String baselineId,
      @JsonProperty("activated_at") Instant activatedAt) {}

  /** A baseline is gone. */
  record Deleted(
      @JsonProperty("status") String status, @JsonProperty("baseline_id") String baselineId) {}

  /** Every baseline. */
  record Listing(@JsonProperty("total") int total, @JsonProperty("items") List<Baseline> items) {

    /** Copies the rows. */
    public Listing {
      items = List.copyOf(items);
    }
  }
}

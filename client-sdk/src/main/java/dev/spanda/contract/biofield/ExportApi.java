package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured, to be taken elsewhere. */
@Route.Group("Export")
public interface ExportApi {

  /**
   * A session with all its analyses.
   *
   * @param format {@code json}, {@code csv} or {@code xlsx}; {@code json} when absent, which is the
   *     text of a {@link Session}
   * @param includeImages whether kept pictures come along in {@code json}; no when absent
   * @param includeMetrics whether metrics come along beside the scores; yes when absent
   */
  @Route(
      value = "GET /api/export/session/{session_id}",
      summary = "A session with all its analyses.")
  Content session(
      @Param.Path("session_id") String sessionId,
      @Param.Query("format") @Nullable String format,
      @Param.Query("include_images") @Nullable Boolean includeImages,
      @Param.Query("include_metrics") @Nullable Boolean includeMetrics);

  /**
   * One analysis.
   *
   * @param format {@code json}, {@code csv} or {@code pdf}; {@code json} when absent, which is the
   *     text of an {@link AnalysisApi.Analysis}
   * @param includeImages whether the pictures come along in {@code json} and {@code pdf}; no when
   *     absent
   */
  @Route(value = "GET /api/export/analysis/{analysis_id}", summary = "One analysis.")
  Content analysis(
      @Param.Path("analysis_id") String analysisId,
      @Param.Query("format") @Nullable String format,
      @Param.Query("include_images") @Nullable Boolean includeImages);

  /**
   * A session.
   *
   * @param endTime absent while it runs
   * @param duration seconds
   * @param analysisCount how many pictures were measured
   */
  record Session(
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("start_time") Instant startTime,
      @JsonProperty("end_time") @Nullable Instant endTime,
      @JsonProperty("duration") Number duration,
      @JsonProperty("analysis_count") int analysisCount,
      @JsonProperty("mode") String mode,
      @JsonProperty("analyses") List<AnalysisApi.Analysis> analyses,
      @JsonProperty("aggregates") Aggregates aggregates) {

    /** Copies the analyses. */
    public Session {
      analyses = List.copyOf(analyses);
    }
  }

  /**
   * Figures over a session: those of the document's example and those of its type.
   *
   * @param stdEnergy standard deviation, absent for fewer than two analyses
   * @param trend of the energy: {@code increasing}, {@code decreasing} or {@code stable}
   */
  record Aggregates(
      @JsonProperty("avg_energy") @Nullable Double avgEnergy,
      @JsonProperty("std_energy") @Nullable Double stdEnergy,
      @JsonProperty("min_energy") @Nullable Double minEnergy,
      @JsonProperty("max_energy") @Nullable Double maxEnergy,
      @JsonProperty("avg_coherence") @Nullable Double avgCoherence,
      @JsonProperty("std_coherence") @Nullable Double stdCoherence,
      @JsonProperty("trend") @Nullable String trend) {}
}

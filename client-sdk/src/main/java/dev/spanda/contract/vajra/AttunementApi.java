package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random bits that are gathered for a while, and what statistics say about them. */
@Route.Group("RNG Attunement")
public interface AttunementApi {

  /** Begins to gather bits. */
  @Route(
      value = "POST /api/v1/rng-attunement/session/create",
      summary = "Begins to gather random bits.")
  Created create(Plan plan);

  /** What the bits gathered so far say. */
  @Route(
      value = "GET /api/v1/rng-attunement/reading/{session_id}",
      summary = "What the bits gathered so far say.")
  Answer reading(@Param.Path("session_id") String sessionId);

  /** The sessions, newest first; beyond the document. */
  @Route(value = "GET /api/v1/rng-attunement/sessions", summary = "The sessions, newest first.")
  Listing list(
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /** Ends a session before its time; beyond the document. */
  @Route(
      value = "POST /api/v1/rng-attunement/session/{session_id}/stop",
      summary = "Ends a session before its time.")
  Answer stop(@Param.Path("session_id") String sessionId);

  /**
   * What to gather.
   *
   * @param intention up to 2 000 characters
   * @param duration whole seconds, 1 to 86 400
   * @param source {@code system}, {@code jitter}, {@code hardware}, {@code quantum} or {@code
   *     seeded}; system when absent. Where the one asked for is not there, the answer names the one
   *     that is used
   * @param targetDeviation the deviation that is hoped for, −0.5 to 0.5; it changes no bit and is
   *     only compared
   * @param seed for {@code seeded}; beyond the document
   */
  record Plan(
      @JsonProperty(value = "intention", required = true) String intention,
      @JsonProperty(value = "duration", required = true) Long duration,
      @JsonProperty("source") @Nullable String source,
      @JsonProperty("target_deviation") @Nullable Double targetDeviation,
      @JsonProperty("seed") @Nullable Long seed) {}

  /**
   * A session that has begun.
   *
   * @param source the source that is used; beyond the document
   * @param note why it is not the one that was asked for; beyond the document
   */
  record Created(
      @JsonProperty("status") String status,
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("intention") String intention,
      @JsonProperty("started_at") Instant startedAt,
      @JsonProperty("expected_end") Instant expectedEnd,
      @JsonProperty("source") @Nullable String source,
      @JsonProperty("note") @Nullable String note) {}

  /** A reading with its status. */
  record Answer(
      @JsonProperty("status") String status,
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("reading") Reading reading,
      @JsonProperty("interpretation") String interpretation,
      @JsonProperty("session") @Nullable State session) {}

  /**
   * What the bits say.
   *
   * @param deviationFromExpected share of ones minus one half; 0 while there are none
   * @param pValue two-sided and exact, that fair bits deviate as much or more; 1 while there are
   *     none
   * @param significance {@code not_significant} (p ≥ 0.05), {@code moderately_significant} (p below
   *     0.05), {@code significant} (below 0.01) or {@code highly_significant} (below 0.001)
   * @param samplesAnalyzed bits
   * @param trend of the cumulative deviation's last quarter: {@code positive}, {@code negative} or
   *     {@code neutral}
   * @param tests further tests of the same bits; beyond the document
   * @param cumulativeDeviation up to 256 points for plotting, ones minus zeros; beyond the document
   */
  record Reading(
      @JsonProperty("deviation_from_expected") double deviationFromExpected,
      @JsonProperty("p_value") double pValue,
      @JsonProperty("significance") String significance,
      @JsonProperty("samples_analyzed") long samplesAnalyzed,
      @JsonProperty("trend") String trend,
      @JsonProperty("tests") @Nullable Tests tests,
      @JsonProperty("cumulative_deviation") @Nullable List<Long> cumulativeDeviation) {}

  /**
   * Further tests; each number is a p-value or a statistic that the engine defines, absent while
   * there are too few bits for it.
   */
  record Tests(
      @JsonProperty("monobit_z") @Nullable Double monobitZ,
      @JsonProperty("runs_p_value") @Nullable Double runsPValue,
      @JsonProperty("chi_square") @Nullable Double chiSquare,
      @JsonProperty("chi_square_p_value") @Nullable Double chiSquarePValue,
      @JsonProperty("serial_correlation") @Nullable Double serialCorrelation,
      @JsonProperty("serial_correlation_p_value") @Nullable Double serialCorrelationPValue) {}

  /** Where a session stands. */
  record State(
      @JsonProperty("id") String id,
      @JsonProperty("status") String status,
      @JsonProperty("intention") String intention,
      @JsonProperty("source") String source,
      @JsonProperty("requested_source") String requestedSource,
      @JsonProperty("target_deviation") @Nullable Double targetDeviation,
      @JsonProperty("started_at") Instant startedAt,
      @JsonProperty("expected_end") Instant expectedEnd,
      @JsonProperty("ended_at") @Nullable Instant endedAt) {}

  /** A page of sessions. */
  record Listing(
      @JsonProperty("status") String status,
      @JsonProperty("sessions") List<State> sessions,
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset) {

    /** Copies the rows. */
    public Listing {
      sessions = List.copyOf(sessions);
    }
  }
}

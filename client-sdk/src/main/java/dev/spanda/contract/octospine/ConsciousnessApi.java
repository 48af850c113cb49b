package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chapter Consciousness Management: what the server has learnt from the runs of the account's
 * tasks. The document's words stand for statistics of those runs, as each record says; nothing here
 * thinks or feels.
 */
@Route.Group("Consciousness")
public interface ConsciousnessApi {

  /** What has been learnt so far. */
  @Route(value = "GET /api/consciousness/status", summary = "What has been learnt so far.")
  Status status();

  /** Begins a learning session. */
  @Route(value = "POST /api/consciousness/learn", summary = "Begins a learning session.")
  Started learn(Lesson lesson);

  /** A learning session; beyond the document. */
  @Route(
      value = "GET /api/consciousness/sessions/{session_id}",
      summary = "A learning session and what it found.")
  Session session(@Param.Path("session_id") String sessionId);

  /**
   * What has been learnt.
   *
   * @param status {@code learning} during a session, {@code active} once a run has been learnt
   *     from, {@code idle} before
   * @param consciousnessLevel 0 to 1: the share of the newest 1 000 runs that were forecast, times
   *     the share of those forecasts that came true
   * @param forecast whether durations are forecast better than by their mean
   */
  record Status(
      @JsonProperty("status") String status,
      @JsonProperty("consciousness_level") double consciousnessLevel,
      @JsonProperty("memory_usage") Memory memoryUsage,
      @JsonProperty("learning_progress") Progress learningProgress,
      @JsonProperty("decision_metrics") Decisions decisionMetrics,
      @JsonProperty("forecast") Forecast forecast) {}

  /**
   * How full the memories are, per cent.
   *
   * @param shortTerm runs learnt since the last session, of the 1 000 that are remembered one by
   *     one
   * @param longTerm patterns, of the 10 000 that are kept
   */
  record Memory(
      @JsonProperty("short_term") double shortTerm, @JsonProperty("long_term") double longTerm) {}

  /**
   * Patterns: words of a run's input, such as a parameter with its value, that were met at least
   * three times.
   *
   * @param newPatternsToday those met for the third time since midnight UTC
   * @param adaptationRate 0 to 1: the share of the newest 100 forecasts of a duration that came
   *     closer than the mean; 0 when there is none
   */
  record Progress(
      @JsonProperty("total_patterns") long totalPatterns,
      @JsonProperty("new_patterns_today") long newPatternsToday,
      @JsonProperty("adaptation_rate") double adaptationRate) {}

  /**
   * Decisions: each run was given to an agent.
   *
   * @param totalDecisions runs that ended
   * @param successfulDecisions those that ended well
   * @param confidenceAverage the mean of the chance of success that was forecast for each before it
   *     was learnt from, 0 to 1; 0 when there is none
   */
  record Decisions(
      @JsonProperty("total_decisions") long totalDecisions,
      @JsonProperty("successful_decisions") long successfulDecisions,
      @JsonProperty("confidence_average") double confidenceAverage) {}

  /**
   * Forecasts of durations, each made before its run was learnt from.
   *
   * @param runs how many
   * @param error root of the mean squared error, seconds
   * @param meanError the same for the mean of all earlier runs of the type
   * @param beatsMean whether the first is smaller
   */
  record Forecast(
      @JsonProperty("runs") long runs,
      @JsonProperty("error") double error,
      @JsonProperty("mean_error") double meanError,
      @JsonProperty("beats_mean") boolean beatsMean) {}

  /**
   * A session to be begun.
   *
   * @param sessionType {@code pattern_recognition}, {@code duration_forecast} or {@code
   *     placement_review}
   * @param duration seconds that it may take, 1 to 86 400; 3 600 when absent
   * @param focusAreas types of tasks, or {@code automation_optimization} for all; all when absent
   */
  record Lesson(
      @JsonProperty(value = "session_type", required = true) String sessionType,
      @JsonProperty("duration") @Nullable Long duration,
      @JsonProperty("focus_areas") @Nullable List<String> focusAreas) {}

  /**
   * A session that was begun.
   *
   * @param estimatedCompletion when it will be over at the latest
   */
  record Started(
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("status") String status,
      @JsonProperty("estimated_completion") Instant estimatedCompletion,
      @JsonProperty("focus_areas") List<String> focusAreas) {}

  /**
   * A session.
   *
   * @param status {@code started}, {@code running}, {@code completed} or {@code failed}
   * @param progress per cent
   * @param runs how many runs were looked at; absent before the end
   * @param findings sentences with numbers; absent before the end
   */
  record Session(
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("session_type") String sessionType,
      @JsonProperty("status") String status,
      @JsonProperty("progress") int progress,
      @JsonProperty("estimated_completion") Instant estimatedCompletion,
      @JsonProperty("focus_areas") List<String> focusAreas,
      @JsonProperty("runs") @Nullable Integer runs,
      @JsonProperty("findings") @Nullable List<String> findings) {}
}

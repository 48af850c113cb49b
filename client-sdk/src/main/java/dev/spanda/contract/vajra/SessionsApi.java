package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Timed sessions: created, started, and stopped by hand or by themselves at their duration. */
@Route.Group("Sessions")
public interface SessionsApi {

  /** Creates a session, to be started later. */
  @Route(
      value = "POST /api/v1/sessions/create",
      summary = "Creates a session, to be started later.")
  Created create(Plan plan);

  /** Starts a created session. */
  @Route(value = "POST /api/v1/sessions/{session_id}/start", summary = "Starts a created session.")
  Started start(@Param.Path("session_id") String sessionId);

  /** Stops a running session. */
  @Route(value = "POST /api/v1/sessions/{session_id}/stop", summary = "Stops a running session.")
  Stopped stop(@Param.Path("session_id") String sessionId);

  /** Where a session stands. */
  @Route(value = "GET /api/v1/sessions/{session_id}/status", summary = "Where a session stands.")
  Status status(@Param.Path("session_id") String sessionId);

  /**
   * The sessions, newest first; beyond the document.
   *
   * @param status {@code created}, {@code running}, {@code completed} or {@code stopped}
   * @param limit 1 to 100; 50 when absent
   * @param offset 0 or more
   */
  @Route(value = "GET /api/v1/sessions", summary = "The sessions, newest first.")
  Listing list(
      @Param.Query("status") @Nullable String status,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /**
   * The sessions that have ended, newest first; beyond the document.
   *
   * @param limit 1 to 100; 50 when absent
   * @param offset 0 or more
   */
  @Route(
      value = "GET /api/v1/sessions/history",
      summary = "The sessions that have ended, newest first.")
  Listing history(
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /**
   * A plan for a session.
   *
   * @param name 1 to 200 characters
   * @param duration whole seconds, 1 to 86 400
   * @param intention up to 2 000 characters
   * @param frequency Hz, 0.1 to 20 000
   * @param modalities up to 16 words
   */
  record Plan(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty(value = "duration", required = true) Long duration,
      @JsonProperty("intention") @Nullable String intention,
      @JsonProperty("frequency") @Nullable Double frequency,
      @JsonProperty("modalities") @Nullable List<String> modalities) {}

  /** A session that was created. */
  record Created(
      @JsonProperty("status") String status,
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("name") String name,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("duration") long duration) {}

  /** A session that runs. */
  record Started(
      @JsonProperty("status") String status,
      @JsonProperty("message") String message,
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("started_at") Instant startedAt) {}

  /**
   * A session that was stopped.
   *
   * @param durationActual whole seconds that it ran
   */
  record Stopped(
      @JsonProperty("status") String status,
      @JsonProperty("message") String message,
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("stopped_at") Instant stoppedAt,
      @JsonProperty("duration_actual") long durationActual) {}

  /** Where a session stands. */
  record Status(
      @JsonProperty("status") String status, @JsonProperty("session") SessionState session) {}

  /** A page of sessions. */
  record Listing(
      @JsonProperty("status") String status,
      @JsonProperty("sessions") List<SessionState> sessions,
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset) {

    /** Copies the rows. */
    public Listing {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * A session. {@code elapsed} and {@code remaining} are whole seconds and add up to {@code
   * duration}.
   *
   * @param status {@code created}, {@code running}, {@code completed} or {@code stopped}
   * @param startedAt absent until it is started
   * @param stoppedAt absent until it has ended
   */
  record SessionState(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("status") String status,
      @JsonProperty("started_at") @Nullable Instant startedAt,
      @JsonProperty("duration") long duration,
      @JsonProperty("elapsed") long elapsed,
      @JsonProperty("remaining") long remaining,
      @JsonProperty("stopped_at") @Nullable Instant stoppedAt,
      @JsonProperty("created_at") @Nullable Instant createdAt,
      @JsonProperty("intention") @Nullable String intention,
      @JsonProperty("frequency") @Nullable Double frequency,
      @JsonProperty("modalities") @Nullable List<String> modalities) {}
}

package dev.spanda.core.agent;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work as it stood when it was read.
 *
 * @param id begins with {@code work_}
 * @param owner whose it is
 * @param request what is to be done
 * @param status how far it is
 * @param agentId who has it or had it last; {@link #LOCAL} for the built-in one
 * @param token of the last lease, 0 before the first; grows with each
 * @param leaseUntil when the lease ends unless it is renewed
 * @param failures how many attempts have failed
 * @param interruptions how many leases have run out
 * @param progress what was last told, 0 to 1
 * @param message what was last told; of failed work, why
 * @param output the result of completed work, in the caller's own form
 * @param reason why work failed
 * @param startedAt when the last attempt began
 * @param endedAt when it ended for good
 * @param endPosition its number among the owner's ended work, from 1
 */
public record Work(
    String id,
    String owner,
    Request request,
    Status status,
    Optional<String> agentId,
    long token,
    Optional<Instant> leaseUntil,
    int failures,
    int interruptions,
    double progress,
    String message,
    Optional<String> output,
    Optional<Failure.Reason> reason,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    long endPosition) {

  /** The id of the agent that is always there. */
  public static final String LOCAL = "agent_local";

  /** How far work is. */
  public enum Status {
    /** No agent has it. */
    QUEUED,
    /** An agent is chosen and has not begun. */
    PLACED,
    /** An agent has taken it. */
    RUNNING,
    /** It ended well. */
    COMPLETED,
    /** It ended badly. */
    FAILED,
    /** It was taken back. */
    CANCELLED
  }

  /**
   * What is to be done.
   *
   * @param kind a word such as {@code data_processing}
   * @param label what it belongs to, such as a task's id; 1 to 100 characters
   * @param name for people
   * @param needs capabilities an agent must have, all of them; in order
   * @param priority 0 (last) to 3 (first); among equals the older goes first
   * @param input in the caller's own form
   */
  public record Request(
      String kind, String label, String name, List<String> needs, int priority, String input) {

    /** Checks the priority and copies the needs. */
    public Request {
      needs = List.copyOf(needs);
      if (priority < 0 || priority > 3) {
        throw new IllegalArgumentException("priority must be 0 to 3; was " + priority);
      }
    }
  }

  /** How long the last attempt took; zero when it has not ended. */
  public Duration duration() {
    return startedAt.isPresent() && endedAt.isPresent()
        ? Duration.between(startedAt.get(), endedAt.get())
        : Duration.ZERO;
  }

  static Work read(ResultSet row) throws SQLException {
    return new Work(
        row.getString("id"),
        row.getString("owner"),
        new Request(
            row.getString("kind"),
            row.getString("label"),
            row.getString("name"),
            Json.readList(row.getString("needs"), String.class),
            row.getInt("priority"),
            row.getString("input")),
        Status.valueOf(row.getString("status").toUpperCase(java.util.Locale.ROOT)),
        Optional.ofNullable(row.getString("agent_id")),
        row.getLong("token"),
        instant(row, "lease_until"),
        row.getInt("failures"),
        row.getInt("interruptions"),
        row.getDouble("progress"),
        row.getString("message"),
        Optional.ofNullable(row.getString("output")),
        reason(row.getString("reason")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        row.getLong("end_position"));
  }

  private static Optional<Failure.Reason> reason(@Nullable String word) {
    return Optional.ofNullable(word).map(Failure.Reason::valueOf);
  }

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}

package dev.spanda.core.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A session as it stands at one instant. In every state {@link #elapsed} and {@link #remaining} add
 * up to the planned duration.
 *
 * @param id begins with {@code sess_}
 * @param createdAt when it was planned
 * @param startedAt when it began; empty before that
 * @param endedAt when it was stopped or completed; empty before that
 * @param asOf the instant for which this record speaks
 */
public record Session(
    String id,
    SessionPlan plan,
    Status status,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Instant asOf) {

  /** The states of a session, in the order in which it can pass through them. */
  public enum Status {
    /** Planned and not begun. */
    CREATED,
    /** Begun, with time left. */
    RUNNING,
    /** Ended by itself after its whole duration. */
    COMPLETED,
    /** Ended by hand before its whole duration. */
    STOPPED
  }

  /** Checks that the instants are those that the status has. */
  public Session {
    Objects.requireNonNull(id);
    Objects.requireNonNull(plan);
    boolean begun = status != Status.CREATED;
    boolean over = status == Status.COMPLETED || status == Status.STOPPED;
    if (startedAt.isPresent() != begun || endedAt.isPresent() != over) {
      throw new IllegalArgumentException(status + " with " + startedAt + " and " + endedAt);
    }
  }

  /** When it ends by itself, once it has begun. */
  public Optional<Instant> plannedEnd() {
    return startedAt.map(start -> start.plus(plan.duration()));
  }

  /**
   * How long it has run: zero to the planned duration. After its end this is the actual duration.
   */
  public Duration elapsed() {
    if (startedAt.isEmpty()) {
      return Duration.ZERO;
    }
    Duration since = Duration.between(startedAt.get(), endedAt.orElse(asOf));
    // A clock that was set back shows no negative time.
    if (since.isNegative()) {
      return Duration.ZERO;
    }
    return since.compareTo(plan.duration()) < 0 ? since : plan.duration();
  }

  /** What is missing to the planned duration: zero to that. */
  public Duration remaining() {
    return plan.duration().minus(elapsed());
  }

  /** The same session at another instant: a running one may have completed by then. */
  Session at(Instant instant) {
    if (status == Status.RUNNING) {
      Instant end = plannedEnd().orElseThrow();
      if (!end.isAfter(instant)) {
        return new Session(
            id, plan, Status.COMPLETED, createdAt, startedAt, Optional.of(end), instant);
      }
    }
    return new Session(id, plan, status, createdAt, startedAt, endedAt, instant);
  }
}

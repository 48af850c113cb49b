package dev.spanda.core.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An agent as it stood when it was read.
 *
 * @param id begins with {@code agent_}
 * @param owner for whom alone it exists and works
 * @param plan what it is
 * @param status whether it works
 * @param statistics what it has done
 * @param current what it has now, the oldest first
 * @param lastSeen when its own program last spoke, for a remote one
 */
public record Agent(
    String id,
    String owner,
    AgentPlan plan,
    Status status,
    Statistics statistics,
    List<Work> current,
    Optional<Instant> lastSeen,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether an agent works. */
  public enum Status {
    /**
     * It takes work, and has some now, had some in the last five minutes or was created or first
     * heard in that time.
     */
    ACTIVE,
    /** It takes work and has had none for five minutes. */
    IDLE,
    /** It is remote and its program has not spoken for the length of a lease. */
    OFFLINE
  }

  /**
   * What an agent has done since it was created. An attempt is one try at one piece of work; work
   * that failed and was tried again counts once for each.
   *
   * @param succeeded attempts that ended well
   * @param failed attempts that ended badly: by a failure, by the timeout, or because the lease ran
   *     out
   * @param averageDuration from the taking to the end of an attempt, the mean over all that ended;
   *     zero when none did
   * @param uptime how long it has taken work without a break: for a local one since it was created
   *     or this process began, whichever is later; for a remote one from the first word of its
   *     program after which none was missing for the length of a lease; zero when it is offline
   */
  public record Statistics(long succeeded, long failed, Duration averageDuration, Duration uptime) {

    /** All attempts that ended. */
    public long total() {
      return succeeded + failed;
    }
  }

  /** Copies the list. */
  public Agent {
    current = List.copyOf(current);
  }
}

package dev.spanda.core.learning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session as it stood when it was read.
 *
 * @param id begins with {@code learn_}
 * @param type what it looks for
 * @param focusAreas types of work; all when empty or {@code automation_optimization} is among them
 * @param status {@code started}, {@code running}, {@code completed}, {@code failed} or {@code
 *     cancelled}
 * @param progress 0 to 100 per cent
 * @param latestEnd when it is over at the latest
 * @param outcome what a completed one found
 */
public record LearningSession(
    String id,
    String owner,
    String type,
    List<String> focusAreas,
    String status,
    int progress,
    Instant begunAt,
    Instant latestEnd,
    Optional<Outcome> outcome) {

  /**
   * What a session found.
   *
   * @param runs how many ended runs it looked at
   * @param findings sentences with numbers, at most 50
   */
  public record Outcome(int runs, List<String> findings) {
    /** Copies the findings. */
    public Outcome {
      findings = List.copyOf(findings);
    }
  }

  /** Copies the areas. */
  public LearningSession {
    focusAreas = List.copyOf(focusAreas);
  }
}

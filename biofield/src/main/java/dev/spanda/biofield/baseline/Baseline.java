package dev.spanda.biofield.baseline;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is usual for one owner's pictures.
 *
 * @param id begins with {@code baseline_}
 * @param owner whose it is
 * @param sourceId the session or analysis it was made of; that may be gone by now
 * @param active whether it is the one to compare with
 * @param createdAt when it was made
 * @param activatedAt when it last became active; empty if it never was
 * @param samples how many frames it was made of, ≥ 1; a metric that was undefined in some of them
 *     has fewer
 * @param duration how long the session was, zero for a single analysis
 * @param metrics the spread of each metric by its name, in the order of {@code Metrics.values()};
 *     metrics that were never defined are left out
 * @param scores the spread of each score by its name, in the order of {@code Scores.values()}
 */
public record Baseline(
    String id,
    String owner,
    Optional<String> name,
    Optional<String> description,
    String sourceId,
    boolean active,
    Instant createdAt,
    Optional<Instant> activatedAt,
    int samples,
    Duration duration,
    Map<String, Spread> metrics,
    Map<String, Spread> scores) {

  /** From how many samples on a baseline is as good as it is meant to be: 50. */
  public static final int ENOUGH_SAMPLES = 50;

  /** Copies the maps. */
  public Baseline {
    if (samples < 1 || duration.isNegative()) {
      throw new IllegalArgumentException(samples + " samples in " + duration);
    }
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /**
   * Whether it was made of fewer than {@value #ENOUGH_SAMPLES} samples; its spread is then a rough
   * one, and that of a single analysis is none at all.
   */
  public boolean isSmall() {
    return samples < ENOUGH_SAMPLES;
  }
}

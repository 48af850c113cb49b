package dev.spanda.core.blessing;

import java.time.Duration;
import java.util.Objects;

/**
 * A mantra to be recited for many, and the words that give away the merit of it.
 *
 * @param scope for whom, such as {@code global}
 * @param lineage whose practice it is
 * @param mantra what is recited
 * @param perRecitation how long one recitation takes at the lineage's stated pace
 * @param duration how long the practice lasts
 * @param repetitions how many whole recitations fit into the duration, ≥ 1
 * @param malas how many full rounds of 108 these are
 * @param dedication said after every 21 recitations, after every 108 and at the end
 * @param dedications how often it is said before the end: after each full 21 of a round and after
 *     each full round, which is six times in 108
 */
public record Liberation(
    String scope,
    String lineage,
    String mantra,
    Duration perRecitation,
    Duration duration,
    long repetitions,
    long malas,
    String dedication,
    long dedications) {

  /** How many recitations make a round. */
  public static final int MALA = 108;

  /** After how many recitations of a round the merit is dedicated. */
  public static final int DEDICATED_EVERY = 21;

  /** Checks the counts. */
  public Liberation {
    Objects.requireNonNull(scope);
    if (repetitions < 1 || malas != repetitions / MALA) {
      throw new IllegalArgumentException(repetitions + " repetitions, " + malas + " malas");
    }
  }
}

package dev.spanda.biofield;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured in a picture.
 *
 * @param metrics the thirty metrics
 * @param scores the six scores
 * @param contributions by the name of the score, in the order of the scores, what each was summed
 *     from; a score that is NaN has an empty list
 */
public record Analysis(
    Metrics metrics, Scores scores, Map<String, List<Contribution>> contributions) {

  /**
   * One input of a score.
   *
   * @param input what was measured, in camel case
   * @param weight its share of the score, above 0 up to 1; the weights of one score sum to 1,
   *     because those of missing inputs were spread over the others in proportion
   * @param value the input brought to 0 to 1
   * @param points {@code 100·weight·value}
   */
  public record Contribution(String input, double weight, double value, double points) {}

  /** Copies the contributions. */
  public Analysis {
    Map<String, List<Contribution>> copy = new LinkedHashMap<>();
    contributions.forEach((score, parts) -> copy.put(score, List.copyOf(parts)));
    contributions = Collections.unmodifiableMap(copy);
  }
}

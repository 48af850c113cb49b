package dev.spanda.biofield.baseline;

import dev.spanda.biofield.Analysis;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a picture is from a baseline.
 *
 * <p>{@code overallAlignment} is exp(−½·mean z²) over the scores: 1 when each stands at the mean of
 * the baseline, 0.61 when each is one standard deviation away, near 0 beyond three.
 *
 * <p>A score that never varied in the baseline (standard deviation 0, as in one made of a single
 * analysis) has no spread to measure by; one point of the hundred stands for it, so that its z is
 * the difference in points. A metric that never varied has z 0 when the value is the same to nine
 * digits and is otherwise left out, as are scores and metrics that are undefined on either side.
 *
 * @param deltas score now minus the baseline's mean, in points, by the score's name
 * @param zScores the deltas in standard deviations of the baseline, by the score's name
 * @param metricZScores the same for the metrics, by the metric's name
 * @param overallAlignment 0 to 1; NaN when no score could be compared
 */
public record Comparison(
    Map<String, Double> deltas,
    Map<String, Double> zScores,
    Map<String, Double> metricZScores,
    double overallAlignment) {

  private static final double POINT = 1;
  private static final double SAME = 1e-9;

  /** Copies the maps. */
  public Comparison {
    deltas = Collections.unmodifiableMap(new LinkedHashMap<>(deltas));
    zScores = Collections.unmodifiableMap(new LinkedHashMap<>(zScores));
    metricZScores = Collections.unmodifiableMap(new LinkedHashMap<>(metricZScores));
  }

  /** Compares an analysis with a baseline. */
  public static Comparison of(Baseline baseline, Analysis analysis) {
    return of(baseline, analysis.metrics().values(), analysis.scores().values());
  }

  /**
   * Compares values by name with a baseline.
   *
   * @param metrics as {@code Metrics.values()} gives them
   * @param scores as {@code Scores.values()} gives them
   */
  public static Comparison of(
      Baseline baseline, Map<String, Double> metrics, Map<String, Double> scores) {
    Map<String, Double> deltas = new LinkedHashMap<>();
    Map<String, Double> zScores = new LinkedHashMap<>();
    double squares = 0;
    for (Map.Entry<String, Spread> usual : baseline.scores().entrySet()) {
      Double value = scores.get(usual.getKey());
      if (value != null && Double.isFinite(value)) {
        double delta = value - usual.getValue().mean();
        double sd = usual.getValue().sd();
        double z = delta / (sd > 0 ? sd : POINT);
        deltas.put(usual.getKey(), delta);
        zScores.put(usual.getKey(), z);
        squares += z * z;
      }
    }
    Map<String, Double> metricZScores = new LinkedHashMap<>();
    for (Map.Entry<String, Spread> usual : baseline.metrics().entrySet()) {
      Double value = metrics.get(usual.getKey());
      if (value != null && Double.isFinite(value)) {
        Spread spread = usual.getValue();
        double delta = value - spread.mean();
        if (spread.sd() > 0) {
          metricZScores.put(usual.getKey(), delta / spread.sd());
        } else if (Math.abs(delta) <= SAME * Math.max(1, Math.abs(spread.mean()))) {
          metricZScores.put(usual.getKey(), 0.0);
        }
      }
    }
    double alignment = zScores.isEmpty() ? Double.NaN : Math.exp(-0.5 * squares / zScores.size());
    return new Comparison(deltas, zScores, metricZScores, alignment);
  }
}

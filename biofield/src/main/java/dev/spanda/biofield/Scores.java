package dev.spanda.biofield;

import dev.spanda.core.Failure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Six sums of measures, each from 0 to 100, or NaN when none of its inputs could be measured. They
 * describe a picture and carry no medical meaning; what each is made of is told by {@link
 * Analysis#contributions}.
 *
 * @param energy brightness, its spread over the picture, colour entropy and lit area
 * @param symmetry of brightness, of the lit area and of colour about the vertical axis
 * @param coherence regularity, stability over time, persistence and unity of hue
 * @param complexity fractal dimensions, entropy, correlation dimension and noise
 * @param regulation divergence, scaling and steadiness over time
 * @param colorBalance variety, spread, evenness and symmetry of colour
 */
public record Scores(
    double energy,
    double symmetry,
    double coherence,
    double complexity,
    double regulation,
    double colorBalance) {

  /** Checks the ranges. */
  public Scores {
    require("energy", energy);
    require("symmetry", symmetry);
    require("coherence", coherence);
    require("complexity", complexity);
    require("regulation", regulation);
    require("colorBalance", colorBalance);
  }

  private static void require(String name, double score) {
    if (!Double.isNaN(score)) {
      Failure.requireInRange(name, "Score " + name, score, 0, 100, "");
    }
  }

  /** The scores by name, in the order of the components; those that are NaN are left out. */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    Metrics.put(values, "energy", energy);
    Metrics.put(values, "symmetry", symmetry);
    Metrics.put(values, "coherence", coherence);
    Metrics.put(values, "complexity", complexity);
    Metrics.put(values, "regulation", regulation);
    Metrics.put(values, "colorBalance", colorBalance);
    return Collections.unmodifiableMap(values);
  }
}

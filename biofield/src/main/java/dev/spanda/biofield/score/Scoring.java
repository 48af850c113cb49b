package dev.spanda.biofield.score;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.Metrics;
import dev.spanda.biofield.Scores;
import dev.spanda.biofield.metric.Traits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums measured inputs to six scores. Every input is brought to 0 to 1 and held there; the score is
 * 100 times the sum of weight times input. Inputs that are NaN are left out and their weights
 * spread over the others in proportion; a score without inputs is NaN. All methods are thread-safe.
 *
 * <table>
 * <caption>Inputs of {@link Analyzer.Preset#V1}, E being colorEntropy</caption>
 * <tr><th>score</th><th>inputs</th></tr>
 * <tr><td>energy</td><td>.30 lightQuantaDensity + .25 avgIntensity/255 + .25 min(E/7, 1) + .20
 * min(litShare/1.5, 1)</td></tr>
 * <tr><td>symmetry</td><td>.50 bilateralScore + .30 contourBalance + .20 colorSymmetry</td></tr>
 * <tr><td>coherence</td><td>.35 patternRegularity + .25 temporalStability + .25 2(hurstExponent −
 * .5) + .15 colorCoherence</td></tr>
 * <tr><td>complexity</td><td>.30 (fractalDimension − 1) + .25 (E − 3)/5 + .20
 * (correlationDimension − 1)/4 + .15 (contourDimension − 1) + .10 innerNoise/50</td></tr>
 * <tr><td>regulation</td><td>.30 (.5 − lyapunovExponent) + .25 (1 − |dfaAlpha − 1|) + .20 (1 −
 * intensityVariation/.3) + .15 recurrence + .10 (1 − areaVariation/.5)</td></tr>
 * <tr><td>colorBalance</td><td>.30 min(E/7, 1) + .25 hueCoverage + .20 saturationConsistency + .15
 * colorCoherence + .10 colorSymmetry</td></tr>
 * </table>
 *
 * <p>patternRegularity is 1 − sampleEntropy/3.152, the entropy of white noise at m = 2 and r = 0.2,
 * in bits. The others are metrics, {@link Traits} and {@link Course}.
 *
 * <p>{@link Analyzer.Preset#V2} keeps the weights and takes away limits that photographs exceed, so
 * that these inputs go on telling pictures apart: E is divided by its own maximum, log2(30720) =
 * 14.907 bits, wherever it stands; litShare counts as it is; innerNoise is divided by 100.
 */
public final class Scoring {

  /** −log2 erf(0.1), the sample entropy of white Gaussian noise. */
  private static final double WHITE_NOISE_BITS = 3.152;

  private static final double MOST_COLOR_BITS = StrictMath.log(30 * 32 * 32) / StrictMath.log(2);

  private Scoring() {}

  /** The scores of a measured picture. */
  public static Analysis score(
      Metrics metrics, Traits traits, Course course, Analyzer.Preset preset) {
    boolean first = preset == Analyzer.Preset.V1;
    Metrics.Nonlinear nonlinear = metrics.nonlinear();
    double bits = metrics.color().colorEntropy();
    double variety = first ? bits / 7 : bits / MOST_COLOR_BITS;
    double noise = metrics.basic().innerNoise();
    Map<String, List<Analysis.Contribution>> parts = new LinkedHashMap<>();
    double energy =
        new Sum()
            .add("lightQuantaDensity", 0.30, metrics.basic().lightQuantaDensity())
            .add("avgIntensity", 0.25, metrics.basic().avgIntensity() / 255)
            .add("colorEntropy", 0.25, variety)
            .add("litShare", 0.20, first ? traits.litShare() / 1.5 : traits.litShare())
            .into(parts, "energy");
    double symmetry =
        new Sum()
            .add("bilateralScore", 0.50, metrics.symmetry().bilateralScore())
            .add("contourBalance", 0.30, traits.contourBalance())
            .add("colorSymmetry", 0.20, traits.colorSymmetry())
            .into(parts, "symmetry");
    double coherence =
        new Sum()
            .add("patternRegularity", 0.35, 1 - nonlinear.sampleEntropy() / WHITE_NOISE_BITS)
            .add("temporalStability", 0.25, course.temporalStability())
            .add("hurstExponent", 0.25, 2 * (nonlinear.hurstExponent() - 0.5))
            .add("colorCoherence", 0.15, traits.colorCoherence())
            .into(parts, "coherence");
    double complexity =
        new Sum()
            .add("fractalDimension", 0.30, nonlinear.fractalDimension() - 1)
            .add("colorEntropy", 0.25, first ? (bits - 3) / 5 : variety)
            .add("correlationDimension", 0.20, (nonlinear.correlationDimension() - 1) / 4)
            .add("contourDimension", 0.15, traits.contourDimension() - 1)
            .add("innerNoise", 0.10, first ? noise / 50 : noise / 100)
            .into(parts, "complexity");
    double regulation =
        new Sum()
            .add("lyapunovExponent", 0.30, 0.5 - nonlinear.lyapunovExponent())
            .add("dfaAlpha", 0.25, 1 - Math.abs(nonlinear.dfaAlpha() - 1))
            .add("intensityVariation", 0.20, 1 - course.intensityVariation() / 0.3)
            .add("recurrence", 0.15, course.recurrence())
            .add("areaVariation", 0.10, 1 - course.areaVariation() / 0.5)
            .into(parts, "regulation");
    double colorBalance =
        new Sum()
            .add("colorEntropy", 0.30, variety)
            .add("hueCoverage", 0.25, traits.hueCoverage())
            .add("saturationConsistency", 0.20, traits.saturationConsistency())
            .add("colorCoherence", 0.15, traits.colorCoherence())
            .add("colorSymmetry", 0.10, traits.colorSymmetry())
            .into(parts, "colorBalance");
    return new Analysis(
        metrics,
        new Scores(energy, symmetry, coherence, complexity, regulation, colorBalance),
        parts);
  }

  /** One score on its way. */
  private static final class Sum {

    private final List<Analysis.Contribution> inputs = new ArrayList<>(5);
    private double weights;

    Sum add(String input, double weight, double value) {
      if (!Double.isNaN(value)) {
        double held = Math.min(1, Math.max(0, value));
        inputs.add(new Analysis.Contribution(input, weight, held, 0));
        weights += weight;
      }
      return this;
    }

    double into(Map<String, List<Analysis.Contribution>> parts, String score) {
      List<Analysis.Contribution> shares = new ArrayList<>(inputs.size());
      double sum = 0;
      for (Analysis.Contribution input : inputs) {
        double weight = input.weight() / weights;
        double points = 100 * weight * input.value();
        sum += points;
        shares.add(new Analysis.Contribution(input.input(), weight, input.value(), points));
      }
      parts.put(score, shares);
      return shares.isEmpty() ? Double.NaN : Math.min(100, sum);
    }
  }
}

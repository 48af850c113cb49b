package dev.spanda.server.biofield;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Metrics;
import dev.spanda.biofield.Scores;
import dev.spanda.biofield.baseline.Baseline;
import dev.spanda.biofield.baseline.Comparison;
import dev.spanda.biofield.baseline.Spread;
import dev.spanda.biofield.baseline.Trend;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.biofield.FlatMetrics;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine's values in the document's words and back. An undefined value is absent. */
final class Words {

  private static final double LARGEST_WHOLE = 1e15;

  private static final Map<String, Selection.Mode> MODES = modes();
  private static final Map<String, Selection.Region> REGIONS = regions();

  private Words() {}

  private static Map<String, Selection.Mode> modes() {
    Map<String, Selection.Mode> modes = new LinkedHashMap<>();
    modes.put(AnalysisApi.FULL_BODY, Selection.Mode.FULL_BODY);
    modes.put(AnalysisApi.FACE, Selection.Mode.FACE);
    modes.put(AnalysisApi.SEGMENTED, Selection.Mode.SEGMENTED);
    return modes;
  }

  private static Map<String, Selection.Region> regions() {
    Map<String, Selection.Region> regions = new LinkedHashMap<>();
    for (Selection.Region region : Selection.Region.values()) {
      regions.put(region.name().toLowerCase(Locale.ROOT), region);
    }
    return regions;
  }

  /** A mode of the document; its default for nothing. */
  static Selection.Mode mode(@Nullable String word) {
    return word == null || word.isEmpty() ? Selection.Mode.FULL_BODY : known("mode", word, MODES);
  }

  /** A region of the document; its default for nothing. */
  static Selection.Region region(@Nullable String word) {
    return word == null || word.isEmpty() ? Selection.Region.FULL : known("region", word, REGIONS);
  }

  private static <T> T known(String subject, String word, Map<String, T> words) {
    T value = words.get(word);
    if (value == null) {
      throw Failure.notAllowed(subject, word, List.copyOf(words.keySet()));
    }
    return value;
  }

  static String word(Selection.Mode mode) {
    return switch (mode) {
      case FULL_BODY -> AnalysisApi.FULL_BODY;
      case FACE -> AnalysisApi.FACE;
      case SEGMENTED -> AnalysisApi.SEGMENTED;
    };
  }

  static String word(Selection.Region region) {
    return region.name().toLowerCase(Locale.ROOT);
  }

  static String word(Trend.Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  /** Settings with the engine's defaults where they are absent. */
  static PipSettings pip(AnalysisApi.@Nullable PipSettings given) {
    PipSettings usual = PipSettings.DEFAULT;
    if (given == null) {
      return usual;
    }
    Double threshold = given.threshold();
    Double hueShift = given.hueShift();
    Double saturationBoost = given.saturationBoost();
    Integer blurKernel = given.blurKernel();
    Double edgeSensitivity = given.edgeSensitivity();
    return new PipSettings(
        threshold == null ? usual.threshold() : threshold,
        hueShift == null ? usual.hueShift() : hueShift,
        saturationBoost == null ? usual.saturationBoost() : saturationBoost,
        blurKernel == null ? usual.blurKernel() : blurKernel,
        edgeSensitivity == null ? usual.edgeSensitivity() : edgeSensitivity);
  }

  static AnalysisApi.Metrics metrics(Metrics metrics) {
    Metrics.Basic basic = metrics.basic();
    Metrics.Color color = metrics.color();
    Metrics.Geometric geometric = metrics.geometric();
    Metrics.Contour contour = metrics.contour();
    Metrics.Symmetry symmetry = metrics.symmetry();
    return new AnalysisApi.Metrics(
        new AnalysisApi.Basic(
            value(basic.avgIntensity()),
            value(basic.stdDeviation()),
            value(basic.lightQuantaDensity()),
            value(basic.innerNoise()),
            value(basic.signalNoiseRatio())),
        new AnalysisApi.Color(
            value(color.colorEntropy()),
            value(color.dominantHue()),
            value(color.saturationMean()),
            value(color.valueMean()),
            value(color.redChannel()),
            value(color.greenChannel()),
            value(color.blueChannel())),
        new AnalysisApi.Geometric(
            geometric.imageArea(),
            center(geometric.centerOfMass()),
            value(geometric.spatialMoment()),
            value(geometric.eccentricity()),
            value(geometric.orientation())),
        new AnalysisApi.Contour(
            value(contour.perimeterLength()),
            number(contour.largestContourArea()),
            contour.contourCount(),
            number(contour.hullArea()),
            value(contour.solidity()),
            contour.convexityDefects()),
        nonlinear(metrics.nonlinear()),
        new AnalysisApi.Symmetry(
            value(symmetry.verticalSymmetry()),
            value(symmetry.horizontalSymmetry()),
            value(symmetry.radialSymmetry()),
            value(symmetry.bilateralScore())));
  }

  static AnalysisApi.Nonlinear nonlinear(Metrics.Nonlinear nonlinear) {
    return new AnalysisApi.Nonlinear(
        value(nonlinear.fractalDimension()),
        value(nonlinear.hurstExponent()),
        value(nonlinear.lyapunovExponent()),
        value(nonlinear.dfaAlpha()),
        value(nonlinear.sampleEntropy()),
        value(nonlinear.correlationDimension()));
  }

  /** Both forms of the document: side by side and in groups. */
  static FlatMetrics flat(Metrics metrics) {
    AnalysisApi.Metrics groups = metrics(metrics);
    return FlatMetrics.of(groups, sideBySide(groups, metrics.values()));
  }

  /** The means of a baseline in both forms of the document. */
  static FlatMetrics flat(Map<String, Spread> spreads) {
    Map<String, Double> means = means(spreads);
    List<Number> center = null;
    Double x = means.get("centerOfMassX");
    Double y = means.get("centerOfMassY");
    if (x != null && y != null) {
      center = List.of(number(x), number(y));
    }
    AnalysisApi.Metrics groups =
        new AnalysisApi.Metrics(
            new AnalysisApi.Basic(
                means.get("avgIntensity"),
                means.get("stdDeviation"),
                means.get("lightQuantaDensity"),
                means.get("innerNoise"),
                means.get("signalNoiseRatio")),
            new AnalysisApi.Color(
                means.get("colorEntropy"),
                means.get("dominantHue"),
                means.get("saturationMean"),
                means.get("valueMean"),
                means.get("redChannel"),
                means.get("greenChannel"),
                means.get("blueChannel")),
            new AnalysisApi.Geometric(
                numberOf(means, "imageArea"),
                center,
                means.get("spatialMoment"),
                means.get("eccentricity"),
                means.get("orientation")),
            new AnalysisApi.Contour(
                means.get("perimeterLength"),
                numberOf(means, "largestContourArea"),
                null,
                numberOf(means, "hullArea"),
                means.get("solidity"),
                null),
            new AnalysisApi.Nonlinear(
                means.get("fractalDimension"),
                means.get("hurstExponent"),
                means.get("lyapunovExponent"),
                means.get("dfaAlpha"),
                means.get("sampleEntropy"),
                means.get("correlationDimension")),
            new AnalysisApi.Symmetry(
                means.get("verticalSymmetry"),
                means.get("horizontalSymmetry"),
                means.get("radialSymmetry"),
                means.get("bilateralScore")));
    return FlatMetrics.of(groups, sideBySide(groups, means));
  }

  static AnalysisApi.Scores scores(Scores scores) {
    return new AnalysisApi.Scores(
        value(scores.energy()),
        value(scores.symmetry()),
        value(scores.coherence()),
        value(scores.complexity()),
        value(scores.regulation()),
        value(scores.colorBalance()));
  }

  /** The scores of a map by the document's names. */
  static AnalysisApi.Scores scores(Map<String, Double> scores) {
    return new AnalysisApi.Scores(
        scores.get("energy"),
        scores.get("symmetry"),
        scores.get("coherence"),
        scores.get("complexity"),
        scores.get("regulation"),
        scores.get("colorBalance"));
  }

  static AnalysisApi.Scores scores(Baseline baseline) {
    return scores(means(baseline.scores()));
  }

  static RealtimeSocket.Comparison comparison(Comparison comparison) {
    Map<String, Double> deltas = comparison.deltas();
    return new RealtimeSocket.Comparison(
        deltas.get("energy"),
        deltas.get("symmetry"),
        deltas.get("coherence"),
        deltas.get("complexity"),
        deltas.get("regulation"),
        deltas.get("colorBalance"),
        value(comparison.overallAlignment()));
  }

  static Map<String, List<AnalysisApi.Contribution>> contributions(Analysis analysis) {
    Map<String, List<AnalysisApi.Contribution>> all = new LinkedHashMap<>();
    analysis
        .contributions()
        .forEach(
            (score, parts) -> {
              List<AnalysisApi.Contribution> list = new ArrayList<>(parts.size());
              for (Analysis.Contribution part : parts) {
                list.add(
                    new AnalysisApi.Contribution(
                        part.input(), part.weight(), part.value(), part.points()));
              }
              all.put(score, list);
            });
    return all;
  }

  /** Seconds, whole where they are. */
  static Number seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? (Number) (millis / 1000) : (Number) (millis / 1e3);
  }

  /** A number that is written without a point where it is whole. */
  static @Nullable Number number(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
        ? (Number) Long.valueOf((long) value)
        : (Number) Double.valueOf(value);
  }

  static @Nullable Double value(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private static @Nullable List<Number> center(Metrics.Point point) {
    Number x = number(point.x());
    Number y = number(point.y());
    return x == null || y == null ? null : List.of(x, y);
  }

  private static @Nullable Number numberOf(Map<String, Double> values, String name) {
    Double value = values.get(name);
    return value == null ? null : number(value);
  }

  private static Map<String, Double> means(Map<String, Spread> spreads) {
    Map<String, Double> means = new LinkedHashMap<>();
    spreads.forEach((name, spread) -> means.put(name, spread.mean()));
    return means;
  }

  private static Map<String, Object> sideBySide(
      AnalysisApi.Metrics groups, Map<String, Double> values) {
    Map<String, Object> all = new LinkedHashMap<>();
    AnalysisApi.Geometric geometric = groups.geometric();
    List<Number> center = geometric == null ? null : geometric.centerOfMass();
    values.forEach(
        (name, value) -> {
          if (name.equals("centerOfMassX")) {
            if (center != null) {
              all.put("centerOfMass", center);
            }
          } else if (!name.equals("centerOfMassY") && Double.isFinite(value)) {
            all.put(name, isCount(name) ? (Object) number(value) : value);
          }
        });
    return all;
  }

  private static boolean isCount(String name) {
    return name.equals("imageArea")
        || name.equals("contourCount")
        || name.equals("convexityDefects");
  }
}

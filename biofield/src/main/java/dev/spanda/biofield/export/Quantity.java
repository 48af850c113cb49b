package dev.spanda.biofield.export;

import java.util.List;

/**
 * How a metric is shown to people.
 *
 * @param name as {@code Metrics.values()} has it
 * @param unit the unit or range, or the empty string
 * @param meaning in a few words
 */
record Quantity(String group, String name, String label, String unit, String meaning) {

  static final List<Quantity> METRICS =
      List.of(
          basic("avgIntensity", "Mean intensity", "0–255", "mean gray level"),
          basic("stdDeviation", "Standard deviation", "gray levels", "spread of the gray levels"),
          basic("lightQuantaDensity", "Light density", "0–1", "share of distinctly bright pixels"),
          basic("innerNoise", "Inner noise", "%", "deviation as a share of the mean"),
          basic("signalNoiseRatio", "Signal to noise", "dB", "mean over estimated noise"),
          color("colorEntropy", "Colour entropy", "bits", "variety of colours"),
          color("dominantHue", "Dominant hue", "turns", "most frequent hue"),
          color("saturationMean", "Mean saturation", "0–1", "strength of colour"),
          color("valueMean", "Mean value", "0–1", "largest channel, averaged"),
          color("redChannel", "Red", "0–255", "mean of the channel"),
          color("greenChannel", "Green", "0–255", "mean of the channel"),
          color("blueChannel", "Blue", "0–255", "mean of the channel"),
          geometric("imageArea", "Measured area", "px²", "selected pixels"),
          geometric("centerOfMassX", "Centre of light, across", "px", "from the left"),
          geometric("centerOfMassY", "Centre of light, down", "px", "from the top"),
          geometric("spatialMoment", "Spatial moment", "px² · level", "spread about the centre"),
          geometric("eccentricity", "Eccentricity", "0–1", "round to elongated"),
          geometric("orientation", "Orientation", "°", "of the longer axis"),
          contour("perimeterLength", "Perimeter", "px", "of the largest outline"),
          contour("largestContourArea", "Largest outline", "px²", "enclosed area"),
          contour("contourCount", "Outlines", "count", "of the bright set"),
          contour("hullArea", "Hull area", "px²", "convex hull of the largest outline"),
          contour("solidity", "Solidity", "0–1", "area over hull area"),
          contour("convexityDefects", "Convexity defects", "count", "dents deeper than 1 px"),
          nonlinear(
              "fractalDimension", "Fractal dimension", "0–2", "boxes that hold the bright set"),
          nonlinear("hurstExponent", "Hurst exponent", "0–1", "above 0.5: persistent"),
          nonlinear("lyapunovExponent", "Lyapunov exponent", "nats/step", "parting of neighbours"),
          nonlinear("dfaAlpha", "DFA exponent", "", "scaling of fluctuations"),
          nonlinear("sampleEntropy", "Sample entropy", "bits", "irregularity of the series"),
          nonlinear("correlationDimension", "Correlation dimension", "", "of the series"),
          symmetry("verticalSymmetry", "Left to right", "0–1", "1 is a perfect mirror image"),
          symmetry("horizontalSymmetry", "Top to bottom", "0–1", "1 is a perfect mirror image"),
          symmetry("radialSymmetry", "Half turn", "0–1", "1 is unchanged by half a turn"),
          symmetry("bilateralScore", "Bilateral score", "0–1", "structure, form and brightness"));

  static final List<Quantity> SCORES =
      List.of(
          score("energy", "Energy", "brightness, spread, colour variety, lit area"),
          score("symmetry", "Symmetry", "balance of left and right"),
          score("coherence", "Coherence", "regularity, steadiness, unity of hue"),
          score("complexity", "Complexity", "fractal form, variety, fine detail"),
          score("regulation", "Regulation", "scaling and steadiness over time"),
          score("colorBalance", "Colour balance", "variety and evenness of colour"));

  private static Quantity basic(String name, String label, String unit, String meaning) {
    return new Quantity("Brightness", name, label, unit, meaning);
  }

  private static Quantity color(String name, String label, String unit, String meaning) {
    return new Quantity("Colour", name, label, unit, meaning);
  }

  private static Quantity geometric(String name, String label, String unit, String meaning) {
    return new Quantity("Geometry", name, label, unit, meaning);
  }

  private static Quantity contour(String name, String label, String unit, String meaning) {
    return new Quantity("Outlines", name, label, unit, meaning);
  }

  private static Quantity nonlinear(String name, String label, String unit, String meaning) {
    return new Quantity("Nonlinear measures", name, label, unit, meaning);
  }

  private static Quantity symmetry(String name, String label, String unit, String meaning) {
    return new Quantity("Symmetry", name, label, unit, meaning);
  }

  private static Quantity score(String name, String label, String meaning) {
    return new Quantity("Scores", name, label, "0–100", meaning);
  }
}

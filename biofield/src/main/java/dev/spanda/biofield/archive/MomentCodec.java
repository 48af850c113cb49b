package dev.spanda.biofield.archive;

import dev.spanda.biofield.Metrics;
import dev.spanda.biofield.Scores;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored form of measured frames: for each its sequence number, the two times in milliseconds
 * and one double a column, all big-endian; NaN for what is undefined. About 340 bytes a frame, a
 * quarter of the same in JSON. The names of the columns stand with the session.
 */
final class MomentCodec {

  static final List<String> METRICS =
      List.of(
          "avgIntensity",
          "stdDeviation",
          "lightQuantaDensity",
          "innerNoise",
          "signalNoiseRatio",
          "colorEntropy",
          "dominantHue",
          "saturationMean",
          "valueMean",
          "redChannel",
          "greenChannel",
          "blueChannel",
          "imageArea",
          "centerOfMassX",
          "centerOfMassY",
          "spatialMoment",
          "eccentricity",
          "orientation",
          "perimeterLength",
          "largestContourArea",
          "contourCount",
          "hullArea",
          "solidity",
          "convexityDefects",
          "fractalDimension",
          "hurstExponent",
          "lyapunovExponent",
          "dfaAlpha",
          "sampleEntropy",
          "correlationDimension",
          "verticalSymmetry",
          "horizontalSymmetry",
          "radialSymmetry",
          "bilateralScore");

  static final List<String> SCORES =
      List.of("energy", "symmetry", "coherence", "complexity", "regulation", "colorBalance");

  /** Scores stand under names of their own, because a metric may come to bear the same name. */
  private static final String SCORE = "score.";

  /** What is written now. */
  static final List<String> COLUMNS = columns();

  private static final int FIXED = 3 * Long.BYTES;

  private MomentCodec() {}

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(METRICS);
    SCORES.forEach(score -> columns.add(SCORE + score));
    return List.copyOf(columns);
  }

  static int bytesFor(int frames) {
    return frames * (FIXED + COLUMNS.size() * Double.BYTES);
  }

  static void write(
      ByteBuffer into,
      long sequence,
      Instant capturedAt,
      Instant receivedAt,
      Metrics metrics,
      Scores scores) {
    into.putLong(sequence).putLong(capturedAt.toEpochMilli()).putLong(receivedAt.toEpochMilli());
    Map<String, Double> values = metrics.values();
    for (String name : METRICS) {
      into.putDouble(values.getOrDefault(name, Double.NaN));
    }
    Map<String, Double> points = scores.values();
    for (String name : SCORES) {
      into.putDouble(points.getOrDefault(name, Double.NaN));
    }
  }

  /**
   * Reads the next frame.
   *
   * @param columns the names that the session was begun with
   */
  static FieldSession.Moment read(ByteBuffer from, List<String> columns, long number) {
    long sequence = from.getLong();
    Instant capturedAt = Instant.ofEpochMilli(from.getLong());
    Instant receivedAt = Instant.ofEpochMilli(from.getLong());
    Values values = new Values(new LinkedHashMap<>());
    for (String column : columns) {
      values.byName.put(column, from.getDouble());
    }
    return new FieldSession.Moment(
        number, sequence, capturedAt, receivedAt, metrics(values), scores(values));
  }

  private static Scores scores(Values v) {
    return new Scores(
        v.get(SCORE + "energy"),
        v.get(SCORE + "symmetry"),
        v.get(SCORE + "coherence"),
        v.get(SCORE + "complexity"),
        v.get(SCORE + "regulation"),
        v.get(SCORE + "colorBalance"));
  }

  private static Metrics metrics(Values v) {
    return new Metrics(
        new Metrics.Basic(
            v.get("avgIntensity"),
            v.get("stdDeviation"),
            v.get("lightQuantaDensity"),
            v.get("innerNoise"),
            v.get("signalNoiseRatio")),
        new Metrics.Color(
            v.get("colorEntropy"),
            v.get("dominantHue"),
            v.get("saturationMean"),
            v.get("valueMean"),
            v.get("redChannel"),
            v.get("greenChannel"),
            v.get("blueChannel")),
        new Metrics.Geometric(
            v.count("imageArea"),
            new Metrics.Point(v.get("centerOfMassX"), v.get("centerOfMassY")),
            v.get("spatialMoment"),
            v.get("eccentricity"),
            v.get("orientation")),
        new Metrics.Contour(
            v.get("perimeterLength"),
            v.get("largestContourArea"),
            v.count("contourCount"),
            v.get("hullArea"),
            v.get("solidity"),
            v.count("convexityDefects")),
        new Metrics.Nonlinear(
            v.get("fractalDimension"),
            v.get("hurstExponent"),
            v.get("lyapunovExponent"),
            v.get("dfaAlpha"),
            v.get("sampleEntropy"),
            v.get("correlationDimension")),
        new Metrics.Symmetry(
            v.get("verticalSymmetry"),
            v.get("horizontalSymmetry"),
            v.get("radialSymmetry"),
            v.get("bilateralScore")));
  }

  /** One frame's values by column; what the session did not have is NaN. */
  private record Values(Map<String, Double> byName) {
    double get(String name) {
      return byName.getOrDefault(name, Double.NaN);
    }

    int count(String name) {
      return (int) get(name);
    }
  }
}

package dev.spanda.biofield;

import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.capture.Picture;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.biofield.capture.Pip;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import java.util.List;
import java.util.Map;

/** Small pictures and made-up analyses. */
public final class Samples {

  private Samples() {}

  /** Coloured stripes that turn with the seed. */
  public static Frame frame(int width, int height, int seed) {
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = (x * 3 + seed * 17) & 0xFF;
        int green = (y * 5 + seed * 29) & 0xFF;
        int blue = (x * y / 7 + seed) & 0xFF;
        pixels[y * width + x] = red << 16 | green << 8 | blue;
      }
    }
    return Frame.of(width, height, pixels);
  }

  /** Such a frame as a PNG. */
  public static byte[] png(int width, int height, int seed) {
    return Pictures.png(frame(width, height, seed));
  }

  /** An analysis whose scores are around a value; the Lyapunov exponent is undefined. */
  public static Analysis analysis(double around) {
    return new Analysis(
        new Metrics(
            new Metrics.Basic(128.45 + around, 42.18, 0.423, 22.67, 15.83),
            new Metrics.Color(4.82, 0.62, 0.58, 0.72, 145.3, 132.8, 118.2),
            new Metrics.Geometric(921600, new Metrics.Point(640, 360), 2.34e12, 0.42, -12.5),
            new Metrics.Contour(3284.5, 156720, 47, 168340, 0.931, 12),
            new Metrics.Nonlinear(1.68, 0.72, Double.NaN, 1.12, 1.95, 3.24),
            new Metrics.Symmetry(0.847, 0.623, 0.729, 0.835)),
        scores(around),
        Map.of("energy", List.of(new Analysis.Contribution("light", 1, 0.5, 50))));
  }

  /** Scores around a value; complexity is undefined. */
  public static Scores scores(double around) {
    return new Scores(around, around + 1, around + 2, Double.NaN, around - 1, around - 2);
  }

  /** An analysis of a picture that is really measured. */
  public static Analyses.Draft measured(byte[] picture) {
    Picture decoded = Pictures.decode(picture);
    return draft(picture, new Analyzer(Analyzer.Profile.FULL).analyze(decoded.frame()));
  }

  /** A draft with a given analysis. */
  public static Analyses.Draft draft(byte[] picture, Analysis analysis) {
    Picture decoded = Pictures.decode(picture);
    return new Analyses.Draft(
        Selection.Mode.FULL_BODY,
        Selection.Region.FULL,
        PipSettings.DEFAULT,
        picture,
        decoded,
        Pip.process(decoded.frame(), PipSettings.DEFAULT),
        analysis);
  }
}

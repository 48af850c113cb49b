package dev.spanda.biofield.archive;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.baseline.Baselines;
import dev.spanda.biofield.capture.Picture;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An analysis that was saved. The two pictures are read with {@link Analyses#picture} and {@link
 * Analyses#processed}.
 *
 * @param id begins with {@code analysis_}
 * @param owner whose it is
 * @param at when it was saved, to the millisecond
 * @param settings how the processed picture was made
 * @param format of the picture as it came; the processed one is always PNG
 * @param width pixels in a row of the upright picture
 * @param height rows of the upright picture
 */
public record StoredAnalysis(
    String id,
    String owner,
    Instant at,
    Selection.Mode mode,
    Selection.Region region,
    PipSettings settings,
    Analysis analysis,
    Picture.Format format,
    int width,
    int height) {

  /** The one sample of which a baseline can be made. */
  public Baselines.Source source() {
    Map<String, double[]> metrics = new LinkedHashMap<>();
    analysis.metrics().values().forEach((name, value) -> metrics.put(name, new double[] {value}));
    Map<String, double[]> scores = new LinkedHashMap<>();
    analysis.scores().values().forEach((name, value) -> scores.put(name, new double[] {value}));
    return new Baselines.Source(id, Duration.ZERO, metrics, scores);
  }
}

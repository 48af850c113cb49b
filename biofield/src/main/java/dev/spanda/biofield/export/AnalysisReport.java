package dev.spanda.biofield.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.archive.StoredAnalysis;
import dev.spanda.biofield.baseline.Trend;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes single analyses: as CSV, and as a report in PDF for people.
 *
 * <p>The report shows the picture and the processed picture, the six scores as bars, how each score
 * went over the owner's last analyses of the same mode when there are at least {@value
 * #LEAST_HISTORY} of them, and all metrics with units. Its font is embedded, so that it looks the
 * same everywhere and needs no font of the machine. The same analysis and history give the same
 * bytes. Thread-safe.
 */
public final class AnalysisReport {

  /** The sentence that goes with every number handed on. */
  static final String NO_MEDICAL_MEANING =
      "These numbers are statistics of an image; they carry no medical meaning.";

  static final int LEAST_HISTORY = 5;
  private static final int MOST_HISTORY = 60;

  private final Analyses analyses;

  /** Reports on these analyses. */
  public AnalysisReport(Analyses analyses) {
    this.analyses = analyses;
  }

  /**
   * Writes an analysis as CSV with the columns {@code group,name,value,unit}: first its id, time
   * and mode, then the scores, then the metrics. An undefined value is an empty cell.
   *
   * @param out flushed, not closed
   * @throws Failure NOT_FOUND, subject {@code analysis}, before anything is written
   * @throws UncheckedIOException when the stream refuses a write
   */
  public void csv(String owner, String id, OutputStream out) {
    StoredAnalysis analysis = analyses.find(owner, id);
    CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, StandardCharsets.UTF_8);
    csv.writeRecord("group", "name", "value", "unit");
    csv.writeRecord("Analysis", "id", Cells.text(analysis.id()), "");
    csv.writeRecord("Analysis", "timestamp", analysis.at().toString(), "UTC");
    csv.writeRecord("Analysis", "mode", SessionExport.mode(analysis.mode()), "");
    write(csv, Quantity.SCORES, analysis.analysis().scores().values());
    write(csv, Quantity.METRICS, analysis.analysis().metrics().values());
    try {
      csv.flush();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(CsvWriter csv, List<Quantity> rows, Map<String, Double> values) {
    for (Quantity row : rows) {
      csv.writeRecord(
          row.group(),
          row.name(),
          Cells.number(values.getOrDefault(row.name(), Double.NaN)),
          Cells.text(row.unit()));
    }
  }

  /**
   * Writes the report.
   *
   * @param pictures whether it shows the two pictures
   * @param out flushed, not closed
   * @throws Failure NOT_FOUND, subject {@code analysis}, before anything is written
   * @throws UncheckedIOException when the stream refuses a write
   */
  public void pdf(String owner, String id, boolean pictures, OutputStream out) {
    StoredAnalysis analysis = analyses.find(owner, id);
    try {
      Optional<byte[]> picture = Optional.empty();
      Optional<byte[]> processed = Optional.empty();
      if (pictures) {
        picture = Optional.of(bytes(analyses.picture(owner, id)));
        processed = Optional.of(bytes(analyses.processed(owner, id)));
      }
      new ReportPages(analysis, picture, processed, history(owner, analysis)).write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(InputStream stream) throws IOException {
    try (stream) {
      return stream.readAllBytes();
    }
  }

  /** The owner's last analyses of the same mode up to this one, the oldest first. */
  private List<Analyses.Summary> history(String owner, StoredAnalysis analysis) {
    Analyses.Filter filter =
        new Analyses.Filter(
            Optional.empty(),
            Optional.of(analysis.at()),
            Optional.of(analysis.mode()),
            OptionalDouble.empty());
    List<Analyses.Summary> history =
        new ArrayList<>(analyses.history(owner, filter, MOST_HISTORY, 0).items());
    Collections.reverse(history);
    return history;
  }

  static String word(Trend.Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }
}

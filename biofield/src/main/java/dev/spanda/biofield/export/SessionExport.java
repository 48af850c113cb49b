package dev.spanda.biofield.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.spanda.biofield.archive.FieldSession;
import dev.spanda.biofield.archive.FieldSessions;
import dev.spanda.biofield.segment.Selection;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes sessions as tables, one row a stored frame.
 *
 * <p>Columns: {@code frame_id}, {@code timestamp} (the sender's, UTC), {@code received} (UTC), the
 * six scores and, when asked for, the metrics, under the names they have in {@code
 * Metrics.values()}. An undefined value is an empty cell. Rows are read and written a few thousand
 * at a time, so that memory does not grow with the session. Thread-safe.
 */
public final class SessionExport {

  private static final int FLUSH_ROWS = 500;
  private static final int SHEET_ROWS = 1_000_000;
  private static final int TIME_WIDTH = 24;

  private final FieldSessions sessions;

  /** Exports of these sessions. */
  public SessionExport(FieldSessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Writes a session as CSV: UTF-8, comma, CR LF (RFC 4180), a line with names first.
   *
   * @param metrics whether the metrics follow the scores
   * @param out flushed, not closed
   * @throws dev.spanda.core.Failure NOT_FOUND, subject {@code session}, before anything is written
   * @throws UncheckedIOException when the stream refuses a write
   */
  public void csv(String owner, String id, boolean metrics, OutputStream out) {
    sessions.find(owner, id);
    CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, StandardCharsets.UTF_8);
    csv.writeRecord(header(metrics));
    List<String> row = new ArrayList<>();
    sessions.frames(
        owner,
        id,
        moment -> {
          row.clear();
          row.add(Cells.text(moment.frameId()));
          row.add(moment.capturedAt().toString());
          row.add(moment.receivedAt().toString());
          addNumbers(row, Quantity.SCORES, moment.scores().values());
          if (metrics) {
            addNumbers(row, Quantity.METRICS, moment.metrics().values());
          }
          csv.writeRecord(row);
        });
    try {
      csv.flush();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addNumbers(
      List<String> row, List<Quantity> columns, Map<String, Double> values) {
    for (Quantity column : columns) {
      row.add(Cells.number(values.getOrDefault(column.name(), Double.NaN)));
    }
  }

  private static List<String> header(boolean metrics) {
    List<String> names = new ArrayList<>(List.of("frame_id", "timestamp", "received"));
    Quantity.SCORES.forEach(score -> names.add(score.name()));
    if (metrics) {
      Quantity.METRICS.forEach(metric -> names.add(metric.name()));
    }
    return names;
  }

  /**
   * Writes a session as an XLSX workbook: a sheet with the summary and one with the frames, a
   * further one after each million of them.
   *
   * @param metrics whether the metrics follow the scores
   * @param out flushed, not closed
   * @throws dev.spanda.core.Failure NOT_FOUND, subject {@code session}, before anything is written
   * @throws UncheckedIOException when the stream refuses a write
   */
  public void xlsx(String owner, String id, boolean metrics, OutputStream out) {
    FieldSession session = sessions.find(owner, id);
    FieldSession.Summary summary = sessions.summary(owner, id);
    try {
      Workbook book = new Workbook(out, "Spanda", "1.0");
      book.properties().setTitle("Session " + session.id());
      writeSummary(book.newWorksheet("Summary"), session, summary);
      Frames frames = new Frames(book, header(metrics), metrics);
      sessions.frames(owner, id, frames::add);
      frames.finish();
      book.finish();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeSummary(
      Worksheet sheet, FieldSession session, FieldSession.Summary summary) throws IOException {
    sheet.width(0, 26);
    sheet.width(1, 26);
    int row = 0;
    text(sheet, row, 0, "Session");
    sheet.style(row, 0).bold().set();
    text(sheet, row++, 1, session.id());
    text(sheet, row, 0, "Start (UTC)");
    time(sheet, row++, 1, session.startedAt());
    text(sheet, row, 0, "End (UTC)");
    if (session.endedAt().isPresent()) {
      time(sheet, row, 1, session.endedAt().get());
    }
    row++;
    text(sheet, row, 0, "Duration (s)");
    sheet.value(row++, 1, summary.duration().toMillis() / 1000.0);
    text(sheet, row, 0, "Frames measured");
    sheet.value(row++, 1, summary.frameCount());
    text(sheet, row, 0, "Frames dropped");
    sheet.value(row++, 1, summary.dropped());
    text(sheet, row, 0, "Mode");
    text(sheet, row++, 1, mode(session.settings().mode()));
    row++;
    List<String> heads =
        List.of("Score", "Mean", "Std. deviation", "Min", "Max", "Trend", "Slope per minute", "p");
    for (int column = 0; column < heads.size(); column++) {
      text(sheet, row, column, heads.get(column));
    }
    sheet.range(row, 0, row, heads.size() - 1).style().bold().fillColor("E7EEF0").set();
    row++;
    for (Quantity score : Quantity.SCORES) {
      FieldSession.Course course = summary.scores().get(score.name());
      text(sheet, row, 0, score.label());
      if (course != null) {
        number(sheet, row, 1, course.mean());
        number(sheet, row, 2, course.sd());
        number(sheet, row, 3, course.min());
        number(sheet, row, 4, course.max());
        text(sheet, row, 5, AnalysisReport.word(course.trend().direction()));
        number(sheet, row, 6, course.trend().slopePerMinute());
        number(sheet, row, 7, course.trend().probability());
        sheet.range(row, 1, row, 4).style().format("0.00").set();
        sheet.range(row, 6, row, 7).style().format("0.000").set();
      }
      row++;
    }
    row++;
    text(sheet, row, 0, AnalysisReport.NO_MEDICAL_MEANING);
    sheet.style(row, 0).italic().set();
    sheet.finish();
  }

  static String mode(Selection.Mode mode) {
    return switch (mode) {
      case FULL_BODY -> "full body";
      case FACE -> "face";
      case SEGMENTED -> "segmented";
    };
  }

  private static void text(Worksheet sheet, int row, int column, String text) {
    // Inline: the table of shared strings would grow with the rows.
    sheet.inlineString(row, column, Cells.text(text));
  }

  private static void number(Worksheet sheet, int row, int column, double value) {
    if (Double.isFinite(value)) {
      sheet.value(row, column, value);
    }
  }

  private static void time(Worksheet sheet, int row, int column, Instant at) {
    sheet.value(row, column, LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss.000").set();
  }

  /** The sheets with a row for each frame. */
  private static final class Frames {
    private final Workbook book;
    private final List<String> names;
    private final boolean metrics;
    private int sheets;
    private int row;
    private @Nullable Worksheet sheet;

    Frames(Workbook book, List<String> names, boolean metrics) {
      this.book = book;
      this.names = names;
      this.metrics = metrics;
    }

    private Worksheet begin() {
      Worksheet next = book.newWorksheet(++sheets == 1 ? "Frames" : "Frames " + sheets);
      next.freezePane(1, 1);
      next.width(0, 16);
      next.width(1, TIME_WIDTH);
      next.width(2, TIME_WIDTH);
      for (int column = 0; column < names.size(); column++) {
        text(next, 0, column, names.get(column));
        if (column > 2) {
          next.width(column, 14);
        }
      }
      next.range(0, 0, 0, names.size() - 1).style().bold().fillColor("E7EEF0").set();
      row = 1;
      sheet = next;
      return next;
    }

    void add(FieldSession.Moment moment) {
      try {
        Worksheet into = sheet;
        if (into == null) {
          into = begin();
        } else if (row > SHEET_ROWS) {
          into.finish();
          into = begin();
        }
        text(into, row, 0, moment.frameId());
        time(into, row, 1, moment.capturedAt());
        time(into, row, 2, moment.receivedAt());
        int column = numbers(into, 3, Quantity.SCORES, moment.scores().values());
        if (metrics) {
          numbers(into, column, Quantity.METRICS, moment.metrics().values());
        }
        if (row++ % FLUSH_ROWS == 0) {
          into.flush();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private int numbers(
        Worksheet into, int from, List<Quantity> columns, Map<String, Double> values) {
      int column = from;
      for (Quantity quantity : columns) {
        number(into, row, column++, values.getOrDefault(quantity.name(), Double.NaN));
      }
      return column;
    }

    void finish() throws IOException {
      Worksheet last = sheet == null ? begin() : sheet;
      last.finish();
    }
  }
}

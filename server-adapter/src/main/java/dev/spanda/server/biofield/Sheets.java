package dev.spanda.server.biofield;

import dev.spanda.biofield.archive.FieldSession;
import dev.spanda.biofield.archive.StoredAnalysis;
import dev.spanda.biofield.export.AnalysisReport;
import dev.spanda.biofield.export.SessionExport;
import dev.spanda.contract.http.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Files for tables and paper, under the names that the document gives them. */
final class Sheets {

  private static final String CSV = "text/csv";
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  private static final String PDF = "application/pdf";

  private final SessionExport sessions;
  private final AnalysisReport analyses;

  Sheets(SessionExport sessions, AnalysisReport analyses) {
    this.sessions = sessions;
    this.analyses = analyses;
  }

  Content csv(FieldSession session, boolean withMetrics) {
    return streamed(
        CSV,
        session.id() + ".csv",
        out -> sessions.csv(session.owner(), session.id(), withMetrics, out));
  }

  Content xlsx(FieldSession session, boolean withMetrics) {
    return streamed(
        XLSX,
        session.id() + ".xlsx",
        out -> sessions.xlsx(session.owner(), session.id(), withMetrics, out));
  }

  Content csv(StoredAnalysis stored) {
    return streamed(
        CSV, stored.id() + ".csv", out -> analyses.csv(stored.owner(), stored.id(), out));
  }

  /** Written whole before it is sent, so that a report that cannot be drawn is an error. */
  Content pdf(StoredAnalysis stored, boolean withImages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    analyses.pdf(stored.owner(), stored.id(), withImages, out);
    return Content.of(PDF, stored.id() + ".pdf", out.toByteArray());
  }

  private static Content streamed(
      String mediaType, String fileName, Consumer<OutputStream> writer) {
    return Content.of(mediaType, fileName, Content.UNKNOWN_LENGTH, out -> write(writer, out));
  }

  private static void write(Consumer<OutputStream> writer, OutputStream out) throws IOException {
    try {
      writer.accept(out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}

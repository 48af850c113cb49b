package dev.spanda.server.biofield;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.archive.FieldSession;
import dev.spanda.biofield.archive.FieldSessions;
import dev.spanda.biofield.archive.StoredAnalysis;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.biofield.ExportApi;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chapter Export Endpoints, for one account. */
final class ExportEndpoints implements ExportApi {

  private static final String JSON_TYPE = "application/json";
  private static final String JSON = "json";
  private static final String CSV = "csv";
  private static final String XLSX = "xlsx";
  private static final String PDF = "pdf";

  private final FieldSessions sessions;
  private final Analyses analyses;
  private final AnalysisEndpoints measured;
  private final Sheets sheets;
  private final String owner;

  ExportEndpoints(
      FieldSessions sessions,
      Analyses analyses,
      AnalysisEndpoints measured,
      Sheets sheets,
      String owner) {
    this.sessions = sessions;
    this.analyses = analyses;
    this.measured = measured;
    this.sheets = sheets;
    this.owner = owner;
  }

  @Override
  public Content session(
      String sessionId,
      @Nullable String format,
      @Nullable Boolean includeImages,
      @Nullable Boolean includeMetrics) {
    String chosen = chosen(format, List.of(JSON, CSV, XLSX));
    FieldSession session = sessions.find(owner, sessionId);
    boolean withMetrics = includeMetrics == null || includeMetrics;
    return switch (chosen) {
      case CSV -> sheets.csv(session, withMetrics);
      case XLSX -> sheets.xlsx(session, withMetrics);
      default -> {
        FieldSession.Summary summary = sessions.summary(owner, sessionId);
        yield Content.of(
            JSON_TYPE,
            null,
            Content.UNKNOWN_LENGTH,
            out -> write(session, summary, withMetrics, out));
      }
    };
  }

  @Override
  public Content analysis(
      String analysisId, @Nullable String format, @Nullable Boolean includeImages) {
    String chosen = chosen(format, List.of(JSON, CSV, PDF));
    StoredAnalysis stored = analyses.find(owner, analysisId);
    boolean withImages = includeImages != null && includeImages;
    return switch (chosen) {
      case CSV -> sheets.csv(stored);
      case PDF -> sheets.pdf(stored, withImages);
      default -> Content.of(JSON_TYPE, null, json(measured.of(stored, withImages)));
    };
  }

  private static String chosen(@Nullable String format, List<String> allowed) {
    if (format == null || format.isEmpty()) {
      return JSON;
    }
    if (!allowed.contains(format)) {
      throw Failure.notAllowed("format", format, allowed);
    }
    return format;
  }

  private static byte[] json(Object value) {
    try {
      return WireJson.mapper().writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a {@link Session}, one frame after the other, however many there are. */
  private void write(
      FieldSession session, FieldSession.Summary summary, boolean withMetrics, OutputStream out)
      throws IOException {
    JsonGenerator json = WireJson.mapper().createGenerator(out);
    json.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
    String mode = Words.word(session.settings().mode());
    json.writeStartObject();
    json.writeStringField("session_id", session.id());
    json.writeStringField("start_time", session.startedAt().toString());
    if (session.endedAt().isPresent()) {
      json.writeStringField("end_time", session.endedAt().get().toString());
    }
    json.writeObjectField("duration", Words.seconds(summary.duration()));
    json.writeNumberField("analysis_count", summary.frameCount());
    json.writeStringField("mode", mode);
    json.writeArrayFieldStart("analyses");
    try {
      sessions.frames(
          owner,
          session.id(),
          moment -> {
            if (moment.number() < summary.frameCount()) {
              writeRow(json, session, mode, moment, withMetrics);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    json.writeEndArray();
    json.writeObjectField("aggregates", aggregates(summary));
    json.writeEndObject();
    json.close();
  }

  private static void writeRow(
      JsonGenerator json,
      FieldSession session,
      String mode,
      FieldSession.Moment moment,
      boolean withMetrics) {
    try {
      json.writeObject(
          new AnalysisApi.Analysis(
              moment.frameId(),
              moment.receivedAt(),
              mode,
              withMetrics ? Words.metrics(moment.metrics()) : null,
              Words.scores(moment.scores()),
              null,
              Words.word(session.settings().region()),
              session.id(),
              null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Aggregates aggregates(FieldSession.Summary summary) {
    Map<String, FieldSession.Course> scores = summary.scores();
    FieldSession.Course energy = scores.get("energy");
    FieldSession.Course coherence = scores.get("coherence");
    boolean spread = summary.frameCount() > 1;
    return new Aggregates(
        energy == null ? null : energy.mean(),
        energy == null || !spread ? null : energy.sd(),
        energy == null ? null : energy.min(),
        energy == null ? null : energy.max(),
        coherence == null ? null : coherence.mean(),
        coherence == null || !spread ? null : coherence.sd(),
        energy == null ? "stable" : Words.word(energy.trend().direction()));
  }
}

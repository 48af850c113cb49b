package dev.spanda.server.biofield;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.archive.StoredAnalysis;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Page;
import dev.spanda.server.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The chapter Analysis Endpoints, for one account. */
final class AnalysisEndpoints implements AnalysisApi {

  private static final ObjectReader PIP_SETTINGS =
      WireJson.mapper().readerFor(AnalysisApi.PipSettings.class);
  private static final int USUAL_LIMIT = 50;

  private final Analyses analyses;
  private final Measuring measuring;
  private final String owner;

  AnalysisEndpoints(Analyses analyses, Measuring measuring, String owner) {
    this.analyses = analyses;
    this.measuring = measuring;
    this.owner = owner;
  }

  @Override
  public Analysis capture(Upload form) {
    Map<String, String> fields = form.fields();
    var mode = Words.mode(fields.get("mode"));
    var region = Words.region(fields.get("region"));
    var settings = Words.pip(settings(fields.get("pip_settings")));
    byte[] picture = Measuring.bytes(form.file());
    return of(analyses.save(owner, measuring.draft(picture, mode, region, settings)), true);
  }

  @Override
  public Analysis analysis(String analysisId) {
    return of(analyses.find(owner, analysisId), true);
  }

  @Override
  public History history(
      @Nullable Integer limit,
      @Nullable Integer offset,
      @Nullable String startDate,
      @Nullable String endDate,
      @Nullable String mode,
      @Nullable Double minEnergy) {
    Analyses.Filter filter =
        new Analyses.Filter(
            Optional.ofNullable(startDate).map(text -> start(text)),
            Optional.ofNullable(endDate).map(text -> end(text)),
            Optional.ofNullable(mode).map(Words::mode),
            minEnergy == null ? OptionalDouble.empty() : OptionalDouble.of(minEnergy));
    int rows = limit == null ? USUAL_LIMIT : limit;
    int first = offset == null ? 0 : offset;
    Page<Analyses.Summary> page = analyses.history(owner, filter, rows, first);
    return new History(
        page.total(), rows, first, page.items().stream().map(AnalysisEndpoints::item).toList());
  }

  /** An analysis in the document's form. */
  Analysis of(StoredAnalysis stored, boolean withImages) {
    return new Analysis(
        stored.id(),
        stored.at(),
        Words.word(stored.mode()),
        Words.metrics(stored.analysis().metrics()),
        Words.scores(stored.analysis().scores()),
        withImages ? images(stored) : null,
        Words.word(stored.region()),
        null,
        Words.contributions(stored.analysis()));
  }

  private Images images(StoredAnalysis stored) {
    return new Images(
        dataUrl(stored.format().mediaType(), analyses.picture(owner, stored.id())),
        dataUrl("image/png", analyses.processed(owner, stored.id())));
  }

  private static Item item(Analyses.Summary summary) {
    return new Item(
        summary.id(),
        summary.at(),
        Words.word(summary.mode()),
        Words.scores(summary.scores()),
        dataUrl("image/jpeg", summary.thumbnail()));
  }

  private static String dataUrl(String mediaType, InputStream content) {
    try (content) {
      return dataUrl(mediaType, content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String dataUrl(String mediaType, byte[] bytes) {
    return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  /** A plus that was sent unencoded arrives as a space. */
  private static Instant start(String text) {
    return Analyses.Filter.start(text.strip().replace(' ', '+'));
  }

  private static Instant end(String text) {
    return Analyses.Filter.end(text.strip().replace(' ', '+'));
  }

  private static AnalysisApi.@Nullable PipSettings settings(@Nullable String json) {
    return json == null || json.isBlank()
        ? null
        : (AnalysisApi.PipSettings)
            Json.read(PIP_SETTINGS, json.getBytes(StandardCharsets.UTF_8), "pip_settings");
  }
}

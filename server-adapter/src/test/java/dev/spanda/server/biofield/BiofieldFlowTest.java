package dev.spanda.server.biofield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spanda.biofield.capture.Pictures;
import dev.spanda.biofield.capture.Pip;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.client.ApiException;
import dev.spanda.client.BiofieldClient;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.biofield.BaselineApi;
import dev.spanda.contract.biofield.CaptureApi;
import dev.spanda.contract.biofield.ExportApi;
import dev.spanda.contract.biofield.HealthApi;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.contract.http.Upload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of the client does, against a running server. */
class BiofieldFlowTest {

  @TempDir private static Path folder;
  private static BiofieldServer server;

  @BeforeAll
  static void start() {
    server = BiofieldServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPictureIsMeasuredAndFoundAgain() throws Exception {
    Path file = Files.write(folder.resolve("a.jpg"), BiofieldServer.jpeg(320, 240, 1));
    BiofieldClient client = server.client();
    AnalysisApi.Analysis analysis = client.analyzeImage(file);
    assertThat(analysis.mode()).isEqualTo("fullBody");
    AnalysisApi.Metrics metrics = Objects.requireNonNull(analysis.metrics());
    assertThat(Objects.requireNonNull(metrics.geometric()).imageArea()).isEqualTo(320 * 240);
    assertThat(Objects.requireNonNull(metrics.basic()).avgIntensity()).isBetween(0.0, 255.0);
    assertThat(analysis.scores().energy()).isBetween(0.0, 100.0);
    assertThat(Objects.requireNonNull(analysis.contributions())).containsKey("energy");
    AnalysisApi.Images images = Objects.requireNonNull(analysis.images());
    assertThat(bytes(images.original())).isEqualTo(Files.readAllBytes(file));
    assertThat(images.original()).startsWith("data:image/jpeg;base64,");
    assertThat(images.processed()).startsWith("data:image/png;base64,");
    assertThat(client.getAnalysis(analysis.id())).isEqualTo(analysis);
    assertThat(client.getHistory().items())
        .anySatisfy(
            item -> {
              assertThat(item.id()).isEqualTo(analysis.id());
              assertThat(item.scores()).isEqualTo(analysis.scores());
              assertThat(item.thumbnail()).startsWith("data:image/jpeg;base64,");
            });
  }

  @Test
  void theProcessedPictureIsThatOfTheSettings() {
    byte[] png = BiofieldServer.png(64, 48, 2);
    AnalysisApi.PipSettings settings =
        AnalysisApi.PipSettings.DEFAULT.withThreshold(0.3).withHueShift(-0.25).withBlurKernel(3);
    AnalysisApi.Analysis analysis = server.client().analyzeImage(png, "fullBody", "full", settings);
    byte[] processed =
        bytes(Objects.requireNonNull(Objects.requireNonNull(analysis.images()).processed()));
    PipSettings usual = PipSettings.DEFAULT;
    PipSettings wanted =
        new PipSettings(0.3, -0.25, usual.saturationBoost(), 3, usual.edgeSensitivity());
    assertThat(Pictures.decode(processed).frame().pixels())
        .isEqualTo(Pip.process(Pictures.decode(png).frame(), wanted).pixels());
  }

  @Test
  void theHistoryFilters() {
    byte[] png = BiofieldServer.png(40, 40, 3);
    AnalysisApi.Analysis analysis =
        server.client().analyzeImage(png, "fullBody", "full", AnalysisApi.PipSettings.DEFAULT);
    AnalysisApi api = server.client().analysis();
    String day = analysis.timestamp().toString().substring(0, 10);
    assertThat(ids(api.history(100, 0, day, day, "fullBody", 0.0))).contains(analysis.id());
    assertThat(ids(api.history(100, 0, null, "2020-01-01", null, null))).isEmpty();
    assertThat(ids(api.history(100, 0, null, null, "face", null))).isEmpty();
    assertThat(ids(api.history(100, 0, null, null, null, 100.0))).doesNotContain(analysis.id());
    AnalysisApi.History second = api.history(1, 1, null, null, null, null);
    assertThat(second.limit()).isEqualTo(1);
    assertThat(second.offset()).isEqualTo(1);
    refused(400, "VALIDATION_ERROR", () -> api.history(0, 0, null, null, null, null));
    refused(400, "VALIDATION_ERROR", () -> api.history(101, 0, null, null, null, null));
    refused(400, "VALIDATION_ERROR", () -> api.history(1, -1, null, null, null, null));
    refused(400, "VALIDATION_ERROR", () -> api.history(1, 0, "yesterday", null, null, null));
    refused(400, "VALIDATION_ERROR", () -> api.history(1, 0, null, null, "knees", null));
    refused(400, "VALIDATION_ERROR", () -> api.history(1, 0, null, null, null, 101.0));
    refused(
        400, "VALIDATION_ERROR", () -> api.history(1, 0, "2026-02-01", "2026-01-01", null, null));
  }

  @Test
  void aSessionBecomesABaselineAndIsComparedWith() throws Exception {
    BiofieldClient client = server.client();
    List<RealtimeSocket.Measured> heard = new ArrayList<>();
    RealtimeSocket.Summary summary = stream(client, 12, heard, RealtimeSocket.Settings.DEFAULT);
    assertThat(summary.framesReceived()).isEqualTo(12L);
    assertThat(summary.frameCount() + Objects.requireNonNull(summary.framesDropped()))
        .isEqualTo(12);
    assertThat(heard).hasSize((int) summary.frameCount());
    RealtimeSocket.Measured first = heard.get(0);
    assertThat(first.frameId()).isEqualTo("frame_" + first.sequenceNumber());
    assertThat(first.metrics().value("avgIntensity")).isNotNull();
    assertThat(Objects.requireNonNull(first.metrics().basic()).avgIntensity())
        .isEqualTo(first.metrics().value("avgIntensity"));
    assertThat(summary.avgScores().energy()).isBetween(0.0, 100.0);
    assertThat(summary.trends().energy()).isIn("increasing", "decreasing", "stable");

    // The newest session is found by its export.
    String sessionId = lastSession.get(0);
    ExportApi.Session exported = client.exportSession(sessionId);
    assertThat(exported.analysisCount()).isEqualTo((int) summary.frameCount());
    assertThat(exported.analyses()).hasSize((int) summary.frameCount());
    assertThat(exported.analyses().get(0).scores()).isEqualTo(first.scores());
    assertThat(exported.aggregates().avgEnergy())
        .isCloseTo(
            Objects.requireNonNull(summary.avgScores().energy()),
            org.assertj.core.data.Offset.offset(1e-9));

    BaselineApi.Baseline baseline = client.createBaseline(sessionId, "Morning");
    assertThat(baseline.isActive()).isFalse();
    assertThat(baseline.analysisCount()).isEqualTo((int) summary.frameCount());
    assertThat(baseline.metrics().value("avgIntensity")).isNotNull();
    assertThat(client.baselines().activate(baseline.id()).status()).isEqualTo("activated");
    assertThat(client.getCurrentBaseline().orElseThrow().id()).isEqualTo(baseline.id());
    List<RealtimeSocket.Measured> compared = new ArrayList<>();
    stream(client, 3, compared, RealtimeSocket.Settings.DEFAULT);
    RealtimeSocket.Comparison comparison =
        Objects.requireNonNull(compared.get(0).baselineComparison());
    assertThat(comparison.overallAlignment()).isBetween(0.0, 1.0);
    assertThat(comparison.energyDelta())
        .isCloseTo(
            Objects.requireNonNull(compared.get(0).scores().energy())
                - Objects.requireNonNull(baseline.scores().energy()),
            org.assertj.core.data.Offset.offset(1e-9));
    assertThat(client.baselines().delete(baseline.id()).status()).isEqualTo("deleted");
    assertThat(client.getCurrentBaseline()).isEmpty();
    refused(404, "BASELINE_NOT_FOUND", () -> client.baselines().activate(baseline.id()));
  }

  @Test
  void aSingleAnalysisBecomesABaseline() {
    BiofieldClient client = server.client();
    AnalysisApi.Analysis analysis =
        client.analyzeImage(
            BiofieldServer.png(40, 40, 5), "fullBody", "full", AnalysisApi.PipSettings.DEFAULT);
    BaselineApi.Baseline baseline =
        client.baselines().create(BaselineApi.Creation.ofAnalysis(analysis.id(), null));
    assertThat(baseline.name()).isNull();
    assertThat(baseline.analysisCount()).isEqualTo(1);
    assertThat(baseline.scores()).isEqualTo(analysis.scores());
    client.baselines().delete(baseline.id());
  }

  @Test
  void aKeptFrameIsFetchedByItsAddress() throws Exception {
    byte[] png = BiofieldServer.png(64, 48, 7);
    Path file = Files.write(folder.resolve("kept.png"), png);
    CaptureApi.Frame frame = server.client().captureFrame(file);
    assertThat(frame.sizeBytes()).isEqualTo(png.length);
    assertThat(frame.dimensions()).isEqualTo(new CaptureApi.Dimensions(64, 48));
    assertThat(frame.url()).startsWith(server.url().toString()).endsWith(".png");
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(frame.url()))
                    .header("Authorization", "Bearer " + server.token())
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(response.body()).isEqualTo(png);
    assertThat(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(frame.url())).build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aBatchIsMeasuredAndToldHowFarItIs() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      files.add(
          Files.write(folder.resolve("batch" + i + ".jpg"), BiofieldServer.jpeg(96, 64, 10 + i)));
    }
    byte[] whole = BiofieldServer.jpeg(96, 64, 20);
    files.add(
        Files.write(folder.resolve("cut.jpg"), java.util.Arrays.copyOf(whole, whole.length / 3)));
    CaptureApi.Batch batch = server.client().captureBatch(files);
    assertThat(batch.count()).isEqualTo(4);
    assertThat(batch.status()).isIn("pending", "processing", "completed");
    CaptureApi.Batch now = batch;
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!now.status().equals("completed") && System.nanoTime() < deadline) {
      LockSupport.parkNanos(50_000_000);
      now = server.client().capture().progress(batch.batchId());
    }
    assertThat(now.status()).isEqualTo("completed");
    assertThat(now.completed()).isEqualTo(3);
    assertThat(now.failed()).isEqualTo(1);
    assertThat(now.progress()).isEqualTo(1.0);
    for (CaptureApi.BatchFrame frame : now.frames().subList(0, 3)) {
      String id = Objects.requireNonNull(frame.analysisId());
      assertThat(server.client().getAnalysis(id).id()).isEqualTo(id);
    }
    assertThat(now.frames().get(3).error()).isNotBlank();
    List<Upload.Part> eleven =
        IntStream.range(0, 11)
            .mapToObj(i -> Upload.Part.of("images", "a", "image/jpeg", whole))
            .toList();
    refused(
        400,
        "VALIDATION_ERROR",
        () -> server.client().capture().batch(new Upload(eleven, Map.of())));
  }

  @Test
  void theHealthCheckNeedsNoToken() {
    HealthApi.Health health = server.client().health().health();
    assertThat(health.status()).isEqualTo("healthy");
  }

  private final List<String> lastSession = new ArrayList<>();

  /** As the client's own stream, and keeps the name of the session. */
  private RealtimeSocket.Summary stream(
      BiofieldClient client,
      int pictures,
      List<RealtimeSocket.Measured> heard,
      RealtimeSocket.Settings settings) {
    Conversation talk = Conversation.open(server.url(), server.token());
    talk.send(new RealtimeSocket.SessionStart(settings));
    lastSession.clear();
    lastSession.add(talk.next(RealtimeSocket.SessionStarted.class).sessionId());
    for (int i = 0; i < pictures; i++) {
      talk.frame(BiofieldServer.jpeg(160, 120, i), i);
      heard.add(talk.next(RealtimeSocket.Metrics.class).payload());
    }
    talk.send(new RealtimeSocket.SessionEnd());
    RealtimeSocket.Summary summary = talk.next(RealtimeSocket.SessionEnded.class).summary();
    talk.close();
    return summary;
  }

  private static List<String> ids(AnalysisApi.History history) {
    return history.items().stream().map(AnalysisApi.Item::id).toList();
  }

  private static byte[] bytes(String dataUrl) {
    return Base64.getDecoder()
        .decode(
            dataUrl
                .substring(Objects.requireNonNull(dataUrl).indexOf(',') + 1)
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static void refused(
      int status, String code, org.junit.jupiter.api.function.Executable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call::execute)
        .satisfies(
            failure -> {
              assertThat(failure.status()).isEqualTo(status);
              assertThat(failure.code()).isEqualTo(code);
            });
  }
}

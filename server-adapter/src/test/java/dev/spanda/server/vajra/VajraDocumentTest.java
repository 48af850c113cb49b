package dev.spanda.server.vajra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.vajra.AstrologyApi;
import dev.spanda.contract.vajra.AttunementApi;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.AutomationApi;
import dev.spanda.contract.vajra.BlessingsApi;
import dev.spanda.contract.vajra.CoreApi;
import dev.spanda.contract.vajra.PopulationsApi;
import dev.spanda.contract.vajra.RadionicsApi;
import dev.spanda.contract.vajra.ScalarApi;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VajraError;
import dev.spanda.contract.vajra.VajraSocket;
import dev.spanda.contract.vajra.VisualizationApi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document's own JSON, sent to a running server as it stands and read back. */
class VajraDocumentTest {

  private static final Path EXAMPLES =
      Path.of("..", "client-sdk", "src", "test", "resources", "examples", "vajra");

  @TempDir private static Path folder;
  private static VajraServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    server = VajraServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void coreAnswersLikeTheDocument() throws Exception {
    isLike("core-health-check-answer", get("/health"), CoreApi.Health.class);
    isLike("core-api-root-answer", get("/"), CoreApi.Root.class);
    isLike("core-websocket-statistics-answer", get("/ws-stats"), CoreApi.SocketStatistics.class);
  }

  @Test
  void audioAnswersLikeTheDocument() throws Exception {
    JsonNode request = example("audio-generate-audio-request");
    JsonNode generated = post("/api/v1/audio/generate", request);
    isLike("audio-generate-audio-answer", generated, AudioApi.Generated.class);
    assertThat(generated.get("config")).isEqualTo(request);
    assertThat(generated.get("samples").asLong()).isEqualTo(1_323_000);

    JsonNode played = post("/api/v1/audio/play", example("audio-play-audio-request"));
    isLike("audio-play-audio-answer", played, AudioApi.Playback.class);
    assertThat(played).isEqualTo(example("audio-play-audio-answer"));
    isLike(
        "audio-get-audio-status-answer", get("/api/v1/audio/status"), AudioApi.AudioStatus.class);
    JsonNode spectrum = get("/api/v1/audio/spectrum");
    assertThat(spectrum.get("length").asInt()).isEqualTo(64);
    assertThat(spectrum.get("spectrum")).hasSize(64);
    isLike("audio-get-audio-spectrum-answer", spectrum, AudioApi.Spectrum.class);
    assertThat(post("/api/v1/audio/stop", null)).isEqualTo(example("audio-stop-audio-answer"));

    JsonNode presets = get("/api/v1/audio/presets");
    isLike("audio-get-audio-presets-answer", presets, AudioApi.Presets.class);
    example("audio-get-audio-presets-answer")
        .get("presets")
        .properties()
        .forEach(
            preset ->
                assertThat(presets.get("presets").get(preset.getKey()))
                    .isEqualTo(preset.getValue()));
    assertThat(presets.get("count").asInt()).isEqualTo(4).isEqualTo(presets.get("presets").size());
    assertThat(get("/api/v1/audio/frequencies/range"))
        .isEqualTo(example("audio-get-frequency-ranges-answer"));
  }

  @Test
  void sessionsAnswerLikeTheDocument() throws Exception {
    JsonNode created = post("/api/v1/sessions/create", example("sessions-create-session-request"));
    isLike("sessions-create-session-answer", created, SessionsApi.Created.class);
    assertThat(created.get("name").asText()).isEqualTo("Morning Meditation");
    assertThat(created.get("duration").asLong()).isEqualTo(1800);
    String path = "/api/v1/sessions/" + created.get("session_id").asText();
    isLike("sessions-start-session-answer", post(path + "/start", null), SessionsApi.Started.class);
    JsonNode status = get(path + "/status");
    isLike("sessions-get-session-status-answer", status, SessionsApi.Status.class);
    JsonNode session = status.get("session");
    assertThat(session.get("elapsed").asLong() + session.get("remaining").asLong())
        .isEqualTo(session.get("duration").asLong());
    isLike("sessions-stop-session-answer", post(path + "/stop", null), SessionsApi.Stopped.class);
  }

  @Test
  void theSkyAnswersLikeTheDocument() throws Exception {
    String sky = "/api/v1/astrology/";
    JsonNode current = get(sky + "current");
    isLike("astrology-get-current-astrological-data-answer", current, AstrologyApi.Current.class);
    rowsAreLike("astrology-get-current-astrological-data-answer", "aspects", current);
    JsonNode positions =
        get(sky + "planetary-positions?date=2024-01-15T10:30:00Z&location=37.7749,-122.4194");
    isLike("astrology-get-planetary-positions-answer", positions, AstrologyApi.Positions.class);
    rowsAreLike("astrology-get-planetary-positions-answer", "positions", positions);
    isLike(
        "astrology-get-moon-phase-answer", get(sky + "moon-phase"), AstrologyApi.MoonPhase.class);
    JsonNode lines =
        post(
            sky + "astrocartography",
            example("astrology-calculate-astrocartography-lines-request"));
    isLike("astrology-calculate-astrocartography-lines-answer", lines, AstrologyApi.Lines.class);
    rowsAreLike("astrology-calculate-astrocartography-lines-answer", "lines", lines);
    rowsAreLike("astrology-calculate-astrocartography-lines-answer", "parans", lines);
    JsonNode times = get(sky + "auspicious-times?activity=meditation&date=2024-01-15");
    isLike("astrology-get-auspicious-times-answer", times, AstrologyApi.AuspiciousTimes.class);
    rowsAreLike("astrology-get-auspicious-times-answer", "times", times);
    assertThat(times.get("date").asText()).isEqualTo("2024-01-15");
    JsonNode hours = get(sky + "planetary-hours?location=51.5074,-0.1278");
    isLike("astrology-get-planetary-hours-answer", hours, AstrologyApi.PlanetaryHours.class);
    rowsAreLike("astrology-get-planetary-hours-answer", "next_hours", hours);
  }

  @Test
  void scalarWavesAnswerLikeTheDocument() throws Exception {
    JsonNode wave =
        post("/api/v1/scalar/generate", example("scalar-generate-scalar-waves-request"));
    isLike("scalar-generate-scalar-waves-answer", wave, ScalarApi.Wave.class);
    JsonNode breathing =
        post(
            "/api/v1/scalar/breathing-cycle",
            example("scalar-scalar-wave-breathing-cycle-request"));
    isLike("scalar-scalar-wave-breathing-cycle-answer", breathing, ScalarApi.Breathing.class);
    assertThat(breathing.get("total_duration").asInt()).isEqualTo(190);
    isLike(
        "scalar-benchmark-scalar-waves-answer",
        post("/api/v1/scalar/benchmark", null),
        ScalarApi.Benchmark.class);
  }

  @Test
  void radionicsAnswerLikeTheDocument() throws Exception {
    String radionics = "/api/v1/radionics/";
    JsonNode rate =
        post(radionics + "calculate-rate", example("radionics-calculate-radionics-rate-request"));
    isLike("radionics-calculate-radionics-rate-answer", rate, RadionicsApi.Calculated.class);
    assertThat(rate.get("intention").asText()).isEqualTo("Physical healing and vitality");
    assertThat(rate.get("method").asText()).isEqualTo("gematria");
    JsonNode broadcast =
        post(radionics + "broadcast", example("radionics-broadcast-radionics-rate-request"));
    JsonNode wanted = example("radionics-broadcast-radionics-rate-answer");
    isLike(
        "radionics-broadcast-radionics-rate-answer",
        broadcast,
        RadionicsApi.BroadcastStarted.class);
    for (String field : new String[] {"status", "message", "rate", "duration"}) {
      assertThat(broadcast.get(field)).as(field).isEqualTo(wanted.get(field));
    }
    post(radionics + "broadcasts/" + broadcast.get("broadcast_id").asText() + "/stop", null);
    JsonNode rates = get(radionics + "rates");
    isLike("radionics-get-radionics-database-answer", rates, RadionicsApi.Rates.class);
    rowsAreLike("radionics-get-radionics-database-answer", "rates", rates);
    assertThat(rates.get("count").asInt()).isGreaterThanOrEqualTo(150);
    assertThat(get(radionics + "rates?category=health&search=general%20vitality").get("rates"))
        .first()
        .isEqualTo(example("radionics-get-radionics-database-answer").get("rates").get(0));
  }

  @Test
  void blessingsAnswerLikeTheDocument() throws Exception {
    String blessings = "/api/v1/blessings/";
    JsonNode narrative =
        post(
            blessings + "generate-narrative",
            example("blessings-generate-blessing-narrative-request"));
    isLike("blessings-generate-blessing-narrative-answer", narrative, BlessingsApi.Narrative.class);
    assertThat(narrative.get("narrative").asText()).contains("all sentient beings");
    JsonNode compassionate =
        post(
            blessings + "compassionate-blessing",
            example("blessings-compassionate-blessing-request"));
    isLike(
        "blessings-compassionate-blessing-answer",
        compassionate,
        BlessingsApi.CompassionateAnswer.class);
    assertThat(compassionate.at("/blessing/text").asText())
        .contains("Earth and all its inhabitants");
    assertThat(compassionate.at("/blessing/qualities").toString())
        .isEqualTo("[\"love\",\"peace\",\"healing\"]");
    JsonNode liberation =
        post(blessings + "mass-liberation", example("blessings-mass-liberation-blessing-request"));
    isLike(
        "blessings-mass-liberation-blessing-answer",
        liberation,
        BlessingsApi.LiberationAnswer.class);
    JsonNode wanted = example("blessings-mass-liberation-blessing-answer").get("blessing");
    for (String field : new String[] {"type", "scope"}) {
      assertThat(liberation.get("blessing").get(field)).as(field).isEqualTo(wanted.get(field));
    }
    assertThat(liberation.at("/blessing/mantra").asText())
        .isEqualToIgnoringCase("om mani padme hum");
  }

  @Test
  void attunementsAnswerLikeTheDocument() throws Exception {
    JsonNode created =
        post(
            "/api/v1/rng-attunement/session/create",
            example("attunement-create-rng-session-request"));
    isLike("attunement-create-rng-session-answer", created, AttunementApi.Created.class);
    // No quantum service is configured, so the answer names what takes its place.
    assertThat(created.get("source").asText()).isEqualTo("system");
    assertThat(created.get("note").asText()).contains("quantum");
    JsonNode reading = get("/api/v1/rng-attunement/reading/" + created.get("session_id").asText());
    isLike("attunement-get-rng-reading-answer", reading, AttunementApi.Answer.class);
    assertThat(reading.at("/reading/p_value").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void populationsAndAutomationAnswerLikeTheDocument() throws Exception {
    JsonNode created =
        post("/api/v1/populations/create", example("populations-create-population-request"));
    isLike("populations-create-population-answer", created, PopulationsApi.Created.class);
    String id = created.get("population_id").asText();
    JsonNode population = get("/api/v1/populations/" + id);
    isLike("populations-get-population-answer", population, PopulationsApi.Answer.class);
    assertThat(population.at("/population/size_estimate").asLong()).isEqualTo(8_000_000_000L);
    JsonNode populations = get("/api/v1/populations/?category=global");
    isLike("populations-list-populations-answer", populations, PopulationsApi.Listing.class);
    rowsAreLike("populations-list-populations-answer", "populations", populations);
    assertThat(get("/api/v1/populations?category=global")).isEqualTo(populations);

    // The document's population is another server's; everything else goes out as printed.
    JsonNode request = example("automation-create-automation-workflow-request");
    ((ObjectNode) request.at("/actions/2/params")).put("population_id", id);
    JsonNode workflow = post("/api/v1/automation/create", request);
    isLike("automation-create-automation-workflow-answer", workflow, AutomationApi.Created.class);
    assertThat(workflow.get("next_run").asText()).endsWith("T06:00:00Z");
    JsonNode workflows = get("/api/v1/automation/workflows");
    assertThat(workflows.get("workflows").get(0).get("id")).isEqualTo(workflow.get("workflow_id"));
    assertThat(workflows.get("workflows").get(0).get("status").asText()).isEqualTo("active");
    assertThat(workflows.get("workflows").get(0).has("last_run")).isFalse();
  }

  @Test
  void visualizationAnswersLikeTheDocument() throws Exception {
    String visualization = "/api/v1/visualization/";
    JsonNode field =
        post(
            visualization + "rothko",
            example("visualization-generate-rothko-visualization-request"));
    isLike(
        "visualization-generate-rothko-visualization-answer", field, VisualizationApi.Field.class);
    JsonNode wanted = example("visualization-generate-rothko-visualization-answer");
    for (String name : new String[] {"status", "dimensions", "format"}) {
      assertThat(field.get(name)).as(name).isEqualTo(wanted.get(name));
    }
    BufferedImage picture =
        ImageIO.read(
            new ByteArrayInputStream(Base64.getDecoder().decode(field.get("image_data").asText())));
    assertThat(picture.getWidth()).isEqualTo(1920);
    assertThat(picture.getHeight()).isEqualTo(1080);
    // The first colour rules the upper part, the last the lower.
    int upper = picture.getRGB(960, 220);
    int lower = picture.getRGB(960, 860);
    assertThat(upper >> 16 & 0xFF).isGreaterThan(0xF0).isGreaterThan((upper & 0xFF) + 0x60);
    assertThat(lower & 0xFF).isGreaterThan(0xC0).isGreaterThan((lower >> 16 & 0xFF) + 0x60);

    JsonNode pattern =
        post(
            visualization + "sacred-geometry",
            example("visualization-generate-sacred-geometry-request"));
    isLike(
        "visualization-generate-sacred-geometry-answer", pattern, VisualizationApi.Pattern.class);
    JsonNode drawn = example("visualization-generate-sacred-geometry-answer");
    for (String name : new String[] {"status", "pattern", "format"}) {
      assertThat(pattern.get(name)).as(name).isEqualTo(drawn.get(name));
    }
    assertThat(pattern.get("residual").asDouble()).isLessThan(1e-9);
    String svg =
        new String(
            Base64.getDecoder().decode(pattern.get("image_data").asText()), StandardCharsets.UTF_8);
    assertThat(svg).contains("width=\"1024\"").contains("flower of life");
    // 91 circles of five rings, the frame's two and the floor and ground.
    assertThat(svg.split("<path", -1)).hasSize(1 + 91 + 4);
  }

  @Test
  void anErrorAnswersLikeTheDocument() throws Exception {
    JsonNode error =
        send(
            "POST",
            "/api/v1/audio/generate",
            WireJson.mapper().readTree("{\"frequency\": -5.0}"),
            400);
    isLike("error", error, VajraError.class);
    JsonNode wanted = example("error");
    for (String field : new String[] {"status", "error_code", "message", "details"}) {
      assertThat(error.get(field)).as(field).isEqualTo(wanted.get(field));
    }
  }

  @Test
  void theSocketSpeaksLikeTheDocument() throws Exception {
    BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    URI url = server.url();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + url.getAuthority() + VajraSocket.PATH), new Ear(heard))
            .join();
    isLike("socket-connection-status", next(heard, "connection_status"), null);
    socket.sendText(text("socket-start-session"), true).join();
    JsonNode started = event(heard, "SESSION_STARTED");
    isLike("socket-domain-events", started, null);
    String id = started.get("payload").get("session_id").asText();
    JsonNode live = next(heard, "realtime_data");
    while (!live.get("sessions").has(id)) {
      live = next(heard, "realtime_data");
    }
    assertThat(live.get("audio_spectrum")).hasSize(64);
    assertThat(live.get("sessions").get(id).get("name").asText()).isEqualTo("Evening Meditation");
    isShapedLike(
        example("socket-real-time-data").get("system_status"), live.get("system_status"), "");

    socket.sendText(text("socket-update-settings"), true).join();
    JsonNode updated = event(heard, "SETTINGS_UPDATED").get("payload");
    example("socket-update-settings")
        .get("settings")
        .properties()
        .forEach(
            setting ->
                assertThat(updated.get(setting.getKey()))
                    .as(setting.getKey())
                    .isEqualTo(setting.getValue()));
    JsonNode config =
        post("/api/v1/audio/generate", WireJson.mapper().readTree("{\"duration\": 1.0}"));
    assertThat(config.get("config").get("frequency").asDouble()).isEqualTo(432);
    assertThat(config.get("config").get("volume").asDouble()).isEqualTo(0.7);

    socket.sendText(text("socket-ping"), true).join();
    isLike("socket-pong", next(heard, "pong"), null);
    isLike("socket-heartbeat", next(heard, "heartbeat"), null);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Test
  void whatCannotBeObeyedIsAnErrorMessageAndTheSocketStays() throws Exception {
    BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    URI url = server.url();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + url.getAuthority() + VajraSocket.PATH), new Ear(heard))
            .join();
    for (String bad :
        new String[] {
          "no json",
          "[]",
          "{}",
          "{\"type\":\"DANCE\"}",
          "{\"type\":\"START_SESSION\"}",
          "{\"type\":\"START_SESSION\",\"session_name\":\"a\",\"duration\":-1}",
          "{\"type\":\"UPDATE_SETTINGS\",\"settings\":{\"volume\":7}}",
          "x".repeat(100_000)
        }) {
      socket.sendText(bad, true).join();
      JsonNode error = next(heard, "error");
      assertThat(error.get("status").asText()).isEqualTo("error");
      assertThat(error.get("error_code").asText())
          .isIn("WEBSOCKET_ERROR", "INVALID_PARAMETER", "INVALID_FREQUENCY");
      assertThat(error.get("message").asText()).isNotBlank().doesNotContain("dev.spanda");
    }
    socket.sendText(text("socket-ping"), true).join();
    next(heard, "pong");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  /** The Python program of the document, with the typed client. */
  @Test
  void theDocumentsPythonProgramRuns() throws Exception {
    AudioApi.Generated audio =
        server.client().audio().generate(new AudioApi.Settings(136.1, 30.0, 0.8, true, null, null));
    assertThat(audio.audioGenerated()).isTrue();
    String sessionId =
        server
            .client()
            .sessions()
            .create(new SessionsApi.Plan("Healing Session", 1800L, "Universal healing", null, null))
            .sessionId();
    assertThat(server.client().sessions().start(sessionId).message()).isEqualTo("Session started");
    BlockingQueue<VajraSocket.RealtimeData> heard = new LinkedBlockingQueue<>();
    SocketListener<VajraSocket.FromServer> listener =
        message -> {
          if (message instanceof VajraSocket.RealtimeData data) {
            heard.add(data);
          }
        };
    try (AutoCloseable socket = server.client().socket(listener)) {
      assertThat(socket).isNotNull();
      VajraSocket.RealtimeData data = heard.poll(5, TimeUnit.SECONDS);
      assertThat(data).isNotNull();
      assertThat(data.audioSpectrum().subList(0, 5)).hasSize(5);
    }
  }

  @Test
  void theDownloadIsTheSoundThatWasGenerated() {
    server.client().audio().generate(AudioApi.Settings.UNCHANGED.withDuration(2));
    byte[] wav = server.client().audio().download(null, null).bytes();
    assertThat(wav).hasSize(44 + 2 * 88_200).startsWith("RIFF".getBytes(StandardCharsets.US_ASCII));
    assertThat(server.client().audio().download("flac", 24).bytes())
        .startsWith("fLaC".getBytes(StandardCharsets.US_ASCII));
  }

  private JsonNode get(String path) throws Exception {
    return send("GET", path, null, 200);
  }

  private JsonNode post(String path, @Nullable JsonNode body) throws Exception {
    return send("POST", path, body, 200);
  }

  private JsonNode send(String verb, String path, @Nullable JsonNode body, int status)
      throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(server.url().resolve(path))
                .header("Content-Type", "application/json")
                .method(
                    verb,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return WireJson.mapper().readTree(response.body());
  }

  private static JsonNode next(BlockingQueue<JsonNode> heard, String type) throws Exception {
    for (; ; ) {
      JsonNode message = heard.poll(15, TimeUnit.SECONDS);
      assertThat(message).as("a message of type " + type).isNotNull();
      if (message.get("type").asText().equals(type)) {
        return message;
      }
    }
  }

  private static JsonNode event(BlockingQueue<JsonNode> heard, String name) throws Exception {
    for (; ; ) {
      JsonNode event = next(heard, "domain_event");
      if (event.get("event_name").asText().equals(name)) {
        return event;
      }
    }
  }

  /** The answer has every field of the example, of the same kind, and its record loses nothing. */
  private static void isLike(String example, JsonNode answer, @Nullable Class<?> record)
      throws IOException {
    isShapedLike(example(example), answer, example);
    if (record != null) {
      Object read = WireJson.mapper().treeToValue(answer, record);
      JsonNode written = WireJson.mapper().readTree(WireJson.mapper().writeValueAsString(read));
      assertThat(written).isEqualTo(answer);
    }
  }

  /** Every row of a list is like the example's first one. */
  private static void rowsAreLike(String example, String list, JsonNode answer) throws IOException {
    JsonNode wanted = example(example).get(list).get(0);
    assertThat(answer.get(list)).as(list).isNotEmpty();
    for (JsonNode row : answer.get(list)) {
      isShapedLike(wanted, row, example + "." + list);
    }
  }

  private static void isShapedLike(JsonNode wanted, JsonNode actual, String where) {
    assertThat(actual).as(where).isNotNull();
    if (wanted.isNumber()) {
      assertThat(actual.isNumber()).as(where).isTrue();
      // A client that reads a whole number must not be handed a fraction.
      if (wanted.isIntegralNumber() && !where.endsWith("timestamp")) {
        assertThat(actual.isIntegralNumber()).as(where).isTrue();
      }
    } else {
      assertThat(actual.getNodeType()).as(where).isEqualTo(wanted.getNodeType());
    }
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      isShapedLike(field.getValue(), actual.get(field.getKey()), where + "." + field.getKey());
    }
  }

  private static JsonNode example(String name) throws IOException {
    return WireJson.mapper().readTree(text(name));
  }

  private static String text(String name) throws IOException {
    return Files.readString(EXAMPLES.resolve(name + ".json"));
  }

  private static final class Ear implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> heard;
    private final StringBuilder parts = new StringBuilder();

    Ear(BlockingQueue<JsonNode> heard) {
      this.heard = heard;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        try {
          heard.add(WireJson.mapper().readTree(parts.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}

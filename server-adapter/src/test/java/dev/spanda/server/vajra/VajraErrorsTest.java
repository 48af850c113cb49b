package dev.spanda.server.vajra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spanda.client.ApiException;
import dev.spanda.client.ClientOptions;
import dev.spanda.client.RateLimitedException;
import dev.spanda.client.RetryPolicy;
import dev.spanda.client.VajraClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.ScalarApi;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VisualizationApi;
import dev.spanda.server.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class VajraErrorsTest {

  @TempDir private static Path folder;
  private static VajraServer server;

  @BeforeAll
  static void start() {
    server = VajraServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aNumberOutOfRangeNamesValueAndRange() {
    AudioApi audio = server.client().audio();
    refused(
        () -> audio.generate(AudioApi.Settings.UNCHANGED.withFrequency(20_001)),
        400,
        "INVALID_FREQUENCY",
        "20000");
    refused(
        () -> audio.generate(AudioApi.Settings.UNCHANGED.withDuration(0)),
        400,
        "INVALID_PARAMETER",
        "14400");
    refused(
        () -> audio.generate(AudioApi.Settings.UNCHANGED.withVolume(1.01)),
        400,
        "INVALID_PARAMETER",
        "between 0 and 1");
    refused(() -> audio.play(new AudioApi.PlayRequest(9, null)), 400, "INVALID_PARAMETER", "9");
  }

  @Test
  void aSessionThatIsNotThereIsNotFound() {
    refused(
        () -> server.client().sessions().start("sess_nowhere"), 404, "SESSION_NOT_FOUND", "sess");
    refused(
        () -> server.client().scalar().stop("sw_nowhere"), 404, "RESOURCE_NOT_FOUND", "sw_nowhere");
  }

  @Test
  void aSessionStartsOnceAndStopsOnce() {
    SessionsApi sessions = server.client().sessions();
    String id = sessions.create(new SessionsApi.Plan("Once", 60L, null, null, null)).sessionId();
    refused(() -> sessions.stop(id), 409, "INVALID_PARAMETER", "");
    sessions.start(id);
    refused(() -> sessions.start(id), 409, "INVALID_PARAMETER", "");
    sessions.stop(id);
    refused(() -> sessions.stop(id), 409, "INVALID_PARAMETER", "");
    assertThat(sessions.history(10, 0).sessions().get(0).id()).isEqualTo(id);
  }

  @Test
  void anUnknownPatternListsTheKnownOnes() {
    refused(
        () ->
            server
                .client()
                .scalar()
                .generate(new ScalarApi.WaveRequest(null, null, null, "teapot", null, null)),
        400,
        "INVALID_PARAMETER",
        "schumann");
  }

  @Test
  void everyWrongFieldOfAPictureIsNamed() {
    field("{\"colors\":[\"red\"]}", "#RRGGBB");
    field("{\"colors\":[]}", "between 1 and 12");
    field("{\"colors\":[null]}", "null");
    field("{\"colors\":[\"#fff\"],\"palette\":\"deep\"}", "palette must be absent");
    field("{\"palette\":\"mud\"}", "grove");
    field("{\"width\":15}", "Width must be between 16 and 4096 px");
    field("{\"height\":4097}", "Height must be between 16 and 4096 px");
    field("{\"blur_amount\":-1}", "Blur must be between 0 and 1000 px");
    pattern("{\"pattern\":\"blob\"}", "sri-yantra");
    pattern("{\"pattern\":\"torus\",\"complexity\":\"huge\"}", "medium");
    pattern("{\"pattern\":\"torus\",\"complexity\":7}", "medium");
    pattern("{\"pattern\":\"torus\",\"color_scheme\":\"mud\"}", "chakra");
    pattern("{\"pattern\":\"torus\",\"size\":5000}", "Size must be between 16 and 4096 px");
    pattern("{\"pattern\":\"torus\",\"format\":\"GIF\"}", "SVG, PNG");
  }

  private static void field(String json, String inMessage) {
    refused(
        () ->
            server
                .client()
                .visualization()
                .rothko(WireJson.mapper().readValue(json, VisualizationApi.FieldRequest.class)),
        400,
        "INVALID_PARAMETER",
        inMessage);
  }

  private static void pattern(String json, String inMessage) {
    refused(
        () ->
            server
                .client()
                .visualization()
                .sacredGeometry(
                    WireJson.mapper().readValue(json, VisualizationApi.PatternRequest.class)),
        400,
        "INVALID_PARAMETER",
        inMessage);
  }

  @Test
  void theEleventhGenerationWithinAMinuteIsRefused(@TempDir Path other) {
    try (VajraServer limited = new VajraServer(Config.in(other).onFreePorts())) {
      AudioApi.Settings brief = AudioApi.Settings.UNCHANGED.withDuration(0.1);
      for (int i = 0; i < 10; i++) {
        limited.client().audio().generate(brief);
      }
      assertThatExceptionOfType(RateLimitedException.class)
          .isThrownBy(() -> limited.client().audio().generate(brief))
          .satisfies(
              refusal -> {
                assertThat(refusal.status()).isEqualTo(429);
                assertThat(refusal.code()).isEqualTo("RATE_LIMIT_EXCEEDED");
                assertThat(refusal.retryAfter()).isPresent();
              });
      assertThat(limited.client().audio().status().hasAudio()).isTrue();
    }
  }

  @Test
  void theHundredAndFirstRequestWithinAMinuteIsRefused(@TempDir Path other) {
    try (VajraServer limited = new VajraServer(Config.in(other).onFreePorts());
        VajraClient client =
            VajraClient.connect(limited.url(), ClientOptions.DEFAULT.withRetry(RetryPolicy.NONE))) {
      assertThatExceptionOfType(RateLimitedException.class)
          .isThrownBy(
              () -> {
                // One permit comes back every 0.6 s, so a slow run may need a few more.
                for (int i = 0; i < 150; i++) {
                  client.core().health();
                }
              });
    }
  }

  private static void refused(Executable call, int status, String code, String inMessage) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call::execute)
        .satisfies(
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.getMessage()).contains(inMessage);
            });
  }
}

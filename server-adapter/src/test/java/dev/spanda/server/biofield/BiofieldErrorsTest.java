package dev.spanda.server.biofield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.biofield.BiofieldError;
import dev.spanda.contract.http.WireJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every code of the document, and pictures that mean harm. */
class BiofieldErrorsTest {

  private static final String CAPTURE = "/api/analysis/capture";

  @TempDir private static Path folder;
  private static BiofieldServer server;
  private static Calls calls;

  @BeforeAll
  static void start() {
    server = BiofieldServer.in(folder);
    calls = new Calls(server.url(), server.token());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void withoutATokenAuthIsRequiredAndWithAWrongOneInvalid() throws IOException {
    Calls.Answer none = new Calls(server.url(), null).get("/api/analysis/history");
    refused(none, 401, "AUTH_REQUIRED");
    assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
    refused(new Calls(server.url(), "x.y.z").get("/api/baseline/current"), 401, "AUTH_INVALID");
    String token = server.token();
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(43);
    refused(new Calls(server.url(), forged).get("/api/baseline/current"), 401, "AUTH_INVALID");
  }

  @Test
  void aWrongPasswordOrClientIsAuthInvalid() throws IOException {
    Calls open = new Calls(server.url(), null);
    for (String login :
        new String[] {
          "{\"username\":\"user@example.com\",\"password\":\"wrong_password\","
              + "\"client_id\":\"your_client_id\"}",
          "{\"username\":\"user@example.com\",\"password\":\"secure_password\","
              + "\"client_id\":\"other\"}",
          "{\"username\":\"nobody@example.com\",\"password\":\"secure_password\","
              + "\"client_id\":\"your_client_id\"}"
        }) {
      refused(open.json("POST", "/auth/token", login), 401, "AUTH_INVALID");
    }
    refused(open.json("POST", "/auth/token", "{}"), 400, "VALIDATION_ERROR");
    refused(open.json("POST", "/auth/token", "{"), 400, "VALIDATION_ERROR");
  }

  @Test
  void aRefreshTokenIsSpentOnceAndItsSecondUseEndsTheLogin() throws IOException {
    Calls open = new Calls(server.url(), null);
    JsonNode first =
        open.json(
                "POST",
                "/auth/token",
                "{\"username\":\"user@example.com\",\"password\":\"secure_password\","
                    + "\"client_id\":\"your_client_id\"}")
            .json();
    assertThat(first.get("token_type").asText()).isEqualTo("Bearer");
    assertThat(first.get("expires_in").asInt()).isEqualTo(3600);
    String spend = "{\"refresh_token\":\"" + first.get("refresh_token").asText() + "\"}";
    JsonNode second = open.json("POST", "/auth/refresh", spend).json();
    Calls renewed = new Calls(server.url(), second.get("access_token").asText());
    assertThat(renewed.get("/api/baseline/current").status()).isEqualTo(200);
    refused(open.json("POST", "/auth/refresh", spend), 401, "AUTH_INVALID");
    // The thief and the victim cannot be told apart: both are out.
    refused(renewed.get("/api/baseline/current"), 401, "AUTH_INVALID");
    refused(
        open.json(
            "POST",
            "/auth/refresh",
            "{\"refresh_token\":\"" + second.get("refresh_token").asText() + "\"}"),
        401,
        "AUTH_INVALID");
    // An access token is no refresh token, nor the other way round.
    refused(
        open.json("POST", "/auth/refresh", "{\"refresh_token\":\"" + server.token() + "\"}"),
        401,
        "AUTH_INVALID");
  }

  @Test
  void aNumberOutOfRangeIsRefusedWithItsValue() throws IOException {
    Calls.Answer answer = calls.get("/api/analysis/history?limit=1000");
    refused(answer, 400, "VALIDATION_ERROR");
    assertThat(answer.json().get("detail").asText())
        .isEqualTo("Limit must be between 1 and 100; was 1000");
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    refused(calls.get("/api/analysis/a3f8b2c1"), 404, "ANALYSIS_NOT_FOUND");
    refused(
        calls.json("PUT", "/api/baseline/baseline_xyz789/activate", null),
        404,
        "BASELINE_NOT_FOUND");
    refused(calls.json("DELETE", "/api/baseline/baseline_xyz789", null), 404, "BASELINE_NOT_FOUND");
    refused(calls.get("/api/export/session/session_abc123"), 404, "SESSION_NOT_FOUND");
    refused(calls.get("/api/export/analysis/a3f8b2c1?format=pdf"), 404, "ANALYSIS_NOT_FOUND");
    refused(
        calls.json("POST", "/api/baseline/create", "{\"session_id\":\"session_abc123\"}"),
        404,
        "SESSION_NOT_FOUND");
    refused(calls.get("/api/capture/batch/batch_1"), 404, "BATCH_NOT_FOUND");
    refused(calls.get("/frames/frame_1.jpg"), 404, "FRAME_NOT_FOUND");
    refused(calls.get("/api/nothing"), 404, "NOT_FOUND");
    refused(calls.json("PUT", CAPTURE, "{}"), 405, "VALIDATION_ERROR");
    refused(calls.json("POST", "/api/baseline/create", "{}"), 400, "VALIDATION_ERROR");
    refused(calls.get("/ws/realtime"), 426, "WEBSOCKET_ERROR");
  }

  @Test
  void aFormIsChecked() throws IOException {
    byte[] png = BiofieldServer.png(16, 16, 0);
    refused(calls.form(CAPTURE, "image", Map.of("mode", "knees"), png), 400, "VALIDATION_ERROR");
    refused(calls.form(CAPTURE, "image", Map.of("region", "left"), png), 400, "VALIDATION_ERROR");
    for (String bad :
        new String[] {
          "{\"threshold\":1.5}",
          "{\"hue_shift\":-0.6}",
          "{\"saturation_boost\":2.1}",
          "{\"blur_kernel\":4}",
          "{\"blur_kernel\":0}",
          "{\"edge_sensitivity\":-0.1}",
          "{\"threshold\":\"a\"}",
          "no json",
          "[]"
        }) {
      refused(
          calls.form(CAPTURE, "image", Map.of("pip_settings", bad), png), 400, "VALIDATION_ERROR");
    }
    refused(calls.form(CAPTURE, "image", Map.of()), 400, "VALIDATION_ERROR");
    refused(calls.form(CAPTURE, "image", Map.of(), png, png), 400, "VALIDATION_ERROR");
    refused(calls.json("POST", CAPTURE, "{}"), 415, "VALIDATION_ERROR");
  }

  @Test
  void harmfulPicturesAreRefusedOrRight() throws IOException {
    byte[] jpeg = BiofieldServer.jpeg(64, 48, 1);
    refused(capture("hello".getBytes(StandardCharsets.UTF_8)), 400, "INVALID_IMAGE_FORMAT");
    refused(capture(new byte[0]), 400, "INVALID_IMAGE_FORMAT");
    refused(capture("GIF89a......".getBytes(StandardCharsets.UTF_8)), 400, "INVALID_IMAGE_FORMAT");
    refused(capture(Arrays.copyOf(jpeg, jpeg.length / 2)), 400, "INVALID_IMAGE_FORMAT");
    byte[] png = BiofieldServer.png(64, 48, 1);
    refused(capture(Arrays.copyOf(png, png.length - 20)), 400, "INVALID_IMAGE_FORMAT");
    refused(capture(bomb(20_000, 20_000)), 413, "IMAGE_TOO_LARGE");
    refused(capture(bomb(Integer.MAX_VALUE, Integer.MAX_VALUE)), 413, "IMAGE_TOO_LARGE");
    Calls.Answer large = capture(Arrays.copyOf(jpeg, 10 * 1024 * 1024));
    refused(large, 413, "IMAGE_TOO_LARGE");
    refused(
        calls.form("/api/capture/frame", "image", Map.of(), new byte[11 << 20]),
        413,
        "IMAGE_TOO_LARGE");
    refused(
        calls.form("/api/capture/batch", "images", Map.of(), jpeg, new byte[10]),
        400,
        "INVALID_IMAGE_FORMAT");
    Calls.Answer dot = capture(BiofieldServer.png(1, 1, 0));
    assertThat(dot.status()).as(dot.text()).isEqualTo(200);
    Calls.Answer line = capture(BiofieldServer.png(3000, 1, 0));
    assertThat(line.status()).as(line.text()).isEqualTo(200);
  }

  @Test
  void damagedPicturesNeverMakeTheServerFail() {
    Random random = new Random(7);
    byte[][] whole = {BiofieldServer.jpeg(48, 32, 2), BiofieldServer.png(48, 32, 2)};
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole[i % 2].clone();
      for (int k = 0; k < 1 + i % 5; k++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Calls.Answer answer = capture(damaged);
      assertThat(answer.status()).as("try %d: %s", i, answer.text()).isIn(200, 400, 413);
    }
  }

  @Test
  void aFaceThatIsNotThereIsAnalysisFailed() throws IOException {
    refused(
        calls.form(CAPTURE, "image", Map.of("mode", "face"), BiofieldServer.png(200, 200, 1)),
        500,
        "ANALYSIS_FAILED");
  }

  @Test
  void everyAnswerTellsTheLimitAndTheTierHoldsIt(@TempDir Path other) throws IOException {
    BiofieldServer.addAccount(other, "free@example.com", "free");
    try (BiofieldServer limited = new BiofieldServer(BiofieldServer.config(other, 1))) {
      Calls free = new Calls(limited.url(), limited.token("free@example.com"));
      Calls.Answer last = free.get("/api/baseline/current");
      assertThat(last.headers().firstValue("X-RateLimit-Limit")).contains("30");
      assertThat(last.headers().firstValueAsLong("X-RateLimit-Remaining").orElseThrow())
          .isBetween(0L, 30L);
      assertThat(last.headers().firstValueAsLong("X-RateLimit-Reset").orElseThrow())
          .isBetween(Instant.now().getEpochSecond() - 5, Instant.now().getEpochSecond() + 110);
      int allowed = 1;
      while (last.status() == 200 && allowed < 100) {
        last = free.get("/api/baseline/current");
        allowed++;
      }
      // Fifty at once; one comes back every two seconds while the test runs.
      assertThat(allowed).isBetween(51, 60);
      refused(last, 429, "RATE_LIMIT_EXCEEDED");
      JsonNode body = last.json();
      long seconds = body.get("retry_after").asLong();
      assertThat(seconds).isBetween(1L, 3L);
      assertThat(body.get("detail").asText())
          .isEqualTo("Rate limit exceeded. Try again in " + seconds + " seconds.");
      assertThat(last.headers().firstValueAsLong("Retry-After").orElseThrow()).isEqualTo(seconds);
      // Another account has its own permits.
      Calls pro = new Calls(limited.url(), limited.token());
      Calls.Answer fine = pro.get("/api/baseline/current");
      assertThat(fine.status()).isEqualTo(200);
      assertThat(fine.headers().firstValue("X-RateLimit-Limit")).contains("600");
    }
  }

  private static Calls.Answer capture(byte[] picture) {
    return calls.form(CAPTURE, "image", Map.of(), picture);
  }

  /** A PNG whose header promises more pixels than anybody has memory for. */
  private static byte[] bomb(int width, int height) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    chunk(png, header.array());
    chunk(png, "IDATx".getBytes(StandardCharsets.US_ASCII));
    chunk(png, "IEND".getBytes(StandardCharsets.US_ASCII));
    return png.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, byte[] typeAndData) {
    CRC32 crc = new CRC32();
    crc.update(typeAndData);
    png.writeBytes(ByteBuffer.allocate(4).putInt(typeAndData.length - 4).array());
    png.writeBytes(typeAndData);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static void refused(Calls.Answer answer, int status, String code) throws IOException {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    BiofieldError error = WireJson.mapper().readValue(answer.body(), BiofieldError.class);
    assertThat(error.errorCode()).as(answer.text()).isEqualTo(code);
    assertThat(error.statusCode()).isEqualTo(status);
    assertThat(error.detail()).isNotBlank().doesNotContain("dev.spanda");
    assertThat(error.timestamp()).isNotNull();
    assertThat(answer.headers().firstValue("X-Request-Id")).contains(error.requestId());
    assertThat(answer.headers().firstValue("X-RateLimit-Limit")).isPresent();
  }
}

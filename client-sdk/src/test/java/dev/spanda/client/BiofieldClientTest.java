package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spanda.contract.biofield.AnalysisApi;
import java.io.IOException;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BiofieldClientTest {

  private static final String NONE = "{\"id\":null,\"message\":\"No active baseline\"}";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void startServer() throws IOException {
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void theFirstCallFetchesTokensAndLaterOnesUseThem() throws Exception {
    answer(200, tokens("one", 3600));
    answer(200, NONE);
    answer(200, NONE);
    try (BiofieldClient client = client()) {
      assertThat(client.getCurrentBaseline()).isEmpty();
      assertThat(client.getCurrentBaseline()).isEmpty();
    }
    RecordedRequest login = server.takeRequest();
    assertThat(login.getTarget()).isEqualTo("/v1/biofield/auth/token");
    assertThat(login.getBody().utf8())
        .isEqualTo("{\"username\":\"a@b\",\"password\":\"p\",\"client_id\":\"c\"}");
    assertThat(login.getHeaders().get("Authorization")).isNull();
    for (int i = 0; i < 2; i++) {
      RecordedRequest call = server.takeRequest();
      assertThat(call.getTarget()).isEqualTo("/v1/biofield/api/baseline/current");
      assertThat(call.getHeaders().get("Authorization")).isEqualTo("Bearer access-one");
    }
  }

  @Test
  void aTokenThatIsNearItsEndIsRenewedFirst() throws Exception {
    answer(200, tokens("one", 10));
    answer(200, NONE);
    answer(200, tokens("two", 3600));
    answer(200, NONE);
    try (BiofieldClient client = client()) {
      client.getCurrentBaseline();
      client.getCurrentBaseline();
    }
    server.takeRequest();
    server.takeRequest();
    RecordedRequest refresh = server.takeRequest();
    assertThat(refresh.getTarget()).isEqualTo("/v1/biofield/auth/refresh");
    assertThat(refresh.getBody().utf8()).isEqualTo("{\"refresh_token\":\"refresh-one\"}");
    assertThat(server.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo("Bearer access-two");
  }

  @Test
  void aRefusedTokenIsRenewedAndTheCallGoesOutOnceMore() throws Exception {
    answer(200, tokens("one", 3600));
    answer(401, error("AUTH_INVALID"));
    answer(401, error("AUTH_INVALID"));
    answer(200, tokens("two", 3600));
    answer(
        200,
        "{\"id\":\"x\",\"timestamp\":\"2026-01-26T14:32:18.472Z\",\"mode\":\"face\","
            + "\"scores\":{}}");
    try (BiofieldClient client = client()) {
      AnalysisApi.Analysis analysis =
          client.analyzeImage(
              new byte[] {(byte) 0xFF, 1, 2},
              "face",
              "full",
              AnalysisApi.PipSettings.DEFAULT.withThreshold(0.5));
      assertThat(analysis.id()).isEqualTo("x");
    }
    assertThat(server.takeRequest().getTarget()).endsWith("/auth/token");
    assertThat(server.takeRequest().getTarget()).endsWith("/api/analysis/capture");
    // The refresh token was refused as well, so the password had to do.
    assertThat(server.takeRequest().getTarget()).endsWith("/auth/refresh");
    assertThat(server.takeRequest().getTarget()).endsWith("/auth/token");
    RecordedRequest again = server.takeRequest();
    assertThat(again.getHeaders().get("Authorization")).isEqualTo("Bearer access-two");
    String form = again.getBody().utf8();
    assertThat(form)
        .contains("name=\"mode\"", "face", "name=\"pip_settings\"", "{\"threshold\":0.5}")
        .contains("name=\"image\"; filename=\"picture-0.jpeg\"", "image/jpeg");
  }

  @Test
  void aTokenOfOnesOwnIsNotRenewed() {
    answer(401, error("AUTH_INVALID"));
    try (BiofieldClient client = BiofieldClient.connect(server.url("/v1/biofield").uri(), "mine")) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(client::getCurrentBaseline)
          .satisfies(failure -> assertThat(failure.code()).isEqualTo("AUTH_INVALID"));
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aSessionIsReadFromItsExport() {
    answer(
        200,
        "{\"session_id\":\"s\",\"start_time\":\"2026-01-26T14:00:00Z\",\"duration\":600,"
            + "\"analysis_count\":0,\"mode\":\"fullBody\",\"analyses\":[],\"aggregates\":{}}");
    try (BiofieldClient client = BiofieldClient.connect(server.url("/v1/biofield").uri(), "mine")) {
      assertThat(client.exportSession("s").analyses()).isEqualTo(List.of());
    }
  }

  private BiofieldClient client() {
    return BiofieldClient.login(
        server.url("/v1/biofield").uri(),
        "a@b",
        "p",
        "c",
        ClientOptions.DEFAULT.withRetry(RetryPolicy.NONE));
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static String tokens(String name, int seconds) {
    return "{\"access_token\":\"access-"
        + name
        + "\",\"token_type\":\"Bearer\",\"expires_in\":"
        + seconds
        + ",\"refresh_token\":\"refresh-"
        + name
        + "\"}";
  }

  private static String error(String code) {
    return "{\"status_code\":401,\"detail\":\"no\",\"error_code\":\"" + code + "\"}";
  }
}

package dev.spanda.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class ErrorReaderTest {

  private final ErrorReader reader = new ErrorReader(Clock.fixed(SteadyPace.NOW, ZoneOffset.UTC));

  private ApiException read(int status, String body, String... headers) {
    return reader.read(status, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void vajrasErrorIsRead() {
    ApiException e =
        read(
            400,
            """
            {"status":"error","error_code":"INVALID_FREQUENCY",
             "message":"Frequency must be between 0.1 and 20000 Hz",
             "details":{"provided_value":-5.0,"min_value":0.1,"max_value":20000.0},
             "timestamp":"2024-01-15T10:30:00Z"}""");
    assertThat(e.status()).isEqualTo(400);
    assertThat(e.code()).isEqualTo("INVALID_FREQUENCY");
    assertThat(e).hasMessage("Frequency must be between 0.1 and 20000 Hz");
    assertThat(e.details())
        .isEqualTo(Map.of("provided_value", -5.0, "min_value", 0.1, "max_value", 20000.0));
    assertThat(e.retryAfter()).isEmpty();
  }

  @Test
  void biofieldsErrorsAreRead() {
    ApiException e =
        read(
            400,
            """
            {"status_code":400,"detail":"Use JPEG","error_code":"INVALID_IMAGE_FORMAT",
             "timestamp":"2026-01-26T15:23:45.123Z","request_id":"req_abc123"}""");
    assertThat(e.code()).isEqualTo("INVALID_IMAGE_FORMAT");
    assertThat(e).hasMessage("Use JPEG");
    assertThat(e.requestId()).contains("req_abc123");
    ApiException limited =
        read(
            429,
            """
            {"status_code":429,"detail":"Rate limit exceeded. Try again in 42 seconds.",
             "error_code":"RATE_LIMIT_EXCEEDED","retry_after":42}""");
    assertThat(limited).isInstanceOf(RateLimitedException.class);
    assertThat(limited.retryAfter()).contains(Duration.ofSeconds(42));
  }

  @Test
  void nestedErrorsAreRead() {
    ApiException wavestack =
        read(
            400,
            """
            {"error":{"code":"VALIDATION_ERROR","message":"Title is required",
             "details":{"field":"title","constraint":"required"}}}""",
            "X-Request-Id",
            "req_header");
    assertThat(wavestack.code()).isEqualTo("VALIDATION_ERROR");
    assertThat(wavestack.details()).containsEntry("field", "title");
    assertThat(wavestack.requestId()).contains("req_header");
    ApiException octospine =
        read(
            500,
            """
            {"success":false,"error":{"code":"ERROR_CODE","message":"Error description",
             "details":{}},"timestamp":"2024-01-01T00:00:00Z","request_id":"req_123456789"}""");
    assertThat(octospine.code()).isEqualTo("ERROR_CODE");
    assertThat(octospine.requestId()).contains("req_123456789");
    ApiException craudioviz =
        read(
            402,
            """
            {"error":{"code":"insufficient_credits","message":"You need 10 credits but have 5",
             "details":{"required":10,"available":5}}}""");
    assertThat(craudioviz.status()).isEqualTo(402);
    assertThat(craudioviz.details()).isEqualTo(Map.of("required", 10, "available", 5));
  }

  @Test
  void oddBodiesStillGiveAnError() {
    assertThat(read(401, "{\"error\":\"invalid_grant\",\"error_description\":\"Expired\"}"))
        .hasMessage("Expired")
        .extracting(ApiException::code)
        .isEqualTo("invalid_grant");
    assertThat(read(422, "{\"detail\":[{\"loc\":[\"body\"]}],\"details\":[1,2]}").details())
        .containsKey("details");
    assertThat(read(502, "<html>Bad gateway</html>", "Content-Type", "text/html").getMessage())
        .isEqualTo("HTTP status 502 with a body of type text/html");
    assertThat(read(500, "out of order", "Content-Type", "text/plain").getMessage())
        .isEqualTo("HTTP status 500: out of order");
    for (String body : new String[] {"", "null", "[]", "\"x\"", "{", "{\"error\":null}", "3"}) {
      assertThat(read(500, body).code()).isEqualTo("HTTP_500");
    }
  }

  @Test
  void theTimeToWaitIsReadFromEachPlace() {
    assertThat(read(503, "", "Retry-After", "3").retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(read(503, "", "Retry-After", "Mon, 15 Jan 2024 10:30:09 GMT").retryAfter())
        .contains(Duration.ofSeconds(9));
    assertThat(read(503, "", "Retry-After", "Mon, 15 Jan 2024 10:00:00 GMT").retryAfter())
        .contains(Duration.ZERO);
    assertThat(read(503, "", "Retry-After", "soon").retryAfter()).isEmpty();
    long reset = SteadyPace.NOW.getEpochSecond() + 30;
    RateLimitedException limited =
        (RateLimitedException)
            read(429, "", "X-RateLimit-Reset", "" + reset, "X-RateLimit-Limit", "100");
    assertThat(limited.retryAfter()).contains(Duration.ofSeconds(30));
    assertThat(limited.limit()).hasValue(100);
    assertThat(limited.resetAt()).contains(Instant.ofEpochSecond(reset));
    assertThat(read(404, "", "X-RateLimit-Reset", "" + reset).retryAfter()).isEmpty();
    assertThat(read(429, "", "X-RateLimit-Reset", "9".repeat(18)).status()).isEqualTo(429);
    assertThat(read(503, "", "Retry-After", "9".repeat(18)).retryAfter())
        .contains(Duration.ofDays(365));
  }

  @Test
  void aServerWhoseClockDiffersIsMeasuredByItsOwn() {
    long reset = Instant.parse("2030-01-01T00:00:10Z").getEpochSecond();
    assertThat(
            read(429, "", "X-RateLimit-Reset", "" + reset, "Date", "Tue, 01 Jan 2030 00:00:00 GMT")
                .retryAfter())
        .contains(Duration.ofSeconds(10));
  }
}

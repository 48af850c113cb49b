package dev.spanda.contract.wavestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of the Core App's chapter goes through its record and comes out the same. */
class CoreAppExamplesTest {

  private final ObjectMapper mapper = WireJson.mapper();

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of(
            AuthApi.Credentials.class,
            """
            {"client_id": "your-client-id", "client_secret": "your-client-secret",
             "org_id": "org_123"}
            """),
        Arguments.of(
            AuthApi.Token.class,
            """
            {"access_token": "eyJhbGciOiJSUzI1NiIs...", "token_type": "Bearer",
             "expires_in": 3600}
            """),
        Arguments.of(
            AuthApi.KeySet.class,
            """
            {"keys": [{"kty": "RSA", "kid": "wavestack-1", "use": "sig", "alg": "RS256",
             "n": "...", "e": "AQAB"}]}
            """),
        Arguments.of(
            QueueApi.Listing.class,
            """
            {"items": [{"id": "clx1234...", "orgId": "org_123", "projectId": "proj_456",
              "assetId": "asset_789", "title": "My Video Title",
              "caption": "Video description...", "hashtags": ["gaming", "stream"],
              "platforms": ["youtube", "instagram"], "scheduleAt": "2026-01-20T12:00:00Z",
              "status": "queued", "createdAt": "2026-01-15T10:00:00Z"}],
             "total": 42, "limit": 20, "offset": 0}
            """),
        Arguments.of(
            QueueApi.NewItem.class,
            """
            {"projectId": "proj_456", "assetId": "asset_789", "title": "My Video Title",
             "caption": "Video description...", "hashtags": ["gaming", "stream"],
             "platforms": ["youtube", "instagram"], "scheduleAt": "2026-01-20T12:00:00Z",
             "idempotencyKey": "unique-key-12345"}
            """),
        Arguments.of(
            QueueApi.Created.class,
            """
            {"id": "clx1234...", "status": "queued", "createdAt": "2026-01-15T10:00:00Z"}
            """),
        Arguments.of(
            ProjectsApi.NewProject.class,
            """
            {"name": "My Project", "description": "Project description"}
            """),
        Arguments.of(ClipperHealthApi.Health.class, "{\"status\": \"ok\"}"),
        Arguments.of(
            HealthApi.Health.class,
            """
            {"status": "healthy", "service": "ai-personality", "version": "1.0.0"}
            """),
        Arguments.of(
            WavestackError.class,
            """
            {"error": {"code": "VALIDATION_ERROR", "message": "Title is required",
             "details": {"field": "title", "constraint": "required"}}}
            """));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleReadAndWrittenLosesNothing(Class<?> record, String example) throws IOException {
    assertThat(mapper.readTree(mapper.writeValueAsString(mapper.readValue(example, record))))
        .isEqualTo(mapper.readTree(example));
  }
}

package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.WavestackClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.AssetsApi;
import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.ProjectsApi;
import dev.spanda.contract.wavestack.QueueApi;
import dev.spanda.core.Ids;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.server.Config;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.gate.identity.Vault;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chapters Core App, Error Responses, Rate Limits and SDK Examples. */
class CoreAppTest {

  private static final String EXAMPLE =
      """
      {
        "projectId": "proj_456",
        "assetId": "asset_789",
        "title": "My Video Title",
        "caption": "Video description...",
        "hashtags": ["gaming", "stream"],
        "platforms": ["youtube", "instagram"],
        "scheduleAt": "2026-01-20T12:00:00Z",
        "idempotencyKey": "unique-key-12345"
      }
      """;

  @TempDir static Path folder;
  private static String otherKey;
  private static WavestackServer server;

  @BeforeAll
  static void start() {
    otherKey = WavestackServer.organisation(folder, "org_456");
    server = WavestackServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return WireJson.mapper().readTree(answer.body());
  }

  private static JsonNode assertOk(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static JsonNode assertError(HttpResponse<String> answer, int status, String code)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = json(answer).get("error");
    assertThat(error.get("code").asText()).isEqualTo(code);
    assertThat(error.get("message").asText()).isNotEmpty();
    return error;
  }

  private static ObjectNode example(String key) throws Exception {
    ObjectNode item = (ObjectNode) WireJson.mapper().readTree(EXAMPLE);
    return item.put("idempotencyKey", key);
  }

  @Test
  void theExampleOfTheDocumentIsPublishedOnce() throws Exception {
    JsonNode created = assertOk(server.core("POST", "/api/queue", EXAMPLE));
    assertThat(names(created)).containsExactly("id", "status", "createdAt");
    assertThat(created.get("status").asText()).isEqualTo("queued");
    String id = created.get("id").asText();
    assertThat(Instant.parse(created.get("createdAt").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    // The second time it is a conflict that names the first.
    JsonNode error = assertError(server.core("POST", "/api/queue", EXAMPLE), 409, "CONFLICT");
    assertThat(error.at("/details/field").asText()).isEqualTo("idempotencyKey");
    assertThat(error.at("/details/id").asText()).isEqualTo(id);
    assertThat(error.at("/details/createdAt").asText())
        .isEqualTo(created.get("createdAt").asText());
    QueueApi.Item over = server.client().queue().await(id, Duration.ofMinutes(1));
    assertThat(over.status()).isEqualTo("published");
    JsonNode item = assertOk(server.core("GET", "/api/queue/" + id, null));
    assertThat(names(item))
        .startsWith(
            "id",
            "orgId",
            "projectId",
            "assetId",
            "title",
            "caption",
            "hashtags",
            "platforms",
            "scheduleAt",
            "status",
            "createdAt");
    assertThat(item.get("orgId").asText()).isEqualTo("org_123");
    for (Map.Entry<String, JsonNode> field : WireJson.mapper().readTree(EXAMPLE).properties()) {
      if (!field.getKey().equals("idempotencyKey")) {
        assertThat(item.get(field.getKey())).isEqualTo(field.getValue());
      }
    }
    // Nothing is connected, so that the outbox has shown it: the asset's own bytes, once each.
    byte[] film = server.client().assets().content("asset_789").bytes();
    for (String platform : List.of("youtube", "instagram")) {
      Path shown = folder.resolve("wavestack/outbox/" + id + "-" + platform);
      assertThat(shown.resolve("media.mp4")).hasBinaryContent(film);
      JsonNode note = WireJson.mapper().readTree(Files.readString(shown.resolve("note.json")));
      assertThat(note.get("title").asText()).isEqualTo("My Video Title");
    }
    assertThat(over.results()).extracting(QueueApi.Result::via).containsExactly("outbox", "outbox");
    try (Stream<Path> shown = Files.list(folder.resolve("wavestack/outbox"))) {
      assertThat(shown.filter(path -> path.getFileName().toString().startsWith(id))).hasSize(2);
    }
    JsonNode deleted = assertOk(server.core("DELETE", "/api/queue/" + id, null));
    assertThat(deleted.get("deleted").asBoolean()).isTrue();
    assertError(server.core("GET", "/api/queue/" + id, null), 404, "NOT_FOUND");
    assertError(server.core("DELETE", "/api/queue/" + id, null), 404, "NOT_FOUND");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void itemsAreListedAsTheDocumentShows() throws Exception {
    ProjectsApi.Project project = server.client().projects().create("Listed");
    for (int i = 0; i < 3; i++) {
      assertOk(
          server.core(
              "POST",
              "/api/queue",
              example("list " + i)
                  .put("projectId", project.id())
                  .put("scheduleAt", Instant.now().plus(Duration.ofDays(9)).toString())));
    }
    JsonNode page =
        assertOk(
            server.core(
                "GET",
                "/api/queue?status=queued&limit=2&offset=1&projectId=" + project.id(),
                null));
    assertThat(names(page)).containsExactly("items", "total", "limit", "offset");
    assertThat(page.get("items")).hasSize(2);
    assertThat(page.get("total").asInt()).isEqualTo(3);
    assertThat(page.get("limit").asInt()).isEqualTo(2);
    assertThat(page.get("offset").asInt()).isEqualTo(1);
    JsonNode usual = assertOk(server.core("GET", "/api/queue", null));
    assertThat(usual.get("limit").asInt()).isEqualTo(20);
    QueueApi.Listing typed = server.client().queue().list("queued", project.id(), 100, null);
    assertThat(typed.items()).hasSize(3);
    // A scheduled item can be taken out.
    assertThat(server.client().queue().delete(typed.items().get(0).id()).deleted()).isTrue();
  }

  @Test
  void theErrorOfTheDocumentIsAnsweredWordForWord() throws Exception {
    ObjectNode item = example("error");
    item.remove("title");
    JsonNode answer = json(server.core("POST", "/api/queue", item));
    assertThat(answer.at("/error/code").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.at("/error/message").asText()).isEqualTo("Title is required");
    assertThat(answer.at("/error/details/field").asText()).isEqualTo("title");
    assertThat(answer.at("/error/details/constraint").asText()).isEqualTo("required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          projectId      |                       | projectId      | required
          projectId      | ""                    | projectId      | required
          projectId      | 5                     |                |
          assetId        |                       | assetId        | required
          title          |                       | title          | required
          title          | "  "                  | title          | required
          title          | null                  | title          | required
          title          | ["x"]                 | title          | format
          caption        | {"a":1}               | caption        | format
          hashtags       | "gaming"              | hashtags       | format
          hashtags       | ["two words"]         | hashtags       | format
          hashtags       | [null]                | hashtags       | format
          platforms      |                       | platforms      | required
          platforms      | []                    | platforms      | one_of
          platforms      | ["myspace"]           | platforms      | one_of
          platforms      | "youtube"             | platforms      | format
          platforms      | [null]                | platforms      | format
          scheduleAt     | "tomorrow"            | scheduleAt     | format
          scheduleAt     | "2999-01-01T00:00:00Z"| scheduleAt     | range
          idempotencyKey |                       | idempotencyKey | required
          idempotencyKey | ""                    | idempotencyKey | required
          """)
  void everyWrongFieldIsNamed(String field, String value, String named, String constraint)
      throws Exception {
    ObjectNode item = example("wrong " + field + value);
    if (value == null) {
      item.remove(field);
    } else {
      item.set(field, WireJson.mapper().readTree(value));
    }
    HttpResponse<String> answer = server.core("POST", "/api/queue", item);
    if (named == null) {
      // A number is read as the text it is, and no project has that name.
      JsonNode error = assertError(answer, 404, "NOT_FOUND");
      assertThat(error.at("/details/field").asText()).isEqualTo(field);
      return;
    }
    JsonNode error = assertError(answer, 400, "VALIDATION_ERROR");
    assertThat(error.at("/details/field").asText()).as(answer.body()).isEqualTo(named);
    assertThat(error.at("/details/constraint").asText()).as(answer.body()).isEqualTo(constraint);
    if (!constraint.equals("required")) {
      assertThat(error.at("/details/provided_value").isMissingNode()).as(answer.body()).isFalse();
    }
  }

  @Test
  void lengthsAreToldWithTheirLimits() throws Exception {
    for (Map.Entry<String, Integer> most :
        Map.of("title", 120, "caption", 5_000, "idempotencyKey", 200).entrySet()) {
      JsonNode error =
          assertError(
              server.core(
                  "POST",
                  "/api/queue",
                  example("length").put(most.getKey(), "x".repeat(most.getValue() + 1))),
              400,
              "VALIDATION_ERROR");
      assertThat(error.at("/details/field").asText()).isEqualTo(most.getKey());
      assertThat(error.at("/details/constraint").asText()).isEqualTo("length");
      assertThat(error.at("/details/max_length").asInt()).isEqualTo(most.getValue());
      assertThat(error.at("/details/length").asInt()).isEqualTo(most.getValue() + 1);
    }
    assertOk(server.core("POST", "/api/queue", example("fits").put("title", "x".repeat(120))));
  }

  @ParameterizedTest
  @CsvSource({
    "status=done, status, one_of",
    "limit=0, limit, range",
    "limit=101, limit, range",
    "limit=many, limit, format",
    "offset=-1, offset, range",
  })
  void wrongQueriesAreNamed(String query, String field, String constraint) throws Exception {
    JsonNode error =
        assertError(server.core("GET", "/api/queue?" + query, null), 400, "VALIDATION_ERROR");
    assertThat(error.at("/details/field").asText()).isEqualTo(field);
    assertThat(error.at("/details/constraint").asText()).isEqualTo(constraint);
    assertThat(error.at("/details/provided_value").asText())
        .isEqualTo(query.substring(query.indexOf('=') + 1));
  }

  @Test
  void unknownProjectsAndAssetsAreNotFound() throws Exception {
    JsonNode project =
        assertError(
            server.core("POST", "/api/queue", example("p").put("projectId", "proj_none")),
            404,
            "NOT_FOUND");
    assertThat(project.at("/details/field").asText()).isEqualTo("projectId");
    assertThat(project.at("/details/provided_value").asText()).isEqualTo("proj_none");
    JsonNode asset =
        assertError(
            server.core("POST", "/api/queue", example("a").put("assetId", "none")),
            404,
            "NOT_FOUND");
    assertThat(asset.at("/details/field").asText()).isEqualTo("assetId");
  }

  @Test
  void whatIsNoJsonOrTooLargeIsRefused() throws Exception {
    assertError(server.core("POST", "/api/queue", "{\"title\": "), 400, "VALIDATION_ERROR");
    assertError(server.core("POST", "/api/queue", "[]"), 400, "VALIDATION_ERROR");
    assertError(
        server.core("POST", "/api/queue", "{\"title\":\"" + "x".repeat(1 << 20) + "\"}"),
        413,
        "TOO_LARGE");
  }

  @Test
  void credentialsAndOrganisationAreAskedFor() throws Exception {
    for (String path : List.of("/api/queue", "/api/projects", "/api/assets")) {
      HttpResponse<String> none = server.send(server.core(), Map.of(), "GET", path, null);
      assertError(none, 401, "UNAUTHORIZED");
      assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertError(
          server.send(
              server.core(), WavestackServer.credentials("wrong", "org_123"), "GET", path, null),
          401,
          "UNAUTHORIZED");
      assertError(
          server.send(
              server.core(),
              WavestackServer.credentials(WavestackServer.KEY, "org_456"),
              "GET",
              path,
              null),
          403,
          "FORBIDDEN");
      JsonNode missing =
          assertError(
              server.send(
                  server.core(),
                  Map.of("Authorization", "Bearer " + WavestackServer.KEY),
                  "GET",
                  path,
                  null),
              400,
              "VALIDATION_ERROR");
      assertThat(missing.at("/details/field").asText()).isEqualTo("X-Org-Id");
      assertThat(missing.at("/details/constraint").asText()).isEqualTo("required");
    }
  }

  @Test
  void aTokenOpensWhatAKeyOpens() {
    AuthApi.Token token =
        server
            .client()
            .auth()
            .token(new AuthApi.Credentials("your-client-id", "your-client-secret", "org_123"));
    assertThat(server.client(token.accessToken(), "org_123").projects().get("proj_456").name())
        .isEqualTo("My Project");
    assertThatThrownBy(() -> server.client(token.accessToken(), "org_456").projects().list())
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("FORBIDDEN"));
  }

  @Test
  void anOrganisationSeesItsOwnAlone() throws Exception {
    WavestackClient mine = server.client();
    WavestackClient theirs = server.client(otherKey, "org_456");
    String item =
        mine.queue()
            .create(
                QueueApi.NewItem.of("proj_456", "asset_789", "Mine", List.of("local"))
                    .at(Instant.now().plusSeconds(3_600)))
            .id();
    Map<String, String> other = WavestackServer.credentials(otherKey, "org_456");
    for (String path :
        List.of(
            "/api/queue/" + item,
            "/api/projects/proj_456",
            "/api/assets/asset_789",
            "/api/assets/asset_789/content")) {
      assertError(server.send(server.core(), other, "GET", path, null), 404, "NOT_FOUND");
    }
    for (String path : List.of("/api/queue/" + item, "/api/assets/asset_789")) {
      assertError(server.send(server.core(), other, "DELETE", path, null), 404, "NOT_FOUND");
    }
    assertThat(theirs.queue().list().total()).isZero();
    assertThat(theirs.projects().list().total()).isZero();
    assertThat(theirs.assets().list().total()).isZero();
    assertError(
        server.send(server.core(), other, "POST", "/api/queue", example("theirs")),
        404,
        "NOT_FOUND");
    assertThat(mine.queue().get(item).status()).isEqualTo("queued");
  }

  @Test
  void projectsAreMadeAndListed() throws Exception {
    JsonNode made =
        assertOk(
            server.core(
                "POST",
                "/api/projects",
                Map.of("name", "My Project", "description", "Project description")));
    assertThat(made.get("name").asText()).isEqualTo("My Project");
    assertThat(made.get("description").asText()).isEqualTo("Project description");
    assertThat(made.get("orgId").asText()).isEqualTo("org_123");
    ProjectsApi.Listing listing = server.client().projects().list(100, null);
    assertThat(listing.items())
        .extracting(ProjectsApi.Project::id)
        .contains(made.get("id").asText(), "proj_456");
    assertThat(listing.total()).isEqualTo(listing.items().size());
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{}", "name");
    wrong.put("{\"name\":\"\"}", "name");
    wrong.put("{\"name\":\"" + "x".repeat(201) + "\"}", "name");
    wrong.put("{\"name\":\"x\",\"description\":\"" + "x".repeat(5_001) + "\"}", "description");
    for (Map.Entry<String, String> body : wrong.entrySet()) {
      JsonNode error =
          assertError(server.core("POST", "/api/projects", body.getKey()), 400, "VALIDATION_ERROR");
      assertThat(error.at("/details/field").asText()).isEqualTo(body.getValue());
    }
    assertError(server.core("GET", "/api/projects?limit=101", null), 400, "VALIDATION_ERROR");
  }

  @Test
  void assetsAreSentReadInPartsAndDeleted() throws Exception {
    AssetsApi.Asset demo = server.client().assets().get("asset_789");
    assertThat(demo.type()).isEqualTo("video/mp4");
    assertThat(demo.projectId()).isEqualTo("proj_456");
    Path film = folder.resolve("My film.mp4");
    try (InputStream in =
        Objects.requireNonNull(CoreService.class.getResourceAsStream("demo.mp4"))) {
      Files.copy(in, film);
    }
    byte[] bytes = Files.readAllBytes(film);
    AssetsApi.Asset sent = server.client().assets().upload(film, "proj_456");
    assertThat(sent.name()).isEqualTo("My film.mp4");
    assertThat(sent.size()).isEqualTo(bytes.length);
    assertThat(sent.sha256()).isEqualTo(demo.sha256());
    assertThat(sent.id()).startsWith("asset_").isNotEqualTo(demo.id());
    assertThat(server.client().assets().list(100, null).items())
        .extracting(AssetsApi.Asset::id)
        .contains(sent.id(), "asset_789");
    assertThat(server.client().assets().content(sent.id()).bytes()).isEqualTo(bytes);
    HttpResponse<byte[]> part =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(sent.url()))
                    .header("Authorization", "Bearer " + WavestackServer.KEY)
                    .header("X-Org-Id", "org_123")
                    .header("Range", "bytes=100-199")
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));
    assertThat(server.client().assets().delete(sent.id()).deleted()).isTrue();
    assertThatThrownBy(() -> server.client().assets().get(sent.id()))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("NOT_FOUND"));
  }

  @Test
  void theSdkExampleNeedsNoKeyOfItsOwn() {
    WavestackClient client = server.client();
    QueueApi.NewItem item =
        QueueApi.NewItem.of("proj_456", "asset_789", "My Video", List.of("youtube", "instagram"));
    QueueApi.Created first = client.queue().create(item);
    QueueApi.Created second = client.queue().create(item);
    assertThat(first.status()).isEqualTo("queued");
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(client.queue().await(first.id(), Duration.ofMinutes(1)).status())
        .isEqualTo("published");
  }

  @Test
  void aRepeatOfTheSameItemIsTheFirstAndOfAnotherAConflict() {
    WavestackClient client = server.client();
    QueueApi.NewItem item =
        QueueApi.NewItem.of("proj_456", "asset_789", "Once", List.of("local", "local"))
            .withCaption("Only once", List.of("#once"))
            .at(Instant.now().plusSeconds(3_600))
            .withKey("client key");
    QueueApi.Created first = client.queue().create(item);
    assertThat(client.queue().create(item)).isEqualTo(first);
    QueueApi.NewItem other =
        QueueApi.NewItem.of("proj_456", "asset_789", "Twice", List.of("local"))
            .withKey("client key");
    assertThatThrownBy(() -> client.queue().create(other))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.status()).isEqualTo(409);
              assertThat(e.code()).isEqualTo("CONFLICT");
              assertThat(e.details()).containsEntry("id", first.id());
            });
    assertThatThrownBy(() -> client.queue().create(item, "another key"))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining("Idempotency-Key");
  }

  @Test
  void whatWasMadeIsThereAfterARestart(@TempDir Path data) throws Exception {
    Config config = Config.in(data).onFreePorts().asDemo().withLimitFactor(1_000);
    String token;
    String later;
    Instant at = Instant.now().plusSeconds(2);
    try (WavestackServer before = new WavestackServer(config)) {
      token =
          before
              .client()
              .auth()
              .token(new AuthApi.Credentials("your-client-id", "your-client-secret", "org_123"))
              .accessToken();
      later =
          before
              .client()
              .queue()
              .create(
                  QueueApi.NewItem.of("proj_456", "asset_789", "Later", List.of("local")).at(at))
              .id();
    }
    try (WavestackServer after = new WavestackServer(config)) {
      WavestackClient client = after.client(token, "org_123");
      assertThat(client.assets().list().total()).isEqualTo(1);
      assertThat(client.projects().list().total()).isEqualTo(1);
      QueueApi.Item over = client.queue().await(later, Duration.ofMinutes(1));
      assertThat(over.status()).isEqualTo("published");
      assertThat(over.finishedAt()).isAfterOrEqualTo(at.minusMillis(1));
    }
  }

  @Test
  void aTokenOutlivesTheRotationOfItsKey(@TempDir Path data) {
    Config config = Config.in(data).onFreePorts().asDemo().withLimitFactor(1_000);
    AuthApi.Credentials credentials =
        new AuthApi.Credentials("your-client-id", "your-client-secret", "org_123");
    String old;
    try (WavestackServer before = new WavestackServer(config)) {
      old = before.client().auth().token(credentials).accessToken();
    }
    // What spanda admin signing rotate does.
    try (Store store = Store.open(StoreLocation.folder(data))) {
      new Tokens(
              store,
              Clock.systemUTC(),
              Ids.secure(),
              Vault.in(data, System.getenv(Vault.VARIABLE)),
              Tokens.Settings.of(Wavestack.NAME, Tokens.Algorithm.RS256))
          .rotateKeys();
    }
    try (WavestackServer after = new WavestackServer(config)) {
      assertThat(after.client().auth().keys().keys())
          .extracting(key -> key.get("kid"))
          .containsExactly("wavestack-2", "wavestack-1");
      String fresh = after.client().auth().token(credentials).accessToken();
      for (String token : List.of(old, fresh)) {
        assertThat(after.client(token, "org_123").projects().list().total()).isEqualTo(1);
      }
    }
  }

  @Test
  void anAnswerTellsHowManyRequestsAreLeft() throws Exception {
    HttpResponse<String> answer = server.core("GET", "/api/queue", null);
    assertThat(answer.headers().firstValue("X-RateLimit-Limit")).hasValue("100000");
    assertThat(answer.headers().firstValueAsLong("X-RateLimit-Remaining").orElseThrow())
        .isLessThan(100_000);
    assertThat(answer.headers().firstValueAsLong("X-RateLimit-Reset").orElseThrow())
        .isGreaterThan(1_705_312_800L);
  }
}

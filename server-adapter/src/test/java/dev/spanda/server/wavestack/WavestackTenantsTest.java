package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.WavestackClient;
import dev.spanda.client.socket.LiveSocket;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.contract.wavestack.AssetsApi;
import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.AutomodApi;
import dev.spanda.contract.wavestack.ClipperApi;
import dev.spanda.contract.wavestack.ClipperHealthApi;
import dev.spanda.contract.wavestack.ConnectorsApi;
import dev.spanda.contract.wavestack.HealthApi;
import dev.spanda.contract.wavestack.PersonalityApi;
import dev.spanda.contract.wavestack.ProjectsApi;
import dev.spanda.contract.wavestack.PublisherApi;
import dev.spanda.contract.wavestack.QueueApi;
import dev.spanda.contract.wavestack.SocialApi;
import dev.spanda.contract.wavestack.StreamSocket;
import dev.spanda.contract.wavestack.ThumbnailsApi;
import dev.spanda.contract.wavestack.YoutubeApi;
import dev.spanda.server.DrawnFilm;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever operation there is: what belongs to another organisation is not there. */
class WavestackTenantsTest {

  /** Every contract and where it is served. */
  private static final Map<Class<?>, String> CONTRACTS = new LinkedHashMap<>();

  static {
    CONTRACTS.put(QueueApi.class, "wavestack-core");
    CONTRACTS.put(ProjectsApi.class, "wavestack-core");
    CONTRACTS.put(AssetsApi.class, "wavestack-core");
    CONTRACTS.put(AuthApi.class, "wavestack-core");
    CONTRACTS.put(HealthApi.class, "wavestack-core");
    CONTRACTS.put(ClipperApi.class, "wavestack-clipper");
    CONTRACTS.put(ClipperHealthApi.class, "wavestack-clipper");
    CONTRACTS.put(PersonalityApi.class, "wavestack-personality");
    CONTRACTS.put(SocialApi.class, "wavestack-social");
    CONTRACTS.put(ConnectorsApi.class, "wavestack-social");
    CONTRACTS.put(AutomodApi.class, "wavestack-automod");
    CONTRACTS.put(ThumbnailsApi.class, "wavestack-thumbnails");
    CONTRACTS.put(YoutubeApi.class, "wavestack-youtube");
    CONTRACTS.put(PublisherApi.class, "wavestack-publisher");
    CONTRACTS.put(AnalyticsApi.class, "wavestack-analytics");
  }

  /**
   * Operations whose names every organisation has for itself: they answer with what is its own,
   * which is nothing.
   */
  private static final Set<String> OWN_NAMES =
      Set.of(
          "GET /api/v1/violations/{userId}",
          "DELETE /api/v1/violations/{userId}",
          "GET /api/v1/memory",
          "DELETE /api/v1/memory",
          "GET /api/v1/messages",
          "GET /api/queue",
          "GET /api/v1/metrics/{platform}",
          "PUT /api/v1/content/{contentId}",
          "PUT /api/v1/connectors/{connector}");

  /** Stands in everything the owner makes and in nothing else. */
  private static final String MARK = "moonflower";

  private static final String USER = "user_" + MARK;

  private static final String ROOTS = "spanda.clip.roots";

  @TempDir private static Path folder;
  private static WavestackServer server;
  private static Map<String, String> stranger;
  private static WavestackClient owner;

  /** What the owner has, by the path variable or parameter that names it, and its contract. */
  private static final Map<String, String> IDS = new HashMap<>();

  private static boolean films;

  @BeforeAll
  static void start() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    String key = WavestackServer.organisation(data, "org_456");
    stranger = WavestackServer.credentials(key, "org_456");
    System.setProperty(ROOTS, Files.createDirectory(folder.resolve("films")).toString());
    server = WavestackServer.in(data);
    System.clearProperty(ROOTS);
    owner = server.client();
    String project = owner.projects().create(MARK).id();
    AssetsApi.Asset asset =
        owner
            .assets()
            .upload(
                Upload.of(
                        Upload.Part.of(
                            "file",
                            MARK + ".txt",
                            "text/plain",
                            MARK.getBytes(StandardCharsets.UTF_8)))
                    .withFields(Map.of("projectId", project)));
    IDS.put("ProjectsApi id", project);
    IDS.put("AssetsApi id", asset.id());
    IDS.put(
        "QueueApi id",
        owner
            .queue()
            .create(
                QueueApi.NewItem.of(project, asset.id(), MARK, List.of("youtube"))
                    .at(Instant.now().plus(Duration.ofDays(9))),
                null)
            .id());
    IDS.put("QueueApi projectId", project);
    String job =
        own(
                "wavestack-clipper",
                "POST",
                "/api/v1/clip",
                Map.of("source", film(), "start_sec", 1, "duration_sec", 1))
            .get("job_id")
            .asText();
    IDS.put("ClipperApi job_id", job);
    IDS.put("ClipperApi name", job + ".mp4");
    if (films) {
      owner.clipper().wait(job, progress -> {});
    }
    owner.ai().chat(new PersonalityApi.Message(USER, "I'm from " + MARK, null));
    IDS.put("PersonalityApi user_id", USER);
    IDS.put("PersonalityApi id", owner.ai().memories(USER).memories().get(0).id());
    own(
        "wavestack-automod",
        "POST",
        "/api/v1/check",
        Map.of("content", "you stupid idiot, I hate you, kill yourself", "user_id", USER));
    IDS.put("AutomodApi userId", USER);
    assertThat(owner.automod().violations(USER).violations()).isNotEmpty();
    say(WavestackServer.CREDENTIALS, "msg_" + MARK, MARK + " opens");
    IDS.put("SocialApi userId", USER);
    IDS.put("SocialApi channelId", "channel_" + MARK);
    IDS.put("SocialApi channel_id", "channel_" + MARK);
    IDS.put("SocialApi user_id", USER);
    own(
        "wavestack-social",
        "PUT",
        "/api/v1/connectors/youtube",
        Map.of(
            "token",
            "secret",
            "options",
            Map.of("url", "https://127.0.0.1:1", "live_chat_id", MARK)));
    IDS.put("ConnectorsApi connector", "youtube");
    String thumbnail =
        own("wavestack-thumbnails", "POST", "/api/v1/generate", Map.of("title", MARK))
            .get("url")
            .asText();
    IDS.put("ThumbnailsApi file", thumbnail.substring(thumbnail.lastIndexOf('/') + 1));
    IDS.put(
        "YoutubeApi upload_id",
        owner
            .youtube()
            .upload(YoutubeApi.Video.of("http://example.com/video.mp4", MARK), null)
            .uploadId());
    IDS.put(
        "PublisherApi publish_id",
        owner
            .publisher()
            .publish(
                new PublisherApi.Post(
                    "instagram", "reel", "http://example.com/video.mp4", MARK, null, null),
                null)
            .publishId());
    IDS.put("PublisherApi platform", "instagram");
    own(
        "wavestack-analytics",
        "PUT",
        "/api/v1/content/content_" + MARK,
        Map.of("title", MARK, "platform", "twitch"));
    own(
        "wavestack-analytics",
        "POST",
        "/api/v1/facts",
        List.of(
            Map.of(
                "id",
                "fact_" + MARK,
                "platform",
                "twitch",
                "kind",
                "views",
                "amount",
                987_654,
                "content_id",
                "content_" + MARK)));
    IDS.put("AnalyticsApi contentId", "content_" + MARK);
    IDS.put("AnalyticsApi platform", "twitch");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void say(Map<String, String> who, String id, String text) throws Exception {
    HttpResponse<String> answer =
        server.send(
            server.base("wavestack-social"),
            who,
            "POST",
            "/api/v1/messages",
            List.of(
                Map.of(
                    "id",
                    id,
                    "platform",
                    "twitch",
                    "channel",
                    Map.of("id", "channel_" + MARK),
                    "author",
                    Map.of("id", USER, "name", "n"),
                    "text",
                    text)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** A film where ffmpeg can draw one; else an address, whose clip is never made. */
  private static String film() throws Exception {
    films =
        DrawnFilm.isDrawn(
            folder.resolve("films").resolve("film.mp4"),
            "-f lavfi -i testsrc2=size=64x36:rate=10:duration=3 -c:v libx264");
    return films ? "film.mp4" : "https://example.com/video.mp4";
  }

  private static JsonNode own(String mount, String verb, String path, Object body)
      throws Exception {
    HttpResponse<String> answer =
        server.send(server.base(mount), WavestackServer.CREDENTIALS, verb, path, body);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isIn(200, 201);
    return WireJson.mapper().readTree(answer.body());
  }

  private static HttpResponse<String> strange(String mount, String verb, String path, Object body)
      throws Exception {
    return server.send(server.base(mount), stranger, verb, path, body);
  }

  /** What an operation names, in its path or its query. */
  private static Set<String> names(Operation operation) {
    Set<String> names = new TreeSet<>(operation.pathVariables());
    for (Operation.Input input : operation.inputs()) {
      if (input.source() == Operation.Source.QUERY
          && (input.name().endsWith("_id") || input.name().endsWith("Id"))) {
        names.add(input.name());
      }
    }
    return names;
  }

  private static String path(Class<?> contract, Operation operation) {
    String path = operation.path();
    for (String name : names(operation)) {
      String key = contract.getSimpleName() + " " + name;
      assertThat(IDS).as("something for " + operation.path()).containsKey(key);
      path =
          operation.pathVariables().contains(name)
              ? path.replace("{" + name + "}", IDS.get(key))
              : path + (path.contains("?") ? "&" : "?") + name + "=" + IDS.get(key);
    }
    return path;
  }

  /** The list above is whole: a new contract of the package must be looked at as well. */
  @Test
  void everyContractIsLookedAt() throws Exception {
    Path sources =
        Path.of(
            "..", "client-sdk", "src", "main", "java", "dev", "spanda", "contract", "wavestack");
    try (Stream<Path> all = Files.list(sources)) {
      assertThat(
              all.map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith("Api.java")))
          .containsExactlyInAnyOrderElementsOf(
              CONTRACTS.keySet().stream()
                  .map(contract -> contract.getSimpleName() + ".java")
                  .toList());
    }
  }

  @Test
  void whatAnotherOrganisationHasIsFoundByNoOperationAndStays() throws Exception {
    Map<String, Object> body =
        Map.of(
            "token",
            "theirs",
            "options",
            Map.of("url", "https://127.0.0.1:1", "live_chat_id", "theirs"),
            "title",
            "Theirs",
            "platform",
            "facebook");
    List<String> tried = new ArrayList<>();
    Map<String, String> before = new LinkedHashMap<>();
    for (Map.Entry<Class<?>, String> each : CONTRACTS.entrySet()) {
      for (Operation operation : Operation.of(each.getKey())) {
        if (operation.verb().equals("GET") && !names(operation).isEmpty()) {
          String path = path(each.getKey(), operation);
          HttpResponse<String> answer =
              server.send(
                  server.base(each.getValue()), WavestackServer.CREDENTIALS, "GET", path, null);
          if (films || !path.startsWith("/files/")) {
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
          }
          before.put(path, answer.body());
        }
      }
    }
    for (Map.Entry<Class<?>, String> each : CONTRACTS.entrySet()) {
      for (Operation operation : Operation.of(each.getKey())) {
        if (names(operation).isEmpty()) {
          continue;
        }
        String path = path(each.getKey(), operation);
        HttpResponse<String> answer =
            strange(
                each.getValue(), operation.verb(), path, operation.body() == null ? null : body);
        String what = operation.verb() + " " + operation.path();
        String told = answer.body();
        for (String id : IDS.values()) {
          told = told.replace(id, "");
        }
        assertThat(told).as(what).doesNotContain(MARK).doesNotContain("987654");
        if (OWN_NAMES.contains(what)) {
          assertThat(answer.statusCode()).as(what + answer.body()).isEqualTo(200);
        } else {
          assertThat(answer.statusCode()).as(what + " " + answer.body()).isEqualTo(404);
          assertThat(WireJson.mapper().readTree(answer.body()).at("/error/code").asText())
              .isEqualTo("NOT_FOUND");
        }
        tried.add(what);
      }
    }
    assertThat(tried).hasSizeGreaterThanOrEqualTo(25).containsAll(OWN_NAMES);
    // All of it is still there for its owner, with what the owner wrote into it.
    for (Map.Entry<String, String> each : before.entrySet()) {
      String mount = null;
      for (Map.Entry<Class<?>, String> contract : CONTRACTS.entrySet()) {
        for (Operation operation : Operation.of(contract.getKey())) {
          if (operation.verb().equals("GET")
              && !names(operation).isEmpty()
              && path(contract.getKey(), operation).equals(each.getKey())) {
            mount = contract.getValue();
          }
        }
      }
      HttpResponse<String> after =
          server.send(server.base(mount), WavestackServer.CREDENTIALS, "GET", each.getKey(), null);
      if (each.getKey().contains("upload") || each.getKey().contains("publish")) {
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).doesNotContain("cancel");
      } else if (!each.getKey().contains("/metrics/") && !each.getKey().contains("/clip")) {
        assertThat(after.body().replaceAll("\"relevance_score\":[^}]*", ""))
            .as(each.getKey())
            .isEqualTo(each.getValue().replaceAll("\"relevance_score\":[^}]*", ""));
      }
    }
    assertThat(owner.connectors().list().toString()).contains(MARK);
    assertThat(own("wavestack-analytics", "GET", "/api/v1/content", null).toString())
        .contains(MARK)
        .contains("987654");
    assertThat(owner.publisher().accounts().toString()).contains("instagram");
  }

  @Test
  void listsAndSearchesShowNothingOfAnother() throws Exception {
    List<String> shownToTheOwner = new ArrayList<>();
    for (Map.Entry<Class<?>, String> each : CONTRACTS.entrySet()) {
      for (Operation operation : Operation.of(each.getKey())) {
        if (!operation.verb().equals("GET") || !operation.pathVariables().isEmpty()) {
          continue;
        }
        String path = operation.path();
        if (path.endsWith("/search")) {
          path += "?q=" + MARK;
        } else if (path.endsWith("/memory")) {
          path += "?user_id=" + USER;
        }
        // The stranger may have content of the same name, but with no number of the owner's.
        String theirs =
            strange(each.getValue(), "GET", path, null).body().replace("content_" + MARK, "");
        assertThat(theirs).as(path).doesNotContain(MARK).doesNotContain("987654");
        for (String id : IDS.values()) {
          if (id.length() > 10) {
            assertThat(theirs).as(path).doesNotContain(id);
          }
        }
        if (server
            .send(server.base(each.getValue()), WavestackServer.CREDENTIALS, "GET", path, null)
            .body()
            .contains(MARK)) {
          shownToTheOwner.add(path);
        }
      }
    }
    assertThat(shownToTheOwner)
        .contains(
            "/api/projects",
            "/api/assets",
            "/api/queue",
            "/api/v1/messages",
            "/api/v1/search?q=" + MARK,
            "/api/v1/connectors",
            "/api/v1/content",
            "/api/v1/memory?user_id=" + USER);
    assertThat(strange("wavestack-clipper", "GET", "/api/v1/clip", null).body())
        .doesNotContain(IDS.get("ClipperApi job_id"));
    assertThat(strange("wavestack-publisher", "GET", "/api/v1/accounts", null).body())
        .doesNotContain("instagram");
  }

  @Test
  void whatABodyNamesMustBeOnesOwn() throws Exception {
    String project = IDS.get("ProjectsApi id");
    String asset = IDS.get("AssetsApi id");
    String own =
        WireJson.mapper()
            .readTree(
                strange("wavestack-core", "POST", "/api/projects", Map.of("name", "Own")).body())
            .get("id")
            .asText();
    for (String of : List.of(project, own)) {
      HttpResponse<String> answer =
          strange(
              "wavestack-core",
              "POST",
              "/api/queue",
              Map.of(
                  "idempotencyKey",
                  "key " + of,
                  "projectId",
                  of,
                  "assetId",
                  asset,
                  "title",
                  "T",
                  "platforms",
                  List.of("youtube")));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
      assertThat(answer.body()).doesNotContain(MARK);
    }
    // An upload into another's project.
    String boundary = "b0undary";
    HttpResponse<String> form =
        java.net.http.HttpClient.newHttpClient()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(server.core() + "/api/assets"))
                    .headers(
                        stranger.entrySet().stream()
                            .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                            .toArray(String[]::new))
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                            "--"
                                + boundary
                                + "\r\nContent-Disposition: form-data; name=\"projectId\"\r\n\r\n"
                                + project
                                + "\r\n--"
                                + boundary
                                + "\r\nContent-Disposition: form-data; name=\"file\";"
                                + " filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nA\r\n--"
                                + boundary
                                + "--\r\n"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(form.statusCode()).as(form.body()).isEqualTo(404);
    // Publishing another's asset: refused at once or failed, never shown.
    HttpResponse<String> post =
        strange(
            "wavestack-publisher",
            "POST",
            "/api/v1/publish",
            Map.of("platform", "outbox", "content_type", "post", "media_url", "asset:" + asset));
    if (post.statusCode() == 200) {
      String id = WireJson.mapper().readTree(post.body()).get("publish_id").asText();
      PublisherApi.Publish over =
          server
              .client(stranger.get("Authorization").substring("Bearer ".length()), "org_456")
              .publisher()
              .await(id, Duration.ofSeconds(30));
      assertThat(over.status()).isEqualTo("failed");
      assertThat(over.toString()).doesNotContain(MARK);
    } else {
      assertThat(post.statusCode()).as(post.body()).isIn(400, 404);
    }
  }

  @Test
  void anOrganisationsRulesAndCreatorsAreItsOwn() throws Exception {
    JsonNode policy = own("wavestack-automod", "GET", "/api/v1/policy", null);
    strange(
        "wavestack-automod",
        "PUT",
        "/api/v1/policy",
        Map.of("blocked", List.of("strangeword"), "thresholds", Map.of("toxicity", 0.11)));
    assertThat(own("wavestack-automod", "GET", "/api/v1/policy", null)).isEqualTo(policy);
    strange("wavestack-social", "PUT", "/api/v1/creators", Map.of("names", List.of("strangename")));
    assertThat(own("wavestack-social", "GET", "/api/v1/creators", null).toString())
        .doesNotContain("strangename");
    strange(
        "wavestack-personality",
        "POST",
        "/api/v1/learn",
        Map.of(
            "data_type",
            "chat_history",
            "content",
            List.of(
                Map.of("role", "user", "message", "What is the password"),
                Map.of("role", "creator", "message", "It is strangeword"))));
    assertThat(
            own(
                    "wavestack-personality",
                    "POST",
                    "/api/v1/chat",
                    Map.of("message", "What is the password"))
                .toString())
        .doesNotContain("strangeword");
  }

  @Test
  void theStreamTellsNothingOfAnother() throws Exception {
    BlockingQueue<StreamSocket.FromServer> heard = new LinkedBlockingQueue<>();
    WavestackClient theirs =
        server.client(stranger.get("Authorization").substring("Bearer ".length()), "org_456");
    try (LiveSocket<StreamSocket.FromServer, StreamSocket.FromClient> socket =
        theirs.messages(heard::add)) {
      assertThat(socket.send(new StreamSocket.Subscribe(null, null))).isNotNull();
      StreamSocket.FromServer first = heard.poll(20, TimeUnit.SECONDS);
      assertThat(first).isInstanceOf(StreamSocket.Subscribed.class);
      say(WavestackServer.CREDENTIALS, "msg_a", MARK + " again");
      say(stranger, "msg_b", "our own");
      StreamSocket.FromServer next = heard.poll(20, TimeUnit.SECONDS);
      assertThat(next)
          .isInstanceOfSatisfying(
              StreamSocket.MessageEvent.class,
              event -> assertThat(event.data().text()).isEqualTo("our own"));
    }
  }

  @Test
  void credentialsOfOneOrganisationDoNotOpenAnother() throws Exception {
    Map<String, String> mixed = new HashMap<>(stranger);
    mixed.put("X-Org-Id", WavestackServer.ORGANISATION);
    for (Map.Entry<Class<?>, String> each : CONTRACTS.entrySet()) {
      for (Operation operation : Operation.of(each.getKey())) {
        if (!names(operation).isEmpty() && operation.verb().equals("GET")) {
          HttpResponse<String> answer =
              server.send(
                  server.base(each.getValue()), mixed, "GET", path(each.getKey(), operation), null);
          assertThat(answer.statusCode()).as(operation.path()).isEqualTo(403);
        }
      }
    }
  }
}

package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.ClipperClient;
import dev.spanda.client.WavestackClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.ClipperApi;
import dev.spanda.contract.wavestack.PublisherApi;
import dev.spanda.contract.wavestack.QueueApi;
import dev.spanda.contract.wavestack.ThumbnailsApi;
import dev.spanda.contract.wavestack.YoutubeApi;
import dev.spanda.media.thumbnail.Template;
import dev.spanda.media.thumbnail.ThumbnailMaker;
import dev.spanda.media.thumbnail.ThumbnailPlan;
import dev.spanda.server.Config;
import dev.spanda.server.outbound.platform.trial.FakeSites;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chapters YouTube Publisher and Social Publisher. */
class PublishersTest {

  private static final String VIDEO =
      """
      {
        "video_url": "http://example.com/video.mp4",
        "title": "My Awesome Video",
        "description": "Video description...",
        "tags": ["gaming", "highlights"],
        "privacy": "public",
        "scheduled_at": "2026-01-20T12:00:00Z",
        "options": {
          "generate_thumbnail": true,
          "ai_description": true,
          "ai_tags": true
        }
      }
      """;
  private static final String POST =
      """
      {
        "platform": "instagram",
        "content_type": "reel",
        "media_url": "http://example.com/video.mp4",
        "caption": "Check out this highlight! 🔥",
        "options": {
          "ai_caption": true,
          "ai_hashtags": true,
          "generate_cover": true
        }
      }
      """;
  private static final String ROOTS = "spanda.clip.roots";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String YOUTUBE = "wavestack-youtube";
  private static final String PUBLISHER = "wavestack-publisher";

  @TempDir static Path folder;
  private static String otherKey;
  private static WavestackServer server;

  @BeforeAll
  static void start() throws Exception {
    otherKey = WavestackServer.organisation(folder, "org_456");
    Path films = Files.createDirectory(folder.resolve("films"));
    Files.write(films.resolve("film.mp4"), film());
    System.setProperty(ROOTS, films.toString());
    server = WavestackServer.in(folder);
    System.clearProperty(ROOTS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return WireJson.mapper().readTree(answer.body());
  }

  private static HttpResponse<String> send(String mount, String verb, String path, Object body)
      throws Exception {
    return server.send(server.base(mount), Map.of(), verb, path, body);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode assertError(HttpResponse<String> answer, int status, String code)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = json(answer).get("error");
    assertThat(error.get("code").asText()).isEqualTo(code);
    assertThat(error.get("message").asText()).isNotEmpty();
    return error;
  }

  private static Path place(String url) {
    return Path.of(URI.create(url));
  }

  private static byte[] film() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PublishersTest.class.getResourceAsStream("demo.mp4"))) {
      return in.readAllBytes();
    }
  }

  @Test
  void theDocumentsUploadRunsAsPrintedAndSaysThatItIsAStandIn() throws Exception {
    HttpResponse<String> begun = send(YOUTUBE, "POST", "/api/v1/upload", VIDEO);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    JsonNode upload = json(begun);
    assertThat(names(upload))
        .containsExactly("upload_id", "status", "progress", "estimated_time", "platform_note");
    assertThat(upload.get("upload_id").asText()).startsWith("up_");
    assertThat(upload.get("status").asText()).isEqualTo("processing");
    assertThat(upload.get("progress").asInt()).isZero();
    assertThat(upload.get("estimated_time").asLong()).isEqualTo(120);
    assertThat(upload.get("platform_note").asText()).contains("stand-in");

    WavestackClient.Uploads uploads = server.client().youtube();
    List<String> seen = new ArrayList<>();
    YoutubeApi.Upload over =
        uploads.await(upload.get("upload_id").asText(), PATIENCE, each -> seen.add(each.status()));
    assertThat(seen).last().isEqualTo("complete");
    assertThat(over.error()).isNull();
    assertThat(over.publishedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    HttpResponse<String> status = send(YOUTUBE, "GET", "/api/v1/upload/" + over.uploadId(), null);
    assertThat(names(json(status)))
        .containsExactly(
            "upload_id", "status", "youtube_id", "url", "published_at", "platform_note");
    assertThat(over.platformNote()).contains("nothing has appeared");
    assertThat(Files.readAllBytes(place(over.url()).resolve("media.mp4"))).isEqualTo(film());
    assertThat(place(over.url()).resolve("cover.jpg")).isNotEmptyFile();
    JsonNode note =
        WireJson.mapper().readTree(Files.readString(place(over.url()).resolve("note.json")));
    assertThat(note.get("title").asText()).isEqualTo("My Awesome Video");
    assertThat(note.get("platform").asText()).isEqualTo("youtube");
    assertThat(note.get("hashtags").toString()).contains("gaming", "highlights", "awesome");
  }

  private static JsonNode note(String url) throws IOException {
    return WireJson.mapper().readTree(Files.readString(place(url).resolve("note.json")));
  }

  private static YoutubeApi.Upload uploaded(YoutubeApi.Video video) {
    WavestackClient.Uploads youtube = server.client().youtube();
    YoutubeApi.Upload over = youtube.await(youtube.upload(video).uploadId(), PATIENCE, each -> {});
    assertThat(over.status()).as(over.error()).isEqualTo("complete");
    return over;
  }

  private static YoutubeApi.Video dragon(YoutubeApi.Options options) {
    return new YoutubeApi.Video(
        "asset:asset_789",
        "Dragon fight",
        "Recorded on Friday.",
        List.of("gaming"),
        "public",
        null,
        options);
  }

  @Test
  void theOptionsAskThePersonaForWordsAndTheFilmForACover() throws Exception {
    String saying = "A dragon fight is nothing without my moon lantern crew";
    HttpResponse<String> learned =
        send(
            "wavestack-personality",
            "POST",
            "/api/v1/learn",
            Map.of(
                "data_type",
                "chat_history",
                "content",
                List.of(
                    Map.of("role", "user", "message", "how was the dragon fight"),
                    Map.of("role", "creator", "message", saying))));
    assertThat(learned.statusCode()).as(learned.body()).isEqualTo(200);

    String plain = uploaded(dragon(new YoutubeApi.Options(false, false, false))).url();
    assertThat(note(plain).get("caption").asText()).isEqualTo("Recorded on Friday.");
    assertThat(note(plain).get("hashtags").toString()).isEqualTo("[\"gaming\"]");
    assertThat(place(plain).resolve("cover.jpg")).doesNotExist();

    String written = uploaded(dragon(new YoutubeApi.Options(true, true, true))).url();
    assertThat(note(written).get("caption").asText())
        .startsWith("Recorded on Friday.\n\n")
        .contains("ragon fight")
        .contains(saying);
    assertThat(note(written).get("hashtags").toString())
        .startsWith("[\"gaming\",")
        .contains("\"dragon\"", "\"fight\"")
        .doesNotContain("lantern");
    byte[] cover = Files.readAllBytes(place(written).resolve("cover.jpg"));
    byte[] drawn = ThumbnailMaker.jpeg(ThumbnailPlan.of("Dragon fight", Template.GAMING));
    boolean withFrames = Files.isExecutable(Path.of("/usr/bin/ffmpeg"));
    assertThat(Arrays.equals(cover, drawn)).isEqualTo(!withFrames);

    PublisherApi.Publish post =
        posted(
            new PublisherApi.Post(
                "instagram",
                "reel",
                "asset:asset_789",
                "We beat the dragon! 🔥",
                new PublisherApi.Options(true, true, false),
                null));
    assertThat(note(post.url()).get("caption").asText())
        .startsWith("We beat the dragon! 🔥\n\n")
        .contains("ragon");
    assertThat(note(post.url()).get("hashtags").toString()).contains("dragon");
    assertThat(place(post.url()).resolve("cover.jpg")).doesNotExist();
  }

  private static PublisherApi.Publish posted(PublisherApi.Post post) {
    WavestackClient.Posts posts = server.client().publisher();
    PublisherApi.Publish over = posts.await(posts.publish(post).publishId(), PATIENCE);
    assertThat(over.status()).as(over.error()).isEqualTo("complete");
    return over;
  }

  private static PublisherApi.Post local(String url) {
    return new PublisherApi.Post("local", "post", url, "", null, null);
  }

  @Test
  void whatTheOrganisationHasHereIsTakenWithoutAFetch() throws Exception {
    WavestackClient client = server.client();
    Path film = Files.write(folder.resolve("own.mp4"), film());
    String asset = client.assets().upload(film, client.projects().create("Own").id()).id();
    String assetUrl = server.core() + "/api/assets/" + asset + "/content";
    assertThat(place(posted(local(assetUrl)).url()).resolve("media.mp4")).hasBinaryContent(film());

    ThumbnailsApi.Thumbnail thumbnail =
        client.thumbnails().generate(new ThumbnailsApi.Plan("Mine", "gaming", null));
    byte[] picture =
        client
            .thumbnails()
            .file(thumbnail.url().substring(thumbnail.url().lastIndexOf('/') + 1))
            .bytes();
    assertThat(place(posted(local(thumbnail.url())).url()).resolve("media.png"))
        .hasBinaryContent(picture);

    // Another organisation has no such thing, and the guard is not asked.
    try (WavestackClient other = server.client(otherKey, "org_456")) {
      for (String url : List.of(assetUrl, thumbnail.url())) {
        WavestackClient.Posts posts = other.publisher();
        PublisherApi.Publish over = posts.await(posts.publish(local(url)).publishId(), PATIENCE);
        assertThat(over.status()).isEqualTo("failed");
        assertThat(over.error()).containsIgnoringCase("no ").doesNotContain("public internet");
      }
    }

    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "needs ffmpeg");
    ClipperClient clipper = client.clipper();
    ClipperApi.Job job =
        clipper.wait(
            clipper.create(new ClipperApi.Order("film.mp4", 0.0, 1)).jobId(), percent -> {});
    ClipperApi.Result clip = Objects.requireNonNull(job.result(), () -> "" + job.error());
    assertThat(place(posted(local(clip.url())).url()).resolve("media.mp4"))
        .hasBinaryContent(clipper.file(clip).bytes());
    for (String url : List.of(clip.url(), assetUrl)) {
      assertThat(
              client
                  .thumbnails()
                  .generateFromFrame(new ThumbnailsApi.FramePlan(url, 0.5, null, null, null))
                  .sizeBytes())
          .isPositive();
    }
  }

  @Test
  void theDocumentsPostRunsAsPrinted() throws Exception {
    HttpResponse<String> begun = send(PUBLISHER, "POST", "/api/v1/publish", POST);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    JsonNode publish = json(begun);
    assertThat(names(publish)).startsWith("publish_id", "status", "platform");
    assertThat(publish.get("publish_id").asText()).startsWith("pub_");
    assertThat(publish.get("status").asText()).isEqualTo("processing");
    assertThat(publish.get("platform").asText()).isEqualTo("instagram");
    PublisherApi.Publish over =
        server.client().publisher().await(publish.get("publish_id").asText(), PATIENCE);
    assertThat(over.status()).as(over.error()).isEqualTo("complete");
    assertThat(over.platformNote()).contains("stand-in");
    assertThat(place(over.url()).resolve("media.mp4")).isNotEmptyFile();
  }

  @Test
  void bothExamplesSurviveTheirRecords() throws Exception {
    for (Map.Entry<String, Class<?>> each :
        Map.<String, Class<?>>of(
                VIDEO,
                YoutubeApi.Video.class,
                POST,
                PublisherApi.Post.class,
                "{\"upload_id\":\"up_123\",\"status\":\"processing\",\"progress\":0,"
                    + "\"estimated_time\":120}",
                YoutubeApi.Upload.class,
                "{\"upload_id\":\"up_123\",\"status\":\"complete\","
                    + "\"youtube_id\":\"dQw4w9WgXcQ\","
                    + "\"url\":\"https://youtube.com/watch?v=dQw4w9WgXcQ\","
                    + "\"published_at\":\"2026-01-15T10:30:00Z\"}",
                YoutubeApi.Upload.class,
                "{\"publish_id\":\"pub_123\",\"status\":\"processing\","
                    + "\"platform\":\"instagram\"}",
                PublisherApi.Publish.class,
                "{\"auth_url\":\"https://accounts.google.com/o/oauth2/...\","
                    + "\"state\":\"random-state-token\"}",
                YoutubeApi.Invitation.class,
                "{\"code\":\"authorization-code\",\"state\":\"random-state-token\"}",
                YoutubeApi.Callback.class)
            .entrySet()) {
      JsonNode text = WireJson.mapper().readTree(each.getKey());
      Object read = WireJson.mapper().readValue(each.getKey(), each.getValue());
      assertThat(WireJson.mapper().readTree(WireJson.mapper().writeValueAsString(read)))
          .isEqualTo(text);
    }
  }

  @Test
  void aSignInIsGoodForOneCallbackOfItsOwnOrganisation() throws Exception {
    JsonNode invitation = json(send(YOUTUBE, "GET", "/api/v1/auth/url", null));
    assertThat(invitation.get("auth_url").asText())
        .startsWith("https://accounts.google.com/o/oauth2/")
        .contains("code_challenge_method=S256", "access_type=offline");
    String state = invitation.get("state").asText();
    assertThat(state).hasSizeGreaterThanOrEqualTo(43);
    YoutubeApi.Callback callback = new YoutubeApi.Callback("authorization-code", state);
    try (WavestackClient other = server.client(otherKey, "org_456")) {
      assertThatThrownBy(() -> other.youtube().callback(callback))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.code()).isEqualTo("VALIDATION_ERROR"));
    }
    assertThat(server.client().youtube().callback(callback).status()).isEqualTo("connected");
    JsonNode twice =
        assertError(
            send(YOUTUBE, "POST", "/api/v1/auth/callback", callback), 400, "VALIDATION_ERROR");
    assertThat(twice.at("/details/field").asText()).isEqualTo("state");
  }

  @Test
  void withoutAnAccountNothingIsClaimed() throws Exception {
    Map<String, String> other = Map.of("Authorization", "Bearer " + otherKey);
    JsonNode upload =
        assertError(
            server.send(server.base(YOUTUBE), other, "POST", "/api/v1/upload", VIDEO),
            409,
            "CONFLICT");
    assertThat(upload.get("message").asText()).contains("No youtube account is connected");
    assertThat(upload.at("/details/connect").asText()).contains("/api/v1/auth/url");
    JsonNode post =
        assertError(
            server.send(server.base(PUBLISHER), other, "POST", "/api/v1/publish", POST),
            409,
            "CONFLICT");
    assertThat(post.at("/details/connect").asText()).contains("/api/v1/accounts");
  }

  @Test
  void anotherOrganisationSeesNothing() throws Exception {
    YoutubeApi.Upload upload =
        server.client().youtube().upload(YoutubeApi.Video.of("asset:asset_789", "Mine"));
    try (WavestackClient other = server.client(otherKey, "org_456")) {
      assertThatThrownBy(() -> other.youtube().get(upload.uploadId()))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
      assertThatThrownBy(() -> other.youtube().cancel(upload.uploadId()))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
      assertThat(other.publisher().accounts().accounts()).isEmpty();
    }
    // An upload is no publish, even to its own organisation.
    assertError(
        send(PUBLISHER, "GET", "/api/v1/publish/" + upload.uploadId(), null), 404, "NOT_FOUND");
  }

  @Test
  void aKeyThatComesTwiceGivesTheFirstBack() throws Exception {
    YoutubeApi youtube = server.client().youtube();
    YoutubeApi.Video video = YoutubeApi.Video.of("asset:asset_789", "Once");
    YoutubeApi.Upload first = youtube.upload(video, "key-1");
    assertThat(youtube.upload(video, "key-1").uploadId()).isEqualTo(first.uploadId());
    assertThatThrownBy(
            () -> youtube.upload(YoutubeApi.Video.of("asset:asset_789", "Another"), "key-1"))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("CONFLICT"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "video_url | null | video_url | required",
        "video_url | \"ftp://example.com/a\" | video_url | format",
        "video_url | \"\" | video_url | format",
        "title | null | title | required",
        "title | \"\" | title | length",
        "title | \"a <b>\" | title | format",
        "title | {\"a\": 1} | title | format",
        "description | \"<script>\" | description | format",
        "tags | [\"\"] | tags | length",
        "tags | \"gaming\" | tags | format",
        "privacy | \"secret\" | privacy | one_of",
        "privacy | \"unlisted\" | privacy | format",
        "scheduled_at | \"tomorrow\" | scheduled_at | format",
        "options | {\"ai_tags\": \"perhaps\"} | ai_tags | format",
      })
  void aWrongFieldOfAVideoIsNamed(String name, String value, String field, String constraint)
      throws Exception {
    ObjectNode body = (ObjectNode) WireJson.mapper().readTree(VIDEO);
    if (value == null) {
      body.remove(name);
    } else {
      body.set(name, WireJson.mapper().readTree(value));
    }
    JsonNode error =
        assertError(send(YOUTUBE, "POST", "/api/v1/upload", body), 400, "VALIDATION_ERROR");
    assertThat(error.at("/details/field").asText()).isEqualTo(field);
    assertThat(error.at("/details/constraint").asText()).isEqualTo(constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "platform | null | platform | required",
        "platform | \"myspace\" | platform | one_of",
        "content_type | null | content_type | required",
        "content_type | \"video\" | content_type | one_of",
        "media_url | null | media_url | required",
        "media_url | \"nowhere\" | media_url | format",
        "caption | [5] | caption | format",
        "hashtags | [\"\"] | hashtags | length",
      })
  void aWrongFieldOfAPostIsNamed(String name, String value, String field, String constraint)
      throws Exception {
    ObjectNode body = (ObjectNode) WireJson.mapper().readTree(POST);
    if (value == null) {
      body.remove(name);
    } else {
      body.set(name, WireJson.mapper().readTree(value));
    }
    JsonNode error =
        assertError(send(PUBLISHER, "POST", "/api/v1/publish", body), 400, "VALIDATION_ERROR");
    assertThat(error.at("/details/field").asText()).isEqualTo(field);
    assertThat(error.at("/details/constraint").asText()).isEqualTo(constraint);
  }

  @Test
  void whatCannotBeFetchedFailsAndSaysWhy() {
    WavestackClient.Posts posts = server.client().publisher();
    for (Map.Entry<String, String> each :
        Map.of(
                "http://127.0.0.1:1/secret.mp4", "public internet",
                "asset:asset_none", "No asset")
            .entrySet()) {
      PublisherApi.Publish begun =
          posts.publish(new PublisherApi.Post("local", "post", each.getKey(), "", null, null));
      PublisherApi.Publish over = posts.await(begun.publishId(), PATIENCE);
      assertThat(over.status()).isEqualTo("failed");
      assertThat(over.error()).contains(each.getValue());
      assertThat(over.uncertain()).isNull();
    }
  }

  @Test
  void tokensAreNeverShownAndLieEncrypted() throws Exception {
    String token = "EAAB-very-secret-token";
    try (WavestackClient other = server.client(otherKey, "org_456")) {
      PublisherApi.Account account =
          other
              .publisher()
              .connect(
                  new PublisherApi.Credentials("facebook", "page_1", token, "A page", null, null));
      assertThat(account.standIn()).isFalse();
      assertThat(other.publisher().accounts().accounts()).containsExactly(account);
      assertThat(account.toString()).doesNotContain(token);
      HttpResponse<String> tooLong =
          server.send(
              server.base(PUBLISHER),
              Map.of("Authorization", "Bearer " + otherKey),
              "POST",
              "/api/v1/accounts",
              Map.of("platform", "tiktok", "account_id", "me", "access_token", "s".repeat(4_001)));
      JsonNode error = assertError(tooLong, 400, "VALIDATION_ERROR");
      assertThat(error.at("/details/field").asText()).isEqualTo("access_token");
      assertThat(tooLong.body()).doesNotContain("sssss");

      // The queue of an organisation with an account elsewhere does not fall back to the outbox.
      QueueApi.Created created = queue(other);
      QueueApi.Item item = other.queue().await(created.id(), PATIENCE);
      assertThat(item.status()).isEqualTo("failed");
      assertThat(item.toString()).contains("No youtube account is connected");

      assertThat(other.publisher().disconnect("facebook").disconnected()).isTrue();
      assertThat(other.publisher().accounts().accounts()).isEmpty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(token);
      }
    }
  }

  private static QueueApi.Created queue(WavestackClient client) throws IOException {
    Path film = Files.write(folder.resolve("film.mp4"), film());
    String project = client.projects().create("A project").id();
    String asset = client.assets().upload(film, project).id();
    return client
        .queue()
        .create(QueueApi.NewItem.of(project, asset, "An item", List.of("youtube", "local")));
  }

  /** Google as it speaks, in place of the real one. */
  private static WavestackServer withGoogle(FakeSites sites, Path own) {
    String base = sites.base() + "/google";
    System.setProperty("SPANDA_GOOGLE_URL", base);
    System.setProperty("SPANDA_GOOGLE_TOKEN_URL", base + "/token");
    System.setProperty("SPANDA_YOUTUBE_CLIENT_ID", "app");
    System.setProperty("SPANDA_YOUTUBE_CLIENT_SECRET", "secret");
    try {
      return new WavestackServer(
          Config.in(own)
              .onFreePorts()
              .asDemo()
              .withLimitFactor(1_000)
              .withAllowPrivate(Set.of("127.0.0.1")));
    } finally {
      for (String name :
          List.of(
              "SPANDA_GOOGLE_URL",
              "SPANDA_GOOGLE_TOKEN_URL",
              "SPANDA_YOUTUBE_CLIENT_ID",
              "SPANDA_YOUTUBE_CLIENT_SECRET")) {
        System.clearProperty(name);
      }
    }
  }

  @Test
  void anAccountIsConnectedAndAVideoAppearsOnceThoughTheServerRestarts() throws Exception {
    Path own = folder.resolve("google");
    AtomicBoolean broken = new AtomicBoolean(true);
    try (FakeSites sites =
        new FakeSites(
            Clock.systemUTC(),
            seen ->
                broken.get() && seen.path().contains("/session/")
                    ? FakeSites.Fault.DROP_AFTER
                    : FakeSites.Fault.NONE,
            FakeSites.Pace.DEFAULT)) {
      String id;
      try (WavestackServer first = withGoogle(sites, own)) {
        WavestackClient.Uploads youtube = first.client().youtube();
        YoutubeApi.Invitation invitation = youtube.authUrl();
        assertThat(invitation.platformNote()).isNull();
        String query = URI.create(invitation.authUrl()).getQuery();
        assertThat(query).contains("client_id=app", "state=" + invitation.state());
        Matcher challenge = Pattern.compile("code_challenge=([^&]+)").matcher(query);
        assertThat(challenge.find()).isTrue();
        sites.takeChallenge(challenge.group(1));
        assertThatThrownBy(
                () ->
                    youtube.callback(
                        new YoutubeApi.Callback("bad-code", youtube.authUrl().state())))
            .isInstanceOf(ApiException.class)
            .hasMessageContaining("Google does not take it");
        YoutubeApi.Connected connected =
            youtube.callback(new YoutubeApi.Callback("good-code", invitation.state()));
        assertThat(connected)
            .isEqualTo(new YoutubeApi.Connected("connected", "youtube", "UC1", "A channel", null));
        id = youtube.upload(WireJson.mapper().readValue(VIDEO, YoutubeApi.Video.class)).uploadId();
        // The video is there, and the answer that says so is lost.
        assertThat(sites.awaitShown(PATIENCE)).isTrue();
      }
      broken.set(false);
      try (WavestackServer second = withGoogle(sites, own)) {
        List<Integer> progress = new ArrayList<>();
        YoutubeApi.Upload over =
            second
                .client()
                .youtube()
                .await(
                    id,
                    PATIENCE,
                    each -> progress.add(each.progress() == null ? 100 : each.progress()));
        assertThat(over.status()).as(over.error()).isEqualTo("complete");
        assertThat(sites.shown()).hasSize(1);
        assertThat(over.youtubeId()).isEqualTo(sites.shown().get(0).id());
        assertThat(over.url()).isEqualTo("https://youtube.com/watch?v=" + over.youtubeId());
        assertThat(over.platformNote()).isNull();
        assertThat(progress).isSorted().last().isEqualTo(100);
        assertThat(sites.shown().get(0).media()).isEqualTo(film());
        assertThat(sites.covers()).hasSize(1);
        JsonNode sent = sites.body("My Awesome Video");
        assertThat(sent.at("/status/privacyStatus").asText()).isEqualTo("public");
        // The example's time has passed: it appears at once.
        assertThat(sent.at("/status").has("publishAt")).isFalse();
        assertThat(sent.at("/snippet/tags").toString()).contains("gaming", "awesome", id);
        assertThat(sent.at("/snippet/description").asText())
            .startsWith("Video description...\n\n")
            .contains("My Awesome Video");
      }
    }
  }
}

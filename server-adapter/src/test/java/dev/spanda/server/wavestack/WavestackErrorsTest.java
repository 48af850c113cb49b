package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.contract.wavestack.AssetsApi;
import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.AutomodApi;
import dev.spanda.contract.wavestack.ClipperApi;
import dev.spanda.contract.wavestack.ConnectorsApi;
import dev.spanda.contract.wavestack.PersonalityApi;
import dev.spanda.contract.wavestack.ProjectsApi;
import dev.spanda.contract.wavestack.PublisherApi;
import dev.spanda.contract.wavestack.QueueApi;
import dev.spanda.contract.wavestack.SocialApi;
import dev.spanda.contract.wavestack.ThumbnailsApi;
import dev.spanda.contract.wavestack.YoutubeApi;
import dev.spanda.server.WrongBodies;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input of the nine services, field by field: each is refused by name and constraint. */
class WavestackErrorsTest {

  private static final Map<Class<?>, String> CONTRACTS = new LinkedHashMap<>();
  private static final Map<String, JsonNode> RIGHT = new LinkedHashMap<>();
  private static final String LONG = "long ".repeat(30_000);
  private static final List<Object> NOTHING = Arrays.asList((Object) null);

  @TempDir private static Path folder;
  private static WavestackServer server;

  @BeforeAll
  static void start() throws Exception {
    server = WavestackServer.in(folder);
    CONTRACTS.put(QueueApi.class, "wavestack-core");
    CONTRACTS.put(ProjectsApi.class, "wavestack-core");
    CONTRACTS.put(AssetsApi.class, "wavestack-core");
    CONTRACTS.put(AuthApi.class, "wavestack-core");
    CONTRACTS.put(ClipperApi.class, "wavestack-clipper");
    CONTRACTS.put(PersonalityApi.class, "wavestack-personality");
    CONTRACTS.put(SocialApi.class, "wavestack-social");
    CONTRACTS.put(ConnectorsApi.class, "wavestack-social");
    CONTRACTS.put(AutomodApi.class, "wavestack-automod");
    CONTRACTS.put(ThumbnailsApi.class, "wavestack-thumbnails");
    CONTRACTS.put(YoutubeApi.class, "wavestack-youtube");
    CONTRACTS.put(PublisherApi.class, "wavestack-publisher");
    CONTRACTS.put(AnalyticsApi.class, "wavestack-analytics");
    right(
        "QueueApi POST /api/queue",
        "{\"projectId\":\"proj_456\",\"assetId\":\"asset_789\",\"title\":\"T\",\"caption\":\"C\","
            + "\"hashtags\":[\"a\"],\"platforms\":[\"youtube\"],"
            + "\"scheduleAt\":\"2099-01-20T12:00:00Z\",\"idempotencyKey\":\"k\"}");
    right("ProjectsApi POST /api/projects", "{\"name\":\"P\",\"description\":\"D\"}");
    right(
        "AuthApi POST /api/auth/token",
        "{\"client_id\":\"your-client-id\",\"client_secret\":\"your-client-secret\","
            + "\"org_id\":\"org_123\"}");
    right(
        "ClipperApi POST /api/v1/clip",
        "{\"source\":\"https://example.com/video.mp4\",\"start_sec\":1,\"duration_sec\":2}");
    right(
        "PersonalityApi POST /api/v1/chat",
        "{\"user_id\":\"u\",\"message\":\"Hey\",\"context\":{\"platform\":\"discord\"}}");
    right(
        "PersonalityApi POST /api/v1/generate",
        "{\"content_type\":\"tweet\",\"topic\":\"clutch\",\"context\":{\"game\":\"V\"},"
            + "\"options\":{\"include_hashtags\":true,\"max_length\":280,\"seed\":1}}");
    right(
        "PersonalityApi POST /api/v1/learn",
        "{\"data_type\":\"chat_history\",\"content\":[{\"role\":\"user\",\"message\":\"m\"}],"
            + "\"source\":\"discord\",\"weight\":1.0}");
    right(
        "SocialApi POST /api/v1/messages",
        "[{\"id\":\"m1\",\"platform\":\"twitch\",\"channel\":{\"id\":\"c\",\"name\":\"n\"},"
            + "\"author\":{\"id\":\"u\",\"name\":\"n\",\"role\":\"viewer\",\"isMod\":false},"
            + "\"text\":\"t\",\"meta\":{\"hasEmotes\":false}}]");
    right(
        "SocialApi POST /api/v1/events",
        "[{\"id\":\"e1\",\"platform\":\"twitch\",\"type\":\"follow\",\"data\":{}}]");
    right("SocialApi PUT /api/v1/creators", "{\"names\":[\"a\"]}");
    right(
        "ConnectorsApi PUT /api/v1/connectors/{connector}",
        "{\"token\":\"t\",\"options\":{\"url\":\"https://127.0.0.1:1\",\"live_chat_id\":\"c\"}}");
    right(
        "AutomodApi POST /api/v1/check",
        "{\"content\":\"c\",\"user_id\":\"u\",\"platform\":\"discord\",\"channel_id\":\"c\"}");
    right(
        "AutomodApi PUT /api/v1/policy",
        "{\"thresholds\":{\"toxicity\":0.5},\"ladder\":{\"timeout_from\":3},"
            + "\"flood\":{\"messages\":5},\"allowed\":[\"a\"],\"blocked\":[\"b\"]}");
    right(
        "ThumbnailsApi POST /api/v1/generate",
        "{\"title\":\"T\",\"style\":\"gaming\",\"options\":{\"background\":\"gradient\","
            + "\"colors\":[\"#ff0000\"]}}");
    right(
        "ThumbnailsApi POST /api/v1/generate/from-frame",
        "{\"video_url\":\"http://example.com/video.mp4\",\"timestamp\":1,"
            + "\"overlays\":{\"title\":\"T\"},\"options\":{}}");
    right("YoutubeApi POST /api/v1/auth/callback", "{\"code\":\"c\",\"state\":\"s\"}");
    right(
        "YoutubeApi POST /api/v1/upload",
        "{\"video_url\":\"http://example.com/video.mp4\",\"title\":\"T\",\"description\":\"D\","
            + "\"tags\":[\"a\"],\"privacy\":\"public\",\"options\":{\"ai_tags\":false}}");
    right(
        "PublisherApi POST /api/v1/publish",
        "{\"platform\":\"instagram\",\"content_type\":\"reel\","
            + "\"media_url\":\"http://example.com/video.mp4\",\"caption\":\"C\","
            + "\"options\":{\"ai_caption\":false},\"hashtags\":[\"a\"]}");
    right(
        "PublisherApi POST /api/v1/accounts",
        "{\"platform\":\"instagram\",\"account_id\":\"a\",\"access_token\":\"t\","
            + "\"label\":\"l\"}");
    right(
        "AnalyticsApi POST /api/v1/facts",
        "[{\"id\":\"f\",\"platform\":\"twitch\",\"kind\":\"views\",\"amount\":1,"
            + "\"total\":false,\"content_id\":\"c\"}]");
    right(
        "AnalyticsApi PUT /api/v1/content/{contentId}",
        "{\"title\":\"T\",\"platform\":\"twitch\"}");
  }

  private static void right(String operation, String json) throws Exception {
    RIGHT.put(operation, WireJson.mapper().readTree(json));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String path(String path) {
    return path.replace("{connector}", "youtube").replace("{contentId}", "c");
  }

  private static HttpResponse<String> send(String operation, Object body) throws Exception {
    String[] words = operation.split(" ");
    for (Map.Entry<Class<?>, String> each : CONTRACTS.entrySet()) {
      if (each.getKey().getSimpleName().equals(words[0])) {
        return server.send(
            server.base(each.getValue()),
            WavestackServer.CREDENTIALS,
            words[1],
            path(words[2]),
            body);
      }
    }
    throw new AssertionError(operation);
  }

  /** What is wrong with an answer to a wrong field; null when nothing is. */
  private static String fault(HttpResponse<String> answer, String field, String... constraints)
      throws Exception {
    String body = answer.body().substring(0, Math.min(400, answer.body().length()));
    if (answer.statusCode() != 400 && answer.statusCode() != 413) {
      return "status " + answer.statusCode() + " " + body;
    }
    JsonNode error = WireJson.mapper().readTree(answer.body()).path("error");
    String code = error.path("code").asText();
    if (!code.equals("VALIDATION_ERROR") && !code.equals("TOO_LARGE")) {
      return "code " + code;
    }
    String named = error.at("/details/field").asText();
    if (!named.equals(field) && !named.endsWith("." + field)) {
      return "names " + body;
    }
    String constraint = error.at("/details/constraint").asText();
    if (!List.of(constraints).contains(constraint)) {
      return "constraint " + body;
    }
    return error.path("message").asText().isBlank() ? "says nothing" : null;
  }

  @Test
  void everyFieldThatIsMissingOrOfAWrongTypeIsNamed() throws Exception {
    List<String> faults = new ArrayList<>();
    int tried = 0;
    for (Class<?> contract : CONTRACTS.keySet()) {
      for (Operation operation : Operation.of(contract)) {
        if (operation.body() == null || contract == AssetsApi.class) {
          continue;
        }
        String name = contract.getSimpleName() + " " + operation.verb() + " " + operation.path();
        assertThat(RIGHT).as("a right body").containsKey(name);
        for (WrongBodies.Wrong wrong : WrongBodies.of(operation.body().type(), RIGHT.get(name))) {
          String fault =
              fault(send(name, wrong.body()), wrong.field(), wrong.given() ? "format" : "required");
          tried++;
          if (fault != null) {
            faults.add(name + ": " + wrong.field() + " " + wrong.what() + ": " + fault);
          }
        }
        for (String body : List.of("7", "{", "null", "\"words\"")) {
          HttpResponse<String> answer = send(name, body);
          if (answer.statusCode() != 400 || !answer.body().contains("VALIDATION_ERROR")) {
            faults.add(name + ": body " + body + ": " + answer.statusCode() + answer.body());
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(tried).isGreaterThan(150);
  }

  private record Bad(String operation, String pointer, Object value, String... constraints) {}

  private static Bad bad(String operation, String pointer, Object value, String... constraints) {
    return new Bad(operation, pointer, value, constraints);
  }

  private static List<String> numbered(int count) {
    return java.util.stream.IntStream.range(0, count).mapToObj(i -> "word " + i).toList();
  }

  @Test
  void everyFieldOutOfItsRangeIsNamed() throws Exception {
    String queue = "QueueApi POST /api/queue";
    String clip = "ClipperApi POST /api/v1/clip";
    String chat = "PersonalityApi POST /api/v1/chat";
    String generate = "PersonalityApi POST /api/v1/generate";
    String learn = "PersonalityApi POST /api/v1/learn";
    String messages = "SocialApi POST /api/v1/messages";
    String events = "SocialApi POST /api/v1/events";
    String creators = "SocialApi PUT /api/v1/creators";
    String check = "AutomodApi POST /api/v1/check";
    String policy = "AutomodApi PUT /api/v1/policy";
    String draw = "ThumbnailsApi POST /api/v1/generate";
    String frame = "ThumbnailsApi POST /api/v1/generate/from-frame";
    String upload = "YoutubeApi POST /api/v1/upload";
    String publish = "PublisherApi POST /api/v1/publish";
    String accounts = "PublisherApi POST /api/v1/accounts";
    String facts = "AnalyticsApi POST /api/v1/facts";
    String content = "AnalyticsApi PUT /api/v1/content/{contentId}";
    List<Bad> all =
        List.of(
            bad(queue, "/title", "", "required"),
            bad(queue, "/title", LONG, "length"),
            bad(queue, "/caption", LONG, "length"),
            bad(queue, "/platforms", List.of(), "one_of"),
            bad(queue, "/platforms", List.of("myspace"), "one_of"),
            bad(queue, "/platforms", NOTHING, "format", "required"),
            bad(queue, "/hashtags", NOTHING, "format", "required"),
            bad(queue, "/hashtags", Collections.nCopies(1_000, "a"), "range", "length", "format"),
            bad(queue, "/scheduleAt", "2999-01-01T00:00:00Z", "range", "format"),
            bad(queue, "/idempotencyKey", LONG, "length", "format"),
            bad("ProjectsApi POST /api/projects", "/name", "", "required", "length"),
            bad("ProjectsApi POST /api/projects", "/name", LONG, "length"),
            bad("ProjectsApi POST /api/projects", "/description", LONG, "length"),
            bad(clip, "/start_sec", -1, "range"),
            bad(clip, "/start_sec", 1e300, "range"),
            bad(clip, "/duration_sec", 0, "range"),
            bad(clip, "/duration_sec", 1e9, "range"),
            bad(clip, "/out_ext", "avi", "one_of"),
            bad(clip, "/mode", "quick", "one_of"),
            bad(clip, "/sound", "loud", "one_of"),
            bad(clip, "/size", "big", "format", "one_of"),
            bad(clip, "/source", "ftp://example.com/a", "format", "one_of"),
            bad(chat, "/message", " ", "required"),
            bad(chat, "/message", LONG, "length"),
            bad(chat, "/user_id", LONG, "length"),
            bad(chat, "/context", Map.of("platform", LONG), "length", "max_size"),
            bad(generate, "/content_type", "novel", "one_of"),
            bad(generate, "/topic", "", "required"),
            bad(generate, "/topic", LONG, "length"),
            bad(generate, "/options/max_length", 0, "range"),
            bad(generate, "/options/max_length", -1, "range"),
            bad(generate, "/options/max_length", 1_000_000_000, "range"),
            bad(learn, "/data_type", "gossip", "one_of"),
            bad(learn, "/content/0/role", "cat", "one_of"),
            bad(learn, "/content", List.of(Map.of("role", "user", "message", LONG)), "length"),
            bad(learn, "/content", List.of(), "required", "range"),
            bad(learn, "/content", NOTHING, "format", "required"),
            bad(learn, "/weight", -1, "range"),
            bad(learn, "/weight", 1e9, "range"),
            bad(learn, "/source", LONG, "length"),
            bad(messages, "/0/id", "", "required", "length"),
            bad(messages, "/0/id", LONG, "length"),
            bad(messages, "/0/platform", "myspace", "one_of"),
            bad(messages, "/0/text", LONG, "length"),
            bad(messages, "/0/channel/id", LONG, "length"),
            bad(messages, "/0/channel/name", LONG, "length"),
            bad(messages, "/0/author/id", "", "required", "length"),
            bad(messages, "/0/author/name", LONG, "length"),
            bad(messages, "/0/author/role", LONG, "length", "one_of"),
            bad(messages, "/0/ts", "2999-01-01T00:00:00Z", "range", "format"),
            bad(events, "/0/platform", "myspace", "one_of"),
            bad(events, "/0/type", "", "required", "length", "one_of", "format"),
            bad(events, "/0/type", LONG, "length", "one_of", "format"),
            bad(events, "/0/data", Map.of("a", LONG), "max_size", "length"),
            bad(creators, "/names", List.of(LONG), "length"),
            bad(creators, "/names", NOTHING, "format", "required"),
            bad(creators, "/names", numbered(10_000), "range", "length"),
            bad(check, "/content", "", "required"),
            bad(check, "/content", LONG, "length"),
            bad(check, "/user_id", LONG, "length"),
            bad(check, "/platform", LONG, "length", "one_of"),
            bad(check, "/channel_id", LONG, "length"),
            bad(policy, "/thresholds/toxicity", 1.5, "range"),
            bad(policy, "/thresholds/spam", -1, "range"),
            bad(policy, "/thresholds/nsfw", 7, "range"),
            bad(policy, "/ladder/delete_from", -1, "range"),
            bad(policy, "/ladder/timeout_from", 0, "range"),
            bad(policy, "/ladder/ban_from", -1, "range"),
            bad(policy, "/ladder/memory_seconds", -1, "range"),
            bad(policy, "/ladder/memory_seconds", 1_000_000_000_000_000L, "range"),
            bad(policy, "/flood/messages", 0, "range"),
            bad(policy, "/flood/within_seconds", 0, "range"),
            bad(policy, "/flood/repeats", 0, "range"),
            bad(policy, "/blocked", List.of(LONG), "length"),
            bad(policy, "/blocked", NOTHING, "format", "required"),
            bad(policy, "/allowed", NOTHING, "format", "required"),
            bad(policy, "/allowed", numbered(10_000), "range", "length"),
            bad(draw, "/title", "", "required", "range"),
            bad(draw, "/title", LONG, "length", "range"),
            bad(draw, "/style", "baroque", "one_of"),
            bad(draw, "/options/background", "sea", "one_of"),
            bad(draw, "/options/colors", List.of("reddish"), "format", "one_of"),
            bad(draw, "/options/colors", NOTHING, "format", "required"),
            bad(draw, "/options/colors", Collections.nCopies(1_000, "#ff0000"), "range", "length"),
            bad(draw, "/options/subtitle", LONG, "length", "range"),
            bad(draw, "/options/badge", LONG, "length", "range"),
            bad(draw, "/options/face_expression", LONG, "length", "range"),
            bad(draw, "/options/image_url", "no address", "format"),
            bad(draw, "/options/format", "gif", "one_of"),
            bad(frame, "/timestamp", -1, "range"),
            bad(frame, "/timestamp", 1e300, "range"),
            bad(frame, "/style", "baroque", "one_of"),
            bad(frame, "/video_url", "no address", "format"),
            bad(frame, "/overlays/title", LONG, "length", "range"),
            bad(frame, "/overlays/subtitle", LONG, "length", "range"),
            bad(upload, "/video_url", "no address", "format"),
            bad(upload, "/title", "", "required", "length"),
            bad(upload, "/title", LONG, "length"),
            bad(upload, "/description", LONG, "length"),
            bad(upload, "/tags", NOTHING, "format", "required"),
            bad(upload, "/tags", List.of(LONG), "length"),
            bad(upload, "/privacy", "secret", "one_of"),
            bad(publish, "/platform", "myspace", "one_of"),
            bad(publish, "/content_type", "novel", "one_of"),
            bad(publish, "/media_url", "no address", "format"),
            bad(publish, "/caption", LONG, "length"),
            bad(publish, "/hashtags", NOTHING, "format", "required"),
            bad(accounts, "/platform", "myspace", "one_of"),
            bad(accounts, "/account_id", "", "required", "length"),
            bad(accounts, "/account_id", LONG, "length"),
            bad(accounts, "/access_token", "", "required"),
            bad(accounts, "/access_token", LONG, "range"),
            bad(accounts, "/label", LONG, "length"),
            bad(facts, "/0/id", LONG, "length"),
            bad(facts, "/0/platform", "myspace", "one_of"),
            bad(facts, "/0/kind", "joy", "one_of"),
            bad(facts, "/0/amount", -1, "range"),
            bad(facts, "/0/content_id", LONG, "length"),
            bad(facts, "/0/ts", "2999-01-01T00:00:00Z", "range", "format"),
            bad(content, "/title", LONG, "length"),
            bad(content, "/platform", "myspace", "one_of"),
            bad(content, "/published_at", "2999-01-01T00:00:00Z", "range", "format"));
    List<String> faults = new ArrayList<>();
    for (Bad bad : all) {
      JsonNode body = RIGHT.get(bad.operation()).deepCopy();
      int end = bad.pointer().lastIndexOf('/');
      String field = bad.pointer().substring(end + 1);
      ((ObjectNode) body.at(bad.pointer().substring(0, end)))
          .set(field, WireJson.mapper().valueToTree(bad.value()));
      String fault = fault(send(bad.operation(), body), field, bad.constraints());
      if (fault != null) {
        String value = String.valueOf(bad.value());
        faults.add(
            bad.operation()
                + ": "
                + bad.pointer()
                + " "
                + value.substring(0, Math.min(30, value.length()))
                + ": "
                + fault);
      }
    }
    assertThat(faults).isEmpty();
  }
}

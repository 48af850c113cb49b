package dev.spanda.server.craudioviz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.contract.http.WireJson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document's own JSON, sent to a running server as it stands, and what comes back. */
class CraudiovizDocumentTest {

  private static final Path EXAMPLES =
      Path.of("..", "client-sdk", "src", "test", "resources", "examples", "craudioviz");

  @TempDir private static Path folder;
  private static CraudiovizServer server;

  private final ObjectMapper mapper = WireJson.mapper();

  @BeforeAll
  static void start() {
    server = CraudiovizServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theProfileAndTheBalanceAreThoseOfTheDocument(@TempDir Path fresh) throws Exception {
    try (CraudiovizServer untouched = CraudiovizServer.in(fresh)) {
      String profile =
          untouched
              .send(untouched.live(), CraudiovizServer.KEY, "GET", "/user/profile", null)
              .body();
      assertThat(mapper.readTree(profile)).isEqualTo(example("account-profile-answer"));
      String balance =
          untouched
              .send(untouched.live(), CraudiovizServer.KEY, "GET", "/credits/balance", null)
              .body();
      assertThat(mapper.readTree(balance)).isEqualTo(example("credits-check-balance-answer"));
      String bought =
          untouched
              .send(
                  untouched.live(),
                  CraudiovizServer.KEY,
                  "POST",
                  "/credits/purchase",
                  example("credits-purchase-credits-request"))
              .body();
      ObjectNode purchased = (ObjectNode) mapper.readTree(bought);
      String id = purchased.get("transaction_id").asText();
      assertThat(purchased.put("transaction_id", "txn_123"))
          .isEqualTo(example("credits-purchase-credits-answer"));
      JsonNode history =
          mapper.readTree(
              untouched
                  .send(
                      untouched.live(),
                      CraudiovizServer.KEY,
                      "GET",
                      "/credits/transactions?limit=1&offset=0",
                      null)
                  .body());
      isLike(example("credits-transaction-history-answer"), history);
      JsonNode newest = history.at("/transactions/0");
      assertThat(newest.get("id").asText()).isEqualTo(id);
      assertThat(newest.get("type").asText()).isEqualTo("purchase");
      assertThat(newest.get("amount").asLong()).isEqualTo(500);
      assertThat(newest.get("balance_after").asLong()).isEqualTo(2000);
      assertThat(history.get("has_more").asBoolean()).isTrue();
    }
  }

  @Test
  void projectsAnswerLikeTheDocument() throws Exception {
    JsonNode created = send("POST", "/projects", example("projects-create-project-request"));
    isLike(example("projects-create-project-answer"), created);
    assertThat(created.get("status").asText()).isEqualTo("active");
    String path = "/projects/" + created.get("id").asText();
    JsonNode listed =
        send("GET", "/projects?limit=20&offset=0&sort=created_at&order=desc&tags=logo", null);
    isLike(example("projects-list-projects-answer"), listed);
    JsonNode got = send("GET", path, null);
    isLike(without(example("projects-get-project-answer"), "items"), got);
    JsonNode updated = send("PATCH", path, example("projects-update-project-request"));
    assertThat(updated.get("name").asText()).isEqualTo("Updated Name");
    assertThat(updated.get("tags"))
        .isEqualTo(example("projects-update-project-request").get("tags"));
    assertThat(updated.get("description").asText()).isEqualTo("Project description");
    JsonNode deleted = send("DELETE", path, null);
    assertThat(deleted).isEqualTo(mapper.valueToTree(Map.of("deleted", true, "id", idOf(path))));
    assertThat(raw("GET", path, null).statusCode()).isEqualTo(404);
  }

  private static String idOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Test
  void aLogoIsMadeLikeInTheDocument() throws Exception {
    isLike(example("tools-list-available-tools-answer"), send("GET", "/tools", null));
    String project =
        send("POST", "/projects", Map.of("name", "Logos", "tags", List.of("logo")))
            .get("id")
            .asText();
    ObjectNode request = (ObjectNode) example("tools-use-tool-request");
    request.put("project_id", project);
    JsonNode begun = send("POST", "/tools/logo_maker/execute", request);
    isLike(example("tools-use-tool-answer"), begun);
    assertThat(begun.get("status").asText()).isEqualTo("processing");
    String job = begun.get("job_id").asText();
    server.client().jobs().wait(job);
    JsonNode done = send("GET", "/jobs/" + job, null);
    isLike(example("jobs-complete-answer"), done);
    assertThat(done.get("credits_used").asLong()).isEqualTo(10);
    assertThat(done.at("/result/formats").toString()).isEqualTo("[\"png\",\"svg\",\"pdf\"]");
    JsonNode content = send("GET", "/projects/" + project, null);
    isLike(example("projects-get-project-answer"), content);
    assertThat(content.at("/items/0/id")).isEqualTo(done.at("/result/item_id"));
    assertThat(content.at("/items/0/type").asText()).isEqualTo("logo");

    HttpResponse<byte[]> png = server.open(done.at("/result/files/png").asText());
    assertThat(png.statusCode()).isEqualTo(200);
    assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.body()));
    assertThat(Math.max(image.getWidth(), image.getHeight())).isEqualTo(1024);
    HttpResponse<byte[]> svg = server.open(done.at("/result/files/svg").asText());
    assertThat(new String(svg.body(), StandardCharsets.UTF_8)).contains("<svg");
    assertThat(svg.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
    HttpResponse<byte[]> pdf = server.open(done.at("/result/files/pdf").asText());
    assertThat(new String(pdf.body(), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
  }

  @Test
  void aFileIsUploadedDownloadedInPartsAndDeleted() throws Exception {
    JsonNode stored = upload("a picture.png", png(40, 30));
    isLike(example("files-upload-file-answer"), stored);
    assertThat(stored.get("type").asText()).isEqualTo("image/png");
    assertThat(stored.get("size").asLong()).isEqualTo(png(40, 30).length);
    String url = stored.get("url").asText();
    assertThat(server.open(url).body()).isEqualTo(png(40, 30));
    HttpResponse<byte[]> part = server.open(url, "Range", "bytes=1-3");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(new String(part.body(), StandardCharsets.US_ASCII)).isEqualTo("PNG");
    String download = "/files/" + stored.get("file_id").asText();
    assertThat(raw("GET", download + "/download", null).statusCode()).isEqualTo(200);
    JsonNode deleted = send("DELETE", download, null);
    assertThat(deleted.get("deleted").asBoolean()).isTrue();
    assertThat(server.open(url).statusCode()).isEqualTo(404);
  }

  @Test
  void aLinkOpensItsFileOnlyAndOnlyForAWhile() throws Exception {
    String first = upload("a.png", png(4, 4)).get("url").asText();
    JsonNode second = upload("b.png", png(5, 5));
    String query = first.substring(first.indexOf('?'));
    String other = second.get("file_id").asText();
    assertThat(server.open(server.live() + "/files/" + other + "/download" + query).statusCode())
        .isEqualTo(401);
    assertThat(server.open(first.replaceFirst("expires=\\d+", "expires=4102444800")).statusCode())
        .isEqualTo(401);
    assertThat(server.open(first.substring(0, first.length() - 3) + "AAA").statusCode())
        .isEqualTo(401);
    assertThat(server.open(first.substring(0, first.indexOf('?'))).statusCode()).isEqualTo(401);
  }

  @Test
  void webhooksAreConfiguredLikeInTheDocument() throws Exception {
    JsonNode made = send("POST", "/webhooks", example("webhooks-configure-webhook-request"));
    assertThat(made.get("url").asText()).isEqualTo("https://yoursite.com/webhook");
    assertThat(made.toString()).doesNotContain("your_webhook_secret");
    assertThat(send("GET", "/webhooks", null).at("/webhooks/0/id")).isEqualTo(made.get("id"));
    String path = "/webhooks/" + made.get("id").asText();
    assertThat(send("GET", path + "/deliveries", null).get("total").asLong()).isZero();
    assertThat(send("DELETE", path, null).get("deleted").asBoolean()).isTrue();
  }

  @Test
  void theAssistantAnswersAsInTheDocumentAndBeginsTheJob() throws Exception {
    String project = send("POST", "/projects", Map.of("name", "Coffee")).get("id").asText();
    ObjectNode request = (ObjectNode) example("chat-send-message-request");
    ((ObjectNode) request.get("context")).put("project_id", project);
    JsonNode answer = send("POST", "/ai/chat", request);
    JsonNode documented = example("chat-send-message-answer");
    assertThat(answer.get("reply")).isEqualTo(documented.get("reply"));
    assertThat(answer.get("suggestions")).isEqualTo(documented.get("suggestions"));
    assertThat(answer.get("model").asText()).isNotEmpty();
    String chat = "/ai/chat/" + answer.get("chat_id").asText();
    JsonNode next = send("POST", chat + "/message", example("chat-continue-conversation-request"));
    assertThat(next.get("tool_id").asText()).isEqualTo("logo_maker");
    assertThat(next.get("reply").asText()).contains("Bean There");
    JsonNode begun = send("POST", chat + "/message", Map.of("message", "Go ahead"));
    var client = server.client();
    client.jobs().wait(begun.get("job_id").asText());
    assertThat(client.projects().get(project).items())
        .extracting(item -> item.name())
        .containsExactly("Bean There logo");
    JsonNode history = send("GET", chat + "/history", null);
    assertThat(history.get("messages")).hasSize(6);
    assertThat(history.at("/messages/0/content")).isEqualTo(request.get("message"));
    // Who cannot pay is told so in words.
    var low = server.client(server.live(), CraudiovizServer.LOW_KEY);
    String id = low.chat().start("Create a logo called 'Poor'").chatId();
    assertThat(low.chat().send(id, "Go ahead").reply()).contains("You need 10 credits but have 5");
  }

  @Test
  void aKeyIsShownOnceAndRotatedAndRevoked() throws Exception {
    JsonNode made = send("POST", "/user/api-keys", Map.of("name", "laptop"));
    String secret = made.get("api_key").asText();
    assertThat(secret).startsWith("crav_");
    assertThat(send("GET", "/user/api-keys", null).toString()).doesNotContain(secret);
    assertThat(profile(secret)).isEqualTo(200);
    JsonNode rotated = send("POST", "/user/api-keys/" + made.get("id").asText() + "/rotate", null);
    assertThat(profile(secret)).isEqualTo(401);
    String next = rotated.get("api_key").asText();
    assertThat(profile(next)).isEqualTo(200);
    send("DELETE", "/user/api-keys/" + rotated.get("id").asText(), null);
    assertThat(profile(next)).isEqualTo(401);
  }

  private static int profile(String key) throws Exception {
    return server.send(server.live(), key, "GET", "/user/profile", null).statusCode();
  }

  @Test
  void nothingCostsInTheSandboxAndItsRecordsAreOthers() throws Exception {
    var live = server.client();
    var sandbox = server.client(server.sandbox(), CraudiovizServer.SANDBOX_KEY);
    long before = live.credits().balance().balance();
    long trial = sandbox.credits().balance().balance();
    String project = sandbox.projects().create("Trial").id();
    var job =
        sandbox
            .tools()
            .execute(
                "birth_chart",
                dev.spanda.contract.craudioviz.ToolsApi.Execution.in(
                    project,
                    Map.of("date_time", "1990-06-15T08:30:00Z", "latitude", 48, "longitude", 11)));
    sandbox.jobs().wait(job.id());
    assertThat(sandbox.jobs().get(job.id()).creditsUsed()).isZero();
    assertThat(sandbox.credits().balance().balance()).isEqualTo(trial);
    assertThat(live.credits().balance().balance()).isEqualTo(before);
    assertThat(raw("GET", "/projects/" + project, null).statusCode()).isEqualTo(404);
    assertThat(raw("GET", "/jobs/" + job.id(), null).statusCode()).isEqualTo(404);
  }

  @Test
  void everyToolDescribesItselfByASchemaAndIsRunByIt() throws Exception {
    String picture = upload("p.png", png(60, 40)).get("file_id").asText();
    Map<String, Map<String, Object>> inputs =
        Map.of(
            "logo_maker", Map.of("text", "Bean There", "colors", List.of("#F53", "#3498db")),
            "image_resizer", Map.of("file_id", picture, "width", 30, "height", 30),
            "prayer_bowl", Map.of("frequency", 210.42, "duration", 3),
            "birth_chart",
                Map.of("date_time", "1990-06-15T08:30:00+02:00", "latitude", 48, "longitude", 11));
    for (JsonNode tool : send("GET", "/tools", null).get("tools")) {
      String id = tool.get("id").asText();
      assertThat(inputs).containsKey(id);
      assertThat(tool.at("/input_schema/$schema").asText())
          .isEqualTo("https://json-schema.org/draft/2020-12/schema");
      var client = server.client();
      var job =
          client
              .tools()
              .execute(id, dev.spanda.contract.craudioviz.ToolsApi.Execution.of(inputs.get(id)));
      var result = client.jobs().wait(job.id());
      assertThat(server.open(result.url()).body().length).as(id).isGreaterThan(50);
    }
  }

  private static byte[] png(int width, int height) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private JsonNode upload(String name, byte[] bytes) throws Exception {
    String boundary = "b0undary";
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.write(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + name
                + "\"\r\nContent-Type: image/png\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.write(bytes);
    form.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.live() + "/files/upload"))
                    .header("Authorization", "Bearer " + CraudiovizServer.KEY)
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return mapper.readTree(answer.body());
  }

  private HttpResponse<String> raw(String verb, String path, @Nullable Object body)
      throws Exception {
    return server.send(server.live(), CraudiovizServer.KEY, verb, path, body);
  }

  private JsonNode send(String verb, String path, @Nullable Object body) throws Exception {
    HttpResponse<String> answer = raw(verb, path, body);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 201);
    return mapper.readTree(answer.body());
  }

  private JsonNode example(String name) throws Exception {
    return mapper.readTree(Files.readString(EXAMPLES.resolve(name + ".json")));
  }

  private static JsonNode without(JsonNode node, String name) {
    ((ObjectNode) node).remove(name);
    return node;
  }

  /** Every field of the example is in the answer with the same kind of value. */
  static void isLike(JsonNode example, JsonNode answer) {
    if (example.isObject()) {
      example
          .properties()
          .forEach(
              field -> {
                assertThat(answer.has(field.getKey()))
                    .as(field.getKey() + " in " + answer)
                    .isTrue();
                isLike(field.getValue(), answer.get(field.getKey()));
              });
    } else if (example.isArray()) {
      assertThat(answer.isArray()).isTrue();
      if (!example.isEmpty()) {
        assertThat(answer).isNotEmpty();
        isLike(example.get(0), answer.get(0));
      }
    } else {
      assertThat(answer.getNodeType()).isEqualTo(example.getNodeType());
    }
  }
}

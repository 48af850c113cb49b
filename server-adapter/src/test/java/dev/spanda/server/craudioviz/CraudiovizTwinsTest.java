package dev.spanda.server.craudioviz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spanda.client.ApiException;
import dev.spanda.client.CraudiovizClient;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ProjectsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document's programs against a demo. */
class CraudiovizTwinsTest {

  @TempDir private static Path folder;
  private static CraudiovizServer server;

  @BeforeAll
  static void start() {
    server = CraudiovizServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private static void isPicture(String url, int longerSide) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(server.open(url).body()));
    assertThat(Math.max(image.getWidth(), image.getHeight())).isEqualTo(longerSide);
  }

  @Test
  void theThreeStepsOfTheSdksMakeALogo() throws Exception {
    JobsApi.Result result = CraudiovizTwins.threeSteps(server.live(), CraudiovizServer.KEY);
    isPicture(result.url(), 1024);
    isPicture(CraudiovizTwins.javaScript(server.client()).get(60, TimeUnit.SECONDS).url(), 1024);
  }

  @Test
  void createLogoMakesALogo() throws Exception {
    isPicture(
        CraudiovizTwins.createLogo(server.client(), "Acme Corp", CraudiovizTwinsTest::pause), 1024);
  }

  /** The program as it is printed, save for the base address, where Python is at hand. */
  @Test
  void createLogoOfTheDocumentRunsInPython(@TempDir Path here) throws Exception {
    assumeTrue(python(here, "-c", "print('yes')").equals("yes\n"), "there is no python3");
    String program =
        new String(
            CraudiovizTwinsTest.class
                .getResourceAsStream("/examples/craudioviz/create_logo.py")
                .readAllBytes(),
            StandardCharsets.UTF_8);
    String address = "https://api.craudiovizai.com/v1";
    assertThat(program).contains(address);
    Files.writeString(
        here.resolve("create_logo.py"), program.replace(address, server.live().toString()));
    if (!python(here, "-c", "import requests; print('yes')").equals("yes\n")) {
      Files.writeString(here.resolve("requests.py"), REQUESTS);
    }
    String printed = python(here, "create_logo.py");
    assertThat(printed).startsWith("Logo ready: " + server.live());
    isPicture(printed.substring("Logo ready: ".length()).strip(), 1024);
  }

  /** The two functions of the library that the program calls, for machines without it. */
  private static final String REQUESTS =
      """
      import json as _json
      import urllib.request

      class _Response:
          def __init__(self, text):
              self._text = text
          def json(self):
              return _json.loads(self._text)

      def _send(url, headers, data=None):
          request = urllib.request.Request(url, data=data, headers=headers)
          with urllib.request.urlopen(request) as answer:
              return _Response(answer.read())

      def get(url, headers):
          return _send(url, headers)

      def post(url, headers, json):
          headers = dict(headers, **{'Content-Type': 'application/json'})
          return _send(url, headers, _json.dumps(json).encode())
      """;

  private static String python(Path here, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(here.toFile())
              .redirectError(here.resolve("errors.txt").toFile())
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return printed;
    } catch (IOException absent) {
      return "";
    }
  }

  @Test
  void aBatchOfImagesIsResized(@TempDir Path images) throws Exception {
    List<Path> paths = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Path path = images.resolve("image" + i + ".jpg");
      ImageIO.write(
          new BufferedImage(300 * i, 200, BufferedImage.TYPE_INT_RGB), "jpg", path.toFile());
      paths.add(path);
    }
    List<String> urls = CraudiovizTwins.batchResize(server.client(), paths, 100, 100);
    assertThat(urls).hasSize(3);
    for (String url : urls) {
      isPicture(url, 100);
    }
  }

  @Test
  void aWebhookThatSaysCreditsAreLowBuysOnce() throws Exception {
    CraudiovizClient client = server.client();
    byte[] payload =
        Files.readAllBytes(
            Path.of("..", "client-sdk", "src", "test", "resources")
                .resolve("examples/craudioviz/webhooks-credits-low-event.json"));
    String secret = "YOUR_WEBHOOK_SECRET";
    String signature = dev.spanda.core.webhook.Signature.of(secret, payload);
    long before = client.credits().balance().balance();
    assertThat(CraudiovizTwins.webhook(payload, "00", secret, client)).isEqualTo(401);
    assertThat(CraudiovizTwins.webhook(payload, signature, secret, client)).isEqualTo(200);
    assertThat(CraudiovizTwins.webhook(payload, signature, secret, client)).isEqualTo(200);
    assertThat(client.credits().balance().balance()).isEqualTo(before + 500);
  }

  @Test
  void errorsAreTyped() throws Exception {
    List<String> log = new ArrayList<>();
    CraudiovizClient low = server.client(server.live(), CraudiovizServer.LOW_KEY);
    assertThatThrownBy(
            () ->
                CraudiovizTwins.execute(
                    low,
                    ToolsApi.Execution.of(Map.of("text", "A")),
                    CraudiovizTwinsTest::pause,
                    log))
        .isInstanceOf(ApiException.class);
    assertThat(log)
        .containsExactly("API Error: insufficient_credits - You need 10 credits but have 5");
  }

  @Test
  void aProjectIsFetchedOnce() {
    CraudiovizClient client = server.client();
    ProjectsApi.Created project = client.projects().create("Cached");
    CraudiovizTwins.Cache cache = new CraudiovizTwins.Cache();
    assertThat(cache.get(client, project.id())).isSameAs(cache.get(client, project.id()));
  }
}

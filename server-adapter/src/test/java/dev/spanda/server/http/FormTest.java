package dev.spanda.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

  private static final String TYPE = "Content-Type: multipart/form-data; boundary=xx";
  private static final int LARGEST_FORM = 4 << 20;

  @TempDir private Path folder;
  private Listener listener;
  private URI url;
  private RawHttp http;

  @BeforeEach
  void start() throws IOException {
    Mount mount =
        Mount.builder("shelf")
            .dialect(new PlainDialect())
            .endpoints(ShelfApi.class, caller -> new Shelf())
            .largestUpload(LARGEST_FORM)
            .build();
    listener = JettyListener.builder().port(0, mount).uploads(folder).start();
    url = listener.urls().get("shelf");
    http = new RawHttp(url);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    listener.close();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).as("files that no form needs any longer").isEmpty();
    }
  }

  private static String file(String field, String name, String content) {
    return "--xx\r\nContent-Disposition: form-data; name=\""
        + field
        + "\"; filename=\""
        + name
        + "\"\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String field(String name, String content) {
    return "--xx\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + content
        + "\r\n";
  }

  private RawHttp.Answer post(String path, String form) throws IOException {
    return http.ask("POST", path, form.getBytes(StandardCharsets.UTF_8), TYPE);
  }

  private static JsonNode error(RawHttp.Answer answer, int status) throws IOException {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void severalFilesComeInOrderWithTheirFields() throws IOException {
    RawHttp.Answer answer =
        post(
            "/uploads",
            file("images", "a", "aa") + field("mode", "ü") + file("images", "b", "b") + "--xx--");
    JsonNode received = error(answer, 200);
    assertThat(received).hasSize(2);
    assertThat(received.get(0).path("name").asText()).isEqualTo("a");
    assertThat(received.get(0).path("length").asInt()).isEqualTo(2);
    assertThat(received.get(1).path("name").asText()).isEqualTo("b");
    assertThat(received.get(1).path("fields").path("mode").asText()).isEqualTo("ü");
  }

  @Test
  void aLargeFileGoesThroughTheDiskAndLeavesNothing() throws IOException {
    String content = "a".repeat(3 << 20);
    RawHttp.Answer answer = post("/upload", file("image", "a", content) + "--xx--");
    assertThat(error(answer, 200).path("sum").asLong()).isEqualTo(97L * content.length());
  }

  @Test
  void theNumberOfFilesIsThatOfTheContract() throws IOException {
    JsonNode few = error(post("/uploads", file("images", "a", "a") + "--xx--"), 400);
    assertThat(few.path("subject").asText()).isEqualTo("images");
    assertThat(few.path("details").path("provided_value").asInt()).isEqualTo(1);
    assertThat(few.path("details").path("max_value").asInt()).isEqualTo(3);
    String many = file("images", "a", "a").repeat(4);
    error(post("/uploads", many + "--xx--"), 400);
    error(post("/upload", field("image", "no file") + "--xx--"), 400);
    error(post("/upload", file("image", "a", "a").repeat(2) + "--xx--"), 400);
  }

  @Test
  void aFileInAnotherFieldIsRefusedByName() throws IOException {
    JsonNode error = error(post("/upload", file("file", "a", "a") + "--xx--"), 400);
    assertThat(error.toString()).contains("\"image\"", "\"file\"");
  }

  @Test
  void aFileAboveTheContractsSizeIsTooLarge() throws IOException {
    String form = file("images", "a", "a") + file("images", "b", "b".repeat(1001)) + "--xx--";
    JsonNode error = error(post("/uploads", form), 413);
    assertThat(error.path("subject").asText()).isEqualTo("images");
    assertThat(error.path("details").path("max_value").asInt()).isEqualTo(1000);
    error(post("/uploads", file("images", "a", "a".repeat(1000)).repeat(3) + "--xx--"), 200);
  }

  @Test
  void tooManyPartsAreRefused() throws IOException {
    String form = file("image", "a", "a") + field("f", "v").repeat(200) + "--xx--";
    assertThat(post("/upload", form).status()).isBetween(400, 413);
  }

  @Test
  void aFieldAboveOneMebibyteIsRefused() throws IOException {
    String form = field("f", "v".repeat((1 << 20) + 1)) + file("image", "a", "a") + "--xx--";
    assertThat(post("/upload", form).status()).isBetween(400, 413);
  }

  @Test
  void headersOfAPartHaveAnEnd() throws IOException {
    String form = "--xx\r\nX-Long: " + "v".repeat(20_000) + "\r\n\r\na\r\n--xx--";
    assertThat(post("/upload", form).status()).isBetween(400, 431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"",
        "multipart/form-data; boundary=a{b}",
        "multipart/form-data; boundary=\"ends with space \"",
        "multipart/form-data; boundary=0123456789012345678901234567890123456789"
            + "0123456789012345678901234567890"
      })
  void aBoundaryThatIsNoneIsRefused(String type) throws IOException {
    byte[] form = (file("image", "a", "a") + "--xx--").getBytes(StandardCharsets.UTF_8);
    error(http.ask("POST", "/upload", form, "Content-Type: " + type), 400);
  }

  @Test
  void aFormThatEndsEarlyIsMalformedAndNeverAFault() throws IOException {
    String whole = file("image", "a.png", "abc") + field("mode", "m") + "--xx--";
    for (int end = 0; end < whole.length() - 2; end++) {
      RawHttp.Answer answer = post("/upload", whole.substring(0, end));
      assertThat(answer.status()).as("%d bytes: %s", end, answer.text()).isEqualTo(400);
    }
    assertThat(post("/upload", whole).status()).isEqualTo(200);
  }

  @Test
  void damagedFormsAreNeverAFault() throws IOException {
    byte[] whole =
        (file("image", "a.png", "abc") + field("mode", "m") + "--xx--")
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + round % 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try (RawHttp one = new RawHttp(url)) {
        RawHttp.Answer answer = one.ask("POST", "/upload", damaged, TYPE);
        assertThat(answer.status()).as("round %d: %s", round, answer.text()).isLessThan(500);
      }
    }
  }

  @Test
  void aConnectionThatBreaksOffInAFormHarmsNobody() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (RawHttp one = new RawHttp(url)) {
        one.send(
            "POST /upload HTTP/1.1\r\nHost: x\r\n"
                + TYPE
                + "\r\nContent-Length: 3000000\r\n\r\n"
                + file("image", "a", "a".repeat(1_500_000)));
      }
    }
    assertThat(post("/upload", file("image", "a", "a") + "--xx--").status()).isEqualTo(200);
  }
}

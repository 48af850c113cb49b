package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.ThumbnailsApi;
import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Paint;
import dev.spanda.server.Config;
import dev.spanda.server.DrawnFilm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsTest {

  private static final String MOUNT = "wavestack-thumbnails";

  private static final String GENERATE =
      """
      {
        "title": "Epic Gaming Moments",
        "style": "gaming",
        "options": {
          "include_face": true,
          "face_expression": "excited",
          "background": "gradient",
          "colors": ["#ff0000", "#0000ff"]
        }
      }
      """;

  @TempDir static Path folder;
  private static WavestackServer server;
  private static HttpServer site;

  @BeforeAll
  static void start() throws Exception {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] green = Canvas.png(Canvas.of(64, 36).background(Paint.of("#22AA44")).image(640));
    serve("/green.png", green);
    serve("/words.txt", "no picture".getBytes(StandardCharsets.UTF_8));
    serve(
        "/astronaut.png",
        Files.readAllBytes(
            Path.of(
                "..",
                "biofield",
                "src",
                "test",
                "resources",
                "reference",
                "pictures",
                "photo_astronaut.png")));
    site.start();
    server =
        new WavestackServer(
            Config.in(folder)
                .onFreePorts()
                .asDemo()
                .withLimitFactor(1_000)
                .withAllowPrivate(Set.of("127.0.0.1:" + site.getAddress().getPort())));
  }

  private static void serve(String path, byte[] body) {
    site.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  /** Serves the part that is asked for and counts what is sent. */
  private static void serveParts(String path, byte[] body, AtomicLong sent) {
    site.createContext(
        path,
        exchange -> {
          String[] range =
              exchange.getRequestHeaders().getFirst("Range").replace("bytes=", "").split("-", -1);
          int from = Integer.parseInt(range[0]);
          int to = Math.min(body.length - 1, Integer.parseInt(range[1]));
          sent.addAndGet(to - from + 1);
          exchange
              .getResponseHeaders()
              .set("Content-Range", "bytes " + from + "-" + to + "/" + body.length);
          exchange.sendResponseHeaders(206, to - from + 1);
          exchange.getResponseBody().write(body, from, to - from + 1);
          exchange.close();
        });
  }

  @AfterAll
  static void stop() {
    server.close();
    site.stop(0);
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + site.getAddress().getPort() + path;
  }

  private static JsonNode post(String path, String body, int status) throws Exception {
    HttpResponse<String> answer =
        server.send(server.base(MOUNT), WavestackServer.CREDENTIALS, "POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return WireJson.mapper().readTree(answer.body());
  }

  private static BufferedImage picture(JsonNode thumbnail) throws Exception {
    String url = thumbnail.get("url").asText();
    assertThat(url)
        .isEqualTo(
            server.base(MOUNT) + "/thumbnails/" + thumbnail.get("thumbnail_id").asText() + ".png");
    byte[] file =
        server.client().thumbnails().file(url.substring(url.lastIndexOf('/') + 1)).bytes();
    assertThat(file).hasSize(thumbnail.get("size_bytes").asInt());
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  @Test
  void theDocumentsExampleGivesAPictureAndSaysWhatItCouldNotDo() throws Exception {
    JsonNode thumbnail = post("/api/v1/generate", GENERATE, 200);
    assertThat(thumbnail.get("thumbnail_id").asText()).startsWith("thumb_");
    assertThat(thumbnail.get("dimensions").toString()).isEqualTo("{\"width\":1280,\"height\":720}");
    assertThat(thumbnail.get("generated_at").asText()).endsWith("Z");
    assertThat(thumbnail.get("notes").toString())
        .contains("face_expression was not used")
        .contains("include_face needs a picture");
    BufferedImage picture = picture(thumbnail);
    assertThat(picture.getWidth()).isEqualTo(1280);
    // From red on the left to blue on the right.
    assertThat(picture.getRGB(10, 300) >> 16 & 0xFF).isGreaterThan(picture.getRGB(10, 300) & 0xFF);
    assertThat(picture.getRGB(1270, 400) & 0xFF)
        .isGreaterThan(picture.getRGB(1270, 400) >> 16 & 0xFF);
  }

  @Test
  void aPictureOfTheWebLiesUnderTheTitle() throws Exception {
    ThumbnailsApi.Thumbnail made =
        server
            .client()
            .thumbnails()
            .generate(
                new ThumbnailsApi.Plan(
                    "Green",
                    "vlog",
                    new ThumbnailsApi.Options(
                        null, null, null, null, "fields", "EP 1", url("/green.png"), "jpeg")));
    assertThat(made.notes()).isNull();
    assertThat(made.url()).endsWith(".jpeg");
    byte[] file = server.client().thumbnails().file(made.thumbnailId() + ".jpeg").bytes();
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(picture.getRGB(40, 40) >> 8 & 0xFF).isBetween(0xA0, 0xB4);
  }

  @Test
  void thePersonOfAPictureIsCutOutAndStandsOnTheRight() throws Exception {
    ThumbnailsApi.Thumbnail made =
        server
            .client()
            .thumbnails()
            .generate(
                new ThumbnailsApi.Plan(
                    "Into space",
                    "reaction",
                    new ThumbnailsApi.Options(
                        true,
                        null,
                        "solid",
                        List.of("#103050"),
                        null,
                        null,
                        url("/astronaut.png"),
                        null)));
    assertThat(made.notes()).isNull();
    byte[] file = server.client().thumbnails().file(made.thumbnailId() + ".png").bytes();
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
    // Her suit is orange; what was behind her is gone, and a white line is around her.
    int orange = 0;
    int white = 0;
    for (int y = 100; y < 720; y++) {
      for (int x = 660; x < 1280; x++) {
        int argb = picture.getRGB(x, y);
        int red = argb >> 16 & 0xFF;
        int blue = argb & 0xFF;
        orange += red > 150 && red - blue > 90 ? 1 : 0;
        white += (argb & 0xFFFFFF) == 0xFFFFFF ? 1 : 0;
      }
    }
    assertThat(orange).isGreaterThan(20_000);
    assertThat(white).isGreaterThan(5_000);
  }

  @Test
  void withoutAModelItIsSaidWhatIsMissing() {
    SegmentCutter cutter = new SegmentCutter(Optional::empty);
    assertThatThrownBy(() -> cutter.cut(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.UNAVAILABLE))
        .hasMessageContaining("org.openpnp:opencv");
  }

  @Test
  void nobodyElseSeesAThumbnail() throws Exception {
    JsonNode thumbnail = post("/api/v1/generate", "{\"title\":\"Mine\"}", 200);
    String path = URI.create(thumbnail.get("url").asText()).getPath();
    HttpResponse<String> stranger =
        server.send(
            server.base(MOUNT), Map.of("Authorization", "Bearer nobody"), "GET", path, null);
    assertThat(stranger.statusCode()).isEqualTo(401);
    HttpResponse<String> other =
        server.send(server.base(MOUNT), WavestackServer.CREDENTIALS, "GET", path + "x", null);
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(other.body()).contains("NOT_FOUND");
  }

  @Test
  void everyWrongFieldIsNamed() throws Exception {
    String generate = "/api/v1/generate";
    refused(generate, "{}", "title");
    refused(generate, "{\"title\":\" \"}", "title");
    refused(generate, "{\"title\":\"" + "x".repeat(121) + "\"}", "title");
    refused(generate, "{\"title\":\"x\",\"style\":\"horror\"}", "style");
    refused(generate, "{\"title\":\"x\",\"options\":{\"background\":\"moon\"}}", "background");
    refused(generate, "{\"title\":\"x\",\"options\":{\"colors\":[\"red\"]}}", "colors");
    refused(generate, "{\"title\":\"x\",\"options\":{\"colors\":[]}}", "colors");
    refused(generate, "{\"title\":\"x\",\"options\":{\"colors\":[null]}}", "colors");
    refused(generate, "{\"title\":\"x\",\"options\":{\"format\":\"gif\"}}", "format");
    refused(
        generate, "{\"title\":\"x\",\"options\":{\"badge\":\"" + "x".repeat(17) + "\"}}", "badge");
    refused(
        generate,
        "{\"title\":\"x\",\"options\":{\"face_expression\":\"" + "x".repeat(41) + "\"}}",
        "face_expression");
    refused(generate, "{\"title\":\"x\",\"options\":{\"image_url\":\"no url\"}}", "image_url");
    refused(
        generate,
        "{\"title\":\"x\",\"options\":{\"image_url\":\"" + url("/words.txt") + "\"}}",
        "image_url");
    refused(
        generate,
        "{\"title\":\"x\",\"options\":{\"image_url\":\"" + url("/nothing.png") + "\"}}",
        "image_url");
    String frame = "/api/v1/generate/from-frame";
    refused(frame, "{}", "video_url");
    refused(frame, "{\"video_url\":\"http://example.com/v.mp4\",\"timestamp\":-1}", "timestamp");
    refused(
        frame,
        "{\"video_url\":\"http://example.com/v.mp4\",\"overlays\":{\"title\":\""
            + "x".repeat(121)
            + "\"}}",
        "title");
    refused(
        frame,
        "{\"video_url\":\"x\",\"options\":{\"image_url\":\"" + url("/green.png") + "\"}}",
        "image_url");
  }

  private static void refused(String path, String body, String field) throws Exception {
    JsonNode error = post(path, body, 400);
    assertThat(error.at("/error/code").asText()).as(body).isEqualTo("VALIDATION_ERROR");
    assertThat(error.at("/error/details/field").asText()).as(body).isEqualTo(field);
  }

  @Test
  void addressesWithinTheNetworkAreRefused() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server.base(MOUNT),
            WavestackServer.CREDENTIALS,
            "POST",
            "/api/v1/generate",
            "{\"title\":\"x\",\"options\":{\"image_url\":\"http://127.0.0.1:1/a.png\"}}");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("image_url");
  }

  @Test
  void aFrameOfAVideoLiesUnderTheWords() throws Exception {
    Path film =
        DrawnFilm.draw(
            folder.resolve("film.mp4"),
            "-f lavfi -i color=red:size=320x180:rate=10:duration=2"
                + " -f lavfi -i color=blue:size=320x180:rate=10:duration=2"
                + " -filter_complex [0][1]concat=n=2 -pix_fmt yuv420p");
    serve("/film.mp4", Files.readAllBytes(film));
    // The document's request, with a film that is here and a time within it.
    String request =
        """
        {
          "video_url": "%s",
          "timestamp": %s,
          "style": "gaming",
          "overlays": {
            "title": "INSANE CLUTCH",
            "subtitle": "You won't believe this!"
          }
        }
        """;
    BufferedImage red =
        picture(
            post("/api/v1/generate/from-frame", request.formatted(url("/film.mp4"), "0.5"), 200));
    BufferedImage blue =
        picture(
            post("/api/v1/generate/from-frame", request.formatted(url("/film.mp4"), "2.0"), 200));
    assertThat(red.getRGB(640, 60) >> 16 & 0xFF).isGreaterThan(0xE0);
    assertThat(blue.getRGB(640, 60) & 0xFF).isGreaterThan(0xE0);
    refused(
        "/api/v1/generate/from-frame", request.formatted(url("/film.mp4"), "45.5"), "timestamp");
    // Of a server that knows parts only those that the frame needs are fetched.
    byte[] begins = Files.readAllBytes(film);
    ByteBuffer free = ByteBuffer.allocate(8 << 20).putInt(8 << 20);
    free.put("free".getBytes(StandardCharsets.US_ASCII));
    byte[] bytes = Arrays.copyOf(begins, begins.length + free.capacity());
    System.arraycopy(free.array(), 0, bytes, begins.length, free.capacity());
    AtomicLong sent = new AtomicLong();
    serveParts("/long.mp4", bytes, sent);
    assertThat(
            picture(
                        post(
                            "/api/v1/generate/from-frame",
                            request.formatted(url("/long.mp4"), "2.0"),
                            200))
                    .getRGB(640, 60)
                & 0xFF)
        .isGreaterThan(0xE0);
    assertThat(sent.get()).isPositive().isLessThan(1 << 20);
    refused("/api/v1/generate/from-frame", request.formatted(url("/words.txt"), "0"), "video_url");
  }
}

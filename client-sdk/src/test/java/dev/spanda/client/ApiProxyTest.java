package dev.spanda.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiProxyTest {

  private final MockWebServer server = new MockWebServer();
  private HttpTransport transport;
  private Things things;

  @BeforeEach
  void start() throws IOException {
    server.start();
    transport = at("/prefix/");
    things = ApiProxy.of(Things.class, transport);
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  private HttpTransport at(String path) {
    return new HttpTransport(
        server.url(path).uri(),
        ClientOptions.DEFAULT.withHeader("Authorization", "Bearer secret"),
        new SteadyPace());
  }

  private void answer(String json) {
    server.enqueue(new MockResponse.Builder().body(json).build());
  }

  @Test
  void everyInputStandsInItsPlaceBelowThePrefix() throws InterruptedException {
    answer("{\"name\":\"a\"}");
    assertThat(things.get("ä b", List.of("x&y", "z=1"), 5, Things.Kind.SMALL).name())
        .isEqualTo("a");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget())
        .isEqualTo("/prefix/v1/things/%C3%A4%20b?tag=x%26y&tag=z%3D1&limit=5&kind=small-kind");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../admin", "a/b", "a?b=c#d", "%2e%2e", "a;b", "..\\x", "{id}"})
  void anIdCannotLeaveItsSegment(String id) throws InterruptedException {
    answer("{\"name\":\"a\"}");
    things.getPlainly(id);
    List<String> segments = server.takeRequest().getUrl().pathSegments();
    assertThat(segments).containsExactly("prefix", "v1", "things", id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void anIdThatNoEncodingKeepsInPlaceIsRefused(String id) {
    assertThatThrownBy(() -> things.getPlainly(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> things.run(id)).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aMissingRequiredInputIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> things.getPlainly(null)).isInstanceOf(NullPointerException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aVoidCallNeedsNoBodyOnEitherSide() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(204).build());
    things.delete("1");
    server.enqueue(new MockResponse.Builder().code(200).build());
    things.run("1");
    assertThat(server.takeRequest().getMethod()).isEqualTo("DELETE");
    assertThat(server.takeRequest().getBodySize()).isZero();
  }

  @Test
  void aProxyIsAnObject() {
    Things other = ApiProxy.of(Things.class, transport);
    assertThat(Set.of(things, other)).contains(things, other).hasSize(2);
    assertThat(things.toString()).startsWith("Things at http://").doesNotContain("secret");
  }

  @Test
  void aFileIsSentAsAFormWithItsFields() throws InterruptedException {
    byte[] bytes = "hello file".getBytes(UTF_8);
    answer("{\"name\":\"f\"}");
    things.upload(
        Upload.of(Upload.Part.of("file", "a \"b\".txt", "text/plain", bytes))
            .withFields(Map.of("mode", "full")));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/form-data");
    assertThat(request.getBody().utf8())
        .contains("name=\"mode\"", "full", "name=\"file\"; filename=\"a %22b%22.txt\"")
        .contains("Content-Type: text/plain", "hello file");
  }

  @Test
  void severalFilesAreSentEachUnderItsFieldInOrder(@TempDir Path folder)
      throws InterruptedException, IOException {
    Path second = Files.writeString(folder.resolve("b.txt"), "second");
    answer("{\"name\":\"f\"}");
    things.upload(
        new Upload(
            List.of(
                Upload.Part.of("images", "a.txt", "no type", "first".getBytes(UTF_8)),
                Upload.Part.of("images", second)),
            Map.of()));
    String body = server.takeRequest().getBody().utf8();
    assertThat(body)
        .containsSubsequence(
            "name=\"images\"; filename=\"a.txt\"",
            "application/octet-stream",
            "first",
            "name=\"images\"; filename=\"b.txt\"",
            "second");
  }

  @Test
  void contentIsReadFromTheNetworkOnce() throws IOException {
    byte[] bytes = new byte[3 << 20];
    Arrays.fill(bytes, (byte) 7);
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "audio/wav")
            .addHeader("Content-Disposition", "attachment; filename=\"../../om.wav\"")
            .body(new Buffer().write(bytes))
            .build());
    Content content = things.content("1");
    assertThat(content.mediaType()).isEqualTo("audio/wav");
    assertThat(content.fileName()).isEqualTo("om.wav");
    assertThat(content.length()).isEqualTo(bytes.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    assertThat(out.toByteArray()).isEqualTo(bytes);
    assertThatThrownBy(content::bytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPartOfContentFreesItsConnection() throws IOException {
    for (int i = 0; i < 2; i++) {
      server.enqueue(new MockResponse.Builder().body("abcdefgh").build());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      things.content("1").writeTo(out, 2, 3);
      assertThat(out.toString(UTF_8)).isEqualTo("cde");
    }
  }

  @Test
  void contentThatIsCutShortIsAnErrorAndNotAShortFile() {
    server.enqueue(
        new MockResponse.Builder()
            .body(new Buffer().write(new byte[100_000]))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    Content content = things.content("1");
    assertThatThrownBy(() -> content.writeTo(new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void fileNamesAreReadInBothFormsAndLoseTheirFolders() {
    assertThat(StreamedContent.fileName("attachment; filename=om.wav")).isEqualTo("om.wav");
    assertThat(StreamedContent.fileName("attachment; filename=\"a\\\"b.wav\"; size=3"))
        .isEqualTo("a\"b.wav");
    assertThat(StreamedContent.fileName("attachment; filename=x; filename*=UTF-8''%C3%A4+.wav"))
        .isEqualTo("ä+.wav");
    assertThat(StreamedContent.fileName("attachment; filename*=UTF-8''..%2F..%2Fa.wav"))
        .isEqualTo("a.wav");
    assertThat(StreamedContent.fileName("attachment; filename=\"..\"")).isNull();
    assertThat(StreamedContent.fileName("inline")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host",
        "host",
        "http:///x",
        "http://user:word@host",
        "http://host?q=1",
        "http://host#f"
      })
  void whatIsNoBaseAddressIsRefused(String base) {
    assertThatThrownBy(() -> VajraClient.connect(URI.create(base)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

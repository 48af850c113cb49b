package dev.spanda.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a browser without a network loads them. */
class PagesTest {

  private static final Pattern LINK = Pattern.compile("(?:href|src|spec-url)=\"([^\"]*)\"");

  private static Mount mount(String basePath, String resource) {
    return Mount.builder("shelf")
        .basePath(basePath)
        .dialect(new PlainDialect())
        .endpoints(ShelfApi.class, caller -> new Shelf())
        .pages("The <shelf>", resource)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/v1/shelf"})
  void everyPartOfAPageComesFromThisServer(String basePath) throws IOException {
    Mount mount = mount(basePath, "/dev/spanda/server/openapi/vajra.json");
    try (Listener listener = JettyListener.builder().port(0, mount).start();
        RawHttp http = new RawHttp(listener.urls().get("shelf"))) {
      for (String page : new String[] {"/docs", "/redoc", "/docs/", "/redoc/"}) {
        RawHttp.Answer answer = http.ask("GET", basePath + page);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("text/html");
        assertThat(answer.header("content-security-policy")).contains("default-src 'none'");
        assertThat(answer.text()).doesNotContain("<shelf>", "http:", "https:");
        Matcher links = LINK.matcher(answer.text());
        int count = 0;
        while (links.find()) {
          assertThat(http.ask("GET", links.group(1)).status()).as(links.group(1)).isEqualTo(200);
          count++;
        }
        assertThat(count).isGreaterThan(2);
      }
      RawHttp.Answer described = http.ask("GET", basePath + "/openapi.json");
      assertThat(described.header("content-type")).isEqualTo("application/json");
      assertThat(described.text()).contains("\"openapi\" : \"3.1.0\"");
    }
  }

  @Test
  void aPageThatABrowserHasIsNotSentAgain() throws IOException {
    Mount mount = mount("", "/dev/spanda/server/openapi/vajra.json");
    try (Listener listener = JettyListener.builder().port(0, mount).start();
        RawHttp http = new RawHttp(listener.urls().get("shelf"))) {
      RawHttp.Answer first = http.ask("GET", "/docs/swagger-ui-bundle.js");
      assertThat(first.header("cache-control")).isEqualTo("no-cache");
      String tag = first.header("etag");
      assertThat(tag).matches("\"[0-9a-f]{32}\"");
      for (String known : new String[] {tag, "\"other\", W/" + tag}) {
        RawHttp.Answer again =
            http.ask("HEAD", "/docs/swagger-ui-bundle.js", "If-None-Match: " + known);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("etag")).isEqualTo(tag);
      }
      RawHttp.Answer other = http.ask("GET", "/docs/start.js", "If-None-Match: " + tag);
      assertThat(other.status()).isEqualTo(200);
      assertThat(other.header("etag")).isNotEqualTo(tag);
    }
  }

  @Test
  void aDescriptionThatIsMissingIsRefused() {
    assertThatThrownBy(() -> mount("", "/nowhere.json"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

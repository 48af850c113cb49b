package dev.spanda.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two APIs on one port, the base path of one within that of the other. */
class SharedPortTest {

  /** What stands at {@code /v1}; its variables would swallow the other one's paths. */
  public interface OuterApi {
    @Route(value = "GET /{area}/{name}", summary = "Says what it heard.")
    String any(@Param.Path("area") String area, @Param.Path("name") String name);

    @Route(value = "GET /things", summary = "Says that it is the outer one.")
    String things();
  }

  /** What stands at {@code /v1/biofield}. */
  public interface InnerApi {
    @Route(value = "GET /known", summary = "Says that it is the inner one.")
    String known();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLongerBasePathWinsInWhateverOrderTheyCome(boolean outerFirst) throws Exception {
    Mount outer =
        Mount.builder("outer")
            .basePath("/v1")
            .dialect(new PlainDialect())
            .endpoints(
                OuterApi.class,
                caller ->
                    new OuterApi() {
                      @Override
                      public String any(String area, String name) {
                        return "outer " + area + " " + name;
                      }

                      @Override
                      public String things() {
                        return "outer things";
                      }
                    })
            .build();
    Mount inner =
        Mount.builder("inner")
            .basePath("/v1/biofield")
            .dialect(new PlainDialect())
            .endpoints(
                InnerApi.class, caller -> () -> "inner at " + caller.origin() + "/v1/biofield")
            .build();
    Mount[] mounts = outerFirst ? new Mount[] {outer, inner} : new Mount[] {inner, outer};
    try (Listener listener = JettyListener.builder().port(0, mounts).start()) {
      URI base = Objects.requireNonNull(listener.urls().get("outer"));
      URI innerBase = Objects.requireNonNull(listener.urls().get("inner"));
      assertThat(innerBase.getPort()).isEqualTo(base.getPort());
      assertThat(get(innerBase + "/known").body()).isEqualTo("\"inner at " + innerBase + "\"");
      assertThat(get(base + "/things").body()).isEqualTo("\"outer things\"");
      assertThat(get(base + "/projects/p1").body()).isEqualTo("\"outer projects p1\"");
      // Below the longer base path nothing is the outer one's, known or not.
      assertThat(get(innerBase + "/unknown").statusCode()).isEqualTo(404);
      assertThat(get(base + "/biofieldx/p1").body()).isEqualTo("\"outer biofieldx p1\"");
    }
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}

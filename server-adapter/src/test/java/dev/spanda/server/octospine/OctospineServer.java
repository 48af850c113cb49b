package dev.spanda.server.octospine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ClientOptions;
import dev.spanda.client.OctospineClient;
import dev.spanda.client.RetryPolicy;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.AgentsApi;
import dev.spanda.contract.octospine.AutomationsApi;
import dev.spanda.contract.octospine.ConsciousnessApi;
import dev.spanda.contract.octospine.DocumentationApi;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.MetricsApi;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.contract.octospine.TasksApi;
import dev.spanda.core.Ids;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A demo of OCTOSPINE alone on a free port, with clients of it and with plain HTTP. */
final class OctospineServer implements AutoCloseable {

  static final String KEY = "YOUR_API_KEY";

  /** Whatever may be asked of it. */
  static final List<Class<?>> CONTRACTS =
      List.of(
          AgentsApi.class,
          AutomationsApi.class,
          ConsciousnessApi.class,
          DocumentationApi.class,
          GraphqlApi.class,
          MetricsApi.class,
          SessionApi.class,
          SystemApi.class,
          TasksApi.class);

  private static final Path EXAMPLES =
      Path.of("..", "client-sdk", "src", "test", "resources", "examples", "octospine");

  private final Server server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<OctospineClient> clients = new ArrayList<>();

  OctospineServer(Config config) {
    server = Server.start(config);
  }

  /** A server whose limits no test reaches. */
  static OctospineServer in(Path folder) {
    return in(folder, 1_000);
  }

  static OctospineServer in(Path folder, int limitFactor) {
    Config config = Config.in(folder).onFreePorts().asDemo().withLimitFactor(limitFactor);
    return new OctospineServer(
        new Config(
            config.host(),
            config.ports(),
            Set.of(Octospine.NAME),
            folder,
            null,
            true,
            limitFactor,
            false,
            -1,
            Set.of()));
  }

  /** Makes an account with a key in the folder of a server that does not run. */
  static String account(Path folder, String id) {
    Clock clock = Clock.systemUTC();
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      new Accounts(store, clock, Ids.secure(), new RateLimiter(clock))
          .create(
              new Accounts.Draft(
                  id, Octospine.NAME, id + "@example.com", "standard", null, "a long password"));
      return new ApiKeys(store, clock, Ids.secure())
          .create(ApiKeys.Draft.live(id, "test"))
          .secret();
    }
  }

  URI url() {
    return Objects.requireNonNull(server.mounts().get(Octospine.NAME));
  }

  String credential(String name) {
    Map<?, ?> section = (Map<?, ?>) server.credentials().get(Octospine.NAME);
    return Objects.requireNonNull(section.get(name), name).toString();
  }

  OctospineClient client() {
    return client(KEY);
  }

  OctospineClient client(String key) {
    OctospineClient client =
        OctospineClient.connect(url(), key, ClientOptions.DEFAULT.withRetry(RetryPolicy.NONE));
    clients.add(client);
    return client;
  }

  /** Sends with these headers, given as names and values one after another. */
  HttpResponse<String> open(String verb, String path, @Nullable Object body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(
                verb,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(
                        body instanceof String text
                            ? text
                            : WireJson.mapper().writeValueAsString(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends with the document's key. */
  HttpResponse<String> send(String verb, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    return open(verb, path, body, "Authorization", "Bearer " + KEY);
  }

  /** The JSON of an answer with the document's key. */
  JsonNode json(String verb, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    return WireJson.mapper().readTree(send(verb, path, body).body());
  }

  static JsonNode example(String name) throws IOException {
    return WireJson.mapper().readTree(Files.readAllBytes(EXAMPLES.resolve(name + ".json")));
  }

  static String text(String fileName) throws IOException {
    return Files.readString(EXAMPLES.resolve(fileName));
  }

  @Override
  public void close() {
    clients.forEach(OctospineClient::close);
    server.close();
  }
}

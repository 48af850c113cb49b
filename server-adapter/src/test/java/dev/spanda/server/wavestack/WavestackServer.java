package dev.spanda.server.wavestack;

import dev.spanda.client.ClientOptions;
import dev.spanda.client.RetryPolicy;
import dev.spanda.client.WavestackClient;
import dev.spanda.contract.http.WireJson;
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
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A demo on free ports, with clients of it and with plain HTTP. */
final class WavestackServer implements AutoCloseable {

  static final String KEY = "your-api-key";
  static final String ORGANISATION = "org_123";
  static final Map<String, String> CREDENTIALS =
      Map.of("Authorization", "Bearer " + KEY, "X-Org-Id", ORGANISATION);

  private final Server server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<WavestackClient> clients = new ArrayList<>();

  WavestackServer(Config config) {
    server = Server.start(config);
  }

  /** A server whose limits no test reaches. */
  static WavestackServer in(Path folder) {
    return new WavestackServer(Config.in(folder).onFreePorts().asDemo().withLimitFactor(1_000));
  }

  /** Makes an organisation with a key in the folder of a server that does not run. */
  static String organisation(Path folder, String id) {
    Clock clock = Clock.systemUTC();
    try (Store store = Store.open(StoreLocation.folder(folder))) {
      new Accounts(store, clock, Ids.secure(), new RateLimiter(clock))
          .create(
              new Accounts.Draft(id, Wavestack.NAME, id + "@example.com", Door.PLAN, null, null));
      return new ApiKeys(store, clock, Ids.secure())
          .create(ApiKeys.Draft.live(id, "test"))
          .secret();
    }
  }

  /** What a caller of an organisation sends. */
  static Map<String, String> credentials(String key, String organisation) {
    return Map.of("Authorization", "Bearer " + key, "X-Org-Id", organisation);
  }

  Map<String, URI> mounts() {
    return server.mounts();
  }

  URI base(String mount) {
    return Objects.requireNonNull(server.mounts().get(mount), mount);
  }

  URI core() {
    return base(WavestackClient.CORE);
  }

  Map<String, Object> credentials() {
    return server.credentials();
  }

  WavestackClient client() {
    return client(KEY, ORGANISATION);
  }

  WavestackClient client(String key, String organisation) {
    WavestackClient client =
        WavestackClient.connect(
            server.mounts(), key, organisation, ClientOptions.DEFAULT.withRetry(RetryPolicy.NONE));
    clients.add(client);
    return client;
  }

  /**
   * Sends a request.
   *
   * @param body text as it is, anything else as JSON, null for none
   */
  HttpResponse<String> send(
      URI base, Map<String, String> headers, String verb, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
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
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a request of the demo's organisation to the Core App. */
  HttpResponse<String> core(String verb, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    return send(core(), CREDENTIALS, verb, path, body);
  }

  @Override
  public void close() {
    clients.forEach(WavestackClient::close);
    server.close();
  }
}

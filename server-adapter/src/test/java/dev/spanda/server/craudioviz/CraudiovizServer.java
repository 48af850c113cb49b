package dev.spanda.server.craudioviz;

import dev.spanda.client.ClientOptions;
import dev.spanda.client.CraudiovizClient;
import dev.spanda.client.RetryPolicy;
import dev.spanda.contract.http.WireJson;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A demo on free ports, with clients of it and with plain HTTP. */
final class CraudiovizServer implements AutoCloseable {

  static final String KEY = "YOUR_API_KEY";
  static final String LOW_KEY = "YOUR_LOW_API_KEY";
  static final String SANDBOX_KEY = "YOUR_SANDBOX_API_KEY";

  private final Server server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<CraudiovizClient> clients = new ArrayList<>();

  CraudiovizServer(Config config) {
    server = Server.start(config);
  }

  /** A server whose limits no test reaches. */
  static CraudiovizServer in(Path folder) {
    return new CraudiovizServer(Config.in(folder).onFreePorts().asDemo().withLimitFactor(1_000));
  }

  URI live() {
    return Objects.requireNonNull(server.mounts().get(Craudioviz.NAME));
  }

  URI sandbox() {
    return Objects.requireNonNull(server.mounts().get(Craudioviz.SANDBOX_NAME));
  }

  CraudiovizClient client(URI base, String key) {
    CraudiovizClient client =
        CraudiovizClient.connect(base, key, ClientOptions.DEFAULT.withRetry(RetryPolicy.NONE));
    clients.add(client);
    return client;
  }

  CraudiovizClient client() {
    return client(live(), KEY);
  }

  HttpResponse<String> send(
      URI base, @Nullable String key, String verb, String path, @Nullable Object body)
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
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<byte[]> open(String url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    clients.forEach(CraudiovizClient::close);
    server.close();
  }
}

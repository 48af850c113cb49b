package dev.spanda.server.vajra;

import dev.spanda.client.ClientOptions;
import dev.spanda.client.RetryPolicy;
import dev.spanda.client.VajraClient;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** A server of Vajra.Stream on a free port, with a client of it. */
final class VajraServer implements AutoCloseable {

  private final Server server;
  private final VajraClient client;

  VajraServer(Config config) {
    server = Server.start(config);
    client = VajraClient.connect(url(), ClientOptions.DEFAULT.withRetry(RetryPolicy.NONE));
  }

  /** A server whose limits no test reaches. */
  static VajraServer in(Path folder) {
    return new VajraServer(Config.in(folder).onFreePorts().withLimitFactor(1_000));
  }

  URI url() {
    return Objects.requireNonNull(server.mounts().get(VajraMount.NAME));
  }

  VajraClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}

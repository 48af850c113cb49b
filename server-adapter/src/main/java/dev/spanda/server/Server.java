package dev.spanda.server;

import dev.spanda.core.Failure;
import dev.spanda.server.http.JettyListener;
import dev.spanda.server.http.Listener;
import dev.spanda.server.vajra.VajraMount;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. It serves from the moment {@link #start} returns until it is closed; closing
 * lets requests that run finish, tells the sockets goodbye and closes the store.
 */
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Engines engines;
  private final List<AutoCloseable> apis;
  private final Listener listener;

  private Server(Engines engines, List<AutoCloseable> apis, Listener listener) {
    this.engines = engines;
    this.apis = apis;
    this.listener = listener;
  }

  /**
   * Starts a server.
   *
   * @throws Failure CONFLICT, subject {@code store}, when another process uses the data folder, or
   *     subject {@code port} when another program has a port; FAILED when a port cannot be opened
   */
  public static Server start(Config config) {
    Engines engines = new Engines(config);
    List<AutoCloseable> apis = new ArrayList<>();
    try {
      JettyListener.Builder ports =
          JettyListener.builder().host(config.host()).metrics(config.adminPort());
      if (config.serves(VajraMount.NAME)) {
        VajraMount vajra =
            new VajraMount(
                new VajraMount.Needs(
                    engines.sessions,
                    engines.bus,
                    engines.clock,
                    engines.ids,
                    engines.timer,
                    engines.limiter,
                    config.limitFactor(),
                    engines::output,
                    engines::storeAnswers));
        apis.add(vajra);
        ports.port(config.port(VajraMount.NAME, VajraMount.PORT), vajra.mount());
      }
      return new Server(engines, apis, ports.start());
    } catch (IOException e) {
      closeAll(apis);
      engines.close();
      throw unopened(config, e);
    } catch (RuntimeException e) {
      closeAll(apis);
      engines.close();
      throw e;
    }
  }

  /** The base URL of each mount that is served, by its name. */
  public Map<String, URI> mounts() {
    return new LinkedHashMap<>(listener.urls());
  }

  /** Where the metrics are; empty when the configuration asked for none. */
  public Optional<URI> metrics() {
    return listener.metrics();
  }

  @Override
  public void close() {
    listener.close();
    closeAll(apis);
    engines.close();
  }

  private static Failure unopened(Config config, IOException e) {
    boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
    return Failure.of(
            taken ? Failure.Reason.CONFLICT : Failure.Reason.FAILED,
            "port",
            "A port on "
                + config.host()
                + " could not be opened: "
                + e.getMessage()
                + "; choose another with --port NAME=N")
        .causedBy(e);
  }

  private static void closeAll(List<AutoCloseable> apis) {
    for (AutoCloseable api : apis) {
      try {
        api.close();
      } catch (Exception e) {
        LOG.warn("A part did not close", e);
      }
    }
  }
}

package dev.spanda.server;

import dev.spanda.core.Failure;
import dev.spanda.server.biofield.BiofieldMount;
import dev.spanda.server.craudioviz.Craudioviz;
import dev.spanda.server.http.JettyListener;
import dev.spanda.server.http.Listener;
import dev.spanda.server.http.Mount;
import dev.spanda.server.octospine.Octospine;
import dev.spanda.server.outbound.HttpWebhookSender;
import dev.spanda.server.tool.Toolbox;
import dev.spanda.server.vajra.VajraMount;
import dev.spanda.server.wavestack.Wavestack;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. It serves from the moment {@link #start} returns until it is closed; closing
 * lets requests that run finish, tells the sockets goodbye and closes the store.
 */
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** The variable that, when it is {@code off}, keeps GraphQL from telling its schema. */
  private static final String GRAPHQL_INTROSPECTION = "SPANDA_GRAPHQL_INTROSPECTION";

  private final Engines engines;
  private final List<AutoCloseable> apis;
  private final Listener listener;
  private final @Nullable Demo demo;

  private Server(
      Engines engines, List<AutoCloseable> apis, Listener listener, @Nullable Demo demo) {
    this.engines = engines;
    this.apis = apis;
    this.listener = listener;
    this.demo = demo;
  }

  /** Which mounts stand on which port; those that name the same one share it. */
  private static final class Ports {
    private static final int ANY = 0;
    private final Map<Integer, List<Mount>> mounts = new LinkedHashMap<>();
    private final List<Mount> anywhere = new ArrayList<>();

    void add(int port, Mount mount) {
      if (port == ANY) {
        anywhere.add(mount);
      } else {
        mounts.computeIfAbsent(port, number -> new ArrayList<>()).add(mount);
      }
    }

    void open(JettyListener.Builder ports) {
      mounts.forEach((port, here) -> ports.port(port, here.toArray(Mount[]::new)));
      anywhere.forEach(mount -> ports.port(ANY, mount));
    }
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
      Demo demo = config.demo() ? Demo.in(engines) : null;
      Ports served = new Ports();
      Listener.Audience audience = (mount, status, nanos) -> {};
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
                    engines::storeAnswers,
                    new VajraMount.Practice(
                        engines.rates,
                        engines.broadcasts,
                        engines.blessings,
                        engines.attunements,
                        engines.populations,
                        engines.workflows())));
        apis.add(vajra);
        served.add(config.port(VajraMount.NAME, VajraMount.PORT), vajra.mount());
      }
      if (config.serves(BiofieldMount.NAME)) {
        BiofieldMount biofield =
            new BiofieldMount(
                new BiofieldMount.Needs(
                    engines.store,
                    engines.blobs,
                    engines.clock,
                    engines.ids,
                    engines.timer,
                    engines.jobs,
                    engines.limiter,
                    config.limitFactor(),
                    engines.accounts,
                    engines.vault,
                    engines::storeAnswers));
        apis.add(biofield);
        served.add(config.port(BiofieldMount.NAME, BiofieldMount.PORT), biofield.mount());
      }
      if (config.serves(Craudioviz.NAME) || config.serves(Craudioviz.SANDBOX_NAME)) {
        Craudioviz craudioviz = craudioviz(engines, config);
        apis.add(craudioviz);
        if (config.demo()) {
          craudioviz.seed(Demo.CRAUDIOVIZ_ACCOUNT, "pro", 1_500);
          craudioviz.seed(Demo.CRAUDIOVIZ_LOW_ACCOUNT, "free", 5);
        }
        if (config.serves(Craudioviz.NAME)) {
          served.add(config.port(Craudioviz.NAME, Craudioviz.PORT), craudioviz.live());
        }
        if (config.serves(Craudioviz.SANDBOX_NAME)) {
          served.add(
              config.port(Craudioviz.SANDBOX_NAME, Craudioviz.SANDBOX_PORT), craudioviz.sandbox());
        }
      }
      if (config.serves(Octospine.NAME)) {
        Octospine octospine = octospine(engines, config);
        apis.add(octospine);
        if (demo != null) {
          octospine
              .credentials(Demo.OCTOSPINE_ACCOUNT)
              .forEach((name, value) -> demo.put(Octospine.NAME, name, value));
          octospine.seedApplication(Demo.OCTOSPINE_ACCOUNT, "app_123", "Demo application");
          demo.put(Octospine.NAME, "app_id", "app_123");
        }
        audience = octospine.audience();
        served.add(config.port(Octospine.NAME, Octospine.PORT), octospine.mount());
      }
      wavestack(engines, config, apis, served);
      // Every kind of job is registered by now.
      engines.jobs.start();
      JettyListener.Builder ports =
          JettyListener.builder()
              .host(config.host())
              .metrics(config.adminPort())
              .audience(audience);
      served.open(ports);
      return new Server(engines, apis, ports.start(), demo);
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

  /** The services know each other, so that one that is served brings all of them. */
  private static void wavestack(
      Engines engines, Config config, List<AutoCloseable> apis, Ports served) {
    if (Config.MOUNTS.stream().noneMatch(name -> isWavestack(name) && config.serves(name))) {
      return;
    }
    Wavestack wavestack = new Wavestack(wavestackNeeds(engines, config));
    apis.add(wavestack);
    wavestack
        .mounts()
        .forEach(
            (name, one) -> {
              if (config.serves(name)) {
                served.add(config.port(name, one.port()), one.mount());
              }
            });
  }

  private static boolean isWavestack(String mount) {
    return mount.startsWith(Wavestack.NAME + "-");
  }

  static Wavestack.Needs wavestackNeeds(Engines engines, Config config) {
    return new Wavestack.Needs(
        engines.store,
        engines.jobs,
        engines.clock,
        engines.ids,
        engines.bus,
        engines.timer,
        engines.limiter,
        config.limitFactor(),
        engines.fetcher,
        engines.blobs,
        engines.files,
        engines.projects,
        engines.accounts,
        engines.apiKeys,
        engines.clients,
        engines.vault,
        engines.textModel,
        config.dataFolder(),
        config.demo(),
        engines::storeAnswers);
  }

  private static Craudioviz craudioviz(Engines engines, Config config) {
    return new Craudioviz(
        new Craudioviz.Needs(
            engines.store,
            engines.clock,
            engines.ids,
            engines.bus,
            engines.timer,
            engines.limiter,
            config.limitFactor(),
            engines.jobs,
            engines.ledger,
            engines.projects,
            engines.files,
            engines.accounts,
            engines.apiKeys,
            new HttpWebhookSender(engines.fetcher),
            config.dataFolder().resolve("webhook.key"),
            Toolbox.all(),
            engines.textModel,
            Toolbox.skills()));
  }

  private static Octospine octospine(Engines engines, Config config) {
    Map<String, Boolean> mounts = new LinkedHashMap<>();
    Config.MOUNTS.forEach(name -> mounts.put(name, config.serves(name)));
    return new Octospine(
        new Octospine.Needs(
            engines.store,
            engines.clock,
            engines.ids,
            engines.bus,
            engines.timer,
            engines.limiter,
            config.limitFactor(),
            engines.jobs,
            engines.files,
            engines.fetcher,
            engines.accounts,
            engines.apiKeys,
            engines.vault,
            engines.workflows(),
            engines::storeAnswers,
            config.dataFolder(),
            mounts,
            config.demo() ? Demo.OCTOSPINE_ACCOUNT : "",
            !"off".equals(System.getenv(GRAPHQL_INTROSPECTION))));
  }

  /** The base URL of each mount that is served, by its name, in the order of {@link Config}'s. */
  public Map<String, URI> mounts() {
    Map<String, URI> served = listener.urls();
    Map<String, URI> ordered = new LinkedHashMap<>();
    for (String name : Config.MOUNTS) {
      URI url = served.get(name);
      if (url != null) {
        ordered.put(name, url);
      }
    }
    return ordered;
  }

  /** Where the metrics are; empty when the configuration asked for none. */
  public Optional<URI> metrics() {
    return listener.metrics();
  }

  /**
   * Every credential of a demo: the base URL of each mount under {@code mounts}, then a section for
   * each API. Empty for a server that is no demo.
   */
  public Map<String, Object> credentials() {
    Map<String, Object> all = new LinkedHashMap<>();
    if (demo != null) {
      all.put("mounts", mounts());
      all.putAll(demo.sections());
    }
    return all;
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

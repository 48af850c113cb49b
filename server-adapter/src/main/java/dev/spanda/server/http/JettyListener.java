package dev.spanda.server.http;

import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.socket.Hub;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens by Jetty: one port for each mount or several mounts on one, HTTP/1.1 and WebSocket on the
 * same port, and the metrics for Prometheus on a port of their own that only this machine reaches.
 */
public final class JettyListener implements Listener {

  private static final Logger LOG = LoggerFactory.getLogger(JettyListener.class);

  private final Server server;
  private final Map<String, URI> urls;
  private final @Nullable URI metrics;
  private final List<Hub> hubs;
  private final @Nullable Path ownFolder;
  private final AtomicBoolean closed = new AtomicBoolean();

  private JettyListener(Builder builder) throws IOException {
    // Both load many classes: side by side they cost the start only the longer time of the two.
    CompletableFuture<PrometheusMeterRegistry> meters =
        CompletableFuture.supplyAsync(JettyListener::meters);
    QueuedThreadPool threads = new QueuedThreadPool(builder.threads, 4, 60_000);
    threads.setName("spanda-http");
    threads.setDaemon(builder.daemon);
    server = new Server(threads, new ScheduledExecutorScheduler("spanda-http-timer", true), null);
    server.setStopTimeout(builder.stopWithin.toMillis());
    hubs = new ArrayList<>();
    ownFolder = builder.folder == null ? Files.createTempDirectory("spanda-upload") : null;
    Path folder = ownFolder == null ? builder.folder() : ownFolder;

    Map<Connector, List<Mount>> mounts = new HashMap<>();
    Map<ServerConnector, List<Mount>> ports = new LinkedHashMap<>();
    builder.ports.forEach(
        port -> {
          ServerConnector connector = connector(builder, builder.host, port.number());
          List<Mount> sorted = new ArrayList<>(port.mounts());
          sorted.sort(Comparator.comparingInt(mount -> -mount.basePath().length()));
          mounts.put(connector, List.copyOf(sorted));
          ports.put(connector, port.mounts());
          port.mounts().forEach(mount -> hubs.addAll(mount.hubs()));
        });
    ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
    sockets.setIdleTimeout(Duration.ZERO);
    sockets.setMaxOutgoingFrames(-1);
    PrometheusMeterRegistry registry = meters.join();
    PortHandler handler =
        new PortHandler(
            mounts, (exchange, place, caller) -> upgrade(sockets, exchange, place, caller), folder);
    ServerConnector admin = null;
    if (builder.adminPort >= 0) {
      admin =
          connector(builder, InetAddress.getLoopbackAddress().getHostAddress(), builder.adminPort);
    }
    Connector adminConnector = admin;
    server.setHandler(
        new GracefulHandler(
            new Handler.Wrapper(handler) {
              @Override
              public boolean handle(Request request, Response response, Callback callback)
                  throws Exception {
                if (adminConnector != null
                    && request.getConnectionMetaData().getConnector() == adminConnector) {
                  scrape(registry, request, response, callback);
                  return true;
                }
                return super.handle(request, response, callback);
              }
            }));
    server.setErrorHandler(
        (request, response, callback) -> {
          if (request.getConnectionMetaData().getConnector() == adminConnector) {
            response.write(true, ByteBuffer.allocate(0), callback);
            return true;
          }
          return handler.handleError(request, response, callback);
        });
    server.setRequestLog(new Observer(registry, builder.audience));
    server.addBean(new NetworkConnectionLimit(builder.connections, server));
    for (Map.Entry<ServerConnector, List<Mount>> port : ports.entrySet()) {
      for (Mount mount : port.getValue()) {
        registry.gauge(
            "spanda.sockets.open",
            List.of(io.micrometer.core.instrument.Tag.of("mount", mount.name())),
            mount,
            each ->
                each.hubs().stream().mapToInt(hub -> hub.statistics().activeConnections()).sum());
      }
    }
    try {
      server.start();
    } catch (Exception e) {
      stop();
      throw e instanceof IOException io ? io : new IOException("the listener did not start", e);
    }
    Map<String, URI> opened = new LinkedHashMap<>();
    ports.forEach(
        (connector, here) ->
            here.forEach(
                mount ->
                    opened.put(
                        mount.name(),
                        url(builder.host, connector.getLocalPort(), mount.basePath()))));
    urls = Map.copyOf(opened);
    metrics =
        admin == null
            ? null
            : url(
                InetAddress.getLoopbackAddress().getHostAddress(),
                admin.getLocalPort(),
                "/metrics");
    SlowHeaders slowHeaders = new SlowHeaders(builder.headersWithin);
    List<Connector> connectors = List.of(server.getConnectors());
    schedule(slowHeaders, connectors);
  }

  /** A listener to be described. */
  public static Builder builder() {
    return new Builder();
  }

  private ServerConnector connector(Builder builder, String host, int port) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    configuration.setRequestHeaderSize(builder.headerBytes);
    configuration.setUriCompliance(UriCompliance.DEFAULT);
    configuration.setIdleTimeout(-1);
    configuration.setRelativeRedirectAllowed(false);
    ServerConnector connector =
        new ServerConnector(
            server, null, null, null, 0, 1, new HttpConnectionFactory(configuration));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(builder.idleAfter.toMillis());
    connector.setReuseAddress(true);
    connector.setAcceptQueueSize(512);
    server.addConnector(connector);
    return connector;
  }

  private void schedule(SlowHeaders slowHeaders, List<Connector> connectors) {
    server
        .getScheduler()
        .schedule(
            () -> {
              if (closed.get()) {
                return;
              }
              try {
                slowHeaders.sweep(connectors);
                hubs.forEach(Hub::sweep);
              } catch (RuntimeException e) {
                LOG.error("sweeping failed", e);
              }
              schedule(slowHeaders, connectors);
            },
            1,
            TimeUnit.SECONDS);
  }

  private static boolean upgrade(
      ServerWebSocketContainer sockets, Exchange exchange, Mount.SocketPlace place, Caller caller) {
    Optional<Runnable> slot = exchange.mount().gate().socket(caller);
    if (slot.isEmpty()) {
      throw Refusals.tooManySockets(exchange.mount().gate().socketsOf(caller));
    }
    AtomicBoolean released = new AtomicBoolean();
    Runnable release =
        () -> {
          if (released.compareAndSet(false, true)) {
            slot.get().run();
          }
        };
    boolean upgraded = false;
    try {
      upgraded =
          sockets.upgrade(
              (request, response, callback) -> {
                // Compressed frames would cost each session a window of its own.
                response.setExtensions(List.of());
                String protocol = place.hub().protocol();
                if (!protocol.isEmpty() && request.getSubProtocols().contains(protocol)) {
                  response.setAcceptedSubProtocol(protocol);
                }
                return new JettySocket.Joined(place.hub(), caller, exchange.query(), release);
              },
              exchange.request(),
              exchange.response(),
              Callback.from(
                  exchange.callback()::succeeded,
                  problem -> {
                    release.run();
                    exchange.callback().failed(problem);
                  }));
      return upgraded;
    } catch (RuntimeException e) {
      Failure failure = Refusals.within(e);
      throw failure == null ? e : failure;
    } finally {
      if (!upgraded) {
        release.run();
      }
    }
  }

  private static PrometheusMeterRegistry meters() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    return registry;
  }

  private static void scrape(
      PrometheusMeterRegistry registry, Request request, Response response, Callback callback) {
    if (!"/metrics".equals(request.getHttpURI().getPath())) {
      response.setStatus(404);
      response.write(true, ByteBuffer.allocate(0), callback);
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(text), callback);
  }

  private static URI url(String host, int port, String path) {
    String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    return URI.create(
        "http://" + (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + port + path);
  }

  @Override
  public Map<String, URI> urls() {
    return urls;
  }

  @Override
  public Optional<URI> metrics() {
    return Optional.ofNullable(metrics);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      hubs.forEach(Hub::close);
      stop();
    }
  }

  private void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the listener did not stop cleanly", e);
    }
    if (ownFolder != null) {
      try {
        Files.deleteIfExists(ownFolder);
      } catch (IOException e) {
        LOG.debug("{} stays", ownFolder, e);
      }
    }
  }

  private record Port(int number, List<Mount> mounts) {}

  /** Collects ports and limits. */
  public static final class Builder {
    private final List<Port> ports = new ArrayList<>();
    private String host = "127.0.0.1";
    private int adminPort = -1;
    private int threads = 64;
    private int connections = 10_000;
    private int headerBytes = 8 << 10;
    private boolean daemon = true;
    private Duration headersWithin = Duration.ofSeconds(15);
    private Duration idleAfter = Duration.ofSeconds(30);
    private Duration stopWithin = Duration.ofSeconds(10);
    private @Nullable Path folder;
    private Audience audience = (mount, status, nanos) -> {};

    private Builder() {}

    /** Who hears of every answer; nobody without this call. */
    public Builder audience(Audience hears) {
      audience = hears;
      return this;
    }

    /** The address to listen on; 127.0.0.1 without this call. */
    public Builder host(String address) {
      host = address;
      return this;
    }

    /**
     * Mounts on a port of their own.
     *
     * @param number 0 for any free port
     * @param mounts when their base paths are the same, a path belongs to the first that has it
     */
    public Builder port(int number, Mount... mounts) {
      if (mounts.length == 0) {
        throw new IllegalArgumentException("a port needs a mount");
      }
      ports.add(new Port(number, List.of(mounts)));
      return this;
    }

    /**
     * Serves {@code /metrics} to this machine alone; not served without this call.
     *
     * @param number 0 for any free port
     */
    public Builder metrics(int number) {
      adminPort = number;
      return this;
    }

    /**
     * How many threads answer at most; 64 without this call, of which each port keeps one.
     *
     * @param most ≥ 8
     */
    public Builder threads(int most) {
      threads = most;
      return this;
    }

    /** How many connections may be open on all ports together; 10 000 without this call. */
    public Builder connections(int most) {
      connections = most;
      return this;
    }

    /**
     * In which time the headers of a request must have come, and after which silence a connection
     * is closed; 15 s and 30 s without this call.
     */
    public Builder patience(Duration headers, Duration idle) {
      headersWithin = headers;
      idleAfter = idle;
      return this;
    }

    /** How long requests that run may take when the listener stops; 10 s without this call. */
    public Builder stopWithin(Duration most) {
      stopWithin = most;
      return this;
    }

    /** Where uploads are kept while they are read; a folder of its own without this call. */
    public Builder uploads(Path directory) {
      folder = directory;
      return this;
    }

    private Path folder() {
      return java.util.Objects.requireNonNull(folder);
    }

    /**
     * Opens the ports and answers from then on.
     *
     * @throws IOException when a port cannot be opened
     */
    public Listener start() throws IOException {
      if (ports.isEmpty()) {
        throw new IllegalArgumentException("a listener needs a port");
      }
      return new JettyListener(this);
    }
  }
}

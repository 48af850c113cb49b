package dev.spanda.client;

import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.client.socket.SocketOptions;
import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.ConnectorsApi;
import dev.spanda.contract.wavestack.HealthApi;
import dev.spanda.contract.wavestack.SocialApi;
import dev.spanda.contract.wavestack.StreamSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Calls the services of a WaveStack server. The views are the contract's own interfaces.
 *
 * <p>A client is told where the Core App is. Each other service is taken to stand on the same host
 * at its documented port, unless its address is given as well. Every call carries the API key and
 * the organisation.
 *
 * <p>Every failure of a call is an {@link ApiException}, a call too many a {@link
 * RateLimitedException}. Thread-safe. A client that is never closed does not keep the virtual
 * machine running.
 */
public final class WavestackClient implements AutoCloseable {

  /** The name of the Core App's mount in the addresses that a client is given. */
  public static final String CORE = "wavestack-core";

  private static final String SOCIAL = "wavestack-social";

  private static final Map<String, Integer> PORTS =
      Map.of(
          CORE,
          3000,
          "wavestack-clipper",
          8000,
          "wavestack-social",
          8100,
          "wavestack-personality",
          8200,
          "wavestack-thumbnails",
          8400,
          "wavestack-youtube",
          8500,
          "wavestack-publisher",
          8600,
          "wavestack-automod",
          8700,
          "wavestack-analytics",
          8800);

  private final Map<String, URI> mounts;
  private final ClientOptions options;
  private final Pace pace;
  private final AsyncCalls asyncCalls = new AsyncCalls();
  private final Map<String, HttpTransport> transports = new ConcurrentHashMap<>();
  private final AuthApi auth;
  private final SocialApi social;
  private final ConnectorsApi connectors;
  private final AnalyticsApi analytics;
  private final Map<String, Sockets> sockets = new ConcurrentHashMap<>();

  WavestackClient(Map<String, URI> mounts, ClientOptions options, Pace pace) {
    this.mounts = Map.copyOf(mounts);
    this.options = options;
    this.pace = pace;
    if (!mounts.containsKey(CORE)) {
      throw new IllegalArgumentException("the address of " + CORE + " is needed");
    }
    // A line each.
    auth = view(AuthApi.class, CORE);
    social = view(SocialApi.class, SOCIAL);
    connectors = view(ConnectorsApi.class, SOCIAL);
    analytics = view(AnalyticsApi.class, "wavestack-analytics");
  }

  /**
   * A client with {@link ClientOptions#DEFAULT}; see {@link #connect(Map, String, String,
   * ClientOptions)}.
   *
   * @param core the Core App, such as {@code http://localhost:3000}
   */
  public static WavestackClient connect(URI core, String apiKey, String orgId) {
    return connect(Map.of(CORE, core), apiKey, orgId);
  }

  /**
   * A client with {@link ClientOptions#DEFAULT}; see {@link #connect(Map, String, String,
   * ClientOptions)}.
   */
  public static WavestackClient connect(Map<String, URI> mounts, String apiKey, String orgId) {
    return connect(mounts, apiKey, orgId, ClientOptions.DEFAULT);
  }

  /**
   * A client of the services at these addresses. Nothing is sent before the first call.
   *
   * @param mounts base addresses by the names of mounts, such as {@code wavestack-clipper}; that of
   *     {@value #CORE} is needed, names of other APIs are ignored
   * @param apiKey an API key, or a token of {@link AuthApi#token}; goes with every call
   * @param orgId its organisation
   * @throws IllegalArgumentException when an address is not http or https with a host
   */
  public static WavestackClient connect(
      Map<String, URI> mounts, String apiKey, String orgId, ClientOptions options) {
    return new WavestackClient(
        mounts,
        options.withHeader("Authorization", "Bearer " + apiKey).withHeader("X-Org-Id", orgId),
        Pace.system());
  }

  /** Tokens and public keys. */
  public AuthApi auth() {
    return auth;
  }

  /** What an audience writes and does. */
  public SocialApi social() {
    return social;
  }

  /** What listens to the platforms. */
  public ConnectorsApi connectors() {
    return connectors;
  }

  /** How content fares. */
  public AnalyticsApi analytics() {
    return analytics;
  }

  /**
   * Opens the live messages; {@link StreamSocket.Subscribe} asks for some. A connection that breaks
   * is made anew, and the listener then subscribes again.
   */
  public LiveSocket<StreamSocket.FromServer, StreamSocket.FromClient> messages(
      SocketListener<? super StreamSocket.FromServer> listener) {
    return messages(SocketOptions.DEFAULT, listener);
  }

  /** The same with options. */
  public LiveSocket<StreamSocket.FromServer, StreamSocket.FromClient> messages(
      SocketOptions own, SocketListener<? super StreamSocket.FromServer> listener) {
    return sockets
        .computeIfAbsent(SOCIAL, mount -> new Sockets(base(mount), options))
        .open(StreamSocket.PATH, StreamSocket.FromServer.class, own, listener);
  }

  /**
   * The health check of a service that has the common one, which is every one but the Clipper.
   *
   * @param mount the name of its mount, such as {@value #CORE}
   */
  public HealthApi health(String mount) {
    return view(HealthApi.class, mount);
  }

  /**
   * Makes a call on a thread of the client's own: {@code client.async(client.auth(), auth ->
   * auth.keys())}. At most 64 calls run at a time; more wait in order. Cancelling the future, or
   * ending it early in another way, breaks the call off; {@link #close()} cancels them all.
   *
   * @param api one of this client's views
   * @param call one call or several in a row
   * @throws IllegalStateException when the client is closed
   */
  public <A, T> CompletableFuture<T> async(A api, Function<? super A, ? extends T> call) {
    return asyncCalls.submit(() -> call.apply(api));
  }

  /** Breaks off what is under way and closes every connection. Later calls are refused. */
  @Override
  public void close() {
    asyncCalls.close();
    sockets.values().forEach(Sockets::close);
    transports.values().forEach(HttpTransport::close);
  }

  /** The operations of a contract, called at the address of a mount. */
  private <A> A view(Class<A> contract, String mount) {
    return ApiProxy.of(contract, transport(mount));
  }

  private HttpTransport transport(String mount) {
    return transports.computeIfAbsent(mount, name -> new HttpTransport(base(name), options, pace));
  }

  /** Where a mount is: as it was given, or at its documented port beside the Core App. */
  URI base(String mount) {
    Integer port = PORTS.get(mount);
    if (port == null) {
      throw new IllegalArgumentException("no service of WaveStack: " + mount);
    }
    return Optional.ofNullable(mounts.get(mount))
        .orElseGet(() -> beside(Objects.requireNonNull(mounts.get(CORE)), port));
  }

  private static URI beside(URI core, int port) {
    try {
      return new URI(core.getScheme(), null, core.getHost(), port, null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no service can stand beside " + core, e);
    }
  }
}

package dev.spanda.client;

import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.HealthApi;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import dev.spanda.contract.wavestack.YoutubeApi;
import dev.spanda.contract.wavestack.PublisherApi;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
  private final Uploads youtube;
  private final Posts publisher;

  WavestackClient(Map<String, URI> mounts, ClientOptions options, Pace pace) {
    this.mounts = Map.copyOf(mounts);
    this.options = options;
    this.pace = pace;
    if (!mounts.containsKey(CORE)) {
      throw new IllegalArgumentException("the address of " + CORE + " is needed");
    }
    // A line each.
    auth = view(AuthApi.class, CORE);
    youtube = new Uploads(view(YoutubeApi.class, "wavestack-youtube"), pace);
    publisher = new Posts(view(PublisherApi.class, "wavestack-publisher"), pace);
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

  /** Uploads to YouTube, and waiting for them. */
  public Uploads youtube() {
    return youtube;
  }

  /** What is published to other platforms, and waiting for it. */
  public Posts publisher() {
    return publisher;
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

  /** Uploads to YouTube, and waiting for them. */
  public static final class Uploads implements YoutubeApi {
    private final YoutubeApi wire;
    private final Pace pace;

    Uploads(YoutubeApi wire, Pace pace) {
      this.wire = wire;
      this.pace = pace;
    }

    @Override
    public Invitation authUrl() {
      return wire.authUrl();
    }

    @Override
    public Connected callback(Callback callback) {
      return wire.callback(callback);
    }

    /** Begins an upload; without a key one is made, so that a call sent twice begins one upload. */
    @Override
    public Upload upload(Video video, @Nullable String idempotencyKey) {
      return wire.upload(
          video, idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey);
    }

    @Override
    public Upload get(String uploadId) {
      return wire.get(uploadId);
    }

    @Override
    public Upload cancel(String uploadId) {
      return wire.cancel(uploadId);
    }

    /** Waits without watching; see {@link #wait(String, Duration, Consumer)}. */
    public Upload wait(String uploadId, Duration patience) {
      return wait(uploadId, patience, upload -> {});
    }

    /**
     * Asks until the upload is over, at first every 100 ms, in the end every 2 s.
     *
     * @param patience not negative
     * @param progress sees the upload as each answer shows it, on this thread
     * @return the upload as it ended, which may be badly
     * @throws ApiException with code {@link ApiException#NO_ANSWER} when the patience is over; the
     *     upload goes on
     */
    public Upload wait(String uploadId, Duration patience, Consumer<? super Upload> progress) {
      return Waiting.until(
          pace, "Upload " + uploadId, () -> wire.get(uploadId), Upload::isOver, patience, progress);
    }
  }

  /** What is published, and waiting for it. */
  public static final class Posts implements PublisherApi {
    private final PublisherApi wire;
    private final Pace pace;

    Posts(PublisherApi wire, Pace pace) {
      this.wire = wire;
      this.pace = pace;
    }

    /** Publishes; without a key one is made, so that a call sent twice publishes once. */
    @Override
    public Publish publish(Post post, @Nullable String idempotencyKey) {
      return wire.publish(
          post, idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey);
    }

    @Override
    public Publish get(String publishId) {
      return wire.get(publishId);
    }

    @Override
    public Publish cancel(String publishId) {
      return wire.cancel(publishId);
    }

    @Override
    public Accounts accounts() {
      return wire.accounts();
    }

    @Override
    public Account connect(Credentials credentials) {
      return wire.connect(credentials);
    }

    @Override
    public Disconnected disconnect(String platform) {
      return wire.disconnect(platform);
    }

    /** Waits without watching; see {@link #wait(String, Duration, Consumer)}. */
    public Publish wait(String publishId, Duration patience) {
      return wait(publishId, patience, publish -> {});
    }

    /**
     * Asks until it is over, at first every 100 ms, in the end every 2 s.
     *
     * @param patience not negative
     * @param progress sees each answer, on this thread
     * @return it as it ended, which may be badly
     * @throws ApiException with code {@link ApiException#NO_ANSWER} when the patience is over; the
     *     work goes on
     */
    public Publish wait(String publishId, Duration patience, Consumer<? super Publish> progress) {
      return Waiting.until(
          pace,
          "Publication " + publishId,
          () -> wire.get(publishId),
          Publish::isOver,
          patience,
          progress);
    }
  }
}

package dev.spanda.client;

import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.client.socket.SocketOptions;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.contract.wavestack.AssetsApi;
import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.AutomodApi;
import dev.spanda.contract.wavestack.ClipperApi;
import dev.spanda.contract.wavestack.ConnectorsApi;
import dev.spanda.contract.wavestack.HealthApi;
import dev.spanda.contract.wavestack.PersonalityApi;
import dev.spanda.contract.wavestack.ProjectsApi;
import dev.spanda.contract.wavestack.PublisherApi;
import dev.spanda.contract.wavestack.QueueApi;
import dev.spanda.contract.wavestack.SocialApi;
import dev.spanda.contract.wavestack.StreamSocket;
import dev.spanda.contract.wavestack.ThumbnailsApi;
import dev.spanda.contract.wavestack.YoutubeApi;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final Uploads youtube;
  private final Posts publisher;
  private final PersonalityApi ai;
  private final AutomodApi automod;
  private final Queue queue;
  private final ProjectsApi projects;
  private final AssetShelf assets;
  private final SocialApi social;
  private final ConnectorsApi connectors;
  private final AnalyticsApi analytics;
  private final Map<String, Sockets> sockets = new ConcurrentHashMap<>();
  private final ThumbnailsApi thumbnails;
  private final ClipperClient clipper;

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
    ai = view(PersonalityApi.class, "wavestack-personality");
    automod = view(AutomodApi.class, "wavestack-automod");
    queue = new Queue(view(QueueApi.class, CORE), pace);
    projects = view(ProjectsApi.class, CORE);
    assets = new AssetShelf(view(AssetsApi.class, CORE));
    social = view(SocialApi.class, SOCIAL);
    thumbnails = view(ThumbnailsApi.class, "wavestack-thumbnails");
    clipper = new ClipperClient(view(ClipperApi.class, "wavestack-clipper"), pace);
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

  /** Pictures that announce videos. */
  public ThumbnailsApi thumbnails() {
    return thumbnails;
  }

  /** The AI Personality: {@code client.ai().chat("Hey, what should I stream today?")}. */
  public PersonalityApi ai() {
    return ai;
  }

  /** The Auto-Mod. */
  public AutomodApi automod() {
    return automod;
  }

  /** What is to be published. */
  public Queue queue() {
    return queue;
  }

  /** Projects. */
  public ProjectsApi projects() {
    return projects;
  }

  /** What there is to show. */
  public AssetShelf assets() {
    return assets;
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

  /** Uploads to YouTube, and waiting for them. */
  public Uploads youtube() {
    return youtube;
  }

  /** What is published to other platforms, and waiting for it. */
  public Posts publisher() {
    return publisher;
  }

  /** Clips, and waiting for them. */
  public ClipperClient clipper() {
    return clipper;
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

  /** The queue, with keys for items that come without one, and waiting for items. */
  public static final class Queue implements QueueApi {

    private static final int CONFLICT = 409;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final QueueApi wire;
    private final Pace pace;

    Queue(QueueApi wire, Pace pace) {
      this.wire = wire;
      this.pace = pace;
    }

    @Override
    public QueueApi.Listing list(
        @Nullable String status,
        @Nullable String projectId,
        @Nullable Integer limit,
        @Nullable Long offset) {
      return wire.list(status, projectId, limit, offset);
    }

    /**
     * Puts an item into the queue, once: an item without a key gets a random one, and the call is
     * tried again after a passing failure with the same key. When the server then says that the key
     * was used, the try before has arrived after all, and what it made is returned.
     *
     * <p>The same holds for a key of the caller's own, when the item that has it is the one that is
     * asked for; when it is another item, that is an {@link ApiException} of status 409 whose
     * details name it.
     */
    @Override
    public Created create(NewItem item, @Nullable String idempotencyKey) {
      String given = item.idempotencyKey() == null ? idempotencyKey : item.idempotencyKey();
      NewItem keyed =
          given == null ? item.withKey(UUID.randomUUID().toString()) : item.withKey(given);
      try {
        // The header tells the transport that the call may be repeated.
        return wire.create(keyed, idempotencyKey == null ? keyed.idempotencyKey() : idempotencyKey);
      } catch (ApiException e) {
        if (e.status() == CONFLICT && e.details().get("id") instanceof String id) {
          Item first = wire.get(id);
          if (given == null || isWhatWasAskedFor(first, keyed)) {
            return new Created(first.id(), first.status(), first.createdAt());
          }
        }
        throw e;
      }
    }

    /** The server takes a sign off each hashtag and keeps what is given twice once. */
    private static boolean isWhatWasAskedFor(Item item, NewItem asked) {
      return item.projectId().equals(asked.projectId())
          && item.assetId().equals(asked.assetId())
          && item.title().equals(asked.title())
          && orEmpty(item.caption()).equals(orEmpty(asked.caption()))
          && item.hashtags()
              .equals(
                  orEmpty(asked.hashtags()).stream()
                      .map(tag -> tag.startsWith("#") ? tag.substring(1) : tag)
                      .distinct()
                      .toList())
          && item.platforms().equals(orEmpty(asked.platforms()).stream().distinct().toList())
          && Objects.equals(millis(item.scheduleAt()), millis(asked.scheduleAt()));
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }

    private static List<String> orEmpty(@Nullable List<String> texts) {
      return texts == null ? List.of() : texts;
    }

    private static @Nullable Long millis(@Nullable Instant time) {
      return time == null ? null : (Long) time.toEpochMilli();
    }

    @Override
    public Item get(String id) {
      return wire.get(id);
    }

    @Override
    public QueueApi.Deleted delete(String id) {
      return wire.delete(id);
    }

    /**
     * Asks until the item is published or failed, at first every 200 ms, in the end every 5 s.
     *
     * @param patience not negative
     * @param progress sees the item as each answer shows it, on this thread
     * @return the item as it ended; one that failed says why in its results
     * @throws ApiException with code {@link ApiException#NO_ANSWER} when the patience is over
     */
    public Item await(String id, Duration patience, Consumer<? super Item> progress) {
      long begin = pace.nanoTime();
      Duration pause = FIRST_PAUSE;
      while (true) {
        Item item = wire.get(id);
        progress.accept(item);
        if (item.isOver()) {
          return item;
        }
        Duration left = patience.minusNanos(pace.nanoTime() - begin);
        if (left.isNegative() || left.isZero()) {
          throw ApiException.of(
              0, ApiException.NO_ANSWER, "Item " + id + " was not over after " + patience, null);
        }
        try {
          pace.pause(pause.compareTo(left) < 0 ? pause : left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw ApiException.of(0, ApiException.CANCELLED, "The waiting was broken off", e);
        }
        Duration next = pause.multipliedBy(3).dividedBy(2);
        pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
      }
    }

    /** Waits without watching; see {@link #await(String, Duration, Consumer)}. */
    public Item await(String id, Duration patience) {
      return await(id, patience, item -> {});
    }
  }

  /** Assets, and sending them from disk. */
  public static final class AssetShelf implements AssetsApi {
    private final AssetsApi wire;

    AssetShelf(AssetsApi wire) {
      this.wire = wire;
    }

    @Override
    public AssetsApi.Listing list(@Nullable Integer limit, @Nullable Long offset) {
      return wire.list(limit, offset);
    }

    @Override
    public Asset get(String id) {
      return wire.get(id);
    }

    @Override
    public Asset upload(Upload form) {
      return wire.upload(form);
    }

    /** Sends a file that belongs to no project. */
    public Asset upload(Path file) {
      return upload(file, null);
    }

    /**
     * Sends a file as it is read.
     *
     * @param projectId where it belongs; null for nowhere
     * @throws UncheckedIOException when it cannot be read
     */
    public Asset upload(Path file, @Nullable String projectId) {
      return wire.upload(FileForm.of(file, "projectId", projectId));
    }

    @Override
    public Content content(String id) {
      return wire.content(id);
    }

    @Override
    public AssetsApi.Deleted delete(String id) {
      return wire.delete(id);
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
    public YoutubeApi.Upload upload(Video video, @Nullable String idempotencyKey) {
      return wire.upload(
          video, idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey);
    }

    @Override
    public YoutubeApi.Upload get(String uploadId) {
      return wire.get(uploadId);
    }

    @Override
    public YoutubeApi.Upload cancel(String uploadId) {
      return wire.cancel(uploadId);
    }

    /** Waits without watching; see {@link #await(String, Duration, Consumer)}. */
    public YoutubeApi.Upload await(String uploadId, Duration patience) {
      return await(uploadId, patience, upload -> {});
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
    public YoutubeApi.Upload await(
        String uploadId, Duration patience, Consumer<? super YoutubeApi.Upload> progress) {
      return Waiting.until(
          pace,
          "Upload " + uploadId,
          () -> wire.get(uploadId),
          YoutubeApi.Upload::isOver,
          patience,
          progress);
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

    /** Waits without watching; see {@link #await(String, Duration, Consumer)}. */
    public Publish await(String publishId, Duration patience) {
      return await(publishId, patience, publish -> {});
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
    public Publish await(String publishId, Duration patience, Consumer<? super Publish> progress) {
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

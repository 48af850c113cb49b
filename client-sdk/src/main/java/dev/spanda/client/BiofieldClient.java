package dev.spanda.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.client.socket.SocketOptions;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.biofield.AuthApi;
import dev.spanda.contract.biofield.BaselineApi;
import dev.spanda.contract.biofield.CaptureApi;
import dev.spanda.contract.biofield.ExportApi;
import dev.spanda.contract.biofield.HealthApi;
import dev.spanda.contract.biofield.MetricsSocket;
import dev.spanda.contract.biofield.RealtimeSocket;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls a Biofield server. The methods that the document's Python example has stand here under
 * their own names; every route is in the views {@link #analysis}, {@link #baselines}, {@link
 * #capture} and {@link #export}. A client that was given a name and a password fetches its tokens
 * itself and renews them before they expire. Every failure of a call is an {@link ApiException}.
 * Thread-safe. A client that is never closed does not keep the virtual machine running.
 */
public final class BiofieldClient implements AutoCloseable {

  private static final String IMAGE = "image";
  private static final String IMAGES = "images";

  private final HttpTransport open;
  private final HttpTransport transport;
  private final AsyncCalls asyncCalls = new AsyncCalls();
  private final Sockets sockets;
  private final Bearer bearer;
  private final Pace pace;
  private final AuthApi auth;
  private final HealthApi health;
  private final AnalysisApi analysis;
  private final BaselineApi baselines;
  private final CaptureApi capture;
  private final ExportApi export;

  private BiofieldClient(
      URI base, ClientOptions options, Pace pace, Function<AuthApi, Bearer> tokens) {
    this.pace = pace;
    open = new HttpTransport(base, options, pace);
    auth = ApiProxy.of(AuthApi.class, open);
    health = ApiProxy.of(HealthApi.class, open);
    bearer = tokens.apply(auth);
    ClientOptions signed = options.withHeaders(() -> headers(options));
    transport = new HttpTransport(base, signed, pace, bearer);
    sockets = new Sockets(base, signed);
    analysis = ApiProxy.of(AnalysisApi.class, transport);
    baselines = ApiProxy.of(BaselineApi.class, transport);
    capture = ApiProxy.of(CaptureApi.class, transport);
    export = ApiProxy.of(ExportApi.class, transport);
  }

  /**
   * A client with {@link ClientOptions#DEFAULT}; see {@link #login(URI, String, String, String,
   * ClientOptions)}.
   */
  public static BiofieldClient login(URI base, String username, String password, String clientId) {
    return login(base, username, password, clientId, ClientOptions.DEFAULT);
  }

  /**
   * A client of an account. Nothing is sent before the first call, which fetches the tokens.
   *
   * @param base http or https with a host, perhaps a port, and the path under which the API stands,
   *     such as {@code http://localhost:8080/v1/biofield}
   * @param username the account's e-mail address
   * @param clientId the application, as the account names it
   * @throws IllegalArgumentException when {@code base} is anything else
   */
  public static BiofieldClient login(
      URI base, String username, String password, String clientId, ClientOptions options) {
    return login(base, new AuthApi.Login(username, password, clientId), options, Pace.system());
  }

  static BiofieldClient login(URI base, AuthApi.Login login, ClientOptions options, Pace pace) {
    return new BiofieldClient(base, options, pace, api -> Bearer.of(api, login, pace));
  }

  /**
   * A client with {@link ClientOptions#DEFAULT}; see {@link #connect(URI, String, ClientOptions)}.
   */
  public static BiofieldClient connect(URI base, String accessToken) {
    return connect(base, accessToken, ClientOptions.DEFAULT);
  }

  /**
   * A client with an access token, which it does not renew.
   *
   * @param base as for {@link #login(URI, String, String, String, ClientOptions)}
   * @throws IllegalArgumentException when {@code base} is anything else
   */
  public static BiofieldClient connect(URI base, String accessToken, ClientOptions options) {
    Pace pace = Pace.system();
    return new BiofieldClient(base, options, pace, api -> Bearer.of(accessToken, pace));
  }

  /** Tokens. */
  public AuthApi auth() {
    return auth;
  }

  /** Whether the server is well. */
  public HealthApi health() {
    return health;
  }

  /** Pictures measured one at a time, and what was measured before. */
  public AnalysisApi analysis() {
    return analysis;
  }

  /** What is usual for the caller. */
  public BaselineApi baselines() {
    return baselines;
  }

  /** Pictures kept for later. */
  public CaptureApi capture() {
    return capture;
  }

  /** What was measured, to be taken elsewhere. */
  public ExportApi export() {
    return export;
  }

  /**
   * Measures the whole of a picture on disk.
   *
   * @param image JPEG, PNG or BMP, less than 10 MB
   * @throws IOException when the file cannot be found
   */
  public AnalysisApi.Analysis analyzeImage(Path image) throws IOException {
    return analyzeImage(
        Upload.Part.of(IMAGE, image),
        AnalysisApi.FULL_BODY,
        "full",
        AnalysisApi.PipSettings.DEFAULT);
  }

  /**
   * Measures a picture on disk.
   *
   * @param image JPEG, PNG or BMP, less than 10 MB
   * @param mode {@code fullBody}, {@code face} or {@code segmented}
   * @param region {@code full}, {@code face} or {@code body}
   * @throws IOException when the file cannot be found
   */
  public AnalysisApi.Analysis analyzeImage(
      Path image, String mode, String region, AnalysisApi.PipSettings pipSettings)
      throws IOException {
    return analyzeImage(Upload.Part.of(IMAGE, image), mode, region, pipSettings);
  }

  /**
   * Measures a picture.
   *
   * @param image the bytes of a JPEG, PNG or BMP, less than 10 MB; copied
   * @param mode {@code fullBody}, {@code face} or {@code segmented}
   * @param region {@code full}, {@code face} or {@code body}
   */
  public AnalysisApi.Analysis analyzeImage(
      byte[] image, String mode, String region, AnalysisApi.PipSettings pipSettings) {
    return analyzeImage(part(IMAGE, 0, image), mode, region, pipSettings);
  }

  private AnalysisApi.Analysis analyzeImage(
      Upload.Part image, String mode, String region, AnalysisApi.PipSettings pipSettings) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("mode", mode);
    fields.put("region", region);
    if (!pipSettings.equals(AnalysisApi.PipSettings.DEFAULT)) {
      fields.put("pip_settings", json(pipSettings));
    }
    return analysis.capture(new Upload(List.of(image), fields));
  }

  /** What was measured in a picture. */
  public AnalysisApi.Analysis getAnalysis(String analysisId) {
    return analysis.analysis(analysisId);
  }

  /** The fifty newest analyses. */
  public AnalysisApi.History getHistory() {
    return getHistory(50, 0, null, null);
  }

  /**
   * A page of the analyses, newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @param startDate the first day or moment as ISO 8601, or null
   * @param endDate the last day or moment as ISO 8601, or null
   */
  public AnalysisApi.History getHistory(
      int limit, int offset, @Nullable String startDate, @Nullable String endDate) {
    return analysis.history(limit, offset, startDate, endDate, null, null);
  }

  /** Makes a baseline of a session. */
  public BaselineApi.Baseline createBaseline(String sessionId, @Nullable String name) {
    return baselines.create(BaselineApi.Creation.ofSession(sessionId, name));
  }

  /** The active baseline, if there is one. */
  public Optional<BaselineApi.Baseline> getCurrentBaseline() {
    return baselines.current() instanceof BaselineApi.Baseline active
        ? Optional.of(active)
        : Optional.empty();
  }

  /** A session with the metrics and scores of all its pictures. */
  public ExportApi.Session exportSession(String sessionId) {
    return parsed(export.session(sessionId, "json", null, null).bytes(), ExportApi.Session.class);
  }

  /**
   * Writes a session to a file.
   *
   * @param format {@code json}, {@code csv} or {@code xlsx}
   * @param output is replaced
   */
  public void exportSession(String sessionId, String format, Path output) throws IOException {
    write(export.session(sessionId, format, null, null), output);
  }

  /**
   * Writes an analysis to a file.
   *
   * @param format {@code json}, {@code csv} or {@code pdf}
   * @param includeImages whether the pictures come along
   * @param output is replaced
   */
  public void exportAnalysis(String analysisId, String format, boolean includeImages, Path output)
      throws IOException {
    write(export.analysis(analysisId, format, includeImages), output);
  }

  /**
   * Keeps a picture.
   *
   * @param image JPEG, PNG or BMP, less than 10 MB
   * @throws IOException when the file cannot be found
   */
  public CaptureApi.Frame captureFrame(Path image) throws IOException {
    return capture.frame(Upload.of(Upload.Part.of(IMAGE, image)));
  }

  /**
   * Keeps pictures and has them measured one after another; {@code capture().progress} tells how
   * far that is.
   *
   * @param images 1 to 10, JPEG, PNG or BMP, each less than 10 MB
   * @throws IOException when a file cannot be found
   */
  public CaptureApi.Batch captureBatch(List<Path> images) throws IOException {
    List<Upload.Part> parts = new ArrayList<>();
    for (Path image : images) {
      parts.add(Upload.Part.of(IMAGES, image));
    }
    return capture.batch(new Upload(parts, Map.of()));
  }

  /** The same with the defaults of a session: the whole picture, 30 a second. */
  public RealtimeSocket.Summary streamAnalysis(
      Iterator<byte[]> pictures, Consumer<? super RealtimeSocket.Measured> onMetrics) {
    return streamAnalysis(pictures, RealtimeSocket.Settings.DEFAULT, onMetrics);
  }

  /**
   * Measures pictures as they come, until there are no more, and returns the session's summary. It
   * sends no faster than the session's frame rate and lets no more than a second of pictures wait
   * for their answer.
   *
   * @param pictures the bytes of JPEG, PNG or BMP files; asked for the next when it may be sent
   * @param onMetrics called in order by the socket's thread
   * @throws ApiException when the session cannot begin, with the server's own code; {@link
   *     ApiException#NO_ANSWER} when the connection ends before the session does
   */
  public RealtimeSocket.Summary streamAnalysis(
      Iterator<byte[]> pictures,
      RealtimeSocket.Settings settings,
      Consumer<? super RealtimeSocket.Measured> onMetrics) {
    FieldStream stream = new FieldStream(settings, onMetrics, pace);
    // Fetched here so that a wrong password is an exception and no silent wait for a connection.
    bearer.headers();
    try (LiveSocket<RealtimeSocket.FromServer, RealtimeSocket.FromClient> socket =
        realtime(stream)) {
      return stream.run(socket, pictures);
    }
  }

  /**
   * The socket of live sessions with {@link SocketOptions#DEFAULT}. It mends itself, but a session
   * ends with its connection.
   *
   * @throws IllegalStateException when the client is closed
   */
  public LiveSocket<RealtimeSocket.FromServer, RealtimeSocket.FromClient> realtime(
      SocketListener<? super RealtimeSocket.FromServer> listener) {
    return sockets.open(
        RealtimeSocket.PATH, RealtimeSocket.FromServer.class, SocketOptions.DEFAULT, listener);
  }

  /**
   * The socket of nonlinear metrics of all live sessions of the account.
   *
   * @throws IllegalStateException when the client is closed
   */
  public LiveSocket<MetricsSocket.FromServer, MetricsSocket.FromClient> metrics(
      SocketListener<? super MetricsSocket.FromServer> listener) {
    return sockets.open(
        MetricsSocket.PATH, MetricsSocket.FromServer.class, SocketOptions.DEFAULT, listener);
  }

  /**
   * Makes a call on a thread of the client's own: {@code client.async(client.analysis(), api ->
   * api.analysis(id))}. At most 64 calls run at a time; more wait in order. Ending the future early
   * breaks the call off; {@link #close()} cancels them all.
   *
   * @throws IllegalStateException when the client is closed
   */
  public <A, T> CompletableFuture<T> async(A api, Function<? super A, ? extends T> call) {
    return asyncCalls.submit(() -> call.apply(api));
  }

  /**
   * Breaks off what is under way and closes every connection and socket. Later calls are refused.
   */
  @Override
  public void close() {
    sockets.close();
    asyncCalls.close();
    transport.close();
    open.close();
  }

  private Map<String, String> headers(ClientOptions options) {
    Map<String, String> all = new LinkedHashMap<>(options.headers().get());
    all.putAll(bearer.headers());
    return all;
  }

  private static Upload.Part part(String field, int number, byte[] image) {
    String type = FieldStream.mediaType(image);
    String ending = type.substring(type.indexOf('/') + 1);
    return Upload.Part.of(field, "picture-" + number + "." + ending, type, image);
  }

  private static void write(Content content, Path output) throws IOException {
    try (OutputStream out = Files.newOutputStream(output)) {
      content.writeTo(out);
    }
  }

  private static String json(Object value) {
    try {
      return WireJson.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the settings cannot be written as JSON", e);
    }
  }

  private static <T> T parsed(byte[] json, Class<T> type) {
    try {
      return WireJson.mapper().readValue(json, type);
    } catch (IOException e) {
      throw ApiException.of(
          200,
          ApiException.MALFORMED_ANSWER,
          "The answer is not the JSON of a " + type.getSimpleName(),
          e);
    }
  }
}

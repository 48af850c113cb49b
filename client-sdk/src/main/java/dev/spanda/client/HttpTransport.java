package dev.spanda.client;

import com.fasterxml.jackson.databind.JavaType;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests below one base address, again where {@link RetryPolicy} allows it, and reads the
 * answers. Redirects are not followed: no contract has one, and a credential must not travel to
 * another host. Thread-safe.
 */
final class HttpTransport implements AutoCloseable {

  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
  private static final int LARGEST_ERROR_BODY = 64 << 10;
  private static final int UNAUTHORIZED = 401;
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** One request, before its base address and headers of the options. */
  static final class Exchange {
    final String verb;
    final Map<String, String> headers = new LinkedHashMap<>();
    String pathAndQuery = "/";
    @Nullable RequestBody body;
    boolean unlimitedTime;

    Exchange(String verb) {
      this.verb = verb;
    }
  }

  /** Finds a better credential when one was refused. */
  interface Renewal {
    /** Whether it is worth while to send the request again; {@code refused} is what it carried. */
    boolean renew(@Nullable String refused);
  }

  /** Makes a result of a successful answer; closes the answer unless the result does it later. */
  private interface Reader<T extends @Nullable Object> {
    T read(Response response) throws IOException;
  }

  private final URI base;
  private final String prefix;
  private final ClientOptions options;
  private final Pace pace;
  private final Renewal renewal;
  private final ErrorReader errors;
  private final OkHttpClient http;
  private volatile boolean closed;

  HttpTransport(URI base, ClientOptions options, Pace pace) {
    this(base, options, pace, refused -> false);
  }

  HttpTransport(URI base, ClientOptions options, Pace pace, Renewal renewal) {
    this.base = base;
    this.prefix = prefix(base);
    this.options = options;
    this.pace = pace;
    this.renewal = renewal;
    this.errors = new ErrorReader(pace.clock());
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(options.connectTimeout())
            .readTimeout(options.readTimeout())
            .writeTimeout(options.readTimeout())
            .callTimeout(Duration.ZERO)
            .followRedirects(false)
            .dispatcher(new Dispatcher(daemons()))
            .build();
  }

  URI base() {
    return base;
  }

  /** The answer as an object of the type. */
  Object read(Exchange exchange, JavaType type) {
    return send(
        exchange,
        "application/json",
        response -> {
          try (response) {
            return json(response, type);
          }
        });
  }

  /** What an answer that is wrapped holds, as an object of the type. */
  Object unwrap(
      Exchange exchange,
      JavaType type,
      Class<?> wrapper,
      Function<Object, @Nullable Object> content) {
    JavaType wrapped = WireJson.mapper().getTypeFactory().constructParametricType(wrapper, type);
    return send(
        exchange,
        "application/json",
        response -> {
          try (response) {
            Object value = content.apply(json(response, wrapped));
            if (value == null) {
              throw malformed(response, type, null);
            }
            return value;
          }
        });
  }

  /** The answer's body, still on the network. */
  StreamedContent stream(Exchange exchange) {
    return send(exchange, "*/*", StreamedContent::new);
  }

  /** Waits for success and looks no further. */
  void discard(Exchange exchange) {
    send(
        exchange,
        "application/json",
        response -> {
          response.close();
          return Boolean.TRUE;
        });
  }

  /** Breaks off what is under way and lets every connection go. */
  @Override
  public void close() {
    closed = true;
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private <T> T send(Exchange exchange, String accept, Reader<T> reader) {
    RetryPolicy policy = options.retry();
    boolean repeatable =
        REPEATABLE.contains(exchange.verb)
            || policy.everyVerb()
            || exchange.headers.containsKey(IDEMPOTENCY_KEY);
    long begin = pace.nanoTime();
    boolean renewed = false;
    for (int attempt = 1; ; attempt++) {
      ApiException failure;
      Request request = request(exchange, accept, repeatable);
      try {
        return once(request, exchange.unlimitedTime, reader);
      } catch (ApiException e) {
        failure = e;
      }
      // A refused credential means that nothing was done, so that any verb may come again.
      if (failure.status() == UNAUTHORIZED
          && !renewed
          && renewal.renew(request.header("Authorization"))) {
        renewed = true;
        attempt--;
        continue;
      }
      if (!repeatable || attempt >= policy.attempts() || !isPassing(failure)) {
        throw failure;
      }
      Duration pause = policy.drawDelay(attempt, pace.random());
      Duration asked = failure.retryAfter().orElse(Duration.ZERO);
      if (asked.compareTo(pause) > 0) {
        pause = asked;
      }
      Duration elapsed = Duration.ofNanos(pace.nanoTime() - begin);
      if (elapsed.plus(pause).compareTo(policy.longestTotal()) > 0) {
        throw failure;
      }
      try {
        pace.pause(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cancelled(e);
      }
    }
  }

  private <T> T once(Request request, boolean unlimitedTime, Reader<T> reader) {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
    Call call = http.newCall(request);
    if (!unlimitedTime) {
      call.timeout().timeout(options.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }
    Cancellation cancellation = Cancellation.current();
    if (cancellation != null) {
      cancellation.begin(call);
    }
    try {
      Response response = call.execute();
      if (response.isSuccessful()) {
        return reader.read(response);
      }
      try (response) {
        byte[] body = response.body().byteStream().readNBytes(LARGEST_ERROR_BODY);
        throw errors.read(response.code(), response.headers(), body);
      }
    } catch (IOException e) {
      if (closed
          || (cancellation != null && cancellation.isCancelled())
          || Thread.currentThread().isInterrupted()) {
        throw cancelled(e);
      }
      String reason = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
      throw ApiException.of(
          0, ApiException.NO_ANSWER, "No complete answer from " + base + ": " + reason, e);
    }
  }

  private Request request(Exchange exchange, String accept, boolean repeatable) {
    Request.Builder request =
        new Request.Builder()
            .url(HttpUrl.get(prefix + exchange.pathAndQuery))
            .header("Accept", accept)
            .header("User-Agent", "spanda-client");
    options.headers().get().forEach(request::header);
    exchange.headers.forEach(request::header);
    RequestBody body = exchange.body;
    if (body == null && WITH_BODY.contains(exchange.verb)) {
      body = RequestBody.create(new byte[0]);
    }
    return request
        .method(exchange.verb, body == null || repeatable ? body : new OnceBody(body))
        .build();
  }

  private Object json(Response response, JavaType type) throws IOException {
    int limit = options.largestJsonBytes();
    byte[] bytes;
    try (InputStream in = response.body().byteStream()) {
      bytes = in.readNBytes(limit);
      if (bytes.length == limit && in.read() >= 0) {
        throw ApiException.of(
            response.code(),
            ApiException.ANSWER_TOO_LARGE,
            "The answer has more than " + limit + " bytes",
            null);
      }
    }
    try {
      Object value = WireJson.mapper().readValue(bytes, type);
      if (value != null) {
        return value;
      }
      throw malformed(response, type, null);
    } catch (IOException e) {
      throw malformed(response, type, e);
    }
  }

  private static ApiException malformed(
      Response response, JavaType type, @Nullable IOException cause) {
    return ApiException.of(
        response.code(),
        ApiException.MALFORMED_ANSWER,
        "The answer is not the JSON of a " + type.getRawClass().getSimpleName(),
        cause);
  }

  private static ApiException cancelled(Exception cause) {
    return ApiException.of(0, ApiException.CANCELLED, "The call was broken off", cause);
  }

  private static boolean isPassing(ApiException failure) {
    if (failure.status() == 0) {
      return failure.code().equals(ApiException.NO_ANSWER)
          && !(failure.getCause() instanceof SSLException);
    }
    return PASSING.contains(failure.status());
  }

  private static String prefix(URI base) {
    boolean web = "http".equalsIgnoreCase(base.getScheme());
    boolean secure = "https".equalsIgnoreCase(base.getScheme());
    if ((!web && !secure)
        || base.getHost() == null
        || base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "not a base address (http or https, a host, perhaps a port and a path): " + base);
    }
    String text = base.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static ThreadPoolExecutor daemons() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "spanda-client-http");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** A body that the HTTP library must not send twice of its own accord. */
  private static final class OnceBody extends RequestBody {
    private final RequestBody body;

    OnceBody(RequestBody body) {
      this.body = body;
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      body.writeTo(sink);
    }
  }
}

package dev.spanda.server.outbound;

import dev.spanda.core.Failure;
import dev.spanda.core.quota.Decision;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Calls web addresses that people name, and nothing within this machine or its network: only http
 * and https, no proxy, no names or passwords in the address, every redirect checked like the first
 * address, sizes counted after decompression, a time for the whole call, and a rate for each host.
 * Thread-safe.
 */
public final class Fetcher implements AutoCloseable {

  private static final RateLimit OF_A_HOST = RateLimit.perMinute(120);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int LONGEST_ADDRESS = 2_000;
  private static final int COPY = 8 << 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** What the library sets itself, and what would lead elsewhere than was checked. */
  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "upgrade",
          "te",
          "trailer",
          "proxy-authorization",
          "accept-encoding");

  /** What may go along to another host. */
  private static final Set<String> HARMLESS =
      Set.of("accept", "accept-language", "user-agent", "range");

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /**
   * How much a call may cost.
   *
   * @param redirects how many are followed, 0 to 20; an answer that would be one more is a failure,
   *     and with 0 a redirect is an answer like any other
   * @param largestBody how many bytes of the answer's body are read, after decompression
   * @param time how long the whole call may take, redirects and body included
   */
  public record Limits(int redirects, long largestBody, Duration time) {

    /** Five redirects, one mebibyte, ten seconds. */
    public static final Limits DEFAULT = new Limits(5, 1 << 20, Duration.ofSeconds(10));

    /** Checks the ranges. */
    public Limits {
      if (redirects < 0
          || redirects > 20
          || largestBody < 0
          || time.isNegative()
          || time.isZero()) {
        throw new IllegalArgumentException(redirects + ", " + largestBody + ", " + time);
      }
    }

    /** The same with another number of redirects. */
    public Limits withRedirects(int most) {
      return new Limits(most, largestBody, time);
    }

    /** The same with another size. */
    public Limits withLargestBody(long bytes) {
      return new Limits(redirects, bytes, time);
    }

    /** The same with another time. */
    public Limits withTime(Duration most) {
      return new Limits(redirects, largestBody, most);
    }
  }

  /**
   * A request.
   *
   * @param verb GET, HEAD, POST, PUT, PATCH or DELETE
   * @param headers by name; copied in their order
   * @param body null for none; not copied, not modified
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
  public record Request(String verb, URI url, Map<String, String> headers, byte @Nullable [] body) {

    /** Copies the headers and checks their names. */
    public Request {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      for (String name : headers.keySet()) {
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
          throw new IllegalArgumentException("not to be set: " + name);
        }
      }
    }

    /** A plain GET. */
    @SuppressWarnings("NullAway") // It does not see the annotation on an array of a record.
    public static Request get(URI url) {
      return new Request("GET", url, Map.of(), null);
    }

    /** A GET with headers. */
    @SuppressWarnings("NullAway") // It does not see the annotation on an array of a record.
    static Request get(URI url, Map<String, String> headers) {
      return new Request("GET", url, headers, null);
    }
  }

  /**
   * An answer, whatever its status.
   *
   * @param url where it came from, after redirects
   * @param headers by name in lower case, the last of those that come more than once
   * @param body the caller's own
   */
  @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
  public record Answer(URI url, int status, Map<String, String> headers, byte[] body) {}

  /** A body that is not held in memory. */
  public interface Content {
    /** Its length in bytes, ≥ 0. */
    long length();

    /**
     * Writes all of it.
     *
     * @param out not to be closed
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private interface Sink {
    void accept(byte[] bytes, int count) throws IOException;
  }

  private final OkHttpClient http;
  private final @Nullable Limiter limiter;

  /**
   * A fetcher.
   *
   * @param allowPrivate addresses of this machine or network that may be called all the same, each
   *     {@code HOST} or {@code HOST:PORT}
   * @param limiter counts calls of each host, 120 a minute; null for no limit
   */
  public Fetcher(Set<String> allowPrivate, @Nullable Limiter limiter) {
    this(allowPrivate, limiter, Dns.SYSTEM);
  }

  /** With names that a test makes up. */
  Fetcher(Set<String> allowPrivate, @Nullable Limiter limiter, Dns names) {
    this.limiter = limiter;
    this.http =
        new OkHttpClient.Builder()
            .socketFactory(new Guard(allowPrivate))
            .proxy(Proxy.NO_PROXY)
            .dns(names)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .connectTimeout(CONNECT)
            .connectionPool(new ConnectionPool(16, 30, TimeUnit.SECONDS))
            .build();
  }

  /** Sends with {@link Limits#DEFAULT}; see {@link #send(Request, Limits)}. */
  public Answer send(Request request) {
    return send(request, Limits.DEFAULT);
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws Failure INVALID, subject {@code url}, for an address that is none; FORBIDDEN, subject
   *     {@code url}, for one that may not be reached; RATE_LIMITED, subject {@code host};
   *     TOO_LARGE, subject {@code answer}; TIMED_OUT, subject {@code url}; UNAVAILABLE, subject
   *     {@code url}, when nobody answers or the answer breaks off; FAILED, subject {@code url}, for
   *     too many redirects
   */
  public Answer send(Request request, Limits limits) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Head head = run(request, limits, (bytes, count) -> body.write(bytes, 0, count));
    return new Answer(head.url(), head.status(), head.headers(), body.toByteArray());
  }

  /**
   * Writes what stands at an address to a stream, which then may hold a part of it if this fails.
   *
   * @param out not closed
   * @return the media type that the server claims, or {@code application/octet-stream}
   * @throws Failure as {@link #send(Request, Limits)}; NOT_FOUND, subject {@code url}, when the
   *     status is 404 or 410, UNAVAILABLE when it is no success otherwise
   */
  public String download(URI url, OutputStream out, Limits limits) {
    Head[] first = new Head[1];
    Head head =
        run(
            Request.get(url),
            limits,
            (bytes, count) -> {
              if (first[0] != null && first[0].status() / 100 == 2) {
                out.write(bytes, 0, count);
              }
            },
            begun -> first[0] = begun);
    if (head.status() == 404 || head.status() == 410) {
      throw Failure.of(Failure.Reason.NOT_FOUND, "url", "Nothing is at this address");
    }
    if (head.status() / 100 != 2) {
      throw Failure.of(
          Failure.Reason.UNAVAILABLE, "url", "The address answered with status " + head.status());
    }
    return head.headers().getOrDefault("content-type", "application/octet-stream");
  }

  /**
   * The guarded connections themselves, for the packages below this one, whose protocols are more
   * than a request and an answer. They count no calls and follow no redirect.
   */
  public OkHttpClient connections() {
    return http;
  }

  /**
   * An address as these connections read it; {@code ws} and {@code wss} count as {@code http} and
   * {@code https}.
   *
   * @throws Failure INVALID, subject {@code url}, for an address that is none
   */
  public static HttpUrl address(String text) {
    String http =
        text.startsWith("ws:") || text.startsWith("wss:") ? "http" + text.substring(2) : text;
    try {
      return checked(new URI(http));
    } catch (URISyntaxException e) {
      throw Failure.invalid("url", text, "The address cannot be read").causedBy(e);
    }
  }

  /**
   * Sends a request with a body that is written as it goes, and waits for the whole answer. No
   * redirect is followed: it is an answer like any other.
   *
   * @param request without a body of its own
   * @throws Failure as {@link #send(Request, Limits)}
   */
  public Answer upload(Request request, Content content, Limits limits) {
    long end = System.nanoTime() + limits.time().toNanos();
    HttpUrl url = checked(request.url());
    requireRate(url);
    RequestBody body =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public long contentLength() {
            return content.length();
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            content.writeTo(sink.outputStream());
          }
        };
    // What takes bytes for minutes may think for a while before it answers.
    Call call =
        http.newBuilder()
            .readTimeout(limits.time())
            .writeTimeout(limits.time())
            .build()
            .newCall(built(request.verb(), url, request.headers(), body));
    call.timeout().timeout(limits.time().toNanos(), TimeUnit.NANOSECONDS);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Response response = call.execute()) {
      Head head = head(url, response);
      read(response, limits.largestBody(), (bytes, count) -> answer.write(bytes, 0, count));
      return new Answer(head.url(), head.status(), head.headers(), answer.toByteArray());
    } catch (IOException e) {
      throw failure(e, end);
    }
  }

  /**
   * A part of what stands at an address.
   *
   * @param total how many bytes stand there; −1 when the server does not say
   * @param tag what the server calls this version of them, or the empty string
   * @param whole whether the server knows no parts and has sent everything
   */
  public record Part(long total, String tag, boolean whole) {}

  /**
   * Writes a part of what stands at an address to a stream, which then may hold less of it if this
   * fails.
   *
   * @param from the first byte, ≥ 0
   * @param count how many, ≥ 1; there may be fewer at the end
   * @param out not closed; gets everything from a server that knows no parts, as {@link Part#whole}
   *     then says
   * @throws Failure as {@link #download}; UNAVAILABLE, subject {@code url}, when another part or
   *     too little of it came
   */
  public Part part(URI url, long from, long count, OutputStream out, Limits limits) {
    Head[] first = new Head[1];
    long[] came = {0};
    Head head =
        run(
            Request.get(url, Map.of("Range", "bytes=" + from + "-" + (from + count - 1))),
            limits,
            (bytes, n) -> {
              if (first[0] != null && (first[0].status() == 200 || first[0].status() == 206)) {
                out.write(bytes, 0, n);
                came[0] += n;
              }
            },
            begun -> first[0] = begun);
    if (head.status() == 404 || head.status() == 410) {
      throw Failure.of(Failure.Reason.NOT_FOUND, "url", "Nothing is at this address");
    }
    String tag = head.headers().getOrDefault("etag", "");
    if (head.status() == 200) {
      return new Part(came[0], tag, true);
    }
    Matcher range = CONTENT_RANGE.matcher(head.headers().getOrDefault("content-range", "").strip());
    if (head.status() != 206 || !range.matches()) {
      throw Failure.of(
          Failure.Reason.UNAVAILABLE, "url", "The address answered with status " + head.status());
    }
    long last = Long.parseLong(range.group(2));
    if (Long.parseLong(range.group(1)) != from
        || last >= from + count
        || came[0] != last - from + 1) {
      throw Failure.of(
          Failure.Reason.UNAVAILABLE, "url", "The address sent another part than was asked for");
    }
    return new Part(range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3)), tag, false);
  }

  /** Breaks off what is under way and lets every connection go. */
  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private record Head(URI url, int status, Map<String, String> headers) {}

  private interface Begun {
    void with(Head head);
  }

  private Head run(Request request, Limits limits, Sink sink) {
    return run(request, limits, sink, head -> {});
  }

  private Head run(Request request, Limits limits, Sink sink, Begun begun) {
    long end = System.nanoTime() + limits.time().toNanos();
    HttpUrl url = checked(request.url());
    String verb = request.verb();
    Map<String, String> headers = request.headers();
    byte[] body = request.body();
    for (int followed = 0; ; followed++) {
      requireRate(url);
      Call call = http.newCall(built(verb, url, headers, body));
      call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      try (Response response = call.execute()) {
        String location = response.header("Location");
        if (limits.redirects() == 0 || location == null || !REDIRECTS.contains(response.code())) {
          Head head = head(url, response);
          begun.with(head);
          read(response, limits.largestBody(), sink);
          return head;
        }
        if (followed == limits.redirects()) {
          throw Failure.of(
              Failure.Reason.FAILED,
              "url",
              "The address redirects more than " + limits.redirects() + " times");
        }
        HttpUrl next = next(url, location);
        boolean sameHost =
            next.host().equals(url.host())
                && next.port() == url.port()
                && next.scheme().equals(url.scheme());
        boolean keepsVerb = sameHost && (response.code() == 307 || response.code() == 308);
        if (!keepsVerb && !verb.equals("HEAD")) {
          verb = "GET";
          body = null;
        }
        if (!sameHost) {
          headers = harmless(headers);
        } else if (body == null) {
          headers = without(headers, "content-type");
        }
        url = next;
      } catch (IOException e) {
        throw failure(e, end);
      }
    }
  }

  private static HttpUrl next(HttpUrl from, String location) {
    HttpUrl resolved = from.resolve(location);
    if (resolved == null) {
      throw Failure.of(Failure.Reason.FORBIDDEN, "url", "A redirect leads to no web address");
    }
    if (from.isHttps() && !resolved.isHttps()) {
      throw Failure.of(Failure.Reason.FORBIDDEN, "url", "A redirect leads from https to http");
    }
    if (!resolved.username().isEmpty() || !resolved.password().isEmpty()) {
      throw Failure.of(
          Failure.Reason.FORBIDDEN, "url", "A redirect leads to an address with a user name");
    }
    return plain(resolved);
  }

  /** The address as the library reads it, when it is one that may be tried at all. */
  private static HttpUrl checked(URI uri) {
    String text = uri.toString();
    if (text.length() > LONGEST_ADDRESS) {
      throw Failure.of(
          Failure.Reason.INVALID, "url", "An address may have at most 2000 characters");
    }
    String scheme = uri.getScheme();
    if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
      throw Failure.invalid("url", text, "An address must begin with http:// or https://");
    }
    if (uri.getRawUserInfo() != null) {
      throw Failure.of(
          Failure.Reason.INVALID, "url", "An address must hold no user name and no password");
    }
    HttpUrl url = uri.getHost() == null ? null : HttpUrl.parse(text);
    if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
      throw Failure.invalid("url", text, "The address has no host");
    }
    return plain(url);
  }

  /** Refuses hosts that some programs read as an IPv4 address and others do not. */
  private static HttpUrl plain(HttpUrl url) {
    String host = url.host();
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = bare.substring(bare.lastIndexOf('.') + 1);
    if (host.indexOf(':') < 0
        && NUMBER.matcher(last).matches()
        && !DOTTED_QUAD.matcher(host).matches()) {
      throw Failure.invalid("url", host, "An IPv4 address must be four decimal numbers");
    }
    return url;
  }

  private void requireRate(HttpUrl url) {
    if (limiter != null) {
      Decision decision = limiter.acquire("outbound:" + url.host(), OF_A_HOST);
      if (!decision.allowed()) {
        throw Failure.of(
                Failure.Reason.RATE_LIMITED, "host", "The host was called too often in a minute")
            .with("retry_after", Math.max(1, decision.retryAfter().plusMillis(999).toSeconds()));
      }
    }
  }

  private static okhttp3.Request built(
      String verb, HttpUrl url, Map<String, String> headers, byte @Nullable [] body) {
    boolean needsBody = Set.of("POST", "PUT", "PATCH").contains(verb);
    byte[] bytes = body == null && needsBody ? new byte[0] : body;
    return built(verb, url, headers, bytes == null ? null : RequestBody.create(bytes));
  }

  private static okhttp3.Request built(
      String verb, HttpUrl url, Map<String, String> headers, @Nullable RequestBody body) {
    okhttp3.Request.Builder request = new okhttp3.Request.Builder().url(url);
    request.header("User-Agent", "spanda");
    try {
      headers.forEach(request::header);
      return request.method(verb, body).build();
    } catch (IllegalArgumentException e) {
      throw Failure.of(Failure.Reason.INVALID, "headers", "A header cannot be sent").causedBy(e);
    }
  }

  private static Head head(HttpUrl url, Response response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .forEach(pair -> headers.put(pair.getFirst().toLowerCase(Locale.ROOT), pair.getSecond()));
    try {
      return new Head(new URI(url.toString()), response.code(), headers);
    } catch (URISyntaxException e) {
      return new Head(url.uri(), response.code(), headers);
    }
  }

  private static void read(Response response, long most, Sink sink) throws IOException {
    long left = most;
    byte[] buffer = new byte[COPY];
    try (InputStream in = response.body().byteStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        left -= count;
        if (left < 0) {
          throw Failure.of(
                  Failure.Reason.TOO_LARGE, "answer", "The answer has more than " + most + " bytes")
              .with(Failure.MAX_VALUE, most);
        }
        sink.accept(buffer, count);
      }
    }
  }

  private static Map<String, String> harmless(Map<String, String> headers) {
    Map<String, String> kept = new LinkedHashMap<>(headers);
    kept.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
    return kept;
  }

  private static Map<String, String> without(Map<String, String> headers, String name) {
    Map<String, String> kept = new LinkedHashMap<>(headers);
    kept.keySet().removeIf(each -> each.equalsIgnoreCase(name));
    return kept;
  }

  private static Failure failure(IOException e, long end) {
    if (isDenied(e)) {
      return Failure.of(
          Failure.Reason.FORBIDDEN, "url", "The address is not on the public internet");
    }
    if (e instanceof InterruptedIOException || System.nanoTime() - end >= 0) {
      return Failure.of(Failure.Reason.TIMED_OUT, "url", "The address did not answer in time")
          .causedBy(e);
    }
    String reason = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    return Failure.of(
            Failure.Reason.UNAVAILABLE, "url", "No complete answer from the address: " + reason)
        .causedBy(e);
  }

  private static boolean isDenied(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof Guard.Denied
          || Arrays.stream(cause.getSuppressed()).anyMatch(each -> each instanceof Guard.Denied)) {
        return true;
      }
    }
    return false;
  }
}

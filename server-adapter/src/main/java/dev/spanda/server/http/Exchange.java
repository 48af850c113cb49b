package dev.spanda.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.core.quota.Decision;
import dev.spanda.server.gate.Authenticator;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Cors;
import dev.spanda.server.web.Pages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way through a mount. Lives in one thread until it is answered. */
final class Exchange implements Endpoint.Parts, Authenticator.Visit {

  /** The request attribute under which the log finds the exchange. */
  static final String ATTRIBUTE = Exchange.class.getName();

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
  private static final HttpField NO_SNIFFING =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  private static final HttpField EXPOSED =
      new PreEncodedHttpField(
          HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS,
          "X-Request-Id, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset,"
              + " Retry-After, Content-Disposition");
  private static final HttpField VARY_ORIGIN = new PreEncodedHttpField(HttpHeader.VARY, "Origin");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-\\[\\]:]{1,255}");
  private static final int BUFFER = 32 << 10;
  private static final String BOUNDARY =
      "[0-9A-Za-z'()+_,./:=? \\-]{0,69}[0-9A-Za-z'()+_,./:=?\\-]";
  private static final long LARGEST_DRAIN = 64 << 10;

  /** Opens a socket after the handshake; the listener knows how. */
  interface Upgrader {
    boolean upgrade(Exchange exchange, Mount.SocketPlace place, Caller caller) throws IOException;
  }

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Mount mount;
  private final String requestId;
  private final String address;
  private @Nullable String template;
  private @Nullable Endpoint endpoint;
  private @Nullable Map<String, List<String>> query;
  private @Nullable Object body;
  private @Nullable Form form;

  Exchange(Request request, Response response, Callback callback, Mount mount, String requestId) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.mount = mount;
    this.requestId = requestId;
    this.address = Request.getRemoteAddr(request);
    request.setAttribute(ATTRIBUTE, this);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("X-Request-Id", requestId);
    headers.put(NO_SNIFFING);
  }

  Mount mount() {
    return mount;
  }

  String requestId() {
    return requestId;
  }

  Request request() {
    return request;
  }

  Response response() {
    return response;
  }

  Callback callback() {
    return callback;
  }

  /** The path with its variables in braces, or null when it leads nowhere. */
  @Nullable String template() {
    return template;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public @Nullable Method operation() {
    return endpoint == null ? null : endpoint.operation().method();
  }

  @Override
  public String path() {
    return request.getHttpURI().getPath();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  @Override
  public @Nullable String query(String name) {
    List<String> values = query().get(name);
    return values == null ? null : values.get(0);
  }

  @Override
  public Map<String, List<String>> query() {
    Map<String, List<String>> known = query;
    if (known == null) {
      known = Target.query(request.getHttpURI().getQuery());
      query = known;
    }
    return known;
  }

  @Override
  public @Nullable Object body() {
    return body;
  }

  /** Answers, whatever happens. */
  void run(Upgrader upgrader, Path folder) {
    try {
      answer(upgrader, folder);
    } catch (Throwable problem) {
      drain();
      fail(problem);
    } finally {
      if (form != null) {
        form.close();
      }
    }
  }

  /** Reads the rest of a small body, so that the connection can go on after the error. */
  private void drain() {
    long length = request.getLength();
    if (length > 0 && length <= LARGEST_DRAIN && !request.getHeaders().contains("Expect")) {
      try {
        org.eclipse.jetty.io.Content.Source.asInputStream(request).skip(length);
      } catch (IOException e) {
        LOG.debug("{}: the body broke off", requestId, e);
      }
    }
  }

  private void answer(Upgrader upgrader, Path folder) throws Throwable {
    String verb = request.getMethod();
    String path = request.getHttpURI().getPath();
    Failure unreadable = null;
    Router.Found<Mount.Place> found = null;
    try {
      found = mount.find(verb.equals("HEAD") ? "GET" : verb, path);
    } catch (Failure failure) {
      unreadable = failure;
    }
    Mount.Place place = found == null ? null : found.target();
    if (place instanceof Endpoint known) {
      endpoint = known;
      template = known.template();
    } else if (place instanceof Mount.SocketPlace socket) {
      template = socket.path();
    } else if (place != null) {
      template = path;
    }
    cors();
    if (verb.equals("OPTIONS") && found != null) {
      options(found.verbs());
      return;
    }
    Failure unknown = null;
    Object principal = null;
    if (!(place instanceof Mount.PagePlace)) {
      try {
        principal = mount.gate().authenticator().identify(this);
      } catch (Failure failure) {
        unknown = failure;
      }
    }
    Caller caller = new Caller(address, requestId, principal, origin(), response.getHeaders()::add);
    // Who shows wrong credentials is counted by address, so that guessing them has an end.
    admit(caller);
    if (unreadable != null) {
      throw unreadable;
    }
    if (found == null) {
      throw Refusals.noRoute();
    }
    if (place == null) {
      throw Refusals.wrongVerb(verb, withImplied(found.verbs()));
    }
    if (place instanceof Mount.PagePlace page) {
      page(page.page());
      return;
    }
    if (unknown != null) {
      throw unknown;
    }
    if (place instanceof Mount.SocketPlace socket) {
      socket(socket, caller, upgrader);
    } else if (place instanceof Endpoint known) {
      readBody(known, folder);
      Object result = known.invoke(caller, this, found.variables());
      send(known, result);
    }
  }

  /** How the caller names this server; what is no host and port is left out. */
  private String origin() {
    String host = request.getHeaders().get(HttpHeader.HOST);
    return host == null || !HOST.matcher(host).matches()
        ? ""
        : request.getHttpURI().getScheme() + "://" + host;
  }

  private void cors() {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    Cors cors = mount.gate().cors();
    if (!cors.isOpen()) {
      return;
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.add(VARY_ORIGIN);
    if (origin != null && cors.allows(origin)) {
      headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      headers.put(EXPOSED);
    }
  }

  private void options(Set<String> verbs) {
    admit(new Caller(address, requestId));
    HttpFields.Mutable headers = response.getHeaders();
    String allowed = String.join(", ", withImplied(verbs));
    headers.put(HttpHeader.ALLOW, allowed);
    if (headers.contains(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN)
        && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD)) {
      headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, allowed);
      String asked = request.getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS);
      headers.put(
          HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS,
          asked != null && asked.matches("[A-Za-z0-9\\-, ]{1,500}") ? asked : "Content-Type");
      headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, "600");
    }
    response.setStatus(204);
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }

  private static Set<String> withImplied(Set<String> verbs) {
    Set<String> all = new TreeSet<>(verbs);
    if (verbs.contains("GET")) {
      all.add("HEAD");
    }
    all.add("OPTIONS");
    return all;
  }

  /** Counts the request and writes what was counted; called once for every answer. */
  private void admit(Caller caller) {
    Decision decision = mount.gate().admit(caller, operation());
    if (decision == null) {
      return;
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("X-RateLimit-Limit", decision.limit());
    headers.put("X-RateLimit-Remaining", decision.remaining());
    // Rounded up: at the second that is told, all permits are there.
    headers.put("X-RateLimit-Reset", decision.resetAt().plusMillis(999).getEpochSecond());
    if (!decision.allowed()) {
      throw Refusals.tooOften(decision);
    }
  }

  private void page(Pages.Page page) {
    byte[] bytes = page.bytes();
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, page.mediaType());
    headers.put("Content-Security-Policy", page.policy());
    headers.put("Referrer-Policy", "no-referrer");
    headers.put(HttpHeader.CACHE_CONTROL, page.caching());
    headers.put(HttpHeader.ETAG, page.tag());
    String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
    if (known != null && known.contains(page.tag())) {
      response.setStatus(304);
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return;
    }
    write(200, bytes);
  }

  private void socket(Mount.SocketPlace socket, Caller caller, Upgrader upgrader)
      throws IOException {
    String upgrade = request.getHeaders().get(HttpHeader.UPGRADE);
    if (!"websocket".equalsIgnoreCase(upgrade)) {
      response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
      throw Failure.of(
          Failure.Reason.UNSUPPORTED, Dialect.UPGRADE, "This path speaks WebSocket only");
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    Cors cors = mount.gate().cors();
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (origin != null && cors.isOpen() && !cors.allowsSocket(origin, host == null ? "" : host)) {
      throw Failure.of(
          Failure.Reason.FORBIDDEN, Dialect.ORIGIN, "Pages of this origin may not open sockets");
    }
    query();
    if (!upgrader.upgrade(this, socket, caller)) {
      throw Failure.of(
          Failure.Reason.INVALID, Dialect.REQUEST, "The WebSocket handshake is malformed");
    }
  }

  private void readBody(Endpoint known, Path folder) throws IOException {
    if (known.takesJson()) {
      byte[] bytes = readJsonBytes(known.takesLines());
      if (bytes.length == 0 && !known.bodyRequired()) {
        return;
      }
      body =
          dev.spanda.server.wire.Json.read(
              known.reader(), bytes.length == 0 ? EMPTY_OBJECT : bytes, Dialect.BODY);
    } else if (known.takesUpload()) {
      String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
      if (type == null || !"multipart/form-data".equals(baseType(type))) {
        throw Refusals.mediaType(type == null ? "nothing" : type, "multipart/form-data");
      }
      String boundary = boundary(type);
      if (boundary == null || !boundary.matches(BOUNDARY)) {
        throw Failure.of(
            Failure.Reason.INVALID,
            Dialect.MEDIA_TYPE,
            "The form's boundary must have 1 to 70 of the characters of RFC 2046, section 5.1.1");
      }
      if (request.getLength() > mount.largestUpload()) {
        throw Refusals.bodyTooLarge(mount.largestUpload());
      }
      form =
          Form.read(
              Request.asInputStream(request),
              boundary,
              folder,
              mount.largestUpload(),
              known.expectedFiles());
      body = form.upload();
    }
  }

  private static @Nullable String boundary(String type) {
    try {
      return MultiPart.extractBoundary(type);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static final byte[] EMPTY_OBJECT = {'{', '}'};
  private static final byte[] NO_BYTES = {};
  private static final Set<String> LINES = Set.of("application/x-ndjson", "application/ndjson");

  private byte[] readJsonBytes(boolean takesLines) throws IOException {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    long length = request.getLength();
    if (length == 0) {
      return NO_BYTES;
    }
    boolean lines = takesLines && type != null && LINES.contains(baseType(type));
    if (type != null && !lines && !isJson(type)) {
      throw Refusals.mediaType(type, "application/json");
    }
    int most = mount.largestBody();
    if (length > most) {
      throw Refusals.bodyTooLarge(most);
    }
    InputStream in = org.eclipse.jetty.io.Content.Source.asInputStream(request);
    byte[] bytes = in.readNBytes(length < 0 ? most + 1 : (int) length);
    if (bytes.length > most) {
      throw Refusals.bodyTooLarge(most);
    }
    return lines ? listed(bytes) : bytes;
  }

  /** NDJSON as one list; the lines keep their numbers, which errors tell. */
  private static byte[] listed(byte[] lines) {
    StringBuilder list = new StringBuilder(lines.length + 2).append('[');
    boolean first = true;
    for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isBlank()) {
        list.append(first ? "" : ",");
        first = false;
      }
      list.append(line).append('\n');
    }
    return list.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isJson(String type) {
    if (type.equals("application/json")) {
      return true;
    }
    String base = baseType(type);
    String charset = MimeTypes.getCharsetFromContentType(type);
    return (base.equals("application/json") || base.endsWith("+json"))
        && (charset == null || charset.equalsIgnoreCase("utf-8"));
  }

  private static String baseType(String type) {
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private void send(Endpoint known, @Nullable Object result) throws IOException {
    int status = known.operation().status();
    if (result instanceof Content content) {
      send(content, status);
      return;
    }
    if (result instanceof Content.Table table && wantsCsv()) {
      send(
          Content.of(
              "text/csv; charset=utf-8",
              table.fileName(),
              table.csv().getBytes(StandardCharsets.UTF_8)),
          status);
      return;
    }
    Object wrapped = mount.dialect().success(result, requestId);
    if (wrapped == null) {
      response.setStatus(status == 200 ? 204 : status);
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return;
    }
    byte[] bytes =
        wrapped == result
            ? known.writer().writeValueAsBytes(wrapped)
            : WireJson.mapper().writeValueAsBytes(wrapped);
    response.getHeaders().put(JSON);
    write(status, bytes);
  }

  /** The parameter decides, else what the client would take first. */
  private boolean wantsCsv() {
    String format = query("format");
    if (format != null) {
      return format.equals("csv");
    }
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    return accept != null && baseType(accept.split(",", 2)[0]).equals("text/csv");
  }

  private void send(Content content, int status) throws IOException {
    HttpFields.Mutable headers = response.getHeaders();
    long length = content.length();
    boolean head = request.getMethod().equals("HEAD");
    ByteRange range = null;
    if (length != Content.UNKNOWN_LENGTH && status == 200) {
      headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
      if (request.getMethod().equals("GET")) {
        try {
          range = ByteRange.parse(request.getHeaders().get(HttpHeader.RANGE), length);
        } catch (Failure failure) {
          headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + length);
          throw failure;
        }
      }
    }
    headers.put(HttpHeader.CONTENT_TYPE, content.mediaType());
    String fileName = content.fileName();
    if (fileName != null) {
      headers.put(HttpHeader.CONTENT_DISPOSITION, Disposition.attachment(fileName));
    }
    response.setStatus(range == null ? status : 206);
    if (range != null) {
      headers.put(
          HttpHeader.CONTENT_RANGE,
          "bytes " + range.first() + "-" + (range.first() + range.count() - 1) + "/" + length);
      headers.put(HttpHeader.CONTENT_LENGTH, range.count());
    } else if (length != Content.UNKNOWN_LENGTH) {
      headers.put(HttpHeader.CONTENT_LENGTH, length);
    }
    if (head) {
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return;
    }
    OutputStream sink = org.eclipse.jetty.io.Content.Sink.asOutputStream(response);
    OutputStream out = new BufferedOutputStream(sink, BUFFER);
    if (range == null) {
      content.writeTo(out);
    } else {
      content.writeTo(out, range.first(), range.count());
    }
    out.close();
    callback.succeeded();
  }

  private void write(int status, byte[] bytes) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    ByteBuffer buffer =
        request.getMethod().equals("HEAD") ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(bytes);
    response.write(true, buffer, callback);
  }

  /** Answers with the error of the dialect, or ends the connection when an answer has begun. */
  void fail(Throwable problem) {
    Failure failure = Refusals.within(problem);
    if (failure == null) {
      if (problem instanceof IOException && response.isCommitted()) {
        LOG.debug("{}: the client went away", requestId, problem);
      } else {
        LOG.error("{}: an unforeseen failure", requestId, problem);
      }
      failure = Refusals.unforeseen();
    } else if (failure.reason() == Failure.Reason.FAILED) {
      LOG.warn("{}: {}", requestId, failure.getMessage(), failure);
    }
    if (response.isCommitted()) {
      callback.failed(problem);
      return;
    }
    try {
      refuse(failure);
    } catch (RuntimeException | JsonProcessingException e) {
      LOG.error("{}: the error could not be written", requestId, e);
      callback.failed(e);
    }
  }

  /** Answers to a request that never reached a mount's routes, counted all the same. */
  void failUnrouted(Failure failure) {
    cors();
    try {
      admit(new Caller(address, requestId));
    } catch (Failure tooOften) {
      fail(tooOften);
      return;
    }
    fail(failure);
  }

  private void refuse(Failure failure) throws JsonProcessingException {
    Dialect.Answer answer = mount.dialect().error(failure, requestId);
    HttpFields.Mutable headers = response.getHeaders();
    headers.remove(HttpHeader.CONTENT_DISPOSITION);
    headers.remove(HttpHeader.SET_COOKIE);
    headers.remove(HttpHeader.ACCEPT_RANGES);
    if (failure.subject().equals(Dialect.VERB)
        && failure.details().get(Failure.ALLOWED_VALUES) instanceof List<?> verbs) {
      headers.put(
          HttpHeader.ALLOW, String.join(", ", verbs.stream().map(String::valueOf).toList()));
    }
    if (failure.details().get(Dialect.RETRY_AFTER) instanceof Number seconds) {
      headers.put(HttpHeader.RETRY_AFTER, seconds.longValue());
    }
    answer.headers().forEach(headers::put);
    headers.put(JSON);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    write(answer.status(), WireJson.mapper().writeValueAsBytes(answer.body()));
  }
}

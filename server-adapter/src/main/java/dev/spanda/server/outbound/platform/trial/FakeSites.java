package dev.spanda.server.outbound.platform.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Five platforms on one local port that speak as the documents of the real ones say, keep what they
 * were given, and break wherever the test wants them to. What appeared is listed only after a lag,
 * as with the real ones.
 */
public final class FakeSites implements AutoCloseable {

  /** What may go wrong with a request. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** The connection ends before anything was done. */
    DROP_BEFORE,
    /** Half of an upload is kept, then the connection ends. */
    DROP_WITHIN,
    /** All was done, and the answer is lost. */
    DROP_AFTER,
    /** Nothing was done: 503. */
    SERVER_ERROR,
    /** All was done, and the answer is 500. */
    SERVER_ERROR_AFTER,
    /** Nothing was done: 429 with Retry-After. */
    LIMITED,
    /** Of an upload less is kept than was sent, and the answer says so. */
    SHORT,
    /** The upload session is forgotten. */
    GONE,
    /** All was done, and no answer comes until the other side has lost its patience. */
    SILENT;

    /** What may go wrong with a request: some only with uploads. */
    public static Fault of(Seen seen, RandomGenerator random) {
      Fault fault = values()[1 + random.nextInt(values().length - 1)];
      boolean uploads = fault == SHORT || fault == GONE || fault == DROP_WITHIN;
      return uploads && !seen.isUpload() ? DROP_AFTER : fault;
    }
  }

  /**
   * What appeared.
   *
   * @param media not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  public record Shown(String platform, String id, String text, byte[] media, Instant at) {}

  /** A request as it came, without the body. */
  public record Seen(String verb, String path, Map<String, String> headers) {
    private boolean isUpload() {
      return path.contains("/session/")
          || path.contains("/rupload/")
          || path.contains("/tiktok/video/")
          || path.contains("/part/");
    }
  }

  /**
   * How quick the sites are.
   *
   * @param lag how long after it appeared something is listed
   * @param silence how long nothing comes after {@link Fault#SILENT}
   * @param retrySeconds how long to wait after {@link Fault#LIMITED}
   */
  public record Pace(Duration lag, Duration silence, int retrySeconds) {
    /** Forty seconds by the clock, a second, seven seconds. */
    public static final Pace DEFAULT = new Pace(Duration.ofSeconds(40), Duration.ofSeconds(1), 7);
  }

  static {
    // Without it each answer waits for an acknowledgement, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
  private static final int LINKEDIN_PART = 1_000;

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Pace pace;
  private final InstantSource clock;
  private final Function<Seen, Fault> faults;

  private final List<Shown> shown = new ArrayList<>();
  private final List<Seen> requests = new ArrayList<>();
  private final Map<String, Upload> uploads = new LinkedHashMap<>();
  private final List<byte[]> covers = new ArrayList<>();
  private final Map<String, JsonNode> bodies = new HashMap<>();
  private String token = "token";
  private String refresh = "refresh";
  private @Nullable String challenge;
  private int count;

  /** Something that is being uploaded, or was. */
  private static final class Upload {
    final String id;
    final String platform;
    final long size;
    String text = "";
    String marker = "";
    byte[] bytes;
    int received;
    boolean gone;
    boolean finished;
    int polls;
    @Nullable String shownAs;

    Upload(String id, String platform, long size) {
      this.id = id;
      this.platform = platform;
      this.size = size;
      this.bytes = new byte[(int) size];
    }
  }

  private record Reply(int status, Map<String, String> headers, @Nullable JsonNode body) {
    static Reply of(JsonNode body) {
      return new Reply(200, Map.of(), body);
    }

    static Reply of(int status) {
      return new Reply(status, Map.of(), null);
    }
  }

  /**
   * Sites that break as told.
   *
   * @param faults asked for each request, by one thread at a time
   */
  public FakeSites(InstantSource clock, Function<Seen, Fault> faults, Pace pace)
      throws IOException {
    this.clock = clock;
    this.pace = pace;
    this.faults = faults;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What has appeared, in that order. */
  public synchronized List<Shown> shown() {
    return List.copyOf(shown);
  }

  /** The requests that came, in that order. */
  public synchronized List<Seen> requests() {
    return List.copyOf(requests);
  }

  /** The covers that were taken. */
  public synchronized List<byte[]> covers() {
    return List.copyOf(covers);
  }

  /** What was asked for with that title or text; fields of a form are those of an object. */
  public synchronized JsonNode body(String text) {
    return bodies.getOrDefault(text, WireJson.mapper().missingNode());
  }

  /** The access token that is good. */
  public synchronized String token() {
    return token;
  }

  /** Takes this access token and no other from now on. */
  public synchronized void takeToken(String good) {
    token = good;
  }

  /** Takes this refresh token and no other from now on. */
  public synchronized void takeRefresh(String good) {
    refresh = good;
  }

  /** Takes a code with the proof of this challenge. */
  public synchronized void takeChallenge(String good) {
    challenge = good;
  }

  /** Where they are. */
  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    Seen seen = new Seen(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers);
    Reply reply;
    Fault fault;
    synchronized (this) {
      requests.add(seen);
      fault = faults.apply(seen);
      reply =
          switch (fault) {
            case DROP_BEFORE -> null;
            case SERVER_ERROR -> Reply.of(503);
            case LIMITED ->
                new Reply(429, Map.of("Retry-After", Integer.toString(pace.retrySeconds())), null);
            default -> answer(seen, body, fault);
          };
    }
    if (fault == Fault.SERVER_ERROR_AFTER) {
      reply = Reply.of(500);
    }
    if (fault == Fault.SILENT) {
      keepSilent();
    }
    if (reply == null
        || fault == Fault.SILENT
        || fault == Fault.DROP_AFTER
        || fault == Fault.DROP_WITHIN) {
      exchange.close();
      return;
    }
    byte[] bytes =
        reply.body() == null
            ? new byte[0]
            : reply.body().toString().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    if (reply.body() != null) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private void keepSilent() {
    try {
      boolean unused = closing.await(pace.silence().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply answer(Seen seen, byte[] body, Fault fault) {
    URI uri = URI.create(seen.path());
    String path = uri.getPath();
    Map<String, String> query = fields(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    if (path.startsWith("/google")) {
      return google(seen, path.substring(7), query, body, fault);
    }
    if (path.startsWith("/graph")) {
      return graph(seen, path.substring(6), query, body, fault);
    }
    if (path.startsWith("/instagram")) {
      return path.endsWith("access_token")
          ? exchange(query, "access_token", "IG-token-")
          : graph(seen, path.substring(10), query, body, fault);
    }
    if (path.startsWith("/tiktok")) {
      return tiktok(seen, path.substring(7), body, fault);
    }
    if (path.startsWith("/linkedin")) {
      return linkedin(seen, path.substring(9), query, body, fault);
    }
    return Reply.of(404);
  }

  private boolean knows(Seen seen) {
    return seen.headers().getOrDefault("authorization", "").endsWith(" " + token);
  }

  /** Google: sign-in, session, chunks, status, search, thumbnail. */
  private Reply google(
      Seen seen, String path, Map<String, String> query, byte[] body, Fault fault) {
    if (path.equals("/token")) {
      return token(fields(new String(body, StandardCharsets.UTF_8)), "");
    }
    if (!knows(seen)) {
      return new Reply(
          401, Map.of(), error("Invalid Credentials").set("code", object().numberNode(401)));
    }
    if (path.equals("/upload/youtube/v3/videos") && seen.verb().equals("POST")) {
      JsonNode json = read(body);
      Upload upload =
          begin("youtube", Long.parseLong(seen.headers().get("x-upload-content-length")));
      upload.text = json.path("snippet").path("title").asText();
      JsonNode tags = json.path("snippet").path("tags");
      upload.marker = tags.get(tags.size() - 1).asText();
      bodies.put(upload.text, json);
      return new Reply(200, Map.of("Location", base() + "/google/session/" + upload.id), object());
    }
    if (path.startsWith("/session/")) {
      Upload upload = uploads.get(path.substring(9));
      if (fault == Fault.GONE && upload != null) {
        upload.gone = true;
      }
      if (upload == null || upload.gone) {
        return new Reply(404, Map.of(), error("Session not found"));
      }
      Matcher range = RANGE.matcher(seen.headers().get("content-range"));
      if (range.matches() && upload.received < upload.size) {
        int from = Integer.parseInt(range.group(1));
        if (from != upload.received) {
          return new Reply(400, Map.of(), error("Invalid range: " + from));
        }
        receive(upload, from, body, fault);
        if (upload.received == upload.size) {
          show(upload, "yt", upload.text);
        }
      }
      if (upload.shownAs != null) {
        return new Reply(201, Map.of(), object().put("id", upload.shownAs));
      }
      return new Reply(
          308,
          upload.received == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (upload.received - 1)),
          null);
    }
    switch (path) {
      case "/youtube/v3/channels" -> {
        ObjectNode channel = object().put("id", "UC1");
        channel.putObject("snippet").put("title", "A channel");
        channel.putObject("contentDetails").putObject("relatedPlaylists").put("uploads", "UU1");
        return Reply.of(object().set("items", array().add(channel)));
      }
      case "/youtube/v3/playlistItems" -> {
        ArrayNode items = array();
        for (Shown each : listed("youtube")) {
          ObjectNode item = object();
          item.putObject("contentDetails").put("videoId", each.id());
          items.add(item);
        }
        return Reply.of(object().set("items", items));
      }
      case "/youtube/v3/videos" -> {
        ArrayNode items = array();
        for (String id : query.getOrDefault("id", "").split(",", -1)) {
          for (Upload upload : uploads.values()) {
            if (id.equals(upload.shownAs)) {
              ObjectNode item = object().put("id", id);
              item.putObject("snippet").putArray("tags").add("gaming").add(upload.marker);
              items.add(item);
            }
          }
        }
        return Reply.of(object().set("items", items));
      }
      case "/upload/youtube/v3/thumbnails/set" -> {
        covers.add(body);
        return Reply.of(object());
      }
      default -> {
        return Reply.of(404);
      }
    }
  }

  private Reply token(Map<String, String> fields, String rotated) {
    if (!"secret".equals(fields.get("client_secret"))
        || !"app".equals(fields.getOrDefault("client_id", fields.get("client_key")))) {
      return new Reply(401, Map.of(), object().put("error", "invalid_client"));
    }
    boolean code =
        "authorization_code".equals(fields.get("grant_type"))
            && "good-code".equals(fields.get("code"))
            && fields.containsKey("code_verifier")
            && proves(fields.get("code_verifier"));
    boolean renewal =
        "refresh_token".equals(fields.get("grant_type"))
            && refresh.equals(fields.get("refresh_token"));
    if (!code && !renewal) {
      return new Reply(
          400,
          Map.of(),
          object().put("error", "invalid_grant").put("error_description", "Bad Request"));
    }
    token = "token-" + ++count;
    ObjectNode json = object().put("access_token", token).put("expires_in", 3599);
    if (!rotated.isEmpty()) {
      refresh = rotated + count;
    }
    if (code || !rotated.isEmpty()) {
      json.put("refresh_token", refresh);
    }
    return Reply.of(json);
  }

  /** Gives a token of sixty days for one that is good. */
  private Reply exchange(Map<String, String> query, String field, String prefix) {
    boolean known = token.equals(query.get(field)) || refresh.equals(query.get(field));
    boolean trusted =
        !query.containsKey("client_secret") || "secret".equals(query.get("client_secret"));
    if (!known || !trusted || !query.containsKey("grant_type")) {
      return badToken(400);
    }
    String next = prefix + ++count;
    if (prefix.startsWith("user")) {
      refresh = next;
    } else {
      token = next;
    }
    return Reply.of(object().put("access_token", next).put("expires_in", 5_184_000));
  }

  private static Reply badToken(int status) {
    ObjectNode error = error("Invalid OAuth access token");
    ((ObjectNode) error.path("error")).put("code", 190);
    return new Reply(status, Map.of(), error);
  }

  private boolean proves(String verifier) {
    try {
      byte[] digest =
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return java.util.Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest)
          .equals(challenge);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Instagram and Facebook. */
  private Reply graph(Seen seen, String path, Map<String, String> query, byte[] body, Fault fault) {
    if (path.equals("/oauth/access_token")) {
      boolean user = refresh.equals(query.get("fb_exchange_token"));
      return exchange(query, "fb_exchange_token", user ? "user-" : "token-");
    }
    if (path.equals("/page1")
        && seen.headers().getOrDefault("authorization", "").endsWith(" " + refresh)) {
      token = "token-" + ++count;
      return Reply.of(object().put("id", "page1").put("access_token", token));
    }
    if (!knows(seen)) {
      return badToken(401);
    }
    if (path.endsWith("/thumbnails")) {
      covers.add(multipart(body));
      return Reply.of(object().put("success", true));
    }
    Map<String, String> form =
        seen.headers().getOrDefault("content-type", "").startsWith("application/x-www")
            ? fields(new String(body, StandardCharsets.UTF_8))
            : Map.of();
    if (path.startsWith("/rupload/")) {
      Upload upload = uploads.get(path.substring(9));
      if (upload == null) {
        return Reply.of(404);
      }
      if (upload.bytes.length == 0) {
        upload.bytes = new byte[Integer.parseInt(seen.headers().get("file_size"))];
      }
      int offset = Integer.parseInt(seen.headers().get("offset"));
      if (offset != upload.received) {
        return new Reply(400, Map.of(), error("offset " + offset));
      }
      receive(upload, offset, body, fault);
      return upload.received == upload.bytes.length
          ? Reply.of(object().put("success", true))
          : new Reply(500, Map.of(), error("partial"));
    }
    switch (path) {
      case "/ig1/media" -> {
        if (seen.verb().equals("GET")) {
          return Reply.of(object().set("data", captions("instagram")));
        }
        Upload upload = begin("instagram", 0);
        upload.text = form.getOrDefault("caption", "story " + upload.id);
        bodies.put(upload.text, WireJson.mapper().valueToTree(form));
        if (form.containsKey("image_url")) {
          upload.bytes = form.get("image_url").getBytes(StandardCharsets.UTF_8);
          upload.received = upload.bytes.length;
        }
        return Reply.of(object().put("id", upload.id));
      }
      case "/ig1/stories" -> {
        return Reply.of(object().set("data", captions("instagram")));
      }
      case "/ig1/media_publish" -> {
        Upload upload = uploads.get(form.get("creation_id"));
        if (upload == null || !ready(upload)) {
          return new Reply(400, Map.of(), error("Media ID is not available"));
        }
        if (upload.shownAs != null) {
          return new Reply(400, Map.of(), error("The media was published before"));
        }
        show(upload, "ig", upload.text);
        return Reply.of(object().put("id", upload.shownAs));
      }
      case "/page1/video_reels" -> {
        if ("start".equals(form.get("upload_phase"))) {
          Upload upload = begin("facebook", 0);
          return Reply.of(
              object()
                  .put("video_id", upload.id)
                  .put("upload_url", base() + "/graph/rupload/" + upload.id));
        }
        Upload upload = uploads.get(form.get("video_id"));
        if (upload == null || upload.received == 0 || upload.received < upload.bytes.length) {
          return new Reply(400, Map.of(), error("The video is not uploaded"));
        }
        // Each finish shows the reel; the real one is as little idempotent for all we know.
        show(upload, "fb", form.getOrDefault("description", ""));
        return Reply.of(object().put("success", true));
      }
      case "/page1/photos" -> {
        Upload upload = begin("facebook-photo", 0);
        upload.bytes = multipart(body);
        upload.received = upload.bytes.length;
        return Reply.of(object().put("id", upload.id));
      }
      case "/page1/feed" -> {
        if (seen.verb().equals("GET")) {
          ArrayNode data = array();
          for (Shown each : listed("facebook-photo")) {
            ObjectNode post = object().put("id", each.id());
            ObjectNode attachment = object();
            attachment.putObject("target").put("id", photo(each));
            post.putObject("attachments").putArray("data").add(attachment);
            data.add(post);
          }
          return Reply.of(object().set("data", data));
        }
        Upload upload =
            known(
                read(form.getOrDefault("attached_media[0]", "{}").getBytes(StandardCharsets.UTF_8))
                    .path("media_fbid")
                    .asText());
        show(upload, "post", form.getOrDefault("message", ""));
        return Reply.of(object().put("id", upload.shownAs));
      }
      default -> {
        String id = path.substring(1);
        Upload upload = uploads.get(id);
        if (upload == null) {
          return shown.stream().anyMatch(each -> each.id().equals(id))
              ? Reply.of(object().put("permalink", "https://www.instagram.com/reel/" + id))
              : Reply.of(404);
        }
        return Reply.of(upload.platform.equals("instagram") ? container(upload) : reel(upload));
      }
    }
  }

  private String photo(Shown post) {
    for (Upload upload : uploads.values()) {
      if (post.id().equals(upload.shownAs) || upload.bytes == post.media()) {
        return upload.id;
      }
    }
    return "";
  }

  private static boolean ready(Upload upload) {
    return upload.received > 0 && upload.received == upload.bytes.length;
  }

  private static JsonNode container(Upload upload) {
    boolean done = ready(upload) && upload.polls++ > 0;
    ObjectNode json =
        object()
            .put("id", upload.id)
            .put(
                "status_code",
                upload.shownAs != null ? "PUBLISHED" : done ? "FINISHED" : "IN_PROGRESS");
    json.putObject("video_status")
        .putObject("uploading_phase")
        .put("bytes_transferred", upload.received);
    return json;
  }

  private static JsonNode reel(Upload upload) {
    ObjectNode json = object().put("id", upload.id).put("permalink_url", "/reel/" + upload.id);
    ObjectNode status = json.putObject("status");
    status
        .putObject("uploading_phase")
        .put("status", ready(upload) ? "complete" : "in_progress")
        .put("bytes_transferred", upload.received);
    status
        .putObject("publishing_phase")
        .put("status", upload.shownAs == null ? "not_started" : "complete");
    return json;
  }

  private ArrayNode captions(String platform) {
    ArrayNode data = array();
    for (Shown each : shown) {
      if (each.platform().equals(platform)) {
        data.add(
            object()
                .put("id", each.id())
                .put("caption", each.text())
                .put("timestamp", each.at().toString().replaceAll("(\\.\\d+)?Z$", "+0000")));
      }
    }
    return data;
  }

  private Reply tiktok(Seen seen, String path, byte[] body, Fault fault) {
    if (path.startsWith("/video/")) {
      Upload upload = uploads.get(path.substring(7));
      if (fault == Fault.GONE && upload != null) {
        upload.gone = true;
      }
      if (upload == null || upload.gone) {
        return Reply.of(404);
      }
      Matcher range = RANGE.matcher(seen.headers().get("content-range"));
      if (!range.matches() || Integer.parseInt(range.group(1)) != upload.received) {
        return Reply.of(416);
      }
      // A chunk is taken whole or not at all.
      if (fault == Fault.DROP_WITHIN || fault == Fault.SHORT) {
        return Reply.of(500);
      }
      receive(upload, upload.received, body, fault);
      if (upload.received == upload.size) {
        show(upload, "tt", upload.text);
        return Reply.of(201);
      }
      return Reply.of(206);
    }
    if (path.equals("/v2/oauth/token/")) {
      Reply reply = token(fields(new String(body, StandardCharsets.UTF_8)), "refresh-");
      // Its refusals have the status of a success.
      return reply.body() == null ? reply : Reply.of(reply.body());
    }
    if (!knows(seen)) {
      return new Reply(401, Map.of(), tiktok("access_token_invalid", object()));
    }
    JsonNode json = read(body);
    if (path.equals("/v2/post/publish/video/init/")) {
      Upload upload = begin("tiktok", json.path("source_info").path("video_size").asLong());
      upload.text = json.path("post_info").path("title").asText();
      bodies.put(upload.text, json);
      return Reply.of(
          tiktok(
              "ok",
              object()
                  .put("publish_id", upload.id)
                  .put("upload_url", base() + "/tiktok/video/" + upload.id)));
    }
    Upload upload = uploads.get(json.path("publish_id").asText());
    if (upload == null) {
      return new Reply(400, Map.of(), tiktok("invalid_publish_id", object()));
    }
    ObjectNode data = object().put("uploaded_bytes", upload.received);
    if (upload.shownAs == null) {
      data.put("status", "PROCESSING_UPLOAD");
    } else if (upload.polls++ == 0) {
      data.put("status", "PROCESSING_UPLOAD");
    } else {
      data.put("status", "PUBLISH_COMPLETE")
          .putArray("publicaly_available_post_id")
          .add(upload.shownAs);
    }
    return Reply.of(tiktok("ok", data));
  }

  private static JsonNode tiktok(String code, ObjectNode data) {
    ObjectNode json = object();
    json.set("data", data);
    json.putObject("error").put("code", code).put("message", code);
    return json;
  }

  private Reply linkedin(
      Seen seen, String path, Map<String, String> query, byte[] body, Fault fault) {
    if (path.startsWith("/part/")) {
      String[] parts = path.split("/", -1);
      Upload upload = uploads.get(parts[2]);
      if (fault == Fault.GONE || upload == null || upload.gone) {
        return Reply.of(404);
      }
      if (fault == Fault.DROP_WITHIN || fault == Fault.SHORT) {
        return Reply.of(500);
      }
      int from = Integer.parseInt(parts[3]) * LINKEDIN_PART;
      System.arraycopy(body, 0, upload.bytes, from, body.length);
      return new Reply(201, Map.of("ETag", "\"etag-" + parts[3] + "\""), null);
    }
    if (path.startsWith("/thumbnail/")) {
      covers.add(body);
      return Reply.of(201);
    }
    if (path.equals("/token")) {
      return token(fields(new String(body, StandardCharsets.UTF_8)), "");
    }
    if (path.startsWith("/image/")) {
      Upload upload = known(path.substring(7));
      upload.bytes = body;
      upload.finished = true;
      return Reply.of(201);
    }
    if (!knows(seen) || !seen.headers().containsKey("linkedin-version")) {
      return new Reply(401, Map.of(), object().put("message", "Invalid access token"));
    }
    boolean post = seen.verb().equals("POST");
    if (path.equals("/rest/videos") && "initializeUpload".equals(query.get("action"))) {
      JsonNode request = read(body).path("initializeUploadRequest");
      long size = request.path("fileSizeBytes").asLong();
      Upload upload = begin("linkedin", size);
      ObjectNode value = object();
      if (request.path("uploadThumbnail").asBoolean()) {
        value.put("thumbnailUploadUrl", base() + "/linkedin/thumbnail/" + upload.id);
      }
      value.put("video", "urn:li:video:" + upload.id).put("uploadToken", "");
      ArrayNode parts = value.putArray("uploadInstructions");
      for (int from = 0; from < size; from += LINKEDIN_PART) {
        parts.add(
            object()
                .put("firstByte", from)
                .put("lastByte", Math.min(size, from + LINKEDIN_PART) - 1)
                .put(
                    "uploadUrl",
                    base() + "/linkedin/part/" + upload.id + "/" + from / LINKEDIN_PART));
      }
      return Reply.of(object().set("value", value));
    }
    if (path.equals("/rest/images")) {
      Upload upload = begin("linkedin", 0);
      ObjectNode value = object();
      value
          .put("image", "urn:li:image:" + upload.id)
          .put("uploadUrl", base() + "/linkedin/image/" + upload.id);
      return Reply.of(object().set("value", value));
    }
    if (path.equals("/rest/videos")) {
      JsonNode request = read(body).path("finalizeUploadRequest");
      Upload upload = known(after(request.path("video").asText()));
      List<String> tags = new ArrayList<>();
      request.path("uploadedPartIds").forEach(each -> tags.add(each.asText()));
      for (int i = 0; (long) i * LINKEDIN_PART < upload.size; i++) {
        if (!tags.get(i).equals("etag-" + i)) {
          return new Reply(400, Map.of(), object().put("message", "parts"));
        }
      }
      upload.finished = true;
      return Reply.of(200);
    }
    if (path.startsWith("/rest/videos/") || path.startsWith("/rest/images/")) {
      Upload upload = known(after(path));
      return Reply.of(
          object()
              .put("status", upload.finished && upload.polls++ > 0 ? "AVAILABLE" : "PROCESSING"));
    }
    if (path.equals("/rest/posts") && post) {
      JsonNode json = read(body);
      Upload upload = known(after(json.path("content").path("media").path("id").asText()));
      show(upload, "urn:li:share:", json.path("commentary").asText());
      bodies.put(json.path("commentary").asText(), json);
      return new Reply(201, Map.of("x-restli-id", String.valueOf(upload.shownAs)), null);
    }
    if (path.equals("/rest/posts")) {
      ArrayNode elements = array();
      for (Shown each : listed("linkedin")) {
        ObjectNode element = object().put("id", each.id());
        String media = "";
        for (Upload upload : uploads.values()) {
          if (upload.bytes == each.media()) {
            media = (upload.size > 0 ? "urn:li:video:" : "urn:li:image:") + upload.id;
          }
        }
        element.putObject("content").putObject("media").put("id", media);
        elements.add(element);
      }
      return Reply.of(object().set("elements", elements));
    }
    return Reply.of(404);
  }

  private Upload known(String id) {
    return Objects.requireNonNull(uploads.get(id), id);
  }

  private static String after(String urn) {
    return urn.substring(urn.lastIndexOf(':') + 1);
  }

  /** Waits until something has appeared. */
  public synchronized boolean awaitShown(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (shown.isEmpty() && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    return !shown.isEmpty();
  }

  private Upload begin(String platform, long size) {
    Upload upload = new Upload(platform.charAt(0) + "" + ++count, platform, size);
    uploads.put(upload.id, upload);
    return upload;
  }

  private static void receive(Upload upload, int from, byte[] body, Fault fault) {
    int taken = fault == Fault.DROP_WITHIN || fault == Fault.SHORT ? body.length / 2 : body.length;
    System.arraycopy(body, 0, upload.bytes, from, taken);
    upload.received = from + taken;
  }

  private void show(Upload upload, String prefix, String text) {
    String id = prefix + ++count;
    if (upload.shownAs == null) {
      upload.shownAs = id;
    }
    shown.add(new Shown(upload.platform, id, text, upload.bytes, clock.instant()));
    notifyAll();
  }

  /** The latest fifty that a list would have by now, the newest first. */
  private List<Shown> listed(String platform) {
    return shown.stream()
        .filter(each -> each.platform().equals(platform))
        .filter(each -> !each.at().plus(pace.lag()).isAfter(clock.instant()))
        .sorted(Comparator.comparing(Shown::at).reversed())
        .limit(50)
        .toList();
  }

  private static byte[] multipart(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int from = text.indexOf("\r\n\r\n", text.indexOf("name=\"source\"")) + 4;
    return Arrays.copyOfRange(body, from, text.indexOf("\r\n--", from));
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static JsonNode read(byte[] body) {
    try {
      return WireJson.mapper().readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode error(String message) {
    ObjectNode json = object();
    json.putObject("error").put("message", message);
    return json;
  }

  private static ObjectNode object() {
    return WireJson.mapper().createObjectNode();
  }

  private static ArrayNode array() {
    return WireJson.mapper().createArrayNode();
  }
}

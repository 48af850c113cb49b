package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import dev.spanda.server.outbound.Fetcher;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A post of a member or an organization on LinkedIn. The video or picture is uploaded first and has
 * a name (URN) that only this post uses: by it the post is looked for among the author's latest.
 * Sources: Microsoft Learn, "Videos API", "Images API", "Posts API"; looking needs the permission
 * {@code r_organization_social} or {@code r_member_social}.
 */
final class LinkedinPlatform implements Platform {

  static final String NAME = "linkedin";
  private static final String VERSION = "202602";
  private static final int LONGEST_TEXT = 3_000;
  private static final int MOST_TAGS = 30;
  private static final int MOST_PARTS = 1_200;
  private static final Duration POLL = Duration.ofSeconds(5);

  /** What the format of a post's text takes for its own. Source: "little Text Format". */
  private static final String RESERVED = "\\|{}@[]()<>#*_~";

  private final Api api;
  private final Sites sites;

  LinkedinPlatform(Fetcher fetcher, Sites sites) {
    this.api = new Api(fetcher, NAME);
    this.sites = sites;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int longestText() {
    return LONGEST_TEXT - 1_000;
  }

  @Override
  public int mostTags() {
    return MOST_TAGS;
  }

  @Override
  public void check(Publication.Plan plan) {
    Meta.requireNow(plan);
    Meta.requireLength(plan, LONGEST_TEXT, MOST_TAGS);
  }

  @Override
  public void check(Publication.Plan plan, Content media) {
    if (!Api.isVideo(media.type()) && !Api.isPicture(media.type())) {
      throw Api.unsupported(NAME, media.type(), "videos, pictures");
    }
  }

  @Override
  public Duration settling() {
    return Duration.ofMinutes(2);
  }

  @Override
  public boolean commits(Work work) {
    return work.has("ready");
  }

  private Map<String, String> headers(Work work) {
    Map<String, String> headers = new LinkedHashMap<>(Api.bearer(work.account().tokens().access()));
    headers.put("LinkedIn-Version", VERSION);
    headers.put("X-Restli-Protocol-Version", "2.0.0");
    return headers;
  }

  private static boolean isVideo(Work work) {
    return Api.isVideo(work.media().type());
  }

  private JsonNode requireSuccess(Api.Answer answer) {
    if (!answer.isSuccess()) {
      throw api.refused(answer);
    }
    return answer.json();
  }

  @Override
  public Step next(Work work) {
    if (work.has("ready")) {
      return post(work);
    }
    if (!work.has("urn")) {
      return begin(work);
    }
    if (!work.has("sent")) {
      return fill(work);
    }
    return work.has("final") || !isVideo(work) ? await(work) : complete(work);
  }

  private Step begin(Work work) {
    boolean video = isVideo(work);
    ObjectNode body = Api.object();
    ObjectNode request = body.putObject("initializeUploadRequest");
    request.put("owner", work.account().account());
    if (video) {
      request.put("fileSizeBytes", work.media().size());
      request.put("uploadCaptions", false);
      request.put("uploadThumbnail", false);
    }
    JsonNode value =
        requireSuccess(
                api.json(
                    Api.at(
                        sites.linkedin(),
                        video ? "/rest/videos" : "/rest/images",
                        Map.of("action", "initializeUpload")),
                    headers(work),
                    body))
            .path("value");
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("urn", api.require(value.path(video ? "video" : "image"), "a name"));
    if (!video) {
      notes.put("part.0", api.require(value.path("uploadUrl"), "where to upload"));
      notes.put("last.0", Long.toString(work.media().size() - 1));
      notes.put("parts", "1");
      return new Step.Taken(notes, 0);
    }
    notes.put("token", value.path("uploadToken").asText(""));
    JsonNode parts = value.path("uploadInstructions");
    long next = 0;
    for (int i = 0; i < parts.size(); i++) {
      JsonNode part = parts.get(i);
      if (part.path("firstByte").asLong(-1) != next || i >= MOST_PARTS) {
        throw api.unreadable("parts that follow each other");
      }
      notes.put("part." + i, api.require(part.path("uploadUrl"), "where to upload"));
      notes.put("last." + i, Long.toString(part.path("lastByte").asLong()));
      next = part.path("lastByte").asLong() + 1;
    }
    if (next != work.media().size()) {
      throw api.unreadable("all parts");
    }
    notes.put("parts", Integer.toString(parts.size()));
    return new Step.Taken(notes, 0);
  }

  private Step fill(Work work) {
    int part = work.has("done") ? Integer.parseInt(work.note("done")) : 0;
    long from = part == 0 ? 0 : Long.parseLong(work.note("last." + (part - 1))) + 1;
    long last = Long.parseLong(work.note("last." + part));
    URI url = api.address(sites.linkedin(), work.note("part." + part));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/octet-stream");
    if (!isVideo(work)) {
      headers.putAll(Api.bearer(work.account().tokens().access()));
    }
    Api.Answer answer = api.upload("PUT", url, headers, work.media(), from, last - from + 1);
    int status = answer.status();
    if (status == 403 || status == 404 || status == 410) {
      // The addresses have ended; a video or picture without a post is seen by nobody.
      return new Step.Taken(Map.of(), 0);
    }
    if (!answer.isSuccess()) {
      throw api.refused(answer);
    }
    Map<String, String> notes = new LinkedHashMap<>(work.notes());
    notes.put("etag." + part, answer.header("etag").replace("\"", ""));
    notes.put("done", Integer.toString(part + 1));
    if (part + 1 == Integer.parseInt(work.note("parts"))) {
      notes.put("sent", "yes");
    }
    return new Step.Taken(notes, last + 1);
  }

  private Step complete(Work work) {
    ObjectNode body = Api.object();
    ObjectNode request = body.putObject("finalizeUploadRequest");
    request.put("video", work.note("urn"));
    request.put("uploadToken", work.note("token"));
    ArrayNode parts = request.putArray("uploadedPartIds");
    for (int i = 0; i < Integer.parseInt(work.note("parts")); i++) {
      parts.add(work.note("etag." + i));
    }
    Api.Answer answer =
        api.json(
            Api.at(sites.linkedin(), "/rest/videos", Map.of("action", "finalizeUpload")),
            headers(work),
            body);
    JsonNode unused = requireSuccess(answer);
    return new Step.Taken(work.with("final", "yes"), work.media().size());
  }

  private Step await(Work work) {
    JsonNode media =
        requireSuccess(
            api.get(
                Api.at(
                    sites.linkedin(),
                    (isVideo(work) ? "/rest/videos/" : "/rest/images/")
                        + Api.escaped(work.note("urn")),
                    Map.of()),
                headers(work)));
    return switch (media.path("status").asText("")) {
      case "AVAILABLE" -> new Step.Taken(work.with("ready", "yes"), work.media().size());
      case "PROCESSING_FAILED" ->
          throw Failure.of(
              Failure.Reason.INVALID,
              NAME,
              "LinkedIn could not use the media: "
                  + media.path("processingFailureReason").asText(""));
      default -> new Step.Waits(work.notes(), POLL);
    };
  }

  private Step post(Work work) {
    ObjectNode body = Api.object();
    body.put("author", work.account().account());
    body.put("commentary", commentary(work));
    body.put("visibility", "PUBLIC");
    ObjectNode distribution = body.putObject("distribution");
    distribution.put("feedDistribution", "MAIN_FEED");
    distribution.putArray("targetEntities");
    distribution.putArray("thirdPartyDistributionChannels");
    ObjectNode media = body.putObject("content").putObject("media");
    media.put("id", work.note("urn"));
    if (!work.plan().title().isEmpty()) {
      media.put("title", work.plan().title());
    }
    body.put("lifecycleState", "PUBLISHED");
    body.put("isReshareDisabledByAuthor", false);
    Api.Answer answer =
        api.json(Api.at(sites.linkedin(), "/rest/posts", Map.of()), headers(work), body);
    JsonNode unused = requireSuccess(answer);
    String id = answer.header("x-restli-id");
    if (id.isEmpty()) {
      throw api.unreadable("the post's id");
    }
    return appeared(work, id);
  }

  private static String commentary(Work work) {
    StringBuilder text = new StringBuilder();
    work.plan()
        .text()
        .codePoints()
        .forEach(
            c -> {
              if (RESERVED.indexOf(c) >= 0) {
                text.append('\\');
              }
              text.appendCodePoint(c);
            });
    for (String tag : work.plan().tags()) {
      text.append(text.isEmpty() ? "" : " ")
          .append("{hashtag|\\#|")
          .append(tag.replaceAll("[\\s\\\\|{}()\\[\\]<>@*_~#]", ""))
          .append('}');
    }
    return text.toString();
  }

  private static Step appeared(Work work, String id) {
    return new Step.Appeared(
        id,
        "https://www.linkedin.com/feed/update/" + id,
        work.cover().isPresent() ? "The cover was not sent: LinkedIn takes a frame" : "",
        Optional.empty());
  }

  @Override
  public Finding find(Work work) {
    JsonNode posts =
        requireSuccess(
            api.get(
                Api.at(
                    sites.linkedin(),
                    "/rest/posts",
                    Map.of(
                        "q",
                        "author",
                        "author",
                        work.account().account(),
                        "count",
                        "50",
                        "sortBy",
                        "CREATED")),
                headers(work)));
    for (JsonNode post : posts.path("elements")) {
      if (post.path("content").path("media").path("id").asText("").equals(work.note("urn"))) {
        return new Finding.There(appeared(work, api.require(post.path("id"), "an id")));
      }
    }
    return new Finding.Absent(work.notes());
  }
}
